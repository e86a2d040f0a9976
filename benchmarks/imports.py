"""What `import` costs, in milliseconds and in memory, beside the peers and over a bare interpreter.

Every round starts one process per library and one bare one, in turn, so that a busy machine is
busy for all. Time is taken inside the process around the import statement, and as a whole process
minus the bare one. Memory is the peak resident set: after the import, and after a first `detect`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from report import save, table

_LIBRARIES = {
    "recodec": ("recodec", "recodec.detect({data})"),
    "chardet": ("chardet", "chardet.detect({data})"),
    "charset-normalizer": ("charset_normalizer", "charset_normalizer.from_bytes({data}).best()"),
    "faust-cchardet": ("cchardet", "cchardet.detect({data})"),
    "chardetng-py": ("chardetng_py", "chardetng_py.detect({data})"),
    "icu": ("icu", "icu.CharsetDetector({data}).detect()"),
}
_DATA = "bytes(range(0xe0, 0x100)) * 8 + b' and the rest of a line of text'"

# The folder of `peak` leaves the path again, or a library could import one of our modules.
_PROBE = """\
import sys, time
sys.path.insert(0, {folder!r})
import peak
sys.path.pop(0)
before = peak.peak_bytes()
start = time.perf_counter()
{load}
spent = time.perf_counter() - start
loaded = peak.peak_bytes()
{call}
print(spent * 1000, loaded - before, peak.peak_bytes() - before)
"""


class Probe(NamedTuple):
    """One process: milliseconds of it all and of the import alone, bytes then and after a call."""

    whole_ms: float
    import_ms: float
    loaded: float
    called: float


def probe(name: str, with_call: bool = False) -> Probe | None:
    """Runs one process that imports a library ("bare": none); None if the library is missing."""
    module, call = _LIBRARIES.get(name, ("sys", "pass"))
    script = _PROBE.format(
        folder=str(Path(__file__).resolve().parent),
        load=f"import {module}",
        call=call.format(data=_DATA) if with_call else "pass",
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    whole = (time.perf_counter() - start) * 1000
    if done.returncode != 0:
        return None
    return Probe(whole, *map(float, done.stdout.split()))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--detectors", default=",".join(_LIBRARIES))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)

    names = args.detectors.split(",")
    unknown = [name for name in names if name not in _LIBRARIES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}", file=sys.stderr)
        return 2
    names = [name for name in names if probe(name) is not None]  # also warms the file cache
    found: dict[str, list[Probe]] = {name: [] for name in ("bare", *names)}
    for _ in range(args.rounds):
        for name, rows in found.items():
            row = probe(name)
            if row is not None:
                rows.append(row)
    bare = [row.whole_ms for row in found["bare"]]
    out: dict[str, Any] = {"python": sys.version.split()[0], "rounds": args.rounds, "imports": {}}
    for name in names:
        rows = found[name]
        calls = [row for row in (probe(name, with_call=True) for _ in range(3)) if row is not None]
        over = [row.whole_ms - other for row, other in zip(rows, bare, strict=False)]
        out["imports"][name] = {
            "import_ms": round(median(row.import_ms for row in rows), 2),
            "over_bare_ms": round(median(over), 2),
            "import_mib": round(median(row.loaded for row in rows) / 2**20, 2),
            "first_call_mib": round(median(row.called for row in calls) / 2**20, 2),
        }
    columns = ("import_ms", "over_bare_ms", "import_mib", "first_call_mib")
    print(f"bare interpreter {median(bare):.1f} ms; medians of {args.rounds}")
    print(table(
        ["library", *columns],
        [[name, *(f"{out['imports'][name][column]:.2f}" for column in columns)] for name in names],
    ))  # fmt: skip
    if args.json:
        save(args.json, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
