"""Lists of names of all countries among English: each name is in a language of its own."""

# ruff: noqa: SIM905 -- sixty lines of one word each are harder to read
from __future__ import annotations

import random
from collections.abc import Callable

import pytest

import recodec
from own_texts import TEXTS

WEST = (
    "Krujë São Paulo Malmö Bogotá Århus Zürich Tromsø Córdoba Besançon Reykjavík Göteborg Münster "
    "Pärnu Coruña Évora Jyväskylä Neuchâtel Durrës Curaçao Asunción Mérida Örebro Liège Hällefors"
).split()
MIDDLE = (
    "Kraków Łódź Košice Plzeň Győr Ljubljana Škofja Timişoara Poznań Brăila Zadar Čakovec Žilina "
    "Debrecen Šibenik Ústí Szczecin Bielsko Olomouc Třebíč Gdańsk Székesfehérvár Rzeszów Varaždin"
).split()
ENGLISH = (
    "Bristol Cambridge Denver Houston Leeds Oakland Preston Salem Springfield Wellington "
    "Brighton Dayton Fairfax Georgetown Hamilton Newport"
).split()
PEOPLE = ("John Smith", "Mary Jones", "Peter Brown", "Susan Miller", "Alan Taylor")
STREETS = ("12 Mill Road", "7 Station Street", "104 Park Avenue", "3 Church Lane", "88 High Street")


def _addresses(rng: random.Random, names: list[str]) -> str:
    rows = (
        f"{i},{rng.choice(PEOPLE)},{rng.choice(STREETS)},{name},{rng.randrange(10**4, 10**5)}\r\n"
        for i, name in enumerate(names)
    )
    return "id,name,street,city,zip\r\n" + "".join(rows)


def _column(_: random.Random, names: list[str]) -> str:
    return "".join(f"{name}\n" for name in names)


def _objects(rng: random.Random, names: list[str]) -> str:
    rows = (f'  {{"name": "{rng.choice(PEOPLE)}", "city": "{name}"}}' for name in names)
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _dump(rng: random.Random, names: list[str]) -> str:
    return "".join(
        f"INSERT INTO people (name, city) VALUES ('{rng.choice(PEOPLE)}', '{name}');\n"
        for name in names
    )


FORMS: tuple[Callable[[random.Random, list[str]], str], ...] = (
    _addresses,
    _column,
    _objects,
    _dump,
)


def _lists(encoding: str, names: list[str], count: int) -> list[bytes]:
    """Lists of `count` names, half of them beyond ASCII and half of them English."""
    rng = random.Random(f"{encoding}/{count}")
    found = []
    for form in FORMS:
        for _ in range(10):
            chosen = rng.sample(names, (count + 1) // 2) + rng.sample(ENGLISH, count // 2)
            rng.shuffle(chosen)
            found.append(form(rng, chosen).encode(encoding))
    return found


def _wrong(encoding: str, names: list[str], count: int) -> int:
    lists = _lists(encoding, [name for name in names if not name.isascii()], count)
    return sum(
        data.decode(recodec.detect(data).encoding or "ascii", "replace") != data.decode(encoding)
        for data in lists
    )


@pytest.mark.parametrize(
    ("encoding", "names", "count", "most"),
    [
        ("cp1252", WEST, 1, 1),
        ("cp1252", WEST, 3, 0),
        ("iso8859-15", WEST, 3, 0),
        ("iso8859-15", WEST, 8, 0),
        ("mac_roman", WEST, 1, 4),
        ("mac_roman", WEST, 8, 0),
        ("cp850", WEST, 3, 2),
        ("cp850", WEST, 8, 0),
        ("cp1250", MIDDLE, 8, 0),
        ("iso8859-2", MIDDLE, 3, 1),
        ("iso8859-2", MIDDLE, 8, 0),
        ("iso8859-2", MIDDLE, 20, 0),
        ("cp852", MIDDLE, 3, 1),
        ("cp852", MIDDLE, 8, 0),
    ],
)
def test_names_of_the_world(encoding: str, names: list[str], count: int, most: int) -> None:
    """At most `most` of 40 lists are read wrongly: one name is a word in several charsets."""
    assert _wrong(encoding, names, count) <= most


@pytest.mark.parametrize("seed", [0, 3, 12, 26, 42, 46, 50, 53])
def test_what_nothing_reads_is_no_list_of_names(seed: int) -> None:
    """Chinese in a Mac's charset, with a sign that Big5 lacks: no other reading of it is sure."""
    sources = [(TEXTS / f"{name}.toml").read_text(encoding="utf-8") for name in ("zh-Hant", "yue")]
    written = [
        line
        for line in "\n".join(sources).splitlines()
        if sum(char > "\u3400" for char in line) > 4
    ]
    rng = random.Random(seed)
    lines = []
    for _ in range(rng.choice((40, 80, 150))):
        line = rng.choice(written)
        lines.append(f"{line[:3]}©{line[3:]}" if rng.random() < 0.2 else line)
    found = recodec.detect("\n".join(lines).encode("mac-chinesetrad", "ignore"))
    assert found.encoding is not None
    assert found.encoding.startswith("big5") or found.confidence < 0.9
