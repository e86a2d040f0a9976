"""chardet's eras: when and where encodings were in use, and which of them belong to each."""

from __future__ import annotations

from enum import IntFlag

from .._registry.charsets import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EncodingEra", "LanguageFilter", "considered"]


class EncodingEra(IntFlag):
    """Groups of encodings; may be joined with `|`."""

    MODERN_WEB = 1
    LEGACY_ISO = 2
    LEGACY_MAC = 4
    LEGACY_REGIONAL = 8
    DOS = 16
    MAINFRAME = 32
    ALL = 63


class LanguageFilter(IntFlag):
    """Groups of languages, for `UniversalDetector`; without effect, as in chardet."""

    CHINESE_SIMPLIFIED = 1
    CHINESE_TRADITIONAL = 2
    JAPANESE = 4
    KOREAN = 8
    NON_CJK = 16
    ALL = 31
    CHINESE = 3
    CJK = 15


# The groups are those of chardet 7.7, with what recodec knows beside them and is of a kind.
_ENCODINGS = {
    EncodingEra.MODERN_WEB: """ascii utf-8 utf-8-sig utf-16 utf-16-be utf-16-le utf-32 utf-32-be
        utf-32-le big5hkscs cp950 cp932 cp949 euc_jp euc_jis_2004 euc_kr gb18030 gbk gb2312
        iso2022_jp iso2022_jp_2 iso2022_jp_2004 iso2022_jp_ext shift_jis shift_jis_2004 cp874 cp1250
        cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u tis-620""",
    EncodingEra.LEGACY_ISO: """iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7
        iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 johab""",
    EncodingEra.LEGACY_MAC: """mac-cyrillic mac-greek mac-iceland mac-latin2 mac-roman mac-turkish
        mac-croatian mac-romanian mac-ukraine""",
    EncodingEra.LEGACY_REGIONAL: """utf-7 hz iso2022_kr cp720 cp1006 cp1125 koi8-t kz1048 ptcp154
        hp-roman8""",
    EncodingEra.DOS: """cp437 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862
        cp863 cp864 cp865 cp866 cp869""",
    EncodingEra.MAINFRAME: "cp1140 cp424 cp500 cp875 cp1026 cp273 cp037",
}


def considered(era: EncodingEra, include: Iterable[str] | None) -> tuple[str, ...] | None:
    """Names of the encodings to allow: those of the eras that are in `include`, if it is given.

    Empty for no restriction, None when nothing is left. Raises UnknownCharsetError.
    """
    wanted = tuple(lookup(name).name for name in include or ())
    if era == EncodingEra.ALL:
        return wanted
    allowed = tuple(
        lookup(name).name
        for member, names in _ENCODINGS.items()
        if member & era
        for name in names.split()
    )
    if include is not None:
        allowed = tuple(name for name in allowed if name in wanted)
    return allowed or None
