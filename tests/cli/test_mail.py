"""`recodec mail show` and `recodec mail headers`."""

from __future__ import annotations

import json
from pathlib import Path

from mail_builder import build
from recodec import cli
from recodec.cli._mail import Mailbox

LETTER = build(
    """From: "«cp932|表示ソ能»" <a@example.jp>
To: «B utf-8 utf-8|営業部»: b@example.jp;
Cc: C <c@example.jp>
Subject: «B iso-2022-jp iso2022_jp|会議»
Date: Mon, 01 Jan 2024 10:00:00 +0900
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/html; charset=utf-8

<html><head><title>no</title></head><body><p>«utf-8|本日の»&amp;
会議</p><br>x</body></html>
--B
Content-Type: application/pdf; name="«B utf-8 utf-8|報告.pdf»"
Content-Transfer-Encoding: base64

AAEC
--B
Content-Type: message/rfc822

Subject: inner

hello
--B--
""".replace("会議</p>", "«utf-8|会議»</p>")
)


def write(folder: Path, data: bytes = LETTER, name: str = "a.eml") -> str:
    (folder / name).write_bytes(data)
    return name


def test_show(here: Path, capsys) -> None:
    assert cli.main(["mail", "show", write(here)]) == 0
    shown, said = capsys.readouterr()
    assert shown.splitlines() == [
        "From: 表示ソ能 <a@example.jp>",
        "To: 営業部: b@example.jp;",
        "Cc: C <c@example.jp>",
        "Date: Mon, 01 Jan 2024 10:00:00 +0900",
        "Subject: 会議",
        "",
        "本日の& 会議",
        "x",
        "[報告.pdf, application/pdf, 3 bytes]",
        "[(no name), message/rfc822, 23 bytes]",
        "",
        "| Subject: inner",
        "|",
        "| hello",
    ]
    assert "recodec: a.eml: From: raw bytes without a label" in said


def test_show_html(here: Path, capsys) -> None:
    assert cli.main(["mail", "show", "--html", write(here)]) == 0
    assert "<p>本日の&amp;" in capsys.readouterr().out


def test_blocks_of_html_are_lines(here: Path, capsys) -> None:
    html = (
        b"<div>one</div>two<br>three<br></br>four<p>five</p>six <b>seven</b>eight<ul><li>nine</ul>"
    )
    head = b"Content-Type: text/html\n\n"
    assert cli.main(["mail", "show", write(here, head + html)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "one", "two", "three", "four", "five", "six seveneight", "nine",
    ]  # fmt: skip


def test_plain_text_goes_before_html_unless_asked(here: Path, capsys) -> None:
    data = (
        b"Content-Type: multipart/alternative; boundary=B\n\n--B\n\nplain\n--B\n"
        b"Content-Type: text/html\n\n<b>rich</b>\n--B--\n"
    )
    assert cli.main(["mail", "show", write(here, data)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "plain"
    assert cli.main(["mail", "show", "--html", "a.eml"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "<b>rich</b>"


def test_a_mailbox_is_read_in_pieces(here: Path) -> None:
    """Standard input cannot be rewound, and may be longer than memory."""
    data = b"From a@example.org Mon Jul  6 10:00:00 2026\nSubject: x\n\n" + b"x" * 10_000
    with Mailbox(write(here, data)) as file:
        assert file.is_mbox and file.is_file
        assert file.read(5) == data[:5]
        assert file.read(0) == b""
        got = b"".join(iter(lambda: file.read(4096), b""))
        assert got == data[5:]


def test_json_has_all_of_it(here: Path, capsys) -> None:
    assert cli.main(["mail", "show", "--json", write(here)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert record["path"] == "a.eml"
    assert record["subject"] == "会議"
    assert record["from"] == [{"name": "表示ソ能", "address": "a@example.jp"}]
    assert record["to"][0]["group"] == "営業部"
    assert record["to"][0]["members"] == [{"name": "", "address": "b@example.jp"}]
    assert record["cc"] == [{"name": "C", "address": "c@example.jp"}]
    assert record["date"] == "2024-01-01T10:00:00+09:00"
    assert record["attachments"][0]["size"] == 3
    assert record["nested"][0]["text"].strip() == "hello"
    assert record["defects"]


def test_headers(here: Path, capsys) -> None:
    assert cli.main(["mail", "headers", write(here)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == 'From: "表示ソ能" <a@example.jp>'
    assert lines[3] == "Subject: 会議"
    assert cli.main(["mail", "headers", "--json", "a.eml"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["headers"][3] == ["Subject", "会議"]


def test_several_files_are_told_apart(here: Path, capsys) -> None:
    write(here, b"Subject: one\n\n1\n", "1.eml")
    write(here, b"Subject: two\n\n2\n", "2.eml")
    assert cli.main(["mail", "show", "1.eml", "2.eml"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "==> 1.eml <==", "Subject: one", "", "1",
        "", "==> 2.eml <==", "Subject: two", "", "2",
    ]  # fmt: skip


def test_nothing_steers_the_terminal(here: Path, capsys) -> None:
    data = b"Subject: a\x1b[31m\x9b\r\n\r\n\x1b]0;title\x07 text\ttab \xe2\x80\xae\r\n"
    assert cli.main(["mail", "show", write(here, data)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "\ttab" in shown


def test_what_cannot_be_read(here: Path, capsys) -> None:
    assert cli.main(["mail", "show", "none.eml", write(here)]) == 2
    shown, said = capsys.readouterr()
    assert "none.eml: No such file" in said
    assert "会議" in shown
    assert cli.main(["mail", "show", "--json", write(here, b"no mail\n")]) == 1


def test_standard_input(run) -> None:
    done = run("mail", "show", "-", stdin=LETTER, PYTHONIOENCODING="utf-8")
    assert done.returncode == 0
    assert "Subject: 会議" in done.stdout.decode()


def test_every_message_of_an_mbox(here: Path, capsys) -> None:
    data = (
        b"From a@example.jp Mon Jan  1 00:00:00 2024\nSubject: one\n\n>From here\n\n"
        b"From b@example.jp Mon Jan  1 00:00:00 2024\nSubject: two\n\n2\n\n"
    )
    assert cli.main(["mail", "show", write(here, data, "box")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "==> box, message 1 <==", "Subject: one", "", "From here",
        "", "==> box, message 2 <==", "Subject: two", "", "2",
    ]  # fmt: skip
    assert cli.main(["mail", "headers", "--json", "box"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["message"] for record in records] == [1, 2]


def test_folders(here: Path, capsys) -> None:
    for place in ("Mail", "Mail/.Sub"):
        for one in ("cur", "new", "tmp"):
            (here / place / one).mkdir(parents=True)
    write(here, b"Subject: one\n\n1\n", "Mail/cur/1.host.2,S")
    write(here, b"Subject: two\n\n2\n", "Mail/new/2.host")
    write(here, b"Subject: not yet", "Mail/tmp/3.host")
    write(here, b"Subject: three\n\n3\n", "Mail/.Sub/cur/4.host")
    write(here, b"index", "Mail/dovecot.index")
    write(here, b"From - Mon Jan  1 00:00:00 2024\nSubject: four\n\n4\n", "Mail/box")
    assert cli.main(["mail", "show", "Mail"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("==>")] == [
        f"==> {Path('Mail/box')}, message 1 <==",
        f"==> {Path('Mail/.Sub/cur/4.host')} <==",
        f"==> {Path('Mail/cur/1.host.2,S')} <==",
        f"==> {Path('Mail/new/2.host')} <==",
    ]
    assert cli.main(["mail", "headers", "--json", "Mail/cur", "Mail/new"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["headers"] for record in records] == [[["Subject", "one"]], [["Subject", "two"]]]
    assert cli.main(["mail", "show", "Mail/tmp"]) == 1
    assert capsys.readouterr().err == "recodec: Mail/tmp: holds no mail\n"
