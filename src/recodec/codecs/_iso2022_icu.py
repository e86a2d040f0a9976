"""The ISO 2022 family as ICU reads and writes it.

Source: a running ICU, and the comments of its `ucnv2022.cpp` on what is wrong as a whole. Its sets
are editions of their own; the one in force is tried before the others when writing; a carriage
return ends a line as a line feed does. When reading, an escape sequence of any of the family is
known, and wrong as a whole where the member has not got it; of any other only the ESC is wrong. A
single shift waits for what it calls, whatever stands between.
"""

from __future__ import annotations

import re

from ._iso2022 import UNKNOWN, Iso2022Machine
from ._iso2022_form import BITS, MASK, SHIFTED, Form, designated
from ._machine import ILLEGAL, INCOMPLETE, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded

__all__ = ["CnOfIcu", "JpOfIcu", "KrOfIcu"]

_ESC, _SO, _SI = 0x1B, 0x0E, 0x0F
_SPECIAL = (_ESC, _SO, _SI)
_ENDS = b"\r\n"
_PLAIN = re.compile(rb"[\x00-\x09\x0b\x0c\x10-\x1a\x1c-\x7f]+")
_KANA = re.compile("[\uff61-\uff9f]+")
# All escape sequences of the family, without ESC, and what the end of the data may cut them to.
_KNOWN = re.compile(
    rb"\$(?:[@AB]|\([@-EG-M]|\)[ACEG]|\*H|\+[I-M])|%(?:B|/[@AC-F])|&@|\([@-KR]|\.[AF]|[NO]"
)
_CUT = re.compile(rb"(?:\$[()*+]?|%/?|[&(.]|)\Z")

# State: as in the machine of the family, then what stands only here.
_EMPTY = 1 << 22  # nothing stood behind a sequence
_ONCE = 23  # bits 23 and 24: 2 or 3 after a single shift
_KEPT = (1 << 22) - 1
_GAP = "nothing between two shifts"


def _graphic(byte: int) -> bool:
    return 0x21 <= byte <= 0x7E


class _OfIcu(Iso2022Machine):
    """What the members share when reading."""

    careful = gaps_matter = keyed = True
    _begins_gap = False  # whether an escape sequence begins one

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte == _ESC:
            return self._escaped(data, at, final, state)
        if byte in _SPECIAL:
            return self._shifted(at, byte, state)
        if byte in _ENDS:
            found = self._line_end(data, at, state & ~_EMPTY)
            if found is not None:
                return found
        once = state >> _ONCE
        if not once and not state & (SHIFTED | MASK):
            run = _PLAIN.match(data, at)
            if run is None:
                return self._high(data, at, final, state & _KEPT)
            return run[0].decode("ascii"), run.end(), state & _KEPT
        slot = once or (1 if state & SHIFTED else 0)
        return self._called(data, at, final, state, state >> slot * BITS & MASK)

    def _line_end(self, data: bytes, at: int, state: int) -> Decoded:
        """The end of a line; None where it is no more than a control."""
        return chr(data[at]), at + 1, 0

    def _shifted(self, at: int, byte: int, state: int) -> Decoded:
        raise NotImplementedError

    def _called(self, data: bytes, at: int, final: bool, state: int, number: int) -> Decoded:
        """A character of a set."""
        return self._pair(data, at, final, state, number)

    def _pair(self, data: bytes, at: int, final: bool, state: int, number: int) -> Decoded:
        if at + 1 == len(data):
            return Fault(at + 1, INCOMPLETE, state & _KEPT) if final else None
        text = self._set(number).decoding.get(data[at : at + 2])
        if text:
            return text, at + 2, state & _KEPT
        lead, trail = data[at], data[at + 1]
        both = _graphic(lead) if _graphic(trail) else trail not in _SPECIAL
        return Fault(at + 1 + both, ILLEGAL, state & _KEPT)

    def _escaped(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        kept = state & ~_EMPTY
        known = _KNOWN.match(data, at + 1)
        if known is None:
            if _CUT.match(data, at + 1):
                # ICU takes what the end cuts as one.
                return Fault(len(data), INCOMPLETE, kept) if final else None
            return Fault(at + 1, UNKNOWN, kept)
        after = self._sequenced(known[0], kept)
        if after is None:
            return Fault(known.end(), UNKNOWN, kept)
        if after < 0:
            return Fault(at + 1, "single shift without a designation", kept)
        if state & _EMPTY:
            return Fault(known.end(), _GAP, after)
        return "", known.end(), after | (_EMPTY if self._begins_gap else 0)

    def _sequenced(self, sequence: bytes, state: int) -> int | None:
        """The state after a sequence; None where the member has not got it, -1 where it calls a
        set that is not there."""
        target = self._form.designations.get(sequence)
        if target is not None:
            slot, name = target
            return designated(state, slot, self._number[name])
        if sequence not in self._singles():
            return None
        slot = 2 if sequence == b"N" else 3
        return state & _KEPT | slot << _ONCE if state >> slot * BITS & MASK else -1

    def _first(self, *wanted: tuple[int, str]) -> tuple[tuple[int, str], ...]:
        """The order of writing with these sets first."""
        return (*wanted, *(each for each in self._form.order if each not in wanted))


class CnOfIcu(_OfIcu):
    """ISO-2022-CN and -CN-EXT (RFC 1922): a shift or sequence right behind SO is an error."""

    def __init__(self, name: str, *, extended: bool, taiwanese: bool = False) -> None:
        gb, cns, second = (1, "gb2312:icu"), (1, "cns-1:icu"), (2, "cns-2")
        designations = {b"$)A": gb, b"$)G": cns, b"$*H": second}
        order = [cns, second, gb] if taiwanese else [gb, cns, second]
        if extended:
            order.append((1, "iso-ir-165:icu"))
            designations[b"$)E"] = order[-1]
            # Planes that ICU knows by name and has no character of.
            designations |= {b"$+" + bytes((final,)): (3, "none") for final in b"IJKLM"}
        form = Form(
            designations, tuple(order), shifts="shift", line_end="designations", returns=True
        )
        super().__init__(name, form)
        self._fixed = taiwanese

    def _singles(self) -> tuple[bytes, ...]:
        return (b"N", b"O")

    def _shifted(self, at: int, byte: int, state: int) -> Decoded:
        kept = state & _KEPT
        if byte == _SI:
            after = kept & ~SHIFTED
            return Fault(at + 1, _GAP, after) if state & _EMPTY else ("", at + 1, after)
        if not state >> BITS & MASK:
            return Fault(at + 1, "shift out without a designation", state & ~_EMPTY)
        return "", at + 1, kept | SHIFTED | _EMPTY

    def writing_key(self, state: int) -> int | None:
        if state >> 22:
            return None
        return 0 if self._fixed else state >> BITS & MASK or self._number[self._form.order[0][1]]

    def _states_of(self, key: int) -> tuple[int, ...]:
        return (0,) if self._fixed else (key << BITS,)

    def _order(self, state: int) -> tuple[tuple[int, str], ...]:
        """The set in G1 goes first; the planes of CNS 11643 are one set here."""
        order = self._form.order
        name = self._names[state >> BITS & MASK]
        if self._fixed or name in ("ascii", order[0][1]):
            return order
        kind = name.partition("-")[0]
        return self._first(*(each for each in order if each[1].partition("-")[0] == kind))


class KrOfIcu(_OfIcu):
    """ISO-2022-KR (RFC 1557). The bytes behind SO need no designation, and no line end ends them.

    In version 0 ICU reads 5C as a won sign and exchanges 1A, 1C and 7F; here they are ASCII, as the
    standard has it. single: version 1, whose text without SO is of one page (IBM's 25546).
    """

    def __init__(self, name: str, form: Form, *, single: bool) -> None:
        super().__init__(name, form)
        self._single = single
        self._korean = self._number[form.order[0][1]]

    def _line_end(self, data: bytes, at: int, state: int) -> Decoded:
        return None if state & SHIFTED else (chr(data[at]), at + 1, state)

    def _shifted(self, at: int, byte: int, state: int) -> Decoded:
        kept = state & ~(SHIFTED | _EMPTY)
        if byte == _SO:
            return "", at + 1, kept | SHIFTED | (0 if self._single else _EMPTY)
        return Fault(at + 1, _GAP, kept) if state & _EMPTY else ("", at + 1, kept)

    def _called(self, data: bytes, at: int, final: bool, state: int, number: int) -> Decoded:
        return self._pair(data, at, final, state, self._korean)

    def _singles(self) -> tuple[bytes, ...]:
        return ()

    def _escaped(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        return super()._escaped(data, at, final, state & ~_EMPTY)


class JpOfIcu(_OfIcu):
    """ISO-2022-JP, -1, -2, and JIS7 and JIS8, which have half-width katakana beside them.

    The end of a line leads back to one byte. In ISO-2022-JP itself two sequences with nothing
    between them are an error.
    """

    def __init__(self, name: str, form: Form) -> None:
        super().__init__(name, form)
        self._begins_gap = self.gaps_matter = name == "icu:iso2022_jp"
        self._pairs = self._number["jisx0208:icu"]
        self._roman = self._number["roman"]
        self._katakana = self._number["katakana"]

    def _line_end(self, data: bytes, at: int, state: int) -> Decoded:
        first = state & MASK
        return chr(data[at]), at + 1, first if first == self._roman else 0

    def _shifted(self, at: int, byte: int, state: int) -> Decoded:
        state &= ~_EMPTY
        if self._form.shifts == "error":
            return Fault(at + 1, "shift in a charset without shifts", state)
        # Katakana are always there to be called.
        return "", at + 1, (state & _KEPT) & ~SHIFTED | (SHIFTED if byte == _SO else 0)

    def _singles(self) -> tuple[bytes, ...]:
        return (b"N",)

    def _called(self, data: bytes, at: int, final: bool, state: int, number: int) -> Decoded:
        if state & SHIFTED and not state >> _ONCE:
            number = self._katakana
        current = self._set(number)
        if current.width == 2:
            return self._pair(data, at, final, state & ~_EMPTY, number)
        byte = data[at]
        kept = state & _KEPT
        if byte >= 0x80:
            return self._high(data, at, final, kept)
        text = current.decoding.get(data[at : at + 1], "")
        if not text and number == self._roman:
            text = chr(byte)
        return (text, at + 1, kept) if text else Fault(at + 1, ILLEGAL, kept)

    def _high(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if self._form.high and 0xA1 <= byte <= 0xDF:
            return chr(byte - 0xA1 + 0xFF61), at + 1, state
        return Fault(at + 1, ILLEGAL, state)

    # Writing.

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        kana = _KANA.match(text, at) if self._form.high else None
        if kana is not None:
            out = b""
            if self._set(state & MASK).width == 2:
                # To a set of one byte, in which the high bit calls them.
                out, state = self._call(b"", state, 0, self._roman)
            return out + kana[0].encode("shift_jis"), kana.end(), state
        return super().code(text, at, final, state)

    def _codes(self, key: int = 0) -> dict[str, bytes]:
        codes = super()._codes(key)
        if not self._form.high:
            return codes
        return {text: code for text, code in codes.items() if not "\uff61" <= text <= "\uff9f"}

    def writing_key(self, state: int) -> int | None:
        first = designated(state, 2, 0) & ~SHIFTED
        return state >> 2 * BITS & MASK if first in (0, self._pairs) else None

    def _states_of(self, key: int) -> tuple[int, ...]:
        return designated(0, 2, key), designated(self._pairs, 2, key)

    def _order(self, state: int) -> tuple[tuple[int, str], ...]:
        """Katakana, then the sets in G0 and G2."""
        wanted = [each for each in self._form.order if each[1] == "katakana"]
        for slot in (0, 2):
            name = self._names[state >> slot * BITS & MASK]
            wanted += [each for each in self._form.order if each == (slot, name)]
        return self._first(*wanted)
