"""Text whose label its content confirms so plainly that no other charset need be asked.

Nearly all of an archive is that. The answer is the one of `_charset.read`, without the detection
that finds the labels which lie.
"""

from __future__ import annotations

import re

from ._labels import JAPANESE_7BIT

__all__ = ["believed"]

# What CPython's codec reads otherwise or lets pass.
_ODD_JAPANESE = re.compile(rb"\x1b\(J|[\x0e\x0f\x80-\xff]")
_MICROSOFT = (
    ("\u301c", "\uff5e"),
    ("\u2212", "\uff0d"),
    ("\u2016", "\u2225"),
    ("\xa2", "\uffe0"),
    ("\xa3", "\uffe1"),
    ("\xac", "\uffe2"),
)
# Letters of Western text. Other charsets under the label of Latin-1 give runs of such, or signs.
_WESTERN = re.compile(
    "[^\x00-\x7f\xa0\xa7\xa9-\xab\xae\xb0\xb7\xba\xbb\xc0-\xcf\xd1-\xd6\xd8-\xdc\xdf-\xef\xf1-\xf6\xf8-\xfc"
    "\u20ac\u2013\u2014\u2018-\u201e\u2026]"
)
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
# Small letters of Russian, Ukrainian and Belarusian, and all other bytes above 7F but quotes.
_SMALL = {
    "koi8-r": bytes((*range(0xC0, 0xE0), 0xA3)),
    "koi8-u": bytes((*range(0xC0, 0xE0), 0xA3, 0xA4, 0xA6, 0xA7, 0xAD)),
    "cp1251": bytes((*range(0xE0, 0x100), 0xB8, 0xB3, 0xBA, 0xBF)),
}
_HIGH = bytes(range(0x80, 0x100))
_KOREAN_OTHER = re.compile("[^\x00-\x7f\uac00-\ud7a3\u3000-\u3015\u2010-\u2030\uff01-\uff5e\xb7]")
_JAPANESE_OTHER = re.compile("[^\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e\u2010-\u26ff]")
# First bytes of kana and of the commonest punctuation.
_KANA = {"cp932": (0x81, 0x82, 0x83), "eucjp-ms": (0xA1, 0xA4, 0xA5)}


def _count(data: bytes, those: bytes) -> int:
    return len(data) - len(data.translate(None, those))


def believed(data: bytes, name: str | None) -> str | None:
    """Text in the charset `name` (of `_labels.meaning`), None when that has to be looked into."""
    try:
        if name == JAPANESE_7BIT:
            if b"\x1b" not in data or _ODD_JAPANESE.search(data):
                return None
            text = data.decode("iso2022_jp")
            if "$B" in text or "$@" in text:
                return None  # escapes without their ESC
            for jis, microsoft in _MICROSOFT:
                if jis in text:
                    text = text.replace(jis, microsoft)
            return text
        if name == "cp1252":
            if _TWO_HIGH.search(data):
                return None
            text = data.decode("cp1252")
            return None if _WESTERN.search(text) else text
        if name in _SMALL:
            # Each of these under the label of another comes out in capitals.
            if _count(data, _SMALL[name]) * 10 < _count(data, _HIGH) * 8:
                return None
            return data.decode(name)
        if name == "cp949":
            text = data.decode("cp949")
            return None if _KOREAN_OTHER.search(text) else text
        if name in _KANA:
            kana = sum(data.count(one) for one in _KANA[name])
            if kana * 6 < _count(data, _HIGH):
                return None
            text = data.decode("cp932" if name == "cp932" else "euc_jp")
            return None if _JAPANESE_OTHER.search(text) else text
    except (LookupError, UnicodeDecodeError):
        pass
    return None
