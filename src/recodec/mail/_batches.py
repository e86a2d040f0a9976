"""Messages of an mbox recoded, here or in several processes; a defect costs one of them at most."""

from __future__ import annotations

import re

from ._crew import Crew
from ._output import UTF8, Output
from ._recode import recode_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ._mbox import Stored

    # The message as it was stored, the new one (None where it stays), and what there is to say.
    Answer = tuple[Stored, bytes | None, tuple[str, ...]]

__all__ = ["BATCH", "recoded", "recoded_messages"]

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

    waiting: deque[list[Stored]] = deque()

    def finished() -> Iterator[Answer]:
        for one, (new, notes) in zip(waiting.popleft(), crew.take(), strict=True):
            yield one, new, notes

    with Crew(jobs, _all) as crew:
        batch: list[Stored] = []
        size = 0
        for one in messages:
            if one.rest is None:
                batch.append(one)
                size += len(one.data)
            if size >= BATCH or (one.rest is not None and batch):
                if crew.is_busy:
                    yield from finished()
                crew.give((options, [(each.data, not each.counted) for each in batch]))
                waiting.append(batch)
                batch, size = [], 0
            if one.rest is not None:
                while waiting:
                    yield from finished()
                yield one, *recoded(one.data, output, quoted=True, cut=True)
        if batch:
            if crew.is_busy:
                yield from finished()
            crew.give((options, [(each.data, not each.counted) for each in batch]))
            waiting.append(batch)
        while waiting:
            yield from finished()


def _all(
    task: tuple[dict[str, Any], list[tuple[bytes, bool]]],
) -> list[tuple[bytes | None, tuple[str, ...]]]:
    """The same for a batch, in another process."""
    options, work = task
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
