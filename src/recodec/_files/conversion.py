"""One pass from one encoding to another, and where it writes."""

from __future__ import annotations

import os

from .._coding.route import route
from .._position import Position
from .._recoding.recoder import Recoder
from . import blocks
from .recoded import Recoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from types import TracebackType
    from typing import IO

    from typing_extensions import Buffer, Self

    from .._detection.result import Detection
    from .._mixed.segmented import Plan
    from .options import Options
    from .replace import Replacement

__all__ = ["Comparison", "Conversion", "Place", "hurry"]

# Bytes of output that are kept to compare the new file with: most files are smaller, and larger
# ones are converted a second time for that.
_KEPT = 1 << 20
_MARK = "\ufeff".encode()


class Conversion:
    """One pass from bytes to bytes, and what is to be known of it afterwards."""

    def __init__(
        self, options: Options, from_: str | Plan, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        self.options = options
        self.from_ = from_
        self.recoder = options.recoder(from_)
        self.bytes_in = 0
        self.bytes_out = 0
        self.changed = False
        self._on_bytes = on_bytes
        self.output: list[bytes] | None = None  # all that was made, None when it is not kept
        self.text: TextDigest | None = None  # of text that takes long to make a second time
        if options.mend:
            self.text = TextDigest()
            self.recoder.add_filter(self.text)

    def into(self, place: Place, source: IO[bytes], *, eager: bool, write: bool) -> None:
        """Converts all of `source`; writes from the first byte on that differs, if at all.

        eager  write also what is the same
        write  False only counts, and finds what cannot be converted
        """
        comparison = Comparison()
        if eager and write:
            place.open()
        self.output = [] if write else None
        pieces = self.run(source)
        try:
            for data, out in pieces:
                self._keep(out)
                if not self.changed and not comparison.feed(data, out):
                    self._differs(place, source, comparison, write)
                if place.new is not None:
                    place.new.file.write(out)
        finally:
            pieces.close()
        if not self.changed and not comparison.complete:
            self._differs(place, source, comparison, write)

    def _keep(self, out: bytes | memoryview) -> None:
        if self.bytes_out > _KEPT:
            self.output = None
        elif self.output is not None:
            self.output.append(bytes(out))

    def _differs(
        self, place: Place, source: IO[bytes], comparison: Comparison, write: bool
    ) -> None:
        self.changed = True
        if write and place.new is None:
            new = place.open()
            here = source.tell()
            source.seek(0)
            for block in blocks.blocks(source, comparison.same):
                new.file.write(block)
            source.seek(here)

    def run(
        self, source: IO[bytes], *, respelling: bool = False
    ) -> Generator[tuple[Buffer, bytes | memoryview]]:
        """Yields what was read and what came out of it so far. To be closed by the caller.

        With `respelling` it is not to be verified: see `Recoder.hurry`.

        Raises DecodeError and EncodeError at the place they speak of.
        """
        hurry(self.recoder, source, self.from_, respelling=respelling)
        pieces = self._pieces(source)
        try:
            for data, out in pieces:
                size = len(data)  # type: ignore[arg-type] # bytes or a memoryview
                self.bytes_in += size
                self.bytes_out += len(out)
                yield data, out
                if self._on_bytes is not None and size:
                    self._on_bytes(size)
        finally:
            pieces.close()

    def _pieces(self, source: IO[bytes]) -> Generator[tuple[Buffer, bytes | memoryview]]:
        kernel = self.recoder.apart()
        if kernel is not None:
            from .several import several

            yield from several(source, kernel)
        for block in blocks.blocks(source):
            yield block, self.recoder.feed(block)
        yield b"", self.recoder.feed(b"", True)

    def result(self, path: str, found: Detection | None, **more: object) -> Recoded:
        """The answer about a conversion that ran to its end."""
        return Recoded(
            path=path,
            from_=self.from_ if isinstance(self.from_, str) else self.from_.encoding,
            segments=() if isinstance(self.from_, str) else self.from_.segments,
            to=self.recoder.encoder.encoding,
            bytes_in=self.bytes_in,
            bytes_out=self.bytes_out,
            replaced=self.recoder.replaced,
            problems=self.recoder.problems,
            detection=found,
            **more,  # type: ignore[arg-type]
        )


def hurry(
    recoder: Recoder, source: IO[bytes], from_: str | Plan, *, respelling: bool = False
) -> None:
    """Lets the core do the clean part of a file, which is then asked again for places of errors."""
    try:
        start = source.tell()
        size = source.seek(0, os.SEEK_END) - start
        source.seek(start)
    except (OSError, AttributeError):
        recoder.hurry(None, None)
        return

    if not isinstance(from_, str):
        return  # the core reads one encoding

    errors = recoder.read_errors
    recoder.hurry(size, _Places(source, start, from_, errors), respelling=respelling)


class _Places:
    """Where a number of bytes of a file leads; what the core has passed is read again for it."""

    def __init__(self, source: IO[bytes], start: int, from_: str, errors: str) -> None:
        self._source = source
        self._start = start
        self._from = from_
        self._errors = errors
        self.passed(0, Position(), 0)

    def passed(self, fed: int, place: Position, characters: int) -> None:
        """Somebody knows it of so many bytes: what is asked for next lies behind."""
        self._fed = fed
        self._place = place.copy()
        self._characters = characters

    def __call__(self, fed: int) -> tuple[Position, int]:
        here = self._source.tell()
        self._source.seek(self._start + self._fed)
        decoder = route(self._from).incremental_decoder(self._errors)
        left = fed - self._fed
        for block in blocks.blocks(self._source, left):
            data = bytes(block)
            left -= len(data)
            text = decoder.decode(data, not left)
            self._place.advance(text)
            self._characters += len(text)
        self._fed = fed
        self._source.seek(here)
        return self._place, self._characters


class TextDigest:
    """A digest of text that comes in pieces, of its UTF-8 without a mark. A filter, too."""

    def __init__(self) -> None:
        from hashlib import blake2b

        self._hash = blake2b(digest_size=32)
        self._started = False

    def feed(self, text: str, final: bool) -> str:
        """Takes a piece, and gives it back as it is."""
        data = text.encode("utf-8", "surrogatepass")
        if data and not self._started:
            self._started = True
            data = data.removeprefix(_MARK)
        self._hash.update(data)
        return text

    def is_of(self, pieces: Iterable[bytes]) -> bool:
        """Whether these are the same text, in UTF-8 without a mark."""
        other = TextDigest()
        for piece in pieces:
            other._hash.update(piece)
        return other._hash.digest() == self._hash.digest()


class Comparison:
    """Tells how far the output is the same as the input."""

    def __init__(self) -> None:
        self.same = 0  # bytes that are
        self._ahead = b""  # input that no output has been compared with yet

    def feed(self, data: Buffer, out: bytes | memoryview) -> bool:
        """Whether everything that came out so far is what went in."""
        ahead = self._ahead + bytes(data)
        if not ahead.startswith(out):
            return False
        self._ahead = ahead[len(out) :]
        self.same += len(out)
        return True

    @property
    def complete(self) -> bool:
        return not self._ahead


class Place:
    """The new file, made when it is needed; removed at the end when it was not committed."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.new: Replacement | None = None

    def open(self) -> Replacement:
        """Makes the file. Raises OSError."""
        from .replace import Replacement

        self.new = Replacement(self.target)
        return self.new

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.new is not None:
            self.new.__exit__(kind, value, trace)
