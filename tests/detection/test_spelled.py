"""Kana, Hangul and Han on their own beside their spelling, as tables of input methods have them.

To the models they are words of two letters, in alphabets where their bytes are letters.
"""

from __future__ import annotations

import pytest

import recodec

SPELLED = {
    "つ": "tsu", "ぬ": "nu", "ヘ": "he", "ソ": "SO", "ん": "n", "を": "wo", "しゃ": "sha",
    "ヂ": "di", "ぁ": "xa", "チョ": "cho", "ヴ": "vu",
}  # fmt: skip


@pytest.mark.parametrize("codec", ["euc_jp", "cp932"])
@pytest.mark.parametrize(
    "form",
    [
        "'{0}': '{1}',\n",
        '"{1}" => "{0}",\n',
        "s/{0}/{1}/g;\n",
        "{1}\t{0}\n",
        'case "{0}": return "{1}";\n',
        "<td>{0}</td><td>{1}</td>\n",
    ],
)
def test_kana_beside_their_spelling_are_japanese(form: str, codec: str) -> None:
    """In whatever order; one that is not in Hiragana, `vu`, does no harm."""
    lines = [form.format(*pair) for pair in SPELLED.items()]
    for count in (len(lines), 2):
        text = "".join(lines[:count])
        found = recodec.detect(text.encode(codec))
        assert recodec.decode(text.encode(codec)).text == text
        assert found.language == "ja"
        assert found.confidence >= 0.8
    text = lines[3]
    found = recodec.detect(text.encode(codec))
    assert recodec.decode(text.encode(codec)).text == text
    assert found.confidence < 0.7


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (
            "".join(
                f"'{a}': '{b}',\n" for a, b in zip("ㅏㅐㅓㅗㅜㅣㄱㄴ", "aeouigns", strict=True)
            ),
            "cp949",
        ),
        ("Ва: va\nВи: vi\nВо: vo\nГа: ga\nГи: gi\nГо: go\nДа: da\n", "cp866"),
        ("каже: ka\nВона: va\nГора: go\nда: da\n", "cp866"),
    ],
)
def test_other_letters_beside_ascii_are_no_kana(text: str, codec: str) -> None:
    data = text.encode(codec)
    assert recodec.detect(data).language != "ja"


FORMS = ["'{0}': '{1}',\n", "{1}={0}\n", "{0} {1}\n", "<td>{1}</td><td>{0}</td>\n"]
HAN = {
    "马": "ma", "石": "shi", "口": "kou", "人": "ren", "女": "nv", "说": "shuo", "儿": "er",
    "安": "an", "江": "jiang", "雨": "yu", "风": "feng", "鹿": "lu",
}  # fmt: skip
HANGUL = {
    "가": "ga", "너": "neo", "달": "dal", "립": "rip", "말": "mal", "북": "buk", "손": "son",
    "왜": "wae", "절": "jeol", "춤": "chum", "켜": "kyeo", "홍": "hong",
}  # fmt: skip
RUSSIAN = {
    "да": "yes", "не": "no", "на": "on", "от": "from", "до": "until", "по": "along", "из": "out",
    "мы": "we", "он": "he", "ты": "you",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("table", "codec", "language"),
    [(HAN, "gbk", "zh-Hans"), (HANGUL, "cp949", "ko")],
    ids=["pinyin", "hangul"],
)
def test_characters_beside_their_spelling(
    table: dict[str, str], codec: str, language: str, form: str
) -> None:
    rows = [form.format(*pair) for pair in table.items()]
    for count, least in ((3, 0.0), (len(rows), 0.8)):
        data = "".join(rows[:count]).encode(codec)
        found = recodec.detect(data)
        assert found.language is not None and found.language[:2] == language[:2]
        assert recodec.decode(data).text.encode(codec) == data
        assert found.confidence >= least


def test_words_of_another_spelling_are_no_such_table() -> None:
    """Two letters of Russian each, beside English words."""
    text = "".join(f"{word} = {english}\n" for word, english in RUSSIAN.items())
    for codec in ("cp1251", "koi8-r", "cp866"):
        assert recodec.decode(text.encode(codec)).text == text
