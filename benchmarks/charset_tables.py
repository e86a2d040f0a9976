"""Codecs by the mapping tables of the training inputs (`tables/` beside the corpora)."""

from __future__ import annotations

import codecs
import functools
import lzma
from collections.abc import Callable
from pathlib import Path

Encode = Callable[[str], bytes]
Decode = Callable[[bytes], str]


def from_table(table: str, shared: Path) -> tuple[Encode, Decode]:
    """The codec of a table, as `kind:name`; a single-byte table has no kind.

    `multi` is a table of sequences, `gr` one of 94 by 94 in the form of EUC, `mixed` one of EBCDIC
    with shifts, `pairs` a single-byte table whose characters compose, and `rule` says how escape
    sequences call tables.
    """
    kind, _, name = table.rpartition(":")
    if kind == "":
        return _charmap(single_table(name, shared))
    if kind == "rule":
        return _escape_codec(name, shared)
    if kind == "mixed":
        return _mixed_ebcdic(multi_table(name, shared))
    if kind == "pairs":
        return _sequence_codec(_composing_table(name, shared))
    forward = multi_table(name, shared)
    if kind == "gr":
        # A raw 94x94 set used in its EUC form: both bytes with the high bit, ASCII below.
        # ASCII comes first: a set's own wide or narrow letters are not what text is typed in.
        ascii_part = {bytes([b]): chr(b) for b in range(128)}
        forward = ascii_part | {bytes(b | 0x80 for b in key): t for key, t in forward.items()}
    return _sequence_codec(forward)


@functools.lru_cache(maxsize=2)
def single_lines(shared: Path) -> dict[str, str]:
    """Name -> line of the single-byte tables."""
    with lzma.open(shared / "tables" / "single.tsv.xz", "rt", encoding="utf-8") as file:
        return {line.split("\t", 1)[0]: line for line in file if not line.startswith("#")}


@functools.cache
def single_table(name: str, shared: Path) -> dict[int, str]:
    """byte -> text of one single-byte table; KeyError if there is no such table."""
    cells = single_lines(shared)[name].split("\t")[1].split(" ")
    return {byte: _text(cell) for byte, cell in enumerate(cells) if cell != "-"}


@functools.cache
def multi_table(name: str, shared: Path) -> dict[bytes, str]:
    """Byte sequence -> text of one multi-byte table: round-trip rows, then decode-only ones.

    An encoder that takes the first bytes of each text therefore never takes a decode-only code.
    """
    rows: dict[bytes, str] = {}
    decode_only: dict[bytes, str] = {}
    path = shared / "tables" / "multi" / f"{name}.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            key, text, flag = line.rstrip("\n").split("\t")
            if flag in "03":
                (rows if flag == "0" else decode_only)[bytes.fromhex(key)] = _text(text)
    return rows | decode_only


def _text(cell: str) -> str:
    return "".join(chr(int(part, 16)) for part in cell.split("+"))


def _composing_table(name: str, shared: Path) -> dict[bytes, str]:
    forward = {bytes([byte]): text for byte, text in single_table(name, shared).items()}
    with lzma.open(shared / "tables" / "compose.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith(f"{name}\t"):
                _, cell, text = line.rstrip("\n").split("\t")
                key = bytes.fromhex(cell)
                # Of Gurmukhi's consonant and halant the table has the halant alone, as ICU reads
                # them where the text ends; where it goes on, both stay.
                if _text(text) != forward.get(key[1:]):
                    forward[key] = _text(text)
    return forward


def _charmap(table: dict[int, str]) -> tuple[Encode, Decode]:
    backward: dict[int, int] = {}
    for byte, text in table.items():
        if len(text) == 1:
            backward.setdefault(ord(text), byte)

    def encode(text: str) -> bytes:
        return codecs.charmap_encode(text, "strict", backward)[0]

    def decode(data: bytes) -> str:
        return codecs.charmap_decode(data, "strict", table)[0]

    return encode, decode


def _sequence_codec(forward: dict[bytes, str]) -> tuple[Encode, Decode]:
    """A stateless codec by longest match, which VNI, TSCII and ISCII need for their pairs."""
    backward: dict[str, bytes] = {}
    for key, value in forward.items():
        backward.setdefault(value, key)
    widest = max(map(len, forward))
    longest = max(map(len, backward))

    def encode(text: str) -> bytes:
        out: list[bytes] = []
        at = 0
        while at < len(text):
            for size in range(min(longest, len(text) - at), 0, -1):
                found = backward.get(text[at : at + size])
                if found is not None:
                    out.append(found)
                    at += size
                    break
            else:
                raise UnicodeEncodeError("table", text, at, at + 1, "not in the table")
        return b"".join(out)

    def decode(data: bytes) -> str:
        out: list[str] = []
        at = 0
        while at < len(data):
            for size in range(min(widest, len(data) - at), 0, -1):
                found = forward.get(data[at : at + size])
                if found is not None:
                    out.append(found)
                    at += size
                    break
            else:
                raise UnicodeDecodeError("table", data, at, at + 1, "not in the table")
        return "".join(out)

    return encode, decode


_SHIFT_OUT, _SHIFT_IN = 0x0E, 0x0F


def _mixed_ebcdic(forward: dict[bytes, str]) -> tuple[Encode, Decode]:
    """Single bytes, and two-byte codes between shift-out and shift-in (IBM-930 and its kin)."""
    backward: dict[str, bytes] = {}
    for key, value in forward.items():
        backward.setdefault(value, key)

    def encode(text: str) -> bytes:
        out = bytearray()
        wide = False
        for at, char in enumerate(text):
            code = backward.get(char)
            if code is None:
                raise UnicodeEncodeError("table", text, at, at + 1, "not in the table")
            if wide != (len(code) > 1):
                wide = not wide
                out.append(_SHIFT_OUT if wide else _SHIFT_IN)
            out += code
        if wide:
            out.append(_SHIFT_IN)
        return bytes(out)

    def decode(data: bytes) -> str:
        out: list[str] = []
        at = 0
        wide = False
        while at < len(data):
            if data[at] in (_SHIFT_OUT, _SHIFT_IN):
                wide = data[at] == _SHIFT_OUT
                at += 1
                continue
            size = 2 if wide else 1
            found = forward.get(data[at : at + size])
            if found is None:
                raise UnicodeDecodeError("table", data, at, at + size, "not in the table")
            out.append(found)
            at += size
        return "".join(out)

    return encode, decode


def _escape_codec(name: str, shared: Path) -> tuple[Encode, Decode]:
    if name == "cp50220":
        wide = {
            bytes(byte & 0x7F for byte in key): text
            for key, text in multi_table("cp51932", shared).items()
            # 8E xx are half-width kana; trail bytes below A1 are second codes of other cells.
            if len(key) == 2 and min(key) >= 0xA1
        }
        return _cp50220(wide)
    return _iso2022_cn(shared)


def _cp50220(wide: dict[bytes, str]) -> tuple[Encode, Decode]:
    backward: dict[str, bytes] = {}
    for key, value in wide.items():
        backward.setdefault(value, key)

    def encode(text: str) -> bytes:
        out = bytearray()
        in_wide = False
        for at, char in enumerate(text):
            if ord(char) < 0x80:
                if in_wide:
                    out += b"\x1b(B"
                    in_wide = False
                out.append(ord(char))
                continue
            code = backward.get(char)
            if code is None:
                raise UnicodeEncodeError("cp50220", text, at, at + 1, "not in the table")
            if not in_wide:
                out += b"\x1b$B"
                in_wide = True
            out += code
        if in_wide:
            out += b"\x1b(B"
        return bytes(out)

    def decode(data: bytes) -> str:
        out: list[str] = []
        at = 0
        mode = b"(B"
        while at < len(data):
            if data[at] == 0x1B:
                mode = data[at + 1 : at + 3]
                if mode not in (b"(B", b"(J", b"$B", b"$@"):
                    raise UnicodeDecodeError("cp50220", data, at, at + 3, "unknown escape")
                at += 3
            elif mode[:1] == b"(" or data[at] < 0x21:
                out.append(chr(data[at]))
                at += 1
            else:
                found = wide.get(data[at : at + 2])
                if found is None:
                    raise UnicodeDecodeError("cp50220", data, at, at + 2, "not in the table")
                out.append(found)
                at += 2
        return "".join(out)

    return encode, decode


def _iso2022_cn(shared: Path) -> tuple[Encode, Decode]:
    """RFC 1922: GB 2312 and CNS 11643 planes 1 and 2; designations end with the line."""
    sets: dict[str, dict[bytes, str]] = {"A": multi_table("gb2312-raw", shared), "G": {}, "H": {}}
    for key, text in multi_table("cns11643", shared).items():
        if len(key) == 3 and key[0] in (1, 2):
            sets["G" if key[0] == 1 else "H"][key[1:]] = text
    backward: dict[str, tuple[str, bytes]] = {}
    for final in "HGA":
        for key, text in sets[final].items():
            backward[text] = (final, key)

    def encode(text: str) -> bytes:
        out = bytearray()
        shifted = False
        so_set = ss2 = ""
        for at, char in enumerate(text):
            if ord(char) < 0x80:
                if shifted:
                    out.append(_SHIFT_IN)
                    shifted = False
                out.append(ord(char))
                if char == "\n":
                    so_set = ss2 = ""
                continue
            if char not in backward:
                raise UnicodeEncodeError("iso2022_cn", text, at, at + 1, "not in the tables")
            final, code = backward[char]
            if final == "H":
                if not ss2:
                    out += b"\x1b$*H"
                    ss2 = "H"
                out += b"\x1bN" + code
                continue
            if so_set != final:
                out += b"\x1b$)" + final.encode()
                so_set = final
            if not shifted:
                out.append(_SHIFT_OUT)
                shifted = True
            out += code
        if shifted:
            out.append(_SHIFT_IN)
        return bytes(out)

    def decode(data: bytes) -> str:
        out: list[str] = []
        at = 0
        shifted = False
        so_set = ""
        while at < len(data):
            byte = data[at]
            final, size = so_set, 2
            if byte in (_SHIFT_OUT, _SHIFT_IN):
                shifted = byte == _SHIFT_OUT
                at += 1
                continue
            if data[at : at + 3] == b"\x1b$)":
                so_set = chr(data[at + 3]) if at + 3 < len(data) else ""
                at += 4
                continue
            if data[at : at + 4] == b"\x1b$*H":
                at += 4
                continue
            if data[at : at + 2] == b"\x1bN":
                at += 2
                final = "H"
            elif not shifted or byte < 0x21:
                if byte >= 0x80 or byte == 0x1B:
                    raise UnicodeDecodeError("iso2022_cn", data, at, at + 1, "not allowed here")
                out.append(chr(byte))
                at += 1
                continue
            found = sets.get(final, {}).get(data[at : at + size])
            if found is None:
                raise UnicodeDecodeError("iso2022_cn", data, at, at + size, "not in the tables")
            out.append(found)
            at += size
        return "".join(out)

    return encode, decode
