"""Objects whose memory is written by somebody else, before anyone sees them.

What a conversion costs is mostly what its result costs: memory that is asked for, cleared, filled
in by the system page by page, or copied into the object that is returned. `bytes` are made here
with memory that nobody has cleared, and written to in their place.
"""

from __future__ import annotations

import sys
from io import BufferedReader, RawIOBase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from typing_extensions import Buffer

    Fill: TypeAlias = Callable[[Buffer], int]

__all__ = ["REUSED", "filled_bytes"]

REUSED = (32 << 20) - (64 << 10)
"""Bytes that an allocation may have so that the memory it gets can be such as was freed before."""

_LARGE = 1 << 17
_told: list[bool] = []


class _Source(RawIOBase):
    """A file with one read in it."""

    def __init__(self, fill: Fill) -> None:
        self._fill: Fill | None = fill

    def readable(self) -> bool:
        return True

    def readinto(self, memory: Buffer, /) -> int:
        fill, self._fill = self._fill, None
        return 0 if fill is None else fill(memory)


def filled_bytes(room: int, fill: Fill) -> bytes:
    """What `fill` writes: it is given `room` bytes of memory and returns how many it filled.

    A reader that is asked for more than its buffer holds has the raw file write into the answer
    itself, which is then cut to what came. `fill` keeps nothing of the memory.
    """
    if room > _LARGE and not _told and sys.platform == "linux":
        # glibc maps fresh pages for a block until a larger one was freed, which tells it that such
        # blocks come and go; from 32 MB on it always does. An answer is cut before it is freed, so
        # that the next one would be the larger one every time, and be cleared page by page.
        _told.append(True)
        bytes(REUSED)
    return BufferedReader(_Source(fill), 1).read(room)
