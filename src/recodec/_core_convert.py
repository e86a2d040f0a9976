"""The binding of the conversion tables: what every charset's bytes stand for.

    decode_map("cp932")      {b"\\x82\\xa0": "あ", ...}         bytes -> str, flags 0 and 3
    encode_map("cp932")      {"あ": b"\\x82\\xa0", ...}         str -> bytes, flags 0, 1 and 4
    compose_map("tcvn")      {b"E\\xb2": "É", ...}             pairs that decode to one text
    mappings("cp932")        every line of the source: (bytes, text, flag)

Names are those of the mapping data: a charset's default table ("cp932", "big5"), what one
implementation has where it differs ("big5@whatwg", "cp949@cpython"), vendors' pages ("ibm930"),
raw sets ("jisx0208", "jisx0212", "jisx0213-1", "jisx0213-2", "gb2312-raw", "ksc5601",
"cns11643", "iso-ir-165", "jisx0201"). Raw sets of 94 x 94 have bytes 21..7E; keys of cns11643 are
plane, row, cell. Mixed-byte EBCDIC tables hold single bytes and pairs without the shifts.

A table is expanded when it is asked for (1 to 20 ms for the large ones); nothing is kept but what
the caller keeps. All functions raise OptionError for a name that has no table.
"""

from __future__ import annotations

from struct import Struct

from ._errors import OptionError
from ._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._native import CData

ROUND_TRIP, FALLBACK, DECODE_ONLY, ENCODE_ALWAYS = 0, 1, 3, 4
"""Flags: both ways; encode only, a fallback; decode only; encode only, always used."""

_MAPPING = Struct("@QIBBxx")
_NONE = 65535
_ALIASES = {"ksc5601": "ksc5601@libiconv"}
_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class Expanded:
    """One table's two lists of `rcd_mapping`, in memory that lives as long as this does."""

    __slots__ = ("decode", "decode_len", "encode", "encode_len")

    def __init__(self, decode_len: int, encode_len: int) -> None:
        self.decode_len = decode_len
        self.encode_len = encode_len
        self.decode = _allocate("rcd_mapping[]", decode_len or 1)
        self.encode = _allocate("rcd_mapping[]", encode_len or 1)


def table_names() -> tuple[str, ...]:
    """Names of all tables, sorted; those that end in "+" hold composing pairs."""
    return tuple(
        ffi.string(lib.rcd_table_name(number)).decode("ascii")
        for number in range(lib.rcd_table_count())
    )


def has_table(name: str) -> bool:
    """Whether there is a table of this name."""
    return _find(name) >= 0


def _find(name: str) -> int:
    name = _ALIASES.get(name, name)
    if not name.isascii() or "\0" in name:
        return -1
    return int(lib.rcd_table_find(name.encode("ascii")))


def expand(name: str) -> Expanded:
    """The table in the core's own form."""
    number = _find(name)
    if number < 0:
        raise OptionError(f"no conversion table {name!r}")
    scratch = _allocate("char[]", lib.RCD_TABLE_SCRATCH + 16)
    aligned = scratch + -int(ffi.cast("uintptr_t", scratch)) % 16
    return _expand(number, aligned, {})


def _expand(number: int, scratch: CData, done: dict[int, Expanded]) -> Expanded:
    if number in done:
        return done[number]
    shape = ffi.new("rcd_table_shape *")
    lib.rcd_table_measure(number, shape)
    references = ffi.new("rcd_table[3]")
    for at, reference in enumerate(shape.reference):
        if reference != _NONE:
            other = _expand(reference, scratch, done)
            references[at].decode = other.decode
            references[at].encode = other.encode
    found = done[number] = Expanded(shape.decode, shape.encode)
    out = ffi.new("rcd_table *")
    out.decode = found.decode
    out.encode = found.encode
    lib.rcd_table_expand(number, references, scratch, out)
    return found


_sequences: list[str] = []


def _sequence(text: int) -> str:
    if not _sequences:
        out = ffi.new("uint32_t[4]")
        found: list[str] = []
        while count := lib.rcd_table_sequence(len(found), out):
            found.append("".join(chr(out[at]) for at in range(count)))
        _sequences[:] = found
    return _sequences[text - lib.RCD_TABLE_SEQUENCE]


def _pairs(block: CData, count: int) -> list[tuple[bytes, str, int]]:
    limit = lib.RCD_TABLE_SEQUENCE
    if not count:
        return []
    raw = ffi.buffer(block, count * _MAPPING.size)
    return [
        (code.to_bytes(length, "big"), chr(text) if text < limit else _sequence(text), flag)
        for code, text, length, flag in _MAPPING.iter_unpack(raw)
    ]


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
