"""UTF-7 (RFC 2152) as iconv and ICU have it, and its form for IMAP mailbox names (RFC 3501, 5.1.3).

Runs of base64 of UTF-16BE between a shift and what ends them. The flavours differ in what may stand
outside of a run, in what may end one, and in what is said of it that is wrong.
"""

from __future__ import annotations

from ._machine import UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["Utf7Imap", "Utf7ImapOfIcu", "Utf7OfIconv", "Utf7OfIcu"]

_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_PRINT = frozenset(range(0x20, 0x7F))
_DIRECT = frozenset(_LETTERS + b"\t\n\r '(),-./:?")
_OPTIONAL = frozenset(b'!"#$%&*;<=>@[]^_`{|}')
_END = 0x2D
_NO_DIGIT = 64

_UNTERMINATED = "unterminated shift sequence"
_PADDING = "non-zero padding bits in shift sequence"
_PARTIAL = "partial character in base 64"
_NEVER = "byte that is never direct"
_LONE = "lone surrogate"

# States, in both directions. Inside a run, the bits left over from the last code unit (0, 2 or 4 of
# them when reading) follow.
_OUTSIDE, _AFTER_RUN, _EMPTY_RUN, _RUN = 0, 1, 2, 3
_KIND_BITS = 2
_BROKEN = _AFTER_RUN | 1 << _KIND_BITS  # of ICU's: what is wrong begins with the next digit


def _kind(state: int) -> int:
    return state & (1 << _KIND_BITS) - 1


def _left(state: int) -> tuple[int, int]:
    """The number of the bits left over, and their value."""
    return state >> _KIND_BITS & 7, state >> _KIND_BITS + 3


def _in_run(count: int, bits: int) -> int:
    return _RUN | count << _KIND_BITS | bits << _KIND_BITS + 3


class _Base64(Machine):
    """What the flavours share.

    read, written: bytes that are characters by themselves outside of a run, and those that are
    written so. before: bytes in front of which a run needs a hyphen as its end.
    """

    def __init__(
        self, name: str, *, imap: bool, read: Iterable[int], written: Iterable[int]
    ) -> None:
        self.name = name
        self._imap = imap
        self._shift = 0x26 if imap else 0x2B  # & or +
        self._digits = _LETTERS + (b"+," if imap else b"+/")
        self._value = {digit: value for value, digit in enumerate(self._digits)}
        self._read = frozenset(read) - {self._shift}
        self._written = frozenset(written)
        self._before = _PRINT if imap else frozenset((*self._digits, _END))

    def describe(self) -> Scheme:
        from .._core.scheme import (
            UTF7,
            UTF7_HYPHEN,
            UTF7_IMAP,
            UTF7_READ,
            UTF7_WRITTEN,
            Scheme,
        )

        flags = bytes(
            (byte in self._read) * UTF7_READ
            | (byte in self._written) * UTF7_WRITTEN
            | (byte in self._before) * UTF7_HYPHEN
            for byte in range(256)
        )
        values = bytes(self._value.get(byte, _NO_DIGIT) for byte in range(256))
        scheme = Scheme(UTF7_IMAP if self._imap else UTF7)
        scheme.add_bytes(flags, values + self._digits)
        return scheme

    # Reading.

    def _units(
        self, data: bytes, at: int, state: int, *, most: int = 2
    ) -> tuple[list[int], int, int, int]:
        """The code units of the character at `at`, `most` of them; where their digits end, the
        number of the bits left over there, and their value.

        No units: the data or the digits end before the character does.
        """
        count, bits = _left(state)
        units: list[int] = []
        end = at
        while not units or (0xD800 <= units[0] < 0xDC00 and len(units) < most):
            while count < 16:
                value = self._value.get(data[end], -1) if end < len(data) else -1
                if value < 0:
                    return [], end, count, bits
                bits = bits << 6 | value
                count += 6
                end += 1
            count -= 16
            units.append(bits >> count)
            bits &= (1 << count) - 1
        return units, end, count, bits

    @staticmethod
    def _joined(units: list[int]) -> str:
        """The character of its code units; none where they are surrogates but no pair."""
        if len(units) == 2:
            if not 0xDC00 <= units[1] < 0xE000:
                return ""
            return chr(0x10000 + (units[0] - 0xD800 << 10) + units[1] - 0xDC00)
        return "" if 0xDC00 <= units[0] < 0xE000 else chr(units[0])

    # Writing.

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        if "\ud800" <= character <= "\udfff":
            return UNENCODABLE
        point = ord(character)
        shift = point == self._shift
        if point in self._written or (shift and not state):
            # The hyphen can be spared where the character cannot be taken for base64.
            out = self._closed(state, hyphen=point in self._before)
            return out + bytes((point,)) + (b"-" if shift else b""), at + 1, _OUTSIDE
        out = b"" if state else bytes((self._shift,))
        count, bits = _left(state)
        for value in character.encode("utf-16-be"):
            bits = bits << 8 | value
            count += 8
            while count >= 6:
                count -= 6
                out += self._digits[bits >> count : (bits >> count) + 1]
                bits &= (1 << count) - 1
        return out, at + 1, _in_run(count, bits)

    def _closed(self, state: int, *, hyphen: bool) -> bytes:
        """What ends a run, should there be one."""
        if not state:
            return b""
        count, bits = _left(state)
        digit = bits << 6 - count
        return (self._digits[digit : digit + 1] if count else b"") + (b"-" if hyphen else b"")

    def finish(self, state: int) -> tuple[bytes, int]:
        return self._closed(state, hyphen=True), _OUTSIDE

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        return self.finish(state)[0] + data, _OUTSIDE


class Utf7Imap(_Base64):
    """Only the shortest form is valid: nothing that can be direct is in base64, the bits left over
    are 0, a hyphen ends each run, and none stands right after another."""

    def __init__(self, name: str) -> None:
        super().__init__(name, imap=True, read=_PRINT, written=_PRINT)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        kind = _kind(state)
        if kind in (_EMPTY_RUN, _RUN):
            return self._shifted(data, at, final, state)
        if byte == self._shift:
            following = data[at + 1 : at + 2]
            if not following:
                return Fault(at + 1, _UNTERMINATED, _OUTSIDE) if final else None
            if following == b"-":
                return "&", at + 2, _OUTSIDE
            if kind == _AFTER_RUN:
                return Fault(at + 1, "a run of shifted characters in two parts", _EMPTY_RUN)
            return "", at + 1, _EMPTY_RUN
        if byte in self._read:
            return chr(byte), at + 1, _OUTSIDE
        return Fault(at + 1, _NEVER, _OUTSIDE)

    def unfinished(self, state: int) -> str:
        return _UNTERMINATED if _kind(state) in (_EMPTY_RUN, _RUN) else ""

    def _shifted(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        if data[at] == _END and state != _EMPTY_RUN:
            if _left(state)[1]:
                return Fault(at + 1, _PADDING, _AFTER_RUN)
            return "", at + 1, _AFTER_RUN
        units, end, *left = self._units(data, at, state)
        if not units:
            if end == len(data):
                return Fault(end, _UNTERMINATED, _OUTSIDE) if final else None
            if end == at:
                return Fault(at + 1, _UNTERMINATED, _OUTSIDE)
            # The byte that ends the run, hyphen or not, is read again.
            return Fault(end, _PARTIAL, _in_run(0, 0) if data[end] == _END else _OUTSIDE)
        text, after = self._joined(units), _in_run(*left)
        if not text:
            return Fault(end, _LONE, after)
        if " " <= text <= "~":
            return Fault(end, "base 64 of a character that is always direct", after)
        return text, end, after


class Utf7OfIconv(_Base64):
    """Of glibc and GNU libiconv: what may be direct is read so, but never written so.

    patient: whether a text may end within a character, as glibc has it; what is there is dropped.
    """

    def __init__(self, name: str, *, patient: bool) -> None:
        super().__init__(name, imap=False, read=_DIRECT | _OPTIONAL, written=_DIRECT)
        self._patient = patient

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if state:
            if byte in self._value:
                return self._character(data, at, final, state)
            if _left(state)[1]:
                return Fault(at + 1, _PADDING, _OUTSIDE)
            if byte == _END:
                return "", at + 1, _OUTSIDE
        elif byte == self._shift:
            if at + 1 == len(data):
                return Fault(at + 1, _UNTERMINATED, _OUTSIDE) if final else None
            if data[at + 1] == _END:
                return "+", at + 2, _OUTSIDE
            return "", at + 1, _EMPTY_RUN
        if byte in self._read:
            return chr(byte), at + 1, _OUTSIDE
        return Fault(at + 1, _NEVER, _OUTSIDE)

    def _character(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        units, end, *left = self._units(data, at, state)
        if units:
            text, after = self._joined(units), _in_run(*left)
            return (text, end, after) if text else Fault(end, _LONE, after)
        if end < len(data):
            return Fault(end, _PARTIAL, _OUTSIDE)
        if not final:
            return None
        if self._patient and self._may_be_cut(data, at, state):
            return "", end, _OUTSIDE
        return Fault(end, _UNTERMINATED, _OUTSIDE)

    def _may_be_cut(self, data: bytes, at: int, state: int) -> bool:
        """Whether what is there may begin a character: a high surrogate goes before a low one."""
        units, end, count, bits = self._units(data, at, state, most=1)
        if not units:
            return True
        _, _, count, bits = self._units(data, end, _in_run(count, bits))
        return count < 6 or bits >> count - 6 == 0xDC00 >> 10


class Utf7OfIcu(_Base64):
    """Of ICU, after a running one: what is wrong within a run is what stands behind its last whole
    character, the digit that they share with it among them, and the run is over.

    Any number of bits left over may end a run, if they are 0. What ICU takes for text and what it
    drops in silence stays an error: half a surrogate pair, and a shift that ends the text.
    """

    def __init__(self, name: str, *, imap: bool = False) -> None:
        read = _PRINT if imap else _DIRECT | _OPTIONAL
        super().__init__(name, imap=imap, read=read, written=read)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        if state not in (_OUTSIDE, _AFTER_RUN):
            return self._shifted(data, at, final, state)
        byte = data[at]
        if byte in self._read:
            return chr(byte), at + 1, _OUTSIDE
        if byte != self._shift:
            return Fault(at + 1, _NEVER, _OUTSIDE)
        if at + 1 == len(data):
            return Fault(at + 1, _UNTERMINATED, _OUTSIDE) if final else None
        following = data[at + 1]
        if following == _END:
            return chr(byte), at + 2, _OUTSIDE
        if following in self._value:
            return "", at + 1, _EMPTY_RUN
        return Fault(at + self._empty(following), _UNTERMINATED, _OUTSIDE)

    @staticmethod
    def _empty(following: int) -> int:
        """How many bytes are wrong of a shift and what cannot be in its run."""
        return 1

    def _shifted(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        broken = state == _BROKEN
        units, end, *left = self._units(data, at + broken, _EMPTY_RUN if broken else state)
        if units and not broken:
            return self._character(data, units, end, final, *left)
        if not units and end == len(data) and not final:
            return None
        if not broken and self._ends(data, end, *left):
            hyphen = data[end : end + 1] == b"-"
            return "", end + hyphen, _AFTER_RUN if self._imap else _OUTSIDE
        if end < len(data) and not units and self._swallowed(data[end]):
            end += 1
        return Fault(end, _PARTIAL, _OUTSIDE)

    def _character(
        self, data: bytes, units: list[int], end: int, final: bool, count: int, bits: int
    ) -> Decoded:
        text, after = self._joined(units), _in_run(count, bits)
        if not text:
            return Fault(end, _LONE, after)
        more, stop, *left = self._units(data, end, after, most=1)
        if count == 0 or (more and self._may_be_shifted(more)):
            return text, end, after
        if not more and stop == len(data) and not final:
            return None
        if not more and self._ends(data, stop, *left):
            return text, end, after
        # The last digit is part of what is wrong behind the character.
        return text, end - 1, _BROKEN

    @staticmethod
    def _may_be_shifted(units: list[int]) -> bool:
        """Whether a character may be in base64."""
        return True

    def _ends(self, data: bytes, at: int, count: int, bits: int) -> bool:
        """Whether a run may end at `at` with these bits left over."""
        if bits:
            return False
        return at == len(data) or data[at] == _END or data[at] in self._read

    def _swallowed(self, byte: int) -> bool:
        """Whether the byte behind the digits is part of what is wrong."""
        return byte == _END or byte not in self._read


class Utf7ImapOfIcu(Utf7OfIcu):
    """The form for IMAP, which ICU reads strictly as well, but for runs that stand in a row."""

    def __init__(self, name: str) -> None:
        super().__init__(name, imap=True)

    @staticmethod
    def _may_be_shifted(units: list[int]) -> bool:
        return not 0x20 <= units[0] < 0x7F

    def _empty(self, following: int) -> int:  # type: ignore[override]
        return 2

    def _character(
        self, data: bytes, units: list[int], end: int, final: bool, count: int, bits: int
    ) -> Decoded:
        if not self._may_be_shifted(units):
            return Fault(end, "base 64 of a character that is always direct", _OUTSIDE)
        return super()._character(data, units, end, final, count, bits)

    def _ends(self, data: bytes, at: int, count: int, bits: int) -> bool:
        return bits == 0 and count < 6 and data[at : at + 1] == b"-"

    def _swallowed(self, byte: int) -> bool:
        return True

    def unfinished(self, state: int) -> str:
        return _UNTERMINATED if state not in (_OUTSIDE, _AFTER_RUN) else ""
