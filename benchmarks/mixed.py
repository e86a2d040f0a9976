"""Files that programs in several encodings wrote: how many of their lines are read rightly?

    python benchmarks/mixed.py                      # recodec.segments beside whole-file decoding
    python benchmarks/mixed.py --misses 20 --alarms full,200
    python benchmarks/mixed.py --long 100000        # the same of long files, detect alone

Every file is made of dev lines in two or three encodings, framed as a log, a table, a changelog, a
chat or plain text, in several layouts. Counted are the lines beyond ASCII whose text is what was
written, the files that are said to be mixed, and single-encoding texts that are divided. A peer
names one encoding for the file, which is what its users decode the file with.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import charsets
import legacy
import peers
import recodec
import sets
from report import table

PAIRS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("de", "utf-8"), ("de", "cp1252")),
    (("fr", "cp1252"), ("fr", "utf-8")),
    (("es", "utf-8"), ("es", "cp1252")),
    (("ru", "utf-8"), ("ru", "koi8_r")),
    (("ru", "cp1251"), ("ru", "utf-8")),
    (("el", "utf-8"), ("el", "cp1253")),
    (("tr", "utf-8"), ("tr", "cp1254")),
    (("ru", "cp1251"), ("ru", "koi8_r")),
    (("ru", "cp1251"), ("ru", "cp866")),
    (("uk", "cp1251"), ("uk", "koi8_u")),
    (("fr", "cp1252"), ("fr", "cp850")),
    (("de", "cp1252"), ("de", "cp850")),
    (("fr", "cp1252"), ("fr", "mac_roman")),
    (("cs", "iso8859_2"), ("cs", "cp1250")),
    (("cs", "cp1250"), ("cs", "cp852")),
    (("pl", "iso8859_2"), ("pl", "cp1250")),
    (("el", "cp1253"), ("el", "cp737")),
    (("ru", "koi8_r"), ("de", "cp1252")),
    (("zh-Hans", "utf-8"), ("zh-Hans", "gbk")),
    (("zh-Hant", "utf-8"), ("zh-Hant", "big5")),
    (("ko", "utf-8"), ("ko", "cp949")),
    (("ja", "utf-8"), ("ja", "cp932")),
    (("ja", "cp932"), ("ja", "euc_jp")),
    (("zh-Hans", "gbk"), ("zh-Hant", "big5")),
    (("ru", "utf-8"), ("ru", "cp1251"), ("ru", "cp866")),
    (("cs", "iso8859_2"), ("cs", "cp1250"), ("cs", "cp852")),
    (("ja", "utf-8"), ("ja", "cp932"), ("ja", "euc_jp")),
)  # fmt: skip


class Line(NamedTuple):
    """A line with its end, and the bytes it was written as."""

    text: str
    data: bytes


class File(NamedTuple):
    """A file to be read; `layout` and `pair` are what the table groups by."""

    layout: str
    pair: str
    lines: list[Line]

    @property
    def data(self) -> bytes:
        return b"".join(line.data for line in self.lines)


_FRAMES: tuple[Callable[[int, str], str], ...] = (
    lambda n, text: text,
    lambda n, text: (
        f"2009-03-{n % 28 + 1:02d} 12:{n % 60:02d}:07 srv{n % 3} app[{400 + n}]: {text}"
    ),
    lambda n, text: f'{n};"{text}";{n * 37 % 101},50',
    lambda n, text: f"  * {text}",
    lambda n, text: f"[12:{n % 60:02d}] <user{n % 5}> {text}",
)


# How many lines of which encoding follow each other, of `count` in all, for `k` encodings.
def _parts(count: int, k: int) -> list[int]:
    return [at * k // count for at in range(count)]


_LAYOUTS: dict[str, Callable[[int, int, random.Random], list[int]]] = {
    "parts": lambda count, k, rng: _parts(count, k),
    "and back": lambda count, k, rng: [at * (k + 1) // count % k for at in range(count)],
    "a block": lambda count, k, rng: [
        1 + (at % (k - 1)) if count * 2 // 5 <= at < count * 3 // 5 else 0 for at in range(count)
    ],
    "a short end": lambda count, k, rng: [
        k - 1 if at >= count - max(count // 8, 2) else 0 for at in range(count)
    ],
    "alternating": lambda count, k, rng: [at % k for at in range(count)],
    "at random": lambda count, k, rng: [rng.randrange(k) for _ in range(count)],
    "one line": lambda count, k, rng: [k - 1 if at == count // 2 else 0 for at in range(count)],
    "other ends": lambda count, k, rng: _parts(count, k),
}


def _texts(
    pool: Any, language: str, codec: str, count: int, sizes: tuple[int, int], rng: random.Random
) -> list[str]:
    """Lines of the language that the codec can write, each with something beyond ASCII."""
    found: list[str] = []
    for line in pool.onwards(pool.place(rng)):
        text = legacy.as_written(line.strip(), language, codec)
        if not text or text.isascii():
            continue
        while len(text.encode(codec)) > sizes[1]:
            text = text[: len(text) * 3 // 4].rstrip()
        if len(text.encode(codec)) >= sizes[0] and not text.isascii():
            found.append(text)
            if len(found) == count:
                break
    return found


def files(builder: sets.Builder, seed: int) -> Iterator[File]:
    """All files, in a fixed order."""
    for pair in PAIRS:
        name = " + ".join(f"{codec}" for _, codec in pair) + f" ({pair[0][0]})"
        for layout, order in _LAYOUTS.items():
            for sizes, count in (((20, 60), 24), ((30, 200), 60)):
                rng = random.Random(f"{seed} {name} {layout} {count}")
                chosen = order(count, len(pair), rng)
                stores = [
                    _texts(builder.pools[language], language, codec, count, sizes, rng)
                    for language, codec in pair
                ]
                frame = rng.choice(_FRAMES)
                lines = []
                for at, which in enumerate(chosen):
                    codec = pair[which][1]
                    end = "\r\n" if layout == "other ends" and which else "\n"
                    text = frame(at, stores[which][at % len(stores[which])]) + end
                    lines.append(Line(text, text.encode(codec)))
                    if layout == "a block" and at % 5 == 0:
                        plain = frame(at, "plain ASCII in between") + "\n"
                        lines.append(Line(plain, plain.encode()))
                yield File(layout, name, lines)


def _by_segments(data: bytes) -> tuple[str, bool]:
    parts = recodec.segments(data)
    text = "".join(
        recodec.decode(data[part.start : part.end], part.encoding or "latin-1", "replace").text
        for part in parts
    )
    return text, len({part.encoding for part in parts}) > 1


def _by_peer(peer: peers.Detector) -> Callable[[bytes], tuple[str, bool]]:
    def read(data: bytes) -> tuple[str, bool]:
        name = peer.guess(data).encoding
        try:
            return data.decode(name or "latin-1", "replace"), False
        except LookupError:
            return data.decode("latin-1"), False

    return read


def _read_rightly(file: File, text: str) -> tuple[int, int]:
    """Lines beyond ASCII that are what was written, and how many there are."""
    got = text.split("\n")
    want = [(line.text.split("\n")[0], line.data.isascii()) for line in file.lines]
    asked = [at for at, (_, plain) in enumerate(want) if not plain]
    right = sum(at < len(got) and got[at] == want[at][0] for at in asked)
    return right, len(asked)


def run(
    every: list[File], readers: dict[str, Callable[[bytes], tuple[str, bool]]], misses: int
) -> dict[str, Any]:
    """Shares by layout and by pair for each reader, in percent."""
    lines: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    told: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    seconds: Counter[str] = Counter()
    shown: list[tuple[float, str]] = []
    for file in every:
        data = file.data
        for reader, read in readers.items():
            start = time.perf_counter()
            text, mixed = read(data)
            seconds[reader] += time.perf_counter() - start
            right, asked = _read_rightly(file, text)
            for group in (file.layout, file.pair, "all"):
                for table_, value, most in ((lines, right, asked), (told, int(mixed), 1)):
                    table_[reader, group][0] += value
                    table_[reader, group][1] += most
            if reader == "segments" and right < asked:
                shown.append((right / asked, f"{file.layout}, {file.pair}, {len(file.lines)}"))
        said = recodec.detect(data).mixed
        for group in (file.layout, file.pair, "all"):
            told["detect", group][0] += said
            told["detect", group][1] += 1
    for share, what in sorted(shown)[:misses]:
        print(f"  {100 * share:5.1f}  {what}")
    return {
        "lines": {" | ".join(key): 100 * a / b for key, (a, b) in lines.items()},
        "told": {" | ".join(key): 100 * a / b for key, (a, b) in told.items()},
        "seconds": dict(seconds),
    }


def alarms(builder: sets.Builder, names: list[str], misses: int) -> dict[str, Any]:
    """Texts in one encoding that `segments` divides, or `detect` calls mixed, of how many."""
    out: dict[str, Any] = {}
    for name in names:
        divided = said = count = 0
        spent = 0.0
        for item in builder.get(name):
            count += 1
            start = time.perf_counter()
            parts = recodec.segments(item.data)
            spent += time.perf_counter() - start
            if len({part.encoding for part in parts}) > 1:
                divided += 1
                if divided <= misses:
                    shown = [(part.start, part.end, part.encoding) for part in parts][:4]
                    print(f"  {name} {item.id} {item.encoding}: {shown}")
            said += recodec.detect(item.data).mixed
        out[name] = {"items": count, "divided": divided, "said": said, "seconds": spent}
    return out


# Of a long file the second encoding has a part from here to there, in tenths.
_LONG_LAYOUTS = {"its second half": (5, 10), "the middle": (3, 7), "the last tenth": (9, 10)}


def _long_text(
    builder: sets.Builder, language: str, codec: str, size: int, rng: random.Random
) -> bytes:
    lines: list[bytes] = []
    left = size
    while left > 0:
        for text in _texts(builder.pools[language], language, codec, 40, (30, 200), rng):
            lines.append(f"{text}\n".encode(codec))
            left -= len(lines[-1])
    return b"".join(lines)


def long_files(builder: sets.Builder, seed: int, size: int) -> dict[str, Any]:
    """Of files of about `size` bytes: those that `detect` calls mixed, by where the second encoding
    is, and those among them that are in one encoding throughout."""
    told: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (language, codec), (other, other_codec), *_ in PAIRS:
        rng = random.Random(f"{seed} {codec} {other_codec}")
        first = _long_text(builder, language, codec, size, rng)
        second = _long_text(builder, other, other_codec, size, rng)
        made = {"one encoding": first}
        for layout, (begin, end) in _LONG_LAYOUTS.items():
            cuts = [size * begin // 10, size * end // 10]
            cuts = [first.rfind(b"\n", 0, cut) + 1 for cut in cuts]
            part = second[: second.rfind(b"\n", 0, cuts[1] - cuts[0]) + 1]
            made[layout] = first[: cuts[0]] + part + first[cuts[1] : size]
        for layout, data in made.items():
            told[layout][0] += recodec.detect(data).mixed
            told[layout][1] += 1
    return {layout: f"{said} of {count}" for layout, (said, count) in told.items()}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers", default="chardet,charset-normalizer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="show so many of the worst")
    parser.add_argument("--alarms", default="", help="sets of texts in one encoding, by comma")
    parser.add_argument("--long", type=int, help="long files of so many bytes instead")
    parser.add_argument("--shared", help="folder with corpora/ and tables/ (RECODEC_SHARED)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args(argv)
    builder = sets.Builder(charsets.shared_folder(arguments.shared), arguments.seed)
    if arguments.long:
        for layout, said in long_files(builder, arguments.seed, arguments.long).items():
            print(
                f"second encoding in {layout}: {said}"
                if layout in _LONG_LAYOUTS
                else f"{layout}: {said}"
            )
        return 0
    readers: dict[str, Callable[[bytes], tuple[str, bool]]] = {"segments": _by_segments}
    for peer in peers.load([name for name in arguments.peers.split(",") if name])[0]:
        readers[peer.name] = _by_peer(peer)
    every = list(files(builder, arguments.seed))
    out = run(every, readers, arguments.misses)
    groups = [*_LAYOUTS, *dict.fromkeys(file.pair for file in every), "all"]
    rows = [
        [group, *(f"{out['lines'][f'{name} | {group}']:.1f}" for name in readers),
         f"{out['told'][f'segments | {group}']:.0f}", f"{out['told'][f'detect | {group}']:.0f}"]
        for group in groups
    ]  # fmt: skip
    print(f"\n{len(every)} files: percent of the lines beyond ASCII that are read as written;")
    print("files that segments divides, and that detect calls mixed")
    print(table(["", *readers, "divided", "mixed"], rows))
    print("seconds: " + ", ".join(f"{name} {spent:.2f}" for name, spent in out["seconds"].items()))
    if arguments.alarms:
        out["alarms"] = alarms(builder, arguments.alarms.split(","), arguments.misses)
        rows = [
            [
                name,
                *(str(one[key]) for key in ("items", "divided", "said")),
                f"{one['seconds']:.2f}",
            ]
            for name, one in out["alarms"].items()
        ]
        print("\ntexts in one encoding")
        print(table(["set", "items", "divided", "mixed", "seconds"], rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
