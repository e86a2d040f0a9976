"""Reading the training text: `../shared/corpora/train/<language>/<register>-<source>.txt[.xz]`.

Lines that nobody has translated yet are in English, in interfaces above all, half of the Tagalog
text among them: they are left out. Registers are weighted, not raw bytes: interface strings and
manuals are over-represented for small languages (corpora/README of the training data says so), so
each register of a language is capped.
"""

from __future__ import annotations

import functools
import hashlib
import lzma
import math
import re
import unicodedata
from collections.abc import Container
from pathlib import Path

REGISTER_CAP = 1_000_000  # characters read of one register of one language
# Norwegian novels of before 1907 are in Danish spelling, which no file of the computer age is.
OTHER_CAPS = {("nb", "lit"): 60_000}
# A line is English if it has so many words, each of them on average so many bits commoner in
# English than in the language. What no list has occurs so often in a thousand million words.
ENGLISH_WORDS = 3
ENGLISH_BITS = 2.0
UNLISTED = 3000.0
_WORD = re.compile(r"[^\W\d_]+")


def languages(shared: Path) -> list[str]:
    """BCP 47 tags that have training text, sorted."""
    return sorted(p.name for p in (shared / "corpora" / "train").iterdir() if p.is_dir())


def read_file(path: Path) -> str:
    """Whole text of one corpus file."""
    raw = path.read_bytes()
    return (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8")


def source_of(path: Path) -> str:
    """The source of a corpus file, such as `web-wikinews`."""
    return path.name.split(".")[0]


@functools.cache
def _frequencies(shared: Path, language: str) -> dict[str, float]:
    path = shared / "corpora" / "words" / f"{language}.tsv.xz"
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in read_file(path).splitlines())
    return {word: float(each) for word, each in rows}


@functools.cache
def _english_bits(shared: Path, language: str) -> dict[str, float]:
    """How many bits commoner words are in English than in a language of Latin letters."""
    own = _frequencies(shared, language)
    english = _frequencies(shared, "en")
    if language == "en" or not unicodedata.name(next(iter(own), "?")[0]).startswith("LATIN"):
        return {}
    return {
        word: math.log2((english.get(word, 0) + UNLISTED) / (own.get(word, 0) + UNLISTED))
        for word in own.keys() | english.keys()
    }


def is_english(bits: dict[str, float], line: str) -> bool:
    """Was a line left in English?"""
    words = _WORD.findall(line.lower())
    lead = sum(bits.get(word, 0.0) for word in words)
    return len(words) >= ENGLISH_WORDS and lead > ENGLISH_BITS * len(words)


def read_own(shared: Path, language: str, path: Path) -> str:
    """The lines of one corpus file that are not left in English."""
    text = read_file(path)
    bits = _english_bits(shared, language)
    if not bits:
        return text
    return "\n".join(line for line in text.split("\n") if not is_english(bits, line))


def untransliterated(path: Path) -> str:
    """The source of a file in whatever script."""
    return source_of(path).removesuffix("-transliterated")


def of_one_script(shared: Path, language: str, other: str) -> list[Path]:
    """The training text of a language in one script whose sources the other script does not have.

    The others are other documents of the same source, and its tuning text may be among them.
    """
    train = shared / "corpora" / "train"
    own = {untransliterated(path) for path in (train / other).iterdir()}
    return [
        path for path in sorted((train / language).iterdir()) if untransliterated(path) not in own
    ]


def read_registers(
    shared: Path, language: str, cap: int = REGISTER_CAP, without: Container[str] = ()
) -> dict[str, str]:
    """Training text of one language by register, each up to `cap` characters, less some sources.

    A register over the cap is thinned evenly, by lines, over all its sources.
    """
    by_register: dict[str, list[str]] = {}
    for path in sorted((shared / "corpora" / "train" / language).iterdir()):
        if source_of(path) in without:
            continue
        register = path.name.split("-")[0].split(".")[0]
        by_register.setdefault(register, []).append(read_own(shared, language, path))
    out = {}
    for register in sorted(by_register):
        text = "\n".join(by_register[register])
        most = OTHER_CAPS.get((language, register), cap)
        if len(text) > most:
            step = len(text) / most
            lines = text.split("\n")
            text = "\n".join(lines[int(i * step)] for i in range(int(len(lines) / step)))
        out[register] = text
    return out


def read_language(shared: Path, language: str) -> str:
    """Training text of one language: every register, each up to REGISTER_CAP characters."""
    return "\n".join(read_registers(shared, language).values())


def read_words(shared: Path, language: str) -> str:
    """The commonest words of a language, a line each; empty where there is no list."""
    path = shared / "corpora" / "words" / f"{language}.tsv.xz"
    if not path.exists():
        return ""
    return "\n".join(line.split("\t")[0] for line in read_file(path).splitlines())


def fingerprint(paths: list[Path]) -> str:
    """One sha256 over names and contents of `paths` in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
