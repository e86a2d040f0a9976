"""How likely each (charset, language) pair is: the weights of the corpora's encodings.tsv."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

import registry
from corpus import languages, read_registers

# The weights are estimates, so a rare pair is held back less than its share says.
TEMPER = 0.8
MOST = 200  # tenths of a bit
# What a pair costs that the table does not have: more than any that it has.
UNLISTED = 230
# What it costs where not even the registry has it, but the charset holds the language's letters.
POSSIBLE = 250
# The share of a language's letters that a charset may lack and still be fit for it: those of
# foreign names, and such as Croatian can do without for a page.
LACKED = 0.003
LETTER_TEXT = 100_000  # characters of each register that letters are counted in

# What is as rare as can be whatever the table says. The Lao letters of Emacs' own set stand where
# the Thai ones do in TIS-620, and the languages share words: Thai names would be taken for Lao.
HELD_BACK = {"mulelao-1": MOST}

# Right-to-left text in the order of the screen: only these were written so.
VISUAL = frozenset(("iso8859-8", "iso8859-8-e", "cp862", "cp424", "cp856", "cp864"))
# Vietnamese tone marks stand behind their letter there.
DECOMPOSED = frozenset(("cp1258",))
# A letter is several bytes, or stands in another order than in Unicode: the models read the bytes.
BYTEWISE = {"vi": "vni", "ta": "tscii"}


def scorable() -> frozenset[str]:
    """Charsets whose bytes the scorer can turn into letters one by one, or the automata can.

    VNI, TSCII and ISCII are read by single bytes, with models that were trained so.
    """
    return frozenset(
        row.name
        for row in registry.load()
        if row.detectable
        and not row.twin_of  # named after another is found, by the signs it differs in
        and (
            row.kind in ("single", "multi")
            or (row.kind == "stateful" and row.family in ("national", "ebcdic"))
        )
    )


def unlisted(listed: Collection[int]) -> Iterator[tuple[int, str]]:
    """(charset id, language) as the registry has it, of scorable charsets that are not listed."""
    fit = scorable()
    for row in registry.load():
        if row.name in fit and row.kind != "multi" and row.id not in listed:
            yield from ((row.id, language) for language in row.languages)


def letters(shared: Path) -> dict[str, dict[str, float]]:
    """The small letters of each language, with their shares in its training text."""
    found = {}
    for language in languages(shared):
        texts = read_registers(shared, language, cap=LETTER_TEXT).values()
        counts = Counter(char for text in texts for char in text.lower() if char.isalpha())
        total = sum(counts.values())
        found[language] = {char: count / total for char, count in counts.items()}
    return found


def charset_list() -> list[str]:
    """Canonical names by id; index 0 is no charset."""
    return ["", *(row.name for row in registry.load())]


def charset_names() -> dict[str, int]:
    """Every name and alias of the registry, plain, with its id; ids are 1.. in file order."""
    rows = registry.load()
    names: dict[str, int] = {}
    for row in rows:
        for name in (row.name, *row.aliases):
            names.setdefault(registry.normalise(name), row.id)
    for row in rows:  # canonical names win over another's alias
        names[registry.normalise(row.name)] = row.id
    return names


def resolve(row_encoding: str, row_python: str, names: dict[str, int]) -> int:
    """Charset id of a row of encodings.tsv, 0 when the registry has none."""
    tries = [row_encoding.split(" (", maxsplit=1)[0], row_python]
    tries += re.split(r"[(),/]| ", row_encoding)
    if " DOS (" in row_encoding:  # the name before it is that of the ISO set it was made from
        tries[:0] = re.split(r"[(),]", row_encoding)[1:]
    if "8859-8-I" in row_encoding:
        tries.insert(0, "iso8859-8-i")
    for name in tries:
        found = names.get(registry.normalise(name))
        if found:
            return found
    return 0


def load_priors(shared: Path) -> tuple[dict[tuple[int, str], int], dict[str, int]]:
    """Costs in tenths of a bit: of (charset id, language), and of each language alone."""
    names, listed, fit = charset_names(), charset_list(), scorable()
    weight: dict[tuple[int, str], float] = {}
    by_language: dict[str, float] = {}
    lines = (shared / "corpora" / "encodings.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        language, encoding, python, _kind, _share, share_of_all = line.split("\t")
        by_language[language] = by_language.get(language, 0.0) + float(share_of_all)
        number = resolve(encoding, python, names)
        if number and listed[number] in fit:
            key = (number, language)
            weight[key] = weight.get(key, 0.0) + float(share_of_all)
    total = sum(by_language.values())

    def cost(share: float) -> int:
        return max(0, min(MOST, round(-math.log2(share / total) * 10 * TEMPER)))

    rare = dict.fromkeys(unlisted({number for number, _ in weight}), UNLISTED)
    return (
        {
            key: max(HELD_BACK.get(listed[key[0]], 0), cost(max(1e-6, value)))
            for key, value in weight.items()
        }
        | rare,
        {language: cost(value) for language, value in by_language.items()},
    )
