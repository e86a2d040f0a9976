"""Writes native/tables/rcd_editions_data.h: multi-byte charsets told by codes of their own.

`twin_of` in the registry says which charset text in such an edition is first taken for. Its own
codes are those that no member of that one's family has, or that the head of the family reads as
private use; the edition reads them as characters. See rcd_editions.h.

Usage: python native/gen/check.py --write editions
"""

from __future__ import annotations

from collections.abc import Callable

import registry
from generated import Target, c_banner
from multibyte_codes import big5_eten, cp51932, euc_without_c1, read_exactly, table
from multibyte_grid import Codes

SCRIPT = "gen_editions.py"

# The members of each family that has editions, in the order of rcd_multibyte.h; the
# first is the head, after which text is named.
FAMILIES: dict[str, tuple[tuple[str, ...], tuple[Callable[[], Codes], ...]]] = {
    "cp932": (
        ("cp932@cpython", "shift_jis_2004@cpython", "shift_jisx0213@cpython", "shift_jis"),
        (),
    ),
    "euc_jp": (
        ("euc_jp@cpython", "eucjp-ms", "euc_jis_2004@cpython", "euc_jisx0213@cpython"),
        (cp51932,),
    ),
    "cp949": (("cp949@cpython",), ()),
    "gb18030": (("ibm-5488",), ()),
    "cp950": (("cp950@cpython", "big5hkscs@cpython"), (big5_eten,)),
}
ENUMERATORS = {
    "cp932": "RCD_MB_SHIFT_JIS",
    "euc_jp": "RCD_MB_EUC_JP",
    "cp949": "RCD_MB_EUC_KR",
    "gb18030": "RCD_MB_GB18030",
    "cp950": "RCD_MB_BIG5",
}
LONGEST = 2  # bytes of a code
SPACE = (0xA0,)  # which is no evidence


def editions() -> dict[str, list[registry.Row]]:
    """By the head of the family, in the order of the registry."""
    found: dict[str, list[registry.Row]] = {head: [] for head in FAMILIES}
    for row in registry.load():
        if row.kind == "multi" and row.twin_of:
            found[row.twin_of[0]].append(row)
    return found


def is_private(points: tuple[int, ...]) -> bool:
    return all(0xE000 <= point < 0xF900 or point >= 0xF0000 for point in points)


def is_control(points: tuple[int, ...]) -> bool:
    return all(point < 0x20 or 0x7F <= point < 0xA0 for point in points)


def own_codes(head: str, rows: list[registry.Row]) -> dict[tuple[bytes, bool], int]:
    """Codes, whether the head has them for private use, and who has them, as bits."""
    tables, made = FAMILIES[head]
    members = [euc_without_c1(read_exactly(name)) if head == "euc_jp" else read_exactly(name)
               for name in tables] + [make() for make in made]  # fmt: skip
    starts = {key[:n] for codes in members for key in codes for n in range(1, len(key))}
    found: dict[tuple[bytes, bool], int] = {}
    for bit, row in enumerate(rows):
        for key, points in read_exactly(row.table).items():
            if len(key) > LONGEST or is_private(points) or is_control(points) or points == SPACE:
                continue
            # Where the automaton stops: at a byte that leads nothing, or behind one that does.
            at_end = key not in starts if len(key) == 1 else key[:-1] in starts
            private = key in members[0] and is_private(members[0][key])
            if private or (at_end and not any(key in codes for codes in members)):
                found[key, private] = found.get((key, private), 0) | 1 << bit
    return found


def ranges(codes: dict[tuple[bytes, bool], int]) -> list[tuple[int, int, int, bool]]:
    """(first code, last code, editions, whether private) of codes that follow each other."""
    found: list[tuple[int, int, int, bool]] = []
    numbered = sorted(
        (int.from_bytes(key, "big"), mask, private) for (key, private), mask in codes.items()
    )
    for number, mask, private in numbered:
        if found and found[-1][1] == number - 1 and found[-1][2:] == (mask, private):
            found[-1] = (found[-1][0], number, mask, private)
        else:
            found.append((number, number, mask, private))
    return found


def source() -> str:
    """native/tables/rcd_editions_data.h"""
    lists, items, starts = [], [], []
    for head, rows in editions().items():
        names = ", ".join(registry.enumerator(row.name) for row in rows)
        lists.append(f"    [{ENUMERATORS[head]}] = {{{names}}},")
        starts.append(f"    [{ENUMERATORS[head]}] = {{{len(items)}, ")
        for first, last, mask, private in ranges(own_codes(head, rows)):
            items.append(f"    {{0x{first:X}, 0x{last:X}, {mask}, {int(private)}}},")
        starts[-1] += f"{len(items)}}},"
    most = max(len(rows) for rows in editions().values())
    return (
        c_banner(SCRIPT, SOURCES)
        + f"#define EDITIONS_MOST {most}\n\n"
        + "/* The editions of each family, in the order of their bits. */\n"
        + "static const uint16_t editions[RCD_MB_COUNT][EDITIONS_MOST] = {\n"
        + "\n".join(lists)
        + "\n};\n\n/* The codes of each family: where they begin, and end. */\n"
        + "static const uint16_t edition_range[RCD_MB_COUNT][2] = {\n"
        + "\n".join(starts)
        + "\n};\n\n/* Codes that follow each other, the editions that have them, and whether the\n"
        + " * head of the family has them for private use. */\n"
        + "static const struct {\n    uint32_t first, last;\n    uint8_t who, is_private;\n"
        + f"}} edition_codes[{len(items)}] = {{\n"
        + "\n".join(items)
        + "\n};\n"
    )


SOURCES = (
    registry.SOURCE,
    *(table(name) for tables, _ in FAMILIES.values() for name in tables),
    *(table(name) for name in ("cp51932", "big5@whatwg", "ibm-950")),
    *(table(row.table) for rows in editions().values() for row in rows if row.table != "ibm-950"),
)

TARGETS = [Target("native/tables/rcd_editions_data.h", source, SOURCES)]
