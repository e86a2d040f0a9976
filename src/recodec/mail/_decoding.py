"""Bytes of a mail to text in a chosen charset: strictly, or as much as can be read."""

from __future__ import annotations

import re

from .._coding.route import route
from . import _iso2022jp
from ._labels import JAPANESE_7BIT

__all__ = ["BAD", "is_utf8", "korean", "lossy", "open_hz", "strict"]

BAD = "\ufffd"
_KOREAN = re.compile(rb"\x1b\$\)C")
_HZ_OPEN = re.compile(rb"~\{([^\r\n]*?)(?:~\}|(?=[\r\n])|\Z)")
# What CPython's cp932 makes of the single bytes 80, A0 and FD..FF.
_NO_SJIS = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_utf8(data: bytes) -> bool:
    """Whether all of it is valid UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def strict(data: bytes, name: str) -> str | None:
    """All of it in this charset, as mail means it; None when it does not decode."""
    try:
        if name == JAPANESE_7BIT:
            text, faults = _iso2022jp.decode(data)
            return None if faults or BAD in text else text
        if name == "big5hkscs":
            return _big5(data)
        if name == "eucjp-ms":
            return _euc(data)
        if name == "cp932":
            text = route(name).decode(data, "strict")[0]
            return None if _NO_SJIS.search(text) else text
        text = route(name).decode(data, "strict")[0]
        # CPython's UTF-7 lets lone surrogates through, which nothing can be done with.
        return None if name == "utf-7" and _SURROGATE.search(text) else text
    except (LookupError, UnicodeError):
        return None


def _euc(data: bytes) -> str:
    """EUC-JP with Microsoft's characters, which stand in two places: on NEC's rows in CP51932, in
    three bytes in eucJP-ms. That has user-defined characters on those rows, which nobody sends."""
    for name in ("cp51932", "eucjp-ms"):
        try:
            return route(name).decode(data, "strict")[0]
        except UnicodeError:
            continue
    return route("euc_jis_2004").decode(data, "strict")[0]


def _big5(data: bytes) -> str:
    """Big5 with the additions of ETEN and Hong Kong, else Microsoft's."""
    try:
        return route("big5hkscs").decode(data, "strict")[0]
    except UnicodeError:
        return route("cp950").decode(data, "strict")[0]


# Leads of kana, symbols and frequent characters; in a text that is read from the wrong byte on
# they are half as many.
_FREQUENT = {
    "eucjp-ms": re.compile(rb"[\xa1\xa3-\xa5\xb0-\xcf]"),
    "cp932": re.compile(rb"[\x81-\x83\x88-\x97]"),
    "cp949": re.compile(rb"[\xa1\xa3\xb0-\xc8]"),
    "gb18030": re.compile(rb"[\xa1\xa3\xb0-\xd7]"),
    "big5hkscs": re.compile(rb"[\xa1-\xc6]"),
}
_MOST_FAULTS = 50  # places in a text where the next character is looked for
_BETWEEN = re.compile("[^\x00-\x7f][!-~](?=[^\x00-\x7f])")
_AHEAD = 60  # bytes that tell where it begins


def _resynchronised(data: bytes, name: str) -> str:
    """Text of damaged `data`, each bad place U+FFFD. A byte that was lost or changed puts the
    pairs after it out of step, up to the next ASCII; the step is chosen that reads best."""
    way = route(name)
    parts: list[str] = []
    at = 0
    for _ in range(_MOST_FAULTS if name in _FREQUENT else 0):
        try:
            parts.append(way.decode(data[at:], "strict")[0])
            return "".join(parts)
        except UnicodeDecodeError as error:
            start = at + error.start
        parts += (way.decode(data[at:start], "replace")[0], BAD)
        at = max((start + 1, start + 2), key=lambda place: _in_step(data, place, name))
        if at >= len(data):
            return "".join(parts)
    parts.append(way.decode(data[at:], "replace")[0])
    return "".join(parts)


def _in_step(data: bytes, at: int, name: str) -> int:
    """How well the text from `at` on reads."""
    window = data[at : at + _AHEAD].partition(b"\n")[0]
    text = route(name).decode(window, "replace")[0]
    frequent = _FREQUENT[name]
    good = 0
    for one in text:
        if one > "\x7f" and one != BAD:
            code = route(name).encode(one, "ignore")[0]
            good += 1 if len(code) == 2 and frequent.match(code) else -1
    # Out of step, trail bytes below 80 stand between the characters.
    return good - len(_BETWEEN.findall(text)) - 3 * text[:-1].count(BAD)


def lossy(data: bytes, name: str, faults: list[str]) -> str:
    """All of it in this charset, bad places as U+FFFD and noted in `faults`."""
    text = strict(data, name)
    if text is None:
        faults.append(f"bytes that are not {name}")
        text = _resynchronised(data, name)
        if name == "cp932":
            text = _NO_SJIS.sub(BAD, text)
        elif name == "utf-7":
            text = _SURROGATE.sub(BAD, text)
    return text


def open_hz(data: bytes, faults: list[str]) -> str:
    """HZ, where the line ends may also end a shift."""
    text = strict(data, "hz")
    if text is not None:
        return text
    faults.append("HZ with states left open")

    def pairs(found: re.Match[bytes]) -> bytes:
        inside = found[1]
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in inside)

    data = _HZ_OPEN.sub(pairs, data.replace(b"~\r\n", b"").replace(b"~\n", b""))
    return route("gb18030").decode(data.replace(b"~~", b"~"), "replace")[0]


def korean(data: bytes, faults: list[str]) -> str:
    """ISO-2022-KR with its header anywhere or missing, shifts left open at line ends."""
    data = _KOREAN.sub(b"", data)
    parts = []
    shifted = False
    for piece in re.split(rb"([\x0e\x0f\r\n])", data):
        if piece in (b"\x0e", b"\x0f"):
            shifted = piece == b"\x0e"
        elif piece in (b"\r", b"\n"):
            parts.append(piece.decode())
        elif shifted:
            up = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in piece)
            parts.append(route("cp949").decode(up, "replace")[0])
        else:
            parts.append(route("cp949").decode(piece, "replace")[0])
    text = "".join(parts)
    if BAD in text:
        faults.append("bytes that are no ISO-2022-KR")
    return text
