"""`recodec check`, as a real process, and its rules."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._files.check import RULES, Finding, Rules, check_stream

GERMAN = "Größe und schöne Straßen für alle Männer\n"


def findings(data: bytes, **options: object) -> list[tuple[int, int, str]]:
    rules = Rules(**options)  # type: ignore[arg-type]
    return [(one.line, one.column, one.rule) for one in check_stream(io.BytesIO(data), rules)]


CASES = {
    "clean UTF-8": (GERMAN.encode(), {}, []),
    "ASCII is UTF-8": (b"plain\n", {}, []),
    "empty": (b"", {}, []),
    "binary is passed over": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", {}, []),
    "another encoding": (GERMAN.encode("cp1252"), {}, [(1, 3, "encoding")]),
    "one that is allowed": (GERMAN.encode("cp1252"), {"only": ["cp1252"]}, []),
    "allowed by its subset": (GERMAN.encode("cp1252"), {"only": ["latin1"]}, []),
    "UTF-8 where it is not": (GERMAN.encode(), {"only": ["cp1252"]}, [(1, 1, "encoding")]),
    "only ASCII": (GERMAN.encode(), {"only": ["ascii"]}, [(1, 3, "encoding")]),
    "ASCII in EBCDIC's place": (b"plain\n", {"only": ["cp037"]}, [(1, 1, "encoding")]),
    "UTF-16": (GERMAN.encode("utf-16"), {}, [(1, 1, "encoding"), (1, 1, "bom")]),
    "a mark": (b"\xef\xbb\xbfx\n", {}, [(1, 1, "bom")]),
    "a mark that may be": (b"\xef\xbb\xbfx\n", {"skip": ["bom"]}, []),
    "bad bytes": (
        GERMAN.encode() * 3 + b"x\xff\n\xfe\n",
        {},
        [(4, 2, "undecodable"), (5, 1, "undecodable")],
    ),
    "mixed newlines": (b"a\r\nb\r\nc\nd\n", {}, [(3, 2, "newline")]),
    "old Macintosh newlines": (b"a\rb\rc\n", {}, [(3, 2, "newline")]),
    "one style": (b"a\r\nb\r\n", {}, []),
    "the wrong style": (b"a\r\nb\r\n", {"newline": "lf"}, [(1, 2, "newline")]),
    "no newline at all": (b"a", {"newline": "crlf"}, []),
    "lost characters": ("é\n \ufffd\ufffd x\ufffd\n".encode(), {},
                        [(2, 2, "replacement"), (2, 6, "replacement")]),
    "mojibake": ("caf\u00c3\u00a9 – na\u00c3\u00afve\n".encode(), {},
                 [(1, 4, "mojibake"), (1, 11, "mojibake")]),
    "mojibake of quotes": ("\u00e2\u20ac\u0153x\u00e2\u20ac\x9d\n".encode(), {},
                           [(1, 1, "mojibake"), (1, 5, "mojibake")]),
    "Russian mojibake": ("Привет".encode().decode("cp1251").encode() + b"\n", {},
                         [(1, 1, "mojibake")]),
    "Portuguese capitals": ("NÃO, AÇÃO, «É», «IRMÃ», „MENÜ“\n".encode(), {}, []),
    "French quotations": ("« voilà » «voilà» “été”\n".encode(), {}, []),
    "misread circumflex": ("ao\u00c3\u00bbt\n".encode(), {}, [(1, 3, "mojibake")]),
}  # fmt: skip


@pytest.mark.parametrize(("data", "options", "expected"), CASES.values(), ids=CASES.keys())
def test_findings(data: bytes, options: dict[str, object], expected: list[object]) -> None:
    assert findings(data, **options) == expected


def test_messages_say_what_to_do_with() -> None:
    def message(data: bytes) -> str:
        return next(check_stream(io.BytesIO(data), Rules())).message

    assert message(GERMAN.encode("cp1252")).startswith("cp1252 (confidence ")
    assert message(GERMAN.encode("cp1252")).endswith("not utf-8, first byte f6")
    assert message("caf\u00c3\u00a9\n".encode()) == (
        "'\u00c3\u00a9' is 'é' in UTF-8, misread as cp1252"
    )
    assert message(b"a\r\nb\n") == "line ends in LF, lines before end in CR LF"


@given(
    lines=st.lists(st.sampled_from(["a", "é", "\ufffd", "\u00c3\u00a9", "\r", "\r\n", "\n"])),
    size=st.integers(1, 9),
)
def test_blocks_do_not_matter(lines: list[str], size: int) -> None:
    data = ("Größe für Männer " + "".join(lines)).encode()

    class Slow(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            piece = self.read(min(size, len(buffer)))
            buffer[: len(piece)] = piece
            return len(piece)

    whole = list(check_stream(io.BytesIO(data), Rules()))
    assert list(check_stream(Slow(data), Rules())) == whole
    assert all(isinstance(one, Finding) and one.rule in RULES for one in whole)


_LOG = "Вчера мы ходили в лес за грибами\n" * 3


def test_lines_in_different_encodings_are_told() -> None:
    data = _LOG.encode() + b"plain\n" + _LOG.encode("cp1251") + _LOG.encode("koi8-r")
    found = list(check_stream(io.BytesIO(data), Rules()))
    assert [(one.line, one.column, one.rule) for one in found] == [
        (5, 1, "encoding"),
        (5, 1, "mixed"),
        (8, 1, "mixed"),
    ]
    assert found[1].message.startswith("cp1251 from here on (confidence ")
    assert found[2].message.endswith("), cp1251 before")
    skipped = findings(data, skip=["mixed", "encoding"])
    assert "mixed" not in {rule for _, _, rule in skipped}
    # The text of each run is looked at as what it is.
    data = _LOG.encode() + b"\x98\n" + _LOG.encode("cp1251") + "\ufffd\n".encode() + _LOG.encode()
    assert (4, 1, "undecodable") in findings(data)
    assert (8, 1, "replacement") in findings(data)


def test_all_rules_can_be_skipped() -> None:
    data = b"\xef\xbb\xbf\xff\r\n\n" + "\ufffd\u00c3\u00a9".encode()
    assert findings(data, skip=RULES, only=["ascii"]) == []
    with pytest.raises(recodec.UnknownCharsetError):
        Rules(only=["nonsense"])


# -- The command -----------------------------------------------------------------------------------


def test_output_is_what_editors_read(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GERMAN.encode("cp1252"))
    odd, shown = ("b.txt", "b.txt") if os.name == "nt" else ("b\n.txt", r"$'b\n.txt'")
    (tmp_path / odd).write_bytes(b"a\r\nb\n")
    (tmp_path / "c.txt").write_bytes(b"fine\n")
    done = run("check")
    assert done.returncode == 1 and done.stderr == b""
    first, second = done.stdout.decode().splitlines()
    assert first.startswith("a.txt:1:3: cp1252 (confidence ") and first.endswith(" [encoding]")
    assert second == f"{shown}:2:2: line ends in LF, lines before end in CR LF [newline]"
    assert run("check", "c.txt").returncode == 0
    assert run("check", "c.txt", "--only", "nonsense").returncode == 2
    assert run("check", "missing.txt").returncode == 2
    done = run("check", "-", stdin=b"\xef\xbb\xbfx")
    assert done.stdout.splitlines() == [b"(standard input):1:1: byte order mark ef bb bf [bom]"]
    records = [json.loads(line) for line in run("check", "--json", "a.txt").stdout.splitlines()]
    assert [(one["path"], one["line"], one["rule"]) for one in records] == [
        ("a.txt", 1, "encoding")
    ]


def test_settings_of_the_project(run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(
        b'[tool.recodec]\nonly = ["cp1252"]\nexclude = ["data/"]\n'
        b'[tool.recodec.check]\nskip = ["bom"]\nnewline = "lf"\n'
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.txt").write_bytes(b"a\r\n")
    (tmp_path / "a.txt").write_bytes(GERMAN.encode("cp1252"))
    assert run("check").returncode == 0
    assert run("check", "--only", "utf-8").returncode == 1, "the command line goes first"
    assert run("check", "data/x.txt").returncode == 1
    (tmp_path / "pyproject.toml").write_text('[tool.recodec]\nonyl = ["utf-8"]\n')
    done = run("check")
    assert done.returncode == 2 and b"unknown setting 'onyl'" in done.stderr
    for wrong, said in (
        ('only = "utf-8"', b"'only' of recodec is a list of strings"),
        ("git = 1", b"'git' of recodec is a bool"),
        ('newline = "x"', b"newline is lf, crlf or cr"),
        ('skip = ["x"]', b"'x' is not a rule"),
        ("only = [", b"pyproject.toml: "),
    ):
        (tmp_path / "pyproject.toml").write_text(f"[tool.recodec]\n{wrong}\n")
        done = run("check")
        assert done.returncode == 2 and said in done.stderr, wrong


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_what_git_ignores(run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("*.log\nbuild/\n")
    (tmp_path / "build").mkdir()
    for name in ("a.log", "build/b.txt", "é.txt"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbfx\n")
    assert len(run("check").stdout.splitlines()) == 3
    assert run("check", "--git").stdout.decode().startswith("é.txt:1:1: ")
    assert len(run("check", "--git").stdout.splitlines()) == 1
    assert len(run("detect", "--git", ".").stdout.splitlines()) == 1
    (tmp_path / "src" / "deep").mkdir(parents=True)
    (tmp_path / "src" / "deep" / "c.txt").write_bytes(b"\xef\xbb\xbfx\n")
    done = run("check", "--git", "src", "a.log")
    names = [line.partition(b":")[0] for line in done.stdout.splitlines()]
    assert names == [os.fsencode(os.path.join("src", "deep", "c.txt")), b"a.log"]
    outside = run("check", "--git", "/", GIT_CEILING_DIRECTORIES="/")
    assert outside.returncode == 2 and b"git: " in outside.stderr


def test_the_hook_calls_a_command_that_is_there() -> None:
    text = (Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "entry: recodec check\n" in text


@pytest.mark.parametrize("wanted", [None, "lf", "crlf", "cr"])
@given(ends=st.lists(st.sampled_from(["\n", "\r\n", "\r"]), max_size=6))
def test_newlines_are_those_of_every_line(wanted: str | None, ends: list[str]) -> None:
    """However the blocks are cut: here one line after the other."""
    text = "".join(f"a{end}" for end in ends)
    lines = text.splitlines(keepends=True)  # CR and LF behind each other are one end
    kinds = [line[1:] if line[:1] == "a" else line for line in lines]
    first = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}.get(wanted or "", kinds[0] if kinds else "")
    place = next((at for at, end in enumerate(kinds, 1) if end != first), None)
    rules = Rules(newline=wanted)
    found = [one.line for one in check_stream(io.BytesIO(text.encode()), rules)]
    assert found == ([] if place is None else [place])
