"""The codes of the multi-byte legacy charsets, as the mapping tables have them."""

from __future__ import annotations

import lzma
from collections.abc import Callable
from functools import cache

from generated import resolve
from multibyte_grid import Codes
from rare_han import scored

DECODING_FLAGS = frozenset("03")


def table(name: str) -> str:
    """The source name of a multi-byte table, as `Target.sources` has it."""
    return f"shared:tables/multi/{name}.tsv.xz"


def read(name: str) -> Codes:
    """What detection is to see of a table."""
    return scored(read_exactly(name))


@cache
def read_exactly(name: str) -> Codes:
    """The decoding side of a table (flags 0 round trip and 3 decode only)."""
    codes: Codes = {}
    with lzma.open(resolve(table(name)), "rt", encoding="ascii") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            key, points, flag = line.rstrip("\n").split("\t")
            if flag in DECODING_FLAGS:
                codes[bytes.fromhex(key)] = tuple(int(p, 16) for p in points.split("+"))
    return codes


def keep(codes: Codes, wanted: Callable[[bytes], bool]) -> Codes:
    return {key: points for key, points in codes.items() if wanted(key)}


def is_gr(key: bytes) -> bool:
    """All bytes in A1..FE, the right-hand 94 positions of an EUC."""
    return all(0xA1 <= byte <= 0xFE for byte in key)


def euc_without_c1(codes: Codes) -> Codes:
    """An EUC code set without single bytes 80..FF.

    Tables taken from iconv map them to C1 controls. CPython's EUC codecs refuse them, no EUC text
    has them, and accepting them would let any windows-125x text with quotation marks pass.
    """
    return keep(codes, lambda key: len(key) > 1 or key[0] < 0x80)


def cp51932() -> Codes:
    """JIS X 0208 with NEC rows 13 and 89 to 92, and half-width katakana after SS2.

    The archived table also holds what Microsoft's converter makes of trail bytes outside A1..FE,
    aliases of other codes that nothing writes.
    """
    return keep(
        euc_without_c1(read("cp51932")),
        lambda key: len(key) == 1 or is_gr(key) or (key[0] == 0x8E and 0xA1 <= key[1] <= 0xDF),
    )


def big5_eten() -> Codes:
    """Microsoft's Big5 with the ETEN characters.

    No table of it is to be had. Its extension is the control pictures A3C0..A3E0 and the rows
    C6A1..C8D3 that IBM's code page 950 took over cell by cell: that page tells which cells there
    are, the index of the Encoding Standard what they mean. Row F9D6..F9FE is in Microsoft's.
    """
    codes = dict(read("cp950@cpython"))
    web, ibm = read("big5@whatwg"), read("ibm-950")
    for key in ibm:
        if b"\xa3\xc0" <= key <= b"\xa3\xe0" or b"\xc6\xa1" <= key <= b"\xc8\xd3":
            codes[key] = web[key]
    for key in [k for k in codes if b"\xc6\xa1" <= k <= b"\xc8\xfe" and k not in ibm]:
        del codes[key]
    return codes
