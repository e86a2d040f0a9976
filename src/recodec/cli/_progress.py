"""How far long work has come: one line on a terminal, and no word of it anywhere else.

The line goes to standard error, appears when a second has passed, and is wiped before anything
else is written to the terminal and at the end.
"""

from __future__ import annotations

import os
import sys
import time

from . import _output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO

    from typing_extensions import Buffer, Self

    from .._files.tree import TreeProgress

__all__ = ["Progress", "size_text"]

_DELAY = 1.0  # seconds before the line appears
_INTERVAL = 0.1  # seconds between two looks of it
_BAR = 24  # cells

_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")


class Progress:
    """A context in which work on files is counted.

    files, size  how many files and bytes there are in all, None when that is not known.
    on           whether there is a terminal to draw on.

    `add` and `file_done` may be called from several threads: they only count. The thread that
    made the object draws, in `add` and `file_done` when they are its own, or in `draw`.
    """

    def __init__(self, files: int | None = None, size: int | None = None) -> None:
        from _thread import allocate_lock, get_ident

        self.files = files
        self.size = size
        self.files_done = 0
        self.bytes_done = 0
        self._lock = allocate_lock()
        self._ident = get_ident
        self._owner = get_ident()
        self._started = time.monotonic()
        self._next = self._started + _DELAY
        self._shown = 0  # cells on the terminal
        self.on = _is_terminal()

    def __enter__(self) -> Self:
        if self.on:
            _output.before_writing = self.wipe
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.on:
            _output.before_writing = None
            self.wipe()

    def add(self, count: int) -> None:
        """Counts bytes that were worked through."""
        with self._lock:
            self.bytes_done += count
        self._draw_when_due()

    def file_done(self) -> None:
        """Counts a file, converted or left out."""
        with self._lock:
            self.files_done += 1
        self._draw_when_due()

    def show(self, done: TreeProgress) -> None:
        """Takes over how far the conversion of a tree has come."""
        self.files_done = done.files_done
        self.bytes_done = done.bytes_done
        self.draw()

    def reading(self, file: IO[bytes]) -> IO[bytes]:
        """`file` in such a form that what is read from it counts; itself where nothing is drawn."""
        return _Counted(file, self) if self.on else file  # type: ignore[return-value]

    def _draw_when_due(self) -> None:
        if self.on and time.monotonic() >= self._next and self._ident() == self._owner:
            self.draw()

    def draw(self) -> None:
        """Draws the line, if there is a terminal and a second has passed."""
        now = time.monotonic()
        if not self.on or now < self._next:
            return
        from ._records import cut, display_width, terminal_width

        self._next = now + _INTERVAL
        line = cut(self.line(now - self._started), max(terminal_width(sys.stderr) - 1, 1))
        width = display_width(line)
        sys.stderr.write("\r" + line + " " * (self._shown - width))
        sys.stderr.flush()
        self._shown = width

    def wipe(self) -> None:
        """Takes the line away; the next `draw` brings it back."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
            self._shown = 0
            self._next = time.monotonic() + _INTERVAL

    def line(self, seconds: float) -> str:
        """The line after so many seconds of work."""
        parts = []
        share = self._share()
        if share is not None:
            full = int(share * _BAR)
            parts.append(f"[{'=' * full}{'>' if full < _BAR else ''}{' ' * (_BAR - full - 1)}]")
        of_files = f"/{self.files:,}" if self.files is not None else ""
        of_bytes = f"/{size_text(self.size)}" if self.size is not None else ""
        if self.files != 1:
            parts.append(f"{self.files_done:,}{of_files} files")
        parts.append(f"{size_text(self.bytes_done)}{of_bytes}")
        if seconds > 0:
            parts.append(f"{size_text(self.bytes_done / seconds)}/s")
            if share:
                parts.append(f"{_clock(seconds / share - seconds)} left")
        return "  ".join(parts)

    def _share(self) -> float | None:
        if self.size:
            return min(self.bytes_done / self.size, 1.0)
        return min(self.files_done / self.files, 1.0) if self.files else None


class _Counted:
    """A binary file whose reading is counted; bytes that are read again count once.

    Everything else is the file's own.
    """

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file = file
        self._progress = progress
        self._at = 0
        self._furthest = 0
        if hasattr(file, "readinto"):
            self.readinto = self._readinto

    def _readinto(self, buffer: Buffer) -> int:
        count: int = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._count(count or 0)
        return count

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._count(len(data))
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = self._file.seek(offset, whence)
        return self._at

    def _count(self, size: int) -> None:
        self._at += size
        new = max(self._at - self._furthest, 0)
        self._furthest += new
        self._progress.add(new)  # also where that is none: the line is to show that work goes on

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def size_text(count: float) -> str:
    """Bytes for a reader, in powers of 1,000: 999 B, 1.5 MB, 12 GB."""
    unit = 0
    while count >= 999.5 and unit < len(_UNITS) - 1:
        count /= 1000
        unit += 1
    return f"{count:.{1 if unit and count < 9.95 else 0}f} {_UNITS[unit]}"


def _clock(seconds: float) -> str:
    whole = int(seconds + 0.5)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
