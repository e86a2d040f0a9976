"""Emoji of the Japanese carriers, in Shift_JIS, in JIS and as SoftBank's web codes, to Unicode.

Codes without an equivalent in Unicode (logos, mostly) become the carrier's own private-use
character: docomo U+E63E.., au U+E468.. and U+EA80.., SoftBank U+E001...
"""

from __future__ import annotations

import re
from functools import cache

from .._coding.route import route
from ._emoji_table import RUNS

__all__ = [
    "WEB_CODE",
    "carrier_of",
    "from_jis",
    "from_private",
    "from_shift_jis",
    "guess",
    "web_code",
    "with_emoji",
]

# SoftBank writes ESC $, a page letter, characters 21..7A and SI, which is left out at the end.
WEB_CODE = re.compile(rb"\x1b\$([GEFOPQ])([\x21-\x7a]+)\x0f?")

_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
# Characters of two bytes in Shift_JIS, and runs of others.
_PAIR = re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[^\x81-\x9f\xe0-\xfc]+|.", re.S)

# Each page of the web codes begins at this Shift_JIS code, and at this private-use character.
_PAGES = {
    ord("G"): (0xF941, 0xE001),
    ord("E"): (0xF741, 0xE101),
    ord("F"): (0xF7A1, 0xE201),
    ord("O"): (0xF9A1, 0xE301),
    ord("P"): (0xFB41, 0xE401),
    ord("Q"): (0xFBA1, 0xE501),
}

# Blocks of private-use characters: Shift_JIS codes from, to, and the first character.
_PRIVATE = {
    "docomo": ((0xF89F, 0xF9FC, 0xE63E),),
    "au": (
        (0xF640, 0xF7D2, 0xE468),
        (0xF7D3, 0xF7E4, 0xEAFC),
        (0xF7E5, 0xF7FC, 0xE5B5),
        (0xF340, 0xF352, 0xE5CD),
        (0xF353, 0xF3CE, 0xEA80),
        (0xF3CF, 0xF493, 0xEB0E),
    ),
    "softbank": tuple((start, start + 0x5A, first) for start, first in _PAGES.values()),
}

_DOMAINS = (
    ("docomo", ("docomo.ne.jp", "pdx.ne.jp", "mopera.net", "dwmail.jp", "willcom.com")),
    ("au", ("ezweb.ne.jp", "au.com", "ido.ne.jp", "uqmobile.jp")),
    (
        "softbank",
        ("softbank.ne.jp", "vodafone.ne.jp", "i.softbank.jp", "disney.ne.jp", "jp-t.ne.jp",
         "jp-d.ne.jp", "jp-h.ne.jp", "jp-k.ne.jp", "jp-r.ne.jp", "jp-s.ne.jp", "jp-n.ne.jp",
         "jp-q.ne.jp", "jp-c.ne.jp", "emnet.ne.jp"),
    ),
)  # fmt: skip


_CARRIERS = tuple(
    (carrier, re.compile(rf"[@.](?:{'|'.join(map(re.escape, domains))})(?![\w-]|\.\w)"))
    for carrier, domains in _DOMAINS
)


def carrier_of(addresses: str) -> str | None:
    """The carrier whose domain stands in a text of addresses, None when none does."""
    addresses = addresses.lower()
    for carrier, domain in _CARRIERS:
        if domain.search(addresses):
            return carrier
    return None


def _step(code: int, count: int) -> int:
    """The Shift_JIS code `count` places after `code`; 7F, 00..3F and FD..FF are no trail bytes."""
    lead, trail = divmod(code, 256)
    place = trail - 0x40 - (trail > 0x7F) + count
    more, place = divmod(place, 188)
    return (lead + more) * 256 + 0x40 + place + (place >= 0x3F)


def _distance(start: int, code: int) -> int:
    def place(one: int) -> int:
        lead, trail = divmod(one, 256)
        return lead * 188 + trail - 0x40 - (trail > 0x7F)

    return place(code) - place(start)


@cache
def _table(carrier: str) -> dict[int, str]:
    table = {}
    start = number = 0
    for token in RUNS[carrier].split():
        if token.endswith(":"):
            start, number = int(token[:-1], 16), 0
            continue
        if token != "-":
            code = _step(start, number)
            table[code] = "".join(chr(int(point, 16)) for point in token.split("+"))
        number += 1
    return table


def _private(carrier: str, code: int) -> str | None:
    for start, end, first in _PRIVATE[carrier]:
        if start <= code <= end and code & 0xFF != 0x7F:
            return chr(first + _distance(start, code))
    return None


def from_shift_jis(code: int, carrier: str) -> str | None:
    """The character of a carrier's two-byte code, None when the carrier has none there."""
    return _table(carrier).get(code) or _private(carrier, code)


def guess(codes: set[int], *, carrier: str | None = None) -> str | None:
    """The carrier that has an emoji for each code: the one expected, else docomo, au, SoftBank."""
    if carrier is not None and all(from_shift_jis(code, carrier) for code in codes):
        return carrier
    for one in ("docomo", "au", "softbank"):
        if all(code in _table(one) for code in codes):
            return one
    return carrier


def from_jis(row: int, cell: int) -> str | None:
    """The character of au's code in ISO-2022-JP: rows 75 to 78 hold F640.., 79 to 7B F340...

    `row` and `cell` are the bytes 21..7E.
    """
    number = row - 0x75
    lead = (0xF6, 0xF7, 0xF3, 0xF4)[number >> 1] if 0 <= number < 8 else 0
    if not lead:
        return None
    trail = cell + 0x1F + (cell >= 0x60) if row & 1 else cell + 0x7E
    return _table("au").get(lead << 8 | trail)


def web_code(page: int, codes: bytes) -> str:
    """The characters of a web code: its page letter and the bytes after it."""
    start, first = _PAGES[page]
    table = _table("softbank")
    return "".join(table.get(_step(start, one - 0x21)) or chr(first + one - 0x21) for one in codes)


@cache
def _private_table(carrier: str) -> dict[int, str]:
    table = {}
    for code, text in _table(carrier).items():
        private = _private(carrier, code)
        if private is not None:
            table[ord(private)] = text
    return table


def from_private(text: str, carrier: str) -> str:
    """Text whose emoji are the carrier's private-use characters, as early phones sent in UTF-8."""
    return text.translate(_private_table(carrier))


def with_emoji(data: bytes, text: str, name: str, carrier: str | None) -> str:
    """`text`, which `data` is in the charset `name`, with emoji for private-use characters."""
    if name == "cp932" and (carrier == "softbank" or _PRIVATE_USE.search(text)):
        return _from_pairs(data, carrier)
    if name == "utf-8" and carrier is not None and _PRIVATE_USE.search(text):
        return from_private(text, carrier)
    return text


def _from_pairs(data: bytes, carrier: str | None) -> str:
    tokens = _PAIR.findall(data)
    codes = {
        token[0] << 8 | token[1] for token in tokens if len(token) == 2 and 0xF0 <= token[0] <= 0xF9
    }
    carrier = guess(codes, carrier=carrier)
    if carrier is None:
        return route("cp932").decode(data, "replace")[0]
    parts: list[str] = []
    run: list[bytes] = []
    for token in tokens:
        emoji = None
        if len(token) == 2 and token[0] >= 0xF0 and (token[0] != 0xFB or carrier == "softbank"):
            emoji = from_shift_jis(token[0] << 8 | token[1], carrier)
        if emoji is None:
            run.append(token)
        else:
            parts += (route("cp932").decode(b"".join(run), "replace")[0], emoji)
            run.clear()
    parts.append(route("cp932").decode(b"".join(run), "replace")[0])
    return "".join(parts)
