"""The evaluation sets are what they say, and the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

import binaries
import charsets
import set_names
import set_pieces
import sets
import texts


@pytest.fixture(scope="module")
def builder(shared: Path) -> sets.Builder:
    return sets.Builder(shared)


@pytest.mark.parametrize("name", ["30", "names", "odd", "utf16-60", "binary"])
def test_seed_decides(shared: Path, builder: sets.Builder, name: str) -> None:
    again = sets.Builder(shared).get(name)
    assert again == builder.get(name)
    other = sets.Builder(shared, seed=2).get(name)
    assert [item.data for item in other] != [item.data for item in again]


@pytest.mark.parametrize("name", set_names.LEGACY_SETS + set_names.RARE_SETS)
def test_legacy_items(shared: Path, builder: sets.Builder, name: str) -> None:
    by_row = {f"{pair.language}/{pair.label}": pair for pair in builder.pairs}
    items = builder.get(name)
    assert len({item.id for item in items}) == len(items)
    for item in items:
        pair = by_row[item.id.rsplit("/", 1)[0]]
        assert item.text == pair.charset.decode(item.data)
        assert (item.encoding, item.weight) == (pair.charset.name, pair.weight)
        assert (pair.charset.group in ("cpython", "core")) == (name in set_names.LEGACY_SETS)


def test_unlisted_items(builder: sets.Builder) -> None:
    listed = {(pair.language, pair.charset.name) for pair in builder.pairs}
    items = builder.get("unlisted")
    assert len({item.id for item in items}) == len(items) > 100
    assert not {(item.language, item.encoding) for item in items} & listed
    assert all(item.text and not item.text.isascii() for item in items)


def test_sizes(builder: sets.Builder) -> None:
    for name, size in (("full", set_pieces.FULL), ("200", 200), ("30", 30), ("caps", 200)):
        assert max(len(item.data) for item in builder.get(name)) <= size
    assert all(1000 < len(item.data) < 2600 for item in builder.get("html"))


def test_pairs_are_covered(builder: sets.Builder) -> None:
    rows = {
        f"{pair.language}/{pair.label}"
        for pair in builder.pairs
        if pair.charset.group in ("cpython", "core")
    }
    for name in ("full", "200"):
        missing = rows - {item.id.rsplit("/", 1)[0] for item in builder.get(name)}
        # Their dev texts hold hardly anything that is not ASCII.
        assert {row.split("/")[0] for row in missing} <= {"la", "sw", "ms", "eo", "id", "tl", "yi"}
    short = {item.id.rsplit("/", 1)[0] for item in builder.get("30")}
    assert len(short) > 0.85 * len(rows)


def test_thirty_bytes_carry_evidence(builder: sets.Builder) -> None:
    kinds = {(pair.language, pair.charset.name): pair for pair in builder.pairs}
    for item in builder.get("30"):
        pair = kinds[(str(item.language), item.encoding)]
        if not (pair.seven_bit or pair.ebcdic):
            assert sum(byte >= 0x80 for byte in item.data) >= 3, item


def test_web_set_is_a_part(builder: sets.Builder) -> None:
    whole = {item.id for item in builder.get("30")}
    web = builder.get("web30")
    assert {item.id for item in web} < whole
    assert {item.encoding for item in web} <= set_names.WEB


def test_capitals_are_capitals(builder: sets.Builder) -> None:
    for item in builder.get("caps"):
        assert item.text is not None
        small = sum(char.islower() and char.upper() != char for char in item.text)
        assert small <= 2, item  # `º`, `ß` and the like have no capital in the charset


def test_html_declares_nothing(builder: sets.Builder) -> None:
    assert not any("charset=" in (item.text or "").lower() for item in builder.get("html"))


@pytest.mark.parametrize("name", [*set_names.UNICODE_SETS, "ascii"])
def test_unicode_items(builder: sets.Builder, name: str) -> None:
    items = builder.get(name)
    languages = {item.language for item in items}
    assert len(languages) == 8 if name == "ascii" else len(languages) > 80
    for item in items:
        assert item.text is not None
        assert item.data.decode(item.encoding).lstrip("\ufeff") == item.text


def test_odd_items_decode_or_accept(builder: sets.Builder) -> None:
    items = builder.get("odd")
    assert len({item.id for item in items}) == len(items)
    for item in items:
        if item.text is None:
            assert item.accept, item.id
        elif item.data:
            decoded = item.data.decode(item.encoding).lstrip("\ufeff")
            assert decoded == item.text, item.id
    families = {item.id.split("/", 1)[0] for item in items}
    assert {"utf8-one-bad", "cesu-8", "late-1000k", "starts-mid-character", "lying-html", "csv",
            "srt", "mixed", "ends-mid-character", "one-high", "nul-separated", "ansi-log", "ascii",
            "box", "odd-length", "tiny", "double-utf8", "utf-7"} <= families  # fmt: skip


def test_broken_utf8_is_broken(builder: sets.Builder) -> None:
    for item in builder.get("odd"):
        if item.id.startswith(("utf8-", "cesu-8", "wtf-8")):
            with pytest.raises(UnicodeDecodeError):
                item.data.decode("utf-8")


def test_labels_lie(builder: sets.Builder) -> None:
    for item in builder.get("odd"):
        if item.id.startswith("lying-html"):
            label = item.id.rsplit("/", 1)[1]
            assert label.encode() in item.data
            try:
                assert item.data.decode(label) != item.text, item.id
            except UnicodeDecodeError:
                continue


def test_binaries_are_no_text(builder: sets.Builder) -> None:
    items = builder.get("binary")
    assert len(items) == len(list(binaries.make(builder._rng("binary"))))
    for item in items:
        assert (item.text, item.encoding, item.language) == (None, "binary", None)
        assert len(item.data) >= 64


def test_unknown_set(builder: sets.Builder) -> None:
    with pytest.raises(KeyError):
        builder.get("no-such-set")


def test_fit_never_cuts_a_character() -> None:
    def encode(text: str) -> bytes:
        return text.encode("euc_jp")

    for size in range(12):
        part = texts.fit("日a本語b", size, encode)
        assert len(encode(part)) <= size
        assert "日a本語b".startswith(part)
    assert texts.fit("日a本語b", 3, encode) == "日a"


def test_names_of_the_web_are_ours(builder: sets.Builder) -> None:
    known = {pair.charset.name for pair in builder.pairs}
    assert known >= set_names.WEB - {"gb2312", "tis-620"}
    assert charsets.spelled("iso8859_2") == "iso8859-2"
