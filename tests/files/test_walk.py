"""Which inputs a command line names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from recodec._files.walk import walk


def found(*paths: object) -> tuple[list[str], list[str]]:
    """Paths of the inputs, and of what could not be listed."""
    failed: list[str] = []
    inputs = [item.path for item in walk([str(p) for p in paths], lambda p, e: failed.append(p))]
    return inputs, failed


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/d.txt", "C.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for hidden in (".secret", ".git/config", "sub/.cache/x"):
        path = root / hidden
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (root / "empty").mkdir()
    return root


def test_directory_gives_visible_files_sorted(tree: Path) -> None:
    inputs, failed = found(tree)
    assert [os.path.relpath(path, tree) for path in inputs] == [
        "C.txt",
        "a.txt",
        "b.txt",
        os.path.join("sub", "c.txt"),
        os.path.join("sub", "deep", "d.txt"),
    ]
    assert failed == []


def test_relative_mirrors_the_tree_and_is_the_bare_name_of_a_file(tree: Path) -> None:
    items = list(walk([str(tree), str(tree / "a.txt")], lambda p, e: pytest.fail(p)))
    assert os.path.join("sub", "deep", "d.txt") in [item.relative for item in items]
    assert (items[-1].path, items[-1].relative) == (str(tree / "a.txt"), "a.txt")


def test_arguments_keep_their_order_and_hidden_ones_are_taken(tree: Path) -> None:
    arguments = [tree / "b.txt", tree / ".secret", tree / "a.txt", tree / ".git"]
    inputs, _ = found(*arguments)
    assert inputs == [*map(str, arguments[:3]), str(tree / ".git" / "config")]


def test_dash_is_standard_input_even_where_a_file_has_that_name(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    Path("-").write_bytes(b"x")
    items = list(walk(["-", os.path.join(".", "-")], lambda p, e: pytest.fail(p)))
    assert [item.is_stdin for item in items] == [True, False]


def test_missing_file_is_reported_and_the_rest_goes_on(tree: Path) -> None:
    inputs, failed = found(tree / "nothing", tree / "a.txt")
    assert inputs == [str(tree / "a.txt")]
    assert failed == [str(tree / "nothing")]


def test_pattern_that_no_shell_expanded(tree: Path) -> None:
    inputs, _ = found(tree / "[ab].txt")
    assert inputs == [str(tree / "a.txt"), str(tree / "b.txt")]
    inputs, _ = found(tree / "**" / "d.txt")
    assert inputs == [str(tree / "sub" / "deep" / "d.txt")]


def test_pattern_without_a_match_is_reported_as_typed(tree: Path) -> None:
    assert found(tree / "*.none") == ([], [str(tree / "*.none")])


def test_file_whose_name_looks_like_a_pattern_is_that_file(tree: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such file names")
    (tree / "[ab].txt").write_bytes(b"x")
    assert found(tree / "[ab].txt") == ([str(tree / "[ab].txt")], [])


def test_links_to_files_are_read_links_to_directories_are_not_followed(tree: Path) -> None:
    try:
        (tree / "empty" / "link.txt").symlink_to(tree / "a.txt")
        (tree / "empty" / "loop").symlink_to(tree, target_is_directory=True)
        (tree / "empty" / "dangling").symlink_to(tree / "gone")
        (tree / "empty" / "itself").symlink_to("itself")
    except OSError:
        pytest.skip("symbolic links need a privilege here")
    if not (tree / "empty" / "link.txt").is_symlink():
        pytest.skip("Wine makes none")
    inputs, failed = found(tree / "empty")
    assert inputs == [str(tree / "empty" / "link.txt")]
    assert failed == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_in_a_directory_is_left_alone(tree: Path) -> None:
    os.mkfifo(tree / "empty" / "pipe")
    assert found(tree / "empty") == ([], [])
    assert found(tree / "empty" / "pipe")[0] == [str(tree / "empty" / "pipe")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_unreadable_directory_is_reported_and_the_rest_goes_on(tree: Path) -> None:
    (tree / "sub").chmod(0)
    try:
        inputs, failed = found(tree)
    finally:
        (tree / "sub").chmod(0o755)
    assert len(inputs) == 3
    assert failed == [str(tree / "sub")]


def test_vanished_directory_is_reported(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at its parent and its own turn a directory can be removed."""
    real = os.scandir

    def vanishing(path: str) -> object:
        if os.path.basename(path) == "sub":
            raise FileNotFoundError(2, "No such file or directory", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    inputs, failed = found(tree)
    assert len(inputs) == 3
    assert failed == [str(tree / "sub")]


def test_depth_beyond_the_recursion_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    depth = 300
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("leaf").write_bytes(b"x")
    os.chdir(tmp_path)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        inputs, failed = found("d")
    finally:
        sys.setrecursionlimit(limit)
    assert inputs == [os.path.join(*["d"] * depth, "leaf")]
    assert failed == []


def names(root: Path, **options: object) -> list[str]:
    items = walk([str(root)], lambda p, e: pytest.fail(p), **options)  # type: ignore[arg-type]
    return [item.relative.replace(os.sep, "/") for item in items]


def test_include_and_exclude(tree: Path) -> None:
    assert names(tree, include=["[ab].txt"]) == ["a.txt", "b.txt"]
    assert names(tree, include=["d.txt"]) == ["sub/deep/d.txt"]
    assert names(tree, exclude=["sub/"]) == ["C.txt", "a.txt", "b.txt"]
    assert names(tree, exclude=["sub/deep", "C*"]) == ["a.txt", "b.txt", "sub/c.txt"]
    assert names(tree, include=["*.txt"], exclude=["?.txt"]) == []
    with pytest.raises(ValueError, match="open bracket"):
        walk([], lambda p, e: None, include=["["])


def test_hidden_on_request(tree: Path) -> None:
    assert {".secret", ".git/config", "sub/.cache/x"} <= set(names(tree, hidden=True))
    assert ".git/config" not in names(tree, hidden=True, exclude=[".git/"])


def test_filters_are_for_what_is_found_not_for_arguments(tree: Path) -> None:
    items = list(walk([str(tree / "a.txt")], lambda p, e: None, exclude=["*"]))
    assert [item.found for item in items] == [False]


def test_further_reason_to_skip(tree: Path) -> None:
    assert names(tree, skip=lambda path, directory: directory or "C" in path) == ["a.txt", "b.txt"]
