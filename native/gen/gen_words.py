"""Writes native/tables/rcd_words_data.h: the words that tell languages apart which letters do not.

Croatian and Bosnian, or Danish and Norwegian, have nearly the same letter sequences; what differs
is some hundred common words. For each group of such languages the table holds the words with most
to say, and what each costs in each language beyond the one that has it most often.

Usage: python native/gen/check.py --write words
"""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from typing import NamedTuple

import corpus
from alphabet import GROUP_ID
from committed import MODELS, Models
from emit_c import rows
from gen_models import LANGUAGE_ID, script_of
from generated import Target, c_banner, shared_root

SCRIPT = "gen_words.py"
SOURCES = (MODELS, "shared:corpora/train", "shared:corpora/words")


class Group(NamedTuple):
    """Languages that are taken for each other, and how many words tell them apart."""

    tags: tuple[str, ...]
    words: int


GROUPS = (
    Group(("bs", "hr", "sl", "sr-Latn"), 5500),
    Group(("da", "nb", "nn", "sv"), 5500),
    Group(("id", "ms"), 5000),
    Group(("ast", "ca", "es", "gl", "oc", "pt"), 5000),
    Group(("en", "tl"), 2500),
    Group(("cs", "sk"), 2500),
    Group(("fo", "is"), 2500),
    Group(("be", "bg", "mk", "ru", "sr-Cyrl", "uk"), 2500),
)
# Bosnian is known from interfaces alone: shares_by_register().
BY_REGISTER = frozenset(("bs",))
# The words are counted on top of the trigrams, which have seen them already.
UNIT = 10.0
# What a word may cost, in four bits: finer where words cost little.
LEVELS = (0, 4, 8, 12, 16, 20, 25, 30, 36, 43, 51, 60, 70, 80, 90, 100)
TELLING = 10  # a word that costs no language so much tells nothing
FIRST_LETTER = 4
REGISTER_CAP = 2_000_000  # characters of one register of one language
ENOUGH_WORDS = 20_000  # a register of a language with less says nothing
SEEN = 2.0  # occurrences that are added to each word's
LEAST_SHARE = 1e-5  # of the language that uses a word most
# Serbian is the same language in both scripts.
_LATIN = str.maketrans("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš")
_LATIN |= {ord("љ"): "lj", ord("њ"): "nj", ord("џ"): "dž"}
_WORD = re.compile(r"[^\W\d_]+")


def fnv(symbols: list[int]) -> int:
    """FNV-1a over the symbols of a word."""
    value = 0x811C9DC5
    for symbol in symbols:
        value = (value ^ symbol) * 0x01000193 & 0xFFFFFFFF
    return value


def in_latin(text: str) -> str:
    """Serbian in small Latin letters."""
    return text.lower().translate(_LATIN)


def counts(language: str) -> dict[str, Counter[str]]:
    """Words by register; of Serbian also those of sources that only its other script has."""
    shared = shared_root()
    texts = corpus.read_registers(shared, language, REGISTER_CAP)
    if language == "sr-Latn":
        only = {path.name for path in corpus.of_one_script(shared, "sr-Cyrl", language)}
        folder = shared / "corpora" / "train" / "sr-Cyrl"
        both = {corpus.source_of(path) for path in folder.iterdir() if path.name not in only}
        others = corpus.read_registers(shared, "sr-Cyrl", REGISTER_CAP, both)
        for register, text in others.items():
            texts[register] = texts.get(register, "") + "\n" + in_latin(text)
    return {register: Counter(_WORD.findall(text.lower())) for register, text in texts.items()}


def shares(group: tuple[str, ...]) -> dict[str, list[float]]:
    """How often each word is used in each language."""
    found = {tag: sum(counts(tag).values(), Counter[str]()) for tag in group}
    total = {tag: sum(words.values()) for tag, words in found.items()}
    return {
        word: [(found[tag][word] + 0.5) / (total[tag] + 1.0) for tag in group]
        for word in sorted(set().union(*found.values()))
    }


def shares_by_register(group: tuple[str, ...]) -> dict[str, list[float]]:
    """How often each word is used in each language, all registers alike.

    Where one language is known from one register alone, the words of that register would stand for
    the language. So registers are compared one by one; a language that has no text of one is taken
    to use the words there as the others do on average, which says nothing.
    """
    found = {tag: counts(tag) for tag in group}
    total = {
        (tag, register): sum(words.values())
        for tag in group
        for register, words in found[tag].items()
        if sum(words.values()) >= ENOUGH_WORDS
    }
    registers = sorted({register for _, register in total})
    registers = [r for r in registers if sum((tag, r) in total for tag in group) > 1]
    words = {
        word
        for tag, register in total
        if register in registers
        for word, n in found[tag][register].items()
        if n > 3
    }
    out = {}
    for word in sorted(words):
        sums = [0.0] * len(group)
        for register in registers:
            known = {
                tag: (found[tag][register][word] + SEEN) / (total[tag, register] + 1.0)
                for tag in group
                if (tag, register) in total
            }
            average = math.prod(known.values()) ** (1 / len(known))
            for at, tag in enumerate(group):
                sums[at] += known.get(tag, average)
        out[word] = [value / len(registers) for value in sums]
    return out


def rows_of(group: Group, models: Models) -> list[tuple[int, list[int]]]:
    """(top 24 bits of the hash, costs) of the words of a group that say most, in order."""
    rated = []
    tags = group.tags
    found = shares_by_register(tags) if BY_REGISTER & set(tags) else shares(tags)
    for word, share in found.items():
        best = max(share)
        if best < LEAST_SHARE:
            continue
        costs = [min(LEVELS[-1], round(math.log2(best / one) * UNIT)) for one in share]
        if max(costs) >= TELLING:
            rated.append((best * sum(costs), word, costs))
    rated.sort(key=lambda row: (-row[0], row[1]))
    chosen: dict[int, list[int]] = {}
    script = GROUP_ID[script_of(tags[0])]
    for _, word, costs in rated[: group.words]:
        points = [ord(char) for char in word if ord(char) < 0x10000]
        symbols = [models.symbol(cp) for cp in points if models.script(cp) == script]
        if len(symbols) == len(word) and min(symbols) >= FIRST_LETTER:
            chosen.setdefault(fnv(symbols) >> 8, costs)
    return sorted(chosen.items())


def packed(costs: list[int]) -> list[int]:
    """The levels next to some costs, two a byte, the first in the low half."""
    levels = [min(range(16), key=lambda at: abs(LEVELS[at] - cost)) for cost in costs]
    levels += [0] * (len(levels) % 2)
    return [low | high << 4 for low, high in zip(levels[::2], levels[1::2], strict=True)]


def source() -> str:
    """native/tables/rcd_words_data.h"""
    models = Models()
    parts = [c_banner(SCRIPT, SOURCES)]
    levels = ", ".join(map(str, LEVELS))
    parts.append(f"static const uint8_t cost_levels[{len(LEVELS)}] = {{{levels}}};\n")
    groups = []
    for number, group in enumerate(GROUPS):
        words = rows_of(group, models)
        top = [value >> 16 for value, _ in words]
        arrays: tuple[tuple[str, str, list[object]], ...] = (
            ("uint16_t", "first", [bisect.bisect_left(top, high) for high in range(257)]),
            ("uint16_t", "checks", [f"0x{value & 0xFFFF:04X}" for value, _ in words]),
            ("uint8_t", "costs", [pair for _, costs in words for pair in packed(costs)]),
        )
        for kind, name, items in arrays:
            head = f"static const {kind} {name}_{number}[{len(items)}]"
            parts.append(f"{head} = {{\n{rows(items, 8)}\n}};\n")
        ids = ", ".join(str(LANGUAGE_ID[tag]) for tag in group.tags)
        parts.append(f"/* {' '.join(group.tags)} */\n")
        groups.append(
            f"    {{{{{ids}}}, RCD_{script_of(group.tags[0]).upper()}, {len(group.tags)}, "
            f"first_{number}, checks_{number}, costs_{number}}},\n"
        )
    parts.append(f"static const word_group groups[{len(groups)}] = {{\n{''.join(groups)}}};\n")
    return "".join(parts)


TARGETS = [Target("native/tables/rcd_words_data.h", source, SOURCES)]
