"""Texts that every detector is asked about."""

from __future__ import annotations

RUSSIAN = "Привет, как дела? Сегодня мы едем в город за новыми книгами и хлебом."
CP1251 = RUSSIAN.encode("cp1251")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(32)

SAMPLES = [
    b"",
    b"plain ASCII text, nothing else",
    RUSSIAN.encode(),
    CP1251,
    RUSSIAN.encode("koi8-r"),
    RUSSIAN.encode("cp866"),
    RUSSIAN.encode("utf-8-sig"),
    RUSSIAN.encode("utf-16"),
    "こんにちは、今日は良い天気ですね。明日は雨でしょう。".encode("cp932"),
    "こんにちは、今日は良い天気ですね。明日は雨でしょう。".encode("iso2022_jp"),
    "今天天气很好，我们去公园散步吧。明天可能会下雨。".encode("gb18030"),
    "안녕하세요. 오늘은 날씨가 좋네요. 내일은 비가 옵니다.".encode("cp949"),
    PNG,
]
