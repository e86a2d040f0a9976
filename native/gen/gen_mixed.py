"""Writes native/tables/rcd_mixed_tables.c: the mixed-byte EBCDIC charsets, and the pairs of VNI.

A mixed charset has one-byte codes, and between shift-out and shift-in two-byte codes; see
rcd_mixed.h. Rows of the user's area are valid but have no character that a model knows,
so that they are in the classes and not among the code points. Han characters that no model knows
are one number (`rare_han`). A page and its later edition, which has all its codes and more, share
the code points of the edition.

Usage: python native/gen/check.py --write mixed
"""

from __future__ import annotations

from generated import Target, c_banner
from mixed_grid import FIRST, LAST, lead_bytes, mixed_points, two_byte
from multibyte_codes import read, table
from multibyte_grid import Codes, array, numbers, planes, points_initialiser

SCRIPT = "gen_mixed.py"
NARROW = ("930", "933", "935", "937", "939")
WIDE = ("1390", "1364", "1388", "1371", "1399")
MEMBERS = NARROW + WIDE
HERE = ("1390", "1364")  # whose code points are written here; others' are in `gen_multibyte`
SAME = {"1399": "1390"}  # differs in its one-byte codes only
MOST_CLASSES = 64
UNASSIGNED = 0xFFFF
VNI = "vni"
SOURCES = (*(table(f"ibm{name}") for name in MEMBERS), table(VNI))


def points_of(name: str, codes: Codes) -> str:
    """The code points of a page."""
    cells = mixed_points(codes)
    here = points_initialiser(f"ibm{name}", 0, len(cells))
    return planes(f"points_ibm{name}", cells) + (
        f"static const rcd_mb_points rcd_mb_points_ibm{name} =\n    {here};\n"
    )


def page(codes: Codes, edition: Codes, edition_name: str) -> str:
    """The initialiser of a charset, whose code points are those of its later edition."""
    row = [0] * 256
    for number, lead in enumerate(lead_bytes(edition), 1):
        row[lead] = number
    single = [codes.get(bytes((byte,)), (UNASSIGNED,))[0] for byte in range(256)]
    points = f"&rcd_mb_points_ibm{SAME.get(edition_name, edition_name)}"
    return f"    {{\n{points},\n{{{numbers(row)}}},\n{{{numbers(single)}}},\n    }},\n"


def source() -> str:
    """native/tables/rcd_mixed_tables.c"""
    codes = {name: read(f"ibm{name}") for name in MEMBERS}
    wide = [two_byte(codes[name]) for name in MEMBERS]
    for old, new in zip(NARROW, WIDE, strict=True):
        if not set(two_byte(codes[old])) <= set(two_byte(codes[new])):
            raise ValueError(f"{new} lacks codes of {old}")
    masks = [
        sum(1 << bit for bit, known in enumerate(wide) if (lead, trail) in known)
        for lead in range(FIRST, LAST + 1)
        for trail in range(FIRST, LAST + 1)
    ]
    members = [0, *sorted(set(masks) - {0})]
    if len(members) > MOST_CLASSES:
        raise ValueError(f"{len(members)} classes")
    cells = array("uint8_t", "rcd_mixed_classes", [members.index(mask) for mask in masks])
    members += [0] * (MOST_CLASSES - len(members))
    for name, other in SAME.items():
        if mixed_points(codes[name]) != mixed_points(codes[other]):
            raise ValueError(f"{name} has other code points than {other}")
    arrays = "".join(points_of(name, codes[name]) for name in HERE)
    bodies = "".join(
        page(codes[name], codes[edition], edition)
        for name, edition in zip(MEMBERS, WIDE + WIDE, strict=True)
    )
    return "\n".join(
        (
            c_banner(SCRIPT, SOURCES),
            '#include "rcd_mixed_tables.h"\n',
            cells.replace("static const", "const"),
            array("uint16_t", "rcd_mixed_members", members).replace("static ", ""),
            arrays,
            f"const rcd_mixed_set rcd_mixed_sets[{len(MEMBERS)}] = {{\n{bodies}}};\n",
            vni(),
        )
    )


def vni() -> str:
    """The letters of VNI that take an accent byte, and which accents each may take."""
    codes = read(VNI)
    pairs = [key for key in codes if len(key) == 2]
    leads = sorted({key[0] for key in pairs})
    lead = [leads.index(byte) + 1 if byte in leads else 0 for byte in range(256)]
    accent = [
        sum(1 << lead[key[0]] for key in pairs if key[1] == byte)
        + int(bytes((byte,)) in codes)  # bit 0: a letter by itself
        for byte in range(256)
    ]
    return array("uint8_t", "rcd_vni_lead", lead).replace("static ", "") + array(
        "uint16_t", "rcd_vni_accent", accent
    ).replace("static ", "")


TARGETS = [Target("native/tables/rcd_mixed_tables.c", source, SOURCES)]
