"""Writes native/tables/rcd_words_data.h: the words that tell languages apart which letters do not.

Croatian and Bosnian, or Danish and Norwegian, have nearly the same letter sequences; what differs
is some hundred common words. For each group of such languages the table holds the words with most
to say, and what each costs in each language beyond the one that has it most often.

Usage: python native/gen/check.py --write words
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import corpus
from gen_models import LANGUAGES
from gen_ranking import LATN, MODELS, Models
from generated import ROOT, banner, resolve

SCRIPT = "gen_words.py"
GROUPS = (
    ("bs", "hr", "sl", "sr-Latn"),
    ("da", "nb", "nn", "sv"),
    ("id", "ms"),
    ("ast", "ca", "es", "gl", "oc", "pt"),
    ("en", "tl"),
    ("cs", "sk"),
    ("fo", "is"),
)
WORDS_EACH = 1500
MOST_LANGUAGES = 6
# The words are counted on top of the trigrams, which have seen them already.
UNIT = 8.0
MOST = 60
FIRST_LETTER = 4
_WORD = re.compile(r"[^\W\d_]+")


def fnv(symbols: list[int]) -> int:
    """FNV-1a over the symbols of a word."""
    value = 0x811C9DC5
    for symbol in symbols:
        value = (value ^ symbol) * 0x01000193 & 0xFFFFFFFF
    return value


def counts(language: str) -> Counter[str]:
    text = corpus.read_language(corpus.shared_folder(), language)
    return Counter(_WORD.findall(text.lower()))


def rows_of(group: tuple[str, ...], models: Models) -> list[tuple[int, list[int]]]:
    """(hash, costs) of the words of a group that say most, by hash."""
    found = {language: counts(language) for language in group}
    totals = {language: sum(of.values()) for language, of in found.items()}
    rated = []
    for word in sorted(set().union(*found.values())):
        share = [(found[tag][word] + 0.5) / (totals[tag] + 1.0) for tag in group]
        best = max(share)
        if best < 2e-5:
            continue
        costs = [min(MOST, round(math.log2(best / one) * UNIT)) for one in share]
        if max(costs) >= 10:
            rated.append((best * sum(costs), word, costs))
    rated.sort(key=lambda row: (-row[0], row[1]))
    rows: dict[int, list[int]] = {}
    for _, word, costs in rated[:WORDS_EACH]:
        cells = [models.cell(ord(char)) for char in word if ord(char) < 0x10000]
        symbols = [cell >> 8 & 255 for cell in cells if cell >> 16 & 31 == LATN]
        if len(symbols) == len(word) and min(symbols) >= FIRST_LETTER:
            rows.setdefault(fnv(symbols), costs)
    return sorted(rows.items())


def source() -> str:
    """native/tables/rcd_words_data.h"""
    models = Models(resolve(MODELS).read_text(encoding="utf-8"), "")
    head = [*banner(SCRIPT, [MODELS]), "  and ../shared/corpora/train"]
    parts = ["/* " + "\n * ".join(head) + " */\n"]
    groups = []
    for number, group in enumerate(GROUPS):
        rows = rows_of(group, models)
        hashes = [f"0x{value:08X}" for value, _ in rows]
        costs = [str(cost) for _, row in rows for cost in row]
        for kind, name, items in (
            ("uint32_t", f"words_{number}", hashes),
            ("uint8_t", f"costs_{number}", costs),
        ):
            lines = [", ".join(items[at : at + 8]) + "," for at in range(0, len(items), 8)]
            body = "\n".join(lines)
            parts.append(f"static const {kind} {name}[{len(items)}] = {{\n{body}\n}};\n")
        ids = [LANGUAGES.index(tag) + 1 for tag in group]
        listed = ", ".join(map(str, ids))
        parts.append(f"/* {' '.join(group)} */\n")
        groups.append(
            f"    {{{{{listed}}}, {len(group)}, {len(rows)}, words_{number}, costs_{number}}},\n"
        )
    parts.append(f"static const word_group groups[{len(groups)}] = {{\n" + "".join(groups) + "};\n")
    return "".join(parts)


class WordsTarget:
    """native/tables/rcd_words_data.h, as native/gen/generated.py lists it."""

    path = ROOT / "native" / "tables" / "rcd_words_data.h"
    needs_shared = True

    @property
    def inputs(self) -> list[Path]:
        train = corpus.shared_folder() / "corpora" / "train"
        tags = sorted({tag for group in GROUPS for tag in group})
        return [
            resolve(MODELS),
            *(path for tag in tags for path in sorted((train / tag).iterdir())),
        ]

    def write_to(self, folder: Path) -> Path:
        out = folder / self.path.name
        out.write_text(source(), encoding="utf-8", newline="\n")
        return out


TARGETS = [WordsTarget()]
