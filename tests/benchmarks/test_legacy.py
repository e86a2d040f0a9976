"""What was typed where a charset lacks a character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import legacy

RULES = [
    ("en", "cp1252", "“yes” – it’s…", "“yes” – it’s…"),
    ("en", "iso8859_1", "“yes” – it’s…", '"yes" - it\'s...'),
    ("fr", "iso8859_1", "le cœur à 5 €", "le coeur à 5 EUR"),
    ("fr", "iso8859_15", "le cœur à 5 €", "le cœur à 5 €"),
    ("ro", "iso8859_2", "și țară", "şi ţară"),
    ("ro", "iso8859_16", "şi ţară", "și țară"),
    ("ro", "cp1252", "și țară în", "si tara în"),
    ("hu", "iso8859_1", "őrült űr", "õrült ûr"),
    ("uk", "cp1251", "ґанок і їжак", "ґанок і їжак"),
    ("uk", "cp866", "ґанок і їжак", "гaнок i їжак".replace("a", "а")),
    ("uk", "koi8_r", "ґанок і їжак", "ганок i iжак"),
    ("be", "koi8_r", "воўк і", "воук i"),
    ("tt", "cp1251", "әни, өй", "эни, ой"),
    ("mn", "cp1251", "өдөр үнэ", "єдєр їнэ"),
    ("mn", "koi8_r", "өдөр үнэ", "одор унэ"),
    ("eo", "cp1252", "ĉu ŝi", "cxu sxi"),
    ("et", "iso8859_1", "šokolaad", "shokolaad"),
    ("pt", "cp437", "não", "nao"),
    ("ja", "cp932", "1～2－3 ①ｶﾅ", "1～2－3 ①ｶﾅ"),
    ("ja", "shift_jis", "1～2－3", "1〜2−3"),
    ("ja", "euc_jp", "1～2－3", "1〜2−3"),
    ("ja", "iso2022_jp", "ｶﾅ①", "カナ1"),
    ("zh-Hans", "gb2312", "一\u00a0二", "一 二"),
    ("he", "cp1255", "שלום (1)", "שלום (1)"),
    ("he", "ISO-8859-8 (visual order)", "שלום (12)", "(12) םולש"),
    ("ar", "cp864", "سلام", "ﻡﻼﺳ"),
    ("el", "iso8859_7", "“Ναι”", '"Ναι"'),
    ("th", "tis_620", "“ไทย”\u00a01", '"ไทย" 1'),
]


@pytest.mark.parametrize(("language", "encoding", "text", "typed"), RULES)
def test_rule(language: str, encoding: str, text: str, typed: str) -> None:
    codec = "iso8859_8" if "8859-8" in encoding else encoding
    found = legacy.as_written(text, language, encoding, lambda line: line.encode(codec))
    assert found == typed
    assert found.encode(codec).decode(codec) == found


def test_what_nobody_could_type_is_dropped() -> None:
    assert legacy.as_written("日本語 text", "en", "cp1252") is None
    assert legacy.as_written("پارچه", "fa", "iso8859_6") is None


def test_only_real_euc_kr_syllables() -> None:
    """CPython's euc_kr writes U+BDC1 as a filler sequence; cp949 has a code for it."""
    assert legacy.as_written("뷁", "ko", "euc_kr") is None
    assert legacy.as_written("뷁", "ko", "cp949") == "뷁"
    assert legacy.as_written("한국어", "ko", "euc_kr") == "한국어"
    assert legacy.as_written("한국어 — ♀", "ko", "euc_kr") is not None


def test_vietnamese_is_decomposed_both_ways() -> None:
    """Keyboards gave the tone as its own character always, converters where they had to."""
    lines = [f"Tiếng Việt số {n} là tiếng của người Việt" for n in range(40)]
    written = [legacy.as_written(line, "vi", "cp1258") for line in lines]
    for line, text in zip(lines, written, strict=True):
        assert text is not None
        assert unicodedata.normalize("NFC", text) == line
        assert "ê\u0301" in text or "ê\u0323" in text
    kinds = {"à" in text for text in written if text is not None}
    assert kinds == {True, False}


def test_hebrew_of_dos_stands_in_both_orders() -> None:
    lines = [f"שלום עולם {n}" for n in range(40)]
    turned = {legacy.as_written(line, "he", "cp862") == line for line in lines}
    assert turned == {True, False}


def test_visual_order_keeps_numbers_and_words() -> None:
    assert legacy.visual_order("אב 1,234 ABC (גד)") == "(דג) ABC 1,234 בא"


@given(st.text(alphabet="אבגד 12(),", max_size=30))
def test_visual_order_loses_nothing(line: str) -> None:
    turned = legacy.visual_order(line)
    assert sorted(turned) == sorted(line.translate(str.maketrans("()", ")(")))


def test_arabic_shapes() -> None:
    """beh-alef-beh: initial, final, isolated; lam and alef become one glyph."""
    assert legacy.shape_arabic("باب", lambda _: True) == "ﺑﺎﺏ"
    assert legacy.shape_arabic("لا", lambda _: True) == "ﻻ"
    assert legacy.shape_arabic("سَلام", lambda _: True) == "ﺳﻼﻡ"


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "koi8_r", "gbk", "cp1258", "iso2022_jp"])
@given(text=st.text(max_size=60))
def test_result_always_encodes(encoding: str, text: str) -> None:
    for language in ("vi", "ru", "zh-Hans"):
        found = legacy.as_written(text, language, encoding)
        if found is not None:
            found.encode(encoding)


def test_unknown_codec_without_an_encoder() -> None:
    with pytest.raises(LookupError):
        legacy.as_written("a", "en", "no-such-charset")


@pytest.mark.parametrize(
    ("encoding", "end"),
    [
        ("cp1251", "\r\n"), ("cp437", "\r\n"), ("mik", "\r\n"), ("mac-roman", "\r"),
        ("iso8859-2", "\n"), ("koi8-r", "\n"), ("euc_jp", "\n"), ("cp037", "\x85"),
        ("cp1140", "\x85"), ("cp500", "\x85"), ("cp1125", "\r\n"),
    ],
)  # fmt: skip
def test_line_ends(encoding: str, end: str) -> None:
    assert legacy.newline(encoding) == end


def test_capitals() -> None:
    assert legacy.in_capitals("istanbul ılık", "tr") == "İSTANBUL ILIK"
    assert legacy.in_capitals("Αθήνα", "el") == "ΑΘΗΝΑ"
    assert legacy.in_capitals("straße", "de") == "STRASSE"
