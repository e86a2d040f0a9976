"""Text of header fields as lines, read back by the standard library."""

from __future__ import annotations

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recodec.mail._fold import LINE, WORD, Folder, quoted_string
from recodec.mail._output import UTF8


def lines_of(text: str) -> list[str]:
    folder = Folder("Subject")
    folder.unstructured(text, UTF8)
    return folder.lines()


def read(lines: list[str]) -> str:
    message = email.message_from_string(
        "\r\n".join(lines) + "\r\n\r\n", policy=email.policy.default
    )
    return str(message["Subject"])


PIECES = st.sampled_from(["a", "word", "é", "日本", " ", "  ", "=?", "?=", "x" * 40, "ü" * 30, "-"])


@pytest.mark.parametrize(
    "text",
    ["plain", " a", "a ", " a ", "  two  spaces  ", "é", " é", "é ", "a é", "é a", "a é b",
     "a  é  b", "a =?x?= b", "a" + " " * 60 + "b", " ", "", "x" * 200, "one two " * 20,
     "ünï cödé " * 20],
)  # fmt: skip
def test_all_spaces_are_kept(text: str) -> None:
    lines = lines_of(text)
    assert read(lines) == text
    if "=?utf-8?" in "".join(lines).lower():
        assert max(map(len, lines)) <= LINE


@given(pieces=st.lists(PIECES, max_size=12))
def test_any_text_reads_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = lines_of(text)
    assert read(lines) == text
    assert all(line.isascii() and line.startswith(" ") for line in lines[1:])
    words = [word for line in lines for word in line.split() if word.startswith("=?UTF-8?")]
    assert all(len(word) <= WORD for word in words)


def test_plain_text_stays_plain() -> None:
    assert lines_of("plain words") == ["Subject: plain words"]
    assert lines_of("first é last")[0].startswith("Subject: first =?UTF-8?")
    assert lines_of("first é last")[-1].endswith("?= last")


def test_quotes() -> None:
    assert quoted_string("a, b") == '"a, b"'
    assert quoted_string('say "a\\b"') == '"say \\"a\\\\b\\""'
