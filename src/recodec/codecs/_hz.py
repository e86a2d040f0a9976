"""HZ (RFC 1843) as ICU has it: pairs of code page 936, and a shift before the first character.

Source: a running ICU. What is a tilde there in either state, an empty run between two shifts is an
error, and the encoder begins with the shift into the state of the first character.
"""

from __future__ import annotations

import re

from ._iso2022_sets import CodedSet, coded_set
from ._machine import ILLEGAL, INCOMPLETE, UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded

__all__ = ["HzOfIcu"]

_TILDE, _LF = 0x7E, 0x0A
_SHIFTS = b"}{"
_RUN = re.compile(rb"[\x00-\x7d\x7f]+")
_PLAIN = re.compile(r"[\x00-\x7d\x7f]+")
_LAST_LEAD = 0x7D

# State when reading: pairs are in force, and nothing stood since the shift.
_PAIRS, _EMPTY = 1, 2
# State when writing.
_UNSAID, _SINGLES, _DOUBLES = 0, 1, 2


def _graphic(byte: int) -> bool:
    return 0x21 <= byte <= 0x7E


class HzOfIcu(Machine):
    """The state says which shift is in force."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._set: CodedSet | None = None

    @property
    def pairs(self) -> CodedSet:
        """Code page 936 in seven bits; made when it is first asked for."""
        if self._set is None:
            self._set = coded_set("gbk:icu")
        return self._set

    def describe(self) -> Scheme:
        from .._core.scheme import HZ, Scheme

        return Scheme(HZ)

    def supply(self, scheme: Scheme, state: int, *, writing: bool) -> bool:
        if writing:
            if scheme.writes:
                return False
            codes = self.pairs.writer.codes
            scheme.add_codes({text: code for text, code in codes.items() if code[0] <= _LAST_LEAD})
            return True
        if scheme.has_set(_PAIRS):
            return False
        read = self.pairs.decoding.items()
        scheme.add_set(_PAIRS, {code: text for code, text in read if code[0] <= _LAST_LEAD})
        return True

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte == _TILDE:
            return self._tilde(data, at, final, state)
        if not state & _PAIRS:
            run = _RUN.match(data, at)
            if run is None:
                return Fault(at + 1, ILLEGAL, 0)
            return run[0].decode("ascii"), run.end(), 0
        if at + 1 == len(data):
            return Fault(at + 1, INCOMPLETE, _PAIRS) if final else None
        text = self.pairs.decoding.get(data[at : at + 2])
        if text is not None and byte <= _LAST_LEAD:
            return text, at + 2, _PAIRS
        # A trail that may be a lead is read again, unless both were halves of a code.
        whole = byte <= _LAST_LEAD and _graphic(byte)
        return Fault(at + 1 + (whole or not _graphic(data[at + 1])), ILLEGAL, _PAIRS)

    @staticmethod
    def _tilde(data: bytes, at: int, final: bool, state: int) -> Decoded:
        if at + 1 == len(data):
            return Fault(at + 1, INCOMPLETE, state) if final else None
        byte = data[at + 1]
        if byte == _LF:
            return "", at + 2, state
        after = state & _PAIRS
        if byte == _TILDE:
            return "~", at + 2, after
        if byte in _SHIFTS:
            after = _SHIFTS.index(byte)
            if state & _EMPTY:
                return Fault(at + 2, "nothing between two shifts", after)
            return "", at + 2, after | _EMPTY
        again = _graphic(byte) if after else byte < 0x80
        return Fault(at + 1 if again else at + 2, "unknown escape", after)

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        if text[at] == "~":
            return b"~~", at + 1, state
        run = _PLAIN.match(text, at)
        if run is not None:
            shift = b"" if state == _SINGLES else b"~}"
            return shift + run[0].encode("ascii"), run.end(), _SINGLES
        code = self.pairs.writer.codes.get(text[at])
        if code is None or code[0] > _LAST_LEAD:
            return UNENCODABLE
        return (b"" if state == _DOUBLES else b"~{") + code, at + 1, _DOUBLES
