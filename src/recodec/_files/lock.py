"""A lock on an open file: whether another process is at work on it. It ends with the handle."""

from __future__ import annotations

import errno
import os

fcntl: Any
msvcrt: Any
try:
    import fcntl
except ImportError:
    try:
        import msvcrt
    except ImportError:
        msvcrt = None
    fcntl = None

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["lock"]

# Windows keeps others from reading and writing what is locked, so one byte is locked that no
# reader comes to; its C library counts to here and no further.
_PLACE = 0x7FFF_FFFE


def lock(handle: int) -> bool:
    """Locks a file until it is closed; False when that was done through another handle.

    Where the file system has no locks nothing is locked, and the answer is True.
    """
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif msvcrt is not None:
            _lock_byte(handle)
    except BlockingIOError:
        return False
    except OSError as error:
        # Of Windows: EINVAL where nothing can be locked, EACCES for what is locked already.
        return fcntl is not None or error.errno == errno.EINVAL
    return True


def _lock_byte(handle: int) -> None:
    here = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, _PLACE, os.SEEK_SET)
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    finally:
        os.lseek(handle, here, os.SEEK_SET)
