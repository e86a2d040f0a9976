"""Which letters the models know: every code point becomes a cell of script, symbol and cost.

A cell is what the scorer sees of a character: the script group whose models read it, the folded
letter (symbol) inside that group, its case, and a fixed cost for being this character and not
another of the same class. Non-letters are one symbol, BOUNDARY, told apart only by that cost.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass

UNIT = 10  # costs are in tenths of a bit
TOP_COST = 255

BOUNDARY, DIGIT, FOREIGN, RARE, FIRST_LETTER = 0, 1, 2, 3, 4
NO_CASE, LOWER, UPPER = 0, 1, 2

COMMON = 0
GROUPS = [
    "Common",
    "Latn",
    "Cyrl",
    "Grek",
    "Arab",
    "Hebr",
    "Thai",
    "Laoo",
    "Geor",
    "Armn",
    "Deva",
    "Beng",
    "Guru",
    "Gujr",
    "Taml",
    "Telu",
    "Knda",
    "Mlym",
    "Hani",
]
GROUP_ID = {name: index for index, name in enumerate(GROUPS)}
CASED = frozenset(GROUP_ID[name] for name in ("Latn", "Cyrl", "Grek", "Armn"))

# Unicode blocks, as far as legacy charsets and the corpora reach.
BLOCKS = (
    (0x0041, 0x005A, "Latn"),
    (0x0061, 0x007A, "Latn"),
    (0x00C0, 0x024F, "Latn"),
    (0x0250, 0x02B8, "Latn"),
    (0x0300, 0x036F, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x0588, "Armn"),
    (0x0591, 0x05F4, "Hebr"),
    (0x0610, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0E01, 0x0E4E, "Thai"),
    (0x0E81, 0x0EDF, "Laoo"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x200C, 0x200D, "Arab"),
    (0x3001, 0x30FF, "Hani"),
    (0x3105, 0x318E, "Hani"),
    (0x31F0, 0x31FF, "Hani"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAC00, 0xD7A3, "Hani"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
    (0xFF01, 0xFFEF, "Hani"),
)

# Romanian letters with comma or cedilla: which one stands in a file depends on its charset alone.
# The same goes for the presentation forms of Arabic, which have no case.
EQUAL_FORMS = frozenset((0x15E, 0x15F, 0x162, 0x163, 0x218, 0x219, 0x21A, 0x21B))

# Signs that people type, though clean prose hardly holds them.
TYPED = frozenset(
    (
        0xA3,
        0xA7,
        0xA9,
        0xAE,
        0xB0,
        0xB1,
        0x20AC,
        0xD7,
        0xF7,
        0xBD,
        0xBC,
        0xBE,
        0xB2,
        0xB3,
        0xB4,
        0xB7,
        0xBF,
        0xA1,
        0xAB,
        0xBB,
        0x201C,
        0x201D,
        0x201E,
        0x2018,
        0x2019,
        0x201A,
        0x2013,
        0x2014,
        0x2026,
        0x2022,
        0x2122,
        0xA5,
        0xAA,
        0xBA,
        0xB5,
        0x2039,
        0x203A,
        0x2116,
    )
)

# What word processors put in place of straight quotes, hyphens and three points: in the corpora
# often straightened, in the files of their time on every page.
TYPOGRAPHIC = frozenset(
    (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2026, 0xAB, 0xBB)
)

# Typed for an apostrophe between letters, where the corpora have that.
ACUTE = 0xB4

# Signs whose place among letters, digits and spaces is counted one by one; others by their kind.
PLACED = sorted(TYPED | TYPOGRAPHIC | {0xA0, 0xAC, 0xAD, 0xA8, 0x2015, 0x60C, 0x61B, 0x61F, 0x58A})
PLACED_KINDS = ("Sc", "Sm", "So", "No", "Pi", "Pf", "P", "")
BOX_PLACE = 1
FIRST_PLACE = 2
PLACES = FIRST_PLACE + len(PLACED) + len(PLACED_KINDS)

# Of goods and works: on every page of firms, whose texts are not in the corpora.
MARKS = frozenset((0xA9, 0xAE, 0x2122))

# Word processors, mail programs and what makes text of HTML write it for one space of two, for
# indents and for gaps, many on a page; the corpora hold it where French and Russian want it.
NO_BREAK_SPACE = 0xA0

# In front of each item of a list, which the corpora do not keep.
BULLETS = frozenset((0xB7, 0x2022))

# Geresh, gershayim and maqaf stand inside Hebrew words as apostrophes, quotes and hyphens do in
# others'. Counted over all languages they would be as rare as what no language needs.
HEBREW_MARKS = frozenset((0x5BE, 0x5F3, 0x5F4))
APOSTROPHE = 0x2019

# Hebrew letters with a point, which the Mac has at the bytes of such marks: text without points has
# them no more than any language has a rare form of a letter. Forms of Arabic letters are text.
POINTED = range(0xFB1D, 0xFB50)

# What Thai verse and chapters begin and end with, which no other script has either.
THAI_MARKS = frozenset((0xE4F, 0xE5A, 0xE5B))

# Ordinals and the micro sign are letters to Unicode but stand like symbols: after digits.
NOT_LETTERS = frozenset((0xAA, 0xB5, 0xBA, 0x2BC, 0x2BB))


def block_of(cp: int) -> int:
    """Script group of a code point by its block, COMMON outside all of them."""
    for first, last, name in BLOCKS:
        if first <= cp <= last:
            return GROUP_ID[name]
    return COMMON


def folded(cp: int) -> int:
    """The code point a letter is modelled as: small, no presentation form, comma as cedilla."""
    char = chr(cp)
    if 0xFB1D <= cp <= 0xFDFF or 0xFE70 <= cp <= 0xFEFC:
        char = unicodedata.normalize("NFKC", char)[0]
        if char == " ":  # spacing forms of the Arabic marks
            char = unicodedata.normalize("NFKC", chr(cp))[1:2] or " "
    if cp == 0x130:  # Turkish capital dotted i: Python's lower() gives two code points
        return cp
    low = char.lower()
    if len(low) == 1:
        char = low
    return {0x219: 0x15F, 0x21B: 0x163}.get(ord(char), ord(char))


def is_letter(cp: int) -> bool:
    """Letters and combining marks of the scripts we model; CJK punctuation counts as letters."""
    if cp in NOT_LETTERS:
        return False
    group = block_of(cp)
    if group == COMMON:
        return False
    if group == GROUP_ID["Hani"] or cp in (0x200C, 0x200D):
        return True
    return unicodedata.category(chr(cp))[0] in "LM"


def is_box(cp: int) -> bool:
    """Box drawing and block elements: lines and shades come in runs, see rcd_single.c."""
    return 0x2500 <= cp <= 0x259F


def place_of(cp: int) -> int:
    """Which row of the places a sign has: 0 = none, for ASCII and for what is no sign."""
    if cp < 0x80 or is_letter(cp) or is_digit(cp):
        return 0
    if is_box(cp):
        return BOX_PLACE
    if cp in HEBREW_MARKS:
        return place_of(APOSTROPHE)
    if cp in PLACED:
        return FIRST_PLACE + PLACED.index(cp)
    category = unicodedata.category(chr(cp))
    kind = next(kind for kind in PLACED_KINDS if category.startswith(kind))
    return FIRST_PLACE + len(PLACED) + PLACED_KINDS.index(kind)


def is_digit(cp: int) -> bool:
    """Decimal digits of every script but the full-width ones."""
    return unicodedata.category(chr(cp)) == "Nd" and not cp >= 0xFF00


@dataclass(frozen=True)
class Cell:
    """What the scorer sees of one code point."""

    group: int
    symbol: int
    case: int
    cost: int


def case_of(cp: int, group: int) -> int:
    """NO_CASE, LOWER or UPPER; only scripts whose languages all have case take part."""
    if group not in CASED:
        return NO_CASE
    char = chr(cp)
    if char.lower() != char:
        return UPPER
    return LOWER if char.upper() != char else NO_CASE


def cost_of(probability: float) -> int:
    """-log2 in tenths of a bit, limited to what a byte holds."""
    if probability <= 0.0:
        return TOP_COST
    return max(0, min(TOP_COST, round(-math.log2(probability) * UNIT)))


def most_cost(cp: int) -> int:
    """Limit of what a sign costs among the non-letters, however seldom the corpora have it."""
    if cp == NO_BREAK_SPACE:
        return 60
    if cp in TYPOGRAPHIC or cp in MARKS or cp in HEBREW_MARKS or cp == ACUTE:
        return 75
    if cp in BULLETS:
        return 88
    if cp in THAI_MARKS:
        return 95
    return 110 if cp in TYPED else 190


def boundary_cost(cp: int, counts: Counter[int], total: int) -> int:
    """Cost of one non-letter among the non-letters, from counts over all languages.

    What never occurs in clean text is graded by hand: the corpora hold no box drawing, though files
    of DOS days do; C1 controls and private-use code points are in no text at all.
    """
    char = chr(cp)
    category = unicodedata.category(char)
    if cp in (0x0A, 0x0D, 0x09):
        return 30 if cp != 0x0A else 20
    if category in ("Cc", "Co", "Cn", "Cs") or cp in (0xFFFD, 0xFEFF):
        return TOP_COST
    seen = counts.get(cp, 0)
    if is_box(cp):
        return 140
    if seen:
        return min(most_cost(cp), cost_of(seen / total))
    if cp == 0xAD:
        return 110
    return most_cost(cp) if cp in THAI_MARKS else 190


def build_cells(
    letters: dict[int, list[int]], boundary: Counter[int], variants: Counter[int]
) -> dict[int, Cell]:
    """Cells of the Basic Multilingual Plane but the CJK group, which is scored by code point.

    letters: group -> folded code points that have a symbol of their own, sorted.
    boundary: how often each non-letter occurs, languages weighted alike.
    variants: how often each letter code point occurs, to cost rare forms of a common letter.
    """
    symbol = {
        (group, cp): FIRST_LETTER + index
        for group, known in letters.items()
        for index, cp in enumerate(known)
    }
    by_fold: Counter[tuple[int, int, int]] = Counter()
    for cp, n in variants.items():
        group = block_of(cp)
        by_fold[(group, folded(cp), case_of(cp, group))] += n
    total = sum(boundary.values())
    cells = {}
    for cp in range(0x10000):
        if 0xD800 <= cp <= 0xDFFF:
            continue
        if is_digit(cp):
            cells[cp] = Cell(COMMON, DIGIT, NO_CASE, 33 if cp < 0x80 else 90)
        elif is_letter(cp):
            group = block_of(cp)
            case = case_of(cp, group)
            if group == GROUP_ID["Hani"]:
                cells[cp] = Cell(group, RARE, NO_CASE, 0)
                continue
            low = folded(cp)
            own = symbol.get((group, low))
            if own is None:
                cells[cp] = Cell(group, RARE, case, 60)
                continue
            alike = by_fold[(group, low, case)]
            share = (variants.get(cp, 0) + 0.5) / (alike + 0.5)
            shaped = low != cp and case == NO_CASE and cp not in POINTED
            cost = 0 if cp in EQUAL_FORMS or shaped else cost_of(share)
            cells[cp] = Cell(group, own, case, min(60, cost))
        else:
            cells[cp] = Cell(COMMON, BOUNDARY, NO_CASE, boundary_cost(cp, boundary, total))
    return cells
