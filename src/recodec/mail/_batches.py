"""Messages of an mbox recoded, here or in several processes; a defect costs one of them at most."""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager

from ._output import UTF8, Output
from ._recode import recode_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor
    from typing import Any

    from ._mbox import Stored

    # The message as it was stored, the new one (None where it stays), and what there is to say.
    Answer = tuple[Stored, bytes | None, tuple[str, ...]]

__all__ = ["BATCH", "processes", "recoded", "recoded_messages"]

BATCH = 1 << 20
"""Bytes of messages that a process gets at a time."""

_LENGTH = re.compile(rb"^(content-length[ \t]*:[ \t]*)\d+", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\n\r?\n")


def recoded(
    data: bytes, output: Output, *, quoted: bool, cut: bool
) -> tuple[bytes | None, tuple[str, ...]]:
    """The recoded message, None when it stays as it is, and what there is to say."""
    try:
        done = recode_bytes(data, output, quoted=quoted, cut=cut)
    except MemoryError:
        raise
    except Exception as error:
        # A defect of ours must cost one message at most, and that one is kept.
        return None, (f"left as it is: {type(error).__name__}: {error}",)
    return (done.data if done.changed else None), done.notes


def recoded_messages(
    messages: Iterable[Stored], output: Output, options: dict[str, str], jobs: int
) -> Iterator[Answer]:
    """Each of the messages of an mbox in its order. `options` make the same output elsewhere."""
    if jobs > 1:
        answers = _in_processes(messages, output, options, jobs)
    else:
        answers = _here(messages, output)
    for stored, new, notes in answers:
        yield stored, _with_length(new) if new is not None and stored.counted else new, notes


def _here(messages: Iterable[Stored], output: Output) -> Iterator[Answer]:
    for one in messages:
        cut = one.rest is not None
        yield one, *recoded(one.data, output, quoted=not one.counted, cut=cut)


def _in_processes(
    messages: Iterable[Stored], output: Output, options: dict[str, str], jobs: int
) -> Iterator[Answer]:
    from collections import deque

    waiting: deque[tuple[list[Stored], Future[Any]]] = deque()

    def finished() -> Iterator[Answer]:
        batch, future = waiting.popleft()
        for one, (new, notes) in zip(batch, future.result(), strict=True):
            yield one, new, notes

    with processes(jobs) as pool:
        batch: list[Stored] = []
        size = 0
        for one in messages:
            if one.rest is None:
                batch.append(one)
                size += len(one.data)
            if size >= BATCH or (one.rest is not None and batch):
                work = [(each.data, not each.counted) for each in batch]
                waiting.append((batch, pool.submit(_all, work, options)))
                batch, size = [], 0
            while len(waiting) > (0 if one.rest is not None else jobs + 1):
                yield from finished()
            if one.rest is not None:
                yield one, *recoded(one.data, output, quoted=True, cut=True)
        if batch:
            work = [(each.data, not each.counted) for each in batch]
            waiting.append((batch, pool.submit(_all, work, options)))
        while waiting:
            yield from finished()


@contextmanager
def processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes to work in, which end with the context, whatever ends that.

    Raises ChildProcessError when the system has ended one of them.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, initializer=_leave_signals)
    try:
        yield pool
    except BrokenProcessPool:
        raise ChildProcessError(
            errno.ECHILD, "the system has ended a process that recoded messages"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_signals() -> None:
    # What ends the work is the business of who began it: Ctrl-C goes to all of them. The others
    # have been given our handlers, which would raise in the middle of an answer.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


def _all(
    work: list[tuple[bytes, bool]], options: dict[str, Any]
) -> list[tuple[bytes | None, tuple[str, ...]]]:
    """The same for a batch, in another process."""
    output = Output(options["to"], options["unencodable"], options["variant"], options["kana"])
    output = UTF8 if output.codec == "utf-8" else output
    return [recoded(data, output, quoted=quoted, cut=False) for data, quoted in work]


def _with_length(data: bytes) -> bytes:
    """The message with a Content-Length that is right again."""
    blank = _BLANK.search(data)
    if blank is None:
        return data
    # What is counted ends before the blank line that parts messages.
    size = len(data) - blank.end()
    head = _LENGTH.sub(lambda found: found[1] + str(size).encode(), data[: blank.end()], count=1)
    return head + data[blank.end() :]
