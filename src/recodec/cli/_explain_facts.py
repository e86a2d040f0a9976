"""What `recodec explain` tells of a file, before it is laid out for a terminal or a page.

The file is read in blocks: once by detection and once for the map and the telling bytes, so that
memory does not grow with it.
"""

from __future__ import annotations

import re
import sys

from .._coding.incremental import IncrementalDecoder
from .._coding.route import route
from .._detection.detect import Detector, detect
from .._errors import OptionError
from .._files import blocks
from .._mixed.segmented import lines_of, segments_of
from .._registry.charsets import agrees, lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import IO, Any

    from .._detection.result import Detection
    from .._mixed.segments import Segment

__all__ = [
    "KINDS",
    "Cell",
    "Excerpt",
    "Facts",
    "Glyph",
    "Reading",
    "gather",
    "language_name",
    "percent",
]

KINDS = ("ascii", "utf8", "other", "control", "broken")
"""What bytes of the map are: ASCII, UTF-8 or others beyond it, controls, not in the encoding."""

_CELLS = 240
_EXCERPTS = 8
_READINGS = 8
_BEFORE = 24  # bytes of a line shown before its first telling byte
_WINDOW = 56  # bytes of an excerpt
_LONG = 400  # bytes after which a line is worth a second excerpt
_RIVALS = 3  # readings to show beside the answer when nothing else was in question
_SAMPLE = 1 << 16  # bytes that the rivals are looked for in
_PREVIEW = 1200  # bytes of the previews beside each other
_ASCII = bytes(range(0x80))
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B}))
_UTF8 = ("utf-8", "utf-8-sig", "ascii")
_END = re.compile(rb"[\r\n]")
_TELLING = re.compile(rb"[\x80-\xff]+|\x1b[$(.&][\x20-\x7e]")


class Cell:
    """A stretch of the file: bytes from `start`, how many there are, and how many of each kind."""

    __slots__ = ("counts", "size", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.size = 0
        self.counts = dict.fromkeys(KINDS, 0)

    @property
    def kind(self) -> str:
        """The kind to show it as: the rarest and most telling that is there."""
        counts = self.counts
        if counts["broken"]:
            return "broken"
        if counts["control"] > self.size / 4:
            return "control"
        if counts["other"]:
            return "other"
        return "utf8" if counts["utf8"] else "ascii"


class Excerpt:
    """Part of a line around telling bytes: where it is, and its bytes."""

    __slots__ = ("broken", "data", "line", "offset")

    def __init__(self, offset: int, line: int, data: bytes, *, broken: bool = False) -> None:
        self.offset = offset
        self.line = line
        self.data = data
        self.broken = broken  # the answer does not decode its first telling byte


class Glyph:
    """What one or more bytes were read as: offset in the file, the bytes, their text."""

    __slots__ = ("data", "offset", "text")

    def __init__(self, offset: int, data: bytes, text: str) -> None:
        self.offset = offset
        self.data = data
        self.text = text


class Reading:
    """One way to read the file; `score` is None for one that was not in question."""

    __slots__ = ("confidence", "encoding", "language", "score")

    def __init__(
        self, encoding: str, confidence: float, language: str | None, score: float | None
    ) -> None:
        self.encoding = encoding
        self.confidence = confidence
        self.language = language
        self.score = score

    def text(self, data: bytes) -> str:
        """How `data` from the middle of the file reads."""
        return "".join(glyph.text for glyph in self.glyphs(0, data))

    def glyphs(self, offset: int, data: bytes) -> Iterator[Glyph]:
        """`data`, which begins at `offset`, byte by byte as it becomes characters."""
        decoder = IncrementalDecoder(route(self.encoding), "replace")
        start = 0
        for at in range(len(data)):
            text = decoder.decode(data[at : at + 1])
            if text:
                yield Glyph(offset + start, data[start : at + 1], text)
                start = at + 1
        # A character that the end cuts is no fault of the reading.


class Facts:
    """Everything that there is to tell.

    preview: offset and bytes of the part that the readings are shown on side by side.
    runs: where lines are in different encodings each run, with its first and last line.
    """

    __slots__ = (
        "cells",
        "excerpts",
        "found",
        "name",
        "preview",
        "readings",
        "rejected",
        "runs",
        "size",
    )

    def __init__(
        self,
        *,
        name: str,
        size: int,
        found: Detection,
        readings: Sequence[Reading],
        rejected: Sequence[tuple[str, int, bytes]],
        cells: Sequence[Cell],
        excerpts: Sequence[Excerpt],
        preview: tuple[int, bytes],
        runs: Sequence[tuple[Segment, int, int]] = (),
    ) -> None:
        self.name = name
        self.size = size
        self.found = found
        self.readings = readings
        self.rejected = rejected  # encoding, offset of what it has no character for, its bytes
        self.cells = cells
        self.excerpts = excerpts
        self.preview = preview
        self.runs = runs

    @property
    def reasons(self) -> list[str]:
        """Why this answer, in sentences."""
        found = self.found
        outside = found.source == "declared" and found.evidence.declared_at is None
        why = _FROM_OUTSIDE if outside else _SOURCES[found.source]
        said = [why.format(encoding=found.encoding)]
        if found.bom:
            said.append(f"It begins with the byte order mark {found.bom.hex(' ')}.")
        declared = found.evidence
        if declared.declared and declared.declared_at is not None:
            at = declared.declared_at[0]
            what = _DECLARED.get(declared.declared_kind or "", "label")
            believed = found.source == "declared" or (
                found.encoding is not None and agrees(declared.declared, found.encoding)
            )
            which = "agrees" if believed else "is not believed"
            said.append(f"The {what} at byte {at:,} says {declared.declared}, which {which}.")
        if found.bad:
            many = "one place does" if found.bad == 1 else f"{found.bad:,} places do"
            said.append(
                f"{many[0].upper()}{many[1:]} not fit it, the first at byte {found.valid_up_to:,}."
            )
        if found.double_encoded:
            said.append(
                f"The text was UTF-8 that was misread as {found.double_encoded} and saved again."
            )
        if self.runs:
            names = dict.fromkeys(str(part.encoding) for part, _, _ in self.runs)
            said.append(f"Its lines are in different encodings: {', '.join(names)}.")
        elif found.mixed:
            said.append("Some lines seem to be in another encoding than others.")
        if found.kind not in (None, "data"):
            said.append(f"Its signature is that of {found.kind}.")
        return said

    def readings_of(self, excerpt: Excerpt, most: int) -> list[Reading]:
        """How to show an excerpt, in `most` ways: first as what its line is in."""
        for part, _, _ in self.runs:
            if part.start <= excerpt.offset < part.end and part.encoding is not None:
                own = Reading(part.encoding, part.confidence, part.language, None)
                others = [one for one in self.readings if one.encoding != own.encoding]
                return [own, *others[: most - 1]]
        return list(self.readings[:most])


_SOURCES = {
    "empty": "The file is empty.",
    "bom": "The byte order mark decides.",
    "structure": "The structure of the bytes fits {encoding} and could hardly do so by chance.",
    "declared": "The file declares it, and the bytes fit.",
    "model": "Several encodings fit the bytes; letters and words decide.",
    "fallback": "Nothing decides; this is what fits.",
    "binary": "The bytes are not text.",
}
_FROM_OUTSIDE = "The label that came with it says so, and the bytes fit."
_DECLARED = {
    "html": "HTML meta element",
    "xml": "XML declaration",
    "css": "CSS @charset rule",
    "pep263": "coding line",
    "vim": "vim mode line",
    "emacs": "Emacs mode line",
    "format": "line of the file's format",
}


def language_name(tag: str | None) -> str:
    """A language for a reader, "" where none was told."""
    if tag is None:
        return ""
    from .._registry.languages import english_name

    return english_name(tag)


def percent(confidence: float) -> str:
    """A probability for a reader: never 100 %, which nobody can promise."""
    if confidence >= 0.9995:
        return "> 99.9 %"
    return "< 0.1 %" if confidence < 0.0005 else f"{confidence:.1%}".replace("%", " %")


def gather(file: IO[bytes], name: str, **hints: Any) -> Facts:
    """Reads the rest of a binary file that can be rewound.

    The hints are those of `Detector`. Raises OSError, and what `Detector` raises for hints that
    make no sense.
    """
    start = file.tell()
    found = blocks.detect_blocks(file, Detector(**hints))
    file.seek(start)
    segments = segments_of(file, found, lambda data: detect(data, **hints))
    runs = list(lines_of(file, segments)) if len(segments) > 1 else []
    file.seek(start)
    look = _Look(found, [part for part, _, _ in runs])
    for block in blocks.blocks(file):
        look.feed(bytes(block))
    look.feed(b"", True)
    readings = [
        Reading(one.encoding, one.confidence, one.language, one.score)
        for one in found.candidates[:_READINGS]
    ]
    if found.encoding is not None and found.encoding not in {one.encoding for one in readings}:
        readings.insert(0, Reading(found.encoding, found.confidence, found.language, 0.0))
    readings += _rivals(file, start, readings, hints.get("allow", ()), hints.get("deny", ()))
    rejected = []
    for one in found.evidence.rejected:
        file.seek(start + one.offset)
        rejected.append((one.encoding, one.offset, bytes(file.read(4))))
    begin = _preview_start(found, look.excerpts)
    file.seek(start + begin)
    return Facts(
        name=name,
        size=found.length,
        found=found,
        readings=readings,
        rejected=rejected,
        cells=look.cells,
        excerpts=sorted(look.excerpts, key=lambda one: one.offset),
        preview=(begin, bytes(file.read(_PREVIEW))),
        runs=runs,
    )


def _rivals(
    file: IO[bytes],
    start: int,
    readings: Sequence[Reading],
    allow: Collection[str],
    deny: Collection[str],
) -> list[Reading]:
    """What the start of the file would be, were it not what was answered: for comparison."""
    if not readings:
        return []
    file.seek(start)
    sample = bytes(file.read(_SAMPLE))
    denied = [*deny, *(one.encoding for one in readings)]
    rivals: list[Reading] = []
    while len(readings) + len(rivals) <= _RIVALS:
        try:
            other = detect(sample, allow=allow, deny=denied, final=False)
        except OptionError:
            break  # all that may be answered has been
        if other.encoding is None or other.encoding in denied:
            break
        denied.append(other.encoding)
        rivals.append(Reading(other.encoding, 0.0, other.language, None))
    return rivals


def _preview_start(found: Detection, excerpts: Sequence[Excerpt]) -> int:
    if found.encoding is None or not excerpts:
        return 0
    # Escapes and shifts before the part would be missed.
    if lookup(found.encoding).kind == "stateful" or _width(found.encoding) > 1:
        return 0
    return excerpts[0].offset


def _width(encoding: str) -> int:
    """Bytes of a code unit."""
    return 2 if encoding.startswith("utf-16") else 4 if encoding.startswith("utf-32") else 1


def _read(decoder: IncrementalDecoder | None, piece: bytes, final: bool) -> tuple[str, int]:
    """The text of a piece, and how many places of it do not decode."""
    if decoder is None:
        return "", 0
    before = decoder.policy.count
    text = decoder.decode(piece, final)
    return text, decoder.policy.count - before


class _Look:
    """The second reading: the map and the excerpts."""

    def __init__(self, found: Detection, runs: Sequence[Segment]) -> None:
        self.cells: list[Cell] = []
        self.excerpts: list[Excerpt] = []
        self._found = found
        size = max(1, -(-found.length // _CELLS))
        self._cell = size + -size % 4  # so that no code unit of UTF-16 or UTF-32 is divided
        self._at = 0
        self._line = 1
        self._after_cr = False
        self._seen: set[bytes] = set()
        self._asks = found.mixed and not runs
        ends = [*(part.end for part in runs[:-1]), sys.maxsize]
        names = [part.encoding for part in runs] or [found.encoding]
        self._left = list(zip(reversed(ends), reversed(names), strict=True))
        self._counters: dict[str, IncrementalDecoder] = {}
        self._turn()

    def _turn(self) -> None:
        """Goes on in the encoding of the next run."""
        self._end, text = self._left.pop()
        utf8 = text in _UTF8
        # Asking for UTF-8 where it is not takes a call for nearly every byte.
        asks = utf8 or (self._asks and text is not None)
        self._utf8 = self._counter("utf-8") if asks else None
        self._own = self._counter(text) if text is not None and not utf8 else None
        self._width = 1 if text is None else _width(text)

    def _counter(self, name: str) -> IncrementalDecoder:
        """What counts the places that do not decode, at the start of a run."""
        if name not in self._counters:
            self._counters[name] = IncrementalDecoder(route(name), "replace", counting=True)
        self._counters[name].reset()
        return self._counters[name]

    def feed(self, block: bytes, final: bool = False) -> None:
        self._excerpts(block)
        at = 0
        while at < len(block) or (final and at == 0):
            if not self.cells or self.cells[-1].size >= self._cell:
                self.cells.append(Cell(self._at))
            cell = self.cells[-1]
            piece = block[at : at + min(self._cell - cell.size, self._end - self._at)]
            turns = self._at + len(piece) == self._end
            self._count(cell, piece, final or turns)
            cell.size += len(piece)
            at += max(len(piece), 1)
            self._at += len(piece)
            if turns:
                self._turn()
        if final and self.cells and not self.cells[-1].size:
            del self.cells[-1:]

    def _count(self, cell: Cell, piece: bytes, final: bool) -> None:
        counts = cell.counts
        _, bad = _read(self._utf8, piece, final)
        plain, broken, width = piece, bad, 1
        if self._own is not None:
            # What the bytes are read as: by themselves they tell nothing of UTF-16, EBCDIC or the
            # second bytes of CJK.
            text, broken = _read(self._own, piece, final)
            plain, width = text.encode("ascii", "ignore"), self._width
        control = len(plain) - len(plain.translate(None, _CONTROLS))
        ascii_size = (len(plain) - len(plain.translate(None, _ASCII)) - control) * width
        control *= width
        high = len(piece) - ascii_size - control
        counts["ascii"] += ascii_size
        counts["control"] += control
        counts["broken"] += broken
        # Pairs of other encodings that happen to be UTF-8 as well are not meant so.
        utf8 = self._utf8 is not None and (self._own is None or not bad)
        counts["utf8" if utf8 else "other"] += max(high - broken, 0)

    def _excerpts(self, block: bytes) -> None:
        found = self._found
        if found.encoding is not None and _width(found.encoding) > 1:
            if not self._at and block:
                self.excerpts.append(Excerpt(0, 1, block[:_WINDOW]))
            return
        done = 0
        base = self._at
        if found.bad and base <= found.valid_up_to < base + len(block):
            at = found.valid_up_to - base
            self._add(block, at, self._line + self._line_ends(block, at), broken=True)
        for match in _TELLING.finditer(block):
            if len(self.excerpts) >= _EXCERPTS:
                break
            if match.start() < done or match.group()[:8] in self._seen:
                continue
            self._seen.add(match.group()[:8])
            line = self._line + self._line_ends(block, match.start())
            done = self._add(block, match.start(), line)
        if block:
            self._line += self._line_ends(block, len(block))
            self._after_cr = block.endswith(b"\r")

    def _line_ends(self, block: bytes, end: int) -> int:
        """Ends of lines in the first `end` bytes: CR, LF and CR LF, which a cut may part."""
        ends = block.count(b"\n", 0, end)
        ends += block.count(b"\r", 0, end) - block.count(b"\r\n", 0, end)
        return ends - (self._after_cr and end > 0 and block.startswith(b"\n"))

    def _add(self, block: bytes, at: int, line: int, *, broken: bool = False) -> int:
        """Adds the line around a place; returns where it ends in the block."""
        begin = max(at - _BEFORE, 0)
        begin = max(block.rfind(b"\n", begin, at) + 1, block.rfind(b"\r", begin, at) + 1, begin)
        while self._found.encoding in _UTF8 and begin < at and 0x80 <= block[begin] < 0xC0:
            begin += 1  # not inside a character
        found = _END.search(block, at)
        stop = -1 if found is None else found.start()
        end = min(len(block) if stop < 0 else stop, begin + _WINDOW)
        # Lines that are there twice tell nothing new.
        if all(one.data != block[begin:end] for one in self.excerpts):
            self.excerpts.append(Excerpt(self._at + begin, line, block[begin:end], broken=broken))
        # Other lines tell more than the rest of this one, unless it is very long.
        return stop if 0 <= stop < at + _LONG else end + _LONG
