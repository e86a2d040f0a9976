"""Input in blocks, from a path or a binary file object, in constant memory."""

from __future__ import annotations

import io
import os

from ._detect import Detector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, TypeAlias

    from typing_extensions import Buffer

    from ._result import Detection

    Path: TypeAlias = "str | bytes | os.PathLike[str] | os.PathLike[bytes] | int"

__all__ = ["BLOCK", "MappedFile", "blocks", "detect_blocks", "open_source", "rewindable"]

BLOCK = 1 << 18
_WINDOW = 1 << 22  # bytes of a file that are mapped at a time
_IN_MEMORY = 1 << 24  # a pipe longer than this is kept in a file while it is read twice


def open_source(source: Path | IO[bytes]) -> tuple[IO[bytes], bool]:
    """A binary file for reading, and whether it was opened here and is ours to close.

    Raises OSError, and TypeError for a file object in text mode.
    """
    if isinstance(source, (str, bytes, int, os.PathLike)):
        return io.open(source, "rb", buffering=0, closefd=not isinstance(source, int)), True  # noqa: UP020
    _refuse_text(source)
    return source, False


def _refuse_text(file: object) -> None:
    if isinstance(file, io.TextIOBase):
        raise TypeError("the file is open in text mode; open it with mode 'rb'")


class MappedFile(io.FileIO):
    """A file whose blocks stand in the memory of the system's cache, without a copy.

    That saves a third of the time that a conversion of single bytes takes. As with every mapping,
    a disk that cannot be read, or somebody who cuts the file short in the millisecond that a window
    of it takes, ends the process: for a command that only reads, not for a library.
    """

    def windows(self, limit: int | None) -> Iterator[memoryview]:
        """Blocks from here on, `limit` bytes at most; a rest too small to pay is left unread."""
        try:
            from mmap import ALLOCATIONGRANULARITY, MAP_POPULATE, MAP_SHARED, PROT_READ, mmap
        except ImportError:
            return  # elsewhere each page would be a fault, which takes longer than a copy
        if not self.seekable():
            return
        at = self.tell()
        stop = None if limit is None else at + limit
        while True:
            # Asked for each time: what lies behind the end must not be touched.
            base = at - at % ALLOCATIONGRANULARITY
            end = min(os.fstat(self.fileno()).st_size, base + _WINDOW)
            end = end if stop is None else min(end, stop)
            if end - at < BLOCK:
                return
            try:
                window = mmap(
                    self.fileno(), end - base, MAP_SHARED | MAP_POPULATE, PROT_READ, offset=base
                )
            except (OSError, ValueError):
                return  # a file system without mappings, or a file that has just shrunk
            view = memoryview(window)
            while at < end:
                start = at - base
                at = self.seek(min(at + BLOCK, end))
                yield view[start : at - base]
            try:
                view.release()
                window.close()
            except BufferError:
                pass  # PyPy has not noticed yet that nobody looks at it any more


def blocks(file: IO[bytes], limit: int | None = None) -> Iterator[Buffer]:
    """The rest of a file, or `limit` bytes of it, block by block.

    A block is only valid until the next one is asked for.
    """
    left = limit
    if isinstance(file, MappedFile):
        for block in file.windows(limit):
            if left is not None:
                left -= len(block)
            yield block
    readinto = getattr(file, "readinto", None)
    if readinto is None:
        while left is None or left > 0:
            data = file.read(BLOCK if left is None else min(BLOCK, left))
            if not data:
                return
            if left is not None:
                left -= len(data)
            yield data
        return
    with memoryview(bytearray(BLOCK)) as buffer:
        while left is None or left > 0:
            # Not filled to the brim first: a pipe gives what it has.
            count = readinto(buffer if left is None else buffer[:left])
            if not count:
                return
            if left is not None:
                left -= count
            yield buffer[:count]


def detect_blocks(file: IO[bytes], detector: Detector, limit: int | None = None) -> Detection:
    """Feeds the rest of a file to a detector."""
    for block in blocks(file, limit):
        if detector.feed(block):
            break
    return detector.finish()


def rewindable(file: IO[bytes]) -> IO[bytes]:
    """`file` itself when it can be read again, else a copy of its rest that can."""
    if file.seekable():
        return file
    copy: IO[bytes] = io.BytesIO()
    size = 0
    for block in blocks(file):
        size += copy.write(block)
        if size > _IN_MEMORY and isinstance(copy, io.BytesIO):
            import tempfile

            start = copy
            copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller
            copy.write(start.getbuffer())
    copy.seek(0)
    return copy
