"""Writes native/tables/rcd_forms_data.h: the accents of ISO 6937 and its kin, and UTF-EBCDIC.

There an accent byte stands before its letter. Written for each charset: what its single bytes are,
and the pairs in rising order; see rcd_forms.h.

Usage: python native/gen/check.py --write forms
"""

from __future__ import annotations

import gen_single_byte
import registry
from generated import Target, c_banner
from multibyte_codes import read, table
from multibyte_grid import array

SCRIPT = "gen_forms.py"
CHARSETS = ("iso-6937", "iso-6937-2", "ansi-x3.110", "t.61-8bit")
UNASSIGNED = 0xFFFF
FIRST_LONG = 0xA0


def utf_ebcdic() -> list[int]:
    """Bytes of UTR 16's intermediate form to those of UTF-EBCDIC, and back.

    Below A0 those of page 1047 with LF at 15 and NEL at 25; above in rising order what that leaves.
    """
    cells = gen_single_byte.read_tables()["ibm1047"]
    taken = {cell[0]: byte for byte, cell in enumerate(cells) if cell[0] < FIRST_LONG}
    taken[0x0A], taken[0x85] = 0x15, 0x25
    free = sorted(set(range(256)) - set(taken.values()))
    to = [taken[form] if form < FIRST_LONG else free[form - FIRST_LONG] for form in range(256)]
    return to + [to.index(byte) for byte in range(256)]


def tables() -> list[str]:
    """The mapping table of each charset."""
    by_name = {row.name: row for row in registry.load()}
    return [by_name[name].table for name in CHARSETS]


def source() -> str:
    """native/tables/rcd_forms_data.h"""
    parts, rows = [array("uint8_t", "utf_ebcdic", utf_ebcdic())], []
    for number, name in enumerate(tables()):
        codes = read(name)
        pairs = sorted(key for key in codes if len(key) == 2)
        single = [codes.get(bytes((byte,)), (UNASSIGNED,))[0] for byte in range(256)]
        parts.append(f"/* {name} */\n" + array("uint16_t", f"accent_single_{number}", single))
        parts.append(
            array(
                "uint32_t",
                f"accent_pairs_{number}",
                [int.from_bytes(key, "big") << 16 | codes[key][0] for key in pairs],
            )
        )
        rows.append(f"    {{accent_single_{number}, accent_pairs_{number}, {len(pairs)}}},\n")
    return (
        c_banner(SCRIPT, [registry.SOURCE, gen_single_byte.TABLES, *map(table, tables())])
        + "".join(parts)
        + "/* Single bytes; and pairs: two bytes, then the code point in 16 bits. */\n"
        + "static const struct {\n    const uint16_t *single;\n    const uint32_t *pairs;\n"
        + f"    size_t count;\n}} accents[{len(rows)}] = {{\n{''.join(rows)}}};\n"
    )


TARGETS = [
    Target(
        "native/tables/rcd_forms_data.h",
        source,
        (registry.SOURCE, gen_single_byte.TABLES, *map(table, tables())),
    )
]
