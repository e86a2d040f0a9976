"""False alarms: how often pieces of a system's files are taken for a rare form or a national set.

    python benchmarks/alarms.py /usr --pieces 800000

Cuts pieces of 30 to 60,000 bytes out of all files under some folders, binary ones too, and makes
others: base64, hexadecimal, numbers in CSV, random bytes, random printable ASCII. Hardly a file
anywhere is in these charsets, so that each such answer is taken for wrong and printed with its
start; to be looked at, since a system may hold examples of them.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import recodec
from recodec._registry import charsets

SIZES = (30, 60, 100, 200, 300, 1000, 3000, 10_000, 30_000, 60_000)
EACH = 24  # pieces of one file at most
MADE = 20_000  # pieces that are made
BATCH = 512
SHOWN = 70  # bytes of an alarm

# Text that hardly anybody writes today, and that other bytes may be taken for.
FORMS = (
    "scsu", "bocu-1", "utf-ebcdic", "jisx0208", "gb2312-raw", "cp300", "cp834", "cp16684",
    "iso-6937", "t.61-8bit", "ansi-x3.110", "cp290", "cp8482", "cp5123", "cp833", "compound-text",
)  # fmt: skip


def told() -> frozenset[str]:
    """The charsets whose answers are counted: the rare forms and all in seven bits but ASCII."""
    seven = {c.name for c in charsets.all_charsets() if c.family == "seven-bit"} - {"ascii"}
    return frozenset(FORMS) | seven


def cut(folders: list[Path], most: int, rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Pieces of the files, each with the file's name."""
    paths = [
        os.path.join(where, name)
        for folder in folders
        for where, _, names in os.walk(folder)
        for name in names
    ]
    paths = [path for path in paths if os.path.isfile(path) and not os.path.islink(path)]
    rng.shuffle(paths)
    each = max(1, min(EACH, most // max(1, len(paths))))
    for path in paths:
        try:
            with open(path, "rb") as file:
                data = file.read(1 << 22)
        except OSError:
            continue
        for _ in range(each if len(data) > SIZES[0] else 0):
            size = rng.choice(SIZES)
            at = rng.randrange(max(1, len(data) - size + 1))
            yield path, data[at : at + size]


def made(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Pieces of no text at all."""
    printable = bytes(range(0x20, 0x7F))
    for number in range(MADE):
        size = rng.choice(SIZES[:-2])
        noise = rng.randbytes(size)
        yield "random bytes", noise
        yield "base64", base64.b64encode(noise)[:size]
        yield "hexadecimal", noise.hex().encode()[:size]
        yield "printable", bytes(rng.choices(printable, k=min(size, 3000)))
        row = ",".join(f"{rng.gauss(0, 10 ** (number % 5)):.2f}" for _ in range(8))
        yield "numbers", (row + "\n").encode() * (size // len(row) + 1)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pieces", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    counted = told()
    rng = random.Random(args.seed)
    pieces, alarms = 0, Counter[str]()
    batch: list[tuple[str, bytes]] = []

    def judge() -> None:
        for (path, data), found in zip(
            batch, recodec.detect_many(d for _, d in batch), strict=True
        ):
            if found.encoding in counted:
                alarms[found.encoding] += 1
                print(found.encoding, found.language, len(data), path, data[:SHOWN])
        batch.clear()

    for source in (cut(args.folders, args.pieces, rng), made(rng)):
        for piece in source:
            batch.append(piece)
            pieces += 1
            if len(batch) == BATCH:
                judge()
    judge()
    print(f"{pieces:,} pieces, {sum(alarms.values())} alarms: {dict(alarms.most_common())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
