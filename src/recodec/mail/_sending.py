"""The policy of messages that recodec has made: each header knows its lines on the wire.

The standard library folds a header when a message is written, and does so in UTF-8, cutting where
it likes (cpython#85725). A header stored here is folded at once, in the charset of the message,
and answers with those lines whatever generator or policy asks; an error comes when it is set.
"""

from __future__ import annotations

from email.headerregistry import Address, AddressHeader, BaseHeader, Group, HeaderRegistry
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from types import SimpleNamespace

from ._body import transfer, wrap_flowed
from ._fields import (
    address_field,
    is_address_field,
    is_parameter_field,
    is_token_field,
    keyword_field,
    parameter_field,
    text_field,
    token_field,
)
from ._fold import quoted_string
from ._markup import redeclare
from ._output import Output
from ._policy import policy as reading
from ._recipients import from_values, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.policy import Policy
    from typing import Any

__all__ = ["SendingPolicy", "sending_policy", "set_text", "set_transfer"]

_registry = HeaderRegistry()


class _Sent(BaseHeader):
    """A header of the standard library's kind with lines of its own."""

    _lines: tuple[str, ...] = ()

    def fold(self, *, policy: Policy) -> str:
        return policy.linesep.join((*self._lines, ""))


class _Contents(type(reading.content_manager)):  # type: ignore[misc]
    """`get_content` as `parse` reads, `set_content` of text in the charset of the message."""

    def set_content(self, msg: Message, obj: Any, *args: Any, **kw: Any) -> None:
        super().set_content(msg, obj, *args, **kw)
        given = kw.get("charset") is not None or kw.get("cte") is not None or len(args) > 1
        if isinstance(obj, str) and isinstance(msg, EmailMessage) and not given:
            set_text(msg, obj, flowed=False)


class SendingPolicy(EmailPolicy):
    """Headers in the charset of `output`, 7 bits, nothing folded again."""

    output = Output()
    legacy_names = False
    cte_type = "7bit"
    refold_source = "none"
    content_manager = _Contents()

    def header_store_parse(self, name: str, value: object) -> tuple[str, object]:  # type: ignore[override]
        """Stores a header with its lines.

        Text, addresses as `compose` takes them, or a header of another policy. Raises EncodeError
        and OptionError.
        """
        if isinstance(value, _Sent) and value.name.lower() == name.lower():
            return name, value
        if is_address_field(name):
            sent, lines = address_field(name, from_values(value), self.output)
            return name, _header(name, shown(sent), lines, groups=_as_groups(sent))
        if is_parameter_field(name):
            return name, self._parameters(name, str(value))
        if is_token_field(name):
            return name, _token(name, value)
        field = keyword_field if name.lower() == "keywords" else text_field
        text, lines = field(name, str(value), self.output)
        return name, _header(name, text, lines)

    def _parameters(self, name: str, value: str) -> object:
        parsed: Any = _registry(name, value)
        parameters: Mapping[str, str] = parsed.params
        if name.lower() == "content-type":
            token = parsed.content_type
        else:
            token = parsed.content_disposition or value.partition(";")[0].strip()
        return self.with_parameters(name, token, parameters)

    def with_parameters(self, name: str, token: str, parameters: Mapping[str, str]) -> object:
        """A Content-Type or Content-Disposition of its parts. Raises EncodeError, OptionError."""
        legacy = ("name",) if self.legacy_names else ()
        lines = parameter_field(name, token, parameters, self.output, legacy=legacy)
        # Read by the standard library's classes, which look at a parse tree.
        main, _, sub = token.partition("/")
        tree = SimpleNamespace(maintype=main, subtype=sub, content_disposition=token, params=())
        text = "; ".join([token, *(f"{key}={_quoted(one)}" for key, one in parameters.items())])
        return _header(name, text, lines, tree=tree, params=dict(parameters))


def sending_policy(output: Output, *, legacy_names: bool) -> SendingPolicy:
    """The policy for messages in the charset of `output`."""
    options: dict[str, Any] = {"output": output, "legacy_names": legacy_names}
    return SendingPolicy(**options)


def _header(
    name: str, text: str, lines: list[str], *, tree: object = None, **extra: object
) -> BaseHeader:
    """A header object without the standard library's parsing, whose answers are given here."""
    standard = _registry.registry.get(name.lower(), _registry.default_class)
    if "groups" in extra and not issubclass(standard, AddressHeader):
        standard = AddressHeader
    header: Any = _blank(standard, text)
    header.init(name, parse_tree=tree, defects=[], **extra)
    header._lines = tuple(lines)
    sent: BaseHeader = header
    return sent


def _blank(standard: type, text: str) -> Any:
    # The bases are those of the standard library's own headers, so that pickling works alike.
    return str.__new__(type(f"_{standard.__name__}", (standard, _Sent), {}), text)


def _token(name: str, value: object) -> BaseHeader:
    standard = _registry.registry.get(name.lower(), _registry.default_class)
    try:
        parsed = _registry(name, value)
    except (AttributeError, IndexError, TypeError, ValueError):
        # Its parsers stumble over odd identifiers.
        standard = _registry.default_class
        parsed = None
    # It writes the dates of datetime objects; what is text already stays as it is.
    text, lines = token_field(name, value if isinstance(value, str) else str(parsed))
    if parsed is None:
        return _header("X-Token", text, lines)
    header: BaseHeader = _blank(standard, text)
    header.__dict__.update(parsed.__dict__, _lines=tuple(lines))
    return header


def _as_groups(recipients: list[Address | Group]) -> tuple[Group, ...]:
    return tuple(Group(None, [one]) if isinstance(one, Address) else one for one in recipients)


def _quoted(text: str) -> str:
    if text and all(one.isalnum() or one in "!#$&+.^_`|~-" for one in text):
        return text
    return quoted_string(text)


def set_text(part: EmailMessage, text: str, *, flowed: bool) -> None:
    """Makes `text` the body of a part whose Content-Type is set; the charset is its policy's."""
    policy: SendingPolicy = part.policy  # type: ignore[assignment]
    kind = part.get_content_type()
    text, output = policy.output.fit(text, f"the {kind} part")
    if kind == "text/html":
        text = redeclare(text, output.label)
    header = part["Content-Type"]
    parameters = dict(header.params) if header is not None else {}
    parameters["charset"] = output.label
    if flowed:
        text = wrap_flowed(text, output)
        parameters.update(format="flowed", delsp="yes")
    payload, encoding = transfer(text, output)
    new = policy.with_parameters("Content-Type", kind, parameters)
    if header is None:
        part["Content-Type"] = new
    else:
        part.replace_header("Content-Type", new)
    set_transfer(part, encoding)
    part.set_payload(payload.decode("ascii"))


def set_transfer(part: Message, encoding: str) -> None:
    """Sets the Content-Transfer-Encoding of a part, in its place where it has one."""
    if "Content-Transfer-Encoding" in part:
        part.replace_header("Content-Transfer-Encoding", encoding)
    else:
        part["Content-Transfer-Encoding"] = encoding
