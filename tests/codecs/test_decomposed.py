"""UTF-8-MAC goes by Unicode 3.2, whatever this interpreter knows."""

from __future__ import annotations

import random
from unicodedata import decomposition, is_normalized, normalize
from unicodedata import ucd_3_2_0 as ucd

import pytest

import recodec
from recodec.codecs import _decomposed
from recodec.codecs._decomposed import joining

ALL = [chr(point) for point in (*range(0xD800), *range(0xE000, 0x110000))]


def test_all_that_joins_is_known() -> None:
    found = {chr(point) for point in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for character in ALL:
        apart = ucd.decomposition(character)
        if ucd.combining(ucd.normalize("NFD", character)[0]):
            found.add(character)
        if apart and not apart.startswith("<"):
            found.update(chr(int(point, 16)) for point in apart.split()[1:])
    assert joining() == found


def test_no_later_letter_is_made_of_old_parts() -> None:
    """One that came later is kept apart, then, be it the first or the second."""
    for character in ALL:
        apart = decomposition(character)
        if apart and not apart.startswith("<") and ucd.category(character) == "Cn":
            first, *rest = (chr(int(point, 16)) for point in apart.split())
            assert not joining().intersection(rest) or ucd.category(first) == "Cn", character


def test_normalization_of_today_serves_where_nothing_changed() -> None:
    """Character by character, and for letters and marks in any order."""
    changed = _decomposed._changed()
    rest = [one for one in ALL if not changed(one)]
    for form in ("NFC", "NFD"):
        assert [one for one in rest if normalize(form, one) != ucd.normalize(form, one)] == []
    rng = random.Random(1)
    parts = [one for one in rest if ucd.decomposition(one) or one in joining()]
    marks = sorted(joining())
    for _ in range(20_000):
        text = "".join(rng.choices(parts, k=3)) + "a" + "".join(rng.choices(marks, k=3))
        assert normalize("NFC", text) == ucd.normalize("NFC", text), ascii(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_runs_give_what_each_character_gives(form: str) -> None:
    """Whether a piece is plain, has marks, is later than Unicode 3.2 or stays as it is."""
    rng = random.Random(form)
    kinds = ("aé漢한", "aệ\u0323\u0302", "Å\u212b\uf900\U0002f868x", "e\u1dc4\U000105d2\u0307")
    machine = _decomposed.Utf8Mac("utf-8-mac")
    for kind in kinds:
        text = normalize(form, "".join(rng.choices(kind, k=500)))
        steps = b"".join(machine.code(one, 0, True, 0)[0] for one in text)  # type: ignore[index]
        assert recodec.encode(text, "utf-8-mac") == steps
        data = text.encode()
        at, parts = 0, []
        while at < len(data):
            part, at, _ = machine.step(data, at, True, 0)  # type: ignore[misc]
            parts.append(part)
        assert recodec.decode(data, "utf-8-mac").text == "".join(parts)


@pytest.mark.parametrize(
    ("apart", "text", "what"),
    [
        ("e\u0323\u0302", "ệ", "a letter with two marks"),
        ("\u1112\u1161\u11ab", "한", "Hangul"),
        ("\u09c7\u09be", "\u09cb", "a vowel in two parts, the second no mark"),
        ("\u1b05\u1b35", "\u1b05\u1b35", "a letter of Unicode 5.0"),
        ("\U00011099\U000110ba", "\U00011099\U000110ba", "a letter of Unicode 5.2"),
        ("\U00016d67\U00016d67", "\U00016d67\U00016d67", "a letter of Unicode 16"),
        ("\U000105d2\u0307", "\U000105d2\u0307", "a letter of Unicode 16 with a mark of old"),
        ("a\u1dc4\u0323", "a\u1dc4\u0323", "marks of which Unicode 4.1 has one"),
    ],
)
def test_what_composes(apart: str, text: str, what: str) -> None:
    for long in (0, 100):  # by steps, and in a run
        pad = "x" * long
        assert recodec.decode((pad + apart + pad).encode(), "utf-8-mac").text == pad + text + pad
        assert recodec.encode(pad + text + pad, "utf-8-mac") == (pad + apart + pad).encode()


def test_what_stays_composed() -> None:
    assert recodec.encode("Å\u212b\uf900", "utf-8-mac") == "A\u030a\u212b\uf900".encode()


def test_what_is_decomposed_today_is_written_as_it_is() -> None:
    machine = _decomposed.Utf8Mac("utf-8-mac")
    for character in ALL:
        if is_normalized("NFD", character):
            assert machine.code(character, 0, True, 0) == (character.encode(), 1, 0), character


@pytest.mark.parametrize("before", [0, 1, 7, 28, 29, 30, 31, 58, 59, 60])
@pytest.mark.parametrize("size", [28, 29, 30, 31, 59, 60, 61])
def test_long_runs_of_marks_are_found_wherever_they_are(before: int, size: int) -> None:
    text = "x" * before + "\u0301" * size + "y" * 70
    run = _decomposed._Runs()._long_run(text)
    assert run == (before if size >= 30 else len(text))
