"""Rare forms of text that neither automata nor single bytes tell (rcd_forms.h)."""

from __future__ import annotations

import random

import pytest

import recodec

RUSSIAN = "Вчера утром мы пошли на рынок и купили хлеб, сыр и помидоры к ужину. "
JAPANESE = "昨日の朝、私たちは市場へ行って、夕食のためにパンとチーズとトマトを買いました。"
CHINESE = "昨天早上我们去了市场，买了面包、奶酪和西红柿，准备晚上做饭。"
KOREAN = "어제 아침에 우리는 시장에 가서 저녁에 먹을 빵과 치즈와 토마토를 샀습니다. "
FRENCH = "L'été dernier, le garçon a mangé un gâteau à la crème près de la fenêtre du café. "
CZECH = "Příští týden pojedeme na chalupu, kde už zřejmě kvetou třešně a zpívají ptáci. "
KATAKANA = "ｷﾉｳﾉｱｻ ﾜﾀｼﾀﾁﾊ ｲﾁﾊﾞﾍ ｲｯﾃ ﾕｳｼｮｸﾉﾀﾒﾆ ﾊﾟﾝﾄ ﾁｰｽﾞﾄ ﾄﾏﾄｦ ｶｲﾏｼﾀ "
WIDE = str.maketrans({" ": "\u3000", ",": "，", ".": "．"})

CASES = [
    ("scsu", RUSSIAN, "ru"),
    ("scsu", JAPANESE, "ja"),
    ("bocu-1", RUSSIAN, "ru"),
    ("bocu-1", JAPANESE, "ja"),
    ("bocu-1", FRENCH, "fr"),
    ("utf-ebcdic", RUSSIAN, "ru"),
    ("utf-ebcdic", FRENCH, "fr"),
    ("jisx0208", JAPANESE, "ja"),
    ("gb2312-raw", CHINESE, "zh-Hans"),
    ("cp300", JAPANESE, "ja"),
    ("cp834", KOREAN.translate(WIDE), "ko"),
    ("iso-6937", FRENCH, "fr"),
    ("iso-6937", CZECH, "cs"),
    ("cp290", KATAKANA, "ja"),
]


@pytest.mark.parametrize(("charset", "text", "language"), CASES)
@pytest.mark.parametrize("times", [2, 90])
def test_forms_are_told(charset: str, text: str, language: str, times: int) -> None:
    text *= times
    data = recodec.encode(text, charset)
    found = recodec.detect(data)
    assert (found.encoding, found.language) == (charset, language)
    assert recodec.decode(data, charset).text == text
    for step in (1, 7, 4096, 5000):
        with recodec.Detector() as detector:
            for at in range(0, len(data), step):
                detector.feed(data[at : at + step])
                if at % (40 * step) == 0:
                    detector.peek()
            assert detector.finish().encoding == charset


@pytest.mark.parametrize("charset", ["t.61-8bit", "ansi-x3.110", "iso-6937-2", "cp16684"])
def test_kin_of_a_form_read_the_same(charset: str) -> None:
    text = (JAPANESE if charset == "cp16684" else CZECH) * 3
    data = recodec.encode(text, charset)
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"=" * 64,
        b"a" * 60,
        b"8263\n8318\n8319\n8334\n8335\n8969\n" * 3,
        b"U29tZSBiaW5hcnkgZGF0YSB0aGF0IGlzIHdyaXR0ZW4gaW4gYmFzZTY0IGZvciBtYWls\n" * 4,
        b"ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS\n" * 3,
        b"/usr/lib/python3/dist-packages/pip/_vendor/rich/__init__.py\n" * 4,
        b"0123456789ABCDEF" * 8,
    ],
)
def test_ascii_without_spaces_stays(data: bytes) -> None:
    assert recodec.detect(data).encoding == "ascii"


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_are_no_form(seed: int) -> None:
    data = random.Random(seed).randbytes(300)
    assert recodec.detect(data).encoding not in {charset for charset, _, _ in CASES}


def test_capitals_in_latin_1_are_no_accents() -> None:
    text = "ZU ÄNDERN, UM LOG-DATEIEN BEI VOLLSTÄNDIGER ÜBERTRAGUNG ZU LÖSCHEN"
    assert recodec.detect(text.encode("latin-1")).encoding == "cp1252"


def test_a_form_that_is_denied_is_no_answer() -> None:
    data = recodec.encode(RUSSIAN * 3, "utf-ebcdic")
    assert recodec.detect(data, deny=["utf-ebcdic"]).encoding != "utf-ebcdic"
