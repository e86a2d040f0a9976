"""Runs of lines in the same encoding, and what the lines of an encoding look like."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .lines import Lines

__all__ = ["Runs", "Sample"]

_PIECES = 16  # pieces of a sample that are kept, at most


class Sample:
    """Some of the lines that it is given, and whether these are all."""

    def __init__(self) -> None:
        self.whole = True
        self._pieces: list[bytes] = []
        self._step = 1  # of so many pieces one is kept
        self._seen = 0

    @property
    def data(self) -> bytes:
        """The lines."""
        return b"".join(self._pieces)

    def add(self, lines: Lines, numbers: list[int]) -> None:
        """Adds some lines, or a selection of them."""
        if self._seen % self._step:
            self.whole = False
        else:
            piece = lines.some(numbers)
            self.whole = self.whole and lines.size(numbers) <= len(piece)
            self._pieces.append(piece)
        self._seen += 1
        if len(self._pieces) > _PIECES:
            del self._pieces[1::2]
            self._step *= 2
            self.whole = False


class Runs:
    """Runs of lines of an input: the offset of each, its encoding, and a sample of each encoding.

    The first begins at 0, for lines before the first that is not ASCII go with what follows.
    """

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.names: list[str] = []
        self.samples: dict[str, Sample] = {}

    def add(self, lines: Lines, runs: Iterable[tuple[int, str]]) -> None:
        """Adds the runs of further lines: the number of the line after each, and its encoding."""
        numbers: dict[str, list[int]] = {}
        begin = 0
        for end, name in runs:
            if begin < end:
                numbers.setdefault(name, []).extend(range(begin, end))
                if not self.names or self.names[-1] != name:
                    self.starts.append(lines.starts[begin] if self.names else 0)
                    self.names.append(name)
            begin = end
        for name, own in numbers.items():
            self.samples.setdefault(name, Sample()).add(lines, own)
