"""Hard links: a file of several names gets one new content under all of them.

A rename gives one name to the new file and would leave the others with the old one. So each name
is replaced in turn by a link to the new file, each at once and for good. That all of them are done,
even if the process is killed between two, is what the note is for that is written beforehand and
read by `finish` in the next run. Whoever reads a name in the meantime sees the old text or the new
one, both whole.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress

from .beside import NOTE, STEP, SUFFIX, sync_folder, work_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["finish", "link_all"]


def link_all(new: str, names: Sequence[str]) -> None:
    """Makes all `names`, which are those of one file, names of the file `new` instead.

    `new` is the work file beside one of them; that name goes.
    """
    old = os.stat(names[0])
    note = new.removesuffix(SUFFIX) + NOTE
    record = {
        "old": _identity(old),
        "new": _identity(os.stat(new))[:2],
        "names": [os.fsencode(os.path.relpath(name, os.path.dirname(new))).hex() for name in names],
    }
    with open(note, "x", encoding="ascii") as file:
        json.dump(record, file)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(os.path.dirname(new))
    finish(note)


def finish(note: str) -> bool:
    """Links the names that a note says are still to be linked, and removes it.

    Returns whether anything was to be done. A note cut short by a crash was written before the
    first link, and the work goes; a name that somebody has changed since keeps what it has.
    """
    new = note.removesuffix(NOTE) + SUFFIX
    try:
        with open(note, encoding="ascii") as file:
            record = json.load(file)
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


def _link(new: str, name: str) -> None:
    step = work_name(name, STEP)
    with suppress(FileNotFoundError):
        os.unlink(step)
    os.link(new, step)
    os.replace(step, name)


def _identity(seen: os.stat_result) -> list[int]:
    return [seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns]
