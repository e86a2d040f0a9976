"""Writes native/tables/rcd_units_data.h: words that stand beside numbers, as hashes.

They are those of units.toml, of all languages together: whether a word is one of them is asked of
each charset that the bytes may be in.

Usage: python native/gen/check.py --write units
"""

from __future__ import annotations

from emit_c import numbers
from generated import Target, c_banner, read_toml

SCRIPT = "gen_units.py"
UNITS = "native/gen/units.toml"
BASIS, PRIME = 2166136261, 16777619


def hash_of(word: str) -> int:
    """FNV-1a over code points (Fowler, Noll, Vo), as hash_of() in rcd_units.c."""
    value = BASIS
    for char in word:
        value = (value ^ ord(char)) * PRIME & 0xFFFFFFFF
    return value


def source() -> str:
    """native/tables/rcd_units_data.h"""
    words = {
        word for text in read_toml(UNITS).values() for word in text.split() if not word.isascii()
    }
    return (
        c_banner(SCRIPT, [UNITS])
        + "/* Hashes of words, ascending. */\n"
        + f"static const uint32_t units[{len(words)}] = {{\n"
        + numbers(sorted({hash_of(word) for word in words}))
        + "\n};\n"
    )


TARGETS = [Target("native/tables/rcd_units_data.h", source, (UNITS,))]
