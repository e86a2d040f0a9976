"""Header fields as lines: encoded-words of RFC 2047, quoted strings, folding.

A line that holds an encoded-word has at most 76 bytes, field name included, and a word at most 75
(RFC 2047, section 2). Words are cut between characters, and each is a text of its own in its
charset: it starts and ends in ASCII (RFC 1468).
"""

from __future__ import annotations

import binascii
import re
from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from ._output import Output

    _Sized = TypeVar("_Sized", str, bytes)

__all__ = [
    "LINE",
    "WORD",
    "Folder",
    "has_line_end",
    "longest",
    "looks_encoded",
    "quoted_string",
]

LINE = 76
WORD = 75
# RFC 5322, 2.1.1 has 998 for a line; what is left leaves room for the name of the field.
_TOKEN = 900

_WHOLE = 24  # characters of which a word is likely to hold all

_LINE_END = re.compile(r"[\r\n]")
# What cannot stand as it is: other than printable ASCII and single spaces inside; what a reader
# would take for an encoded-word; a token for which a line has no room.
_UNSAFE = re.compile(rf"[^ -~]|=\?|\?=|(?:^| )[^ ]{{{_TOKEN},}}| {{50}}")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
# RFC 2047, section 5 (3): what Q may hold in a phrase, which is right anywhere.
_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")

_Q_ONE = bytes(sorted((*_Q_SAFE, 0x20)))  # what takes one byte there


def has_line_end(text: str) -> bool:
    """Whether the text would end the field, and begin another one of a stranger's choice."""
    return _LINE_END.search(text) is not None


def quoted_string(text: str) -> str:
    """`text` in quotes (RFC 5322, 3.2.4)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def looks_encoded(text: str) -> bool:
    """Whether readers may take a part of ASCII text for an encoded-word."""
    return "=?" in text or "?=" in text


def _word(text: str, output: Output) -> str:
    data = output.encode(text)
    coded = binascii.b2a_base64(data, newline=False).decode("ascii")
    if not output.seven_bit:
        # Where most letters are ASCII, Q is shorter and can be read in the source.
        length = len(data) + 2 * len(data.translate(None, _Q_ONE))
        if length < len(coded):
            quoted = "".join(
                chr(byte) if byte in _Q_SAFE else "_" if byte == 0x20 else f"={byte:02X}"
                for byte in data
            )
            return f"=?{output.label}?Q?{quoted}?="
    return f"=?{output.label}?B?{coded}?="


def longest(
    text: str, at: int, guess: int, room: int, make: Callable[[str], _Sized], *, tear: bool
) -> tuple[int, _Sized | None]:
    """How many characters from `at` on fit into `room` once `make` has encoded them, and those.

    None are held when there is no room for one; `tear` allows a cut inside a cluster of combining
    characters that is longer than that. The length must not fall as characters are added.
    """
    most = min(room, len(text) - at)  # no charset has less than a byte for a character
    count = min(guess, most)
    best, made = 0, None
    low, high = 0, most + 1  # what fits, and what does not
    while high - low > 1:
        trial = make(text[at : at + count])
        # The length grows nearly in proportion, so that few trials are needed.
        likely = count * room // len(trial)
        if len(trial) <= room:
            low = best = count
            made = trial
        else:
            high = count
        count = min(max(likely, low + 1), high - 1)
    if at + best == len(text):
        return best, made
    cut = best
    while cut and _clings(text, at + cut):
        cut -= 1
    if cut == best or (not cut and tear):
        return best, made
    return cut, make(text[at : at + cut]) if cut else None


def _clings(text: str, at: int) -> bool:
    """Whether the character belongs to the one before it, so that no cut should go between."""
    from unicodedata import combining

    character = text[at]
    return (
        combining(character) != 0
        or "\ufe00" <= character <= "\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0100" <= character <= "\U000e01ef"
        or character == "\u200d"
        or text[at - 1] == "\u200d"
    )


class Folder:
    """Puts the tokens of one field on lines."""

    def __init__(self, name: str, reserve: int = 0) -> None:
        """`reserve` is the room to keep at the end of lines for a comma that `glue` adds."""
        self._lines = [f"{name}:"]
        self._width = LINE - reserve
        self._start = True

    def lines(self) -> list[str]:
        """The lines so far, without their ends."""
        if self._start:
            self._lines[0] += " "
            self._start = False
        return self._lines

    def plain(self, token: str, spaces: str = " ", *, fold: bool = False) -> None:
        """A token after white space; on a new line when this one has no room, or is to `fold`."""
        line = self._lines[-1]
        # Nothing is gained by a first line with the name of the field alone.
        if self._start or (not fold and len(line) + len(spaces) + len(token) <= self._width):
            self._lines[-1] = line + spaces + token
        else:
            self._lines.append(spaces + token)
        self._start = False

    def glue(self, text: str) -> None:
        """Text right after the last token."""
        if self._start:
            self._lines[-1] += " "
            self._start = False
        self._lines[-1] += text

    def text(self, text: str) -> None:
        """Printable ASCII, broken at its spaces, all of which are kept."""
        for found in re.finditer(r"( *)([^ ]+)", text):
            # The first one comes after the space that the field or the last token is owed.
            self.plain(found[2], found[1] or " ")

    def encoded(self, text: str, output: Output) -> None:
        """Encoded-words for all of `text`, which `output` has fitted."""
        make = partial(_word, output=output)
        at = 0
        guess = len(text) if len(text) <= _WHOLE else 12
        while at < len(text):
            room = min(WORD, self._width - len(self._lines[-1]) - 1)
            count, word = longest(text, at, guess, room, make, tear=False)
            if not count:
                self._lines.append("")
                room = min(WORD, self._width - 1)
                count, word = longest(text, at, guess, room, make, tear=True)
            self._lines[-1] += f" {word}"
            self._start = False
            guess = count
            at += count

    def unstructured(self, text: str, output: Output) -> None:
        """Text as in Subject: what must be encoded from its first word to its last."""
        if not text:
            return
        first = last = None
        for found in _UNSAFE.finditer(text):
            if first is None:
                first = found.start()
            last = found.end()
        # Readers strip spaces at both ends: they go into a word, with the text beside them.
        inside = text.strip(" ")
        if text[0] == " ":
            first = 0
            last = max(last or 0, len(text) - len(text.lstrip(" ")) + 1)
        if text[-1] == " ":
            last = len(text)
            first = len(text.rstrip(" ")) - 1 if first is None else first
        if first is None or last is None or not inside:
            if inside:
                self.text(text)
            else:
                self.encoded(text, output)
            return
        start = text.rfind(" ", 0, first + 1) + 1
        end = text.find(" ", last - 1)
        head = text[:start].rstrip(" ")
        tail = text[end:].lstrip(" ") if end >= 0 else ""
        # One space parts the words from their neighbours; further ones are sent inside.
        if head:
            self.text(head)
        self.encoded(
            text[len(head) + 1 if head else 0 : len(text) - len(tail) - bool(tail)], output
        )
        if tail:
            self.text(tail)

    def phrase(self, text: str, output: Output) -> None:
        """A display name: as it is, quoted, or encoded as a whole."""
        if (
            not text.isascii()
            or looks_encoded(text)
            or not text.isprintable()
            or len(text) > _TOKEN
        ):
            self.encoded(text, output)
        elif _ATOMS.fullmatch(text):
            self.text(text)
        else:
            self.plain(quoted_string(text))
