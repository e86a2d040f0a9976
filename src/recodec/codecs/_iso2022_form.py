"""What a member of the ISO 2022 family has (`Form`), and the layout of its machine's state."""

from __future__ import annotations

__all__ = ["BITS", "ENDED", "HEADED", "MASK", "SHIFTED", "UNSAID", "Form", "designated"]

# State: numbers of the sets in G0..G3 (0 is ASCII in G0 and nothing in the others), then flags.
BITS = 5
MASK = (1 << BITS) - 1
SHIFTED = 1 << 4 * BITS
HEADED = 1 << 4 * BITS + 1
UNSAID = HEADED << 1  # when writing: the header is still to come
_OTHERS = MASK << BITS | MASK << 2 * BITS | MASK << 3 * BITS
# What is forgotten with a line, by Form.line_end.
ENDED = {
    "nothing": 0,
    "shift": SHIFTED,
    "designations": _OTHERS | SHIFTED,
    "single": MASK << 2 * BITS,
    "header": SHIFTED | HEADED,
}


def designated(state: int, slot: int, number: int) -> int:
    """The state with a set in G0..G3."""
    return state & ~(MASK << slot * BITS) | number << slot * BITS


class Form:
    """What one member of the family has.

    designations: escape sequence without ESC -> (0..3 for G0..G3, name of the set).
    order: (G number, name of the set) in the order they are tried when writing; ASCII goes before
        all, and -1 stands for bytes with the high bit.
    written: escape sequences to write where one set has several, by (G number, name).
    passed: sequences without ESC that are read over.
    shifts: "plain" SO and SI are characters; "shift" they switch to G1; "error".
    unshifted: the set that SO calls where nothing is designated; "" = an error.
    line_end: what a line feed ends: "nothing"; "shift" SO; "designations" of G1 to G3 and SO;
        "single" the designation of G2; "header" SO, and the header is said again.
    high: the set of bytes A1..FE, its codes without the high bit; "" = an error.
    right: the set of bytes A0..FF where none is designated into G1, whose codes they are; SO and SI
        play no part then. "" = the high bit has no meaning.
    header: a sequence without ESC to be written once, before the first character of G1; with
        `header_first` before all else, be there nothing.
    roman_stays: whether JIS X 0201 Roman stays in force for what it shares with ASCII.
    returns: whether a carriage return ends a line as a line feed does.
    spaces: whether a space or DEL passes within a two-byte set, as controls do everywhere.
    ends_shift: whether a designation into G0 ends SO, as nkf and libiconv read Microsoft's code
        pages; by ECMA-35 and in ISO-2022-KR it does not.
    utf8: whether the core reads and writes segments of UTF-8, see `_compound`.
    """

    def __init__(
        self,
        designations: dict[bytes, tuple[int, str]],
        order: tuple[tuple[int, str], ...],
        *,
        written: dict[tuple[int, str], bytes] | None = None,
        passed: tuple[bytes, ...] = (),
        shifts: str = "plain",
        unshifted: str = "",
        line_end: str = "nothing",
        high: str = "",
        right: str = "",
        header: bytes = b"",
        header_first: bool = False,
        roman_stays: bool = False,
        returns: bool = False,
        spaces: bool = False,
        ends_shift: bool = False,
        utf8: bool = False,
    ) -> None:
        self.designations = designations
        self.order = order
        self.passed = passed
        self.shifts = shifts
        self.unshifted = unshifted
        self.line_end = line_end
        self.high = high
        self.right = right
        self.header = header
        self.header_first = header_first
        self.roman_stays = roman_stays
        self.returns = returns
        self.spaces = spaces
        self.ends_shift = ends_shift
        self.utf8 = utf8
        self.written = {target: code for code, target in reversed(designations.items())}
        self.written.update(written or {})
