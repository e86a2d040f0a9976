"""The dev texts of a language, and cutting pieces out of them that suit a charset and a length."""

# ruff: noqa: RUF001 -- letters of all scripts stand here on purpose
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import charsets
import legacy

# Inputs are cut here so that one line never makes a whole item of the longer sets.
_LONGEST_LINE = 500
_TRIES = 30
_FALLBACK_LINES = 1500

CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_SCRIPTS: dict[str, str] = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "he": "Hebr", "yi": "Hebr", "el": "Grek",
    "hy": "Armn", "ka": "Geor", "th": "Thai", "lo": "Laoo", "hi": "Deva", "mr": "Deva",
    "bn": "Beng", "pa": "Guru", "gu": "Gujr", "ta": "Taml", "te": "Telu", "kn": "Knda",
    "ml": "Mlym", "ja": "Jpan", "ko": "Kore", "zh-Hans": "Hans", "zh-Hant": "Hant", "yue": "Hant",
    "be": "Cyrl", "bg": "Cyrl", "kk": "Cyrl", "ky": "Cyrl", "mk": "Cyrl", "mn": "Cyrl",
    "ru": "Cyrl", "sr-Cyrl": "Cyrl", "tg": "Cyrl", "tt": "Cyrl", "ba": "Cyrl", "uk": "Cyrl",
    "uz-Cyrl": "Cyrl", "az-Cyrl": "Cyrl",
}  # fmt: skip

# A capitalised word of at least three letters, and not what begins its sentence.
_NAME = re.compile(r"(?<=[^\W\d_] )([^\W\d_]{3,14})(?=[ ,.;:!?)\n]|$)")


def script(language: str) -> str:
    """The ISO 15924 code of the script that a corpus language is written in."""
    return _SCRIPTS.get(language, "Latn")


class Pool:
    """The dev lines of one language, by file."""

    def __init__(self, language: str, folder: Path) -> None:
        self.language = language
        self.files: list[list[str]] = []
        for path in sorted(folder.glob("*.txt")):
            lines = [line[:_LONGEST_LINE] for line in path.read_text("utf-8").split("\n") if line]
            if lines:
                self.files.append(lines)
        # The square root keeps one large manual from drowning the other registers.
        self._shares = [sum(map(len, lines)) ** 0.5 for lines in self.files]
        self._marked: list[tuple[int, int]] | None = None
        self._names: list[str] | None = None

    def place(self, rng: random.Random) -> tuple[int, int]:
        """A random line, as (file, line)."""
        file = rng.choices(range(len(self.files)), self._shares)[0]
        return file, rng.randrange(len(self.files[file]))

    def onwards(self, place: tuple[int, int]) -> Iterator[str]:
        """The lines from a place to the end of its file, then all other files' lines, then over."""
        file, line = place
        yield from self.files[file][line:]
        for step in range(1, len(self.files)):
            yield from self.files[(file + step) % len(self.files)]
        yield from self.files[file][:line]

    def marked(self) -> list[tuple[int, int]]:
        """Places of the lines with most non-ASCII letters for their length, best first."""
        if self._marked is None:
            rated = []
            for file, lines in enumerate(self.files):
                for at, line in enumerate(lines):
                    count = sum(char > "\x7f" for char in line)
                    if count:
                        letters = sum(char > "\x7f" and char.isalpha() for char in line)
                        rated.append((-min(letters, 3), -count / len(line), file, at))
            rated.sort()
            self._marked = [(file, at) for _, _, file, at in rated[:_FALLBACK_LINES]]
        return self._marked

    def names(self) -> list[str]:
        """Short strings as they stand in lists: names inside sentences, and short labels."""
        if self._names is None:
            found: dict[str, None] = {}
            cased = script(self.language) in CASED
            for lines in self.files:
                for line in lines:
                    if 3 <= len(line) <= (24 if cased else 12) and line[0].isalpha():
                        found[line.rstrip(".:;,。：")] = None
                    if cased:
                        for match in _NAME.finditer(line):
                            if match[1][0].isupper() and not match[1].isupper():
                                found[match[1]] = None
            self._names = sorted(found)
        return self._names


class Pair(NamedTuple):
    """One row of encodings.tsv that has a charset and dev text."""

    language: str
    label: str
    charset: charsets.Charset
    kind: str
    weight: float
    pool: Pool

    @property
    def seven_bit(self) -> bool:
        """Text beyond ASCII shows as escape sequences or shifts, not as high bytes."""
        return self.kind == "7bit"

    @property
    def ebcdic(self) -> bool:
        return self.kind == "ebcdic"

    @property
    def stateful(self) -> bool:
        return self.seven_bit or (self.ebcdic and self.charset.name.startswith("cp93"))

    @property
    def newline(self) -> str:
        end = legacy.newline(self.charset.name)
        try:
            self.charset.encode(end)
        except (UnicodeError, ValueError):
            return "\n"
        return end

    def written(self, line: str) -> str | None:
        """The line as typed in this charset, or None; never with C0 controls in its bytes."""
        name = self.label if "8859-8" in self.label else self.charset.name
        text = legacy.as_written(line, self.language, name, self.charset.encode)
        if not text:
            return None
        if self.stateful or self.ebcdic:
            return text
        # VISCII, VPS and TCVN put some capitals on controls; files with those were never
        # exchanged as text, and every reader would have to call them binary.
        data = self.charset.encode(text)
        return None if data.translate(None, _PRINTABLE) else text

    def in_capitals(self, line: str) -> str | None:
        """The line as typed in capitals; also what stands for a missing letter is a capital."""
        text = self.written(legacy.in_capitals(line, self.language))
        if text is None:
            return None
        capitals = legacy.in_capitals(text, self.language)
        try:
            self.charset.encode(capitals)
        except (UnicodeError, ValueError):
            return text
        return capitals

    def evidence(self, data: bytes, text: str) -> int:
        """How many bytes (or, where bytes do not tell, characters) are not plain ASCII."""
        if self.seven_bit or self.ebcdic:
            return sum(char > "\x7f" for char in text) - text.count("\x85")
        return len(data) - len(data.decode("ascii", "ignore"))


_PRINTABLE = bytes(range(0x20, 0x100)) + b"\t\n\r"


def load_pairs(shared: Path) -> list[Pair]:
    """Every (language, encoding) row of encodings.tsv that has both a charset and dev text."""
    pools: dict[str, Pool] = {}
    pairs: list[Pair] = []
    table = (shared / "corpora" / "encodings.tsv").read_text("utf-8")
    for row in table.splitlines()[1:]:
        language, label, codec, kind, _share, weight = row.split("\t")
        folder = shared / "corpora" / "dev" / language
        if not folder.is_dir():
            continue
        charset = charsets.for_label(label, codec, shared)
        if charset is None:
            continue
        if language not in pools:
            pools[language] = Pool(language, folder)
        pairs.append(Pair(language, label, charset, kind, float(weight), pools[language]))
    return pairs


def fit(text: str, size: int, encode: charsets.Encode) -> str:
    """The longest beginning of `text` that encodes to at most `size` bytes."""
    if len(text) > size:
        text = text[:size]
    low, high = 0, len(text)
    if len(encode(text)) <= size:
        return text
    while high - low > 1:
        middle = (low + high) // 2
        if len(encode(text[:middle])) <= size:
            low = middle
        else:
            high = middle
    # Never between a base letter and its mark: windows-1258 writes them as two characters.
    while low > 0 and low < len(text) and text[low] in "\u0300\u0301\u0303\u0309\u0323":
        low -= 1
    return text[:low]


def gather(
    pair: Pair, lines: Iterator[str], size: int, capitals: bool = False
) -> tuple[str, bytes]:
    """Lines joined with the charset's line end until they make `size` bytes, then cut there."""
    parts: list[str] = []
    total = 0
    for line in lines:
        text = pair.in_capitals(line) if capitals else pair.written(line)
        if text is None:
            continue
        parts.append(text)
        total += len(pair.charset.encode(text)) + len(pair.newline)
        if total >= size:
            break
    text = fit(pair.newline.join(parts), size, pair.charset.encode)
    return text, pair.charset.encode(text)


def piece(
    pair: Pair, rng: random.Random, size: int, need: int, capitals: bool = False
) -> tuple[str, bytes] | None:
    """A random passage of `size` bytes with at least `need` bytes of evidence, if there is one.

    Languages that hardly leave ASCII seldom have three such bytes together: after some random
    tries the lines richest in them are searched, then less evidence is accepted, down to one.
    """
    best: tuple[int, str, bytes] | None = None
    for attempt in range(_TRIES):
        lines = pair.pool.onwards(pair.pool.place(rng))
        text, data = gather(pair, _from_a_word(lines, rng), size, capitals)
        count = pair.evidence(data, text)
        if count >= need:
            return text, data
        if count and (best is None or count > best[0]):
            best = (count, text, data)
        if attempt == _TRIES // 3 and best is None:
            break
    marked = pair.pool.marked()
    marked = marked[: len(marked) // 2 + 20]
    for place in rng.sample(marked, min(60, len(marked))):
        line = next(pair.pool.onwards(place))
        lines = pair.pool.onwards(place)
        text, data = gather(pair, _around_a_mark(line, lines, rng, size), size, capitals)
        count = pair.evidence(data, text)
        if count >= need:
            return text, data
        if count and (best is None or count > best[0]):
            best = (count, text, data)
    return None if best is None else best[1:]


_WORD_START = re.compile(r"(?<= )\S")


def _from_a_word(lines: Iterator[str], rng: random.Random) -> Iterator[str]:
    """The lines, the first one (half of the time) from some word inside it."""
    first = next(lines)
    starts = [match.start() for match in _WORD_START.finditer(first)]
    if starts and rng.random() < 0.5:
        first = first[rng.choice(starts[: max(1, len(starts) * 2 // 3)]) :]
    elif len(first) > 60 and not starts and rng.random() < 0.5:
        first = first[rng.randrange(len(first) - 40) :]
    yield first
    yield from lines


def _around_a_mark(line: str, lines: Iterator[str], rng: random.Random, size: int) -> Iterator[str]:
    """The lines, the first one from a word that begins shortly before a non-ASCII character."""
    marks = [at for at, char in enumerate(line) if char > "\x7f"]
    best = max(marks, key=lambda at: (sum(at <= other < at + size for other in marks), -at))
    start = line.rfind(" ", 0, max(0, best - rng.randrange(1 + size // 4)) + 1) + 1
    next(lines)
    yield line[start:]
    yield from lines
