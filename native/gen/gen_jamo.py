"""Writes native/tables/rcd_jamo_data.h: how often each letter of Hangul is in running text.

Words that are spelled by letters have the letters that the syllables of other text are made of.

Usage: python native/gen/check.py --write jamo
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from textwrap import indent

import corpus
from emit_c import rows
from generated import Target, c_banner, shared_root

SCRIPT = "gen_jamo.py"
TEXTS = "shared:corpora/train/ko"
INDENT = "    "
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
    return (
        c_banner(SCRIPT, [TEXTS])
        + "/* In the order of their code points, from U+3131 on: tenths of a bit that a consonant\n"
        " * costs among these, and a vowel. */\n"
        f"static const uint8_t letter_costs[{len(consonants) + len(vowels)}] = {{\n"
        f"    /* consonants, and pairs of them that end syllables */\n"
        f"{indent(rows(consonants, 15), INDENT)}\n"
        f"    /* vowels */\n{indent(rows(vowels, 15), INDENT)}\n}};\n"
    )


TARGETS = [Target("native/tables/rcd_jamo_data.h", source, (TEXTS,))]
