"""Writes native/tables/rcd_lacking_data.h: the letters beyond ASCII of each Latin-script language.

The models have the costs of all letters in all languages side by side. Here those of one language
stand together: the few that it writes, and nothing of the others.

Usage: python native/gen/check.py --write lacking
"""

from __future__ import annotations

import gen_ranking
from generated import FileTarget, c_banner, resolve

SCRIPT = "gen_lacking.py"
RARE = 3  # RCD_SYM_RARE: symbols above are letters
NO_SHARE = 120  # tenths of a bit that a letter costs which a language does not write


def source() -> str:
    """native/tables/rcd_lacking_data.h"""
    texts = (resolve(name).read_text(encoding="utf-8") for name in
             (gen_ranking.MODELS, gen_ranking.PAIRS))  # fmt: skip
    models = gen_ranking.Models(*texts)
    symbols, columns, stride = models.numbers("latn")[:3]
    costs = models.array("latn_rows")  # which those of the letters begin
    ascii_letters = {models.cell(byte) >> 8 & 255 for byte in b"abcdefghijklmnopqrstuvwxyz"}
    letters = [c for c in range(RARE + 1, symbols) if c not in ascii_letters]
    first, needs = [0], []
    for k in range(columns):
        found = ((c, costs[c * stride + k]) for c in letters)
        needs += [f"{{{c}, {cost}}}," for c, cost in found if cost < NO_SHARE]
        first.append(len(needs))
    return (
        c_banner(SCRIPT, [gen_ranking.MODELS])
        + f"#define LACKING_COLUMNS {columns}\n#define LACKING_SYMBOLS {symbols}\n\n"
        + "/* Symbol of a letter, and what it costs in tenths of a bit; by column, where its\n"
        + " * letters begin, and where the last end. */\n"
        + f"static const need needs[{len(needs)}] = {{\n"
        + "\n".join(" ".join(needs[at : at + 10]) for at in range(0, len(needs), 10))
        + "\n};\nstatic const uint16_t first_need[LACKING_COLUMNS + 1] =\n"
        + f"{gen_ranking.number_rows([first])[:-1]};\n"
    )


TARGETS = [
    FileTarget("native/tables/rcd_lacking_data.h", source, (gen_ranking.MODELS, gen_ranking.PAIRS))
]
