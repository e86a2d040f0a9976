"""Words in another alphabet beside Chinese, Japanese or Korean, as dictionaries have them."""

from __future__ import annotations

import pytest

import recodec

RUSSIAN = (
    "Словарь русского и китайского языков содержит около двадцати тысяч слов и выражений, "
    "которые чаще всего встречаются в книгах, газетах и разговорной речи. "
)
GREEK = "Το λεξικό περιέχει περίπου είκοσι χιλιάδες λέξεις που συναντώνται συχνότερα στα βιβλία. "
CHINESE = "本词典收录了大约两万个在书籍、报纸和日常会话中最常用的词语，供学习汉语和俄语的读者使用。"
JAPANESE = "この辞典には本や新聞、日常会話でよく使われる約二万の単語と表現が収められています。"
KOREAN = "이 사전에는 책과 신문, 일상 대화에서 자주 쓰이는 약 이만 개의 낱말이 실려 있습니다."


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("other", "text", "encoding"),
    [
        (RUSSIAN, CHINESE, "gbk"),
        (RUSSIAN, JAPANESE, "euc_jp"),
        (RUSSIAN, JAPANESE, "cp932"),
        (RUSSIAN, KOREAN, "euc_kr"),
        (GREEK, CHINESE, "gbk"),
        (GREEK, JAPANESE, "euc_jp"),
        (GREEK, KOREAN, "euc_kr"),
    ],
)
def test_letters_in_a_row_are_words(other: str, text: str, encoding: str, count: int):
    data = (other * count + "\n" + text).encode(encoding, "ignore")
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == data.decode(encoding), found
