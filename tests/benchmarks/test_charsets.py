"""The codecs that the sets are built with where CPython has none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import charsets


def _rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "corpora" / "encodings.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_charset_reads_what_it_writes(shared: Path) -> None:
    found = 0
    for row in _rows(shared):
        charset = charsets.for_label(row["encoding"], row["python"], shared)
        if charset is None:
            assert row["python"] == "-"
            continue
        found += 1
        data = charset.encode("12 45\n")
        assert charset.decode(data) == "12 45\n", row
    assert found > 500


def test_groups(shared: Path) -> None:
    groups = {}
    for row in _rows(shared):
        charset = charsets.for_label(row["encoding"], row["python"], shared)
        groups[row["encoding"]] = charset.group if charset else None
    assert groups["windows-1251"] == "cpython"
    assert groups["VISCII"] == "core"
    assert groups["IBM930"] == "rare"
    assert groups["DIN_66003"] == "iso646"
    assert groups["InPage"] is None


@pytest.mark.parametrize(
    ("label", "text", "data"),
    [
        # RFC 1922: the designation is repeated on each line.
        ("ISO-2022-CN", "a啊\n啊", "611b2429410e30210f0a1b2429410e30210f"),
        ("ISO-2022-CN", "乂a", "1b242a481b4e212161"),
        ("CP50220 (ISO-2022-JP-MS)", "a亜①", "611b244230212d211b2842"),
        ("IBM930", "亜A", "0e48670fc1"),
        ("EUC-TW", "一", "c4a1"),
        ("VNI (Windows)", "tiếng", "746965e16e67"),
        ("TCVN5712-1 (VSCII, ABC fonts)", "tiếng", "7469d56e67"),
        ("VISCII", "tiếng", "7469aa6e67"),
        ("MIK (bulgaria-mik)", "Аб", "80a1"),
        ("IBM1025", "Аб", "b978"),
        ("ISCII-DEV (IS 13194)", "हिन्दी", "d8dbc6e8c4dc"),
        # Vowel signs that stand on the left come before their consonant.
        ("TSCII", "கெ", "a6ab".replace("ab", "b8")),
    ],
)
def test_bytes(shared: Path, label: str, text: str, data: str) -> None:
    charset = charsets.for_label(label, "-", shared)
    assert charset is not None
    assert charset.encode(text).hex() == data
    assert charset.decode(bytes.fromhex(data)) == text


def test_unencodable_is_an_error(shared: Path) -> None:
    for label in ("VISCII", "EUC-TW", "IBM930", "ISO-2022-CN", "CP50220 (ISO-2022-JP-MS)"):
        charset = charsets.for_label(label, "-", shared)
        assert charset is not None
        with pytest.raises(UnicodeEncodeError):
            charset.encode("\U0001f600")


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("windows-1251", b"\xcf", "П"),
        ("MAC-CENTRALEUROPE", b"\x8b", "č"),
        ("UHC", b"\xb0\xa1", "가"),
        ("IBM420_ltr", b"\xc1", "A"),
        ("ISO-8859-8-I", b"\xe0", "א"),
        ("VISCII", b"\xaa", "ế"),
        ("georgian-ps", b"\xc0", "ა"),
        ("EUC-TW", b"\xc4\xa1", "一"),
        ("utf-8", b"\xc3\xa9", "é"),
    ],
)
def test_detector_names_are_found(shared: Path, name: str, data: bytes, text: str) -> None:
    decode = charsets.decoder(name, shared)
    assert decode is not None
    assert decode(data) == text


@pytest.mark.parametrize("name", ["no-such-charset", "base64", "rot13", ""])
def test_unknown_names_and_byte_codecs_are_not(shared: Path, name: str) -> None:
    assert charsets.decoder(name, shared) is None
