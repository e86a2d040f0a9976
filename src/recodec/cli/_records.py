"""Records on standard output: a table on a terminal, lines of values in a pipe, CSV, or JSON Lines.

Values are to be safe to show, as `_output` has it.
"""

from __future__ import annotations

import os
import sys
import time

from ._output import JOINERS, flush, make_way, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TextIO, TypeAlias

    Writer: TypeAlias = "_CsvWriter | _JsonWriter | _LineWriter | _TableWriter"


_NARROW = 12  # cells in a line of the narrowest terminal that is written for


class Column:
    """A column: the key of its values in a record, its heading, and how values become text."""

    __slots__ = ("blank", "cut", "heading", "key", "people", "right", "shrinks", "spare", "text")

    def __init__(
        self,
        key: str,
        heading: str = "",
        *,
        right: bool = False,
        cut: bool = False,
        blank: bool = False,
        shrinks: bool = False,
        spare: int = 0,
        text: Callable[[Any], str] = str,
        people: Callable[[Any], str] | None = None,
    ) -> None:
        self.key = key
        self.heading = heading or key
        self.right = right
        self.cut = cut  # to what is left of the terminal's width; for the last column
        self.shrinks = shrinks  # in the middle, when the table would be wider than the terminal
        self.spare = spare  # left out where the terminal is too narrow, 1 before 2; 0 never
        self.blank = blank  # when there is no value, instead of a dash; for a table only
        self.text = text  # in a pipe
        self.people = people or text  # on a terminal

    def fitted(self, text: str, width: int) -> str:
        """A value in so many cells, as far as the column may give way."""
        if self.shrinks:
            return shortened(text, width)
        return cut(text, width) if self.cut else text


def open_writer(
    columns: Sequence[Column], *, json: bool = False, csv: bool = False, chosen: bool = False
) -> Writer:
    """The writer that suits standard output.

    It takes records one at a time; `close` writes what is still held back. JSON shows whole
    records unless the columns were `chosen`, the others `columns`.
    """
    if json:
        return _JsonWriter([column.key for column in columns] if chosen else None)
    if csv:
        return _CsvWriter(columns)
    if sys.stdout.isatty():
        return _TableWriter(columns)
    return _LineWriter(columns)


def _cell(value: object, text: Callable[[Any], str], none: str = "-") -> str:
    return none if value is None or value in ("", []) else text(value)


class _JsonWriter:
    """JSON Lines. Only ASCII is written: no locale, terminal or control character can spoil it."""

    def __init__(self, keys: Sequence[str] | None = None) -> None:
        from json import dumps

        self._dumps = dumps
        self._keys = keys

    def write(self, record: Mapping[str, object]) -> None:
        if self._keys is not None:
            record = {key: record[key] for key in self._keys}
        path = record.get("path")
        if isinstance(path, str):
            record = {**record, **_json_name(path)}
        say(self._dumps(record) + "\n")

    def close(self) -> None:
        pass


def _json_name(path: str) -> dict[str, str]:
    # A name that is not valid text has no faithful JSON string (parsers replace lone surrogates):
    # it is given with U+FFFD for a reader and in hexadecimal for whoever wants to open it.
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(path)
        return {"path": raw.decode("utf-8", "replace"), "path_hex": raw.hex()}
    return {"path": path}


class _LineWriter:
    """A line a record, values separated by tabs, `-` for none: for `cut`, `awk`, `while read`."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns

    def write(self, record: Mapping[str, object]) -> None:
        row = [_cell(record[column.key], column.text) for column in self._columns]
        say("\t".join(row) + "\n")

    def close(self) -> None:
        pass


class _Saying:
    """Standard output as a file to write to."""

    write = staticmethod(say)


class _CsvWriter:
    """Comma-separated values with a heading (RFC 4180): for spreadsheets."""

    def __init__(self, columns: Sequence[Column]) -> None:
        import csv

        self._columns = columns
        self._write = csv.writer(_Saying(), lineterminator="\n").writerow
        self._write([column.key for column in columns])

    def write(self, record: Mapping[str, object]) -> None:
        self._write([_cell(record[column.key], column.text, "") for column in self._columns])

    def close(self) -> None:
        pass


class _TableWriter:
    """An aligned table with a heading.

    Widths come from the first rows; holding back all of them would keep the terminal empty
    through long work. A later wider row widens the table from there on.
    """

    HELD_ROWS = 200
    HELD_SECONDS = 0.5
    GAP = "  "
    SHORTEST = 24  # cells of a column that gives way
    LEAST = 7  # of the last one, when that was not enough
    LEAST_PATH = 12  # of one that shrinks, when that was not

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._widths = [len(column.heading) for column in columns]
        self._held: list[list[str]] | None = []
        self._since = time.monotonic()
        self._colour = wants_colour(sys.stdout)

    def write(self, record: Mapping[str, object]) -> None:
        row = [
            _cell(record[column.key], column.people, "" if column.blank else "-")
            for column in self._columns
        ]
        self._widths = [
            max(width, display_width(text)) for width, text in zip(self._widths, row, strict=True)
        ]
        if self._held is None:
            make_way()
            self._print(row)
            flush()
            return
        self._held.append(row)
        waited = time.monotonic() - self._since
        if len(self._held) >= self.HELD_ROWS or waited > self.HELD_SECONDS:
            self._release()

    def close(self) -> None:
        if self._held:
            self._release()

    def _release(self) -> None:
        held, self._held = self._held or [], None
        make_way()
        self._print([column.heading for column in self._columns], style="1")
        for row in held:
            self._print(row)
        flush()

    def _fitting(self, limit: int) -> list[int]:
        """Widths with which a row fits in so many cells, as far as columns give way.

        A column that is left out has less than none.
        """
        widths = self._widths[:]
        over = sum(widths) + len(self.GAP) * (len(widths) - 1) - limit
        columns = list(enumerate(self._columns))
        ends = [at for at, column in columns if column.cut]
        paths = [at for at, column in columns if column.shrinks]
        first, second = ([at for at, column in columns if column.spare == one] for one in (1, 2))
        for at, least in [
            *((at, self.SHORTEST) for at in ends + paths),
            *((at, self.LEAST) for at in ends),
            *((at, -len(self.GAP)) for at in first),
            *((at, self.LEAST_PATH) for at in paths),
            *((at, -len(self.GAP)) for at in second),
        ]:
            room = max(widths[at] - least, 0)
            taken = min(max(over, 0), room)
            if taken and least < 0:
                taken = room  # left out as a whole
            widths[at] -= taken
            over -= taken
        for at in paths + ends:  # what a column that is left out leaves over
            given = min(max(-over, 0), self._widths[at] - widths[at])
            widths[at] += given
            over += given
        return widths

    def _print(self, row: list[str], style: str = "") -> None:
        widths = self._fitting(terminal_width())
        padded = [
            pad(column.fitted(text, width), width, right=column.right)
            for text, width, column in zip(row, widths, self._columns, strict=True)
            if width >= 0
        ]
        line = self.GAP.join(padded).rstrip()
        if style and self._colour:
            line = f"\x1b[{style}m{line}\x1b[0m"
        say(line + "\n")


def wants_colour(stream: object) -> bool:
    """Whether to style the output: on a terminal that can, and without NO_COLOR (no-color.org)."""
    isatty = getattr(stream, "isatty", None)
    return (
        isatty is not None
        and isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        # Old Windows consoles print escape sequences as text; the new terminal names itself.
        and (os.name != "nt" or "WT_SESSION" in os.environ)
    )


def display_width(text: str) -> int:
    """Terminal cells that `text` takes: two for wide East Asian characters, none for marks."""
    if text.isascii():
        return len(text)
    import unicodedata

    width = 0
    for character in text:
        if unicodedata.combining(character) or character in JOINERS:
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def cut(text: str, width: int) -> str:
    """`text`, shortened to `width` terminal cells with an ellipsis when it is longer."""
    if display_width(text) <= width:
        return text
    while text and display_width(text) > width - 1:
        text = text[:-1]
    return text + "\u2026"


def shortened(text: str, width: int) -> str:
    """`text`, with an ellipsis in its middle when it is wider than `width` terminal cells.

    Of a path the end says more than the beginning, so that two thirds are of that.
    """
    if display_width(text) <= width:
        return text
    front = cut(text, max(width // 3, 1))
    back = text
    while back and display_width(front) + display_width(back) > width:
        back = back[1:]
    return front + back


def terminal_width(stream: TextIO | None = None) -> int:
    """Cells in a line of the terminal that `stream` is, standard output if None; 80 if untold.

    As shutil.get_terminal_size(), which takes four milliseconds to import.
    """
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size((stream or sys.stdout).fileno()).columns
        except (OSError, ValueError):
            columns = 0
    return max(columns, _NARROW) if columns > 0 else 80


def pad(text: str, width: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `width` terminal cells; longer text stays whole."""
    fill = " " * max(0, width - display_width(text))
    return fill + text if right else text + fill
