"""LMBCS-1, the character set of Lotus: code pages by group bytes, code page 850 without one.

Source: a running ICU, the only one that has it. Which group ICU writes may hang on the characters
before, and there on how its input was cut; here each is written as ICU writes it by itself.
"""

from __future__ import annotations

from .._conversion.encoding_run import EncodingRun
from .._conversion.maps import Maps
from .._core import conversion as core
from ._machine import INCOMPLETE, UNENCODABLE, Fault, Machine
from ._tables import decode_map, encode_map, made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .._core.tables import Expanded
    from ._machine import Decoded, Encoded

__all__ = ["Lmbcs"]

# Group byte -> table. Single pages have their upper halves, and below them what follows. From 10 on
# the pages have pairs, and single bytes after a doubled group byte.
_SINGLE = {
    0x01: "cp850@icu",
    0x02: "ibm851@icu",
    0x03: "cp1255@icu",
    0x04: "cp1256",
    0x05: "cp1251",
    0x06: "cp852@icu",
    0x08: "cp1254",
    0x0B: "cp874@icu",
}
_DOUBLE = {0x10: "cp932@icu", 0x11: "cp949", 0x12: "cp950", 0x13: "cp936"}
# Group byte and first code -> characters.
_LOWER = {
    b"\x01\x01": "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼¨~˚^`´“'…–—‘’",
    b"\x01\x2e": "‹›¨~˚^`´„‚”‗",
    b"\x01\x3b": "\xa0",
    b"\x01\x3d": "\ufffd",
    b"\x01\x40": "ŒœŸ˙˚",
    b"\x01\x46": "╞╟▌▐◊⌘\uf8ff\uf8fe\u2126",
    b"\x01\x50": "╨╤╥╙╘╒╓╫╪╡╢╖╕╜╛╧ĳĲﬁﬂŉŀĿ¯˘˝˛ˇ~^",
    b"\x01\x70": "†‡ĦħŦŧ™ℓŊŋĸ",
    b"\x01\x7c": "\uf8fb⌐₤₧",
    b"\x02\x01": "ͺ΅ΪΫ―΄ʼʽ‾",
    b"\x02\x0e": "\uf862\uf863\uf864\uf865⇕⅞⅝⅜⅛\uf867⇑⇓⇒⇐\uf868⇔\uf869",
    b"\x02\x1f": "".join(map(chr, range(0xF89F, 0xF87F, -1))),
    b"\x02\x3f": "\uf866∠∇",
    b"\x02\x42": "".join(map(chr, range(0xF87F, 0xF871, -1))),
    b"\x02\x50": "∂ℵℑℜ\uf871\uf870\uf86f\uf86e\uf86d\uf86c\uf86b∋∈∉⊆⊇⊗⊕✓\u22c0∁∫∀∃\uf86a",
    b"\x02\x69": "′″∞∝φ∪∩≡≅≥≤⌠⌡≠≈⁄∙‰√ⁿ∅⊂⊃",
    b"\x06\x01": "āĈĉĊċĒēĖėĜĝĠġĢģĤĥĨĩĪīĮįĴĵĶķĻļŅņŌōŖŗŜŝŨũŪūŬŭŲųĀ",
}
# What a page has and ICU writes as Unicode, and what stands in _LOWER and is written as a pair.
_SPELT = frozenset(
    "ǎǐǒǔǖǘǚǜ\u0251\u0261\u037a\u05f3\u05f4\u06ba\u06be\u06c1\u06d2‾⁄\u224c\u2504\u2505"
    "\u2667\u2668\u2669\u266c\uf8f0\uf8f1\uf8f2\uf8f3\uf8f5\uf8f7\uf8f8\ufffd"
) | frozenset(map(chr, range(0xFE30, 0xFE6C)))
_PAIRED = frozenset("―′″←↑→↓⇒⇔∀∂∃∇∈∋√∝∞∠∩∪∫≠≡⊂⊃⊆⊇╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫▌▲▼○♀♂♠♣♥♪")
_CONTROL, _UNICODE, _COMPATIBLE = 0x0F, 0x14, 0xF6
_DIRECT = b"\x00\t\n\r\x19"
_OPTIMISED = 0x01
_ORDER = (*_SINGLE, 0, *_DOUBLE)  # in which groups are tried; 0 for what stands in _LOWER
_UNDEFINED = "undefined code"
_UNITS = (*range(0xD800), *range(0xE000, 0x10000))
_LARGE = 1 << 16  # bytes or characters that pay for making maps of all groups


def _lower() -> Iterator[tuple[bytes, str]]:
    for first, texts in _LOWER.items():
        for code, text in enumerate(texts, first[1]):
            yield bytes((first[0], code)), text


def _control(byte: int) -> str:
    """What stands behind the group byte of controls, from 20 on."""
    return chr(byte - 0x20 if byte < 0x80 else byte)


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
    """Without state. Writing prefers code page 850, then the other groups, then UTF-16."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._pages: dict[int, dict[bytes, str]] = {}
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
        codes |= {bytes((_CONTROL, byte)): _control(byte) for byte in range(0x20, 0x100)}
        for group in (*_SINGLE, *_DOUBLE):
            codes |= self._page(group)
        codes |= {
            code[1:]: text for code, text in self._page(_OPTIMISED).items() if code[1] >= 0x80
        }
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
        for group in reversed(_ORDER):
            codes |= self._codes(group)
        for point in range(0xA0):
            codes[chr(point)] = self._low(point)
        return made({}, codes)

    def _page(self, group: int) -> dict[bytes, str]:
        """All codes of a group, with the bytes that call it."""
        found = self._pages.get(group)
        if found is None:
            lead = bytes((group,))
            if group in _SINGLE:
                table = decode_map(_SINGLE[group]).items()
                found = {lead + code: text for code, text in table if code >= b"\x80"}
                found |= {code: text for code, text in _lower() if code[0] == group}
            else:
                table = decode_map(_DOUBLE[group]).items()
                found = {lead * (3 - len(code)) + code: text for code, text in table}
            self._pages[group] = found
        return found

    def _codes(self, group: int) -> dict[str, bytes]:
        """What is written in a group; that of _LOWER is 0."""
        found = self._writers.get(group)
        if found is None:
            lead = bytes((group,))
            found = {}
            if group == 0:
                for code, text in _lower():
                    if text not in _PAIRED:
                        found.setdefault(text, code)
            elif group in _SINGLE:
                calls = b"" if group == _OPTIMISED else lead
                table = encode_map(_SINGLE[group]).items()
                found = {text: calls + code for text, code in table if code >= b"\x80"}
            else:
                table = encode_map(_DOUBLE[group]).items()
                found = {text: lead * (3 - len(code)) + code for text, code in table}
            found = {text: code for text, code in found.items() if text not in _SPELT}
            self._writers[group] = found
        return found

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if 0x20 <= byte < 0x80 or byte in _DIRECT:
            return chr(byte), at + 1, state
        if byte >= 0x80:
            text = self._page(_OPTIMISED).get(bytes((_OPTIMISED, byte)))
            return Fault(at + 1, _UNDEFINED, state) if text is None else (text, at + 1, state)
        if byte == _UNICODE:
            return self._utf_16(data, at, final, state)
        if byte != _CONTROL and byte not in _SINGLE and byte not in _DOUBLE:
            return Fault(at + 1, "unknown group", state)
        end = at + (3 if byte in _DOUBLE else 2)
        if end > len(data):
            return self._cut(data, final, state)
        if byte != _CONTROL:
            text = self._page(byte).get(data[at:end])
        else:
            text = _control(data[at + 1]) if data[at + 1] >= 0x20 else None
        return Fault(end, _UNDEFINED, state) if text is None else (text, end, state)

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
        for group in _ORDER:
            code = self._codes(group).get(character)
            if code is not None:
                return code, at + 1, state
        return self._as_unicode(character), at + 1, state

    @staticmethod
    def _low(point: int) -> bytes:
        if point > 0x7F:
            return bytes((_CONTROL, point))
        return bytes((point,) if point >= 0x20 or point in _DIRECT else (_CONTROL, point + 0x20))

    @staticmethod
    def _as_unicode(character: str) -> bytes:
        out = b""
        units = character.encode("utf-16-be")
        for high, low in zip(units[::2], units[1::2], strict=True):
            out += bytes((_UNICODE, *((_COMPATIBLE, high) if low == 0 else (high, low))))
        return out
