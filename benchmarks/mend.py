"""Text that was decoded in the wrong charset and saved again: how much of it is mended?

    python benchmarks/mend.py                    # recodec, and ftfy where it is installed
    python benchmarks/mend.py --seed 2 --misses lost

Dev lines are misread in charsets that programs took them for, as they are or with what happens
next: undefined bytes become U+FFFD (`lost`) or question marks (`marks`), what is not seen is left
out (`gone`), no-break spaces become spaces (`spaces`), and of several spaces one is left
(`collapsed`). `latin-1` is legacy text that was read in ISO 8859-1.
Right is what equals the text that was misread, to the letter; text that is not misread must stay.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import charsets
import recodec
import texts
from report import table

# What text in a language was most often taken for.
WESTERN = ("cp1252", "latin-1", "mac-roman", "cp850")
MISREAD: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("fr", "de", "es", "it", "pt", "sv"), (*WESTERN, "cp1250", "cp1251", "cp437")),
    **dict.fromkeys(("en", "da", "nb", "fi", "is", "nl", "ca"), ("cp1252", "latin-1")),
    **dict.fromkeys(("ru", "uk", "bg"), ("cp1251", "cp1252", "cp866", "koi8-r", "mac-cyrillic")),
    **dict.fromkeys(("pl", "cs", "hu", "ro", "hr", "sk"), ("cp1250", "cp1252", "cp852")),
    **dict.fromkeys(("lv", "lt", "et"), ("cp1257", "cp1252")),
    "el": ("cp1253", "cp1252"), "tr": ("cp1254", "cp1252"), "he": ("cp1255", "cp1252"),
    "ar": ("cp1256", "cp1252"), "fa": ("cp1256", "cp1252"), "vi": ("cp1258", "cp1252"),
    "th": ("cp874", "cp1252"), "ja": ("cp1252",), "ko": ("cp1252",), "zh-Hans": ("cp1252",),
    "hi": ("cp1252",),
}  # fmt: skip
KINDS = (
    "line", "word", "capitals", "half", "lost", "marks", "gone", "spaces", "collapsed", "latin-1",
    "stays",
)  # fmt: skip
EACH = 4
_LONGEST = 140


class Item(NamedTuple):
    kind: str
    garbled: str
    meant: str


def misread(text: str, charset: str, undefined: str = "") -> str:
    """What a program makes of the UTF-8 of a text in a single-byte charset."""
    letters = []
    for byte in text.encode("utf-8"):
        try:
            letters.append(bytes((byte,)).decode(charset))
        except UnicodeDecodeError:
            letters.append(undefined or chr(byte))
    return "".join(letters)


def _garbled(kind: str, line: str, charset: str, rng: random.Random) -> Item | None:
    """One item of a kind, None where the line gives none."""
    meant = line
    if kind == "word":
        words = [word for word in re.findall(r"\w+", line) if not word.isascii()]
        meant = rng.choice(words) if words else ""
    elif kind == "capitals":
        meant = line.upper()
    if meant.isascii():
        return None
    if kind == "half":
        words = line.split(" ")
        first, rest = " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])
        if first.isascii() or rest.isascii():
            return None
        return Item(kind, f"{first} {misread(rest, charset)}", meant)
    whole = misread(meant, charset)
    if kind in ("lost", "marks"):
        garbled = misread(meant, charset, "\ufffd" if kind == "lost" else "?")
        return Item(kind, garbled, meant) if garbled != whole else None
    if kind == "gone":
        garbled = re.sub("[\x80-\x9f\xad]", "", misread(meant, charset))
        return Item(kind, garbled, meant) if garbled != whole and "\xad" not in meant else None
    if kind in ("spaces", "collapsed"):
        garbled = whole.replace("\xa0", " ")
        if garbled == whole or "\xa0" in meant or "  " in meant:
            return None
        return Item(kind, re.sub(" +", " ", garbled) if kind == "collapsed" else garbled, meant)
    return Item(kind, whole, meant)


def _latin(line: str, charset: str) -> Item | None:
    """Legacy text that was read in ISO 8859-1, where C1 controls tell."""
    try:
        garbled = line.encode(charset).decode("latin-1")
    except UnicodeEncodeError:
        return None
    return Item("latin-1", garbled, line) if re.search("[\x80-\x9f]", garbled) else None


def items(shared: Path, seed: int) -> Iterator[Item]:
    for language, misreadings in MISREAD.items():
        rng = random.Random(f"{seed}/{language}")
        files = texts.Pool(language, shared / "corpora" / "dev" / language).files
        lines = [line for file in files for line in file if 8 < len(line) < _LONGEST]
        lines = [line for line in lines if not line.isascii() and "\ufffd" not in line]
        rng.shuffle(lines)
        for line in lines[: 8 * EACH]:
            yield Item("stays", line, line)
            yield Item("stays", line.upper(), line.upper())
        for charset in misreadings:
            for kind in KINDS[:9]:
                pool = lines
                if kind in ("marks", "gone"):  # which came later: the other draws stay the same
                    draw = random.Random(f"{seed}/{language}/{charset}/{kind}")
                    pool = draw.sample(lines, len(lines))
                else:
                    rng.shuffle(lines)
                found = (_garbled(kind, line, charset, rng) for line in pool)
                yield from [item for item, _ in zip(filter(None, found), range(EACH), strict=False)]
        found = (_latin(line, misreadings[0]) for line in lines)
        yield from [item for item, _ in zip(filter(None, found), range(3 * EACH), strict=False)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", help="folder with corpora/ and tables/ (RECODEC_SHARED)")
    parser.add_argument("--misses", choices=KINDS, help="show what of a kind is not right")
    options = parser.parse_args()
    menders: dict[str, Callable[[str], str]] = {"recodec": recodec.mend}
    try:
        import ftfy
    except ImportError:
        print("ftfy is not installed")
    else:
        menders["ftfy"] = ftfy.fix_encoding
    made = list(items(charsets.shared_folder(options.shared), options.seed))
    count = Counter(item.kind for item in made)
    right: Counter[tuple[str, str]] = Counter()
    for item in made:
        for name, mender in menders.items():
            got = mender(item.garbled)
            right[name, item.kind] += got == item.meant
            if name == "recodec" and item.kind == options.misses and got != item.meant:
                print(f"{item.garbled!r}\n  {got!r}\n  {item.meant!r}")
    rows = [
        [
            kind,
            str(count[kind]),
            *(f"{100 * right[name, kind] / count[kind]:.1f}" for name in menders),
        ]
        for kind in KINDS
    ]
    print(table(["percent right", "items", *menders], rows))


if __name__ == "__main__":
    main()
