"""`recodec explain`: why this encoding, what else it could be, and which bytes tell."""

from __future__ import annotations

import os
import sys
from bisect import bisect_right
from textwrap import wrap

from .._errors import RecodecError
from .._files import blocks
from ._arguments import Command, Option
from ._explain_facts import Facts, gather, language_name, percent
from ._inputs import standard_input
from ._options import HINTS, ORIGIN, OriginArguments, hints
from ._output import Status, say, say_bytes, shown_name, shown_text
from ._progress import size_text
from ._records import cut, display_width, pad, terminal_width, wants_colour

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from ._explain_facts import Excerpt

COMMAND = Command(
    Option(
        dest="path",
        metavar="FILE",
        count="?",
        default="-",
        help="file, or - for standard input (the default)",
    ),
    Option(
        "--html",
        dest="html",
        metavar="OUT",
        help="write an HTML page to this file (- for standard output)",
    ),
    *HINTS,
    *ORIGIN,
    details="""\
Shows the answer with its probability, the other candidates with the text that
each would give, what excludes other encodings, where in the file the non-ASCII
bytes are, and the bytes that distinguish the candidates. --html writes the same
as a self-contained page.

examples:
  recodec explain letter.txt
  recodec explain letter.txt --html letter.html
  recodec explain letter.txt --deny dos     without DOS encodings?

""",
)

_BAR = 20  # cells of a full bar
_WIDTH = 80  # cells of a line at most
_LINES = (16, 8, 4)  # bytes in a line of the hex view, the most that fit
_BEFORE = 12  # bytes in front of the first one beyond ASCII that a reading begins with
_TEXT = 12  # cells of a reading's text at least
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # for the encodings of lines, which are never so many
_LETTER_STYLES = ("good", "warn", "byte")
_RUNS = 8  # runs of lines that are named for each encoding
_COMPARED = 4  # readings that telling bytes are shown in
_STYLES = {"title": "1", "good": "32", "warn": "33", "bad": "31", "dim": "2", "byte": "36"}
_MAP = {"ascii": "\u00b7", "utf8": "\u2592", "other": "\u2593", "control": "?", "broken": "\u2588"}
_PLAIN_MAP = {"ascii": ".", "utf8": "u", "other": "x", "control": "?", "broken": "!"}
_MAP_STYLES = {"ascii": "dim", "utf8": "good", "other": "warn", "control": "dim", "broken": "bad"}


class ExplainArguments(OriginArguments):
    """What `explain` reads."""

    path: str
    html: str | None


def run(arguments: ExplainArguments) -> int:
    """Explains the file; returns the exit code, as `detect` would."""
    status = Status()
    try:
        facts = _gather(arguments)
    except (OSError, RecodecError) as error:
        status.error(arguments.path, error)
        return status.code
    found = facts.found
    if found.encoding is None or found.source == "fallback" or found.bad:
        status.problem()
    if arguments.html is None:
        say("\n".join(_Terminal(facts).lines()) + "\n")
        return status.code
    from .._files.replace import write_whole
    from ._explain_page import page

    data = page(facts).encode("utf-8")
    if arguments.html == "-":
        say_bytes(data)
        return status.code
    try:
        if _is_input(arguments):
            raise OSError(f"{shown_name(arguments.html)} is the file to explain")
        write_whole(arguments.html, data)
    except OSError as error:
        status.error(arguments.html, error)
    return status.code


def _is_input(arguments: ExplainArguments) -> bool:
    html = arguments.html
    return (
        html is not None
        and arguments.path != "-"
        and os.path.exists(html)
        and os.path.samefile(html, arguments.path)
    )


def _gather(arguments: ExplainArguments) -> Facts:
    if arguments.path == "-":
        return _gather_from(standard_input(), "(standard input)", arguments)
    with open(arguments.path, "rb") as file:
        return _gather_from(file, arguments.path, arguments)


def _gather_from(file: IO[bytes], name: str, arguments: ExplainArguments) -> Facts:
    return gather(blocks.rewindable(file), name, **hints(arguments))


class _Terminal:
    """The facts as lines of text."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._colour = wants_colour(sys.stdout)
        self._width = min(terminal_width(), _WIDTH)
        unicode = (sys.stdout.encoding or "").lower().startswith("utf")
        self._full, self._map = ("\u2588", _MAP) if unicode else ("#", _PLAIN_MAP)

    def lines(self) -> list[str]:
        """All of it."""
        facts = self._facts
        lines = [*self._answer(), ""]
        if facts.readings and facts.size:
            lines += [self._style("title", "Readings"), *self._readings(), ""]
        if facts.rejected:
            lines += [self._style("title", "Ruled out"), *self._rejected(), ""]
        if facts.cells:
            lines += [self._style("title", "Where"), *self._where(), ""]
        if facts.runs:
            lines += [self._style("title", "Encodings"), *self._runs(), ""]
        if facts.excerpts and facts.readings:
            lines.append(self._style("title", "Telling bytes"))
            for excerpt in facts.excerpts:
                lines += [*self._excerpt(excerpt), ""]
        return lines[:-1] if not lines[-1] else lines

    def _style(self, name: str, text: str) -> str:
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if self._colour else text

    def _answer(self) -> list[str]:
        facts = self._facts
        found = facts.found
        answer = found.encoding or "binary"
        if found.language:
            answer += f", {language_name(found.language)}"
        if found.encoding is not None and found.source != "empty":
            answer += f", {percent(found.confidence)} sure"
        name = shown_name(facts.name)
        return [
            f"{self._style('title', name)}  {size_text(facts.size)}",
            self._style("good" if found.encoding and not found.bad else "bad", answer),
            *(
                f"  {line}"
                for sentence in facts.reasons
                for line in wrap(sentence, self._width - 2)
            ),
        ]

    def _readings(self) -> list[str]:
        readings = self._facts.readings
        names = max(len(one.encoding) for one in readings)
        languages = max(display_width(language_name(one.language)) for one in readings)
        # Where it is narrow the bar goes, and then the language.
        room = self._width - _TEXT - len(f"  {'> 99.9 %':>8} {'':{names}}  ")
        cells = next((one for one in (_BAR, _BAR // 2) if one + languages + 3 <= room), 0)
        lines = []
        for one in readings:
            row = f"  {percent(one.confidence):>8} "
            if cells:
                row += f"{self._full * round(one.confidence * cells):<{cells}} "
            row += f"{one.encoding:<{names}}  "
            if languages + 2 <= room:
                row += f"{pad(language_name(one.language), languages)}  "
            text = shown_text(one.text(self._sample()).strip())
            lines.append(row + cut(text, max(self._width - display_width(row), _TEXT)))
        return lines

    def _sample(self) -> bytes:
        excerpts = self._facts.excerpts
        if not excerpts:
            return self._facts.preview[1][:40]
        data = excerpts[0].data
        # Rows are short, and what is beyond ASCII tells. By fours, so that code units stay whole.
        first = next((at for at, byte in enumerate(data) if byte >= 0x80), 0)
        return data[max(first - _BEFORE, 0) // 4 * 4 :]

    def _rejected(self) -> list[str]:
        width = max(len(name) for name, _, _ in self._facts.rejected)
        return [
            f"  {name:<{width}}  by {data.hex(' ')} at byte {offset:,}"
            for name, offset, data in self._facts.rejected
        ]

    def _where(self) -> list[str]:
        width = self._width - 8
        cells = self._facts.cells
        strip = []
        for at in range(min(width, len(cells))):
            part = cells[at * len(cells) // width : (at + 1) * len(cells) // width or 1]
            if len(cells) <= width:
                part = cells[at : at + 1]
            kind = max(
                (cell.kind for cell in part),
                key=("ascii", "utf8", "other", "control", "broken").index,
            )
            strip.append(self._style(_MAP_STYLES[kind], self._map[kind]))
        totals = {
            kind: sum(cell.counts[kind] for cell in cells) for kind in self._facts.cells[0].counts
        }
        labels = {
            "ascii": "ASCII",
            "utf8": "UTF-8",
            "other": "beyond ASCII",
            "control": "controls",
            "broken": "broken",
        }
        legend = [""]
        for kind, number in totals.items():
            if number:
                item = f"{self._map[kind]} {labels[kind]} {number:,}"
                if legend[-1] and len(legend[-1]) + len(item) + 12 > self._width:
                    legend.append("")
                legend[-1] += f"{'   ' if legend[-1] else '  '}{item}"
        legend[-1] += " bytes"
        return ["  " + "".join(strip), *legend]

    def _runs(self) -> list[str]:
        """A strip of letters, one for each encoding, and which lines each is in."""
        runs = self._facts.runs
        lines: dict[str, list[str]] = {}
        for part, first, last in runs:
            shown = f"{first:,}" if first == last else f"{first:,}-{last:,}"
            lines.setdefault(str(part.encoding), []).append(shown)
        letters = dict(zip(lines, _LETTERS, strict=False))
        ends = [part.end for part, _, _ in runs]
        width = self._width - 8
        strip = []
        for at in range(width):
            part = runs[bisect_right(ends, at * ends[-1] // width)][0]
            letter = letters[str(part.encoding)]
            strip.append(
                self._style(_LETTER_STYLES[_LETTERS.index(letter) % len(_LETTER_STYLES)], letter)
            )
        names = max(map(len, lines))
        rows = []
        for name, where in lines.items():
            more = f" and {len(where) - _RUNS:,} more runs" if len(where) > _RUNS else ""
            shown = ", ".join(where[:_RUNS])
            head = f"  {letters[name]}  {name:<{names}}  "
            rows += wrap(
                f"lines {shown}{more}",
                self._width,
                initial_indent=head,
                subsequent_indent=" " * len(head),
            )
        return ["  " + "".join(strip), *rows]

    def _excerpt(self, excerpt: Excerpt) -> list[str]:
        facts = self._facts
        what = "  does not fit" if excerpt.broken else ""
        lines = [
            self._style("dim", f"  line {excerpt.line:,}, byte {excerpt.offset:,}{what}"),
        ]
        size = next((one for one in _LINES if 4 * one + 13 <= self._width), _LINES[-1])
        for at in range(0, len(excerpt.data), size):
            part = excerpt.data[at : at + size]
            shown = " ".join(
                self._style("byte", f"{byte:02x}") if byte >= 0x80 else f"{byte:02x}"
                for byte in part
            )
            fill = "   " * (size - len(part))
            plain = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
            lines.append(f"  {excerpt.offset + at:08x}  {shown}{fill}  {plain}")
        chosen = facts.readings_of(excerpt, _COMPARED)
        width = max((len(one.encoding) for one in chosen), default=0)
        for one in chosen:
            text = cut(shown_text(one.text(excerpt.data).strip()), self._width - width - 6)
            lines.append(f"    {one.encoding:<{width}}  {text}")
        return lines
