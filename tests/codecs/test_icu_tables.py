"""ICU's charsets without states, held to a running ICU under every name that ICU has for them.

A name may mean another page there than elsewhere: `cp949` is IBM's, and `ibm-932` is `ibm-942`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter

import pytest

from recodec import UnknownCharsetError
from recodec._coding.route import route
from recodec._registry.charsets import find

UCONV = shutil.which("uconv")
pytestmark = pytest.mark.skipif(UCONV is None, reason="uconv is not installed (icu-devtools)")

# The machine's own order, which no name of the registry stands for, and EBCDIC whose line ends are
# exchanged (15 for 25).
LEFT_OUT = re.compile(r"utf\d+_(platform|opposite)endian|.*(,swaplfnl|-s390|_lf)", re.IGNORECASE)


def uconv(data: bytes, *options: str) -> bytes:
    return subprocess.run(
        [str(UCONV), *options], input=data, capture_output=True, check=True
    ).stdout


def names() -> list[list[str]]:
    """All names that ICU has, by converter."""
    if UCONV is None:
        return []
    return [line.split() for line in uconv(b"", "-l").decode().splitlines() if line.strip()]


def stateless(label: str) -> bool:
    charset = find(label)
    return charset is not None and (
        charset.kind in ("single", "multi") or charset.family == "ebcdic"
    )


def cases() -> dict[str, str]:
    """A name to ask ICU for and what we have under it: one for each pair of mappings."""
    lines = names()
    shared = Counter(name for line in lines for name in {name.lower() for name in line})
    found: dict[tuple[int | str, str], str] = {}
    for number, line in enumerate(lines):
        for name in line:
            if not LEFT_OUT.fullmatch(name) and stateless(name):
                ours = route(f"icu:{name}").name
                found.setdefault((number if shared[name.lower()] == 1 else name, ours), name)
    return {name: ours for (_, ours), name in found.items()}


CASES = cases()
# Han, Hangul and private use are many; a part of them tells one table from another.
POINTS = [
    point
    for point in range(0xA0, 0x10000)
    if not 0xD800 <= point < 0xE000
    and (not 0x3400 <= point < 0xF900 or point % 11 == 0)
    and point != 0x2028  # uconv ends lines there
]
LETTERS = [point for point in POINTS if point < 0x700 or 0xE00 <= point < 0xE80 or point > 0x1DFF]
PAIRS = [
    bytes((lead, trail))
    for lead in range(0x40, 0x100)
    for trail in range(0x30, 0x100)
    if (lead + trail) % 5 == 0
]


def kind(name: str) -> str:
    charset = find(name)
    assert charset is not None
    return charset.kind


def test_every_name_of_icu_is_known() -> None:
    missing = []
    for name in {name for line in names() for name in line if not LEFT_OUT.fullmatch(name)}:
        try:
            route(f"icu:{name}")
        except UnknownCharsetError:
            missing.append(name)
    assert missing == []


@pytest.mark.parametrize("name", CASES)
def test_every_character_is_written_alike(name: str) -> None:
    codec = route(f"icu:{name}")
    points = [point for point in LETTERS if point < 0x2700] if kind(name) == "single" else POINTS
    text = "".join(f"{chr(point)}\n" for point in points)
    written = uconv(text.encode(), "-f", "utf-8", "-t", name, "--to-callback", "skip")
    assert codec.encode(text, "ignore")[0] == written


@pytest.mark.parametrize("name", CASES)
def test_every_code_is_read_alike(name: str) -> None:
    """All single bytes and pairs, each before its number on a line of its own."""
    codec = route(f"icu:{name}")
    try:
        codec.encode("\n#0123456789", "strict")
    except UnicodeEncodeError:
        pytest.skip("pairs alone, which the other direction holds")
    shifted = uconv("\u4e00".encode(), "-f", "utf-8", "-t", name, "--to-callback", "skip")[:1]
    before, behind = (b"\x0e", b"\x0f") if shifted == b"\x0e" else (b"", b"")
    codes = [bytes((byte,)) for byte in range(256) if byte not in (0x0A, 0x0D, 0x0E, 0x0F)]
    codes += [before + pair + behind for pair in PAIRS if kind(name) != "single"]
    ends = codec.encode("".join(f"\n\n#{number}\n" for number in range(len(codes))), "strict")[0]
    lines = ends.split(codec.encode("\n\n", "strict")[0])[1:]
    end = codec.encode("\n\n", "strict")[0]
    data = b"".join(code + end + line for code, line in zip(codes, lines, strict=True))
    theirs = uconv(data, "-f", name, "-t", "utf-8", "--from-callback", "substitute").decode()
    read = [
        {number: text for text, number in re.findall(r"([^\n]*)\n*#(\d+)\n", every)}
        for every in (codec.decode(data, "replace")[0], theirs)
    ]
    # How much of what is wrong goes with it is another matter.
    wrong = re.compile("[\x1a\ufffd]")
    mine, other = (
        {number: "wrong" if wrong.search(text) else text for number, text in texts.items()}
        for texts in read
    )
    assert mine == other
