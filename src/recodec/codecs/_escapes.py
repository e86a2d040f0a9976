"""ASCII with escapes for all other characters: as in C99 and as in Java."""

from __future__ import annotations

import re

from ._machine import ILLEGAL, INCOMPLETE, UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["C99", "Java"]

_RUN = re.compile(rb"[\x00-\x5b\x5d-\x7f]+")
_UNIT = re.compile(rb"\\u([0-9A-Fa-f]{4})")
_LONG = re.compile(rb"\\U([0-9A-Fa-f]{8})")
_CUT_UNIT = re.compile(rb"\\(?:u[0-9A-Fa-f]{0,3})?\Z")
_CUT_LONG = re.compile(rb"\\(?:U[0-9A-Fa-f]{0,7})?\Z")


class C99(Machine):
    r"""\uXXXX and, beyond U+FFFF, \UXXXXXXXX. A backslash before anything else is itself.

    libiconv: as GNU libiconv has it: the C1 controls are bytes as well, which its Java form only
        reads so, and the beginning of an escape cannot end a text.
    """

    def __init__(self, name: str, *, libiconv: bool = False) -> None:
        self.name = name
        self._direct = self._written_direct = 0xA0 if libiconv else 0x80

    def describe(self) -> Scheme:
        from .._core.scheme import C99 as KIND
        from .._core.scheme import Scheme

        return Scheme(KIND, direct=self._direct, direct_written=self._written_direct)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        run = _RUN.match(data, at)
        if run:
            return run[0].decode("ascii"), run.end(), state
        if data[at] >= 0x80:
            if data[at] < self._direct:
                return chr(data[at]), at + 1, state
            return Fault(at + 1, ILLEGAL, state)
        found = _UNIT.match(data, at) or self._long(data, at)
        if found:
            return self._character(data, found, final, state)
        if _CUT_UNIT.match(data, at) or self._cut_long(data, at):
            if not final:
                return None
            if self._direct > 0x80:
                return Fault(len(data), INCOMPLETE, state)
        return "\\", at + 1, state

    def _long(self, data: bytes, at: int) -> re.Match[bytes] | None:
        return _LONG.match(data, at)

    def _cut_long(self, data: bytes, at: int) -> re.Match[bytes] | None:
        return _CUT_LONG.match(data, at)

    def _character(self, data: bytes, found: re.Match[bytes], final: bool, state: int) -> Decoded:
        point = int(found[1], 16)
        if point > 0x10FFFF or 0xD800 <= point < 0xE000:
            return Fault(found.end(), "escape of no character", state)
        return chr(point), found.end(), state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        point = ord(text[at])
        if point < self._written_direct:
            return text[at].encode("latin-1"), at + 1, state
        if 0xD800 <= point < 0xE000:
            return UNENCODABLE
        return self._escape(point).encode("ascii"), at + 1, state

    def _escape(self, point: int) -> str:
        return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


class Java(C99):
    r"""\uXXXX of UTF-16 code units."""

    def __init__(self, name: str, *, libiconv: bool = False) -> None:
        super().__init__(name, libiconv=libiconv)
        self._written_direct = 0x80

    def describe(self) -> Scheme:
        from .._core.scheme import JAVA, Scheme

        return Scheme(JAVA, direct=self._direct, direct_written=self._written_direct)

    def _long(self, data: bytes, at: int) -> re.Match[bytes] | None:
        return None

    def _cut_long(self, data: bytes, at: int) -> re.Match[bytes] | None:
        return None

    def _character(self, data: bytes, found: re.Match[bytes], final: bool, state: int) -> Decoded:
        unit = int(found[1], 16)
        if not 0xD800 <= unit < 0xE000:
            return chr(unit), found.end(), state
        if unit < 0xDC00:
            second = _UNIT.match(data, found.end())
            low = int(second[1], 16) if second else 0
            if second and 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((unit - 0xD800) << 10) + low - 0xDC00), second.end(), state
            left = data[found.end() :]
            if not final and (not left or _CUT_UNIT.match(left)):
                return None
        return Fault(found.end(), "escape of half a character", state)

    def _escape(self, point: int) -> str:
        if point < 0x10000:
            return f"\\u{point:04x}"
        return f"\\u{0xD800 + (point - 0x10000 >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"
