"""Transfer encodings, and the damage that transport does to them."""

from __future__ import annotations

import binascii
import re

__all__ = ["Uuencoded", "cut_uuencoded", "decode_quoted", "decode_transfer", "encoding_name"]

_NAMES = {
    "quotedprintable": "quoted-printable",
    "qp": "quoted-printable",
    "q": "quoted-printable",
    "quopri": "quoted-printable",
    "xquotedprintable": "quoted-printable",
    "quotedprintible": "quoted-printable",
    "base64": "base64",
    "xbase64": "base64",
    "bas64": "base64",
    "b64": "base64",
    "b": "base64",
    "mimebase64": "base64",
    "uuencode": "x-uuencode",
    "xuuencode": "x-uuencode",
    "uue": "x-uuencode",
    "xuue": "x-uuencode",
    "7bit": "7bit",
    "8bit": "8bit",
    "binary": "binary",
    "7bits": "7bit",
    "8bits": "8bit",
    "sevenbit": "7bit",
    "eightbit": "8bit",
    "none": "7bit",
    "ascii": "7bit",
    "usascii": "7bit",
    "": "7bit",
}
_COMMENT = re.compile(r"\([^()]*\)?")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_=-]*\Z")
_NOISE = re.compile(rb"[^A-Za-z0-9+/]")
_WORDS = re.compile(rb"(?<![A-Za-z])[A-Za-z]+[.,!?:]?(?: +[A-Za-z]+[.,!?:]?){2,}")
_CODED = re.compile(rb"=(?:\r?\n|1[Bb]|3[Dd]|20)")
_BARE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?(?:\n|\Z))")
_FEW = 3
# The sign itself, a space that stands last, several bytes together, and a long line that goes on.
_SURELY_QUOTED = re.compile(
    rb"=3[Dd]|=20[ \t]*\r?$|(?:=[0-9A-Fa-f]{2}){2}|^[^\r\n]{60,}=[ \t]*\r?$", re.MULTILINE
)
_RULE = re.compile(rb"(?:_{2,}|-{2,})\Z")
_WHOLE = re.compile(rb"[A-Za-z0-9+/]*={0,2}\Z")
_RUN = re.compile(rb"=+")
_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]+?)[ \t]*\r?\n", re.MULTILINE)
_END = re.compile(rb"^(?:end|====)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LINE = re.compile(rb"[^\r\n]+")
_UU_LINES = 20  # that tell what is uuencoded


def encoding_name(value: str) -> str | None:
    """The transfer encoding that a value of Content-Transfer-Encoding means, None = unknown."""
    text = _COMMENT.sub("", value[:200]).partition(";")[0].lower()
    return _NAMES.get(_NOT_LETTERS.sub("", text))


def decode_transfer(
    data: bytes, value: str, what: str, defects: list[str], *, text: bool = False
) -> bytes:
    """The content of a body. `value` is the field's, `text` says that the content is text, to
    which a footer that a mailing list put behind the base64 is added. Never raises."""
    name = encoding_name(value)
    if name is None:
        defects.append(f"{what}: unknown transfer encoding {value.strip()[:40]!r}")
        return data
    if name == "base64":
        return _decode_base64(data, what, defects, text=text)
    if name == "quoted-printable":
        if _is_quoted(data):
            return decode_quoted(data)
        defects.append(f"{what}: labelled quoted-printable and is none")
        return data
    if name == "x-uuencode":
        found = _BEGIN.search(data)
        if found is None:
            defects.append(f"{what}: no uuencoded data")
            return data
        end = _END.search(data, found.end())
        return _decode_uu(data[found.end() : end.start() if end else len(data)], found[0])
    return data


def _is_quoted(data: bytes) -> bool:
    """Whether a body that is labelled quoted-printable is that."""
    if b"\x1b$" in data and not _CODED.search(data):
        return False  # raw ISO-2022-JP, in which an equals sign is half a character
    # Who encodes writes =3D for the sign itself. Where it mostly stands before what are no digits,
    # it means itself before those that are as well: `b=2; d=example; h=From; ip=94.236.45.2`.
    bare = len(_BARE.findall(data))
    if bare < _FEW or bare <= len(_HEX.findall(data)):
        return True
    return _SURELY_QUOTED.search(data) is not None


def decode_quoted(data: bytes) -> bytes:
    """The bytes of quoted-printable, noise and all."""
    if b"=" not in data:
        # Spaces before line ends are the transport's (RFC 2045, 6.7, rule 3).
        return data
    lines = data.split(b"\n")
    last = len(lines) - 1
    parts: list[bytes] = []
    for number, line in enumerate(lines):
        ending = b"" if number == last else b"\n"
        if line.endswith(b"\r"):
            ending = b"\r" + ending
        body = line.rstrip(b" \t\r")
        if body.endswith(b"="):
            parts.append(body[:-1])
        else:
            parts += (body, ending)
    # Joined before the digits are read: a soft break may stand inside "=E3".
    return _HEX.sub(_byte, b"".join(parts))


def _byte(found: re.Match[bytes]) -> bytes:
    return _BYTES[int(found[1], 16)]


_BYTES = [bytes((value,)) for value in range(256)]


def _decode_base64(data: bytes, what: str, defects: list[str], *, text: bool) -> bytes:
    joined = b"".join(data.split())
    if len(joined) % 4 == 0 and _WHOLE.match(joined):  # what nearly all mails hold
        return binascii.a2b_base64(joined)
    good: list[bytes] = []
    footer: list[bytes] = []
    ended = False
    noise = False
    for line in data.splitlines(keepends=True):
        body = line.strip()
        if not footer and _BASE64.match(body) and not _RULE.match(body):
            good.append(body)
            ended = ended or body.endswith(b"=")
            continue
        if (
            footer
            or _RULE.match(body)
            or _WORDS.search(line)
            or (ended and not _mostly_base64(body))
        ):
            footer.append(line)
            continue
        noise = True
        good.append(body)
    whole = b"".join(good).replace(b"-", b"+").replace(b"_", b"/")
    if not whole or (noise and not _mostly_base64(whole)):
        defects.append(f"{what}: labelled base64 and is none")
        return data
    if noise:
        defects.append(f"{what}: noise in base64")
    result = []
    runs = [_NOISE.sub(b"", run) for run in _RUN.split(whole)]
    for run in runs:
        cut = len(run) % 4 == 1  # a lone character holds no byte
        if cut:
            defects.append(f"{what}: base64 is cut")
        content = run[:-1] if cut else run
        result.append(binascii.a2b_base64(content + b"=" * (-len(content) % 4)))
    if footer:
        defects.append(f"{what}: text after base64")
        if text:
            result += (b"\r\n", *footer)
    return b"".join(result)


def _mostly_base64(data: bytes) -> bool:
    return len(_NOISE.sub(b"", data)) * 10 >= len(data) * 7


class Uuencoded:
    """A file that stood uuencoded in a text: its raw name and its content."""

    __slots__ = ("data", "name")

    def __init__(self, name: bytes, data: bytes) -> None:
        self.name = name
        self.data = data


def cut_uuencoded(data: bytes) -> tuple[bytes, list[Uuencoded]]:
    """A text without the uuencoded files in it, and those files."""
    if b"begin" not in data:
        return data, []
    files: list[Uuencoded] = []
    rest: list[bytes] = []
    at = 0
    end = None
    while True:
        found = _BEGIN.search(data, at)
        if found is None:
            break
        if end is None or end.start() < found.end():
            end = _END.search(data, found.end())
        if end is None:
            break
        if not _is_uu(data, found.end(), end.start(), found[0]):
            rest.append(data[at : found.end()])
            at = found.end()
            continue
        rest.append(data[at : found.start()])
        body = data[found.end() : end.start()]
        files.append(Uuencoded(found[1], _decode_uu(body, found[0])))
        at = end.end()
    rest.append(data[at:])
    return b"".join(rest), files


def _is_uu(data: bytes, at: int, end: int, begin: bytes) -> bool:
    """Whether the lines of data[at:end] have the lengths that their first characters say."""
    if begin.startswith(b"begin-base64"):
        return True
    seen = 0
    for found in _LINE.finditer(data, at, end):
        line = found[0]
        if not line.strip(b" `"):
            continue
        if not (0x20 <= line[0] <= 0x60 and (line[0] - 32 & 63) <= (len(line) + 3) * 3 // 4):
            return False
        seen += 1
        if seen == _UU_LINES:
            break
    return True


def _decode_uu(body: bytes, begin: bytes) -> bytes:
    if begin.startswith(b"begin-base64"):
        return _decode_base64(body, "uuencoded file", [], text=False)
    parts = []
    for line in body.splitlines():
        if not line or line in (b"`", b" "):
            continue
        length = line[0] - 32 & 63
        # Trailing spaces are zeros that transport has cut off, a character too many is a checksum.
        needed = (length + 2) // 3 * 4
        text = line[1 : 1 + needed].ljust(needed, b" ")
        try:
            parts.append(binascii.a2b_uu(line[:1] + text))
        except binascii.Error:
            continue
    return b"".join(parts)
