"""`icu:` reads any sequence of bytes as ICU's converters do: which bytes are wrong, how far, and in
which state reading goes on; and writes any text as they do. Where it does not, the reason stands
here and in the registry's notes: ICU loses or makes up text there without a word.
"""

from __future__ import annotations

import codecs
import random
import re
from collections.abc import Callable

import pytest

from icu_library import ICU, needs_icu
from recodec._coding.route import route
from sequences import (
    BASE64,
    EBCDIC,
    GRAPHIC,
    JAPANESE,
    JAPANESE_2,
    ODD,
    PLAIN,
    SHIFTS,
    WIDE,
    escapes,
    single,
)

pytestmark = needs_icu

_faults: list[UnicodeDecodeError] = []


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    _faults.append(error)
    wrong = error.object[error.start : error.end]
    return "".join(f"\\x{byte:02X}" for byte in wrong), error.end


codecs.register_error("test-icu-faults", _escaped)


_PLAIN = [*PLAIN, b"\xc1", b"$", b"("]
_JAPANESE = [*JAPANESE, *JAPANESE_2, *SHIFTS]
_JAPANESE += [b"\x1b", *escapes(b"N Ni & $)C $)A $*H [0m %B")]
_KOREAN = [b"\x1b", *escapes(b"$)C $)A (B $B [ $")]
_CHINESE = [b"\x1b", *escapes(b"$)A $)G $)E $*H $+I N O (B $B ["), *SHIFTS]
_BASE64 = [*BASE64, *b"& &- AGEAYg U,BTFw = @ AOk AOl".split(), b"\x7f", b"\r", b"\t"]
_EBCDIC = [*EBCDIC, b"\xfe", b"A", b"\xc1\xc2", b"\x42\xc1"]
_WIDE = [*WIDE, b"a", b"\xd8\x00", b"\x00\xd8", b"\xdc\x00", b"\x00\xdc", b"\xfe", b"\xff"]
_SCSU = [
    b"\xd8\x3d",
    b"\xde\x00",
    b"\x0f\x30\x42",
    b"\x0e\xd8\x3d\x0e\xde\x00",
    b"\x0b\x20\x00\x81",
]
_SCSU += [b"\x12\xb0", *single(range(0x20), range(0xE0, 0x100, 3)), b"A", b"\x80", b"\xf1", b"\xf2"]
_BOCU = [*single(range(256)), *[b"\xd3\xd3", b"\xff", b"\xfb\x66\x80"] * 20]
_LETTERS = [b"\xb3", b"\xb4", b"\xbf", b"\xcf", b"\xcf\xdc", b"\xe8", b"\xe9", b"\xa1", b"\xa2"]
# Scripts, attributes; ICU reads what is unknown together with what stands behind it.
_ATR = [b"\xef" + byte for byte in single(range(0x21, 0x41), range(0x42, 0x4C))]
_ISCII = [*_LETTERS * 4, *_ATR, b"\n", b"\r", b"a", b"\x80", b"\xa0", b"\xd9\xb3", b"\xd9\n"]
_ISCII += single(range(0xA0, 0xD9), range(0xDA, 0xEA), range(0xEB, 0xEF), range(0xF1, 0x100))
_CESU = [*single(range(4), range(0x7E, 0x82), range(0xC0, 0x100)), b"\xed\xa0\xbd", b"\xed\xb8\x80"]

PIECES = {
    **{f"ISO_2022,locale=ja,version={number}": _JAPANESE + _PLAIN + ODD for number in range(5)},
    # In version 0 ICU reads 5C as the won sign and exchanges 1A, 1C and 7F, against RFC 1557, and
    # does not see a pair's first byte 00, nor bytes behind an ESC in a pair that it takes back; in
    # version 1 pairs go on behind escape sequences that stand within them.
    "ISO_2022,locale=ko,version=0": [*_KOREAN, *GRAPHIC, b"\xc1", b"$", b"(", *SHIFTS],
    "ISO_2022,locale=ko,version=1": [*_PLAIN, *ODD, *SHIFTS],
    **{f"ISO_2022,locale=zh,version={number}": _CHINESE + _PLAIN + ODD for number in range(2)},
    "HZ": [*_PLAIN, *ODD, b"~{", b"~}", b"~~", b"~\n", b"}", b"VP"],
    "UTF-7": _BASE64,
    "IMAP-mailbox-name": _BASE64,
    "SCSU": _SCSU,
    "BOCU-1": _BOCU,
    "CESU-8": _CESU,
    "LMBCS-1": single(range(0x0F), range(0x10, 0x100)),
    # Bytes beyond ASCII vanish in ICU, and what ESC does not begin comes out behind a space.
    "GSM0338": [*single(range(0x1B), range(0x1C, 0x80)), b"\x1be", b"\x1b<", b"\x1b/", b"\x1b("],
    **{f"ISCII,version={script}": _ISCII for script in range(9)},
    **{f"ibm-{page}": _EBCDIC for page in (930, 935, 937, 939, 1364, 1371, 1388, 1390, 1399)},
    **dict.fromkeys(("UTF-16", "UTF-16,version=1", "UTF-16,version=2"), _WIDE),
    "UTF-16BE,version=1": _WIDE,
    "UTF-16LE,version=1": _WIDE,
}


def _ends_in(byte: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.endswith(byte)


# What ICU drops in silence, and is an error here, or text.
_TWO_MARKS = re.compile(rb"(?:\xfe\xff|\xff\xfe){2}")
DROPPED: dict[str, Callable[[bytes], object]] = {
    "UTF-7": _ends_in(b"+"),
    "IMAP-mailbox-name": re.compile(rb"&[\x7f-\xff]").search,
    "HZ": _ends_in(b"~"),
    "ISCII,version=2": _ends_in(b"\xe8"),  # and the consonant in front of it
    **dict.fromkeys(("UTF-16", "UTF-16,version=1", "UTF-16,version=2"), _TWO_MARKS.match),
    "UTF-16BE,version=1": _TWO_MARKS.match,
    "UTF-16LE,version=1": _TWO_MARKS.match,
}


def _lost(error: UnicodeDecodeError) -> bool:
    """Whether ICU goes on with less than all that stands behind a fault: it does so behind windows
    and differences that there are none of and what the end cuts in HZ, and takes a control for part
    of a BOCU-1 character."""
    if error.reason in ("reserved window offset", "difference to no character"):
        return True
    if error.encoding == "icu:hz" and error.reason == "incomplete multibyte sequence":
        return True
    behind = error.object[error.end : error.end + 1]
    return error.reason == "invalid trail byte" and behind <= b" "


@pytest.mark.parametrize("name", PIECES)
def test_any_bytes_are_read_alike(name: str) -> None:
    assert ICU is not None
    chosen = random.Random(2022)
    way = route(f"icu:{name}")
    dropped = DROPPED.get(name, lambda _: False)
    differ, compared = [], 0
    for _ in range(2_500):
        data = b"".join(chosen.choices(PIECES[name], k=chosen.randint(1, 6)))
        _faults.clear()
        mine = way.decode(data, "test-icu-faults")[0]
        spared = dropped(data) or any(map(_lost, _faults))
        decoder = way.incremental_decoder("test-icu-faults")
        pieces = [decoder.decode(data[at : at + 1]) for at in range(len(data))]
        assert "".join(pieces) + decoder.decode(b"", True) == mine, data
        theirs = ICU.read(name, data)
        if spared or any(0xD800 <= ord(one) < 0xE000 for one in theirs):
            continue  # halves of surrogate pairs are no text here
        compared += 1
        if mine != theirs:
            differ.append((data, theirs, mine))
    assert differ == []
    assert compared > 1_200


# Where nothing that ICU drops can stand in the middle.
_LONG = [name for name in PIECES if name.startswith(("ISO_2022", "HZ", "ISCII", "ibm-"))]


@pytest.mark.parametrize("name", _LONG)
def test_long_texts_are_read_alike(name: str) -> None:
    """By the schemes of the core, which stop at each place that is not clean, and by any chunks."""
    assert ICU is not None
    chosen = random.Random(1922)
    pieces = PIECES[name]
    if name == "HZ":
        pieces = [*pieces, b"~"]
    data = b"".join(
        b"".join(chosen.choices(pieces, k=40)) + chosen.choice(pieces) * 40 for _ in range(300)
    )
    data += b"~}\n" if name == "HZ" else b"\n"
    way = route(f"icu:{name}")
    theirs = ICU.read(name, data)
    assert way.decode(data, "test-icu-faults")[0] == theirs
    decoder = way.incremental_decoder("test-icu-faults")
    cuts = [decoder.decode(data[at : at + 997]) for at in range(0, len(data), 997)]
    assert "".join(cuts) + decoder.decode(b"", True) == theirs


_LETTERS_OF_ALL = "a\n\r~\\中国臺体\u4e42āgα①⑤剺漢日本×°«Ž¥‾ｱｲがか가각说Ж+&-. é😀\U00020089、。「"
# JIS X 0212 has the tilde of ASCII to ICU; nobody else reads it there.
_UNLIKE = {f"ISO_2022,locale=ja,version={number}": "~" for number in range(1, 5)}
_UNLIKE["ISO_2022,locale=ko,version=0"] = "\\"
WRITTEN = [name for name in PIECES if name.startswith("ISO_2022")]
WRITTEN += ["HZ", "UTF-7", "IMAP-mailbox-name", "CESU-8", "ibm-930", "ibm-939"]


@pytest.mark.parametrize("name", WRITTEN)
def test_any_text_is_written_alike(name: str) -> None:
    """The set in force is tried first, and what was said is not said again."""
    assert ICU is not None
    chosen = random.Random(1557)
    way = route(f"icu:{name}")
    letters = [one for one in _LETTERS_OF_ALL if one not in _UNLIKE.get(name, "")]
    for size in (*range(1, 9), 40, 5_000):
        for _ in range(200 if size < 40 else 2):
            text = "".join(chosen.choices(letters, k=size))
            assert way.encode(text, "ignore")[0] == ICU.written(name, text), text


def test_gurmukhi_keeps_its_consonants() -> None:
    """The table has a consonant and halant as halant alone; doubled ones are addak."""
    for name in ("iscii-pnj", "icu:iscii-pnj"):
        way = route(name)
        assert way.decode(b"\xb3\xe8\xb4 \xb3\xe8\xb3\n\xb3\xe8", "strict")[0] == (
            "\u0a15\u0a4d\u0a16 \u0a71\u0a15\n\u0a15\u0a4d"
        )
        assert (
            way.encode("\u0a71\u0a15\u0a15\u0a4d\u0a16", "strict")[0] == b"\xb3\xe8\xb3\xb3\xe8\xb4"
        )


def test_marks_of_the_order_that_is_named() -> None:
    with pytest.raises(UnicodeDecodeError):
        route("icu:UTF-16BE,version=1").decode(b"\xff\xfea\x00", "strict")
    with pytest.raises(UnicodeDecodeError):
        route("icu:UTF-16,version=1").decode(b"\x00a", "strict")
