"""A message as a frozen value: who, what about, the texts, the attachments, what was wrong."""

from __future__ import annotations

import email
import email.policy
import email.utils
from email.message import Message

from .._detect import bytes_of
from .._result import Value
from ._charset import Hints, read
from ._labels import meaning
from ._words import bytes_of_header, decode_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typing_extensions import Buffer

__all__ = ["Address", "Attachment", "Mail", "parse"]


class Address(Value):
    """One mailbox: the name as text, the address as it stands."""

    __slots__ = ("_address", "_name")
    __match_args__ = ("name", "address")
    _shown = __match_args__

    def __init__(self, *, name: str, address: str) -> None:
        self._name = name
        self._address = address

    @property
    def name(self) -> str:
        """The display name, "" when there is none."""
        return self._name

    @property
    def address(self) -> str:
        """local@domain."""
        return self._address

    def __str__(self) -> str:
        return f"{self._name} <{self._address}>" if self._name else self._address


class Attachment(Value):
    """A part that is not text of the message itself, as bytes."""

    __slots__ = ("_content_type", "_data", "_filename")
    __match_args__ = ("filename", "content_type", "data")
    _shown = __match_args__

    def __init__(self, *, filename: str, content_type: str, data: bytes) -> None:
        self._filename = filename
        self._content_type = content_type
        self._data = data

    @property
    def filename(self) -> str:
        """The name as text, "" when there is none."""
        return self._filename

    @property
    def content_type(self) -> str:
        """type/subtype in lower case."""
        return self._content_type

    @property
    def data(self) -> bytes:
        """The content after its transfer encoding."""
        return self._data


class Mail(Value):
    """What `parse` read."""

    __slots__ = (
        "_attachments",
        "_defects",
        "_from",
        "_headers",
        "_html",
        "_subject",
        "_text",
        "_to",
    )
    __match_args__ = ("subject", "from_", "to", "text")
    _shown = ("subject", "from_", "to", "headers", "text", "html", "attachments", "defects")

    def __init__(
        self,
        *,
        subject: str,
        from_: Iterable[Address],
        to: Iterable[Address],
        headers: Iterable[tuple[str, str]],
        text: str | None,
        html: str | None,
        attachments: Iterable[Attachment],
        defects: Iterable[str],
    ) -> None:
        self._subject = subject
        self._from = tuple(from_)
        self._to = tuple(to)
        self._headers = tuple(headers)
        self._text = text
        self._html = html
        self._attachments = tuple(attachments)
        self._defects = tuple(defects)

    @property
    def subject(self) -> str:
        """The subject, "" when there is none."""
        return self._subject

    @property
    def from_(self) -> tuple[Address, ...]:
        """The authors."""
        return self._from

    @property
    def to(self) -> tuple[Address, ...]:
        """The recipients of To."""
        return self._to

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """All fields of the message itself in their order, decoded."""
        return self._headers

    @property
    def text(self) -> str | None:
        """The plain text, None when there is none; several parts follow each other."""
        return self._text

    @property
    def html(self) -> str | None:
        """The HTML text, None when there is none."""
        return self._html

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Everything else."""
        return self._attachments

    @property
    def defects(self) -> tuple[str, ...]:
        """What was wrong with the message, in words."""
        return self._defects


def parse(data: Buffer) -> Mail:
    """Reads a message.

    Never raises for what a message may hold: what cannot be read properly is read as well as it
    can be and said in `defects`; bytes that are no mail become its text. TypeError for str.
    """
    if isinstance(data, str):
        raise TypeError("parse() takes the bytes of a message, not str")
    raw = data if type(data) is bytes else bytes(bytes_of(data))
    defects: list[str] = []
    # compat32 leaves headers and bodies as they came; the other policies decode, and lose bytes.
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    fields = [(name, bytes_of_header(value)) for name, value in message.raw_items()]
    if not fields:
        defects.append("no headers: this is no mail, read as text")
        text = read(raw, None, "text", defects)[0] if raw else ""
        return Mail(
            subject="",
            from_=(),
            to=(),
            headers=(),
            text=text,
            html=None,
            attachments=(),
            defects=defects,
        )
    hint = _hint(message)
    headers = [(name, decode_value(value, hint, name, defects)) for name, value in fields]
    texts, htmls, attachments = _bodies(message, defects)
    return Mail(
        subject=next((value for name, value in headers if name.lower() == "subject"), ""),
        from_=_addresses(fields, "from", hint),
        to=_addresses(fields, "to", hint),
        headers=headers,
        text="\n".join(texts) if texts else None,
        html="\n".join(htmls) if htmls else None,
        attachments=attachments,
        defects=dict.fromkeys(defects),  # in their order, each once
    )


def _hint(message: Message) -> Hints:
    """The charset to expect in raw headers: that of the first part that names one."""
    for part in message.walk():
        label = _label(part)
        if label and meaning(label):
            return Hints((meaning(label) or "",))
    return Hints()


def _label(part: Message) -> str | None:
    value = part.get_param("charset")
    if isinstance(value, tuple):  # coded as RFC 2231 has it
        value = value[2]
    return value or None


def _addresses(fields: list[tuple[str, bytes]], field: str, hint: Hints) -> Iterator[Address]:
    # Parsed before the words are decoded: a decoded name may hold commas and quotes.
    raw = [
        value.decode("ascii", "surrogateescape") for name, value in fields if name.lower() == field
    ]
    for name, address in email.utils.getaddresses(raw):
        if name or address:
            yield Address(
                name=decode_value(bytes_of_header(name), hint, field, []),
                address=decode_value(bytes_of_header(address), hint, field, []),
            )


def _bodies(message: Message, defects: list[str]) -> tuple[list[str], list[str], list[Attachment]]:
    texts: list[str] = []
    htmls: list[str] = []
    attachments: list[Attachment] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        defects += [type(one).__name__ for one in part.defects]
        kind = part.get_content_type()
        inside: list[object] = part.get_payload() if part.is_multipart() else []  # type: ignore[assignment]
        messages = [one for one in inside if isinstance(one, Message)]
        if kind.startswith("multipart/") and messages:
            waiting += reversed(messages)
            continue
        inline = part.get_content_disposition() != "attachment"
        if messages:  # message/rfc822
            data = b"".join(one.as_bytes() for one in messages)
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
        name = _filename(part, defects)
        if inline and not name and kind in ("text/plain", "text/html"):
            label = _label(part)
            text = read(data, label, f"{kind} part", defects)[0] if data else ""
            (htmls if kind == "text/html" else texts).append(text)
        else:
            attachments.append(Attachment(filename=name, content_type=kind, data=data))
    return texts, htmls, attachments


def _filename(part: Message, defects: list[str]) -> str:
    value = part.get_param("filename", None, "content-disposition")
    if value is None:
        value = part.get_param("name")
    if value is None:
        return ""
    if isinstance(value, tuple):
        label, _, text = value
        # The parser has undone the percent signs into one character a byte.
        octets = text.encode("latin-1", "replace")
        return read(octets, label, "file name", defects)[0]
    return decode_value(bytes_of_header(email.utils.unquote(value)), Hints(), "file name", defects)
