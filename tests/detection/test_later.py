"""The language of short ASCII and UTF-8 is told when it is asked for: nobody must notice."""

from __future__ import annotations

import copy
import gc
import mmap
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._core import detection as core
from recodec._detection import detect
from recodec._detection.options import options_of
from recodec._detection.result import Detection

TEXTS = {
    "empty": b"",
    "ascii": b"The ferry leaves at seven and comes back before the shops close.",
    "utf-8": "Пароход уходит в семь часов и возвращается до закрытия лавок.".encode(),
    "one character": "Das ist wirklich schön und gut".encode(),
    "marked": b"\xef\xbb\xbf" + "Le bac part à sept heures et revient avant midi.".encode(),
    "code": b"int main(void) { return words[0] == '@'; } /* nothing but a program */",
    "doubled": "Das ist wirklich schön für alle".encode().decode("cp1252").encode(),
}
TAGS = {"ascii": "en", "utf-8": "ru", "one character": "de", "marked": "fr", "doubled": "de"}
# Signs of national sets, of EBCDIC, of escape sequences, of binary formats.
PARTS = (
    "plain words ", "qx", "Gd dG ", "135acegikmoqsuwy", "{|}[]", "\\", "@", "%%%", "+AGE-",
    "~{VPND~}", "\n", "\t", "\f", "\x00", "\x0e", "\x1b$B", "\x1a", "\x7f", "é", "Ã©", "漢字",
    "\ufeff", "GIF89a", "%PDF-1.4 ", "x", "-lh5-", "`q`", "2024-11-25", "ПРИВЕТ ", "\U0001f600",
)  # fmt: skip


def told(data: bytes, options: core.Options | None = None) -> Detection:
    """The answer that is told at once."""
    return detect.build(core.detect(data, options), data)


def waits(found: Detection) -> bool:
    """Whether the language is still untold."""
    return isinstance(found._rest, (bytes, tuple))


def all_of(found: Detection) -> tuple[object, ...]:
    return (*found._fields(), *(all_of_one(one) for one in found.candidates), found.evidence)


def all_of_one(one: recodec.Candidate) -> tuple[object, ...]:
    return one.encoding, one.confidence, one.language, one.score


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_told_later_is_what_is_told_at_once(name: str) -> None:
    found = recodec.detect(TEXTS[name])
    assert found.language == TAGS.get(name, found.language)
    assert not waits(found)
    assert all_of(found) == all_of(told(TEXTS[name]))


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.integers(0, 3))
def test_a_glance_sees_what_the_stages_see(parts: list[str], cut: int) -> None:
    data = "".join(parts).encode()
    data = data[: len(data) - cut]
    assert all_of(recodec.detect(data)) == all_of(told(data))


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_a_glance_at_any_bytes(data: bytes) -> None:
    found, whole = recodec.detect(data), told(data)
    assert (found.encoding, found.confidence) == (whole.encoding, whole.confidence)
    assert all_of(found) == all_of(whole)


@pytest.mark.parametrize("byte", range(256))
def test_each_byte_in_ascii(byte: int) -> None:
    for data in (
        bytes([byte]),
        b"some words " + bytes([byte]) + b" and more of them",
        bytes([byte]) * 40,
    ):
        assert all_of(recodec.detect(data)) == all_of(told(data))


def test_national_alphabets_are_not_overlooked() -> None:
    text = "ПРИВЕТ КАК ДЕЛА У ВАС ВСЕ ХОРОШО И ПОГОДА СЕГОДНЯ ХОРОШАЯ И БУДЕТ ХОРОШО"
    data = bytes(byte & 0x7F for byte in text.encode("koi8_r"))
    found = recodec.detect(data)
    assert (found.encoding, found.language) == ("koi7-n2", "ru")


def test_options_are_kept() -> None:
    figures = b"2 + 2 = 4 (and so on)".translate(None, b"andso")
    for data in (TEXTS["code"], TEXTS["utf-8"], figures):
        hinted = recodec.detect(data, language="sv")
        options = options_of((), (), "sv", None, None, False, True)
        assert all_of(hinted) == all_of(told(data, options))
        assert hinted.language == ("sv" if data is figures else recodec.detect(data).language)
    assert recodec.detect(TEXTS["utf-8"], deny=["utf-8"]).encoding != "utf-8"
    named = recodec.detect(TEXTS["code"], declared="iso-8859-1", exact=True)
    assert named.language == recodec.detect(TEXTS["code"]).language


@pytest.mark.parametrize("name", ["ascii", "utf-8", "code"])
def test_the_buffer_may_change(name: str) -> None:
    data = bytearray(TEXTS[name])
    found = recodec.detect(data)
    many = recodec.detect_many([data, memoryview(data)])
    gc.collect()  # the view above, on PyPy
    data[:] = "Über den Wolken muß die Freiheit wohl grenzenlos sein".encode()
    expected = told(TEXTS[name])
    assert found == expected
    assert many == [expected, expected]


def test_the_map_may_be_closed() -> None:
    with mmap.mmap(-1, 64) as view:
        view[:] = TEXTS["ascii"][:64]
        found = recodec.detect(view)
    assert found.language == "en"


def test_a_sample_is_kept_and_no_more() -> None:
    data = TEXTS["ascii"] * 100
    assert len(data) > core.LATER_SIZE
    assert not waits(recodec.detect(data))
    found = recodec.detect(data, scan=100)
    assert found.length == 100
    assert found.language == "en"
    (many,) = recodec.detect_many([data], scan=100)
    assert many == found


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="asks CPython's collector")
def test_the_input_is_let_go_when_the_language_is_told() -> None:
    found = recodec.detect(bytes(TEXTS["ascii"]))
    assert TEXTS["ascii"] in gc.get_referents(found)
    assert found.language == "en"
    assert TEXTS["ascii"] not in gc.get_referents(found)


@pytest.mark.parametrize("name", TEXTS)
def test_copies_are_whole_answers(name: str) -> None:
    whole = told(TEXTS[name])
    for make in (
        copy.copy,
        copy.deepcopy,
        lambda found: pickle.loads(pickle.dumps(found)),
        lambda found: found,
    ):
        found = make(recodec.detect(TEXTS[name]))
        assert found == whole
        assert hash(make(recodec.detect(TEXTS[name]))) == hash(whole)
        assert repr(make(recodec.detect(TEXTS[name]))) == repr(whole)


def test_every_property_asks_by_itself() -> None:
    whole = told(TEXTS["marked"])
    for name in (*Detection._shown, "declared", "mime", "whatwg"):
        assert getattr(recodec.detect(TEXTS["marked"]), name) == getattr(whole, name), name


def test_patterns_ask() -> None:
    match recodec.detect(TEXTS["ascii"]):
        case Detection(encoding, confidence, language, source):
            assert (encoding, confidence, language, source) == ("ascii", 1.0, "en", "structure")


def test_threads_find_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in range(50):
            found = recodec.detect(TEXTS["utf-8"])
            asks = (
                lambda one: one.language, lambda one: one.source, hash, repr,
                lambda one: one.candidates, lambda one: one.language, lambda one: one.length, repr,
            )  # fmt: skip
            answers = pool.map(lambda ask, one: ask(one), asks, [found] * len(asks))
            language, source, *_, length, shown = answers
            assert (language, source, length) == ("ru", "structure", len(TEXTS["utf-8"]))
            assert "'ru'" in shown


def test_many_small_items_are_left_for_later_too() -> None:
    items = [*TEXTS.values(), "żółć".encode("cp1250"), b"\x00\x01\x02" * 9]
    assert recodec.detect_many(items) == [told(item) for item in items]
    assert recodec.detect_many(items, threads=2) == [told(item) for item in items]
    assert waits(recodec.detect_many(items)[1])


def test_a_stream_tells_at_once() -> None:
    detector = recodec.Detector()
    detector.feed(TEXTS["ascii"])
    assert not waits(detector.peek())
    assert not waits(detector.finish())
