"""Our UTF-32, which stands in for PyPy's: everywhere it gives what CPython's gives."""

from __future__ import annotations

import codecs
import random
import sys

import pytest

import recodec
from recodec._coding import incremental
from recodec._registry.charsets import lookup
from recodec.codecs import build

UNITS = {
    "utf-32-le": "61000000 e5650000 00f60100 fffe0000 00d80000 ffffffff 00001100 61 0000",
    "utf-32-be": "00000061 000065e5 0001f600 0000feff 0000d800 ffffffff 00110000 61 0000",
}
READ = ("strict", "replace", "ignore", "backslashreplace", "surrogateescape", "surrogatepass")
WRITTEN = (*READ, "xmlcharrefreplace", "namereplace")
pypys = pytest.mark.skipif(
    sys.implementation.name == "pypy", reason="PyPy's own loses what follows a bad unit"
)


def told(call: object, *arguments: object) -> object:
    try:
        return call(*arguments)  # type: ignore[operator]
    except UnicodeError as error:
        return error.start, error.end  # type: ignore[attr-defined]


@pypys
@pytest.mark.parametrize("name", UNITS)
def test_the_answers_of_cpython(name: str) -> None:
    ours, theirs = build(lookup(name)), codecs.lookup(name)
    assert ours is not None
    chance = random.Random(name)
    units = [bytes.fromhex(unit) for unit in UNITS[name].split()]
    for _ in range(1500):
        data = b"".join(chance.choices(units, k=chance.randrange(6)))
        cut = chance.randrange(len(data) + 1)
        for errors in READ:
            expected = told(theirs.decode, data, errors)
            assert told(ours.decode, data, errors) == expected, (data, errors)
            if isinstance(expected[1], str):  # type: ignore[index]
                decoder = ours.incrementaldecoder(errors)
                text = decoder.decode(data[:cut]) + decoder.decode(data[cut:], True)
                assert text == expected[1]  # type: ignore[index]
        text = "".join(chance.choices("ab日😀\ud800\udc00\udfff\ufeff\n", k=chance.randrange(6)))
        for errors in WRITTEN:
            expected = told(theirs.encode, text, errors)
            assert told(ours.encode, text, errors) == expected, (text, errors)


@pypys
@pytest.mark.parametrize("name", UNITS)
def test_pieces_behind_a_mark(name: str) -> None:
    read = incremental._by_us(name)
    theirs = {"utf-32-le": codecs.utf_32_le_decode, "utf-32-be": codecs.utf_32_be_decode}[name]
    chance = random.Random(name)
    units = [bytes.fromhex(unit) for unit in UNITS[name].split()]
    for _ in range(1500):
        data = b"".join(chance.choices(units, k=chance.randrange(6)))
        for final in (True, False):
            for errors in READ:
                expected = told(theirs, data, errors, final)
                assert told(read, data, errors, final) == expected, (data, errors, final)


@pytest.mark.parametrize("name", ["utf-32", *UNITS])
def test_nothing_is_lost_behind_a_bad_unit(name: str) -> None:
    order = "little" if name == "utf-32" and sys.byteorder == "little" else "big"
    order = {"utf-32-le": "little", "utf-32-be": "big"}.get(name, order)
    points = (0x61, 0x110000, 0x62, 0xD800, 0xFFFFFFFF, 0x63)
    data = b"".join(point.to_bytes(4, order) for point in points)  # type: ignore[arg-type]
    assert recodec.decode(data, name, errors="ignore").text == "abc"
    assert recodec.decode(data, name, errors="replace").text == "a\ufffdb\ufffd\ufffdc"
    assert recodec.recode(data, "utf-8", name, errors="ignore") == b"abc"
    decoder = recodec.incremental_decoder(name, "ignore")
    assert "".join(decoder.decode(data[at : at + 1]) for at in range(len(data))) == "abc"
    with pytest.raises(recodec.DecodeError) as caught:
        recodec.decode(data, name)
    assert (caught.value.offset, caught.value.column) == (4, 2)
