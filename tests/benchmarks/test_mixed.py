"""The files in several encodings are what they say."""

from __future__ import annotations

from pathlib import Path

import mixed
import sets


def test_files_are_in_their_encodings(shared: Path) -> None:
    every = list(mixed.files(sets.Builder(shared), 1))
    assert len(every) == len(mixed.PAIRS) * len(mixed._LAYOUTS) * 2
    for pair, file in zip(mixed.PAIRS, every[:: len(mixed._LAYOUTS) * 2], strict=True):
        for line in file.lines:
            assert any(line.text.encode(codec, "replace") == line.data for _, codec in pair)
        right, asked = mixed._read_rightly(file, "".join(line.text for line in file.lines))
        assert right == asked > 0
