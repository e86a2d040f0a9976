"""What a long run has done, so that it can go on after it was stopped.

A line is appended and brought to the disk before the file that it speaks of is put in its place. It
names that file by its inode, which the rename keeps: a file is done when it is the one in the
journal and has not been changed since. So the journal never has to be right about the last moment
before a kill, and a file that was restored or edited in between is converted again.

Format, lines of ASCII: "recodec-journal 1", the options of the run as JSON, then for each file
"device inode size mtime_ns path", the path in hexadecimal. A last line cut short is dropped.
"""

from __future__ import annotations

import errno
import os
from _thread import allocate_lock

from .._errors import OptionError
from .lock import lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from typing_extensions import Self

__all__ = ["Journal", "default_path"]

_MAGIC = "recodec-journal 1"


class Journal:
    """The journal in the file `path`, made when it is not there. Safe for several threads.

    options  what must be the same for the run to be the same run

    done     how many files it says are done
    """

    def __init__(self, path: str, options: Mapping[str, object]) -> None:
        """Raises OptionError when it belongs to another run, OSError."""
        import json

        self.path = path
        self._lock = allocate_lock()
        self._entries: dict[str, tuple[int, ...]] = {}
        folder = os.path.dirname(path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        self._file = open(path, "a+b")  # noqa: SIM115
        try:
            self._claim()
            self._read(json.dumps(options, sort_keys=True))
        except BaseException:
            self._file.close()
            raise

    @property
    def done(self) -> int:
        return len(self._entries)

    def _claim(self) -> None:
        if not lock(self._file.fileno()):
            raise OSError(errno.EBUSY, "another process is using this journal", self.path)

    def _read(self, options: str) -> None:
        self._file.seek(0)
        magic = self._file.readline().decode("ascii", "replace")
        theirs = self._file.readline().decode("ascii", "replace")
        if not theirs.endswith("\n"):
            if magic and not f"{_MAGIC}\n".startswith(magic):
                raise OptionError(f"{self.path}: is not a journal")
            self._file.truncate(0)
            self._write(f"{_MAGIC}\n{options}\n")
            return
        if magic != f"{_MAGIC}\n":
            raise OptionError(f"{self.path}: is not a journal that this version reads")
        if theirs != f"{options}\n":
            raise OptionError(f"{self.path}: is the journal of a run with other options")
        whole = self._file.tell()
        for line in self._file:
            fields = line.split()
            if not line.endswith(b"\n") or len(fields) != 5:
                break
            whole += len(line)
            try:
                name = os.fsdecode(bytes.fromhex(fields[4].decode("ascii")))
                self._entries[name] = tuple(map(int, fields[:4]))
            except ValueError:
                continue
        self._file.truncate(whole)

    def _write(self, text: str) -> None:
        left = text.encode("ascii")
        try:
            # Past the buffer, which would fail once more when it is closed.
            while left:
                left = left[os.write(self._file.fileno(), left) :]
            os.fsync(self._file.fileno())
        except OSError as error:  # of a descriptor: it does not say which file is full
            raise OSError(error.errno, error.strerror, self.path) from None

    def has(self, path: str) -> bool:
        """Whether the file at `path` is one that was done, and is as it was left."""
        entry = self._entries.get(os.path.abspath(path))
        if entry is None:
            return False
        try:
            seen = os.stat(path)
        except OSError:
            return False
        return entry == (seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)

    def add(self, path: str, seen: os.stat_result) -> None:
        """Notes that the file `seen` is what is going to be at `path`."""
        name = os.path.abspath(path)
        line = (
            f"{seen.st_dev} {seen.st_ino} {seen.st_size} {seen.st_mtime_ns} "
            f"{os.fsencode(name).hex()}\n"
        )
        with self._lock:
            self._write(line)

    def remove(self) -> None:
        """Removes the file: there is nothing left to go on with."""
        self._file.close()
        os.unlink(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def default_path(options: Mapping[str, object]) -> str:
    """Where the journal of a run is kept when nobody says: among the user's state files."""
    import hashlib
    import json

    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    key = hashlib.blake2b(json.dumps(options, sort_keys=True).encode(), digest_size=8)
    return os.path.join(base, "recodec", f"{key.hexdigest()}.journal")
