"""Hints: languages and domains in the spellings that the world has."""

from __future__ import annotations

import pytest

from recodec import _core
from recodec._hints import _TAGS, _TLDS, language_tag, tld_language

KNOWN = _core.language_names()


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
