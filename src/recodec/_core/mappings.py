"""The conversion tables as Python values.

    decode_map("cp932")      {b"\\x82\\xa0": "あ", ...}         bytes -> str, flags 0 and 3
    encode_map("cp932")      {"あ": b"\\x82\\xa0", ...}         str -> bytes, flags 0, 1 and 4
    compose_map("tcvn")      {b"E\\xb2": "É", ...}             pairs that decode to one text
    mappings("cp932")        every line of the source: (bytes, text, flag)

Names are those of `tables`. All functions raise OptionError for a name that has no table.
"""

from __future__ import annotations

from .._native import ffi
from .tables import ENCODE_ALWAYS, MAPPING, ROUND_TRIP, expand, has_table, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._native import CData

__all__ = ["compose_map", "decode_map", "encode_map", "mappings"]


def mappings(name: str) -> list[tuple[bytes, str, int]]:
    """All mappings as (bytes, text, flag): first those that decode, by length and bytes."""
    table = expand(name)
    return _pairs(table.decode, table.decode_len) + _pairs(table.encode, table.encode_len)


def decode_map(name: str) -> dict[bytes, str]:
    """What each code stands for."""
    table = expand(name)
    return {code: text for code, text, _ in _pairs(table.decode, table.decode_len)}


def encode_map(name: str, *, fallbacks: bool = True) -> dict[str, bytes]:
    """The code of each text; `fallbacks=False` leaves out what is only a fallback (flag 1)."""
    table = expand(name)
    found = {
        text: code
        for code, text, flag in _pairs(table.decode, table.decode_len)
        if flag == ROUND_TRIP
    }
    for code, text, flag in _pairs(table.encode, table.encode_len):
        if flag == ENCODE_ALWAYS or fallbacks:
            found[text] = code
    return found


def compose_map(name: str) -> dict[bytes, str]:
    """Pairs of codes that stand for one text together; empty for tables that have none."""
    return decode_map(f"{name}+") if has_table(f"{name}+") else {}


def _pairs(block: CData, count: int) -> list[tuple[bytes, str, int]]:
    if not count:
        return []
    raw = ffi.buffer(block, count * MAPPING.size)
    return [
        (code.to_bytes(length, "big"), text_of(text), flag)
        for code, text, length, flag in MAPPING.iter_unpack(raw)
    ]
