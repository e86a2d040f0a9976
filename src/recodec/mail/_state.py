"""How far a run over a mailbox is, on the disk, so that it can go on after it was stopped."""

from __future__ import annotations

import json
import os
from contextlib import suppress

from .._files.replace import Replacement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["State"]

_FIGURES = ("messages", "changed", "read", "written")


class State:
    """A file that says of which run it is: its source, its options and what else must be the same.

    Of an mbox it holds the figures to go on with; of a folder it only says when the run began.
    """

    def __init__(self, path: str, source: str, **of: object) -> None:
        self._path = path
        self._of = {"source": os.path.realpath(source), **of}

    def _read(self) -> Mapping[str, object] | None:
        """What it holds; None when there is none, or one of another run."""
        try:
            with open(self._path, encoding="utf-8") as file:
                found = json.load(file)
            return found if {key: found.get(key) for key in self._of} == self._of else None
        except (OSError, ValueError, AttributeError):
            return None

    def figures(self, part: str) -> dict[str, int] | None:
        """The figures to go on with, None when there is nothing that fits."""
        found = self._read()
        if found is None:
            return None
        try:
            figures = {key: int(found[key]) for key in _FIGURES}  # type: ignore[call-overload]
            return figures if os.stat(part).st_size >= figures["written"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def begun(self) -> int | None:
        """When the run that was stopped began, in nanoseconds; None when none was."""
        if self._read() is None:
            return None
        with suppress(OSError):
            return os.stat(self._path).st_mtime_ns
        return None

    def write(self, **figures: int) -> None:
        """Puts the file there. Raises OSError."""
        with Replacement(self._path, fresh=True) as replacement:
            replacement.file.write(json.dumps({**self._of, **figures}).encode("utf-8"))
            replacement.prepare(None, times=False)
            replacement.commit()

    def remove(self) -> None:
        """The run is through."""
        with suppress(FileNotFoundError):
            os.unlink(self._path)
