"""Charsets with states, and forms of Unicode, of `glibc:` and `libiconv:`, held to the converters:
every character as it is written, and any sequence of bytes as it is read or where it stops.
"""

from __future__ import annotations

import random
import sys

import pytest

from iconv_library import LIBRARIES
from recodec._coding.route import route
from sequences import (
    BASE64,
    EBCDIC,
    JAPANESE,
    JAPANESE_2,
    ODD,
    PLAIN,
    SHIFTS,
    WIDE,
    escapes,
)

needs = {
    who: pytest.mark.skipif(library is None, reason=f"no {who} here")
    for who, library in LIBRARIES.items()
}

_PLAIN = [*PLAIN, *ODD, b"\x1b"]
# A designation while SO is in force holds from the next SO on to glibc, which does not write it so.
_DESIGNATIONS = escapes(b"$)A $)G $)E")
_CHINESE = [*escapes(b"$*H $+I $+J"), b"\x0f", b"\x1b$)A\x0e", b"\x1b$)G\x0e"]
_CHINESE += [b"\x1b$*H\x1bN!!", b"\x1b$+I\x1bO!!"]

PIECES = {
    ("glibc", "ISO-2022-JP"): _PLAIN + SHIFTS + JAPANESE,
    ("glibc", "ISO-2022-JP-2"): _PLAIN + SHIFTS + JAPANESE + JAPANESE_2,
    ("glibc", "ISO-2022-JP-3"): _PLAIN + SHIFTS + JAPANESE,
    ("glibc", "ISO-2022-KR"): [*_PLAIN, *SHIFTS, b"\x1b$)C"],
    ("glibc", "ISO-2022-CN"): _PLAIN + _CHINESE,
    ("glibc", "ISO-2022-CN-EXT"): _PLAIN + _CHINESE,
    ("glibc", "UTF-7"): BASE64,
    ("glibc", "UCS-2"): WIDE,
    ("glibc", "UNICODEBIG"): WIDE,
    **{("glibc", f"IBM{page}"): EBCDIC for page in (930, 933, 935, 937, 939, 1371, 1390)},
    ("libiconv", "ISO-2022-JP"): _PLAIN + SHIFTS + JAPANESE,
    ("libiconv", "ISO-2022-JP-1"): _PLAIN + SHIFTS + JAPANESE,
    ("libiconv", "ISO-2022-JP-2"): _PLAIN + SHIFTS + JAPANESE + JAPANESE_2,
    ("libiconv", "ISO-2022-JP-MS"): _PLAIN + JAPANESE,
    ("libiconv", "ISO-2022-KR"): [*_PLAIN, *SHIFTS, b"\x1b$)C"],
    ("libiconv", "ISO-2022-CN"): _PLAIN + _CHINESE + SHIFTS + _DESIGNATIONS,
    ("libiconv", "ISO-2022-CN-EXT"): _PLAIN + _CHINESE + SHIFTS + _DESIGNATIONS,
    ("libiconv", "UTF-7"): BASE64,
    ("libiconv", "UTF-16LE"): WIDE,
    ("libiconv", "UNICODELITTLE"): WIDE,
    ("libiconv", "C99"): [b"\\", b"00e9", b"\\u00e9", b"\\U0001f600", b"\x81", b"a"],
    ("libiconv", "JAVA"): [b"\\", b"00e9", b"\\u00e9", b"\\ud83d\\ude00", b"\x81", b"a"],
}
# glibc stops behind a character that UTF-7 cuts, here it is where the character begins.
_OTHER_PLACE = {("glibc", "UTF-7")}


def _marked(found: dict[tuple[str, str], list[bytes]]) -> list[object]:
    return [pytest.param(*key, marks=needs[key[0]]) for key in found]


def _passed(text: str | int) -> bool:
    """Whether they read as text what stays an error here: half a surrogate pair, for which libiconv
    writes U+FFFD, and C1 controls behind a single shift."""
    return isinstance(text, str) and any(
        character == "\ufffd" or "\x80" <= character < "\xa0" for character in text
    )


@pytest.mark.parametrize(("who", "name"), _marked(PIECES))
def test_what_is_read_and_where_it_stops(who: str, name: str) -> None:
    library, codec = LIBRARIES[who], route(f"{who}:{name}")
    assert library is not None
    chosen = random.Random(2022)
    pieces = PIECES[who, name]
    data = [b"".join(chosen.choices(pieces, k=chosen.randint(1, 6))) for _ in range(1_500)]
    differ = []
    for one, theirs, before in zip(data, *library.read_with_text(name, data), strict=True):
        try:
            mine: str | int = codec.decode(one, "strict")[0]
        except UnicodeDecodeError as error:
            mine = error.start
        wrong = isinstance(mine, int) and isinstance(theirs, int)
        spared = ((who, name) in _OTHER_PLACE and wrong) or _passed(before)
        if mine != theirs and not (spared and name not in ("C99", "JAVA")):
            differ.append((one, theirs, mine))
    assert differ == []


# What is written there and would not be read as the same again: shifts and escapes that stand in
# the text; C1 controls behind ESC N; characters of users by IBM's codes; one of two quotes.
_UNSAFE = {
    "ISO-2022-JP-2": set(range(0x80, 0xA0)),
    "ISO-2022-JP-MS": {0x301D, *range(0xE178, 0xE2F0)},
}
WRITTEN = {
    key: pieces
    for key, pieces in PIECES.items()
    if "UNICODE" not in key[1] and "UCS" not in key[1] and "UTF-16" not in key[1]
}
POINTS = [
    point
    for point in (*range(0x20, 0x3400), *range(0x3400, 0x10000, 7), *range(0x20000, 0x2A6E0, 97))
    if not 0xD800 <= point < 0xE000
]


@pytest.mark.parametrize(("who", "name"), _marked(WRITTEN))
def test_every_character_is_written_alike(who: str, name: str) -> None:
    library, codec = LIBRARIES[who], route(f"{who}:{name}")
    assert library is not None
    spared = _UNSAFE.get(name, set())
    text = "".join(f"{chr(point)}\n" for point in POINTS if point not in spared)
    mine, theirs = codec.encode(text, "ignore")[0], library.written(name, text)
    if who == "glibc" and "-CN" in name:  # SI stands behind single shifts too, where nothing is out
        mine, theirs = mine.replace(b"\x0f", b""), theirs.replace(b"\x0f", b"")
    assert mine == theirs


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("libiconv:utf-16", "a", b"\xfe\xff\x00a"),
        (
            "glibc:unicode",
            "a",
            "\ufeffa".encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be"),
        ),
        ("libiconv:utf-32", "a", b"\x00\x00\xfe\xff\x00\x00\x00a"),
        ("libiconv:iso-2022-kr", "가\n가", b"\x1b$)C\x0e0!\x0f\n\x1b$)C\x0e0!\x0f"),
        ("glibc:iso-2022-kr", "a", b"\x1b$)Ca"),
        ("glibc:iso-2022-kr", "", b"\x1b$)C"),
        ("glibc:iso-2022-jp", "a¥a", b"a\x1b(J\\a\x1b(B"),
        ("glibc:iso-2022-jp-3", "你俱", b"\x1b$(O.-\x1b$(Q.!\x1b(B"),
        ("libiconv:iso-2022-jp-2", "①", b'\x1b$A"Y\x1b(B'),
        ("libiconv:iso-2022-jp-ms", "纊炻", b"\x1b$(DTcs:\x1b(B"),
        ("glibc:utf-7", "a=é+", b"a+AD0A6QAr-"),
        ("libiconv:c99", "\x85é", b"\x85\\u00e9"),
    ],
)
def test_what_they_write_and_others_do_not(name: str, text: str, code: bytes) -> None:
    codec = route(name)
    assert codec.encode(text, "strict")[0] == code
    assert codec.decode(code, "strict")[0] == text
    who, _, label = name.partition(":")
    library = LIBRARIES[who]
    if library is not None:
        assert library.written(label, text) == code


def test_the_plain_names_stay_as_they_are() -> None:
    assert route("utf-7").encode("=", "strict")[0] == b"="
    assert route("iso-2022-kr").encode("a", "strict")[0] == b"a"
    assert route("iso-2022-jp-2").encode("¥é", "strict")[0] == b"\x1b(J\\\x1b$(D+1\x1b(B"


@pytest.mark.parametrize("name", ["glibc:iso-2022-cn", "libiconv:iso-2022-cn", "iso-2022-cn"])
@pytest.mark.parametrize("code", [b"!!", b"\xef@", b"\xa1\xa1"])
def test_a_single_shift_waits_for_both_bytes(name: str, code: bytes) -> None:
    data = b"\x1b$*H\x1bN" + code
    decoder = route(name).incremental_decoder("replace")
    text = "".join(decoder.decode(bytes((byte,))) for byte in data) + decoder.decode(b"", True)
    assert text == route(name).decode(data, "replace")[0]
