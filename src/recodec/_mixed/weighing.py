"""Which of some encodings is each line in? Weights of the language models, and the cheapest path.

Every line is read in every encoding that showed up and weighed by the models of the core, in bits:
what it would cost to write it down in that language. A change of encoding between two lines has a
price, and so has an encoding that the file did without; the cheapest way through all lines wins
(Viterbi, IEEE Transactions on Information Theory 13, 1967; the price of a further encoding is the
minimum description length of Rissanen, Automatica 14, 1978).
"""

from __future__ import annotations

from .._coding.route import route
from .._core import detection as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, MutableSequence, Sequence

    from .lines import Lines

__all__ = ["ENCODING", "SAID", "SWITCH", "Reading", "Weights", "cheapest", "chosen"]

# Tenths of a bit.
SWITCH = 60  # a change of encoding from one line to the next
ENCODING = 450  # one more encoding in the file
SAID = 80  # and where detection says that there are several
_OTHER_LANGUAGE = 100  # a line in another language than the rest in its encoding
_SOLID = 10_000  # a line that is something else by the structure of its bytes
_ORDINARY = 60  # what a byte of ordinary text stays below
_FEW_WORDS = 100  # and what so few of them cost more that they say nothing of it
_MOST = 1 << 24  # no line costs more, so that sums of many stay small


class Reading:
    """An encoding that lines may be in, and the BCP 47 tag of the language they are in then."""

    __slots__ = ("encoding", "language")

    def __init__(self, encoding: str, language: str | None) -> None:
        self.encoding = encoding
        self.language = language


class Weights:
    """What every line costs in each reading that was added, in tenths of a bit."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.readings: list[Reading] = []
        self.costs: list[MutableSequence[int]] = []

    def add(self, reading: Reading, *, always: bool = False) -> bool:
        """Weighs all lines in one more reading.

        False, unless it is `always` to be added, when it is known, or costs everywhere what another
        does: then it reads the same.
        """
        if not always and any(known.encoding == reading.encoding for known in self.readings):
            return False
        costs = self._weigh(reading)
        for known, others in zip(self.readings, self.costs, strict=True):
            self._level(known, others, reading, costs)
        if not always and costs in self.costs:
            return False
        self.readings.append(reading)
        self.costs.append(costs)
        return True

    def _weigh(self, reading: Reading) -> MutableSequence[int]:
        """What every line costs by itself."""
        remembered = self._lines.weighed
        key = reading.encoding, reading.language
        if remembered and key in remembered:
            return remembered[key][:]
        costs = self.numbers()
        for count, data in self._lines.blocks():
            costs.extend(_costs(data, count, reading))
        # What surely is UTF-8 needs no models to say so.
        if len(costs) < len(self._lines):
            solid = 0 if reading.encoding == "utf-8" else _SOLID
            weighed = iter(costs)
            costs = self.numbers(
                [next(weighed) if is_open else solid for is_open in self._lines.open]
            )
        if remembered is not None:
            remembered[key] = costs[:]
        return costs

    def _level(
        self,
        one: Reading,
        costs: MutableSequence[int],
        other: Reading,
        others: MutableSequence[int],
    ) -> None:
        """Makes lines that are the same text in two readings cost the same in both, the less.

        They are no evidence for either, but for the languages that the rest is in.
        """
        for number, (cost, another) in enumerate(zip(costs, others, strict=True)):
            # No language makes more of a difference.
            if 0 < abs(cost - another) <= 2 * _OTHER_LANGUAGE:
                line = self._lines.line(number)
                if _text(line, one.encoding) == _text(line, other.encoding):
                    costs[number] = others[number] = min(cost, another)

    def ordinary(self, picked: Sequence[int]) -> list[int]:
        """Those of some readings that divide the lines into ordinary text, or else one of them.

        Pieces of words cost much in every reading, and some of them a little less in anything.
        """
        left = list(picked)
        while len(left) > 1:
            _, runs = cheapest([self.costs[k] for k in left])
            over = [0] * len(left)
            begin = 0
            for end, choice in runs:
                costs = self.costs[left[choice]]
                for number in range(begin, end):
                    if self._lines.open[number]:
                        over[choice] += costs[number] - _ORDINARY * self._lines.words[number]
                begin = end
            for choice, k in enumerate(left):
                if self.readings[k].encoding.startswith(("utf-8", "iso2022")):
                    over[choice] = 0  # these are told by their structure
            worst = max(range(len(left)), key=over.__getitem__)
            if over[worst] <= _FEW_WORDS:
                break
            del left[worst]
        return left

    def least(self, picked: Sequence[int]) -> Sequence[int]:
        """What every line costs in the cheapest of some readings."""
        costs = [self.costs[k] for k in picked]
        return costs[0] if len(costs) == 1 else self.numbers(map(min, *costs))

    def numbers(self, costs: Iterable[int] = ()) -> MutableSequence[int]:
        """Costs of lines, all or some of them."""
        return self._lines.numbers("i", costs)


def _costs(data: bytes, count: int, reading: Reading) -> list[int]:
    """What each of the `count` lines of `data` costs."""
    names = core.language_names()
    languages = [names.index(reading.language), 0] if reading.language else [0]

    def weighed(text: str, lines: int) -> list[int]:
        return list(core.own_costs(text, languages, lines, _OTHER_LANGUAGE, _MOST))

    costs = weighed(_text(data, reading.encoding), count + 1)
    if len(costs) != count:
        # Ill-formed sequences took a line end along, or a character is one.
        texts = (_text(line, reading.encoding).translate(_NO_ENDS) for line in data.splitlines())
        costs = [cost for text in texts for cost in weighed(text, 1) or (0,)]
    if b"\x1b$" in data and not reading.encoding.startswith("iso2022"):
        for number, line in enumerate(data.splitlines()):
            costs[number] += _SOLID if b"\x1b$" in line else 0
    return costs


_NO_ENDS = {0x0A: " ", 0x0D: " "}


def _text(data: bytes, encoding: str) -> str:
    way = route(encoding)
    try:
        # Half a surrogate pair is what some programs write, and no other encoding.
        policy = "surrogatepass" if encoding == "utf-8" else "strict"
        text: str = way.decode(data, policy)[0]
    except UnicodeError:
        return str(way.decode(data, "replace")[0])
    # What stands for lost characters is text where it was written so, and no damage of this file.
    return text.replace("\ufffd", "?")


def chosen(weights: Weights, price: int = ENCODING, free: int = 0) -> list[int]:
    """The readings that the file is in, as indices: the first `free`, or else the cheapest alone.

    `price` is what each further one has to save, in tenths of a bit.
    """
    costs = weights.costs
    if free:
        picked = list(range(free))
        total, _ = cheapest(costs[:free])
    else:
        alone = [sum(each) for each in costs]
        picked = [min(range(len(costs)), key=alone.__getitem__)]
        total = alone[picked[0]]
    least = weights.least(picked)
    while len(picked) < len(costs):
        # What a reading saves where changes are free bounds what it can save.
        bounds = [(sum(map(min, least, costs[k])), k) for k in range(len(costs)) if k not in picked]
        floor = sum(least)
        for bound, k in sorted(bounds):
            if floor - bound < price + SWITCH:
                return picked
            sum_with, _ = cheapest([costs[each] for each in (*picked, k)])
            if sum_with + price < total:
                picked.append(k)
                total = sum_with
                least = weights.numbers(map(min, least, costs[k]))
                break
        else:
            return picked
    return picked


def cheapest(
    costs: Sequence[Sequence[int]], came: int | None = None
) -> tuple[int, list[tuple[int, int]]]:
    """The cheapest way through all lines: what it costs, and its runs as (line after, choice).

    `came` is the choice for the line before the first.
    """
    if len(costs) == 1:
        return sum(costs[0]), [(len(costs[0]), 0)]
    return core.cheapest(costs, SWITCH, came)
