"""Damages text of a legacy charset in one place, as transfers, editors and dying disks do."""

from __future__ import annotations

import random
from collections.abc import Callable

import charsets

# What no code of any multi-byte charset begins with.
_NO_LEAD = 0xFF


def _high(data: bytes, rng: random.Random) -> int | None:
    """Offset of some byte beyond ASCII."""
    at = [offset for offset, byte in enumerate(data) if byte >= 0x80]
    return rng.choice(at) if at else None


def _holes(charset: charsets.Charset) -> list[int]:
    """High bytes that mean nothing in a charset of one byte a character."""
    found = []
    for byte in range(0x80, 0x100):
        try:
            charset.decode(bytes((byte,)))
        except (UnicodeError, ValueError):
            found.append(byte)
    return found


def hole(data: bytes, charset: charsets.Charset, rng: random.Random) -> bytes | None:
    """A byte that the charset leaves open stands in the text; None where it leaves none open."""
    open_bytes = [_NO_LEAD] if many(charset) else _holes(charset)
    if not open_bytes:
        return None
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes((rng.choice(open_bytes),)) + data[at:]


def lost(data: bytes, charset: charsets.Charset, rng: random.Random) -> bytes | None:
    """A byte beyond ASCII is missing."""
    at = _high(data, rng)
    return None if at is None else data[:at] + data[at + 1 :]


def replaced(data: bytes, charset: charsets.Charset, rng: random.Random) -> bytes | None:
    """A byte beyond ASCII is another one, but no control."""
    at = _high(data, rng)
    return None if at is None else data[:at] + bytes((rng.randrange(0x20, 0x100),)) + data[at + 1 :]


def flipped(data: bytes, charset: charsets.Charset, rng: random.Random) -> bytes | None:
    """A bit of a byte beyond ASCII is another, so that no control comes of it."""
    at = _high(data, rng)
    if at is None:
        return None
    bits = [bit for bit in range(8) if (data[at] ^ 1 << bit) >= 0x20]
    return data[:at] + bytes((data[at] ^ 1 << rng.choice(bits),)) + data[at + 1 :]


def broken(data: bytes, charset: charsets.Charset, rng: random.Random) -> bytes | None:
    """A line was broken inside a character, which only those of several bytes have."""
    if not many(charset):
        return None
    inside = []
    at = 0
    for character in charset.decode(data):
        size = len(charset.encode(character))
        if size > 1:
            inside.append(at + 1)
        at += size
    where = rng.choice(inside) if inside and at == len(data) else None
    return None if where is None else data[:where] + b"\r\n" + data[where:]


def many(charset: charsets.Charset) -> bool:
    """Whether characters of the charset are several bytes long."""
    for sign in ("\u4e00", "\uac00"):  # every one of them has one of these
        try:
            return len(charset.encode(sign)) > 1
        except (UnicodeError, ValueError):
            continue
    return False


Damage = Callable[[bytes, charsets.Charset, random.Random], "bytes | None"]
KINDS: dict[str, Damage] = {
    "hole": hole,
    "lost": lost,
    "replaced": replaced,
    "flipped": flipped,
    "broken": broken,
}
