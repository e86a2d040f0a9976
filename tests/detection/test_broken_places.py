"""Text of several bytes a character with a place that does not decode."""

from __future__ import annotations

from pathlib import Path

import pytest

import recodec

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
