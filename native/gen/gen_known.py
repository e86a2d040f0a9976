"""Writes native/tables/rcd_known_data.h: common words, and what knowing one saves.

Three letters in a row do not know words: to the trigrams a common word is as strange as its
strangest letters. In a name or a cell of a table that is all the text there is. The table holds the
words of each language that gain most by being known, those with letters beyond ASCII alone: the
others are the same in all charsets.

Usage: python native/gen/check.py --write known
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import numpy as np

import alphabet
import corpus
from committed import MODELS, Models
from gen_models import LANGUAGES
from gen_words import fnv
from generated import Target, c_banner, shared_root
from model_rows import SCRIPTS, ModelRows

SCRIPT = "gen_known.py"
SOURCES = (MODELS, "shared:corpora/train", "shared:corpora/words")
WORDS_EACH = 480
LONGEST = 24
# Occurrences of a word of the list of words, beside the running text: see WORDS_SHARE.
LISTED_SHARE = 0.3
# Bits: a word that is known is one of the words that are, or it is not.
KNOWN = 10
LEAST, MOST = 15, 127
LOAD = 0.8

# Not \w: letters have marks of their own in many scripts.
_SPLIT = re.compile(
    r"[\s\d!-/:-@\[-`{-~\xa1\xab\xb7\xbb\xbf\u060c\u061b\u061f\u06d4\u0964\u0965\u2010-\u205e]+"
)


def counts(shared: Path, language: str) -> dict[str, float]:
    """Words in small letters, and how often they occur among a million."""
    running = Counter(_SPLIT.split(corpus.read_language(shared, language).lower()))
    listed = [word for word in corpus.read_words(shared, language).split("\n") if word]
    total = sum(running.values())
    found = {word: float(n) for word, n in running.items() if n > 1}
    each = LISTED_SHARE * total / max(1, len(listed))
    for word in listed:
        found[word] = found.get(word, 0.0) + each
    whole = total + each * len(listed)
    return {word: n / whole for word, n in found.items()}


class Words:
    """The words of the languages of one script that are worth a place."""

    def __init__(self, models: Models, script: str) -> None:
        self.group = alphabet.GROUP_ID[script]
        self.letters = {
            chr(cp): models.symbol(cp)
            for cp in range(0x10000)
            if models.script(cp) == self.group and models.symbol(cp) >= alphabet.RARE
        }
        self.rows = ModelRows(models, script)

    def symbols(self, word: str) -> list[int] | None:
        """A word as the models see it, None where it has other characters than their letters."""
        if not 2 <= len(word) <= LONGEST:
            return None
        out = [self.letters.get(char, 0) for char in word]
        return out if all(out) else None

    def of(
        self, language: str, column: int, shared: Path, reverse: bool
    ) -> list[tuple[int, int, int]]:
        """(hash, column, gain) of the words that gain most."""
        words, spelled, share = [], [], []
        for word, each in sorted(counts(shared, language).items()):
            if word.isascii() or each < 2e-6:
                continue
            symbols = self.symbols(word)
            if symbols is not None:
                words.append(word)
                spelled.append([0, *(symbols[::-1] if reverse else symbols), 0])
                share.append(each)
        if not words:
            return []
        a = np.concatenate([[0, *row[:-2]] for row in spelled])
        b = np.concatenate([row[:-1] for row in spelled])
        c = np.concatenate([row[1:] for row in spelled])
        cost = self.rows.costs(a, b, c)[:, column]
        ends = np.cumsum([len(row) - 1 for row in spelled])
        total = np.diff(np.concatenate([[0], np.cumsum(cost)[ends - 1]]))
        rated = []
        for word, row, each, trigrams in zip(words, spelled, share, total.tolist(), strict=True):
            known = round(-math.log2(each) * alphabet.UNIT) + KNOWN
            gain = min(MOST, trigrams - known)
            if gain >= LEAST:
                rated.append((-each * gain, word, fnv([self.group, *row[1:-1]]), gain))
        rated.sort()
        return [(key, column, gain) for _, _, key, gain in rated[:WORDS_EACH]]


def table(entries: list[tuple[int, int, int]]) -> list[int]:
    """Open addressing: hash 16-31, column 8-15, gain 0-7; 0 ends a search."""
    size = int(len(entries) / LOAD) + 1
    slots = [0] * size
    for key, column, gain in sorted(entries):
        at = key * size >> 32
        while slots[at]:
            at = (at + 1) % size
        slots[at] = (key & 0xFFFF) << 16 | column << 8 | gain
    return slots


def source() -> str:
    """native/tables/rcd_known_data.h"""
    models = Models()
    shared = shared_root()
    entries: dict[tuple[int, int], int] = {}
    for script in SCRIPTS:
        words = Words(models, script)
        done: set[str] = set()
        for column, number in enumerate(words.rows.languages.tolist()):
            language = LANGUAGES[number - 1] if number else ""
            # The first column of a language is that of its text as it is, the second of Hebrew and
            # Arabic is text in the order of the screen; others are not of letters.
            reverse = language in done
            if not number or (reverse and language not in ("he", "ar")):
                continue
            done.add(language)
            for key, col, gain in words.of(language, column, shared, reverse):
                entries[(key, col)] = max(gain, entries.get((key, col), 0))
    slots = table([(key, column, gain) for (key, column), gain in entries.items()])
    lines = []
    for at in range(0, len(slots), 10):
        lines.append(",".join(f"0x{value:X}" if value else "0" for value in slots[at : at + 10]))
    return (
        c_banner(SCRIPT, SOURCES) + f"#define KNOWN_SLOTS {len(slots)}u\n"
        f"static const uint32_t known_words[{len(slots)}] = {{\n" + ",\n".join(lines) + "\n};\n"
    )


TARGETS = [Target("native/tables/rcd_known_data.h", source, SOURCES)]
