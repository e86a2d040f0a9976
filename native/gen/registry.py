"""The registry as the generators see it: `charsets.toml`, parsed and checked."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generated import read_toml

SOURCE = "native/gen/charsets.toml"
FLAVOURS_SOURCE = "native/gen/flavours.toml"

FAMILIES = (
    "unicode",
    "ascii",
    "iso",
    "windows",
    "dos",
    "mac",
    "ebcdic",
    "koi8",
    "cjk",
    "national",
    "vendor",
    "seven-bit",
)
KINDS = ("single", "multi", "stateful", "unicode")
IMPLEMENTATIONS = (
    "cpython",
    "libiconv",
    "glibc",
    "icu",
    "java",
    "whatwg",
    "iconv-lite",
    "recode",
    "nkf",
)
FLAVOURS = ("libiconv", "glibc", "icu", "java", "whatwg")
"""Implementations whose own mapping can be asked for."""


class RegistryError(Exception):
    """charsets.toml breaks one of its own rules."""


@dataclass(frozen=True, slots=True)
class Row:
    """One `[[charset]]` of the registry; absent strings are empty."""

    id: int
    name: str
    family: str
    kind: str
    aliases: tuple[str, ...]
    languages: tuple[str, ...]
    detectable: bool
    iana: str = ""
    whatwg: str = ""
    python: str = ""
    web_labels: tuple[str, ...] = ()
    exact_labels: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    superset: str = ""
    superset_differs: tuple[str, ...] = ()
    table: str = ""
    variants: tuple[tuple[str, str], ...] = ()
    shift: bool = False
    cells: tuple[tuple[str, str], ...] = ()
    undetected: str = ""
    told_as: str = ""
    twin_of: tuple[str, ...] = ()
    note: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything that names this charset: name, IANA name, aliases."""
        return (self.name, *((self.iana,) if self.iana else ()), *self.aliases)


def normalise(label: str) -> str:
    """What counts in a label: ASCII letters in lower case and digits (as rcd_charset.c does)."""
    return re.sub(r"[^a-z0-9]", "", label.lower())


def enumerator(name: str) -> str:
    """The C name of an id: cp1251 -> RCD_CS_CP1251, utf-8 -> RCD_CS_UTF_8."""
    return "RCD_CS_" + re.sub(r"[^A-Z0-9]", "_", name.upper())


@functools.cache
def load() -> tuple[Row, ...]:
    """The registry in file order, ids from 1. Raises RegistryError when it is not sound."""
    entries = read_toml(SOURCE)["charset"]
    rows = []
    for number, entry in enumerate(entries, 1):
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        for key in ("cells", "variants"):
            values[key] = tuple(values.get(key, {}).items())
        rows.append(Row(id=number, **values))
    check(rows)
    return tuple(rows)


def flavour_notes() -> dict[str, list[tuple[str, str]]]:
    """By charset: flavours, each with a sentence on what it does otherwise than its program.

    Raises RegistryError for a charset or flavour that there is none of.
    """
    entries = read_toml(FLAVOURS_SOURCE)["flavour"]
    known = {row.name: set(row.known_by) for row in load()}
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in entries:
        for name in entry["charsets"]:
            whose = [who for who in entry["who"] if who in known.get(name, ())]
            if not whose:
                raise RegistryError(f"{FLAVOURS_SOURCE}: {name} is not known to {entry['who']}")
            for who in whose:
                program = "GNU libiconv" if who == "libiconv" else who
                found.setdefault(name, []).append((who, entry["note"].replace("{who}", program)))
    return found


def check(rows: Sequence[Row]) -> None:
    """Raises RegistryError for what no generated file could be right with."""
    by_name = {row.name: row for row in rows}
    if len(by_name) != len(rows):
        raise RegistryError("a name is given twice")
    enumerators: dict[str, str] = {}
    for row in rows:
        if row.family not in FAMILIES or row.kind not in KINDS:
            raise RegistryError(f"{row.name}: unknown family or kind")
        if not set(row.known_by) <= set(IMPLEMENTATIONS):
            raise RegistryError(f"{row.name}: unknown implementation")
        if not {who.partition(":")[0] for who, _ in row.variants} <= set(FLAVOURS):
            raise RegistryError(f"{row.name}: unknown flavour")
        if row.detectable == bool(row.undetected):
            raise RegistryError(f"{row.name}: `undetected` says why `detectable` is false")
        alone = row.detectable and not (row.kind == "multi" and row.twin_of)
        if row.told_as and (alone or not by_name[row.told_as].detectable):
            raise RegistryError(
                f"{row.name}: `told_as` is for what is seldom an answer or never, and names one"
            )
        other = enumerators.setdefault(enumerator(row.name), row.name)
        if other != row.name:
            raise RegistryError(f"{row.name} and {other} have the same C id")
        if not all(name in by_name and by_name[name].detectable for name in row.twin_of):
            raise RegistryError(f"{row.name}: `twin_of` names what is never an answer")
        seen = {row.name}
        link = row
        while link.superset:
            if link.superset not in by_name:
                raise RegistryError(f"{link.name}: superset {link.superset} is not in the registry")
            if link.superset in seen:
                raise RegistryError(f"{row.name}: its supersets form a ring")
            seen.add(link.superset)
            link = by_name[link.superset]
    plain_labels(rows)
    web_labels(rows)


def plain_labels(rows: Sequence[Row]) -> dict[str, Row]:
    """Normalised label -> the charset that it names by itself."""
    found: dict[str, Row] = {}
    for row in rows:
        for label in row.labels:
            key = normalise(label)
            if not key or not label.isascii():
                raise RegistryError(f"{row.name}: {label!r} is no label")
            if found.setdefault(key, row) is not row:
                raise RegistryError(f"{label} names both {found[key].name} and {row.name}")
    return found


def web_labels(rows: Sequence[Row]) -> dict[str, Row]:
    """Normalised label -> the charset that the web means, where that is another one."""
    found: dict[str, Row] = {}
    for row in rows:
        for label in row.web_labels:
            key = normalise(label)
            if found.setdefault(key, row) is not row:
                raise RegistryError(
                    f"{label} means both {found[key].name} and {row.name} on the web"
                )
    return found
