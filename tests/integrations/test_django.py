"""The Django backend, with Django's own mail functions and a real SMTP server."""

from __future__ import annotations

import pytest

import smtp_server
import strict_mail
from recodec import EncodeError

pytest.importorskip("aiosmtpd")
django_mail = pytest.importorskip("django.core.mail")
from django.conf import settings  # noqa: E402

if not settings.configured:
    settings.configure(DEFAULT_CHARSET="utf-8", USE_TZ=True)
# What Django is about to do otherwise is no business of these tests.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
]


def _backend(**options):
    from recodec.integrations.django import EmailBackend

    return EmailBackend(**options)


def _send(server, message, **options):
    settings.RECODEC_MAIL = options
    return _backend(host=server.host, port=server.port).send_messages([message])


def _message(**changes):
    given = {
        "subject": "お知らせ①",
        "body": "本文です。\n",
        "from_email": '"佐藤, 花子" <sato@example.jp>',
        "to": ["森 <mori@example.jp>"],
        "bcc": ["secret@example.jp"],
        "headers": {"X-Note": "備考"},
        **changes,
    }
    return django_mail.EmailMultiAlternatives(**given)


def test_backend_sends_iso_2022_jp():
    message = _message()
    message.attach_alternative("<p>髙島</p>", "text/html")
    message.attach("資料.bin", b"\0\xff", "application/octet-stream")
    with smtp_server.receiving() as server:
        assert _send(server, message) == 1
    ((sender, recipients, _, content),) = server.mails
    assert (sender, recipients) == ("sato@example.jp", ("mori@example.jp", "secret@example.jp"))
    found = strict_mail.read(content)
    headers = dict(found["headers"])
    assert headers["Subject"] == "お知らせ①"
    assert headers["X-Note"] == "備考"
    assert headers["To"] == [("森", "mori@example.jp")]
    assert {one[1] for one in found["texts"]} == {"iso-2022-jp"}
    assert found["attachments"] == [("資料.bin", "application/octet-stream", b"\0\xff")]


def test_backend_says_what_cannot_be_sent():
    with smtp_server.receiving() as server:
        with pytest.raises(EncodeError, match="Subject"):
            _send(server, _message(subject="😀"))
        assert not server.mails
        assert _send(server, _message(subject="😀"), unencodable="utf8") == 1
    assert b"Subject: =?UTF-8?B?" in server.mails[0][3]


def test_backend_fails_silently_when_asked():
    settings.RECODEC_MAIL = {}
    assert _backend(fail_silently=True).send_messages([_message(subject="😀")]) == 0
