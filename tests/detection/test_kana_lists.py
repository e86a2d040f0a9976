"""Kana in the order of the alphabet, as tables and input methods have them.

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
