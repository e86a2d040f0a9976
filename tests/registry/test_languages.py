"""The table of languages: complete, in step with the core, and what a caller sees of it."""

from __future__ import annotations

import pickle
import re
import unicodedata

import pytest

import recodec
from recodec._core import detection as core
from recodec._registry import charsets, languages
from recodec._registry.language_table import TABLE


def test_every_language_of_the_core_is_there_and_no_other() -> None:
    assert list(recodec.languages) == sorted(set(core.language_names()) - {""})
    assert len(recodec.languages) == 89


@pytest.mark.parametrize("tag", TABLE)
def test_row_is_sound(tag: str) -> None:
    language = languages.Language(tag)
    assert language.tag == tag
    if language.iso639_1 is not None:
        assert re.fullmatch("[a-z]{2}", language.iso639_1)
    assert re.fullmatch("[a-z]{3}", language.iso639_3)
    # The primary subtag of BCP 47 is the shortest ISO 639 code.
    assert tag.partition("-")[0] == (language.iso639_1 or language.iso639_3)
    assert language.english.isascii() or "å" in language.english
    assert language.own == unicodedata.normalize("NFC", language.own)
    assert all(re.fullmatch("[A-Z][a-z]{3}", script) for script in language.scripts)
    subtag = tag.partition("-")[2]
    if subtag in {"Latn", "Cyrl"}:
        assert language.scripts == (subtag,)


_SCRIPT_NAMES = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI", "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI",
    "Guru": "GURMUKHI", "Hang": "HANGUL", "Hani": "CJK", "Hebr": "HEBREW", "Hira": "CJK",
    "Knda": "KANNADA", "Laoo": "LAO", "Latn": "LATIN", "Mlym": "MALAYALAM", "Taml": "TAMIL",
    "Telu": "TELUGU", "Thai": "THAI",
}  # fmt: skip


@pytest.mark.parametrize("tag", TABLE)
def test_own_name_is_in_its_script(tag: str) -> None:
    language = languages.Language(tag)
    first = unicodedata.name(language.own[0])
    assert first.startswith(_SCRIPT_NAMES[language.scripts[0]])


def test_encodings_are_those_of_the_registry() -> None:
    for tag, language in recodec.languages.items():
        named = {each.name for each in charsets.all_charsets() if tag in each.languages}
        assert set(language.encodings) == named
    assert "koi8-r" in recodec.languages["ru"].encodings
    assert "cp932" in recodec.languages["ja"].encodings


def test_a_language_is_a_value() -> None:
    russian = recodec.languages["ru"]
    assert str(russian) == "Russian"
    assert russian == languages.Language("ru") != recodec.languages["uk"]
    assert pickle.loads(pickle.dumps(russian)) == russian
    assert hash(russian) == hash(languages.Language("ru"))
    with pytest.raises(AttributeError):
        russian.english = "English"  # type: ignore[misc]
    with pytest.raises(TypeError):
        recodec.languages["ru"] = russian  # type: ignore[index]


def test_english_name_of_what_is_not_listed_is_the_tag() -> None:
    assert languages.english_name("ru") == "Russian"
    assert languages.english_name("tlh") == "tlh"
