"""LMBCS-1, the character set of Lotus: code pages by group bytes, code page 850 without one."""

from __future__ import annotations

from ._machine import INCOMPLETE, UNENCODABLE, Fault, Machine
from ._tables import Reader, decode_map, encode_map

TYPE_CHECKING = False
if TYPE_CHECKING:
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


class Lmbcs(Machine):
    """Without state. Writing prefers code page 850, then the single-byte groups, then UTF-16."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._readers: dict[int, Reader] = {}
        self._writers: dict[int, dict[str, bytes]] = {}

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
        if start >= len(data):
            return self._cut(data, final, state)
        reader = self._reader(group)
        wide = group in _DOUBLE and start == at + 1
        found = reader.codes.get(data[start : start + (2 if wide else 1)])
        if found is not None:
            return found, start + (2 if wide else 1), state
        if wide and start + 1 == len(data):
            return self._cut(data, final, state)
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
        if 0x20 <= point < 0x80 or (point < 0x20 and point in _DIRECT):
            return bytes((point,)), at + 1, state
        if point < 0x20:
            return bytes((_CONTROL, point + 0x20)), at + 1, state
        if point < 0xA0:
            return (bytes((_CONTROL, point)) if point > 0x7F else b"\x7f"), at + 1, state
        for group in (_OPTIMISED, *_SINGLE):
            code = self._codes(group).get(character)
            if code is not None and code >= b"\x80":
                return (code if group == _OPTIMISED else bytes((group,)) + code), at + 1, state
        for group in _DOUBLE:
            code = self._codes(group).get(character)
            if code is not None:
                lead = bytes((group,)) if len(code) == 2 else bytes((group, group))
                return lead + code, at + 1, state
        out = b""
        units = character.encode("utf-16-be")
        for high, low in zip(units[::2], units[1::2], strict=True):
            out += bytes((_UNICODE, *((_COMPATIBLE, high) if low == 0 else (high, low))))
        return out, at + 1, state
