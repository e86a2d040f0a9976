"""What is read of a message, as frozen values."""

from __future__ import annotations

from .._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = ["Address", "Attachment", "Group", "Mail"]


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


class Group(Value):
    """A named group of mailboxes (RFC 5322, 3.4), which may be empty."""

    __slots__ = ("_members", "_name")
    __match_args__ = ("name", "members")
    _shown = __match_args__

    def __init__(self, *, name: str, members: Iterable[Address]) -> None:
        self._name = name
        self._members = tuple(members)

    @property
    def name(self) -> str:
        """The name of the group as text."""
        return self._name

    @property
    def members(self) -> tuple[Address, ...]:
        """Its mailboxes; none in `undisclosed-recipients:;`."""
        return self._members

    def __str__(self) -> str:
        return f"{self._name}: {', '.join(map(str, self._members))};"


class Attachment(Value):
    """A part that is not text of the message itself, as bytes."""

    __slots__ = ("_content_id", "_content_type", "_data", "_filename", "_inline", "_text")
    __match_args__ = ("filename", "content_type", "data")
    _shown = ("filename", "content_type", "data", "content_id", "inline", "text")
    _quiet = {"content_id": "", "inline": False, "text": None}  # noqa: RUF012

    def __init__(
        self,
        *,
        filename: str,
        content_type: str,
        data: bytes,
        content_id: str = "",
        inline: bool = False,
        text: str | None = None,
    ) -> None:
        self._filename = filename
        self._content_type = content_type
        self._data = data
        self._content_id = content_id
        self._inline = inline
        self._text = text

    @property
    def filename(self) -> str:
        """The name as text and as it was sent, "" when there is none.

        It comes from a stranger and may hold slashes: take its last part before using it as a path.
        """
        return self._filename

    @property
    def content_type(self) -> str:
        """type/subtype in lower case."""
        return self._content_type

    @property
    def data(self) -> bytes:
        """The content after its transfer encoding, byte for byte."""
        return self._data

    @property
    def content_id(self) -> str:
        """What `cid:` in the HTML text names it by, without angle brackets; "" when none."""
        return self._content_id

    @property
    def inline(self) -> bool:
        """Whether it is to be shown with the text and not as a file."""
        return self._inline

    @property
    def text(self) -> str | None:
        """Text of an attachment of type text/*, decoded as bodies are; None for others."""
        return self._text


class Mail(Value):
    """What `parse` read."""

    __slots__ = ("_attachments", "_date", "_defects", "_headers", "_html", "_nested",
                 "_recipients", "_text")  # fmt: skip
    __match_args__ = ("subject", "from_", "to", "text")
    _shown = ("headers", "recipients", "date", "text", "html", "attachments", "nested", "defects")
    _quiet = {"date": None, "html": None, "attachments": (), "nested": (), "defects": ()}  # noqa: RUF012

    def __init__(
        self,
        *,
        headers: Iterable[tuple[str, str]],
        recipients: Iterable[tuple[str, tuple[Address | Group, ...]]],
        date: datetime | None,
        text: str | None,
        html: str | None,
        attachments: Iterable[Attachment],
        nested: Iterable[Mail],
        defects: Iterable[str],
    ) -> None:
        self._headers = tuple(headers)
        self._recipients = tuple(recipients)
        self._date = date
        self._text = text
        self._html = html
        self._attachments = tuple(attachments)
        self._nested = tuple(nested)
        self._defects = tuple(defects)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """All fields of the message itself in their order: names as sent, values decoded."""
        return self._headers

    @property
    def recipients(self) -> tuple[tuple[str, tuple[Address | Group, ...]], ...]:
        """The fields of addresses in their order, by their names in lower case."""
        return self._recipients

    def header(self, name: str) -> str | None:
        """The value of the first field of this name (case does not count), None without one."""
        name = name.lower()
        return next((value for key, value in self._headers if key.lower() == name), None)

    def addresses(self, name: str) -> tuple[Address | Group, ...]:
        """Mailboxes and groups of all fields of this name, such as "resent-to"."""
        name = name.lower()
        return tuple(one for key, found in self._recipients if key == name for one in found)

    def _mailboxes(self, name: str) -> tuple[Address, ...]:
        flat: list[Address] = []
        for one in self.addresses(name):
            flat += one.members if isinstance(one, Group) else (one,)
        return tuple(flat)

    @property
    def subject(self) -> str:
        """The subject, "" when there is none."""
        return self.header("subject") or ""

    @property
    def from_(self) -> tuple[Address, ...]:
        """The authors."""
        return self._mailboxes("from")

    @property
    def sender(self) -> Address | None:
        """Who sent it for the authors, None when nobody is named."""
        return next(iter(self._mailboxes("sender")), None)

    @property
    def reply_to(self) -> tuple[Address, ...]:
        """Where answers go."""
        return self._mailboxes("reply-to")

    @property
    def to(self) -> tuple[Address, ...]:
        """The recipients of To, those in groups too; `addresses("to")` keeps the groups."""
        return self._mailboxes("to")

    @property
    def cc(self) -> tuple[Address, ...]:
        """The recipients of Cc."""
        return self._mailboxes("cc")

    @property
    def bcc(self) -> tuple[Address, ...]:
        """The recipients of Bcc."""
        return self._mailboxes("bcc")

    @property
    def date(self) -> datetime | None:
        """When it was sent, None when the field is missing or no date."""
        return self._date

    @property
    def message_id(self) -> str:
        """The value of Message-ID with its angle brackets, "" when there is none."""
        return self.header("message-id") or ""

    @property
    def text(self) -> str | None:
        """The plain text, None when there is none; several parts follow each other.

        Lines of `format=flowed` (RFC 3676) are joined.
        """
        return self._text

    @property
    def html(self) -> str | None:
        """The HTML text, None when there is none."""
        return self._html

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Everything else, in order: files, pictures, enclosed messages, uuencoded files."""
        return self._attachments

    @property
    def nested(self) -> tuple[Mail, ...]:
        """Enclosed messages (message/rfc822), read as this one; each is an attachment as well."""
        return self._nested

    @property
    def defects(self) -> tuple[str, ...]:
        """What was wrong with the message and what was done about it, in words."""
        return self._defects
