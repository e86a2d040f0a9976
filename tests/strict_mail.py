"""A reader of mail that forgives nothing: what RFC 5322, 2045, 2047, 2231 and 1468 forbid, it says.

Written without the code that is tested: headers, encoded-words, parameters and ISO-2022-JP are
taken apart here by the letter of the standards.
"""

from __future__ import annotations

import base64
import binascii
import email.parser
import email.policy
import quopri
import re
from email.message import Message
from urllib.parse import unquote_to_bytes

_WORD = re.compile(r"=\?([^?\s]+)\?([BQ])\?([!->@-~]*)\?=")
_SPECIAL = re.compile(r'[()<>@,;:\\".\[\]]')


class Broken(AssertionError):
    """A rule is broken."""


def decode_jis(data: bytes, *, kana: bool = False) -> str:
    """Strict ISO-2022-JP with cp932's rows: ESC ( B and ESC $ B alone, ASCII at every line's end.

    `kana` allows ESC ( I, which RFC 1468 does not.
    """
    text = []
    state = "ascii"
    at = 0
    while at < len(data):
        byte = data[at]
        if byte == 0x1B:
            escape = data[at : at + 3]
            new = {b"\x1b(B": "ascii", b"\x1b$B": "jis", b"\x1b(I": "kana" if kana else None}.get(
                escape
            )
            if new is None:
                raise Broken(f"escape sequence {escape!r}")
            if new == state:
                raise Broken(f"a second {escape!r} at {at}")
            state = new
            at += 3
        elif state == "jis":
            row, cell = data[at : at + 2]
            if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
                raise Broken(f"{data[at : at + 2]!r} in JIS X 0208")
            lead = (row - 0x21) // 2 + (0x81 if row < 0x5F else 0xC1)
            trail = cell + 0x7E if row % 2 == 0 else cell + 0x1F + (cell > 0x5F)
            text.append(bytes((lead, trail)).decode("cp932"))
            at += 2
        elif state == "kana":
            text.append(chr(byte - 0x21 + 0xFF61))
            at += 1
        else:
            if (byte > 0x7E and byte != 0x7F) or byte in (0, 0x0E, 0x0F):
                raise Broken(f"byte {byte:#x}")
            text.append(chr(byte))
            at += 1
        if at < len(data) and data[at] in b"\r\n" and state != "ascii":
            raise Broken("a line that ends outside ASCII")
    if state != "ascii":
        raise Broken("a text that ends outside ASCII")
    return "".join(text)


def decode_octets(data: bytes, charset: str, *, kana: bool = False) -> str:
    if charset.upper() == "ISO-2022-JP":
        return decode_jis(data, kana=kana)
    return data.decode(charset)


def decode_word(word: re.Match[str], *, kana: bool = False) -> str:
    charset, kind, text = word.groups()
    if len(word[0]) > 75:
        raise Broken(f"an encoded-word of {len(word[0])} bytes")
    if kind == "B":
        if len(text) % 4:
            raise Broken("base64 without its padding")
        data = base64.b64decode(text, validate=True)
        if binascii.b2a_base64(data, newline=False).decode() != text:
            raise Broken("base64 that is not canonical")
    else:
        data = quopri.decodestring(text.encode(), header=True)
    return decode_octets(data, charset, kana=kana)


def unfold(lines: list[str]) -> str:
    return "".join(lines)


def decode_unstructured(value: str, *, kana: bool = False) -> str:
    """RFC 2047, section 6.2: words that stand by themselves, spaces between two of them gone."""
    pieces = re.split(r"([ \t]+)", value)
    out: list[str] = []
    was_word = False
    space = ""
    for piece in pieces:
        if not piece:
            continue
        if piece.isspace():
            space = piece
            continue
        word = _WORD.fullmatch(piece)
        if word is None and "=?" in piece:
            raise Broken(f"something like an encoded-word: {piece!r}")
        if not (word and was_word):
            out.append(space)
        space = ""
        was_word = word is not None
        out.append(decode_word(word, kana=kana) if word else piece)
    return "".join(out)


def check_header(name: str, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        if len(line) > 998:
            raise Broken(f"{name}: a line of {len(line)} bytes")
        if "=?" in line and len(line) > 76 and name.lower() not in ("content-type",):
            raise Broken(f"{name}: a line of {len(line)} bytes with an encoded-word")
        if not line.strip() or (number and line[0] not in " \t"):
            raise Broken(f"{name}: {line!r} is no folded line")
        if not all(one == "\t" or " " <= one <= "~" for one in line):
            raise Broken(f"{name}: {line!r} is not printable ASCII")


def decode_addresses(value: str, *, kana: bool = False) -> list[tuple[str, str]]:
    """Pairs of name and address; words are looked for in phrases only."""
    found: list[tuple[str, str]] = []
    tokens = re.findall(r'"(?:[^"\\]|\\.)*"|[ \t]+|[<>,;:]|[^<>,;:" \t]+', value)
    phrase: list[str] = []
    spec: list[str] | None = None
    angle = False

    def finish() -> None:
        nonlocal phrase, spec
        words = [one for one in phrase if not one.isspace()]
        if spec is not None:
            found.append((_phrase(phrase, kana=kana), "".join(spec)))
        elif words:
            found.append(("", "".join(words)))
        phrase, spec = [], None

    for token in tokens:
        if token == "<":
            spec, angle = [], True
        elif token == ">":
            angle = False
        elif angle:
            assert spec is not None
            if "=?" in token:
                raise Broken("an encoded-word in an address")
            spec.append(token)
        elif token in ",;":
            finish()
        elif token == ":":
            if phrase and _WORD.fullmatch(phrase[-1]):
                raise Broken("an encoded-word that touches a colon")
            found.append((_phrase(phrase, kana=kana), ":"))
            phrase = []
        else:
            phrase.append(token)
    finish()
    return found


def _phrase(tokens: list[str], *, kana: bool) -> str:
    out: list[str] = []
    was_word = False
    space = ""
    for token in tokens:
        if token.isspace():
            space = token if out else ""
            continue
        if token.startswith('"'):
            if "=?" in token:
                raise Broken(f"an encoded-word in a quoted string: {token}")
            out += space, re.sub(r"\\(.)", r"\1", token[1:-1])
            was_word = False
        else:
            word = _WORD.fullmatch(token)
            if word is None and (_SPECIAL.search(token) or "=?" in token):
                raise Broken(f"{token!r} in a phrase")
            if word is not None and word[2] == "Q" and re.search(r"[^A-Za-z0-9!*+/=_-]", word[3]):
                raise Broken("RFC 2047, 5 (3): characters in a phrase")
            if not (word and was_word):
                out.append(space)
            was_word = word is not None
            out.append(decode_word(word, kana=kana) if word else token)
        space = ""
    return "".join(out)


def decode_parameters(value: str, *, kana: bool = False) -> dict[str, str]:
    """RFC 2231 as it stands: pieces numbered from 0, the charset in the first alone."""
    pieces = re.findall(r';\s*([^\s=;]+)=("(?:[^"\\]|\\.)*"|[^\s;]*)', value)
    whole: dict[str, str] = {}
    parts: dict[str, list[tuple[int, bool, str]]] = {}
    for key, raw in pieces:
        text = re.sub(r"\\(.)", r"\1", raw[1:-1]) if raw.startswith('"') else raw
        name, star, rest = key.partition("*")
        if not star:
            whole[name] = text
            continue
        if raw.startswith('"') and key.endswith("*"):
            raise Broken("an extended value in quotes")
        number = rest.rstrip("*")
        parts.setdefault(name, []).append((int(number or 0), rest.endswith("*") or not rest, text))
    for name, found in parts.items():
        found.sort()
        if [one[0] for one in found] != list(range(len(found))):
            raise Broken(f"pieces {found}")
        charset = "us-ascii"
        octets = b""
        for number, coded, piece in found:
            text = piece
            if coded and not number:
                charset, _, text = piece.split("'")
            octets += unquote_to_bytes(text) if coded else text.encode("ascii")
        whole[name] = decode_octets(octets, charset, kana=kana)
    return whole


def unflow(text):
    """RFC 3676 with DelSp=yes, as a reader joins the lines."""
    lines = []
    joins = False
    for line in text.split("\n"):
        body = line[1:] if line.startswith(" ") else line
        quoted = re.match(r"(>+) ?", line)
        if quoted:
            body = line[quoted.end() :] if joins else quoted[1] + " " + line[quoted.end() :]
        soft = body.endswith(" ") and body != "-- "
        body = body[:-1] if soft else body
        if joins:
            lines[-1] += body
        else:
            lines.append(body)
        joins = soft
    return "\n".join(lines)


class _AsSent(type(email.policy.compat32)):  # type: ignore[misc]
    """Keeps every line of a header; Python 3.14 drops a first one that has the name alone."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, _, value = "".join(sourcelines).partition(":")
        return name, value.lstrip(" \t").rstrip("\r\n")


def read(data: bytes, *, kana: bool = False, seven_bit: bool = True) -> dict[str, object]:
    """Checks a message and gives its decoded headers, texts and attachments."""
    if seven_bit and not data.isascii():
        raise Broken("bytes above 7F")
    if b"\0" in data or re.search(rb"\r(?!\n)", data):
        raise Broken("NUL or a bare CR")
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    for line in lines:
        if len(line) > 998:
            raise Broken(f"a line of {len(line)} bytes")
    message = email.parser.BytesParser(policy=_AsSent()).parsebytes(data)
    result: dict[str, object] = {"headers": [], "texts": [], "attachments": []}
    _part(message, result, kana=kana)
    return result


def _part(part: Message, result: dict[str, object], *, kana: bool) -> None:
    headers = []
    for name, raw in part.raw_items():
        value = str(raw)
        lines = re.split(r"\r?\n", value)
        check_header(name, [f"{name}: {lines[0]}", *lines[1:]])
        flat = unfold(lines).strip(" \t")  # as readers do
        if name.lower() in ("from", "to", "cc", "bcc", "sender", "reply-to"):
            headers.append((name, decode_addresses(flat, kana=kana)))
        elif name.lower() in ("content-type", "content-disposition"):
            headers.append((name, decode_parameters(flat, kana=kana)))
        elif name.lower() == "keywords":
            keywords = [decode_unstructured(one.strip(), kana=kana) for one in flat.split(",")]
            headers.append((name, ", ".join(keywords)))
        else:
            headers.append((name, decode_unstructured(flat, kana=kana)))
    result["headers"] += headers  # type: ignore[operator]
    if part.defects:
        raise Broken(f"defects {part.defects}")
    if part.is_multipart():
        for one in part.get_payload():
            _part(one, result, kana=kana)  # type: ignore[arg-type]
        return
    fields = dict(headers)
    content = fields.get("Content-Type", {})
    disposition = part.get_content_disposition()
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    cte = str(part.get("content-transfer-encoding", "7bit")).lower()
    if cte not in ("7bit", "8bit", "base64", "quoted-printable"):
        raise Broken(f"transfer encoding {cte}")
    if cte == "base64":
        base64.b64decode("".join(str(part.get_payload()).split()), validate=True)
    if part.get_content_maintype() == "text" and disposition != "attachment":
        charset = content.get("charset", "us-ascii")
        result["texts"].append(  # type: ignore[attr-defined]
            (part.get_content_type(), charset.lower(), decode_octets(data, charset, kana=kana))
        )
    else:
        name = fields.get("Content-Disposition", {}).get("filename")
        result["attachments"].append((name, part.get_content_type(), data))  # type: ignore[attr-defined]
