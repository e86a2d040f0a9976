"""Memory of recodec on large inputs: 1 GiB fed in chunks, and one call on a large mapped file.

Each measurement runs in a process of its own and reports how far the peak resident set grew beyond
what it was with the library loaded and the chunk in hand. It must not depend on the input's size.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import inputs
from accuracy import table

_SETUP = """\
import sys
sys.path.insert(0, {folder!r})
import inputs, peak, recodec
"""

_FEED = """\
chunk = inputs.make({kind!r}, {chunk})
with recodec.Detector() as warm:
    warm.feed(chunk[:4096])
    warm.finish()
peak.reset_peak()
before = peak.peak_bytes()
detector = recodec.Detector()
for _ in range({count}):
    detector.feed(chunk)
found = detector.finish()
print(peak.peak_bytes() - before, found.encoding)
"""

_CALL = """\
data = inputs.make({kind!r}, 1 << 20) * {count}
recodec.detect(data[:4096])
peak.reset_peak()
before = peak.peak_bytes()
found = recodec.detect(data)
print(peak.peak_bytes() - before, found.encoding)
"""


def _run(script: str) -> tuple[int, str]:
    setup = _SETUP.format(folder=str(Path(__file__).resolve().parent))
    done = subprocess.run(
        [sys.executable, "-c", setup + script], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    grown, encoding = done.stdout.split(maxsplit=1)
    return int(grown), encoding.strip()


def fed(kind: str, total: int, chunk: int) -> tuple[int, str]:
    """(bytes that the peak grew by, answer) for `total` bytes fed in chunks."""
    count = max(1, total // chunk)
    return _run(_FEED.format(kind=kind, chunk=chunk, count=count))


def called(kind: str, total: int) -> tuple[int, str]:
    """(bytes that the peak grew by, answer) for one call on `total` bytes."""
    return _run(_CALL.format(kind=kind, count=max(1, total >> 20)))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--bytes", type=int, default=1 << 30, help="how much to feed")
    parser.add_argument("--chunk", type=int, default=1 << 16)
    parser.add_argument("--call-bytes", type=int, default=128 << 20, help="size of the one call")
    parser.add_argument("--kinds", default="ascii,utf8-ru,cp1251,cp932,binary,one-byte")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)

    kinds = args.kinds.split(",")
    unknown = [kind for kind in kinds if kind not in inputs.KINDS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}", file=sys.stderr)
        return 2
    if sys.platform == "win32":
        print("this system does not tell a process its peak memory", file=sys.stderr)
        return 2
    rows = []
    out: dict[str, dict[str, int]] = {}
    for kind in kinds:
        try:
            feed, answer = fed(kind, args.bytes, args.chunk)
            call, _ = called(kind, args.call_bytes)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
        out[kind] = {"feed_growth": feed, "call_growth": call}
        rows.append([kind, f"{feed / 1024:.0f} KiB", f"{call / 1024:.0f} KiB", answer])
    print(f"growth of the peak: {args.bytes} bytes fed, {args.call_bytes} bytes in one call")
    print(table(["input", "fed", "one call", "answer"], rows))
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(out, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
