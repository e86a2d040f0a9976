"""What a charset label of a mail means: the charset that reads all that such mails hold.

Senders write the name of a standard and send what their platform calls so: windows-31j under
shift_jis, windows-1252 under iso-8859-1, UHC under ks_c_5601-1987. Reading takes the superset.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .._coding.route import find, route
from .._errors import UnsupportedCharsetError
from .._registry import charsets

__all__ = ["JAPANESE_7BIT", "clean", "is_silent", "keeps_ascii", "meaning", "reading"]

JAPANESE_7BIT = "iso2022_jp"
"""The name that stands for the whole ISO-2022-JP family; `_iso2022jp` reads it."""

_KEPT_LABEL = 60  # bytes of a label whose meaning is remembered: an archive has few of them
# Labels that mail programs write when they do not know.
_SILENT = frozenset(
    (
        "8bit",
        "7bit",
        "binary",
        "default",
        "none",
        "unknown",
        "unknown8bit",
        "xunknown",
        "unknowncharset",
        "noconversion",
        "autodetect",
        "autodetectall",
        "xautodetect",
        "autodetectjp",
        "undefined",
        "null",
        "unspecified",
        "xuserdefined",
        "any",
        "charset",
        "utf",
        "ansi",
        "us",
    )
)

# Names that the registry does not have: only mail programs, phones and scripting languages use
# them. Letters and digits only.
_OTHERS = {
    "cp943c": "cp932",
    "cp943": "cp932",
    "ibm943": "cp932",
    "ibm943c": "cp932",
    "xibm943c": "cp932",
    "shiftjisdocomo": "cp932",
    "shiftjiskddi": "cp932",
    "shiftjissoftbank": "cp932",
    "sjisdocomo": "cp932",
    "sjiskddi": "cp932",
    "sjissoftbank": "cp932",
    "sjismac": "cp932",
    "sjisms": "cp932",
    "shiftjisms": "cp932",
    "xshiftjis": "cp932",
    "xmssjis": "cp932",
    "win31j": "cp932",
    "eucwin": "eucjp-ms",
    "xeuc": "eucjp-ms",
    "euc": "eucjp-ms",
    "iso2022jpkddi": JAPANESE_7BIT,
    "iso2022jpmobile": JAPANESE_7BIT,
    "xiso2022jp": JAPANESE_7BIT,
    "iso2022jpesc": JAPANESE_7BIT,
    "iso2022jpsio": JAPANESE_7BIT,
    "jis7": JAPANESE_7BIT,
    "jis8": JAPANESE_7BIT,
    "junet": JAPANESE_7BIT,
    "utf8mb4": "utf-8",
    "utf8mb3": "utf-8",
    "utf8mac": "utf-8",
    "xutf8": "utf-8",
    "xunicode20utf7": "utf-7",
    "xutf7": "utf-7",
    "iso88591windows31latin1": "cp1252",
    "iso88591windows30latin1": "cp1252",
    "windows31latin1": "cp1252",
    "iso88592windowslatin2": "cp1250",
    "iso88599windowslatin5": "cp1254",
    "ksc56011992": "cp949",
    "kscx10011997": "cp949",
    "eucks": "cp949",
    "ksc5601johab": "johab",
    "ksc56011992johab": "johab",
    "gb": "gb18030",
    "tca": "big5hkscs",
    "win": "cp1251",
    "windowscyrillic": "cp1251",
}

# Where the registry's superset is not what mail is read with.
_READ_AS = {
    "mac-japanese": "cp932",
    "euc_jp": "eucjp-ms",
    "cp51932": "eucjp-ms",
    "iso2022_jp_1": JAPANESE_7BIT,
    "iso2022_jp_2": JAPANESE_7BIT,
    "iso2022_jp_3": JAPANESE_7BIT,
    "iso2022_jp_2004": JAPANESE_7BIT,
    "iso2022_jp_ext": JAPANESE_7BIT,
    "cp50220": JAPANESE_7BIT,
    "cp50221": JAPANESE_7BIT,
    "cp50222": JAPANESE_7BIT,
    "mac-korean": "cp949",
    "mac-chinesesimp": "gb18030",
    "cp950": "big5hkscs",
    "big5-eten": "big5hkscs",
    "mac-chinesetrad": "big5hkscs",
    "utf-8-sig": "utf-8",
    "koi8-ru": "koi8-u",
}

_COMMENT = re.compile(r"\([^()]*\)?")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_LONGEST = 100  # characters; no label is longer, and hostile ones are not searched


def clean(label: str) -> str:
    """A charset parameter without quotes, comments, the language tag of RFC 2231 and what follows.

    Spaces around it, a second `charset=` inside, a stray semicolon or comma go as well.
    """
    label = _COMMENT.sub("", label[:_LONGEST]).strip(" \t\r\n\"'<>;,=`")
    if label[:7].lower() == "charset":
        label = label[7:].strip(" \t\r\n\"'<>;,=`")
    for end in ";,*":
        label = label.partition(end)[0]
    return label.strip(" \t\r\n\"'<>`\x00")


def is_silent(label: str | None) -> bool:
    """Whether a label says nothing: none, empty, us-ascii (the default of RFC 2045, which
    programs write without looking at the text), or one of the words for "unknown"."""
    if not label:
        return True
    return meaning(label) is None and (_letters(label) in _SILENT or _is_ascii(label))


def _letters(label: str) -> str:
    return _NOT_LETTERS.sub("", clean(label).lower())


def _is_ascii(label: str) -> bool:
    name = clean(label)
    charset = find(name) if name else None
    return not name or (charset is not None and charset.name == "ascii")


def meaning(label: str | None) -> str | None:
    """The charset to read a text of this label with; None when the label says nothing or is
    unknown. JAPANESE_7BIT stands for the ISO-2022-JP family."""
    if label is None or len(label) > _KEPT_LABEL:
        return _meaning(label)
    return _kept_meaning(label)


def _meaning(label: str | None) -> str | None:
    if not label:
        return None
    name = clean(label)
    letters = _NOT_LETTERS.sub("", name.lower())
    if letters in _SILENT:
        return None
    other = _OTHERS.get(letters)
    if other is not None:
        return other
    charset = find(name) or find(letters)
    if charset is None or charset.name == "ascii":
        return None
    return reading(charset.name)


_kept_meaning = lru_cache(1024)(_meaning)


def reading(name: str) -> str:
    """The charset that a text of the charset `name`, a canonical name, is read with."""
    if name in _READ_AS:
        return _READ_AS[name]
    charset = charsets.lookup(name)
    while charset.superset is not None:
        charset = charsets.lookup(charset.superset)
    return _READ_AS.get(charset.name, charset.name)


@lru_cache(64)
def keeps_ascii(name: str) -> bool:
    """Whether bytes below 80 are ASCII in the charset `name`: not in EBCDIC, the national sets of
    ISO 646, VISCII, which has letters among the controls. The yen sign for the backslash in
    charsets of several bytes does not count."""
    if name == JAPANESE_7BIT or charsets.lookup(name).kind == "multi":
        return True
    every = bytes(range(0x80))
    try:
        return route(name).decode(every, "strict")[0] == every.decode("ascii")
    except (UnicodeError, UnsupportedCharsetError):
        return False
