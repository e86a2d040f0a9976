"""`glibc:` and `libiconv:` held to the running converters, under every name that these have.

A name may mean another table there than elsewhere: glibc's MS_KANJI is its SJIS, IBM-932 a page of
its own, libiconv's MS936 is its CP936.
"""

from __future__ import annotations

import functools
import platform
import re
import shutil
import subprocess

import pytest

from iconv_library import LIBRARIES
from recodec import UnknownCharsetError
from recodec._coding.route import route
from recodec._conversion.route import Route
from recodec._registry.charsets import find

# Forms of a program's memory, in the order of the machine: no file is in them.
LEFT_OUT = re.compile(r"WCHAR_T|INTERNAL|UCS-[24]-(INTERNAL|SWAPPED)")


def names(who: str) -> list[str]:
    """All names that the implementation has."""
    library = LIBRARIES[who]
    if library is None:
        return []
    if who == "libiconv":
        return [name for name in library.names() if not LEFT_OUT.fullmatch(name)]
    iconv = shutil.which("iconv")
    if iconv is None:
        return []
    listed = subprocess.run([iconv, "-l"], capture_output=True, check=True).stdout.decode()
    found = sorted({line.strip().split("//")[0] for line in listed.splitlines()})
    return [name for name in found if not LEFT_OUT.fullmatch(name) and library.has(name)]


NAMES = {who: names(who) for who in LIBRARIES}
needs_all = pytest.mark.skipif(
    not all(NAMES.values()),
    reason=f"no names to ask for: {[who for who, found in NAMES.items() if not found]} "
    "(glibc's iconv; lxml, which carries libiconv, or libiconv itself)",
)


def known(who: str, name: str) -> Route | None:
    try:
        return route(f"{who}:{name}")
    except UnknownCharsetError:
        return None


def cases() -> list[tuple[str, str]]:
    """Names whose charsets have no states, each once."""
    found: list[tuple[str, str]] = []
    for who, listed in NAMES.items():
        for name in listed:
            charset = find(name)
            if charset is None or charset.kind in ("single", "multi") or charset.family == "ebcdic":
                found.append((who, name))
    return found


CASES = cases()
# Han, Hangul and private use are many; a part of them tells one table from another. Tags of
# language (U+E0000..E007F) both leave out of what they write without a word; here they are refused.
POINTS = [
    point
    for point in (*range(1, 0xFFFE), *range(0x20000, 0x2A000, 53), 0x1F600, 0x30000)
    if not 0xD800 <= point < 0xE000
    and not 0x0E <= point <= 0x0F  # glibc writes a substitute for these in EBCDIC with shifts
    and (not 0x3400 <= point < 0xF900 or point % 37 == 0)
]
LETTERS = [
    point for point in POINTS if point < 0x700 or (0xE00 <= point < 0x1F00 and point % 3 == 0)
]
MORE = [point for point in POINTS if 0x1F00 <= point < 0x2800 or point > 0xFB00]
PAIRS = [
    bytes((lead, trail))
    for lead in range(0x20, 0x100)
    for trail in range(0x20, 0x100)
    if (lead + 3 * trail) % 13 == 0
]


# glibc takes this code of nothing and stops behind it.
QUIRK = ("CP949", b"\xa2\xe8")


@needs_all
def test_every_name_is_known() -> None:
    missing = [f"{who}:{name}" for who in NAMES for name in NAMES[who] if not known(who, name)]
    assert missing == []


@needs_all
@pytest.mark.parametrize("who", LIBRARIES)
def test_every_character_is_written_alike(who: str) -> None:
    """By each name, or one of those that are routed alike to the same converter."""
    library = LIBRARIES[who]
    assert library is not None
    differ = {}
    for name in distinct(who):
        charset = find(name)
        single = charset is not None and charset.kind == "single"
        text = "".join(f"{chr(point)}\n" for point in (LETTERS + MORE if single else POINTS))
        codec = known(who, name)
        assert codec is not None
        if codec.encode(text, "ignore")[0] != library.written(name, text):
            differ[name] = codec.name
    assert differ == {}


@needs_all
@pytest.mark.parametrize("who", LIBRARIES)
def test_every_code_is_read_alike(who: str) -> None:
    """All single bytes; of multi-byte sets and those that compose, pairs as well."""
    library = LIBRARIES[who]
    assert library is not None
    differ = []
    for name in distinct(who):
        codec = known(who, name)
        assert codec is not None
        charset = find(name)
        assert charset is not None
        composes = charset.name in ("cp1255", "cp1258", "tcvn") or charset.kind != "single"
        codes = [bytes((byte,)) for byte in range(256)] + (PAIRS if composes else [])
        differ += [
            (name, code.hex(), mine, theirs)
            for code, theirs in zip(codes, library.read(name, codes), strict=True)
            if (mine := read(codec, code)) != theirs and (name, code) != QUIRK
        ]
    assert differ == []


def changed_since(name: str) -> bool:
    """Whether a later glibc than 2.36, which the tables are of, has another table by now."""
    release = tuple(map(int, platform.libc_ver()[1].split(".")[:2]))
    return name == "GB18030" and release > (2, 36)  # its edition of 2022


@functools.cache
def distinct(who: str) -> list[str]:
    """One name for each route and converter there, as some of its characters tell it."""
    library = LIBRARIES[who]
    assert library is not None
    sample = "".join(f"{chr(point)}\n" for point in (*range(0x20, 0x180), *range(0x390, 0x3D0)))
    sample += "\u3042\n\u4e00\n\u4e95\n\uac00\n\u9c3a\n\u7e8a\n"
    found: dict[tuple[bytes, bytes, str], str] = {}
    for asked, name in CASES:
        codec = known(who, name) if asked == who else None
        if codec is not None and not (who == "glibc" and changed_since(name)):
            codes = b"".join(
                str(one).encode("utf-8", "surrogatepass") for one in library.read(name, _PROBES)
            )
            found.setdefault((library.written(name, sample), codes, codec.name), name)
    return list(found.values())


_PROBES = [bytes((byte,)) for byte in range(256)] + PAIRS[::40]


def read(codec: Route, code: bytes) -> str | int:
    """What a code stands for, or where it stops being one."""
    try:
        return codec.decode(code, "strict")[0]
    except UnicodeDecodeError as error:
        return error.start


@needs_all
@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("glibc:ms_kanji", b"\\", "\xa5"),
        ("glibc:ibm-932", b"\x81\x60", "\u301c"),
        ("glibc:turkish8", b"\xa1", "\xc7"),
        ("glibc:koi-7", b"A", "\u0430"),
        ("libiconv:ms936", b"\x80", "\u20ac"),
        ("libiconv:ks_c_5601-1989", b"0!", "\uac00"),
        ("libiconv:windows-1255", b"\xf9\xcc\xd1", "\ufb2c"),
        ("libiconv:windows-1255", b"\xf9\xd2\xcc", "\ufb2d"),
    ],
)
def test_names_that_mean_something_else_there(name: str, code: bytes, text: str) -> None:
    assert route(name).decode(code, "strict")[0] == text
    who, _, label = name.partition(":")
    library = LIBRARIES[who]
    assert library is not None
    assert library.read(label, [code]) == [text]
