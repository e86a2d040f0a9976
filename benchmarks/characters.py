"""Kana, Han and Hangul on their own: tables of codes, of input methods and of fonts have them.

    python benchmarks/characters.py --misses 40
    python benchmarks/characters.py --detectors recodec,chardet

Characters of the first levels of GB 2312, Big5, JIS X 0208 and KS X 1001, in the order of their
codes or far from each other, 3 to 100 of them, in the shapes below. They form no text, and the
same bytes may be characters of several charsets: then the confidence has to say so. In the shapes
`table` and `map` kana and Hangul stand beside their romanisation, Han beside a key of an input
method that tells nothing. Nothing is drawn at random.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import charsets
import listed
import peers
import scoring
from set_names import Item

_COUNTS = (3, 8, 30, 100)
_PLACES = 6  # where in a level lists begin
_FAR = 211  # characters from one to the next, a prime
_BIG5 = (*range(0x40, 0x7F), *range(0xA1, 0xFF))

Rows = list[tuple[str, str]]  # characters, and what is written for them

SHAPES: dict[str, Callable[[Rows], str]] = {
    "lines": lambda rows: "".join(f"{char}\n" for char, _ in rows),
    "spaced": lambda rows: " ".join(char for char, _ in rows) + "\n",
    "commas": lambda rows: ", ".join(char for char, _ in rows) + "\n",
    "chars": lambda rows: "".join(f"    case '{char}':\n" for char, _ in rows),
    "codes": lambda rows: "".join(f"U+{ord(char):04X}\t{char}\n" for char, _ in rows),
    "html": lambda rows: "".join(f"<li>{char}</li>\n" for char, _ in rows),
    "table": lambda rows: "".join(f"{name}\t{char}\n" for char, name in rows),
    "map": lambda rows: "".join(f"'{char}': '{name}',\n" for char, name in rows),
}


def level(codec: str, leads: range, trails: Iterable[int] = range(0xA1, 0xFF)) -> str:
    """The characters of a level, in the order of their codes."""
    codes = (bytes(code) for code in product(leads, trails))
    return "".join(code.decode(codec, "ignore") for code in codes)


def romanised(char: str, at: int) -> str:
    """What stands for a character: how kana and Hangul are called, of Han a key made of `at`."""
    name = unicodedata.name(char, "")
    if name.startswith(("HIRAGANA LETTER", "KATAKANA LETTER", "HANGUL SYLLABLE")):
        return name.rpartition(" ")[2].lower()
    return "".join("abcdefghijklmnopqrstuvwxy"[at // 7**k % 25] for k in range(1 + at % 4))


LEVELS = {
    "gb2312": ("zh-Hans", lambda: level("gb2312", range(0xB0, 0xD8))),
    "big5": ("zh-Hant", lambda: level("big5", range(0xA4, 0xC6), _BIG5)),
    "euc_jp": ("ja", lambda: level("euc_jp", range(0xB0, 0xD0))),
    "cp932": ("ja", lambda: level("euc_jp", range(0xB0, 0xD0))),
    "euc_jp kana": ("ja", lambda: level("euc_jp", range(0xA4, 0xA6), range(0xA1, 0xF4))),
    "cp932 kana": ("ja", lambda: level("euc_jp", range(0xA4, 0xA6), range(0xA1, 0xF4))),
    "euc_kr": ("ko", lambda: level("euc_kr", range(0xB0, 0xC9))),
}


def items() -> Iterator[Item]:
    """All lists."""
    for name, (language, make) in LEVELS.items():
        codec, chars = name.split()[0], make()
        for place in range(_PLACES):
            for count in _COUNTS:
                for step in (1, _FAR):
                    first = place * (len(chars) // _PLACES)
                    at = [(first + step * k) % len(chars) for k in range(min(count, len(chars)))]
                    rows = [(chars[k], romanised(chars[k], k)) for k in at]
                    for shape, write in SHAPES.items():
                        text = write(rows)
                        which = f"{name}/{place}/{count}/{step}/{shape}"
                        data = text.encode(codec)
                        yield Item("characters", which, data, text, codec, language, 1.0)


def main(argv: list[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", help="the folder with corpora/ and tables/")
    parser.add_argument("--detectors", default="recodec")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="wrong with most trust")
    args = parser.parse_args(argv)
    judge = scoring.Judge(charsets.shared_folder(args.shared))
    made = list(items())
    detectors, missing = peers.load(args.detectors.split(","))
    for name, why in missing.items():
        print(f"{name}: {why}", file=sys.stderr)
    for detector in detectors:
        verdicts = [judge.judge(item, detector.guess(item.data)) for item in made]
        listed.report(detector.name, verdicts, args.misses, SHAPES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
