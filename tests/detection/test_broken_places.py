"""Text of several bytes a character with a place that does not decode."""

from __future__ import annotations

from pathlib import Path

import pytest

import recodec
from own_texts import prose

_KOREAN = Path(__file__).parents[2] / "corpora" / "samples" / "ko-names.txt"


@pytest.mark.parametrize("times", [3, 8])
@pytest.mark.parametrize("broken", [b"", b"\xff"], ids=["lost", "changed"])
def test_its_rivals_are_weighed_over_the_same_bytes(times: int, broken: bytes) -> None:
    """Where the race of these stopped early, they had cost less: it was Russian in cp866."""
    sample = _KOREAN.read_bytes()
    lines = sample.decode(recodec.detect(sample).encoding or "").splitlines()
    text = "\n".join([line for line in lines if not line.isascii()] * times)
    data = text.encode("gb18030")
    for at in range(len(data) // 2, len(data) - 4, len(data) // 9):
        found = recodec.detect(data[:at] + broken + data[at + 1 :])
        assert found.encoding == "gb18030", at


@pytest.mark.parametrize("size", [16, 64, 500])
@pytest.mark.parametrize("filled", [b"\xff", b"\x80"])
@pytest.mark.parametrize("charset", ["cp932", "gb18030", "big5hkscs", "cp949"])
def test_a_hole_is_one_place(charset: str, filled: bytes, size: int) -> None:
    """Mac Japanese and windows-936 have signs there, and Arabic and Urdu charsets letters."""
    language = {"cp932": "ja", "cp949": "ko", "gb18030": "zh-Hans"}.get(charset, "zh-Hant")
    data = (prose(language) * 2).encode(charset, "ignore")
    at = data.index(b"\n", len(data) // 3)
    found = recodec.detect(data[:at] + filled * size + data[at:])
    assert found.encoding in {charset, "cp950"}
    assert found.bad in {0, size}  # Python's cp932 decodes FF and 80


@pytest.mark.parametrize("size", [2, 3, 5, 7])
@pytest.mark.parametrize("filled", [b"\xff", b"\xfd"])
def test_what_nobody_writes_twice_is_a_hole(filled: bytes, size: int) -> None:
    for line in filter(None, prose("ja").splitlines()):
        data = line.encode("cp932", "ignore")
        for broken in (filled * size + data, data + filled * size):
            assert recodec.detect(broken).encoding == "cp932", line


def test_signs_of_money_in_a_row_are_no_hole() -> None:
    names = "甲乙丙丁戊"
    lines = [f"餐厅{name}：{'€' * (k % 3 + 2)}，味道很好。\n" for k, name in enumerate(names)]
    found = recodec.detect(recodec.encode("".join(lines), "windows-936"))
    assert (found.encoding, found.bad) == ("windows-936", 0)
