"""Reads a CSV file of unknown encoding with the csv module.

What it shows: `recodec.open` gives a text file like the built-in one, here with `newline=""` as csv
wants it, and says which encoding it found. Damaged rows are marked rather than lost.

    python examples/read_csv.py customers.csv
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import recodec


def read_rows(path: str | Path) -> tuple[str, list[dict[str, str]]]:
    """The encoding of a file and its rows. Raises OSError, and DecodeError when it is no text."""
    with recodec.open(path, newline="", errors="backslashreplace") as file:
        start = file.read(4096)
        file.seek(0)
        try:
            dialect: type[csv.Dialect] = csv.Sniffer().sniff(start, delimiters=",;\t|")
        except csv.Error:  # one column
            dialect = csv.excel
        return file.encoding, list(csv.DictReader(file, dialect=dialect))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python examples/read_csv.py FILE...")
    for name in sys.argv[1:]:
        encoding, rows = read_rows(name)
        print(f"{name}: {encoding}, {len(rows)} rows")
        for row in rows[:5]:
            print("  ", " | ".join(f"{key}: {value}" for key, value in row.items()))
