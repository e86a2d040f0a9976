"""The conversion tables: every line of the mapping data comes back, by every way of asking."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from recodec._core.mappings import compose_map, decode_map, encode_map, mappings
from recodec._core.tables import table_names

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "native" / "gen"))

import generated  # noqa: E402


def test_every_table_is_what_the_source_says() -> None:
    if not (generated.shared_root() / "tables").is_dir():
        pytest.skip(f"needs {generated.shared_root()}, which is not there")
    import conversion_source

    tables = conversion_source.tables()
    assert list(tables) == list(table_names())
    wrong = []
    for name, table in tables.items():
        expected = [(code, "".join(map(chr, text)), flag) for code, text, flag in table.decode]
        expected += [(code, "".join(map(chr, text)), flag) for text, code, flag in table.encode]
        if mappings(name) != expected:
            wrong.append(name)
    assert wrong == []


def test_maps_hold_what_belongs_to_their_direction() -> None:
    decode = decode_map("cp932")
    encode = encode_map("cp932")
    assert decode[b"\x82\xa0"] == "あ" and encode["あ"] == b"\x82\xa0"
    # Twice in the set: both codes decode, one is written.
    assert decode[b"\xed\x40"] == decode[b"\xfa\x5c"] == "纊"
    assert encode["纊"] == b"\xfa\x5c"
    # Written and never read.
    assert encode["\xa5"] == b"\x5c" and "\xa5" not in decode.values()
    assert "\xa5" not in encode_map("cp932", fallbacks=False)


def test_texts_of_several_code_points() -> None:
    assert decode_map("jisx0213-1")[b"\x24\x77"] == "か\u309a"
    assert decode_map("big5hkscs")[b"\x88\x62"] == "Ê\u0304"
    assert compose_map("tcvn") and not compose_map("cp1251")
    assert compose_map("iscii-0")[b"\xa1\xe9"] == "\u0950"


def test_raw_sets() -> None:
    for name in ("jisx0208", "jisx0212", "ksc5601", "gb2312-raw", "jisx0213-1", "iso-ir-165"):
        codes = set(decode_map(name))
        assert all(len(code) == 2 and 0x21 <= min(code) <= max(code) <= 0x7E for code in codes)
    assert decode_map("cns11643")[b"\x01\x44\x21"] == "一"
    assert decode_map("ksc5601")[b"\x30\x21"] == "가"
