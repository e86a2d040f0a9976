"""Ends of lines, normalization forms and byte order marks on the way from bytes to bytes."""

from __future__ import annotations

import codecs
import io
import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec import EncodeError, OptionError
from recodec._recoding.recoder import Recoder
from recodec._recoding.text_filter import NEWLINES, NORMALIZATIONS, Newlines, Normalizer
from roads import cut

# Letters with marks, letters that merge into one, and the few that merge without being marks.
MERGING = (
    "ae\u0301\u0323\u0308\u0344é가각\u1100\u1161\u11a8ｶﾞ\uff9f\u3099か\u0327\u09c7\u09be\u09d7"
    "\u0bc6\u0bbe\u1b05\u1b35\u2126\ufb01½①\u3131\u314f\uffa1\uffc2\U0001d15e\u212b\u0f73 \n"
)


def _cut(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted(min(at, len(text)) for at in cuts), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(edges)]


@pytest.mark.parametrize("form", NORMALIZATIONS)
@given(
    text=st.text(st.sampled_from(MERGING) | st.characters(), max_size=30),
    cuts=st.lists(st.integers(0, 30), max_size=6),
)
def test_normalizing_in_pieces_is_normalizing_at_once(
    form: str, text: str, cuts: list[int]
) -> None:
    step = Normalizer(form)  # type: ignore[arg-type]
    pieces = [step.feed(piece, False) for piece in _cut(text, cuts)]
    assert "".join(pieces) + step.feed("", True) == unicodedata.normalize(form, text)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", NORMALIZATIONS)
def test_every_two_characters_in_pieces(form: str) -> None:
    """Chance cuts hardly one text in a hundred where two characters merge."""
    for pair in itertools.product(MERGING, repeat=2):
        step = Normalizer(form)  # type: ignore[arg-type]
        done = step.feed(pair[0], False) + step.feed(pair[1], False) + step.feed("", True)
        assert done == unicodedata.normalize(form, "".join(pair)), pair  # type: ignore[arg-type]


def test_every_character_that_merges_backwards_is_held() -> None:
    """All characters that any other begins or continues with under canonical composition."""
    step = Normalizer("NFC")
    seconds = set()
    for code in range(0x110000):
        rule = unicodedata.decomposition(chr(code))
        if rule and "<" not in rule and " " in rule:
            seconds.add(chr(int(rule.split()[1], 16)))
    assert len(seconds) > 50
    assert [one for one in seconds if step._begins(one)] == []
    assert not any(step._begins(chr(code)) for code in (*range(0x1161, 0x1176), 0x11A8, 0x11C2))
    assert all(map(step._begins, "aé字かア한יกक"))


def test_no_more_is_held_than_can_change() -> None:
    assert Normalizer("NFC").feed("plain text", False) == "plain tex"


def test_marks_without_end_do_not_fill_the_memory() -> None:
    step = Normalizer("NFC")
    for _ in range(40):
        step.feed("\u0301" * 10_000, False)
        assert len(step._held) < 200_000


@given(
    text=st.text(st.sampled_from("ab\r\n\u0085"), max_size=20),
    cuts=st.lists(st.integers(0, 20), max_size=6),
    newline=st.sampled_from(["lf", "crlf", "cr", "nel"]),
    nel=st.booleans(),
)
def test_newlines_in_pieces(text: str, cuts: list[int], newline: str, nel: bool) -> None:
    step = Newlines(NEWLINES[newline], nel=nel)
    got = "".join(step.feed(piece, False) for piece in _cut(text, cuts)) + step.feed("", True)
    ends = "\r\n|\r|\n|\u0085" if nel else "\r\n|\r|\n"
    assert got == re.sub(ends, NEWLINES[newline], text)


def test_newlines_of_recode() -> None:
    data = "a\r\nb\rc\nd".encode("utf-16-le")
    for newline, end in (("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")):
        got = recodec.recode(data, "cp1252", "utf-16-le", newline=newline)  # type: ignore[call-overload]
        assert got == end.join("abcd").encode()
    assert recodec.recode(data, "cp1252", "utf-16-le") == b"a\r\nb\rc\nd"


def test_lines_of_ebcdic() -> None:
    """15 is NEL and 25 is LF; most files from such machines end their lines with NEL."""
    assert recodec.recode(b"\xc1\x15\xc2\x25\xc3", "ascii", "cp037", newline="lf") == b"A\nB\nC"
    assert recodec.recode(b"A\nB\r\nC", "cp037", "ascii", newline="nel") == b"\xc1\x15\xc2\x15\xc3"
    assert recodec.recode(b"A\r\n", "cp037", "ascii", newline="lf") == b"\xc1\x25"
    # Elsewhere NEL is a control character, not the end of a line.
    assert recodec.recode("a\u0085b\n".encode(), "utf-8", "utf-8", newline="crlf") == (
        "a\u0085b\r\n".encode()
    )


def test_normalization_of_recode() -> None:
    data = "Ame\u0301lie ﬁ".encode()
    with pytest.raises(EncodeError):
        recodec.recode(data, "iso8859-1")
    assert recodec.recode(data, "iso8859-1//IGNORE", normalize="NFC") == b"Am\xe9lie "
    assert recodec.recode(data, "iso8859-1", normalize="nfkc") == b"Am\xe9lie fi"  # type: ignore[call-overload]
    assert recodec.recode("é".encode(), "utf-8", normalize="NFD") == "e\u0301".encode()


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("utf-8", codecs.BOM_UTF8 + "é".encode()),
        ("utf-8-sig", codecs.BOM_UTF8 + "é".encode()),
        (None, codecs.BOM_UTF8 + "é".encode()),
        ("utf-16", codecs.BOM_UTF16_BE + "é".encode("utf-16-be")),
        ("utf-16-le", codecs.BOM_UTF16_LE + "é".encode("utf-16-le")),
        (None, codecs.BOM_UTF16_LE + "é".encode("utf-16-le")),
        ("utf-32", codecs.BOM_UTF32_LE + "é".encode("utf-32-le")),
    ],
)
def test_marks_are_kept_added_and_stripped(source: str | None, marked: bytes) -> None:
    def recode(to: str, bom: str, data: bytes = marked) -> bytes:
        return recodec.recode(data, to, source, bom=bom)  # type: ignore[call-overload, no-any-return]

    for bom in ("keep", "add"):
        assert recode("utf-8", bom) == codecs.BOM_UTF8 + b"\xc3\xa9"
        assert recode("utf-8-sig", bom) == codecs.BOM_UTF8 + b"\xc3\xa9", "never two"
        assert recode("utf-16-be", bom) == codecs.BOM_UTF16_BE + b"\x00\xe9"
        assert recode("utf-16", bom) == "é".encode("utf-16")
        assert recode("cp1252", bom) == b"\xe9", "other charsets have no mark"
    for to in ("utf-8", "utf-8-sig"):
        assert recode(to, "strip") == b"\xc3\xa9"
    assert recode("utf-16", "strip") == "é".encode("utf-16")[2:]
    assert recode("utf-32", "strip") == "é".encode("utf-32")[4:]
    bare = recodec.recode(marked, source or "utf-8", source, bom="strip")
    if source is not None:
        assert recode("utf-8", "keep", bare) == b"\xc3\xa9", "there was none to keep"
        assert recode("utf-8", "add", bare) == codecs.BOM_UTF8 + b"\xc3\xa9"


def test_empty_input_gets_the_mark_that_is_asked_for() -> None:
    assert recodec.recode(b"", "utf-8", "ascii", bom="add") == codecs.BOM_UTF8
    assert recodec.recode(b"", "utf-8", "ascii", bom="keep") == b""
    assert recodec.recode(codecs.BOM_UTF8, "utf-16-le", "utf-8", bom="keep") == b"\xff\xfe"


@pytest.mark.parametrize(
    "options", [{"newline": "LF"}, {"newline": None}, {"normalize": "NFX"}, {"bom": "maybe"}]
)
def test_options_that_make_no_sense(options: dict[str, object]) -> None:
    with pytest.raises(OptionError):
        recodec.recode(b"x", "utf-8", "ascii", **options)  # type: ignore[call-overload]


@given(
    text=st.text(st.sampled_from("a\r\né\u0301e\ufeff漢～ｶﾞ€"), max_size=20),
    cuts=st.lists(st.integers(0, 60), max_size=6),
    source=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-be", "gb18030"]),
    target=st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "iso2022_jp", "cp1252", "euc_jp"]),
    errors=st.sampled_from(["replace", "collect,translit", "xmlcharrefreplace"]),
    newline=st.sampled_from(["keep", "lf", "crlf"]),
    normalize=st.sampled_from([None, "NFC", "NFKD"]),
    bom=st.sampled_from([None, "keep", "add", "strip"]),
    lenient=st.booleans(),
)
def test_pieces_streams_and_one_call_agree(
    text: str, cuts: list[int], source: str, target: str, **options: object
) -> None:
    data = text.encode(source)
    whole = recodec.recode(data, target, source, **options)  # type: ignore[call-overload]
    recoder = Recoder(source, target, **options)  # type: ignore[arg-type]
    pieces = b"".join(recoder.feed(piece) for piece in cut(data, cuts)) + recoder.feed(b"", True)
    out = io.BytesIO()
    done = recodec.recode_stream(io.BytesIO(data), out, target, source, **options)  # type: ignore[arg-type]
    assert pieces == out.getvalue() == bytes(whole)
    if options["errors"] == "collect,translit":
        expected = [(one.offset, one.line, one.column) for one in whole.problems]
        assert [(one.offset, one.line, one.column) for one in recoder.problems] == expected
        assert [(one.offset, one.line, one.column) for one in done.problems] == expected
        assert done.replaced == len(expected)


def test_streams_tell_how_much_was_replaced() -> None:
    out = io.BytesIO()
    done = recodec.recode_stream(
        io.BytesIO("a€b€\xff".encode("cp1252")), out, "ascii", "cp1252", "replace"
    )
    assert (out.getvalue(), done.replaced, done.problems) == (b"a?b??", 3, ())
    done = recodec.recode_stream(io.BytesIO(b"x\xffy"), out, "ascii", "utf-8", "collect")
    assert done.replaced == 2, "the byte, and U+FFFD that ASCII lacks"
    assert [type(one).__name__ for one in done.problems] == ["DecodeError"], "one place"


@pytest.mark.parametrize("text", ["a\r\nb", "a\r", "\r\r\n", "\r\n\r\n"])
def test_newlines_wherever_they_are_cut(text: str) -> None:
    """A CR at the end of a piece is half a line end or a whole one."""
    for end in ("\n", "\r\n", "\r"):
        whole = Newlines(end, nel=False).feed(text, True)
        for at in range(len(text) + 1):
            step = Newlines(end, nel=False)
            assert step.feed(text[:at], False) + step.feed(text[at:], True) == whole


@pytest.mark.parametrize(
    "text", ["\u1100\u1161\u11a8x", "\u09c7\u09be", "e\u0323\u0301\u0308", "\U00016d67\U00016d67"]
)
def test_normalizing_wherever_it_is_cut(text: str) -> None:
    for at in range(1, len(text)):
        step = Normalizer("NFC")
        pieces = step.feed(text[:at], False) + step.feed(text[at:], True)
        assert pieces == unicodedata.normalize("NFC", text)
