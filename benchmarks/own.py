"""Items from the project's own texts (corpora/texts), which nothing is trained or tuned on.

`short` and `shortrare`: single file names, cells of tables, song tags and mail subjects, as they
stand in archives and databases, in the web's encodings and in all others. `own` and `ownrare`: the
prose, the table and the subtitles whole, in the same two groups of encodings.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from texts import Pair

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXTS = Path(__file__).resolve().parent.parent / "corpora" / "texts"
SHORT = ("file_names", "csv", "tags", "subjects")
WHOLE = ("prose", "csv", "subtitles")
_CELL = re.compile(r"[;\t\n]|,(?! )")
_LEAST = 4  # characters; with fewer no reader could tell anything


def load() -> dict[str, dict[str, Any]]:
    """Language -> the texts of its file."""
    found = {}
    for path in sorted(TEXTS.glob("*.toml")):
        with path.open("rb") as file:
            found[path.stem] = tomllib.load(file)
    return found


def strings(texts: dict[str, Any], part: str) -> list[str]:
    """The short strings of a part: cells of a table, or the entries of a list."""
    value = texts.get(part, [])
    cells = _CELL.split(value) if isinstance(value, str) else list(map(str, value))
    return [cell.strip() for cell in cells if len(cell.strip()) >= _LEAST]


def short(pair: Pair, texts: dict[str, Any], rng: random.Random, count: int) -> Iterator[bytes]:
    """Up to `count` strings of each part that are not plain ASCII in the pair's encoding."""
    for part in SHORT:
        lines = strings(texts, part)
        rng.shuffle(lines)
        done = 0
        for line in lines:
            text = pair.written(line)
            if text is None or done == count:
                continue
            data = pair.charset.encode(text)
            if pair.evidence(data, text) > 0:
                done += 1
                yield data


def whole(pair: Pair, texts: dict[str, Any]) -> Iterator[bytes]:
    """Each longer text, in the lines that the encoding can hold."""
    for part in WHOLE:
        lines = str(texts.get(part, "")).strip().split("\n")
        written = [pair.written(line) if line else "" for line in lines]
        text = pair.newline.join(line for line in written if line is not None)
        data = pair.charset.encode(text)
        if pair.evidence(data, text) > 2:
            yield data
