"""The clean part of a large file, read and converted by several threads at once.

Pieces are cut behind line feeds, as in `_threads`; each thread reads one and converts it, both
without the interpreter's lock, and what they become is handed out in order. The first piece that
does not convert, that has a line too long to find its end, or that reaches the end of the file ends
it: there the caller goes on alone, as with any other file.
"""

from __future__ import annotations

import io
import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import LockType
    from collections.abc import Generator
    from typing import IO, TypeAlias

    from ._kernel import Kernel
    from ._patch import Through

    # What was read, what it became, and what the policies are to be told of.
    Done: TypeAlias = tuple[memoryview, memoryview, Through | None]

__all__ = ["several"]

_PIECE = 1 << 18  # bytes of a piece, but for the lines that are cut at its ends
_LINE = 1 << 12  # bytes of the longest line that may be
_PAYS = 1 << 22  # bytes of input that pay for threads
_THREADS = 4  # at most; more would wait for who takes the output
_AHEAD = 3  # pieces for each thread that may wait to be handed out


def several(file: IO[bytes], kernel: Kernel) -> Generator[tuple[memoryview, memoryview]]:
    """Yields what was read and what it became; then the file is where the caller has to go on.

    What is yielded is only valid until the next is asked for. To be closed by the caller, which
    waits for the threads. Raises nothing of its own: who goes on alone finds the same reason.
    """
    threads = min(_processors(), _THREADS)
    start = _start(file) if threads > 1 else None
    if start is None:
        return
    work = _Work(file.fileno(), start, kernel, _AHEAD * threads)
    end = start
    try:
        work.begin(threads - 1)
        while True:
            done = work.next()
            if done is None:
                return
            data, out, patched = done
            end += len(data)
            kernel.fed = end - start
            if patched is not None:
                patched.settle()
            yield data, out
    finally:
        work.stop()
        if not file.closed:
            file.seek(end)


def _start(file: IO[bytes]) -> int | None:
    """Where in the file its rest begins, None where several threads could not or need not read."""
    raw = file.raw if type(file) is io.BufferedReader else file
    if type(raw) is not io.FileIO or not hasattr(os, "preadv"):
        return None
    seen = os.fstat(raw.fileno())
    if not stat.S_ISREG(seen.st_mode):
        return None
    start = file.tell()
    return start if seen.st_size - start >= _PAYS else None


def _processors() -> int:
    """How many of them this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Slot:
    """Memory of one piece, and the locks by which it changes hands."""

    __slots__ = ("data", "free", "out", "patched", "ready", "result")

    def __init__(self) -> None:
        # Not `threading`, which takes milliseconds to import.
        from _thread import allocate_lock

        self.free = allocate_lock()  # taken for a piece, given back when that was used
        self.ready = allocate_lock()  # given back when the piece is done
        self.ready.acquire()
        self.data = bytearray()
        self.out = memoryview(b"")
        self.patched: Through | None = None
        self.result: Done | None = None


class _Work:
    """Pieces of one file and the threads that work on them."""

    def __init__(self, file: int, start: int, kernel: Kernel, slots: int) -> None:
        from _thread import allocate_lock

        self._file = file
        self._start = start
        self._kernel = kernel
        self._slots = [_Slot() for _ in range(slots)]
        self._claiming = allocate_lock()
        self._claimed = 0  # pieces that somebody works on or has done
        self._handed = 0  # pieces that were asked for
        self._stopped = False
        self._ended: list[LockType] = []  # taken while a thread runs

    def begin(self, threads: int) -> None:
        """Starts so many threads beside that of the caller."""
        from _thread import allocate_lock, start_new_thread

        for _ in range(threads):
            ended = allocate_lock()
            ended.acquire()
            try:
                start_new_thread(self._help, (ended,))
            except RuntimeError:  # there can be no more threads
                return
            self._ended.append(ended)

    def next(self) -> Done | None:
        """The next piece, None where the caller has to go on alone. Works on others meanwhile."""
        if self._handed:
            self._slots[(self._handed - 1) % len(self._slots)].free.release()
        slot = self._slots[self._handed % len(self._slots)]
        self._handed += 1
        while not slot.ready.acquire(False):
            number = self._claim(False)
            if number is None:
                slot.ready.acquire()
                break
            self._convert(number)
        return slot.result

    def stop(self) -> None:
        """Waits for the threads."""
        self._stopped = True
        for slot in self._slots:
            if slot.free.locked():  # somebody may wait for it, and only here it is given back
                slot.free.release()
        for ended in self._ended:
            ended.acquire()

    def _help(self, ended: LockType) -> None:
        try:
            while (number := self._claim(True)) is not None:
                self._convert(number)
        finally:
            ended.release()

    def _claim(self, wait: bool) -> int | None:
        """The number of a piece that is to be done, None where none is."""
        if not self._claiming.acquire(wait):
            return None
        try:
            slot = self._slots[self._claimed % len(self._slots)]
            if self._stopped or not slot.free.acquire(wait) or self._stopped:
                return None
            self._claimed += 1
            return self._claimed - 1
        finally:
            self._claiming.release()

    def _convert(self, number: int) -> None:
        slot = self._slots[number % len(self._slots)]
        slot.result = None
        try:
            slot.result = self._piece(number, slot)
        except (OSError, MemoryError):
            pass  # the caller meets it as well, or needs less
        finally:
            slot.ready.release()

    def _piece(self, number: int, slot: _Slot) -> Done | None:
        if not slot.data:
            slot.data = bytearray(_PIECE + _LINE)
            slot.out = self._kernel.room(_PIECE + _LINE)
            slot.patched = self._kernel.patch()
        data = slot.data
        # A piece begins and ends behind the first line feed from its nominal start and end on.
        if os.preadv(self._file, [data], self._start + number * _PIECE) < len(data):
            return None
        first = data.find(b"\n", 0, _LINE) + 1 if number else 0
        end = data.find(b"\n", _PIECE) + 1
        if not end or (number and not first):
            return None
        view = memoryview(data)[first:end]
        made = self._kernel.piece(view, slot.out, slot.patched)
        return None if made < 0 else (view, slot.out[:made], slot.patched)
