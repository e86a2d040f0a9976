"""Native conversion gives what the codecs give: every charset, all codes, all code points."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._coding import route
from recodec._conversion import native as kernels
from recodec._conversion.direct import recode_native
from recodec._conversion.native import Native
from recodec._core import conversion as core
from recodec._core.mappings import decode_map, mappings
from recodec._core.tables import DECODE_ONLY, ROUND_TRIP
from recodec._registry import charsets

NATIVE: dict[str, Native] = {}
for _charset in charsets.all_charsets():
    if _charset.python is not None:
        _found = kernels.native_of(_charset.name, codecs.lookup(_charset.python))
        if _found is not None:
            NATIVE[_charset.name] = _found
TABLES = sorted(name for name, native in NATIVE.items() if native.table and not native.form)
POLICIES = ("strict", "ignore", "replace", "backslashreplace", "surrogateescape")
SOME = ("cp1251", "cp1252", "cp037", "cp932", "euc_jp", "euc_kr", "gb18030", "big5", "big5hkscs")


def outcome(function: object, *arguments: object) -> object:
    """What a call gives, or the places and the reason of what it raises."""
    try:
        return function(*arguments)  # type: ignore[operator]
    except UnicodeError as error:
        return type(error), error.start, error.end, error.reason, error.object  # type: ignore[attr-defined]


def test_the_usual_charsets_are_native() -> None:
    assert {*SOME, "koi8-r", "shift_jis", "iso8859-2", "gbk", "johab", "utf-8"} <= set(NATIVE)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_the_codec_s(name: str) -> None:
    """Both ways, and nothing that the codec has is missing."""
    native = NATIVE[name]
    decode, encode = {}, {}
    for code, text, flag in mappings(native.table):
        if flag in (ROUND_TRIP, DECODE_ONLY):
            decode[code] = text
        if flag != DECODE_ONLY:
            encode[text] = code
    wrong = [code for code, text in decode.items() if native.slow_decode(code)[0] != text]
    wrong += [code for text, code in encode.items() if native.slow_encode(text)[0] != code]
    assert wrong == []
    others = "".join(
        chr(point)
        for point in range(0x30000 if max(map(len, decode)) > 1 else 0x10000)
        # U+FFFE marks the holes of charmaps, and PyPy's codecs write them for it.
        if not 0xD800 <= point < 0xE000 and chr(point) not in encode and point != 0xFFFE
    )
    beyond = native.slow_encode(others, "ignore")[0]
    # The codes of GB 18030 for the other planes are a formula, not a table.
    assert beyond == b"" or native.table in kernels._LINEAR


@pytest.mark.parametrize("name", TABLES)
def test_all_codes_decode_as_the_codec_does(name: str) -> None:
    """Every pair of bytes, and what stands behind an error."""
    native = NATIVE[name]
    fast = native.decoder()
    single = charsets.lookup(name).kind == "single"
    leads = range(1) if single else range(0x80, 0x100)
    for lead in leads:
        if single:
            data = bytes(range(256)) * 16
        else:
            data = b"".join(bytes((lead, trail, 0x41)) for trail in range(256)) * 3
        assert outcome(fast, data, "replace") == outcome(native.slow_decode, data, "replace")


@pytest.mark.parametrize("name", TABLES)
def test_all_characters_encode_as_the_codec_does(name: str) -> None:
    native = NATIVE[name]
    fast = native.encoder()
    have = [text for _, text, flag in mappings(native.table) if flag != DECODE_ONLY]
    chance = random.Random(name)
    chance.shuffle(have)
    text = "".join(have) * (1 + 4096 // len(have))
    assert fast(text, "strict") == native.slow_encode(text, "strict")
    others = [chr(chance.choice((0xD7FF, 0xFFFF, 0x10FFFF))) for _ in range(50)]
    others += [chr(chance.randrange(0xD800, 0xE000)) for _ in range(50)]
    text = "".join(chance.sample(have, len(have)) + others) * (1 + 4096 // len(have))
    assert fast(text, "ignore") == native.slow_encode(text, "ignore")


def samples(name: str, chance: random.Random) -> bytes:
    """Text of the charset with some damage, long enough for the kernels."""
    codes = [code for code, _, flag in mappings(NATIVE[name].table) if flag == 0]
    start = chance.randrange(len(codes))
    near = codes[start : start + 300]
    ascii = [b" ", b"a", b"<", b"\n"]
    parts = [chance.choice(near if chance.random() < 0.7 else ascii) for _ in range(3000)]
    for _ in range(chance.randrange(6)):
        parts[chance.randrange(len(parts))] = bytes((chance.randrange(256),))
    return b"".join(parts)


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("errors", POLICIES)
def test_damage_is_treated_as_the_codec_does(name: str, errors: str) -> None:
    chance = random.Random(f"{name} {errors}")
    native = NATIVE[name]
    decode, encode = native.decoder(), native.encoder()
    for _ in range(3):
        data = samples(name, chance)
        assert outcome(decode, data, errors) == outcome(native.slow_decode, data, errors)
        text = native.slow_decode(data, "replace")[0]
        policy = errors if errors != "backslashreplace" else "xmlcharrefreplace"
        assert outcome(encode, text, policy) == outcome(native.slow_encode, text, policy)
        odd = text[:1500] + "\udc80\U0001f600\ud83d" + text[1500:]
        assert outcome(encode, odd, policy) == outcome(native.slow_encode, odd, policy)


@pytest.mark.parametrize("name", SOME)
def test_bytes_to_bytes_is_decoding_and_encoding(name: str) -> None:
    chance = random.Random(name)
    native = NATIVE[name]
    for other in ("utf-8", "utf-16-le", "utf-32-be", "cp932", "gb18030", "cp1251"):
        for _ in range(2):
            data = samples(name, chance)
            expected = outcome(lambda d: native.slow_decode(d)[0].encode(other), data)  # noqa: B023
            got = outcome(lambda d: recodec.recode(d, other, name), data)  # noqa: B023
            if isinstance(expected, bytes):
                assert got == expected
            else:
                assert isinstance(got, tuple) and got[1] == expected[1]  # type: ignore[index]
            back = native.slow_decode(data, "ignore")[0]
            raw = back.encode(other, "ignore")
            again = outcome(lambda d: d.decode(other).encode(codecs.lookup(name).name), raw)  # noqa: B023
            if isinstance(again, bytes):
                assert recodec.recode(raw, name, other) == again


def test_large_input_comes_back_whole() -> None:
    text = "Съешь же ещё этих мягких французских булок, да выпей чаю.\n" * 20_000
    data = text.encode("cp1251")
    assert recodec.recode(data, "utf-8", "cp1251") == text.encode()
    assert recodec.recode(text.encode(), "cp1251", "utf-8") == data
    assert recodec.decode(data, "cp1251").text == text
    assert recodec.encode(text, "cp1251") == data


def test_an_error_handler_may_send_the_position_anywhere() -> None:
    native = NATIVE["euc_jp"]
    data = b"\xa4\xa2" * 2000 + b"\xff" + b"a" * 2000

    def back(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return "?", -3

    codecs.register_error("test-fast-back", back)
    slow = native.slow_decode(data, "test-fast-back")
    assert native.decoder()(data, "test-fast-back") == slow
    codecs.register_error("test-fast-out", lambda error: ("", 10**9))
    with pytest.raises(IndexError):
        native.decoder()(data, "test-fast-out")


def test_iso_2022_jp_is_the_codec_s() -> None:
    """All pairs and all characters, and what only the codec can do."""
    native = NATIVE["iso2022_jp"]
    decode, encode = native.decoder(), native.encoder()
    raw = decode_map("jisx0208")
    pairs = b"".join(raw)
    text = "".join(raw.values())
    for data in (
        b"abc\r\n\x1b$B" + pairs + b"\x1b(B~\\" + b"x" * 3000,
        b"\x1b$@" + pairs,
        b"\x1b(Ja\x1b$B" + pairs[:4000] + b"\x1b(B\x1b(B\x1b(J" + b"y" * 3000 + b"\n",
        b"\x1b(J\\~\x1b$B" + pairs,  # yen and overline
        b"\x1b$B" + pairs + b"\n" + pairs + b"\x1b(B",  # a line end inside
        b"\x1b$B" + pairs + b"\x21",
        b"\x1b$B" + pairs + b"\x1b$",
        b"\x1b$B" + pairs + b"\x1b$Z" + pairs,
        b"\x1b$B" + pairs + b"\x7f\x7f" + pairs,
        b"a" * 4000 + b"\x80" + b"a" * 100,
        b"a\x0e" * 4000 + b"\x0f",
    ):
        for errors in ("strict", "replace", "ignore"):
            assert outcome(decode, data, errors) == outcome(native.slow_decode, data, errors)
    for chunk in (text, text + "a", "\n".join(text), "a" * 5000 + text, text + "¥‾", text + "é"):
        for errors in ("strict", "replace", "xmlcharrefreplace"):
            assert outcome(encode, chunk, errors) == outcome(native.slow_encode, chunk, errors)
    data = native.slow_encode("\n".join(text))[0]
    for other in ("utf-8", "utf-16-le", "shift_jis_2004", "euc_jp"):
        expected = outcome(lambda d: native.slow_decode(d)[0].encode(other, "ignore"), data)  # noqa: B023
        back = recodec.decode(expected, other).text  # type: ignore[arg-type]
        assert recodec.recode(native.slow_encode(back)[0], other, "iso2022_jp") == expected
        assert recodec.recode(expected, "iso2022_jp", other) == native.slow_encode(back)[0]  # type: ignore[arg-type]


@given(data=st.binary(min_size=64, max_size=300), name=st.sampled_from(SOME))
def test_any_bytes(data: bytes, name: str) -> None:
    native = NATIVE[name]
    native.map(core.DECODE_UTF16)
    fast = native.decoder()
    for errors in ("strict", "replace", "ignore"):
        assert outcome(fast, data, errors) == outcome(native.slow_decode, data, errors)


def test_routes_are_quickened() -> None:
    assert route.route("windows-1251").native is not None
    assert route.route("iso2022_kr").native is None


@pytest.mark.parametrize(
    "name",
    (
        *("viscii", "cp278", "euc_tw", "tscii", "gsm0338", "din-66003", "big5-eten", "cp51932"),
        *("gb18030-2022", "whatwg:big5", "whatwg:utf-8", "icu:cp437", "libiconv:tcvn"),
    ),
)
def test_charsets_of_our_own_are_native_too(name: str) -> None:
    """So that text goes from bytes to bytes without a str between."""
    native = route.route(name).native
    assert native is not None
    text = "ABC DEF\n" * 1000
    data = recodec.encode(text, name)
    assert recode_native(NATIVE["utf-8"], native, text.encode()) == data
    assert recode_native(native, NATIVE["utf-16-be"], data) == text.encode("utf-16-be")


@pytest.mark.parametrize("name", ["euc_jp", "cp932", "shift_jis", "euc_kr", "big5", "cp1251"])
def test_lenient_maps_write_what_the_policy_writes(name: str) -> None:
    """For every character that has a twin."""
    from recodec._conversion.lenient import TWINS

    for character in TWINS:
        expected = outcome(lambda c: recodec.encode(c, name, lenient=True), character)
        data = (character + "a" * 3000).encode()
        got = outcome(lambda d: recodec.recode(d, name, "utf-8", lenient=True), data)
        assert (got[:-3000] if isinstance(got, bytes) else got[0]) == (  # type: ignore[index]
            expected if isinstance(expected, bytes) else expected[0]  # type: ignore[index]
        )


FORMS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "utf-16",
    "utf-32",
    "utf-8-sig",
)
MARKS = {"utf-16": codecs.BOM_UTF16_BE, "utf-32": codecs.BOM_UTF32_BE}
_CHARACTERS = st.one_of(
    st.characters(max_codepoint=0x7F),
    st.characters(min_codepoint=0x80, max_codepoint=0x7FF),
    st.characters(min_codepoint=0x800, max_codepoint=0xFFFF, exclude_categories=("Cs",)),
    st.characters(min_codepoint=0x10000),
)


@given(
    pattern=st.text(_CHARACTERS, min_size=1, max_size=70),
    odd=st.text(_CHARACTERS, max_size=3),
    source=st.sampled_from(FORMS),
    target=st.sampled_from(FORMS),
    place=st.floats(0, 1),
    damage=st.none() | st.binary(min_size=1, max_size=8),
)
def test_forms_of_unicode_convert_as_cpython_does(
    pattern: str, odd: str, source: str, target: str, place: float, damage: bytes | None
) -> None:
    """Text of one kind with something else in it, whole or damaged anywhere."""
    text = pattern * (3000 // len(pattern) + 1)
    at = int(place * len(text))
    data = (text[:at] + odd + text[at:]).encode(source)
    if damage is not None:
        at = int(place * len(data))
        data = data[:at] + damage + data[at:]

    def theirs(data: bytes) -> bytes:
        return data.decode(source).encode(target)

    def ours(data: bytes) -> bytes:
        return recodec.recode(data, target, source)

    def told(result: object) -> object:
        return result[1:4] if isinstance(result, tuple) else result

    assert told(outcome(ours, data)) == told(outcome(theirs, data))


@pytest.mark.parametrize("target", FORMS)
@pytest.mark.parametrize("source", sorted(MARKS))
def test_a_mark_tells_the_order(source: str, target: str) -> None:
    """Also the order that is not the machine's; a second mark is a character."""
    text = "\ufeffДа, 日本語 😀\n" * 300
    data = MARKS[source] + text.encode(f"{source}-be")
    assert recodec.recode(data, target, source) == text.encode(target)


def test_a_mark_that_must_be_there() -> None:
    data = ("да\n" * 2000).encode("utf-16-be")
    assert outcome(lambda: recodec.recode(data, "utf-8", "utf-16-version1"))[1:3] == (0, 2)  # type: ignore[index]
    marked = codecs.BOM_UTF16_LE + ("да\n" * 2000).encode("utf-16-le")
    assert recodec.recode(marked, "utf-8", "utf-16-version1") == ("да\n" * 2000).encode()


@pytest.mark.parametrize("name", ["utf-16", "utf-16-be-sig", "utf-32", "utf-8-sig"])
def test_marked_forms_in_front_of_stateful_and_lenient_ones(name: str) -> None:
    text = "日本語のテキスト plain\n" * 400
    data = recodec.encode(text, name)
    assert recodec.recode(data, "iso2022_jp", name) == text.encode("iso2022_jp")
    assert recodec.recode(text.encode("iso2022_jp"), name, "iso2022_jp") == data
    assert recodec.recode(data, "euc_jp", name, lenient=True) == text.encode("euc_jp")
    assert recodec.recode(text.encode("cp932"), name, "cp932", threads=2) == data
