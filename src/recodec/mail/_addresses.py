"""Fields of addresses: parsed before their encoded words are decoded.

A decoded name may hold commas, quotes and angle brackets, and so may an encoded word that is not
what RFC 2047 allows; words are therefore set aside while the grammar is read.
"""

from __future__ import annotations

import re
from email.headerregistry import Group as RawGroup

from ._encoded_words import words_in
from ._fold import quoted_string
from ._recipients import is_hidden, parse_recipients
from ._values import Address, Group
from ._words import decode_text, raw_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from email.headerregistry import Address as RawAddress

    from ._hints import Hints

__all__ = ["parse_addresses", "split_address", "without_words"]

_ASIDE = re.compile("\ue000([0-9]+)\ue001")
_WHOLE = re.compile(r"\s*(.*?)\s*<([^<>@\s]+@[^<>@\s]+)>\s*\Z", re.DOTALL)
_BARE = re.compile(r"[^<>@\s,;:\"()]+@[^<>@\s,;:\"()]+\Z")
_SPECIAL = re.compile(r"[\s()<>\[\]:;@\\,\"]")


def parse_addresses(
    value: bytes, hints: Hints, what: str, defects: list[str]
) -> tuple[Address | Group, ...]:
    """Mailboxes and groups of a field's raw value. Never raises."""
    text, back = without_words(raw_text(value, hints, what, defects))

    def meant(piece: str) -> str:
        return decode_text(back(piece), hints, what, defects)

    result: list[Address | Group] = []
    for one in parse_recipients(text):
        if isinstance(one, RawGroup):
            members = [_address(member, meant) for member in one.addresses]
            if one.display_name is None:
                result += members
            else:
                result.append(Group(name=meant(one.display_name), members=members))
        else:
            result.append(_address(one, meant))
    return tuple(result)


def without_words(text: str) -> tuple[str, Callable[[str], str]]:
    """A text with a mark for each encoded word, and what puts the words back into a piece of it."""
    words: list[str] = []
    if "=?" in text:
        # Words in a row are one in the name; the space between them is folding.
        text = text.replace("\ue000", "").replace("\ue001", "")
        parts: list[str] = []
        at = 0
        for word in words_in(text):
            parts += text[at : word.start], f"\ue000{len(words)}\ue001"
            words.append(text[word.start : word.end])
            at = word.end
        text = "".join((*parts, text[at:]))

    def back(piece: str) -> str:
        return _ASIDE.sub(lambda found: words[int(found[1])], piece) if words else piece

    return text, back


def _address(one: RawAddress, meant: object) -> Address:
    name = meant(one.display_name)  # type: ignore[operator]
    local = one.username
    if "\ue000" in local:
        local = meant(local)  # type: ignore[operator]
    elif _SPECIAL.search(local) and (one.domain or not is_hidden(local)):
        local = quoted_string(local)
    address = f"{local}@{one.domain}" if one.domain else local
    if not address and name:
        # All of it was one encoded word: name and address.
        whole = _WHOLE.match(name)
        if whole is not None:
            return Address(name=whole[1].strip('"'), address=whole[2])
        if _BARE.match(name):
            return Address(name="", address=name)
    if "@" in local and not one.domain:
        whole = _WHOLE.match(local)
        if whole is not None:
            return Address(name=name or whole[1].strip('"'), address=whole[2])
    return Address(name=name, address=address)


def split_address(address: str) -> tuple[str, str]:
    """The local part, without its quotes, and the domain, "" when there is none."""
    local, at, domain = address.rpartition("@")
    if not at:
        local, domain = domain, ""
    if len(local) > 1 and local[0] == local[-1] == '"':
        local = re.sub(r"\\(.)", r"\1", local[1:-1])
    return local, domain
