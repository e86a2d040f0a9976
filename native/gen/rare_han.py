"""Which Han characters and Hangul no model knows: to detection they are all one character.

Half of what the multi-byte charsets have are such, and telling them apart took half a megabyte of
tables. They are told apart by the conversion tables, which are what text is decoded with.
"""

from __future__ import annotations

from functools import cache

from committed import Models
from multibyte_grid import Codes

RARE = 1
"""What stands in the tables for such a character: no code of two bytes means U+0001."""

UNKNOWN = 255
"""The cost of what a language does not have."""


def is_han(point: int) -> bool:
    """Unified and compatibility ideographs, planes 2 and 3; syllables of Hangul."""
    return (
        0x3400 <= point < 0x4DC0
        or 0x4E00 <= point < 0xA000
        or 0xAC00 <= point < 0xD7A4
        or 0xF900 <= point < 0xFB00
        or 0x20000 <= point < 0x40000
    )


@cache
def known() -> frozenset[int]:
    """Code points with a cost of their own in the models that are committed."""
    models = Models()
    page, costs = models.array("hani_page"), models.array("hani_letters")
    columns = len(costs) // (256 * (max(page) + 1))
    return frozenset(
        point
        for point in range(0x10000)
        for at in [(page[point >> 8] * 256 + (point & 255)) * columns]
        if min(costs[at : at + columns]) < UNKNOWN
    )


def scored(codes: Codes) -> Codes:
    """The codes with RARE for the characters of these that no model knows."""
    return {
        key: (RARE,) if is_han(points[0]) and points[0] not in known() else points
        for key, points in codes.items()
    }
