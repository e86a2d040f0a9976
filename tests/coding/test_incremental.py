"""Incremental codecs with the core in front: piece by piece what CPython's give."""

from __future__ import annotations

import codecs
import random

import pytest

from recodec._coding.incremental import QuickDecoder, WholeEncoder
from recodec._coding.route import route
from recodec._registry import charsets

POLICIES = "strict", "replace", "ignore", "backslashreplace", "surrogateescape"
SIZES = 1, 399, 400, 2047, 2048, 8184, 8192, 8193, 8200, 9000


def _tabled(kind: type) -> list[str]:
    found = []
    for charset in charsets.all_charsets():
        if charset.python is None:
            continue
        way = route(charset.name)
        makes = way.incremental_decoder if kind is QuickDecoder else way.incremental_encoder
        if isinstance(makes("strict"), kind):
            found.append(charset.name)
    return found


DECODED = _tabled(QuickDecoder)
ENCODED = _tabled(WholeEncoder)


def _text(name: str, chance: random.Random, size: int) -> str:
    letters = [chr(point) for point in range(0x20, 0xFFFF) if route(name).has(chr(point))]
    words = ["".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(200)]
    ascii_words = [word for word in ("no", "text", "1234", "\r\n", "\n") if route(name).has(word)]
    return "".join(chance.choices([*words, *ascii_words], k=size // 4))[:size]


def _told(error: UnicodeError) -> tuple[object, ...]:
    assert isinstance(error, (UnicodeDecodeError, UnicodeEncodeError))
    return type(error).__name__, error.object, error.start, error.end, error.reason


def test_there_are_such_codecs() -> None:
    assert {"euc_kr", "gb18030", "big5", "euc_jp", "shift_jis"} <= set(DECODED) or not DECODED
    assert {"cp1252", "koi8-r", "iso8859-2"} <= set(ENCODED)


@pytest.mark.parametrize("name", DECODED)
def test_pieces_are_decoded_as_by_the_codec(name: str) -> None:
    chance = random.Random(name)
    theirs_of = codecs.getincrementaldecoder(charsets.lookup(name).python or "")
    clean = _text(name, chance, 12_000).encode(charsets.lookup(name).python or "")
    for damage in (0, 5):
        data = bytearray(clean)
        for _ in range(damage):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for errors in POLICIES if damage else ("strict",):
            for size in SIZES[damage > 0 :]:
                ours, theirs = route(name).incremental_decoder(errors), theirs_of(errors)
                for at in range(0, 3000 if size == 1 else len(data), size):
                    piece = bytes(data[at : at + size])
                    final = at + size >= len(data)
                    before = ours.getstate()
                    assert before == theirs.getstate()
                    try:
                        wanted = theirs.decode(piece, final)
                    except UnicodeDecodeError as error:
                        with pytest.raises(UnicodeDecodeError) as raised:
                            ours.decode(piece, final)
                        assert _told(raised.value) == _told(error)
                        assert ours.getstate() == before
                        break
                    assert ours.decode(piece, final) == wanted
                ours.reset()
                theirs.reset()
                assert ours.getstate() == theirs.getstate()


@pytest.mark.parametrize("name", ENCODED)
def test_pieces_are_encoded_as_by_the_codec(name: str) -> None:
    chance = random.Random(name)
    text = _text(name, chance, 10_000)
    theirs_of = codecs.getincrementalencoder(charsets.lookup(name).python or "")
    for strange in ("", "\uffff", "\udc80"):
        for errors in (*POLICIES, "xmlcharrefreplace") if strange else ("strict",):
            given = text[:3000] + strange + text[3000:]
            for size in (1, 900, 2100, 8200):
                ours, theirs = route(name).incremental_encoder(errors), theirs_of(errors)
                for at in range(0, len(given), size):
                    piece = given[at : at + size]
                    try:
                        wanted = theirs.encode(piece)
                    except UnicodeEncodeError as error:
                        with pytest.raises(UnicodeEncodeError) as raised:
                            ours.encode(piece)
                        assert _told(raised.value) == _told(error)
                        break
                    assert ours.encode(piece) == wanted
                    assert ours.getstate() == theirs.getstate()
