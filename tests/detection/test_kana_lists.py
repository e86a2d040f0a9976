"""Kana in the order of the alphabet or beside their spelling, as tables have them.

They form no text, and are rows of letters in other charsets: hiragana in EUC-JP those of Hangul.
"""

from __future__ import annotations

import pytest

import recodec

ROWS = [
    "あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ",
    "まみむめも", "やゆよ", "らりるれろ", "わをん",
]  # fmt: skip
ROMAN = (
    "a", "i", "u", "e", "o", "ka", "ki", "ku", "ke", "ko",
    "sa", "shi", "su", "se", "so", "ta", "chi", "tsu", "te", "to",
)  # fmt: skip
TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3094)}
ALL = "".join(ROWS)


@pytest.mark.parametrize("codec", ["euc_jp", "cp932"])
@pytest.mark.parametrize("table", [{}, TO_KATAKANA], ids=["hiragana", "katakana"])
@pytest.mark.parametrize(
    "text",
    [
        " ".join(ALL[:10]),
        ",".join(ALL[:10]),
        "\n".join(ALL[10:25]) + "\n",
        "、".join(ALL),
        "\n".join("\t".join(row) for row in ROWS),
        "".join(f"{kana}={roman}\n" for kana, roman in zip(ALL, ROMAN, strict=False)),
        "がぎぐげご ざじずぜぞ だぢづでど ばびぶべぼ",
    ],
)
def test_kana_in_their_order_are_japanese(text: str, table: dict[int, int], codec: str) -> None:
    data = text.translate(table).encode(codec)
    found = recodec.detect(data)
    assert (found.language, recodec.decode(data).text) == ("ja", text.translate(table))


@pytest.mark.parametrize(
    "text",
    [
        "ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ",
        "ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂ",
        "ㅏ ㅑ ㅓ ㅕ ㅗ ㅛ ㅜ ㅠ ㅡ ㅣ",
    ],
)
def test_letters_of_hangul_stay_korean(text: str) -> None:
    """They have the bytes of kana, but their order is another."""
    assert recodec.detect(text.encode("cp949")).language == "ko"


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
