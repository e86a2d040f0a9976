"""Every codec of ours reads and writes what its table says, and treats damage alike in all of them.

The tables are those of the module itself (held to their sources by tests/core/test_mappings.py),
so that these tests run everywhere.
"""

from __future__ import annotations

import codecs
import random
from collections.abc import Mapping

import pytest

import recodec
from recodec._coding.route import route
from recodec._core.mappings import decode_map
from recodec._registry import charsets
from recodec.codecs._charset_tables import CHANGED, TABLES, VARIANTS
from recodec.codecs._indic import _codes_of_tscii
from recodec.codecs._multi import _codes_of_big5_eten
from recodec.codecs._tables import encode_map, pairs
from table_reference import Reference

STATELESS = [
    charset.name
    for charset in charsets.all_charsets()
    if charset.kind in ("single", "multi")
    and charset.name in TABLES
    and charset.name not in CHANGED
    and not charset.python
    and charset.name != "cp51932"  # leaves out a few bytes, see below
]
FLAVOURS = {
    f"{who}:{name}": table
    for name, found in VARIANTS.items()
    for who, table in found.items()
    if ":" not in who and who != "whatwg" and charsets.lookup(name).kind in ("single", "multi")
}
ALL = {**{name: TABLES[name] for name in STATELESS}, **FLAVOURS}
# Implementations that join a letter and the mark after it read more than their table.
JOINING = {
    f"{who}:{name}" for who in ("libiconv", "glibc") for name in ("cp1255", "cp1258", "tcvn")
}


def test_hundreds_of_charsets_are_held_to_their_tables() -> None:
    assert len(STATELESS) > 250
    assert len(FLAVOURS) > 180


@pytest.mark.parametrize("name", ALL)
def test_all_codes_decode(name: str) -> None:
    """Each code by itself where it is one byte, and all the longer ones in a row."""
    codes = decode_map(ALL[name])
    decode = route(name).decode
    for code, text in codes.items():
        if len(code) == 1:
            assert decode(code, "strict") == (text, 1), code
    longer = [code for code in codes if len(code) > 1]
    if name not in JOINING:
        assert decode(b"".join(longer), "strict")[0] == "".join(codes[code] for code in longer)
    for byte in range(256):
        if not any(code[0] == byte for code in codes):
            assert decode(bytes((byte,)), "replace")[0] == "\ufffd"


@pytest.mark.parametrize("name", ALL)
def test_all_characters_encode(name: str) -> None:
    codes = encode_map(ALL[name])
    encode = route(name).encode
    single = {text: code for text, code in codes.items() if len(text) == 1}
    # Characters that others begin with are written one by one: in a row they would be joined.
    begin = {text[0] for text in codes if len(text) > 1}
    row = [text for text in single if text not in begin]
    assert encode("".join(row), "strict")[0] == b"".join(single[text] for text in row)
    for text, code in codes.items():
        if text in begin or len(text) > 1:
            assert encode(text, "strict")[0] == code


MULTI = [name for name in STATELESS if max(map(len, decode_map(ALL[name]))) > 1]


@pytest.mark.parametrize("name", MULTI)
def test_cut_and_broken_sequences(name: str) -> None:
    """A cut code is reported at its first byte and held back; ASCII after a lead byte survives."""
    codes = decode_map(ALL[name])
    way = route(name)
    leads = sorted({code[0] for code in codes if len(code) > 1})
    for lead in leads:
        start = bytes((lead,))
        if start in codes:
            continue
        with pytest.raises(UnicodeDecodeError) as caught:
            way.decode(start, "strict")
        assert (caught.value.start, caught.value.end) == (0, 1)
        decoder = way.incremental_decoder("strict")
        assert decoder.decode(start) == ""
        assert decoder.getstate()[0] == start
        with pytest.raises(UnicodeDecodeError):
            decoder.decode(b"", True)
        if codes.get(b"\n") == "\n" and start + b"\n" not in codes:
            assert way.decode(start + b"\n", "replace")[0] == "\ufffd\n"
            with pytest.raises(UnicodeDecodeError) as caught:
                way.decode(b"\n" + start + b"\n", "strict")
            assert (caught.value.start, caught.value.end) == (1, 2)
    longest = max(codes, key=len)
    for size in range(1, len(longest)):
        if longest[:size] not in codes and name not in JOINING:
            with pytest.raises(UnicodeDecodeError) as caught:
                way.decode(longest[:size], "strict")
            assert caught.value.start == 0


def codes_of(name: str) -> tuple[Mapping[bytes, str], Mapping[str, bytes]]:
    if name == "tscii":
        return _codes_of_tscii()
    if name == "big5-eten":
        return _codes_of_big5_eten()
    table = ALL[name]
    decoding = decode_map(table)
    if name in JOINING:
        decoding.update(pairs(table))
    return decoding, encode_map(table)


@pytest.mark.parametrize("name", [*ALL, "tscii", "big5-eten"])
def test_damaged_text_is_read_and_written_as_the_reference_does(name: str) -> None:
    """One shot, in pieces, and from bytes to bytes, in and out of damage."""
    decoding, encoding = codes_of(name)
    reference = Reference(decoding, encoding, linear=b"\x81\x30\x81\x30" in decoding)
    chance = random.Random(name)
    way = route(name)
    codes, texts = list(decoding), list(encoding)
    long_ones = [text for text in texts if len(text) > 1] or texts
    first = [text[0] for text in long_ones]
    for size in (40, 700):
        parts = chance.choices(codes, k=size)
        if max(map(len, codes)) > 1:
            parts[::3] = [code[:-1] for code in parts[::3]]
        for at in chance.sample(range(size), 12):
            parts[at] = bytes((chance.randrange(256),)) * chance.randrange(3)
        data = b"".join(parts)
        expected = reference.decode(data)
        assert way.decode(data, "replace")[0] == expected
        decoder = way.incremental_decoder("replace")
        text = "".join(decoder.decode(data[at : at + 13]) for at in range(0, len(data), 13))
        assert text + decoder.decode(b"", True) == expected
        words = [*chance.choices(texts, k=size), *chance.choices(long_ones + first, k=20)]
        chance.shuffle(words)
        for word in ("\udc80", "\ud83d", "\ude00", "\U0001f600", "\U0010ffff", "\ufffe"):
            words.insert(chance.randrange(size), word)
        text = "".join(words)
        coded = reference.encode(text)
        assert way.encode(text, "ignore")[0] == coded
        encoder = way.incremental_encoder("ignore")
        out = b"".join(encoder.encode(text[at : at + 5]) for at in range(0, len(text), 5))
        assert out + encoder.encode("", True) == coded
        clean = coded * (1 + 3000 // len(coded))
        text = reference.decode(clean)
        if "\ufffd" not in text:
            assert recodec.recode(clean, "utf-8", name) == text.encode()
        if reference.encode(text) == clean:
            assert recodec.recode(text.encode(), name, "utf-8") == clean


def test_many_errors_are_each_handled_once() -> None:
    """Short pieces after an error: nothing is lost or read twice where they end."""
    data = b"\xff\xc4\xe3ab" * 3000 + b"\xc4\xe3" * 9000 + b"\xff\xc4"
    assert data.decode("euc_tw", "replace") == "\ufffd中ab" * 3000 + "中" * 9000 + "\ufffd\ufffd"
    text = "ก😀中" * 3000 + "中a😀" * 9000 + "\ud83d"
    expected = b"&#3585;&#128512;\xc4\xe3" * 3000 + b"\xc4\xe3a&#128512;" * 9000
    assert text[:-1].encode("euc_tw", "xmlcharrefreplace") == expected
    with pytest.raises(UnicodeEncodeError) as caught:
        ("中😀" * 70000 + "\ud83d\ude00").encode("whatwg:gb18030")
    assert (caught.value.start, caught.value.end) == (140000, 140001)


def test_cp932_is_written_as_windows_writes_it() -> None:
    """CPython takes NEC's codes for what IBM has too; browsers and Windows take IBM's."""
    for lead in range(0xFA, 0xFD):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            code = bytes((lead, trail))
            text = code.decode("cp932", "ignore")
            if len(text) == 1 and text not in "∵¬" and not "\ue000" <= text <= "\uf8ff":
                expected = recodec.encode(text, "whatwg:shift_jis")
                assert recodec.encode(text, "cp932") == expected
    assert recodec.encode("纊髙", "cp932") == b"\xfa\x5c\xfb\xfc"
    assert "纊".encode("cp932") == b"\xed\x40"
    assert recodec.decode(b"\xed\x40\xfa\x5c", "cp932").text == "纊纊"
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x10000))):
        theirs = character.encode("cp932", "ignore")
        assert bool(theirs) == bool(ours := recodec.encode(character, "cp932", "ignore"))
        assert theirs == ours or 0xED <= theirs[0] <= 0xEE


def test_cp51932_has_no_characters_for_stray_bytes() -> None:
    """Windows reads A0 and FF as private-use characters; nobody else does."""
    for byte in (0xA0, 0xFD, 0xFF):
        assert bytes((byte,)).decode("cp51932", "replace") == "\ufffd"


def test_error_handlers_may_send_the_position_anywhere() -> None:
    """PEP 293: back, forward, from the end, and nowhere outside."""
    places: list[int] = []

    def handler(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return "<>", places.pop(0)

    codecs.register_error("recodec-test-move", handler)
    for name, bad in (("euc_tw", b"a\xffb"), ("big5-2003", b"a\xffb"), ("cp50221", b"a\xffb")):
        decode = route(name).decode
        for place, expected in ((2, 1), (3, 0), (-1, 1)):
            places[:] = [place]
            text = decode(bad, "recodec-test-move")[0]
            assert text.count("<>") == 1
            assert len(text.partition("<>")[2]) == expected
        for place in (4, -4, 99):
            places[:] = [place]
            with pytest.raises(IndexError):
                decode(bad, "recodec-test-move")
