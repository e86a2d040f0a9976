"""Compressed forms of Unicode: SCSU (UTR 6) and BOCU-1 (UTN 6)."""

from __future__ import annotations

from ._machine import INCOMPLETE, UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["Bocu1", "Scsu"]

_LAST = 0x10FFFF

_STATIC = (0x0000, 0x0080, 0x0100, 0x0300, 0x2000, 0x2080, 0x2100, 0x3000)
_DYNAMIC = (0x0080, 0x00C0, 0x0400, 0x0600, 0x0900, 0x3040, 0x30A0, 0xFF00)
_FIXED = {
    0xF9: 0x00C0,
    0xFA: 0x0250,
    0xFB: 0x0370,
    0xFC: 0x0530,
    0xFD: 0x3040,
    0xFE: 0x30A0,
    0xFF: 0xFF60,
}
_WINDOW = 0x80

# State: mode (1 bit), active window (3), eight offsets (18 each), so that 0 is the start.
_OFFSETS, _OFFSET_BITS = 4, 18


def _pack(unicode_mode: int, active: int, offsets: tuple[int, ...]) -> int:
    state = unicode_mode | active << 1
    for number, offset in enumerate(offsets):
        # In units of 16, the greatest that divides all offsets; 0 is the one of the start.
        changed = 0 if offset == _DYNAMIC[number] else offset // 0x10 + 1
        state |= changed << _OFFSETS + number * _OFFSET_BITS
    return state


def _unpack(state: int) -> tuple[int, int, tuple[int, ...]]:
    offsets = []
    for number in range(8):
        changed = state >> _OFFSETS + number * _OFFSET_BITS & (1 << _OFFSET_BITS) - 1
        offsets.append((changed - 1) * 0x10 if changed else _DYNAMIC[number])
    return state & 1, state >> 1 & 7, tuple(offsets)


def _offset(byte: int) -> int | None:
    """The window offset that a byte of SDn or UDn defines."""
    if 0x01 <= byte <= 0x67:
        return byte * 0x80
    if 0x68 <= byte <= 0xA7:
        return byte * 0x80 + 0xAC00
    return _FIXED.get(byte)


def _offset_byte(offset: int) -> int | None:
    """The byte that defines a window offset, None when none does."""
    for byte, fixed in _FIXED.items():
        if fixed == offset:
            return byte
    if offset % 0x80 == 0 and 0x80 <= offset <= 0x3380:
        return offset // 0x80
    if offset % 0x80 == 0 and 0xE000 <= offset <= 0xFF80:
        return (offset - 0xAC00) // 0x80
    return None


class Scsu(Machine):
    """The encoder writes one of many valid forms: windows for small scripts, UTF-16 for Han."""

    def __init__(self, name: str) -> None:
        self.name = name

    def describe(self) -> Scheme:
        from .._core.scheme import SCSU, Scheme

        return Scheme(SCSU)

    # Reading.

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        mode, active, offsets = _unpack(state)
        found = self._unit(data, at, final, mode, active, offsets)
        if found is None or isinstance(found, Fault):
            if found is not None:
                found.state = state
            return found
        point, end, mode, active, offsets = found
        after = _pack(mode, active, offsets)
        if point is None:
            return "", end, after
        if 0xD800 <= point < 0xDC00:
            if end < len(data):
                return self._low(data, end, final, (point, mode, active, offsets))
            return Fault(end, "unexpected end of data", after) if final else None
        if 0xDC00 <= point < 0xE000:
            return Fault(end, "illegal surrogate", after)
        return chr(point), end, after

    def _low(
        self,
        data: bytes,
        end: int,
        final: bool,
        before: tuple[int, int, int, tuple[int, ...]],
    ) -> Decoded:
        """The other half of a surrogate pair; tags may stand between."""
        high, mode, active, offsets = before
        first = end
        while end < len(data):
            found = self._unit(data, end, final, mode, active, offsets)
            if found is None:
                return None
            if isinstance(found, Fault):
                break
            point, end, mode, active, offsets = found
            if point is None:
                continue
            if 0xDC00 <= point < 0xE000:
                joined = 0x10000 + ((high - 0xD800) << 10) + point - 0xDC00
                return chr(joined), end, _pack(mode, active, offsets)
            break
        else:
            if not final:
                return None
        return Fault(first, "illegal surrogate", _pack(*before[1:]))

    def _unit(
        self,
        data: bytes,
        at: int,
        final: bool,
        mode: int,
        active: int,
        offsets: tuple[int, ...],
    ) -> tuple[int | None, int, int, int, tuple[int, ...]] | Fault | None:
        """One tag or one code unit: its value (None for a tag), its end, and the windows."""
        byte = data[at]
        tag = byte - 0xE0 if mode and 0xE0 <= byte <= 0xF2 else None
        if mode:
            needs = 2 if tag is None else self._unicode_tag(tag)
        else:
            needs = {0x0B: 3, 0x0E: 3}.get(byte, 2 if 1 <= byte <= 8 or 0x18 <= byte <= 0x1F else 1)
        if len(data) - at < needs:
            return Fault(len(data), INCOMPLETE, 0) if final else None
        end = at + needs
        if mode:
            if tag is None:
                return byte << 8 | data[at + 1], end, 1, active, offsets
            if tag < 8:  # UCn
                return None, end, 0, tag, offsets
            if tag < 16:  # UDn
                return self._define(data, end, tag - 8, offsets)
            if tag == 16:  # UQU
                return data[at + 1] << 8 | data[at + 2], end, 1, active, offsets
            if tag == 17:  # UDX
                return self._extend(data, at, end, offsets)
            return Fault(at + 1, "reserved byte", 0)
        if byte in (0x00, 0x09, 0x0A, 0x0D) or 0x20 <= byte < 0x80:
            return byte, end, 0, active, offsets
        if byte >= 0x80:
            return offsets[active] + byte - 0x80, end, 0, active, offsets
        if byte <= 0x08:  # SQn
            quoted = data[at + 1]
            base = (
                _STATIC[byte - 1] + quoted if quoted < 0x80 else offsets[byte - 1] + quoted - 0x80
            )
            return base, end, 0, active, offsets
        if byte == 0x0B:  # SDX
            return self._extend(data, at, end, offsets)
        if byte == 0x0E:  # SQU
            return data[at + 1] << 8 | data[at + 2], end, 0, active, offsets
        if byte == 0x0F:  # SCU
            return None, end, 1, active, offsets
        if 0x10 <= byte <= 0x17:  # SCn
            return None, end, 0, byte - 0x10, offsets
        if byte >= 0x18:  # SDn
            return self._define(data, end, byte - 0x18, offsets)
        return Fault(at + 1, "reserved byte", 0)

    @staticmethod
    def _unicode_tag(tag: int) -> int:
        """The bytes that a tag of the Unicode mode takes: UCn, UDn, UQU, UDX, reserved."""
        if tag < 16:
            return 1 if tag < 8 else 2
        return 3 if tag < 18 else 1

    @staticmethod
    def _define(
        data: bytes, end: int, window: int, offsets: tuple[int, ...]
    ) -> tuple[None, int, int, int, tuple[int, ...]] | Fault:
        offset = _offset(data[end - 1])
        if offset is None:
            return Fault(end, "reserved window offset", 0)
        return None, end, 0, window, (*offsets[:window], offset, *offsets[window + 1 :])

    @staticmethod
    def _extend(
        data: bytes, at: int, end: int, offsets: tuple[int, ...]
    ) -> tuple[None, int, int, int, tuple[int, ...]]:
        value = data[at + 1] << 8 | data[at + 2]
        window = value >> 13
        offset = 0x10000 + (value & 0x1FFF) * 0x80
        return None, end, 0, window, (*offsets[:window], offset, *offsets[window + 1 :])

    # Writing.

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        point = ord(text[at])
        if 0xD800 <= point < 0xE000:
            return UNENCODABLE
        mode, active, offsets = _unpack(state)
        if mode:
            # Back to one byte a character for ASCII and what a window holds.
            if point < 0x80:
                return (
                    bytes((0xE0 | active,)) + self._plain(point),
                    at + 1,
                    _pack(0, active, offsets),
                )
            if not self._is_ideographic(point):
                for window, offset in enumerate(offsets):
                    if offset <= point < offset + _WINDOW:
                        out = bytes((0xE0 | window, 0x80 + point - offset))
                        return out, at + 1, _pack(0, window, offsets)
            elif point < 0x10000:
                quote = b"\xf0" if 0xE0 <= point >> 8 <= 0xF2 else b""
                return quote + point.to_bytes(2, "big"), at + 1, state
        if point < 0x80:
            return self._plain(point), at + 1, state
        if not mode and offsets[active] <= point < offsets[active] + _WINDOW:
            return bytes((0x80 + point - offsets[active],)), at + 1, state
        if not mode:
            for window, offset in enumerate(offsets):
                if offset <= point < offset + _WINDOW:
                    out = bytes((0x10 + window, 0x80 + point - offset))
                    return out, at + 1, _pack(0, window, offsets)
        return self._beyond(point, at, mode, active, offsets)

    @staticmethod
    def _plain(point: int) -> bytes:
        """An ASCII character in single-byte mode; controls that are tags are quoted."""
        if point < 0x20 and point not in (0x00, 0x09, 0x0A, 0x0D):
            return bytes((0x01, point))
        return bytes((point,))

    @staticmethod
    def _is_ideographic(point: int) -> bool:
        return 0x3400 <= point < 0xE000

    def _beyond(
        self, point: int, at: int, mode: int, active: int, offsets: tuple[int, ...]
    ) -> Encoded:
        """A character that no window holds: define one, or write UTF-16."""
        if point >= 0x10000:
            base = point & ~0x7F
            value = active << 13 | base - 0x10000 >> 7
            windows = (*offsets[:active], base, *offsets[active + 1 :])
            out = bytes((0xF1 if mode else 0x0B,)) + value.to_bytes(2, "big")
            return out + bytes((0x80 + point - base,)), at + 1, _pack(0, active, windows)
        if self._is_ideographic(point):
            return b"\x0f" + point.to_bytes(2, "big"), at + 1, _pack(1, active, offsets)
        for base in (*_FIXED.values(), point & ~0x7F):
            byte = _offset_byte(base)
            if byte is not None and base <= point < base + _WINDOW:
                windows = (*offsets[:active], base, *offsets[active + 1 :])
                out = bytes((0xE8 + active if mode else 0x18 + active, byte, 0x80 + point - base))
                return out, at + 1, _pack(0, active, windows)
        # No window can be put there: quote the code unit.
        return (
            bytes((0xF0 if mode else 0x0E,)) + point.to_bytes(2, "big"),
            at + 1,
            _pack(mode, active, offsets),
        )


# BOCU-1.
_TRAILS = bytes(byte for byte in range(256) if byte not in (0, *range(7, 16), 0x1A, 0x1B, 0x20))
_TRAIL_COUNT = 243
_ASCII_PREV = 0x40
_MIDDLE = 0x90
_REACH_1 = 64
_REACH_2 = _REACH_1 + 43 * _TRAIL_COUNT
_REACH_3 = _REACH_2 + 3 * _TRAIL_COUNT**2
_RESET = 0xFF


def _previous(point: int) -> int:
    """The middle of what is likely to come after a code point."""
    if 0x3040 <= point <= 0x309F:
        return 0x3070
    if 0x4E00 <= point <= 0x9FA5:
        return 0x7711
    if 0xAC00 <= point <= 0xD7A3:
        return (0xD7A3 + 0xAC00) // 2
    return (point & ~0x7F) + 0x40


class Bocu1(Machine):
    """State: the code point that differences count from, less U+0040."""

    def __init__(self, name: str) -> None:
        self.name = name

    def describe(self) -> Scheme:
        from .._core.scheme import BOCU1, Scheme

        return Scheme(BOCU1)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        lead = data[at]
        if lead <= 0x20:
            return chr(lead), at + 1, state if lead == 0x20 else 0
        if lead == _RESET:
            return "", at + 1, 0
        count, difference = self._lead(lead)
        value = 0
        for end in range(at + 1, at + 1 + count):
            if end == len(data):
                return Fault(end, INCOMPLETE, 0) if final else None
            trail = _TRAILS.find(data[end])
            if trail < 0:
                return Fault(end, "invalid trail byte", 0)
            value = value * _TRAIL_COUNT + trail
        end = at + 1 + count
        point = state + _ASCII_PREV + difference + value
        if not 0 <= point <= _LAST or 0xD800 <= point < 0xE000:
            return Fault(end, "difference to no character", 0)
        return chr(point), end, _previous(point) - _ASCII_PREV

    @staticmethod
    def _lead(lead: int) -> tuple[int, int]:
        """How many trails follow a lead byte, and the least difference they begin at."""
        square, cube = _TRAIL_COUNT**2, _TRAIL_COUNT**3
        if 0x50 <= lead < 0xD0:
            return 0, lead - _MIDDLE
        if lead >= 0xD0:
            if lead < 0xFB:
                return 1, _REACH_1 + (lead - 0xD0) * _TRAIL_COUNT
            if lead < 0xFE:
                return 2, _REACH_2 + (lead - 0xFB) * square
            return 3, _REACH_3
        if lead >= 0x25:
            return 1, -_REACH_1 - (0x50 - lead) * _TRAIL_COUNT
        if lead >= 0x22:
            return 2, -_REACH_2 - (0x25 - lead) * square
        return 3, -_REACH_3 - cube

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        point = ord(text[at])
        if 0xD800 <= point < 0xE000:
            return UNENCODABLE
        if point <= 0x20:
            return bytes((point,)), at + 1, state if point == 0x20 else 0
        difference = point - state - _ASCII_PREV
        return self._difference(difference), at + 1, _previous(point) - _ASCII_PREV

    @staticmethod
    def _difference(difference: int) -> bytes:
        if -_REACH_1 <= difference < _REACH_1:
            return bytes((_MIDDLE + difference,))
        up = difference >= 0
        for count, reach, lead in ((1, _REACH_1, 0xD0), (2, _REACH_2, 0xFB), (3, _REACH_3, 0xFE)):
            farther = (_REACH_2, _REACH_3, 1 << 30)[count - 1]
            if (difference < farther) if up else (difference >= -farther):
                rest = difference - reach if up else difference + reach
                trails = []
                for _ in range(count):
                    rest, trail = divmod(rest, _TRAIL_COUNT)
                    trails.append(_TRAILS[trail])
                first = lead if up else {1: 0x50, 2: 0x25, 3: 0x22}[count]
                return bytes((first + rest, *reversed(trails)))
        raise AssertionError("no difference is larger than Unicode")
