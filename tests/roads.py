"""Every way into detection: the same bytes must get the same answer on each of them."""

from __future__ import annotations

import array
import ctypes
import io
import mmap
import os
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import recodec

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Road(NamedTuple):
    """One way, by name."""

    name: str
    detect: Callable[[bytes], recodec.Detection]

    def __str__(self) -> str:
        return self.name


def feed_in_pieces(pieces: Iterable[Buffer], **options: object) -> recodec.Detection:
    """The answer of a Detector that gets all pieces."""
    detector = recodec.Detector(**options)  # type: ignore[arg-type]
    for piece in pieces:
        detector.feed(piece)
    return detector.finish()


def cut(data: bytes, cuts: Iterable[int]) -> Iterator[bytes]:
    """`data` in pieces, cut at the given offsets (those beyond the end count as the end)."""
    start = 0
    for end in sorted(min(offset, len(data)) for offset in cuts):
        yield data[start:end]
        start = end
    yield data[start:]


def _halves(data: bytes) -> recodec.Detection:
    return feed_in_pieces(cut(data, [len(data) // 2]))


def _bytewise(data: bytes) -> recodec.Detection:
    return feed_in_pieces(data[i : i + 1] for i in range(len(data)))


def _random_pieces(data: bytes) -> recodec.Detection:
    chance = random.Random(len(data))
    return feed_in_pieces(cut(data, (chance.randrange(len(data) + 1) for _ in range(7))))


def _peeking(data: bytes) -> recodec.Detection:
    """A peek in the middle must leave no trace."""
    detector = recodec.Detector()
    for piece in cut(data, [len(data) // 3, len(data) // 2]):
        detector.feed(piece)
        detector.peek()
    return detector.finish()


def _again(data: bytes) -> recodec.Detection:
    """A detector that has seen something else before."""
    detector = recodec.Detector()
    detector.feed(b"\xef\xbb\xbf\x1b$B\x80\x81\xfe\xff" * 99)
    detector.finish()
    detector.reset()
    detector.feed(data)
    return detector.finish()


def _mapped(data: bytes) -> recodec.Detection:
    if not data:  # an empty file cannot be mapped
        return recodec.detect(data)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as region:
            return recodec.detect(region)


def _file(data: bytes) -> recodec.Detection:
    handle, path = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return recodec.detect_file(path)
    finally:
        os.unlink(path)


def _pipe(data: bytes) -> recodec.Detection:
    """As much as a pipe takes without a reader; longer input comes from a stream."""
    if len(data) > 4096:
        return recodec.detect_file(io.BufferedReader(io.BytesIO(data)))
    reader, writer = os.pipe()
    os.write(writer, data)
    os.close(writer)
    try:
        return recodec.detect_file(reader)
    finally:
        os.close(reader)


def _inside(data: bytes) -> recodec.Detection:
    """In the middle of other memory, at an odd address."""
    return recodec.detect(memoryview(b"\xff\xfe\x00" + data + b"\xe9\x1b\x00")[3 : 3 + len(data)])


ALL = [
    Road("one-shot", recodec.detect),
    Road("bytearray", lambda data: recodec.detect(bytearray(data))),
    Road("memoryview", lambda data: recodec.detect(memoryview(data))),
    Road("inside", _inside),
    Road("array", lambda data: recodec.detect(array.array("B", data))),
    Road("ctypes", lambda data: recodec.detect((ctypes.c_char * len(data)).from_buffer_copy(data))),
    Road("mmap", _mapped),
    Road("halves", _halves),
    Road("bytewise", _bytewise),
    Road("random-pieces", _random_pieces),
    Road("peeking", _peeking),
    Road("again", _again),
    Road("file", _file),
    Road("pipe", _pipe),
    Road("stream", lambda data: recodec.detect_file(io.BytesIO(data))),
    Road("many", lambda data: recodec.detect_many([b"", data])[1]),
    Road("threads", lambda data: recodec.detect_many([data, b"x"], threads=2)[0]),
    Road("group-of-one", lambda data: recodec.detect_group([data])),
    Road("long-scan", lambda data: recodec.detect(data, scan=len(data) + 1)),
]


def answers(data: bytes, roads: Iterable[Road] = ALL) -> dict[str, recodec.Detection]:
    """The answer of every road."""
    return {road.name: road.detect(data) for road in roads}
