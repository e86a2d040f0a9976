"""Hints: languages and domains in the spellings that the world has."""

from __future__ import annotations

import pytest

import recodec
from recodec._core import detection as core
from recodec._registry.hints import _TAGS, _TLDS, language_tag, tld_language

KNOWN = core.language_names()


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("ru", "ru"),
        ("RU_ru", "ru"),
        ("de-Latn-AT-1996", "de"),
        ("no", "nb"),
        ("nn-NO", "nn"),
        ("iw", "he"),
        ("zh", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-hant-hk", "zh-Hant"),
        ("sr", "sr-Cyrl"),
        ("sr-Latn-RS", "sr-Latn"),
        ("elvish", None),
        ("", None),
        ("-", None),
    ],
)
def test_tags(tag: str, known: str | None) -> None:
    assert language_tag(tag, KNOWN) == known


@pytest.mark.parametrize(
    ("tld", "tag"),
    [
        ("ru", "ru"),
        (".RU", "ru"),
        ("www.example.jp", "ja"),
        ("example.com.tw.", "zh-Hant"),
        ("xn--p1ai", "ru"),
        ("почта.РФ", "ru"),
        ("中国", "zh-Hans"),
        ("\udc80", None),
        ("com", None),
        ("", None),
        ("tv", None),
    ],
)
def test_domains(tld: str, tag: str | None) -> None:
    assert tld_language(tld) == tag


def test_every_hint_leads_to_a_language_of_the_models() -> None:
    assert {tag for tag in _TLDS.values() if language_tag(tag, KNOWN) is None} == set()
    assert {tag for tag in _TAGS.values() if tag not in KNOWN} == set()
    assert not set(_TAGS) & {name.lower() for name in KNOWN}


@pytest.mark.parametrize(
    ("label", "letters"),
    [
        ("ISO8859-1", "esntrialkogdmpuvfbjhøyåæcézSwBHAMKTFxGLNRVEODôèCPJIqUWØÅYüZçäQêöòXëÄ"),
        ("ISO8859-1", "abcdefghijklmnoprstuvàèìòùáéíóúABCDEFGÁÉÍÓÚÀÈÌÒÙ"),
        ("ISO8859-2", "aeioáéíóúýčďěňřšťůžÁÉÍÓÚÝČĎĚŇŘŠŤŮŽ"),
        ("KOI8-R", "оаитенрсвйлпкьыяудмзшбчгщюжцхфэъОАИТЕНРСВЙЛПКЬЫЯУДМЗШБЧГЩЮЖЦХФЭЪ"),
    ],
)
def test_an_alphabet_under_a_label_is_no_characters_of_two_bytes(label: str, letters: str) -> None:
    """Any two letters of ISO 8859 are a character of EUC and GBK."""
    data = f"SET {label}\nTRY {letters}\n".encode(label)
    assert data.decode(recodec.detect(data).encoding) == data.decode(label)


@pytest.mark.parametrize(
    "text", ["语言选择", "中心颜色", "第十五章 现在", "図書館の日程", "한국어로"]
)
def test_a_label_that_fits_by_chance_does_not_hide_structure(text: str) -> None:
    codec = "euc_jp" if "の" in text else "cp949" if "한" in text else "gb18030"
    data = b"Content-Type: text/html; charset=iso-8859-1\n\n" + text.encode(codec)
    assert recodec.decode(data).text.endswith(text)
