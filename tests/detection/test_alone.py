"""Han and Hangul on their own, as tables of codes have them; and words of two letters."""

from __future__ import annotations

import pytest

import recodec

HAN = "饼串鼎凡惯皇菌孔龄暮鸟泡茸瑞筛粟腾纬析漩沿悦症筑"
KANJI = "亜鰯叡黄峨殻韓拒串検戸宏鷺執収寿菅整窃窓唾秩釣逓避浮返冒耶由卵老湾"
HANGUL = "갈겐굽깡끗난놀댁뒷락렁룰맛몽벌뺨샘솔쇠씨얀옷융입잰촌췌칩탁펑헬"
TRADITIONAL = "丈凡孔弁羊局泡紛逮鉤槍歐樂遵龜黏鎖鬆靈鹽乞伐吞岔苟盎"


@pytest.mark.parametrize("form", ["{}\n", "{} ", "case '{}':\n", "U+{:04X}\t{}\n", "<li>{}</li>\n"])
@pytest.mark.parametrize(
    ("characters", "codec"),
    [(HAN, "gbk"), (KANJI, "cp932"), (KANJI, "euc_jp"), (HANGUL, "cp949"), (TRADITIONAL, "big5")],
)
def test_characters_on_their_own(characters: str, codec: str, form: str) -> None:
    code = "X" in form
    text = "".join(form.format(*([ord(one)] * code), one) for one in characters)
    data = text.encode(codec)
    found = recodec.detect(data)
    assert recodec.decode(data).text == text
    assert 0.3 < found.confidence < 0.99


def test_codes_that_follow_each_other() -> None:
    """They are no list of words; in which charset they are, the bytes do not say."""
    text = "\n".join(bytes((0xC1, trail)).decode("euc_kr") for trail in range(0xA1, 0xC8))
    found = recodec.detect(text.encode("euc_kr"))
    assert found.encoding in ("cp949", "gb18030", "euc_jp", "big5hkscs")
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        (
            "да не на от до по из мы он ты за во со об",
            ("cp1251", "koi8-r", "cp866", "mac-cyrillic"),
        ),
        ("Аа Бб Вв Гг Дд Ее Жж Зз Ии Кк Лл Мм Нн Оо Пп", ("cp1251", "koi8-r", "cp866")),
        ("να θα το τα με σε ως εν οι ου εκ τη", ("cp1253", "cp737")),
        ("לא זה על אם או גם כי כל מה מי עם הם", ("cp1255", "cp862")),
    ],
)
def test_words_of_two_letters_stay_words(text: str, codecs: tuple[str, ...]) -> None:
    for codec in codecs:
        data = text.encode(codec)
        assert recodec.decode(data).text == text, codec
