"""`recodec completion`: the scripts, and bash really using its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from recodec.cli._arguments import COMMANDS, table_of

BASH = shutil.which("bash")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_option_is_in_every_script(run, shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0 and done.stderr == b""
    text = done.stdout.decode()
    for name in COMMANDS:
        assert name.split()[-1] in text
        for option in table_of(name).options:
            for flag in option.flags:
                shown = flag.lstrip("-") if shell == "fish" else flag
                assert shown in text, (name, flag)
    assert run("completion", "tcsh").returncode == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_read_their_scripts(run, tmp_path: Path, shell: str) -> None:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_bytes(run("completion", shell).stdout)
    subprocess.run([path, "-n", tmp_path / "script"], check=True)


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ch"], {"check"}),
        (["detect", "--su"], {"--summary"}),
        (["convert", "-t", "koi8-"], {"koi8-r", "koi8-u", "koi8-ru", "koi8-t", "koi8-cs"}),
        (["check", "--newline", ""], {"lf", "crlf", "cr"}),
        (["list", "viscii"], {"viscii"}),
        (["completion", "b"], {"bash"}),
        (["detect", "some-"], {"some-file.txt"}),
    ],
)
def test_bash_completes(run, tmp_path: Path, words: list[str], expected: set[str]) -> None:
    (tmp_path / "some-file.txt").touch()
    (tmp_path / "script").write_bytes(run("completion", "bash").stdout)
    line = " ".join(f'"{word}"' for word in ["recodec", *words])
    code = f'. ./script; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _recodec; printf "%s\\n" '
    assert BASH is not None
    done = subprocess.run(
        [BASH, "-c", code + '"${COMPREPLY[@]}"'], cwd=tmp_path, capture_output=True, check=True
    )
    assert set(done.stdout.decode().split()) == expected
