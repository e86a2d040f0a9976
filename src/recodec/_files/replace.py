"""A file that takes the place of another at once, or not at all.

The new content is written beside the target, so that the rename stays within one file system,
flushed to the disk, and renamed over it. Whatever stops that before the rename (an error, a full
disk, a kill) leaves the target as it was; only a kill or a power cut leaves the file beside it,
whose name says what it is and whose lock says whether somebody still writes it.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress

from .beside import NOTE, SUFFIX, say_where, sync_folder, work_name
from .lock import lock
from .windows import WINDOWS, copy_attributes, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import IO

    from typing_extensions import Self

__all__ = [
    "Replacement",
    "in_use",
    "leads_to",
    "remove_leftover",
    "replaceable",
    "take_after",
    "write_whole",
]

_TRIES = 16  # another process may remove what we are about to lock, but not that often
_FLAGS = (
    os.O_RDWR
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


class Replacement:
    """Writes what shall become `target`; `commit` puts it there.

    Without commit, leaving the context removes it. Symbolic links are followed: the file they lead
    to is replaced and the link stays.

    leftover  whether a file that a killed run had left was found in its place and removed
    """

    def __init__(self, target: str, *, fresh: bool = False, follow: bool = True) -> None:
        """Raises OSError: EBUSY when another process is about to replace the same file, EINVAL for
        a device, a pipe or a folder.

        fresh   it is like no other file: it has the mode of a new one from the start, where others
                are kept from everybody else until `prepare`
        follow  False for a name that no user has given, where a link would be somebody else's
        """
        folder, name = os.path.split(target)
        self._named = target
        self.target = (
            os.path.realpath(target) if follow else os.path.join(os.path.realpath(folder), name)
        )
        if not replaceable(self.target):
            raise OSError(errno.EINVAL, "is not a regular file, so it cannot be replaced", target)
        if WINDOWS and os.path.exists(self.target) and not os.access(self.target, os.W_OK):
            raise PermissionError(errno.EACCES, "is read-only", self.target)
        self.path = work_name(self.target, SUFFIX)
        handle, self.leftover = _create(self.path, 0o666 if fresh else 0o600)
        self.file: IO[bytes] = os.fdopen(handle, "w+b")
        self._committed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        say_where(value, self._named)
        if self._committed:
            return
        if WINDOWS:
            with suppress(OSError):
                self.file.close()
            with suppress(OSError):
                _make_writable(self.path)
                os.unlink(self.path)
            return
        # Removed before it is closed, as long as the lock keeps others away; closing may fail on a
        # full disk, which cannot take what is still in the buffer.
        with suppress(OSError):
            if self._is_ours():
                os.unlink(self.path)
        with suppress(OSError):
            self.file.close()

    def _is_ours(self) -> bool:
        return os.path.samestat(os.fstat(self.file.fileno()), os.lstat(self.path))

    def flush(self) -> None:
        """Brings what was written to the disk. Raises OSError when there is no room for it."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def prepare(self, like: str | None, *, times: bool) -> os.stat_result:
        """Gives it mode, owner and attributes of the file `like`, and flushes it.

        `times` keeps the times of that file as well; without `like` it stays as it was made.
        Returns what it is then. Raises PermissionError when the owner of what it replaces cannot
        be kept.
        """
        if WINDOWS:
            self.flush()  # which sets the time of what was written, also over one that was given
        else:
            self.file.flush()
        if like is not None:
            take_after(self.path, like, times=times, replaces=_same(like, self.target))
        self.flush()
        return os.fstat(self.file.fileno())

    def commit(self, names: Sequence[str] = (), *, backup: str | None = None) -> None:
        """Puts it in the place of the target, or of all `names` of the file that it replaces.

        backup  a further name for what is replaced, which must not exist

        Nobody may have open what it replaces: Windows would refuse. The rename has not reached the
        disk for certain before `sync_folder` has.
        """
        if backup is not None:
            keep_as(self.target, backup)
        if WINDOWS:
            self.file.close()
        if len(names) > 1:
            from .links import link_all, pending

            try:
                link_all(self.path, names)
            except BaseException:
                if pending(self.path):
                    self._committed = True  # the next run goes on with it
                    self.file.close()
                raise
        else:
            replace(self.path, self.target)
        self._committed = True
        self.file.close()


def write_whole(path: str, data: bytes) -> None:
    """Writes a file, whole or not at all, or into a device or a pipe. Raises OSError."""
    if not replaceable(path):
        with open(path, "wb") as device:
            device.write(data)
        return
    exists = os.path.exists(path)
    with Replacement(path, fresh=not exists) as new:
        new.file.write(data)
        new.prepare(new.target if exists else None, times=False)
        new.commit()
        sync_folder(os.path.dirname(new.target))


def replaceable(path: str) -> bool:
    """Whether a file may be renamed over `path`: a regular file, or nothing yet."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True  # nothing; what else there is, who makes the new file is told of


def _create(path: str, mode: int) -> tuple[int, bool]:
    """A new file, locked, and whether a leftover had to be removed for it."""
    removed = False
    for _ in range(_TRIES):
        try:
            handle = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            if not remove_leftover(path):
                break
            removed = True
            continue
        if lock(handle) and leads_to(path, handle):
            return handle, removed
        os.close(handle)  # taken for a leftover between the two calls
    raise OSError(errno.EBUSY, "another process is converting this file", path)


def remove_leftover(path: str) -> bool:
    """Removes what a killed run has left; False when a live one is still writing it.

    Raises OSError when it cannot be removed, or is no file of ours.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise OSError(errno.EEXIST, "is in the way and not a regular file", path)
        if WINDOWS:
            _make_writable(path)  # it may have been killed just before the end
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return True
    try:
        if not lock(handle):
            return False
        dead = leads_to(path, handle)
        if dead and not WINDOWS:
            _put_away(path)  # as long as the lock keeps others away
    finally:
        os.close(handle)
    if dead and WINDOWS:
        try:
            _put_away(path)
        except PermissionError:
            return False  # somebody has opened it since
    return True


def _put_away(path: str) -> None:
    note = path.removesuffix(SUFFIX) + NOTE
    if os.path.lexists(note):
        from .links import finish

        finish(note)  # the file is whole, and some names lead to it already
    with suppress(FileNotFoundError):
        os.unlink(path)


def _make_writable(path: str) -> None:
    os.chmod(path, stat.S_IREAD | stat.S_IWRITE)


def in_use(path: str) -> bool:
    """Whether a live process is writing the work file at `path`."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return False
    try:
        return not lock(handle)
    finally:
        os.close(handle)


def leads_to(path: str, handle: int) -> bool:
    """Whether the file that is open is the one of this name."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def keep_as(path: str, backup: str) -> None:
    """Gives the file at `path` the further name `backup`.

    Raises FileExistsError when another file has it: a backup is never overwritten.
    """
    try:
        os.link(path, backup)
    except FileExistsError:
        # From a run that was killed before the rename, it may be the same.
        if not _same_content(path, backup):
            raise FileExistsError(
                errno.EEXIST, f"{os.path.basename(backup)} exists and is not overwritten", backup
            ) from None
    except OSError as error:
        # EINVAL is what Windows says, in words of its own.
        without = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EINVAL)
        if error.errno not in without:
            raise
        _copy(path, backup)  # a file system without hard links


def _same_content(one: str, other: str) -> bool:
    from filecmp import cmp

    return os.path.samefile(one, other) or (os.path.isfile(other) and cmp(one, other, False))


def _copy(path: str, backup: str) -> None:
    import shutil

    with open(path, "rb") as source, open(backup, "xb") as copy:
        try:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        except BaseException:
            with suppress(OSError):
                copy.close()
            os.unlink(backup)  # half a backup is none, and would be taken for one
            raise
    shutil.copystat(path, backup)


def take_after(path: str, like: str, *, times: bool, replaces: bool = True) -> None:
    """Gives a file owner, mode, extended attributes and, if `times`, the times of another.

    Raises PermissionError when the owner or group of what it `replaces` cannot be kept: the file
    would change hands. One beside the other belongs to whoever made it then.
    """
    seen = os.stat(like)
    now = os.stat(path)
    mode = stat.S_IMODE(seen.st_mode)
    if hasattr(os, "chown") and (seen.st_uid, seen.st_gid) != (now.st_uid, now.st_gid):
        try:
            os.chown(path, seen.st_uid, seen.st_gid)
        except PermissionError as error:
            if replaces:
                name = os.path.basename(like)
                raise PermissionError(
                    errno.EPERM, f"the owner or group of {name} could not be kept", like
                ) from error
            mode &= ~(stat.S_ISUID | stat.S_ISGID)
    # After the owner, since a change of owner clears set-user-id bits.
    if hasattr(os, "listxattr"):
        _copy_attributes(path, like)
        os.chmod(path, mode)
    else:
        import shutil

        shutil.copystat(like, path)  # with what the system has: flags, on Windows the read-only bit
        copy_attributes(path, like)
        if not times:
            os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns))
    if times:
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _same(one: str, other: str) -> bool:
    return os.path.exists(other) and os.path.samefile(one, other)


def _copy_attributes(path: str, like: str) -> None:
    """Copies extended attributes, access control lists among them."""
    try:
        names = os.listxattr(like)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENODATA, errno.EINVAL):
            return
        raise
    for name in names:
        try:
            os.setxattr(path, name, os.getxattr(like, name))
        except OSError as error:
            # What only the system may set (security.*, trusted.*) it sets itself for a new file.
            refused = error.errno in (errno.ENOTSUP, errno.ENODATA, errno.EINVAL)
            if not refused and name.startswith(("user.", "system.posix_acl")):
                raise
