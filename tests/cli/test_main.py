"""The command as a whole: help, version, start-up, ends."""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import recodec
from recodec import cli
from recodec._core import detection as core
from recodec._registry import charsets, language_table, languages
from recodec.cli._arguments import COMMANDS


def test_version(run) -> None:
    done = run("--version")
    assert done.stdout.decode().split() == ["recodec", recodec.__version__]
    assert done.returncode == 0


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in ("detect", "convert", "check", "explain", "list"))],
    ids=" ".join,
)
def test_help_fits_80_columns_and_shows_examples(capsys, monkeypatch, command) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")  # argparse colours its help from Python 3.14 on
    assert cli.main([*command, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) <= 80
    assert "\nexamples:\n  recodec " in out
    assert "\nexit status:\n" in out


@pytest.mark.parametrize("command", [[], *(name.split() for name in COMMANDS)], ids=" ".join)
def test_help_on_a_narrow_terminal(capsys, monkeypatch, command) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main([*command, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    # What shall be typed stays in one line.
    typed = [line for line in lines if line.startswith(("  recodec ", "  curl "))]
    assert max(len(line) for line in lines if line not in typed) <= 60


def test_help_explains_examples_below_where_there_is_no_room_beside(capsys, monkeypatch) -> None:
    """At 40 columns each explanation was a column of single words."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(["convert", "--help"]) == 0
    out = capsys.readouterr().out
    assert "  recodec convert letter.txt\n      print it as UTF-8\n" in out


def test_help_shows_how_an_optional_value_is_given(capsys, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(["convert", "--help"]) == 0
    out = capsys.readouterr().out
    assert "[--in-place[=SUFFIX]]" in out
    assert re.search(r"\n  --in-place\[=SUFFIX\] +replace", out)


@pytest.mark.parametrize(
    "arguments", [[], ["explode"], ["list", "a", "b"], ["detect", "--nonsense"]]
)
def test_wrong_call(capsys, arguments: list[str]) -> None:
    """The message is the first line and not hidden below a list of all options."""
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    program = " ".join(["recodec", *arguments[:1]]) if arguments[1:] else "recodec"
    message, hint = err.splitlines()
    assert message.startswith(f"{program}: error: ")
    assert hint == f"Try '{program} --help' for more."


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
@pytest.mark.parametrize("command", [["detect"], ["convert"], ["mail", "show"], ["list"]])
def test_a_name_that_the_system_cannot_have(capsys, command: list[str]) -> None:
    """The C library decodes EUC-JP as Python does not encode it: file names become such."""
    assert cli.main([*command, "\udfff"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("recodec: $'\\udfff': is no name in utf-8")


def test_interrupt_ends_quietly(monkeypatch, capsys) -> None:
    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    from recodec.cli import _list

    monkeypatch.setattr(_list, "run", interrupted)
    assert cli.main(["list"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "command",
    [
        ["detect", "-"],
        ["convert"],
        ["convert", "-o", "x"],
        ["check", "-"],
        ["explain", "-"],
        ["mail", "show", "-"],
        ["mail", "headers", "-"],
        ["mail", "recode", "-"],
    ],
    ids=" ".join,
)
def test_closed_standard_input_is_an_error(here, capsys, monkeypatch, command) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(command) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "recodec: (standard input): Bad file descriptor\n")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [["check"], ["check", "--json"], ["convert"], ["mail", "show"], ["mail", "headers", "--json"]],
    ids=" ".join,
)
def test_pipe_that_closes_early_is_quiet(tmp_path: Path, first_line_only, command) -> None:
    """As in `recodec check tree | head -1`, with more output than a pipe holds."""
    message = b"From: a@b\nSubject: one\n\n" + "\ufffd what was it?\n".encode() * 5_000
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.eml")
        paths[-1].write_bytes(message)
    assert first_line_only(*command, *paths * 200) == (b"", 141)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_closed_stream_does_not_end_in_a_traceback(monkeypatch, stream: str) -> None:
    monkeypatch.setattr(sys, stream, None)
    assert cli.main(["list"]) == 2


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the descriptor")
def test_closed_output_is_said(environment) -> None:
    """`recodec list >&-` ended with 2 and not a word."""
    command = f"exec {sys.executable} -m recodec list >&-"
    done = subprocess.run(
        ["sh", "-c", command], stderr=subprocess.PIPE, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (2, b"recodec: (standard output): it is closed\n")


def test_installed_command_is_the_module(run) -> None:
    script = Path(sys.executable).with_name("recodec")
    if not script.exists():
        pytest.skip("recodec is not installed in this environment")
    done = subprocess.run([script, "list", "cp1252"], capture_output=True, check=True)
    assert done.stdout == run("list", "cp1252").stdout


def test_a_process_ends_with_all_that_was_written(environment) -> None:
    """It leaves without the interpreter's own flush, but not while it is looked at."""
    text = "Привет, мир\n".encode() * 50_000
    command = [sys.executable, "-m", "recodec", "convert", "-f", "utf-8", "-t", "utf-16-le", "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=True, env=environment)
    assert done.stdout == text.decode().encode("utf-16-le")
    looked_at = [sys.executable, "-m", "cProfile", "-m", "recodec", "list", "cp1252"]
    done = subprocess.run(looked_at, capture_output=True, check=False, env=environment)
    assert b"function calls" in done.stdout
    failed = subprocess.run(
        [sys.executable, "-m", "recodec", "detect", "nothing/there"],
        capture_output=True,
        check=False,
        env=environment,
    )
    assert failed.returncode == 2 and b"nothing/there: " in failed.stderr


@pytest.fixture
def loaded(environment):
    """The modules that a call imports."""

    def call(*arguments: str) -> set[str]:
        script = (
            "import sys; from recodec.cli import main; main(sys.argv[1:]);"
            "print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            input=b"",
            capture_output=True,
            check=True,
            env=environment,
        )
        return set(done.stderr.decode().split())

    return call


def test_start_up_imports_little(loaded, tmp_path) -> None:
    """Each of these takes milliseconds, and most calls look at one small file."""
    slow = {"dataclasses", "inspect", "json", "pathlib", "logging", "glob", "tempfile", "difflib"}
    # argparse, which answers this one, colours its help from Python 3.14 on.
    coloured = {"dataclasses", "inspect"}
    assert not loaded("--version") & (slow - coloured | {"recodec.files", "recodec.cli._detect"})
    assert not loaded("detect", "-") & (slow | {"recodec._registry.languages", "recodec.cli._list"})
    legacy = tmp_path / "legacy.txt"
    legacy.write_bytes("Съешь же ещё этих мягких французских булок.\n".encode("cp1251") * 4)
    unused = {
        "array", "collections", "recodec._core.filled", "recodec._files.beside",
        "recodec.cli._progress", "recodec.cli._records",
    }  # fmt: skip
    assert not loaded("convert", str(legacy)) & (slow | unused)


def test_library_does_not_import_the_command_line(environment) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import recodec, sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        env=environment,
    )
    modules = set(done.stdout.decode().split())
    assert not modules & {"argparse", "recodec.cli", "recodec._registry.languages"}


def test_every_language_has_an_english_name() -> None:
    tags = {*core.language_names()} - {""}
    tags.update(tag for charset in charsets.all_charsets() for tag in charset.languages)
    assert sorted(tags - language_table.TABLE.keys()) == []
    assert languages.english_name("ru") == "Russian"
    assert languages.english_name("tlh") == "tlh"
    names = list(language_table.TABLE.values())
    assert len(set(names)) == len(names)


def test_output_in_pipes_on_windows_is_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would write the ANSI code page there, which lacks nearly all that is to be said."""
    monkeypatch.setattr(cli, "_WINDOWS", True)
    monkeypatch.setattr(os, "_exit", lambda code: None)  # what `program` ends with
    monkeypatch.setattr(cli, "_collect_seldom", lambda: None)

    def written(*words: str) -> bytes:
        out = io.BytesIO()
        piped = io.TextIOWrapper(io.BytesIO("Привет, мир".encode("cp1251")))
        monkeypatch.setattr(sys, "stdin", piped)
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "cp1252", newline="\r\n"))
        monkeypatch.setattr(sys, "argv", ["recodec", *words])
        with suppress(SystemExit):  # where a test is watched
            cli.program()
        sys.stdout.flush()
        return out.getvalue()

    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    assert "Привет".encode() in written("explain", "-")
    assert written("list", "cp1252").endswith(b"\r\n")
    for words in (("completion", "zsh"), ("manual",)):
        assert b"\r" not in written(*words), "shells and roff know no CR"
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    assert rb"\u041f" in written("explain", "-")


def test_a_reader_that_is_gone_is_no_fault_on_windows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows says "Invalid argument" of a pipe that nobody reads."""

    class Gone(io.TextIOWrapper):
        def write(self, text: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(cli, "_WINDOWS", True)
    monkeypatch.setattr(sys, "stdout", Gone(io.BytesIO()))
    assert cli.main(["list"]) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", [["--help"], ["detect", "--help"], ["--version"]])
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
def test_help_that_cannot_be_written_is_said(words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "recodec", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"recodec: (standard output): ")


@pytest.mark.parametrize("columns", ["1", "9"])
@pytest.mark.parametrize("words", [["--help"], ["list", "koi8-r"], ["explain", "a.txt"]])
def test_the_narrowest_terminal(tmp_path, monkeypatch, capsys, words: list[str], columns) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes("Вчера мы ходили в лес\n".encode("koi8-r"))
    assert cli.main(words) == 0
    assert capsys.readouterr().out
