"""Text whose label its content confirms so plainly that no other charset need be asked.

Nearly all of an archive is that. The answer is the one of `_charset.read`, without the detection
that finds the labels which lie.
"""

from __future__ import annotations

import re

from .._coding.route import route
from . import _iso2022jp
from ._labels import JAPANESE_7BIT

__all__ = ["believed"]

_FEWEST = 40  # bytes above 7F; what fewer of them are is asked of the detection
_HIGH = bytes(range(0x80, 0x100))
# Small letters of Russian, Ukrainian and Belarusian, and the commonest of them: o, a, i.
_SMALL = {
    "koi8-r": bytes((*range(0xC0, 0xE0), 0xA3)),
    "koi8-u": bytes((*range(0xC0, 0xE0), 0xA3, 0xA4, 0xA6, 0xA7, 0xAD)),
    "cp1251": bytes((*range(0xE0, 0x100), 0xB8, 0xB3, 0xBA, 0xBF)),
}
_COMMON = {"koi8-r": b"\xcf\xc1\xc9", "koi8-u": b"\xcf\xc1\xc9", "cp1251": b"\xee\xe0\xe8"}
_UKRAINIAN = re.compile(rb"[\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd]")  # which koi8-r has not
# Letters of ASCII, bytes above 7F, and all else as one byte each.
_CLASSES = bytes(
    0x41 if bytes((one,)).isalpha() else 0x80 if one > 0x7F else 0x20 for one in range(256)
)
_KOREAN_OTHER = re.compile("[^\x00-\x7f\uac00-\ud7a3\u3000-\u3015\u2010-\u2030\uff01-\uff5e\xb7]")
_JAPANESE_OTHER = re.compile("[^\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e\u2010-\u26ff]")
# First bytes of kana and of the commonest punctuation.
_KANA = {"cp932": (0x81, 0x82, 0x83), "eucjp-ms": (0xA1, 0xA4, 0xA5)}


def believed(data: bytes, name: str | None) -> str | None:
    """Text in the charset `name` (of `_labels.meaning`), None when that has to be looked into."""
    if name == JAPANESE_7BIT:
        return _iso2022jp.usual(data) if b"\x1b" in data else None
    if b"\x1b" in data or _count(data, _HIGH) < _FEWEST:
        return None
    try:
        if name in _SMALL:
            return data.decode(name) if _is_cyrillic(data, name) else None
        if name == "cp949":
            text = data.decode("euc_kr")  # the other syllables are what other charsets come out as
            return None if _KOREAN_OTHER.search(text) else text
        if name in _KANA:
            kana = sum(data.count(one) for one in _KANA[name])
            if kana * 6 < _count(data, _HIGH):
                return None
            text = route("cp932" if name == "cp932" else "cp51932").decode(data, "strict")[0]
            return None if _JAPANESE_OTHER.search(text) else text
    except UnicodeDecodeError:
        pass
    return None


def _is_cyrillic(data: bytes, name: str) -> bool:
    """Whether its small letters are those of Cyrillic text. Each of these charsets under the label
    of another comes out in capitals, or capitals as small letters of which the commonest lack."""
    high = _count(data, _HIGH)
    return (
        _count(data, _SMALL[name]) * 10 >= high * 8
        and _count(data, _COMMON[name]) * 5 >= high
        and not (name == "koi8-r" and _UKRAINIAN.search(data))
        and not _touches_latin(data)
    )


def _touches_latin(data: bytes) -> bool:
    classes = data.translate(_CLASSES)
    return b"A\x80" in classes or b"\x80A" in classes


def _count(data: bytes, those: bytes) -> int:
    return len(data) - len(data.translate(None, those))
