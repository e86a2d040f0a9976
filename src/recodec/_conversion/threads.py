"""Large input in several threads, cut behind line feeds.

A line feed is never a part of a longer code in a charset that has ASCII, so that what stands behind
one can be converted by itself. The kernels run without the interpreter's lock.
"""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate, pairwise
from threading import Thread

from .._core import conversion as core
from .direct import recode_native
from .kernel import Kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .native import Native
    from .patch import Through

__all__ = ["cuts", "recode_lines"]

_LEAST = 1 << 16  # bytes of a piece: less is not worth a thread
_MOST = 64  # threads: more take memory, and no processor is left for them
_SAMPLE = 1 << 15  # bytes that show how much a piece grows


def cuts(data: bytes, count: int) -> list[int]:
    """Offsets of at most `count` pieces of about one size, each behind a line feed; 0 and the end.

    Where a piece has no line feed it is one with the next.
    """
    found = [0]
    for number in range(1, count):
        at = data.find(b"\n", max(found[-1], len(data) * number // count)) + 1
        if at and found[-1] < at < len(data):
            found.append(at)
    return [*found, len(data)]


def recode_lines(
    source: Native,
    target: Native,
    data: bytes,
    lenient: bool,
    threads: int,
    patched: Through | None = None,
) -> bytes | None:
    """As `recode_native`, with so many threads where lines can be told from the bytes."""
    found = None
    same = bool(source.form) and source.form == target.form != core.UTF8
    if source.has_lines and target.has_lines and not same:
        places = cuts(data, min(threads, _MOST, len(data) // _LEAST + 1))
        if len(places) > 2:
            way = Kernel(source, target, lenient=lenient, patched=patched)
            found = _together(way, memoryview(data), places)
    # Where the kernel stops in one of the pieces, it is done anew: the codecs say what follows.
    return recode_native(source, target, data, lenient, patched) if found is None else found


def _together(way: Kernel, data: memoryview, places: list[int]) -> bytes | None:
    """Pieces between these places, each by a thread, into one memory.

    None where one does not convert, or becomes more than its start promises.
    """
    pieces = [data[start:end] for start, end in pairwise(places)]
    rooms = [_room_of(way, piece) for piece in pieces]
    if None in rooms:
        return None
    starts = [0, *accumulate(room or 0 for room in rooms)]
    made: list[int | BaseException] = [-1] * len(pieces)
    # Memory that nobody has cleared yet, which lives as long as a thread has a part of it.
    whole = BytesIO(bytes(starts[-1]))
    with whole.getbuffer() as out:
        core.advise(out)
        parts = [out[start:end] for start, end in pairwise(starts)]

        def work(number: int) -> None:
            try:
                made[number] = way.piece(pieces[number], parts[number], way.patch())
            except BaseException as error:  # raised again in the thread of the caller
                made[number] = error

        running: list[Thread] = []
        for number in range(1, len(pieces)):
            thread = Thread(target=work, args=(number,))
            try:
                thread.start()
            except RuntimeError:  # the system has no more
                work(number)
            else:
                running.append(thread)
        work(0)
        for thread in running:
            thread.join()
        try:
            total = 0
            for part, size in zip(parts, _sizes(made), strict=True):
                if size < 0:
                    return None
                core.move(out[total : total + size], part[:size])
                total += size
        finally:
            # An error leads here by its traceback, and from here to itself by the list.
            made.clear()
            for part in parts:
                part.release()
    whole.truncate(total)
    return whole.getvalue()


def _sizes(made: list[int | BaseException]) -> list[int]:
    """What the threads have made. Raises what one of them has met."""
    sizes = []
    for one in made:
        if isinstance(one, BaseException):
            try:
                raise one
            finally:
                del one
        sizes.append(one)
    return sizes


def _room_of(way: Kernel, piece: memoryview) -> int | None:
    """How much memory a piece takes, by its first lines; None where these do not convert."""
    used = bytes(piece[:_SAMPLE]).rfind(b"\n") + 1
    if not used:
        return None
    made = way.piece(piece[:used], core.memory(way.room(used)), way.patch())
    return None if made < 0 else core.room_for(0, len(piece), used, made)
