"""The text of a received part in another charset, with a transfer encoding that fits it."""

from __future__ import annotations

import binascii
import re

from .._errors import DecodeError, EncodeError, UnknownCharsetError, UnsupportedCharsetError
from ._body import base64_lines, lines_fit
from ._charset import Hints, read
from ._labels import JAPANESE_7BIT, meaning
from ._markup import redeclare
from ._output import UTF8, Output
from ._transfer import decode_transfer, encoding_name

__all__ = ["Body", "rebody"]

_CLEAR_SIGNED = (b"-----BEGIN PGP SIGNED MESSAGE-----", b"-----BEGIN PGP MESSAGE-----")
_MICROSOFT = (
    ("\u301c", "\uff5e"),
    ("\u2212", "\uff0d"),
    ("\u2016", "\u2225"),
    ("\xa2", "\uffe0"),
    ("\xa3", "\uffe1"),
    ("\xac", "\uffe2"),
)
# Letters of Western text. Other charsets under the label of Latin-1 give runs of such, or signs.
_WESTERN = re.compile(
    "[^\x00-\x7f\xa0\xa7\xab\xb0\xbb\xc0-\xcf\xd1-\xd6\xd8-\xdc\xdf-\xef\xf1-\xf6\xf8-\xfc"
    "\u20ac\u2013\u2014\u2018-\u201e\u2026]"
)
_TWO_HIGH = re.compile(rb"[\x80-\xff]{2}")
_CYRILLIC = re.compile("[\u0430-\u044f\u0451]")
_CYRILLIC_OTHER = re.compile(
    "[^\x00-\x7f\xa0\xab\xbb\u0430-\u044f\u0451\u0454\u0456\u0457\u045e\u0491"
    "\u2013\u2014\u2019\u201c-\u201e\u2116]"
)
# Escapes and shifts, HZ, UTF-7, and escapes that lost their ESC.
_SEVEN_BIT_CODES = re.compile(rb"[\0\x0e\x0f\x1b]|~\{|\+[A-Za-z0-9/]|\$[B@]")
_HIGH = bytes(range(0x80, 0x100))
_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u3093\u30a1-\u30f6\u30fc\u3001\u3002]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_JAPANESE_OTHER = re.compile("[^\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e\u2010-\u26ff]")


class Body:
    """What became of a text: content for the wire, its charset and transfer encoding."""

    __slots__ = ("content", "encoding", "label")

    def __init__(self, content: bytes, label: str, encoding: str) -> None:
        self.content = content
        self.label = label
        self.encoding = encoding


def rebody(
    raw: bytes,
    kind: bytes,
    label: str | None,
    encoding: str,
    output: Output,
    hints: Hints,
    line_end: bytes,
    notes: list[str],
) -> Body | None:
    """The content `raw` in the charset of `output`; None to leave it.

    `label` and `encoding` are what the header says. What cannot be read, or is signed, is left and
    said in `notes`.
    """
    what = kind.decode("ascii", "replace") or "text"
    coding = encoding_name(encoding)
    if coding is None or coding == "x-uuencode":
        notes.append(
            f"{what}: transfer encoding {encoding.strip()[:40]!r} is unknown, left as it is"
        )
        return None
    data = (
        decode_transfer(raw, encoding, what, [])
        if coding in ("base64", "quoted-printable")
        else raw
    )
    plain_label = (label or "").strip().lower()
    ours = output.label.lower()
    html = kind == b"text/html"
    if data.isascii() and not _SEVEN_BIT_CODES.search(data):
        # The same in every charset: what it is called is all that can change.
        if plain_label in ("", "us-ascii", ours) or meaning(label) is None:
            return None
        if not _is_wide(label) and not (html and b"charset" in data.lower()):
            return Body(raw, output.label, "")
    elif plain_label == "utf-8" and output is UTF8 and _is_utf8(data):
        text = data.decode("utf-8")
        if not html or redeclare(text, "UTF-8") == text:
            return None
    if any(mark in data for mark in _CLEAR_SIGNED):
        notes.append(f"{what}: signed or encrypted text, left as it is")
        return None
    found = _believed(data, plain_label)
    if found is None:
        faults: list[str] = []
        try:
            found = read(data, label, what, faults, hints)[0]
        except (UnknownCharsetError, UnsupportedCharsetError, DecodeError) as error:
            notes.append(f"{what}: left as it is: {error}")
            return None
        if "\ufffd" in found and b"\xef\xbf\xbd" not in data:
            notes.append(f"{what}: bytes that no charset explains, left as it is")
            return None
    try:
        # A byte order mark is of the bytes, not of the text.
        text, way = output.fit(found.lstrip("\ufeff"), what)
    except EncodeError as error:
        notes.append(f"{what}: left as it is: {error}")
        return None
    if kind in (b"text/html", b"text/xml", b"application/xhtml+xml"):
        text = redeclare(text, way.label)
    new = way.encode(text)
    if new == data and plain_label in (
        way.label.lower(),
        *(("us-ascii", "") if new.isascii() else ()),
    ):
        return None
    if (new.isascii() or _SEVEN_BIT_CODES.search(new)) and not _reads_back(new, text, way):
        notes.append(f"{what}: escape sequences that mean nothing, left as it is")
        return None
    content, name = _coded(new, coding, line_end, seven_bit=way.seven_bit)
    if name == coding:
        name = ""
    return Body(content, way.label, name)


def _reads_back(data: bytes, text: str, way: Output) -> bool:
    """Whether the new bytes mean the text, so that a second run finds nothing to do."""
    again = read(data, way.label, "", [])[0]
    try:
        return way.fit(again, "")[0] == text
    except EncodeError:
        return False


def _coded(data: bytes, coding: str, line_end: bytes, *, seven_bit: bool) -> tuple[bytes, str]:
    """The data in the transfer encoding it had, or the one that it needs now."""
    ascii_only = data.isascii() and b"\0" not in data
    if seven_bit and ascii_only and lines_fit(data):
        return data, "7bit"
    if coding == "base64":
        return base64_lines(data, line_end), coding
    plain = coding in (("7bit", "8bit", "binary") if ascii_only else ("8bit", "binary"))
    if plain and b"\0" not in data and lines_fit(data):
        return data, coding
    if seven_bit or _is_dense(data):
        return base64_lines(data, line_end), "base64"
    return _quoted(data, line_end), "quoted-printable"


def _is_dense(data: bytes) -> bool:
    """Whether base64 is the shorter one: quoted-printable takes three bytes for one above 7F."""
    high = len(data) - len(data.translate(None, _HIGH))
    return high * 6 > len(data)


def _quoted(data: bytes, line_end: bytes) -> bytes:
    coded = binascii.b2a_qp(data.replace(b"\r\n", b"\n"), istext=True)
    return coded if line_end == b"\n" else coded.replace(b"\n", line_end)


def _is_wide(label: str | None) -> bool:
    return (meaning(label) or "").startswith(("utf-16", "utf-32", "utf-7", "cp0", "cp5"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _believed(data: bytes, label: str) -> str | None:
    """Text by a label that its content confirms so plainly that nothing else need be asked."""
    name = meaning(label)
    try:
        if name == JAPANESE_7BIT:
            if b"\x1b(J" in data or b"\x0e" in data or b"\x1b(I" in data or not data.isascii():
                return None
            text = data.decode("iso2022_jp")
            for jis, microsoft in _MICROSOFT:
                if jis in text:
                    text = text.replace(jis, microsoft)
            return text
        if name == "cp1252":
            if _TWO_HIGH.search(data):
                return None
            text = data.decode("cp1252")
            return None if _WESTERN.search(text) else text
        if name in ("koi8-r", "cp1251", "koi8-u"):
            text = data.decode(name)
            beyond = len(_NOT_ASCII.findall(text))
            small = len(_CYRILLIC.findall(text))
            other = len(_CYRILLIC_OTHER.findall(text))
            # Each of these under the label of the other comes out in capitals.
            return text if small * 10 >= beyond * 8 and other * 8 <= beyond else None
        if name == "cp949":
            text = data.decode("cp949")
            good = len(_HANGUL.findall(text))
            return text if good * 10 >= len(_NOT_ASCII.findall(text)) * 9 else None
        if name in ("cp932", "eucjp-ms"):
            text = data.decode("cp932" if name == "cp932" else "euc_jp")
            if _JAPANESE_OTHER.search(text):
                return None
            return text if len(_KANA.findall(text)) * 4 >= len(_NOT_ASCII.findall(text)) else None
    except (LookupError, UnicodeDecodeError):
        pass
    return None
