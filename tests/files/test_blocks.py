"""Files read in blocks."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from recodec._files.blocks import _FIRST, BLOCK, blocks, open_source

SIZES = (0, 1, _FIRST - 1, _FIRST, _FIRST + 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 4097)
DATA = random.Random(5).randbytes(max(SIZES))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("start", [0, 1, BLOCK + 5])
@pytest.mark.parametrize("limit", [None, 10, 2 * BLOCK + 1])
def test_blocks_are_the_file(tmp_path: Path, size: int, start: int, limit: int | None) -> None:
    path = tmp_path / "file"
    path.write_bytes(DATA[:size])
    wanted = DATA[start:size] if limit is None else DATA[start:size][:limit]
    with open_source(path)[0] as file:
        file.seek(start)
        seen = bytearray()
        for block in blocks(file, limit):
            seen += block
            assert file.tell() == start + len(seen)
    assert bytes(seen) == wanted


def test_a_file_that_changes_while_it_is_read_ends_where_it_does(tmp_path: Path) -> None:
    for size in (BLOCK, 3 * BLOCK + 4097):
        path = tmp_path / "file"
        path.write_bytes(DATA[: 2 * BLOCK])
        seen = bytearray()
        with open_source(path)[0] as file:
            for block in blocks(file):
                if not seen:
                    with open(path, "r+b") as other:
                        os.truncate(path, min(size, 2 * BLOCK))
                        other.seek(0, os.SEEK_END)
                        other.write(DATA[2 * BLOCK : size])
                seen += block
        assert bytes(seen) == DATA[:size]


def test_a_small_file_takes_little_memory_and_a_large_one_few_calls(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(DATA)
    with open_source(path)[0] as file:
        sizes = [len(bytes(block)) for block in blocks(file)]
    assert sizes == [_FIRST, BLOCK, BLOCK, len(DATA) - 2 * BLOCK - _FIRST]
