"""Runs of lines in different encodings: what programs that shared a log file left behind.

The encodings are those that detection tells of the file, of parts of it and of single lines; which
line is in which of them is for `weighing` to say. Lines whose bytes are ASCII go with the others.
"""

from __future__ import annotations

from codecs import BOM_UTF8

from .._coding.route import route
from .._detection.detect import bytes_of, detect
from .._value import Value
from .lines import Lines
from .suspicion import strange_lines
from .weighing import SAID, Reading, Weights, cheapest, chosen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from typing_extensions import Buffer

    from .._detection.result import Detection
    from .lines import Source

__all__ = ["Segment", "divided", "segments"]

_LEAST = 16  # bytes beyond ASCII that a part needs to be asked by itself
_PARTS = 31  # parts that are asked at most: the whole, its halves, ... and its 16ths
_STRANGE = 24  # lines that are asked because no encoding so far reads them well
_READINGS = 10  # encodings that all lines are read in, at most
_SURE = 0.5  # confidence from which an answer counts
_WIDE = 1 << 16  # bytes of UTF-16 that are asked


class Segment(Value):
    """A run of whole lines in one encoding: bytes `start` to `end` of the input.

    `encoding` is what `bytes.decode` takes, None where the bytes are not text. `language` is a BCP
    47 tag or None, `confidence` the probability that the encoding is right; both go by all lines of
    the input that are in this encoding.
    """

    __slots__ = ("_confidence", "_encoding", "_end", "_language", "_start")
    __match_args__ = ("start", "end", "encoding", "language", "confidence")
    _shown = __match_args__

    def __init__(
        self, *, start: int, end: int, encoding: str | None, language: str | None, confidence: float
    ) -> None:
        self._start = start
        self._end = end
        self._encoding = encoding
        self._language = language
        self._confidence = confidence

    @property
    def start(self) -> int:
        """Offset of the first byte."""
        return self._start

    @property
    def end(self) -> int:
        """Offset after the last byte."""
        return self._end

    @property
    def encoding(self) -> str | None:
        """Name of the encoding."""
        return self._encoding

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the language, None if unknown."""
        return self._language

    @property
    def confidence(self) -> float:
        """Probability that the encoding is right."""
        return self._confidence


def segments(
    data: Buffer,
    *,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
) -> tuple[Segment, ...]:
    """Divides `data`, any contiguous buffer, into runs of lines in the same encoding.

    The segments follow each other without a gap, from 0 to the end; text in one encoding is one
    segment, empty input none. Each begins at the start of a line; lines end after LF, and after CR
    where no LF follows. ASCII lines go with the run they stand in, at the start with what follows.
    UTF-16 behind or before 8-bit lines is a segment of its own; other input with NUL bytes (UTF-16,
    binary data) is not divided and is one segment. The options are those of `detect`. Takes linear
    time.

    Raises TypeError for str, BufferError for a buffer that is not contiguous, UnknownCharsetError
    and OptionError for invalid options.
    """
    if isinstance(data, str):
        raise TypeError("segments() takes bytes, not str: text has no encoding any more")
    view = bytes_of(data)
    if not view:
        return ()

    def ask(part: Buffer) -> Detection:
        return detect(part, allow=allow, deny=deny, language=language, tld=tld, declared=declared)

    return divided(view, ask(view), ask)


def divided(
    source: Source, found: Detection, ask: Callable[[Buffer], Detection]
) -> tuple[Segment, ...]:
    """The segments of a source of which detection says `found`; `ask` detects its parts."""
    whole = (_segment(0, len(source), found),)
    if found.encoding is None or _is_settled(found):
        return whole
    lines = Lines(source)
    if lines.nul and found.mixed:
        return _joined(source, ask) or whole
    if lines.nul or len(lines.starts) < 2:
        return whole
    weights = Weights(lines)
    for reading in _suspects(lines, ask):
        if len(weights.readings) < _READINGS:
            weights.add(reading)
    if not weights.readings:
        return whole
    picked = chosen(weights)
    more = [weights.add(reading) for reading in _of_strange_lines(lines, weights, picked, ask)]
    if any(more):
        picked = chosen(weights)
    picked = weights.ordinary(picked)
    if len(picked) < 2 and found.mixed:
        picked = weights.ordinary(chosen(weights, SAID)[:2])
    if len(picked) < 2:
        return whole
    _, runs = cheapest([weights.costs[k] for k in picked])
    names = [weights.readings[picked[choice]].encoding for _, choice in runs]
    return tuple(_runs(lines, [end for end, _ in runs], names, ask))


def _joined(source: Source, ask: Callable[[Buffer], Detection]) -> tuple[Segment, ...]:
    """The segments of UTF-16 and of 8-bit lines behind each other; () where they are not found."""
    from .joined import Part, joint

    found = joint(source)
    if found is None:
        return ()
    at, wide_first = found
    parts: list[Segment] = []
    for start, end, wide in ((0, at, wide_first), (at, len(source), not wide_first)):
        part = Part(source, start, end)
        asked = ask(part[0:_WIDE] if wide else part[0 : len(part)])
        if wide and not (asked.encoding or "").startswith("utf-16"):
            return ()
        inner = (_segment(0, len(part), asked),) if wide else divided(part, asked, ask)
        parts.extend(
            Segment(
                start=start + each.start,
                end=start + each.end,
                encoding=each.encoding,
                language=each.language,
                confidence=each.confidence,
            )
            for each in inner
        )
    return tuple(parts)


def _is_settled(found: Detection) -> bool:
    """Whether the structure of the bytes leaves no room for a second encoding."""
    if found.bom and found.encoding != "utf-8-sig" and not found.mixed:
        return True
    return found.source in ("structure", "bom", "empty") and not found.bad


def _segment(start: int, end: int, found: Detection, encoding: str | None = None) -> Segment:
    return Segment(
        start=start,
        end=end,
        encoding=encoding or found.encoding,
        language=found.language,
        confidence=found.confidence,
    )


def _suspects(lines: Lines, ask: Callable[[Buffer], Detection]) -> Iterator[Reading]:
    """UTF-8 where lines are, and what those that are not and parts of them seem to be in."""
    votes: dict[tuple[str, str | None], float] = {}
    escaped = [number for number in range(len(lines)) if not lines.high[number]]
    if any(lines.utf8):
        yield Reading("utf-8", None)
    others = [number for number in range(len(lines)) if not lines.utf8[number]]
    if escaped:
        _vote(votes, ask(lines.some(escaped)))
        others = [number for number in others if lines.high[number]]
    parts = [others]  # grows while it is read: the largest parts are asked first
    for part in parts:
        _vote(votes, ask(lines.some(part)), _SURE if part is others else 0.0)
        middle = len(part) // 2
        if len(part) > 1 and len(parts) + 2 <= _PARTS:
            for half in (part[:middle], part[middle:]):
                if sum(lines.high[number] for number in half) >= _LEAST:
                    parts.append(half)
    yield from _by_votes(votes)


def _vote(votes: dict[tuple[str, str | None], float], found: Detection, least: float = 0.0) -> None:
    if found.encoding and found.encoding not in ("utf-8", "ascii"):
        key = found.encoding, found.language
        votes[key] = votes.get(key, 0.0) + max(found.confidence, least)


def _by_votes(votes: dict[tuple[str, str | None], float]) -> list[Reading]:
    """A reading for each encoding in its most frequent language, the surest first."""
    sums: dict[str, float] = {}
    for (encoding, _), vote in votes.items():
        sums[encoding] = sums.get(encoding, 0.0) + vote
    return [
        Reading(
            encoding,
            max((vote, tag or "") for (name, tag), vote in votes.items() if name == encoding)[1],
        )
        for encoding in sorted(sums, key=sums.__getitem__, reverse=True)
        if sums[encoding] >= _SURE
    ]


def _of_strange_lines(
    lines: Lines, weights: Weights, picked: Sequence[int], ask: Callable[[Buffer], Detection]
) -> list[Reading]:
    """What single lines seem to be in that cost much in all readings so far."""
    strange = strange_lines(lines, weights.least(picked))
    votes: dict[tuple[str, str | None], float] = {}
    if strange:
        _vote(votes, ask(lines.some(sorted(strange))))
    step = len(strange) // _STRANGE + 1
    for number in strange[::step]:
        _vote(votes, ask(lines.line(number)))
    return _by_votes(votes)[: _READINGS // 2]


def _runs(
    lines: Lines, ends: list[int], names: list[str], ask: Callable[[Buffer], Detection]
) -> Iterator[Segment]:
    """The segments of runs that end after the lines `ends` and are in the encodings `names`."""
    numbers: dict[str, list[int]] = {}
    begin = 0
    for end, name in zip(ends, names, strict=True):
        numbers.setdefault(name, []).extend(range(begin, end))
        begin = end
    judged = {name: _judged(lines, own, name, ask) for name, own in numbers.items()}
    start, source = 0, lines.source
    for at, (end, name) in enumerate(zip(ends, names, strict=True)):
        encoding, found = judged[name]
        if at + 1 < len(ends) and judged[names[at + 1]][0] == encoding:
            continue
        stop = lines.starts[end] if end < len(lines) else len(source)
        marked = encoding == "utf-8" and bytes(source[start : start + 3]) == BOM_UTF8
        yield _segment(start, stop, found, "utf-8-sig" if marked else encoding)
        start = stop


def _judged(
    lines: Lines, numbers: list[int], name: str, ask: Callable[[Buffer], Detection]
) -> tuple[str, Detection]:
    """The name for lines in an encoding, and what detection says of them as far as it agrees."""
    data = lines.some(numbers)
    found = ask(data)
    own = found.encoding
    if own == name:
        return name, found
    # Of names for the same text detection knows the likeliest, where it has seen all of it.
    if own is not None and lines.size(numbers) <= len(data):
        text = _text(data, name)
        if text is not None and text == _text(data, own):
            return own, found
    asked = detect(data, allow=(name,))
    return name, asked if asked.encoding == name else found


def _text(data: bytes, name: str) -> str | None:
    try:
        return route(name).decode(data, "strict")[0]
    except UnicodeError:
        return None
