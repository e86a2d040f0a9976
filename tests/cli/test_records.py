"""The three shapes of records."""

from __future__ import annotations

import io
import json
import os
import sys

import pytest

from recodec.cli import _records
from recodec.cli._output import shown_name
from recodec.cli._records import Column, open_writer

COLUMNS = (
    Column("path", "file", text=shown_name),
    Column("encoding"),
    Column("confidence", right=True, text=lambda value: f"{value:.2f}"),
    Column("language", people=lambda tag: {"ru": "Russian"}[tag]),
)
ROWS = (
    {"path": "a.txt", "encoding": "cp1251", "confidence": 0.987, "language": "ru", "extra": 1},
    {"path": "длинное имя.txt", "encoding": None, "confidence": 1.0, "language": None, "extra": 2},
)


def test_widths_count_cells_not_code_points() -> None:
    assert _records.display_width("abc") == 3
    assert _records.display_width("日本") == 4
    assert _records.display_width("e\u0301") == 1
    assert _records.display_width("می\u200cخواهم") == 7
    assert _records.pad("日本", 6) == "日本  "
    assert _records.pad("7", 3, right=True) == "  7"
    assert _records.cut("abcdef", 4) == "abc…"
    assert _records.cut("日本語", 4) == "日…"
    assert _records.cut("abcd", 4) == "abcd"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, as_json: bool = False) -> str:
    monkeypatch.setattr(sys, "stdout", stream)
    writer = open_writer(COLUMNS, json=as_json)
    for row in ROWS:
        writer.write(row)
    writer.close()
    return stream.getvalue()


def test_pipe_gets_tab_separated_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, io.StringIO()) == (
        "a.txt\tcp1251\t0.99\tru\nдлинное имя.txt\t-\t1.00\t-\n"
    )


def test_terminal_gets_an_aligned_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert written(monkeypatch, Terminal()) == (
        "file             encoding  confidence  language\n"
        "a.txt            cp1251          0.99  Russian\n"
        "длинное имя.txt  -               1.00  -\n"
    )


def test_missing_values_are_dashes_or_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    columns = (Column("a"), Column("b", blank=True))
    for stream, expected in ((Terminal(), "a  b\n-\n"), (io.StringIO(), "-\t-\n")):
        monkeypatch.setattr(sys, "stdout", stream)
        writer = open_writer(columns, json=False)
        writer.write({"a": None, "b": ""})
        writer.close()
        assert stream.getvalue() == expected


def test_colour_only_on_terminals_that_can_and_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "for Windows")
    assert written(monkeypatch, Terminal()).startswith("\x1b[1mfile")
    assert "\x1b" not in written(monkeypatch, io.StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in written(monkeypatch, Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in written(monkeypatch, Terminal())


def test_json_lines_hold_whole_records(monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(monkeypatch, Terminal(), as_json=True)
    assert text.isascii()
    assert [json.loads(line) for line in text.splitlines()] == list(ROWS)


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_json_name_that_is_no_text_comes_with_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    open_writer(COLUMNS, json=True).write({"path": "caf\udce9", "encoding": "ascii"})
    record = json.loads(stream.getvalue())
    assert record == {"path": "caf\ufffd", "path_hex": b"caf\xe9".hex(), "encoding": "ascii"}


def test_long_work_shows_its_first_rows_before_the_last_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("NO_COLOR", "1")
    writer = open_writer((Column("n"),), json=False)
    for number in range(199):
        writer.write({"n": number})
    assert stream.getvalue() == ""
    writer.write({"n": 199})
    assert len(stream.getvalue().splitlines()) == 201
    writer.write({"n": 200})
    assert len(stream.getvalue().splitlines()) == 202
    writer.close()
    assert len(stream.getvalue().splitlines()) == 202


def test_slow_work_shows_its_rows_after_half_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(_records.time, "monotonic", lambda: now)
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    writer = open_writer((Column("n"),), json=False)
    writer.write({"n": 1})
    assert stream.getvalue() == ""
    now = 100.6
    writer.write({"n": 2})
    assert len(stream.getvalue().splitlines()) == 3


def test_wider_row_widens_the_table_from_there_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(_records._TableWriter, "HELD_ROWS", 1)
    writer = open_writer((Column("a"), Column("b")), json=False)
    for value in ("x", "wide", "y"):
        writer.write({"a": value, "b": "."})
    assert stream.getvalue() == "a  b\nx  .\nwide  .\ny     .\n"


def test_last_column_is_cut_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "12")
    writer = open_writer((Column("a"), Column("b", cut=True)), json=False)
    writer.write({"a": "xxx", "b": "0123456789"})
    writer.close()
    assert stream.getvalue() == "a    b\nxxx  012345…\n"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (80, "folder/of/a/long/name/and/a/file.txt  cp1251  12 bad, first at byte 7"),
        (69, "folder/of/a/long/name/and/a/file.txt  cp1251  12 bad, first at byte 7"),
        (60, "folder/o\u2026ame/and/a/file.txt  cp1251  12 bad, first at byte 7"),
        (50, "folder/\u2026e/and/a/file.txt  cp1251  12 bad, first a\u2026"),
        (30, "fol\u2026/file.txt  cp1251  12 bad\u2026"),
    ],
)
def test_table_gives_way_to_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: int, expected: str
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    names = Column("path", shrinks=True), Column("encoding", "from"), Column("note", cut=True)
    writer = open_writer(names, json=False)
    path, note = "folder/of/a/long/name/and/a/file.txt", "12 bad, first at byte 7"
    writer.write({"path": path, "encoding": "cp1251", "note": note})
    writer.close()
    assert stream.getvalue().splitlines()[1] == expected


def test_shortening_counts_cells() -> None:
    assert _records.shortened("日本語日本語日本語", 18) == "日本語日本語日本語"
    assert _records.shortened("日本語日本語日本語", 13) == "日\u2026本語日本語"
    assert _records.shortened("abcdefghijkl", 7) == "a\u2026hijkl"
    assert _records.shortened("abcdefghijkl", 2) == "\u2026l"
    assert _records.shortened("abcdefghijkl", 1) == "\u2026"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (43, ["folder/of/a/long/name/file.txt", "utf-8", "0.99"]),
        (38, ["folder/\u2026ong/name/file.txt", "utf-8", "0.99"]),
        (36, ["folder/o\u2026a/long/name/file.txt", "utf-8"]),
        (20, ["fol\u2026/file.txt", "utf-8"]),
        (17, ["fold\u2026ame/file.txt"]),
    ],
)
def test_columns_are_left_out_where_it_is_narrow(
    monkeypatch: pytest.MonkeyPatch, width: int, expected: list[str]
) -> None:
    """First those that are the first to go, each as a whole."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    columns = Column("path", shrinks=True), Column("to", spare=2), Column("sure", spare=1)
    writer = open_writer(columns, json=False)
    writer.write({"path": "folder/of/a/long/name/file.txt", "to": "utf-8", "sure": "0.99"})
    writer.close()
    line = stream.getvalue().splitlines()[1]
    assert len(line) <= width
    assert line.split() == expected


def test_empty_run_writes_no_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    open_writer(COLUMNS, json=False).close()
    assert stream.getvalue() == ""
