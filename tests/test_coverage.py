"""Of the charsets that are never an answer: is the answer that is given the same text?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import recodec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
whole_registry = pytest.importorskip("whole_registry")
scoring = pytest.importorskip("scoring")

SHARED = Path(os.environ.get("RECODEC_SHARED") or ROOT.parent / "shared")
CLAIMS = ("The letters of ", "The text of ", "An edition of ", "The pairs of ", "The escape seq")
SAME = [
    name
    for name, row in whole_registry.rows().items()
    if row.get("undetected", "").startswith(CLAIMS)
]


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
