"""The conversion maps of one charset, made when they are first asked for and then kept."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from .._core.brief import Read, Write
    from .._core.conversion import Map
    from .._core.tables import Expanded

    Source: TypeAlias = Callable[[], Expanded]

__all__ = ["Maps"]


class Maps:
    """Maps for both directions from one table, or from two.

    `read` and `write` convert short input by them, see `_core.brief`.
    """

    __slots__ = ("_made", "_reading", "_writing", "read", "write")

    read: Read
    write: Write

    def __init__(self, reading: Source, writing: Source | None = None) -> None:
        self._reading = reading
        self._writing = writing or reading
        self._made: dict[tuple[int, bool], Map] = {}
        self.read = self._first_read
        self.write = self._first_write

    @property
    def ready(self) -> bool:
        """Whether some have been made."""
        return bool(self._made)

    def map(self, kind: int, lenient: bool = False) -> Map:
        """The map of a kind of `_core.conversion`.

        A lenient one writes characters of which Unicode has two by the twin that the charset has.
        """
        try:
            return self._made[kind, lenient]
        except KeyError:
            from .._core import conversion as core

            table = (self._writing if kind == core.ENCODE else self._reading)()
            extra = _twins(self.map(kind)) if lenient else ()
            # Two threads may both make it; the first one stored stays.
            return self._made.setdefault((kind, lenient), core.Map(kind, table, extra=extra))

    def _first_read(self, data: bytes, final: bool) -> tuple[str, int] | None:
        from .._core import brief
        from .._core import conversion as core

        self.read = brief.reader(self.map(core.DECODE_UTF16))
        return self.read(data, final)

    def _first_write(self, text: str, final: bool) -> tuple[bytes, int] | None:
        from .._core import brief
        from .._core import conversion as core

        self.write = brief.writer(self.map(core.ENCODE))
        return self.write(text, final)


def _twins(strict: Map) -> list[tuple[str, bytes]]:
    """Characters that a map lacks, and the code of the first of their twins that it has."""
    from .._core import conversion as core
    from .lenient import TWINS

    found = []
    for character, twins in TWINS.items():
        for each in (character, *twins):
            code, _, stop, _ = core.from_text(core.TABLE, strict, each)
            if stop == core.END:
                if each != character:
                    found.append((character, code))
                break
    return found
