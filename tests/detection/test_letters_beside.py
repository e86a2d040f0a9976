"""Letters that stand beside what is typed or written for them, as in key maps."""

from __future__ import annotations

import unicodedata

import pytest

import recodec


def plain(letter: str) -> str:
    return {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}.get(
        letter, unicodedata.normalize("NFD", letter)[0]
    )


def substituted(letters: str) -> str:
    return "".join(f"  s/{c}/{plain(c)}/g;\n" for c in letters)


def typed(letters: str) -> str:
    return "".join(f"bind '^' '{plain(c)}' to '{c}'\n" for c in letters)


@pytest.mark.parametrize("table", [substituted, typed])
@pytest.mark.parametrize(
    ("letters", "codec"),
    [
        ("àéîôùçÀÉÎÔÙÇ", "cp1252"), ("àéîôùçÀÉÎ", "cp850"), ("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "iso8859-2"),
        ("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "cp852"), ("áčďéěíňóřšťúůýž", "cp1250"),
        ("āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ", "cp1257"),
        ("ĉĝĥĵŝŭĈĜĤĴŜŬ", "iso8859-3"), ("áéíóúñÁÉÍÓÚÑ", "mac-roman"),
    ],
)  # fmt: skip
def test_letters_are_those_that_are_written_without_their_marks(
    table, letters: str, codec: str
) -> None:
    data = table(letters).encode(codec)
    assert recodec.decode(data).text == table(letters)


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_letters_are_those_that_are_spelled_in_ascii(codec: str) -> None:
    spelled = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))
    spelled |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "yu", "я": "ya"}
    text = "".join(f"'{c}' => '{latin}',\n" for c, latin in spelled.items())
    assert recodec.decode(text.encode(codec)).text == text


def test_greek_letters_are_those_of_their_keys() -> None:
    text = "".join(f"{k} {c}\n" for k, c in zip("abgdezklmnopr", "αβγδεζκλμνοπρ", strict=True))
    assert recodec.decode(text.encode("cp1253")).text == text


def test_a_label_or_words_say_more() -> None:
    labelled = "# -*- coding: koi8-r -*-\n" + typed("áéíóú")
    assert recodec.detect(labelled.encode("cp1252")).encoding != "cp1253"
    words = "Нажмите клавишу, чтобы набрать букву. Список клавиш можно изменить в файле настроек.\n"
    text = words + "".join(f"key {k} - {c}\n" for k, c in zip("qwrt", "йцук", strict=True))
    assert recodec.decode(text.encode("cp1251")).text == text


def test_a_page_of_codes_with_those_of_the_other_case_is_not_sure() -> None:
    codes = [bytes([b]) + b" -> " + bytes([b - 32 if b >= 0xE0 else b]) for b in range(0xA0, 0x100)]
    page = b"".join(b"%d, /* %s */\n" % (n, code) for n, code in enumerate(codes))
    found = recodec.detect(page)
    assert found.confidence <= 0.5


def test_hyphenation_patterns_of_two_letters_are_not_sure() -> None:
    patterns = "".join(f"2{a}1{b}\n" for a in "тдгхкцч" for b in "јлљрвмн")
    assert recodec.detect(patterns.encode("iso8859-5")).confidence <= 0.8
