"""Input in blocks, from a path or a binary file object, in constant memory."""

from __future__ import annotations

import io
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, TypeAlias

    from typing_extensions import Buffer

    from .._detection.detect import Detector
    from .._detection.result import Detection

    Path: TypeAlias = "str | bytes | os.PathLike[str] | os.PathLike[bytes] | int"

__all__ = ["BLOCK", "blocks", "detect_blocks", "open_source", "rewindable"]

BLOCK = 1 << 18
_FIRST = 1 << 14  # bytes of the first block: what is larger is cleared for nothing for a small file
_IN_MEMORY = 1 << 24  # a pipe longer than this is kept in a file while it is read twice


def open_source(source: Path | IO[bytes]) -> tuple[IO[bytes], bool]:
    """A binary file for reading, and whether it was opened here and is ours to close.

    Raises OSError, and TypeError for what is neither, or is a file object in text mode.
    """
    if isinstance(source, (str, bytes, int, os.PathLike)):
        return io.open(source, "rb", buffering=0, closefd=not isinstance(source, int)), True  # noqa: UP020
    _refuse_text(source)
    if not hasattr(source, "read") and not hasattr(source, "readinto"):
        raise TypeError(f"a path or a binary file is needed, not {type(source).__name__}")
    return source, False


def _refuse_text(file: object) -> None:
    if isinstance(file, io.TextIOBase):
        raise TypeError("the file is open in text mode; open it with mode 'rb'")


def blocks(file: IO[bytes], limit: int | None = None) -> Iterator[Buffer]:
    """The rest of a file, or `limit` bytes of it, block by block.

    A block is only valid until the next one is asked for.
    """
    left = limit
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
    size = _FIRST
    while True:
        with memoryview(bytearray(size)) as buffer:
            while left is None or left > 0:
                # Not filled to the brim first: a pipe gives what it has.
                count = readinto(buffer if left is None else buffer[:left])
                if not count:
                    return
                if left is not None:
                    left -= count
                yield buffer[:count]
                if count == size < BLOCK:
                    break  # there is more than a small file has
            else:
                return
        size = BLOCK


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
        try:
            size += copy.write(block)
            if size > _IN_MEMORY and isinstance(copy, io.BytesIO):
                import tempfile

                start = copy
                copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller
                copy.write(start.getbuffer())
        except OSError as error:
            import tempfile

            from .beside import say_where

            say_where(error, tempfile.gettempdir())
            raise
    copy.seek(0)
    return copy
