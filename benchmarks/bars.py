"""The bars that speed and memory are held to: each with what was measured, in one run.

    python benchmarks/bars.py --json results/bars.json

Times are ratios of interleaved calls (see speed.py), so that they mean the same on every machine.
Bars beside a peer that is not installed, and over sets whose texts are missing, are left out with a
word. Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import charsets
import imports
import inputs
import memory
import peers
import set_names
import sets
import speed
from report import save, table

_ROOT = Path(__file__).resolve().parent.parent
_MODELS = ("rcd_models_data.h", "rcd_ranking_data.h", "rcd_words_data.h",
           "rcd_relatives_data.h", "rcd_known_data.h")  # fmt: skip
_LARGE = {"ascii": 2.5, "utf8-ru": 6.0, "utf8-ja": 6.0, "cp1251": 20.0, "cp932": 20.0,
          "gb18030": 20.0}  # fmt: skip
# kind, bytes, {peer: how many times faster}
_CALLS: tuple[tuple[str, int, dict[str, float]], ...] = (
    ("cp1251", 1024, {"chardet": 45, "faust-cchardet": 20}),
    ("cp1252-html", 1024, {"chardet": 150}),
    ("ascii", 1024, {"faust-cchardet": 2}),
    ("utf8-ru", 1024, {"faust-cchardet": 2}),
    ("cp932", 10240, {"chardet": 60}),
)
_SET_BARS = {"chardet": 40.0, "faust-cchardet": 5.0}
_MIB = 1 << 20


class Bar(NamedTuple):
    """One bar: `measured` must be at least `must`, or at most where `below`."""

    name: str
    unit: str
    must: float
    measured: float
    below: bool = False

    @property
    def met(self) -> bool:
        """Whether the bar is reached."""
        return self.measured <= self.must if self.below else self.measured >= self.must


def call_bars(detectors: list[peers.Detector], rounds: int) -> Iterator[Bar]:
    """One call on a small text, beside the peers."""
    for kind, size, musts in _CALLS:
        data = inputs.make(kind, size)
        found = speed.summary(
            speed.measure(speed.calls(detectors, len(data)), data, rounds), "recodec"
        )
        yield Bar(f"{size} B of {kind}", "us", 1e9, found["recodec"]["us"], below=True)
        read = found[speed.READ]
        yield Bar(f"{size} B of {kind}, language read", "us", 1e9, read["us"], below=True)
        for peer, must in musts.items():
            if peer in found:
                ratio = found[peer]["ratio"]
                yield Bar(f"{size} B of {kind}", f"x {peer}", must, ratio)
                measured = ratio / read["ratio"]
                yield Bar(f"{size} B of {kind}, language read", f"x {peer}", 0, measured)


def set_bars(detectors: list[peers.Detector], shared: Path, items: float) -> Iterator[Bar]:
    """All texts of the accuracy sets, each detector in turn on each text."""
    builder = sets.Builder(shared, 1, items)
    entrants: dict[str, speed.Call] = {
        d.name: d.call for d in detectors if d.name in ("recodec", *_SET_BARS)
    }
    entrants[speed.READ] = detectors[0].guess
    seconds = dict.fromkeys(entrants, 0.0)
    for name in set_names.ALL_SETS:
        for item in builder.get(name):
            for detector, call in entrants.items():
                start = time.perf_counter()
                call(item.data)
                seconds[detector] += time.perf_counter() - start
    for peer, must in _SET_BARS.items():
        if peer in seconds:
            yield Bar("all accuracy sets", f"x {peer}", must, seconds[peer] / seconds["recodec"])
            measured = seconds[peer] / seconds[speed.READ]
            yield Bar("all accuracy sets, language read", f"x {peer}", 0, measured)


def large_bars(ours: peers.Detector, size: int, rounds: int) -> Iterator[Bar]:
    """Whole large inputs beside a search through all of their bytes."""
    for kind, must in _LARGE.items():
        data = inputs.make(kind, size)
        entrants: dict[str, speed.Call] = {"recodec": ours.guess, "bytes.find": speed.find_absent}
        found = speed.summary(speed.measure(entrants, data, rounds), "bytes.find")
        label = f"{size // 1_000_000} MB of {kind}"
        yield Bar(label, "x bytes.find", must, found["recodec"]["ratio"], below=True)


def growth_bars(ours: peers.Detector) -> Iterator[Bar]:
    """No quadratic work: time per byte where 16 times as much is read, at most double."""
    for kind in (*inputs.HOSTILE, "cp1251", "cp932"):
        measured = speed.growth(ours.guess, kind)
        yield Bar(f"{kind}, 1 MB over 64 KB", "time per byte", 2.0, measured, below=True)


_FLOOD = """\
import time, recodec
data = b"\\xe9" * {size}
recodec.detect(data[:1000])
start = time.perf_counter()
recodec.detect(data)
flood = time.perf_counter() - start
start = time.perf_counter()
data.find(b"\\x01")
print(flood / (time.perf_counter() - start))
"""


def flood_bar(size: int) -> Bar:
    """A gigabyte of one byte, in a process of its own."""
    script = _FLOOD.format(size=size)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    label = f"{size // 1_000_000} MB of one byte"
    return Bar(label, "x bytes.find", 20.0, float(done.stdout), below=True)


def memory_bars(size: int) -> Iterator[Bar]:
    """Growth of the peak beyond the input, in one call and in a stream of twice the size."""
    for kind in ("ascii", "cp1251", "cp932"):
        called, _ = memory.called(kind, size)
        fed, _ = memory.fed(kind, 2 * size, 1 << 16)
        grown = max(called, fed) / _MIB
        yield Bar(f"memory, {size >> 20} MiB of {kind}", "MiB", 1.0, grown, below=True)


_HALF = """\
import sys, recodec, inputs
items = [inputs.make("cp1251", {size})] * {count}
recodec.detect_many(items[:2])
print(flush=True)
for line in sys.stdin:
    recodec.detect_many(items)
    print(flush=True)
"""


class Halves:
    """Two processes that share nothing and each do half of the work: what the machine allows."""

    def __init__(self, size: int, count: int) -> None:
        script = _HALF.format(size=size, count=count // 2)
        self._pair = [
            subprocess.Popen(
                [sys.executable, "-c", script], text=True, cwd=Path(__file__).parent,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
            for _ in range(2)
        ]  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        for process in self._pair:
            assert process.stdout is not None
            process.stdout.readline()

    def run(self) -> None:
        """Has both do their half."""
        for process in self._pair:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        self._wait()

    def close(self) -> None:
        """Ends them."""
        for process in self._pair:
            process.communicate()


def thread_bars(size: int, count: int, rounds: int = 9) -> Iterator[Bar]:
    """What `detect_many` gains by a second thread, for `count` items of `size` bytes.

    Beside it, in the same rounds, what two processes gain for half of the items each: no threads
    do better where two cores share caches, memory or a power budget, or others use them.
    """
    import recodec

    items = [inputs.make("cp1251", size)] * count
    halves = Halves(size, count)
    recodec.detect_many(items[: count // 4], threads=2)
    gains: dict[str, list[float]] = {"threads": [], "processes": []}
    for _ in range(rounds):
        alone = timed(lambda: recodec.detect_many(items))
        gains["threads"].append(alone / timed(lambda: recodec.detect_many(items, threads=2)))
        gains["processes"].append(alone / timed(halves.run))
    halves.close()
    label = f"detect_many, {size >> 10} KiB items, two "
    ceiling = median(gains["processes"])
    shares = [a / b for a, b in zip(gains["threads"], gains["processes"], strict=True)]
    yield Bar(label + "threads", "x one", 1.9, median(gains["threads"]))
    yield Bar(label + "processes (what the machine allows)", "x one", 0, ceiling)
    yield Bar(label + "threads", "of processes", 0, median(shares))


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def import_bar(rounds: int = 9) -> Bar:
    """Milliseconds of `import recodec`."""
    found = [probe.import_ms for _ in range(rounds) if (probe := imports.probe("recodec"))]
    return Bar("import recodec", "ms", 10.0, median(found), below=True)


def model_bytes() -> int:
    """Bytes of the model tables in the compiled module, from the lengths of the arrays."""
    sizes = {"uint8_t": 1, "uint16_t": 2, "int16_t": 2, "uint32_t": 4, "rcd_byte_info": 4,
             "rcd_pair": 6, "rcd_class": 48}  # fmt: skip
    total = 0
    for name in _MODELS:
        text = (_ROOT / "native" / "tables" / name).read_text(encoding="utf-8")
        for kind, counts in re.findall(r"^(?:static )?const (\w+) \w+((?:\[\d+\])+)", text, re.M):
            length = 1
            for count in re.findall(r"\d+", counts):
                length *= int(count)
            total += length * sizes.get(kind, 8)
    return total


def show(bars: list[Bar]) -> None:
    """Prints the table."""
    rows = []
    for bar in bars:
        shown = 0 < bar.must < 1e9
        sign = "<=" if bar.below else ">="
        rows.append([
            bar.name, bar.unit, f"{sign} {bar.must:g}" if shown else "-", f"{bar.measured:.2f}",
            "" if not shown else "met" if bar.met else "MISSED",
        ])  # fmt: skip
    print(table(["bar", "unit", "must", "measured", ""], rows))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--items", type=float, default=1.0, help="multiplies items of the sets")
    parser.add_argument("--large-bytes", type=int, default=speed.LARGE)
    parser.add_argument("--flood-bytes", type=int, default=1_000_000_000)
    parser.add_argument("--shared", help="folder with corpora/ and tables/ (RECODEC_SHARED)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)

    detectors, missing = peers.load(["recodec", "chardet", "faust-cchardet"])
    for name, why in missing.items():
        print(f"{name} is left out: {why}", file=sys.stderr)
    if not detectors or detectors[0].name != "recodec":
        return 2
    bars = list(call_bars(detectors, args.rounds))
    shared = charsets.shared_folder(args.shared)
    if (shared / "corpora" / "dev").is_dir():
        bars += set_bars(detectors, shared, args.items)
    else:
        print(f"no dev texts in {shared}: the accuracy sets are left out", file=sys.stderr)
    bars += large_bars(detectors[0], args.large_bytes, max(3, args.rounds // 3))
    bars += growth_bars(detectors[0])
    bars.append(flood_bar(args.flood_bytes))
    if sys.platform != "win32":
        bars += memory_bars(args.large_bytes // _MIB * _MIB)
    bars += [*thread_bars(1 << 20, 256), *thread_bars(1 << 10, 20_000), import_bar()]
    bars.append(Bar("models in the module", "MiB", 4.0, model_bytes() / _MIB, below=True))
    show(bars)
    if args.json:
        out: dict[str, Any] = {
            "detectors": {detector.name: detector.version for detector in detectors},
            "bars": [{**bar._asdict(), "measured": round(bar.measured, 3), "met": bar.met}
                     for bar in bars if bar.must < 1e9],
            "us": {bar.name: round(bar.measured, 2) for bar in bars if bar.must >= 1e9},
        }  # fmt: skip
        save(args.json, out)
    return int(not all(bar.met for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
