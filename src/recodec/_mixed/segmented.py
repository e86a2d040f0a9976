"""Text whose lines are in different encodings: finding the segments of a file, and reading them."""

from __future__ import annotations

from .._coding.incremental import IncrementalDecoder
from .._coding.route import route
from .._core.conversion import line_ends
from .._detection.detect import detect
from .._position import Position
from .suspicion import suspicious

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO

    from typing_extensions import Buffer

    from .._conversion.policy import Errors
    from .._detection.result import Detection
    from .._errors import DecodeError
    from .segments import Segment

__all__ = ["Plan", "SegmentedDecoder", "decode_segments", "described", "lines_of", "segments_of"]

_SHOWN = 6  # segments that are named where all would be too many
_BLOCK = 1 << 18
_IN_MEMORY = 1 << 20  # bytes of a file that are kept while its lines are looked at


class Plan:
    """The segments of a file, two at least, in which it is to be read."""

    __slots__ = ("segments",)

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = tuple(segments)

    @property
    def encoding(self) -> str:
        """The encoding of most bytes."""
        sizes: dict[str, int] = {}
        for part in self.segments:
            assert part.encoding is not None
            sizes[part.encoding] = sizes.get(part.encoding, 0) + part.end - part.start
        return max(sizes, key=sizes.__getitem__)


class SegmentedDecoder:
    """Decodes input in pieces, each segment in its own encoding; else as `IncrementalDecoder`.

    What comes after the last segment is read as that.
    """

    def __init__(self, plan: Plan, errors: Errors = "strict", *, counting: bool = False) -> None:
        self.encoding = route(plan.segments[0].encoding or "").name
        self.plan = plan
        self._left = list(reversed(plan.segments))
        self._errors: Errors = errors
        self._counting = counting
        self._fed = 0
        self._done: list[IncrementalDecoder] = []
        self._spare: dict[str, IncrementalDecoder] = {}  # of those whose segment is over
        self._now = self._next(Position())

    def _next(self, place: Position) -> IncrementalDecoder:
        name = self._left[-1].encoding
        assert name is not None
        decoder = self._spare.pop(name, None)
        if decoder is None:
            decoder = IncrementalDecoder(route(name), self._errors, counting=self._counting)
        decoder.skip(self._fed, place)
        return decoder

    def _is_over(self, decoder: IncrementalDecoder, name: str | None) -> None:
        """Keeps a decoder for what it has counted, or else for the next segment like its own."""
        if decoder.policy.count or decoder.problems:
            self._done.append(decoder)
        elif name is not None:
            decoder.reset()
            self._spare[name] = decoder

    @property
    def policy(self) -> SegmentedDecoder:
        """What counts the places at which the error policy acted."""
        return self

    @property
    def count(self) -> int:
        """How many places there were."""
        return self._now.policy.count + sum(each.policy.count for each in self._done)

    @property
    def problems(self) -> tuple[DecodeError, ...]:
        """The bytes that did not fit so far, with errors="collect"."""
        return tuple(one for each in (*self._done, self._now) for one in each.problems)

    def decode(self, input: Buffer, final: bool = False) -> str:
        """Decodes a piece; `final` says that it is the last. Raises DecodeError."""
        data = input if type(input) is bytes else bytes(input)
        texts = []
        at = 0
        while len(self._left) > 1 and self._fed + len(data) - at >= self._left[-1].end:
            size = self._left[-1].end - self._fed
            texts.append(self._now.decode(data[at : at + size], True))
            at += size
            self._fed += size
            over = self._left.pop()
            place = self._now.position
            self._is_over(self._now, over.encoding)
            self._now = self._next(place)
        texts.append(self._now.decode(data[at:] if at else data, final))
        self._fed += len(data) - at
        return "".join(texts)


def decode_segments(
    data: Buffer,
    found: Detection,
    errors: Errors,
    ask: Callable[[Buffer], Detection],
) -> tuple[str, SegmentedDecoder] | None:
    """The text of `data`, of which detection says `found`, and what has decoded it.

    `ask` detects parts of it. None when it is in one encoding.
    """
    from .segments import divided

    segments = divided(memoryview(data), found, ask)
    if len(segments) < 2:
        return None
    decoder = SegmentedDecoder(Plan(segments), errors)
    return decoder.decode(data, True), decoder


class _File:
    """A file that is read a slice at a time; what stands behind a short one is read with it."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._held = b""
        self._held_at = 0

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        if stop - start >= _BLOCK:
            return self._read(start, stop)
        if not self._held_at <= start <= stop <= self._held_at + len(self._held):
            self._held = self._read(start, min(start + _BLOCK, self._size))
            self._held_at = start
        return self._held[start - self._held_at : stop - self._held_at]

    def _read(self, start: int, stop: int) -> bytes:
        self._file.seek(self._start + start)
        pieces, left = [], stop - start
        while left > 0 and (piece := self._file.read(left)):
            pieces.append(piece)
            left -= len(piece)
        if left:
            raise OSError("the file became shorter while it was read")
        return b"".join(pieces)


def segments_of(
    file: IO[bytes],
    found: Detection,
    ask: Callable[[Buffer], Detection] = detect,
    *,
    closely: bool = True,
) -> tuple[Segment, ...]:
    """The segments of the rest of a file of which detection says `found`; it stands there again.

    `ask` detects parts of it, with the same hints. Of a long file only the lines beyond ASCII are
    remembered, by their places. Unless it is to be looked at `closely`, that is only done where
    something speaks for several, and () is said where nothing does.
    """
    start = file.tell()
    try:
        source = _File(file, start, found.length)
        if not (closely or found.mixed or suspicious(source, found, ask)):
            return ()
        from .segments import divided

        # From a file, each line takes a call or two of the system.
        small = found.length <= _IN_MEMORY
        return divided(source[0 : found.length] if small else source, found, ask)
    finally:
        file.seek(start)


def lines_of(file: IO[bytes], segments: Sequence[Segment]) -> Iterator[tuple[Segment, int, int]]:
    """Each segment of the rest of a file with its first and its last line, from 1."""
    source = _File(file, file.tell(), segments[-1].end)
    line = 1
    for part in segments:
        after = _line_after(source, part, line)
        yield part, line, after - 1
        line = after


def described(file: IO[bytes], segments: Sequence[Segment]) -> str:
    """Which lines of the rest of a file are in which encoding, in words; it stands there again."""
    start = file.tell()
    said = [
        f"{first}-{last} in {part.encoding}" if last > first else f"{first} in {part.encoding}"
        for part, first, last in lines_of(file, segments[:_SHOWN])
    ]
    file.seek(start)
    more = len(segments) - _SHOWN
    return f"lines {', '.join(said)}" + (f", and {more} more runs" if more > 0 else "")


def _line_after(source: _File, part: Segment, line: int) -> int:
    """The number of the line after a segment, which begins with the line `line`."""
    from .joined import wide_lines

    start, end, last = part.start, part.end, b""
    wide = part.encoding if part.encoding and part.encoding.startswith("utf-16") else None
    if wide == "utf-16":  # whose mark is in the first block alone
        wide = "utf-16-be" if source[start : start + 1] == b"\xfe" else "utf-16-le"
    while start < end:
        block = source[start : min(start + _BLOCK, end)]
        if not block:
            break
        size = len(block)
        block = wide_lines(block, wide) if wide else block
        line += line_ends(block)
        line -= last == b"\r" and block.startswith(b"\n")
        last = block[-1:]
        start += size
    return line + (last not in (b"\n", b"\r", b""))
