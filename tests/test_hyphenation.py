"""Hyphenation patterns: the digits between their letters end no words."""

from __future__ import annotations

import itertools

import pytest

import recodec

RUSSIAN = (
    "перенос строка деление слово печать книга бумага таблица заголовок страница абзац пробел "
    "дефис буква гласная согласная ударение приставка корень суффикс окончание словарь правило "
    "исключение образец список порядок вёрстка набор шрифт кегль поля сноска"
)
UKRAINIAN = (
    "перенесення рядок поділ слово друк книжка папір таблиця заголовок сторінка абзац проміжок "
    "літера голосна приголосна наголос префікс корінь суфікс закінчення словник правило виняток "
    "зразок список порядок верстка набір шрифт поля виноска їжак ґанок"
)
CZECH = (
    "přenos řádek dělení slovo tiskárna kniha papír tabulka nadpis stránka odstavec mezera písmeno "
    "samohláska souhláska přízvuk předpona kořen přípona koncovka slovník pravidlo výjimka příklad "
    "seznam pořadí sazba okraj poznámka žlutý kůň šťastný"
)


def patterns(words: str) -> str:
    """Pieces of words with digits between their letters, one a line, as TeX reads them."""
    lines = []
    digits = itertools.cycle("12143")
    for word in words.split():
        for start in range(0, len(word) - 2, 2):
            piece = word[start : start + 3]
            dot = "." if start == 0 else ""
            lines.append(f"{dot}{piece[0]}{next(digits)}{piece[1]}{next(digits)}{piece[2:]}")
    return "% division of words\n\\patterns{\n" + "\n".join(lines) + "\n}\n"


@pytest.mark.parametrize(
    ("words", "charset"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "mac-cyrillic"),
        (UKRAINIAN, "koi8-u"),
        (UKRAINIAN, "cp1251"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
    ],
)
def test_patterns_are_read_as_pieces_of_words(words: str, charset: str) -> None:
    text = patterns(words)
    found = recodec.detect(text.encode(charset))
    assert found.encoding is not None
    assert text.encode(charset).decode(found.encoding) == text, found


def test_pieces_of_a_file_of_patterns() -> None:
    lines = patterns(RUSSIAN).splitlines()[2:-1]
    wrong = 0
    for start in range(0, len(lines) - 30, 10):
        text = "\n".join(lines[start : start + 30])
        found = recodec.detect(text.encode("koi8-r"))
        wrong += text.encode("koi8-r").decode(found.encoding or "ascii", "replace") != text
    assert wrong == 0


def test_digits_of_four_byte_codes_stay() -> None:
    text = "藏文 ཀཁགང ཅཆཇཉ ཏཐདན པཕབམ 字母表\n" * 4
    found = recodec.detect(text.encode("gb18030"))
    assert found.encoding == "gb18030"


def test_numbers_beside_words_stay() -> None:
    text = "Квартира 12, этаж 4, подъезд 2; тел. 5551234, индекс 101000. Въезд со двора.\n"
    assert recodec.detect(text.encode("cp1251")).encoding == "cp1251"
