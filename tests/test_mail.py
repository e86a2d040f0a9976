"""Mail as it was meant: words, raw headers, lying labels, attachments."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recodec import mail
from recodec.mail import Address, Attachment

RUSSIAN = "Привет, как дела? Сегодня мы едем в город за новыми книгами и хлебом."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain words", "plain words"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe_an_alle?=", "Grüße an alle"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("Re: =?utf-8?q?=C3=A9?= x =?utf-8?q?=C3=A8?= y", "Re: é x è y"),
        ("=?utf-8?q?=C3=A9?=\r\n =?utf-8?q?=C3=A8?=", "éè"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),  # a character split over two words
        ("=?iso-8859-1?q?=E9?= =?utf-8?q?=C3=A8?=", "éè"),
        ("=?iso-8859-1*fr?q?=E9t=E9?=", "été"),  # RFC 2231, 5
        ("=?iso-8859-1?q?=80?=", "€"),  # Windows' characters under the plain label
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?ISO-2022-JP?B?GyRCRnxLXA==?= =?ISO-2022-JP?B?GyRCOGwbKEI=?=", "日本語"),
        ("=?iso-2022-jp?B?GyRCLSEbKEI=?=", "①"),  # NEC's row 13
        ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),  # no padding
        ("=?utf-8?b?R3LD=vMOfZQ==?=", "Grüße"),  # padding in the middle
        ("=?utf-8?b?R3 LD\r\n vMOf?=", "Grüß"),  # spaces and folds inside
        ("=? utf-8 ? q ?x=C3=A9?=", "xé"),
        ("=?utf-8?q?100=ZZ?=", "100=ZZ"),  # no hexadecimal digits
        ("a=?utf-8?q?=C3=A9?=b", "aéb"),  # glued to text
        ('"=?utf-8?q?=C3=A9?="', '"é"'),  # inside quotes
        ("=?nonsense?q?abc?=", "abc"),
        ("=??q?abc?=", "abc"),
        ("=?utf-8?q??=", ""),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?never ends", "never ends"),
        ("folded\r\n\tonce", "folded\tonce"),
        ("", ""),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert mail.decode_header(value) == text
    assert mail.decode_header(value.encode()) == text


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "utf-8", "iso8859-5"])
def test_raw_headers(name: str) -> None:
    raw = RUSSIAN.encode(name)
    assert mail.decode_header(raw) == RUSSIAN
    assert mail.decode_header(raw.decode("ascii", "surrogateescape")) == RUSSIAN


def test_raw_japanese_headers() -> None:
    for name in ("iso2022_jp", "cp932", "euc_jp"):
        assert mail.decode_header("会議の日程についてのお知らせ".encode(name)) == (
            "会議の日程についてのお知らせ"
        )
    assert mail.decode_header("text, not bytes: é") == "text, not bytes: é"


@given(value=st.one_of(st.binary(max_size=200), st.text("=?utf-8bqBQ_ é\r\n\t", max_size=80)))
def test_headers_never_raise(value: bytes | str) -> None:
    assert isinstance(mail.decode_header(value), str)


@pytest.mark.parametrize(
    "hostile",
    ["=?a?b?" * 20_000, "=?" + " " * 50_000, "=?" * 50_000, "=?a?q?x?= " * 5_000, "\n \n" * 50_000],
)
def test_hostile_headers_cost_no_more_than_long_ones(hostile: str) -> None:
    started = time.perf_counter()
    mail.decode_header(hostile)
    assert time.perf_counter() - started < 5


def message(headers: str, body: bytes) -> bytes:
    return headers.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


def test_a_plain_message() -> None:
    read = mail.parse(
        message(
            "From: =?utf-8?q?M=C3=BCller=2C_Anna?= <anna@example.org>\n"
            'To: "Doe, John" <john@example.com>, bare@example.net\n'
            "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n"
            "Content-Type: text/plain; charset=utf-8",
            "Schöne Grüße\r\n".encode(),
        )
    )
    assert read.subject == "Grüße"
    assert read.from_ == (Address(name="Müller, Anna", address="anna@example.org"),)
    assert str(read.from_[0]) == "Müller, Anna <anna@example.org>"
    assert [str(one) for one in read.to] == ["Doe, John <john@example.com>", "bare@example.net"]
    assert read.text == "Schöne Grüße\r\n"
    assert (read.html, read.attachments, read.defects) == (None, (), ())
    assert [name for name, _ in read.headers] == ["From", "To", "Subject", "Content-Type"]


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "nonsense", "utf-8", ""])
def test_a_lying_label(label: str) -> None:
    read = mail.parse(
        message(
            f"Subject: x\nContent-Type: text/plain; charset={label}\n"
            "Content-Transfer-Encoding: 8bit",
            RUSSIAN.encode("cp1251"),
        )
    )
    assert read.text == RUSSIAN
    if label in ("iso-8859-1", "utf-8"):
        assert f"text/plain part: labelled {label}, read as cp1251" in read.defects
    if label == "nonsense":
        assert "text/plain part: unknown charset 'nonsense'" in read.defects


def test_a_true_label_is_believed() -> None:
    body = "Zażółć gęślą jaźń".encode("iso8859-2")
    read = mail.parse(message('Content-Type: text/plain; charset="ISO-8859-2"', body))
    assert read.text == "Zażółć gęślą jaźń"
    assert read.defects == ()


def test_a_label_for_the_smaller_set_is_no_lie() -> None:
    body = "①髙ｱ\r\n".encode("cp50221")
    read = mail.parse(message("Content-Type: text/plain; charset=iso-2022-jp", body))
    assert (read.text, read.defects) == ("①髙ｱ\r\n", ())
    body = "„so“ – nicht".encode("cp1252")
    read = mail.parse(message("Content-Type: text/plain; charset=iso-8859-1", body))
    assert (read.text, read.defects) == ("„so“ – nicht", ())


def test_one_bad_byte_does_not_flip_the_charset() -> None:
    body = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    read = mail.parse(message("Content-Type: text/plain; charset=utf-8", body))
    assert read.text == f"{RUSSIAN}\ufffd{RUSSIAN}"
    assert read.defects == ("text/plain part: bytes that are not utf-8",)


def test_raw_headers_take_the_hint_of_the_body() -> None:
    raw = b"Subject: \xcc\xc5\xd3\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n"
    read = mail.parse(raw + RUSSIAN.encode("koi8-r"))
    assert read.subject == "лес"
    assert "Subject: raw bytes without a label" in read.defects


MULTIPART = (
    b"MIME-Version: 1.0\r\nSubject: parts\r\n"
    b"Content-Type: multipart/mixed; boundary=outer\r\n\r\npreamble\r\n"
    b"--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n"
    b"--inner\r\nContent-Type: text/plain; charset=cp1251\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=CF=F0=E8=E2=E5=F2, =EC=E8=F0\r\n"
    b'--inner\r\nContent-Type: text/html\r\n\r\n<meta charset="koi8-r">\xf0\xd2\xc9\xd7\xc5\xd4\r\n'
    b"--inner--\r\n"
    b"--outer\r\nContent-Type: application/pdf; name=other.pdf\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n"
    b'--outer\r\nContent-Type: text/plain; name="=?koi8-r?B?zMXT?=.txt"\r\n\r\n\xff\x00raw\r\n'
    b"--outer\r\nContent-Type: message/rfc822\r\n\r\nSubject: inside\r\n\r\nbody\r\n"
    b"--outer--\r\n"
)


def test_parts_and_attachments() -> None:
    read = mail.parse(MULTIPART)
    assert read.text == "Привет, мир"
    assert read.html == '<meta charset="koi8-r">Привет'
    pdf, text, inside = read.attachments
    assert pdf == Attachment(filename="отчёт.pdf", content_type="application/pdf", data=b"%PDF")
    assert (text.filename, text.data) == ("лес.txt", b"\xff\x00raw")
    assert inside.content_type == "message/rfc822"
    assert inside.data.startswith(b"Subject: inside")
    assert "body" not in (read.text or "")


def test_what_is_no_mail_is_text() -> None:
    read = mail.parse(RUSSIAN.encode("cp1251"))
    assert read.text == RUSSIAN
    assert read.headers == ()
    assert read.defects == ("no headers: this is not mail; read as text",)
    assert mail.parse(b"").text == ""
    assert mail.parse(bytearray(MULTIPART)) == mail.parse(MULTIPART)
    with pytest.raises(TypeError, match="not str"):
        mail.parse("Subject: x")  # type: ignore[arg-type]


def test_no_lone_surrogates_come_out_of_utf7() -> None:
    read = mail.parse(message("Subject: x\nContent-Type: text/plain; charset=utf-7", b"+2AA-"))
    assert read.text == "\ufffd"
    assert mail.decode_header("=?utf-7?Q?+ZeVcp930nLIqe-?=").encode("utf-8")


def test_mail_is_a_value() -> None:
    read = mail.parse(MULTIPART)
    assert pickle.loads(pickle.dumps(read)) == read
    assert hash(read) == hash(mail.parse(MULTIPART))
    with pytest.raises(AttributeError):
        read.subject = "other"  # type: ignore[misc]
    match read:
        case mail.Mail(subject, _, _, text):
            assert (subject, text) == ("parts", "Привет, мир")


@given(data=st.binary(max_size=300), at=st.integers(0, len(MULTIPART)))
def test_messages_never_raise(data: bytes, at: int) -> None:
    assert mail.parse(MULTIPART[:at] + data + MULTIPART[at:]).headers is not None
    assert mail.parse(data) is not None


def test_names_of_other_types_are_type_errors() -> None:
    square = memoryview(b"abcd").cast("B", (2, 2))
    for call in (mail.make_disposition, mail.imap_decode, mail.parse_disposition):
        with pytest.raises(TypeError, match="memoryview"):
            call(square)  # type: ignore[operator]
