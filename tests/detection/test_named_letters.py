"""Text that names letters: keys, what is typed for what, tables of them. They are no words."""

from __future__ import annotations

import pytest

import recodec

LETTERS = "äöüßéèêàâçñåøæíóúÄÖÜÉ"


def keys(letters: str) -> str:
    """What a file of a keyboard looks like."""
    return "".join(f"bind '{ascii(c)[-3:-1]}' then 'x' gives '{c}'\n" for c in letters)


def macros(letters: str) -> str:
    return "".join(f".case {c} {c}  {c.upper()} {c}\n" for c in letters)


@pytest.mark.parametrize("table", [keys, macros])
@pytest.mark.parametrize("letters", [LETTERS, "åäöé", "äöüß", "éèêëàâîïôùç"])
def test_letters_of_a_western_table_are_no_words_of_an_alphabet(table, letters: str) -> None:
    found = recodec.detect(table(letters).encode("cp1252"))
    assert found.encoding == "cp1252"


@pytest.mark.parametrize(
    ("sentence", "codec"),
    [
        ("# Für die deutsche Tastatur, von Jürgen überarbeitet\n", "cp1252"),
        ("# Pour le clavier français, complété à Genève\n", "cp850"),
        ("# Раскладка для пишущей машинки, проверено\n", "koi8_r"),
        ("# Pro české klávesnice, písmena se znaménky\n", "iso8859_2"),
    ],
)
def test_the_words_of_a_table_of_letters_decide(sentence: str, codec: str) -> None:
    text = sentence + keys("áéíóúýÁÉÍÓÚÝ" if codec != "koi8_r" else "абвгдежзий")
    assert recodec.decode(text.encode(codec)).text == text


@pytest.mark.parametrize("text", ["ä3 b3 c3\n", "a1 b1 c1\nä2 b2 c2\n", "<td>ä3</td>"])
def test_the_name_of_a_cell_is_no_unit(text: str) -> None:
    assert recodec.detect(text.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Windows в дом", "cp1251"), ("кв 5, д 3", "cp1251"), ("№ 5", "cp1251"),
        ("Le train va à Paris", "cp1252"),
    ],
)  # fmt: skip
def test_words_of_one_letter_stay_words(text: str, codec: str) -> None:
    assert recodec.decode(text.encode(codec)).text == text


def test_which_alphabet_letters_alone_are_of_is_hardly_sure() -> None:
    assert recodec.detect(b"the key '\xe4'").confidence < 0.8


def test_one_quoted_letter_is_no_sign() -> None:
    """A letter that code names once was a sign of Mac Roman or DOS, `'·'` or `"•"`, up to 0.97."""
    wrong = []
    for line in (
        "it is '%s' here",
        "if (c == '%s') return 1;",
        "the character `%s` is not allowed",
    ):
        for letter in "áéíóúñäöüßåøæàèôûÄÖÜÉÑ":
            data = (line % letter).encode("cp1252")
            found = recodec.detect(data)
            assert found.encoding is not None
            if recodec.decode(data, found.encoding).text != line % letter:
                wrong.append(f"{letter}: {found.encoding}")
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "PFX D Ö ö/PX Ö\nPFX D P p/PX P",
        "\\MakeAutoQuote{»}{«}\n\n%%%%% Tabellen",
        "# check for something like ${#} or ${©}\n+            # check for something like ${#} or",
    ],
)
def test_one_or_two_letters_in_signs_are_of_the_commonest_charset(text: str) -> None:
    """They were Icelandic in cp850, Slovak and a Chinese character, up to 0.94."""
    assert recodec.detect(text.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize(
    "text",
    [
        'printf(fmt, 0, 4, "¤ Level done ¤");\n  return;\n',
        "#define BONUS_KEY   '£'\n#define MALUS_KEY   'x'\n",
    ],
)
def test_one_sign_of_code_is_of_the_commonest_charset(text: str) -> None:
    """Its use weighed less than that other charsets have a letter there: `ñ`, `ú` in cp437."""
    found = recodec.detect(text.encode("cp1252"))
    assert found.encoding == "cp1252"
    assert found.confidence < 0.5
