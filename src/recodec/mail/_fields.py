"""One header field to its lines on the wire, by the kind of its value."""

from __future__ import annotations

import re
from email.headerregistry import Address, Group

from .._errors import EncodeError, OptionError
from ._fold import LINE, Folder, has_line_end, looks_encoded, quoted_string
from ._recipients import ADDRESS_FIELDS, addr_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ._output import Output

__all__ = [
    "address_field",
    "is_address_field",
    "is_parameter_field",
    "is_token_field",
    "keyword_field",
    "parameter_field",
    "text_field",
    "token_field",
]

_PARAMETERS = frozenset(("content-type", "content-disposition"))
# No text but tokens, which no encoded-word may stand for (RFC 2047, section 5).
_TOKENS = frozenset(
    (
        *("message-id", "in-reply-to", "references", "resent-message-id", "content-id"),
        *("date", "resent-date", "mime-version", "content-transfer-encoding", "content-md5"),
        *("return-path", "received", "received-spf", "authentication-results"),
        *("dkim-signature", "domainkey-signature", "autocrypt"),
        *("arc-seal", "arc-message-signature", "arc-authentication-results"),
        *("list-post", "list-help", "list-subscribe", "list-owner", "list-archive"),
        *("list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "precedence"),
    )
)
_PLAIN = re.compile(r"[!#$&+.^_`|~0-9A-Za-z-]+")  # attribute-char of RFC 2231, a token as well
_NO_FOLDS: Mapping[str, str] = {}
_ATTRIBUTE = frozenset(
    b"!#$&+.^_`|~-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)


def is_address_field(name: str) -> bool:
    """Whether its value is a list of addresses, with names that can be encoded."""
    return name.lower() in ADDRESS_FIELDS and not is_token_field(name)


def is_parameter_field(name: str) -> bool:
    """Whether its value is a token with parameters."""
    return name.lower() in _PARAMETERS


def is_token_field(name: str) -> bool:
    """Whether its value holds no text that could be encoded."""
    return name.lower() in _TOKENS


def _check(name: str, value: str) -> None:
    if has_line_end(value):
        raise OptionError(f"{name}: a line end in a header would begin another one")


def text_field(name: str, value: str, output: Output) -> tuple[str, list[str]]:
    """Unstructured text, such as Subject: what is sent, and its lines.

    Raises EncodeError, and OptionError for line ends.
    """
    _check(name, value)
    value, output = output.fit(value, name)
    folder = Folder(name)
    folder.unstructured(value, output)
    return value, folder.lines()


def token_field(name: str, value: str) -> tuple[str, list[str]]:
    """Tokens in ASCII, broken at white space where lines get long.

    Raises EncodeError for other characters: there is no way to send them here.
    """
    value = " ".join(value.split("\n")).replace("\r", "") if value.isascii() else value
    _check(name, value)
    for at, character in enumerate(value):
        if not (character.isascii() and (character.isprintable() or character == "\t")):
            raise EncodeError("us-ascii", value, at, at + 1, f"cannot be sent in {name}")
    folder = Folder(name)
    folder.text(value.replace("\t", " "))
    return value, folder.lines()


def keyword_field(name: str, value: str, output: Output) -> tuple[str, list[str]]:
    """Phrases with commas between (RFC 5322, 3.6.5): a comma that is encoded parts nothing."""
    _check(name, value)
    folder = Folder(name, reserve=1)
    sent: list[str] = []
    for keyword in value.split(","):
        if sent and (sent[-1].isascii() and not looks_encoded(sent[-1])):
            folder.glue(",")
        elif sent:
            # A special may not touch an encoded-word (RFC 2047, section 5).
            folder.plain(",")
        text, way = output.fit(keyword.strip(), name)
        if text:
            folder.phrase(text, way)
        sent.append(text)
    return ", ".join(sent), folder.lines()


def address_field(
    name: str, recipients: Iterable[Address | Group], output: Output
) -> tuple[list[Address | Group], list[str]]:
    """An address list: what is sent, and its lines; names are encoded as a whole.

    Raises EncodeError, and OptionError for addresses that need SMTPUTF8.
    """
    folder = Folder(name, reserve=1)
    sent: list[Address | Group] = []

    def mailbox(one: Address) -> Address:
        _check(name, f"{one.display_name}{one.username}{one.domain}")
        spec = addr_spec(one)
        if not one.display_name:
            folder.plain(spec)
            return one
        text, way = output.fit(one.display_name, name)
        folder.phrase(text, way)
        if spec:  # else what was received names nobody
            folder.plain(f"<{spec}>")
        return Address(text, one.username, one.domain)

    for one in recipients:
        if sent:
            folder.glue(",")
        if not isinstance(one, Group):
            sent.append(mailbox(one))
            continue
        if one.display_name is None:
            sent += [mailbox(member) for member in one.addresses]
            continue
        _check(name, one.display_name)
        text, way = output.fit(one.display_name, name)
        folder.phrase(text, way)
        if text.isascii() and not looks_encoded(text):
            folder.glue(":")
        else:
            folder.plain(":")
        members: list[Address] = []
        for member in one.addresses:
            if members:
                folder.glue(",")
            members.append(mailbox(member))
        folder.glue(";")
        sent.append(Group(text, members))
    return sent, folder.lines()


# -- Parameters ------------------------------------------------------------------------------------


def parameter_field(
    name: str,
    value: str,
    parameters: Mapping[str, str],
    output: Output,
    *,
    legacy: Iterable[str] = (),
    folds: Mapping[str, str] = _NO_FOLDS,
) -> list[str]:
    """Lines of a token with parameters, such as a Content-Disposition.

    Text that is no short ASCII is written as RFC 2231 has it, in pieces where a line has no room.
    Parameters named in `legacy` are written as encoded-words in quotes instead, which RFC 2047
    forbids and old mail programs want. Those in `folds` begin a line, with the white space that is
    given there. Raises EncodeError.
    """
    folder = Folder(name, reserve=1)
    folder.plain(value)
    for key, text in parameters.items():
        _check(name, key + text)
        folder.glue(";")
        fold = folds.get(key, "")
        if _PLAIN.fullmatch(text) and len(key) + len(text) + 3 <= LINE:
            folder.plain(f"{key}={text}", fold or " ", fold=bool(fold))
        elif key in legacy and not text.isascii():
            _legacy(folder, key, *output.fit(text, name))
        else:
            _parameter(folder, key, fold, *output.fit(text, f"{key} of {name}"))
    return folder.lines()


def _parameter(folder: Folder, key: str, fold: str, text: str, output: Output) -> None:
    spaces = fold or " "
    if text.isascii() and text.isprintable() and not looks_encoded(text):
        whole = f"{key}={quoted_string(text)}"
        # Boundaries and the like are never cut: nobody puts them together again. Programs that do
        # not know pieces lose a name, so that long ones in ASCII stay whole up to two lines.
        if len(whole) <= 2 * LINE:
            folder.plain(whole, spaces, fold=bool(fold))
            return
    octets = output.encode(text)
    coded = [_percent(unit) for unit in _units(octets, output)]
    start = f"{output.label}''"
    if len(key) + 2 + len(start) + sum(map(len, coded)) + 2 <= LINE:
        folder.plain(f"{key}*={start}{''.join(coded)}", spaces, fold=bool(fold))
        return
    number = 0
    line = f"{key}*0*={start}"
    for unit in coded:
        if len(line) + len(unit) + 2 > LINE:
            folder.plain(line, spaces, fold=bool(fold))
            folder.glue(";")
            number += 1
            line = f"{key}*{number}*="
        line += unit
    folder.plain(line, spaces, fold=bool(fold))


def _legacy(folder: Folder, key: str, text: str, output: Output) -> None:
    words = Folder(f"{key}xx", reserve=2)  # as long as what stands before the first word: name="
    words.encoded(text, output)
    lines = [line.strip() for line in words.lines()]
    lines[0] = f'{key}="' + lines[0].partition(": ")[2]
    lines[-1] += '"'
    for line in lines:
        folder.plain(line)


def _units(octets: bytes, output: Output) -> list[bytes]:
    """The octets, cut where a piece may end: between characters, and not inside an escape."""
    if not output.seven_bit:
        text = octets.decode(output.codec) if output.codec == "utf-8" else None
        if text is not None:
            return [one.encode("utf-8") for one in text]
        return [octets[at : at + 1] for at in range(len(octets))]
    units: list[bytes] = []
    at = 0
    width = 1
    while at < len(octets):
        size = width
        if octets[at] == 0x1B:
            size = 4 if octets[at + 1 : at + 3] in (b"$(", b"$)") else 3
            # ESC $ is a set of two bytes a character, ESC ( one of one.
            width = 2 if octets[at + 1] == 0x24 else 1
        units.append(octets[at : at + size])
        at += size
    return units


def _percent(octets: bytes) -> str:
    return "".join(chr(byte) if byte in _ATTRIBUTE else f"%{byte:02X}" for byte in octets)
