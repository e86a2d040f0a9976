"""Bytes of a mail to text: the label is a hint, the bytes decide."""

from __future__ import annotations

from .. import _registry
from .._detect import detect
from .._errors import UnsupportedCharsetError
from .._route import find, route

__all__ = ["bytes_of_header", "clean_label", "known", "read"]

# Senders put NEC's and IBM's characters and half-width katakana under the plain label (the
# Japanese Windows and the phones do), which only the Microsoft flavour has.
_WIDER = {"iso2022_jp": "cp50221", "iso2022_jp_1": "cp50221", "iso2022_jp_ext": "cp50221"}


def clean_label(label: str) -> str:
    """A charset parameter without quotes, comments and the language tag of RFC 2231."""
    return label.partition("*")[0].partition("(")[0].strip(" \t\r\n\"'<>;")


def known(label: str) -> str | None:
    """Canonical name of the charset that a label means in mail, None when it says nothing."""
    label = clean_label(label)
    charset = find(label)
    # us-ascii is the default of RFC 2045, which programs write without looking at the text.
    return None if charset is None or charset.name == "ascii" else charset.name


def _decode(data: bytes, name: str, errors: str) -> str:
    return route(_WIDER.get(name, name)).decode(data, errors)[0]


def _superset(name: str) -> str:
    charset = _registry.lookup(name)
    while charset.superset is not None:
        charset = _registry.lookup(charset.superset)
    return charset.name


def read(data: bytes, label: str | None, what: str, defects: list[str]) -> tuple[str, str]:
    """Text of `data` and the encoding it was read in; what was wrong goes to `defects`.

    Never raises: mail has to be shown.
    """
    labelled = known(label) if label else None
    if label and labelled is None and clean_label(label).lower() != "us-ascii":
        defects.append(f"{what}: unknown charset {clean_label(label)!r}")
    found = detect(data, declared=labelled)
    name = found.encoding or labelled or "cp1252"
    try:
        text = _decode(data, name, "strict")
    except UnsupportedCharsetError as error:
        defects.append(f"{what}: {error}")
        name = "latin-1"
        text = _decode(data, name, "replace")
    except UnicodeError:
        # One bad byte must not turn the whole text into something else.
        defects.append(f"{what}: bytes that are not {name}")
        text = _decode(data, name, "replace")
    if labelled is not None and not _agree(labelled, name, data, text):
        defects.append(f"{what}: labelled {labelled}, reads as {name}")
    return text, name


def _agree(labelled: str, name: str, data: bytes, text: str) -> bool:
    """Whether the label gives the same text, in its own charset or the one that stands for it."""
    if _superset(labelled) == _superset(name):
        return True
    try:
        return _decode(data, _superset(labelled), "strict") == text
    except (LookupError, UnicodeError):
        return False


def bytes_of_header(value: str | bytes) -> bytes:
    """The bytes of a header as they came; the standard library hides raw ones in surrogates."""
    if isinstance(value, bytes):
        return value
    try:
        return value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        # Text that was never bytes: as RFC 6532 would send it.
        return value.encode("utf-8", "surrogateescape")
