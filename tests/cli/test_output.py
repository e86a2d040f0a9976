"""Text that is safe to show."""

from __future__ import annotations

import errno
import io
import os
import shlex
import subprocess
import sys

import pytest

from recodec.cli import _output
from recodec.cli._output import Status


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain.txt", "plain.txt"),
        ("with space.txt", "with space.txt"),
        ("Привет, мир.txt", "Привет, мир.txt"),
        ("日本語\u3000全角.txt", "日本語\u3000全角.txt"),
        ("no\u00a0break", "no\u00a0break"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("back\\slash", "back\\slash"),
        ("it's", "it's"),
        ("", "''"),
        ("tab\there", r"$'tab\there'"),
        ("line\nbreak", r"$'line\nbreak'"),
        ("both ' and \\\n", r"$'both \' and \\\n'"),
        ("\x1b]0;title\x07", r"$'\x1b]0;title\x07'"),
        ("\x9b31m", r"$'\u009b31m'"),
        ("evil\u202etxt.exe", r"$'evil\u202etxt.exe'"),
        ("\U000e0041tag", r"$'\U000e0041tag'"),
        ("caf\udce9.txt", r"$'caf\xe9.txt'"),
        ("$'sly'", r"$'$\'sly\''"),
        ("\udc80\udcff", r"$'\x80\xff'"),  # bytes that are no character
        ("\udc7f\udd00", r"$'\udc7f\udd00'"),  # surrogates that stand for no byte
        ("\x7f\x80", r"$'\x7f\u0080'"),
        ("\uffff\U0001fffe", r"$'\uffff\U0001fffe'"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert _output.shown_name(name) == shown


@pytest.mark.skipif(os.name == "nt" or not os.path.exists("/bin/bash"), reason="needs bash")
@pytest.mark.parametrize("name", ["a\tb", "it's\n", "back\\\x1b", "caf\udce9", "$'x'", "e\u202ex"])
def test_quoted_names_mean_the_same_to_a_shell(name: str) -> None:
    command = f"printf %s {_output.shown_name(name)}"
    result = subprocess.run(
        ["/bin/bash", "-c", command], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    assert result.stdout == os.fsencode(name)


def test_safe_names_are_shown_as_they_are_however_a_shell_would_quote_them() -> None:
    assert _output.shown_name("a b") != shlex.quote("a b")


@pytest.mark.parametrize("character", [chr(c) for c in [*range(32), *range(127, 160)]])
def test_no_control_character_passes(character: str) -> None:
    for shown in (_output.shown_name(character), _output.shown_text(character)):
        assert character not in shown
        assert shown.isprintable()


def test_status_keeps_the_worst_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    status = Status()
    assert status.code == 0
    status.problem("a.txt", "binary\x1b[31m")
    assert status.code == 1
    status.error("b\n.txt", PermissionError(13, "Permission denied", "b\n.txt"))
    assert status.code == 2
    status.problem()
    assert status.code == 2
    status.error("-", "odd")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "recodec: a.txt: binary\\x1b[31m\n"
        "recodec: $'b\\n.txt': Permission denied\n"
        "recodec: (standard input): odd\n"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "no room", "b"), "recodec: a: cannot write b: no room\n"),
        (OSError(errno.ENOSPC, "no room", "a"), "recodec: a: no room\n"),
        (OSError(errno.ENOSPC, "no room"), "recodec: a: no room\n"),
        (OSError(errno.EACCES, "not allowed", "b"), "recodec: a: not allowed\n"),
        (ValueError("odd"), "recodec: a: odd\n"),
    ],
    ids=["another file", "the input", "no file", "not for room", "no error of the system"],
)
def test_the_file_that_had_no_room_is_named(
    capsys: pytest.CaptureFixture[str], error: Exception, said: str
) -> None:
    _output.complain("a", error)
    assert capsys.readouterr().err == said


def test_a_script_has_line_feeds_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, newline="\r\n"))
    _output.say_script("a\nb\n")
    _output.flush()
    assert written.getvalue() == b"a\nb\n"
