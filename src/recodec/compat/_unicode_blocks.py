"""Which blocks of Unicode a text is in, by the names that charset-normalizer has for them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from ._unicode_block_table import BLOCKS

__all__ = ["blocks_of"]


@cache
def _table() -> tuple[list[int], list[str]]:
    rows = [line.partition(" ") for line in BLOCKS.splitlines()]
    return [int(start, 16) for start, _, _ in rows], [name for _, _, name in rows]


def blocks_of(text: str) -> list[str]:
    """Names of the blocks that the characters of `text` are in, sorted."""
    starts, names = _table()
    found = {names[bisect_right(starts, ord(char)) - 1] for char in set(text)}
    return sorted(found - {""})
