"""Any EmailMessage as one that goes out in ISO-2022-JP, or in another charset."""

from __future__ import annotations

import email
import email.policy
from email.headerregistry import Address, Group
from email.message import EmailMessage, Message

from .._errors import OptionError
from ._body import base64_lines, lines_fit
from ._charset import read
from ._fields import is_address_field, is_parameter_field, is_token_field
from ._output import Output
from ._recipients import parse_recipients
from ._sending import SendingPolicy, sending_policy, set_text, set_transfer
from ._words import bytes_of_header, decode_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._output import Kana, Unencodable, Variant

__all__ = ["encode", "new_boundary"]

# Deeper than any mail is; the standard library's generator calls itself for every level.
_DEPTH = 80
_SEALED = frozenset(("multipart/signed", "multipart/encrypted"))


def encode(
    message: Message,
    charset: str = "iso-2022-jp",
    unencodable: Unencodable = "error",
    variant: Variant = "ms",
    kana: Kana = "full",
    *,
    flowed: bool = False,
    legacy_names: bool = False,
) -> EmailMessage:
    """A copy of `message` that goes out in `charset`, 7 bits throughout; the options of `compose`.

    Headers, names of attachments, and text and HTML bodies are converted, in every part.
    Attachments keep their bytes, signed and encrypted parts are left alone. The result is what
    `smtplib` and `email.generator` take, and they write it unchanged.

    Raises EncodeError for a character that the charset does not have (under the policy "error"),
    OptionError for what cannot be sent at all, UnknownCharsetError.
    """
    if not isinstance(message, Message):
        raise TypeError(f"encode() takes a message, not {type(message).__name__}; see compose()")
    policy = sending_policy(Output(charset, unencodable, variant, kana), legacy_names=legacy_names)
    if not isinstance(message, EmailMessage):
        message = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    return _Encoder(policy, flowed=flowed).part(message, 0)


class _Encoder:
    def __init__(self, policy: SendingPolicy, *, flowed: bool) -> None:
        self._policy = policy
        self._flowed = flowed

    def part(self, source: Message, depth: int) -> EmailMessage:
        if depth > _DEPTH:
            raise OptionError(f"parts are nested more than {_DEPTH} deep")
        new = EmailMessage(policy=self._policy)
        new.preamble, new.epilogue = source.preamble, source.epilogue
        sealed = source.get_content_type() in _SEALED
        for name, value in source.raw_items():
            if sealed and is_parameter_field(name):
                _keep(new, name, value)
            else:
                self._field(new, name, value)
        if depth == 0 and "MIME-Version" not in new:
            new["MIME-Version"] = "1.0"
        inside = source.get_payload()
        if isinstance(inside, list):
            if source.get_content_maintype() == "multipart" and not source.get_boundary():
                new.set_boundary(new_boundary())
            parts: list[Any] = list(inside)
            new.set_payload(parts if sealed else [self._inner(one, depth + 1) for one in parts])
        elif _is_body(source):
            self._text(new, source)
        else:
            _bytes(new, source)
        return new

    def _inner(self, source: Message, depth: int) -> Message:
        # What came as 7-bit lines, such as a forwarded mail, goes on as it came.
        return source if _is_seven_bit(source, depth) else self.part(source, depth)

    def _field(self, new: EmailMessage, name: str, value: object) -> None:
        if not hasattr(value, "name"):
            # As it stands in the source: decoded here, where the labels of Japanese mail are known.
            value = _read_field(name, str(value))
        elif is_address_field(name):
            value = _recipients_of(value)
        new._headers.append(self._policy.header_store_parse(name, value))  # type: ignore[attr-defined]

    def _text(self, new: EmailMessage, source: Message) -> None:
        data = source.get_payload(decode=True)
        assert isinstance(data, bytes)
        label = source.get_content_charset()
        text = read(data, label, "body", [])[0] if data else ""
        html = source.get_content_type() == "text/html"
        flowed = self._flowed and not html and source.get_param("format") != "flowed"
        set_text(new, text, flowed=flowed)


def _is_body(part: Message) -> bool:
    """Whether a part is text of the message itself and not something that was attached."""
    return (
        part.get_content_type() in ("text/plain", "text/html")
        and part.get_content_disposition() != "attachment"
        and part.get_filename() is None
    )


def _bytes(new: EmailMessage, source: Message) -> None:
    """The payload of an attachment: as it came where it is 7-bit lines, else in base64."""
    payload = source.get_payload()
    if payload is None:
        return
    assert isinstance(payload, str)
    if payload.isascii() and "\0" not in payload and lines_fit(payload.encode("ascii")):
        new.set_payload(payload)
        return
    data = source.get_payload(decode=True)
    assert isinstance(data, bytes)
    set_transfer(new, "base64")
    new.set_payload(base64_lines(data).decode("ascii"))


def _is_seven_bit(part: Message, depth: int) -> bool:
    """Whether a part, as it was parsed, can be written again with the same bytes."""
    waiting = [(part, depth)]
    while waiting:
        one, level = waiting.pop()
        if level > _DEPTH:
            return False
        for _, value in one.raw_items():
            if hasattr(value, "name") or not value.isascii():
                return False
        payload: Any = one.get_payload()
        if isinstance(payload, list):
            waiting += ((inner, level + 1) for inner in payload)
        elif _is_body(one) or not str(payload or "").isascii():
            return False
    return True


def _keep(part: Message, name: str, value: object) -> None:
    part._headers.append((name, value))  # type: ignore[attr-defined]


def _read_field(name: str, value: str) -> object:
    if is_address_field(name):
        return [_decoded(one) for one in parse_recipients(_unfold(value))]
    if is_token_field(name) or is_parameter_field(name):
        return _unfold(value)
    return decode_header(bytes_of_header(value))


def _decoded(one: Address | Group) -> Address | Group:
    if isinstance(one, Group):
        name = decode_header(bytes_of_header(one.display_name or ""))
        return Group(name, [_decoded_mailbox(member) for member in one.addresses])
    return _decoded_mailbox(one)


def _decoded_mailbox(one: Address) -> Address:
    name = decode_header(bytes_of_header(one.display_name))
    return Address(name, one.username, one.domain)


def _unfold(value: str) -> str:
    return value.replace("\r", "").replace("\n", "")


def _recipients_of(header: object) -> list[Address | Group]:
    groups = header.groups  # type: ignore[attr-defined]
    if getattr(header, "defects", ()):
        return parse_recipients(str(header))
    return [
        one if one.display_name is not None else one.addresses[0]
        for one in groups
        if one.display_name is not None or one.addresses
    ]


def new_boundary() -> str:
    """A delimiter of parts that occurs in none of them."""
    from secrets import token_hex

    # "=_" occurs in neither base64 nor quoted-printable.
    return f"=_recodec_{token_hex(16)}"
