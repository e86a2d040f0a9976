"""Writes what is made from `charsets.toml`: C ids and tables, and Python tables.

Usage: python native/gen/check.py --write
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import registry
from c_texts import texts
from generated import Target, banner, c_banner
from registry import FAMILIES, FLAVOURS_SOURCE, SOURCE, Row, enumerator

SCRIPT = "gen_charsets.py"
LONGEST_LABEL = 48  # RCD_LABEL_MAX of rcd_charset.h
STEP = 16  # labels between two whose place is stored


def ids_header() -> str:
    """native/tables/rcd_charset_ids.h"""
    rows = registry.load()
    lines = [
        c_banner(SCRIPT, [SOURCE]),
        "#ifndef RCD_CHARSET_IDS_H\n#define RCD_CHARSET_IDS_H\n\n",
        "/* Ids are 1 .. RCD_CS_COUNT - 1 in the order of the registry; they may change between\n",
        " * releases, names do not. */\n",
        "enum rcd_charset_id {\n    RCD_CS_NONE = 0, /* binary or unknown */\n",
    ]
    lines += [f"    {enumerator(row.name)} = {row.id},\n" for row in rows]
    lines.append(f"    RCD_CS_COUNT = {len(rows) + 1} /* one more than the highest id */\n")
    lines.append("};\n\n#endif\n")
    return "".join(lines)


def labels(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """(normalised label, enumerator of what the web means by it, or else of what it names), sorted
    as strcmp does."""
    means = registry.plain_labels(rows) | registry.web_labels(rows)
    for key in means:
        if len(key) > LONGEST_LABEL:
            raise registry.RegistryError(f"{key} is longer than RCD_LABEL_MAX")
    return [(key, enumerator(means[key].name)) for key in sorted(means)]


def tables_header() -> str:
    """native/tables/rcd_charsets.h"""
    count = len(labels(registry.load()))
    return (
        c_banner(SCRIPT, [SOURCE])
        + f"""#ifndef RCD_CHARSETS_H
#define RCD_CHARSETS_H

#include "rcd_charset.h"

/* Names and labels are told by offsets, since pointers would each cost a relocation when the
 * library is loaded. */
#define RCD_LABEL_COUNT {count}u
#define RCD_LABEL_STEP {STEP}u

extern const rcd_charset rcd_charset_table[RCD_CS_COUNT]; /* by id; [0] is empty */
extern const char rcd_charset_names[];                    /* each ends with a NUL; first "" */

/* By label, in the order of their texts. */
extern const uint16_t rcd_label_at[];               /* where each RCD_LABEL_STEP-th one is */
extern const uint16_t rcd_label_id[RCD_LABEL_COUNT]; /* what the web means, or else what it names */
extern const char rcd_label_text[];                 /* normalised, each ends with a NUL */

#endif
"""
    )


def table_entry(row: Row, name: int) -> str:
    """The entry of a charset whose name stands at the offset `name`."""
    flags = ["RCD_CHARSET_DETECTABLE"] if row.detectable else []
    if row.python:
        flags.append("RCD_CHARSET_CPYTHON")
    family = "RCD_FAMILY_" + row.family.upper().replace("-", "_")
    superset = enumerator(row.superset) if row.superset else "0"
    return (
        f"    {{{name}, {superset},\n"
        f"     {family}, RCD_KIND_{row.kind.upper()}, {' | '.join(flags) or '0'}}},\n"
    )


def tables_source() -> str:
    """native/tables/rcd_charsets.c"""
    rows = registry.load()
    names, at = texts([row.name for row in rows], first="    0,\n", start=1)
    known = labels(rows)
    label_text, at_text = texts(key for key, _ in known)
    entries = "".join(map(table_entry, rows, at))
    return "".join(
        (
            c_banner(SCRIPT, [SOURCE]),
            '#include "rcd_charsets.h"\n\n',
            f"const char rcd_charset_names[] = {{\n{names}}};\n\n",
            "const rcd_charset rcd_charset_table[RCD_CS_COUNT] = {\n",
            "    {0, 0, RCD_FAMILY_NONE, RCD_KIND_NONE, 0},\n",
            f"{entries}}};\n\n",
            f"const char rcd_label_text[] = {{\n{label_text}}};\n\n",
            "const uint16_t rcd_label_at[] = {\n",
            *(f"    {at},\n" for at in at_text[::STEP]),
            "};\n",
            "const uint16_t rcd_label_id[RCD_LABEL_COUNT] = {\n",
            *(f"    {charset},\n" for _, charset in known),
            "};\n",
        )
    )


def python_entry(row: Row) -> str:
    """One string of `CHARSETS`, which is split when the charset is asked for."""
    values = (
        row.name,
        row.iana,
        row.whatwg,
        row.python,
        " ".join(row.aliases),
        row.family,
        row.kind,
        row.superset,
        " ".join(row.languages),
        "detectable" if row.detectable else "",
        " ".join(row.known_by),
        " ".join(row.exact_labels),
        row.told_as,
    )
    text = "|".join(value or "" for value in values)
    if text.count("|") != len(values) - 1:
        raise registry.RegistryError(f"a bar in what is said of {row.name}")
    return f"    {json.dumps(text)},\n"


def python_table() -> str:
    """src/recodec/_registry/charset_table.py"""
    rows = registry.load()
    top = "# " + "\n# ".join(banner(SCRIPT, [SOURCE]))
    return (
        top
        + """
# ruff: noqa: E501
# fmt: off
\"\"\"The registry as literals, few of them, so that importing it costs next to nothing.\"\"\"

from __future__ import annotations

"""
        + f"FAMILIES: tuple[str, ...] = {FAMILIES!r}\n\n".replace("'", '"')
        + "# name|iana|whatwg|python|aliases|family|kind|superset|languages|detectable|known_by|\n"
        + "# exact labels|told as, in the order of ids, from 1; lists have spaces.\n"
        + "CHARSETS: tuple[str, ...] = (\n"
        + "".join(map(python_entry, rows))
        + ")\n"
    )


def codec_tables() -> str:
    """src/recodec/codecs/_charset_tables.py"""
    rows = registry.load()
    tables = {row.name: row.table for row in rows if row.table}
    variants = {
        row.name: {
            who if not label else f"{who}:{registry.normalise(label)}": table
            for key, table in row.variants
            for who, _, label in (key.partition(":"),)
        }
        for row in rows
        if row.variants
    }
    changed = tuple(row.name for row in rows if row.shift or row.cells)
    lines = [
        "# " + "\n# ".join(banner(SCRIPT, [SOURCE])),
        "# ruff: noqa: E501",
        "# fmt: off",
        '"""The conversion table of each charset, and those of implementations that differ."""',
        "",
        "from __future__ import annotations",
        "",
        "TABLES: dict[str, str] = {",
        *(f"    {name!r}: {table!r}," for name, table in tables.items()),
        "}",
        "",
        "VARIANTS: dict[str, dict[str, str]] = {",
        *(f"    {name!r}: {found!r}," for name, found in variants.items()),
        "}",
        "",
        "# Charsets that differ from their table: some cells, or the upper half moved down.",
        f"CHANGED: tuple[str, ...] = {changed!r}",
        "",
    ]
    return "\n".join(lines).replace("'", '"')


def _pairs(found: list[tuple[str, str]]) -> str:
    """A tuple of pairs of strings."""
    quoted = ([json.dumps(text, ensure_ascii=False) for text in pair] for pair in found)
    return "(" + "".join(f"({who}, {said})," for who, said in quoted) + ")"


def notes() -> str:
    """src/recodec/_registry/charset_notes.py"""
    lines = [
        "# " + "\n# ".join(banner(SCRIPT, [SOURCE, FLAVOURS_SOURCE])),
        "# ruff: noqa: E501, RUF001",
        "# fmt: off",
        '"""What each charset is, in a sentence or two for a reader."""',
        "",
        "from __future__ import annotations",
        "",
        "NOTES: dict[str, str] = {",
        *(
            f"    {json.dumps(row.name)}: {json.dumps(row.note, ensure_ascii=False)},"
            for row in registry.load()
            if row.note
        ),
        "}",
        "",
        "# Flavours, and what they do otherwise than the program that they are named after.",
        "FLAVOURS: dict[str, tuple[tuple[str, str], ...]] = {",
        *(
            f"    {json.dumps(name)}: {_pairs(said)},"
            for name, said in registry.flavour_notes().items()
        ),
        "}",
        "",
    ]
    return "\n".join(lines)


TARGETS = [
    Target("native/tables/rcd_charset_ids.h", ids_header, (SOURCE,)),
    Target("native/tables/rcd_charsets.h", tables_header, (SOURCE,)),
    Target("native/tables/rcd_charsets.c", tables_source, (SOURCE,)),
    Target("src/recodec/_registry/charset_table.py", python_table, (SOURCE,)),
    Target("src/recodec/_registry/charset_notes.py", notes, (SOURCE, FLAVOURS_SOURCE)),
    Target("src/recodec/codecs/_charset_tables.py", codec_tables, (SOURCE,)),
]
