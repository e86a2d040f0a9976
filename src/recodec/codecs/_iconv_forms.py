"""Charsets with states and forms of Unicode as glibc's iconv and GNU libiconv have them.

Sources: glibc 2.36 and GNU libiconv 1.18, running. What they do that would lose or change text
without a word stays out; native/gen/flavours.toml says what that is, and the registry's notes do.
"""

from __future__ import annotations

import sys

from ._iso2022 import UNKNOWN, Iso2022Machine
from ._iso2022_form import BITS, MASK, Form
from ._iso2022_forms import JP, JP_1, JP_2, JP_WRITTEN, korean
from ._machine import ILLEGAL, INCOMPLETE, Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded, Machine

__all__ = ["machine_of_iconv"]

_ESC, _SO, _LF = 0x1B, 0x0E, 0x0A
_SHIFTS = b"\x0e\x0f"
_ASCII_LIKE = ("ascii", "roman")

_JP_2 = {**JP_2, b"(I": (0, "katakana")}
_JP_2_ORDER = (
    (0, "roman"),
    (0, "jisx0208"),
    (0, "jisx0212"),
    (2, "latin-1"),
    (2, "greek"),
    (0, "gb2312"),
    (0, "ksx1001"),
    (0, "katakana"),
)
_JP_3 = {
    **JP,
    b"(I": (0, "katakana"),
    b"$(O": (0, "jisx0213-1:glibc"),
    b"$(Q": (0, "jisx0213-1:plain"),
    b"$(P": (0, "jisx0213-2"),
}
_JP_3_ORDER = (
    (0, "roman"),
    (0, "jisx0208"),
    (0, "jisx0213-1:plain"),
    (0, "jisx0213-2"),
    (0, "katakana"),
)
_MS = {
    b"(B": (0, "ascii"),
    b"(J": (0, "roman"),
    b"(I": (0, "katakana"),
    b"$@": (0, "jisx0208:ms"),
    b"$B": (0, "jisx0208:ms"),
    b"$(D": (0, "jisx0212:ms"),
}


def _japanese(
    designations: dict[bytes, tuple[int, str]],
    order: tuple[tuple[int, str], ...],
    line_end: str = "single",
    *,
    stays: bool,
) -> Form:
    return Form(designations, order, written=JP_WRITTEN, line_end=line_end, roman_stays=stays)


def _chinese(who: str, *, extended: bool) -> Form:
    planes = {number: f"cns-{number}:{who}" for number in range(1, 8)}
    designations = {b"$)A": (1, "gb2312"), b"$)G": (1, planes[1]), b"$*H": (2, planes[2])}
    order = list(designations.values())
    if extended:
        more = {b"$+" + bytes((0x46 + number,)): (3, planes[number]) for number in range(3, 8)}
        designations |= more
        register = (1, "iso-ir-165" if who == "libiconv" else "iso-ir-165:icu")
        designations[b"$)E"] = register
        gb, first, second = order
        order = [gb, first, second, *more.values(), register]
        if who == "glibc":
            order = [gb, second, register, first, *more.values()]
    return Form(
        designations,
        tuple(order),
        shifts="shift",
        line_end="designations",
        returns=who == "libiconv",
    )


class _OfLibiconv(Iso2022Machine):
    """GNU libiconv's: only codes of the set in force pass in it, and any other ESC is an error.

    SO and SI in ISO-2022-JP-MS stand for nothing; the header of ISO-2022-KR is written once a line.
    """

    careful = True

    def __init__(self, name: str, form: Form) -> None:
        super().__init__(f"libiconv:{name}", form)
        self._unshifted = name == "cp50221"

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if self._unshifted and byte in _SHIFTS:
            return "", at + 1, state
        special = byte == _ESC or (byte in _SHIFTS and self._form.shifts != "plain")
        apart = (byte <= 0x20 or byte == 0x7F) and not special
        if apart and self._names_in_force(state) not in _ASCII_LIKE:
            return Fault(at + 1, ILLEGAL, state)
        return super().step(data, at, final, state)

    def _names_in_force(self, state: int) -> str:
        current = self._current(state)
        return next(name for name in self._names if self._set(self._number[name]) is current)

    def _escape(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        found = super()._escape(data, at, final, state)
        if isinstance(found, tuple) and found[0] == "\x1b":
            return Fault(at + 1, UNKNOWN, state)
        return found


class _OfGlibc(Iso2022Machine):
    """glibc's: controls pass in every Japanese set, and an ESC that begins no sequence is one.

    When writing, the set that SO calls is tried first, JIS Roman is kept for what it shares with
    ASCII, and a text in ISO-2022-KR begins with the header.
    """

    careful = keyed = True

    def __init__(self, name: str, form: Form) -> None:
        super().__init__(f"glibc:{name}", form)
        self._japanese = form.shifts == "plain"
        self._chinese = name == "iso2022_cn"

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte <= 0x20 or byte == 0x7F:
            if self._japanese and byte not in (_ESC, _LF):
                return chr(byte), at + 1, state
            paired = self._current(state).width == 2 and not self._japanese
            if (paired and byte not in b"\x0e\x0f\x1b") or (self._chinese and byte == 0x7F):
                return Fault(at + 1, ILLEGAL, state)
        return super().step(data, at, final, state)

    def _ascii_run(self, data: bytes, at: int, state: int) -> Decoded:
        found = super()._ascii_run(data, at, state)
        if self._chinese and isinstance(found, tuple) and "\x7f" in found[0]:
            end = at + found[0].index("\x7f")
            return found[0][: end - at], end, state
        return found

    def _escape(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        rest = data[at + 1 : at + 1 + self._longest]
        found = super()._escape(data, at, final, state)
        if found is None or (isinstance(found, tuple) and found[0] != "\x1b"):
            return found
        if isinstance(found, Fault) and found.reason != UNKNOWN:
            return found
        cut = any(sequence.startswith(rest) for sequence in self._sequences)
        if cut or (self._japanese and len(rest) < 2):
            return Fault(at + 1, INCOMPLETE, state) if final else None
        if not self._japanese and self._current(state).width == 2:
            return Fault(at + 1, UNKNOWN, state)
        return "\x1b", at + 1, state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        if text[at] == "\n" and self._japanese:
            # G2 is written anew on the next line, which reading would not need.
            state &= ~(MASK << 2 * BITS)
        return super().code(text, at, final, state)

    def _shift(self, at: int, byte: int, state: int) -> Decoded:
        if self._chinese and byte == _SO and not state >> BITS & MASK:
            state |= self._number["gb2312"] << BITS
        return super()._shift(at, byte, state)

    def _order(self, state: int) -> tuple[tuple[int, str], ...]:
        called = state >> BITS & MASK
        if self._japanese or not called:
            return self._form.order
        first = (1, self._names[called])
        return (first, *(each for each in self._form.order if each != first))

    def _like_ascii_when_writing(self, character: str, state: int) -> int:
        return super()._like_ascii_when_writing(character, state) if character >= " " else 0

    def writing_key(self, state: int) -> int | None:
        if state >> 4 * BITS + 2:
            return None
        if self._japanese:  # ASCII is read from Roman otherwise, a line ends G2 when writing
            roman = self._names[state & MASK] == "roman"
            return None if roman or state >> 2 * BITS & MASK else 0
        return state >> BITS & MASK or self._number[self._form.order[0][1]]

    def _states_of(self, key: int) -> tuple[int, ...]:
        return (key << BITS,)


def _form(who: str, name: str) -> Form | None:
    glibc = who == "glibc"
    if name == "iso2022_jp":
        return _japanese(JP, ((0, "roman"), (0, "jisx0208")), stays=glibc)
    if name == "iso2022_jp_1":
        order = ((0, "roman"), (0, "jisx0208"), (0, "jisx0212"))
        return _japanese(JP_1, order, stays=glibc)
    if name == "iso2022_jp_2":
        # glibc goes on in the set of G2 on the next line, when reading.
        return _japanese(_JP_2, _JP_2_ORDER, "nothing" if glibc else "single", stays=glibc)
    if name in ("iso2022_jp_2004", "iso2022_jp_3"):
        tried = list(_JP_3_ORDER)
        if glibc:  # what the edition of 2000 has is written in that
            tried.insert(2, _JP_3[b"$(O"])
        return _japanese(_JP_3, tuple(tried), stays=glibc)
    if name == "cp50221":
        ms = ((0, "jisx0208:ms"), (0, "jisx0212:ms"), (0, "katakana"))
        return Form(_MS, ms, written={(0, "jisx0208:ms"): b"$B"}, shifts="error")
    if name == "iso2022_kr":
        if glibc:
            return korean("ksx1001", unshifted="ksx1001", header_first=True)
        return korean("ksx1001", line_end="header")
    if name in ("iso2022_cn", "iso2022_cn_ext"):
        return _chinese(who, extended=name.endswith("ext"))
    return None


def machine_of_iconv(who: str, name: str, label: str) -> Machine | None:
    """The machine of a charset, by its name and the label that was asked for, as "glibc" or
    "libiconv" has it; None where that is the plain one."""
    form = _form(who, name)
    if form is not None:
        return (_OfGlibc if who == "glibc" else _OfLibiconv)(name, form)
    return _form_of_unicode(who, name, label)


def _form_of_unicode(who: str, name: str, label: str) -> Machine | None:
    from ._escapes import C99, Java
    from ._unicode import Wide
    from ._utf7 import Utf7OfIconv

    if name == "utf-7":
        return Utf7OfIconv(f"{who}:utf-7", patient=who == "glibc")
    if name in ("c99", "java"):
        return (C99 if name == "c99" else Java)(f"{who}:{name}", libiconv=True)

    if who == "libiconv" and name in ("utf-16", "utf-32"):
        width = int(name[4:]) // 8
        return Wide(f"libiconv:{name}", width, "big", mark=True, pairs=width == 2)
    if who == "glibc" and name == "ucs-2":
        return Wide("glibc:ucs-2", 2, sys.byteorder, fixed=True)
    if who == "glibc" and label in ("unicode", "csunicode"):
        return Wide("glibc:unicode", 2, sys.byteorder, mark=True)
    return None
