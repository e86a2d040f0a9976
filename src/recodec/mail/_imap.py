"""Names of IMAP folders: modified UTF-7 (RFC 3501, 5.1.3), both ways."""

from __future__ import annotations

import binascii
import re

from .._errors import DecodeError

__all__ = ["imap_decode", "imap_encode"]

_SHIFTED = re.compile(r"&([^-]*)(-?)")
_TO_SHIFT = re.compile(r"[^\x20-\x7e]+|&")
_ALPHABET = re.compile(r"[A-Za-z0-9+,]+\Z")


def imap_encode(name: str) -> str:
    """The name of a folder as IMAP sends it, in ASCII.

    Raises EncodeError's base UnicodeEncodeError for lone surrogates. `.encode("ascii")` of the
    result is what goes over the wire.
    """

    def shifted(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        octets = found[0].encode("utf-16-be")
        text = binascii.b2a_base64(octets, newline=False).decode("ascii")
        return "&" + text.rstrip("=").replace("/", ",") + "-"

    return _TO_SHIFT.sub(shifted, name)


def imap_decode(name: bytes | str, errors: str = "strict") -> str:
    """The name of a folder that IMAP sent.

    Raw UTF-8 (RFC 6855, and servers without rules) is read too. errors: "strict" raises
    DecodeError for a shift that is no modified base64, "replace" leaves such pieces as they are.
    """
    if isinstance(name, bytes):
        try:
            text = name.decode("utf-8")
        except UnicodeDecodeError:
            from ._charset import read

            text = read(name, None, "folder name", [])[0]
    elif isinstance(name, str):
        text = name
    else:
        raise TypeError(f"the name of a folder must be bytes or str, not {type(name).__name__}")
    parts: list[str] = []
    at = 0
    for found in _SHIFTED.finditer(text):
        parts.append(text[at : found.start()])
        at = found.end()
        piece = _piece(found)
        if piece is None:
            if errors == "strict":
                raw = text.encode("utf-8")
                start = len(text[: found.start()].encode("utf-8"))
                end = start + len(found[0].encode("utf-8"))
                raise DecodeError(
                    "utf-7-imap", raw, start, end, "not a shift of modified UTF-7",
                    hint="errors='replace' leaves such pieces as they are",
                )  # fmt: skip
            piece = found[0]
        parts.append(piece)
    parts.append(text[at:])
    return "".join(parts)


def _piece(found: re.Match[str]) -> str | None:
    inside = found[1]
    if not inside:
        return "&" if found[2] else None
    if not _ALPHABET.match(inside) or len(inside) % 4 == 1 or not found[2]:
        return None
    octets = binascii.a2b_base64(inside.replace(",", "/") + "=" * (-len(inside) % 4))
    if len(octets) % 2:
        return None
    try:
        return octets.decode("utf-16-be")
    except UnicodeDecodeError:
        return None
