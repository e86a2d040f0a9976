"""The encodings that lines may be in, as detection tells them of all, of parts and of single lines.

Which of them the lines are in is for their weights to say.
"""

from __future__ import annotations

from .suspicion import strange_lines
from .weighing import ENCODING, Reading, Weights, chosen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from typing_extensions import Buffer

    from .._detection.result import Detection
    from .lines import Lines

__all__ = ["MOST", "pick"]

MOST = 10
"""Encodings that lines are read in, at most."""

_LEAST = 16  # bytes beyond ASCII that a part needs to be asked by itself
_PARTS = 31  # parts that are asked at most: the whole, its halves, ... and its 16ths;
_PARTS_MORE = 7  # to its quarters where other lines have told what to expect
_STRANGE = 24  # lines that are asked because no encoding so far reads them well
_SURE = 0.5  # confidence from which an answer counts


def pick(
    lines: Lines,
    ask: Callable[[Buffer], Detection],
    known: Sequence[Reading] = (),
    price: int = ENCODING,
) -> tuple[Weights, list[int]]:
    """What lines cost in the readings that they may be in, and which of these they are in.

    `known` are what other lines of the input are in; they come first among the readings, unless
    they read as one before them, and need not save the `price` of a further one. None is picked
    where `ask`, which detects some of the lines, knows no encoding.
    """
    weights = Weights(lines)
    for reading in known:
        weights.add(reading)
    free = len(weights.readings)
    for reading in _suspects(lines, ask, _PARTS_MORE if known else _PARTS):
        if len(weights.readings) < MOST:
            weights.add(reading)
    if not weights.readings:
        return weights, []
    picked = chosen(weights, price, free)
    more = [weights.add(reading) for reading in _of_strange_lines(lines, weights, picked, ask)]
    if any(more):
        picked = chosen(weights, price, free)
    return weights, weights.ordinary(picked)


def _suspects(lines: Lines, ask: Callable[[Buffer], Detection], most: int) -> Iterator[Reading]:
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
        if len(part) > 1 and len(parts) + 2 <= most:
            for half in (part[:middle], part[middle:]):
                # Each has one at least.
                if len(half) >= _LEAST or sum(lines.high[number] for number in half) >= _LEAST:
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
    return _by_votes(votes)[: MOST // 2]
