"""Where in a text one stands, kept up piece by piece."""

from __future__ import annotations


class Position:
    """Line and column (from 1, in code points) of the next character.

    CR, LF and CR LF each end a line, also when a cut falls between the two.
    """

    __slots__ = ("_after_cr", "column", "line")

    def __init__(self) -> None:
        self.line: int = 1
        self.column: int = 1
        self._after_cr = False

    def advance(self, text: str) -> None:
        """Goes past `text`. Counting runs at the speed of `str.count`."""
        if not text:
            return
        if "\n" not in text and "\r" not in text:
            self.column += len(text)
            self._after_cr = False
            return
        lines = text.count("\n")
        last = text.rfind("\n")
        if "\r" in text:
            lines += text.count("\r") - text.count("\r\n")
            last = max(last, text.rfind("\r"))
        self.go(lines, len(text) - last - 1, begins_lf=text[0] == "\n", ends_cr=text[-1] == "\r")

    def go(self, lines: int, last: int, *, begins_lf: bool, ends_cr: bool) -> None:
        """Goes past a text with so many line ends, and `last` characters behind the last."""
        if self._after_cr and begins_lf:
            self.line -= 1  # the CR before it has counted for both
        self.line += lines
        self.column = last + 1 if lines else self.column + last
        self._after_cr = ends_cr

    def before(self, count: int) -> Position:
        """Where the last `count` characters begin, none of which ends a line."""
        other = self.copy()
        if count:
            other.column -= count
            other._after_cr = False
        return other

    def copy(self) -> Position:
        """A position of its own at the same place."""
        other = Position()
        other.line, other.column, other._after_cr = self.line, self.column, self._after_cr
        return other
