"""Writes what is made from `charsets.toml`: the C ids, the C tables, the Python table, the page.

Usage: python native/gen/check.py --write
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from generated import ROOT, Target, c_banner

SCRIPT = "native/gen/gen_charsets.py"
SOURCE = "native/gen/charsets.toml"


@dataclass(frozen=True, slots=True)
class Row:
    """One `[[charset]]` of the registry; absent strings are empty."""

    id: int
    name: str
    iana: str
    whatwg: str
    python: str
    aliases: tuple[str, ...]
    web_labels: tuple[str, ...]
    family: str
    kind: str
    superset: str
    languages: tuple[str, ...]
    table: str
    detectable: bool


def load() -> list[Row]:
    """The registry in file order; ids count from 1."""
    with (ROOT / SOURCE).open("rb") as file:
        entries = tomllib.load(file)["charset"]
    return [
        Row(
            id=number,
            name=entry["name"],
            iana=entry.get("iana", ""),
            whatwg=entry.get("whatwg", ""),
            python=entry.get("python", ""),
            aliases=tuple(entry["aliases"]),
            web_labels=tuple(entry.get("web_labels", ())),
            family=entry["family"],
            kind=entry["kind"],
            superset=entry.get("superset", ""),
            languages=tuple(entry["languages"]),
            table=entry.get("table", ""),
            detectable=entry["detectable"],
        )
        for number, entry in enumerate(entries, 1)
    ]


def c_id(name: str) -> str:
    """The enumerator of a charset: cp1251 -> RCD_CS_CP1251, utf-8 -> RCD_CS_UTF_8."""
    return "RCD_CS_" + re.sub(r"[^A-Z0-9]", "_", name.upper())


def ids_header() -> bytes:
    rows = load()
    lines = [
        c_banner(SCRIPT, [SOURCE]),
        "#ifndef RCD_CHARSET_IDS_H\n#define RCD_CHARSET_IDS_H\n\n",
        "/* Ids are 1 .. RCD_CS_COUNT - 1 in the order of the registry; they may change between\n"
        " * releases, names do not. */\n",
        "enum rcd_charset_id {\n    RCD_CS_NONE = 0, /* binary or unknown */\n",
    ]
    lines += [f"    {c_id(row.name)} = {row.id},\n" for row in rows]
    lines.append(f"    RCD_CS_COUNT = {len(rows) + 1} /* one more than the highest id */\n")
    lines.append("};\n\n#endif\n")
    return "".join(lines).encode()


TARGETS = [
    Target(path="native/tables/rcd_charset_ids.h", build=ids_header, inputs=(SOURCE,), script=SCRIPT),
]
