"""Writes native/tables/rcd_single_byte.c: 256 code points for every one-byte charset.

From ../shared/tables/single.tsv.xz by the `table`, `shift` and `cells` of the registry. Charsets
with equal maps share a row. The rows are plain: 512 bytes each are little beside the models, and
whoever scores text reads them without unpacking.

Usage: python native/gen/check.py --write single_byte
"""

from __future__ import annotations

import lzma

import registry
from generated import Target, c_banner, resolve
from registry import SOURCE, Row, enumerator

SCRIPT = "gen_single_byte.py"
TABLES = "shared:tables/single.tsv.xz"
VNI = "shared:tables/multi/vni.tsv.xz"
UNASSIGNED = 0xFFFF
# Bytes that begin a longer code and still tell something. ISCII: EXT before the tippi of Gurmukhi;
# INV, and a nukta after a halant where the script has none, are joiners; ATR calls the script that
# has the danda.
JOINER, DANDA = 0x200D, 0x0964
ISCII = {0xD9: JOINER, 0xEF: JOINER}
CALLED = ISCII | {0xEA: DANDA}
JOINED = CALLED | {0xE9: JOINER}
READ_AS = {
    "iscii-dev": ISCII,
    "iscii-bng": CALLED,
    "iscii-pnj": CALLED | {0xF0: 0x0A70},
    "iscii-ori": CALLED,
    "iscii-gjr": JOINED,
    "iscii-tml": JOINED,
    "iscii-tlg": JOINED,
    "iscii-knd": JOINED,
    "iscii-mlm": JOINED,
}
CELLS = 256
ASCII_END = 0x7F

Cells = tuple[int, ...]


def read_tables() -> dict[str, list[tuple[int, ...]]]:
    """Table name -> 256 cells; a cell is a sequence of code points, empty when unassigned."""
    found = {}
    with lzma.open(resolve(TABLES), "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            name, cells = line.split("\t")[:2]
            found[name] = [
                () if cell == "-" else tuple(int(part, 16) for part in cell.split("+"))
                for cell in cells.split()
            ]
    return found


def one_point(row: Row, byte: int, cell: tuple[int, ...]) -> int:
    """The code point of a cell.

    A sequence has no single code point; only in stateful charsets, whose map scores letters and
    decodes nothing, does the first one stand for it.
    """
    if not cell:
        return UNASSIGNED
    if len(cell) > 1 and row.kind != "stateful":
        raise registry.RegistryError(f"{row.name}: byte {byte:02X} is a sequence")
    if cell[0] >= UNASSIGNED:
        raise registry.RegistryError(f"{row.name}: byte {byte:02X} is beyond U+FFFE")
    return cell[0]


def plain(cells: list[tuple[int, ...]]) -> bool:
    """Whether every cell is one character that 16 bits can hold."""
    return all(len(cell) < 2 and max(cell, default=0) < UNASSIGNED for cell in cells)


def row_cells(row: Row, tables: dict[str, list[tuple[int, ...]]]) -> Cells:
    """The 256 code points of a charset."""
    points = [one_point(row, byte, cell) for byte, cell in enumerate(tables[row.table])]
    if row.shift:
        # Space and the controls are those of ASCII; everything else is the upper half.
        graphic = range(0x21, ASCII_END)
        low = [points[byte | 0x80] if byte in graphic else byte for byte in range(0x80)]
        points = low + [UNASSIGNED] * 0x80
    for byte, point in READ_AS.get(row.name, {}).items():
        points[byte] = point
    for first, characters in row.cells:
        start = int(first, 16)
        points[start : start + len(characters)] = [ord(character) for character in characters]
    if len(points) != CELLS:
        raise registry.RegistryError(f"{row.name}: {len(points)} cells")
    return tuple(points)


def vni_bytes() -> Cells:
    """What the models see of VNI: each byte of its codes as the Latin-1 letter of that number."""
    points = [UNASSIGNED] * CELLS
    with lzma.open(resolve(VNI), "rt", encoding="ascii") as file:
        for line in file:
            if not line.startswith("#"):
                for byte in bytes.fromhex(line.split("\t")[0]):
                    points[byte] = byte
    return tuple(points)


def maps() -> list[tuple[Row, Cells]]:
    """Every charset of the registry that has a map of single bytes, in the order of ids."""
    tables = read_tables()
    found = []
    for row in registry.load():
        if row.table in tables and (row.kind != "single" or plain(tables[row.table])):
            found.append((row, row_cells(row, tables)))
        elif row.name == "vni":
            found.append((row, vni_bytes()))
    return found


def c_row(cells: Cells) -> str:
    lines = [
        "     " + ", ".join(f"0x{point:04X}" for point in cells[start : start + 12]) + ",\n"
        for start in range(0, CELLS, 12)
    ]
    return "    {\n" + "".join(lines) + "    },\n"


def source() -> str:
    """native/tables/rcd_single_byte.c"""
    found = maps()
    distinct: dict[Cells, list[str]] = {}
    for row, cells in found:
        distinct.setdefault(cells, []).append(row.name)
    # By their upper halves: what is alike stands together, which makes the package smaller.
    distinct = dict(sorted(distinct.items(), key=lambda item: item[0][::-1]))
    position = {cells: number for number, cells in enumerate(distinct, 1)}
    parts = [
        c_banner(SCRIPT, [SOURCE, TABLES, VNI]),
        '#include "rcd_single_byte.h"\n\n#include <stddef.h>\n\n#include "rcd_charset_ids.h"\n\n',
        f"static const uint16_t maps[{len(distinct)}][256] = {{\n",
    ]
    for cells, names in distinct.items():
        parts.append(f"    /* {', '.join(names)} */\n")
        parts.append(c_row(cells))
    parts.append("};\n\n/* One more than the row of `maps`, by charset id; 0 = no map. */\n")
    parts.append("static const uint16_t map_of[RCD_CS_COUNT] = {\n")
    parts += [f"    [{enumerator(row.name)}] = {position[cells]},\n" for row, cells in found]
    parts.append(
        """};

const uint16_t *rcd_single_byte_table(int id)
{
    if (id <= RCD_CS_NONE || id >= RCD_CS_COUNT || map_of[id] == 0) {
        return NULL;
    }
    return maps[map_of[id] - 1];
}
"""
    )
    return "".join(parts)


TARGETS = [Target("native/tables/rcd_single_byte.c", source, (SOURCE, TABLES, VNI))]
