"""The codecs of `whatwg:` against the Encoding Standard: labels, indexes, errors."""

from __future__ import annotations

import codecs
import json
import os
import re
from pathlib import Path

import pytest

import recodec
from recodec import UnknownCharsetError
from recodec._coding.route import route
from recodec.codecs._whatwg_labels import LABELS

ROOT = Path(__file__).resolve().parents[2]
WHATWG = Path(os.environ.get("RECODEC_SHARED", ROOT.parent / "shared")) / "tables" / "whatwg"


def index(name: str) -> dict[int, int]:
    path = WHATWG / f"index-{name}.txt"
    if not path.exists():
        pytest.skip(f"needs {path}, which is not there")
    rows = re.findall(r"^\s*(\d+)\t0x([0-9A-F]+)", path.read_text("utf-8"), re.MULTILINE)
    return {int(pointer): int(point, 16) for pointer, point in rows}


def first_pointers(found: dict[int, int]) -> dict[int, int]:
    pointers: dict[int, int] = {}
    for pointer, point in found.items():
        pointers.setdefault(point, pointer)
    return pointers


def test_every_label_means_what_the_standard_says() -> None:
    path = WHATWG / "encodings.json"
    if not path.exists():
        pytest.skip(f"needs {path}, which is not there")
    count = 0
    for group in json.loads(path.read_text("utf-8")):
        for encoding in group["encodings"]:
            for label in encoding["labels"]:
                assert LABELS[label] == encoding["name"]
                expected = f"whatwg:{encoding['name'].lower()}"
                assert route(f"whatwg:{label}").name == expected
                assert route(f"WHATWG:\t {label.upper()}\n").name == expected
                assert codecs.lookup(f"whatwg:{label}").name == expected
                count += 1
    assert count == len(LABELS) > 220


@pytest.mark.parametrize("label", ["", "latin-1", "utf_8", "cp932", "shift jis", "ÜTF-8", "x"])
def test_what_is_no_label_is_refused(label: str) -> None:
    with pytest.raises(UnknownCharsetError):
        route(f"whatwg:{label}")


SINGLE = [
    name
    for name in sorted(set(LABELS.values()))
    if re.match(r"(?i)(iso-8859|windows|koi8|ibm|macintosh|x-mac)", name)
]


@pytest.mark.parametrize("name", SINGLE)
def test_single_byte_indexes(name: str) -> None:
    found = index(name.lower().replace("-8-i", "-8"))
    way = route(f"whatwg:{name}")
    for byte in range(0x80, 0x100):
        point = found.get(byte - 0x80)
        text = way.decode(bytes((byte,)), "replace")[0]
        assert text == (chr(point) if point is not None else "\ufffd")
    low = "".join(map(chr, range(0x80)))
    assert way.decode(low.encode("ascii"), "strict")[0] == low
    for point, pointer in first_pointers(found).items():
        assert way.encode(chr(point), "strict")[0] == bytes((pointer + 0x80,))


def test_jis0208() -> None:
    found = index("jis0208")
    euc, sjis, iso = (route(f"whatwg:{name}") for name in ("euc-jp", "shift_jis", "iso-2022-jp"))
    for pointer, point in found.items():
        row, cell = divmod(pointer, 94)
        text = chr(point)
        if row < 94:
            assert euc.decode(bytes((row + 0xA1, cell + 0xA1)), "strict")[0] == text
            pair = b"\x1b$B" + bytes((row + 0x21, cell + 0x21)) + b"\x1b(B"
            assert iso.decode(pair, "strict")[0] == text
        lead, trail = divmod(pointer, 188)
        lead += 0x81 if lead < 0x1F else 0xC1
        trail += 0x40 if trail < 0x3F else 0x41
        assert sjis.decode(bytes((lead, trail)), "strict")[0] == text
    for point, pointer in first_pointers(found).items():
        row, cell = divmod(pointer, 94)
        if row < 94:
            assert euc.encode(chr(point), "strict")[0] == bytes((row + 0xA1, cell + 0xA1))
            pair = b"\x1b$B" + bytes((row + 0x21, cell + 0x21)) + b"\x1b(B"
            assert iso.encode(chr(point), "strict")[0] == pair
    # Shift_JIS leaves out NEC's selection of IBM's characters.
    shifted = {pointer: point for pointer, point in found.items() if not 8272 <= pointer <= 8835}
    for point, pointer in first_pointers(shifted).items():
        lead, trail = divmod(pointer, 188)
        code = lead + (0x81 if lead < 0x1F else 0xC1), trail + (0x40 if trail < 0x3F else 0x41)
        assert sjis.encode(chr(point), "strict")[0] == bytes(code)
    for pointer in range(8836, 10716):
        lead, trail = divmod(pointer, 188)
        code = bytes((lead + 0xC1, trail + (0x40 if trail < 0x3F else 0x41)))
        assert sjis.decode(code, "strict")[0] == chr(0xE000 - 8836 + pointer)


def test_jis0212() -> None:
    euc = route("whatwg:euc-jp")
    for pointer, point in index("jis0212").items():
        row, cell = divmod(pointer, 94)
        code = bytes((0x8F, row + 0xA1, cell + 0xA1))
        assert euc.decode(code, "strict")[0] == chr(point)


def test_big5() -> None:
    found = index("big5")
    way = route("whatwg:big5")
    for pointer, point in found.items():
        lead, trail = divmod(pointer, 157)
        code = bytes((lead + 0x81, trail + (0x40 if trail < 0x3F else 0x62)))
        assert way.decode(code, "strict")[0] == chr(point)
    for code, text in (
        (b"\x88\x62", "\xca\u0304"),
        (b"\x88\x64", "\xca\u030c"),
        (b"\x88\xa3", "\xea\u0304"),
        (b"\x88\xa5", "\xea\u030c"),
    ):
        assert way.decode(code, "strict")[0] == text
    # The encoder: nothing of Hong Kong's rows, and the last code of six characters.
    usable = {pointer: point for pointer, point in found.items() if pointer >= (0xA1 - 0x81) * 157}
    pointers = first_pointers(usable)
    for pointer, point in usable.items():
        if point in (0x2550, 0x255E, 0x2561, 0x256A, 0x5341, 0x5345):
            pointers[point] = max(pointer, pointers[point])
    for point, pointer in pointers.items():
        lead, trail = divmod(pointer, 157)
        code = bytes((lead + 0x81, trail + (0x40 if trail < 0x3F else 0x62)))
        assert way.encode(chr(point), "strict")[0] == code
    for point in {point for pointer, point in found.items()} - set(pointers):
        with pytest.raises(UnicodeEncodeError):
            way.encode(chr(point), "strict")


def test_euc_kr() -> None:
    way = route("whatwg:euc-kr")
    for pointer, point in index("euc-kr").items():
        lead, trail = divmod(pointer, 190)
        code = bytes((lead + 0x81, trail + 0x41))
        assert way.decode(code, "strict")[0] == chr(point)
        assert way.encode(chr(point), "strict")[0] == code


def test_gb18030_and_gbk() -> None:
    found = index("gb18030")
    both = [route(f"whatwg:{name}") for name in ("gb18030", "gbk")]
    special = {0xE7C7: 7457}
    for pointer, point in found.items():
        lead, trail = divmod(pointer, 190)
        code = bytes((lead + 0x81, trail + (0x40 if trail < 0x3F else 0x41)))
        assert {way.decode(code, "strict")[0] for way in both} == {chr(point)}
    for point, pointer in first_pointers(found).items():
        lead, trail = divmod(pointer, 190)
        code = bytes((lead + 0x81, trail + (0x40 if trail < 0x3F else 0x41)))
        if point == 0x20AC:
            assert both[1].encode("€", "strict")[0] == b"\x80"
        if point not in (0xE5E5, 0x20AC) and point not in special:
            assert {way.encode(chr(point), "strict")[0] for way in both} == {code}
    for point in (0x10000, 0x1F600, 0x10FFFF):
        linear = point - 0x10000
        rest, last = divmod(linear, 10)
        rest, third = divmod(rest, 126)
        first, second = divmod(rest, 10)
        code = bytes((first + 0x90, second + 0x30, third + 0x81, last + 0x30))
        assert {way.decode(code, "strict")[0] for way in both} == {chr(point)}
        assert both[0].encode(chr(point), "strict")[0] == code
        with pytest.raises(UnicodeEncodeError):
            both[1].encode(chr(point), "strict")
    assert both[0].decode(b"\x80", "strict")[0] == "€"
    with pytest.raises(UnicodeEncodeError):
        both[0].encode("\ue5e5", "strict")


# Bytes, and the text with U+FFFD for each error: from the algorithms of the standard.
ERRORS = [
    ("big5", b"\x81", "\ufffd", "the input ends after a lead byte"),
    ("big5", b"\x81A", "\ufffdA", "ASCII is read again"),
    ("big5", b"\x81\x81", "\ufffd", "what is not ASCII goes with the error"),
    ("big5", b"\x80\xff", "\ufffd\ufffd", "no lead bytes"),
    ("euc-kr", b"\x81 ", "\ufffd ", "ASCII is read again"),
    ("euc-kr", b"\xc9\xa1a", "\ufffda", "a pair that is not assigned"),
    ("euc-kr", b"\x80\xff", "\ufffd\ufffd", "no lead bytes"),
    ("shift_jis", b"\x81", "\ufffd", "the input ends after a lead byte"),
    ("shift_jis", b"\x81\x20\x82", "\ufffd \ufffd", "ASCII is read again"),
    ("shift_jis", b"\x81\xff", "\ufffd", "what is not ASCII goes with the error"),
    ("shift_jis", b"\xeb\x9f\xeb\xa0", "\ufffd\ufffd", "pairs that are not assigned"),
    ("shift_jis", b"\x80\xa0\xfd", "\x80\ufffd\ufffd", "80 is a character, A0 and FD are not"),
    ("euc-jp", b"\x8f", "\ufffd", "the input ends after 8F"),
    ("euc-jp", b"\x8f\xa1", "\ufffd", "the input ends in a code of three"),
    ("euc-jp", b"\x8f\xa1A", "\ufffdA", "ASCII is read again"),
    ("euc-jp", b"\x8fA", "\ufffdA", "ASCII is read again"),
    ("euc-jp", b"\x8f\x80", "\ufffd", "what is not ASCII goes with the error"),
    ("euc-jp", b"\x8e\xe0a", "\ufffda", "no katakana"),
    ("euc-jp", b"\xa1\n\x80", "\ufffd\n\ufffd", "line ends survive"),
    ("gb18030", b"\x81", "\ufffd", "the input ends after a lead byte"),
    ("gb18030", b"\x81\x30", "\ufffd", "the input ends in a code of four"),
    ("gb18030", b"\x81\x30\x81", "\ufffd", "the input ends in a code of four"),
    ("gb18030", b"\x81\x30A", "\ufffd0A", "the second byte is read again"),
    ("gb18030", b"\x81\x30\x81A", "\ufffd0丄", "three are read again"),
    ("gb18030", b"\x81\x20", "\ufffd ", "ASCII is read again"),
    ("gb18030", b"\x81:", "\ufffd:", "the second of four ends with the digits"),
    ("gb18030", b"\x81/", "\ufffd/", "and begins with them"),
    ("gb18030", b"\x81\x30\x81:", "\ufffd0\ufffd:", "so does the last"),
    ("gb18030", b"\x81\xff", "\ufffd", "what is not ASCII goes with the error"),
    ("gb18030", b"\x84\x31\xa5\x30a", "\ufffda", "four bytes beyond the ranges"),
    ("gb18030", b"\xe3\x32\x9a\x36", "\ufffd", "four bytes beyond Unicode"),
    ("gb18030", b"\xff", "\ufffd", "no lead byte"),
    ("gbk", b"\x81\x30A", "\ufffd0A", "as gb18030"),
    ("iso-2022-jp", b"\x1b", "\ufffd", "an escape that is cut"),
    ("iso-2022-jp", b"\x1b$", "\ufffd$", "its second byte is read again"),
    ("iso-2022-jp", b"\x1b(x", "\ufffd(x", "both bytes are read again"),
    ("iso-2022-jp", b"\x1b(B\x1b(Ba", "\ufffda", "an escape right after an escape"),
    ("iso-2022-jp", b"a\x1b(Ba", "aa", "and one after text"),
    ("iso-2022-jp", b"\x1b$B\x1b(B", "\ufffd", "nothing between them is an error too"),
    ("iso-2022-jp", b"\x1b$B!", "\ufffd", "the input ends after a lead byte"),
    ("iso-2022-jp", b"\x1b$B!\x1b(Ba", "\ufffda", "an escape after a lead byte"),
    ("iso-2022-jp", b"\x1b$B!\na", "\ufffd\ufffd", "other bytes go with the error"),
    ("iso-2022-jp", b"\x1b$B\n0!", "\ufffd亜", "a line end within the set"),
    ("iso-2022-jp", b"\x0e\x0f\x80", "\ufffd\ufffd\ufffd", "shifts and high bytes"),
    ("iso-2022-jp", b"\x1b(J\\~\x1b(I1`", "¥‾ｱ\ufffd", "the sets of one byte"),
    ("utf-8", b"\xf0\x80\x80\x41", "\ufffd\ufffd\ufffdA", "maximal parts of sequences"),
    ("utf-8", b"\xf0\x9f\x98", "\ufffd", "one for a cut sequence"),
    ("utf-8", b"\xed\xa0\x80", "\ufffd\ufffd\ufffd", "surrogates"),
    ("utf-16le", b"\x00\xd8", "\ufffd", "half of a pair at the end"),
    ("utf-16le", b"\x00\xd8a\x00", "\ufffda", "half of a pair"),
    ("utf-16be", b"\xdc\x00\x00a", "\ufffda", "the other half"),
    ("utf-16le", b"a\x00b", "a\ufffd", "half of a unit"),
    ("windows-1255", b"\xd9\xfb\xff", "\ufffd\ufffd\ufffd", "bytes that are not assigned"),
    ("x-user-defined", b"\x80\xff", "\uf780\uf7ff", "private use"),
    ("replacement", b"anything\n", "\ufffd", "one error, whatever the input"),
    ("replacement", b"", "", "and none for no input"),
]


@pytest.mark.parametrize(
    ("name", "data", "text"), [case[:3] for case in ERRORS], ids=[case[3] for case in ERRORS]
)
def test_errors(name: str, data: bytes, text: str) -> None:
    way = route(f"whatwg:{name}")
    assert way.decode(data, "replace")[0] == text
    for size in (1, 2, 3):
        decoder = way.incremental_decoder("replace")
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert "".join(map(decoder.decode, pieces)) + decoder.decode(b"", True) == text
    if "\ufffd" in text:
        with pytest.raises(recodec.DecodeError):
            recodec.decode(data, f"whatwg:{name}")


def test_iso_2022_jp_encoder() -> None:
    encode = route("whatwg:iso-2022-jp").encode
    assert encode("a¥b\\", "strict")[0] == b"a\x1b(J\\b\x1b(B\\"
    assert encode("ｱﾞ", "strict")[0] == "\u30a2\u309b".encode("iso2022_jp")
    assert encode("−", "strict")[0] == b"\x1b$B!]\x1b(B"
    assert encode("亜\n", "strict")[0] == b"\x1b$B0!\x1b(B\n"
    for character in "\x0e\x0f\x1b€é":
        with pytest.raises(UnicodeEncodeError):
            encode(character, "strict")
    assert encode("亜€", "xmlcharrefreplace")[0] == b"\x1b$B0!\x1b(B&#8364;"


@pytest.mark.parametrize("name", ["replacement", "utf-16be", "utf-16le", "utf-8"])
def test_output_encoding_is_utf_8(name: str) -> None:
    assert "a€😀".encode(f"whatwg:{name}") == "a€😀".encode()


@pytest.mark.parametrize("errors", ["replace", "backslashreplace", "ignore"])
def test_the_error_of_replacement_is_the_same_in_any_pieces(errors: str) -> None:
    data = b"any\nthing"
    whole = data.decode("whatwg:replacement", errors)
    for cut in range(len(data)):
        decoder = codecs.getincrementaldecoder("whatwg:replacement")(errors)
        assert decoder.decode(data[:cut]) + decoder.decode(data[cut:], True) == whole
    with pytest.raises(UnicodeDecodeError) as caught:
        data.decode("whatwg:replacement")
    assert (caught.value.start, caught.value.end) == (0, 1)
