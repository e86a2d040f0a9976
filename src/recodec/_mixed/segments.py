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
from .readings import pick
from .runs import Runs
from .weighing import SAID, cheapest, chosen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from typing_extensions import Buffer

    from .._detection.result import Detection
    from .lines import Source
    from .runs import Sample

__all__ = ["Segment", "divided", "segments"]

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
    runs: Runs | None = None
    if not lines.nul and lines.end < len(source):
        from .long import runs_of_long

        runs = runs_of_long(source, found, ask)
    elif not lines.nul:
        runs = _runs_of(lines, found, ask)
    if runs is None:
        return (_joined(source, ask) if found.mixed else ()) or whole
    return tuple(_segments(source, runs, ask)) if len(runs.samples) > 1 else whole


def _runs_of(lines: Lines, found: Detection, ask: Callable[[Buffer], Detection]) -> Runs:
    """The runs of all lines of an input; none where they are in one encoding."""
    runs = Runs()
    if len(lines) < 2:
        return runs
    weights, picked = pick(lines, ask)
    if len(picked) < 2 and found.mixed and weights.readings:
        picked = weights.ordinary(chosen(weights, SAID)[:2])
    if len(picked) > 1:
        _, ways = cheapest([weights.costs[k] for k in picked])
        runs.add(lines, [(end, weights.readings[picked[way]].encoding) for end, way in ways])
    return runs


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


def _segments(source: Source, runs: Runs, ask: Callable[[Buffer], Detection]) -> Iterator[Segment]:
    judged = {name: _judged(sample, name, ask) for name, sample in runs.samples.items()}
    start = 0
    for name, stop, after in zip(
        runs.names,
        [*runs.starts[1:], len(source)],
        [*runs.names[1:], None],
        strict=True,
    ):
        encoding, found = judged[name]
        if after is not None and judged[after][0] == encoding:
            continue
        marked = encoding == "utf-8" and bytes(source[start : start + 3]) == BOM_UTF8
        yield _segment(start, stop, found, "utf-8-sig" if marked else encoding)
        start = stop


def _judged(sample: Sample, name: str, ask: Callable[[Buffer], Detection]) -> tuple[str, Detection]:
    """The name for lines in an encoding, and what detection says of them as far as it agrees."""
    data = sample.data
    found = ask(data)
    own = found.encoding
    if own == name:
        return name, found
    # Of names for the same text detection knows the likeliest, where it has seen all of it.
    if own is not None and sample.whole:
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
