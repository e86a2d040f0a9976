"""A few letters of a legacy charset that are well-formed UTF-8, of characters that no text has."""

from __future__ import annotations

import pytest

import recodec


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Smazat řádky", "mac-latin2"),  # a letter of Thaana in a Czech word
        ("секунд.txt", "cp866"),
        ("Парагвай\n", "cp855"),
        ("24小时.zip", "gb18030"),  # a Cyrillic letter and one of phonetics
        ("warning: 2小时", "gb18030"),
        ("Đến trang", "viscii"),
        ("Thường", "vps"),
    ],
)
def test_strange_characters_of_utf8_are_letters_of_another_charset(text: str, encoding: str):
    """They were UTF-8 at 0.95 to 0.999."""
    data = recodec.encode(text, encoding)
    data.decode("utf-8")
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == text, found
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "5 kΩ",
        "Δt = 3 µs",
        "αβ",
        "naı̈ve",
        "ɗan",
        "ẹkọ",
        "Kɔfi",
        "[ˈfɔː]",
        "þe ȝere",
        "ᠮᠣᠩᠭᠣᠯ",
        "ᠯ",
        "ᏣᎳᎩ",
        "ߒߞߏ",
        "ܫܠܡܐ",
        "ሰላም",
        "ⴰⵣⵓⵍ",
        "ᛏ",
        "Μicrosoft",
        "сhat",
        "name=㐀",
        "Ʒ",
        "the ʃ sound",
        "The ណ sign",
        "ฅ: 12 km",
        "ᶺ: 12 km",
        "Pǎo (noun)",
        "The word Ɛʋe",
        "name: ǁ, age: 12",
    ],
)
def test_rare_letters_are_utf8_where_nothing_else_is_text(text: str):
    found = recodec.detect(text.encode())
    assert (found.encoding, found.bad) == ("utf-8", 0), found


def test_a_label_says_that_strange_characters_are_utf8():
    data = "24小时.zip".encode("gb18030")
    assert recodec.detect(data, declared="utf-8").encoding == "utf-8"
    assert recodec.detect(b"# coding: utf-8\n" + data).encoding == "utf-8"


@pytest.mark.parametrize("text", ["24小时.zip", "24小时"])
def test_pieces_of_strange_characters_give_the_same_answer(text: str):
    data = text.encode("gb18030")
    detector = recodec.Detector()
    for at in range(len(data)):
        detector.feed(data[at : at + 1])
    assert detector.finish() == recodec.detect(data)
