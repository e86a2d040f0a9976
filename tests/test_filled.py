"""Memory that a kernel writes to before it is an object."""

from __future__ import annotations

import random

import pytest

import recodec
from recodec._filled import REUSED, filled_bytes


@pytest.mark.parametrize(
    ("room", "made"), [(1, 0), (1, 1), (100, 37), (1 << 20, 5), (1 << 20, 1 << 20), (REUSED, 3)]
)
def test_bytes_are_cut_to_what_came(room: int, made: int) -> None:
    wanted = random.Random(room).randbytes(made)
    given = []

    def fill(memory: memoryview) -> int:
        given.append(len(memory))
        memory[:made] = wanted
        return made

    assert filled_bytes(room, fill) == wanted
    assert given[0] == room


def test_errors_come_through() -> None:
    def fill(memory: memoryview) -> int:
        raise KeyError("what")

    with pytest.raises(KeyError):
        filled_bytes(10, fill)


@pytest.mark.parametrize(
    "text",
    [
        "ascii " * 50_000 + "Привет, мир! " * 60_000,  # grows more than the start tells
        "Привет, мир! " * 30_000 + "ascii " * 60_000,  # and less
        "x" * (1 << 17),
        "x" * ((1 << 17) + 1),
        "ж" * (1 << 17) + "\n" * 3,
    ],
    ids=["grows", "shrinks", "block", "block+1", "block+3"],
)
def test_growth_that_changes(text: str) -> None:
    for source, target in [("cp1251", "utf-8"), ("utf-8", "cp1251"), ("utf-8", "utf-16-le")]:
        assert recodec.recode(text.encode(source), target, source) == text.encode(target)
