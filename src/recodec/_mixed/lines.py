"""The lines of an input that say something of its encoding: those that are not ASCII."""

from __future__ import annotations

import sys
from codecs import getincrementaldecoder
from itertools import compress

from .._core import detection as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, MutableSequence, Sequence
    from typing import Protocol

    from typing_extensions import Buffer

    class Source(Protocol):
        """Bytes that are read a slice at a time: a buffer, or a file."""

        def __len__(self) -> int: ...

        def __getitem__(self, part: slice, /) -> Buffer: ...


__all__ = ["Lines", "Sections"]

_MOST = 1 << 16  # lines that are remembered together, at most,
_MOST_BYTES = 1 << 22  # and their bytes
_REMEMBERED = 8  # sections of long input that are not read twice
_COMPACT = 1 << 20  # bytes whose lines may be so many that their numbers are to take no room
_BLOCK = 1 << 16  # bytes whose lines are looked at together
_LONG = 1 << 20  # bytes of a line that are looked at
_ASKED = 1 << 16  # bytes of lines that are asked together
_SOLID = 12  # characters of several bytes in a line that is UTF-8 and nothing else
_SOLID_BLOCK = 64  # the same in a block
_ASCII = bytes(range(0x80))


class Lines:
    """The lines of an input that are not ASCII: `starts` and `ends` in bytes, and what they are.

    They are those from `start` to `end`, which is before the end of the input where they are many.
    Neighbours that are surely UTF-8 count as one line; they are not `open`.
    """

    def __init__(self, source: Source, start: int = 0) -> None:
        self.source = source
        self.starts = self.numbers("q")
        self.ends = self.numbers("q")
        self.high = self.numbers("q")  # bytes beyond ASCII,
        self.words = self.numbers("q")  # and those of the words that they are in
        self.utf8 = bytearray()  # whether the bytes are UTF-8
        self.open = bytearray()  # whether they may be something else all the same
        self.nul = False
        self.end = start
        self._kept: list[bytes] = []  # the bytes of those that are open
        self._blocks: list[tuple[int, bytes]] | None = None  # the same, joined
        self.weighed: dict[tuple[str, str | None], MutableSequence[int]] | None = None
        """What they cost by themselves in encodings and languages, where that is remembered."""
        size = 0
        while self.end < len(source) and len(self._kept) < _MOST and size < _MOST_BYTES:
            before = len(self._kept)
            block = _block(source, self.end)
            if block:
                self._look(block)
                self.end += len(block)
            else:
                self._look_at_long()
            if self.nul:
                return
            size += sum(map(len, self._kept[before:]))

    def _look(self, block: bytes) -> None:
        """Adds the lines of a block."""
        self.nul = b"\0" in block
        if self.nul or (block.isascii() and b"\x1b" not in block):
            return
        at = self.end
        if len(block) >= _BLOCK // 2 and _characters(block) >= _SOLID_BLOCK:
            # No other encoding makes so many characters; the lines need no look.
            before = block[: len(block) - len(block.lstrip(_ASCII))]
            at += max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
            line = block[at - self.end :]
            self._add(at, at + len(line), line, _characters(line))
            return
        starts, ends, high, words, kinds = core.scan_lines(block, _SOLID)
        if not starts:
            return
        skip = 0
        if kinds[0] == core.LINES_SOLID and self.open and not self.open[-1]:
            self.ends[-1] = at + ends[0]
            self.high[-1] += high[0]
            skip = 1
        spans = list(zip(starts, ends, kinds, strict=True))[skip:]
        self.starts.extend([at + start for start, _, _ in spans])
        self.ends.extend([at + end for _, end, _ in spans])
        self.high.extend(high[skip:])
        self.words.extend(words[skip:])
        self.utf8.extend([kind > 0 for _, _, kind in spans])
        self.open.extend([kind != core.LINES_SOLID for _, _, kind in spans])
        self._kept.extend(
            [b"" if kind == core.LINES_SOLID else block[start:end] for start, end, kind in spans]
        )

    def _look_at_long(self) -> None:
        """Adds a line of which only a part is remembered: from where it is first not ASCII."""
        import re  # takes a millisecond, and few inputs have such lines

        ends = re.compile(b"\r\n?|\n")
        start, end, kept, after_cr = self.end, self.end, b"", False
        characters, decoder = 0, getincrementaldecoder("utf-8")("surrogatepass")
        while piece := bytes(self.source[end : end + _BLOCK]):
            if after_cr:
                end += piece.startswith(b"\n")
                break
            found = ends.search(piece)
            if found is not None:
                piece = piece[: found.end()]
            self.nul = self.nul or b"\0" in piece
            if kept or not piece.isascii() or b"\x1b$" in piece:
                kept += piece[: _LONG - len(kept)]
            try:
                characters += _beyond(decoder.decode(piece))
            except UnicodeDecodeError:
                characters = -sys.maxsize
            end += len(piece)
            after_cr = piece.endswith(b"\r")
            if found is not None and not after_cr:
                break
        self.end = end
        if kept:
            kept = kept if kept.endswith((b"\r", b"\n")) else kept + b"\n"
            self._add(start, end, kept, max(characters, 0))

    def _add(self, start: int, end: int, line: bytes, characters: int) -> None:
        """Adds a line of which `line` is what is remembered."""
        high = len(line.translate(None, _ASCII))
        solid = characters >= _SOLID
        if solid and self.open and not self.open[-1]:
            self.ends[-1] = end
            self.high[-1] += high
            return
        self.starts.append(start)
        self.ends.append(end)
        self.high.append(high)
        self.words.append(sum(len(word) for word in line.split() if not word.isascii()))
        self.utf8.append(characters > 0)
        self.open.append(not solid)
        self._kept.append(b"" if solid else line)

    def __len__(self) -> int:
        return len(self.starts)

    def numbers(self, code: str, values: Iterable[int] = ()) -> MutableSequence[int]:
        """Numbers about lines, which are of a type of `array`."""
        if len(self.source) < _COMPACT:
            return list(values)
        from array import array  # takes a millisecond and a half to import

        return array(code, values)

    def blocks(self) -> list[tuple[int, bytes]]:
        """The open lines in pieces for one call each, with their number."""
        if self._blocks is None:
            self._blocks = list(self._joined())
        return self._blocks

    def _joined(self) -> Iterator[tuple[int, bytes]]:
        pieces: list[bytes] = []
        size = 0
        for number in compress(range(len(self)), self.open):
            pieces.append(self.line(number))
            size += len(pieces[-1])
            if size >= _BLOCK:
                yield len(pieces), b"".join(pieces)
                pieces, size = [], 0
        if pieces:
            yield len(pieces), b"".join(pieces)

    def line(self, number: int) -> bytes:
        """The bytes of a line, or a part of it where it is very long."""
        start = self.starts[number]
        return self._kept[number] or bytes(
            self.source[start : min(self.ends[number], start + _LONG)]
        )

    def release(self) -> None:
        """Forgets the bytes of lines; those that are asked for again are read again."""
        self._blocks = None
        sizes = zip(self._kept, self.starts, self.ends, strict=True)
        self._kept = [b"" if len(line) == end - start else line for line, start, end in sizes]

    def size(self, numbers: Sequence[int]) -> int:
        """Bytes in some lines."""
        starts, ends = self.starts, self.ends
        return sum([ends[number] - starts[number] for number in numbers])

    def some(self, numbers: Sequence[int]) -> bytes:
        """The bytes of some lines, or where that is much, of a selection of them."""
        step = self.size(numbers) // _ASKED + 1
        pieces = [self.line(number)[:_ASKED] for number in numbers[::step]]
        return b"".join(piece if piece[-1:] in b"\r\n" else piece + b"\n" for piece in pieces)


class Sections:
    """All lines of an input, as many of them together as memory is to hold.

    Of the first sections it is remembered where lines are and what they cost.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._remembered: list[Lines] = []

    def __iter__(self) -> Iterator[Lines]:
        end = 0
        for lines in self._remembered[:]:
            yield lines
            lines.release()
            end = lines.end
        while end < len(self._source):
            lines = Lines(self._source, end)
            if len(self._remembered) < _REMEMBERED:
                lines.weighed = {}
                self._remembered.append(lines)
            yield lines
            if lines.nul:
                return
            lines.release()
            end = lines.end


def _block(source: Source, start: int) -> bytes:
    """The whole lines that begin at `start` and fit; b"" where not even one does."""
    size = _BLOCK
    while True:
        block = bytes(source[start : start + size])
        if start + len(block) == len(source) and len(block) <= _LONG:
            return block
        stop = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, -1) + 1
        if stop or size >= _LONG:
            return block[:stop]
        size *= 2


def _characters(line: bytes) -> int:
    """Characters beyond ASCII where the line is UTF-8, else 0."""
    try:
        text = line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return 0
    return _beyond(text)


def _beyond(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))
