"""Mixed-byte EBCDIC: SO enters the codes of two bytes, SI those of one.

Rules as IBM's CDRA and ICU have them: text begins and ends in single bytes, a repeated shift says
nothing, and a missing SI at the end is no error when reading.
"""

from __future__ import annotations

import codecs
import re

from ._machine import ILLEGAL, INCOMPLETE, UNENCODABLE, Fault, Machine
from ._tables import Writer, decode_map, encode_map

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["MixedMachine"]

_SO, _SI = 0x0E, 0x0F
_SINGLE, _DOUBLE = 0, 1
_RUN = re.compile(rb"[^\x0e\x0f]+")


def _paired(lead: int, trail: int) -> bool:
    """Whether a pair that is not assigned is wrong as a whole, as ICU has it.

    40 stands with another 40 only, and what may be a lead is read again. So are controls, which
    ICU counts to the pair: a line must not be lost with it.
    """
    return 0x41 <= min(lead, trail) <= max(lead, trail) <= 0xFE or (lead >= 0x40 and trail == 0xFF)


class MixedMachine(Machine):
    """A page with single bytes and pairs; the state says which are in force."""

    def __init__(self, name: str, table: str) -> None:
        self.name = name
        self._codes = decode_map(table)
        self._writer = Writer(encode_map(table))
        self._singles = {code[0]: text for code, text in self._codes.items() if len(code) == 1}

    def describe(self) -> Scheme:
        from .._core.scheme import MIXED, Scheme

        return Scheme(MIXED)

    def supply(self, scheme: Scheme, state: int, *, writing: bool) -> bool:
        if writing:
            if scheme.writes:
                return False
            scheme.add_codes(self._writer.codes)
            return True
        if scheme.has_set(_SINGLE):
            return False
        for number in (_SINGLE, _DOUBLE):
            codes = {code: text for code, text in self._codes.items() if len(code) == number + 1}
            scheme.add_set(number, codes)
        return True

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte in (_SO, _SI):
            return "", at + 1, _DOUBLE if byte == _SO else _SINGLE
        if state == _SINGLE:
            run = _RUN.match(data, at)
            assert run is not None
            try:
                text = codecs.charmap_decode(run[0], "strict", self._singles)[0]
            except UnicodeDecodeError as error:
                if error.start == 0:
                    return Fault(at + 1, "undefined byte", state)
                known = run[0][: error.start]
                text = codecs.charmap_decode(known, "strict", self._singles)[0]
                return text, at + error.start, state
            return text, run.end(), state
        pair = data[at : at + 2]
        text = self._codes.get(pair, "") if len(pair) == 2 else ""
        if text:
            return text, at + 2, state
        if len(pair) == 1 and byte >= 0x40:
            return Fault(at + 1, INCOMPLETE, state) if final else None
        return Fault(at + (2 if len(pair) == 2 and _paired(*pair) else 1), ILLEGAL, state)

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        if text[at] in "\x0e\x0f":
            return UNENCODABLE  # a shift written as a character would be read as a shift
        found = self._writer.longest_at(text, at, final)
        if found is None:
            return None
        if isinstance(found, bool):
            return UNENCODABLE
        code, end = found
        wanted = len(code) - 1
        if wanted != state:
            code = bytes((_SO if wanted else _SI,)) + code
        return code, end, wanted

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        return (b"\x0f" + data if state else data), _SINGLE

    def finish(self, state: int) -> tuple[bytes, int]:
        return (b"\x0f" if state else b""), _SINGLE
