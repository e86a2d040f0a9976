"""Turns a text of unknown encoding and any length into UTF-8, in constant memory.

What it shows: a `Detector` that is fed until more cannot change its answer, with the answer so far
on the way, and `recode_stream`, which converts one binary file object into another. Damage is
replaced, and its places are told. (A pipe can go to `recode_stream` as it is, without a name.)

    python examples/stream.py dump.sql dump-utf8.sql
"""

from __future__ import annotations

import sys
from typing import IO

import recodec
from recodec.files import recode_stream

BLOCK = 1 << 16  # bytes read at once
TELL = 1 << 28  # bytes between two lines of progress


def detect(source: IO[bytes]) -> recodec.Detection:
    """What a file is in; it stands at its start again afterwards."""
    read = 0
    with recodec.Detector() as detector:
        while block := source.read(BLOCK):
            if detector.feed(block):
                break
            read += len(block)
            if read % TELL < BLOCK:
                print(f"{read >> 20} MiB: {detector.peek().encoding}", file=sys.stderr)
    source.seek(0)
    return detector.finish()


def convert(source: IO[bytes], target: IO[bytes]) -> recodec.Recoded:
    """Writes `source` to `target` as UTF-8. Raises ValueError when it is no text."""
    found = detect(source)
    if found.encoding is None:
        raise ValueError(f"no text: {found.kind or 'binary'}")
    return recode_stream(source, target, "utf-8", found.encoding, errors="collect")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/stream.py OLD NEW")
    with open(sys.argv[1], "rb") as old, open(sys.argv[2], "xb") as new:
        done = convert(old, new)
    print(f"{done.from_}: {done.bytes_in} bytes, {done.replaced} replaced")
    for problem in done.problems:
        print(f"  {problem}")
