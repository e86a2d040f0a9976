"""Schemes of the core give what the machines give that they work for, state by state."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._core import scheme as binding
from recodec._registry import charsets
from recodec.codecs import _catalogue, _machine
from recodec.codecs._iconv_forms import machine_of_iconv
from recodec.codecs._icu_forms import machine_of_icu
from recodec.codecs._indic import _marked_codes
from recodec.codecs._iso2022 import Iso2022Machine
from recodec.codecs._machine import Machine
from recodec.codecs._mixed import MixedMachine

ISO2022 = [
    *("iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_2004"),
    *("iso2022_jp_ext", "cp50220", "cp50221", "cp50222", "jis7", "jis8", "iso2022_kr"),
    *("iso2022_cn", "iso2022_cn_cns", "iso2022_cn_ext", "compound-text"),
]
MIXED = sorted(
    charset.name
    for charset in charsets.all_charsets()
    if charset.kind == "stateful" and charset.family == "ebcdic"
)
COUNTED = ["utf-7-imap", "cesu-8", "mutf-8", "utf-ebcdic", "scsu", "bocu-1", "c99", "java"]
ISCII = [
    *("iscii-dev", "iscii-bng", "iscii-pnj", "iscii-gjr", "iscii-ori", "iscii-tml", "iscii-tlg"),
    *("iscii-knd", "iscii-mlm"),
]
RUNS = ["utf-8-mac", "viqr", "lmbcs-1"]
_JAPANESE = ["iso2022_jp", "iso2022_jp_1", "iso2022_jp_2"]
_OTHERS = ["iso2022_kr", "iso2022_cn", "iso2022_cn_ext"]
OF_OTHERS = [
    *(f"icu:{name}" for name in (*_JAPANESE, "jis7", "jis8", *_OTHERS, "iso2022_kr_1")),
    *(f"libiconv:{name}" for name in (*_JAPANESE, "cp50221", "iso2022_jp_3", *_OTHERS)),
    *(f"glibc:{name}" for name in (*_JAPANESE, "iso2022_jp_3", *_OTHERS)),
    *("icu:iso2022_cn_cns", "icu:hz"),
    *(f"{who}:utf-7" for who in ("icu", "glibc", "libiconv")),
    *("icu:utf-7-imap", "libiconv:c99", "libiconv:java"),
]
NAMES = [*ISO2022, *MIXED, *COUNTED, *ISCII, *RUNS, *OF_OTHERS]
POLICIES = ("strict", "replace", "ignore", "backslashreplace")

# What the schemes stop at, and what leads them from state to state.
TOKENS = (
    *(b"\x1b(B", b"\x1b(J", b"\x1b(I", b"\x1b$@", b"\x1b$B", b"\x1b$(D", b"\x1b$A", b"\x1b$(C"),
    *(b"\x1b$(O", b"\x1b$(Q", b"\x1b$(P", b"\x1b.A", b"\x1b.F", b"\x1bN", b"\x1bNi", b"\x1b&@"),
    *(b"\x1b$)A", b"\x1b$)C", b"\x1b$)G", b"\x1b$*H", b"\x1b$)E", b"\x1b$+I", b"\x1bO", b"\x1bN0!"),
    *(b"\x1b-B", b"\x1b)I", b"\x1b%G", b"\x1b%@", b"\x1b%/1\x80\x86", b"\x1b", b"\x1b$", b"\x1b("),
    *(b"\x0e", b"\x0f", b"\n", b"\r\n", b"\x7f", b" ", b"0!", b'$"$$', b"!!~~", b"\xb1\xa4\xa2"),
    *(b"AbC 12345678901234567890", b"\xc1\xc2\xc3\x40\xf1\xf2", b"\x44\x81\x43\x41", b"\x42\xf1"),
    *(
        b"&",
        b"&-",
        b"&U,BTFw-",
        b"ZeVnLIqe",
        b"-",
        b"+",
        b"+-",
        b"+AOk-",
        b"AOl",
        b"+\xc0",
        b"&\x80",
        b"Q!",
        b"2D3eAA",
        b"\\u00e9",
        b"\\U0001f600",
        b"\\ud83d",
    ),
    *(b"\\ude00", b"\\", b"\\u0", b"\xed\xa0\xbd", b"\xed\xb8\x80", b"\xe3\x81\x82", b"\xc3\xa9"),
    *(b"\xc0\x80", b"\x0b\x3f\xff", b"\x0e\x30\x42", b"\x0f\x30\x42\x65\xe5\xd8\x3d\xde\x00\xe0"),
    *(b"\x12\xb0\xb1", b"\x1a\x08\x80", b"\x03\x41\x05\x90", b"\xf0\xe0\x00", b"\xf1\x20\x00\x81"),
    *(b"\xd3\xd3\x90\x88", b"\xff", b"\xfb\x66\x80", b"\x4c\xf0"),
    *(b"\xefB", b"\xefC", b"\xefK\xb3\xa2\xb4\xe8", b"\xefJ", b"\xef@", b"\xefQ", b"\xef", b"\r"),
    *(b"~{", b"~}", b"~~", b"~\n", b"~", b"VPNDLl\x7f", b"~{VPND~}x"),
    *(b"\x0e0!!!\x0f \x0e0!", b"\x0f", b"\x1b$)C\x0e", b"\x1b$)A\x0e0!0#"),
    *(b"\\v", b"\\l", b"\\M", b"\\'", b"a(`", b"O+?", b"o*.", b"dd", b"D\\D", b"u^", b"?"),
    *("e\u0302\u0323".encode(), "\u0f73\u0f71".encode(), "\u1112\u1161\u11ab".encode()),
    *("\u0323\u0307".encode() * 15, b"\xcc", b"\x81"),
    *(b"\x10\x82\xa0", b"\x10\x10\xb1", b"\x0f\x30", b"\x0f\x85", b"\x0f\x50", b"\x14\x30\x42"),
    *(
        b"\x14\xf6\x30",
        b"\x14\xd8\x3d\x14\xde",
        b"\x14",
        b"\x13\xb0",
        b"\x05\xe9",
        b"\x01\x41",
        b"\x19",
    ),
    *(b"\xb3\xe8\xe9\xcf\xdc", b"\xe8\xe8", b"\xd9", b"\xd9\xb3", b"\xf0\xb8", b"\xf0", b"\xa1"),
)
PIECES = st.lists(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4)), max_size=16)
LETTERS = (
    "aZ09 ~\\&+-\n\r\x0e\x0f\x1b\x7f\0é¥‾ｱﾞｶﾟあ亜か\u309aア゛≪①髙纊丂日本中國가힣Жώ\u0301\u1ebf"
    "đĐdDâêộơư^(+*'`?.각ᄀ\u1161\u11a8\u0323\u0f73\u0f72\u0f71ﬁ\uf900—"
    "क\u093c\u094dख।ॐ\u200c\u200d\xa0বক\u09cdਕ\u0a70\u0a4dੜ੍ਹકକகకಕക\u0d4d"
    "\u3000\ufeff\uffff\U00020089\U0001f600\U0010ffff\ud800\udc00"
)
TEXT = st.lists(st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=24).map("".join)


@cache
def pair(name: str) -> tuple[Machine, Machine]:
    """The machine by itself, and the one that its scheme helps."""
    from recodec.codecs._iso2022_forms import iso2022

    def made() -> Machine:
        who, _, label = name.partition(":")
        if label:
            found = machine_of_icu(label) if who == "icu" else machine_of_iconv(who, label, label)
            assert found is not None
            return found
        if name in MIXED:
            from recodec.codecs._charset_tables import TABLES

            return MixedMachine(name, TABLES[name])
        if name in _catalogue._OWN:
            return _catalogue._OWN[name](name)
        if name in ISCII:
            return _catalogue._iscii(name)
        return iso2022(name)

    alone, helped = made(), made()
    alone.described = True
    helped.scheme = helped.describe()
    assert helped.scheme is not None
    helped.described = True
    helped.left = 1 << 20  # maps pay at once
    return alone, helped


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Schemes are asked at every place and get their maps, however little there is."""
    for name, value in (("_TINY", 0), ("_SMALL", 0), ("_PATIENCE", 1)):
        monkeypatch.setattr(_machine, name, value)


def outcome(function: object, *arguments: object) -> object:
    """What a call gives, or the places and the reason of what it raises."""
    try:
        return function(*arguments)  # type: ignore[operator]
    except UnicodeError as error:
        return type(error), error.start, error.end, error.reason  # type: ignore[attr-defined]


def read_alike(name: str, data: bytes, errors: str, final: bool) -> None:
    alone, helped = pair(name)
    arguments = data, errors, final, alone.decode_start
    assert outcome(helped.decode, *arguments) == outcome(alone.decode, *arguments)


def written_alike(name: str, text: str, errors: str, final: bool) -> None:
    alone, helped = pair(name)
    arguments = text, errors, final, alone.encode_start
    assert outcome(helped.encode, *arguments) == outcome(alone.encode, *arguments)


def test_every_mixed_page_is_there() -> None:
    assert {"cp930", "cp933", "cp935", "cp937", "cp939", "cp1364", "cp1371", "cp1388"} <= set(MIXED)


@given(
    name=st.sampled_from(NAMES),
    pieces=PIECES,
    errors=st.sampled_from(POLICIES),
    final=st.booleans(),
)
def test_any_bytes_are_read_alike(name: str, pieces: list[bytes], errors: str, final: bool) -> None:
    read_alike(name, b"".join(pieces), errors, final)


@given(
    name=st.sampled_from(NAMES), text=TEXT, errors=st.sampled_from(POLICIES), final=st.booleans()
)
def test_any_text_is_written_alike(name: str, text: str, errors: str, final: bool) -> None:
    written_alike(name, text, errors, final)


@given(name=st.sampled_from(NAMES), pieces=PIECES, start=st.integers(0, 8))
def test_a_scheme_stops_where_the_machine_stands(
    name: str, pieces: list[bytes], start: int
) -> None:
    """At the end of every call the state is that of the machine at the same place."""
    alone, helped = pair(name)
    data = b"".join(pieces)
    scheme = helped.scheme
    assert scheme is not None
    _, at, state = alone.decode(data[:start], "replace", False, alone.decode_start)
    while helped.supply(scheme, state, writing=False):
        pass
    more, end, after = scheme.decode(data, at, state)
    parts = []
    while at < end:
        found = alone.step(data, at, False, state)
        assert isinstance(found, tuple)
        part, at, state = found
        parts.append(part)
    if at == end:  # else a step took a run as a whole that the scheme has to part
        assert ("".join(parts), state) == (more, after)
    else:
        assert "".join(parts).startswith(more)


@pytest.mark.parametrize("name", NAMES)
def test_text_from_all_over_is_read_and_written_alike(name: str) -> None:
    """Long enough for every loop, with all that the charset has, and its states mixed."""
    chance = random.Random(name)
    alone, _ = pair(name)
    have = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x3FFFF)]))
    if isinstance(alone, Iso2022Machine):
        texts = {text for _, each in alone._form.order for text in _codes(alone, each)}
        have = "".join(sorted(texts)) + "".join(map(chr, range(0x80)))
    elif name in MIXED:
        assert isinstance(alone, MixedMachine)
        have = "".join(sorted(alone._writer.codes))
    elif name in ISCII:
        have = "".join(sorted(_marked_codes())) + "".join(map(chr, range(0x80)))
    else:
        have = "".join(chance.sample(have, 20_000))
    size = 300
    pieces = [have[at : at + size] for at in range(0, len(have), size)]
    chance.shuffle(pieces)
    text = "".join("plain text, " * (at % 3) + piece for at, piece in enumerate(pieces))
    written_alike(name, text, "replace", True)
    written_alike(name, "".join(chance.sample(text, min(5000, len(text)))), "ignore", True)
    data = alone.encode(text, "ignore", True, alone.encode_start)[0]
    read_alike(name, data, "strict", True)
    for _ in range(20):
        at = chance.randrange(len(data))
        data = data[:at] + bytes((chance.randrange(256),)) + data[at + chance.randrange(2) :]
    read_alike(name, data, "backslashreplace", True)


def test_half_width_katakana_are_joined_by_the_core() -> None:
    """Each with each mark, and pieces that end between the two."""
    kana = "".join(map(chr, range(0xFF61, 0xFFA0)))
    text = "".join(one + mark for one in kana for mark in ("", "ﾞ", "ﾟ", "ﾞﾟ"))
    written_alike("cp50220", text, "strict", True)
    for end in range(0, len(text), 7):
        written_alike("cp50220", text[:end], "strict", False)
    _, helped = pair("cp50220")
    assert helped.scheme is not None
    assert helped.scheme.encode("ｶﾞｱﾊﾟｱ", 0, 0)[0] == b'\x1b$B%,%"%Q%"'


def _codes(machine: Iso2022Machine, name: str) -> set[str]:
    return set(machine._set(machine._number[name]).writer.codes)


@pytest.mark.parametrize("name", ["cp50221", "iso2022_cn_ext", "cp939", "scsu", "utf-7-imap"])
def test_more_than_a_block_at_once(name: str) -> None:
    """Output that does not fit the memory it goes through, and a character on every edge."""
    alone, helped = pair(name)
    line = "plain, \u65e5\u672c\u4e2d\u56fd, " if name != "scsu" else "Привет, \U0001f600 日本 "
    text = line * (400_000 // len(line))
    data = helped.encode(text, "strict", True, 0)[0]
    assert helped.decode(data, "strict", True, 0)[:2] == (text, len(data))
    head = text[: 4 * len(line)]
    assert data.startswith(alone.encode(head, "strict", False, 0)[0])


def test_short_input_makes_no_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take longer to make than a message takes to read."""
    monkeypatch.undo()
    from recodec.codecs._iso2022_forms import iso2022

    machine = iso2022("cp50221")
    assert isinstance(machine, Iso2022Machine)
    number = machine._number["windows-user"]
    data = "日本語\n".encode("cp50221") * 20
    assert machine.decode(data, "strict", True, 0)[0] == "日本語\n" * 20
    assert machine.scheme is not None
    assert not machine.scheme.has_set(number)
    machine.decode(data * 20, "strict", True, 0)
    assert machine.scheme.has_set(number)


def test_kinds_are_those_of_the_header() -> None:
    from recodec._native import lib

    kinds = [*("ISO2022", "MIXED", "UTF7_IMAP", "CESU8", "MUTF8", "UTF_EBCDIC", "SCSU", "BOCU1")]
    for kind in (*kinds, "C99", "JAVA", "ISCII", "UTF7", "HZ"):
        assert getattr(binding, kind) == getattr(lib, f"RCD_SCHEME_{kind}")
    bits = ["ISCII_ANY", "ISCII_HERE", "ISCII_FOLLOWS", "UTF7_READ", "UTF7_WRITTEN", "UTF7_HYPHEN"]
    for bit in (*bits, "CARE_CONTROLS", "CARE_GAPS", "CARE_LINES"):
        assert getattr(binding, bit) == getattr(lib, f"RCD_{bit}")


def test_a_change_of_mode_ends_a_run_of_viqr() -> None:
    """RFC 1456: \\l and \\v are no letters behind a backslash, in long text as in short."""
    pad = b"x" * 5000
    read = recodec.decode(pad + b"\\lTie^'ng \\vTie^'ng \\\\ \\." + pad, "viqr").text
    assert read.strip("x") == "Tie^'ng Tiếng \\ ."


@pytest.mark.parametrize(
    "tail", [b"", b"\x0f", b"\x0e", b"\x0f\x0e0!", b"\x1b$)C", b"\n", b"0", b"0!"]
)
def test_a_lone_character_between_shifts_leads_back_to_a_pair(tail: bytes) -> None:
    """ICU wants something between two shifts; the core passes SI, a character and SO at once."""
    for name in ("icu:iso2022_kr", "iso2022_kr"):
        data = b"\x1b$)C\x0e0!0!\x0fa\x0e" + tail
        for errors in ("strict", "replace"):
            read_alike(name, data, errors, True)
            read_alike(name, data, errors, False)
    with pytest.raises(UnicodeDecodeError, match="nothing between two shifts"):
        (b"\x1b$)C\x0e" + b"0!" * 4000 + b"\x0fa\x0e\x0f").decode("icu:iso2022_kr")
