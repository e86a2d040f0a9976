"""Why some charsets are never told by themselves: the table of docs/how-it-decides.md.

A reason is the beginning of `undetected` in native/gen/charsets.toml. Two are claims about bytes,
and are held to the tables: text reads the same as what it is told as, and an edition has no code of
its own that would tell it.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from pathlib import Path

import pytest

import recodec

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("RECODEC_SHARED") or ROOT.parent / "shared")
sys.path.insert(0, str(ROOT / "benchmarks"))
ROWS = pytest.importorskip("whole_registry").rows()
# The rows of the table, and how the sentences begin that say so.
REASONS = {
    "The same text": ("The letters of", "The text of", "The pairs of"),
    "Another form of signs": ("An edition of",),
    "The same escapes": ("The escape sequences of", "Latin-1 until an escape"),
    "ASCII": (
        "ASCII but for signs", "A form for transport", "Braille in ASCII", "Seven bits where",
    ),
    "Other letters in ASCII": ("Katakana where ASCII", "Greek capitals for", "Latin and Greek cap"),
    "Signs": ("Symbols, not letters", "Braille:", "Signs and letters of fonts"),
    "Parts of sets": ("A supplement of", "The right half", "An alphabet with holes"),
    "No model": ("No model for", "No language:", "Half-width jamo"),
    "No structure": (
        "Half of ISO-2022-JP-2", "Its own order", "Groups by lead byte", "A font encoding",
        "Bytes in disguise", "No free mapping",
    ),
}  # fmt: skip
# What reads a few signs otherwise, and these: a lone accent and a dot, or what hardly any text has.
NEARLY = {
    "cp4909": {0xB4, 0xB7}, "ibm-813_p100-1995": {0xB4, 0xB7}, "ibm-916_p100-1995": {0xAF, 0xB7},
    "ibm-1253_p100-1995": {0xAA}, "palmos": {0x8D, 0x8E, 0x8F, 0x90},
}  # fmt: skip
# One sign of a single byte, which may be a stray one.
LONE = {"mac-chinesetrad": {"ff"}, "cp942": {"a0"}}


def of_reason(starts: tuple[str, ...]) -> set[str]:
    return {name for name, row in ROWS.items() if row.get("undetected", "").startswith(starts)}


def table() -> dict[str, tuple[int, set[str]]]:
    page = (ROOT / "docs" / "how-it-decides.md").read_text("utf-8")
    rows = re.findall(r"^\| \*\*([^|*]+)\*\*[^|]* \| (\d+) \| ([^|]+) \|$", page, re.MULTILINE)
    return {reason: (int(n), set(re.findall(r"`([^`]+)`", names))) for reason, n, names in rows}


def test_the_table_names_every_charset_once() -> None:
    found = table()
    assert set(found) == set(REASONS)
    for reason, starts in REASONS.items():
        assert found[reason][1] == of_reason(starts), reason
        assert found[reason][0] == len(found[reason][1]), reason
    never = {name for name, row in ROWS.items() if not row["detectable"]}
    assert sum(count for count, _ in found.values()) == len(never)


def reads(data: bytes, charset: str) -> str | None:
    try:
        return recodec.decode(data, charset).text
    except recodec.DecodeError:
        return None


def is_control(text: str) -> bool:
    return all(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in text)


@pytest.mark.parametrize(
    "charset",
    sorted(name for name in of_reason(REASONS["The same text"]) if ROWS[name]["kind"] == "single"),
)
def test_every_byte_reads_the_same(charset: str) -> None:
    other = ROWS[charset]["told_as"]
    apart = set()
    for byte in range(256):
        text = reads(bytes([byte]), charset)
        if text is not None and not is_control(text) and text != reads(bytes([byte]), other):
            apart.add(byte)
    assert apart == NEARLY.get(charset, set())


@functools.cache
def own_codes(head: str) -> set[tuple[bytes, bool]]:
    """Those by which editions are told, and whether the head has them for private use."""
    import gen_editions

    return set(gen_editions.own_codes(head, gen_editions.editions()[head]))


@pytest.mark.parametrize("charset", sorted(of_reason(REASONS["Another form of signs"])))
def test_an_edition_has_no_code_that_would_tell_it(charset: str) -> None:
    if not (SHARED / "tables" / "multi").is_dir():
        pytest.skip(f"needs the tables in {SHARED}")
    sys.path.insert(0, str(ROOT / "native" / "gen"))
    import gen_editions
    import registry

    row = next(row for row in registry.load() if row.name == charset)
    head = "cp950" if row.told_as == "big5hkscs" else row.told_as
    if head not in gen_editions.FAMILIES:
        pytest.skip(f"the planes of {head} have an automaton of their own")
    told = own_codes(head)
    left = {key.hex() for key, private in gen_editions.own_codes(head, [row])
            if (key, private) not in told}  # fmt: skip
    assert left == LONE.get(charset, set())
