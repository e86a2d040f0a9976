"""Columns of numbers: what is not ASCII is one sign or one short word, in each row the same."""

from __future__ import annotations

import pytest

import recodec

# A row, and what its bytes were written in.
SIGNS = [
    ("{n} m²", "cp1252"), ("{n}×{n}", "cp1252"), ("£{n}.50", "cp1252"), ("{n}½", "cp1252"),
    ("© {n}", "cp1252"), ("{n} µg", "cp1252"), ("{n} ± 2", "cp1252"), ("{n},5 ‰", "cp1252"),
    ("{n} °C", "cp850"), ("{n} °C", "mac_roman"), ("№ {n}", "cp1251"), ("{n} zł", "cp1250"),
    ("{n} кг", "cp1251"), ("{n} шт.", "cp866"), ("{n}円", "cp932"), ("{n}元", "big5"),
    ("{n}元", "gbk"), ("{n}년", "cp949"), ("{n}年", "euc_jp"), ("{n}℃", "cp949"),
    ("{n} χλμ", "cp1253"), ('{n} ק"ג', "cp1255"), ("{n} บ.", "cp874"), ("{n} كم", "cp1256"),
]  # fmt: skip


def column(row: str, count: int) -> str:
    return "".join(row.replace("{n}", str(100 + 7 * k % 800)) + "\r\n" for k in range(count))


@pytest.mark.parametrize("count", [1, 3, 20, 200])
@pytest.mark.parametrize(("row", "codec"), SIGNS)
def test_signs_and_units_beside_numbers_are_read(row: str, codec: str, count: int) -> None:
    text = column(row, count)
    assert recodec.decode(text.encode(codec)).text == text


@pytest.mark.parametrize(("row", "codec"), [("{n} и 5", "koi8_r"), ("{n} ь", "cp1251")])
def test_the_same_word_again_makes_no_answer_surer(row: str, codec: str) -> None:
    few, many = (recodec.detect(column(row, count).encode(codec)) for count in (3, 300))
    assert many.confidence <= few.confidence + 0.1


def test_a_column_among_words_does_not_outweigh_them() -> None:
    text = "Wohnung;Größe;Preis für den Käufer\r\n" + column("Haus Nr. {n};{n} m²;{n} €", 200)
    assert recodec.decode(text.encode("cp1252")).text == text


def test_words_by_numbers_make_an_answer_surer() -> None:
    assert recodec.detect("12 м".encode("cp1251")).confidence > 0.65
    assert recodec.detect("12 кг".encode("cp1251")).confidence > 0.8
    assert recodec.detect("12 ъ".encode("cp1251")).confidence < 0.5


@pytest.mark.parametrize("text", ["5 €", "12 °C\n", "£5\n£7\n"])
def test_signs_by_numbers_are_named_after_the_commonest_charset(text: str) -> None:
    """Arabic has the euro sign where Western text has it, and no more to do with it."""
    assert recodec.detect(text.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("row", ["{n} ю", "{n} °", "{n} ß", "{n}元", "{n} Ԫ м", "Ԫ"])
def test_utf8_stays_what_it_is(row: str) -> None:
    assert recodec.detect(column(row, 3).encode()).encoding == "utf-8"


def test_what_is_allowed_is_kept_to() -> None:
    data = column("{n} m²", 20).encode("cp1252")
    assert recodec.detect(data, allow=["iso8859-10"]).encoding == "iso8859-10"
    assert recodec.detect(data, deny=["cp1252"]).encoding != "cp1252"


# What the commonest words of a language and a number were taken for, with over 0.9: a letter of it
# is a sign or a word by numbers in some rarer charset.
TITLES = [
    ("не 23", "cp1251", "cp949"), ("ме 99", "cp1251", "cp855"), ("се 89", "cp1251", "johab"),
    ("הם 48", "cp1255", "cp1251"), ("אל 88", "cp1255", "johab"), ("تا 19", "cp1256", "euc_jp"),
    ("и 83", "cp1251", "cp1250"), ("å 40", "cp1252", "iso8859-6"), ("למה 8", "cp1255", "cp1251"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codec", "taken_for"), TITLES)
def test_one_word_before_a_number_is_a_title(text: str, codec: str, taken_for: str) -> None:
    assert recodec.detect(text.encode(codec)).encoding != taken_for


def test_words_by_numbers_are_as_sure_as_no_other_charset_has_them() -> None:
    """A4 before a number is a section sign, a euro or a sheqel; B2 behind a metre is one thing."""
    assert recodec.detect(column("₪{n}", 20).encode("cp1255")).confidence < 0.5
    assert recodec.detect(column("{n} m²", 20).encode("cp1252")).confidence > 0.8


@pytest.mark.parametrize(
    "text",
    [
        "640 × 480",
        "Fail imej 5 × 5 piksel, saiz fail: 5\r\n",
        "× 7, saizi ya faili: 3 × 4 bado\r\n",
    ],
)
def test_a_sign_of_times_between_numbers_is_no_middle_dot(text: str) -> None:
    """KOI8-R has a middle dot where cp850 has the sign of times."""
    found = recodec.detect(text.encode("cp850"))
    assert recodec.decode(text.encode("cp850")).text == text
    assert found.confidence < 0.9


@pytest.mark.parametrize("codec", ["cp437", "mac_roman", "cp1252"])
def test_a_middle_dot_between_numbers_is_one_where_no_other_sign_is(codec: str) -> None:
    assert recodec.decode("640 · 480".encode(codec)).text == "640 · 480"
