"""`recode` by the rules K1 to K8: each case has a rule, a message, and what must be so after."""

from __future__ import annotations

import base64
import email
import email.policy
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strict_mail
from recodec import OptionError, UnknownCharsetError, encode, mail

_NAME = b"=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?="  # 山田


def jis(text):
    return encode(text, "cp50221")


def message(*fields, body=b"body\n", eol=b"\n"):
    head = b"\n".join((*fields, b"", b""))
    return (head + body).replace(b"\r\n", b"\n").replace(b"\n", eol)


def text_part(charset, data, cte="8bit", kind="text/plain"):
    return (
        f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {cte}\n\n".encode()
        + data
    )


def mixed(*parts, boundary=b"b"):
    head = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=" + boundary + b"\n\n"
    lines = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in parts)
    return head + b"preamble\n" + lines + b"--" + boundary + b"--\nepilogue\n"


def recode(data, to="utf-8", **options):
    done = mail.recode(data, to, **options)
    again = mail.recode(done.data, to, **options)
    assert not again.changed and again.data == done.data, "a second run finds nothing to do"
    assert done.changed == (done.data != data)
    if not done.changed:
        assert done.data is data or type(data) is not bytes
    return done


# -- K1: untouched if there is nothing to do -------------------------------------------------------

_UNTOUCHED = {
    "ascii": message(b"Subject: plain", b"From: a@example.org"),
    "utf-8": message(b"Subject: =?utf-8?B?5bGx55Sw?=") + b"",
    "utf-8-body": message(b"Subject: x")[:-5] + b"",
    "utf-8-8bit": b"Subject: x\n" + text_part("utf-8", "日本語\n".encode()),
    "utf-8-base64": b"Subject: x\n"
    + text_part("UTF-8", base64.encodebytes("日本語\n".encode()), "base64"),
    "utf-8-odd-base64": b"Subject: x\n" + text_part("utf-8", b"5pel5p\n ys6Kqe", "base64"),
    "utf-8-qp": b"Subject: x\n" + text_part('"utf-8"', b"=E6=97=A5=\n\n", "quoted-printable"),
    "us-ascii": b"Subject: x\n" + text_part("us-ascii", b"$B100 (B\n", "7bit"),
    "no-header-text": b"just some text\nand more\n",
    "empty": b"",
    "blank": b"\n\n",
    "odd-spacing": message(b"Subject:x", b"X-Odd :  y ", b"To:\ta@example.org,\n\tb@example.org"),
    "crlf": message(b"Subject: x", eol=b"\r\n"),
    "long-lines": message(b"References: " + b"<aaaaaaaaaaaaaaaaaaaaaaaaa@example.org> " * 20),
    "8bit-attachment": mixed(
        b"Content-Type: text/plain; charset=iso-2022-jp; name=a.txt\n\n" + jis("添付"),
        b'Content-Disposition: attachment; filename="b.txt"\n'
        b"Content-Type: text/plain; charset=shift_jis\n\n" + "添付".encode("cp932"),
    ),
    "octet-stream": mixed(b"Content-Type: application/octet-stream\n\n\x00\xff\x1b$B"),
    "rfc2231": mixed(b"Content-Disposition: attachment; filename*=utf-8''%E5%B1%B1\n\nx"),
    "language-tag": message(b"Subject: =?utf-8*ja?B?5bGx55Sw?="),
    "word-like-question": message(b"Subject: is a =? b ?"),
    "calendar": b"X: y\n" + text_part("utf-8", "予定\n".encode(), kind="text/calendar"),
}


@pytest.mark.parametrize("name", _UNTOUCHED)
def test_k1_untouched(name):
    data = _UNTOUCHED[name]
    done = recode(data)
    assert (done.changed, done.data) == (False, data)


@pytest.mark.parametrize("make", [bytearray, memoryview], ids=["bytearray", "memoryview"])
def test_k1_any_buffer(make):
    assert mail.recode(make(b"Subject: x\n\nbody")).data == b"Subject: x\n\nbody"


def test_k1_options():
    with pytest.raises(TypeError):
        mail.recode("Subject: x\n\n")
    with pytest.raises(UnknownCharsetError):
        mail.recode(b"", "no-such")
    with pytest.raises(OptionError):
        mail.recode(b"", "utf-16")


# -- K2: headers, texts and parameters -------------------------------------------------------------

_SUBJECTS = {
    "jis-word": (_NAME, "山田"),
    "jis-words-split-in-state": (
        b"=?iso-2022-jp?B?GyRCOzM=?=\n =?iso-2022-jp?B?RUQbKEI=?=",
        "山田",
    ),
    "q-koi8": (b"=?koi8-r?Q?=F0=D2=C9=D7=C5=D4?=", "Привет"),
    "euc-kr": (b"=?euc-kr?B?" + base64.b64encode("안녕".encode("cp949")) + b"?=", "안녕"),
    "latin1": (b"=?iso-8859-1?Q?Gr=FC=DFe?= aus", "Grüße aus"),
    "big5": (
        b"=?big5?B?" + base64.b64encode("測試".encode("big5")) + b"?= =?big5?B?tPo=?=",
        "測試測",
    ),
    "raw-jis": (jis("件名のテスト"), "件名のテスト"),
    "raw-utf8": ("件名のテスト".encode(), "件名のテスト"),
    "raw-sjis": ("件名のテストです".encode("cp932"), "件名のテストです"),
    "utf8-split-character": (b"=?utf-8?B?5bGx55Q=?= =?utf-8?B?sA==?=", "山田"),
    "utf8-too-long": (
        b"=?utf-8?B?" + base64.b64encode("山田太郎".encode() * 9) + b"?=",
        "山田太郎" * 9,
    ),
    "utf8-glued": (b"a=?utf-8?B?5bGx?=b", "a山b"),
    "nec-row-13": (b"=?ISO-2022-JP?B?GyRCLSEtahsoQg==?=", "①㈱"),
}


@pytest.mark.parametrize("name", _SUBJECTS)
@pytest.mark.parametrize("field", [b"Subject", b"Comments", b"X-Note"])
def test_k2_text_headers(name, field):
    raw, expect = _SUBJECTS[name]
    done = recode(message(b"A: b", field + b": " + raw, b"C: d"))
    headers = strict_mail.read(done.data)["headers"]
    assert headers == [("A", "b"), (field.decode(), expect), ("C", "d")]


def test_k2_addresses():
    data = message(
        b'From: "' + _NAME + b'" <y@example.jp>',
        b"To: "
        + _NAME
        + b" <a@example.jp>,\n\t"
        + "森, 太郎".encode("cp932").join((b'"', b'"'))
        + b" <..b@docomo.ne.jp>",
        b"Cc: " + _NAME + b": c@example.jp;",
    )
    headers = dict(strict_mail.read(recode(data).data)["headers"])
    assert headers["From"] == [("山田", "y@example.jp")]
    assert headers["To"] == [("山田", "a@example.jp"), ("森, 太郎", '"..b"@docomo.ne.jp')]
    assert headers["Cc"] == [("山田", ":"), ("", "c@example.jp")]


def test_k2_comment_beside_a_name_is_kept():
    data = message(b"From: " + _NAME + b" (Sales) <y@example.jp>")
    headers = dict(strict_mail.read(recode(data).data)["headers"])
    assert headers["From"] == [("山田 (Sales)", "y@example.jp")]


@pytest.mark.parametrize("comment", ["", " (Sales)"])
def test_a_name_without_an_address_is_read_with_its_comment(comment):
    data = message(b"From: " + _NAME + comment.encode())
    recoded = recode(data)
    assert b"=?UTF-8?" in recoded.data
    [author] = mail.parse(recoded.data).from_
    assert (author.name, author.address) == ("山田" + comment, "")


def test_an_address_that_an_archive_hides_keeps_its_name_and_stays_hidden():
    data = message(b"From: yamada at mail.example.jp (" + _NAME + b")")
    recoded = recode(data)
    assert b"yamada at mail.example.jp" in recoded.data
    [author] = mail.parse(recoded.data).from_
    assert (author.name, author.address) == ("山田", "yamada at mail.example.jp")


_BODIES = {
    "jis": ("iso-2022-jp", jis("本文です。\n二行目①\n"), "7bit", "本文です。\n二行目①\n"),
    "sjis": ("Shift_JIS", "日本語です。㈱\n".encode("cp932"), "8bit", "日本語です。㈱\n"),
    "euc": ("euc-jp", "日本語の本文です。\n".encode("euc_jp"), "8bit", "日本語の本文です。\n"),
    "koi8": ("koi8-r", "Добрый вечер.\n".encode("koi8-r"), "8bit", "Добрый вечер.\n"),
    "cp1251": ("windows-1251", "Добрый день.\n".encode("cp1251"), "8bit", "Добрый день.\n"),
    "latin1": ("ISO-8859-1", "Grüße aus Köln\n".encode("latin-1"), "8bit", "Grüße aus Köln\n"),
    "cp1252": ("iso-8859-1", "“Grüße” – ja\n".encode("cp1252"), "8bit", "“Grüße” – ja\n"),
    "uhc": ("ks_c_5601-1987", "안녕하세요 똠방\n".encode("cp949"), "8bit", "안녕하세요 똠방\n"),
    "gbk": ("gb2312", "你好，世界镕\n".encode("gbk"), "8bit", "你好，世界镕\n"),
    "big5": ("big5", "您好，世界\n".encode("big5"), "8bit", "您好，世界\n"),
    "iso-2022-kr": ("iso-2022-kr", encode("안녕하세요\n", "iso2022_kr"), "7bit", "안녕하세요\n"),
    "base64": ("iso-2022-jp", base64.encodebytes(jis("本文\n")), "base64", "本文\n"),
    "quoted": ("iso-8859-1", b"Gr=FC=DFe=\n, so\n", "quoted-printable", "Grüße, so\n"),
    "ascii-relabelled": ("iso-2022-jp", b"only ascii\n", "7bit", "only ascii\n"),
    "flowed": ("iso-2022-jp; format=flowed; delsp=yes", jis("長い \n行\n"), "7bit", "長い \n行\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", _BODIES)
def test_k2_bodies(name):
    charset, data, cte, expect = _BODIES[name]
    done = recode(b"Subject: x\nMIME-Version: 1.0\n" + text_part(charset, data, cte))
    ((kind, label, text),) = strict_mail.read(done.data, seven_bit=False)["texts"]
    assert (kind, label, text) == ("text/plain", "utf-8", expect)
    if cte == "7bit":
        assert done.data.isascii(), "what was 7 bits stays so"
    if "format" in charset:
        assert b"charset=utf-8; format=flowed; delsp=yes" in done.data


def test_k2_body_without_a_label():
    """JIS in a mail that says nothing (zammad#6144)."""
    done = recode(message(b"Subject: x", body=jis("本文です。\n")))
    assert strict_mail.read(done.data)["texts"] == [("text/plain", "utf-8", "本文です。\n")]
    assert b"MIME-Version: 1.0" in done.data


def test_k2_lying_label():
    """mikel/mail#1423: a body in UTF-8 under the label ISO-2022-JP."""
    source = b"Subject: x\n" + text_part("iso-2022-jp", "日本語の本文です。\n".encode())
    done = recode(source)
    assert done.data.endswith("日本語の本文です。\n".encode())
    assert b"charset=utf-8" in done.data


_PARAMETERS = {
    "2047-in-quotes": b'filename="' + _NAME + b'.txt"',
    "2047-bare": b"filename=" + _NAME + b".txt",
    "2231-jis": b"filename*=iso-2022-jp''%1B%24B%3B3ED%1B%28B.txt",
    "2231-continued": b"filename*0*=iso-2022-jp''%1B%24B%3B3;\n filename*1*=ED%1B%28B.txt",
    "raw-jis": b'filename="' + jis("山田") + b'.txt"',
    "raw-utf8": 'filename="山田.txt"'.encode(),
}


@pytest.mark.parametrize("name", _PARAMETERS)
def test_k2_file_names(name):
    part = (
        b"Content-Type: application/pdf; x=y\nContent-Disposition: attachment; "
        + _PARAMETERS[name]
        + b"; size=3\nContent-Transfer-Encoding: base64\n\nAAEC"
    )
    done = recode(b"Subject: x\n" + mixed(part))
    assert strict_mail.read(done.data)["attachments"] == [
        ("山田.txt", "application/pdf", b"\0\1\2")
    ]
    assert b"filename*=UTF-8''" in done.data and b"size=3" in done.data
    assert b"Content-Type: application/pdf; x=y\n" in done.data


# -- K3: what is kept ------------------------------------------------------------------------------


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_k3_everything_else_is_the_same_bytes(eol):
    data = (
        b"Received: from x\n\tby y; odd  spacing \nX-A:b\nSubject: " + _NAME + b"\nx-a: C\n"
        b"MIME-Version: 1.0 (comment)\n"
        b'Content-Type: multipart/mixed;\n\tboundary="a b";\n\tother=1\n\npre\namble\n\n'
        b"--a b  \n" + text_part("iso-2022-jp", jis("本文\n"), "7bit") + b"\n--a b\n"
        b"Content-Type: application/x; n=1\n\n\x01 bytes \n\n--a b--\t\nepi\nlogue"
    ).replace(b"\n", eol)
    done = recode(data)
    expect = (
        data.replace(_NAME, b"=?UTF-8?B?5bGx55Sw?=")
        .replace(b"charset=iso-2022-jp", b"charset=utf-8")
        .replace(b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: base64")
        .replace(
            jis("本文\n").replace(b"\n", eol),
            base64.b64encode("本文\n".encode().replace(b"\n", eol)) + eol,
        )
    )
    assert done.data == expect


def test_k3_cr_only():
    data = message(b"Subject: " + _NAME, b"X: y", body=b"one\ntwo", eol=b"\r")
    assert recode(data).data == data.replace(_NAME, b"=?UTF-8?B?5bGx55Sw?=")


def test_k3_mbox_line_and_blank_lines_stay():
    data = b"\n>From x\nSubject: " + _NAME + b"\n\nbody"
    assert recode(data).data == data.replace(_NAME, b"=?UTF-8?B?5bGx55Sw?=")


def test_k3_nested_message():
    inner = b"Subject: " + _NAME + b"\n" + text_part("iso-2022-jp", jis("中\n"), "7bit")
    data = b"Subject: out\n" + mixed(b"Content-Type: message/rfc822\n\n" + inner)
    done = recode(data)
    assert ("Subject", "山田") in strict_mail.read(done.data)["headers"]
    assert strict_mail.read(done.data)["texts"] == [("text/plain", "utf-8", "中\n")]
    attached = data.replace(
        b"message/rfc822\n", b"message/rfc822\nContent-Disposition: attachment\n"
    )
    assert not recode(attached).changed, "an attachment keeps its bytes"


# -- K4: what a strict reader takes ----------------------------------------------------------------


def test_k4_markup_declares_utf8():
    html = '<?xml version="1.0" encoding="Shift_JIS"?><meta charset="shift_jis">日本語です\n'
    source = b"Subject: x\n" + text_part("shift_jis", html.encode("cp932"), kind="text/html")
    ((_, _, text),) = strict_mail.read(recode(source).data, seven_bit=False)["texts"]
    assert text == html.replace("Shift_JIS", "UTF-8").replace("shift_jis", "UTF-8")


def test_k4_markup_that_contradicts_its_label():
    """A page in UTF-8 whose meta element says otherwise is mended too."""
    source = b"Subject: x\n" + text_part(
        "utf-8", '<meta charset="euc-jp">日本語\n'.encode(), kind="text/html"
    )
    assert b'<meta charset="UTF-8">' in recode(source).data


def test_k4_long_lines_go_to_base64():
    source = b"Subject: x\n" + text_part("shift_jis", ("長い行です。" * 200).encode("cp932"))
    done = recode(source)
    strict_mail.read(done.data)
    assert b"Content-Transfer-Encoding: base64" in done.data


def test_k4_long_subject_folds():
    long = b" ".join([b"=?iso-2022-jp?B?" + base64.b64encode(jis("長い件名")) + b"?="] * 20)
    done = recode(message(b"Subject: " + long))
    assert dict(strict_mail.read(done.data)["headers"])["Subject"] == "長い件名" * 20


# -- K5, K6: attachments, signed and encrypted -----------------------------------------------------


@pytest.mark.parametrize("cte", ["base64", "7bit", "8bit", "quoted-printable"])
def test_k5_attachments_keep_their_bytes(cte):
    part = text_part("shift_jis", "添付です=E3=\n".encode("cp932"), cte) + b""
    part = b"Content-Disposition: attachment; filename=" + _NAME + b"\n" + part
    done = recode(b"Subject: x\n" + mixed(text_part("iso-2022-jp", jis("本文"), "7bit"), part))
    body = part.partition(b"\n\n")[2]
    assert body in done.data and b"charset=shift_jis" in done.data
    assert b"filename*=UTF-8''" in done.data


_SIGNED = {
    "pgp": b'multipart/signed; protocol="application/pgp-signature"',
    "smime": b'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256',
    "encrypted": b'multipart/encrypted; protocol="application/pgp-encrypted"',
}


@pytest.mark.parametrize("name", _SIGNED)
def test_k6_sealed_parts(name):
    inside = (
        b"--s\n" + text_part("iso-2022-jp", jis("署名された本文\n"), "7bit") + b"\n--s\n"
        b"Content-Type: application/pgp-signature\n\nsig\n--s--\n"
    )
    data = b"Subject: " + _NAME + b"\nContent-Type: " + _SIGNED[name] + b"; boundary=s\n\n" + inside
    done = recode(data)
    assert done.data == data.replace(_NAME, b"=?UTF-8?B?5bGx55Sw?=")
    assert any(name.partition("/")[0][:3] or "multipart" in note for note in done.notes)
    outer = b"Subject: x\n" + mixed(
        data.partition(b"\n")[2], text_part("iso-2022-jp", jis("外"), "7bit")
    )
    assert inside in recode(outer).data and jis("外") not in recode(outer).data


@pytest.mark.parametrize("mark", [b"SIGNED MESSAGE", b"MESSAGE"])
def test_k6_clear_signed_text(mark):
    body = b"-----BEGIN PGP " + mark + b"-----\n\n" + jis("本文\n") + b"-----END-----\n"
    data = b"Subject: x\n" + text_part("iso-2022-jp", body, "7bit")
    done = recode(data)
    assert not done.changed and "signed" in done.notes[0]


def test_k6_dkim_is_kept_and_warned_of():
    data = message(b"DKIM-Signature: v=1; b=abc", b"Subject: " + _NAME)
    done = recode(data)
    assert b"DKIM-Signature: v=1; b=abc\n" in done.data
    assert any("DKIM" in note for note in done.notes)
    assert not recode(message(b"DKIM-Signature: v=1", b"Subject: x")).notes


# -- K7: what cannot be read -----------------------------------------------------------------------

_UNREADABLE = {
    "body": b"Subject: x\n"
    + text_part("iso-2022-jp", jis("本文") + b"\n\x1b$B\x7f\x7f!\x1b(B\n", "7bit"),
    "cte": b"Subject: x\n" + text_part("shift_jis", "日本語".encode("cp932"), "x-own-coding"),
    "one-bad-byte": b"Subject: x\n"
    + text_part("utf-8", "日本語の本文です。正しい文章が続きます。".encode() + b"\xff\n"),
    "token": b"Message-ID: <" + "日本".encode("cp932") + b"@x>\n\n",
}


@pytest.mark.parametrize("name", _UNREADABLE)
def test_k7_left_alone_and_said(name):
    data = _UNREADABLE[name]
    done = recode(data)
    assert done.data == data and len(done.notes) == 1


def test_k7_the_rest_is_recoded():
    data = message(b"Subject: " + _NAME, b"Message-ID: <\xff@x>")
    done = recode(data)
    assert done.data == data.replace(_NAME, b"=?UTF-8?B?5bGx55Sw?=") and done.notes


_FRAGMENTS = st.sampled_from(
    [b"Subject: ", b"From: ", b"To: ", b"Content-Type: ", b"Content-Disposition: attachment",
     b"text/plain", b"text/html", b"multipart/mixed", b"; boundary=b", b"; charset=iso-2022-jp",
     b"; charset=shift_jis", b'; charset="koi8-r"', b"; charset=utf-8", b"; name=", b"\n", b"\n\n",
     b"; filename*=iso-2022-jp''%1B$B", b"\r\n", b"--b\n", b"--b--\n", b"\x1b$B", b"\x1b(B", b"8@",
     "日本".encode(), "日本".encode("cp932"), "日本".encode("euc_jp"), "Привет".encode("koi8-r"),
     _NAME, b"=?utf-8?q?=E5=B1?=", b"=?utf-8?b?5bGx55Sw?=", b" ", b"<a@b.c>", b",", b'"', b";",
     b":", b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"8bit", b"\0", b"\xff",
     b"message/rfc822", b"=E3=81", b"=?", b"?=", b"(", b")", b"X-A: ", b"<meta charset=x>",
     b"multipart/signed", b"\r", b"abc def"]
)  # fmt: skip
_MESSAGES = st.lists(st.one_of(_FRAGMENTS, _FRAGMENTS, st.binary(max_size=6)), max_size=30).map(
    b"".join
)
_STARTS = st.sampled_from([b"", b"Subject: x\n", b"Content-Type: text/plain"])


@settings(suppress_health_check=list(HealthCheck), max_examples=min(settings().max_examples, 400))
@given(start=_STARTS, data=_MESSAGES, to=st.sampled_from(["utf-8", "iso-2022-jp"]))
def test_any_bytes_and_twice(start, data, to):
    recode(start + data, to)


# -- To ISO-2022-JP --------------------------------------------------------------------------------


def test_to_iso_2022_jp():
    body = text_part("utf-8", "本文①ｶﾅ\n".encode())
    source = b"Subject: =?utf-8?B?5bGx55Sw?=\n" + body
    found = strict_mail.read(recode(source, "iso-2022-jp").data)
    assert dict(found["headers"])["Subject"] == "山田"
    assert found["texts"] == [("text/plain", "iso-2022-jp", "本文①カナ\n")]


def test_to_iso_2022_jp_what_it_lacks_stays():
    source = b"Subject: =?utf-8?B?8J+YgA==?=\n" + text_part("utf-8", "絵文字 😀\n".encode())
    assert not recode(source, "iso-2022-jp").changed
    done = recode(source, "iso-2022-jp", unencodable="replace")
    assert dict(strict_mail.read(done.data)["headers"])["Subject"] == "?"
    done = recode(source, "iso-2022-jp", unencodable="error")
    assert not done.changed and "U+1F600" in " ".join(done.notes)


def test_there_and_back():
    source = b"Subject: =?UTF-8?B?5bGx55Sw?=\nMIME-Version: 1.0\n" + text_part(
        "utf-8", base64.encodebytes("本文です\n".encode()).strip() + b"\n", "base64"
    )
    there = recode(source, "iso-2022-jp").data
    assert b"\x1b$B" in there
    back = email.message_from_bytes(recode(there).data, policy=email.policy.default)
    assert back["Subject"] == "山田" and back.get_content() == "本文です\n"


def test_a_footer_behind_base64_stays():
    """Mailing lists put theirs there as it is."""
    coded = base64.encodebytes("Привет, как дела?\n".encode("koi8-r"))
    footer = b"_______________________________________________\nList mailing list\n"
    source = text_part("koi8-r", coded + footer, "base64")
    done = mail.recode(source)
    assert mail.parse(done.data).text == mail.parse(source).text
    assert mail.parse(done.data).text.endswith("List mailing list\n")
    assert not mail.recode(done.data).changed


@pytest.mark.parametrize("sender", ["docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp"])
def test_emoji_are_those_of_the_sender(sender):
    """As `parse` reads them: codes of one carrier are others of another, or letters."""
    for label in ("; charset=shift_jis", "", "; charset=iso-2022-jcharset"):
        source = f"From: a@{sender}\nContent-Type: text/plain{label}\n\n".encode()
        source += b"\x8d\xa1\x93\xfa\x82\xcd\xf9\x87\xf9\x85\xf7\x65\n"
        assert mail.parse(mail.recode(source).data).text == mail.parse(source).text
    assert mail.parse(mail.recode(source).data).text != "今日は"


def test_a_label_that_nobody_can_read_takes_no_type_along():
    source = (
        b'Content-Type: TEXT/HTML; CHARSET="Shif\xfft_JIS"\n\n<p>\x96{\x93\xfa\x82\xcc\x89\xef\x8bc'
    )
    done = mail.recode(source)
    assert mail.parse(done.data).html == "<p>本日の会議"


def test_a_word_that_goes_on_in_a_line_that_is_none():
    source = b"Subject: =?koi8-r?B?8NLJ\n18XU?=\nTo: a@b.c\n\n"
    done = mail.recode(source)
    assert mail.parse(source).subject == "Привет"
    assert done.data == mail.recode(source.replace(b"\n18", b"\n 18")).data
    assert mail.parse(done.data).subject == "Привет"
    assert not mail.recode(done.data).changed


@pytest.mark.parametrize(
    "source",
    [
        b"Subject: \xe9\nlost fold\nTo: a@b.c\n\n",
        b"Subject: =?koi8-r?B?8NLJ18XU?=\nlost fold\nTo: a@b.c\n\n",
        b"Subject: plain\n\xcf\xf0\xe8\xe2\xe5\xf2\nTo: a@b.c\n\n",
        b"Cc: \xe9\nSubject: \xe9\n\n" + "Il a été là, à Orléans.\n".encode("cp1252"),
        b"Subject: \xef\xf0\xe8\n\n" + "Привет, как твои дела?\n".encode("cp1251"),
    ],
)  # fmt: skip
def test_odd_headers_mean_what_parse_reads(source):
    done = mail.recode(source)
    before, after = mail.parse(source), mail.parse(done.data)
    assert done.changed
    assert after.subject == before.subject
    assert after.to == before.to
    assert after.cc == before.cc
    assert after.text == before.text
    assert not mail.recode(done.data).changed


def test_the_charset_of_the_text_reads_the_header():
    source = b"Subject: \xef\xf0\xe8\n\n" + "Привет, как твои дела?\n".encode("cp1251")
    assert mail.parse(mail.recode(source).data).subject == "при"


@pytest.mark.parametrize(
    "field", [b"Cc: =?utf-8?B?=?", b"To: =?utf-8?B?=?utf-8?B?\\", b"Subject: \x1b(B"]
)
def test_what_nothing_can_be_read_of_stays(field):
    source = field + b"\nX-A: b\n\n"
    assert mail.recode(source).data == source


@pytest.mark.parametrize(
    ("domain", "left"),
    [("faß.example", False), ("Bücher.example", False), ("ﾄﾖﾀ.example", True), ("a｡花子", True)],
)
def test_an_address_stays_one_of_the_same_domain(domain, left):
    source = f"To: 太郎 <a@{domain}>\n\n".encode()
    done = mail.recode(source)
    assert (done.data == source) is left
    assert any("domain" in note for note in done.notes) is left


def test_a_comma_at_the_start_of_keywords():
    done = mail.recode(b"Keywords: , \xcf\xf0\xe8\xe2\xe5\xf2\n\n")
    assert done.data.startswith(b"Keywords: , =?UTF-8?")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            b"Content-Type: application/pdf;\n\tname=\"=?koi8-r?B?8NI=?=\"\n\nx",
            b"Content-Type: application/pdf;\n\tname*=UTF-8''%D0%9F%D1%80\n\nx",
        ),
        (
            b"Content-Disposition: attachment;\r\n name*=koi8-r''%F0;\r\n size=1; a=b\r\n\r\nx",
            b"Content-Disposition: attachment;\r\n name*=UTF-8''%D0%9F;\r\n size=1; a=b\r\n\r\nx",
        ),
        (
            b"Content-Disposition: attachment; filename*=koi8-r''%F0;\n    size=1\n\nx",
            b"Content-Disposition: attachment; filename*=UTF-8''%D0%9F;\n    size=1\n\nx",
        ),
    ],
)  # fmt: skip
def test_folds_before_parameters_stay(source, target):
    assert mail.recode(source).data == target


def test_an_mbox_of_several_messages_is_no_message():
    """The charset of the first one says nothing of the others."""
    start = b"From a@b Mon Jul  6 10:00:00 2026\n"
    koi8 = start + text_part("koi8-r", "Привет всем\n".encode("koi8-r"), "8bit")
    other = start + text_part("windows-1251", "Как ваши дела\n".encode("cp1251"), "8bit")
    assert recode(koi8).changed
    done = mail.recode(koi8 + b"\n" + other)
    assert not done.changed and "recode_mailbox" in done.notes[0]


# -- Time ------------------------------------------------------------------------------------------

_HOSTILE = {
    "many-parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nX: y\n\nz\n" * 100_000,
    "parts-without-blank-lines": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nX: y\n" * 100_000,
    "deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        for level in range(10_000)
    ),
    "deep-messages": b"Content-Type: message/rfc822\n\n" * 10_000,
    "long-header": b"Subject: " + b"x " * 5_000_000 + b"\n\n",
    "long-header-folded": b"Subject: " + b"x\n " * 2_000_000 + b"\n\n",
    "half-words": b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\n\n",
    "quotes": b"To: " + b'"\\' * 100_000 + b"\n\n",
    "commas": b"To: " + b"\xff," * 20_000 + b"\n\n",
    "parameters": b"Content-Type: text/plain" + b"; a=\xff" * 5_000 + b"\n\nx",
    "metas": b"Content-Type: text/html; charset=shift_jis\n\n" + b"<meta \x82\xa0" * 20_000,
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_input_takes_seconds(name):
    data = _HOSTILE[name]
    start = time.process_time()
    mail.recode(data)
    # Generous: what is quadratic takes minutes with these.
    assert time.process_time() - start < 20


def test_every_k_rule_is_tested():
    names = " ".join(name for name in globals() if name.startswith("test_k"))
    assert set(re.findall(r"test_k(\d)_", names)) == set("1234567"), "K8: test_mailbox.py"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_text_that_follows_the_header_without_a_blank_line(end: bytes) -> None:
    """What `parse` shows of it is recoded, and shown after that."""
    data = (
        "Subject: x\nFrom: a@example.org\nПривет всем, кто это читает!\n\nКак ваши дела сегодня?\n"
    )
    sent = data.encode("koi8-r").replace(b"\n", end)
    done = mail.recode(sent)
    assert done.changed and not mail.recode(done.data).changed
    before, after = mail.parse(sent), mail.parse(done.data)
    assert before.text is not None and before.text.startswith("Привет всем")
    assert (before.text, before.subject) == (after.text, after.subject)
    assert "no empty line after the header" in before.defects and not after.defects


def test_text_of_a_part_that_follows_its_header_without_a_blank_line() -> None:
    data = (
        b"Content-Type: multipart/mixed; boundary=B\n\n--B\n"
        b"Content-Type: text/plain; charset=koi8-r\n"
        + "Привет всем!\n\nКак дела?\n".encode("koi8-r")
        + b"--B\nContent-Type: text/plain\n\nx\n--B--\n"
    )
    done = mail.recode(data)
    assert mail.parse(done.data).text == mail.parse(data).text
    assert "Привет" in str(mail.parse(done.data).text)
    assert not mail.recode(done.data).changed


LIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n'


@pytest.mark.parametrize("room", [0, 6])
def test_messages_of_apple_mail(tmp_path, room: int) -> None:
    """Their size stands on a line before them, padded as a rule, and a property list behind."""
    word = "=?KOI8-R?B?" + base64.b64encode("Привет".encode("koi8-r")).decode() + "?="
    head = f"Subject: {word}\nContent-Type: text/plain; charset=koi8-r\n\n".encode()
    message = head + "Привет всем, кто это читает\n".encode("koi8-r")
    file = b"%d" % len(message) + b" " * room + b"\n" + message + LIST
    read = mail.parse(file)
    assert (read.subject, read.text) == ("Привет", "Привет всем, кто это читает\n")
    assert not read.defects
    (tmp_path / "1.emlx").write_bytes(file)
    assert mail.recode_mailbox(tmp_path, tmp_path).changed == 1
    done = (tmp_path / "1.emlx").read_bytes()
    inner = mail.recode(message).data
    assert done == (b"%d" % len(inner)).ljust(file.index(b"\n")) + b"\n" + inner + LIST
    assert not mail.recode(done).changed
    # Nothing but that is taken for it: a size that is none, and other text behind.
    for other in (b"9" + file, file.replace(b"<?xml", b"<!xml")):
        assert not mail.recode(other).changed
        assert mail.parse(other).defects


@pytest.mark.parametrize("end", ["=0D", "=0A", "=0D=0A", "=0D=0A_"])
def test_line_ends_in_a_word_part_words(end: str) -> None:
    data = f"Subject: =?iso-8859-1?q?abc{end}x=C4?=\n\nx\n".encode()
    done = mail.recode(data)
    assert done.changed
    assert mail.parse(done.data).subject == mail.parse(data).subject
    assert mail.parse(data).subject.startswith("abc ")


_KOI8_PART = (
    b"Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n"
    + "Привет, как дела?\n".encode("koi8-r")
)


@pytest.mark.parametrize(
    "kind",
    [
        b'multipart/mixed boundary="x"',
        b'multipart/mixed; boundary="another"',
        b"multipart/mixed",
        b"multipart/mixed; boundary*=us-ascii''x",
        b'multipart/mixed; boundary*0="x"',
        b"multipart/mixed; (comment) boundary=x",
    ],
)
@pytest.mark.parametrize("end", [b"--x--\n", b""])
def test_parts_that_parse_finds_are_recoded(kind, end):
    source = b"Content-Type: " + kind + b"\n\npreamble\n--x\n" + _KOI8_PART + end
    done = mail.recode(source)
    assert "Привет".encode() in done.data and b"koi8" not in done.data
    assert done.data.startswith(b"Content-Type: " + kind + b"\n\npreamble\n--x\n")
    assert mail.parse(done.data).text == mail.parse(source).text
    assert not mail.recode(done.data).changed


def test_boundaries_are_guessed_inside_what_holds_them():
    inner = b"Content-Type: multipart/mixed\n\n--y\n" + _KOI8_PART
    source = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" + inner + b"--x\n" + _KOI8_PART
    done = mail.recode(source + b"--x--\n")
    assert done.data.count("Привет".encode()) == 2
    assert mail.parse(done.data).text == mail.parse(source + b"--x--\n").text


@pytest.mark.parametrize("text", [b"no parts here\n", b"-----BEGIN PGP MESSAGE-----\n\nxx\n"])
def test_a_multipart_without_parts_is_said_to_be_left(text):
    source = b"Content-Type: multipart/mixed; boundary=x\n\n" + text + "é\n".encode("cp1252")
    done = mail.recode(source)
    assert not done.changed
    assert done.notes == ("multipart/mixed: no parts, left as it is",)


def test_a_delimiter_right_after_the_header():
    source = (
        b"Subject: a\nContent-Type: multipart/mixed; boundary=y\n--y\n" + _KOI8_PART + b"--y--\n"
    )
    assert mail.parse(source).text == "Привет, как дела?"
    done = mail.recode(source)
    assert done.data == source.replace(_KOI8_PART, mail.recode(_KOI8_PART).data)


def test_a_header_that_begins_with_no_field_keeps_its_fields():
    message = b"--x\nno field\nContent-Type: image/png\n\n\xf0\xd2\xc9\n--x--\n"
    source = b"Content-Type: multipart/mixed; boundary=x\n\n" + message
    assert mail.recode(source).data == source


@pytest.mark.parametrize("label", ["shift_jis", "iso-8859-1", "windows-1251", "koi8-r", "euc-jp"])
def test_japanese_by_its_escapes_under_any_label(label):
    """Their escapes were kept, as characters of the label's charset."""
    source = text_part(label, jis("山田さんへ"), cte="7bit")
    done = mail.recode(source)
    assert mail.parse(done.data).text == mail.parse(source).text == "山田さんへ"
    assert b"utf-8" in done.data


@pytest.mark.parametrize("text", ["Zobrazit přečtená upozornění", "Pobiera nazwę pliku"])
def test_central_european_under_the_label_of_western(text):
    source = text_part("iso-8859-1", text.encode("cp1250"))
    assert text.encode() in mail.recode(source).data


def test_a_national_set_of_seven_bits():
    done = mail.recode(text_part("DIN_66003", b"sch|n", cte="7bit"))
    assert mail.parse(done.data).text == "schön"
    assert b"utf-8" in done.data


def read_alike(source):
    """What a message says, which is the same before and after it is recoded."""

    def facts(one):
        nested = [facts(each) for each in one.nested]
        names = [each.filename for each in one.attachments]
        return one.subject, one.from_, one.text, one.html, names, nested

    done = mail.recode(source)
    assert mail.recode(done.data).data == done.data
    before, after = facts(mail.parse(source)), facts(mail.parse(done.data))
    assert after == before
    return before


CZECH, CHINESE = "Účet za říjen", "张伟"


@pytest.mark.parametrize("label", ["cp932", "us-ascii"])
def test_a_message_in_a_message_is_read_by_itself(label):
    """`recode` read it by the labels and texts of the outer one, as '晄et za \\ue166jen'."""
    inner = f"Subject: {CZECH}\nFrom: {CZECH} <a@example.cz>\n\nplain\n".encode("iso8859-2")
    outer = b"Subject: x\nContent-Type: multipart/mixed; boundary=o\n\n--o\n"
    outer += f"Content-Type: text/plain; charset={label}\n\n".encode()
    outer += "来週の予定について\n--o\n".encode("cp932")
    name = '--o\nContent-Type: image/png; name="資料"\n\nx\n--o--\n'.encode("cp932")
    found = read_alike(outer + b"Content-Type: message/rfc822\n\n" + inner + name)
    assert found[5][0][:2] == (CZECH, (mail.Address(name=CZECH, address="a@example.cz"),))
    assert found[4][1:] == ["資料"]


def test_parts_of_a_message_in_a_message_are_its_own():
    """What follows a message in a multipart is of the outer one again, its labels no hint."""
    inner = b"Content-Type: multipart/mixed; boundary=i\n\n--i\nContent-Type: text/plain; "
    inner += b'charset=big5\n\n?\n--i\nContent-Type: image/png; name="' + "張偉".encode("big5")
    inner += b'"\n\nx\n--i\nContent-Type: message/rfc822\n\nSubject: ' + CZECH.encode("cp1250")
    inner += b"\nContent-Type: text/plain; charset=cp1250\n\n\n--i--\n"
    source = b"From: <a@example.cn>\nContent-Type: multipart/mixed; boundary=o\n\n--o\n"
    source += (
        b"Content-Type: message/rfc822\n\n" + inner + b'\n--o\nContent-Type: image/png; name="'
    )
    source += CHINESE.encode("gb18030") + b'"\n\nx\n--o\n'
    source += (
        b"Content-Type: text/plain; charset=gb18030\n\n"
        + "你好，请查收附件。\n".encode("gb18030")
        + b"--o--\n"
    )
    found = read_alike(source)
    assert CHINESE in found[4]
    assert "張偉" in found[5][0][4]
    assert found[5][0][5][0][0] == CZECH


PART = b"Content-Type: text/plain; charset=koi8-r\n\n" + "Счёт на оплату\n".encode("koi8-r")
HEAD = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"


@pytest.mark.parametrize(
    "source",
    [
        HEAD + b"--b\nCo\xa3tent-Type: text/plain\n\n" + PART[42:] + b"--b--\n",
        HEAD + b"--b\n294307\n\n" + PART[42:] + b"--b\n" + PART + b"--b--\n",
        HEAD + b"--b\n294307\n" + PART + b"--b--\n",
        HEAD + b"--b\nContent-Type: message/rfc822\n\n\nSubject: \xf3\n" + PART + b"--b--\n",
        HEAD + b"--b\nContent-Type: message/rfc822\n\nFrom a\nSubject: \xf3\n" + PART + b"--b--\n",
        HEAD.replace(b"mixed", b"mixed:") + b"--b\n" + PART + b"--b--\n",
        HEAD.replace(b"mixed; bound", b"mi") + b"--b\n" + PART + b"--b--\n",
        (b"Subject: x\n" + PART).replace(b"\n", b"\r\n") + b"plain\n" * 30,
    ],
    ids=[
        "no field", "no field, and another part", "no field before one", "blank line first",
        "envelope line first", "colon behind the type", "no boundary and no type", "both line ends",
    ],
)  # fmt: skip
def test_broken_parts_are_read_alike(source):
    """The first became base64 behind a header that was none, and so no text any more."""
    found = read_alike(source)
    assert "Счёт на оплату" in (found[5][0] if found[5] else found)[2]


def _word(text, charset):
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (_word("Grüße", "utf-16") + " " + _word(" aus Köln", "utf-16"), "Grüße aus Köln"),
        (_word("Grüße", "utf-8") + " " + _word(" aus Köln", "utf-8"), "Grüße aus Köln"),
        ("=?utf-8?B?77u/R3LDvMOfZQ==?=\n =?utf-8?B?77u/IQ==?=", "Grüße!"),
        ("=?utf-8?Q?=E9t=E9_?= =?utf-8?Q?=C3=BCber?=", "été über"),
        ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9_=C3=BCber?=", "café über"),
        ("=?iso-2022-jp?Q?=1B$B=3F9=1B(B=20=1B$BB@O:=1B(B?=", "森 太郎"),
        ("=?utf-8?Q?A=C2=A0=C3=A9?=", "A\xa0é"),
        ("=?utf-8?Q?=C3=A9__e?=", "é  e"),
    ],
    ids=[
        "UTF-16",
        "no marks",
        "UTF-8 marks",
        "one broken",
        "a cut one",
        "JIS",
        "no break",
        "spaces",
    ],
)
@pytest.mark.parametrize("charset", ["iso-2022-jp", "utf-8"])
def test_words_are_read_alike_in_subjects_and_names(value, text, charset):
    """Marks stood inside, a broken word spoiled its neighbour, `(B` in a word was a comment."""
    source = f"Subject: {value}\nFrom: {value} <a@example.org>\n".encode()
    source += f"Content-Type: text/plain; charset={charset}\n\nx\n".encode()
    subject, (sender,), *_ = read_alike(source)
    assert (subject, sender.name, sender.address) == (text, text, "a@example.org")


def test_a_word_beside_raw_bytes_is_no_comment():
    source = b"To: =?iso-2022-jp?Q?=1B$B=3F9=1B(B?= <a@example.org>, \xe9t\xe9 <b@example.org>\n\nx"
    done = mail.parse(mail.recode(source).data)
    assert [(one.name, one.address) for one in done.to] == [
        ("森", "a@example.org"),
        ("été", "b@example.org"),
    ]


def test_fields_of_addresses_are_the_same_everywhere():
    word = "=?iso-8859-1?Q?=E9?="
    for name in ("X-Confirm-Reading-To", "Delivered-To", "X-Original-To"):
        source = f"{name}: {word} <a@example.org>\n\n".encode()
        assert mail.parse(source).addresses(name.lower())[0].name == "é"
        assert b"<a@example.org>" in mail.recode(source).data


@pytest.mark.parametrize("domain", ["a\u2026b.example", "example\u2488org", "x\u2026"])
def test_a_sign_of_dots_in_a_domain_is_left(domain):
    """It became dots, and so other labels, or ended in an exception."""
    source = f"To: <a@{domain}>, \u00e9t\u00e9 <b@example.org>\n\nx\n".encode()
    done = mail.recode(source)
    assert done.data == source
    assert any("domain name" in note for note in done.notes)
    with pytest.raises(OptionError, match="not a domain name"):
        mail.compose("x", "a@example.org", f"a@{domain}", "x")


def test_text_that_follows_without_a_blank_line_gets_one():
    """Its first line, in which an escape goes, was a field of the header after that."""
    source = b"Subject: x\nContent-Type: text/plain; charset=euc-jp\n"
    source += b"Content-Transf\x1b(Ber-Encoding: base64\n\nZm9v\n"
    assert read_alike(source)[2] == "Content-Transfer-Encoding: base64\n\nZm9v\n"
