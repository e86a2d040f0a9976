"""Runs of lines in different encodings: what programs that shared a log file left behind.

Two questions, asked in turn. Which lines are UTF-8? Their bytes say it. And where in the rest does
one legacy encoding end and another begin? Parts of it are judged by themselves, in halves and
their halves; where they disagree with confidence, each line is weighed in the encodings that
showed up, and the cheapest path through the lines that changes seldom wins (Viterbi, IEEE
Transactions on Information Theory 13, 1967).
"""

from __future__ import annotations

from ._detect import bytes_of, detect
from ._result import Value
from ._route import route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Buffer

    from ._result import Detection

__all__ = ["Segment", "segments"]

_LEAST = 16  # bytes beyond ASCII that a part of legacy text needs to be asked by itself
_PARTS = 255  # parts that are asked at most: the whole, its halves, ... and its 128ths
_SURE = 0.9  # confidence from which the answer of a part counts
_SWITCH = 30.0  # bits: what a change of encoding must save; a few words in the wrong one cost more
_UNREADABLE = 1000.0  # bits: the line does not decode at all
_UNRANKED = 60.0  # bits: it decodes, but came after all readings that the core lists


class Segment(Value):
    """A run of whole lines in one encoding: bytes `start` to `end` of the input.

    `encoding` is what `bytes.decode` takes, None where the bytes are not text. `language` is a BCP
    47 tag or None; `confidence` the probability that the encoding is right, were the run alone.
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
        """BCP 47 tag of the language, None when not told."""
        return self._language

    @property
    def confidence(self) -> float:
        """Probability that the encoding is right."""
        return self._confidence


def segments(data: Buffer) -> tuple[Segment, ...]:
    """Divides `data`, any contiguous buffer, into runs of lines that share an encoding.

    The segments follow each other without a gap, from 0 to the end; text in one encoding is one
    segment, empty input none. ASCII lines go with the run they stand in or before. Input with NUL
    bytes (UTF-16, binary data) has no lines to divide and is one segment.
    Takes linear time; mixed legacy text costs a detection for each line.

    Raises TypeError for str, BufferError for a buffer with gaps.
    """
    if isinstance(data, str):
        raise TypeError("segments() takes bytes, not str: text has no encoding any more")
    whole = bytes(bytes_of(data))
    if not whole:
        return ()
    found = detect(whole)
    if found.encoding is None or found.bom or b"\0" in whole or _settled(found):
        return (_segment(0, len(whole), found),)
    runs: list[tuple[int, int, str]] = []
    for start, end, utf8 in _utf8_runs(whole):
        if utf8:
            runs.append((start, end, "utf-8"))
        else:
            runs.extend(_legacy_runs(whole, start, end))
    return tuple(_segment(*each) for each in _judged(whole, _joined(runs)))


def _settled(found: Detection) -> bool:
    """Whether the structure of the bytes leaves no room for a second encoding."""
    return found.source == "structure" and not found.bad


def _segment(start: int, end: int, found: Detection) -> Segment:
    return Segment(
        start=start,
        end=end,
        encoding=found.encoding,
        language=found.language,
        confidence=found.confidence,
    )


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line, its line feed included; CR alone ends none."""
    while start < end:
        stop = data.find(b"\n", start, end) + 1 or end
        yield start, stop
        start = stop


def _utf8_runs(data: bytes) -> list[tuple[int, int, bool]]:
    """Runs of lines that are UTF-8, and runs that are not. ASCII lines go with what is before
    them, at the start with what follows."""
    runs: list[tuple[int, int, bool]] = []
    start, current = 0, None
    for begin, end in _lines(data, 0, len(data)):
        line = data[begin:end]
        if line.isascii():
            continue
        utf8 = _is_utf8(line)
        if current is not None and utf8 != current:
            runs.append((start, begin, current))
            start = begin
        current = utf8
    runs.append((start, len(data), bool(current)))
    return runs


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        # A damaged character or two does not make another encoding of a line of UTF-8.
        found = detect(line)
        return found.encoding == "utf-8" and not found.mixed
    return True


def _legacy_runs(data: bytes, start: int, end: int) -> list[tuple[int, int, str]]:
    """The runs in lines that are not UTF-8; names of charsets are those that detection gives."""
    names = _suspects(data, start, end)
    lines = list(_lines(data, start, end))
    if len(names) < 2 or len(lines) < 2:
        return [(start, end, next(iter(names), ""))]
    costs = [_line_costs(data[begin:stop], names) for begin, stop in lines]
    path = _cheapest(costs)
    runs: list[tuple[int, int, str]] = []
    for (begin, stop), choice in zip(lines, path, strict=True):
        if runs and runs[-1][2] == names[choice]:
            runs[-1] = (runs[-1][0], stop, names[choice])
        else:
            runs.append((begin, stop, names[choice]))
    return runs


def _suspects(data: bytes, start: int, end: int) -> list[str]:
    """Encodings that the text or a part of it is surely in, the one of the whole first."""
    names: dict[str, None] = {}
    parts = [(start, end)]  # grows while it is read: the largest parts are asked first
    for begin, stop in parts:
        part = data[begin:stop]
        found = detect(part)
        if found.encoding and (found.confidence >= _SURE or not names) and not found.bad:
            names.setdefault(found.encoding)
        middle = data.rfind(b"\n", begin, (begin + stop) // 2) + 1
        middle = middle or data.find(b"\n", begin, stop) + 1
        if begin < middle < stop and len(parts) + 2 <= _PARTS:
            parts += [
                (one, other)
                for one, other in ((begin, middle), (middle, stop))
                if _high_bytes(data[one:other]) >= _LEAST
            ]
    return _without_twins(data[start:end], list(names))


_ASCII = bytes(range(0x80))


def _high_bytes(data: bytes) -> int:
    return len(data.translate(None, _ASCII))


def _without_twins(data: bytes, names: list[str]) -> list[str]:
    """Leaves out encodings that read all of the text as an earlier one does."""
    kept: dict[str, str] = {}
    for name in names:
        text = _text(data, name)
        if text is None or text not in kept.values():
            kept[name] = text or name
    return list(kept)


def _text(data: bytes, name: str) -> str | None:
    try:
        return route(name).decode(data, "strict")[0]
    except UnicodeError:
        return None


def _line_costs(line: bytes, names: list[str]) -> list[float]:
    """What the line costs in each encoding, in bits over the best; all equal when it is ASCII."""
    if line.isascii():
        return [0.0] * len(names)
    found = detect(line, allow=names)
    ranked = {each.encoding: each.score for each in found.candidates}
    readings = {_text(line, name): score for name, score in ranked.items()}
    costs = []
    for name in names:
        text = _text(line, name)
        if text is None:
            costs.append(_UNREADABLE)
        else:
            costs.append(min(ranked.get(name, readings.get(text, _UNRANKED)), _UNRANKED))
    return costs


def _cheapest(costs: list[list[float]]) -> list[int]:
    """The choice for each line that makes the sum of its costs and of the changes least."""
    totals = costs[0]
    back: list[list[int]] = []
    for row in costs[1:]:
        best = min(range(len(totals)), key=totals.__getitem__)
        came = [k if totals[k] <= totals[best] + _SWITCH else best for k in range(len(totals))]
        totals = [min(totals[k], totals[best] + _SWITCH) + cost for k, cost in enumerate(row)]
        back.append(came)
    choice = min(range(len(totals)), key=totals.__getitem__)
    path = [choice]
    for came in reversed(back):
        choice = came[choice]
        path.append(choice)
    path.reverse()
    return path


def _joined(runs: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbours in the same encoding made one."""
    joined: list[tuple[int, int, str]] = []
    for start, end, name in runs:
        if joined and joined[-1][2] == name:
            joined[-1] = (joined[-1][0], end, name)
        else:
            joined.append((start, end, name))
    return joined


def _judged(data: bytes, runs: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, Detection]]:
    """The runs with what detection says of each: for a legacy one among those that read it so."""
    for start, end, name in runs:
        part = data[start:end]
        found = detect(part)
        own = found.encoding
        # A twin of what it was found as in the whole keeps its own name, the likelier one.
        twin = own is not None and name != "" and _text(part, own) == _text(part, name)
        if name and own != name and not twin and not part.isascii():
            asked = detect(part, allow=(name,))
            found = asked if asked.encoding else found
        yield start, end, found
