"""The conversion tables: every line of the mapping data comes back, by every way of asking."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from recodec import OptionError
from recodec._core import conversion as core
from recodec._native import ffi, lib

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "native" / "gen"))

import generated  # noqa: E402

NAMES = core.table_names()


def test_names_are_sorted_and_found() -> None:
    assert list(NAMES) == sorted(NAMES)
    assert len(NAMES) > 650
    assert all(core.has_table(name) for name in NAMES)
    assert {"cp932", "big5@whatwg", "ibm930", "iscii-0", "jisx0213-2", "cns11643"} <= set(NAMES)


@pytest.mark.parametrize("name", ["", "cp9322", "é", "cp932\0", "CP932"])
def test_unknown_names_are_refused(name: str) -> None:
    assert not core.has_table(name)
    with pytest.raises(OptionError, match="no conversion table"):
        core.decode_map(name)


def test_numbers_out_of_range() -> None:
    for number in (-1, len(NAMES), 1 << 30):
        assert lib.rcd_table_measure(number, ffi.new("rcd_table_shape *")) == lib.RCD_E_OPTION
        assert ffi.string(lib.rcd_table_name(number)) == b""
    assert lib.rcd_table_sequence(1 << 20, ffi.new("uint32_t[4]")) == 0


def test_every_table_is_what_the_source_says() -> None:
    if not (generated.shared_root() / "tables").is_dir():
        pytest.skip(f"needs {generated.shared_root()}, which is not there")
    import conversion_source

    tables = conversion_source.tables()
    assert list(tables) == list(NAMES)
    wrong = []
    for name, table in tables.items():
        expected = [(code, "".join(map(chr, text)), flag) for code, text, flag in table.decode]
        expected += [(code, "".join(map(chr, text)), flag) for text, code, flag in table.encode]
        if core.mappings(name) != expected:
            wrong.append(name)
    assert wrong == []


def test_maps_hold_what_belongs_to_their_direction() -> None:
    decode = core.decode_map("cp932")
    encode = core.encode_map("cp932")
    assert decode[b"\x82\xa0"] == "あ" and encode["あ"] == b"\x82\xa0"
    # Twice in the set: both codes decode, one is written.
    assert decode[b"\xed\x40"] == decode[b"\xfa\x5c"] == "纊"
    assert encode["纊"] == b"\xfa\x5c"
    # Written and never read.
    assert encode["\xa5"] == b"\x5c" and "\xa5" not in decode.values()
    assert "\xa5" not in core.encode_map("cp932", fallbacks=False)


def test_texts_of_several_code_points() -> None:
    assert core.decode_map("jisx0213-1")[b"\x24\x77"] == "か\u309a"
    assert core.decode_map("big5hkscs")[b"\x88\x62"] == "Ê\u0304"
    assert core.compose_map("tcvn") and not core.compose_map("cp1251")
    assert core.compose_map("iscii-0")[b"\xa1\xe9"] == "\u0950"


def test_raw_sets() -> None:
    for name in ("jisx0208", "jisx0212", "ksc5601", "gb2312-raw", "jisx0213-1", "iso-ir-165"):
        codes = set(core.decode_map(name))
        assert all(len(code) == 2 and 0x21 <= min(code) <= max(code) <= 0x7E for code in codes)
    assert core.decode_map("cns11643")[b"\x01\x44\x21"] == "一"
    assert core.decode_map("ksc5601")[b"\x30\x21"] == "가"
