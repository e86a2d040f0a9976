"""Writes src/recodec/_registry/language_table.py from `languages.toml` and the registry.

Usage: python native/gen/check.py --write
"""

from __future__ import annotations

from typing import Any

import registry
from generated import Target, banner, read_toml

SOURCE = "native/gen/languages.toml"


def load() -> dict[str, dict[str, Any]]:
    """`languages.toml`: tag -> its fields. Raises RegistryError where the two lists disagree."""
    found = read_toml(SOURCE)
    used = {tag for row in registry.load() for tag in row.languages}
    if used - found.keys():
        raise registry.RegistryError(f"languages.toml lacks {sorted(used - found.keys())}")
    return found


def table() -> str:
    """The Python table: one row a language, its charsets in the order of the registry."""
    rows = registry.load()
    lines = [f"# {line}\n" for line in banner("gen_languages.py", [SOURCE, registry.SOURCE])]
    lines.append('"""The languages that recodec knows, by BCP 47 tag; see `languages.py`."""\n\n')
    lines.append("# ruff: noqa: E501, RUF001 -- a row a line; names in all scripts\n\n")
    lines.append("# tag: (ISO 639-1, ISO 639-3, English name, own name, scripts, charsets)\n")
    lines.append("# fmt: off\nTABLE: dict[str, tuple[str, str, str, str, str, str]] = {\n")
    for tag, row in load().items():
        charsets = " ".join(each.name for each in rows if tag in each.languages)
        fields = (
            row.get("iso1", ""),
            row["iso3"],
            row["english"],
            row["own"],
            " ".join(row["scripts"]),
            charsets,
        )
        shown = ", ".join(f'"{field}"' for field in fields)
        lines.append(f'    "{tag}": ({shown}),\n')
    lines.append("}\n")
    return "".join(lines)


TARGETS = [Target("src/recodec/_registry/language_table.py", table, (SOURCE, registry.SOURCE))]
