"""Large input in several threads, cut behind line feeds.

A line feed is never a part of a longer code in a charset that has ASCII, so that what stands behind
one can be converted by itself. The kernels run without the interpreter's lock.
"""

from __future__ import annotations

from threading import Thread

from .native import recode_native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .native import Native
    from .patch import Through

__all__ = ["cuts", "recode_lines"]

_LEAST = 1 << 16  # bytes of a piece: less is not worth a thread
_MOST = 64  # threads: more take memory, and no processor is left for them


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
    if not (source.has_lines and target.has_lines):
        return recode_native(source, target, data, lenient, patched)
    places = cuts(data, min(threads, _MOST, len(data) // _LEAST + 1))
    results: list[bytes | BaseException | None] = [None] * (len(places) - 1)

    def work(number: int) -> None:
        try:
            piece = data[places[number] : places[number + 1]]
            own = None if patched is None else patched.another()
            results[number] = recode_native(source, target, piece, lenient, own)
        except BaseException as error:  # raised again in the thread of the caller
            results[number] = error

    running = [Thread(target=work, args=(number,)) for number in range(1, len(results))]
    for thread in running:
        thread.start()
    work(0)
    for thread in running:
        thread.join()
    parts = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        if result is None:
            return None
        parts.append(result)
    return b"".join(parts)
