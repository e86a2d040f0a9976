"""Every rule of reading (R1 to R12), as messages with what was meant by them."""

from __future__ import annotations

import base64
import quopri

import pytest

import recodec
from mail_builder import build, load
from recodec import mail


def lines(text: str | None) -> str | None:
    """Without what says nothing here: the kind of line ends, and those at the end."""
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


CASES = load()


def test_every_case_is_named_once_and_says_where_it_comes_from() -> None:
    names = [(case["rule"], case["name"]) for case in CASES]
    assert len(set(names)) == len(names)
    for case in CASES:
        assert case["source"], case["name"]
        assert case["rule"], case["name"]
    assert {str(case["rule"]) for case in CASES} >= {f"R{number}" for number in range(1, 13)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['name']}")
def test_what_was_sent_is_read(case: dict[str, object]) -> None:
    read = mail.parse(build(str(case["message"])))
    seen = {
        "subject": read.subject,
        "text": lines(read.text),
        "html": lines(read.html),
        "from": [str(one) for one in read.from_],
        "to": [str(one) for one in read.addresses("to")],
        "cc": [str(one) for one in read.cc],
        "reply_to": [str(one) for one in read.reply_to],
        "files": [one.filename for one in read.attachments],
        "types": [one.content_type for one in read.attachments],
        "data": [one.data.hex(" ").upper() for one in read.attachments],
        "file_texts": [lines(one.text) for one in read.attachments],
        "nested": [one.subject for one in read.nested],
        "nested_texts": [lines(one.text) for one in read.nested],
        "header": read.headers[-1][1] if read.headers else "",
    }
    wanted = {key: value for key, value in case.items() if key in seen}
    assert wanted, "a case that asks for nothing"
    assert {key: seen[key] for key in wanted} == wanted, read.defects
    for defect in case.get("defects", ()):  # type: ignore[attr-defined]
        assert any(defect in one for one in read.defects), read.defects
    if case.get("clean"):
        assert read.defects == ()


def test_a_footer_behind_base64_makes_no_noise_of_it() -> None:
    """Lists put theirs behind a body without a look at how it is coded: the rest of it is clean."""
    text = "Grüße aus Köln. " * 12
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    read = mail.parse(head + base64.encodebytes(text.encode()) + b"-- \r\nthe footer of a list\r\n")
    assert read.text == text + "\r\n-- \r\nthe footer of a list\r\n"
    assert read.defects == ("text/plain part: text after base64",)


@pytest.mark.parametrize("label", [b"", b"Content-Type: text/plain; charset=iso-2022-jp\n"])
@pytest.mark.parametrize("shown", ["as caret notation", "as quoted-printable"])
def test_escapes_that_are_shown(label: bytes, shown: str) -> None:
    """As pagers write ESC, and in text whose Content-Transfer-Encoding was lost."""
    text = "お世話になっております。\n山田=太郎です。a=b\n①会議\n"
    data = recodec.encode(text, "cp50221")
    if shown == "as caret notation":
        data = data.replace(b"\x1b", b"^[")
    else:
        data = quopri.encodestring(data)
    source = b"Subject: x\n" + label + b"\n" + data
    found = mail.parse(source)
    assert found.text == text
    assert "text/plain part: escape sequences without their ESC, put back" in found.defects
    assert mail.parse(mail.recode(source).data).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"see =1B$B and =1B(B in text\n",
        b"a ^[(B reset ^[$B\n",
        b"^[$Bx^[(B y\n",
        b"=1B$BUS=1B(B\n",
        b"export PS1='^[(B$BLUE'\n",
    ],
)
def test_escapes_that_are_spoken_of_stay(data: bytes) -> None:
    source = b"Subject: x\nContent-Type: text/plain; charset=iso-2022-jp\n\n" + data
    assert mail.parse(source).text == data.decode()
