"""Speed of text by lines, and of calls on short input, beside CPython's codecs.

    python benchmarks/lines.py --json FILE

What is measured, by charset:

    decode, encode   one call on some 20 and 200 bytes
    by name          `bytes.decode` and `str.encode` on 20 bytes, by the name that recodec registers
    pieces           an incremental decoder and encoder that go through a text in pieces of 8 KiB
    recode           20 bytes to UTF-8; CPython decodes and encodes
    read, write      a file of lines through `open`: `for line in file`, one `write` a line
    print            the same with `print(line, file=file)`
    csv              `csv.reader` and `csv.writer` on a file of three columns

Both sides take turns on the same data; a figure is the median over the rounds of the ratio "our
time / CPython's", below 1 where recodec is faster, and our time in microseconds a call or a line;
time is processor time. Where CPython has no such codec there is no ratio. Files are in memory where
the system has a folder for that (`--folder` names another), since a file of recodec's is synced
when it takes its place.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import IO, Any

import recodec

_TEXTS = {
    "cp1252": "Où sont passées les clés de la maison d'été? À côté du café, près de la forêt.",
    "cp1251": "Сегодня мы едем в город за новыми книгами, а завтра вернёмся домой.",  # noqa: RUF001
    "cp932": "今日は友達と一緒に新しいカフェへ行って、コーヒーを飲みました。",
    "iso2022_jp": "今日は友達と一緒に新しいカフェへ行って、コーヒーを飲みました。",
    "euc_kr": "오늘은 친구와 함께 새로 생긴 카페에 가서 커피를 마셨습니다.",
    "gb18030": "今天我和朋友一起去了一家新开的咖啡馆，喝了两杯咖啡。",  # noqa: RUF001
    "utf-8": "Сегодня мы едем в город за новыми книгами, а завтра вернёмся домой.",  # noqa: RUF001
    "utf-16": "Сегодня мы едем в город за новыми книгами, а завтра вернёмся домой.",  # noqa: RUF001
    "ascii": "The quick brown fox jumps over the lazy dog, and the dog does not mind.",
    "viscii": "Hôm nay tôi đi uống cà phê với bạn ở một quán mới mở gần nhà.",
}
_LACKING = "viscii"  # CPython has no codec of it
_PIECE = 8192  # bytes

Call = Callable[[], object]


def _cut(text: str, name: str, size: int) -> str:
    """The start of a text, repeated, that has about `size` bytes."""
    text = text * (size // 10 + 1)
    low = 1
    while len(recodec.encode(text[: low + 1], name)) <= size:
        low += 1
    return text[:low]


def _lines(name: str, count: int) -> list[str]:
    words = _TEXTS[name].split() if " " in _TEXTS[name] else list(_TEXTS[name])
    space = " " if " " in _TEXTS[name] else ""
    return [f"{at} {space.join(words[at % 7 :])}\n" for at in range(count)]


def _short(name: str) -> dict[str, tuple[Call, Call | None]]:
    """Calls of ours and of CPython's."""
    theirs = name != _LACKING
    cases: dict[str, tuple[Call, Call | None]] = {}
    for size in (20, 200):
        text = _cut(_TEXTS[name], name, size)
        data = recodec.encode(text, name)
        cases[f"decode {size}"] = (
            lambda data=data: recodec.decode(data, name),
            (lambda data=data: data.decode(name)) if theirs else None,
        )
        cases[f"encode {size}"] = (
            lambda text=text: recodec.encode(text, name),
            (lambda text=text: text.encode(name)) if theirs else None,
        )
    text = _cut(_TEXTS[name], name, 20)
    data = recodec.encode(text, name)
    own = f"recodec:{name}"
    cases["decode by name"] = (
        lambda: data.decode(own),
        (lambda: data.decode(name)) if theirs else None,
    )
    cases["encode by name"] = (
        lambda: text.encode(own),
        (lambda: text.encode(name)) if theirs else None,
    )
    cases["recode"] = (
        lambda: recodec.recode(data, "utf-8", name),
        (lambda: data.decode(name).encode()) if theirs else None,
    )
    cases["detect, decode"] = (lambda: recodec.decode(data), None)
    return cases


def _pieces(name: str) -> dict[str, tuple[Call, Call | None]]:
    text = "".join(_lines(name, 1000))
    data = recodec.encode(text, name)
    blocks = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
    texts = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]

    def decode(make: Callable[[str], Any]) -> None:
        decoder = make(name)
        for block in blocks:
            decoder.decode(block)
        decoder.decode(b"", True)

    def encode(make: Callable[[str], Any]) -> None:
        encoder = make(name)
        for each in texts:
            encoder.encode(each)
        encoder.encode("", True)

    theirs = name != _LACKING
    return {
        "pieces decoded": (
            lambda: decode(recodec.incremental_decoder),
            (lambda: decode(lambda name: codecs.getincrementaldecoder(name)())) if theirs else None,
        ),
        "pieces encoded": (
            lambda: encode(recodec.incremental_encoder),
            (lambda: encode(lambda name: codecs.getincrementalencoder(name)())) if theirs else None,
        ),
    }


def _files(name: str, folder: Path, lines: list[str]) -> dict[str, tuple[Call, Call | None]]:
    source, table, target = (str(folder / each) for each in ("source", "table", "target"))
    rows = [[str(at), line.rstrip("\n"), line[:10]] for at, line in enumerate(lines)]
    with recodec.open(source, "w", encoding=name, newline="\n") as file:
        file.writelines(lines)
    with recodec.open(table, "w", encoding=name, newline="\n") as file:
        csv.writer(file).writerows(rows)

    def read(file: IO[str]) -> None:
        with file:
            for _ in file:
                pass

    def write(file: IO[str]) -> None:
        with file:
            for line in lines:
                file.write(line)

    def printed(file: IO[str]) -> None:
        with file:
            for line in lines:
                print(line, end="", file=file)

    def read_rows(file: IO[str]) -> None:
        with file:
            for _ in csv.reader(file):
                pass

    def write_rows(file: IO[str]) -> None:
        with file:
            writer = csv.writer(file)
            for row in rows:
                writer.writerow(row)

    def both(job: Callable[[IO[str]], None], path: str, mode: str) -> tuple[Call, Call | None]:
        return (
            lambda: job(recodec.open(path, mode, encoding=name, newline="\n")),
            None
            if name == _LACKING
            else lambda: job(io.open(path, mode, encoding=name, newline="\n")),  # noqa: UP020
        )

    return {
        "lines read": both(read, source, "r"),
        "lines written": both(write, target, "w"),
        "lines printed": both(printed, target, "w"),
        "csv read": both(read_rows, table, "r"),
        "csv written": both(write_rows, target, "w"),
    }


def _seconds(call: Call, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        call()
    return time.process_time() - start


def _measure(
    ours: Call, theirs: Call | None, times: int, rounds: int, units: int
) -> tuple[float, float | None]:
    """Microseconds of ours for one unit, and the ratio to theirs."""
    ours()
    taken, ratios = [], []
    for _ in range(rounds):
        mine = _seconds(ours, times)
        taken.append(mine / times / units)
        if theirs is not None:
            ratios.append(mine / _seconds(theirs, times))
    return median(taken) * 1e6, median(ratios) if ratios else None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--charsets", default=",".join(_TEXTS), help="names, with commas between")
    parser.add_argument("--only", default="", help="only what has this in its name")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--lines", type=int, default=5_000, help="of a file")
    parser.add_argument("--folder", default="/dev/shm", help="for the files")
    parser.add_argument("--json", help="file for the figures")
    options = parser.parse_args(argv)
    names = options.charsets.split(",")
    table: dict[str, dict[str, tuple[float, float | None]]] = {}
    base = options.folder if os.path.isdir(options.folder) else None
    with tempfile.TemporaryDirectory(dir=base) as folder:
        for name in names:
            lines = _lines(name, options.lines)
            jobs = (
                (_short(name), 500, 1),
                (_pieces(name), 5, 1),
                (_files(name, Path(folder), lines), 1, len(lines)),
            )
            for cases, times, units in jobs:
                for title, (ours, theirs) in cases.items():
                    if options.only in title:
                        found = _measure(ours, theirs, times, options.rounds, units)
                        table.setdefault(title, {})[name] = found
    print(f"{'times CPython (microseconds)':16}" + "".join(f"{name:>14}" for name in names))
    for title, row in table.items():
        cells = (
            f"{'' if ratio is None else f'{ratio:.2f}'} ({micro:.3g})"
            for micro, ratio in row.values()
        )
        print(f"{title:28}" + "".join(f"{cell:>14}" for cell in cells))
    if options.json:
        found = {
            title: {
                name: {"microseconds": round(micro, 3), "ratio": ratio and round(ratio, 3)}
                for name, (micro, ratio) in row.items()
            }
            for title, row in table.items()
        }
        Path(options.json).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
