"""Speed of conversion beside CPython, glibc's iconv and ICU's uconv, with the bars it is held to.

    python benchmarks/transcode.py --json benchmarks/results/transcode.json

Texts are made from ../shared/corpora/dev: the lines that the charset holds, repeated to 64 MB.
Every round runs each converter once on the same bytes, in turn; figures are medians over rounds of
the ratio "its time / ours". Time is processor time, of the process or of its child, in one thread:
on a shared machine it does not count what others take. Output of the commands goes to /dev/null;
CPython's and ours is an object in memory. A converter that is not there, or refuses the text, is
left out. With --encoding-rs, encoding_rs is a fourth: benchmarks/encoding_rs.rs tells how to build
what is named there. --copy asks something else: how long it takes to copy our answer, ready-made,
into an object that gets its memory as ours did, which no converter that returns an object goes
below. That is a run of its own, since the memory it leaves behind makes CPython faster.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import recodec
from recodec._core import conversion, filled
from recodec._core import detection as core
from report import save, table

SHARED = Path(__file__).resolve().parents[2] / "shared"
MB = 1 << 20
PEERS = "cpython", "glibc", "uconv", "encoding_rs", "copy"

Call = Callable[[], object]


class Bar(NamedTuple):
    """At least this many times as fast as that converter."""

    peer: str
    times: float


class Row(NamedTuple):
    """One line of the table: conversions that are held to the same bars."""

    title: str
    cases: tuple[tuple[str, str, str], ...]
    """Language or kind of text, source, target ("str": decoding only; "": validating only)."""
    must: tuple[Bar, ...]
    aim: tuple[Bar, ...]
    lenient: bool = False


def _to(target: str, *pairs: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((*pair.split(":"), target) for pair in pairs)  # type: ignore[misc]


def _from(*pairs: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((pair.split(":")[0], "utf-8", pair.split(":")[1]) for pair in pairs)


_PROSE = ("ru:cp1251", "ru:koi8-r", "ru:iso8859-5", "el:iso8859-7", "el:cp1253", "he:cp1255")
_CJK = ("ja:euc_jp", "ko:euc_kr", "zh-Hant:big5", "zh-Hans:gb18030")

ROWS = (
    Row(
        "single-byte -> UTF-8, non-Latin prose",
        _to("utf-8", *_PROSE),
        (Bar("cpython", 10), Bar("uconv", 4)),
        (Bar("cpython", 20),),
    ),
    Row(
        "windows-1252, Latin-1 -> UTF-8, mostly ASCII",
        _to("utf-8", "html:cp1252", "html:iso8859-1"),
        (Bar("cpython", 15), Bar("uconv", 6)),
        (),
    ),
    Row(
        "cp932 -> UTF-8",
        _to("utf-8", "ja:cp932"),
        (Bar("cpython", 5), Bar("glibc", 3)),
        (Bar("cpython", 8),),
    ),
    Row(
        "EUC-JP, EUC-KR, Big5, GB18030 -> UTF-8",
        _to("utf-8", *_CJK),
        (Bar("cpython", 4), Bar("glibc", 2.5)),
        (Bar("cpython", 6),),
    ),
    Row(
        "ISO-2022-JP -> UTF-8",
        _to("utf-8", "ja:iso2022_jp"),
        (Bar("cpython", 4), Bar("glibc", 2.5)),
        (Bar("cpython", 6),),
    ),
    Row(
        "UTF-8 -> cp932, EUC-JP, EUC-KR, GB18030, Big5",
        _from("ja:cp932", *_CJK),
        (Bar("cpython", 4), Bar("uconv", 1.5)),
        (Bar("cpython", 6),),
    ),
    Row(
        "UTF-8 -> ISO-2022-JP",
        _from("ja:iso2022_jp"),
        (Bar("cpython", 4),),
        (Bar("cpython", 6),),
    ),
    Row("UTF-8 -> cp1251", _from("ru:cp1251"), (Bar("cpython", 3),), (Bar("cpython", 8),)),
    Row("UTF-8 -> cp1252", _from("html:cp1252"), (Bar("cpython", 10),), (Bar("cpython", 20),)),
    Row("UTF-16 -> UTF-8", _to("utf-8", "ja:utf-16-le", "ru:utf-16-le"), (Bar("cpython", 10),), ()),
    Row("UTF-8 -> UTF-16", _from("ja:utf-16-le", "ru:utf-16-le"), (Bar("cpython", 6),), ()),
    Row("UTF-8 validation", (("ja", "utf-8", ""), ("ru", "utf-8", "")), (Bar("cpython", 10),), ()),
    Row(
        "bytes -> str",
        _to("str", "ru:cp1251", "html:cp1252", "ja:cp932", *_CJK, "ja:iso2022_jp"),
        (Bar("cpython", 2),),
        (Bar("cpython", 4),),
    ),
    Row(
        "cp932 -> EUC-JP, lenient",
        (("ja", "cp932", "euc_jp"),),
        (Bar("glibc", 3),),
        (Bar("glibc", 10),),
        lenient=True,
    ),
)

# What iconv and uconv call them where that is not our name.
_GLIBC = {"iso2022_jp": "ISO-2022-JP", "euc_jp": "EUC-JP", "euc_kr": "EUC-KR", "cp932": "CP932",
          "iso8859-1": "ISO-8859-1", "iso8859-5": "ISO-8859-5", "iso8859-7": "ISO-8859-7",
          "utf-16-le": "UTF-16LE"}  # fmt: skip
_ICU = {**_GLIBC, "cp932": "ibm-943_P15A-2003", "cp1251": "windows-1251", "cp1252": "windows-1252",
        "cp1253": "windows-1253", "cp1255": "windows-1255", "big5": "Big5"}  # fmt: skip
_ENCODING_RS = {"cp932": "shift_jis", "euc_jp": "euc-jp", "euc_kr": "euc-kr",
                "iso2022_jp": "iso-2022-jp", "utf-16-le": "utf-16le"}  # fmt: skip


def text_for(kind: str, encoding: str, size: int, lenient: str = "") -> str:
    """Lines of a language that the charset holds both ways, about `size` bytes of it encoded.

    `lenient` is a second charset that must hold them too, with the spelling of twins changed.
    """
    language = "fr" if kind == "html" else kind
    lines = []
    for path in sorted((SHARED / "corpora" / "dev" / language).glob("*.txt")):
        for line in path.read_text("utf-8").split("\n"):
            try:
                code = line.encode(encoding)
                # CPython spells syllables that EUC-KR lacks in eight bytes, nobody else does.
                odd = encoding == "euc_kr" and b"\xa4\xd4" in code
                if lenient:
                    recodec.encode(line, lenient, lenient=True)
                if line and not odd and code.decode(encoding) == line:
                    lines.append(line)
            except UnicodeError:
                continue
    if not lines:
        raise OSError(f"no text of {language} in {SHARED}")
    if kind == "html":
        # A page: markup around each sentence, so that most of it is ASCII.
        lines = [
            f'<div class="entry"><a href="/articles/{at}.html" title="more">{line}</a></div>'
            for at, line in enumerate(lines)
        ]
    text = "\n".join(lines) + "\n"
    once = len(text.encode(encoding))
    if once > size:
        while len(text.encode(encoding)) > size:
            text = text[: len(text) * 9 // 10]
        return text
    return text * max(1, round(size / once))


def _cpu() -> float:
    return time.process_time()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(call: Call) -> float:
    """Processor seconds of one call, its children's included."""
    before = _cpu() + _children()
    result = call()
    after = _cpu() + _children()
    del result
    return after - before


def command(words: list[str]) -> Call:
    """Runs a converter with its output thrown away; raises where it fails."""

    def run() -> None:
        with open(os.devnull, "wb") as sink:
            subprocess.run(words, stdout=sink, stderr=subprocess.DEVNULL, check=True)

    return run


def copying(answer: bytes) -> Call:
    """Makes the answer by copying it."""

    def fill(memory: bytearray | memoryview) -> int:
        with core.ffi.from_buffer("uint8_t[]", memory) as out:
            core.lib.rcd_advise(out, len(out))
            core.ffi.memmove(out, answer, len(answer))
        return len(answer)

    room = conversion.room_for(0, len(answer), len(answer), len(answer))
    return lambda: filled.filled_bytes(room, fill)


def calls(
    case: tuple[str, str, str], lenient: bool, data: bytes, path: Path, args: argparse.Namespace
) -> dict[str, Call]:
    """What to time: recodec first."""
    _, source, target = case
    found: dict[str, Call] = {}
    if target == "":
        found["recodec"] = lambda: conversion.utf8_prefix(data)
        found["cpython"] = lambda: data.decode(source)
        return found
    if target == "str":
        found["recodec"] = lambda: recodec.decode(data, source).text
        found["cpython"] = lambda: data.decode(source)
        return found
    found["recodec"] = lambda: recodec.recode(data, target, source, lenient=lenient)
    if args.copy:
        found["copy"] = copying(recodec.recode(data, target, source, lenient=lenient))
        return found
    found["cpython"] = lambda: data.decode(source).encode(target)
    iconv, uconv = shutil.which("iconv"), shutil.which("uconv")
    if iconv:
        names = _GLIBC.get(source, source), _GLIBC.get(target, target)
        found["glibc"] = command([iconv, "-f", names[0], "-t", names[1], str(path)])
    if uconv:
        names = _ICU.get(source, source), _ICU.get(target, target)
        found["uconv"] = command([uconv, "-f", names[0], "-t", names[1], str(path)])
    # It decodes UTF-16 and does not write it.
    if args.encoding_rs and target != "utf-16-le":
        names = _ENCODING_RS.get(source, source), _ENCODING_RS.get(target, target)
        found["encoding_rs"] = command([str(args.encoding_rs), *names, str(path)])
    return found


def measure(entrants: dict[str, Call], rounds: int) -> dict[str, list[float]]:
    """Seconds per round of each converter that does it at all."""
    able = {}
    for name, call in entrants.items():
        try:
            call()
        except (UnicodeError, OSError, subprocess.CalledProcessError) as error:
            if name == "recodec":
                raise
            print(f"  {name} is left out: {type(error).__name__}", file=sys.stderr)
        else:
            able[name] = call
    times: dict[str, list[float]] = {name: [] for name in able}
    for number in range(rounds):
        for name in able if number % 2 else reversed(able):
            times[name].append(timed(able[name]))
    return times


def run_row(row: Row, size: int, args: argparse.Namespace) -> dict[str, Any]:
    """The figures of one row, by case."""
    out: dict[str, Any] = {}
    for case in row.cases:
        kind, source, target = case
        encoding = source if target in ("", "str", "utf-8") or row.lenient else target
        text = text_for(kind, encoding, size, target if row.lenient else "")
        data = text.encode(source)
        del text
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            entrants = calls(case, row.lenient, data, Path(file.name), args)
            times = measure(entrants, args.rounds)
        ours = times["recodec"]
        found: dict[str, Any] = {"bytes": len(data), "MB/s": {}, "ratio": {}}
        for name, values in times.items():
            found["MB/s"][name] = round(len(data) / median(values) / 1e6, 1)
            ratios = [value / own for value, own in zip(values, ours, strict=True)]
            found["ratio"][name] = round(median(ratios), 2)
        for level in ("must", "aim"):
            bars = getattr(row, level)
            found[level] = {
                bar.peer: found["ratio"][bar.peer] >= bar.times
                for bar in bars
                if bar.peer in found["ratio"]
            }
        out[f"{kind} {source} -> {target or 'valid?'}"] = found
    return out


def _bars(bars: tuple[Bar, ...]) -> str:
    return ", ".join(f"{bar.times:g}x {bar.peer}" for bar in bars) or "-"


def show(row: Row, found: dict[str, Any]) -> None:
    """Prints the row: rates, ratios and which bars are reached."""
    print(f"\n{row.title}   must: {_bars(row.must)}   aim: {_bars(row.aim)}")
    lines = []
    for label, case in found.items():
        cells = [label, f"{case['MB/s']['recodec']:.0f}"]
        for peer in PEERS:
            rate = case["MB/s"].get(peer)
            cells.append("-" if rate is None else f"{rate:.0f} x{case['ratio'][peer]:.1f}")
        for level in ("must", "aim"):
            marks = case[level].values()
            cells.append("-" if not marks else "yes" if all(marks) else "NO")
        lines.append(cells)
    print(table(["input MB/s", "recodec", *PEERS, "must", "aim"], lines))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=64, help="size of each text")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", default="", help="only rows whose title contains this")
    parser.add_argument("--kernel", help="force a kernel set: avx512, avx2, sse2, neon, scalar")
    parser.add_argument("--encoding-rs", type=Path, help="a program built of encoding_rs.rs")
    parser.add_argument("--copy", action="store_true", help="beside copying the answer, alone")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)
    if not (SHARED / "corpora" / "dev").is_dir():
        print(f"the texts are made from {SHARED}/corpora/dev, which is not there", file=sys.stderr)
        return 2
    if args.kernel:
        core.force_kernel(args.kernel)
    size = int(args.megabytes * MB)
    out: dict[str, Any] = {
        "kernel": core.kernel_name(),
        "python": sys.version.split()[0],
        "megabytes": args.megabytes,
        "rounds": args.rounds,
        "rows": {},
    }
    print(f"{args.megabytes:g} MB, kernels {out['kernel']}; xN: its time / ours")
    for row in ROWS:
        if args.copy and {case[2] for case in row.cases} & {"", "str"}:
            continue  # no answer in bytes
        if args.rows in row.title:
            found = run_row(row, size, args)
            out["rows"][row.title] = found
            show(row, found)
    if args.json:
        save(args.json, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
