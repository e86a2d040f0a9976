"""Writes native/tables/rcd_pairs_data.h: which charset was used for which language, and its prior.

Apart from the models, which know letters alone: a charset more is a few lines here and a map of its
bytes (gen_single_byte.py), and nothing is trained.

Usage: python native/gen/check.py --write pairs
"""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Collection, Iterator

import cjk
import registry
from alphabet import GROUP_ID
from committed import MODELS, PAIRS
from gen_single_byte import maps
from generated import Target, c_banner, read_toml, resolve, shared_root
from priors import (
    BYTEWISE,
    DECOMPOSED,
    LACKED,
    POSSIBLE,
    VISUAL,
    charset_list,
    letters,
    load_priors,
)

SCRIPT = "gen_pairs.py"
WEIGHTS = "shared:corpora/encodings.tsv"
LANGUAGES = "native/gen/languages.toml"
SOURCES = (registry.SOURCE, LANGUAGES, MODELS, WEIGHTS)
NONE = 255  # the cheapest of no pair; the dearest of all costs less


def columns() -> dict[str, list[str]]:
    """Script -> what each column of its models stands for: a language, or a form of one."""
    text = resolve(MODELS).read_text(encoding="utf-8")
    found = re.findall(r"^/\* (\w{4}): (.+) \*/$", text, re.MULTILINE)
    return {script: names.split() for script, names in found} | {"Hani": list(cjk.LANGUAGES)}


def own_letters() -> dict[str, set[str]]:
    """The letters beyond ASCII that belong to each language, of those that have any."""
    rows = read_toml(LANGUAGES)
    return {tag: set(row["letters"]) for tag, row in rows.items() if row.get("letters")}


def possible(
    listed: Collection[tuple[int, str]], by_script: dict[str, list[str]]
) -> Iterator[tuple[int, str]]:
    """(charset id, language) that no source names, where the charset holds the language's letters.

    Only in scripts that the charset is known for.
    """
    script_of = {tag: script for script, tags in by_script.items() for tag in tags}
    alphabets = letters(shared_root())
    own = own_letters()
    for language in alphabets.keys() & by_script["Latn"] & own.keys():
        # Names from abroad and marks of stress are quoted in Latin text: no charset need hold them.
        shares = alphabets[language].items()
        alphabets[language] = {letter: share for letter, share in shares if letter in own[language]}
    for row, cells in maps():
        scripts = {script_of.get(language) for number, language in listed if number == row.id}
        if row.kind != "single" or row.family == "seven-bit":
            continue
        held = set("".join(map(chr, cells)).lower())
        for language, shares in alphabets.items():
            if language == "en" and row.family != "ebcdic":
                continue  # every charset holds its letters: that says nothing
            pair = (row.id, language)
            if script_of.get(language) not in scripts or pair in listed:
                continue
            if sum(share for letter, share in shares.items() if letter not in held) <= LACKED:
                yield pair


def pairs() -> list[tuple[int, int, int, int, int]]:
    """Every pair that was written or could have been, by charset.

    (charset, cost, script, column, cost above that of the commonest charset for the column)
    """
    pair_cost, _ = load_priors(shared_root())
    names, by_script = charset_list(), columns()
    pair_cost |= dict.fromkeys(possible(pair_cost, by_script), POSSIBLE)
    rows = []
    for (charset_id, language), cost in sorted(pair_cost.items()):
        script = next((name for name, tags in by_script.items() if language in tags), None)
        if script is None:  # no training text (Azerbaijani in Cyrillic)
            continue
        for column, tag in enumerate(by_script[script]):
            base, _, form = tag.partition("~")
            name = names[charset_id]
            if form in BYTEWISE.values() or name == BYTEWISE.get(language):
                fits = form == name
            else:
                fits = {"visual": name in VISUAL, "1258": name in DECOMPOSED}.get(
                    form, not (language == "vi" and name in DECOMPOSED)
                )
            if base == language and fits:
                rows.append((charset_id, cost, GROUP_ID[script], column))
    least: dict[tuple[int, int], int] = {}
    for _, cost, group, column in rows:
        least[group, column] = min(cost, least.get((group, column), cost))
    return [(*row, row[1] - least[row[2], row[3]]) for row in rows]


def source() -> str:
    """native/tables/rcd_pairs_data.h"""
    rows = pairs()
    charsets = len(registry.load())
    first = [bisect_left(rows, (number,)) for number in range(charsets + 2)]
    body = "\n".join("{" + ", ".join(map(str, row)) + "}," for row in rows)
    cheapest = [
        min((cost for _, cost, *_ in rows[first[number] : first[number + 1]]), default=NONE)
        for number in range(charsets + 1)
    ]
    return (
        c_banner(SCRIPT, SOURCES)
        + f"#define PAIR_COUNT {len(rows)}\n\n"
        + "/* Charset, cost in tenths of a bit, script, column of the language there, cost above\n"
        + " * the least of the column. */\n"
        + f"static const rcd_pair pairs[PAIR_COUNT] = {{\n{body}\n}};\n\n"
        + "/* By charset, where its pairs begin; and where the last ends. */\n"
        + f"#define PAIR_CHARSETS {charsets}\n"
        + "static const uint16_t pair_first[PAIR_CHARSETS + 2] = {\n"
        + "\n".join(textwrap.wrap(", ".join(map(str, first)), 100))
        + "};\n\n"
        + "/* By charset, the cost of its cheapest; PAIR_NONE = there is none. */\n"
        + f"#define PAIR_NONE {NONE}\n"
        + "static const uint8_t pair_least[PAIR_CHARSETS + 1] = {\n"
        + "\n".join(textwrap.wrap(", ".join(map(str, cheapest)), 100))
        + "};\n"
    )


TARGETS = [Target(PAIRS, source, SOURCES)]
