"""ICU's charsets with states, held to a running ICU: every character, both ways.

ICU's `ucnv2022.cpp` says which table each set is, and in which order they are tried; tables of its
own are not published for these, so that nothing but the program itself can tell.
"""

from __future__ import annotations

import re

import pytest

from icu_library import ICU, needs_icu
from recodec._coding.route import route

pytestmark = needs_icu

POINTS = [
    point
    for point in (*range(0x20, 0x7F), *range(0xA0, 0x10000), *range(0x1F300, 0x1F400))
    if not 0xD800 <= point < 0xE000
]
EBCDIC = (930, 935, 937, 939, 1364, 1371, 1388, 1390, 1399)
NAMES = [
    *(f"ISO_2022,locale=ja,version={version}" for version in range(5)),
    *(f"ISO_2022,locale=ko,version={version}" for version in range(2)),
    *(f"ISO_2022,locale=zh,version={version}" for version in range(2)),
    "HZ",
    *(f"ISCII,version={script}" for script in range(9)),
    *(f"ibm-{page}" for page in EBCDIC),
    "UTF-7",
    "CESU-8",
]
# A code is read alike by all; SCSU and BOCU-1 may be written in many ways, and ICU holds on to the
# window of a line before, or to the group of a character before in LMBCS.
READ_ONLY = ["SCSU", "BOCU-1", "LMBCS-1"]
# In version 0 ICU takes the byte 5C for the won sign, against RFC 1557, which has ASCII there.
# Its ISCII writes Gurmukhi's tippi as the bindi A2, which it reads as tippi behind some letters
# only; ours writes what reads back everywhere.
# What it writes for the last two of the plane in LMBCS it does not read.
SPARED = {"ISO_2022,locale=ko,version=0": "\\\u20a9", "LMBCS-1": "\ufffe\uffff"} | {
    f"ISCII,version={script}": "\u0a70" for script in range(9)
}


def text_for(name: str) -> str:
    """Each character on a line of its own, behind its code point."""
    spared = SPARED.get(name, "")
    points = POINTS if "ISCII" not in name else [*range(0x20, 0x7F), *range(0xA0, 0x2100)]
    return "".join(f"{point:05X} {chr(point)}\n" for point in points if chr(point) not in spared)


def comparable(name: str, data: bytes) -> bytes:
    """Without what may differ: where the header stands, whether a line is left in JIS Roman, and
    whether one begins with the script that is in force anyway.
    """
    if "locale=ko" in name:
        return data.replace(b"\x1b$)C", b"")
    if "locale=ja" in name:
        return data.replace(b"\x1b(B\n", b"\n")
    return re.sub(rb"\xef[\x40-\x4b]", b"", data) if "ISCII" in name else data


@pytest.mark.parametrize("name", NAMES)
def test_every_character_both_ways(name: str) -> None:
    codec = route(f"icu:{name}")
    text = text_for(name)
    assert ICU is not None
    written = ICU.written(name, text)
    ours = codec.encode(text, "ignore")[0]
    assert comparable(name, ours) == comparable(name, written)
    assert codec.decode(written, "strict")[0] == ICU.read(name, written)


@pytest.mark.parametrize("name", READ_ONLY)
def test_every_character_is_read(name: str) -> None:
    text = text_for(name)
    assert ICU is not None
    written = ICU.written(name, text)
    assert route(f"icu:{name}").decode(written, "strict")[0] == text
    ours = route(f"icu:{name}").encode(text, "strict")[0]
    assert ICU.read(name, ours) == text


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        # NEC's row 13 is in ICU's JIS X 0208, half-width katakana are read and not written.
        ("icu:iso-2022-jp", "①", b"\x1b$B-!\x1b(B"),
        ("icu:iso-2022-jp", "～", b"\x1b$B!A\x1b(B"),
        ("icu:iso-2022-jp-2", "«", b"\x1b.A\x1bN+"),
        ("icu:iso-2022-kr", "—", b"\x1b$)C\x0e!*\x0f"),
        ("icu:iscii-dev", "\u0915\u094d\u200d", b"\xb3\xe8\xe9"),
        ("icu:iscii-dev", "\u200d", b"\xd9"),
        ("icu:lmbcs-1", "éĀ☺ΜŤ", b"\x82\x06\x2e\x01\x01\x02\xb7\x06\x9b"),
        ("icu:lmbcs-1", "≥○ǎ", b"\x02\x72\x10\x81\x9b\x14\x01\xce"),
    ],
)
def test_what_icu_has_and_others_do_not(name: str, text: str, code: bytes) -> None:
    codec = route(name)
    assert codec.encode(text, "strict")[0] == code
    assert codec.decode(code, "strict")[0] == text


def test_the_plain_names_stay_as_they_are() -> None:
    for name, text in (("iso-2022-jp", "①"), ("iso-2022-kr", "—")):
        with pytest.raises(UnicodeEncodeError):
            route(name).encode(text, "strict")


@pytest.mark.parametrize("name", ["UTF-16", "UTF-32"])
def test_the_order_of_text_without_a_mark(name: str) -> None:
    assert ICU is not None
    codec = route(f"icu:{name}")
    for form in (f"{name}BE", f"{name}LE"):
        for mark in ("", "\ufeff"):
            data = f"{mark}ab".encode(form)
            theirs = ICU.read(name, data) if mark or "B" in form else ""
            assert not theirs or codec.decode(data, "strict")[0] == theirs == "ab"
    assert codec.encode("a😀", "strict")[0] == ICU.written(name, "a😀")
