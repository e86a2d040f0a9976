"""A real conversation with a server that takes 7 bits."""

from __future__ import annotations

import re
import smtplib
from pathlib import Path

import pytest

import smtp_server
import strict_mail
from recodec import mail

pytest.importorskip("aiosmtpd")


def test_send_message():
    message = mail.compose(
        "会議の資料①です。よろしくお願いいたします。" * 3,
        "佐藤, 花子 <sato@example.jp>",
        [("森 太郎", "mori@example.jp"), "a..b.@docomo.ne.jp"],
        "本文です。\n.\n..点で始まる行\nFrom で始まる行\n" + "長い行" * 500 + "\n",
        html="<p>髙島</p>",
        attachments=[("資料.bin", bytes(range(256)))],
        bcc="secret@example.jp",
    )
    with (
        smtp_server.receiving() as server,
        smtplib.SMTP(server.host, server.port) as client,
    ):
        assert client.send_message(message) == {}
    ((sender, recipients, options, content),) = server.mails
    assert sender == "sato@example.jp"
    # The server takes the quotes off.
    assert recipients == ("mori@example.jp", "a..b.@docomo.ne.jp", "secret@example.jp")
    assert "SMTPUTF8" not in options and "BODY=8BITMIME" not in options
    assert b"\r\nBcc:" not in content
    expect = message.as_bytes().replace(b"\n", b"\r\n")
    del message["Bcc"]
    expect = message.as_bytes().replace(b"\n", b"\r\n")
    assert content == expect, "not one byte was folded again"
    found = strict_mail.read(content)
    assert dict(found["headers"])["Subject"] == message["Subject"]
    assert found["attachments"] == [("資料.bin", "application/octet-stream", bytes(range(256)))]
    assert mail.parse(content).subject == message["Subject"]


def test_the_recipe_of_the_documentation():
    """`send` in docs/mail.md, as it stands there."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "mail.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    (block,) = (one for one in blocks if "smtplib" in one)
    names = {}
    exec(compile(block, "docs/mail.md", "exec"), names)
    with smtp_server.receiving() as server:
        names["send"](
            server.host,
            server.port,
            "件名㈱",
            "本文です。ｶﾞ😀\n",
            "佐藤 <sato@example.jp>",
            "mori@example.jp",
        )
    ((_, recipients, _, content),) = server.mails
    assert recipients == ("mori@example.jp",)
    found = strict_mail.read(content)
    assert dict(found["headers"])["Subject"] == "件名〓"
    assert found["texts"] == [("text/plain", "iso-2022-jp", "本文です。ガ〓\r\n")]
