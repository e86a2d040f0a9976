"""A message from its text, names and files, ready for `smtplib` and `email.generator`."""

from __future__ import annotations

import os
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage, Message
from email.utils import format_datetime, make_msgid

from .._detection.detect import bytes_of, detect
from .._errors import OptionError
from ._body import base64_lines
from ._encode import encode, new_boundary
from ._output import Output
from ._recipients import from_values, is_hidden
from ._sending import SendingPolicy, sending_policy, set_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from ._output import Kana, Unencodable, Variant

__all__ = ["compose"]


def compose(
    subject: str,
    from_: object,
    to: object,
    body: str,
    html: str | None = None,
    attachments: Iterable[object] = (),
    charset: str = "iso-2022-jp",
    unencodable: Unencodable = "error",
    variant: Variant = "ms",
    kana: Kana = "full",
    *,
    cc: object = (),
    bcc: object = (),
    reply_to: object = (),
    sender: object = (),
    headers: Mapping[str, object] | Iterable[tuple[str, object]] = (),
    date: datetime | str | None = None,
    message_id: str | None = None,
    flowed: bool = False,
    legacy_names: bool = False,
) -> EmailMessage:
    """A message in `charset`, 7 bits throughout, that old and new mail programs show.

    Addresses are strings ("森, 太郎 <mori@example.jp>, ..."), pairs (name, address), objects with
    `name` or `display_name`, groups of `email.headerregistry`, or iterables of those.

    Attachments are paths (str or os.PathLike), tuples (filename, bytes) or (filename, bytes,
    content type), `recodec.mail.Attachment`s, or messages; their bytes arrive as they are.

    unencodable: what becomes of a character that the charset does not have: "error"; "replace"
        with "?"; "geta" (U+3013); "ncr" (`&#8364;`); "translit" (e for é); "utf8": the header,
        name or body that has it goes out in UTF-8, the rest does not.
    variant: "ms" sends NEC's and IBM's characters (①, ㈱, 髙) under the label ISO-2022-JP, as
        Japanese mail programs do; "rfc1468" has JIS X 0208 alone.
    kana: "full" makes half-width katakana full width, "keep" sends them by ESC ( I.
    headers: further ones; they go before those that are made here (Date, Message-ID).
    flowed: long lines as format=flowed (RFC 3676) instead of base64.
    legacy_names: also a `name="=?...?="` for file names, for old versions of Outlook.

    Raises EncodeError, which names the character and the place; OptionError for contradictory
    options, line ends in headers and addresses that are not ASCII; UnknownCharsetError; TypeError;
    OSError for files that cannot be read.
    """
    output = Output(charset, unencodable, variant, kana)
    policy = sending_policy(output, legacy_names=legacy_names)
    message = EmailMessage(policy=policy)
    further = list(headers.items() if hasattr(headers, "items") else headers)
    given = {name.lower() for name, _ in further}
    authors = _named(from_, "from_")
    if not authors:
        raise OptionError("from_: a message needs an author")
    if "date" not in given:
        message["Date"] = date if date is not None else format_datetime(datetime.now().astimezone())
    message["From"] = authors
    for name, value in (
        ("Sender", sender),
        ("Reply-To", reply_to),
        ("To", to),
        ("Cc", cc),
        ("Bcc", bcc),
    ):
        recipients = _named(value, name)
        if recipients:
            message[name] = recipients
    message["Subject"] = subject
    if "message-id" not in given:
        message["Message-ID"] = message_id or make_msgid(domain=_domain(authors))
    for name, value in further:
        if name.lower().startswith("content-") or name.lower() == "mime-version":
            raise OptionError(f"{name}: is made from the content")
        message[name] = value
    message["MIME-Version"] = "1.0"

    parts = [_text("plain", body, policy, flowed=flowed)]
    if html is not None:
        parts.append(_text("html", html, policy, flowed=False))
        parts = [_multipart("alternative", parts, policy)]
    files = [_attachment(one, policy) for one in attachments]
    if files:
        parts = [_multipart("mixed", [*parts, *files], policy)]
    content = parts[0]
    for name, value in content.raw_items():
        message[name] = value
    message.set_payload(content.get_payload())
    return message


def _named(value: object, where: str) -> list[Address | Group]:
    """The recipients of an argument. Raises OptionError for a name without an address."""
    recipients = from_values(value)
    for one in _mailboxes(recipients):
        if not one.username or (not one.domain and is_hidden(one.username)):
            raise OptionError(f"{where}: no address for {one.display_name!r}")
    return recipients


def _mailboxes(recipients: Iterable[Address | Group]) -> Iterator[Address]:
    for one in recipients:
        if isinstance(one, Group):
            yield from one.addresses
        else:
            yield one


def _domain(authors: Iterable[Address | Group]) -> str:
    # The name of this machine is nobody's business, and looking it up may take long.
    domains = [one.domain for one in _mailboxes(authors) if one.domain.isascii()]
    return next(filter(None, domains), "localhost")


def _text(subtype: str, text: str, policy: SendingPolicy, *, flowed: bool) -> EmailMessage:
    if not isinstance(text, str):
        raise TypeError(f"a body must be a str, not {type(text).__name__}")
    part = EmailMessage(policy=policy)
    part["Content-Type"] = f"text/{subtype}"
    set_text(part, text, flowed=flowed)
    return part


def _multipart(subtype: str, parts: list[EmailMessage], policy: SendingPolicy) -> EmailMessage:
    new = EmailMessage(policy=policy)
    new["Content-Type"] = policy.with_parameters(
        "Content-Type", f"multipart/{subtype}", {"boundary": new_boundary()}
    )
    inside: list[Any] = [*parts]
    new.set_payload(inside)
    return new


def _attachment(item: object, policy: SendingPolicy) -> EmailMessage:
    part = EmailMessage(policy=policy)
    if isinstance(item, Message):
        output = policy.output
        inner = encode(item, output.label, variant=output.variant, kana=output.kana)
        part["Content-Type"] = "message/rfc822"
        part["Content-Disposition"] = "attachment"
        part.set_payload([inner])
        return part
    name, data, kind = _file(item)
    main, slash, sub = kind.partition("/")
    if not (main and slash and sub) or main in ("multipart", "message"):
        kind = "application/octet-stream"
    parameters = {}
    if kind.startswith("text/"):
        found = detect(data)
        if found.mime is not None and found.source != "empty":
            # Without a label programs take their own guess, and most guess wrong.
            parameters["charset"] = found.mime
    if name and policy.legacy_names:
        parameters["name"] = name
    part["Content-Type"] = policy.with_parameters("Content-Type", kind, parameters)
    part["Content-Disposition"] = policy.with_parameters(
        "Content-Disposition", "attachment", {"filename": name} if name else {}
    )
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(base64_lines(data).decode("ascii"))
    return part


def _file(item: object) -> tuple[str, bytes, str]:
    """File name, content and content type of what was given as an attachment."""
    if isinstance(item, (str, os.PathLike)):
        path = os.fspath(item)
        with open(path, "rb") as file:
            data = file.read()
        return _typed(os.fsdecode(os.path.basename(path)), data)
    if hasattr(item, "filename") and hasattr(item, "data"):
        kind = getattr(item, "content_type", "")
        name, data, guess = _typed(item.filename or "", bytes_of(item.data))
        return name, data, kind or guess
    if isinstance(item, tuple) and len(item) in (2, 3) and isinstance(item[0], str):
        if isinstance(item[1], str):
            raise TypeError(f"{item[0]}: the content of an attachment is bytes, not str")
        name, data, guess = _typed(item[0], bytes_of(item[1]))
        return name, data, (item[2] if len(item) == 3 else None) or guess
    raise TypeError(f"not an attachment: {item!r:.80}")


def _typed(name: str, data: object) -> tuple[str, bytes, str]:
    import mimetypes

    kind, packed = mimetypes.guess_type(name)
    return name, bytes(data), "application/octet-stream" if packed or not kind else kind  # type: ignore[call-overload]
