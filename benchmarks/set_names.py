"""What an item of an evaluation set is, and the names of the sets (see sets.py)."""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """One input and what is right for it.

    `text` is what the bytes say, None for binary or where only the name can be judged. `accept`
    names further encodings that are right whatever text they give ("binary" stands for None).
    `weight` is the pair's share of all legacy files in percent; 1 outside the legacy sets.
    `clean` is what `data` was before it was damaged; a guess is right when it reads that as `text`.
    """

    set: str
    id: str
    data: bytes
    text: str | None
    encoding: str
    language: str | None
    weight: float
    accept: tuple[str, ...] = ()
    clean: bytes | None = None


LEGACY_SETS = ("full", "200", "30", "web30", "caps", "html", "names")
OWN_SETS = ("short", "shortrare", "own", "ownrare")
RARE_SETS = ("rarefull", "rare200", "rare30", "iso646")
UNICODE_SETS = (
    "utf8-full", "utf8-200", "utf8-30", "utf16-full", "utf16-200", "utf16-60",
    "utf32-full", "utf32-200", "utf32-60", "bom",
)  # fmt: skip
OTHER_SETS = ("unlisted", "bilingual", "sea", "named", "columns", "ascii", "binary", "odd")
# Text of the web's encodings with one place damaged (damage.py), by its length in bytes.
DAMAGED_SETS = ("damaged200", "damaged2000", "damaged10240")
# What is hardly text, or none (rough.py).
ROUGH_SETS = ("fragments", "noise")
# So many file names that share an encoding, as in an archive; a line each, which is what
# recodec.detect_group() makes of them.
GROUP_SETS = ("group5", "group20", "group100")
# Further lengths of legacy text, in bytes; run when asked for by name.
LENGTH_SETS = ("20", "40", "80", "1000")
# Every charset of the registry (whole_registry.py); run when asked for by name.
REGISTRY_SETS = ("registry200", "registry2k")
ALL_SETS = LEGACY_SETS + OWN_SETS + RARE_SETS + UNICODE_SETS + OTHER_SETS
# All, and what is no whole text: what is reported where nothing else is asked for.
REPORTED_SETS = ALL_SETS + DAMAGED_SETS + ROUGH_SETS

# The Encoding Standard's legacy encodings, in the registry's spelling.
WEB = frozenset(
    (
        "cp866",
        "iso8859-2",
        "iso8859-3",
        "iso8859-4",
        "iso8859-5",
        "iso8859-6",
        "iso8859-7",
        "iso8859-8",
        "iso8859-8-i",
        "iso8859-10",
        "iso8859-13",
        "iso8859-14",
        "iso8859-15",
        "iso8859-16",
        "koi8-r",
        "koi8-u",
        "mac-roman",
        "cp874",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "mac-cyrillic",
        "gbk",
        "gb18030",
        "gb2312",
        "big5",
        "cp950",
        "big5hkscs",
        "euc_jp",
        "iso2022_jp",
        "shift_jis",
        "cp932",
        "euc_kr",
        "cp949",
        "iso8859-1",
        "iso8859-9",
        "iso8859-11",
        "tis-620",
    )
)
