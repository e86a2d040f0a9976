"""`recodec mail recode`."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from recodec import cli

FROM = b"From a@example.org Mon Jul  6 10:00:00 2026\n"
WORD, UTF8_WORD = b"=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?=", b"=?UTF-8?B?5bGx55Sw?="
LETTER = b"Subject: " + WORD + b"\n\nbody\n"
NEW = LETTER.replace(WORD, UTF8_WORD)
BAD = b"Message-ID: <\xff@x>\n\n"


def test_mbox(here: Path, capsys) -> None:
    (here / "in").write_bytes((FROM + LETTER + b"\n") * 2)
    assert cli.main(["mail", "recode", "in", "-o", "out"]) == 0
    assert (here / "out").read_bytes() == (FROM + NEW + b"\n") * 2
    assert capsys.readouterr().out == "in\tmbox\t2\t2\tout\n"


def test_json_and_problems(here: Path, capsys) -> None:
    (here / "in").write_bytes(FROM + LETTER + b"\n" + FROM + BAD + b"\n")
    assert cli.main(["mail", "recode", "in", "-o", "out", "--json"]) == 1
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert (record["format"], record["messages"], record["changed"]) == ("mbox", 2, 1)
    assert [one["index"] for one in record["problems"]] == [1] and record["problem_count"] == 1
    assert "in, message 2" in err and "Message-ID" in err


def test_problems_of_a_message_have_no_number(here: Path, capfd) -> None:
    (here / "a.eml").write_bytes(BAD)
    assert cli.main(["mail", "recode", "a.eml"]) == 1
    assert capfd.readouterr().err.startswith("recodec: a.eml: Message-ID: ")


def test_more_problems_than_anybody_reads_are_counted(here: Path, capsys) -> None:
    (here / "in").write_bytes((FROM + BAD + b"\n") * 1003)
    assert cli.main(["mail", "recode", "in", "-o", "out"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1001 and lines[-1] == "recodec: in: and 3 more"


def test_folder_with_processes(here: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (here / "box" / name).mkdir(parents=True)
    name = "1!2,S" if os.name == "nt" else "1:2,S"
    (here / "box" / "cur" / name).write_bytes(LETTER)
    assert cli.main(["mail", "recode", "box", "-o", "new", "-j", "2"]) == 0
    assert (here / "new" / "cur" / name).read_bytes() == NEW


def test_one_message_to_standard_output(here: Path, capfdbinary, monkeypatch) -> None:
    (here / "a.eml").write_bytes(LETTER)
    assert cli.main(["mail", "recode", "a.eml"]) == 0
    assert capfdbinary.readouterr().out == NEW
    assert cli.main(["mail", "recode", "a.eml", "-o", "-"]) == 0
    assert capfdbinary.readouterr().out == NEW
    stdin = io.TextIOWrapper(io.BytesIO(NEW))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert cli.main(["mail", "recode", "-", "--to", "iso-2022-jp"]) == 0
    assert capfdbinary.readouterr().out == LETTER


def test_in_place(here: Path) -> None:
    (here / "in").write_bytes(FROM + LETTER)
    assert cli.main(["mail", "recode", "-i", "in"]) == 0
    assert (here / "in").read_bytes() == FROM + NEW


@pytest.mark.parametrize(
    "arguments",
    [
        ["in"],
        ["in", "-o", "there"],
        ["in", "-o", "x", "-i"],
        ["none", "-o", "x"],
        ["in", "-o", "x", "--to", "no-such"],
        ["in", "-o", "x", "--to", "utf-16"],
        ["in", "-o", "x", "--unencodable", "drop"],
        ["-", "-i"],
    ],
    ids=" ".join,
)
def test_refused(here: Path, arguments, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LETTER)))
    (here / "in").write_bytes(FROM + LETTER)
    (here / "there").write_bytes(b"precious")
    assert cli.main(["mail", "recode", *arguments]) == 2
    assert sorted(path.name for path in here.iterdir()) == ["in", "there"]
    assert (here / "there").read_bytes() == b"precious"


def test_unencodable(here: Path) -> None:
    (here / "in").write_bytes(FROM + b"Subject: =?utf-8?B?8J+YgA==?=\n\nx\n")
    command = ["mail", "recode", "in", "-o", "out", "--to", "iso-2022-jp", "--unencodable", "geta"]
    assert cli.main(command) == 0
    assert b"=?ISO-2022-JP?B?GyRCIi4bKEI=?=" in (here / "out").read_bytes()


MBOX = (
    FROM + b"Content-Type: text/plain; charset=koi8-r\n\n" + "Привет\n\n".encode("koi8-r")
    + FROM + b"Content-Type: text/plain; charset=cp1251\n\n" + "Как дела\n\n".encode("cp1251")
)  # fmt: skip


def test_an_mbox_by_standard_input(here: Path, capfdbinary, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MBOX)))
    assert cli.main(["mail", "recode"]) == 0
    piped = capfdbinary.readouterr().out
    (here / "in").write_bytes(MBOX)
    assert cli.main(["mail", "recode", "in", "-o", "out"]) == 0
    assert piped == (here / "out").read_bytes()
    capfdbinary.readouterr()
    assert cli.main(["mail", "recode", "in", "-o", "-"]) == 0
    assert capfdbinary.readouterr().out == piped
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MBOX)))
    assert cli.main(["mail", "recode", "-", "-o", "second", "-j", "2"]) == 0
    assert (here / "second").read_bytes() == piped


def test_problems_of_standard_input(here: Path, capfd, monkeypatch) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(FROM + LETTER + b"\n" + FROM + BAD))
    )
    assert cli.main(["mail", "recode"]) == 1
    assert "(standard input), message 2: Message-ID" in capfd.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
@pytest.mark.parametrize("data", [LETTER + b"x" * 100_000, MBOX * 2000], ids=["message", "mbox"])
def test_a_pipe_is_read_once(here: Path, capfdbinary, data: bytes) -> None:
    (here / "file").write_bytes(data)
    assert cli.main(["mail", "recode", "file", "-o", "-"]) == 0
    whole = capfdbinary.readouterr().out

    def written() -> str:
        os.mkfifo(here / "pipe")
        thread = threading.Thread(target=(here / "pipe").write_bytes, args=(data,))
        thread.start()
        threads.append(thread)
        return "pipe"

    threads: list[threading.Thread] = []
    assert cli.main(["mail", "recode", written()]) == 0
    assert capfdbinary.readouterr().out == whole
    (here / "pipe").unlink()
    assert cli.main(["mail", "recode", written(), "-o", "new"]) == 0
    assert (here / "new").read_bytes() == whole
    (here / "pipe").unlink()
    assert cli.main(["mail", "headers", written()]) == 0
    shown = capfdbinary.readouterr().out
    assert shown.count(b"\n") > 10_000 if data.startswith(FROM) else b"Subject" in shown
    for thread in threads:
        thread.join()
    assert cli.main(["mail", "recode", "-i", os.devnull]) == 2


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("kind", ["mbox", "folder"])
def test_a_signal_for_all_processes(here: Path, kind: str, number: int) -> None:
    """As a terminal sends it. The others printed tracebacks, or waited for ever."""
    letter = LETTER + b"padding to make it longer\n" * 400 + b"\n"
    if kind == "mbox":
        (here / "in").write_bytes((FROM + letter) * 2000)
    else:
        (here / "in").mkdir()
        for one in range(1000):
            (here / "in" / f"{one}.eml").write_bytes(letter)
    command = [sys.executable, "-m", "recodec", "mail", "recode", "in", "-o", "out", "-j", "2"]
    done = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    begun = here / ".out.recodec-part" if kind == "mbox" else here / "out" / "5.eml"
    while done.poll() is None and not (begun.exists() and begun.stat().st_size):
        time.sleep(0.01)
    os.killpg(done.pid, number)
    _, said = done.communicate(timeout=60)
    assert (done.returncode, said) == (128 + number, b"")
    if kind == "folder":
        assert not [one for one in os.listdir(here / "out") if one.endswith("recodec-new")]
