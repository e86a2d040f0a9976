"""What the policy "translit" writes: accepted by a reader, never dropping what it does not know."""

from __future__ import annotations

import sys
import unicodedata

import pytest

import recodec
from recodec import EncodeError
from recodec._conversion.translit import replacement
from recodec._conversion.translit_table import GROUPS, SILENT

CASES = [
    # charset, text, what it becomes
    ("ascii", "Crème brûlée à la façade", "Creme brulee a la facade"),
    ("ascii", "“Zitat” ‚so‘ «et» ‹ainsi›", "\"Zitat\" 'so' \"et\" 'ainsi'"),
    ("ascii", "5 € £3 ¥9 ₽7", "5 EUR GBP3 JPY9 RUB7"),
    ("ascii", "Straße ŒUVRE Ærø ĳ", "Strasse OEUVRE AEro ij"),
    ("ascii", "ﬁne ﬂow ﬃ", "fine flow ffi"),
    ("ascii", "a – b — c … −1", "a - b -- c ... -1"),
    ("ascii", "← → ⇒ ≤ ≠ ±", "<- -> => <= != +-"),
    ("ascii", "©®™ №5 20 °C", "(C)(R)(TM) No.5 20 degC"),
    ("ascii", "2½ m² H₂O Ⅳ ①", "2 1/2 m^2 H2O IV (1)"),
    ("ascii", "Ñandú Łódź Đakovo İstanbul şiş", "Nandu Lodz Dakovo Istanbul sis"),
    ("ascii", "Tiếng Việt Đường", "Tieng Viet Duong"),
    ("ascii", "ＡＢＣ　１２３", "ABC 123"),
    ("ascii", "e\u0301 so\u00adft zero\u200bwidth", "e soft zerowidth"),
    ("ascii", "٣٤٥ ۱۲", "345 12"),
    ("ascii", "a\u00a0b\u2003c", "a b c"),
    ("ascii", "┌─┐│╳█", "+-+|X#"),
    ("iso8859-1", "Őrület “ű” €", 'Örület "ü" EUR'),
    ("iso8859-2", "Timișoara Brașov", "Timişoara Braşov"),
    ("iso8859-16", "Timişoara", "Timișoara"),
    ("cp437", "║═╬ ✓ ≦", "║═╬ √ ≤"),
    ("iso2022_jp", "㈱髙島屋 ①山﨑 ｱｲｳ ㍻", "(株)高島屋 (1)山崎 アイウ 平成"),
    ("iso2022_jp", "～－∥￠", "〜−‖¢"),
    ("euc_kr", "～ − ・", "～ － ·"),
    ("koi8-r", "Київ, їжак, ґанок “№”", 'Киiв, iжак, ганок "No."'),
    ("cp1258", "ế", "ê\u0301"),
    ("cp1256", "کتاب ی", "کتاب ي"),
    ("iso8859-8", "װ", "וו"),
    ("cp862", "שָׁלוֹם", "שלום"),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_reader_accepts_it(name: str, text: str, expected: str) -> None:
    assert recodec.encode(text, name, "translit").decode(name) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ascii", "я"),
        ("ascii", "漢"),
        ("ascii", "λ"),
        ("ascii", "\U0001f600"),
        ("iso8859-1", "ไทย"),
        ("iso8859-5", "ไม้"),
        ("euc_jp", "देवनागरी"),
        ("koi8-r", "א"),
        ("cp1252", "\ue000"),
        ("utf-8", "\ud800"),
    ],
)
def test_what_is_not_known_is_an_error(name: str, text: str) -> None:
    with pytest.raises(EncodeError) as caught:
        recodec.encode(text, name, "translit")
    assert caught.value.character in text


@pytest.mark.parametrize("name", ["ascii", "iso8859-1", "cp866", "euc_jp", "cp1258", "iso8859-6"])
def test_every_character_gets_something_that_fits_or_nothing(name: str) -> None:
    """All of Unicode: no endless chain, nothing that the charset lacks, silence only for marks."""

    def fits(text: str) -> bool:
        try:
            text.encode(name)
        except UnicodeError:
            return False
        return True

    known = 0
    for code in range(0x80, 0x30000):
        character = chr(code)
        other = replacement(character, fits)
        if other is None:
            continue
        known += 1
        assert fits(other)
        if not other:
            parts = unicodedata.normalize("NFKD", character).strip()
            for part in parts:  # of one character, or of a form for a point on a bare line
                assert unicodedata.category(part) in ("Mn", "Me", "Cf", "Cn", "Lm"), hex(code)
    assert known > 3000


def test_the_table_says_something_everywhere() -> None:
    seen: set[str] = set()
    for group, ways in GROUPS:
        assert ways and all(ways)
        for character in group:
            assert character not in seen, f"{character!r} stands in two groups"
            seen.add(character)
            assert (character,) != ways
    assert all(first <= last <= sys.maxunicode for first, last in SILENT)
    assert list(SILENT) == sorted(SILENT)


def test_letters_with_two_marks_stay_the_same_text() -> None:
    """windows-1258 is written with marks behind letters; what it can hold so is not lost."""
    letters = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ãõũĩÃÕ"
    data = recodec.encode(letters, "cp1258", "translit")
    assert unicodedata.normalize("NFC", data.decode("cp1258")) == letters
    assert recodec.encode("Việt", "cp1258", "translit") == b"Vi\xea\xf2t"
    assert recodec.encode("Việt", "ascii", "translit") == b"Viet"
