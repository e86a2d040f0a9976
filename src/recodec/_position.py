"""Where in a text one stands, kept up piece by piece."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    LineEnds = Callable[[bytes, int], int]

__all__ = ["LONG", "Position"]

LONG = 1 << 9
"""Characters from which on line ends are counted by the core."""

_KEPT = 1 << 16  # characters of a text that is kept to find the column in it


_counters: list[LineEnds] = []


def _counter() -> LineEnds:
    if not _counters:
        from ._native import lib  # not before text is long

        _counters.append(lib.rcd_line_ends)
    return _counters[0]


class Position:
    """Line and column (from 1, in code points) of the next character.

    CR, LF and CR LF each end a line, also when a cut falls between the two.
    """

    __slots__ = ("_after_cr", "_column", "_ended", "line")

    def __init__(self) -> None:
        self.line: int = 1
        self._column = 1
        self._ended = ""  # the text in which the last line ended, while its column is not known
        self._after_cr = False

    @property
    def column(self) -> int:
        """Found in the text when it is asked for."""
        ended = self._ended
        if ended:
            self._ended = ""
            self._column += len(ended) - 1 - max(ended.rfind("\n"), ended.rfind("\r"))
        return self._column

    def advance(self, text: str) -> None:
        """Goes past `text`."""
        if not text:
            return
        if len(text) >= LONG and text.isascii():
            self.pass_over(text, text.encode())
            return
        if "\n" not in text and "\r" not in text:
            self._column += len(text)
            self._after_cr = False
            return
        lines = text.count("\n")
        last = text.rfind("\n")
        if "\r" in text:
            lines += text.count("\r") - text.count("\r\n")
            last = max(last, text.rfind("\r"))
        self.go(lines, len(text) - last - 1, begins_lf=text[0] == "\n", ends_cr=text[-1] == "\r")

    def pass_over(self, text: str, data: bytes) -> None:
        """Goes past `text`, which is not empty; its line ends are the bytes 0A and 0D of `data`."""
        ends = (_counters[0] if _counters else _counter())(data, len(data))
        if ends:
            self.line += ends - (self._after_cr and text[0] == "\n")
            self._column = 1
            self._ended = text
            if len(text) > _KEPT:
                _ = self.column
        else:
            self._column += len(text)
        self._after_cr = text[-1] == "\r"

    def go(self, lines: int, last: int, *, begins_lf: bool, ends_cr: bool) -> None:
        """Goes past a text with so many line ends, and `last` characters behind the last."""
        if self._after_cr and begins_lf:
            self.line -= 1  # the CR before it has counted for both
        self.line += lines
        if lines:
            self._column = 1
            self._ended = ""
        self._column += last
        self._after_cr = ends_cr

    def before(self, count: int) -> Position:
        """Where the last `count` characters begin, none of which ends a line."""
        other = self.copy()
        if count:
            other._column -= count
            other._after_cr = False
        return other

    def copy(self) -> Position:
        """A position of its own at the same place."""
        other = Position()
        other.line, other._column, other._ended = self.line, self._column, self._ended
        other._after_cr = self._after_cr
        return other
