"""The core in folders: includes point one way, as imports do (tests/test_layers.py)."""

from __future__ import annotations

import re
from pathlib import Path

NATIVE = Path(__file__).resolve().parents[2] / "native"

# What each folder of native/src is for, and which others it may include.
MAY_INCLUDE: dict[str, set[str]] = {
    # The loops that are there once for each instruction set, and which set this machine has.
    "kernels": set(),
    # What is known of charsets, and what the structure of bytes alone says of each.
    "charsets": {"kernels"},
    # From bytes to bytes and text: tables, schemes with a state, patches for what does not convert.
    "convert": {"kernels"},
    # What is gathered from an input as it passes: counts, an excerpt, declarations, signatures.
    "input": {"kernels", "charsets"},
    # Language models, and what text costs by them in every charset.
    "models": {"kernels", "charsets", "input"},
    # The stream, the stages, and the answer.
    "decide": {"kernels", "charsets", "input", "models"},
}
FOLDERS = {path.name: path.parent.name for path in (NATIVE / "src").rglob("rcd_*.[ch]")}


def included(path: Path) -> set[str]:
    return set(re.findall(r'^#include "(rcd_\w+\.h)"', path.read_text("utf-8"), re.MULTILINE))


def test_every_source_has_its_folder() -> None:
    assert set(FOLDERS.values()) == set(MAY_INCLUDE)
    assert len(FOLDERS) == len(list((NATIVE / "src").rglob("*.*")))


def test_includes_point_one_way() -> None:
    wrong = [
        (path.relative_to(NATIVE).as_posix(), name)
        for path in (NATIVE / "src").rglob("*.[ch]")
        for name in included(path) & set(FOLDERS)
        if FOLDERS[name] not in {path.parent.name, *MAY_INCLUDE[path.parent.name]}
    ]
    assert wrong == []


def test_no_circle_of_headers() -> None:
    headers = {path.name: included(path) for path in NATIVE.rglob("rcd_*.h")}
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"a circle: {' -> '.join([*above, name])}"
        if name not in done:
            for other in sorted(headers[name]):
                walk(other, (*above, name))
            done.add(name)

    for name in sorted(headers):
        walk(name, ())
