"""Messages spelled as text, with the bytes that matter in angle quotes.

    «cp932|日本»            the text in that codec
    «hex|1B 24 42»          these bytes
    «B label codec|text»    an encoded word in base64; «Q ...» in quoted-printable, all octets coded
    «Bhex label|1B 24»      an encoded word of these bytes
    «b64 codec|text»        base64 in lines of 76; «qp codec|text» quoted-printable, all coded
    «pct codec|text»        percent signs

All else is ASCII, and a line end is CR LF.
"""

from __future__ import annotations

import base64
import pathlib
import re
import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MARK = re.compile("«([^|»]*)\\|([^»]*)»", re.DOTALL)


def _codec(name: str, text: str) -> bytes:
    return text.encode("ascii" if name == "ascii" else name)


def _coded(octets: bytes, sign: bytes) -> bytes:
    return b"".join(sign + b"%02X" % octet for octet in octets)


def _octets(how: str, text: str) -> bytes:
    words = how.split()
    if how == "hex":
        return bytes.fromhex(text)
    if words[0] in ("B", "Q", "Bhex"):
        label = words[1] if len(words) > (1 if words[0] == "Bhex" else 2) else ""
        octets = bytes.fromhex(text) if words[0] == "Bhex" else _codec(words[-1], text)
        inner = _coded(octets, b"=") if words[0] == "Q" else base64.b64encode(octets)
        return b"=?%s?%s?%s?=" % (label.encode(), words[0][:1].encode(), inner)
    if words[0] == "b64":
        return base64.encodebytes(_codec(words[1], text)).strip().replace(b"\n", b"\r\n")
    if words[0] == "qp":
        return _coded(_codec(words[1], text), b"=")
    if words[0] == "pct":
        return _coded(_codec(words[1], text), b"%")
    return _codec(how, text)


def build(text: str) -> bytes:
    """The bytes of a spelled message."""
    parts = []
    at = 0
    for found in _MARK.finditer(text):
        parts.append(text[at : found.start()].encode("ascii").replace(b"\n", b"\r\n"))
        parts.append(_octets(found[1], found[2]))
        at = found.end()
    parts.append(text[at:].encode("ascii").replace(b"\n", b"\r\n"))
    return b"".join(parts)


FOLDER = pathlib.Path(__file__).parent / "cases" / "mail"


def load() -> list[dict[str, object]]:
    """The messages of tests/cases/mail, each with its rule and its source."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in table["case"]:
            for key in ("rule", "source"):
                case.setdefault(key, table.get(key))
            found.append(case)
    return found
