"""Writes native/tables/rcd_follows_data.h: which letters of a script follow which at all.

A wrong reading of a text is full of pairs that the models have never seen. A bit for each pair says
so before any of the large tables is looked into: clear where neither the pair nor a trigram that
ends with it is found there.

Usage: python native/gen/check.py --write follows
"""

from __future__ import annotations

import numpy as np

import gen_ranking
import perfect_hash
from generated import FileTarget, c_banner, resolve

SCRIPT = "gen_follows.py"
ANY = 255  # in place of the first of three: the key of a pair


def flags(symbols: int, displace: np.ndarray, checks: np.ndarray) -> np.ndarray:
    """[first * symbols + second]: whether a look-up of the pair, or of a trigram, finds a row."""
    pairs = np.arange(symbols * symbols)
    low = (pairs // symbols << 8 | pairs % symbols).astype(np.uint64)
    out = np.zeros(symbols * symbols, dtype=bool)
    for first in (*range(symbols), ANY):
        keys = low | np.uint64(first << 16)
        slots = perfect_hash.slots_of(keys, displace, len(checks))
        out |= checks[slots] == perfect_hash.check_of(keys)
    return out


def source() -> str:
    """native/tables/rcd_follows_data.h"""
    texts = (resolve(name).read_text(encoding="utf-8") for name in
             (gen_ranking.MODELS, gen_ranking.PAIRS))  # fmt: skip
    models = gen_ranking.Models(*texts)
    out = [
        c_banner(SCRIPT, [gen_ranking.MODELS]),
        "/* By script, a bit for each pair: first * symbols + second. */\n",
    ]
    for name in filter(None, gen_ranking.SCRIPTS):
        symbols, _, _, buckets, slots = models.numbers(name)
        displace = np.array(models.array(f"{name}_displace"), dtype=np.uint64)
        checks = np.array(models.array(f"{name}_checks"), dtype=np.int64)
        if (len(displace), len(checks)) != (buckets, slots):
            raise ValueError(f"{name}: the models' tables are of other sizes than they say")
        packed = np.packbits(flags(symbols, displace, checks), bitorder="little").tolist()
        out.append(f"static const uint8_t {name}_follows[{len(packed)}] =\n")
        out.append(f"{gen_ranking.number_rows([packed])[:-1]};\n")
    names = [f"{name}_follows" if name else "NULL" for name in gen_ranking.SCRIPTS]
    out.append(f"\nstatic const uint8_t *const follows[{len(names)}] = {{{', '.join(names)}}};\n")
    return "".join(out)


TARGETS = [
    FileTarget("native/tables/rcd_follows_data.h", source, (gen_ranking.MODELS, gen_ranking.PAIRS))
]
