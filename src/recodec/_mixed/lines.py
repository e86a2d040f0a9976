"""The lines of an input that say something of its encoding: those that are not ASCII."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, MutableSequence, Sequence
    from typing import Protocol

    from typing_extensions import Buffer

    class Source(Protocol):
        """Bytes that are read a slice at a time: a buffer, or a file."""

        def __len__(self) -> int: ...

        def __getitem__(self, part: slice, /) -> Buffer: ...


__all__ = ["Lines"]

_COMPACT = 1 << 20  # bytes whose lines may be so many that their numbers are to take no room
_BLOCK = 1 << 16  # bytes whose lines are looked at together
_ASKED = 1 << 16  # bytes of lines that are asked together
_SOLID_BLOCK = 64  # the same in a block
_SOLID = 12  # characters of several bytes in a line that is UTF-8 and nothing else


class Lines:
    """The lines of an input that are not ASCII: `starts` and `ends` in bytes, and what they are.

    Neighbours that are surely UTF-8 count as one line; they are not `open`.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.starts = self.numbers("q")
        self.ends = self.numbers("q")
        self.high = self.numbers("q")  # bytes beyond ASCII
        self.utf8 = bytearray()  # whether the bytes are UTF-8
        self.open = bytearray()  # whether they may be something else all the same
        self.nul = False
        for start, block in _blocks(source):
            if block.isascii() and b"\x1b" not in block:
                self.nul = self.nul or b"\0" in block
                continue
            if b"\0" in block:
                self.nul = True
            if self.nul:
                return
            at = start
            if len(block) >= _BLOCK // 2 and _characters(block) >= _SOLID_BLOCK:
                # No other encoding makes so many characters; the lines need no look.
                before = block[: len(block) - len(block.lstrip(_ASCII))]
                at += max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
                self._add(at, block[at - start :])
                continue
            for line in block.splitlines(keepends=True):
                if not line.isascii() or b"\x1b$" in line:
                    self._add(at, line)
                at += len(line)

    def _add(self, start: int, line: bytes) -> None:
        high = len(line.translate(None, _ASCII))
        characters = _characters(line)
        solid = characters >= _SOLID
        end = start + len(line)
        if solid and self.open and not self.open[-1]:
            self.ends[-1] = end
            self.high[-1] += high
            return
        self.starts.append(start)
        self.ends.append(end)
        self.high.append(high)
        self.utf8.append(characters > 0)
        self.open.append(not solid)

    def __len__(self) -> int:
        return len(self.starts)

    def numbers(self, code: str, values: Iterable[int] = ()) -> MutableSequence[int]:
        """Numbers about lines, which are of a type of `array`."""
        if len(self.source) < _COMPACT:
            return list(values)
        from array import array  # takes a millisecond and a half to import

        return array(code, values)

    def blocks(self) -> Iterator[tuple[int, bytes]]:
        """The open lines in pieces for one call each, with their number."""
        pieces: list[bytes] = []
        size = 0
        for number, is_open in enumerate(self.open):
            if is_open:
                pieces.append(self.line(number))
                size += len(pieces[-1])
                if size >= _BLOCK:
                    yield len(pieces), b"".join(pieces)
                    pieces, size = [], 0
        if pieces:
            yield len(pieces), b"".join(pieces)

    def line(self, number: int) -> bytes:
        """The bytes of a line."""
        return bytes(self.source[self.starts[number] : self.ends[number]])

    def read(self, number: int) -> int:
        """Bytes in those words of a line that are not ASCII."""
        return sum(len(word) for word in self.line(number).split() if not word.isascii())

    def size(self, numbers: Sequence[int]) -> int:
        """Bytes in some lines."""
        return sum(self.ends[number] - self.starts[number] for number in numbers)

    def some(self, numbers: Sequence[int]) -> bytes:
        """The bytes of some lines, or where that is much, of a selection of them."""
        step = self.size(numbers) // _ASKED + 1
        pieces = [self.line(number)[:_ASKED] for number in numbers[::step]]
        return b"".join(piece if piece[-1:] in b"\r\n" else piece + b"\n" for piece in pieces)


_ASCII = bytes(range(0x80))


def _blocks(source: Source) -> Iterator[tuple[int, bytes]]:
    """Pieces of whole lines, and where they start."""
    start, end = 0, 0
    while start < len(source):
        end = min(end + _BLOCK, len(source))
        block = bytes(source[start:end])
        if end < len(source):
            stop = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, -1) + 1
            if not stop:
                continue  # a longer line
            block = block[:stop]
        yield start, block
        start = end = start + len(block)


def _characters(line: bytes) -> int:
    """Characters beyond ASCII where the line is UTF-8, else 0."""
    try:
        text = line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return 0
    return len(text) - len(text.encode("ascii", "ignore"))
