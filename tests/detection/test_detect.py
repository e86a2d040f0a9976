"""Detection through the Python API: one answer on every road, and an answer that decodes."""

from __future__ import annotations

import array
import copy
import ctypes
import inspect
import io
import itertools
import mmap
import pickle
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cases
import recodec
import roads
from charset_samples import decodable
from recodec import Detector, OptionError, UnknownCharsetError
from recodec._registry import charsets

RUSSIAN = "Привет, как дела? Сегодня мы едем в город за новыми книгами и хлебом.".encode("cp1251")
CASES = cases.load("detect")


LETTERS = "aeé ñöčşđ абвжщ άλω אבג ابت กขค 한국 日本 中文 ｱｲ ～~{}+-\\<>&;\n\r\t\x1b\x0e\x0f\0"


@st.composite
def legacy(draw: st.DrawFn) -> bytes:
    """Text in a charset of the registry, at times cut or with a byte changed."""
    text = draw(st.text(st.sampled_from(LETTERS), max_size=60))
    data = recodec.encode(text, draw(st.sampled_from(decodable())), errors="ignore")
    if data and draw(st.booleans()):
        at = draw(st.integers(0, len(data) - 1))
        byte = draw(st.integers(-1, 255))
        data = data[:at] if byte < 0 else data[:at] + bytes((byte,)) + data[at + 1 :]
    return data


inputs = st.one_of(st.binary(max_size=4096), legacy(), st.text(max_size=200).map(str.encode))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_all_roads_agree(case: cases.Case) -> None:
    """Each case of the table, on every road; the text comes out as it went in."""
    found = roads.answers(case.data)
    assert len(set(found.values())) == 1, found
    one = found["one-shot"]
    assert one.encoding in case.accept, case.reason
    assert one.source == case.source
    assert one.kind == case.kind
    assert one.length == len(case.data)
    if case.text is not None:
        assert recodec.decode(case.data).text == case.text


@given(data=inputs)
def test_roads_agree_on_anything(data: bytes) -> None:
    found = roads.answers(data)
    first = found["one-shot"]
    for name, other in found.items():
        assert other == first, name


@given(data=inputs, cuts=st.lists(st.integers(0, 4096), max_size=20))
def test_cuts_never_matter(data: bytes, cuts: list[int]) -> None:
    assert roads.feed_in_pieces(roads.cut(data, cuts)) == recodec.detect(data)


@given(data=inputs, cuts=st.lists(st.integers(0, 4096), max_size=5))
def test_cuts_never_matter_for_samples(data: bytes, cuts: list[int]) -> None:
    """final=False gives the answer of a peek, whatever the pieces."""
    one = recodec.detect(data, final=False)
    assert roads.feed_in_pieces(roads.cut(data, cuts), final=False) == one
    detector = Detector()
    for piece in roads.cut(data, cuts):
        detector.feed(piece)
    assert detector.peek() == one


@given(data=inputs)
def test_an_answer_decodes_or_says_where_not(data: bytes) -> None:
    found = recodec.detect(data)
    if found.encoding is None:
        return
    if not found.bad:
        assert found.valid_up_to == len(data)
        data.decode(found.encoding)
        return
    with pytest.raises(UnicodeError):
        data.decode(found.encoding)
    assert 0 <= found.valid_up_to < len(data)
    decoder = recodec.incremental_decoder(found.encoding)
    decoder.decode(data[: found.valid_up_to])


@given(data=inputs)
def test_valid_utf8_is_always_utf8(data: bytes) -> None:
    """Where the bytes are UTF-8 beyond ASCII, no other reading may win."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    if text.isascii() or any(character < " " for character in text):
        return  # escapes and controls have readings of their own
    assert recodec.detect(data).encoding in ("utf-8", "utf-8-sig")


@given(data=inputs)
def test_confidences_are_probabilities(data: bytes) -> None:
    found = recodec.detect(data)
    assert 0.0 <= found.confidence <= 1.0
    ranking = recodec.detect_all(data)
    assert all(0.0 <= one.confidence <= 1.0 for one in ranking)
    assert [one.score for one in ranking] == sorted(one.score for one in ranking)
    if found.encoding is None:
        assert ranking == ()
    else:
        assert ranking[0].encoding == found.encoding
        assert ranking[0].confidence == found.confidence


def test_text_is_refused_with_the_fix() -> None:
    for call in (recodec.detect, recodec.detect_all, recodec.detect_many, Detector().feed):
        with pytest.raises(TypeError, match="takes bytes, not str"):
            call("text")  # type: ignore[operator]
    with pytest.raises(TypeError, match="takes bytes, not str"):
        recodec.detect_many([b"x", "y"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="not str"):
        recodec.detect_group(["x"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="iterable of byte strings"):
        recodec.detect_group(b"x")  # type: ignore[arg-type]


@pytest.mark.parametrize("junk", [None, 5, 1.5, ["a"], object()])
def test_no_buffer_is_a_type_error(junk: object) -> None:
    with pytest.raises(TypeError):
        recodec.detect(junk)  # type: ignore[arg-type]


def test_calls_without_options_have_the_signature_of_those_with() -> None:
    """Bytes without options take a shorter way, which is not to be seen from outside."""
    signature = inspect.signature(recodec.detect)
    defaults = {
        name: each.default
        for name, each in signature.parameters.items()
        if each.kind is each.KEYWORD_ONLY
    }
    assert list(defaults) == [
        "allow", "deny", "language", "tld", "declared", "exact", "final", "scan",
    ]  # fmt: skip
    assert recodec.detect.__name__ == recodec.detect.__qualname__ == "detect"
    assert pickle.loads(pickle.dumps(recodec.detect)) is recodec.detect
    for data in (b"", b"text", "é".encode(), RUSSIAN, b"text" * 2000, RUSSIAN * 200, b"\0\1" * 50):
        found = recodec.detect(data)
        assert found == recodec.detect(data=data) == recodec.detect(data, **defaults)
        assert found == recodec.detect(bytearray(data)) == recodec.detect(memoryview(data))
    for wrong in ((), (b"", b""), (b"", (), ())):
        with pytest.raises(TypeError, match=r"^detect\(\) "):
            recodec.detect(*wrong)
    with pytest.raises(TypeError, match=r"^detect\(\) got an unexpected keyword argument 'alow'"):
        recodec.detect(b"", alow=())  # type: ignore[call-arg]


def test_a_buffer_with_gaps_is_refused() -> None:
    with pytest.raises(BufferError, match="contiguous"):
        recodec.detect(memoryview(b"abcdef")[::2])


def test_a_buffer_of_wide_items_counts_in_bytes() -> None:
    found = recodec.detect(array.array("H", [0x6161, 0x6262, 0x6363]))
    assert (found.encoding, found.length) == ("ascii", 6)


def test_a_buffer_of_any_items_is_bytes() -> None:
    """Items that memoryview cannot cast: the other byte order, records."""
    swapped = (ctypes.c_uint16.__ctype_be__ * 3)(0x6161, 0x6262, 0x6363)
    little = (ctypes.c_uint16.__ctype_le__ * 3)(0x6161, 0x6262, 0x6363)

    class Record(ctypes.Structure):
        _fields_ = (("tag", ctypes.c_char * 2), ("text", ctypes.c_char * 4))

    for buffer in (swapped, little, Record(b"aa", b"bbcc")):
        assert recodec.detect(buffer) == recodec.detect(b"aabbcc")
        assert recodec.detect(buffer, scan=3) == recodec.detect(b"aabbcc", scan=3)
        assert roads.feed_in_pieces([buffer]) == recodec.detect(b"aabbcc")
        assert recodec.decode(buffer).text == "aabbcc"


def test_the_buffer_is_let_go() -> None:
    """A bytearray can be resized right after the call, which an export would forbid."""
    data = bytearray(RUSSIAN)
    recodec.detect(data)
    detector = Detector()
    detector.feed(data)
    data.extend(b"more")
    assert detector.finish().length == len(RUSSIAN)


def test_allow_and_deny() -> None:
    assert recodec.detect(RUSSIAN).encoding == "cp1251"
    assert recodec.detect(RUSSIAN, deny=["cp1251"]).encoding != "cp1251"
    assert recodec.detect(RUSSIAN, deny=["windows"]).encoding not in {
        charset.name for charset in charsets.all_charsets() if charset.family == "windows"
    }
    assert recodec.detect(RUSSIAN, allow=["koi8-r"]).encoding == "koi8-r"
    assert recodec.detect(RUSSIAN, allow="koi8-r").encoding == "koi8-r"  # one name, not letters
    assert recodec.detect(RUSSIAN, allow=["windows"], deny=["utf-8"]).encoding == "cp1251"
    assert Detector(allow=["koi8-r"]).finish().source == "empty"


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-32"])
def test_allowing_a_form_of_unicode_allows_its_marked_form(name: str) -> None:
    marked = "utf-8-sig" if name == "utf-8" else name
    data = "Ein Wörterbuch".encode(marked)
    assert recodec.detect(data, allow=[name]).encoding == marked


def test_options_that_make_no_sense() -> None:
    with pytest.raises(UnknownCharsetError, match=r"did you mean.*cp1251"):
        recodec.detect(b"x", allow=["cp12511"])
    with pytest.raises(UnknownCharsetError):
        recodec.detect(b"x", deny=["no such thing"])
    with pytest.raises(OptionError, match="leave no charset"):
        recodec.detect(b"x", allow=["cp1251"], deny=["windows"])
    with pytest.raises(OptionError, match="unknown language 'elvish'"):
        recodec.detect(b"x", language="elvish")
    with pytest.raises(OptionError, match="scan"):
        recodec.detect(b"x", scan=0)
    with pytest.raises(OptionError, match="scan"):
        Detector(scan=-1)
    with pytest.raises(OptionError, match="threads"):
        recodec.detect_many([b"x"], threads=0)


@pytest.mark.parametrize("tag", ["ru", "ru-RU", "ru_RU", "RU", "zh-TW", "sr-Latn", "no", "pt-BR"])
def test_languages_are_taken_in_many_spellings(tag: str) -> None:
    assert recodec.detect(RUSSIAN, language=tag).encoding is not None


def test_hints_from_strangers_never_raise() -> None:
    for label in ("koi8-r", "nonsense", "", "ünïcode", "x" * 999):
        assert recodec.detect(RUSSIAN, declared=label).encoding is not None
    for tld in ("ru", ".ru", "www.example.ru", "io", "", "nonsense"):
        assert recodec.detect(RUSSIAN, tld=tld).encoding == "cp1251"


def test_a_hint_decides_what_the_bytes_leave_open() -> None:
    """One high byte is a different letter in every country."""
    word = b"na\xefve, said she"
    assert recodec.detect(word, declared="windows-1252").encoding == "cp1252"
    assert recodec.detect(word, declared="windows-1252").source == "declared"
    few = "лес".encode("cp1251")
    assert recodec.detect(few, language="ru").language == "ru"
    assert recodec.detect(few, tld="ru") == recodec.detect(few, language="ru")


def test_exact_names_the_narrow_charset() -> None:
    word = "Größe über alles: schöne Grüße aus München".encode("iso8859-1")
    assert recodec.detect(word).encoding == "cp1252"
    assert recodec.detect(word, exact=True).encoding == "iso8859-1"


@pytest.mark.parametrize("lead", [b"\xc2", b"\xc3"])
def test_a_sample_may_end_behind_its_first_lead_byte(lead: bytes) -> None:
    """It begins a character as much as it is a letter that ends a word of few languages."""
    data = b"The price of the " + lead
    found = recodec.detect(data, final=False)
    assert (found.encoding, found.bad) == ("utf-8", 0)
    assert found.confidence < 0.7
    assert recodec.detect(data).encoding != "utf-8"
    assert recodec.detect(data, final=False, declared="windows-1252").encoding == "cp1252"


def test_a_mark_of_utf_16_before_a_nul() -> None:
    """It is the mark of UTF-32 only where UTF-32 follows."""
    assert recodec.detect(b"\xff\xfe\0\0" + b"0\0").encoding == "utf-16"
    assert recodec.detect(b"\xff\xfe\0\0" + b"a\0b\0").encoding == "utf-16"
    assert recodec.detect(b"\xff\xfe\0\0" + b"a\0\0\0").encoding == "utf-32"
    assert recodec.detect(b"\xff\xfe\0\0" + b"a\0\0\0b\0").encoding == "utf-32"


def test_a_sample_may_be_cut() -> None:
    """A character cut at the end of a sample is no evidence against UTF-8."""
    data = "Текст на русском языке".encode()[:-1]
    assert recodec.detect(data, final=False).encoding == "utf-8"
    assert not recodec.detect(data, final=False).bad
    assert recodec.detect(data, scan=len(data) - 2).encoding == "utf-8"
    detector = Detector(scan=len(data) - 2)
    assert detector.feed(data)
    assert detector.done
    assert detector.finish() == recodec.detect(data, scan=len(data) - 2)


def test_scan_looks_no_further() -> None:
    data = b"plain " * 100 + b"\xff\xfe\xfd"
    assert recodec.detect(data, scan=600).encoding == "ascii"
    assert recodec.detect(data, scan=600).length == 600
    assert recodec.detect(data).encoding != "ascii"


@pytest.mark.parametrize("scan", ["600", 600.0, b"600"])
def test_scan_is_an_integer(scan: object) -> None:
    """It complained of "<" between types, or of slices."""
    for call in (recodec.detect, recodec.Detector):
        given = (b"x",) if call is recodec.detect else ()
        with pytest.raises(TypeError, match="scan must be an integer, not "):
            call(*given, scan=scan)


@pytest.mark.parametrize("scan", range(1, 9))
def test_scan_is_the_same_in_pieces(scan: int) -> None:
    data = "日本語".encode()
    whole = recodec.detect(data, scan=scan)
    assert roads.feed_in_pieces((data[i : i + 2] for i in range(0, 9, 2)), scan=scan) == whole
    assert recodec.detect_many([data], scan=scan) == [whole]


def test_a_mark_is_named_by_what_removes_it() -> None:
    for name in ("utf-8-sig", "utf-16", "utf-32"):
        data = "Straße".encode(name)
        found = recodec.detect(data)
        assert found.encoding == name
        assert found.bom == data[: len(found.bom)]
        assert len(found.bom) == {"utf-8-sig": 3, "utf-16": 2, "utf-32": 4}[name]
        assert data.decode(found.encoding) == "Straße"


def test_broken_utf8_stays_utf8() -> None:
    data = "Все счастливые семьи похожи друг на друга".encode()
    broken = data[:30] + b"\xff" + data[30:]
    found = recodec.detect(broken)
    assert (found.encoding, found.bad, found.valid_up_to) == ("utf-8", 1, 30)


RUSSIAN_NAMES = ("Привет.txt", "Отчёт за май.doc", "Фото", "Договор.pdf", "Письмо бабушке.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("    back: 'Atrás',", "mac-roman"),
        ("    back: 'Atrás',", "cp1252"),
        ("title: 'Présentation'", "cp1252"),
        ("  new:  'Añadir',", "mac-roman"),
        ("    open: 'Öffnen',\n", "mac-roman"),
    ],
)
def test_words_of_ascii_are_not_chinese_in_utf_16(text: str, encoding: str):
    """Two letters of ASCII are a rare character: the first was UTF-16 at 0.99."""
    found = recodec.detect(recodec.encode(text, encoding))
    assert found.encoding not in ("utf-16-le", "utf-16-be"), found


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("names", [RUSSIAN_NAMES, RUSSIAN_NAMES * 40, ("Привет", "Фото")])
def test_a_group_in_wide_code_units_stays_whole(encoding: str, names: tuple[str, ...]) -> None:
    """A line feed of one byte between the names tore all behind it apart: binary, said at 0.98."""
    items = [name.encode(encoding) for name in names]
    found = recodec.detect_group(iter(items))
    assert (found.encoding, found.language, found.bad) == (encoding, "ru", 0)
    assert found.length == len("\n".join(names).encode(encoding))


def test_a_group_with_marks_stays_whole() -> None:
    found = recodec.detect_group([name.encode("utf-16") for name in RUSSIAN_NAMES])
    assert (found.encoding, found.bad, found.language) == ("utf-16", 0, "ru")


def test_a_group_of_nothing_is_empty() -> None:
    """The line feeds between the items were taken for ASCII, with certainty."""
    for items in ([], [b""], [b"", b"", bytearray()]):
        found = recodec.detect_group(items)
        assert (found.encoding, found.confidence, found.source) == ("utf-8", 0.0, "empty")
    word = "Привет".encode("cp1251")
    for items in ([word, b""], [b"", word], [b"", word, b""]):
        assert recodec.detect_group(items).length == len(b"\n".join(items))


def test_a_group_says_which_item_is_wrong() -> None:
    with pytest.raises(TypeError, match=r"item 1: detect_group\(\) takes bytes, not str"):
        recodec.detect_group([b"x", "y"])  # type: ignore[list-item]


def test_one_buffer_is_no_group(tmp_path: Path) -> None:
    """An mmap yields its bytes one by one, and so many answers came back."""
    path = tmp_path / "file"
    path.write_bytes(b"some bytes")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        for call in (recodec.detect_many, recodec.detect_group):
            for single in (mapped, array.array("B", b"abc"), bytearray(b"abc")):
                with pytest.raises(TypeError, match="takes an iterable of byte strings"):
                    call(single)  # type: ignore[operator]


def test_paths_and_files_are_refused_with_the_fix(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"detect_file\(\) and open\(\) take paths and files"):
        recodec.detect(tmp_path)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"not BytesIO; detect_file\(\)"):
        recodec.detect(io.BytesIO(b"x"))  # type: ignore[arg-type]


def test_unknown_options_come_with_close_matches() -> None:
    """Only charsets were offered where a family was misspelt, and no language by its name."""
    with pytest.raises(UnknownCharsetError, match="did you mean windows, "):
        recodec.detect(b"x", allow=["wndows"])
    for word, tag in (("rus", "ru"), ("German", "de"), ("jpn", "ja"), ("ελληνικα", "el")):
        with pytest.raises(OptionError, match=rf"unknown language '{word}'; did you mean {tag}\b"):
            recodec.detect(b"x", language=word)


def test_empty_hints_are_none() -> None:
    """An empty language was refused, but only beside other options."""
    for options in ({"language": ""}, {"tld": ""}, {"declared": ""}):
        assert recodec.detect(b"caf\xe9", exact=True, **options).encoding == "iso8859-1"  # type: ignore[arg-type]


def test_a_detector_is_not_copied() -> None:
    """A copy shared the memory of the core with the first, and each spoilt the other's answer."""
    for copied in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="cannot be copied or pickled"):
            copied(Detector())


def test_a_group_decides_together() -> None:
    """Each word alone says little; together they are Russian."""
    words = [word.encode("cp866") for word in ("отчёт", "зима", "письмо", "адрес", "счета")]
    found = recodec.detect_group(words)
    assert (found.encoding, found.language) == ("cp866", "ru")
    assert found.length == len(b"\n".join(words))
    assert recodec.detect_group([]).source == "empty"
    assert recodec.detect_group(iter(words)) == found


def test_a_detector_goes_through_its_life() -> None:
    detector = Detector()
    assert detector.peek().source == "empty"
    assert detector.feed(RUSSIAN[:20]) is detector.done
    assert detector.peek().length == 20
    detector.feed(RUSSIAN[20:])
    found = detector.finish()
    assert found == recodec.detect(RUSSIAN)
    assert detector.finish() is found
    assert detector.peek() is found
    with pytest.raises(OptionError, match="reset"):
        detector.feed(b"more")
    detector.reset()
    assert not detector.done
    detector.feed(b"plain")
    assert detector.finish().encoding == "ascii"


def test_a_detector_as_context_finishes() -> None:
    with Detector() as detector:
        detector.feed(RUSSIAN)
    with pytest.raises(OptionError):
        detector.feed(b"more")
    assert detector.finish().encoding == "cp1251"


def test_options_survive_a_reset() -> None:
    detector = Detector(allow=["koi8-r"])
    for _ in range(2):
        detector.feed(RUSSIAN)
        assert detector.finish().encoding == "koi8-r"
        detector.reset()


def test_threads_do_not_disturb_each_other() -> None:
    items = [RUSSIAN, "日本語の文".encode("cp932"), b"plain", "Größe".encode(), b"\x89PNG\r\n"]
    expected = [recodec.detect(item) for item in items]
    wrong: list[object] = []

    def work(start: int) -> None:
        for number in itertools.islice(itertools.cycle(range(len(items))), start, start + 200):
            if recodec.detect(items[number]) != expected[number]:
                wrong.append(number)

    workers = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert wrong == []


def test_one_detector_in_many_threads_keeps_count() -> None:
    """Their order is theirs to choose, but no byte is lost and no memory corrupted."""
    detector = Detector()
    workers = [
        threading.Thread(target=lambda: [detector.feed(b"abc ") for _ in range(500)])
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert detector.finish().length == 4 * 500 * 4


def test_the_interpreter_runs_on_during_a_call() -> None:
    """The core works without the interpreter lock."""
    data = bytes(128) * (1 << 20)
    started, over = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        recodec.detect(data)
        over.set()

    worker = threading.Thread(target=work)
    worker.start()
    started.wait()
    turns = 0
    while not over.is_set():
        turns += 1
    worker.join()
    assert turns > 100


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_does_not_grow_with_the_input() -> None:
    def resident() -> int:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    block = b"\xcf\xf0\xe8\xe2\xe5\xf2 " * 9000 + b"\n"
    detector = Detector()
    detector.feed(block)
    detector.peek()  # what it reads of the models is in memory then
    before = resident()
    for _ in range(1 << 10):
        detector.feed(block)
    assert detector.finish().length == len(block) * 1025
    assert resident() - before < 1 << 20


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("渡船早上七点离开，在商店关门之前回来。\n", "gb18030"),
        ("渡し船は七時に出て、店が閉まる前に戻ってくる。\n", "euc_jp"),
        ("渡し船は七時に出て、店が閉まる前に戻ってくる。\n", "cp932"),
    ],
)
def test_large_input_in_one_shot_answers_as_a_stream_does(text: str, encoding: str) -> None:
    # Long enough for families of charsets that cannot win to be left out of the validation.
    data = text.encode(encoding) * 2000
    whole = recodec.detect(data)
    detector = recodec.Detector()
    for start in range(0, len(data), 40_001):
        detector.feed(data[start : start + 40_001])
    assert whole == detector.finish()
    assert whole.encoding == encoding
    assert all(found.offset < len(data) for found in whole.evidence.rejected)


@pytest.mark.parametrize("option", ["language", "tld", "declared"])
@pytest.mark.parametrize("value", [1, b"ru", ["ru"]])
def test_hint_that_is_no_text_is_a_type_error(option: str, value: object) -> None:
    for call in (recodec.detect, recodec.detect_all, recodec.decode):
        with pytest.raises(TypeError, match="language, tld and declared must be str"):
            call(b"abc", **{option: value})
    with pytest.raises(TypeError, match="language, tld and declared must be str"):
        Detector(**{option: value})


@pytest.mark.parametrize("value", [-1, 2, 10**30, "yes", [0]])
def test_flags_are_what_python_takes_for_true(value: object) -> None:
    data = "Grüße".encode("latin-1")
    assert recodec.detect(data, exact=value) == recodec.detect(data, exact=True)
    assert recodec.detect(data, final=value) == recodec.detect(data, final=True)


@pytest.mark.parametrize("items", [b"text", bytearray(b"text"), memoryview(b"text")])
def test_many_items_are_not_one(items: bytes) -> None:
    for call in (recodec.detect_many, recodec.detect_group):
        with pytest.raises(TypeError, match="takes an iterable of byte strings"):
            call(items)  # type: ignore[arg-type]
