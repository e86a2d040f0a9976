"""Memory that a kernel writes to before it is an object."""

from __future__ import annotations

import ctypes
import random
import sys

import pytest

import recodec
from recodec._core import filled
from recodec._core.filled import REUSED, can_fill_text, filled_bytes, filled_text


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


@pytest.mark.skipif(not can_fill_text(), reason="texts are made in their place on CPython only")
@pytest.mark.parametrize("made", [1, 2, 1000, 100_000])
def test_texts_are_cut_to_what_came(made: int) -> None:
    wanted = "\u0416" + "".join(chr(random.Random(made).randrange(0x20, 0xD800)) for _ in range(9))
    wanted = (wanted * made)[:made]

    def fill(address: int, room: int) -> int:
        ctypes.memmove(address, wanted.encode("utf-16-le"), 2 * made)
        return made

    text = filled_text(100_000, fill)
    assert text == wanted and hash(text) == hash(wanted) and text.isascii() == wanted.isascii()
    theirs = wanted.encode("utf-16-le").decode("utf-16-le")
    assert sys.getrefcount(text) == sys.getrefcount(theirs)
    assert sys.getsizeof(text) == sys.getsizeof(theirs)
    assert text + "!" == wanted + "!" and text.encode("utf-8") == wanted.encode("utf-8")


LONG = 1 << 20

TEXTS = {
    "wide": "Съешь ещё этих мягких французских булок. " * 30_000,
    "narrow": "Only ASCII, and a lot of it. " * 40_000,
    "late": "ascii " * 100_000 + "ещё " * 150_000,
    "early": "ещё " * 1_000 + "ascii " * 200_000,
    "last": "a" * LONG + "ж",
    "astral": "漢字かな" * 100_000 + "\U0001f600" + "漢字かな" * 100_000,
    "many astral": "漢\U00020000" * 200_000,
    "latin": "déjà vu, " * 130_000,
}


@pytest.mark.parametrize("filling", [True, False], ids=["filled", "copied"])
@pytest.mark.parametrize("name", TEXTS)
def test_long_texts(name: str, filling: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """By every charset that holds them, also where texts cannot be made in their place."""
    if not filling:
        monkeypatch.setattr(filled, "can_fill_text", lambda: False)
    text = TEXTS[name]
    for charset in ("cp1251", "cp1252", "koi8-r", "gb18030", "cp932", "iso2022_jp"):
        try:
            data = text.encode(charset)
        except UnicodeEncodeError:
            continue
        assert recodec.decode(data, charset).text == text


@pytest.mark.parametrize("at", [5, 1_000_001, 1_500_000])
def test_errors_in_long_texts(at: int) -> None:
    data = bytearray("漢字".encode("gb18030") * 400_000)
    data[at - at % 4 : at - at % 4 + 1] = b"\xff"
    with pytest.raises(recodec.DecodeError) as caught:
        recodec.decode(bytes(data), "gb18030")
    assert caught.value.offset == at - at % 4
    assert recodec.decode(bytes(data), "gb18030", "replace").text == data.decode(
        "gb18030", "replace"
    )


def test_other_layouts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter whose texts look otherwise gets the way that asks for nothing."""
    monkeypatch.setattr(filled, "_texts", [])
    monkeypatch.setattr(sys, "getsizeof", lambda text: 8)
    assert not can_fill_text()
