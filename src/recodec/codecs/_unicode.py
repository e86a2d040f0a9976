"""Forms of Unicode that CPython lacks: UCS-2 and UCS-4, marked UTF-16 and UTF-32, CESU-8, Java's
modified UTF-8 and UTF-EBCDIC."""

from __future__ import annotations

import codecs
import re

from ._machine import UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["Utf8Like", "UtfEbcdic", "Wide"]

_MARK = 0xFEFF
_SURROGATES = range(0xD800, 0xE000)
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)
_LAST = 0x10FFFF
_AT_START, _LITTLE, _BIG = 0, 1, 2
_RUN = 4096  # bytes or characters that are taken at once, should they be fine
_PROBE = 32  # those that are tried first, where the next place that is not fine may be near
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_READERS = {
    (2, _LITTLE): codecs.utf_16_le_decode,
    (2, _BIG): codecs.utf_16_be_decode,
    (4, _LITTLE): codecs.utf_32_le_decode,
    (4, _BIG): codecs.utf_32_be_decode,
}


def _basic(text: str) -> str:
    """The text in front of a character beyond the basic plane."""
    found = _BEYOND.search(text)
    return text if found is None else text[: found.start()]


class Wide(Machine):
    """Code units of two or four bytes.

    order: of text without a mark, "little" or "big". fixed: a mark at the start is a character.
    written: the order that is written; "" = the same.
    mark: whether one is written. pairs: whether surrogate pairs are read and written.
    must: whether the mark must be there. only: whether that of the other order is an error.
    """

    def __init__(
        self,
        name: str,
        width: int,
        order: str,
        *,
        fixed: bool = False,
        mark: bool = False,
        pairs: bool = False,
        must: bool = False,
        only: bool = False,
        written: str = "",
    ) -> None:
        self.name = name
        self.width = width
        self.order = order
        self.written = written or order
        self.mark = mark
        self.pairs = pairs
        self.must = must
        self.only = only
        self._marks = (
            ("little", _MARK.to_bytes(width, "little")),
            ("big", _MARK.to_bytes(width, "big")),
        )
        self.decode_start = self._of(order) if fixed else _AT_START
        self.encode_start = 1 if mark else 0

    @staticmethod
    def _of(order: str) -> int:
        return _LITTLE if order == "little" else _BIG

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        unit = data[at : at + self.width]
        if len(unit) < self.width:
            return Fault(len(data), "truncated data", state) if final else None
        if state == _AT_START:
            found = next((order for order, mark in self._marks if mark == unit), self.order)
            state = self._of(found)
            if self.only and found != self.order:
                return Fault(at + self.width, "mark of the other order", self._of(self.order))
            if unit == _MARK.to_bytes(self.width, found):  # type: ignore[arg-type]
                return "", at + self.width, state
            if self.must:
                return Fault(at + self.width, "no byte order mark", state)
        text, used = self._run(data[at : at + _PROBE], state)
        if used == _PROBE:
            text, used = self._run(data[at : at + _RUN], state)
        if text:
            return text, at + used, state
        order = "little" if state == _LITTLE else "big"
        point = int.from_bytes(unit, order)  # type: ignore[arg-type]
        if point in _HIGH and self.pairs:
            second = data[at + 2 : at + 4]
            if len(second) < 2:
                return Fault(len(data), "unexpected end of data", state) if final else None
            low = int.from_bytes(second, order)  # type: ignore[arg-type]
            if low in _LOW:
                joined = 0x10000 + ((point - 0xD800) << 10) + low - 0xDC00
                return chr(joined), at + 4, state
        if point in _SURROGATES or point > _LAST:
            return Fault(at + self.width, "illegal code unit", state)
        return chr(point), at + self.width, state

    def _run(self, data: bytes, state: int) -> tuple[str, int]:
        """What CPython's codec reads in front of what is wrong or cut, and the bytes it takes."""
        read = _READERS[self.width, state]
        try:
            text, used = read(data, "strict", False)
        except UnicodeDecodeError as error:
            text, used = read(data[: error.start], "strict", False)
        if not self._has_planes and used != 2 * len(text):
            text = _basic(text)
            used = 2 * len(text)
        return text, used

    @property
    def _has_planes(self) -> bool:
        """Whether there are characters beyond the basic plane."""
        return self.width == 4 or self.pairs

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        # Characters that are not there stand side by side more often than not.
        probed = self._has_planes or not _BEYOND.search(text, at, at + _PROBE)
        run = text[at : at + (_RUN if probed else _PROBE)]
        form = f"utf-{self.width * 8}-{'le' if self.written == 'little' else 'be'}"
        try:
            out = run.encode(form)
        except UnicodeEncodeError as error:
            run = run[: error.start]
            out = run.encode(form)
        if not self._has_planes and len(out) != 2 * len(run):
            run = _basic(run)
            out = run.encode(form)
        if not run:
            return UNENCODABLE
        if state:
            out = "\ufeff".encode(form) + out
        return out, at + len(run), 0

    def finish(self, state: int) -> tuple[bytes, int]:
        # As CPython's utf-16 does, an empty text has its mark too.
        return (_MARK.to_bytes(self.width, self.written) if state else b""), 0  # type: ignore[arg-type]


class Utf8Like(Machine):
    """CESU-8 (UTR 26) and Java's modified UTF-8: surrogates by themselves, three bytes each.

    java: U+0000 is C0 80, and lone surrogates are let through.
    """

    def __init__(self, name: str, *, java: bool) -> None:
        self.name = name
        self.java = java

    def describe(self) -> Scheme:
        from .._core.scheme import CESU8, MUTF8, Scheme

        return Scheme(MUTF8 if self.java else CESU8)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        lead = data[at]
        if lead < 0x80:
            if lead == 0 and self.java:
                return Fault(at + 1, "zero byte", state)
            return chr(lead), at + 1, state
        size = 2 if lead < 0xE0 else 3
        if not (0xC2 <= lead < 0xF0 or (lead == 0xC0 and self.java)):
            return Fault(at + 1, "invalid start byte", state)
        unit = self._unit(data, at, size)
        if not isinstance(unit, int):
            end, cut = unit
            if cut and not final:
                return None
            return Fault(
                end, "unexpected end of data" if cut else "invalid continuation byte", state
            )
        if unit in _HIGH:
            rest = data[at + 3 : at + 6]
            low = self._unit(data, at + 3, 3) if rest[:1] == b"\xed" else None
            if isinstance(low, int) and low in _LOW:
                return chr(0x10000 + ((unit - 0xD800) << 10) + low - 0xDC00), at + 6, state
            if (
                len(rest) < 3
                and not final
                and b"\xed\xb0\x80"[: len(rest)] <= rest <= b"\xed\xbf\xbf"
            ):
                return None
        if unit in _SURROGATES and not self.java:
            return Fault(at + 3, "lone surrogate", state)
        return chr(unit), at + size, state

    def _unit(self, data: bytes, at: int, size: int) -> int | tuple[int, bool]:
        """The code unit of a sequence; or where its well-formed part ends, and whether cut."""
        lead = data[at]
        value = lead & (0x1F if size == 2 else 0x0F)
        for end in range(at + 1, at + size):
            if end == len(data):
                return end, True
            low = 0xA0 if lead == 0xE0 and end == at + 1 else 0x80
            high = 0x80 if lead == 0xC0 else 0xBF
            if not low <= data[end] <= high:
                return end, False
            value = value << 6 | data[end] & 0x3F
        return value

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        point = ord(text[at])
        if point == 0 and self.java:
            return b"\xc0\x80", at + 1, state
        if point in _SURROGATES and not self.java:
            return UNENCODABLE
        if point < 0x10000:
            return text[at].encode("utf-8", "surrogatepass"), at + 1, state
        units = (0xD800 + (point - 0x10000 >> 10), 0xDC00 + (point & 0x3FF))
        return "".join(map(chr, units)).encode("utf-8", "surrogatepass"), at + 1, state


# UTR 16: how many trails a lead byte of the intermediate form has, and its bits.
def _trails(lead: int) -> tuple[int, int]:
    for first, count, bits in ((0xF8, 4, 0x07), (0xF0, 3, 0x07), (0xE0, 2, 0x0F), (0xC0, 1, 0x1F)):
        if lead >= first:
            return count, bits
    return 0, 0


_LEAST = (0, 0xA0, 0x400, 0x4000, 0x40000)  # what a sequence with so many trails begins at


class UtfEbcdic(Machine):
    """UTF-EBCDIC (UTR 16).

    The bytes of the intermediate form are those of code page 1047 for U+0000..U+009F, with LF at
    15 and NEL at 25, and take what is left in rising order above.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        from ._tables import decode_map

        taken = {
            ord(text): code[0] for code, text in decode_map("ibm1047").items() if text < "\xa0"
        }
        taken[0x0A], taken[0x85] = 0x15, 0x25
        free = sorted(set(range(256)) - set(taken.values()))
        self._to = bytes(
            taken[value] if value < 0xA0 else free[value - 0xA0] for value in range(256)
        )
        self._from = bytes(self._to.index(value) for value in range(256))

    def describe(self) -> Scheme:
        from .._core.scheme import UTF_EBCDIC, Scheme

        scheme = Scheme(UTF_EBCDIC)
        scheme.add_bytes(self._to, self._from)
        return scheme

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        lead = self._from[data[at]]
        if lead < 0xA0:
            return chr(lead), at + 1, state
        count, bits = _trails(lead)
        if count == 0 or lead in (0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xE0) or lead > 0xF9:
            return Fault(at + 1, "invalid start byte", state)
        point = lead & bits
        for end in range(at + 1, at + 1 + count):
            if end == len(data):
                return Fault(end, "unexpected end of data", state) if final else None
            trail = self._from[data[end]]
            if not 0xA0 <= trail < 0xC0:
                return Fault(end, "invalid continuation byte", state)
            point = point << 5 | trail & 0x1F
        if point < _LEAST[count] or point > _LAST or point in _SURROGATES:
            return Fault(at + 1 + count, "not the shortest form of a character", state)
        return chr(point), at + 1 + count, state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        point = ord(text[at])
        if point in _SURROGATES:
            return UNENCODABLE
        count = sum(point >= least for least in _LEAST[1:])
        if count == 0:
            return self._to[point : point + 1], at + 1, state
        lead = (0, 0xC0, 0xE0, 0xF0, 0xF8)[count]
        parts = [lead | point >> 5 * count]
        parts += [0xA0 | point >> 5 * (count - 1 - each) & 0x1F for each in range(count)]
        return bytes(parts).translate(self._to), at + 1, state
