"""`detect` for many items: short ones by the batch, in one call of the core, and in threads."""

from __future__ import annotations

from collections.abc import Sized

from .._core import detection as core
from .._errors import at_least_one
from .detect import (
    build,
    item_of,
    refuse_single,
    scan_limit,
    settle,
    settled,
    steady,
)
from .options import options_of
from .result import Detection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import TypeAlias

    from typing_extensions import Buffer

    Batch: TypeAlias = "list[bytes | bytearray | memoryview]"

__all__ = ["detect_many"]

_BATCH = 256  # items of a batch, at most
_BATCH_BYTES = 1 << 17  # and bytes, but for the last item
_THREADS = 64  # at most: more take memory, and no processor is left for them
_AHEAD = 4  # batches for each thread that wait to be taken

_new = Detection.__new__
_SHORT = core.LATER_SIZE


def detect_many(
    items: Iterable[Buffer],
    *,
    threads: int = 1,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    exact: bool = False,
    final: bool = True,
    scan: int | None = None,
) -> list[Detection]:
    """`detect` for each of many independent items, in their order.

    `threads` (no more than 64) share the work, the caller's among them; it alone takes from
    `items`, and no more than a few batches (256 items or 128 KiB each) ahead. The core reads
    without the interpreter lock, many short items in one call. Other options and errors are those
    of `detect`.
    """
    at_least_one("threads", threads)
    threads = min(threads, _THREADS)
    plain = not (allow or deny or language or tld or declared or exact) and final
    # Made in any case: it raises for what makes no sense.
    given = options_of(allow, deny, language, tld, declared, exact, final)
    whole = None if plain else given
    limit = scan_limit(scan)
    cut = options_of(allow, deny, language, tld, declared, exact, False) if limit else None
    refuse_single(items, "detect_many")

    def one(data: bytes | bytearray | memoryview) -> Detection:
        options = whole
        if limit is not None and len(data) > limit:
            data, options = steady(memoryview(data)[:limit]), cut
        return build(core.detect(data, options, later=True), data, options)

    def some(batch: Batch) -> list[Detection]:
        longest = max(map(len, batch))
        if longest > _SHORT or (limit is not None and longest > limit):
            return [one(data) for data in batch]
        found = []
        codes, answers = core.detect_each(batch, whole)  # type: ignore[arg-type]  # steady
        rest = iter(answers)
        for data, code in zip(batch, codes, strict=True):
            if code:  # as in detect()
                answer = _new(Detection)
                try:
                    answer._encoding, answer._confidence = settled[code]
                except KeyError:
                    answer._encoding, answer._confidence = settle(code)
                answer._rest = data  # type: ignore[assignment]  # short, so bytes
            else:
                answer = build(next(rest), data, whole)
            found.append(answer)
        return found

    most = _BATCH
    if threads > 1 and isinstance(items, Sized):
        # Enough batches for each thread to have some, so that none waits long for the last.
        most = min(_BATCH, len(items) // (4 * threads) + 1)
    batches = _batches(items, most)
    done = map(some, batches) if threads == 1 else _shared(some, batches, threads)
    return [answer for answers in done for answer in answers]


def _batches(items: Iterable[Buffer], most: int) -> Iterator[Batch]:
    """The items in lists: many short ones, few long ones."""
    batch: Batch = []
    size = 0
    for number, data in enumerate(items):
        item = item_of(data, number, "detect_many")
        batch.append(item)
        size += len(item)
        if size >= _BATCH_BYTES or len(batch) >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _shared(
    work: Callable[[Batch], list[Detection]], batches: Iterator[Batch], threads: int
) -> list[list[Detection]]:
    """What `work` makes of each batch, in their order, by this thread and others.

    A pool of the library would take from `batches` without an end, or in other threads than the
    caller's.
    """
    from queue import Empty, SimpleQueue
    from threading import Thread

    waiting: SimpleQueue[tuple[int, Batch] | None] = SimpleQueue()
    done: dict[int, list[Detection]] = {}
    errors: list[BaseException] = []

    def help_out() -> None:
        try:
            while (job := waiting.get()) is not None:
                done[job[0]] = work(job[1])
        except BaseException as error:  # raised again in the caller's thread
            errors.append(error)

    def take() -> tuple[int, Batch] | None:
        try:
            return waiting.get_nowait()
        except Empty:
            return None

    helpers: list[Thread] = []
    try:
        for number, batch in enumerate(batches):
            if errors:
                break
            if waiting.qsize() < _AHEAD * threads:
                waiting.put((number, batch))
            else:
                done[number] = work(batch)
            if number and len(helpers) < threads - 1:
                helper = Thread(target=help_out)
                try:
                    helper.start()
                except RuntimeError:  # the system has no more
                    threads = 1 + len(helpers)
                else:
                    helpers.append(helper)
        while not errors and (job := take()) is not None:
            done[job[0]] = work(job[1])
    finally:
        while take() is not None:  # on an error the others stop after what they are at
            pass
        for _ in helpers:
            waiting.put(None)
        for helper in helpers:
            helper.join()
    if errors:
        raise errors[0]
    return [done[number] for number in range(len(done))]
