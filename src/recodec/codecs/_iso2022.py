"""ISO 2022: sets of characters that escape sequences call in and shifts switch between.

One machine serves the whole family; what a member has is data (`Form`): which escape sequences
designate which set into which of G0 to G3, what SO and SI do, what a line end forgets, in which
order sets are tried when writing. Frame: ECMA-35; members: RFC 1468, 1554, 1557, 1922, 2237,
JIS X 0213, Microsoft's code pages 50220 to 50222, ICU's JIS7 and JIS8.
"""

from __future__ import annotations

import re

from ._iso2022_form import BITS, ENDED, HEADED, MASK, SHIFTED, UNSAID, Form, designated
from ._iso2022_sets import ASCII, CodedSet, coded_set
from ._machine import ILLEGAL, INCOMPLETE, UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .._core.scheme import Scheme
    from ._iso2022_runs import Runs
    from ._machine import Decoded, Encoded

__all__ = ["UNKNOWN", "Iso2022Machine"]

_RUN = re.compile(rb"[\x21-\x7e]+")
_PLAIN = re.compile(rb"[^\x0a\x0e\x0f\x1b\x80-\xff]+")
_LONG = 8  # bytes under which the codes are looked up one by one
_HIGH = bytes(byte | 0x80 for byte in range(256))
_ESC, _SO, _SI, _LF, _CR = 0x1B, 0x0E, 0x0F, 0x0A, 0x0D
_DESIGNATING = (b"$", b"(", b")", b".", b"&")
_LIKE_ASCII = ("ascii", "roman")
UNKNOWN = "unknown escape sequence"


class Iso2022Machine(Machine):
    """A member of the family.

    careful: whether controls and the like are no part of clean text beside ASCII. gaps_matter:
    whether what stands between a sequence and the next is. keyed: whether which set is written
    hangs on the state, see `writing_key`.
    """

    careful = gaps_matter = keyed = False

    def __init__(self, name: str, form: Form) -> None:
        self.name = name
        self._form = form
        if form.header_first:
            self.encode_start = UNSAID
        names = {target[1] for target in form.designations.values()}
        names |= {target[1] for target in form.order} | {form.unshifted, form.high, form.right} - {
            ""
        }
        self._names = ["ascii", *sorted(names - {"ascii", ""})]
        self._always = {form.unshifted, form.high, form.right}  # need no designation
        self._number = {name: number for number, name in enumerate(self._names)}
        self._sets: list[CodedSet | None] = [ASCII] + [None] * len(self._names)
        self._sequences = frozenset((*form.designations, *form.passed, *self._singles()))
        self._sizes = sorted({len(sequence) for sequence in self._sequences})
        self._longest = self._sizes[-1]

    def _singles(self) -> tuple[bytes, ...]:
        """The single shifts: ESC N for G2, ESC O for G3."""
        slots = {slot for slot, _ in self._form.designations.values()}
        return tuple(code for code, slot in ((b"N", 2), (b"O", 3)) if slot in slots)

    def _set(self, number: int) -> CodedSet:
        found = self._sets[number]
        if found is None:
            found = self._sets[number] = coded_set(self._names[number])
        return found

    # The core.

    def describe(self) -> Scheme | Runs:
        if not self.keyed:
            return self._scheme()
        from ._iso2022_runs import Runs

        return Runs(self._scheme, self.writing_key, self._codes, self.code)

    def _scheme(self, key: int | None = None) -> Scheme:
        from .._core.scheme import (
            CARE_CONTROLS,
            CARE_GAPS,
            CARE_LINES,
            ISO2022,
            NO_SET,
            Scheme,
            sequence,
        )

        # The end of a line leads to where another map writes.
        lines = key is not None and key != self.writing_key(0)

        form, number = self._form, self._number
        calls = [
            sequence(form.written.get((slot, name), b""), slot % (NO_SET + 1), number[name])
            for slot, name in form.order
        ]
        return Scheme(
            ISO2022,
            shifts=("plain", "shift", "error").index(form.shifts),
            unshifted=number[form.unshifted] if form.unshifted else NO_SET,
            spaces=form.spaces,
            ends_shift=form.ends_shift,
            utf8=form.utf8,
            care=self.careful * CARE_CONTROLS | self.gaps_matter * CARE_GAPS | lines * CARE_LINES,
            returns=form.returns,
            high=number[form.high] if form.high else 0,
            right=number[form.right] if form.right else 0,
            line_end=ENDED[form.line_end],
            header=sequence(form.header),
            designations=len(form.designations),
            designation=[
                sequence(code, slot, number[name])
                for code, (slot, name) in form.designations.items()
            ],
            call=calls,
        )

    def supply(self, scheme: Any, state: int, *, writing: bool) -> bool:
        if self.keyed:
            if writing:
                return bool(scheme.supply_writing(state))
            scheme = scheme.reading
        if writing:
            if not scheme.writes:
                scheme.add_codes(self._codes())
                return True
            return False
        wanted = {state >> slot * BITS & MASK for slot in range(4)}
        wanted |= {self._number[name] for name in self._always if name}
        lacking = [number for number in wanted if number and not scheme.has_set(number)]
        for number in lacking:
            scheme.add_set(number, self._set(number).decoding)
        return bool(lacking)

    def writing_key(self, state: int) -> int | None:
        """Which of the core's maps writes in a state; None = none does."""
        return 0

    def _states_of(self, key: int) -> tuple[int, ...]:
        """States in which the map of a key writes, one for each order of the sets."""
        return (0,)

    def _codes(self, key: int = 0) -> dict[str, bytes]:
        """For each text the place in the order of the first set that has it, and its code there.

        Without texts that another state of the key has elsewhere, or that lead out of it.
        """
        first, *others = map(self._codes_in, self._states_of(key))
        return {
            text: code
            for text, code in first.items()
            if all(text in each and each[text] == code for each in others)
        }

    def _codes_in(self, state: int) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        leaving: set[str] = set()
        key = self.writing_key(state)
        for each in self._order(state):
            slot, name = each
            number = self._number[name]
            codes = self._set(number).writer.codes
            place = self._form.order.index(each)
            # A set before this one that has the first character does not wait for the second.
            new = {
                text: bytes((place, *code))
                for text, code in codes.items()
                if text[0] not in found and text[0] not in leaving and text >= "\x80"
            }
            called = slot < 0 or (slot == 1 and name == self._form.unshifted)
            if not called and self.writing_key(designated(state, slot, number)) != key:
                leaving |= new.keys()
            else:
                found |= new
        return found

    # Reading.

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte == _ESC:
            return self._escape(data, at, final, state)
        if byte in (_SO, _SI) and self._form.shifts != "plain":
            return self._shift(at, byte, state)
        if byte == _LF or (byte == _CR and self._form.returns):
            return chr(byte), at + 1, self._after_line(state)
        current = self._current(state)
        if byte >= 0x7F and current.wide:
            pair = data[at : at + 2]
            if pair in current.decoding:
                return current.decoding[pair], at + 2, state
            if len(pair) < 2 and not final:
                return None
        if byte >= 0x80:
            return self._high(data, at, final, state)
        if current is ASCII:
            return self._ascii_run(data, at, state)
        if byte < 0x20 or (byte in (0x20, 0x7F) and (current.width == 1 or self._form.spaces)):
            return chr(byte), at + 1, state
        if current.codec:
            run = self._long_run(current.codec, data, at)
            if run:
                return run, at + 2 * len(run), state
        return self._character(current, data, at, at, final, state)

    @staticmethod
    def _long_run(codec: str, data: bytes, at: int) -> str:
        """As many pairs as are there and well-formed, by CPython's codec of the same set."""
        run = _RUN.match(data, at)
        if run is None or run.end() - at < _LONG:
            return ""
        pairs = run[0][: len(run[0]) & ~1].translate(_HIGH)
        try:
            return pairs.decode(codec)
        except UnicodeDecodeError as error:
            return pairs[: error.start].decode(codec)

    def _current(self, state: int) -> CodedSet:
        if not state & SHIFTED:
            return self._set(state & MASK)
        number = state >> BITS & MASK
        return self._set(number or self._number[self._form.unshifted or "ascii"])

    def _ascii_run(self, data: bytes, at: int, state: int) -> Decoded:
        run = _PLAIN.match(data, at)
        end = run.end() if run else at + 1
        if self._form.returns:
            stop = data.find(b"\r", at + 1, end)
            end = stop if stop > 0 else end
        return data[at:end].decode("ascii"), end, state

    def _escape(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        rest = data[at + 1 : at + 1 + self._longest]
        for size in self._sizes:
            if rest[:size] in self._sequences:
                return self._sequence(rest[:size], data, at, final, state)
        if not final and any(sequence.startswith(rest) for sequence in self._sequences):
            return None
        if rest and rest[:1] not in _DESIGNATING and self._like_ascii(state):
            # Colours of a terminal among the text, as CPython reads them. What looks like a
            # designation would leave the reader not knowing what follows.
            return "\x1b", at + 1, state
        # No more than the ESC is wrong; what follows is read again.
        return Fault(at + 1, UNKNOWN, state)

    def _like_ascii(self, state: int) -> bool:
        return not state & SHIFTED and self._names[state & MASK] in _LIKE_ASCII

    def _sequence(self, sequence: bytes, data: bytes, at: int, final: bool, state: int) -> Decoded:
        end = at + 1 + len(sequence)
        target = self._form.designations.get(sequence)
        if target is not None:
            slot, name = target
            state = designated(state, slot, self._number[name])
            if slot == 0 and self._form.ends_shift:
                state &= ~SHIFTED
            return "", end, state
        if sequence in self._form.passed:
            return "", end, state
        number = state >> (2 if sequence == b"N" else 3) * BITS & MASK
        if number == 0:
            return Fault(at + 1, "single shift without a designation", state)
        return self._character(self._set(number), data, at, end, final, state)

    def _shift(self, at: int, byte: int, state: int) -> Decoded:
        if self._form.shifts == "error":
            return Fault(at + 1, "shift in a charset without shifts", state)
        if byte == _SI:
            return "", at + 1, state & ~SHIFTED
        if not state >> BITS & MASK and not self._form.unshifted:
            return Fault(at + 1, "shift out without a designation", state)
        return "", at + 1, state | SHIFTED

    def _after_line(self, state: int) -> int:
        return state & ~ENDED[self._form.line_end]

    def _high(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        if self._form.right:
            number = state >> BITS & MASK or self._number[self._form.right]
            current = self._set(number)
            code = data[at : at + current.width]
            if all(byte >= 0xA0 for byte in code):
                if len(code) < current.width:
                    return Fault(len(data), INCOMPLETE, state) if final else None
                text = current.decoding.get(bytes(byte & 0x7F for byte in code), "")
                if text:
                    return text, at + current.width, state
        if self._form.high:
            text = self._set(self._number[self._form.high]).decoding.get(
                bytes((data[at] & 0x7F,)), ""
            )
            if text:
                return text, at + 1, state
        return Fault(at + 1, ILLEGAL, state)

    @staticmethod
    def _character(
        current: CodedSet, data: bytes, at: int, start: int, final: bool, state: int
    ) -> Decoded:
        """The character at `start`; `at` is where its single shift stands, if it has one."""
        code = data[start : start + current.width]
        graphic = all(0x20 <= byte < 0x80 for byte in code)
        # Behind a single shift the high bit has no meaning.
        begun = graphic or (start > at and min(code) >= 0x80)
        if len(code) < current.width and begun:
            return Fault(len(data), INCOMPLETE, state) if final else None
        text = current.decoding.get(bytes(byte & 0x7F for byte in code), "")
        if text and (graphic or start > at):
            return text, start + current.width, state
        if start == at and code[0] in b"\x20\x7f":
            return Fault(at + 1, ILLEGAL, state)
        # A pair that nothing is assigned to goes whole, so that its halves are not read anew.
        paired = graphic and all(byte not in b"\x20\x7f" for byte in code)
        return Fault(start + current.width if paired else at + 1, ILLEGAL, state)

    # Writing.

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        if state & UNSAID:
            first = self.code(text, at, final, state & ~UNSAID | HEADED)
            if isinstance(first, tuple):
                return b"\x1b" + self._form.header + first[0], first[1], first[2]
            return first
        character = text[at]
        if character < "\x80":
            if character in "\x1b\x0e\x0f" and self._refused(character):
                return UNENCODABLE  # would be read as an escape or a shift
            code, state = self._call(b"", state, 0, self._like_ascii_when_writing(character, state))
            if character == "\n" or (character == "\r" and self._form.returns):
                state = self._after_line(state)
            return code + character.encode("ascii"), at + 1, state
        for slot, name in self._order(state):
            number = self._number[name]
            current = self._set(number)
            found = current.writer.longest_at(text, at, final)
            if found is None:
                return None
            if isinstance(found, bool):
                continue
            code, end = found
            if slot < 0:
                return bytes(byte | 0x80 for byte in code), end, state
            if self._form.right:
                return self._on_the_right(code, end, state, number)
            code, state = self._call(code, state, slot, number)
            return code, end, state
        return UNENCODABLE

    def _like_ascii_when_writing(self, character: str, state: int) -> int:
        """The set in which a character of ASCII is written."""
        number = state & MASK
        roman = self._form.roman_stays and self._names[number] == "roman"
        return number if roman and character not in "\\~" else 0

    def _order(self, state: int) -> tuple[tuple[int, str], ...]:
        """The sets that are tried for a character."""
        return self._form.order

    def _on_the_right(self, code: bytes, end: int, state: int, number: int) -> Encoded:
        known = state >> BITS & MASK or self._number[self._form.right]
        out = bytes(byte | 0x80 for byte in code)
        if known != number:
            out = b"\x1b" + self._form.written[1, self._names[number]] + out
        return out, end, state & ~(MASK << BITS) | number << BITS

    def _refused(self, character: str) -> bool:
        return character == "\x1b" or self._form.shifts != "plain"

    def _call(self, code: bytes, state: int, slot: int, number: int) -> tuple[bytes, int]:
        """`code` of a set, after what it takes to have that set in force."""
        out = b""
        if slot == 1 and self._form.header:
            if not state & HEADED:
                out += b"\x1b" + self._form.header
            state |= HEADED | number << BITS
        known = state >> slot * BITS & MASK
        if known != number and (known or slot != 1 or self._names[number] != self._form.unshifted):
            if slot == 0 and state & SHIFTED:
                out += b"\x0f"
                state &= ~SHIFTED
            target = (slot, self._names[number])
            out += b"\x1b" + self._form.written[target]
            state = designated(state, slot, number)
        if slot == 0 and state & SHIFTED:
            out += b"\x0f"
            state &= ~SHIFTED
        elif slot == 1 and not state & SHIFTED:
            out += b"\x0e"
            state |= SHIFTED
        elif slot > 1:
            out += b"\x1bN" if slot == 2 else b"\x1bO"
        return out + code, state

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        if state & UNSAID:
            return b"\x1b" + self._form.header + data, HEADED
        return self._call(data, state, 0, 0)

    def finish(self, state: int) -> tuple[bytes, int]:
        if state & UNSAID:
            return b"\x1b" + self._form.header, HEADED
        out, state = self._call(b"", state, 0, 0)
        return out, state & HEADED
