"""UTF-8 that was misread in another charset and written as UTF-8 once more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec

_TEXTS = {
    "fr": "Le café est fermé jusqu’à lundi, désolé pour le dérangement.",
    "ru": "Съешь же ещё этих мягких французских булок да выпей чаю",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "ja": "この文書は日本語で書かれています。",
    "el": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
}


@pytest.mark.parametrize("inner", ["iso8859-1", "cp437", "cp850", "mac-roman", "koi8-r", "cp866"])
@pytest.mark.parametrize("language", _TEXTS)
def test_the_inner_charset_undoes_it(language: str, inner: str) -> None:
    text = _TEXTS[language]
    twice = text.encode().decode(inner).encode()
    found = recodec.detect(twice)
    assert found.encoding == "utf-8"
    assert found.double_encoded is not None
    assert twice.decode().encode(found.double_encoded).decode() == text
    assert found.language == language


@pytest.mark.parametrize("language", ["fr", "cs", "ru"])
def test_as_browsers_read_windows_1252(language: str) -> None:
    """Five bytes have no character in windows-1252; browsers give the C1 control of that number."""
    text = _TEXTS[language]
    twice = "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))
        for byte in text.encode()
    ).encode()
    found = recodec.detect(twice)
    assert (found.encoding, found.double_encoded, found.language) == ("utf-8", "cp1252", language)


def test_one_character_is_enough_in_latin_1() -> None:
    assert recodec.detect("it costs Â£20 only".encode()).double_encoded == "cp1252"


@pytest.mark.parametrize(
    "text",
    [
        *_TEXTS.values(),
        "São Paulo, AÇÃO, NÃO É",
        "Ã",
        "100 Å, 20 °C, Âme, ÂME",
        "Đã từng có một thời",
        "РСФСР, СССР, АНДРЕЙ",
        "\ufeffdéjà vu",
    ],
)
def test_text_that_is_what_it_says(text: str) -> None:
    assert recodec.detect(text.encode()).double_encoded is None


def test_one_honest_character_speaks_against_it() -> None:
    twice = "déjà vu".encode().decode("latin-1")
    assert recodec.detect((twice + " é").encode()).double_encoded is None


@given(st.text(alphabet=st.characters(min_codepoint=0xA0, max_codepoint=0x7FF), min_size=1))
def test_every_text_doubled_in_latin_1_is_found(text: str) -> None:
    """Of ASCII and two-byte characters: each is C2..DF and a trail byte."""
    twice = text.encode().decode("latin-1").encode()
    found = recodec.detect(twice)
    if found.encoding == "utf-8":
        assert found.double_encoded is not None


def test_pieces_give_the_answer_of_the_whole() -> None:
    twice = _TEXTS["fr"].encode().decode("latin-1").encode()
    detector = recodec.Detector()
    for at in range(0, len(twice), 3):
        detector.feed(twice[at : at + 3])
    assert detector.finish() == recodec.detect(twice)
