"""`recodec manual`: the page is complete, and man reads it without a complaint."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from recodec.cli._arguments import COMMANDS, table_of
from recodec.cli._manual import _text, manual


def test_every_command_and_option_is_in_it() -> None:
    page = manual()
    assert page.isascii()  # groff by itself reads Latin-1, and showed signs of it for the others
    for name in COMMANDS:
        assert f".SS recodec {name}".replace("-", "\\-") in page
        for option in table_of(name).options:
            for flag in option.flags:
                assert flag.replace("-", "\\-") in page
    for line in page.splitlines():
        assert not line.startswith("'")
        assert not line.startswith(".") or line[1:3] in ("TH", "SH", "SS", "TP", "PP", "nf", "fi",
                                                         "B ", "I ", "BR")  # fmt: skip


def test_values_of_options_and_optional_ones_are_shown() -> None:
    page = manual()
    assert "\n\\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIPATH\\fR\n" in page
    assert "\n\\fB\\-\\-in\\-place\\fR[=\\fISUFFIX\\fR]\n" in page
    assert "\n\\fB\\-\\-json\\fR\n" in page


@pytest.mark.skipif(not shutil.which("man"), reason="man is not installed")
def test_man_reads_it(run) -> None:
    page = run("manual").stdout
    done = subprocess.run(
        ["man", "--warnings", "-l", "-"],
        input=page,
        capture_output=True,
        check=True,
        env={"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MANROFFOPT": "-c"},
    )
    assert done.stderr == b""
    text = done.stdout.decode()
    for word in ("NAME", "SYNOPSIS", "recodec detect", "--summary", "EXIT STATUS", "NO_COLOR"):
        assert word in text


def test_lines_that_begin_like_requests_are_text() -> None:
    assert _text(".gitignore is read") == "\\&.gitignore is read\n"
    assert _text("'quoted'") == "\\&'quoted'\n"
    assert _text("a-b \\ é") == "a\\-b \\e \\[u00E9]\n"
