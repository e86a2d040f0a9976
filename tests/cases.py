"""Cases as data: one TOML file a subject, each case with the reason for its answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

import recodec

FOLDER = Path(__file__).resolve().parent / "cases"


class Case(NamedTuple):
    """One input and what is right for it."""

    name: str
    data: bytes
    text: str | None
    accept: tuple[str | None, ...]
    source: str
    kind: str | None
    reason: str

    def __str__(self) -> str:
        return self.name


def load(subject: str) -> list[Case]:
    """The cases of cases/SUBJECT.toml."""
    with (FOLDER / f"{subject}.toml").open("rb") as file:
        rows = tomllib.load(file)["case"]
    return [
        Case(
            name=row["name"],
            data=bytes.fromhex(row["hex"])
            if "hex" in row
            else recodec.encode(row["text"], row["encoding"]),
            text=row.get("text"),
            accept=tuple(name or None for name in row["accept"]),
            source=row["source"],
            kind=row.get("kind"),
            reason=row["reason"],
        )
        for row in rows
    ]
