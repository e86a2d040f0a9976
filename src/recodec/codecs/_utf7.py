"""The form of UTF-7 for IMAP mailbox names (RFC 3501, 5.1.3)."""

from __future__ import annotations

from ._machine import UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core_scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["Utf7Imap"]

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,"
_SHIFT, _END = 0x26, 0x2D  # & and -

# States. Inside a run, the bits left over from the last code unit (0, 2 or 4 of them) follow.
_DIRECT, _AFTER_RUN, _EMPTY_RUN, _RUN = 0, 1, 2, 3
_KIND_BITS = 2


class Utf7Imap(Machine):
    """`&`, base64 of UTF-16BE, `-`. Only the shortest form is valid: nothing that can be direct is
    in base64, the bits left over are 0, and no run stands right after another."""

    def __init__(self, name: str) -> None:
        self.name = name

    @staticmethod
    def _left(state: int) -> tuple[int, int]:
        """The number of the bits left over, and their value."""
        return state >> _KIND_BITS & 7, state >> _KIND_BITS + 3

    @staticmethod
    def _in_run(count: int, bits: int) -> int:
        return _RUN | count << _KIND_BITS | bits << _KIND_BITS + 3

    def describe(self) -> Scheme:
        from .._core_scheme import UTF7_IMAP, Scheme

        return Scheme(UTF7_IMAP)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        kind = state & (1 << _KIND_BITS) - 1
        if kind in (_EMPTY_RUN, _RUN):
            return self._shifted(data, at, final, state)
        if byte == _SHIFT:
            following = data[at + 1 : at + 2]
            if not following:
                return Fault(at + 1, "unterminated shift sequence", _DIRECT) if final else None
            if following == b"-":
                return "&", at + 2, _DIRECT
            if kind == _AFTER_RUN:
                return Fault(at + 1, "a run of shifted characters in two parts", _EMPTY_RUN)
            return "", at + 1, _EMPTY_RUN
        if 0x20 <= byte < 0x7F:
            return chr(byte), at + 1, _DIRECT
        return Fault(at + 1, "byte that is never direct", _DIRECT)

    def unfinished(self, state: int) -> str:
        inside = state & (1 << _KIND_BITS) - 1 in (_EMPTY_RUN, _RUN)
        return "unterminated shift sequence" if inside else ""

    def _shifted(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        count, bits = self._left(state)
        if data[at] == _END and state != _EMPTY_RUN:
            if bits:
                return Fault(at + 1, "non-zero padding bits in shift sequence", _AFTER_RUN)
            return "", at + 1, _AFTER_RUN
        units: list[int] = []
        end = at
        while True:
            while count < 16:
                if end == len(data):
                    return Fault(end, "unterminated shift sequence", _DIRECT) if final else None
                digit = _ALPHABET.find(data[end])
                if digit < 0 and end > at:
                    # The byte that ends the run, hyphen or not, is read again.
                    closed = self._in_run(0, 0) if data[end] == _END else _DIRECT
                    return Fault(end, "partial character in base 64", closed)
                if digit < 0:
                    return Fault(at + 1, "unterminated shift sequence", _DIRECT)
                bits = bits << 6 | digit
                count += 6
                end += 1
            count -= 16
            units.append(bits >> count)
            bits &= (1 << count) - 1
            if len(units) == 2 or not 0xD800 <= units[0] < 0xDC00:
                break
        return self._character(units, end, self._in_run(count, bits))

    @staticmethod
    def _character(units: list[int], end: int, state: int) -> Decoded:
        if len(units) == 2:
            if not 0xDC00 <= units[1] < 0xE000:
                return Fault(end, "lone surrogate", state)
            return chr(0x10000 + (units[0] - 0xD800 << 10) + units[1] - 0xDC00), end, state
        if 0xDC00 <= units[0] < 0xE000:
            return Fault(end, "lone surrogate", state)
        if 0x20 <= units[0] < 0x7F:
            return Fault(end, "base 64 of a character that is always direct", state)
        return chr(units[0]), end, state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        if " " <= character <= "~":
            out, _ = self.finish(state)
            return out + (b"&-" if character == "&" else character.encode("ascii")), at + 1, 0
        if "\ud800" <= character <= "\udfff":
            return UNENCODABLE
        out = b"" if state else b"&"
        count, bits = self._left(state)
        for value in character.encode("utf-16-be"):
            bits = bits << 8 | value
            count += 8
            while count >= 6:
                count -= 6
                out += _ALPHABET[bits >> count : (bits >> count) + 1]
                bits &= (1 << count) - 1
        return out, at + 1, self._in_run(count, bits)

    def finish(self, state: int) -> tuple[bytes, int]:
        if not state:
            return b"", 0
        count, bits = self._left(state)
        digit = bits << 6 - count
        return (_ALPHABET[digit : digit + 1] if count else b"") + b"-", 0

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        return self.finish(state)[0] + data, 0
