"""`recodec completion`: the scripts, and each shell really using its own."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from recodec.cli._arguments import COMMANDS, table_of

BASH = shutil.which("bash")
FISH = shutil.which("fish")
ZSH = shutil.which("zsh")


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


CASES = [
    (["ch"], {"check"}),
    (["--v"], {"--version"}),
    (["detect", "--su"], {"--summary"}),
    (["detect", "--he"], {"--help"}),
    (["convert", "-t", "koi8-"], {"koi8-r", "koi8-u", "koi8-ru", "koi8-t", "koi8-cs"}),
    (["convert", "--from=koi8-r"], {"koi8-r", "koi8-ru"}),
    (["detect", "--allow", "utf-8,koi8-r"], {"koi8-r", "koi8-ru"}),
    (["detect", "--columns", "path,mim"], {"mime"}),
    (["convert", "--errors", "tran"], {"translit"}),
    (["detect", "--language", "sr"], {"sr-Cyrl", "sr-Latn"}),
    (["convert", "--language=zh-H"], {"zh-Hans", "zh-Hant"}),
    (["check", "--newline", ""], {"lf", "crlf", "cr"}),
    (["list", "viscii"], {"viscii"}),
    (["completion", "b"], {"bash"}),
    (["detect", "some-"], {"some-file.txt"}),
    (["convert", "-o", "some-"], {"some-file.txt"}),
    (["convert", "--in-place", "some-"], {"some-file.txt"}),
    (["mail", ""], {"show", "headers", "recode"}),
    (["mail", "show", "some-"], {"some-file.txt"}),
    (["mail", "recode", "some-"], {"some-file.txt"}),
]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "some-file.txt").touch()
    return tmp_path


def last_of_lists(found: set[str]) -> set[str]:
    """What was completed, without what stands before it in the same word."""
    return {re.split(r"[,=]", word)[-1] for word in found}


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_bash_completes(run, folder: Path) -> None:
    (folder / "script").write_bytes(run("completion", "bash").stdout)
    code = ". ./script\n"
    for words, _ in CASES:
        # As bash cuts a line.
        split = [part for word in ["recodec", *words] for part in re.split("(=)", word)]
        line = " ".join(f'"{word}"' for word in split)
        code += f"COMP_WORDS=({line}); COMP_CWORD={len(split) - 1}; _recodec\n"
        code += "printf '%s\\n' \"${COMPREPLY[@]}\" =end=\n"
    assert BASH is not None
    done = subprocess.run([BASH, "-c", code], cwd=folder, capture_output=True, check=True)
    assert done.stderr == b""
    answers = done.stdout.decode().split("=end=\n")
    for (words, expected), answer in zip(CASES, answers, strict=False):
        assert last_of_lists(set(answer.split())) == expected, words


@pytest.mark.skipif(FISH is None, reason="fish is not installed")
def test_fish_completes(run, folder: Path) -> None:
    (folder / "script").write_bytes(run("completion", "fish").stdout)
    lines = ["recodec " + " ".join(words) for words, _ in CASES]
    code = "source script; for line in $argv; complete -C $line; echo; echo =end=; end"
    assert FISH is not None
    done = subprocess.run(
        [FISH, "--no-config", "-c", code, *lines],
        cwd=folder, env={**os.environ, "HOME": str(folder)}, capture_output=True, check=True,
    )  # fmt: skip
    answers = done.stdout.decode().split("=end=\n")
    assert done.stderr == b""
    for (words, expected), answer in zip(CASES, answers, strict=False):
        found = {line.partition("\t")[0] for line in answer.splitlines() if line}
        assert last_of_lists(found) == expected, words


# compadd is given what may follow; with -O it says which of that matches. Calls that ask it for
# that themselves are none that offer anything.
ZSH_SPY = r"""
PS1=; PS2=; autoload -U compinit; compinit -u -D; LOAD
LISTMAX=10000; unsetopt beep; stty columns 300 -echo
compadd() {
    if [[ ${@[1,(i)(-|--)]} != *-[OAD]\ * ]]; then
        local -a matching; builtin compadd -O matching "$@"
        local one; for one in $matching; do print -r -- "offers<$one>"; done
    fi
    builtin compadd "$@"
}
finished() { print -r -- "fin""ished"; comppostfuncs=(finished) }
comppostfuncs=(finished)
print -r -- "rea""dy"
"""


@pytest.mark.skipif(ZSH is None, reason="zsh is not installed")
@pytest.mark.parametrize("load", [". ./script", "fpath=(. $fpath); autoload _recodec"])
def test_zsh_completes(run, folder: Path, load: str) -> None:
    """Sourced, and as what completion loads by itself."""
    name = "script" if "script" in load else "_recodec"
    (folder / name).write_bytes(run("completion", "zsh").stdout)
    (folder / "spy").write_text(
        ZSH_SPY.replace("LOAD", load if name == "script" else f"{load}; compdef _recodec recodec")
    )
    assert ZSH is not None
    with Terminal(ZSH, "-f", "-i", folder=folder) as shell:
        shell.type(". ./spy\n")
        shell.until("ready")
        for words, expected in CASES:
            shell.type(f"recodec {' '.join(words)}\t")
            found = set(re.findall(r"offers<(.*?)>", shell.until("finished")))
            shell.type("\x15")  # takes the line away
            assert found == expected, words


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_bash_quotes_names_of_files(run, folder: Path) -> None:
    (folder / "script").write_bytes(run("completion", "bash").stdout)
    (folder / "two words.txt").touch()
    (folder / "mail").mkdir()
    assert BASH is not None
    with Terminal(BASH, "--norc", "--noprofile", "-i", folder=folder) as shell:
        shell.type("PS1=; recodec() { printf 'g''ot<%s>' \"$@\"; }; . ./script; echo rea''dy\n")
        shell.until("ready")
        for typed, wanted in (
            ("detect two\t", "got<two words.txt>"),
            ("detect two\\ w\t", "got<two words.txt>"),
            ("convert --output=two\t", "got<--output=two words.txt>"),
            ("mai\tsh\t", "got<mail>got<show>"),
        ):
            shell.type(f"recodec {typed}\n")
            shell.until(wanted)


class Terminal:
    """A shell in a terminal of its own, since some complete nowhere else."""

    def __init__(self, *command: str, folder: Path) -> None:
        import pty

        self._main, side = pty.openpty()
        self._shell = subprocess.Popen(
            command, stdin=side, stdout=side, stderr=side, cwd=folder, start_new_session=True,
            env={**os.environ, "HOME": str(folder), "TERM": "dumb"},
        )  # fmt: skip
        os.close(side)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *arguments: object) -> None:
        self._shell.kill()
        self._shell.wait()
        os.close(self._main)

    def type(self, keys: str) -> None:
        os.write(self._main, keys.encode())

    def until(self, word: str) -> str:
        """What it writes, up to a word."""
        seen = b""
        end = time.monotonic() + 20
        while word.encode() not in seen and time.monotonic() < end:
            if select.select([self._main], [], [], 0.2)[0]:
                seen += os.read(self._main, 1 << 16)
        assert word.encode() in seen, seen
        return seen.decode(errors="replace")


def test_what_zsh_is_told_of_options(run) -> None:
    script = run("completion", "zsh").stdout.decode()
    for spec in (
        "'*:PATH:_files'",  # any number of files,
        "':FILE:_files'",  # or one,
        "'*--include=[",  # an option that may be repeated
        "'--from=[",  # and one that may not
        ":NAMES:_sequence _recodec_encodings'",  # a list
        ":NAME:_recodec_encodings'",  # one name
        ":POLICY:_sequence compadd - strict ",
    ):
        assert spec in script, spec
    notes = re.findall(r"'\*?--?[a-z-]+[=+-]*\[(.*)\]", script)
    assert len(notes) > 60
    assert not any(char in note for note in notes for char in "[]")


def test_fish_offers_no_files_where_none_are_taken(run) -> None:
    script = run("completion", "fish").stdout.decode()
    for name in COMMANDS:
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in name.split())
        takes = any(not option.flags for option in table_of(name).options)
        assert (f"complete -c recodec -n '{seen}' -f\n" in script) == (not takes), name
