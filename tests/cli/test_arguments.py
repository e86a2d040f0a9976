"""The tables of the commands, and their two readers."""

from __future__ import annotations

import argparse
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recodec.cli import _arguments, _usage, parse
from recodec.cli._arguments import COMMANDS, Arguments, Command, Option

TABLE = Command(
    Option(dest="one", metavar="ONE", help="first"),
    Option(dest="rest", metavar="REST", count="*", default=("-",), help="others"),
    Option("-n", "--dry-run", dest="dry", help="a flag"),
    Option("--no-dry-run", dest="dry", const=False, help="its opposite"),
    Option("-v", "--verbose", dest="verbose", help="a flag"),
    Option("-o", "--output", dest="output", metavar="PATH", help="a value"),
    Option("-j", dest="jobs", metavar="N", parse=int, default=1, help="a number"),
    Option("--in-place", dest="place", metavar="SUFFIX", const="", help="an optional value"),
    Option("--glob", dest="globs", metavar="GLOB", many=True, help="a list"),
    Option("--bom", dest="bom", metavar="HOW", choices=("keep", "strip"), help="a choice"),
)
WORDS = st.sampled_from([
    "a", "b.txt", "-", "-n", "-v", "-nv", "-vno", "-j2", "-j", "3", "x", "-o", "-ofile",
    "--output", "--output=", "--output=x=y", "--in-place", "--in-place=.bak", "--glob",
    "--glob=*.py", "--bom", "--bom=keep", "--bom=odd", "strip", "--dry-run", "--no-dry-run",
    "--dry-run=yes", "--dry", "--nonsense", "-z", "-n=1", "-j=2", "-o=x",
])  # fmt: skip


def by_argparse(words: list[str]) -> dict[str, object] | None:
    parser = _usage.parser_of("list", TABLE)
    parser.exit_on_error = False
    try:
        found = parser.parse_intermixed_args(_usage._with_equals(TABLE, words))
    except (SystemExit, argparse.ArgumentError):
        return None
    return vars(found)


@given(words=st.lists(WORDS, max_size=6))
def test_both_readers_agree(words: list[str]) -> None:
    """What the quick reader takes, argparse takes as the same.

    Not with "--", on which argparse changed its mind from version to version.
    """
    quick = _arguments._read("list", TABLE, words)
    if quick is None:
        return
    values = {name: value for name, value in vars(quick).items() if name != "command"}
    slow = by_argparse(words)
    assert slow is not None
    slow["rest"] = slow["rest"] or ["-"]
    assert values == slow


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["a"], {"one": "a", "rest": ["-"]}),
        (["a", "-n", "b", "-v", "c"], {"one": "a", "rest": ["b", "c"], "dry": True}),
        (["-nvo", "x", "a"], {"dry": True, "verbose": True, "output": "x"}),
        (["-ox", "a"], {"output": "x"}),
        (["-o", "-", "a"], {"output": "-"}),
        (["--output=-x", "a"], {"output": "-x"}),
        (["--output=", "a"], {"output": ""}),
        (["--", "-n", "--verbose"], {"one": "-n", "rest": ["--verbose"], "dry": False}),
        (["--in-place", "a"], {"place": "", "one": "a"}),
        (["--in-place=.bak", "a"], {"place": ".bak"}),
        (["a"], {"place": None, "globs": [], "jobs": 1}),
        (["--glob", "x", "a", "--glob=y"], {"globs": ["x", "y"]}),
        (["-n", "--no-dry-run", "a"], {"dry": False}),
        (["-j3", "a"], {"jobs": 3}),
    ],
    ids=str,
)
def test_right_calls(words: list[str], expected: dict[str, object]) -> None:
    found = _arguments._read("list", TABLE, words)
    assert found is not None
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-n"],
        ["a", "--nonsense"],
        ["a", "--dry"],
        ["a", "--dry-run=1"],
        ["a", "-o"],
        ["a", "-o", "-n"],
        ["a", "-j", "two"],
        ["a", "--bom", "odd"],
        ["a", "-h"],
        ["a", "--help"],
        ["a", "-nz"],
        ["a", "-o=x"],
    ],
    ids=str,
)
def test_calls_that_argparse_shall_speak_about(words: list[str]) -> None:
    assert _arguments._read("list", TABLE, words) is None


def test_lists_of_two_calls_are_two_lists() -> None:
    first = _arguments._read("list", TABLE, ["--glob", "x", "a"])
    second = _arguments._read("list", TABLE, ["a"])
    assert (first.globs, second.globs) == (["x"], [])  # type: ignore[union-attr]


@pytest.mark.parametrize("name", COMMANDS)
def test_tables_are_sound(name: str) -> None:
    """Every flag once, a help text each, and a parser can be made of it."""
    table = _arguments.table_of(name)
    flags = [flag for option in table.options for flag in option.flags]
    assert len(set(flags)) == len(flags)
    assert all(option.help for option in table.options)
    assert {"-h", "--help"}.isdisjoint(flags)
    assert "examples:\n  recodec " in table.details
    _usage.parser_of(name, table).format_help()
    defaults = Arguments(name, table.options)
    assert all(hasattr(defaults, option.dest) for option in table.options)


def test_mistakes_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for words, message in (
        (["detect", "--jsno", "x"], "unrecognized arguments: --jsno (did you mean --json?)"),
        (["detect", "--scan=5", "x"], "unrecognized arguments: --scan=5\n"),
        (["convert", "--min", "1", "x"], "(did you mean --min-confidence?)"),
        (["convert", "--min-confidence", "2", "x"], "'2' is not a number from 0 to 1"),
        (["convert", "--\x1b[31m", "x"], r"unrecognized arguments: --\x1b[31m"),
        (["detct", "x"], "unknown command 'detct' (did you mean detect?)"),
        (["mail", "shwo", "x"], "unknown command 'shwo' (did you mean show?)"),
        (["xyz", "x"], "invalid choice: 'xyz'"),
        (["-f", "latin1", "-t", "utf-8", "x"], "-f comes after the command: recodec convert -f"),
        (["--json", "x"], "--json comes after the command: recodec detect --json"),
        (["mail", "--to=utf-8"], "--to=utf-8 comes after the command: recodec mail recode --to="),
        (["mail", "--version"], "the following arguments are required: COMMAND"),
        (["-x"], "the following arguments are required: COMMAND"),
        ([], "the following arguments are required: COMMAND"),
    ):
        with pytest.raises(SystemExit) as stop:
            parse(words)
        assert stop.value.code == 2
        assert message in capsys.readouterr().err


READERS = [
    ("detect", "PATH"),
    ("convert", "PATH"),
    ("explain", "FILE"),
    ("mail show", "FILE"),
    ("mail headers", "FILE"),
    ("mail recode", "IN"),
]


@pytest.mark.parametrize(("name", "path"), READERS)
def test_without_a_path_standard_input_is_read_unless_it_is_a_terminal(
    name: str, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert [value for value in vars(parse(name.split())).values() if value in ("-", ["-"])]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as stop:
        parse(name.split())
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"recodec {name}: error: ")
    assert f"error: {path} is missing, and standard input is a terminal\n" in said
    parse([*name.split(), "-"])  # asked for
    parse([*name.split(), "a"])


@pytest.mark.parametrize("name", ["detect", "convert", "check", "mail show", "mail headers"])
def test_standard_input_is_read_once(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        parse([*name.split(), "-", "a", "-"])
    assert stop.value.code == 2
    assert "error: standard input can be read only once\n" in capsys.readouterr().err


def test_check_of_a_command_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["convert", "--in-place", "-o", "x", "a"])
    assert "exclude each other" in capsys.readouterr().err
