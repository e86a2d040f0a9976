"""The binding of conversion that goes on behind what does not convert."""

from __future__ import annotations

from struct import Struct

from .._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .._native import CData

__all__ = [
    "BAD",
    "DECIMAL",
    "ESCAPE",
    "HEX",
    "LONGEST_TEXT",
    "NOT",
    "NOTHING",
    "OTHER",
    "TEXT",
    "Patch",
    "Spellings",
    "unpacked",
]

NOTHING, TEXT, HEX, DECIMAL, ESCAPE = range(5)
"""How what does not convert is written, as enum rcd_put has it."""

NOT, OTHER, BAD = range(3)
"""What a learnt spelling is: none, one that the policy allows, one for a bad place."""

_PLACE = Struct("@QII")
_ROOM = 1 << 12  # places that the core notes before they are taken over
_PAGES = 0x1100
_LONGEST = 0xFFFF

LONGEST_TEXT = 32
"""Bytes of a text that is written for all places alike."""


class Spellings:
    """What characters are written as, learnt as they come. For one conversion at a time."""

    __slots__ = ("_bytes", "_cells", "_page", "_pages", "_used", "pointer")

    def __init__(self) -> None:
        self.pointer = ffi.new("rcd_spellings *")
        self._page = ffi.new("uint16_t[]", _PAGES)
        self._cells = ffi.new("uint32_t[]", 256 * 4)
        self._bytes = ffi.new("uint8_t[]", 1 << 10)
        self._pages = 1
        self._used = 1
        self._show()

    def _show(self) -> None:
        self.pointer.page, self.pointer.cell = self._page, self._cells
        self.pointer.bytes = self._bytes

    def learn(self, character: str, kind: int, code: bytes = b"") -> bool:
        """Has `character` written as `code` from now on; False where that is of no use.

        That is so for a code that is too long, and for what is known and stopped the core anyway.
        """
        upper, lower = divmod(ord(character), 256)
        page = self._page[upper]
        if len(code) > _LONGEST or (page and self._cells[256 * page + lower]):
            return False
        if not page:
            page = self._pages
            if 256 * (page + 1) > len(self._cells):
                self._cells = _grown("uint32_t[]", self._cells, 4)
            self._pages = page + 1
            self._page[upper] = page
        end = self._used + 3 + len(code)
        while end > len(self._bytes):
            self._bytes = _grown("uint8_t[]", self._bytes, 1)
        entry = bytes((kind, len(code) & 0xFF, len(code) >> 8)) + code
        ffi.memmove(self._bytes + self._used, entry, len(entry))
        self._cells[256 * page + lower] = self._used
        self._used = end
        self._show()
        return True


def _grown(kind: str, old: CData, width: int) -> CData:
    new = ffi.new(kind, 2 * len(old))
    ffi.memmove(new, old, width * len(old))
    return new


class Patch:
    """What the core writes in the places of what does not convert, and what it has done."""

    __slots__ = ("_owner", "_places", "_room", "pointer")

    def __init__(
        self,
        *,
        illegal: int = NOTHING,
        illegal_text: bytes = b"",
        unencodable: int = NOTHING,
        unencodable_text: bytes = b"",
        spellings: Spellings | None = None,
        first: bool = False,
        text_form: bool = False,
        noting: bool = False,
    ) -> None:
        """The texts are bytes of the target, for TEXT; that of illegal codes also stands before
        what else is written for them. `spellings` go before `unencodable`.

        first      an illegal code ends behind its first byte
        text_form  UTF-16 is what a `str` becomes or comes from, and may hold lone surrogates
        noting     `places` are wanted
        """
        self.pointer = found = ffi.new("rcd_patch *")
        found.illegal, found.unencodable = illegal, unencodable
        found.first, found.text_form = first, text_form
        found.length = [len(illegal_text), len(unencodable_text)]
        for at, text in enumerate((illegal_text, unencodable_text)):
            ffi.memmove(found.text[at], text, len(text))
        self._owner = spellings
        if spellings is not None:
            found.spellings = spellings.pointer
        self._places = bytearray()
        if noting:
            self._room = ffi.new("rcd_place[]", _ROOM)
            found.places, found.room = self._room, _ROOM

    @property
    def makes_surrogates(self) -> bool:
        """Whether what is decoded to UTF-16 may hold surrogates by themselves."""
        found = self.pointer
        return bool(found.text_form) and (found.illegal == ESCAPE or bool(found.room))

    def run(
        self,
        way: tuple[int, CData, int, CData],
        origin: CData | None,
        final: bool,
        data: CData,
        size: int,
        out: CData,
        cap: int,
        stop: CData,
    ) -> int:
        """One call of the core for both forms and their maps; `data` lies behind `origin`."""
        found = self.pointer
        if found.room and origin is not None:
            found.before = data - origin
        code = lib.rcd_convert_patched(*way, final, data, size, out, cap, found, stop)
        if found.placed:
            self._places += ffi.buffer(found.places, found.placed * _PLACE.size)
            found.placed = 0
        return code

    def places(self) -> bytes:
        """Those noted since this was asked last, for `unpacked`."""
        noted, self._places = bytes(self._places), bytearray()
        return noted

    def taken(self) -> tuple[int, int, int]:
        """Illegal codes, unencodable characters, and characters spelt otherwise since then."""
        found = self.pointer
        done = found.count[0], found.count[1], found.respelled
        found.count = [0, 0]
        found.respelled = 0
        return done


def unpacked(places: bytes) -> Iterator[tuple[int, int]]:
    """Offset in the input and length in bytes of each place."""
    return ((at, length) for at, length, _ in _PLACE.iter_unpack(places))
