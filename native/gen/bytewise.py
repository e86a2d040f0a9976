"""Text in VNI and TSCII as the models see it: byte by byte.

VNI has a letter and an accent byte, TSCII draws vowel signs where they stand on paper and has bytes
for whole syllables. What the scorer looks up is one code point a byte (gen_single_byte.py), so the
training text is encoded and looked at through the same map.
"""

from __future__ import annotations

import lzma
import unicodedata
from functools import cache

from gen_single_byte import read_tables, vni_bytes
from generated import resolve
from multibyte_codes import read

CODECS = {"vi": "vni", "ta": "tscii"}
"""Language: the charset that is read so."""
COMPOSE = "shared:tables/compose.tsv.xz"


@cache
def encoder(charset: str) -> dict[str, bytes]:
    """Text of each code to its bytes."""
    found: dict[str, bytes] = {}
    if charset == "vni":
        for key, points in read("vni").items():
            found.setdefault("".join(map(chr, points)), key)
        return found
    for byte, cell in enumerate(read_tables()[charset]):
        found.setdefault("".join(map(chr, cell)), bytes((byte,)))
    with lzma.open(resolve(COMPOSE), "rt", encoding="ascii") as file:
        for line in file:
            name, *cells = line.rstrip("\n").split("\t")
            if name == charset:
                text = "".join(chr(int(part, 16)) for part in cells[1].split("+"))
                found.setdefault(text, bytes.fromhex(cells[0]))
    return found


@cache
def seen(charset: str) -> list[int]:
    """The code point that the scorer looks up for each byte."""
    if charset == "vni":
        return list(vni_bytes())
    return [cell[0] if cell else 0xFFFD for cell in read_tables()[charset]]


def as_seen(language: str, text: str) -> str:
    """The text encoded by the longest codes there are, one code point a byte.

    What the charset lacks stays as it is: quotes and dashes, which were typed as ASCII.
    """
    charset = CODECS[language]
    codes, points = encoder(charset), seen(charset)
    longest = max(map(len, codes))
    # The two-part vowels of Tamil have a half on each side of their consonant.
    text = unicodedata.normalize("NFD" if language == "ta" else "NFC", text)
    out: list[str] = []
    at = 0
    while at < len(text):
        for size in range(longest, 0, -1):
            key = codes.get(text[at : at + size])
            if key is not None and size <= len(text) - at:
                out += [chr(points[byte]) for byte in key]
                at += size
                break
        else:
            out.append(text[at])
            at += 1
    return "".join(out)
