"""The tree of files in all encodings, in a small size."""

from __future__ import annotations

from pathlib import Path

import tree


def test_files_say_what_they_are_said_to_say(tmp_path: Path, shared: Path) -> None:
    made = tree.make(tmp_path / "tree", 12, shared, seed=5)
    assert len({item.path for item in made}) == 12
    before = tree._state(tmp_path / "tree")
    assert len(before) == 12
    for item in made:
        assert item.path.stat().st_size == item.size
        if item.text is not None:
            item.path.write_bytes(item.text.encode())
    texts = sum(item.text is not None for item in made)
    compared = tree._compare(made, before)
    assert (compared["converted"], compared["same text"]) == (texts, texts)
    assert compared["misread"] == {}
    item = next(item for item in made if item.text is not None)
    item.path.write_bytes(b"\xff")
    assert tree._compare(made, before)["damaged"] == 1
    item.path.write_bytes(b"another text")
    assert tree._compare(made, before)["read in another encoding"] == 1
