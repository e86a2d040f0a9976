"""Editions of multi-byte charsets: told by codes of their own, and as their family without any."""

from __future__ import annotations

import sys

import pytest

import recodec
from recodec._registry import charsets

# Python 3.15 takes windows-936 for its own gbk, which has no euro sign.
GBK_TAKES_IT = sys.version_info >= (3, 15)

# What the codes are: of no member of the family, or for private use in the charset that heads it.
TEXTS = [
    ("windows-936", "商品价格如下：苹果€100，香蕉€20，请在付款之前仔细核对订单内容。"),
    ("windows-936", "这件商品的价格是 € 100 左右，请在付款之前仔细核对订单内容。"),
    ("gb18030-2005", "汉语拼音字母表：ḿ ń ň 是鼻音，读音与汉字不同。"),
    ("gb18030-2022", "竖排标点︐用于竖排文字，︒与横排不同，读音与汉字不同。"),
    ("mac-japanese", "版権所有 © 株式会社日本電気通信事業部 商標 Nippon™ のすべて"),
    ("ibm-33722", "この商品の値段は ¢50 と £20 です。よろしくお願いします。"),
    ("ibm-949", "이 물건의 가격은 ¢50 또는 ¢20 입니다. 감사합니다."),
    ("ibm-950", "這件商品的價格是很好的，所以我們都喜歡它，⇔∀ 謝謝大家"),
]


@pytest.mark.parametrize(("charset", "text"), TEXTS)
def test_codes_of_its_own_tell_an_edition(charset: str, text: str) -> None:
    data = recodec.encode(text, charset)
    found = recodec.detect(data)
    assert (found.encoding, found.bad, found.valid_up_to) == (charset, 0, len(data))
    assert recodec.decode(data, found.encoding).text == text
    if not (charset == "windows-936" and GBK_TAKES_IT):
        assert data.decode(found.encoding) == text


@pytest.mark.parametrize(("charset", "text"), TEXTS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 13])
def test_in_any_pieces(charset: str, text: str, size: int) -> None:
    data = recodec.encode(text, charset)
    with recodec.Detector() as detector:
        for at in range(0, len(data), size):
            detector.feed(data[at : at + size])
    found = detector.finish()
    assert (found.encoding, found.bad, found.valid_up_to) == (charset, 0, len(data))


@pytest.mark.parametrize(("charset", "text"), TEXTS)
def test_without_such_a_code_it_is_its_family(charset: str, text: str) -> None:
    head = charsets.lookup(charset).told_as
    assert head is not None
    plain = "".join(char for char in text if ord(char) < 0x80 or (char.isalpha() and char != "ḿ"))
    assert recodec.detect(recodec.encode(plain, head)).encoding in {head, "big5hkscs", "cp950"}
    asked = recodec.detect(recodec.encode(plain, head), allow=[charset])
    assert asked.encoding == charset


@pytest.mark.parametrize(("charset", "text"), TEXTS)
def test_an_edition_that_is_denied_is_damage(charset: str, text: str) -> None:
    data = recodec.encode(text, charset)
    assert recodec.detect(data, deny=[charset]).encoding != charset
    assert recodec.detect(data, allow=[charset]).encoding == charset


@pytest.mark.parametrize("between", ["", "\n", " A"])
def test_a_code_tells_only_where_it_begins(between: str) -> None:
    """A8 BC is also the end of one character and the start of the next, in the text before it."""
    line = "他说这种病的预防方法很多，皑几皑几皑几，我们都应当知道。" + between
    data = (line * 5).encode("gb18030")
    assert data.count(b"\xa8\xbc") == 15
    assert recodec.detect(data).encoding == "gb18030"
    found = recodec.detect(data + b"\xa8\xbc")
    assert (found.encoding, found.bad) == ("gb18030-2005", 0)


@pytest.mark.parametrize("stray", [0x80, 0xFF])
def test_one_byte_alone_is_a_stray_one(stray: int) -> None:
    text = "请在付款之前仔细核对订单内容，并妥善保管收据。" * 3
    data = text.encode("gbk")
    found = recodec.detect(data[:40] + bytes([stray]) + data[40:])
    assert (found.encoding, found.valid_up_to, found.bad) == ("gb18030", 40, 1)


def test_what_is_damaged_beside_them_is_said() -> None:
    prices = recodec.encode("商品价格如下：苹果€100，香蕉€20，", "windows-936")
    text = prices + b"\xff" + "请在付款之前仔细核对订单内容。".encode("gbk") * 9
    found = recodec.detect(text)
    assert (found.encoding, found.valid_up_to, found.bad) == ("windows-936", len(prices), 1)
