"""`recodec list`."""

from __future__ import annotations

import json
import sys

import pytest

from recodec import cli
from recodec._registry import charsets


def test_every_charset_has_a_line(run) -> None:
    done = run("list")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [row[0] for row in rows] == [charset.name for charset in charsets.all_charsets()]
    assert {len(row) for row in rows} == {5}
    koi = next(row for row in rows if row[0] == "koi8-r")
    assert koi[1:3] == ["KOI8-R", "koi8"]
    assert "ru" in koi[3].split()
    assert "cskoi8r" in koi[4].split()
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["latin1", "ISO-8859-1", "iso8859_1", "l1"])
def test_any_alias_finds_it(capsys, name: str) -> None:
    assert cli.main(["list", name]) == 0
    assert capsys.readouterr().out.split("\t")[:2] == ["iso8859-1", "ISO-8859-1"]


def test_family(capsys) -> None:
    assert cli.main(["list", "--json", "ebcdic"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["family"] for row in rows} == {"ebcdic"}
    assert "cp037" in [row["name"] for row in rows]


def test_json(capsys) -> None:
    assert cli.main(["list", "--json", "gbk"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert record["name"] == "gbk"
    assert record["superset"] == "gb18030"
    assert record["detectable"] is True
    assert "zh-Hans" in record["languages"]
    assert isinstance(record["aliases"], list)


def test_unknown_name_suggests_others(capsys) -> None:
    assert cli.main(["list", "koi8r2"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("recodec: unknown charset 'koi8r2'; did you mean koi8-r")


def test_one_charset_on_a_terminal_is_described(capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    assert cli.main(["list", "latin1"]) == 0
    out = capsys.readouterr().out
    assert "name       iso8859-1\n" in out
    assert "superset   cp1252\n" in out
    assert "languages  " in out and "French" in out
    assert "ÿ œ (French)" in " ".join(out.split()) and "known to   cpython, " in out
    assert max(map(len, out.splitlines())) <= 60


def test_table_on_a_terminal_fits_it(capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["name", "IANA", "family", "languages", "aliases"]
    assert len(lines) == 1 + len(charsets.all_charsets())
    assert max(map(len, lines)) <= 100


def test_what_a_charset_lacks(capsys) -> None:
    assert cli.main(["list", "--json", "latin1"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["lacks"]["letters"]["fr"] == "ÿœ"
    assert record["lacks"]["letters"]["hu"] == "őű"
    assert "de" not in record["lacks"]["letters"]
    assert record["lacks"]["signs"] == ["the euro sign", "typographic quotes", "dashes"]
    assert "icu" in record["known_by"]
    assert cli.main(["list", "--json", "cp1252"]) == 0
    assert json.loads(capsys.readouterr().out)["lacks"]["signs"] == []
    for name in ("utf-8", "big5-uao"):  # holds all; has no codec that could be asked
        assert cli.main(["list", "--json", name]) == 0
        assert json.loads(capsys.readouterr().out)["lacks"] is None


def test_a_charset_that_lacks_nothing_says_so(capsys, monkeypatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["list", "cp1257"]) == 0
    assert "lacks      nothing of its languages\n" in capsys.readouterr().out


def test_what_a_charset_is(capsys, monkeypatch) -> None:
    assert cli.main(["list", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(record["note"] and "`" not in record["note"] for record in records)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["list", "cp50221"]) == 0
    assert "note       Microsoft's ISO-2022-JP" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("koi8-r", "yes"),
        ("palmos", "as cp1252, which reads its text alike"),
        ("mac-dingbats", "no, only read by name"),
    ],
)
def test_whether_detection_tells_it(capsys, monkeypatch, name: str, said: str) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["list", name]) == 0
    assert f"detected   {said}" in capsys.readouterr().out


def test_only_one_charset_is_asked_what_it_lacks(capsys) -> None:
    """Of all of them that takes seconds."""
    cli.main(["list", "--json"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(charsets.all_charsets())
    assert all("lacks" not in json.loads(line) for line in lines)
    cli.main(["list", "--json", "koi8-r"])
    assert "lacks" in json.loads(capsys.readouterr().out)
