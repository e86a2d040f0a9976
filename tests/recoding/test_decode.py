"""Decoding, encoding, recoding; in one go and in pieces, over every charset there is."""

from __future__ import annotations

import array
import codecs
import encodings
import io
import pickle
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from charset_samples import SCRIPTS, decodable, sample
from recodec import Decoded, DecodeError, EncodeError, OptionError, UnknownCharsetError
from recodec._coding.route import route
from recodec._position import Position
from recodec._registry import charsets
from recodec.codecs import REPLACED
from roads import cut

NAMES = decodable()
RUSSIAN = "Привет, как дела? Сегодня мы едем в город за новыми книгами и хлебом."


def test_decode_with_what_is_found() -> None:
    data = RUSSIAN.encode("cp1251")
    decoded = recodec.decode(data)
    assert decoded.text == str(decoded) == RUSSIAN
    assert decoded.encoding == "cp1251"
    assert decoded.detection == recodec.detect(data)


def test_decode_with_what_is_given() -> None:
    decoded = recodec.decode(RUSSIAN.encode("koi8-r"), "KOI8-R")
    assert (decoded.text, decoded.encoding, decoded.detection) == (RUSSIAN, "koi8-r", None)


def test_decode_takes_hints() -> None:
    data = "лес".encode("cp866")
    assert recodec.decode(data, allow=["cp866"]).text == "лес"
    assert recodec.decode(data, declared="ibm866", language="ru").text == "лес"


@pytest.mark.parametrize("kind", [bytearray, memoryview, lambda data: array.array("B", data)])
def test_any_buffer(kind: type[bytearray]) -> None:
    data = kind(RUSSIAN.encode("cp1251"))
    assert recodec.decode(data).text == RUSSIAN
    assert recodec.decode(data, "cp1251").text == RUSSIAN
    assert recodec.recode(data, from_="cp1251") == RUSSIAN.encode()


def test_marks_go_when_the_encoding_was_found() -> None:
    for name in ("utf-8-sig", "utf-16", "utf-32"):
        assert recodec.decode("é".encode(name)).text == "é"
        assert recodec.recode("é".encode(name)) == b"\xc3\xa9"
    assert recodec.decode(b"\xef\xbb\xbfx", "utf-8").text == "\ufeffx"
    assert recodec.recode(b"x", to="utf-8-sig") == b"\xef\xbb\xbfx"


def test_decoded_is_a_value() -> None:
    decoded = recodec.decode(b"plain")
    assert decoded == recodec.decode(b"plain") != recodec.decode(b"plain", "ascii")
    assert hash(decoded) == hash(recodec.decode(b"plain"))
    assert pickle.loads(pickle.dumps(decoded)) == decoded
    assert repr(Decoded(text="y" * 50, encoding="ascii")).count("y") == 39
    with pytest.raises(AttributeError):
        decoded.text = "other"  # type: ignore[misc]
    match decoded:
        case Decoded(text, encoding):
            assert (text, encoding) == ("plain", "ascii")


def test_broken_text_raises_unless_told_otherwise() -> None:
    data = "Все счастливые семьи".encode() + b"\xff" + b" and more"
    with pytest.raises(DecodeError) as caught:
        recodec.decode(data)
    assert caught.value.offset == recodec.detect(data).valid_up_to
    assert recodec.decode(data, errors="replace").text == "Все счастливые семьи\ufffd and more"
    assert recodec.decode(data, errors="backslashreplace").text.endswith("\\xff and more")
    kept = recodec.decode(data, errors="surrogateescape").text
    assert recodec.encode(kept, "utf-8", "surrogateescape") == data


def test_calls_that_cannot_be_meant() -> None:
    with pytest.raises(TypeError, match="not str"):
        recodec.decode("text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not str"):
        recodec.recode("text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not bytes"):
        recodec.encode(b"bytes")  # type: ignore[arg-type]
    for call in (recodec.decode, recodec.recode):
        with pytest.raises(OptionError, match="unknown error policy 'nonsense'"):
            call(b"x", errors="nonsense")
    with pytest.raises(OptionError):
        recodec.incremental_decoder("utf-8", "nonsense")
    for name in ("no-such-charset", "", "base64", "rot13", "a\0b"):
        with pytest.raises(UnknownCharsetError):
            recodec.decode(b"x", name)


def test_policies_of_recode_serve_both_ways() -> None:
    assert recodec.recode("a€".encode(), "latin-1", errors="replace") == b"a?"
    assert recodec.recode("a€".encode(), "latin-1", errors="xmlcharrefreplace") == b"a&#8364;"
    assert recodec.recode("a€".encode(), "latin-1", errors="namereplace") == b"a\\N{EURO SIGN}"
    assert recodec.recode(b"a\xff", "utf-8", "ascii", errors="ignore") == b"a"
    with pytest.raises(DecodeError):
        recodec.recode(b"a\xff", "utf-8", "ascii", errors="xmlcharrefreplace")
    with pytest.raises(EncodeError, match="EURO SIGN"):
        recodec.recode("a€".encode(), "latin-1")


@pytest.mark.parametrize("name", NAMES)
def test_every_charset_keeps_its_text(name: str) -> None:
    text = sample(name)
    assert len(text) > (20 if charsets.lookup(name).detectable else 2)
    data = recodec.encode(text, name)
    assert recodec.decode(data, name).text == text
    assert recodec.recode(data, "utf-8", name) == text.encode()
    assert recodec.recode(text.encode(), name, "utf-8") == data
    if charsets.lookup(name).python is None and encodings.search_function(name) is not None:
        return  # a name that Python 3.15 has come to read otherwise
    assert data.decode(name) == text, "found by codecs.lookup as well"
    if name not in REPLACED:
        assert text.encode(name) == data
    assert io.TextIOWrapper(io.BytesIO(data), encoding=name, newline="").read() == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_charset_in_pieces(name: str, size: int) -> None:
    text = sample(name)
    data = recodec.encode(text, name)
    decoder = recodec.incremental_decoder(name)
    read = [decoder.decode(data[at : at + size]) for at in range(0, len(data), size)]
    assert "".join(read) + decoder.decode(b"", True) == text
    decoder.reset()
    assert decoder.decode(data, True) == text
    encoder = recodec.incremental_encoder(name)
    written = [encoder.encode(text[at : at + size]) for at in range(0, len(text), size)]
    assert b"".join(written) + encoder.encode("", True) == data


@pytest.mark.parametrize("name", NAMES)
def test_every_state_can_be_gone_back_to(name: str) -> None:
    """TextIOWrapper.seek() lives on this."""
    if sys.implementation.name == "pypy" and name == "hz":
        pytest.skip("the states of PyPy's decoder do not say whether the text is Chinese")
    text = sample(name)
    data = recodec.encode(text, name)
    decoder = recodec.incremental_decoder(name)
    states = []
    for byte in data:
        states.append(decoder.getstate())
        decoder.decode(bytes((byte,)))
    whole = [decoder.getstate()]
    for at in range(0, len(data), 5):
        decoder.setstate(states[at])
        rest = decoder.decode(data[at:], True)
        assert text.endswith(rest)
    decoder.setstate(whole[0])


@given(data=st.data())
def test_garbage_gives_the_same_in_pieces(data: st.DataObject) -> None:
    """With errors replaced, no cut changes the text, and nothing but UnicodeError is raised."""
    name = data.draw(st.sampled_from([one for one in NAMES if one not in _FAULTY]))
    junk = data.draw(st.binary(max_size=60) | st.sampled_from(list(_nasty())))
    cuts = data.draw(st.lists(st.integers(0, 60), max_size=6))
    whole = recodec.decode(junk, name, "replace").text
    decoder = recodec.incremental_decoder(name, "replace")
    pieces = [decoder.decode(piece) for piece in cut(junk, cuts)]
    assert "".join(pieces) + decoder.decode(b"", True) == whole


# Charsets whose codecs hold something back, of every kind.
_HOLDING = (
    *("bocu-1", "c99", "cesu-8", "compound-text", "cp930", "cp932", "cp50220", "euc_jis_2004"),
    *("gb18030", "iscii-mlm", "iso2022_cn", "java", "johab", "lmbcs-1", "scsu", "tscii", "ucs-2"),
    *("utf-16", "utf-32", "utf-8", "utf-8-mac", "utf-8-sig", "utf-ebcdic", "viqr"),
)


def _place(run: Callable[[], object]) -> tuple[int, int, int] | None:
    """Where the conversion fails: offset, line and column."""
    try:
        run()
    except (DecodeError, EncodeError) as error:
        return error.offset, error.line, error.column
    return None


@given(data=st.data())
def test_a_bad_byte_has_one_place_however_it_is_cut(data: st.DataObject) -> None:
    """Also behind bytes that were held back, and within shifts."""
    name = data.draw(st.sampled_from(_HOLDING))
    good = recodec.encode(sample(name)[: data.draw(st.integers(0, 20))], name)
    junk = good + data.draw(st.binary(min_size=1, max_size=3)) + good
    cuts = data.draw(st.lists(st.integers(0, len(junk)), max_size=4))

    def in_pieces() -> None:
        decoder = recodec.incremental_decoder(name)
        for piece in cut(junk, cuts):
            decoder.decode(piece)
        decoder.decode(b"", True)

    assert _place(in_pieces) == _place(lambda: recodec.decode(junk, name))


@given(data=st.data())
def test_a_lacking_character_has_one_place_however_it_is_cut(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(_HOLDING))
    good = sample(name)[: data.draw(st.integers(0, 20))]
    text = (
        good + data.draw(st.sampled_from(["\u200d", "\U0001f600", "\u304b\u309a", "\x81"])) + good
    )
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=4))

    def in_pieces() -> None:
        encoder = recodec.incremental_encoder(name)
        for start, end in pairwise([0, *sorted(cuts), len(text)]):
            encoder.encode(text[start:end])
        encoder.encode("", True)

    assert _place(in_pieces) == _place(lambda: recodec.encode(text, name))


def test_a_run_without_end_is_told_by_its_last_byte() -> None:
    decoder = recodec.incremental_decoder("utf-7-imap", "backslashreplace")
    assert decoder.decode(b"&MEQ") + decoder.decode(b"", True) == "\u3044\\x51"
    assert decoder.decode(b"a", True) == "a"


def test_half_a_code_of_lotus_is_no_code() -> None:
    """As in ICU, a group takes the bytes of a code with it where these are none."""
    decoder = recodec.incremental_decoder("lmbcs-1", "replace")
    assert decoder.decode(b"\x11c") + decoder.decode(b"\x11\xa4\xa1", True) == "\ufffdñí"
    assert decoder.decode(b"\x11") + decoder.decode(b"\xa4\xa1", True) == "\u3131"


# CPython's own incremental decoders of these differ from its one-shot ones after errors, or
# give up with "pending buffer overflow" on malformed escapes.
_FAULTY = {name for name in NAMES if name.startswith("iso2022_") and name != "iso2022_cn"} | {
    "hz",
    "utf-7",
}


def _nasty() -> Iterator[bytes]:
    for escape in (b"\x1b", b"\x1b$", b"\x1b$B", b"\x1b(I", b"\x1b$(D", b"\x1b$)A\x0e", b"\x0e"):
        for tail in (b"", b"\x1b", b"0", b"0!0", b"0!\xff", b"\x0f0!", b"\n0!", b"~~", b"\xb1"):
            yield escape + tail


@given(data=st.binary(max_size=40), name=st.sampled_from(NAMES))
def test_strict_decoding_raises_nothing_but_decode_error(data: bytes, name: str) -> None:
    try:
        text = recodec.decode(data, name).text
    except DecodeError as error:
        assert 0 <= error.start < error.end <= len(data)
        assert error.line >= 1 and error.column >= 1
    else:
        assert recodec.decode(data, name, "replace").text == text


@given(text=st.text(st.sampled_from(SCRIPTS + "\ud800\U0001f600\x0e\x1b"), max_size=40))
def test_encoding_raises_nothing_but_encode_error(text: str) -> None:
    for name in ("cp50220", "cp50221", "cp50222", "iso2022_cn", "euc_tw", "viscii", "mik", "utf-7"):
        try:
            data = recodec.encode(text, name)
        except EncodeError as error:
            assert text[error.start : error.end]
            data = recodec.encode(text, name, "ignore")
        recodec.decode(data, name)
        assert isinstance(recodec.encode(text, name, "xmlcharrefreplace"), bytes)
        recodec.encode(text, name, "replace")


def test_a_mark_is_optional_in_pieces_too() -> None:
    """CPython's incremental utf-16 refuses what its one-shot codec takes."""
    for name in ("utf-16", "utf-32"):
        plain = "añb".encode(f"{name}-le" if route_is_little() else f"{name}-be")
        decoder = recodec.incremental_decoder(name)
        text = "".join(decoder.decode(plain[at : at + 1]) for at in range(len(plain)))
        assert text + decoder.decode(b"", True) == plain.decode(name) == "añb"


def route_is_little() -> bool:
    return "a".encode("utf-16").startswith(codecs.BOM_UTF16_LE)


def test_half_a_signature_is_not_swallowed() -> None:
    """CPython's incremental utf-8-sig drops a final EF BB."""
    decoder = recodec.incremental_decoder("utf-8-sig")
    assert decoder.decode(b"\xef\xbb") == ""
    with pytest.raises(DecodeError):
        decoder.decode(b"", True)


def test_names_find_the_registry_first() -> None:
    assert route("L1").name == "iso8859-1"
    assert route("latin_1") is route("latin_1")
    assert recodec.decode(b"\x80", "windows-1252").encoding == "cp1252"
    assert recodec.decode(b"a\\u00e9", "raw-unicode-escape").text == "aé", "CPython's, not ours"


@given(text=st.text(st.sampled_from("ab\r\n日"), max_size=30), cuts=st.lists(st.integers(0, 30)))
def test_positions_do_not_depend_on_pieces(text: str, cuts: list[int]) -> None:
    place = Position()
    start = 0
    for end in [*sorted(min(offset, len(text)) for offset in cuts), len(text)]:
        place.advance(text[start:end])
        start = end
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert (place.line, place.column) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    ("name", "errors", "data", "column"),
    [
        ("utf-8", "surrogatepass", b"\xc3\xa9\xed\xa0\x80\xc3\xa9\xff", 4),
        ("utf-16-le", "surrogatepass", b"a\0\0\xd8b\0c", 4),
        ("utf-32-le", "surrogateescape", b"a\0\0\0\xff\xff\xff\xffb\0\0\0*\0\xeb\xcc", 7),
        ("cp937", "surrogateescape", b"\xc1\x0e\xff\xff\x0f-\x0e\x41", None),
    ],
)
def test_columns_count_what_the_policy_has_put(
    name: str, errors: str, data: bytes, column: int | None
) -> None:
    def told(decode: Callable[[], object]) -> tuple[int, int, int] | None:
        try:
            decode()
        except recodec.DecodeError as error:
            return error.offset, error.line, error.column
        return None

    def in_pieces() -> None:
        decoder = recodec.incremental_decoder(name, errors)  # type: ignore[arg-type]
        for at in range(len(data)):
            decoder.decode(data[at : at + 1])
        decoder.decode(b"", True)

    whole = told(lambda: recodec.decode(data, name, errors))  # type: ignore[arg-type]
    assert whole == told(in_pieces)
    assert column is None or (whole is not None and whole[2] == column)
