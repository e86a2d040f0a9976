"""Encoding of one text by a kernel that stops and is sent on."""

from __future__ import annotations

from .._core import conversion as core
from .._core.patch import unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.conversion import Map
    from .patch import Writing

__all__ = ["EncodingRun"]

_PIECE = 1 << 16  # characters: what the kernel converts in one block
_SHORT = 1 << 10  # after a stop, where the next one may be near


class EncodingRun:
    """The kernel reads UTF-16, into which a piece of the text is turned at a time.

    Pieces are short where the kernel stops often, so that a stop costs little, however many.
    """

    __slots__ = (
        "_end",
        "_form",
        "_here",
        "_map",
        "_open",
        "_patch",
        "_size",
        "_start",
        "_text",
        "_units",
        "_wide",
    )

    def __init__(self, form: int, map: Map | None, text: str, patch: Writing | None = None) -> None:
        self._form = form
        self._map = map
        self._patch = patch
        self._text = text
        self._size = _PIECE
        self._start = self._end = 0

    def go(self, at: int, final: bool) -> tuple[bytes, int, int]:
        """Encodes from the character `at` on; returns the bytes, where it stopped, and why.

        It stops at the END, at a character that is UNENCODABLE (half of a surrogate pair as well),
        and unless `final` at the last ones if they may be one CUT apart from what follows.
        """
        parts: list[bytes] = []
        kind = core.END
        while at < len(self._text):
            if not self._start <= at < self._end:
                self._load(at)
            if self._end == at:
                kind = core.UNENCODABLE  # half of a surrogate pair
                break
            last = not self._open or (final and self._end == len(self._text))
            data, here, kind, _ = core.convert(
                core.UTF16LE,
                None,
                self._form,
                self._map,
                self._units,
                self._offset(at),
                final=last,
                patch=self._patch,
            )
            parts.append(data)
            if self._patch is not None:
                self._settle(self._patch)
            at = self._place(here)
            patch = self._patch
            stuck = kind == core.UNENCODABLE
            if stuck and patch is not None and patch.learn(self._text[at]):
                continue
            if stuck or (kind == core.CUT and self._end == len(self._text)):
                break
            if kind == core.CUT:
                self._end = self._start  # the next piece starts with what is held back
            self._size = min(4 * self._size, _PIECE)
        if kind == core.UNENCODABLE:
            self._size = _SHORT
        return (parts[0] if len(parts) == 1 else b"".join(parts)), at, kind

    def _settle(self, patch: Writing) -> None:
        places = unpacked(patch.places())
        if self._wide:
            patch.settle(self._text, [self._place(at) for at, _ in places])
        else:
            start = self._start
            # Not in a list: most callers never ask, and there may be millions.
            patch.settle(self._text, (start + at // 2 for at, _ in places))

    def _load(self, at: int) -> None:
        piece = self._text[at : at + self._size]
        self._open = True
        try:
            self._units = piece.encode("utf-16-le")
        except UnicodeEncodeError as error:
            units = None if self._patch is None else core.units_of(piece)
            if units is not None:
                self._units = units
            else:
                # Two surrogates side by side are not the character that they would be in UTF-16.
                piece = piece[: error.start]
                self._units = piece.encode("utf-16-le")
                self._open = False
        self._start, self._end = at, at + len(piece)
        self._wide = len(self._units) != 2 * len(piece)
        self._here = at, 0

    def _offset(self, at: int) -> int:
        """Bytes of the piece before a character."""
        if not self._wide:
            return 2 * (at - self._start)
        place, offset = self._here
        if at < place:
            place, offset = self._start, 0
        offset += len(self._text[place:at].encode("utf-16-le", "surrogatepass"))
        self._here = at, offset
        return offset

    def _place(self, offset: int) -> int:
        """The character at an offset behind the one that was asked for last."""
        if not self._wide:
            return self._start + offset // 2
        place, before = self._here
        place += len(self._units[before:offset].decode("utf-16-le", "surrogatepass"))
        self._here = place, offset
        return place
