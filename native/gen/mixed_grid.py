"""Where the two-byte codes of mixed-byte EBCDIC stand, and what each means to the models.

`gen_mixed` writes the charsets themselves. Their Chinese pages have the characters of GB 2312 and
of Big5 in the order of those; `gen_multibyte` therefore puts the code points of such a page behind
those of the charset, where deflate finds them again: 30 KB less in a package.
"""

from __future__ import annotations

from multibyte_grid import Codes

FIRST, LAST = 0x40, 0xFE
WIDTH = LAST - FIRST + 1
PRIVATE = range(0xE000, 0xF900)


def two_byte(codes: Codes) -> dict[tuple[int, int], int]:
    """(lead, trail) to code point."""
    return {(key[0], key[1]): points[0] for key, points in codes.items() if len(key) == 2}


def lead_bytes(codes: Codes) -> list[int]:
    """The lead bytes that have a row of code points: the user's area has none."""
    return sorted({lead for (lead, _), point in two_byte(codes).items() if point not in PRIVATE})


def mixed_points(codes: Codes) -> list[int]:
    """The code points of an empty row and of the rows of `lead_bytes`."""
    wide = two_byte(codes)
    points = [0] * WIDTH
    for lead in lead_bytes(codes):
        points += [wide.get((lead, trail), 0) for trail in range(FIRST, LAST + 1)]
    return points
