"""Globs for paths in a tree."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recodec._files.globs import matcher


@pytest.mark.parametrize(
    ("glob", "path", "directory", "expected"),
    [
        ("*.txt", "a.txt", False, True),
        ("*.txt", "sub/a.txt", False, True),
        ("*.txt", "a.txt.gz", False, False),
        ("*.txt", "atxt", False, False),
        ("a**b", "ab", False, True),
        ("d/a**b", "d/ax/yb", False, True),
        ("a**b", "ax", False, False),
        ("a?c", "abc", False, True),
        ("a?c", "ac", False, False),
        ("docs/*.md", "docs/a.md", False, True),
        ("docs/*.md", "docs/sub/a.md", False, False),
        ("docs/*.md", "x/docs/a.md", False, False),
        ("docs/**/*.md", "docs/a.md", False, True),
        ("docs/**/*.md", "docs/a/b/c.md", False, True),
        ("**/x", "x", False, True),
        ("**/x", "a/b/x", False, True),
        ("docs/**", "docs/a/b", False, True),
        ("docs/**", "docs", True, False),
        ("/a", "a", False, True),
        ("/a", "b/a", False, False),
        ("./a", "a", False, True),
        ("build/", "build", True, True),
        ("build/", "sub/build", True, True),
        ("build/", "build", False, False),
        ("[ab].c", "a.c", False, True),
        ("[!ab].c", "a.c", False, False),
        ("[^ab].c", "c.c", False, True),
        ("[]a].c", "].c", False, True),
        ("[!]].c", "].c", False, False),
        ("[a-c]x", "bx", False, True),
        ("[a&&b]", "&", False, True),
        ("a[!b]c", "a/c", False, False),
        *(
            [(r"\*.c", "*.c", False, True), (r"\*.c", "a.c", False, False)]
            if os.sep == "/"  # a backslash parts folders on Windows
            else []
        ),
        ("[*].c", "*.c", False, True),
        ("[*].c", "a.c", False, False),
        ("[[].c", "[.c", False, True),
        ("a.c", "aXc", False, False),
        ("line*", "line\nbreak", False, True),
        ("caf\udce9*", "caf\udce9.txt", False, True),
    ],
)
def test_matches(glob: str, path: str, directory: bool, expected: bool) -> None:
    assert matcher(glob)(path, directory) is expected


@pytest.mark.parametrize("glob", ["", "/", "[", "a[", "[!]", "[z-a]"])
def test_what_is_no_glob(glob: str) -> None:
    with pytest.raises(ValueError, match=r"glob|matches nothing|bracket"):
        matcher(glob)


@given(name=st.text(st.characters(blacklist_characters="/*?[\\"), min_size=1))
def test_plain_name_matches_itself(name: str) -> None:
    assert matcher(name)(name, False) or name.startswith("./")
    assert not matcher(name)(name + "x", False)


@given(glob=st.text("ab*?[]!^-\\/&~|", max_size=12), path=st.text("ab-/", max_size=8))
def test_any_text_is_a_glob_or_refused(glob: str, path: str) -> None:
    try:
        matches = matcher(glob)
    except ValueError:
        return
    assert matches(path, False) in (True, False)
