"""The project's own texts, see corpora/texts."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXTS = Path(__file__).resolve().parents[1] / "corpora" / "texts"


def prose(language: str) -> str:
    """What we wrote in a language."""
    with (TEXTS / f"{language}.toml").open("rb") as file:
        return str(tomllib.load(file)["prose"]).strip()
