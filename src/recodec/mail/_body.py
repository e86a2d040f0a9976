"""The text of a part as its payload: bytes in the charset, and the transfer encoding they need."""

from __future__ import annotations

import binascii
import quopri
import re

from ._fold import longest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._output import Output

__all__ = ["BODY_LINE", "base64_lines", "lines_fit", "transfer", "wrap_flowed"]

BODY_LINE = 998  # bytes without the line end: RFC 5322, 2.1.1
_FLOWED = 76
_LINE_END = re.compile(r"\r\n?|\n")


def lines_fit(data: bytes) -> bool:
    """Whether no line is longer than SMTP takes."""
    return len(data) <= BODY_LINE or max(map(len, data.split(b"\n"))) <= BODY_LINE


def base64_lines(data: bytes, line_end: bytes = b"\n") -> bytes:
    """Base64 in lines of 76 characters, each with its end."""
    # 57 bytes give 76 characters; b2a_base64 takes any length and writes no line ends inside.
    coded = binascii.b2a_base64(data, newline=False)
    lines = [coded[at : at + 76] for at in range(0, len(coded), 76)]
    return line_end.join([*lines, b""])


def transfer(text: str, output: Output) -> tuple[bytes, str]:
    """Payload of a text, which `output` has fitted, in 7-bit lines, and its transfer encoding.

    Line ends become LF. Text of a 7-bit charset goes as it is, unless a line is longer than mail
    may have or begins with "From ": base64 keeps it whole then.
    """
    text = _LINE_END.sub("\n", text)
    data = output.encode(text)
    if output.seven_bit or data.isascii():
        whole = data if data.endswith(b"\n") or not data else data + b"\n"
        # smtplib's generator puts ">" before these, as if it wrote an mbox.
        mangled = whole.startswith(b"From ") or b"\nFrom " in whole
        if lines_fit(whole) and not mangled and b"\0" not in whole:
            return whole, "7bit"
    coded = binascii.b2a_base64(data)
    if not output.seven_bit:
        quoted = quopri.encodestring(data)
        if len(quoted) < len(coded):
            return quoted if quoted.endswith(b"\n") else quoted + b"=\n", "quoted-printable"
    return base64_lines(data), "base64"


def wrap_flowed(text: str, output: Output) -> str:
    """Fixed lines as format=flowed with DelSp=yes: long ones in pieces that a reader joins.

    RFC 3676: a line that ends in a space goes on in the next one, and the space is none of the
    text; lines that begin with a space, "From " or ">" get a space in front.
    """
    lines: list[str] = []
    for line in _LINE_END.sub("\n", text).split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        quote, rest = line[:marks], line[marks:]
        if quote:
            rest = rest.removeprefix(" ")  # the one that the reader's program puts there again
        # Spaces at the end would join the line to the next; a signature's mark is an exception.
        rest = rest if rest == "-- " else rest.rstrip(" ")
        at = 0
        guess = 30
        while True:
            lead = quote + " " * (
                bool(quote) or rest[at : at + 1] == " " or rest.startswith("From ", at)
            )
            room = _FLOWED - 1 - len(lead)
            count, _ = longest(rest, at, guess, max(room, 10), output.encode, tear=True)
            piece = rest[at : at + count]
            at += count
            if at >= len(rest):
                lines.append(lead + piece if piece else quote)
                break
            lines.append(f"{lead}{piece} ")
            guess = count
    return "\n".join(lines)
