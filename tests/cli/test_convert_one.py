"""What the command line says of a conversion that did not take place."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import recodec
from recodec import cli
from recodec.cli._convert_one import explain


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (
            "hé",
            ["-t", "ascii"],
            "line 1, column 2: U+00E9 é LATIN SMALL LETTER E WITH ACUTE is not in ascii (but in "
            "iso8859-1, iso8859-2, iso8859-3, iso8859-4, ...); try another --to, or --errors "
            "translit (writes e)",
        ),
        (
            "～",
            ["-t", "euc_jp", "--strict-mapping"],
            "line 1, column 1: U+FF5E ～ FULLWIDTH TILDE is not in euc_jp (but in cp932, cp51932, "
            "eucjp-ms, gb2312, ...); try another --to, or leave out --strict-mapping (writes 〜)",
        ),
        (
            "a\n😀",
            ["-t", "cp1252"],
            "line 2, column 1: U+1F600 😀 GRINNING FACE is not in cp1252; try another --to, or "
            "--errors replace",
        ),
        (
            "\U000e0021",
            ["-t", "ascii"],
            "line 1, column 1: U+E0021 TAG EXCLAMATION MARK is not in ascii; try another --to, or "
            "--errors replace",
        ),
    ],
    ids=["similar", "encoded twice", "nothing like it", "unseen"],
)
def test_a_character_that_is_not_there(
    here: Path, capsys, text: str, options: list[str], said: str
) -> None:
    (here / "a.txt").write_text(text, "utf-8")
    assert cli.main(["convert", "-f", "utf-8", *options, "a.txt"]) == 1
    assert capsys.readouterr().err == f"recodec: a.txt: {said}\n"


def test_bytes_that_are_not_in_the_encoding(here: Path, capsys) -> None:
    (here / "a.txt").write_bytes("Привет, ".encode("cp1251") + b"\x98\n")
    assert cli.main(["convert", "-f", "cp1251", "a.txt"]) == 1
    assert capsys.readouterr().err.startswith(
        "recodec: a.txt: line 1, column 9 (byte 8): 98 is not cp1251 ("
    )


def test_other_errors_speak_for_themselves() -> None:
    assert explain(recodec.VerificationError("it has changed")) == "it has changed"


def test_what_is_left_out_is_in_no_report(here: Path, capsys) -> None:
    """But for the summary, which counts it."""
    (here / "a.txt").write_bytes("Größe und Länge\n".encode("cp1252") * 3)
    (here / "x.bin").write_bytes(bytes(range(256)) * 8)
    assert cli.main(["convert", "--in-place", "-v", "-n", "a.txt", "x.bin"]) == 1
    out, err = capsys.readouterr()
    assert [line.split("\t")[0] for line in out.splitlines()] == ["a.txt"]
    assert err.startswith("recodec: x.bin: left out: binary")
    assert cli.main(["convert", "--in-place", "--summary", "-n", "a.txt", "x.bin"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_what_is_read_from_a_pipe_is_reported_too(here: Path, capsys, monkeypatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("Größe und Länge\n".encode("cp1252") * 3))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert cli.main(["convert", "-v", "-o", "out.txt", "-"]) == 0
    assert (here / "out.txt").read_text("utf-8") == "Größe und Länge\n" * 3
    row = capsys.readouterr().out.rstrip("\n").split("\t")
    assert (row[0], row[1], row[2], row[4], row[-1]) == (
        "-", "cp1252", "utf-8", "changed", "out.txt",
    )  # fmt: skip
