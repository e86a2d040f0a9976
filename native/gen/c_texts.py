"""Texts in C without pointers to them, which would each cost a relocation at load time."""

from __future__ import annotations

from collections.abc import Iterable

LIMIT = 65535  # the offsets are 16 bits wide


def texts(items: Iterable[str], first: str = "", start: int = 0) -> tuple[str, list[int]]:
    """Texts one behind another, each with a NUL, and where each starts.

    Characters one by one: C promises no string longer than 4095.
    """
    lines, offsets = [first], []
    for item in items:
        lines.append("    " + "".join(f"'{character}', " for character in item) + "0,\n")
        offsets.append(start)
        start += len(item) + 1
    if start > LIMIT:
        raise ValueError("the texts are longer than 64 KiB together")
    return "".join(lines), offsets
