"""Writes native/tables/rcd_calibration_data.h: what a lead over the next reading is worth.

Runs the detector over pieces of the dev texts, other pieces than the reports of
benchmarks/accuracy.py draw, and counts how many answers of the language models are right: by
length of the input, by what a byte costs the best reading where charsets differ, and by its lead
over the second. Lists of word fragments and noise are among the pieces, so that text which no model
can read is not told surely, however far the least bad reading is ahead.
Then, for answers that hang on so many places, how much likelier they are wrong than that says.
A cell with few answers leans on those around it and promises less than they say, and the share of
right answers never falls as the lead grows.

    python native/gen/gen_calibration.py           fit, and write the table in place
    python native/gen/gen_calibration.py --check   fit a part of it, and compare

The fit depends on the detector itself, so the module must have been built from this tree; it takes
a few minutes. `check.py` compares no bytes here: tests/detection/test_calibration.py holds the
table to a part of the fit.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from struct import Struct
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import peers  # noqa: E402
import scoring  # noqa: E402
import set_names  # noqa: E402
import sets  # noqa: E402
from generated import digest_line, shared_root  # noqa: E402

PATH = ROOT / "native" / "tables" / "rcd_calibration_data.h"
TEXTS = "shared:corpora/dev"
SEEDS = (11, 12, 13, 14)
# Bytes: the bands of benchmarks/scoring.py, and shorter.
LENGTHS = (7, 13, 21, 41, 101, 401, 2001)
EACH = (25, 35, 45, 55, 65, 78, 92, 110)  # tenths of a bit a byte where charsets differ
LEADS = (5, 10, 20, 35, 55, 80, 120, 180, 280, 450, 700, 1000)  # tenths of a bit
PLACES = (1, 2, 3, 6, 16)  # where the best reading and the second differ
# A cell counts as this many answers of the cells that it leans on, and these as so many of theirs.
LEAN = 6.0
LONG = 5  # bins of length from this one on are long text
# Standard errors off each share: where few answers were seen, or many were wrong, promise less.
CAUTION = 1.0
SETS = (*set_names.REPORTED_SETS, "80", "1000")
SURE = 0.9999
LEAST = 0.01
_CANDIDATE = Struct(
    "@HHIiIHHi"
)  # charset, language, confidence, score, each, places, reserved, told


class Answer(NamedTuple):
    """One answer of the models: its cell, and whether it was right."""

    length: int
    each: int
    lead: int
    places: int
    right: bool


def bin_of(edges: tuple[int, ...], value: int) -> int:
    """Number of the first edge that `value` stays below, as rcd_calibration.c counts."""
    return sum(value >= edge for edge in edges)


def answers(shared: Path, seed: int, share: float = 1.0) -> Iterable[Answer]:
    """What the detector says of the dev texts, where the models said it."""
    import recodec
    from recodec._core import detection as core

    builder = sets.Builder(shared, seed, share)
    judge = scoring.Judge(shared)
    for name in SETS:
        for item in builder.get(name):
            found = recodec.detect(item.data)
            if found.source not in ("model", "declared"):
                continue
            raw = core.detect(item.data)
            ranked = [
                _CANDIDATE.unpack_from(raw, core._FIELDS.size + at * _CANDIDATE.size)
                for at in range(core.headline(raw)[5])
            ]
            lead = ranked[1][3] if len(ranked) > 1 else 1 << 30
            places = ranked[1][5] if len(ranked) > 1 else 1 << 30
            guess = peers.Guess(found.encoding, found.language, found.confidence)
            yield Answer(
                bin_of(LENGTHS, len(item.data)),
                bin_of(EACH, ranked[0][4]),
                bin_of(LEADS, lead),
                bin_of(PLACES, places),
                judge.judge(item, guess).right,
            )


Count = tuple[float, float]  # answers, right ones


def leaning(count: Count, on: float) -> float:
    """The share of right answers in a cell that leans on a share found elsewhere."""
    return (count[1] + LEAN * on) / (count[0] + LEAN)


def cautious(share: float, answers_seen: float) -> float:
    """A share less what it may be off by chance."""
    error: float = (share * (1.0 - share) / (answers_seen + LEAN)) ** 0.5
    return max(0.0, share - CAUTION * error)


def rising(values: list[float], weights: list[float]) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled."""
    pools: list[list[float]] = []  # value, weight, number of members
    for value, weight in zip(values, weights, strict=True):
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            high, low = pools.pop(-2), pools.pop()
            total = high[1] + low[1]
            mean = (high[0] * high[1] + low[0] * low[1]) / total
            pools.append([mean, total, high[2] + low[2]])
    return [pool[0] for pool in pools for _ in range(int(pool[2]))]


def fit(found: Iterable[Answer]) -> list[list[list[int]]]:
    """Millionths by length, cost per byte and lead."""
    cells: dict[tuple[int, int, int], Count] = defaultdict(lambda: (0.0, 0.0))
    by_two: dict[tuple[bool, int, int], Count] = defaultdict(lambda: (0.0, 0.0))
    by_each: dict[tuple[bool, int], Count] = defaultdict(lambda: (0.0, 0.0))
    by_lead: dict[int, Count] = defaultdict(lambda: (0.0, 0.0))
    for answer in found:
        for table, key in (
            (cells, (answer.length, answer.each, answer.lead)),
            (by_two, (answer.length >= LONG, answer.each, answer.lead)),
            (by_each, (answer.length >= LONG, answer.each)),
            (by_lead, answer.lead),
        ):
            n, right = table[key]  # type: ignore[index]
            table[key] = (n + 1, right + answer.right)  # type: ignore[index]
    out = []
    for length in range(len(LENGTHS) + 1):
        rows = []
        for each in range(len(EACH) + 1):
            values, weights = [], []
            for lead in range(len(LEADS) + 1):
                alone = leaning(by_lead[lead], 0.5)
                # A lead says little of text that no model can read, above all of long text.
                readable = leaning(by_each[length >= LONG, each], 0.5)
                pair = leaning(by_two[length >= LONG, each, lead], min(alone, readable))
                count = cells[length, each, lead]
                values.append(cautious(leaning(count, pair), count[0]))
                weights.append(count[0] + 1.0)
            rows.append(
                [round(1e6 * min(SURE, max(LEAST, share))) for share in rising(values, weights)]
            )
        out.append(rows)
    return out


def risks(found: Iterable[Answer], table: list[list[list[int]]]) -> list[int]:
    """Wrong answers to those that the table expects, in thousandths, by places."""
    cells: dict[int, Count] = defaultdict(lambda: (0.0, 0.0))
    for answer in found:
        wrong, expected = cells[answer.places]
        promised = table[answer.length][answer.each][answer.lead] / 1e6
        cells[answer.places] = (wrong + (not answer.right), expected + 1.0 - promised)
    risk = [
        round(1000 * (cells[places][0] + LEAN) / (cells[places][1] + LEAN))
        for places in range(len(PLACES) + 1)
    ]
    # Readings that differ in no place of what was read differ elsewhere: that is no reassurance.
    return [max(1000, risk[0]), *risk[1:]]


def source(texts: str, table: list[list[list[int]]], risk: list[int]) -> str:
    """The text of native/tables/rcd_calibration_data.h; `texts` names what was asked."""
    parts = [
        "/* GENERATED by native/gen/gen_calibration.py; do not edit. From answers to:\n"
        f" *   {texts}\n"
        " * Check with: python native/gen/gen_calibration.py --check    Renew without --check\n"
        " * Shares of right answers in millionths, by bytes of the input, tenths of a bit a\n"
        " * byte and lead in tenths of a bit; a bin ends below each number of its list. Then\n"
        " * how much likelier answers are wrong that hang on so many places, in thousandths. */\n"
        f"#define CALIBRATION_SURE {round(1e6 * SURE)}u\n"
        f"#define CALIBRATION_LEAST {round(1e6 * LEAST)}u\n"
    ]
    lists = (("LENGTHS", LENGTHS), ("EACH", EACH), ("LEADS", LEADS), ("PLACES", PLACES))
    for name, edges in lists:
        parts.append(f"#define CALIBRATION_{name} {len(edges)}\n")
        numbers = ", ".join(map(str, edges))
        parts.append(f"static const uint32_t calibration_{name.lower()}[] = {{{numbers}}};\n")
    parts.append(
        "static const uint32_t calibration[CALIBRATION_LENGTHS + 1][CALIBRATION_EACH + 1]\n"
        "                                 [CALIBRATION_LEADS + 1] = {\n"
    )
    for rows in table:
        parts.append("    {\n")
        parts += [f"        {{{', '.join(map(str, row))}}},\n" for row in rows]
        parts.append("    },\n")
    parts.append("};\n")
    numbers = ", ".join(map(str, risk))
    size = "CALIBRATION_PLACES + 1"
    parts.append(f"static const uint32_t calibration_risk[{size}] = {{\n    {numbers},\n}};\n")
    return "".join(parts)


def committed_texts() -> str:
    """What the tables in the tree were fitted to."""
    return PATH.read_text(encoding="utf-8").splitlines()[1].removeprefix(" *   ")


def committed() -> tuple[list[list[list[int]]], list[int]]:
    """The tables in the tree: shares, and risks."""
    text = PATH.read_text(encoding="utf-8").split("calibration[CALIBRATION_LENGTHS")[1]
    shares, risk = text.split("calibration_risk")
    numbers = [
        [int(number) for number in line.strip(" {},").split(", ")]
        for line in shares.splitlines()
        if line.startswith("        {")
    ]
    size = len(EACH) + 1
    return (
        [numbers[start : start + size] for start in range(0, len(numbers), size)],
        [int(number) for number in risk.splitlines()[1].strip(" ,").split(", ")],
    )


def distance(found: Iterable[Answer], table: list[list[list[int]]], risk: list[int]) -> float:
    """How far the tables are from answers: the mean, by answers, of the gap between what they say
    and the share that was right; over cells of the one or of the other, where it is larger."""
    cells: dict[tuple[int, int, int], list[float]] = defaultdict(list)
    by_places: dict[int, list[float]] = defaultdict(list)
    count = 0
    for answer in found:
        length, each, lead, places, right = answer
        wrong = (1.0 - table[length][each][lead] / 1e6) * risk[places] / 1e3
        gap = right - min(max(1.0 - wrong, LEAST), SURE)
        cells[length, each, lead].append(gap)
        by_places[places].append(gap)
        count += 1
    gaps = [sum(abs(sum(cell)) for cell in part.values()) for part in (cells, by_places)]
    return max(gaps) / count if count else 0.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare a part, write nothing")
    options = parser.parse_args(arguments)
    shared = shared_root()
    if options.check:
        gap = distance(answers(shared, SEEDS[0]), *committed())
        print(f"{PATH.name}: {gap:.4f} from the answers of seed {SEEDS[0]}")
        return int(gap > 0.02)
    found = [answer for seed in SEEDS for answer in answers(shared, seed)]
    table = fit(found)
    text = source(digest_line(TEXTS), table, risks(found, table))
    PATH.write_text(text, encoding="utf-8", newline="\n")
    print(f"{PATH.name}: {len(found)} answers, {distance(found, *committed()):.4f} from them")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
