"""Japanese text spelt so that ISO-2022-JP has it: one code point for each JIS X 0208 character.

Unicode has two code points for ten characters of JIS X 0208: Microsoft's tables use the one, the
JIS and Apple the other. Keyboards type both, and a reader sees no difference, so that either is
sent as the one JIS character. Half-width katakana, which RFC 1468 does not have, become full
width. Nothing else is touched: NFKC would turn other characters into their relatives.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["compose_kana", "spell", "widen_kana"]

# The spelling of JIS and CPython's iso2022_jp -> the one of cp932.
_TO_MICROSOFT = str.maketrans(
    {
        "\u301c": "\uff5e",  # wave dash, 2141
        "\u2212": "\uff0d",  # minus sign, 215D
        "\u2016": "\u2225",  # double vertical line, 2142
        "\u2014": "\u2015",  # em dash, 213D
        "\xa2": "\uffe0",  # cent sign, 2171
        "\xa3": "\uffe1",  # pound sign, 2172
        "\xac": "\uffe2",  # not sign, 224C
        # ESC ( J, which has these two, is not for sending (RFC 1468 allows ESC ( B alone at the
        # end of a line, and old readers show a backslash).
        "\xa5": "\uffe5",  # yen sign, 216F
        "\u203e": "\uffe3",  # overline, 2131
        "\xc5": "\u212b",  # angstrom sign, 2272
    }
)
_TO_JIS = str.maketrans(
    {
        "\uff5e": "\u301c",
        "\uff0d": "\u2212",
        "\u2225": "\u2016",
        "\u2014": "\u2015",  # here both have the horizontal bar
        "\uffe0": "\xa2",
        "\uffe1": "\xa3",
        "\uffe2": "\xac",
        "\xa5": "\uffe5",
        "\u203e": "\uffe3",
        "\xc5": "\u212b",
    }
)

_DECOMPOSED = re.compile("[\u3041-\u30fe][\u3099\u309a]")
_HALF_WIDTH = re.compile("[\uff66-\uff9d][\uff9e\uff9f]?|[\uff61-\uff9f]")


def spell(text: str, *, microsoft: bool) -> str:
    """Two-way characters in the spelling of cp932, or in that of JIS."""
    if text.isascii():
        return text
    return text.translate(_TO_MICROSOFT if microsoft else _TO_JIS)


def compose_kana(text: str) -> str:
    """Kana followed by a combining voiced mark as one character where Unicode has one.

    File names from a Mac are spelt apart. The rest of the text stays as it is: NFC would change
    compatibility ideographs.
    """
    if "\u3099" not in text and "\u309a" not in text:
        return text
    from unicodedata import normalize

    return _DECOMPOSED.sub(lambda found: normalize("NFC", found[0]), text)


def widen_kana(text: str) -> str:
    """Half-width katakana as full-width ones, voiced marks joined where JIS X 0208 has the result.

    A mark that joins nothing becomes its spacing form, never the combining one.
    """
    if text.isascii():
        return text
    full_width = _full_width()
    return _HALF_WIDTH.sub(lambda found: full_width[found[0]], text)


@cache
def _full_width() -> dict[str, str]:
    """The full-width spelling of each half-width character, with and without a mark."""
    from unicodedata import normalize

    table = {"\uff9e": "\u309b", "\uff9f": "\u309c"}
    for code in range(0xFF61, 0xFF9E):
        half = chr(code)
        table[half] = normalize("NFKC", half)
    for half in map(chr, range(0xFF66, 0xFF9E)):
        for mark, combining in (("\uff9e", "\u3099"), ("\uff9f", "\u309a")):
            joined = normalize("NFC", table[half] + combining)
            # U+30F7 to U+30FA (wa, wi, we, wo with the mark) came with JIS X 0213.
            if len(joined) == 1 and not "\u30f7" <= joined <= "\u30fa":
                table[half + mark] = joined
            else:
                table[half + mark] = table[half] + table[mark]
    return table
