"""Files read in blocks: mapped ones give what the others give."""

from __future__ import annotations

import mmap
import os
import random
from pathlib import Path

import pytest

from recodec._blocks import BLOCK, MappedFile, blocks, open_source

WINDOW = 1 << 22
SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + BLOCK + 4097)
DATA = random.Random(5).randbytes(max(SIZES))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("start", [0, 1, 4096, BLOCK + 5])
@pytest.mark.parametrize("limit", [None, 10, 3 * BLOCK + 1])
def test_a_mapped_file_has_the_bytes_of_a_read_one(
    tmp_path: Path, size: int, start: int, limit: int | None
) -> None:
    path = tmp_path / "file"
    path.write_bytes(DATA[:size])
    wanted = DATA[start:size] if limit is None else DATA[start:size][:limit]
    with MappedFile(path) as file:
        file.seek(start)
        seen = bytearray()
        for block in blocks(file, limit):
            seen += block
            assert file.tell() == start + len(seen)
        assert bytes(seen) == wanted
    with open_source(path)[0] as plain:
        plain.seek(start)
        assert b"".join(map(bytes, blocks(plain, limit))) == wanted


def test_what_is_written_behind_a_window_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(DATA[: 2 * BLOCK])
    seen = bytearray()
    with MappedFile(path) as file:
        for block in blocks(file):
            seen += block
            if len(seen) == BLOCK:
                with open(path, "ab") as more:
                    more.write(DATA[2 * BLOCK : WINDOW + 1])
    assert bytes(seen) == DATA[: WINDOW + 1]


def test_a_file_cut_between_windows_ends_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(DATA)
    seen = bytearray()
    with MappedFile(path) as file:
        for block in blocks(file):
            seen += block
            if len(seen) == WINDOW:
                os.truncate(path, WINDOW)
    assert bytes(seen) == DATA[:WINDOW]


def test_where_nothing_can_be_mapped_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(mmap, "mmap", refuse)
    path = tmp_path / "file"
    path.write_bytes(DATA)
    with MappedFile(path) as file:
        assert b"".join(map(bytes, blocks(file))) == DATA
