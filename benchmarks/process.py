"""The command as a process: how long it takes to start, to convert 64 MB, and how much memory.

Every round runs each command once, in turn, so that a busy machine is busy for all; medians are
compared. Start-up is over `python -S -c pass`, on a file of a few lines. Conversions go to
/dev/null, beside `iconv`, and beside what no converter in Python can do without: the start of the
command, told by a conversion of a few lines between the same encodings, and reading the file, told
by `cat`. Memory is the peak resident set of a conversion of 1 GB.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import recodec

_RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n"
_JAPANESE = "これは日本語の文章です。文字コードを調べます。\r\n"
_LATIN = "Voilà une phrase en français, où l'été est agréable à Besançon.\r\n"
# Row, text, from and to as both programs call them.
_ROWS = (
    ("windows-1251 to UTF-8", _RUSSIAN, "cp1251", "utf-8"),
    ("windows-1252 to UTF-8", _LATIN, "cp1252", "utf-8"),
    ("cp932 to UTF-8", _JAPANESE, "cp932", "utf-8"),
    ("UTF-8 to windows-1251", _RUSSIAN, "utf-8", "cp1251"),
)


class Spent(NamedTuple):
    """What a process took: seconds by the clock and of the processor, kilobytes at its peak."""

    wall: float
    cpu: float
    peak: int


def spend(command: Sequence[str]) -> Spent:
    """Runs a command with its output thrown away."""
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        start = time.perf_counter()
        child = os.posix_spawn(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)]
        )
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - start
    finally:
        os.close(null)
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def rounds(commands: dict[str, Sequence[str]], count: int) -> dict[str, Spent]:
    """Medians of so many rounds."""
    seen: dict[str, list[Spent]] = {name: [] for name in commands}
    for _ in range(count):
        for name, command in commands.items():
            seen[name].append(spend(command))
    return {
        name: Spent(*(median(column) for column in zip(*values, strict=True)))
        for name, values in seen.items()
    }


def _fill(path: Path, text: str, encoding: str, size: int) -> None:
    block = text.encode(encoding)
    block *= max(1, (1 << 20) // len(block))
    with open(path, "wb") as file:
        for _ in range(size // len(block) + 1):
            file.write(block)


def main() -> None:
    """Measures and prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--recodec", help="the command (default: beside this Python)")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    python = sys.executable
    ours = options.recodec or str(Path(python).with_name("recodec"))
    iconv, cat = shutil.which("iconv"), shutil.which("cat")
    figures: dict[str, object] = {}
    # As installers do; where this is an editable install, and PYTHONDONTWRITEBYTECODE is set, every
    # start would compile the modules it needs.
    compileall.compile_dir(Path(recodec.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        small, big = Path(folder, "small"), Path(folder, "big")
        _fill(small, _RUSSIAN, "cp1251", 200)
        os.truncate(small, 400)
        start = rounds(
            {
                "python -S -c pass": [python, "-S", "-c", "pass"],
                "python -c pass": [python, "-c", "pass"],
                "python -c 'import re'": [python, "-c", "import re"],
                "recodec detect": [ours, "detect", str(small)],
                "recodec convert": [ours, "convert", str(small)],
                "recodec list": [ours, "list", "cp1251"],
            },
            2 * options.rounds,
        )
        bare = start["python -S -c pass"]
        figures["start, ms over python -S -c pass"] = {
            name: {
                "wall": round(1000 * (spent.wall - bare.wall), 1),
                "cpu": round(1000 * (spent.cpu - bare.cpu), 1),
            }
            for name, spent in start.items()
        }
        table = {}
        for row, text, from_, to in _ROWS:
            _fill(big, text, from_, 64 << 20)
            _fill(small, text, from_, 200)
            os.truncate(small, len(text.encode(from_)))
            command = [ours, "convert", "-f", from_, "-t", to]
            commands = {"recodec": [*command, str(big)], "start": [*command, str(small)]}
            if iconv is not None:
                commands["iconv"] = [iconv, "-f", from_, "-t", to, str(big)]
            if cat is not None:
                commands["cat"] = [cat, str(big)]
            spent = rounds(commands, options.rounds)
            table[row] = {
                name: {"wall ms": round(1000 * s.wall, 1), "cpu ms": round(1000 * s.cpu, 1)}
                for name, s in spent.items()
            }
            table[row]["start, share of recodec"] = {
                "wall": round(spent["start"].wall / spent["recodec"].wall, 2),
                "cpu": round(spent["start"].cpu / spent["recodec"].cpu, 2),
            }
            if iconv is not None:
                table[row]["times faster"] = {
                    "wall": round(spent["iconv"].wall / spent["recodec"].wall, 2),
                    "cpu": round(spent["iconv"].cpu / spent["recodec"].cpu, 2),
                }
        figures["64 MiB"] = table
        _fill(big, _RUSSIAN, "cp1251", 1 << 30)
        figures["1 GiB, peak MiB"] = {
            "recodec convert": round(spend([ours, "convert", str(big)]).peak / 1024, 1),
            "recodec convert --in-place": round(
                spend([ours, "convert", "--in-place", "-f", "cp1251", str(big)]).peak / 1024, 1
            ),
        }
    text = json.dumps(figures, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
