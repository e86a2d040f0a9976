"""What `compose` sends, by the rules of cases/mail_sending.toml, as a strict reader sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import strict_mail
from recodec import EncodeError, mail

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FILE = Path(__file__).resolve().parents[1] / "cases" / "mail_sending.toml"
CASES = tomllib.loads(_FILE.read_text("utf-8"))["case"]
_FIXED = {"date": "Mon, 06 Jul 2026 10:00:00 +0900", "message_id": "<1@example.jp>"}
_OLD = ("iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-2004")


def _text(case):
    return case["text"] * case.get("repeat", 1)


def _compose(case):
    place, text = case["in"], _text(case)
    given = {
        "subject": "件名",
        "from_": "sato@example.jp",
        "to": "mori@example.jp",
        "body": "本文\n",
        **case.get("options", {}),
        **_FIXED,
    }
    if place in ("subject", "body", "html"):
        given[place] = text
    elif place == "name":
        given["to"] = (text, "mori@example.jp")
    elif place == "filename":
        given["attachments"] = [(text, b"\x00\xff content", "application/octet-stream")]
    else:
        given["headers"] = {place.capitalize() if place.islower() else place: text}
    return mail.compose(**given)


def _received(case, data):
    place = case["in"]
    kana = case.get("options", {}).get("kana") == "keep"
    found = strict_mail.read(data, kana=kana)
    headers = dict(found["headers"])
    if place == "name":
        ((name, address),) = headers["To"]
        assert address == "mori@example.jp"
        return name
    if place == "filename":
        ((name, kind, content),) = found["attachments"]
        assert (kind, content) == ("application/octet-stream", b"\x00\xff content")
        return name
    if place in ("body", "html"):
        kind = {"body": "text/plain", "html": "text/html"}[place]
        (text,) = (text for one, _, text in found["texts"] if one == kind)
        return strict_mail.unflow(text) if case.get("flowed") else text
    return headers[place.capitalize() if place.islower() else place]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}-{case['id']}")
def test_rule(case):
    if "error" in case:
        with pytest.raises(EncodeError) as caught:
            _compose(case)
        assert caught.value.character == case["error"]
        assert caught.value.object[caught.value.start] == case["error"]
        assert _text(case).find(case["error"]) == caught.value.offset
        return
    data = _compose(case).as_bytes()
    for pattern in case.get("wire", ()):
        assert re.search(pattern, data.decode("ascii")), pattern
    for pattern in case.get("never", ()):
        assert not re.search(pattern, data.decode("ascii")), pattern
    if case.get("options", {}).get("charset") in _OLD:
        charset = case["options"]["charset"]
        body = data.partition(b"\n\n")[2]
        assert body.decode(charset) == _text(case)
        return
    expect = case.get("expect", _text(case))
    got = _received(case, data)
    # A 7-bit text ends in a line end.
    assert got in (expect, expect + "\n")


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "error" not in case and case["in"] in ("subject", "name", "body")],
    ids=lambda case: case["id"],
)
def test_nkf_reads_it(case):
    """An independent decoder gives the same text; it is the one that old systems filter with."""
    if shutil.which("nkf") is None:
        pytest.skip("needs nkf")
    options = case.get("options", {})
    if options.get("charset") in _OLD or options.get("unencodable") == "utf8":
        pytest.skip("nkf knows neither JIS X 0213 nor UTF-8 words beyond its tables")
    if set(_text(case)) & set("\u0007\t"):
        pytest.skip("nkf drops controls")
    data = _compose(case).as_bytes()
    run = subprocess.run(["nkf", "-Jwm", "-x", "-d"], input=data, capture_output=True, check=True)
    # nkf gives the JIS spelling of two-way characters.
    table = str.maketrans("〜−‖¢£¬—¥‾\xc5", "～－∥￠￡￢―￥￣\u212b")
    text = run.stdout.decode("utf-8").translate(table)
    expect = case.get("expect", _text(case)).translate(table)
    if "base64" in data.decode("ascii"):
        pytest.skip("nkf decodes headers only")
    if case.get("flowed"):
        pytest.skip("nkf joins no lines")
    squeezed = re.sub(r"\s+", "", text)
    assert re.sub(r"\s+", "", expect).replace('"', "").replace("\\", "") in squeezed.replace(
        '"', ""
    ).replace("\\", "")


_STRICT = [
    case
    for case in CASES
    if "error" not in case and case.get("options", {}).get("variant") == "rfc1468"
]


@pytest.mark.parametrize("case", _STRICT, ids=lambda case: case["id"])
def test_glibc_reads_rfc1468(case):
    """glibc's ISO-2022-JP has JIS X 0208 alone and takes every byte of a strict message."""
    if shutil.which("iconv") is None:
        pytest.skip("needs iconv")
    data = _compose({**case, "in": "body"}).as_bytes()
    command = ["iconv", "-f", "ISO-2022-JP", "-t", "UTF-8"]
    run = subprocess.run(command, input=data, capture_output=True, check=True)
    assert "\ufffd" not in run.stdout.decode("utf-8")


def test_every_rule_has_cases():
    assert {case["rule"] for case in CASES} == {f"S{number}" for number in range(1, 13)}
    assert all(case["source"] for case in CASES)
