"""LMBCS-1, the character set of Lotus: code pages by group bytes, code page 850 without one."""

from __future__ import annotations

from .. import _core_convert as core
from .._encoding_run import EncodingRun
from .._maps import Maps
from ._machine import INCOMPLETE, UNENCODABLE, Fault, Machine
from ._tables import Reader, decode_map, encode_map, made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core_convert import Expanded
    from ._machine import Decoded, Encoded

__all__ = ["Lmbcs"]

# Group byte -> table. From 10 on the pages have pairs, and single bytes after a doubled group byte.
_SINGLE = {
    0x01: "cp850@icu",
    0x02: "ibm851",
    0x03: "cp1255",
    0x04: "cp1256",
    0x05: "cp1251",
    0x06: "cp852@icu",
    0x08: "cp1254",
    0x0B: "cp874",
}
_DOUBLE = {0x10: "cp932", 0x11: "cp949", 0x12: "cp950", 0x13: "cp936"}
_CONTROL, _UNICODE, _COMPATIBLE = 0x0F, 0x14, 0xF6
_DIRECT = b"\x00\t\n\r\x19"
_OPTIMISED = 0x01
_UNITS = (*range(0xD800), *range(0xE000, 0x10000))
_LARGE = 1 << 16  # bytes or characters that pay for making maps of all groups


class _Runs:
    """What is in the basic plane, by maps of all groups together."""

    def __init__(self, machine: Lmbcs) -> None:
        self._machine = machine
        self.maps = Maps(machine.reading, machine.writing)
        self.made = False

    def decode(self, data: bytes, start: int, state: int) -> tuple[str, int, int]:
        if not self.made:
            return "", start, state
        map = self.maps.map(core.DECODE_UTF16)
        return (*core.to_text(core.TABLE, map, data, start, final=False)[:2], state)

    def encode(self, text: str, start: int, state: int) -> tuple[bytes, int, int]:
        if not self.made:
            return b"", start, state
        run = EncodingRun(core.TABLE, self.maps.map(core.ENCODE), text)
        return (*run.go(start, False)[:2], state)


class Lmbcs(Machine):
    """Without state. Writing prefers code page 850, then the single-byte groups, then UTF-16."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._readers: dict[int, Reader] = {}
        self._writers: dict[int, dict[str, bytes]] = {}

    def describe(self) -> _Runs:
        return _Runs(self)

    def supply(self, scheme: _Runs, state: int, *, writing: bool) -> bool:
        if scheme.made or self.left < _LARGE:
            return False
        scheme.made = True
        return True

    def reading(self) -> Expanded:
        """The codes of up to three bytes."""
        codes = {bytes((byte,)): chr(byte) for byte in (*_DIRECT, *range(0x20, 0x80))}
        codes |= {
            bytes((_CONTROL, byte)): chr(byte & ~0x20 if byte < 0x80 else byte)
            for byte in (*range(0x20, 0x40), *range(0x80, 0xA0))
        }
        for group in (*_SINGLE, *_DOUBLE):
            lead = bytes((group,))
            for code, text in self._reader(group).codes.items():
                if len(code) == 1 and group == _OPTIMISED and code >= b"\x80":
                    codes[code] = text
                codes[(lead if group in _SINGLE or len(code) == 2 else 2 * lead) + code] = text
        for unit in _UNITS:
            high, low = unit >> 8, unit & 0xFF
            if high != _COMPATIBLE:
                codes[bytes((_UNICODE, high, low))] = chr(unit)
            if low == 0:
                codes[bytes((_UNICODE, _COMPATIBLE, high))] = chr(unit)
        return made(codes, {})

    def writing(self) -> Expanded:
        """The codes of the basic plane, by what is preferred least before what is."""
        codes = {chr(unit): self._as_unicode(chr(unit)) for unit in _UNITS}
        for group in (*reversed(_DOUBLE), *reversed(_SINGLE)):
            for text, code in self._codes(group).items():
                called = self._called(group, code)
                if called and len(text) == 1:
                    codes[text] = called
        for point in range(0xA0):
            codes[chr(point)] = self._low(point)
        return made({}, codes)

    def _reader(self, group: int) -> Reader:
        found = self._readers.get(group)
        if found is None:
            table = _SINGLE.get(group) or _DOUBLE[group]
            found = self._readers[group] = Reader(decode_map(table))
        return found

    def _codes(self, group: int) -> dict[str, bytes]:
        found = self._writers.get(group)
        if found is None:
            found = self._writers[group] = encode_map(_SINGLE.get(group) or _DOUBLE[group])
        return found

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if 0x20 <= byte < 0x80 or byte in _DIRECT:
            return chr(byte), at + 1, state
        if byte >= 0x80:
            return self._of_page(_OPTIMISED, data, at, at, final, state)
        if byte == _CONTROL:
            if at + 1 == len(data):
                return self._cut(data, final, state)
            control = data[at + 1]
            if 0x20 <= control < 0x40:
                return chr(control - 0x20), at + 2, state
            if 0x80 <= control < 0xA0:
                return chr(control), at + 2, state
            return Fault(at + 1, "no control", state)
        if byte == _UNICODE:
            return self._utf_16(data, at, final, state)
        if byte in _SINGLE:
            return self._of_page(byte, data, at, at + 1, final, state)
        if byte in _DOUBLE:
            start = at + 2 if data[at + 1 : at + 2] == data[at : at + 1] else at + 1
            return self._of_page(byte, data, at, start, final, state)
        return Fault(at + 1, "unknown group", state)

    def _of_page(
        self, group: int, data: bytes, at: int, start: int, final: bool, state: int
    ) -> Decoded:
        end = start + (2 if group in _DOUBLE and start == at + 1 else 1)
        if end > len(data):
            return self._cut(data, final, state)
        found = self._reader(group).codes.get(data[start:end])
        if found is not None:
            return found, end, state
        return Fault(at + 1, "undefined code", state)

    @staticmethod
    def _cut(data: bytes, final: bool, state: int) -> Decoded:
        return Fault(len(data), INCOMPLETE, state) if final else None

    def _utf_16(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        units: list[int] = []
        end = at
        while len(units) < 2:
            code = data[end : end + 3]
            if units and code[:1] not in (b"", b"\x14"):
                break
            if len(code) < 3:
                return self._cut(data, final, state)
            high, low = code[1], code[2]
            units.append(low << 8 if high == _COMPATIBLE else high << 8 | low)
            end += 3
            if not 0xD800 <= units[0] < 0xDC00:
                return self._unit(units[0], at, end, state)
        if len(units) == 2 and 0xDC00 <= units[1] < 0xE000:
            return chr(0x10000 + (units[0] - 0xD800 << 10) + units[1] - 0xDC00), end, state
        return Fault(at + 3, "lone surrogate", state)

    @staticmethod
    def _unit(unit: int, at: int, end: int, state: int) -> Decoded:
        if 0xDC00 <= unit < 0xE000:
            return Fault(at + 3, "lone surrogate", state)
        return chr(unit), end, state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        point = ord(character)
        if 0xD800 <= point < 0xE000:
            return UNENCODABLE
        if point < 0xA0:
            return self._low(point), at + 1, state
        for group in (*_SINGLE, *_DOUBLE):
            code = self._codes(group).get(character)
            called = self._called(group, code) if code else b""
            if called:
                return called, at + 1, state
        return self._as_unicode(character), at + 1, state

    @staticmethod
    def _low(point: int) -> bytes:
        if point > 0x7F:
            return bytes((_CONTROL, point))
        return bytes((point,) if point >= 0x20 or point in _DIRECT else (_CONTROL, point + 0x20))

    @staticmethod
    def _called(group: int, code: bytes) -> bytes:
        """The code of a page behind its group; none for ASCII on a page of single bytes."""
        lead = bytes((group,))
        if group in _DOUBLE:
            return (lead if len(code) == 2 else 2 * lead) + code
        if code < b"\x80":
            return b""
        return code if group == _OPTIMISED else lead + code

    @staticmethod
    def _as_unicode(character: str) -> bytes:
        out = b""
        units = character.encode("utf-16-be")
        for high, low in zip(units[::2], units[1::2], strict=True):
            out += bytes((_UNICODE, *((_COMPATIBLE, high) if low == 0 else (high, low))))
        return out
