"""Rules, frames and leaders: a sign over and over says no more than its start, in every charset.

Frames of DOS once were nearly free, and other signs cost as much each time: a rule of full-width
signs above one line of Japanese made it Greek, leaders in windows-1251 made it KOI8-R.
"""

from __future__ import annotations

import pytest

import recodec

EAST_ASIAN = {
    "cp932": "日本語の文章です。テキストを挿入するにはキーを押します。",
    "euc_jp": "日本語の文章です。テキストを挿入するにはキーを押します。",
    "gbk": "中文文本测试，请按任意键继续。这是一个例子。",
    "big5": "中文文本測試，請按任意鍵繼續。這是一個例子。",
    "cp949": "한국어 문장입니다. 계속하려면 아무 키나 누르십시오.",
}
FULL_WIDTH_SIGNS = "＝＞＊■□◆★●─━…・～＃＋－＿／｜※→"

EIGHT_BITS = {
    "cp1251": "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "koi8-r": "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "cp866": "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "cp1250": "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "cp852": "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "cp1252": "Où est passé le château de la forêt ? Voilà.",
    "cp850": "Où est passé le château de la forêt ? Voilà.",
    "mac_roman": "Où est passé le château de la forêt ? Voilà.",
    "cp1253": "Η γρήγορη καφέ αλεπού πηδάει πάνω από τον σκύλο.",
    "cp1255": "שלום לכולם, זה מבחן קצר של המערכת.",
    "cp1256": "أهلا وسهلا بكم في هذا الموقع الجديد.",
    "cp874": "สวัสดีครับ นี่คือการทดสอบระบบ",
}
EIGHT_BIT_SIGNS = "—–•·…═─█"


def texts(sentence: str, sign: str, count: int) -> list[str]:
    """Rules above a sentence, and below it."""
    rule = sign * count + "\r\n"
    return [rule * lines + sentence for lines in (1, 2)] + [sentence + "\r\n" + rule * 2]


def misread(encoding: str, candidates: list[str]) -> list[str]:
    found = []
    for text in candidates:
        data = text.encode(encoding, "ignore")
        answer = recodec.detect(data).encoding
        if answer is None or recodec.decode(data, answer).text != data.decode(encoding):
            found.append(f"{answer}: {text}")
    return found


@pytest.mark.parametrize("encoding", EAST_ASIAN)
@pytest.mark.parametrize("count", [10, 36])
def test_rules_of_full_width_signs(encoding: str, count: int) -> None:
    sentence = EAST_ASIAN[encoding]
    candidates = []
    for sign in FULL_WIDTH_SIGNS:
        if recodec.encode(sign, encoding, "ignore"):
            rule = sign * count + "\r\n"
            spaced = (sign + " ") * (count // 2) + "\r\n"
            candidates += [*texts(sentence, sign, count), rule * 6 + sentence, spaced + sentence]
    assert misread(encoding, candidates) == []


@pytest.mark.parametrize("encoding", EIGHT_BITS)
@pytest.mark.parametrize("count", [10, 20, 60])
def test_rules_of_eight_bits(encoding: str, count: int) -> None:
    candidates = [
        text
        for sign in EIGHT_BIT_SIGNS
        if sign.encode(encoding, "ignore")
        for text in texts(EIGHT_BITS[encoding], sign, count)
    ]
    assert misread(encoding, candidates) == []


def test_shift_jis_2004_writes_tildes_in_two_bytes() -> None:
    data = ("~" * 20 + "\r\n") * 6
    text = data + EAST_ASIAN["cp932"] + "\r\n"
    assert recodec.detect(text.encode("shift_jis_2004")).encoding == "shift_jis_2004"
