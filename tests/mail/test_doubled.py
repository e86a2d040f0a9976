"""UTF-8 that was read as something else and encoded again, in headers and bodies."""

from __future__ import annotations

import base64

import pytest

from recodec import mail

# Text, and what its UTF-8 was read as.
CASES = (
    ("Größe und Maß: schöne Grüße aus Köln", "cp1252"),
    ("Résumé déjà envoyé à l'équipe", "cp1252"),
    ("Привет, как дела сегодня", "cp1251"),
)


def _message(subject: bytes, body: bytes) -> bytes:
    word = base64.b64encode(subject)
    return (
        b"From: a@example.org\r\nSubject: =?utf-8?B?" + word + b"?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + body
        + b"\r\n"
    )


@pytest.mark.parametrize(("text", "misread"), CASES, ids=lambda value: value)
def test_it_is_a_defect_and_the_text_stays(text: str, misread: str) -> None:
    twice = text.encode().decode(misread, "replace")
    found = mail.parse(_message(twice.encode(), twice.encode()))
    said = [defect for defect in found.defects if f"read as {misread} and encoded again" in defect]
    assert len(said) == 2
    assert found.subject == twice
    assert found.text.strip() == twice


@pytest.mark.parametrize(("text", "misread"), CASES, ids=lambda value: value)
def test_what_is_encoded_once_is_none(text: str, misread: str) -> None:
    assert mail.parse(_message(text.encode(), text.encode())).defects == ()
