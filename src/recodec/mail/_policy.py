"""The standard library's `email` with texts, headers and file names read as `parse` reads them.

    message = email.message_from_bytes(data, policy=recodec.mail.policy)
    message["Subject"], message["From"].addresses, message.get_body().get_content()

Structure is the standard library's; headers stay as they came when the message is written again.
"""

from __future__ import annotations

import email.headerregistry
import re
from email.contentmanager import ContentManager, raw_data_manager
from email.headerregistry import BaseHeader
from email.message import EmailMessage, Message
from email.policy import EmailPolicy

from ._addresses import parse_addresses, split_address
from ._hints import Hints
from ._parameters import parse_parameters
from ._parse import body_text, decode_field, hints_from
from ._recipients import ADDRESS_FIELDS
from ._transfer import decode_transfer, encoding_name
from ._values import Group
from ._words import bytes_of_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ReadingMessage", "ReadingPolicy", "policy"]

_plain = email.headerregistry.HeaderRegistry()
_LINE_END = re.compile(r"\r\n|\r|\n")
_PARAMETERS = ("content-type", "content-disposition")


class _Header(BaseHeader):
    """A header that is already decoded, with the attributes of the standard library's."""

    max_count = None

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"] = None
        kwds["decoded"] = value

    def fold(self, *, policy: Any) -> str:
        folded: str = _plain(self.name, str(self)).fold(policy=policy)
        return folded


class _AddressHeader(_Header):
    """`addresses` and `groups` of the standard library's kind."""

    addresses: tuple[email.headerregistry.Address, ...] = ()
    groups: tuple[email.headerregistry.Group, ...] = ()

    @property
    def address(self) -> email.headerregistry.Address:
        """The only address; ValueError when there is another number of them."""
        if len(self.addresses) != 1:
            raise ValueError(f"value of single address header {self.name} is not a single address")
        return self.addresses[0]


class _ParameterHeader(_Header):
    """`params` and, by kind, `content_type` or `content_disposition`."""

    params: dict[str, str] = {}  # noqa: RUF012 - replaced on each header
    content_type = "text/plain"
    maintype = "text"
    subtype = "plain"
    content_disposition: str | None = None


class _TransferHeader(_Header):
    """`cte`: the transfer encoding by its right name."""

    cte = "7bit"


def _single(one: object) -> email.headerregistry.Address:
    username, domain = split_address(one.address)  # type: ignore[attr-defined]
    return email.headerregistry.Address(one.name, username, domain)  # type: ignore[attr-defined]


def _address_header(name: str, raw: bytes, hints: Hints) -> BaseHeader:
    groups = []
    for one in parse_addresses(raw, hints, name, []):
        if isinstance(one, Group):
            groups.append(email.headerregistry.Group(one.name, tuple(map(_single, one.members))))
        else:
            groups.append(email.headerregistry.Group(None, (_single(one),)))
    header = _AddressHeader(name, ", ".join(map(str, groups)))
    header.groups = tuple(groups)
    header.addresses = tuple(address for group in groups for address in group.addresses)
    return header


def _parameter_header(name: str, raw: bytes, hints: Hints) -> BaseHeader:
    head, parameters = parse_parameters(raw, hints, name, [])
    header = _ParameterHeader(name, decode_field(name, raw, hints, []))
    header.params = parameters
    if name.lower() == "content-type":
        main, _, sub = head.partition("/")
        if main and sub and "/" not in sub:
            header.content_type, header.maintype, header.subtype = head, main, sub
    else:
        header.content_disposition = head or None
    return header


def _read_header(name: str, value: str, hints: Hints) -> BaseHeader:
    raw = bytes_of_header(value)
    lower = name.lower()
    header: BaseHeader
    if lower in ADDRESS_FIELDS:
        return _address_header(name, raw, hints)
    if lower in _PARAMETERS:
        return _parameter_header(name, raw, hints)
    if lower == "content-transfer-encoding":
        cte = encoding_name(raw.decode("latin-1")) or "8bit"
        header = _TransferHeader(name, cte)
        header.cte = cte
        return header
    text = decode_field(name, raw, hints, [])
    if lower in ("date", "resent-date", "orig-date"):
        return _plain(name, text)
    return _Header(name, text)


class ReadingMessage(EmailMessage):
    """A message whose raw headers are read with what its parts say of their charsets."""

    def _fetched(self, name: str, value: Any) -> Any:
        if hasattr(value, "name") or not isinstance(value, str):
            return self.policy.header_fetch_parse(name, value)
        # Hints matter for raw text only; looking for them costs a walk over all parts.
        plain = value.isascii() and "\x1b" not in value and "$B" not in value
        return _read_header(name, value, Hints() if plain else self.reading_hints())

    def reading_hints(self) -> Hints:
        """What the header and the labels of the parts say about raw text."""
        labels = []
        for part in self.walk():
            for name, value in part.raw_items():
                if name.lower() == "content-type" and isinstance(value, str):
                    parameters = parse_parameters(bytes_of_header(value), Hints(), name, [])[1]
                    labels += [parameters["charset"]] if "charset" in parameters else []
        fields = [
            (name, bytes_of_header(value))
            for name, value in self.raw_items()
            if isinstance(value, str)
        ]
        return hints_from(labels, fields)

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first field of this name, decoded."""
        lower = name.lower()
        for key, value in self.raw_items():
            if key.lower() == lower:
                return self._fetched(key, value)
        return failobj

    def get_filename(self, failobj: Any = None) -> Any:
        """The name of the file: `filename` goes before `name`, an empty one counts for nothing."""
        disposition = getattr(self.get("content-disposition"), "params", {})
        kind = getattr(self.get("content-type"), "params", {})
        names = (disposition.get("filename"), disposition.get("name"), kind.get("name"),
                 kind.get("filename"))  # fmt: skip
        return next((name.replace("\x00", "") for name in names if name), failobj)

    def get_all(self, name: str, failobj: Any = None) -> Any:
        """All fields of this name, decoded."""
        lower = name.lower()
        found = [
            self._fetched(key, value) for key, value in self.raw_items() if key.lower() == lower
        ]
        return found or failobj

    def items(self) -> list[tuple[str, Any]]:
        """All fields in their order, decoded."""
        return [(key, self._fetched(key, value)) for key, value in self.raw_items()]

    def values(self) -> list[Any]:
        """The values of all fields in their order, decoded."""
        return [value for _, value in self.items()]


class _Contents(ContentManager):
    """`get_content` as `parse` reads; `set_content` as the standard library writes."""

    def get_content(self, msg: Message, *args: Any, **kw: Any) -> Any:
        kind = msg.get_content_type()
        if msg.is_multipart():
            if msg.get_content_maintype() != "message":
                raise KeyError(kind)  # as the standard library's: a multipart has no content
            return raw_data_manager.get_content(msg, *args, **kw)
        # get_payload() decodes raw bytes by the label, which loses them; this is what it decodes.
        payload = getattr(msg, "_payload", None)
        raw = bytes_of_header(payload) if isinstance(payload, str) else b""
        if msg.get_content_maintype() == "multipart":
            kind = "text/plain"  # nothing could be split: what stands there is text
        textual = kind.startswith("text/")
        coding = str(msg.get("content-transfer-encoding", ""))
        data = decode_transfer(raw, coding, kind, [], text=textual)
        if not textual:
            return data
        hints = msg.reading_hints() if isinstance(msg, ReadingMessage) else Hints()
        return body_text(data, kind, _parameters(msg), kind, [], hints)[0]

    def set_content(self, msg: Message, obj: Any, *args: Any, **kw: Any) -> None:
        raw_data_manager.set_content(msg, obj, *args, **kw)


def _parameters(message: Message) -> dict[str, str]:
    header = message.get("content-type")
    return dict(getattr(header, "params", {}))


class ReadingPolicy(EmailPolicy):
    """Reads as `recodec.mail.parse` does; what was not changed is written as it came."""

    message_factory = ReadingMessage
    content_manager: ContentManager = _Contents()
    refold_source = "none"

    def fold(self, name: str, value: Any) -> str:
        """A field as it is written: as it came, or folded when a program set it."""
        if hasattr(value, "name"):
            folded: str = value.fold(policy=self)
            return folded
        # Newer versions of the standard library would encode raw bytes here.
        return f"{name}: {self.linesep.join(_LINE_END.split(value))}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same in bytes."""
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii", "surrogateescape")

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """A stored header as an object with its decoded text."""
        return value if hasattr(value, "name") else _read_header(name, value, Hints())


policy: ReadingPolicy = ReadingPolicy()
"""For `email.message_from_bytes(data, policy=recodec.mail.policy)`."""
