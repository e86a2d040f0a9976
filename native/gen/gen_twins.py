"""Writes native/tables/rcd_twins_data.h: charsets that are told by the signs they differ in.

`twin_of` in the registry says which charsets a text in one is first taken for; see
rcd_twins.h. The order is that of the registry, so that a tie goes to the earlier.

Usage: python native/gen/check.py --write twins
"""

from __future__ import annotations

import registry
from generated import Target, c_banner

SCRIPT = "gen_twins.py"


def twins() -> list[tuple[registry.Row, registry.Row]]:
    """(the charset that text is taken for, its twin), of single bytes, by the former."""
    rows = registry.load()
    by_name = {row.name: row for row in rows}
    return sorted(
        ((by_name[name], row) for row in rows if row.kind == "single" for name in row.twin_of),
        key=lambda pair: (pair[0].id, pair[1].id),
    )


def source() -> str:
    """native/tables/rcd_twins_data.h"""
    found = twins()
    body = "\n".join(
        f"    {{{registry.enumerator(head.name)}, {registry.enumerator(twin.name)}}},"
        for head, twin in found
    )
    return (
        c_banner(SCRIPT, [registry.SOURCE])
        + f"#define TWIN_COUNT {len(found)}\n\n"
        + "/* What a text is taken for, and what it may be instead; sorted by the former. */\n"
        + "static const struct {\n    uint16_t head, twin;\n"
        + f"}} twins[TWIN_COUNT] = {{\n{body}\n}};\n"
    )


TARGETS = [Target("native/tables/rcd_twins_data.h", source, (registry.SOURCE,))]
