"""How far a run over a mailbox is, on the disk, so that it can go on after it was stopped."""

from __future__ import annotations

import errno
import json
import os
import stat
from contextlib import suppress

from .._files.lock import lock
from .._files.replace import Replacement, leads_to

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["State", "open_part"]

_FIGURES = ("messages", "changed", "read", "written")


class State:
    """A file that says of which run it is: its source, its options and what else must be the same.

    Of an mbox it holds the figures to go on with; of a folder it only says when the run began.
    """

    def __init__(self, path: str, source: str, **of: object) -> None:
        self._path = path
        self._of = {"source": os.path.realpath(source), **of}

    def _read(self) -> Mapping[str, object] | None:
        """What it holds; None when there is none, one of another run, or of another user."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with open(os.open(self._path, flags), encoding="utf-8") as file:
                if not is_ours(file.fileno()):
                    return None
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
        with Replacement(self._path, fresh=True, follow=False) as replacement:
            replacement.file.write(json.dumps({**self._of, **figures}).encode("utf-8"))
            replacement.prepare(None, times=False)
            replacement.commit()

    def remove(self) -> None:
        """There is nothing to go on with: the run is through, or begins."""
        with suppress(FileNotFoundError):
            os.unlink(self._path)


def open_part(path: str) -> int:
    """The descriptor of a file that is written over several runs, by one process at a time.

    Made when it is not there, empty. Raises OSError: EBUSY when another process is writing it,
    EEXIST for what is there and no file of ours.
    """
    # Not as a file that can be read, which is the slower kind.
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags, 0o600)
    try:
        if not is_ours(handle):
            raise OSError(errno.EEXIST, "is in the way and no file of this user", path)
        # By its name it may be another file since, or none: what was opened is whole and in place.
        if not lock(handle) or not leads_to(path, handle):
            raise OSError(errno.EBUSY, "another process is recoding this mailbox", path)
    except BaseException:
        os.close(handle)
        raise
    return handle


def is_ours(handle: int) -> bool:
    """Whether a regular file of this user is open there: anybody may have put one in a folder that
    all can write to."""
    seen = os.fstat(handle)
    mine = not hasattr(os, "geteuid") or seen.st_uid == os.geteuid()
    return mine and stat.S_ISREG(seen.st_mode)
