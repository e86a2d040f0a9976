"""What is wrong with the encoding of a text file: the rules of `recodec check`.

A file is read twice, in blocks: once to tell its encoding, once to look at its text. Nothing is
kept but the end of a line that a block cuts.
"""

from __future__ import annotations

import re

from .._coding.incremental import IncrementalDecoder
from .._coding.route import route
from .._detection.detect import Detector
from .._mixed.misread import misreading
from .._position import Position
from .._registry.charsets import lookup
from .._value import Value
from . import blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import IO, Literal, TypeAlias

    from .._detection.result import Detection
    from .._errors import DecodeError
    from .._mixed.segmented import Plan, SegmentedDecoder

    Rule: TypeAlias = Literal[
        "encoding", "mixed", "undecodable", "bom", "newline", "replacement", "mojibake"
    ]

__all__ = ["RULES", "Finding", "Rules", "check_stream"]

RULES: tuple[Rule, ...] = (
    "encoding",
    "mixed",
    "undecodable",
    "bom",
    "newline",
    "replacement",
    "mojibake",
)
_NEWLINES = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}
_STYLES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
_ENDS = re.compile("\r\n|\r|\n")
_ENOUGH = 10_000  # bad places after which a file is not looked at further; no more are collected
_HELD = 1 << 20  # characters of a line that is longer than a block


class Finding(Value):
    """One thing that is wrong, and where: line and column from 1, in characters."""

    __slots__ = ("_column", "_line", "_message", "_rule")
    __match_args__ = ("line", "column", "rule", "message")
    _shown = __match_args__

    def __init__(self, *, line: int, column: int, rule: Rule, message: str) -> None:
        self._line = line
        self._column = column
        self._rule = rule
        self._message = message

    @property
    def line(self) -> int:
        """Line, from 1."""
        return self._line

    @property
    def column(self) -> int:
        """Column in characters, from 1."""
        return self._column

    @property
    def rule(self) -> Rule:
        """Name of the rule that it breaks."""
        return self._rule

    @property
    def message(self) -> str:
        """What is wrong."""
        return self._message


class Rules:
    """What is asked of a file.

    only     names of the encodings it may be in; ASCII text is in all that contain ASCII
    newline  "lf", "crlf" or "cr", which all lines are to end in; None for any, but one only
    skip     rules that are not asked
    """

    __slots__ = ("newline", "only", "skip")

    def __init__(
        self,
        *,
        only: Sequence[str] = ("utf-8",),
        newline: str | None = None,
        skip: Collection[str] = (),
    ) -> None:
        """Raises UnknownCharsetError, UnsupportedCharsetError."""
        self.only = tuple(dict.fromkeys(lookup(name).name for name in only))
        for name in self.only:
            route(name)
        self.newline = newline
        self.skip = frozenset(skip)

    def allows(self, encoding: str) -> bool:
        """Whether a file may be in this encoding."""
        if encoding in self.only:
            return True
        charset = lookup(encoding)
        if charset.name == "ascii":
            # Bytes that are ASCII are the same text in whatever contains it.
            return any(_contains_ascii(name) for name in self.only)
        if charset.name == "utf-8-sig":
            return "utf-8" in self.only  # the mark is the business of another rule
        return charset.superset in self.only or any(
            lookup(name).superset == charset.name for name in self.only
        )


def _contains_ascii(name: str) -> bool:
    try:
        return route(name).encode("aZ~\\", "strict")[0] == b"aZ~\\"
    except UnicodeError:
        return False


def check_stream(file: IO[bytes], rules: Rules) -> Iterator[Finding]:
    """Looks at the rest of a binary file that can be rewound; nothing is found in binary data.

    Findings come in the order of the text, except that what concerns all of it comes first.
    """
    start = file.tell()
    found = blocks.detect_blocks(file, Detector())
    file.seek(start)
    if found.encoding is None or found.source == "empty":
        return
    encoding = _encoding_to_read(found, rules)
    plan = None if "mixed" in rules.skip else _plan(file, found)
    if not rules.allows(found.encoding) and "encoding" not in rules.skip:
        yield _wrong_encoding(file, found, rules)
        file.seek(start)
    if found.bom and "bom" not in rules.skip:
        yield Finding(line=1, column=1, rule="bom", message=f"byte order mark {found.bom.hex(' ')}")
    if plan is not None:
        yield from _changes(file, plan)
        file.seek(start)
    yield from _look_at_text(file, plan or encoding, found.double_encoded, rules)


def _plan(file: IO[bytes], found: Detection) -> Plan | None:
    """The segments of a file whose lines are in different encodings."""
    from .._mixed.segmented import Plan, segments_of

    segments = segments_of(file, found)
    return Plan(segments) if len(segments) > 1 else None


def _changes(file: IO[bytes], plan: Plan) -> Iterator[Finding]:
    """The lines from which on the file is in another encoding than before."""
    from .._mixed.segmented import lines_of

    before = ""
    for part, line, _ in lines_of(file, plan.segments[:_ENOUGH]):
        if before:
            message = (
                f"{part.encoding} from here on (confidence {part.confidence:.2f}), {before} before"
            )
            yield Finding(line=line, column=1, rule="mixed", message=message)
        before = str(part.encoding)


def _encoding_to_read(found: Detection, rules: Rules) -> str:
    """What is allowed goes before what is only wider, so that its own rules are asked."""
    assert found.encoding is not None
    if not rules.allows(found.encoding) or found.encoding in rules.only or found.bom:
        return found.encoding
    for name in rules.only:
        if found.encoding == "ascii" and _contains_ascii(name):
            return name
        if name in (lookup(found.encoding).superset, found.encoding):
            return name
    return found.encoding


def _wrong_encoding(file: IO[bytes], found: Detection, rules: Rules) -> Finding:
    """The finding, at the first byte that the first of the allowed encodings does not have."""
    line = column = 1
    what = ""
    decoder = IncrementalDecoder(route(rules.only[0]))
    try:
        for block in blocks.blocks(file):
            decoder.decode(block)
        decoder.decode(b"", True)
    except UnicodeError as error:
        line, column = error.line, error.column  # type: ignore[attr-defined]
        what = f", first byte {error.bad[:1].hex()}"  # type: ignore[attr-defined]
    allowed = " or ".join(rules.only)
    message = f"{found.encoding} (confidence {found.confidence:.2f}), not {allowed}{what}"
    return Finding(line=line, column=column, rule="encoding", message=message)


def _look_at_text(
    file: IO[bytes], encoding: str | Plan, doubled: str | None, rules: Rules
) -> Iterator[Finding]:
    decoder: IncrementalDecoder | SegmentedDecoder
    if isinstance(encoding, str):
        decoder = IncrementalDecoder(route(encoding), "collect")
    else:
        from .._mixed.segmented import SegmentedDecoder

        decoder = SegmentedDecoder(encoding, "collect")
    lines = _Lines(doubled, rules)
    seen = 0
    for block, final in _with_last(blocks.blocks(file)):
        text = decoder.decode(block, final)
        problems = decoder.problems[seen:]
        seen += len(problems)
        if "undecodable" not in rules.skip:
            yield from map(_undecodable, problems)
        # What stands for bad bytes was put there by the decoder and is no finding of its own.
        yield from lines.feed(text, {(one.line, one.column) for one in problems}, final)
        if seen >= _ENOUGH:
            return


def _with_last(pieces: Iterator[object]) -> Iterator[tuple[bytes, bool]]:
    for piece in pieces:
        yield bytes(piece), False  # type: ignore[call-overload]
    yield b"", True


def _undecodable(problem: DecodeError) -> Finding:
    size = len(problem.bad)
    shown = f"byte{'s' if size > 1 else ''} {problem.bad[:8].hex(' ')}"
    return Finding(
        line=problem.line,
        column=problem.column,
        rule="undecodable",
        message=f"{shown} at offset {problem.offset}: no {problem.encoding} ({problem.reason})",
    )


def _only_end(text: str) -> str | None:
    """How all lines of whole lines end, "" where there are no ends; None where they differ."""
    lf, cr = text.count("\n"), text.count("\r")
    if lf and cr:
        return "\r\n" if text.count("\r\n") == lf == cr else None
    return "\n" if lf else "\r" if cr else ""


class _Lines:
    """The rules for text, which is looked at in whole lines."""

    def __init__(self, doubled: str | None, rules: Rules) -> None:
        self._rules = rules
        self._place = Position()
        self._held = ""
        self._bad: set[tuple[int, int]] = set()
        self._first_end: str | None = _STYLES.get(rules.newline or "")
        self._mixed = False
        # UTF-8 was most often misread in the web's Latin 1; what detection saw goes first.
        names = dict.fromkeys(filter(None, (doubled, "cp1252")))
        self._misread = list(map(misreading, names))

    def feed(self, text: str, bad: set[tuple[int, int]], final: bool) -> Iterator[Finding]:
        text = self._held + text
        self._bad |= bad
        end = len(text)
        if not final:
            end = text.rfind("\n") + 1
            if not end and len(text) > _HELD:
                end = len(text) - text.endswith("\r")
        text, self._held = text[:end], text[end:]
        skip = self._rules.skip
        found: list[tuple[int, Rule, str]] = []
        if "newline" not in skip:
            found.extend(self._newlines(text))
        if not text.isascii():
            if "replacement" not in skip:
                found.extend(self._replacements(text))
            if "mojibake" not in skip:
                found.extend(self._mojibake(text))
        found.sort(key=lambda pair: pair[0])
        at = 0
        for where, rule, message in found:
            self._place.advance(text[at:where])
            at = where
            line, column = self._place.line, self._place.column
            if rule == "replacement" and (line, column) in self._bad:
                continue
            yield Finding(line=line, column=column, rule=rule, message=message)
        self._place.advance(text[at:])
        self._bad = {place for place in self._bad if place[0] >= self._place.line}

    def _newlines(self, text: str) -> Iterator[tuple[int, Rule, str]]:
        """The first line that ends otherwise than the first; all of them would drown the rest."""
        if self._mixed:
            return
        only = _only_end(text)
        if only is not None and self._first_end in (None, only):
            self._first_end = only or self._first_end
            return
        for match in _ENDS.finditer(text):
            end = match.group()
            if self._first_end is None:
                self._first_end = end
            elif end != self._first_end:
                self._mixed = True
                wanted = _NEWLINES[self._first_end]
                why = f"not {wanted}" if self._rules.newline else f"lines before end in {wanted}"
                yield match.start(), "newline", f"line ends in {_NEWLINES[end]}, {why}"
                return

    def _replacements(self, text: str) -> Iterator[tuple[int, Rule, str]]:
        at = text.find("\ufffd")
        while at >= 0:
            yield at, "replacement", "replacement character U+FFFD: what stood here is lost"
            end = at
            while text.startswith("\ufffd", end):
                end += 1
            at = text.find("\ufffd", end)

    def _mojibake(self, text: str) -> Iterator[tuple[int, Rule, str]]:
        found: dict[int, str] = {}
        for charset in self._misread:
            for match in charset.runs(text):
                run, at = match.group(), match.start()
                meant = charset.undone(run) if charset.may_be(run, text, at) else None
                if meant is not None and at not in found:
                    found[at] = (
                        f"{run[:20]!r} is {meant[:20]!r} in UTF-8, misread as {charset.name}"
                    )
        for at, message in sorted(found.items()):
            yield at, "mojibake", message
