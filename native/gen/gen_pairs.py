"""Writes native/tables/rcd_pairs_data.h: which charset was used for which language, and its prior.

Apart from the models, which know letters alone: a charset more is a few lines here and a map of its
bytes (gen_single_byte.py), and nothing is trained.

Usage: python native/gen/check.py --write pairs
"""

from __future__ import annotations

import re

import cjk
import registry
from alphabet import GROUP_ID
from generated import FileTarget, c_banner, resolve, shared_root
from priors import BYTEWISE, DECOMPOSED, VISUAL, charset_list, load_priors

SCRIPT = "gen_pairs.py"
WEIGHTS = "shared:corpora/encodings.tsv"
MODELS = "native/tables/rcd_models_data.h"


def columns() -> dict[str, list[str]]:
    """Script -> what each column of its models stands for: a language, or a form of one."""
    text = resolve(MODELS).read_text(encoding="utf-8")
    found = re.findall(r"^/\* (\w{4}): (.+) \*/$", text, re.MULTILINE)
    return {script: names.split() for script, names in found} | {"Hani": list(cjk.LANGUAGES)}


def pairs() -> list[tuple[int, int, int, int, int]]:
    """Every pair that was really written, by charset.

    (charset, cost, script, column, cost above that of the commonest charset for the column)
    """
    pair_cost, _ = load_priors(shared_root())
    names, by_script = charset_list(), columns()
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
    body = "\n".join("{" + ", ".join(map(str, row)) + "}," for row in rows)
    return (
        c_banner(SCRIPT, [registry.SOURCE, MODELS, WEIGHTS])
        + f"#define PAIR_COUNT {len(rows)}\n\n"
        + "/* Charset, cost in tenths of a bit, script, column of the language there, cost above\n"
        + " * the least of the column. */\n"
        + f"static const rcd_pair pairs[PAIR_COUNT] = {{\n{body}\n}};\n"
    )


TARGETS = [FileTarget("native/tables/rcd_pairs_data.h", source, (registry.SOURCE, MODELS, WEIGHTS))]
