"""Of every charset of the registry: is text in it told when asked for, or told as the same text?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import recodec

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
whole_registry = pytest.importorskip("whole_registry")
scoring = pytest.importorskip("scoring")

SHARED = Path(os.environ.get("RECODEC_SHARED") or ROOT.parent / "shared")
CLAIMS = ("The letters of ", "The text of ", "An edition of ", "The pairs of ", "The escape seq")
TOLD = [name for name, row in whole_registry.rows().items() if row["detectable"]]
SAME = [
    name
    for name, row in whole_registry.rows().items()
    if row.get("undetected", "").startswith(CLAIMS)
]

# Read by their codecs alone: detection has no table and no automaton of them, as the registry says.
UNREAD = {
    "big5-uao": "No free mapping",
    "gsm0338": "its text is ASCII with controls",
    "jisx0212": "Half of ISO-2022-JP-2",  # see test_asked.py
}
PLAIN = "Plain text, 25 words of it.\n"


@pytest.fixture(scope="module")
def coverage() -> whole_registry.Coverage:
    if not (SHARED / "corpora" / "dev").is_dir():
        pytest.skip(f"needs the dev texts in {SHARED}")
    return whole_registry.Coverage(SHARED)


def test_most_reasons_say_that_the_text_is_the_same() -> None:
    assert len(SAME) > 60


@pytest.mark.parametrize("charset", SAME)
def test_the_answer_reads_the_same(charset: str, coverage: whole_registry.Coverage) -> None:
    languages = coverage.languages(charset)
    if not languages:
        pytest.skip(f"no dev text that {charset} can hold")
    piece = coverage.piece(charset, *languages[0], 200, 0)
    assert piece is not None
    found = recodec.detect(piece.data)
    assert found.encoding is not None
    assert found.encoding != charset
    text = whole_registry.decoded(piece.data, found.encoding)
    assert text is not None
    assert scoring.same_text(text, piece.text, piece.language)


@pytest.mark.parametrize("charset", TOLD)
def test_what_is_called_detectable_is_told(charset: str, coverage: whole_registry.Coverage) -> None:
    """Some text of each is read as it was written, at 2 KB if not at 200 bytes."""
    pieces = (piece for size in (200, 2000) for piece in coverage.pieces(charset, size))
    made = 0
    for piece in pieces:
        made += 1
        found = recodec.detect(piece.data).encoding
        text = whole_registry.decoded(piece.data, found) if found else None
        if text is not None and scoring.same_text(text, piece.text, piece.language):
            return
    if made == 0:
        pytest.skip(f"no dev text that {charset} can hold")
    pytest.fail(f"none of {made} pieces is read as it was written")


def plain(charset: str) -> whole_registry.Piece | None:
    """A text that says nothing of its charset: ASCII, in capitals or digits alone, or any."""
    for text in (PLAIN, PLAIN.upper(), "PLAIN TEXT", "25"):
        data = whole_registry.encoded(text, charset)
        if data is not None:
            return whole_registry.Piece(charset, "en", text, data)
    held = [bytes([b]) for b in range(0x21, 0x100) if whole_registry.decoded(bytes([b]), charset)]
    text = whole_registry.decoded(b"".join(held), charset)
    return whole_registry.Piece(charset, "und", text, b"".join(held)) if text else None


@pytest.mark.parametrize("charset", sorted(whole_registry.rows()))
def test_told_when_nothing_else_is_allowed(charset: str, coverage: whole_registry.Coverage) -> None:
    """Whoever names a charset gets it: its text in every language, and text that any has."""
    pieces = [
        piece
        for language, form in coverage.languages(charset)
        if (piece := coverage.piece(charset, language, form, 200, 0)) is not None
    ]
    said = plain(charset)
    if said is not None and len(said.data) == len(said.text):  # no letters in a set of symbols
        pieces.append(said)
    if charset in UNREAD:
        assert UNREAD[charset] in whole_registry.rows()[charset]["undetected"]
        pytest.skip(f"there is no text to tell as {charset}")
    assert pieces
    for piece in pieces:
        found = recodec.detect(piece.data, allow=[charset])
        if found.encoding != charset:  # a form of it, with its byte order
            assert found.encoding is not None
            text = whole_registry.decoded(piece.data, found.encoding)
            assert text is not None
            assert scoring.same_text(text, piece.text, piece.language)
        with recodec.Detector(allow=[charset]) as detector:
            detector.feed(piece.data)
        assert detector.finish().encoding == found.encoding
