"""Objects whose memory is written by somebody else, before anyone sees them.

What a conversion costs is mostly what its result costs: memory that is asked for, cleared, filled
in by the system page by page, or copied into the object that is returned. `bytes` are made here
with memory that nobody has cleared, and written to in their place; so is `str` on CPython, by the
calls that CPython offers for it: PyUnicode_New() and, while nobody else knows the object,
PyUnicode_Resize(). No decoder of CPython's does without reading and writing the text once more.
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
    FillText: TypeAlias = Callable[[int, int], int]

__all__ = ["REUSED", "can_fill_text", "filled_bytes", "filled_text"]

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
    _tell_allocator(room)
    return BufferedReader(_Source(fill), 1).read(room)


def _tell_allocator(room: int) -> None:
    if room > _LARGE and not _told and sys.platform == "linux":
        # glibc maps fresh pages for a block until a larger one was freed, which tells it that such
        # blocks come and go; from 32 MB on it always does. An answer is cut before it is freed, so
        # that the next one would be the larger one every time, and be cleared page by page.
        _told.append(True)
        bytes(REUSED)


class _Texts:
    """Those calls of CPython's."""

    def __init__(self) -> None:
        import ctypes as c

        api = c.pythonapi
        # Prototypes of our own: what `pythonapi` hands out is shared with whoever uses it.
        self.new = c.PYFUNCTYPE(c.c_void_p, c.c_ssize_t, c.c_uint32)(("PyUnicode_New", api))
        self.resize = c.PYFUNCTYPE(c.c_int, c.POINTER(c.c_void_p), c.c_ssize_t)(
            ("PyUnicode_Resize", api)
        )
        self.release = c.PYFUNCTYPE(None, c.c_void_p)(("Py_DecRef", api))
        self.c = c
        # Where the units of a wide text stand: behind everything but them and the closing zero.
        wide = "".join(map(chr, (0x100, 0x2000)))  # made anew, so that nothing hangs on it
        self.offset = sys.getsizeof(wide) - 2 * (len(wide) + 1)
        if c.string_at(id(wide) + self.offset, 4) != wide.encode("utf-16-le"):
            raise ValueError("texts are not laid out as expected")

    def make(self, room: int, fill: FillText) -> str:
        c = self.c
        pointer = c.c_void_p(self.new(room, 0xFFFF))
        try:
            assert pointer.value is not None
            made = fill(pointer.value + self.offset, room)
            self.resize(c.byref(pointer), made)
            text: str = c.cast(pointer, c.py_object).value
            return text
        finally:
            self.release(pointer)


_texts: list[_Texts | None] = []


def can_fill_text() -> bool:
    """Whether `filled_text` works here; finding out imports ctypes."""
    if not _texts:
        found = None
        if sys.implementation.name == "cpython" and sys.byteorder == "little":
            try:
                found = _Texts()
                if found.make(9, _two_letters) != "\u0416\u2000":
                    found = None
            except (ImportError, AttributeError, ValueError):
                pass
        _texts.append(found)
    return _texts[0] is not None


def _two_letters(address: int, room: int) -> int:
    from ctypes import memmove

    memmove(address, "\u0416\u2000".encode("utf-16-le"), 4)
    return 2


def filled_text(room: int, fill: FillText) -> str:
    """The text that `fill` writes as UTF-16 LE: at least one unit is above FF, none a surrogate.

    It is given the address of `room` units of memory and `room`, and returns how many it filled.
    Only to be called where `can_fill_text()`.
    """
    texts = _texts[0]
    assert texts is not None
    _tell_allocator(2 * room)
    return texts.make(room, fill)
