"""Which letters of a language a charset lacks."""

from __future__ import annotations

import pytest

import recodec
from recodec._coding.route import holds
from recodec._registry.alphabet_table import ALPHABETS
from recodec._registry.alphabets import (
    SIGNS,
    _shapes,
    _spellings,
    missing_letters,
    missing_signs,
)


@pytest.mark.parametrize(
    ("charset", "language", "lost"),
    [
        ("iso8859-1", "fr", "ÿœ"),  # ÿ for its capital: what ISO 8859-15 was made for
        ("iso8859-15", "fr", ""),
        ("iso8859-1", "fi", "šž"),
        ("iso8859-1", "de", ""),  # the capital of ß is two letters
        ("ascii", "de", "ßäöü"),
        ("cp1258", "vi", ""),  # ấ is â and an acute, ậ is â and a dot
        ("iso8859-2", "ro", "șț"),
        ("koi8-r", "uk", "єіїґ"),
        ("koi8-u", "uk", ""),
        ("cp864", "ar", "إ"),  # the others as presentation forms
        ("cp1256", "fa", "ی"),
        ("iso8859-7", "el", ""),  # no capital of ΐ is a single character
    ],
)
def test_letters_that_a_charset_lacks(charset: str, language: str, lost: str) -> None:
    assert missing_letters(ALPHABETS[language], lambda text: holds(charset, text)) == lost


def test_signs() -> None:
    assert missing_signs(set("€–—").issuperset) == ["typographic quotes"]
    assert missing_signs(lambda text: holds("iso8859-15", text)) == list(SIGNS)[1:]
    assert missing_signs(lambda text: True) == []


def test_every_language_that_is_written_in_letters_has_them() -> None:
    without = set(recodec.languages) - ALPHABETS.keys()
    assert without == {"ja", "ko", "yue", "zh-Hans", "zh-Hant"} & without
    for tag, letters in ALPHABETS.items():
        assert list(letters) == sorted(set(letters)), tag
        assert not any(letter.isascii() for letter in letters), tag


def test_letters_of_arabic_count_by_their_shapes_alone() -> None:
    """Presentation forms begin at U+FB50 and end with the ligatures of lam and alef at U+FEFC."""
    shapes = {"\ufb50", "\ufefc"}
    spelt = {letter: set(_spellings(letter)) for letter in ("\u0671", "a", "é")}
    assert shapes & spelt["\u0671"] == {"\ufb50"}
    assert spelt["a"] == {"a"}
    assert spelt["é"] == {"é", "e\u0301"}
    assert "\ufefc" in {shape for shapes in _shapes().values() for shape in shapes}
