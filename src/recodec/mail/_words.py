"""Encoded words of RFC 2047, as they are met and not only as they should be."""

from __future__ import annotations

import binascii
import re

from ._text import bytes_of_header, known, read

__all__ = ["decode_header", "decode_value"]

# Charset and encoding may have spaces around them and the text may hold spaces: both are illegal,
# both are sent. A question mark inside is taken too when what follows is not the end. No two
# parts that repeat can take the same bytes, so that hostile headers cost no more than long ones.
_WORD = re.compile(rb"=\?[ \t]*([^?\s]+[ \t]*)?\?[ \t]*([bBqQ])[ \t]*\?(.*?)\?=", re.DOTALL)
_FOLD = re.compile(rb"\r?\n(?=[ \t])|[\r\n]+")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def decode_header(value: bytes | str) -> str:
    """The text of a header's value: encoded words, raw 8-bit bytes, raw ISO-2022-JP.

    Takes the raw bytes or what the standard library's parser gives. Words of one charset that
    follow each other are joined before they are decoded, since senders split them inside
    characters. Never raises; what cannot be read comes out as U+FFFD.
    """
    return decode_value(bytes_of_header(value), None, "header", [])


def decode_value(value: bytes, hint: str | None, what: str, defects: list[str]) -> str:
    """The same with a charset to expect in raw bytes, and a list for what is wrong."""
    # Unfolding takes the line break and keeps the space after it (RFC 5322, 2.2.3).
    value = _FOLD.sub(b"", value)
    parts: list[str] = []
    run: list[bytes] = []  # octets of words that follow each other under one label
    label = ""
    at = 0

    def flush() -> None:
        if run:
            parts.append(_join(run, label, what, defects))
            run.clear()

    # Nothing beyond the last end can be a word, and would be searched anew from every start.
    for word in _WORD.finditer(value, 0, value.rfind(b"?=") + 2):
        between = value[at : word.start()]
        at = word.end()
        name = (word[1] or b"").decode("latin-1").strip()
        if between.strip(b" \t") or not (run and known(name) == known(label)):
            flush()
            # White space between two words is there for folding only.
            if between.strip(b" \t") or not parts or word.start() == 0:
                parts.append(_raw(between, hint, what, defects))
        label = name
        run.append(_octets(word[2], word[3]))
    flush()
    parts.append(_raw(value[at:], hint, what, defects))
    return "".join(parts).strip(" \t")


def _join(run: list[bytes], label: str, what: str, defects: list[str]) -> str:
    whole = b"".join(run)
    trouble: list[str] = []
    text, _ = read(whole, label, what, trouble)
    if trouble and len(run) > 1:
        # A word whose shift state was left open ends at its boundary, if that is what decodes.
        apart: list[str] = []
        texts = [read(octets, label, what, apart)[0] for octets in run]
        if not apart:
            return "".join(texts)
    defects += trouble
    return text


def _raw(data: bytes, hint: str | None, what: str, defects: list[str]) -> str:
    if not data:
        return ""
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii")
    defects.append(f"{what}: raw bytes without a label")
    # What differs from the hint is no defect: the label was given to another part.
    return read(data, hint, what, [])[0]


def _octets(encoding: bytes, text: bytes) -> bytes:
    if encoding in b"qQ":
        return _HEX.sub(lambda found: bytes.fromhex(found[1].decode()), text.replace(b"_", b" "))
    # Padding in the middle: runs that were encoded one by one and then put together.
    return b"".join(_base64(run) for run in re.split(rb"=+", text))


def _base64(text: bytes) -> bytes:
    text = _NOT_BASE64.sub(b"", text)
    if len(text) % 4 == 1:  # a lone character holds no byte
        text = text[:-1]
    return binascii.a2b_base64(text + b"=" * (-len(text) % 4))
