"""VIQR (RFC 1456): Vietnamese in ASCII, with marks typed after the letter."""

from __future__ import annotations

import re

from .._conversion.encoding_run import EncodingRun
from .._conversion.maps import Maps
from .._core import conversion as core
from ._machine import ILLEGAL, UNENCODABLE, Fault, Machine
from ._tables import Reader, decode_map, encode_map, made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.tables import Expanded
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
_PLAIN = re.compile(rb"[\x00-\x5b\x5d-\x7f]+")


class _Runs:
    """What is between changes of the mode, by maps of the core."""

    def __init__(self, machine: Viqr) -> None:
        self._machine = machine
        self._maps = Maps(self._made)

    def _made(self) -> Expanded:
        machine = self._machine
        escapes = (b"\\" + bytes((byte,)) for byte in range(0x80))
        decoding = {code: code[1:].decode("ascii") for code in escapes if code[1:] not in _MODES}
        # A letter and a mark that are not to be read as one.
        apart = {
            letter + mark: code + b"\\" + second
            for letter, code in machine.codes.items()
            for mark, second in machine.codes.items()
            if machine.would_join(code, second)
        }
        written = {"\\": b"\\\\"}
        read = {**decoding, **machine.reader.codes}
        # Alone it would be the start of a change of the mode, which stops a run.
        read.pop(b"\\", None)
        return made(read, {**machine.codes, **apart, **written})

    def decode(self, data: bytes, start: int, state: int) -> tuple[str, int, int]:
        if state == _VIETNAMESE:
            map = self._maps.map(core.DECODE_UTF16)
            text, end, _, _ = core.to_text(core.TABLE, map, data, start, final=False)
            return text, end, state
        run = _PLAIN.match(data, start)
        return (run[0].decode("ascii"), run.end(), state) if run else ("", start, state)

    def encode(self, text: str, start: int, state: int) -> tuple[bytes, int, int]:
        before = self._machine.code_of(state)
        if before and self._machine.would_join(before, self._machine.codes.get(text[start], b"")):
            return b"", start, state
        map = self._maps.map(core.ENCODE)
        data, end, _ = EncodingRun(core.TABLE, map, text).go(start, False)
        return data, end, self._state(text, start, end, data) if end > start else state

    def _state(self, text: str, start: int, end: int, data: bytes) -> int:
        """The state behind the last character, which may have been set apart from one before it."""
        code = self._machine.codes[text[end - 1]]
        alone = end - start == 1 or not data.endswith(b"\\" + code) or text[end - 2] == "\\"
        return self._machine.state_behind(text[end - 1]) if alone else 0


class Viqr(Machine):
    """State: the mode when reading; when writing, the letter before, which a mark could join."""

    def __init__(self, name: str) -> None:
        self.name = name
        codes = decode_map("viqr")
        # The horn is a plus sign or an asterisk.
        codes |= {
            code.replace(b"+", b"*"): text for code, text in codes.items() if b"+" in code[1:]
        }
        self.reader = Reader(codes)
        self.codes = encode_map("viqr")
        self._starts = {code[:size] for code in codes for size in range(2, len(code) + 1)}
        self._open = {start[:-1] for start in self._starts}

    def describe(self) -> _Runs:
        return _Runs(self)

    def would_join(self, code: bytes, second: bytes) -> bool:
        """Whether the code of one character would be read as one with that of a letter before."""
        return len(second) == 1 and code + second in self._starts

    def code_of(self, state: int) -> bytes:
        """The code of the letter before; none where nothing can join it."""
        return self.codes[chr(state)] if state else b""

    def state_behind(self, character: str) -> int:
        """The state when a character is written without a backslash."""
        return ord(character) if self.codes[character] in self._open else 0

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
        if not final and self.reader.may_go_on(data, at):
            return None
        found = self.reader.longest_at(data, at)
        return Fault(at + 1, ILLEGAL, state) if found is None else (*found, state)

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        code = self.codes.get(character)
        if code is None:
            return UNENCODABLE
        if character == "\\":
            return b"\\\\", at + 1, 0
        before = self.code_of(state)
        if before and self.would_join(before, code):
            return b"\\" + code, at + 1, 0
        return code, at + 1, self.state_behind(character)
