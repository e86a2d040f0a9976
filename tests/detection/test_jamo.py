"""Hangul that is spelled by letters, and lists of its letters, which are hiragana in EUC-JP."""

from __future__ import annotations

import unicodedata

import pytest

import recodec

WORDS = ["가을", "하늘", "아래", "조용한", "마을", "사람들", "이야기", "노래하는", "바다"]
LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
TAILS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def spelled(word: str) -> str:
    letters = []
    for part in unicodedata.normalize("NFD", word):
        value = ord(part)
        if value < 0x1161:
            letters.append(LEADS[value - 0x1100])
        elif value < 0x11A8:
            letters.append(chr(0x314F + value - 0x1161))
        else:
            letters.append(TAILS[value - 0x11A8])
    return "".join(letters)


@pytest.mark.parametrize("first", range(len(WORDS) - 2))
@pytest.mark.parametrize("gap", [" ", "\n", ", "])
def test_spelled_words_are_korean(first: int, gap: str) -> None:
    text = gap.join(spelled(word) for word in WORDS[first : first + 3])
    data = text.encode("cp949")
    found = recodec.detect(data)
    assert (found.encoding, found.language) == ("cp949", "ko"), text


@pytest.mark.parametrize(
    "text",
    [
        "ㄱ ㄴ ㄷ ㄹ ㅁ",
        "ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ",
        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
        "ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ",
    ],
)
def test_the_alphabet_is_korean(text: str) -> None:
    assert recodec.detect(text.encode("cp949")).encoding == "cp949"


@pytest.mark.parametrize(
    "text",
    [
        "いささか",
        "いざというときに",
        "ああ",
        "おかげで",
        "さあ なし のご",
        "いろはに ほへと",
        "あいうえお かきくけこ",
    ],
)
def test_hiragana_stay_japanese(text: str) -> None:
    found = recodec.detect(text.encode("euc_jp"))
    assert found.encoding is not None
    assert text.encode("euc_jp").decode(found.encoding) == text
