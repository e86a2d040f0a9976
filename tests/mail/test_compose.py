"""`compose` and `encode`: structure, options, and what the standard library does to the result."""

from __future__ import annotations

import copy
import email
import email.generator
import email.policy
import io
import pickle
from datetime import datetime, timedelta, timezone
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strict_mail
from recodec import EncodeError, OptionError, UnknownCharsetError, mail

FROM, TO = "佐藤 <sato@example.jp>", "mori@example.jp"


def compose(subject="件名", from_=FROM, to=TO, body="本文\n", **options):
    return mail.compose(subject, from_, to, body, **options)


# -- Survives every writer -------------------------------------------------------------------------


def _hard():
    return compose(
        "とても長い件名で折り返しが必要になるもの " * 6,
        to=[
            ("山田, 花子", f"{'long' * 14}{number}@{'sub.' * 8}example.jp") for number in range(12)
        ],
        body="本文\n\nFrom the start\n.\n",
        html="<p>髙島①</p>\n",
        attachments=[("とても長い名前の添付ファイルです" * 4 + ".bin", bytes(range(256)))],
        headers={"References": " ".join(f"<{number:040}@example.jp>" for number in range(9))},
    )


@pytest.mark.parametrize(
    "policy",
    [
        None,
        email.policy.default,
        email.policy.SMTP,
        email.policy.SMTPUTF8,
        email.policy.default.clone(refold_source="all"),
        email.policy.default.clone(max_line_length=40),
    ],
    ids=["own", "default", "SMTP", "SMTPUTF8", "refold-all", "short-lines"],
)
def test_no_policy_folds_again(policy):
    """cpython#85725: the standard library refolds what it writes."""
    message = _hard()
    plain = message.as_bytes()
    out = io.BytesIO()
    email.generator.BytesGenerator(out, policy=policy).flatten(message, linesep="\n")
    assert out.getvalue() == plain
    strict_mail.read(plain)


def test_crlf_is_the_same_message():
    message = _hard()
    out = io.BytesIO()
    email.generator.BytesGenerator(out).flatten(message, linesep="\r\n")
    assert out.getvalue() == message.as_bytes().replace(b"\n", b"\r\n")


def test_text_generator_agrees():
    message = _hard()
    assert message.as_string().encode("ascii") == message.as_bytes()


def test_copies_and_pickles():
    message = _hard()
    plain = message.as_bytes()
    assert copy.deepcopy(message).as_bytes() == plain
    assert pickle.loads(pickle.dumps(message)).as_bytes() == plain


def test_headers_can_be_read_and_changed():
    message = compose(cc="友達: 山田 <y@example.jp>, z@example.jp;")
    assert message["Subject"] == "件名"
    assert message["From"].addresses == (Address("佐藤", "sato", "example.jp"),)
    assert message["Cc"].groups[0].display_name == "友達"
    assert message.get_content_type() == "text/plain"
    message.replace_header("Subject", "別の件名")
    message["X-Note"] = "追記"
    del message["Cc"]
    headers = dict(strict_mail.read(message.as_bytes())["headers"])
    assert headers["Subject"] == "別の件名" and headers["X-Note"] == "追記" and "Cc" not in headers
    with pytest.raises(EncodeError):
        message["X-Other"] = "😀"
    with pytest.raises(ValueError, match="From"):
        message["From"] = "second@example.jp"


def test_content_can_be_read_and_set():
    message = compose(body="髙島①\n")
    assert message.get_content() == "髙島①\n"
    message.set_content("別の本文㈱\n")
    assert message.get_content() == "別の本文㈱\n"
    found = strict_mail.read(message.as_bytes())
    assert found["texts"] == [("text/plain", "iso-2022-jp", "別の本文㈱\n")]
    with pytest.raises(EncodeError):
        message.set_content("😀")


def test_parameters_can_be_set():
    message = compose(attachments=[("a.bin", b"\0")])
    part = message.get_payload(1)
    part.set_param("filename", "日本.bin", header="Content-Disposition")
    assert b"filename*=ISO-2022-JP''" in message.as_bytes()
    assert part.get_filename() == "日本.bin"


# -- Structure -------------------------------------------------------------------------------------


def test_structure():
    message = compose(html="<p>x</p>", attachments=[("a.txt", "あ".encode("cp932"))])
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/plain",
    ]
    assert len(message.get_all("MIME-Version")) == 1
    assert message.get_payload(1).get_payload(decode=True) == "あ".encode("cp932")


def test_attachment_kinds(tmp_path):
    path = tmp_path / "資料.pdf"
    path.write_bytes(b"%PDF-1.4\r\n\0")
    inner = EmailMessage()
    inner["Subject"] = "中の件名"
    inner.set_content("中の本文\n")
    message = compose(
        attachments=[
            path,
            str(path),
            ("x.dat", bytearray(b"\1\2"), "application/x-thing"),
            mail.Attachment(filename="y.png", content_type="image/png", data=b"\x89PNG"),
            inner,
        ]
    )
    data = message.as_bytes()
    found = strict_mail.read(data)["attachments"]
    assert [one[0] for one in found] == ["資料.pdf", "資料.pdf", "x.dat", "y.png"]
    assert [one[1] for one in found[2:]] == ["application/x-thing", "image/png"]
    assert found[0][2] == b"%PDF-1.4\r\n\0"
    assert ("Subject", "中の件名") in strict_mail.read(data)["headers"]


def test_attachments_that_are_none():
    with pytest.raises(TypeError, match="bytes, not str"):
        compose(attachments=[("a.txt", "text")])
    with pytest.raises(TypeError, match="not an attachment"):
        compose(attachments=[3])
    with pytest.raises(OSError):
        compose(attachments=["/nonexistent/file"])


def test_legacy_names():
    """MimeKit#401, MailKit#1041: Outlook wants name="=?...?=" beside filename*."""
    message = compose(attachments=[("報告書.pdf", b"x")], legacy_names=True)
    data = message.as_bytes()
    assert b'name="=?ISO-2022-JP?B?' in data and b"filename*=ISO-2022-JP''" in data


def test_date_and_identifier():
    zone = timezone(timedelta(hours=9))
    message = compose(date=datetime(2026, 7, 6, 10, tzinfo=zone), message_id="<a@example.jp>")
    assert message["Date"] == "Mon, 06 Jul 2026 10:00:00 +0900"
    assert message["Date"].datetime == datetime(2026, 7, 6, 10, tzinfo=zone)
    assert message["Message-ID"] == "<a@example.jp>"
    own = compose(headers={"Date": "Mon, 06 Jul 2026 10:00:00 +0900", "Message-ID": "<b@x.jp>"})
    assert own.get_all("Message-ID") == ["<b@x.jp>"] and len(own.get_all("Date")) == 1
    assert compose()["Message-ID"].endswith("@example.jp>")


# -- Addresses (S3) --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ("a@example.jp", [("", "a@example.jp")]),
        ("森 太郎 <a@example.jp>", [("森 太郎", "a@example.jp")]),
        ("森, 太郎 <a@example.jp>", [("森, 太郎", "a@example.jp")]),
        (
            '"森, 太郎" <a@example.jp>, b@example.jp',
            [("森, 太郎", "a@example.jp"), ("", "b@example.jp")],
        ),
        ("a@example.jp (太郎)", [("太郎", "a@example.jp")]),
        (["a@example.jp", "b@example.jp"], [("", "a@example.jp"), ("", "b@example.jp")]),
        (("a@example.jp", "b@example.jp"), [("", "a@example.jp"), ("", "b@example.jp")]),
        (("太郎", "a@example.jp"), [("太郎", "a@example.jp")]),
        (Address("太郎", "a", "example.jp"), [("太郎", "a@example.jp")]),
        (mail.Address(name="太郎", address="a@example.jp"), [("太郎", "a@example.jp")]),
        ("a..b.@docomo.ne.jp", [("", '"a..b."@docomo.ne.jp')]),
        ("太郎 <.abc@ezweb.ne.jp>", [("太郎", '".abc"@ezweb.ne.jp')]),
        ('"a b"@example.jp', [("", '"a b"@example.jp')]),
        ("太郎 <a@日本語.jp>", [("太郎", "a@xn--wgv71a119e.jp")]),
        ("a@BÜCHER.example。jp", [("", "a@xn--bcher-kva.example.jp")]),
        # RFC 5891: not strasse.de, which is somebody else's.
        ("a@Straße.de", [("", "a@xn--strae-oqa.de")]),
        ("a@σίσυφος.gr", [("", "a@xn--kxa6ajbbmh.gr")]),
        ("a@[192.0.2.1]", [("", "a@[192.0.2.1]")]),
        ("<@relay.jp:a@example.jp>", [("", "a@example.jp")]),
        (
            "一覧: a@example.jp, 花子 <b@example.jp>;",
            [("一覧", ":"), ("", "a@example.jp"), ("花子", "b@example.jp")],
        ),
        (Group("undisclosed-recipients"), [("undisclosed-recipients", ":")]),
    ],
    ids=str,
)
def test_addresses(given, expect):
    message = compose(to=given)
    assert dict(strict_mail.read(message.as_bytes())["headers"])["To"] == expect


def test_an_address_that_an_archive_hides_is_no_recipient():
    with pytest.raises(OptionError, match="no address for 'Hanako'"):
        compose(to="hanako at example.jp (Hanako)")


def test_many_recipients_fold():
    people = [(f"受信者{number}", f"user{number}@example.jp") for number in range(200)]
    data = compose(to=people).as_bytes()
    assert dict(strict_mail.read(data)["headers"])["To"] == people
    assert max(map(len, data.split(b"\n"))) <= 76


@pytest.mark.parametrize("field", ["cc", "bcc", "reply_to", "sender"])
def test_every_address_header(field):
    """The gem leaves Bcc alone."""
    message = compose(**{field: ("花子", "h@example.jp")})
    name = field.replace("_", "-").title()
    assert f"\n{name}: =?ISO-2022-JP?B?".encode() in message.as_bytes()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"to": "太郎"}, OptionError),
        ({"to": "例@example.jp"}, OptionError),
        ({"from_": ""}, OptionError),
        ({"to": 7}, TypeError),
        ({"subject": "a\nBcc: b@example.jp"}, OptionError),
        ({"to": ("a\r\nX: y", "a@example.jp")}, ValueError),
        ({"headers": {"X-A": "b\r\nC: d"}}, OptionError),
        ({"headers": {"Content-Type": "text/plain"}}, OptionError),
        ({"body": b"bytes"}, TypeError),
        ({"unencodable": "drop"}, OptionError),
        ({"variant": "mac"}, OptionError),
        ({"kana": "half"}, OptionError),
        ({"charset": "utf-16"}, OptionError),
        ({"charset": "no-such"}, UnknownCharsetError),
        ({"subject": "\ud800", "unencodable": "utf8"}, EncodeError),
    ],
    ids=str,
)
def test_refused(options, error):
    with pytest.raises(error):
        compose(**options)


def test_the_error_names_character_and_place():
    with pytest.raises(EncodeError) as caught:
        compose(body="一行目\n二行目 😀\n")
    error = caught.value
    assert (error.line, error.column, error.character) == (2, 5, "😀")
    assert "text/plain part" in str(error) and "U+1F600" in str(error)
    with pytest.raises(EncodeError, match="Subject"):
        compose("😀")
    with pytest.raises(EncodeError, match="filename of Content-Disposition"):
        compose(attachments=[("😀.txt", b"")])


# -- Other charsets --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "日本語とЖと한"),
        ("koi8-r", "Добрый день, коллеги"),
        ("windows-1252", "Grüße aus Köln – “so”"),
        ("euc-kr", "안녕하십니까 여러분"),
        ("iso-2022-kr", "안녕하십니까 여러분"),
        ("gb2312", "你好，世界"),
        ("big5", "您好，世界"),
        ("shift_jis", "日本語のメール"),
    ],
)
def test_other_charsets(charset, text):
    message = compose(
        text,
        from_=(text, "a@example.org"),
        body=text + "\n",
        charset=charset,
        attachments=[(text + ".txt", b"x")],
    )
    read = mail.parse(message.as_bytes())
    assert (read.subject, read.from_[0].name, read.text.rstrip("\n")) == (text, text, text)
    assert message.as_bytes().isascii()


# -- encode ----------------------------------------------------------------------------------------


def _built():
    message = EmailMessage()
    message["Subject"] = "件名①"
    message["From"] = Address("佐藤, 花子", "sato", "example.jp")
    message["To"] = "森 <mori@example.jp>"
    message["Bcc"] = "秘密 <bcc@example.jp>"
    message["Comments"] = "備考"
    message["X-Own"] = "独自"
    message.set_content("本文です。\n")
    message.add_alternative("<meta charset=utf-8><p>本文</p>\n", subtype="html")
    message.get_payload(1).add_related(b"GIF89a", "image", "gif", cid="<a@b>", filename="絵.gif")
    message.add_attachment("テキスト\n", filename="添付.txt")
    message.add_attachment(bytes(range(256)), "application", "octet-stream", filename="資料.bin")
    return message


def test_encode_a_message_of_the_standard_library():
    built = _built()
    before = built.as_bytes()
    data = mail.encode(built).as_bytes()
    assert built.as_bytes() == before, "the original is not touched"
    found = strict_mail.read(data)
    headers = dict(found["headers"])
    assert headers["Subject"] == "件名①"
    assert headers["From"] == [("佐藤, 花子", "sato@example.jp")]
    assert headers["Bcc"] == [("秘密", "bcc@example.jp")]
    assert (headers["Comments"], headers["X-Own"]) == ("備考", "独自")
    assert found["texts"] == [
        ("text/plain", "iso-2022-jp", "本文です。\n"),
        ("text/html", "iso-2022-jp", "<meta charset=ISO-2022-JP><p>本文</p>\n"),
    ]
    assert [one[0] for one in found["attachments"]] == ["絵.gif", "添付.txt", "資料.bin"]
    assert found["attachments"][1][2] == "テキスト\n".encode()
    assert found["attachments"][2][2] == bytes(range(256))
    assert data.lower().count(b"utf-8") == 1, "the text that is attached says what it is in"


def test_encode_is_idempotent():
    once = mail.encode(_built())
    assert mail.encode(once).as_bytes() == once.as_bytes()
    parsed = email.message_from_bytes(once.as_bytes(), policy=email.policy.default)
    assert mail.encode(parsed).as_bytes() == once.as_bytes()


def test_encode_a_legacy_message():
    message = MIMEMultipart()
    message["Subject"] = "件名"
    message["To"] = "mori@example.jp"
    message.attach(MIMEText("本文\n", "plain", "utf-8"))
    found = strict_mail.read(mail.encode(message).as_bytes())
    assert dict(found["headers"])["Subject"] == "件名"
    assert found["texts"] == [("text/plain", "iso-2022-jp", "本文\n")]


def test_encode_leaves_signed_parts():
    """RFC 1847, 2.1: what is signed is not touched."""
    source = (
        b"Subject: =?UTF-8?B?5Lu25ZCN?=\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        b"5pys5paHCg==\n--b\nContent-Type: application/pgp-signature\n\nsig\n--b--\n"
    )
    message = email.message_from_bytes(source, policy=email.policy.default)
    data = mail.encode(message).as_bytes()
    assert data.partition(b"\n\n")[2] == source.partition(b"\n\n")[2]
    assert b"Subject: =?ISO-2022-JP?B?" in data


def test_encode_keeps_flowed():
    message = EmailMessage()
    message.set_content("一行目 \n二行目\n", params={"format": "flowed", "delsp": "yes"})
    data = mail.encode(message).as_bytes()
    assert b"format=flowed; delsp=yes" in data
    assert strict_mail.read(data)["texts"] == [("text/plain", "iso-2022-jp", "一行目 \n二行目\n")]


def test_encode_what_was_received_in_japanese():
    """NEC's characters in what the standard library cannot decode."""
    source = b"Subject: =?ISO-2022-JP?B?GyRCLSEbKEI=?=\n\n"
    message = email.message_from_bytes(source, policy=email.policy.default)
    assert dict(strict_mail.read(mail.encode(message).as_bytes())["headers"])["Subject"] == "①"


def test_encode_refuses():
    with pytest.raises(TypeError):
        mail.encode(b"Subject: x\n\n")
    deep = EmailMessage()
    deep.set_content("x")
    for _ in range(200):
        outer = EmailMessage()
        outer["Content-Type"] = "multipart/mixed"
        outer.set_payload([deep])
        deep = outer
    with pytest.raises(OptionError, match="deep"):
        mail.encode(deep)


# -- The gem mail-iso-2022-jp ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "From",
        "Sender",
        "To",
        "Cc",
        "Reply-To",
        "Resent-From",
        "Resent-Sender",
        "Resent-To",
        "Resent-Cc",
        "Subject",
    ],
)
def test_gem_converts_these_headers(name):
    message = EmailMessage()
    message[name] = "花子 <h@example.jp>" if name != "Subject" else "花子"
    message.set_content("x\n")
    assert f"{name}: =?ISO-2022-JP?B?".encode() in mail.encode(message).as_bytes()


def test_gem_charset_in_any_case():
    for charset in ("ISO-2022-JP", "iso-2022-jp", "Iso-2022-Jp"):
        assert compose(charset=charset).get_content_charset() == "iso-2022-jp"


def test_gem_pre_mapping():
    """U+301C, 2212, 2014 and 2016 go to 0x2141, 215D, 213D and 2142."""
    body = compose(body="\u301c\u2212\u2014\u2016\n").get_payload()
    assert body == "\x1b$B!A!]!=!B\x1b(B\n"


def test_gem_rows():
    """①㈱ in row 13, 髙﨑 in rows 89 to 92, never 115 to 119."""
    body = compose(body="①㈱髙﨑\n").get_payload()
    assert body == "\x1b$B-!-j|byu\x1b(B\n"


# -- Properties ------------------------------------------------------------------------------------

# Whole messages take a few milliseconds each.
_FEWER = settings(max_examples=min(settings().max_examples, 200))
_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=80)
_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
_NAME = _LINE.map(str.strip).filter(bool)


@_FEWER
@given(subject=_LINE, name=_NAME, filename=_NAME, body=_ANY)
def test_anything_survives(subject, name, filename, body):
    """compose, then a strict reader: every text comes back, as the charset spells it."""
    message = compose(
        subject,
        to=[(name, "a@example.jp")],
        body=body,
        attachments=[(filename, b"\0\xff")],
        unencodable="utf8",
        kana="keep",
    )
    found = strict_mail.read(message.as_bytes(), kana=True)
    headers = dict(found["headers"])
    output = message.policy.output
    assert headers["Subject"] == output.fit(subject, "")[0]
    assert headers["To"] == [(output.fit(name, "")[0].strip(), "a@example.jp")]
    assert found["attachments"][0][0] == output.fit(filename, "")[0]
    (text,) = (one[2] for one in found["texts"])
    expect = output.fit(body.replace("\r\n", "\n").replace("\r", "\n"), "")[0]
    assert text in (expect, expect + "\n")


_KANA = st.text("ｱｶﾞﾊﾟﾞﾟ、。漢字ab c①髙～〜", max_size=100)


@_FEWER
@given(subject=_KANA, body=_KANA)
def test_japanese_survives_strictly(subject, body):
    message = compose(subject, body=body)
    found = strict_mail.read(message.as_bytes())
    assert dict(found["headers"])["Subject"] == message["Subject"]
    assert not set(message["Subject"]) & set("ｱｶﾞﾊﾟ〜")


@_FEWER
@given(text=_ANY)
def test_flowed_text_survives(text):
    """RFC 3676: spaces at the ends of lines are the only thing that wrapping may take."""
    text = "\n".join(line.rstrip(" ") for line in text.replace("\r", "\n").split("\n"))
    text = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    message = compose(body=text, flowed=True, unencodable="utf8", kana="keep")
    ((_, _, got),) = strict_mail.read(message.as_bytes(), kana=True)["texts"]
    expect = message.policy.output.fit(text, "")[0]
    assert strict_mail.unflow(got) in (expect, expect + "\n")


def test_text_attachments_say_what_they_are_in() -> None:
    files = [("a.txt", b""), ("b.txt", "日本語です。こんにちは".encode("cp932")), ("c.txt", b"abc")]
    parts = list(compose(attachments=files).iter_attachments())
    assert [part.get_content_charset() for part in parts] == [None, "windows-31j", "us-ascii"]
    assert [part.get_payload(decode=True) for part in parts] == [data for _, data in files]


def test_content_that_is_set_later_is_in_the_charset_of_the_message_unless_it_says_more() -> None:
    message = compose()
    message.set_content("本文")
    assert message.get_content_charset() == "iso-2022-jp"
    message.set_content("本文", charset="utf-8")
    assert message.get_content_charset() == "utf-8"
    message.set_content("本文", "plain", "utf-8")
    assert message.get_content_charset() == "utf-8"
    message.set_content("本文", cte="base64")
    assert message["content-transfer-encoding"] == "base64"


@pytest.mark.parametrize(
    ("to", "field"),
    [
        ("Taro mori@example.jp>", "Taro <mori@example.jp>"),
        ("mori@example.jp>", "mori@example.jp"),
        ("<<mori@example.jp>>", "mori@example.jp"),
        ("A -> B <mori@example.jp>", '"A -> B" <mori@example.jp>'),
        ("mori@[127.0.0.1]", "mori@[127.0.0.1]"),
        ("mori@[IPv6:::1]", "mori@[IPv6:::1]"),
    ],
)
def test_angle_brackets_that_do_not_pair(to: str, field: str) -> None:
    assert f"\nTo: {field}\n".encode() in compose(to=to).as_bytes()


@pytest.mark.parametrize("address", ["a@b>, c", "a@b, c", "a@b c", 'a@b"c', "a@[b>, c]"])
def test_a_domain_holds_no_further_recipients(address: str) -> None:
    with pytest.raises(OptionError, match="not a domain name"):
        compose(to=[("x", address)])
