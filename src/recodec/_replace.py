"""A file that takes the place of another at once, or not at all.

The new content is written beside the target, so that the rename stays within one file system,
flushed to the disk, and renamed over it. Whatever stops that before the rename (an error, a full
disk, a kill) leaves the target as it was; only a kill leaves the file beside it, whose name says
what it is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO

    from typing_extensions import Self

__all__ = ["Replacement"]

SUFFIX = ".recodec-new"


class Replacement:
    """Writes what shall become `target`; `commit` puts it there.

    Without commit, leaving the context removes it. Symbolic links are followed: the file they lead
    to is replaced and the link stays. A hard link becomes a file of its own.
    """

    def __init__(self, target: str | bytes) -> None:
        self.target = os.fsdecode(os.path.realpath(target))
        folder, name = os.path.split(self.target)
        # Names may be 255 bytes long; the start is enough to see whose file it is.
        handle, self.path = tempfile.mkstemp(SUFFIX, f".{name[:60]}.", folder)
        self.file: IO[bytes] = os.fdopen(handle, "w+b")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()
        with contextlib.suppress(FileNotFoundError):  # committed
            os.unlink(self.path)

    def flush(self) -> None:
        """Brings what was written to the disk. Raises OSError when there is no room for it."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def commit(self, like: str | bytes | None, *, times: bool) -> None:
        """Renames it to the target, with mode, owner and attributes of the file `like`.

        `times` keeps the times of that file as well; without `like` it is an ordinary new file.
        """
        self.flush()
        if like is None:
            os.chmod(self.path, 0o666 & ~_umask())
        else:
            _take_after(self.path, like, times=times)
        self.file.close()
        os.replace(self.path, self.target)
        _sync_folder(os.path.dirname(self.target))


def _take_after(path: str, like: str | bytes, *, times: bool) -> None:
    seen = os.stat(like)
    if hasattr(os, "chown"):
        # Only root may give files away; a group that one is not in is no reason to fail.
        with contextlib.suppress(OSError):
            os.chown(path, seen.st_uid, seen.st_gid)
    now = os.stat(path)
    # After the owner, since a change of owner clears set-user-id bits.
    shutil.copystat(like, path)
    if not times:
        os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns))


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: str) -> None:
    """Makes the rename last through a power cut, where the system lets folders be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
