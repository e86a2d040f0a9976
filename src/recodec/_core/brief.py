"""Short input, which the core converts in one call: lines, words, blocks of a file.

What a call costs is then not the text but what is set up around it, so that everything here is
ready before: the way, and memory for the answer. Input that does not convert as it stands is left
to those who know what to do about it.
"""

from __future__ import annotations

from sys import byteorder

from .._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from .._native import CData
    from .conversion import Map

    Read: TypeAlias = Callable[[bytes, bool], "tuple[str, int] | None"]
    Write: TypeAlias = Callable[[str, bool], "tuple[bytes, int] | None"]

__all__ = ["BRIEF", "reader", "writer"]

BRIEF = (1 << 13) + 8
"""Bytes or characters up to which input is short: a block of io.TextIOWrapper, behind a code that
was cut at the end of the one before."""

_ROOM = 8 * BRIEF + 64  # bytes: no code is longer, and kernels write behind what they made
_UTF8, _UTF16LE = 1, 2
_allocate = ffi.new_allocator(should_clear_after_alloc=False)
_rooms: list[tuple[CData, CData, CData]] = []  # no more than threads have worked at once


def _room() -> tuple[CData, CData, CData]:
    """Memory as bytes, as units of UTF-16 and as characters of C."""
    block = _allocate("uint8_t[]", _ROOM)
    return block, ffi.cast("char16_t *", block), ffi.cast("char *", block)


def _swapped(units: CData, count: int) -> str:
    return str(ffi.buffer(units, 2 * count), "utf-16-le")


_text = ffi.unpack if byteorder == "little" else _swapped


def reader(map: Map) -> Read:
    """Bytes to text by a map of the kind DECODE_UTF16.

    The function takes at most BRIEF bytes, and whether they are the last. It returns the text and
    how many bytes it took (all, or all but a code that is cut), None for what is not clean.
    """
    way = ffi.new("rcd_way *", (map.pointer, ffi.NULL, 0, _UTF16LE))
    convert = lib.rcd_convert_brief

    def read(data: bytes, final: bool, _map: Map = map) -> tuple[str, int] | None:
        size = len(data)
        try:
            room = _rooms.pop()
        except IndexError:
            room = _room()
        made = convert(way, final, data, size, room[0], _ROOM)
        found = None if made < 0 else (_text(room[1], made >> 5), size - (made & 15))
        _rooms.append(room)
        return found

    return read


def writer(map: Map) -> Write:
    """Text to bytes by a map of the kind ENCODE.

    The function takes at most BRIEF characters, and whether they are the last. It returns the bytes
    and how many characters it took (all, or all but those that could be one with what follows),
    None for what is not clean.
    """
    way = ffi.new("rcd_way *", (ffi.NULL, map.pointer, _UTF8, 0))
    convert, unpack = lib.rcd_convert_brief, ffi.unpack

    def write(text: str, final: bool, _map: Map = map) -> tuple[bytes, int] | None:
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return None  # half of a surrogate pair
        size = len(data)
        try:
            room = _rooms.pop()
        except IndexError:
            room = _room()
        made = convert(way, final, data, size, room[0], _ROOM)
        found = None
        if made >= 0:
            used, held = len(text), made & 15
            if held:
                used -= len(data[size - held :].decode())
            found = unpack(room[2], made >> 4), used
        _rooms.append(room)
        return found

    return write
