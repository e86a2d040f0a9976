"""The mapping data of ../shared/tables, read into one form.

A `Table` has what its bytes decode to and what code points encode to, exactly as the source says.
"""

from __future__ import annotations

import functools
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generated import read_toml, shared_root

CHANGES = "native/gen/conversion_changes.toml"
"""Tables that are another one with changes of its own."""

ROUND_TRIP, FALLBACK, DECODE_ONLY, ENCODE_ALWAYS = 0, 1, 3, 4
"""Flags of the source: both ways; encode only, where fallbacks are wanted; decode only; encode only
and always."""

EXTRA = (
    "jisx0213-1",
    "jisx0213-2",
    "cns11643",
    "jisx0201",
    "ksc5601@libiconv",
    "ibm-971",
    "ibm932@glibc",
    "windows-708",
    "windows-10002",
    "windows-10003",
    "windows-10008",
)
"""Tables that stateful encodings and charsets of our registry need and no live row of the shared
registry names as its own."""


@dataclass(slots=True)
class Table:
    """One table. Text is a tuple of code points, mostly one."""

    name: str
    decode: list[tuple[bytes, tuple[int, ...], int]] = field(default_factory=list)
    """Bytes, text, flag (0 or 3); by bytes."""
    encode: list[tuple[tuple[int, ...], bytes, int]] = field(default_factory=list)
    """What is not the inverse of a round trip: text, bytes, flag (1 or 4); by text, then bytes."""

    def sort(self) -> Table:
        self.decode.sort(key=lambda entry: (len(entry[0]), entry[0]))
        self.encode.sort(key=lambda entry: (entry[0], entry[1]))
        return self


def _text(cell: str) -> tuple[int, ...]:
    return tuple(int(part, 16) for part in cell.split("+"))


def _lines(path: Path) -> Iterator[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def wanted() -> list[str]:
    """Names of the tables of all live encodings: the defaults, the vendors' and the raw sets."""
    names = set(EXTRA)
    with (shared_root() / "tables" / "registry.tsv").open(encoding="utf-8") as file:
        for line in file:
            row = line.rstrip("\n").split("\t")
            if line.startswith(("#", "name\t")) or row[11] != "live":
                continue
            names.add(row[8])
            for variant in row[9].split():
                who, _, table = variant.partition("=")
                if not who.startswith("icu-archive"):
                    names.add(table)
    return sorted(name for name in names if name and name != "-" and not name.startswith("rule:"))


def _single(row: list[str]) -> Table:
    table = Table(row[0])
    decode_only = set() if row[3] == "-" else {int(part, 16) for part in row[3].split()}
    for value, cell in enumerate(row[1].split()):
        if cell != "-":
            flag = DECODE_ONLY if value in decode_only else ROUND_TRIP
            table.decode.append((bytes([value]), _text(cell), flag))
    if row[2] != "-":
        for pair in row[2].split():
            text, _, code = pair.partition("=")
            flag = ENCODE_ALWAYS if code.endswith("!") else FALLBACK
            table.encode.append((_text(text), bytes.fromhex(code.rstrip("!")), flag))
    return table.sort()


def _multi(name: str) -> Table:
    table = Table(name)
    for row in _lines(shared_root() / "tables" / "multi" / f"{name}.tsv.xz"):
        code, text, flag = bytes.fromhex(row[0]), _text(row[1]), int(row[2])
        if flag in (ROUND_TRIP, DECODE_ONLY):
            table.decode.append((code, text, flag))
        else:
            table.encode.append((text, code, flag))
    return table.sort()


def _changed(name: str, of: Table, codes: dict[str, str], written: dict[str, str]) -> Table:
    """Another edition of a table, in which these codes stand for something else.

    `written` are characters that are written by a code that is read as another one.
    """
    new = {bytes.fromhex(code): tuple(map(ord, text)) for code, text in codes.items()}
    table = Table(name)
    for code, text, flag in of.decode:
        if code not in new:
            written_otherwise = flag == ROUND_TRIP and text in new.values()
            table.decode.append((code, text, DECODE_ONLY if written_otherwise else flag))
    table.decode += [(code, text, ROUND_TRIP) for code, text in new.items()]
    table.encode += [
        entry
        for entry in of.encode
        if entry[0] not in new.values()
        and entry[1] not in new
        and "".join(map(chr, entry[0])) not in written
    ]
    table.encode += [
        (tuple(map(ord, text)), bytes.fromhex(code), FALLBACK) for text, code in written.items()
    ]
    return table


@functools.cache
def tables() -> dict[str, Table]:
    """All wanted tables by name, in the order of names; pairs that compose stand in `NAME+`."""
    names = wanted()
    found: dict[str, Table] = {}
    folder = shared_root() / "tables"
    singles = {row[0]: row for row in _lines(folder / "single.tsv.xz")}
    for name in names:
        found[name] = _single(singles[name]) if name in singles else _multi(name)
    for name, pair, text in _lines(folder / "compose.tsv.xz"):
        if name in found:
            composing = found.setdefault(f"{name}+", Table(f"{name}+"))
            composing.decode.append((bytes.fromhex(pair), _text(text), DECODE_ONLY))
    for name, row in read_toml(CHANGES).items():
        of = row["of"]
        changes = row.get("codes", {}), row.get("written", {})
        found[name] = _changed(name, found[of], *changes)
        if f"{of}+" in found:
            found[f"{name}+"] = Table(f"{name}+", list(found[f"{of}+"].decode))
    return {name: found[name].sort() for name in sorted(found)}


def sources() -> tuple[str, ...]:
    """The input files, as `generated.Target.sources` wants them."""
    folder = shared_root() / "tables"
    if not folder.is_dir():
        return (CHANGES, "shared:tables/registry.tsv")
    multi = [f"multi/{name}.tsv.xz" for name in wanted()]
    files = ["registry.tsv", "single.tsv.xz", "compose.tsv.xz"]
    files += [name for name in multi if (folder / name).exists()]
    return (CHANGES, *(f"shared:tables/{name}" for name in files))
