"""Accuracy of recodec and its peers on the evaluation sets.

    python benchmarks/accuracy.py --detectors recodec,chardet --sets 30,200 --misses 20

Prints one row per set (decode-equivalent percent: average over (language, encoding) pairs, and
weighted by how common the pair is), languages, calibration; `--json` keeps the figures.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import charsets
import peers
import scoring
import set_names
import sets
from report import save, table
from scoring import Verdict


def run(
    detector: peers.Detector, items: list[set_names.Item], judge: scoring.Judge
) -> tuple[list[Verdict], float]:
    """All verdicts of a detector on a set, and the seconds spent in the detector alone."""
    guesses: list[peers.Guess] = []
    start = time.perf_counter()
    for item in items:
        guesses.append(detector.guess(item.data))
    spent = time.perf_counter() - start
    return [judge.judge(item, guess) for item, guess in zip(items, guesses, strict=True)], spent


Results = dict[str, dict[str, list[Verdict]]]  # set -> detector -> verdicts


def figures(results: Results, seconds: dict[str, float], meta: dict[str, Any]) -> dict[str, Any]:
    """Everything the tables show, as plain data."""
    out: dict[str, Any] = {**meta, "sets": {}, "calibration": {}, "reliability": {}, "seconds": {}}
    out["close"] = {}
    per_detector: dict[str, list[Verdict]] = defaultdict(list)
    for name, by_detector in results.items():
        out["sets"][name] = {}
        for detector, verdicts in by_detector.items():
            per_detector[detector] += verdicts
            out["sets"][name][detector] = {
                key: round(value, 2) if isinstance(value, float) else value
                for key, value in scoring.score(verdicts)._asdict().items()
            }
    for detector, verdicts in per_detector.items():
        out["seconds"][detector] = round(seconds[detector], 3)
        out["calibration"][detector] = {
            name: {"items": row.items, "error": round(row.error, 4),
                   "sure_and_wrong": round(row.sure_and_wrong, 3)}
            for name, row in scoring.calibration(verdicts).items()
        }  # fmt: skip
        out["close"][detector] = {
            name: {"items": row.items, "exact": round(row.exact, 2), "within": round(row.within, 2)}
            for name, row in scoring.close_languages(verdicts).items()
        }
        out["reliability"][detector] = {
            name: [[row.items, round(row.said, 4), round(row.right, 4)] for row in rows]
            for name, rows in scoring.reliability(verdicts).items()
        }
    return out


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def show(out: dict[str, Any]) -> None:
    """Prints the tables of `figures`."""
    detectors = list(out["detectors"])
    for title, key in (
        ("decode-equivalent, average over (language, encoding) pairs", "macro"),
        ("decode-equivalent, weighted by how common the pair is", "weighted"),
        ("strict names (aliases and supersets count), average over pairs", "names"),
        ("language, exact BCP 47 tag", "language"),
        ("language, primary subtag (nb = nn = no, yue = zh)", "primary"),
    ):
        rows = []
        for name, by_detector in out["sets"].items():
            cells = [by_detector[detector][key] for detector in detectors]
            if any(cell is not None for cell in cells):
                items = str(next(iter(by_detector.values()))["items"])
                rows.append([name, items, *map(_cell, cells)])
        print(f"\n{title}\n{table(['set', 'items', *detectors], rows)}")
    close = out["close"][detectors[0]]
    if close:
        rows = []
        for name in close:
            found = [out["close"][detector][name] for detector in detectors]
            cells = [f"{one['exact']:.2f} {one['within']:.2f}" for one in found]
            rows.append([name, str(close[name]["items"]), *cells])
        print("\nclose languages over all sets above: the exact tag, and one of the group")
        print(table(["group", "items", *detectors], rows))
    rows = []
    for name in (*scoring.BANDS, "all"):
        row = [name]
        for detector in detectors:
            found = out["calibration"][detector].get(name)
            row.append(f"{found['error']:.3f} {found['sure_and_wrong']:.2f}" if found else "-")
        rows.append(row)
    print("\ncalibration error, and percent of all answers wrong with > 0.9, by input bytes")
    print(table(["bytes", *detectors], rows))
    print("\nseconds: " + ", ".join(f"{name} {out['seconds'][name]:.2f}" for name in detectors))


def show_misses(results: Results, count: int) -> None:
    """The commonest confusions of each detector: true encoding/language -> guessed."""
    for detector in next(iter(results.values())):
        tally: Counter[tuple[str, str, str]] = Counter()
        sample: dict[tuple[str, str, str], str] = {}
        for name, by_detector in results.items():
            for verdict in by_detector[detector]:
                if not verdict.right:
                    item, guess = verdict.item, verdict.guess
                    key = (
                        name,
                        f"{item.encoding}/{item.language or '-'}",
                        f"{guess.encoding}/{guess.language or '-'}",
                    )
                    tally[key] += 1
                    sample.setdefault(key, f"{item.id} {(item.text or '')[:34]!r}")
        print(f"\n{detector}: {sum(tally.values())} wrong; commonest")
        for key, number in tally.most_common(count):
            print(f"{number:5} {key[0]:10} {key[1]:24} -> {key[2]:24} {sample[key]}")


def show_pairs(results: Results, count: int) -> None:
    """Each detector's worst (language, encoding) pairs over the sets that were run."""
    for detector in next(iter(results.values())):
        rates: dict[str, list[bool]] = defaultdict(list)
        weights: dict[str, float] = {}
        for by_detector in results.values():
            for verdict in by_detector[detector]:
                key = f"{verdict.item.language or '-'}/{verdict.item.encoding}"
                rates[key].append(verdict.right)
                weights[key] = verdict.item.weight
        ranked = sorted(rates.items(), key=lambda row: (sum(row[1]) / len(row[1]), -len(row[1])))
        print(f"\n{detector}: worst pairs (right/items, weight)")
        for key, flags in ranked[:count]:
            print(f"  {key:30} {sum(flags)}/{len(flags)}  {weights[key]:.4f}")


def show_languages(results: Results, count: int) -> None:
    """Each detector's commonest wrong languages, over all sets that were run."""
    for detector in next(iter(results.values())):
        tally: Counter[tuple[str, str]] = Counter()
        asked: Counter[str] = Counter()
        for by_detector in results.values():
            for verdict in by_detector[detector]:
                if verdict.language_right is not None:
                    asked[str(verdict.item.language)] += 1
                    if not verdict.language_right:
                        tally[(str(verdict.item.language), str(verdict.guess.language))] += 1
        print(f"\n{detector}: commonest wrong languages (true -> said)")
        for (true, said), number in tally.most_common(count):
            print(f"  {true:8} -> {said:8} {number:5} of {asked[true]}")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--detectors", default="recodec", help=f"all, or of {','.join(peers.NAMES)}"
    )
    parser.add_argument(
        "--sets",
        default="all",
        help=f"all, legacy, or of {','.join(set_names.REPORTED_SETS)}",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--items", type=float, default=1.0, help="multiplies items per pair")
    parser.add_argument("--shared", help="folder with corpora/ and tables/ (RECODEC_SHARED)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--misses", type=int, default=0, help="show this many confusions")
    parser.add_argument("--by-pair", type=int, default=0, help="show this many worst pairs")
    parser.add_argument("--languages", type=int, default=0, help="show this many wrong languages")
    args = parser.parse_args(argv)

    shared = charsets.shared_folder(args.shared)
    if not (shared / "corpora" / "dev").is_dir():
        print(f"no dev texts in {shared}: give --shared or RECODEC_SHARED", file=sys.stderr)
        return 2
    wanted = {
        "all": ",".join(set_names.REPORTED_SETS),
        "legacy": ",".join(set_names.LEGACY_SETS),
    }
    asked = wanted.get(args.sets, args.sets).split(",")
    known = (
        set_names.REPORTED_SETS
        + set_names.LENGTH_SETS
        + set_names.GROUP_SETS
        + set_names.REGISTRY_SETS
    )
    unknown = [name for name in asked if name not in known]
    names = list(peers.NAMES) if args.detectors == "all" else args.detectors.split(",")
    unknown += [name for name in names if name not in peers.NAMES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}", file=sys.stderr)
        return 2
    detectors, missing = peers.load(names)
    for name, why in missing.items():
        print(f"{name} is left out: {why}", file=sys.stderr)
    if not detectors:
        return 2

    builder = sets.Builder(shared, args.seed, args.items)
    judge = scoring.Judge(shared)
    results: Results = {}
    seconds: dict[str, float] = defaultdict(float)
    for set_name in asked:
        items = builder.get(set_name)
        results[set_name] = {}
        for detector in detectors:
            verdicts, spent = run(detector, items, judge)
            results[set_name][detector.name] = verdicts
            seconds[detector.name] += spent
    meta = {
        "seed": args.seed,
        "items": args.items,
        "detectors": {detector.name: detector.version for detector in detectors},
    }
    out = figures(results, seconds, meta)
    show(out)
    if args.misses:
        show_misses(results, args.misses)
    if args.by_pair:
        show_pairs(results, args.by_pair)
    if args.languages:
        show_languages(results, args.languages)
    if args.json:
        save(args.json, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
