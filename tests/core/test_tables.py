"""The conversion tables by name and by number."""

from __future__ import annotations

import pytest

from recodec import OptionError
from recodec._core import tables
from recodec._native import ffi, lib

NAMES = tables.table_names()


def test_names_are_sorted_and_found() -> None:
    assert list(NAMES) == sorted(NAMES)
    assert len(NAMES) > 650
    assert all(tables.has_table(name) for name in NAMES)
    assert {"cp932", "big5@whatwg", "ibm930", "iscii-0", "jisx0213-2", "cns11643"} <= set(NAMES)


@pytest.mark.parametrize("name", ["", "cp9322", "é", "cp932\0", "CP932"])
def test_unknown_names_are_refused(name: str) -> None:
    assert not tables.has_table(name)
    with pytest.raises(OptionError, match="no conversion table"):
        tables.expand(name)


def test_numbers_out_of_range() -> None:
    for number in (-1, len(NAMES), 1 << 30):
        assert lib.rcd_table_measure(number, ffi.new("rcd_table_shape *")) == lib.RCD_E_OPTION
        assert ffi.string(lib.rcd_table_name(number)) == b""
    assert lib.rcd_table_sequence(1 << 20, ffi.new("uint32_t[4]")) == 0
