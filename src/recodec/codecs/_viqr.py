"""VIQR (RFC 1456): Vietnamese in ASCII, with marks typed after the letter."""

from __future__ import annotations

from ._machine import ILLEGAL, UNENCODABLE, Fault, Machine
from ._tables import Reader, decode_map, encode_map

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded

__all__ = ["Viqr"]

_BACKSLASH = 0x5C
_VIETNAMESE, _LITERAL, _ENGLISH = 0, 1, 2
_MODES = {
    b"v": _VIETNAMESE,
    b"V": _VIETNAMESE,
    b"l": _LITERAL,
    b"L": _LITERAL,
    b"m": _ENGLISH,
    b"M": _ENGLISH,
}


class Viqr(Machine):
    """State: the mode when reading; when writing, the character before, which a mark could join."""

    def __init__(self, name: str) -> None:
        self.name = name
        codes = decode_map("viqr")
        # The horn is a plus sign or an asterisk.
        codes |= {
            code.replace(b"+", b"*"): text for code, text in codes.items() if b"+" in code[1:]
        }
        self._reader = Reader(codes)
        self._codes = encode_map("viqr")
        self._starts = {code[:size] for code in codes for size in range(2, len(code) + 1)}

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte >= 0x80:
            return Fault(at + 1, ILLEGAL, state)
        if byte == _BACKSLASH:
            following = data[at + 1 : at + 2]
            if not following:
                return ("\\", at + 1, state) if final else None
            if following in _MODES:
                return "", at + 2, _MODES[following]
            if state == _LITERAL or following >= b"\x80":
                return "\\", at + 1, state
            return following.decode("ascii"), at + 2, state
        if state != _VIETNAMESE:
            return chr(byte), at + 1, state
        if not final and self._reader.may_go_on(data, at):
            return None
        found = self._reader.longest_at(data, at)
        return Fault(at + 1, ILLEGAL, state) if found is None else (*found, state)

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        code = self._codes.get(character)
        if code is None:
            return UNENCODABLE
        if character == "\\":
            return b"\\\\", at + 1, 0
        before = self._codes.get(chr(state), b"") if state else b""
        if len(code) == 1 and before and before + code in self._starts:
            return b"\\" + code, at + 1, 0
        return code, at + 1, ord(character)
