"""The conversion tables: what every charset's codes stand for, in the core's own form.

Names are those of the mapping data: a charset's default table ("cp932", "big5"), what one
implementation has where it differs ("big5@whatwg", "cp949@cpython"), vendors' pages ("ibm930"),
raw sets ("jisx0208", "jisx0212", "jisx0213-1", "jisx0213-2", "gb2312-raw", "ksc5601",
"cns11643", "iso-ir-165", "jisx0201"). Raw sets of 94 x 94 have bytes 21..7E; keys of cns11643 are
plane, row, cell. Mixed-byte EBCDIC tables hold single bytes and pairs without the shifts.

A table is expanded when it is asked for (1 to 20 ms for the large ones); nothing is kept but what
the caller keeps. `mappings` has them as Python values.
"""

from __future__ import annotations

from struct import Struct
from sys import byteorder

from .._errors import OptionError
from .._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from .._native import CData

__all__ = [
    "DECODE_ONLY",
    "ENCODE_ALWAYS",
    "FALLBACK",
    "MAPPING",
    "ROUND_TRIP",
    "Expanded",
    "as_euc",
    "expand",
    "gathered",
    "has_table",
    "sequences",
    "table_names",
    "text_of",
]

ROUND_TRIP, FALLBACK, DECODE_ONLY, ENCODE_ALWAYS = 0, 1, 3, 4
"""Flags: both ways; encode only, a fallback; decode only; encode only, always used."""

MAPPING = Struct("@QIBBxx")
"""One `rcd_mapping`: code, text, bytes of the code, flag."""

_NONE = 65535
_ALIASES = {"ksc5601": "ksc5601@libiconv"}
_allocate = ffi.new_allocator(should_clear_after_alloc=False)
_sequences: list[str] = []


class Expanded:
    """One table's two lists of `rcd_mapping`, in memory that lives as long as this does.

    linear: it has the formula of GB 18030 beside them.
    """

    __slots__ = ("decode", "decode_len", "encode", "encode_len", "linear", "texts")

    def __init__(self, decode_len: int, encode_len: int) -> None:
        self.decode_len: int = decode_len
        self.encode_len: int = encode_len
        self.decode: CData = _allocate("rcd_mapping[]", decode_len or 1)
        self.encode: CData = _allocate("rcd_mapping[]", encode_len or 1)
        self.linear: bool = False
        self.texts: bytes = b""  # sequences of its own, four code points each

    def singles(self) -> dict[int, str]:
        """What single bytes stand for."""
        first = (self.decode[at] for at in range(min(self.decode_len, 256)))
        return {one.code: text_of(one.text) for one in first if one.length == 1}

    def encode_with(self, extra: Collection[tuple[str, bytes]]) -> tuple[int, CData]:
        """The list that encodes with further characters and their codes: its length, and memory."""
        more = b"".join(
            MAPPING.pack(int.from_bytes(code, "big"), ord(character), len(code), ENCODE_ALWAYS)
            for character, code in extra
        )
        raw = bytes(ffi.buffer(self.encode, self.encode_len * MAPPING.size))
        return self.encode_len + len(extra), ffi.from_buffer("rcd_mapping[]", bytearray(raw + more))

    def keep(self, wanted: Callable[[bytes, str], bool]) -> None:
        """Leaves of the fallbacks those for which `wanted(code, text)` holds."""
        raw = ffi.buffer(self.encode, self.encode_len * MAPPING.size)
        for at, (code, text, length, flag) in enumerate(MAPPING.iter_unpack(raw[:])):
            if flag == FALLBACK:
                kept = wanted(code.to_bytes(length, "big"), text_of(text))
                self.encode[at].flag = ENCODE_ALWAYS if kept else DECODE_ONLY


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
    """The table of this name. Raises OptionError where there is none."""
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


def as_euc(raw: Expanded) -> Expanded:
    """A set of 94 x 94 as EUC has it: high bits set, ASCII beside it."""
    table = Expanded(raw.decode_len + 128, 0)
    codes = [MAPPING.pack(value, value, 1, ROUND_TRIP) for value in range(128)]
    codes += [
        MAPPING.pack(code | 0x8080, text, length, flag)
        for code, text, length, flag in MAPPING.iter_unpack(
            ffi.buffer(raw.decode, raw.decode_len * MAPPING.size)
        )
    ]
    ffi.memmove(table.decode, b"".join(codes), len(codes) * MAPPING.size)
    return table


def gathered(decoding: Mapping[bytes, str], encoding: Mapping[str, bytes]) -> Expanded:
    """A table of codes of up to four bytes and texts of up to four code points."""
    own: list[str] = []

    def number(text: str) -> int:
        if len(text) == 1:
            return ord(text)
        own.append(text)
        return int(lib.RCD_TABLE_SEQUENCE) + known + len(own) - 1

    known = len(sequences())
    reading = b"".join(
        MAPPING.pack(int.from_bytes(code, "big"), number(decoding[code]), len(code), DECODE_ONLY)
        for code in sorted(decoding, key=lambda code: (len(code), code))
    )
    writing = b"".join(
        MAPPING.pack(int.from_bytes(code, "big"), number(text), len(code), ENCODE_ALWAYS)
        for text, code in encoding.items()
    )
    found = Expanded(len(decoding), len(encoding))
    ffi.memmove(found.decode, reading, len(reading))
    ffi.memmove(found.encode, writing, len(writing))
    found.texts = b"".join(
        b"".join(ord(one).to_bytes(4, byteorder) for one in text.ljust(4, "\0")) for text in own
    )
    return found


def text_of(text: int) -> str:
    """A text by what stands for it in a mapping: a code point, or the number of a sequence."""
    first = lib.RCD_TABLE_SEQUENCE
    return chr(text) if text < first else sequences()[text - first]


def sequences() -> list[str]:
    """All texts of several code points that tables hold, by number."""
    global _sequences  # noqa: PLW0603 - published in one step, so that no thread sees a part
    if not _sequences:
        out = ffi.new("uint32_t[4]")
        found: list[str] = []
        while count := lib.rcd_table_sequence(len(found), out):
            found.append("".join(chr(out[at]) for at in range(count)))
        _sequences = found
    return _sequences
