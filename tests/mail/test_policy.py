"""`recodec.mail.policy`: the standard library's `email` reads as `parse` does."""

from __future__ import annotations

import copy
import email
import pickle
from email.header import Header

import pytest

from mail_builder import build, load
from recodec import mail

# Where the structure is the standard library's, which gives up on these.
OTHER_STRUCTURE = {
    "CR alone in a whole message",
    "uuencode in the body",
    "uuencode with a Japanese name",
    "a wrong boundary",
    "no boundary",
    "a multipart without parts",
    "a byte order mark before the header",
    "empty lines before the header",
    "a quoted envelope line",
    "a line of the header that is none",
    "spaces before the colon",
}


def texts(message: email.message.EmailMessage, kind: str) -> list[str]:
    """The shown texts of a message, in their order."""
    found = []
    for part in message.walk():
        if part.get_content_type() == kind and not part.is_multipart() and not part.get_filename():
            found.append(part.get_content())
    return found


@pytest.mark.parametrize(
    "case",
    [case for case in load() if case["name"] not in OTHER_STRUCTURE],
    ids=lambda case: f"{case['rule']} {case['name']}",
)
def test_the_same_as_parse(case: dict[str, object]) -> None:
    data = build(str(case["message"]))
    read = mail.parse(data)
    message = email.message_from_bytes(data, policy=mail.policy)
    assert [key for key, _ in message.items()] == [key for key, _ in read.headers]
    assert (message["Subject"] or "") == read.subject
    for name, meant in (("from", read.from_), ("to", read.to), ("cc", read.cc)):
        header = message[name]
        boxes = [(one.display_name, one.domain) for one in header.addresses] if header else []
        assert boxes == [(one.name, one.address.rpartition("@")[2]) for one in meant]
    if read.nested:
        return  # walk() goes into enclosed messages too
    if read.text is not None:
        assert "\n".join(texts(message, "text/plain")) == read.text
    if read.html is not None:
        assert "\n".join(texts(message, "text/html")) == read.html
    names = [part.get_filename() for part in message.walk() if part.get_filename()]
    assert names == [one.filename for one in read.attachments if one.filename]


PLAIN = build(
    """From: «B iso-2022-jp iso2022_jp|森, 太郎» <mori@example.jp>
To: «B utf-8 utf-8|営業部»: a@example.jp, "B, C" <b@example.jp>;
Subject: «cp932|会議のお知らせ»
Date: Mon, 01 Jan 2024 10:00:00 +0900
Content-Type: text/plain; charset=iso-2022-jp; name="«B utf-8 utf-8|本文»"
Content-Transfer-Encoding: 7bit

«hex|1B 24 42 2D 21 1B 28 42» ok
"""
)


def test_attributes_of_headers() -> None:
    message = email.message_from_bytes(PLAIN, policy=mail.policy)
    assert message["from"].addresses[0].display_name == "森, 太郎"
    assert message["from"].address.addr_spec == "mori@example.jp"
    assert str(message["from"]) == '"森, 太郎" <mori@example.jp>'
    assert message["to"].groups[0].display_name == "営業部"
    assert [one.addr_spec for one in message["to"].addresses] == ["a@example.jp", "b@example.jp"]
    with pytest.raises(ValueError, match="single address"):
        message["to"].address  # noqa: B018
    assert message["subject"] == "会議のお知らせ"
    assert message["date"].datetime.isoformat() == "2024-01-01T10:00:00+09:00"
    assert message["content-type"].params["name"] == "本文"
    assert message["content-type"].maintype == "text"
    assert message.get_filename() == "本文"
    assert message.get_content().startswith("① ok")
    assert message.get("x-none") is None
    assert message.get("x-none", "y") == "y"
    assert message.get_all("x-none", []) == []


def test_what_is_not_changed_is_written_as_it_came() -> None:
    message = email.message_from_bytes(PLAIN, policy=mail.policy)
    assert message.as_bytes(policy=mail.policy.clone(linesep="\r\n")) == PLAIN
    message["X-Note"] = "new"
    assert b"X-Note: new" in message.as_bytes()
    assert copy.deepcopy(message)["subject"] == "会議のお知らせ"


def test_a_header_read_can_be_set_elsewhere() -> None:
    message = email.message_from_bytes(PLAIN, policy=mail.policy)
    other = email.message.EmailMessage()
    other["Subject"] = message["Subject"]
    other["From"] = message["From"]
    other.set_content("x")
    again = mail.parse(other.as_bytes())
    assert again.subject == "会議のお知らせ"
    assert again.from_[0].name == "森, 太郎"


def test_multiparts_have_no_content() -> None:
    data = b"Content-Type: multipart/mixed; boundary=B\n\n--B\n\nx\n--B--\n"
    message = email.message_from_bytes(data, policy=mail.policy)
    with pytest.raises(KeyError):
        message.get_content()
    assert message.get_body().get_content() == "x"
    message = email.message.EmailMessage(policy=mail.policy)
    message.set_content("é")
    assert message.get_content() == "é\n"


def test_it_is_a_value_as_policies_are() -> None:
    assert mail.policy.clone(linesep="\r\n").linesep == "\r\n"
    assert isinstance(pickle.loads(pickle.dumps(mail.policy)), type(mail.policy))


@pytest.mark.parametrize("charset", ["koi8-r", "cp1251", "utf-8"])
def test_headers_of_the_old_policy(charset: str) -> None:
    """Raw bytes are in a Header there, which shows U+FFFD for each."""
    raw = "Привет всем, кто это читает".encode(charset)
    name = 'attachment; filename="Отчёт за год.txt"'.encode(charset)
    message = email.message_from_bytes(
        b"Subject: " + raw + b"\nContent-Disposition: " + name + b"\nTo: a@b.c\n\n"
    )
    assert isinstance(message["Subject"], Header)
    assert mail.decode_header(message["Subject"]) == "Привет всем, кто это читает"
    assert mail.parse_disposition(message["Content-Disposition"]).filename == "Отчёт за год.txt"
    assert mail.decode_header(message["To"]) == "a@b.c"
    made = Header("Привет всем, кто это читает, и всем остальным", charset)
    assert mail.decode_header(made) == "Привет всем, кто это читает, и всем остальным"
    with pytest.raises(TypeError):
        mail.decode_header(None)  # type: ignore[arg-type]
