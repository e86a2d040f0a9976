"""What the notes of docs/encodings.md say of charsets, held to the codecs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import recodec
from recodec._registry.charset_notes import FLAVOURS
from recodec._registry.charsets import all_charsets, lookup
from recodec.cli._list import _flavours

PAGE = Path(__file__).resolve().parents[2] / "docs" / "encodings.md"

# charset, the one it is said to be made from, codes said to differ (of those from `first` on)
DIFFERENCES = [
    ("iso8859-9", "iso8859-1", 6, 0),
    ("iso8859-15", "iso8859-1", 8, 0),
    ("iso8859-10", "iso8859-4", 36, 0),
    ("cp1257", "iso8859-13", 4, 0xA0),
    ("cp858", "cp850", 1, 0),
    ("cp860", "cp437", 16, 0),
    ("cp861", "cp437", 12, 0),
    ("cp863", "cp437", 21, 0),
    ("cp865", "cp437", 3, 0),
    ("cp808", "cp866", 1, 0),
    ("cp500", "cp037", 7, 0),
    ("cp1047", "cp037", 6, 0),
    ("cp1140", "cp037", 1, 0),
    ("cp1142", "cp277", 1, 0),
    ("cp1143", "cp278", 1, 0),
    ("cp1144", "cp280", 1, 0),
    ("cp1145", "cp284", 1, 0),
    ("cp1146", "cp285", 1, 0),
    ("cp1147", "cp297", 1, 0),
    ("cp1148", "cp500", 1, 0),
    ("cp1149", "cp871", 1, 0),
    ("mac-turkish", "mac-roman", 7, 0),
    ("mac-iceland", "mac-roman", 6, 0),
    ("mac-croatian", "mac-roman", 20, 0),
    ("mac-romanian", "mac-roman", 6, 0),
    ("mac-sami", "mac-roman", 31, 0),
    ("mac-farsi", "mac-arabic", 10, 0),
    ("cp922", "iso8859-1", 4, 0),
    ("csa-z243.4-1985-2", "csa-z243.4-1985-1", 1, 0),
    ("iso646-kr", "ascii", 1, 0),
    ("csn-369103", "iso8859-2", 2, 0),
]
# charset, code, character that its note names there
PLACES = [
    ("cp858", 0xD5, "€"),
    ("cp808", 0xFD, "€"),
    ("mac-roman", 0xDB, "€"),
    ("cp1140", 0x9F, "€"),
    ("cp1142", 0x5A, "€"),
    ("cp1143", 0x5A, "€"),
    ("cp1149", 0x9F, "€"),
    ("cp1161", 0xDE, "€"),
    ("hp-roman9", 0xBA, "\N{EURO-CURRENCY SIGN}"),
    ("cp865", 0x9B, "ø"),
    ("cp1131", 0xF8, "І"),
    ("cp1131", 0xFC, "Ґ"),
    ("cp1253", 0xA2, "Ά"),
    ("cp771", 0xFB, "ū"),
    ("cp773", 0xFD, "ž"),
    ("mac-is", 0xDC, "Đ"),
    ("palmos", 0x90, "♠"),
    ("cp904", 0xFE, "¦"),
]


def table(name: str) -> list[str | None]:
    """What each byte is."""
    texts: list[str | None] = []
    for byte in range(256):
        try:
            texts.append(recodec.decode(bytes([byte]), name).text)
        except recodec.DecodeError:
            texts.append(None)
    return texts


@pytest.mark.parametrize(("name", "base", "number", "first"), DIFFERENCES)
def test_codes_that_differ(name: str, base: str, number: int, first: int) -> None:
    pairs = zip(table(name)[first:], table(base)[first:], strict=True)
    assert sum(one != other for one, other in pairs) == number


@pytest.mark.parametrize(("name", "code", "character"), PLACES)
def test_places(name: str, code: int, character: str) -> None:
    assert table(name)[code] == character


def test_every_charset_says_what_it_is() -> None:
    """A sentence behind the line of facts."""
    sections = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    without = [
        section.partition("\n")[0]
        for section in sections
        if not re.match(r"`.+`\n\n.+\.\n[^\n-].*\.\n", section)
    ]
    assert len(sections) == len(all_charsets()) and without == []


def test_where_flavours_are_not_their_programs_is_said() -> None:
    """Beside the charset in the page and in the list, of flavours that there are."""
    page = PAGE.read_text("utf-8")
    for name, notes in FLAVOURS.items():
        for who, said in notes:
            assert who in lookup(name).known_by
            assert f"- `{who}:{name}`: {said}\n" in page
    assert "icu: ICU drops a code that the end cuts" in _flavours(lookup("hz"))
