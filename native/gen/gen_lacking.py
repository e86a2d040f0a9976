"""Writes native/tables/rcd_lacking_data.h: which charsets lack most letters of which languages.

A language in Latin script that was written in a charset without most of its letters beyond ASCII
has few to choose from, and each is less of a surprise than the models say.

Usage: python native/gen/check.py --write lacking
"""

from __future__ import annotations

import committed
import gen_pairs
import gen_single_byte
import registry
from alphabet import GROUP_ID, RARE
from committed import MODELS, PAIRS, Models
from gen_ranking import number_rows
from generated import Target, c_banner

SCRIPT = "gen_lacking.py"
SOURCES = (MODELS, PAIRS, registry.SOURCE)
LATN = GROUP_ID["Latn"]
NO_SHARE = 120  # tenths of a bit that a letter costs which a language does not write
OWN = 32  # a letter of the language is at least one in so many of its letters
ONE = 4096  # what share_of() gives for certainty
# A letter costs so much less: at least, where most of the letters are lacking, and at most.
LEAST, MOST = 16, 50


def share_of(tenths: int) -> int:
    """How often a letter comes that costs `tenths`, in parts of ONE."""
    return int(ONE * 2 ** (-(tenths % 10) / 10) + 0.5) >> tenths // 10


def saving(there: int, needed: int) -> int:
    """Tenths of a bit that a letter costs less where a language's letters are there in part.

    0 where more than LEAST of what it needs are there.
    """
    tenths = 0
    while tenths < MOST and needed * share_of(tenths + 1) >= there * ONE:
        tenths += 1
    return tenths if tenths >= LEAST else 0


def source() -> str:
    """native/tables/rcd_lacking_data.h"""
    models, pairs = Models(), committed.pairs()
    symbols, columns, stride = models.numbers("latn")[:3]
    costs = models.array("latn_rows")  # which those of the letters begin
    ascii_letters = {models.symbol(byte) for byte in b"abcdefghijklmnopqrstuvwxyz"}
    letters = [c for c in range(RARE + 1, symbols) if c not in ascii_letters]
    shares = [
        {c: share_of(costs[c * stride + k]) for c in letters if costs[c * stride + k] < NO_SHARE}
        for k in range(columns)
    ]
    first, own = [0], []
    for share in shares:
        needed = sum(share.values())
        own += [c for c, part in share.items() if part * OWN >= needed]
        first.append(len(own))

    languages = [tag.partition("~")[0] for tag in gen_pairs.columns()["Latn"]]
    lacks = []
    for row, cells in gen_single_byte.maps():
        found = {models.symbol(cp) for cp in cells if models.is_letter(LATN, cp)}
        for number, _, group, column in pairs:
            k = languages.index(languages[column]) if group == LATN else -1
            if number == row.id and k == column and shares[k]:
                there = sum(part for c, part in shares[k].items() if c in found)
                less = saving(there, sum(shares[k].values()))
                if less:
                    lacks.append(f"{{{number}, {k}, {less}}},")
    return (
        c_banner(SCRIPT, SOURCES)
        + "/* Charset, column of a language that it lacks most letters of, and what each of the\n"
        + " * others costs less, in tenths of a bit. */\n"
        + f"static const lack lacks[{len(lacks)}] = {{\n"
        + "\n".join(" ".join(lacks[at : at + 7]) for at in range(0, len(lacks), 7))
        + "\n};\n\n/* Symbols of the letters that belong to a language; by column, where they\n"
        + " * begin, and where the last end. */\n"
        + f"static const uint8_t own_letters[{len(own)}] =\n"
        + f"{number_rows([own])[:-1]};\n"
        + f"static const uint16_t own_first[{columns + 1}] =\n"
        + f"{number_rows([first])[:-1]};\n"
    )


TARGETS = [
    Target(
        "native/tables/rcd_lacking_data.h",
        source,
        (*SOURCES, gen_single_byte.TABLES, gen_single_byte.VNI),
    )
]
