"""A message read whole: the texts, the attachments, the headers, what was wrong."""

from __future__ import annotations

import email.utils
import re

from .._detection.detect import bytes_of
from . import _emoji
from ._addresses import parse_addresses
from ._charset import read, read_plain
from ._emlx import message_in
from ._encoded_words import words_in
from ._flowed import unflow
from ._fold import quoted_string
from ._hints import NO_HINTS, Hints
from ._labels import meaning
from ._parameters import parse_parameters
from ._recipients import ADDRESS_FIELDS
from ._structure import Part, split
from ._transfer import cut_uuencoded, decode_transfer
from ._values import Address, Attachment, Group, Mail
from ._words import decode_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Protocol

    from typing_extensions import Buffer

    class Readable(Protocol):
        """A binary file."""

        def read(self) -> bytes: ...


__all__ = ["TELLING", "body_text", "decode_field", "hints_from", "hints_of", "parse"]

_DEEPEST = 30  # messages inside each other that are read
_LONG_VALUE = 1 << 20  # bytes of a field that are decoded
_META = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)[ \t\r\n]*=[ \t\r\n]*"
    rb"[\"']?[ \t\r\n]*([A-Za-z0-9_.:-]{2,60})",
    re.IGNORECASE,
)
_META_WITHIN = 8192  # bytes in which a declaration may begin
_PARAMETERS = frozenset(("content-type", "content-disposition"))
_SENDERS = ("from", "reply-to", "sender", "return-path", "message-id", "x-original-from")
_NAMES = ("name", "filename")
TELLING = frozenset((*_SENDERS, "subject", "to"))
_TLD = re.compile(r"@[\w.-]*\.([a-z]{2})(?=[>\s,;)]|\Z)", re.IGNORECASE)


def parse(data: Buffer | Readable) -> Mail:
    """Reads a message, from bytes or a binary file.

    Never raises for what a message may hold: what cannot be read properly is read as well as it
    can be and said in `defects`; bytes that are no mail become its text. Takes time linear in the
    length. TypeError for str.
    """
    if isinstance(data, str):
        raise TypeError("parse() takes the bytes of a message, not str")
    content = data.read() if hasattr(data, "read") else data
    if isinstance(content, str):
        raise TypeError("parse() takes a binary file; open it with mode 'rb'")
    raw = content if type(content) is bytes else bytes(bytes_of(content))
    place = message_in(raw)
    return _parse(raw if place is None else raw[slice(*place)], 0)


def _parse(raw: bytes, depth: int) -> Mail:
    if b"\n" not in raw and b"\r" in raw:
        return _mail(raw.replace(b"\r", b"\n"), None, depth, ["lines end in CR alone"])
    return _mail(raw, None, depth, [])


def _mail(data: bytes, root: Part | None, depth: int, defects: list[str]) -> Mail:
    root = root or split(data)
    if not root.fields:
        text = ""
        if data and root.end > root.start:
            defects.append("no headers: this is not mail; read as text")
            text = read(data[root.start : root.end], None, "text", defects)[0]
        return Mail(
            headers=(), recipients=(), date=None, text=text, html=None, attachments=(), nested=(),
            defects=defects,
        )  # fmt: skip
    reader = _Reader(data, root, depth, defects)
    reader.bodies()
    return reader.mail()


def hints_of(root: Part) -> Hints:
    """What the header and the labels of a message say about its texts.

    Those of messages in it come last.
    """
    labels: list[str] = []
    waiting, inner = [root], list[Part]()
    while (waiting or inner) and len(labels) < 50:
        part = (waiting or inner).pop()
        labels += [part.parameters["charset"]] if "charset" in part.parameters else []
        (waiting if part.is_multipart else inner).extend(reversed(part.children[:50]))
    return hints_from(labels, [(field.name, field.value) for field in root.fields])


def hints_from(labels: Iterable[str], fields: Iterable[tuple[str, bytes]]) -> Hints:
    """Hints from the labels of the parts and the fields of the header."""
    charsets: dict[str, None] = {}
    for label in labels:
        name = meaning(label)
        if name is not None:
            charsets[name] = None
    senders = []
    for field, value in fields:
        lower = field.lower()
        text = value[:2000].decode("latin-1") if lower in TELLING else ""
        if lower in _SENDERS:
            senders.append(text)
        for word in words_in(text) if lower != "message-id" else ():
            name = meaning(word.charset)
            if name is not None:
                charsets[name] = None
    sender = " ".join(senders)
    tld = _TLD.search(sender)
    return Hints(tuple(charsets), _emoji.carrier_of(sender), tld[1].lower() if tld else None)


def decode_field(name: str, value: bytes, hints: Hints, defects: list[str]) -> str:
    """A field's value for people: words and raw text decoded; parameters of RFC 2231 too."""
    lower = name.lower()
    if len(value) > _LONG_VALUE:
        defects.append(f"{name}: longer than {_LONG_VALUE} bytes, the rest is cut off")
        value = value[:_LONG_VALUE]
    if lower in _PARAMETERS:
        head, parameters = parse_parameters(value, hints, name, defects)
        return "; ".join([head, *(_parameter(key, text) for key, text in parameters.items())])
    return decode_value(value, hints, name, defects)


_TOKEN = re.compile(r"[!#-'*+.0-9A-Z^-~-]+\Z", re.IGNORECASE)


def _parameter(key: str, text: str) -> str:
    if _TOKEN.match(text):
        return f"{key}={text}"
    return f"{key}={quoted_string(text)}"


def body_text(
    data: bytes,
    kind: str,
    parameters: dict[str, str],
    what: str,
    defects: list[str],
    hints: Hints,
) -> tuple[str, str]:
    """Text of a body after its transfer encoding, and the charset it was read in."""
    label = parameters.get("charset")
    if kind == "text/html":
        label = _declared(data, label, defects)
    text, charset = read(data, label, what, defects, hints)
    if kind == "text/plain" and parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=parameters.get("delsp", "").lower() == "yes")
    return text, charset


def _declared(data: bytes, label: str | None, defects: list[str]) -> str | None:
    """The label of an HTML text: the header's, or what the document says of itself when the
    header says nothing or does not decode it."""
    found = _META.search(data, 0, _META_WITHIN)
    if found is None:
        return label
    inner = found[1].decode("ascii")
    if meaning(inner) is None or (meaning(inner) or "").startswith(("utf-16", "utf-32")):
        return label
    if meaning(label) is None:
        return inner
    if read_plain(data, label or "") is None and read_plain(data, inner) is not None:
        defects.append(f"text/html part: read by its own declaration, {inner}")
        return inner
    return label


class _Reader:
    """One message being read."""

    def __init__(self, data: bytes, root: Part, depth: int, defects: list[str]) -> None:
        self.data = data
        self.root = root
        self.depth = depth
        self.defects = defects
        self.hints = hints_of(root)
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.attachments: list[Attachment] = []
        self.nested: list[Mail] = []
        # Charsets that texts turned out to be in against their labels, which say more of the rest.
        self.found: dict[str, None] = {}

    def bodies(self) -> None:
        waiting = [self.root]
        while waiting:
            part = waiting.pop()
            self.defects += part.defects
            if part.is_multipart and part.children:
                waiting += reversed(part.children)
            else:
                self._leaf(part)

    def _leaf(self, part: Part) -> None:
        kind = part.content_type
        message = kind in ("message/rfc822", "message/global")
        if part.is_multipart:
            # Nothing could be split: what stands there is text.
            kind = "text/plain"
            self.defects.append("a multipart without parts, read as text")
        disposition, parameters = self._disposition(part)
        name = self._filename(part, parameters)
        body = self.data[part.body : part.end]
        what = f"{kind} part"
        textual = kind in ("text/plain", "text/html")
        data = decode_transfer(body, part.transfer_encoding, what, self.defects, text=textual)
        if message:
            self._message(part, data)
        shown = disposition != "attachment" and (not name or part is self.root)
        if textual and shown and not message:
            self._text(part, kind, data, what)
            return
        identity = (part.get("content-id") or b"").decode("latin-1").strip(" \t<>")
        text = None
        if kind.startswith("text/"):
            text = read(data, part.parameters.get("charset"), what, [], self.hints)[0]
        self.attachments.append(
            Attachment(
                filename=name,
                content_type=kind,
                data=data,
                content_id=identity,
                inline=disposition == "inline" or (not disposition and identity != ""),
                text=text,
            )
        )

    def _disposition(self, part: Part) -> tuple[str, dict[str, str]]:
        value = part.get("content-disposition")
        if value is None:
            return "", {}
        return parse_parameters(
            value[:_LONG_VALUE], self.hints, "Content-Disposition", self.defects
        )

    def _filename(self, part: Part, disposition: dict[str, str]) -> str:
        name = disposition.get("filename") or disposition.get("name")
        value = part.get("content-type")
        if not name and value is not None and b"name" in value.lower():
            _, found = parse_parameters(
                value[:_LONG_VALUE], self.hints, "Content-Type", self.defects, only=_NAMES
            )
            name = found.get("name") or found.get("filename")
        return (name or "").replace("\x00", "")

    def _text(self, part: Part, kind: str, data: bytes, what: str) -> None:
        data, files = cut_uuencoded(data) if kind == "text/plain" else (data, [])
        text, charset = body_text(data, kind, part.parameters, what, self.defects, self.hints)
        if charset not in ("ascii", meaning(part.parameters.get("charset"))):
            self.found[charset] = None
        (self.htmls if kind == "text/html" else self.texts).append(text)
        for file in files:
            name = decode_value(file.name, self.hints, "name of a uuencoded file", self.defects)
            self.attachments.append(
                Attachment(filename=name, content_type="application/octet-stream", data=file.data)
            )

    def _message(self, part: Part, data: bytes) -> None:
        if self.depth >= _DEEPEST:
            self.defects.append(f"messages nested deeper than {_DEEPEST} are left as attachments")
        elif part.children:
            self.nested.append(_mail(self.data, part.children[0], self.depth + 1, []))
        else:
            self.nested.append(_parse(data, self.depth + 1))

    def mail(self) -> Mail:
        hints = self.hints
        if self.found:
            hints = Hints((*self.found, *hints.charsets), hints.carrier, hints.tld)
        headers = []
        recipients: list[tuple[str, tuple[Address | Group, ...]]] = []
        for field in self.root.fields:
            headers.append((field.name, decode_field(field.name, field.value, hints, self.defects)))
            lower = field.name.lower()
            if lower in ADDRESS_FIELDS:
                value = field.value[:_LONG_VALUE]
                recipients.append((lower, parse_addresses(value, hints, field.name, self.defects)))
        date = self.root.get("date")
        return Mail(
            headers=headers,
            recipients=recipients,
            date=_date(date) if date is not None else None,
            text=_together(self.texts),
            html=_together(self.htmls),
            attachments=self.attachments,
            nested=self.nested,
            defects=dict.fromkeys(self.defects),  # in their order, each once
        )


def _together(texts: Sequence[str]) -> str | None:
    return "\n".join(texts) if texts else None


def _date(value: bytes) -> datetime | None:
    text = decode_value(value[:1000], NO_HINTS, "Date", [])
    try:
        return email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
