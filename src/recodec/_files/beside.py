"""Work files beside the file that they shall replace: their names, and their folder on the disk."""

from __future__ import annotations

import errno
import os

__all__ = [
    "NOTE",
    "STEP",
    "SUFFIX",
    "WORK_SUFFIXES",
    "is_of_room",
    "say_where",
    "sync_folder",
    "work_name",
]

SUFFIX = ".recodec-new"
"""New content that is being written (`replace`)."""

NOTE = ".recodec-links"
"""What says which names are still to be linked to it (`links`)."""

STEP = ".recodec-link"
"""A link that is about to take the place of a name."""

WORK_SUFFIXES = (SUFFIX, NOTE, STEP)
"""Ends of the hidden names that files have while they are converted."""

_NO_ROOM = tuple(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)
)
_NAME = 50  # characters kept of a long name: with the rest no more than 255 bytes in UTF-8


def work_name(target: str, suffix: str) -> str:
    """The hidden name beside `target` that work on it goes under; the same in every run."""
    folder, name = os.path.split(target)
    if len(name) > _NAME:
        from binascii import crc32

        name = f"{name[:_NAME]}~{crc32(os.fsencode(name)):08x}"
    return os.path.join(folder, f".{name}{suffix}")


def is_of_room(error: BaseException | None) -> bool:
    """Whether something could not be written because there was no room for it."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def say_where(error: BaseException | None, path: str) -> None:
    """Adds the file that was written to an error for want of room, which names none."""
    if isinstance(error, OSError) and is_of_room(error) and error.filename is None:
        error.filename = path


def sync_folder(folder: str) -> None:
    """Makes renames last through a power cut, where the system lets folders be synced."""
    # Not contextlib.suppress: who only looks for files need not wait for its import.
    try:
        handle = os.open(folder or os.curdir, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        pass
