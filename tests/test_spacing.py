"""Rows of no-break spaces, with which pages are indented: neither letters nor evidence of them."""

from __future__ import annotations

import pytest

import recodec

SPACE = "\xa0"
INDENTED = "".join(f"    {SPACE}{SPACE}+{SPACE}Remarks on part {n}\n" for n in range(1, 30))
ALTERNATING = "".join(
    f"<p>{SPACE} {SPACE} {SPACE}</p>\n<p>Paragraph number {n} of the page</p>\n" for n in range(12)
)
GRAMMAR = "".join(
    f"   {SPACE} {SPACE} {SPACE} | {SPACE} Rule{n} ::= Term Label\n" for n in range(1, 12)
)


@pytest.mark.parametrize("text", [INDENTED, ALTERNATING, GRAMMAR, INDENTED[:60], GRAMMAR[:70]])
def test_english_with_rows_of_spaces(text: str) -> None:
    found = recodec.detect(text.encode("cp1252"))
    assert found.encoding is not None
    assert text.encode("cp1252").decode(found.encoding) == text, found


@pytest.mark.parametrize(
    "text",
    [
        f"{SPACE} {SPACE} {SPACE} {SPACE} {SPACE} {SPACE}</code><code>",
        f"      {SPACE} {SPACE} {SPACE} {SPACE} {SPACE} {SPACE} 2.0.5.1</b>",
        f"               {SPACE} {SPACE} {SPACE} {SPACE} |{SPACE}  ",
        f"{SPACE} " * 40,
    ],
)
def test_spaces_are_no_units_of_utf16(text: str) -> None:
    assert recodec.detect(text.encode("latin-1")).encoding not in ("utf-16-le", "utf-16-be")


@pytest.mark.parametrize("times", [100, 40_000])
def test_nothing_but_spaces_is_western_however_long(times: int) -> None:
    """Bytes are counted in the first 64 KiB; how many are no-break spaces is judged by these."""
    assert recodec.detect((f"{SPACE} " * times).encode("cp1252")).encoding == "cp1252"


def test_utf16_with_no_break_spaces() -> None:
    text = f"Сторінка{SPACE}перша,{SPACE}рядок{SPACE}другий.\n" * 8
    assert recodec.detect(text.encode("utf-16-le")).encoding == "utf-16-le"


@pytest.mark.parametrize("charset", ["cp1251", "iso8859-5"])
def test_words_between_the_rows_decide(charset: str) -> None:
    text = f"{SPACE} {SPACE} {SPACE}Содержание\n{SPACE} {SPACE} {SPACE}Глава первая\n" * 3
    found = recodec.detect(text.encode(charset))
    assert text.encode(charset).decode(found.encoding or "ascii", "replace") == text


def test_a_second_space_is_dearer_than_the_first() -> None:
    text = f"Step{SPACE}one of the work.\nStep{SPACE}two.\nStep{SPACE}three, the last.\n"
    found = recodec.detect(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.encoding or "ascii", "replace") == text
    assert all(c.encoding != "mac-arabic" or c.confidence < 0.01 for c in found.candidates)
