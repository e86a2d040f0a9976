"""The runs of input with more lines than are kept in memory: it is read section by section.

A further encoding has to save its price in one section; from then on all lines may be in it. What
the input is in is known when all of it has been read, so that where it is more than one encoding,
it is gone through once more for the runs.
"""

from __future__ import annotations

from .lines import Sections
from .readings import MOST, pick
from .runs import Runs
from .weighing import ENCODING, SAID, SWITCH, Reading, Weights, cheapest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

    from .._detection.result import Detection
    from .lines import Lines, Source

__all__ = ["runs_of_long"]


def runs_of_long(
    source: Source, found: Detection, ask: Callable[[Buffer], Detection]
) -> Runs | None:
    """The runs of a source of which detection says `found`; `ask` detects parts of it.

    None are found where all is in one encoding; None is returned where it has NUL bytes.
    """
    sections = Sections(source)
    readings = _readings(sections, found, ask, ENCODING, MOST)
    if readings is not None and len(readings) < 2 and found.mixed:
        readings = _readings(sections, found, ask, SAID, 2)
    if readings is None:
        return None
    while len(readings) > 1:
        path = _Path(readings)
        for lines in sections:
            path.add(lines)
        spare = path.spare()
        if spare is None:
            return path.runs
        del readings[spare]
    return Runs()


def _readings(
    sections: Sections,
    found: Detection,
    ask: Callable[[Buffer], Detection],
    price: int,
    most: int,
) -> list[Reading] | None:
    """The readings that the source is in, `most` at most; None where it has NUL bytes."""
    assert found.encoding is not None
    name = "utf-8" if found.encoding == "utf-8-sig" else found.encoding
    known = [Reading(name, None if name == "utf-8" else found.language)]
    for lines in sections:
        if lines.nul:
            return None
        if not len(lines):
            continue
        weights, picked = pick(lines, ask, known, price)
        names = {one.encoding for one in known}
        further = [weights.readings[k] for k in picked]
        known += [one for one in further if one.encoding not in names]
        del known[most:]
    return known


class _Path:
    """The cheapest way through all lines in some readings, and through them without each."""

    def __init__(self, readings: list[Reading]) -> None:
        self.runs = Runs()
        self._readings = readings
        self._last: int | None = None
        self._total = 0
        self._without = [0] * len(readings)

    def add(self, lines: Lines) -> None:
        """Goes on through the next section."""
        if not len(lines):
            return
        weights = Weights(lines)
        for reading in self._readings:
            weights.add(reading, always=True)
        total, runs = cheapest(weights.costs, self._last)
        self._total += total
        self._last = runs[-1][1]
        self.runs.add(lines, [(end, self._readings[choice].encoding) for end, choice in runs])
        for left_out in range(len(self._readings)):
            others = [costs for k, costs in enumerate(weights.costs) if k != left_out]
            self._without[left_out] += cheapest(others)[0]

    def spare(self) -> int | None:
        """The reading that saves less than its price and that of a change; else None."""
        least = min(range(len(self._without)), key=self._without.__getitem__)
        saved = self._without[least] - self._total
        return least if saved < ENCODING + SWITCH else None
