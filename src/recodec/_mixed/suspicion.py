"""Is one line in another encoding than the rest? A look that is cheap beside dividing the lines."""

from __future__ import annotations

from .lines import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typing_extensions import Buffer

    from .._detection.result import Detection
    from .lines import Source

__all__ = ["strange_lines", "suspicious"]

_STRANGE_COST = 200  # tenths of a bit that a strange line costs more than others
_WINDOWS = 8  # parts of longer input that are looked at for a suspicion,
_WINDOW = 1 << 10  # and the bytes of each


def suspicious(source: Source, found: Detection, ask: Callable[[Buffer], Detection]) -> bool:
    """Whether a look with `segments.divided` pays at a source of which detection says `found`.

    The line that the answer reads worst is asked by itself: in nearly all files in several
    encodings it is said to be in another one, in few others. Of more than 8 KiB only windows are
    looked at, so that it takes a small part of the time that dividing does. Only the answer of
    models needs it: what structure or a declaration decides is mixed where detection says so.
    """
    if found.encoding is None:
        return False
    lines = Lines(_windows(source))
    if lines.nul or len(lines) < 2:
        return False
    from .weighing import Reading, Weights

    weights = Weights(lines)
    weights.add(Reading(found.encoding, found.language))
    strange = strange_lines(lines, weights.costs[0])
    return bool(strange) and ask(lines.line(strange[0])).encoding != found.encoding


def _windows(source: Source) -> bytes:
    """All of a source, or the whole lines in some windows of it."""
    size = len(source)
    if size <= _WINDOWS * _WINDOW:
        return bytes(source[0:size])
    pieces = []
    for number in range(_WINDOWS):
        start = (size - _WINDOW) * number // (_WINDOWS - 1)
        piece = bytes(source[start : start + _WINDOW])
        end = b"\n" if b"\n" in piece else b"\r"
        pieces.append(piece[piece.find(end) + 1 if start else 0 : piece.rfind(end) + 1])
    return b"".join(pieces)


def strange_lines(lines: Lines, costs: Sequence[int]) -> list[int]:
    """The lines that cost much more than others for their bytes beyond ASCII, the worst first."""
    pairs = list(zip(costs, lines.high, strict=True))
    rates = sorted([cost / high for cost, high in pairs if cost and high])
    if not rates:
        return []
    rate = rates[len(rates) // 4]
    excess = [
        (over, number)
        for number, (cost, high) in enumerate(pairs)
        if (over := cost - rate * high) >= _STRANGE_COST
    ]
    return [number for _, number in sorted(excess, reverse=True)]
