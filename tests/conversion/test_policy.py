"""Error policies: by name, in a row, as functions; in one go and in pieces; over all charsets."""

from __future__ import annotations

import codecs
import gc
import io
import itertools
import lzma
import pickle
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from charset_samples import SCRIPTS, decodable
from recodec import DecodeError, EncodeError, OptionError, UnknownCharsetError
from recodec._coding.incremental import IncrementalEncoder
from recodec._coding.route import route
from recodec._conversion.lenient import TWINS
from recodec._conversion.policy import Policy, split_suffixes
from recodec._conversion.route import Route
from roads import cut

NAMES = decodable()
WRITERS = [
    "ignore",
    "replace",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
    "translit,ignore",
    "translit,backslashreplace",
    "collect",
    "collect,translit",
]
PROSE = "１０～２０％－２、「∥」と￠￡￢。―以上 “Größe” …\nЁлка ㈱①\r\n한국어 漢字 é\U0001f600"


# -- Lenient ---------------------------------------------------------------------------------------

# What cp932 reads these cells as, and what the others have in the same cells.
TWO_WAY = "～－∥￠￡￢"


@pytest.mark.parametrize(
    "name", ["euc_jp", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_ext", "shift_jis"]
)
def test_windows_japanese_fits_into_jis(name: str) -> None:
    """CPython cannot convert this at all."""
    windows = f"１０{TWO_WAY}２０ほか".encode("cp932")
    with pytest.raises(EncodeError, match=r"lenient=True \(writes '\\u301c'\)"):
        recodec.recode(windows, name, "cp932")
    there = recodec.recode(windows, name, "cp932", lenient=True)
    assert there.decode(name) == "１０〜−‖¢£¬２０ほか"
    assert recodec.recode(there, "cp932", name, lenient=True) == windows


def test_lenient_changes_nothing_that_fits() -> None:
    for name in NAMES:
        text = "".join(one for one in TWINS if _fits(name, one))
        assert recodec.encode(text, name, lenient=True) == recodec.encode(text, name), name


@pytest.mark.parametrize("character", sorted(TWINS))
def test_twins_are_the_same_to_a_reader(character: str) -> None:
    for twin in TWINS[character]:
        assert twin != character
        back = TWINS.get(twin, "")
        # K is no second spelling of the kelvin sign; for all others the way back is known.
        assert twin == "K" or character in back or any(other in TWINS[twin] for other in back)


# Cells of one charset that the tables of its vendors give different code points which are no twins:
# other characters, not other spellings.
NO_TWINS = {
    frozenset(pair)
    for pair in (
        "\\¥", "~‾", "\\₩", "~～", "＼\\", "\xad‐", "╱／", "╲＼", "﹨＼", "﹑､", "╴＿", "▓￭",
        "´＇", "⊙◉", "～‾",
    )
}  # fmt: skip


@pytest.mark.parametrize(
    "stem", ["cp932", "shift_jis", "euc_jp", "eucjp-ms", "jisx0208", "euc_kr", "gbk", "gb2312"]
)
def test_twins_are_what_the_tables_disagree_on(stem: str) -> None:
    """Computed anew from the mapping tables beside the checkout."""
    folder = Path(__file__).resolve().parents[2] / ".." / "shared" / "tables" / "multi"
    files = [*folder.glob(f"{stem}.tsv.xz"), *folder.glob(f"{stem}@*.tsv.xz")]
    if not files:
        pytest.skip("no mapping tables beside the checkout")
    cells: dict[str, set[str]] = {}
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                code, points, flag = [*line.split(), "", "", ""][:3]
                if len(code) >= 2 and code[0] != "#" and flag in "03" and "+" not in points:
                    cells.setdefault(code, set()).add(chr(int(points, 16)))
    missing = []
    for code, found in cells.items():
        for one, other in itertools.combinations(sorted(found), 2):
            if {one, other} & _OUT or frozenset(one + other) in NO_TWINS:
                continue
            if unicodedata.category(one) == "Lo" or unicodedata.category(other) == "Lo":
                continue  # another kanji or syllable is another character
            if other not in TWINS.get(one, "") or one not in TWINS.get(other, ""):
                missing.append((code, one, other))
    assert missing == []


_OUT = {chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0xE000, 0xF900))}


def test_lenient_does_not_cross_for_other_reasons() -> None:
    for text in ("①", "é", "ｱ", "—–"):
        with pytest.raises(EncodeError):
            recodec.encode(text, "iso2022_jp", lenient=True)


def _fits(name: str, text: str) -> bool:
    try:
        route(name).encode(text, "strict")
    except UnicodeError:
        return False
    return True


# -- Names and suffixes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "errors", "expected"),
    [
        ("ascii", "strict", ("ascii", "strict")),
        ("ascii//TRANSLIT", "strict", ("ascii", "translit,strict")),
        ("ascii//translit//ignore", "strict", ("ascii", "translit,ignore")),
        ("ascii//Ignore//Translit", "strict", ("ascii", "translit,ignore")),
        ("UTF-8//", "replace", ("UTF-8", "replace")),
        ("latin1//IGNORE", "collect", ("latin1", "collect,ignore")),
        ("latin1//TRANSLIT", "replace", ("latin1", "translit,replace")),
        ("latin1//TRANSLIT", "translit", ("latin1", "translit,strict")),
    ],
)
def test_suffixes_of_iconv(target: str, errors: str, expected: tuple[str, str]) -> None:
    assert split_suffixes(target, errors) == expected


def test_suffixes_do_what_libiconv_does() -> None:
    data = "“é” 漢 €".encode()
    with pytest.raises(EncodeError) as caught:
        recodec.recode(data, "ascii//TRANSLIT")
    assert caught.value.character == "漢", "what it does not know is not dropped"
    assert recodec.recode(data, "ascii//TRANSLIT//IGNORE") == b'"e"  EUR'
    assert recodec.recode(data, "ascii//IGNORE") == b"  "
    assert recodec.recode(b"a\xffb", "ascii//IGNORE", "utf-8") == b"ab"
    assert recodec.recode(b"a\xffb", "ascii", "utf-8//IGNORE") == b"ab"
    assert recodec.encode("é", "ASCII//translit") == b"e"
    assert recodec.incremental_encoder("ascii//TRANSLIT").encode("é", True) == b"e"
    assert recodec.decode(b"a\xffb", "utf-8//IGNORE").text == "ab"
    assert recodec.incremental_decoder("utf-8//IGNORE").decode(b"a\xffb", True) == "ab"
    with pytest.raises(OptionError, match="unknown suffix //NONSENSE"):
        recodec.decode(b"", "utf-8//NONSENSE")


@pytest.mark.parametrize(
    ("target", "errors"),
    [
        ("ascii//NONSENSE", "strict"),
        ("ascii//IGNORE", "replace"),
        ("ascii//IGNORE", codecs.replace_errors),
        ("ascii//TRANSLIT", codecs.replace_errors),
        ("ascii", "nonsense"),
        ("ascii", "translit,nonsense"),
        ("ascii", "replace,ignore"),
        ("ascii", ""),
        ("ascii", "a\0b"),
    ],
)
def test_calls_that_contradict_themselves(target: str, errors: str) -> None:
    for call in (recodec.recode, recodec.encode, recodec.incremental_encoder):
        argument = () if call is recodec.incremental_encoder else ("x",)
        if call is recodec.recode:
            argument = (b"x",)
        with pytest.raises(OptionError):
            call(*argument, target, errors=errors)  # type: ignore[operator]


def test_suffixes_do_not_hide_unknown_names() -> None:
    with pytest.raises(UnknownCharsetError, match="unknown charset 'nonsense'"):
        recodec.recode(b"x", "nonsense//TRANSLIT")
    with pytest.raises(TypeError, match="a str or a function"):
        recodec.encode("x", "ascii", 3)  # type: ignore[call-overload]


# -- What each policy does -------------------------------------------------------------------------


@pytest.mark.parametrize("errors", ["ignore", "replace", "backslashreplace", "surrogateescape"])
@pytest.mark.parametrize("name", ["ascii", "utf-8", "cp932", "euc_tw", "viscii", "cp50221"])
def test_pythons_policies_are_pythons(name: str, errors: str) -> None:
    junk = b"ab\x81\xff\xfec\x80\xa1"
    assert recodec.decode(junk, name, errors).text == junk.decode(name, errors)
    counted = Policy(route(name), errors, encoding=False, counting=True)
    assert route(name).decode(junk, counted.name)[0] == junk.decode(name, errors)


def test_lone_surrogates_are_refused_unless_told_otherwise() -> None:
    for name in ("utf-8", "utf-16-le", "utf-32-be", "cp1252", "gb18030", "euc_jp"):
        with pytest.raises(EncodeError, match=r"U\+D800"):
            recodec.encode("a\ud800", name)
    assert recodec.encode("a\ud800", "utf-8", "surrogatepass") == b"a\xed\xa0\x80"
    assert recodec.decode(b"a\xed\xa0\x80", "utf-8", "surrogatepass").text == "a\ud800"
    assert recodec.encode("a\udcff", "cp1252", "surrogateescape") == b"a\xff"
    assert recodec.encode("a\ud800b", "cp1252", "translit,replace") == b"a?b"


def test_collect_gives_every_bad_byte() -> None:
    data = b"one\xff\r\ntwo \xc3(\n\xed\xa0\x80"
    decoded = recodec.decode(data, "utf-8", "collect")
    assert decoded.text == data.decode("utf-8", "replace")
    places = [(one.offset, one.line, one.column, one.bad) for one in decoded.problems]
    assert places == [
        (3, 1, 4, b"\xff"),
        (10, 2, 5, b"\xc3"),
        (13, 3, 1, b"\xed"),
        (14, 3, 2, b"\xa0"),
        (15, 3, 3, b"\x80"),
    ]
    assert all(one.encoding == "utf-8" for one in decoded.problems)
    assert recodec.decode(b"fine", "utf-8", "collect").problems == ()


@pytest.mark.parametrize("through", ["one shot", "stream"])
def test_collect_gives_a_bad_byte_once(through: str) -> None:
    """It is read as U+FFFD, which the target lacks; one that the text has is a place of its own."""
    data = "a\ufffd".encode() + b"\xff\nb\xe9c" + "日".encode()
    if through == "one shot":
        problems = recodec.recode(data, "latin-1", "utf-8", errors="collect").problems
    else:
        done = recodec.recode_stream(
            io.BytesIO(data), io.BytesIO(), "latin-1", from_="utf-8", errors="collect"
        )
        problems = done.problems
    assert [(type(one).__name__, one.line, one.column) for one in problems] == [
        ("DecodeError", 1, 3),
        ("DecodeError", 2, 2),
        ("EncodeError", 1, 2),
        ("EncodeError", 2, 4),
    ]


def test_collect_knows_its_marks_from_the_text() -> None:
    """U+FFFD in the input is no problem, and a lone surrogate of utf-7 no mark."""
    decoded = recodec.decode("a\ufffd\n".encode() + b"\xff", "utf-8", "collect")
    assert decoded.text == "a\ufffd\n\ufffd"
    assert [(one.line, one.column) for one in decoded.problems] == [(2, 1)]


class Holding(codecs.BufferedIncrementalEncoder):
    """ASCII that holds back the last character, as encoders of two-character codes do."""

    def _buffer_encode(self, input: str, errors: str, final: bool) -> tuple[bytes, int]:
        end = len(input) if final else max(0, len(input) - 1)
        return codecs.ascii_encode(input[:end], errors)[0], end


def test_collect_knows_where_a_character_was_that_was_held_back() -> None:
    info = codecs.CodecInfo(
        codecs.ascii_encode, codecs.ascii_decode, name="ascii", incrementalencoder=Holding
    )
    encoder = IncrementalEncoder(Route("ascii", info), "collect")
    assert encoder.encode("a\u200d") + encoder.encode("b", True) == b"a?b"
    assert [(one.offset, one.line, one.column) for one in encoder.problems] == [(1, 1, 2)]
    places = []

    def note(error: EncodeError) -> tuple[str, int]:
        places.append((error.offset, error.line, error.column))
        return "", error.end

    encoder = IncrementalEncoder(Route("ascii", info), note)
    assert encoder.encode("a\u200d") + encoder.encode("b", True) == b"ab"
    assert places == [(1, 1, 2)]


def test_collect_gives_every_unencodable_character() -> None:
    collected = recodec.encode("a€€\r\nb漢\U0001f600", "latin-1", errors="collect")
    assert bytes(collected) == collected.data == b"a??\r\nb??"
    places = [(one.offset, one.line, one.column, one.character) for one in collected.problems]
    assert places == [(1, 1, 2, "€"), (2, 1, 3, "€"), (6, 2, 2, "漢"), (7, 2, 3, "\U0001f600")]
    both = recodec.recode(b"\xff\xe2\x82\xac", "latin-1", "utf-8", errors="collect")
    assert [type(one) for one in both.problems] == [DecodeError, EncodeError]
    assert "2 problems" in repr(both)


def test_collected_are_equal_where_data_and_places_are() -> None:
    """They were equal to nothing but themselves, so none came back equal from another process."""
    one = recodec.encode("5 €", "ascii", errors="collect")
    assert pickle.loads(pickle.dumps(one)) == one == recodec.encode("5 €", "ascii", "collect")
    assert len({one, recodec.encode("5 €", "ascii", "collect")}) == 1
    assert one != recodec.encode("5 ?", "ascii", errors="collect")  # the same bytes
    assert one != one.data


def test_translit_is_no_problem_to_collect() -> None:
    collected = recodec.encode("€漢", "ascii", errors="collect,translit")
    assert collected.data == b"EUR?"
    assert [one.character for one in collected.problems] == ["漢"]


def test_functions_get_the_place() -> None:
    seen = []

    def handler(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, (DecodeError, EncodeError))
        seen.append((type(error).__name__, error.offset, error.line, error.column))
        return "<>", error.end

    assert recodec.decode(b"a\n\xffb", "utf-8", handler).text == "a\n<>b"
    assert recodec.encode("a\nb€", "ascii", handler) == b"a\nb<>"
    assert recodec.recode(b"\xffx", "ascii", "utf-8", handler) == b"<>x"
    assert seen == [("DecodeError", 2, 2, 1), ("EncodeError", 3, 2, 2), ("DecodeError", 0, 1, 1)]


def test_functions_may_refuse() -> None:
    def refuse(error: UnicodeError) -> tuple[str, int]:
        raise error

    def fail(error: UnicodeError) -> tuple[str, int]:
        raise ZeroDivisionError

    with pytest.raises(DecodeError) as caught:
        recodec.decode(b"ab\xff", "euc_jp", refuse)
    assert caught.value.offset == 2
    with pytest.raises(EncodeError):
        recodec.encode("€", "viscii", refuse)
    with pytest.raises(ZeroDivisionError):
        recodec.decode(b"ab\xff", "utf-8", fail)
    decoder = recodec.incremental_decoder("utf-8", refuse)
    decoder.decode(b"abc")
    with pytest.raises(DecodeError) as caught:
        decoder.decode(b"d\xff")
    assert (caught.value.offset, caught.value.column) == (4, 5)
    assert decoder.decode(b"d") == "d", "the failed piece left no trace"


def test_a_long_unencodable_run_takes_one_pass() -> None:
    text = "я" * 200_000 + "é"
    assert recodec.encode(text, "ascii", "translit,replace") == b"?" * 200_000 + b"e"
    text = "".join(map(chr, range(0x4E00, 0x9000))) * 6
    assert recodec.encode(text, "ascii", "translit,replace") == b"?" * len(text)


@pytest.mark.usefixtures("own_garbage")
def test_names_of_handlers_are_used_again() -> None:
    """The interpreter cannot forget a handler; a process that lives long must not collect them."""
    first = Policy(route("ascii"), "translit", encoding=True)
    name = first.name
    del first
    gc.collect()
    for _ in range(100):
        recodec.encode("é", "ascii", "translit")
    names = set()
    for _ in range(10):
        names.add(Policy(route("ascii"), "translit", encoding=True).name)
        gc.collect()  # PyPy does not collect at once
    assert len(names) <= 2
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", name)


def test_text_files_take_every_policy() -> None:
    """TextIOWrapper gives the name to the codec that it finds."""
    policy = Policy(route("cp1252"), "translit", encoding=True)
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="cp1252", errors=policy.name) as file:
        file.write("€ ő 漢"[:3])
        file.flush()
        assert raw.getvalue() == b"\x80 \xf6"


def test_files_opened_by_recodec_take_them_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def written(text: str, **options: object) -> bytes:
        path.unlink(missing_ok=True)
        with recodec.open(path, "w", **options) as file:  # type: ignore[arg-type]
            file.write(text)
        return path.read_bytes()

    assert written("5 € ő", encoding="latin-1", errors="translit") == b"5 EUR \xf6"
    assert written("ő漢", encoding="ascii//TRANSLIT", errors="replace") == b"o?"
    assert written("～", encoding="euc_jp", lenient=True) == b"\xa1\xc1"
    answer = written("€", encoding="ascii", errors=lambda error: ("<>", error.end))
    assert answer == b"<>"
    path.write_bytes(b"a\xff")
    with recodec.open(path, encoding="utf-8", errors=lambda error: ("<>", error.end)) as file:
        assert file.read() == "a<>"
    with pytest.raises(OptionError, match="collect"):
        recodec.open(path, errors="collect")


@given(errors=st.sampled_from(WRITERS), data=st.data())
def test_every_state_of_an_encoder_can_be_gone_back_to(errors: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["iso2022_jp", "cp50220", "utf-7", "euc_jis_2004", "cp932"]))
    text = data.draw(st.text(st.sampled_from("aか゚日ｶﾞé€~\u0303"), max_size=12))
    at = data.draw(st.integers(0, 12))
    encoder = recodec.incremental_encoder(name, errors, lenient=True)
    try:
        encoder.encode(text[:at])
        state = encoder.getstate()
        rest = encoder.encode(text[at:], True)
    except EncodeError:
        return
    other = recodec.incremental_encoder(name, errors, lenient=True)
    other.setstate(state)
    assert other.encode(text[at:], True) == rest


@pytest.mark.parametrize("errors", ["strict", "replace", "translit", "collect", "ignore"])
@pytest.mark.parametrize("bad", ["", "€", "漢\n"])
def test_long_input_is_as_short_input(errors: str, bad: str) -> None:
    """Long input goes through kernels first, which know no policies."""
    text = "Съешь же ещё этих мягких французских булок\n" * 200 + bad
    data = text.encode()
    try:
        long = recodec.recode(data, "koi8-r", "utf-8", errors)
    except EncodeError as error:
        assert bad and error.offset == len(text) - len(bad)
        return
    short = recodec.encode(text, "koi8-r", errors)
    assert type(long) is type(short)
    assert bytes(long) == bytes(short)


# -- In pieces -------------------------------------------------------------------------------------


@given(errors=st.sampled_from(WRITERS), data=st.data())
def test_encoding_in_pieces_is_encoding_at_once(errors: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    text = data.draw(st.text(st.sampled_from(SCRIPTS + PROSE + "\ud800\u0301"), max_size=30))
    cuts = data.draw(st.lists(st.integers(0, 30), max_size=5))
    lenient = data.draw(st.booleans())
    whole: object
    try:
        whole = recodec.encode(text, name, errors, lenient=lenient)
    except EncodeError as error:
        whole = (error.offset, error.line, error.column)
    encoder = recodec.incremental_encoder(name, errors, lenient=lenient)
    try:
        pieces = [encoder.encode(piece) for piece in _cut(text, cuts)]
        joined = b"".join(pieces) + encoder.encode("", True)
    except EncodeError as error:
        assert whole == (error.offset, error.line, error.column)
        return
    if isinstance(whole, recodec.Collected):
        assert _places(encoder) == [
            (one.offset, one.line, one.column, one.character) for one in whole.problems
        ]
        whole = whole.data
    assert joined == whole


def _cut(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted(min(at, len(text)) for at in cuts), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(edges)]


def _places(encoder: IncrementalEncoder) -> list[tuple[int, int, int, str]]:
    return [(one.offset, one.line, one.column, one.character) for one in encoder.problems]


@given(
    data=st.binary(max_size=40) | st.lists(st.sampled_from([b"a", b"\n", b"\xe3\x81\x82",
        b"\xff", b"\xc3", b"\r"])).map(b"".join),
    cuts=st.lists(st.integers(0, 40), max_size=5),
    name=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "cp932", "euc_tw", "viscii", "ascii"]),
)  # fmt: skip
def test_collecting_in_pieces_is_collecting_at_once(
    data: bytes, cuts: list[int], name: str
) -> None:
    whole = recodec.decode(data, name, "collect")
    decoder = recodec.incremental_decoder(name, "collect")
    text = "".join(decoder.decode(piece) for piece in cut(data, cuts)) + decoder.decode(b"", True)
    assert text == whole.text
    expected = [(one.offset, one.line, one.column, one.bad) for one in whole.problems]
    assert [(p.offset, p.line, p.column, p.bad) for p in decoder.problems] == expected
    for offset, _, _, bad in expected:
        assert data[offset : offset + len(bad)] == bad


@pytest.mark.parametrize("name", NAMES)
def test_every_charset_takes_every_policy(name: str) -> None:
    for errors in WRITERS:
        encoder = recodec.incremental_encoder(name, errors, lenient=True)
        try:
            data = bytes(recodec.encode(PROSE, name, errors, lenient=True))
        except EncodeError as error:
            # National sets of seven bits have letters of their own in place of some of ASCII's.
            # Braille has no ASCII at all, not even the character that stands for others.
            assert not _fits(name, string.printable[:95]), error
            assert "replace" in errors or not _fits(name, "\x1a"), error
            with pytest.raises(EncodeError):
                _ = [*map(encoder.encode, PROSE), encoder.encode("", True)]
            continue
        assert isinstance(recodec.decode(data, name, "replace").text, str)
        assert b"".join(map(encoder.encode, PROSE)) + encoder.encode("", True) == data, errors


@pytest.mark.parametrize("position", [0, -1, -(10**30), 2, 10**30])
@pytest.mark.parametrize(
    "call",
    [
        lambda errors: recodec.decode(b"\xff", "utf-8", errors),
        lambda errors: recodec.decode(b"\x81", "iso-2022-cn", errors),
        lambda errors: recodec.encode("é", "ascii", errors),
        lambda errors: recodec.encode("é", "armscii-8", errors),
        lambda errors: recodec.recode(b"\xff", "utf-16-le", "utf-8", errors),
        lambda errors: recodec.incremental_decoder("utf-8", errors).decode(b"\xff"),
    ],
    ids=["utf-8", "machine", "ascii", "table", "recode", "pieces"],
)
def test_function_that_does_not_go_on_is_refused(call, position: int) -> None:
    """The codecs would ask it about the same place for ever."""
    with pytest.raises(OptionError, match="has to go on from 1 to 1"):
        call(lambda error: ("", position))


@pytest.mark.parametrize("answer", [None, "x", ("x",), ("x", None), (1, 1), ("x", 1, 2), ["x", 1]])
def test_function_that_answers_with_something_else_is_refused(answer: object) -> None:
    with pytest.raises(TypeError, match="text and position"):
        recodec.decode(b"\xff", "utf-8", lambda error: answer)  # type: ignore[arg-type,return-value]
    with pytest.raises(TypeError, match="text and position"):
        recodec.encode("é", "ascii", lambda error: answer)  # type: ignore[arg-type,return-value]


def test_function_may_count_from_the_end() -> None:
    assert recodec.decode(b"\xffabc", "utf-8", lambda error: ("?", -1)).text == "?c"
    assert recodec.encode("éabc", "ascii", lambda error: ("?", -1)) == b"?c"


@pytest.mark.parametrize("encoding", ["ascii", "euc-tw", "din-66003"])
def test_a_function_answers_a_decoder_with_text(encoding: str) -> None:
    with pytest.raises(TypeError, match="errors: a function answers with text and position"):
        recodec.decode(b"\xff\xff", encoding, errors=lambda error: (b"x", error.end))
