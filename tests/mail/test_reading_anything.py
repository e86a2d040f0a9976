"""Whatever bytes: an answer, no exception, and a cost that grows with the length alone."""

from __future__ import annotations

import base64
import email
import os
import pickle
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail_builder import build, load
from recodec import mail

SEEDS = [build(str(case["message"])) for case in load()[::7]]
TEXT = st.text(
    st.characters(min_codepoint=0x20, blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60
)
PIECES = st.lists(
    st.sampled_from(
        (b"\x1b$B", b"\x1b(B", b"\x1b", b"$", b"(", b"=?", b"?=", b"?B?", b"utf-8", b"iso-2022-jp",
         b"\r\n", b"\n", b"\n ", b":", b";", b'"', b"=", b"*0*=", b"--B", b"--", b"boundary=B",
         b"\x0e", b"Content-Type: ", b"multipart/mixed; ", b"message/rfc822", b"\x82\xa0",
         b"\xe3\x81", b"\xff", b"\x00", b"begin 644 a\n", b"end\n", b"~{", b"&", b"<", b">", b"\\",
         b"filename", b"''", b"%E3")
    ),
    max_size=40,
)  # fmt: skip


@given(data=st.binary(max_size=600))
def test_any_bytes_are_read(data: bytes) -> None:
    read = mail.parse(data)
    assert pickle.loads(pickle.dumps(read)) == read


@given(pieces=PIECES, seed=st.sampled_from(SEEDS), at=st.integers(0, 400), cut=st.integers(0, 60))
def test_any_damage_is_read(pieces: list[bytes], seed: bytes, at: int, cut: int) -> None:
    data = seed[:at] + b"".join(pieces) + seed[at + cut :]
    read = mail.parse(data)
    for text in (read.text, read.html, *(value for _, value in read.headers)):
        assert text is None or text.encode("utf-8", "strict") is not None
    assert all("\n" not in value and "\r" not in value for _, value in read.headers)
    message = email.message_from_bytes(data, policy=mail.policy)
    assert all(isinstance(str(value), str) for _, value in message.items())


@given(value=PIECES)
def test_values_of_headers_are_read(value: list[bytes]) -> None:
    raw = b"".join(value)
    assert isinstance(mail.decode_header(raw), str)
    assert isinstance(mail.parse_disposition(raw).filename, str)
    assert isinstance(mail.imap_decode(raw, errors="replace"), str)


@given(text=TEXT)
def test_folder_names_survive(text: str) -> None:
    coded = mail.imap_encode(text)
    assert coded.isascii()
    assert mail.imap_decode(coded) == text
    assert mail.imap_decode(coded.encode("ascii")) == text


@given(name=TEXT.filter(lambda name: name.strip() == name and name))
def test_dispositions_survive(name: str) -> None:
    made = mail.make_disposition(name)
    assert made.isascii()
    assert made.isprintable()
    safe = "".join("_" if one in "/\\" or not one.isprintable() else one for one in name)
    assert mail.parse_disposition(made).filename == safe
    assert mail.parse_disposition(made).type == "attachment"


@given(
    text=TEXT.map(str.strip), charset=st.sampled_from(("utf-8", "gb18030")), cut=st.integers(1, 30)
)
def test_words_cut_anywhere_survive(text: str, charset: str, cut: int) -> None:
    octets = text.encode(charset)
    words = [
        f"=?{charset}?B?{base64.b64encode(octets[at : at + cut]).decode()}?="
        for at in range(0, len(octets), cut)
    ]
    assert mail.decode_header(" ".join(words)) == text


@given(text=st.text(st.sampled_from("日本語あいうアイウ。、①髙abc 12"), max_size=40).map(str.strip))
def test_iso2022jp_words_cut_anywhere_survive(text: str) -> None:
    octets = text.encode("cp50221")
    for cut in (1, 2, 5, 8, 45):
        words = [
            f"=?iso-2022-jp?B?{base64.b64encode(octets[at : at + cut]).decode()}?="
            for at in range(0, len(octets), cut)
        ]
        assert mail.decode_header("\r\n ".join(words)) == text


@given(data=st.binary(max_size=300), name=TEXT.map(str.strip))
def test_attachments_keep_their_bytes(data: bytes, name: str) -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "x"
    message.set_content("text")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    for policy in (email.policy.default, email.policy.SMTP):
        (read,) = mail.parse(message.as_bytes(policy=policy)).attachments
        assert read.data == data


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "one long header": lambda n: b"Subject: " + b"a" * (50 * n) + b"\n\nx",
    "many folds": lambda n: b"Subject: " + b"abcdefgh\n " * (5 * n) + b"\n\nx",
    "many words": lambda n: b"Subject: " + b"=?utf-8?q?=AA?=\n " * n + b"\n\nx",
    "words that nothing ends": lambda n: b"Subject: " + b"=?utf-8?q?x" * n + b"\n\nx",
    "words that the last end ends": lambda n: (
        b"Subject: " + b"=?utf-8?q?x" * n + b"?=\n\nx"
    ),
    "short words that nothing ends": lambda n: b"To: " + b"=?a?q?x" * n + b"\n\nx",
    "charsets without an end": lambda n: b"Subject: " + (b"=?" + b"a" * 180) * n + b"\n\nx",
    "words in a parameter": lambda n: (
        b"Content-Disposition: attachment; filename=" + b"=?a?q?x" * n + b"\n\nx"
    ),
    "many fields": lambda n: b"X: y\n" * (2 * n) + b"\n\nx",
    "many addresses": lambda n: b"To: " + b'"a" <a@b.c>, ' * n + b"\n\nx",
    "open brackets": lambda n: b"To: " + b"<(" * n + b"\n\nx",
    "open quotes": lambda n: b"To: " + b'"\\' * n + b"\n\nx",
    "many parameters": lambda n: b"Content-Type: text/plain" + b"; a=b" * n + b"\n\nx",
    "many continuations": lambda n: (
        b"Content-Type: text/plain" + b"".join(b"; name*%d*=%%E3" % i for i in range(n)) + b"\n\nx"
    ),
    "quotes that nothing closes": lambda n: (
        b"Content-Type: text/plain" + b';a=\\"' * n + b"\n\nx"
    ),
    "many parts": lambda n: (
        b"Content-Type: multipart/mixed; boundary=B\n\n" + b"--B\n\nx\n" * n
    ),
    "parts whose boundary looks like a field": lambda n: (
        b'Content-Type: multipart/mixed; boundary="B:"\n\n' + b"--B:\n" * n
    ),
    "deep multiparts": lambda n: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n)
    ),
    "deep multiparts, one boundary": lambda n: (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * n
    ),
    "deep messages": lambda n: b"Content-Type: message/rfc822\n\n" * n,
    "lines like boundaries": lambda n: (
        b"Content-Type: multipart/mixed; boundary=B\n\n" + b"--C\n" * n
    ),
    "noise in base64": lambda n: (
        b"Content-Transfer-Encoding: base64\n\n" + b"AAAA!AAA\n" * n
    ),
    "escapes": lambda n: b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$" * n,
    "open states": lambda n: (
        b"Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B" + b'$"$$\n' * n
    ),
    "stripped escapes": lambda n: (
        b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b'$B$"' * n
    ),
    "begins of uuencode": lambda n: b"Subject: x\n\n" + b"begin 644 a\n" * n,
    "uuencoded nothing": lambda n: b"Subject: x\n\n" + b"begin 644 a\nend\n" * n,
    "begins of uuencode and one end": lambda n: (
        b"Subject: x\n\n" + b"begin 644 a\n" * n + b"end\n"
    ),
    "one line of letters in base64": lambda n: (
        b"Content-Transfer-Encoding: base64\n\n" + b"AAAA" * n + b"!\n"
    ),
    "web codes": lambda n: (
        b"Content-Type: text/plain; charset=shift_jis\n\n" + b"\x1b$Gj\x0f" * n
    ),
    "open HZ": lambda n: b"Content-Type: text/plain; charset=hz-gb-2312\n\n" + b"~{VP" * n,
    "open HZ without a label": lambda n: b"Subject: x\n\n" + b"~{" * (4 * n),
    "open HZ of GBK": lambda n: b"Content-Type: text/plain; charset=gbk\n\n" + b"~{a" * (4 * n),
    "flowed": lambda n: b"Content-Type: text/plain; format=flowed\n\n" + b"> a \n" * n,
    "flowed in two depths": lambda n: (
        b"Content-Type: text/plain; format=flowed\n\n" + b"> a \n>> \n" * n
    ),
    "tags": lambda n: b"Content-Type: text/html\n\n" + b"<meta <?xml " * n,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_cost_is_linear(name: str) -> None:
    """Ten times the length may not cost a hundred times: the bound is far from both."""
    make = HOSTILE[name]
    small, large = make(300), make(3_000)

    def cost(data: bytes) -> float:
        best = 1e9
        for _ in range(3):
            started = time.process_time()
            mail.parse(data)
            best = min(best, time.process_time() - started)
        return best

    tick = 1 / 64 if os.name == "nt" else 0  # seconds
    assert cost(large) < 40 * max(cost(small), tick) + 0.05


def test_nesting_beyond_all_bounds() -> None:
    deep = b"Content-Type: message/rfc822\n\n" * 10_000
    read = mail.parse(deep)
    depth = 0
    while read.nested:
        read = read.nested[0]
        depth += 1
    assert depth == 30
    assert any("nested deeper" in defect for defect in read.defects)


def test_what_is_no_message() -> None:
    with pytest.raises(TypeError):
        mail.parse("Subject: x")  # type: ignore[arg-type]
    assert mail.parse(b"").defects == ()
