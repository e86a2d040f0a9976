"""UTF-7 (RFC 2152) as programs read it that take no character but the standard's as it stands.

What is in base64 is UTF-16; a byte outside the alphabet ends it, and a hyphen there is swallowed.
"""

from __future__ import annotations

from ._machine import UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded

__all__ = ["Utf7OfIconv"]

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LETTERS = _ALPHABET[:-2]
_DIRECT = frozenset(_LETTERS + b"\t\n\r '(),-./:?")
_OPTIONAL = frozenset(b'!"#$%&*;<=>@[]^_`{|}')
_SHIFT, _END = 0x2B, 0x2D

# State: 0 outside of base64; inside, the bits left over (0, 2 or 4 of them when reading) follow.
_INSIDE = 1


def _inside(count: int, bits: int) -> int:
    return _INSIDE | count << 1 | bits << 4


class Utf7OfIconv(Machine):
    """Of glibc and GNU libiconv: what may be direct is read so, but never written so.

    patient: whether a text may end within a character, as glibc has it; what is there is dropped.
    """

    def __init__(self, name: str, *, patient: bool) -> None:
        self.name = name
        self._patient = patient

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if state:
            if byte in _ALPHABET:
                return self._unit(data, at, final, state)
            if state >> 4:
                return Fault(at + 1, "non-zero padding bits in shift sequence", 0)
            if byte == _END:
                return "", at + 1, 0
        elif byte == _SHIFT:
            if at + 1 == len(data):
                return Fault(at + 1, "unterminated shift sequence", 0) if final else None
            if data[at + 1] == _END:
                return "+", at + 2, 0
            return "", at + 1, _inside(0, 0)
        if byte in _DIRECT or byte in _OPTIONAL:
            return chr(byte), at + 1, 0
        return Fault(at + 1, "byte that is never direct", 0)

    def _unit(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        count, bits = state >> 1 & 7, state >> 4
        end = at
        units: list[int] = []
        while not units or (0xD800 <= units[0] < 0xDC00 and len(units) < 2):
            while count < 16:
                if end == len(data):
                    if not final:
                        return None
                    if self._patient:
                        return "", end, 0
                    return Fault(end, "unterminated shift sequence", 0)
                digit = _ALPHABET.find(data[end])
                if digit < 0:
                    return Fault(end, "partial character in base 64", 0)
                bits = bits << 6 | digit
                count += 6
                end += 1
            count -= 16
            units.append(bits >> count)
            bits &= (1 << count) - 1
        after = _inside(count, bits)
        if len(units) == 2:
            if not 0xDC00 <= units[1] < 0xE000:
                return Fault(end, "lone surrogate", after)
            return chr(0x10000 + (units[0] - 0xD800 << 10) + units[1] - 0xDC00), end, after
        if 0xDC00 <= units[0] < 0xE000:
            return Fault(end, "lone surrogate", after)
        return chr(units[0]), end, after

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        if "\ud800" <= character <= "\udfff":
            return UNENCODABLE
        if character < "\x80" and ord(character) in _DIRECT:
            if not state:
                return character.encode("ascii"), at + 1, 0
            # The hyphen can be spared where the character cannot be taken for base 64.
            closed = b"-" if ord(character) in _ALPHABET or character == "-" else b""
            return self._padded(state) + closed + character.encode("ascii"), at + 1, 0
        if character == "+" and not state:
            return b"+-", at + 1, 0
        out = b"" if state else b"+"
        count, bits = state >> 1 & 7, state >> 4
        for value in character.encode("utf-16-be"):
            bits = bits << 8 | value
            count += 8
            while count >= 6:
                count -= 6
                out += _ALPHABET[bits >> count : (bits >> count) + 1]
                bits &= (1 << count) - 1
        return out, at + 1, _inside(count, bits)

    @staticmethod
    def _padded(state: int) -> bytes:
        count, bits = state >> 1 & 7, state >> 4
        digit = bits << 6 - count
        return _ALPHABET[digit : digit + 1] if count else b""

    def finish(self, state: int) -> tuple[bytes, int]:
        return (self._padded(state) + b"-", 0) if state else (b"", 0)

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        return self.finish(state)[0] + data, 0
