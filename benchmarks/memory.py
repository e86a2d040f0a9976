"""Memory of recodec on large inputs: 1 GiB fed in chunks, converted, and in one call.

Each measurement runs in a process of its own and reports how far the peak resident set grew beyond
what it was with the library loaded and the chunk in hand. It must not depend on the input's size.
Loaded are also the models, some 2 MiB of pages of the compiled module's file that processes share:
a first small call has to ask for the language, or it leaves them untouched.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import inputs
from report import save, table

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
recodec.detect(data[:4096]).language
peak.reset_peak()
before = peak.peak_bytes()
found = recodec.detect(data)
print(peak.peak_bytes() - before, found.encoding)
"""

_STREAM = """\
import io
class Source(io.RawIOBase):
    def __init__(self, chunk, count):
        self.chunk, self.left, self.at = chunk, count, 0
    def readable(self):
        return True
    def readinto(self, buffer):
        if self.at == len(self.chunk):
            self.left, self.at = self.left - 1, 0
        if self.left <= 0:
            return 0
        piece = self.chunk[self.at : self.at + len(buffer)]
        buffer[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)
class Target(io.RawIOBase):
    size = 0
    def write(self, data):
        self.size += len(data)
        return len(data)
chunk = inputs.make({kind!r}, {chunk})
options = dict(errors={errors!r}, lenient=True, normalize="NFC", newline="lf", bom="keep")
recodec.recode_stream(Source(chunk, 1), Target(), {to!r}, {from_!r}, **options)
peak.reset_peak()
before = peak.peak_bytes()
target = Target()
recodec.recode_stream(Source(chunk, {count}), target, {to!r}, {from_!r}, **options)
print(peak.peak_bytes() - before, target.size)
"""

# What is converted: kind of input, its encoding, the target, the error policy.
STREAMS = (
    ("cp1251", "cp1251", "utf-8", "strict"),
    ("cp932", "cp932", "euc_jp", "translit,replace"),
    ("utf8-ru", "utf-8", "ascii", "collect"),
    ("binary", "utf-8", "utf-16", "collect"),
)


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


def streamed(
    kind: str, from_: str, to: str, errors: str, total: int, chunk: int
) -> tuple[int, str]:
    """(bytes that the peak grew by, bytes written) of `recode_stream` with all its options on."""
    count = max(1, total // chunk)
    return _run(
        _STREAM.format(kind=kind, from_=from_, to=to, errors=errors, chunk=chunk, count=count)
    )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--bytes", type=int, default=1 << 30, help="how much to feed")
    parser.add_argument("--chunk", type=int, default=1 << 16)
    parser.add_argument("--call-bytes", type=int, default=128 << 20, help="size of the one call")
    parser.add_argument("--kinds", default="ascii,utf8-ru,cp1251,cp932,binary,one-byte")
    parser.add_argument("--stream-bytes", type=int, default=64 << 20, help="how much to convert")
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
    rows = []
    for kind, from_, to, errors in STREAMS:
        try:
            grown, written = streamed(kind, from_, to, errors, args.stream_bytes, 1 << 20)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
        out[f"{kind} {from_} -> {to}, {errors}"] = {"stream_growth": grown}
        rows.append([kind, from_, to, errors, f"{grown / 1024:.0f} KiB", written])
    print(f"growth of the peak: {args.stream_bytes} bytes converted by recode_stream")
    print(table(["input", "from", "to", "errors", "grown", "bytes written"], rows))
    if args.json:
        save(args.json, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
