"""Writes native/tables/rcd_jamo_data.h: how often each letter of Hangul is in running text.

Words that are spelled by letters have the letters that the syllables of other text are made of.

Usage: python native/gen/check.py --write jamo
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from pathlib import Path

import corpus
from generated import ROOT, c_banner, shared_root

SCRIPT = "gen_jamo.py"
FIRST_CONSONANT, FIRST_VOWEL, LAST_VOWEL = 0x3131, 0x314F, 0x3163  # of the compatibility letters
UNIT = 10  # costs are in tenths of a bit
EVEN = 0.04  # this share of all letters of a kind is as if none were likelier than others


def compatible() -> dict[str, int]:
    """The conjoining letters that syllables decompose to, as compatibility letters."""
    by_name = {unicodedata.name(chr(cp)).rpartition(" ")[2]: cp
               for cp in range(FIRST_CONSONANT, LAST_VOWEL + 1)}  # fmt: skip
    found = {}
    for first, last in ((0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2)):
        for cp in range(first, last + 1):
            found[chr(cp)] = by_name[unicodedata.name(chr(cp)).rpartition(" ")[2]]
    return found


def costs(counts: Counter[int], first: int, last: int) -> list[int]:
    """What each letter from `first` to `last` costs among these."""
    total = sum(counts[cp] for cp in range(first, last + 1))
    even = EVEN / (last + 1 - first)
    shares = [(1 - EVEN) * counts[cp] / total + even for cp in range(first, last + 1)]
    return [round(-math.log2(share) * UNIT) for share in shares]


def source() -> str:
    """native/tables/rcd_jamo_data.h"""
    letters = compatible()
    counts: Counter[int] = Counter()
    for text in corpus.read_registers(shared_root(), "ko").values():
        for char, times in Counter(text).items():
            for part in unicodedata.normalize("NFD", char):
                if part in letters:
                    counts[letters[part]] += times
    consonants = costs(counts, FIRST_CONSONANT, FIRST_VOWEL - 1)
    vowels = costs(counts, FIRST_VOWEL, LAST_VOWEL)

    def rows(items: list[int]) -> str:
        lines = (items[at : at + 15] for at in range(0, len(items), 15))
        return "\n".join("    " + ", ".join(map(str, line)) + "," for line in lines)

    return (
        c_banner(SCRIPT, ["shared:corpora/train/ko"])
        + "/* In the order of their code points, from U+3131 on: tenths of a bit that a consonant\n"
        " * costs among these, and a vowel. */\n"
        f"static const uint8_t letter_costs[{len(consonants) + len(vowels)}] = {{\n"
        f"    /* consonants, and pairs of them that end syllables */\n{rows(consonants)}\n"
        f"    /* vowels */\n{rows(vowels)}\n}};\n"
    )


class JamoTarget:
    """native/tables/rcd_jamo_data.h, as native/gen/generated.py lists it."""

    path = ROOT / "native" / "tables" / "rcd_jamo_data.h"
    needs_shared = True

    @property
    def inputs(self) -> list[Path]:
        return sorted((shared_root() / "corpora" / "train" / "ko").iterdir())

    def write_to(self, folder: Path) -> Path:
        out = folder / self.path.name
        out.write_text(source(), encoding="utf-8", newline="\n")
        return out


TARGETS = [JamoTarget()]
