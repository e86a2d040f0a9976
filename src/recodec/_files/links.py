"""Hard links: a file of several names gets one new content under all of them.

A rename gives one name to the new file and would leave the others with the old one. So each name
is replaced in turn by a link to the new file, each at once and for good. That all of them are done,
even if the process is killed between two, is what the note is for that is written beforehand and
read by `finish` in the next run. Whoever reads a name in the meantime sees the old text or the new
one, both whole.
"""

from __future__ import annotations

import errno
import json
import os
from contextlib import suppress

from .beside import NOTE, STEP, SUFFIX, sync_folder, work_name
from .windows import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["finish", "link_all", "pending"]


def link_all(new: str, names: Sequence[str]) -> None:
    """Makes all `names`, which are those of one file, names of the file `new` instead.

    `new` is the work file beside one of them; that name goes. Raises OSError; then either none of
    them leads to the new file, or some do, and it stays for the next run to link the rest.
    """
    old = os.stat(names[0])
    note = _note(new)
    record = {
        "old": _identity(old),
        "new": _identity(os.stat(new))[:2],
        "names": [os.fsencode(os.path.relpath(name, os.path.dirname(new))).hex() for name in names],
    }
    with suppress(FileNotFoundError):
        os.unlink(note)  # of a run that was killed when there was nothing left to link
    try:
        with open(note, "x", encoding="ascii") as file:
            json.dump(record, file)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(os.path.dirname(new))
        done = finish(note)
    except BaseException:
        with suppress(OSError):
            if os.stat(new).st_nlink == 1:
                os.unlink(note)
        raise
    if not done:
        raise OSError(errno.EBUSY, "another process took it for the rest of a killed one", new)


def pending(new: str) -> bool:
    """Whether there is a note of names that are still to be linked to the work file `new`."""
    return os.path.lexists(_note(new))


def _note(new: str) -> str:
    return new.removesuffix(SUFFIX) + NOTE


def finish(note: str) -> bool:
    """Links the names that a note says are still to be linked, and removes it.

    Returns whether anything was to be done. A note cut short by a crash was written before the
    first link, and the work goes; a name that somebody has changed since keeps what it has.
    Raises OSError, PermissionError for a note of another user.
    """
    new = note.removesuffix(NOTE) + SUFFIX
    try:
        record = _read(note)
        old, expected = record["old"], record["new"]
        folder = os.path.dirname(note)
        names = [os.path.join(folder, os.fsdecode(bytes.fromhex(n))) for n in record["names"]]
        started = bool(_identity(os.stat(new))[:2] == expected)
    except FileNotFoundError:
        started = False
    except (ValueError, KeyError, TypeError):
        started = False
    if started:
        for name in names:
            with suppress(FileNotFoundError):
                if _identity(os.lstat(name)) == old:
                    _link(new, name)
        for changed in {os.path.dirname(name) for name in names}:
            sync_folder(changed)
    with suppress(FileNotFoundError):
        os.unlink(new)
    with suppress(FileNotFoundError):
        os.unlink(note)
    return started


def _read(note: str) -> Any:
    """What a note says. One that somebody else has put there could name any file of ours."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(note, flags), encoding="ascii") as file:
        if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "is a note of another user", note)
        return json.load(file)


def _link(new: str, name: str) -> None:
    step = work_name(name, STEP)
    with suppress(FileNotFoundError):
        os.unlink(step)
    os.link(new, step)
    try:
        replace(step, name)
    except OSError:
        os.unlink(step)
        raise


def _identity(seen: os.stat_result) -> list[int]:
    return [seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns]
