"""The text of a received part in another charset, with a transfer encoding that fits it."""

from __future__ import annotations

import binascii
import re

from .._errors import DecodeError, EncodeError, UnknownCharsetError, UnsupportedCharsetError
from ._believed import believed
from ._body import base64_lines, lines_fit
from ._charset import read
from ._decoding import is_utf8
from ._hints import Hints
from ._labels import keeps_ascii, meaning
from ._markup import redeclare
from ._output import UTF8, Output
from ._transfer import decode_transfer, encoding_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Body", "rebody"]

_CLEAR_SIGNED = (b"-----BEGIN PGP SIGNED MESSAGE-----", b"-----BEGIN PGP MESSAGE-----")
# Escapes and shifts, HZ, UTF-7, and escapes that lost their ESC.
_SHIFTS = (b"\x1b", b"\x0e", b"\x0f", b"\0")
_SEVEN_BIT_CODES = re.compile(rb"[\0\x0e\x0f\x1b]|~\{|\+[A-Za-z0-9/]|\$[B@]")
_CODED = ("base64", "quoted-printable")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_STUFFED = re.compile(rb"^(>*From )", re.MULTILINE)
_HIGH = bytes(range(0x80, 0x100))


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
    hints: Callable[[], Hints],
    line_end: bytes,
    notes: list[str],
    told: dict[str, None],
    *,
    quoted: bool = False,
) -> Body | None:
    """The content `raw` in the charset of `output`; None to leave it.

    `label` and `encoding` are what the header says. What cannot be read, or is signed, is left and
    said in `notes`. `hints` is asked for when the label is in doubt; `told` gets the charset of
    what is in another one than its label says. `quoted` says that lines of the stored message which
    begin with "From " have a ">" before them (mbox), which is none of the text.
    """
    what = kind.decode("ascii", "replace") or "text"
    coding = encoding_name(encoding)
    if coding is None or coding == "x-uuencode":
        notes.append(
            f"{what}: transfer encoding {encoding.strip()[:40]!r} is unknown, left as it is"
        )
        return None
    data = decode_transfer(raw, encoding, what, [], text=True) if coding in _CODED else raw
    plain_label = (label or "").strip().lower()
    ours = output.label.lower()
    html = kind == b"text/html"
    if data.isascii() and b"\x1b" not in data and not _SEVEN_BIT_CODES.search(data):
        # The same in every charset: what it is called is all that can change.
        if plain_label in ("", "us-ascii", ours) or meaning(label) is None:
            return None
        if keeps_ascii(meaning(label) or "ascii") and not (html and b"charset" in data.lower()):
            return Body(raw, output.label, "")
    elif plain_label == "utf-8" and output is UTF8 and is_utf8(data):
        text = data.decode("utf-8")
        if not html or redeclare(text, "UTF-8") == text:
            return None
    if any(mark in data for mark in _CLEAR_SIGNED):
        notes.append(f"{what}: signed or encrypted text, left as it is")
        return None
    found = believed(data, meaning(label))
    if found is None:
        faults: list[str] = []
        try:
            found, charset = read(data, label, what, faults, hints())
        except (UnknownCharsetError, UnsupportedCharsetError, DecodeError) as error:
            notes.append(f"{what}: left as it is: {error}")
            return None
        if charset not in ("ascii", meaning(label)):
            told[charset] = None
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
    doubtful = new.isascii() or any(one in new for one in _SHIFTS)
    if doubtful and not _reads_back(new, text, way):
        notes.append(f"{what}: escape sequences that mean nothing, left as it is")
        return None
    content, name = _coded(new, coding, line_end, seven_bit=way.seven_bit)
    if quoted and b"From " in new:
        plain = name not in _CODED
        if plain and coding in _CODED:
            content = _STUFFED.sub(rb">\1", content)
        elif not plain and coding not in _CODED:
            new = _QUOTED.sub(rb"\1", new)
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
    if seven_bit or _is_dense(data) or data.count(b"\n") != data.count(line_end):
        return base64_lines(data, line_end), "base64"
    return _quoted(data, line_end), "quoted-printable"


def _is_dense(data: bytes) -> bool:
    """Whether base64 is the shorter one: quoted-printable takes three bytes for one above 7F."""
    high = len(data) - len(data.translate(None, _HIGH))
    return high * 6 > len(data)


def _quoted(data: bytes, line_end: bytes) -> bytes:
    coded = binascii.b2a_qp(data.replace(b"\r\n", b"\n"), istext=True)
    return coded if line_end == b"\n" else coded.replace(b"\n", line_end)
