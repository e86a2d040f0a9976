"""The clean part of a large file, read and converted by several threads at once.

Pieces are cut behind line feeds, as in `_conversion.threads`; each thread reads one and converts
it, both without the interpreter's lock, and what they become is handed out in order. The first
piece that does not convert, that has a line too long to find its end, or that reaches the end of
the file ends it: there the caller goes on alone, as with any other file. Where a piece takes little
longer than to hand it over, the caller converts all of them.
"""

from __future__ import annotations

import io
import os
import stat
from itertools import count
from time import perf_counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import LockType
    from collections.abc import Generator
    from typing import IO, TypeAlias

    from .._conversion.kernel import Kernel
    from .._conversion.patch import Through

    # What was read, what it became, and what the policies are to be told of.
    Done: TypeAlias = tuple[memoryview, memoryview, Through | None]

__all__ = ["several"]

_PIECE = 1 << 19  # bytes of a piece, but for the lines that are cut at its ends
_LINE = 1 << 12  # bytes of the longest line that may be
_READ = _PIECE + _LINE
_PAYS = 1 << 22  # bytes of input that pay for threads
_THREADS = 4  # at most; more would wait for who takes the output
_AHEAD = 2  # pieces for each thread that may wait to be handed out
_TRIED = 3  # pieces that the caller does alone, to see how long one takes
_QUICK = 150e-6  # seconds of a piece that are not worth a thread


def several(file: IO[bytes], kernel: Kernel) -> Generator[tuple[memoryview, memoryview]]:
    """Yields what was read and what it became; then the file is where the caller has to go on.

    What is yielded is only valid until the next is asked for. To be closed by the caller, which
    waits for the threads. Raises nothing of its own: who goes on alone finds the same reason.
    """
    threads = min(_processors(), _THREADS)
    start = _start(file) if threads > 1 else None
    if start is None:
        return
    try:
        work = _Work(file.fileno(), start, kernel)
    except MemoryError:
        return
    end = start
    quickest = 1.0
    try:
        for number in count():
            if number == _TRIED and quickest > _QUICK:
                work.begin(threads)
            begun = perf_counter()
            done = work.next()
            if done is None:
                return
            quickest = min(quickest, perf_counter() - begun)
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

    def __init__(self, kernel: Kernel, memory: memoryview) -> None:
        # Not `threading`, which takes milliseconds to import.
        from _thread import allocate_lock

        self.free = allocate_lock()  # taken for a piece, given back when that was used
        self.ready = allocate_lock()  # given back when the piece is done
        self.ready.acquire()
        self.data = memory[:_READ]
        self.out = memory[_READ:]
        self.patched = kernel.patch()
        self.result: Done | None = None


class _Work:
    """Pieces of one file and the threads that work on them."""

    def __init__(self, file: int, start: int, kernel: Kernel) -> None:
        from _thread import allocate_lock

        self._file = file
        self._start = start
        self._kernel = kernel
        self._slots = self._more(1)
        self._claiming = allocate_lock()
        self._claimed = 0  # pieces that somebody works on or has done
        self._handed = 0  # pieces that were asked for
        self._used: _Slot | None = None  # that of the piece that was handed out last
        self._stopped = False
        self._ended: list[LockType] = []  # taken while a thread runs

    def _more(self, count: int) -> list[_Slot]:
        size = _READ + self._kernel.room(_READ)
        memory = self._kernel.memory(count * size)
        return [_Slot(self._kernel, memory[at : at + size]) for at in range(0, len(memory), size)]

    def begin(self, threads: int) -> None:
        """Starts so many threads, that of the caller among them; each piece so far was used."""
        from _thread import allocate_lock, start_new_thread

        self._release()
        try:
            self._slots += self._more(_AHEAD * threads - 1)
        except MemoryError:
            return
        for _ in range(threads - 1):
            ended = allocate_lock()
            ended.acquire()
            try:
                start_new_thread(self._help, (ended,))
            except RuntimeError:  # there can be no more threads
                return
            self._ended.append(ended)

    def next(self) -> Done | None:
        """The next piece, None where the caller has to go on alone. Works on others meanwhile."""
        self._release()
        slot = self._used = self._slots[self._handed % len(self._slots)]
        self._handed += 1
        while not slot.ready.acquire(False):
            number = self._claim(False)
            if number is None:
                slot.ready.acquire()
                break
            self._convert(number)
        return slot.result

    def _release(self) -> None:
        if self._used is not None:
            self._used.free.release()
            self._used = None

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
        data = slot.data
        # A piece begins and ends behind the first line feed from its nominal start and end on.
        if os.preadv(self._file, [data], self._start + number * _PIECE) < len(data):
            return None
        first = bytes(data[:_LINE]).find(b"\n") + 1 if number else 0
        end = bytes(data[_PIECE:]).find(b"\n") + 1
        if not end or (number and not first):
            return None
        view = data[first : _PIECE + end]
        made = self._kernel.piece(view, slot.out, slot.patched)
        return None if made < 0 else (view, slot.out[:made], slot.patched)
