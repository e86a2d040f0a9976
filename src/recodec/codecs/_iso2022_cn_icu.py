"""ISO-2022-CN and -CN-EXT (RFC 1922) as ICU reads and writes them.

Source: a running ICU. Its sets are editions of their own; the one that SO calls is tried before
the others when writing; a carriage return ends a line as a line feed does. When reading, an
escape sequence of any of the family is known, a shift or designation right behind SO is an error,
and a single shift waits for the two bytes behind it, whatever they are.
"""

from __future__ import annotations

import re

from ._iso2022 import UNKNOWN, Form, Iso2022Machine
from ._machine import ILLEGAL, INCOMPLETE, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded

__all__ = ["CnOfIcu"]

_ESC, _SO, _SI = 0x1B, 0x0E, 0x0F
_ENDS = b"\r\n"
_PLAIN = re.compile(rb"[\x00-\x0c\x10-\x1a\x1c-\x7f]+")
# Escape sequences of the other members, without ESC: wrong as a whole.
_FOREIGN = re.compile(
    rb"\$(?:[@AB]|\([@-EG-M]|\)C)|%(?:B|/[@AC-F])|&@|\([@-KR]|\.[AF]|"
    rb"\$(?:\)E|\+[I-M])"  # of -EXT, where this is not that
)
_CUT = re.compile(rb"\$[()*+]?|%/?|[&(.]|\Z")

# State: as in the machine of the family, then what stands only here.
_SLOT = 5  # bits of a slot
_MASK = (1 << _SLOT) - 1
_SHIFTED = 1 << 4 * _SLOT
_EMPTY = 1 << 22  # nothing stood behind SO
_ONCE = 23  # bits 23 and 24: 2 or 3 after a single shift
_KEPT = (1 << 22) - 1


def _graphic(byte: int) -> bool:
    return 0x21 <= byte <= 0x7E


class CnOfIcu(Iso2022Machine):
    """No scheme of the core has these rules: all goes by steps."""

    def __init__(self, name: str, *, extended: bool, taiwanese: bool = False) -> None:
        gb, cns, second = (1, "gb2312:icu"), (1, "cns-1:icu"), (2, "cns-2")
        designations = {b"$)A": gb, b"$)G": cns, b"$*H": second}
        order = [cns, second, gb] if taiwanese else [gb, cns, second]
        if extended:
            order.append((1, "iso-ir-165:icu"))
            designations[b"$)E"] = order[-1]
            # Planes that ICU knows by name and has no character of.
            designations |= {b"$+" + bytes((final,)): (3, "none") for final in b"IJKLM"}
        form = Form(designations, tuple(order), shifts="shift", line_end="designations")
        super().__init__(name, form)
        self._fixed = taiwanese

    def describe(self) -> None:
        return None

    # Reading.

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte == _ESC:
            return self._escaped(data, at, final, state)
        kept = state & _KEPT
        if byte == _SI:
            after = kept & ~_SHIFTED
            if state & _EMPTY:
                return Fault(at + 1, "nothing between two shifts", after)
            return "", at + 1, after
        if byte == _SO:
            if not state >> _SLOT & _MASK:
                return Fault(at + 1, "shift out without a designation", state & ~_EMPTY)
            return "", at + 1, kept | _SHIFTED | _EMPTY
        if byte in _ENDS:
            return chr(byte), at + 1, 0
        once = state >> _ONCE
        slot = once or (1 if state & _SHIFTED else 0)
        if not slot:
            run = _PLAIN.match(data, at)
            if run is None:
                return Fault(at + 1, ILLEGAL, kept)
            text = run[0].decode("ascii")
            end = min((i for i in map(text.find, "\r\n") if i >= 0), default=len(text))
            return text[:end], at + end, kept
        return self._pair(data, at, final, state, state >> slot * _SLOT & _MASK)

    def _pair(self, data: bytes, at: int, final: bool, state: int, number: int) -> Decoded:
        if at + 1 == len(data):
            return Fault(at + 1, INCOMPLETE, state & _KEPT) if final else None
        text = self._set(number).decoding.get(data[at : at + 2])
        if text:
            return text, at + 2, state & _KEPT
        lead, trail = data[at], data[at + 1]
        both = _graphic(lead) if _graphic(trail) else trail not in (_ESC, _SO, _SI)
        return Fault(at + 1 + both, ILLEGAL, state & _KEPT)

    def _escaped(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        kept = state & ~_EMPTY
        rest = data[at + 1 : at + 4]
        size = 0
        if rest[:1] in (b"N", b"O"):
            slot = 2 if rest[:1] == b"N" else 3
            if state >> slot * _SLOT & _MASK:
                kept, size = kept & _KEPT | slot << _ONCE, 1
        elif rest in self._form.designations:
            slot, name = self._form.designations[rest]
            kept = kept & ~(_MASK << slot * _SLOT) | self._number[name] << slot * _SLOT
            size = 3
        else:
            foreign = _FOREIGN.match(rest)
            if foreign is not None:
                return Fault(at + 1 + foreign.end(), UNKNOWN, kept)
            if _CUT.fullmatch(rest):
                # ICU takes what the end cuts as one.
                return Fault(len(data), INCOMPLETE, kept) if final else None
        if size == 0:
            return Fault(at + 1, UNKNOWN, kept)
        if state & _EMPTY:
            return Fault(at + 1 + size, "nothing between two shifts", kept)
        return "", at + 1 + size, kept

    # Writing.

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        found = super().code(text, at, final, state)
        if text[at] == "\r" and isinstance(found, tuple):
            return found[0], found[1], self._after_line(found[2])
        return found

    def _order(self, state: int) -> tuple[tuple[int, str], ...]:
        """The set in G1 goes first; the planes of CNS 11643 are one set here."""
        order = self._form.order
        name = self._names[state >> _SLOT & _MASK]
        if self._fixed or name in ("ascii", order[0][1]):
            return order
        first = tuple(one for one in order if one[1].partition("-")[0] == name.partition("-")[0])
        return first + tuple(one for one in order if one not in first)
