"""Encodings with rules of their own: known bytes, what CPython reads, any cutting."""

from __future__ import annotations

import codecs
import encodings
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._coding.route import route
from recodec._errors import UnsupportedCharsetError
from recodec._registry import charsets
from recodec.codecs import build, flavour
from recodec.codecs._charset_tables import VARIANTS
from recodec.codecs._whatwg_labels import LABELS

# Encoding, text, bytes, and who says so.
KNOWN = [
    ("scsu", "Öl fließt", bytes.fromhex("d66c20666c6965df74"), "UTR 6, 9.1"),
    ("bocu-1", "a\nb", bytes.fromhex("b10ab2"), "UTN 6: LF resets"),
    ("bocu-1", "Привет", b"\xd3\xd3\x90\x88\x82\x85\x92", "ICU"),
    ("cesu-8", "😀", bytes.fromhex("eda0bdedb880"), "UTR 26"),
    ("mutf-8", "a\0😀\ud800", bytes.fromhex("61c080eda0bdedb880eda080"), "Java data streams"),
    ("utf-ebcdic", "a1\n\xa0", b"\x81\xf1\x15\x80\x41", "UTR 16: C5 A0"),
    (
        "utf-7-imap",
        "~peter/mail/台北/日本語",
        b"~peter/mail/&U,BTFw-/&ZeVnLIqe-",
        "RFC 3501",
    ),
    ("utf-7-imap", "&é", b"&-&AOk-", "ICU and glibc"),
    ("c99", "aé😀\\", rb"a\u00e9\U0001f600" + b"\\", "ISO C99, 6.4.3"),
    ("java", "aé😀", rb"a\u00e9\ud83d\ude00", "Java Language Specification, 3.3"),
    ("utf-8-mac", "がé", "か\u3099e\u0301".encode(), "HFS+"),
    ("ucs-2", "aé", b"\0a\0\xe9", "GNU libiconv"),
    ("ucs-4-le", "a😀", b"a\0\0\0\0\xf6\1\0", "ISO 10646"),
    ("utf-16-be-sig", "a", b"\xfe\xff\0a", "nkf"),
    ("utf-32-le-sig", "a", b"\xff\xfe\0\0a\0\0\0", "Java"),
    ("gsm0338", "a€[", b"a\x1be\x1b<", "3GPP TS 23.038"),
    ("viqr", "Việt", b"Vie^.t", "RFC 1456"),
    ("viqr", "a. b", b"a\\. b", "RFC 1456: a backslash before a mark"),
    ("vni", "Việt", b"Vie\xe4t", "VNI for Windows"),
    ("tscii", "கொ", b"\xa6\xb8\xa1", "TSCII 1.7"),
    ("iscii-dev", "हिन्दी", b"\xd8\xdb\xc6\xe8\xc4\xdc", "IS 13194"),
    ("iscii-dev", "அ\nह", b"\xefD\xa4\n\xd8", "IS 13194: ATR lasts to the end of the line"),
    ("cp930", "A亜1", b"\xc1\x0e\x48\x67\x0f\xf1", "ICU and glibc"),
    ("iso-6937", "é", b"\xc2e", "ISO 6937: the accent before the letter"),
    ("t.61-8bit", "ü", b"\xc8u", "T.61"),
    ("lmbcs-1", "aéЖ", b"a\x82\x05\xc6", "ICU"),
    ("compound-text", "é日", b"\xe9\x1b$)B\xc6\xfc", "X Consortium"),
    ("iso2022_cn", "中\n國", b"\x1b$)A\x0eVP\x0f\n\x1b$)G\x0eYO\x0f", "RFC 1922"),
    ("iso2022_cn_ext", "啊", b"\x1b$)A\x0e0!\x0f", "RFC 1922"),
    ("jis8", "亜ｱ", b"\x1b$B0!\xb1\x1b(B", "ICU"),
    ("cp50222", "ｱa", b"\x0e1\x0fa", "Microsoft"),
    ("cp50221", "\ue000\ue757", b"\x1b$B\x7f!\x92~\x1b(B", "GNU libiconv: rows 95 to 114"),
    ("libiconv:cp1258", "\u1ebf", b"\xea\xec", "GNU libiconv composes"),
    ("libiconv:cp943", "〜", b"\x81\x60", "GNU libiconv"),
    ("icu:shift_jis", "～", b"\x81\x60", "IBM"),
    ("glibc:shift_jis", "¥", b"\x5c", "GNU libc"),
    ("glibc:cp851", "Ν", b"\xb7", "GNU libc, which exchanges it with Μ"),
    ("cp851", "Ν", b"\xb8", "IBM's chart"),
    ("euc_tw", "‵′", b"\xa1\xea\xa1\xeb", "Big5 by the map of RFC 1922, A.1"),
    ("glibc:euc_tw", "′‵", b"\xa1\xea\xa1\xeb", "GNU libc, which exchanges the two"),
    ("icu:ibm-1250", "ž", b"\x9e", "ICU"),
]


@pytest.mark.parametrize(
    ("name", "text", "data", "source"), KNOWN, ids=lambda each: repr(each)[:30]
)
def test_known_bytes(name: str, text: str, data: bytes, source: str) -> None:
    way = route(name)
    assert way.encode(text, "strict")[0] == data, source
    assert way.decode(data, "strict")[0] == text, source


# What implementations do with odd input, measured: section "measured" of the shared rules. Where
# they differ, the name has CPython's way if it is CPython's, else the standard's.
MEASURED = [
    ("iso2022_kr", "0e30210f61", "0!a"),
    ("iso2022_kr", "1b2429430e30210f61", "가a"),
    ("iso2022_kr", "1b2429430e30212030210f61", None),
    ("iso2022_kr", "1b2429430e30210a30210f61", "가\n0!a"),
    ("iso2022_kr", "1b2429430e3021", "가"),
    ("iso2022_kr", "1b242943610a1b2429430e30210f", "a\n가"),
    ("iso2022_cn", "1b2429410e30210f61", "啊a"),
    ("iso2022_cn", "0e30210f61", None),
    ("iso2022_cn", "1b2429410e30210a30210f61", "啊\n0!a"),
    ("iso2022_cn", "1b2429410e30210f0a0e30210f", None),
    ("iso2022_cn", "1b242a481b4e212161", "乂a"),
    ("cp930", "0e44810fc1", "あA"),
    ("cp930", "0e448115c1", None),
    ("cp930", "0e448125c1", None),
    ("cp930", "0e0e44810f", "あ"),
    ("cp930", "0fc1", "A"),
    ("cp930", "0e4481", "あ"),
    ("cp930", "15", "\x85"),
    ("cp930", "25", "\n"),
    ("iso2022_jp_2", "1b2e411b4e6961", "éa"),
    ("iso2022_jp_2", "1b2e410a1b4e69", "\né"),
    ("iso2022_jp_2", "1b285a6162", None),
    # ECMA-35: a single shift needs a designation, and one into G0 does not end SO. Readers of
    # Microsoft's code pages (nkf, GNU libiconv) have it that it does.
    ("iso2022_jp_2", "611b4e69", None),
    ("iso2022_cn", "1b4e2121", None),
    ("iso2022_kr", "1b2429430e30211b28423021", "가가"),
    ("jis7", "0e311b2842310f", "ｱｱ"),
    ("cp50222", "0e311b244224221b2842", "ｱあ"),
    ("utf-7-imap", "61262d62", "a&b"),
    ("utf-7-imap", "265a65552d265a65552d", None),
    ("utf-7-imap", "264147452d", None),
    ("utf-7-imap", "265a6555", None),
    ("cesu-8", "eda0bdedb880", "😀"),
    ("cesu-8", "f09f9880", None),
    ("cesu-8", "eda0bd", None),
    ("hz", "7e7b30210a30217e7d61", None),
    ("hz", "7e7861", None),
    ("hz", "7e7b3021", "啊"),
    ("hz", "617e0a62", "ab"),
    ("utf-7", "2b21", None),
    ("utf-7", "2b2d", "+"),
    ("utf-7", "2b4147462d", None),
]


@pytest.mark.parametrize(("name", "data", "text"), MEASURED)
def test_measured(name: str, data: str, text: str | None) -> None:
    decode = route(name).decode
    # Behind plain text that is long enough for the core.
    plain = "plain text\n" * 300
    start = route(name).encode(plain, "strict")[0] if name != "utf-7-imap" else b""
    for before, head in (("", b""), (plain if start else "", start)):
        raw = head + bytes.fromhex(data)
        if text is None:
            with pytest.raises(UnicodeDecodeError):
                decode(raw, "strict")
        else:
            assert decode(raw, "strict")[0] == before + text


OURS_TOO = ["iso2022_jp", "iso2022_jp_1", "iso2022_jp_3", "iso2022_jp_2004", "iso2022_jp_ext"]
SETS = [b"", b"\x1b(J", b"\x1b$B", b"\x1b$@", b"\x1b$(D", b"\x1b$(O", b"\x1b$(Q", b"\x1b$(P"]
TILDES = ("~", "\uff5e")  # CPython reads that of JIS X 0212 and 0213 as ASCII's


@pytest.mark.parametrize("name", [*OURS_TOO, "iso2022_jp_2", "iso2022_kr"])
def test_our_decoder_reads_what_cpython_s_does(name: str) -> None:
    theirs = encodings.search_function(name)
    ours = build(charsets.lookup(name))
    assert theirs is not None
    assert ours is not None
    compared = 0
    for escape in (*SETS, b"\x1b$A", b"\x1b$(C", b"\x1b$)C\x0e"):
        try:
            theirs.decode(escape)
            ours.decode(escape)
        except UnicodeError:
            continue
        for row in range(0x21, 0x7F, 2):
            for cell in range(0x21, 0x7F, 3):
                data = escape + bytes((row, cell))
                expected = theirs.decode(data, "ignore")[0]
                if not expected or (name == "iso2022_kr" and escape == b"\x1b$(C"):
                    continue
                got = ours.decode(data)[0]
                assert got == expected or got.replace(*TILDES[::-1]) == expected
                compared += 1
    assert compared > 2000


@pytest.mark.parametrize("name", [*OURS_TOO, "iso2022_jp_2", "iso2022_kr"])
def test_malformed_escapes_do_not_end_a_stream(name: str) -> None:
    """CPython: "pending buffer overflow"."""
    decoder = recodec.incremental_decoder(name, "replace")
    text = "".join(decoder.decode(bytes((byte,))) for byte in b"a\x1b$(!!!!!!!!b\x1b")
    assert text + decoder.decode(b"", True) == "a\ufffd$(!!!!!!!!b\ufffd"


def names() -> list[str]:
    found = []
    for charset in charsets.all_charsets():
        try:
            route(charset.name)
        except UnsupportedCharsetError:
            continue
        found.append(charset.name)
    found += [
        f"{who}:{name}"
        for name, variants in VARIANTS.items()
        for who in variants
        if ":" not in who and who != "whatwg"
    ]
    found += [
        f"{who}:{charset.name}"
        for charset in charsets.all_charsets()
        for who in ("icu", "glibc", "libiconv")
        if charset.kind in ("stateful", "unicode")
        and hasattr(flavour(who, charset.name), "machine")
    ]
    return found + [f"whatwg:{name}" for name in sorted(set(LABELS.values()))]


NAMES = names()
TOKENS = (
    *(b"\x1b(B", b"\x1b$B", b"\x1b$(D", b"\x1b(J", b"\x1b$)A", b"\x1b$)C", b"\x1b$*H", b"\x1bN"),
    *(b"\x0e", b"\x0f", b"~{", b"~}", b"+", b"&", b"-", b"\\u", b"00e9", b"\x1b%G", b"\xefD"),
    *(b"\x1b$)G", b"\x1b$+I", b"\x1bO", b"~~", b"~", b"\r", b"AOk", b"Q", b"\xd9", b"\xe8"),
    *(b"0!", b'$"', b"\xed\xa0\xbd", b"\xed\xb8\x80", b"\x81\x30\x81\x30", b"\xff\xfe", b"\n"),
)
PIECES = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4))
CUTS = st.lists(st.integers(1, 4), min_size=1, max_size=12)


def test_every_encoding_is_cut() -> None:
    assert len(NAMES) > 650


@given(name=st.sampled_from(NAMES), pieces=st.lists(PIECES, max_size=8), sizes=CUTS)
def test_cuts_do_not_matter_when_reading(name: str, pieces: list[bytes], sizes: list[int]) -> None:
    """Any chunking, with the state taken out and put back at each cut."""
    data = b"".join(pieces)
    way = route(name)
    expected = way.decode(data, "replace")[0]
    text, at, number = "", 0, 0
    decoder = way.incremental_decoder("replace")
    while at < len(data):
        size = sizes[number % len(sizes)]
        text += decoder.decode(data[at : at + size])
        state = decoder.getstate()
        decoder = way.incremental_decoder("replace")
        decoder.setstate(state)
        at, number = at + size, number + 1
    assert text + decoder.decode(b"", True) == expected


@given(
    name=st.sampled_from(NAMES),
    text=st.text(st.sampled_from("aé~\\+&ｱﾞか\u309aế日本\u0301中國가Ж😀\n-dD.(^ा"), max_size=12),
    sizes=CUTS,
)
def test_cuts_do_not_matter_when_writing(name: str, text: str, sizes: list[int]) -> None:
    way = route(name)
    expected = way.encode(text, "ignore")[0]
    out, at, number = b"", 0, 0
    encoder = way.incremental_encoder("ignore")
    while at < len(text):
        size = sizes[number % len(sizes)]
        out += encoder.encode(text[at : at + size])
        state = encoder.getstate()
        encoder = way.incremental_encoder("ignore")
        encoder.setstate(state)
        at, number = at + size, number + 1
    assert out + encoder.encode("", True) == expected


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("utf-16-be-sig", "utf-16-be"),
        ("utf-32-le-sig", "utf-32-le"),
        ("ucs-4-be", "utf-32-be"),
        ("ucs-2-le", "utf-16-le"),
        ("utf-16-version2", "utf-16-be"),
    ],
)
def test_long_text_is_read_and_written_in_runs(name: str, form: str) -> None:
    """Pairs of surrogates across their ends, and what is wrong in the middle of one."""
    way = route(name)
    for shift in range(4):
        text = "a" * shift + "b中😀" * 3000
        if name == "ucs-2-le":
            text = text.replace("😀", "é")
        data = way.encode(text, "strict")[0]
        assert data.removeprefix("\ufeff".encode(form)) == text.encode(form)
        assert way.decode(data, "strict")[0] == text
        wrong = text[:5000] + "\udc00" + text[5000:]
        assert way.encode(wrong, "ignore")[0] == data
        bad = wrong.encode(form, "surrogatepass")
        assert way.decode(bad, "replace")[0] == text[:5000] + "\ufffd" + text[5000:]
    if name == "ucs-2-le":
        assert way.encode("ab😀" * 3000, "replace")[0] == ("ab?" * 3000).encode(form)
        assert way.decode(("a😀" * 3000).encode(form), "replace")[0] == "a\ufffd\ufffd" * 3000


@given(text=st.text(max_size=30))
def test_what_holds_all_of_unicode_gives_it_back(text: str) -> None:
    text = text.encode("utf-16-le", "ignore").decode("utf-16-le")
    for name in ("scsu", "bocu-1", "cesu-8", "mutf-8", "utf-ebcdic", "utf-7-imap", "c99", "ucs-4"):
        way = route(name)
        if name == "c99" and "\\" in text:
            continue  # a backslash before u is what it stands for
        if name == "ucs-4" and text.startswith("\ufeff"):
            continue  # would be a byte order mark
        assert way.decode(way.encode(text, "strict")[0], "strict")[0] == text
    assert route("gb18030-2022").decode(route("gb18030-2022").encode(text, "ignore")[0], "strict")


def test_a_flavour_of_a_label_keeps_its_name() -> None:
    """ICU's "chinese" is the bare set, its "gb2312" is EUC: an error must not name the other."""
    assert route("icu:chinese").name == "icu:chinese"
    assert b"0f".decode(route("icu:chinese").name) == "\u7248"
    assert route("icu:gb2312").name == "icu:gb2312"
    with pytest.raises(recodec.DecodeError) as caught:
        recodec.decode(b"0fa", "icu:chinese")
    assert (caught.value.encoding, caught.value.column) == ("icu:chinese", 2)


def test_a_flavour_is_no_alias_that_looks_like_it() -> None:
    """ICU calls cp935 java-Cp935 too, which is the same as java:cp935 to `codecs.lookup`."""
    assert codecs.lookup("java:cp935").name == route("java:cp935").name == "java:cp935"
    assert b"\x15".decode("java:cp935") == b"\x15".decode("cp935").replace("\x85", "\n")


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        # Measured with iconv (glibc 2.36) and uconv (ICU 72.1).
        ("glibc:cp950", b"\xa4\xa4\x80", "中\x80"),
        ("icu:tis-620", b"\x1a\x80\xa1", "\x1a€ก"),
        ("icu:ibm-874_p100-1995", b"\x1a\xa1", "\x1cก"),
    ],
)
def test_names_that_implementations_share(name: str, data: bytes, text: str) -> None:
    assert recodec.decode(data, name).text == text
    assert recodec.encode(text, name) == data


@pytest.mark.parametrize("name", ["whatwg:gbk", "icu:cp437", "glibc:cp930", "scsu", "cp1390"])
def test_found_by_python_itself(name: str) -> None:
    """`bytes.decode`, `str.encode` and `open` know the names once recodec is imported."""
    assert "abc".encode(name).decode(name) == "abc"
    assert codecs.lookup(name).name == route(name).name
    file = io.TextIOWrapper(io.BytesIO("abc\n".encode(name)), encoding=name)
    assert file.read() == "abc\n"


@pytest.mark.parametrize(
    "name", ["icu:no-such", "glibc:scsu", "java:nope", "web:big5", "whatwg:cp932"]
)
def test_unknown_flavours(name: str) -> None:
    with pytest.raises(recodec.UnknownCharsetError):
        route(name)
    with pytest.raises(LookupError):
        codecs.lookup(name)
