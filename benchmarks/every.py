"""Speed of every charset of the registry, both ways, beside glibc's iconv() and CPython's codec.

    python benchmarks/every.py --json benchmarks/results/every.json

Texts are lines of ../shared/corpora/dev that the charset holds, in a language it was used for;
where there are none, words drawn from its own characters. iconv() is called in this process, so
that no start of a program counts. Figures are processor time, medians over rounds in which the
converters take turns; a converter that does not know the charset, or refuses the text, is left
out. MB are of input.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import recodec
from recodec._coding.route import route
from recodec._registry import charsets
from recodec.codecs._charset_tables import VARIANTS
from recodec.codecs._whatwg_labels import LABELS
from report import save, table

SHARED = Path(__file__).resolve().parents[2] / "shared"
MB = 1e6
_ENOUGH = 40_000  # characters of lines; they are repeated
_LONGEST = 0.4  # seconds that a call may take; the text is shortened to that

Call = Callable[[], object]

libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
try:
    libc.iconv_open.restype = ctypes.c_void_p
    libc.iconv_open.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    libc.iconv.restype = ctypes.c_size_t
    libc.iconv.argtypes = [ctypes.c_void_p] + [ctypes.c_void_p] * 4
    libc.iconv_close.argtypes = [ctypes.c_void_p]
    HAS_ICONV = True
except AttributeError:
    HAS_ICONV = False
_FAILED = ctypes.c_size_t(-1).value


class Iconv:
    """One direction of glibc's iconv()."""

    def __init__(self, to: str, from_: str) -> None:
        """Raises LookupError where it knows no such way."""
        self.way = to.encode(), from_.encode()
        descriptor = libc.iconv_open(*self.way) if HAS_ICONV else None
        if descriptor in (None, ctypes.c_void_p(-1).value):
            raise LookupError(from_)
        libc.iconv_close(descriptor)

    def __call__(self, data: bytes) -> bytes:
        descriptor = libc.iconv_open(*self.way)
        source = ctypes.create_string_buffer(data, len(data))
        size = 4 * len(data) + 64
        out = ctypes.create_string_buffer(size)
        at, to = ctypes.c_void_p(ctypes.addressof(source)), ctypes.c_void_p(ctypes.addressof(out))
        left, room = ctypes.c_size_t(len(data)), ctypes.c_size_t(size)
        refs = [ctypes.byref(one) for one in (at, left, to, room)]
        failed = libc.iconv(descriptor, *refs) == _FAILED or left.value
        libc.iconv(descriptor, None, None, *refs[2:])
        libc.iconv_close(descriptor)
        if failed:
            raise ValueError("iconv() refuses the text")
        return ctypes.string_at(out, size - room.value)


@cache
def lines_of(language: str) -> tuple[str, ...]:
    """Lines of a language, some of each file."""
    found: list[str] = []
    for path in sorted((SHARED / "corpora" / "dev" / language).glob("*.txt")):
        found += [line for line in path.read_text("utf-8").split("\n") if line][:400]
    return tuple(found)


def _held(name: str, lines: Iterable[str]) -> Iterator[str]:
    way = route(name)
    count = 0
    for line in lines:
        try:
            if way.decode(way.encode(line, "strict")[0], "strict")[0] != line:
                continue
        except UnicodeError:
            continue
        yield line
        count += len(line)
        if count > _ENOUGH:
            return


def _repertoire(name: str) -> list[str]:
    """Words of the charset's own characters."""
    way = route(name)
    asked = "".join(map(chr, (*range(0x20, 0xD800), *range(0xF900, 0x10000))))
    read = way.decode(way.encode(asked, "ignore")[0], "ignore")[0]
    own = sorted(set(read) & set(asked))
    letters = [one for one in own if one.isalpha()] or own
    chance = random.Random(name)
    words = ("".join(chance.choices(letters, k=5)) for _ in range(8000))
    return list(_held(name, words))


def text_for(name: str, languages: tuple[str, ...]) -> str:
    """A text that the charset holds both ways: of a language that shows it, or its characters."""
    best = ""
    end = next(_held(name, ("\n", " ")), "")
    for language in (*languages[:6], "en", "fr"):
        lines = list(_held(name, lines_of(language)))
        # A few lines of ASCII names in a Cyrillic page do not show its speed.
        text = end.join(lines)
        plain = sum(character < "\x80" for character in text)
        if len(text) > 8000 and plain < 0.97 * len(text):
            return text + end
        best = text if len(text) > len(best) else best
    words = _repertoire(name)
    if len(best) > 8000 and all(word.isascii() for word in words):
        return best + end
    separator = next(_held(name, (" ",)), "")
    return separator.join(words) + separator


def seconds(call: Call) -> float:
    """Processor time of one call."""
    before = time.process_time()
    result = call()
    after = time.process_time()
    del result
    return max(after - before, 1e-7)


def iconv_for(names: tuple[str, ...], data: bytes, utf8: bytes) -> tuple[Iconv, Iconv] | None:
    """Both ways by the first of the names that reads `data` as we do, or reads it at all."""
    other = None
    for name in names:
        try:
            pair = Iconv("UTF-8", name), Iconv(name, "UTF-8")
            if pair[0](data) == utf8:
                return pair
            other = other or pair
        except (LookupError, ValueError, UnicodeEncodeError):
            continue
    return other


def able(call: Call) -> bool:
    """Whether it converts the text."""
    try:
        call()
    except (UnicodeError, ValueError, LookupError):
        return False
    return True


def _timed(calls: dict[str, Call], rounds: int) -> dict[str, float]:
    calls = {name: call for name, call in calls.items() if able(call)}
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds):
        for name in calls if number % 2 else reversed(calls):
            times[name].append(seconds(calls[name]))
    return {name: median(values) for name, values in times.items()}


def measure(name: str, size: int, rounds: int) -> dict[str, Any]:
    """Rates in MB/s: way -> converter -> rate."""
    charset = charsets.find(name.rpartition(":")[2])
    text = text_for(name, charset.languages if charset else ())
    once = len(text.encode())
    text *= max(1, size // once)
    way = route(name)
    piece = text[: 1 << 16]
    code = way.encode(piece, "strict")[0]
    slowest = max(
        min(seconds(lambda: way.decode(code, "strict")) for _ in range(2)),
        min(seconds(lambda: way.encode(piece, "strict")) for _ in range(2)),
    )
    if (expected := slowest * len(text) / len(piece)) > _LONGEST:
        text = text[: max(1 << 15, int(len(text) * _LONGEST / expected))]
    data, utf8 = way.encode(text, "strict")[0], text.encode()
    assert recodec.recode(data, "utf-8", name) == utf8, name
    labels = (name.rpartition(":")[2],)
    if charset is not None:
        labels += tuple(filter(None, (charset.iana, charset.name, *charset.aliases)))
    found = iconv_for(labels, data, utf8)
    python = charset.python if charset is not None and ":" not in name else None
    decoding: dict[str, Call] = {"recodec": lambda: recodec.recode(data, "utf-8", name)}
    encoding: dict[str, Call] = {"recodec": lambda: recodec.recode(utf8, name, "utf-8")}
    if found is not None:
        reading, writing = found
        decoding["glibc"] = lambda: reading(data)
        encoding["glibc"] = lambda: writing(utf8)
    if python is not None:
        decoding["cpython"] = lambda: data.decode(python).encode()
        encoding["cpython"] = lambda: utf8.decode().encode(python)
    decoding["str"] = lambda: way.decode(data, "strict")
    encoding["str"] = lambda: way.encode(text, "strict")
    out: dict[str, Any] = {"bytes": len(data)}
    for direction, calls, count in (("decode", decoding, data), ("encode", encoding, utf8)):
        times = _timed(calls, rounds)
        out[direction] = {one: round(len(count) / took / MB, 2) for one, took in times.items()}
    return out


def ratio(found: dict[str, Any], direction: str, peer: str = "glibc") -> float | None:
    """How many times as fast as a peer; None where it does not do it."""
    rates = found[direction]
    return rates["recodec"] / rates[peer] if peer in rates else None


def all_names(flavours: bool) -> list[str]:
    """Charsets of the registry that have a codec, and those of implementations."""
    found = []
    for charset in charsets.all_charsets():
        try:
            route(charset.name)
        except LookupError:
            continue
        found.append(charset.name)
    if flavours:
        found += [
            f"{who}:{name}"
            for name, variants in VARIANTS.items()
            for who in variants
            if ":" not in who and who != "whatwg"
        ]
        found += [f"whatwg:{name}" for name in sorted({*LABELS.values()} - {"replacement"})]
    return found


def show(results: dict[str, dict[str, Any]]) -> None:
    """One line a charset, the slowest beside glibc first; then how many are faster than it."""

    def key(name: str) -> tuple[float, float]:
        least = [ratio(results[name], way) for way in ("decode", "encode")]
        rates = [results[name][way]["recodec"] for way in ("decode", "encode")]
        return min((one for one in least if one is not None), default=1e9), min(rates)

    rows = []
    for name in sorted(results, key=key):
        cells = [name]
        for way in ("decode", "encode"):
            rates = results[name][way]
            cells.append(f"{rates['recodec']:.1f}")
            for peer in ("glibc", "cpython"):
                times = ratio(results[name], way, peer)
                cells.append("-" if times is None else f"x{times:.1f}")
            cells.append(f"{rates['str']:.1f}")
        rows.append(cells)
    heads = ["", "to UTF-8", "glibc", "cpython", "to str", "from UTF-8", "glibc", "cpython"]
    print(table([*heads, "from str"], rows))
    for way in ("decode", "encode"):
        rates = [found[way]["recodec"] for found in results.values()]
        times = [one for found in results.values() if (one := ratio(found, way)) is not None]
        faster = sum(one > 1 for one in times)
        least = f"median {median(rates):.0f} MB/s, least {min(rates):.2f}"
        print(f"{way}: {len(rates)} charsets, {least}")
        if times:
            print(f"  faster than glibc in {faster} of {len(times)}, median x{median(times):.1f}")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=1, help="size of each text as UTF-8")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--flavours", action="store_true", help="icu:, glibc: and the like too")
    parser.add_argument("--only", default="", help="names that contain this")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)
    if not (SHARED / "corpora" / "dev").is_dir():
        print(f"the texts are made from {SHARED}/corpora/dev, which is not there", file=sys.stderr)
        return 2
    results = {}
    names = [name for name in all_names(args.flavours) if args.only in name]
    for number, name in enumerate(names, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(names)} {name:30}", end="", file=sys.stderr)
        results[name] = measure(name, int(args.megabytes * MB), args.rounds)
        if args.json:  # as far as it has come
            save(args.json, results)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    show(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
