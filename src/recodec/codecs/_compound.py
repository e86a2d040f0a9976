"""Compound Text of X11: ISO 2022 with Latin-1 on the right, UTF-8 and named segments.

Source: "Compound Text Encoding", X Consortium standard, version 1.1, and its UTF-8 extension.
"""

from __future__ import annotations

import codecs

from ._iso2022 import Iso2022Machine
from ._iso2022_form import Form
from ._machine import INCOMPLETE, UNENCODABLE, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded

__all__ = ["CompoundText"]

_UPPER = {
    b"A": "latin-1",
    b"B": "iso8859-2",
    b"C": "iso8859-3",
    b"D": "iso8859-4",
    b"F": "greek",
    b"G": "iso8859-6",
    b"H": "iso8859-8",
    b"L": "iso8859-5",
    b"M": "iso8859-9",
}
_PAIRS = {
    b"B": "jisx0208",
    b"A": "gb2312",
    b"C": "ksx1001",
    b"D": "jisx0212",
    b"G": "cns-1",
    b"H": "cns-2",
}
_UTF_8 = 1 << 30
_UTF_8_BEGIN, _UTF_8_END = b"\x1b%G", b"\x1b%@"
_SEGMENT = b"\x1b%/"
_STX = 0x02


def _form() -> Form:
    designations = {
        b"(B": (0, "ascii"),
        b"(J": (0, "roman"),
        b"(I": (0, "katakana"),
        b")I": (1, "katakana"),
    }
    designations |= {b"-" + final: (1, name) for final, name in _UPPER.items()}
    designations |= {b"$(" + final: (0, name) for final, name in _PAIRS.items()}
    designations |= {b"$)" + final: (1, name) for final, name in _PAIRS.items()}
    right = tuple((1, name) for name in (*_UPPER.values(), "katakana"))
    order = (*right, *((1, name) for name in _PAIRS.values()))
    return Form(designations, order, right="latin-1", utf8=True)


class CompoundText(Iso2022Machine):
    """What the sets lack is written in a UTF-8 segment."""

    def __init__(self, name: str) -> None:
        super().__init__(name, _form())

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        if state & _UTF_8:
            return self._utf_8(data, at, final, state)
        if data[at] == 0x1B:
            head = data[at : at + 3]
            if head == _UTF_8_BEGIN:
                return "", at + 3, state | _UTF_8
            if head == _SEGMENT:
                return self._segment(data, at, final, state)
            if not final and len(head) < 3 and _SEGMENT.startswith(head):
                return None
        return super().step(data, at, final, state)

    @staticmethod
    def _utf_8(data: bytes, at: int, final: bool, state: int) -> Decoded:
        if data[at] == 0x1B:
            head = data[at : at + 3]
            if head == _UTF_8_END:
                return "", at + 3, state & ~_UTF_8
            if not final and _UTF_8_END.startswith(head):
                return None
        end = data.find(b"\x1b", at + 1)
        chunk = data[at : end if end >= 0 else len(data)]
        try:
            text, used = codecs.utf_8_decode(chunk, "strict", final or end >= 0)
        except UnicodeDecodeError as error:
            if error.start == 0:
                return Fault(at + error.end, error.reason, state)
            text, used = codecs.utf_8_decode(chunk[: error.start], "strict", True)
        return (text, at + used, state) if used else None

    @staticmethod
    def _segment(data: bytes, at: int, final: bool, state: int) -> Decoded:
        """An extended segment: ESC % / width, length in two bytes of base 128, name, STX, text."""
        head = data[at + 3 : at + 6]
        whole = len(head) == 3
        if whole and (not 0x30 <= head[0] <= 0x34 or head[1] < 0x80 or head[2] < 0x80):
            return Fault(at + 1, "malformed segment", state)
        end = at + 6 + ((head[1] - 0x80) * 128 + head[2] - 0x80 if whole else 0)
        if not whole or len(data) < end:
            return Fault(len(data), INCOMPLETE, state) if final else None
        name, _, body = data[at + 6 : end].partition(bytes((_STX,)))
        try:
            return body.decode(name.decode("ascii")), end, state
        except (LookupError, UnicodeError, ValueError):
            return Fault(end, "segment in an encoding that cannot be read", state)

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        plain = state & ~_UTF_8
        if "\x80" <= character < "\xa0" or "\ud800" <= character <= "\udfff":
            return UNENCODABLE
        found = super().code(text, at, final, plain)
        if isinstance(found, tuple):
            code, end, after = found
            return (_UTF_8_END if state & _UTF_8 else b"") + code, end, after
        if found is None or character < "\x80":
            return found
        begin = b"" if state & _UTF_8 else _UTF_8_BEGIN
        return begin + character.encode("utf-8"), at + 1, state | _UTF_8

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        out, after = super().raw(data, state & ~_UTF_8)
        return (_UTF_8_END if state & _UTF_8 else b"") + out, after

    def finish(self, state: int) -> tuple[bytes, int]:
        return (_UTF_8_END if state & _UTF_8 else b""), state & ~_UTF_8
