"""Speed of recodec beside its peers: the same bytes, interleaved, medians of ratios.

    python benchmarks/speed.py --detectors recodec,chardet,faust-cchardet

Every round times each detector once on the same input, in turn, so that a machine that slows down
slows all of them; the figure is the median over rounds of "their time / ours". Before each is timed
it is called without being timed, so that all run from caches that hold what they need: the two or
three calls of a slow detector that fit into a round would else pay for what the others have thrown
out of the caches, and the hundred calls of a fast one would not. chardet is told to read all bytes
(`max_bytes`), as recodec does. What is timed is the library's own call; recodec leaves the language
of short ASCII and UTF-8 until it is read, so "recodec, read" times a call and the reading of what
it says, its language included. `--large` adds 100 MB inputs and `bytes.find` of an absent byte as
the yardstick, `--threads` measures what a second thread brings.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import inputs
import peers
from report import save, table

SIZES = {"64": 64, "1k": 1024, "10k": 10_240, "1m": 1 << 20}
LARGE = 100_000_000
_LARGE_KINDS = ("ascii", "utf8-ru", "utf8-ja", "cp1251", "cp932", "gb18030")
_FLOOR = 0.002  # a timing shorter than this is repeated inside the round
_WARM = 5  # calls before those that are timed, at least: from then on times no longer fall
_SLOW = 0.02  # a call that takes longer than this fills the caches by itself

READ = "recodec, read"  # what is timed of recodec beside its call

Call = Callable[[bytes], object]


def calls(detectors: list[peers.Detector], size: int) -> dict[str, Call]:
    """What to time for each detector: the library's call, for ours also with the answer read."""
    found: dict[str, Call] = {}
    for detector in detectors:
        if detector.name == "chardet":
            found[detector.name] = _whole_chardet(size)
        else:
            found[detector.name] = detector.call
        if detector.name == "recodec":
            found[READ] = detector.guess
    return found


def _whole_chardet(size: int) -> Call:
    try:
        adapter = peers.Chardet(max_bytes=max(size, 1))
        adapter.guess(b"abc")
    except TypeError:  # before 7.0 there is no such option, and everything is read
        adapter = peers.Chardet()
    return adapter.call


def time_once(call: Call, data: bytes, repeat: int) -> float:
    """Seconds per call over `repeat` calls."""
    start = time.perf_counter()
    for _ in range(repeat):
        call(data)
    return (time.perf_counter() - start) / repeat


def measure(entrants: dict[str, Call], data: bytes, rounds: int) -> dict[str, list[float]]:
    """Seconds per call, one figure per round, the detectors in turn within each round."""
    repeats: dict[str, int] = {}
    warm: dict[str, int] = {}
    for name, call in entrants.items():
        first = min(time_once(call, data, 1) for _ in range(2))
        repeats[name] = max(1, min(2000, int(_FLOOR / max(first, 1e-7))))
        warm[name] = max(_WARM, repeats[name]) if first < _SLOW else 0
    times: dict[str, list[float]] = {name: [] for name in entrants}
    order = list(entrants)
    for number in range(rounds):
        for name in order if number % 2 else reversed(order):
            for _ in range(warm[name]):
                entrants[name](data)
            times[name].append(time_once(entrants[name], data, repeats[name]))
    return times


def summary(times: dict[str, list[float]], base: str) -> dict[str, dict[str, float]]:
    """Median microseconds, and the median over rounds of the ratio to `base`."""
    return {
        name: {
            "us": median(values) * 1e6,
            "ratio": median(value / ours for value, ours in zip(values, times[base], strict=True)),
        }
        for name, values in times.items()
    }


def growth(call: Call, kind: str) -> float:
    """Time per byte at 1 MB over time per byte at 64 KB: about 1 where work is linear."""
    small, large = inputs.make(kind, 1 << 16), inputs.make(kind, 1 << 20)
    rates = [
        (time_once(call, large, 1) / len(large)) / (time_once(call, small, 4) / len(small))
        for _ in range(5)
    ]
    return median(rates)


def threads_gain(call: Call, data: bytes, count: int) -> float:
    """How many times more calls two threads finish in the time of one."""

    def work() -> None:
        for _ in range(count):
            call(data)

    ratios = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        alone = time.perf_counter() - start
        pair = [threading.Thread(target=work) for _ in range(2)]
        start = time.perf_counter()
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()
        ratios.append(2 * alone / (time.perf_counter() - start))
    return median(ratios)


def find_absent(data: bytes) -> object:
    """Looks at every byte, as recodec does, for one that is not there."""
    # 0x01 is in none of the large inputs, so every byte is looked at.
    return data.find(b"\x01")


def _duration(microseconds: float) -> str:
    if microseconds < 1000:
        return f"{microseconds:.1f} us"
    if microseconds < 1e6:
        return f"{microseconds / 1e3:.1f} ms"
    return f"{microseconds / 1e6:.2f} s"


def _show(rows: dict[str, dict[str, dict[str, float]]], names: list[str], base: str) -> None:
    lines = []
    for label, by_name in rows.items():
        cells = [label]
        for name in names:
            found = by_name.get(name)
            if found is None:
                cells.append("-")
            elif name == base:
                cells.append(_duration(found["us"]))
            else:
                cells.append(f"{_duration(found['us'])} x{found['ratio']:.1f}")
        lines.append(cells)
    print(table(["input", *names], lines))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--detectors", default="all", help=f"of: {','.join(peers.NAMES)}, or all")
    parser.add_argument("--kinds", default=",".join(inputs.KINDS))
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--large", action="store_true", help="also 100 MB inputs")
    parser.add_argument("--large-bytes", type=int, default=LARGE)
    parser.add_argument("--growth", action="store_true", help="also look for quadratic work")
    parser.add_argument("--threads", action="store_true", help="also measure a second thread")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)

    names = list(peers.NAMES) if args.detectors == "all" else args.detectors.split(",")
    kinds = [kind for kind in args.kinds.split(",") if kind]
    sizes = [size for size in args.sizes.split(",") if size]
    unknown = [name for name in names if name not in peers.NAMES]
    unknown += [kind for kind in kinds if kind not in inputs.KINDS]
    unknown += [size for size in sizes if size not in SIZES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}", file=sys.stderr)
        return 2
    detectors, missing = peers.load(names)
    for name, why in missing.items():
        print(f"{name} is left out: {why}", file=sys.stderr)
    if not detectors:
        return 2
    base = detectors[0].name
    order = list(calls(detectors, 1))
    out: dict[str, Any] = {
        "detectors": {detector.name: detector.version for detector in detectors},
        "base": base,
        "rounds": args.rounds,
        "speed": {},
    }
    for size in sizes:
        for kind in kinds:
            data = inputs.make(kind, SIZES[size])
            entrants = calls(detectors, len(data))
            rounds = args.rounds if SIZES[size] < (1 << 20) else max(3, args.rounds // 2)
            out["speed"][f"{size} {kind}"] = summary(measure(entrants, data, rounds), base)
    print(f"median time per call; xN: median of (its time / {base}'s)")
    _show(out["speed"], order, base)

    if args.large:
        out["large"] = {}
        for kind in _LARGE_KINDS:
            data = inputs.make(kind, args.large_bytes)
            entrants = {**calls(detectors, len(data)), "bytes.find": find_absent}
            times = measure(entrants, data, 3)
            out["large"][kind] = summary(times, base)
            for name, found in summary(times, "bytes.find").items():
                out["large"][kind][name]["over_find"] = found["ratio"]
        print(f"\n{args.large_bytes} bytes, all examined; xN: its time / {base}'s")
        _show(out["large"], [*order, "bytes.find"], base)
        print("\nthe same, as times bytes.find of an absent byte")
        rows = [
            [kind, *(f"{found[name]['over_find']:.1f}" for name in order)]
            for kind, found in out["large"].items()
        ]
        print(table(["input", *order], rows))
    if args.growth:
        timed = calls(detectors, 1 << 20)
        out["growth"] = {
            kind: {name: round(growth(call, kind), 2) for name, call in timed.items()}
            for kind in inputs.HOSTILE
        }
        print("\ntime per byte at 1 MB over time per byte at 64 KB")
        rows = [[kind, *(f"{found[name]:.2f}" for name in order)]
                for kind, found in out["growth"].items()]  # fmt: skip
        print(table(["input", *order], rows))
    if args.threads:
        data = inputs.make("cp1251", 1 << 20)
        out["threads"] = {
            name: round(threads_gain(call, data, 4), 2)
            for name, call in calls(detectors, len(data)).items()
        }
        print("\ntwo threads over one: " + ", ".join(f"{k} {v}" for k, v in out["threads"].items()))
    if args.json:
        save(args.json, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
