"""The table that makes a lead a probability: its shape, and that it says what answers are worth.

The table is fitted to the detector's own answers (native/gen/gen_calibration.py), which takes a
minute; here a part of the same texts is asked again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import recodec

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
needs_texts = pytest.mark.skipif(
    not (SHARED / "corpora" / "dev").is_dir(), reason="needs the dev texts"
)


@pytest.fixture
def fit(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(sys, "path", [str(ROOT / "native" / "gen"), *sys.path])
    import gen_calibration

    return gen_calibration


def test_table_is_whole_and_rises(fit) -> None:
    table, risk = fit.committed()
    assert len(risk) == len(fit.PLACES) + 1 and risk[0] >= 1000 and min(risk) > 0
    assert len(table) == len(fit.LENGTHS) + 1
    for rows in table:
        assert len(rows) == len(fit.EACH) + 1
        for row in rows:
            assert len(row) == len(fit.LEADS) + 1
            assert row == sorted(row)
            assert 0 < row[0] <= row[-1] <= 1e6 * fit.SURE


def test_source_of_the_table_reads_back(fit) -> None:
    text = fit.source(fit.committed_texts(), *fit.committed())
    assert fit.PATH.read_text(encoding="utf-8") == text


def test_pooling_never_falls_and_keeps_the_mean(fit) -> None:
    values, weights = [0.5, 0.9, 0.7, 0.8, 1.0], [1.0, 3.0, 1.0, 2.0, 1.0]
    risen = fit.rising(values, weights)
    assert risen == sorted(risen)
    mean = sum(v * w for v, w in zip(values, weights, strict=True))
    assert sum(v * w for v, w in zip(risen, weights, strict=True)) == pytest.approx(mean)
    assert risen[0] == 0.5 and risen[-1] == 1.0


@needs_texts
def test_table_is_of_the_texts_that_are_there(fit) -> None:
    assert fit.committed_texts() == fit.digest_line(fit.TEXTS)


@needs_texts
def test_table_says_what_answers_are_worth(fit) -> None:
    found = list(fit.answers(SHARED, fit.SEEDS[0], 0.25))
    assert len(found) > 1000
    assert fit.distance(found, *fit.committed()) <= 0.02


@pytest.mark.parametrize(
    "data",
    ["Привет, как дела?".encode("cp1251"), "naïve café".encode("cp850"), b"\xe9", b"caf\xe9 \x80"],
)
def test_candidates_share_what_is_left(data: bytes) -> None:
    found = recodec.detect_all(data)
    assert found[0].confidence == max(one.confidence for one in found)
    assert sum(one.confidence for one in found) <= 1.0 + 1e-9
    assert [one.score for one in found] == sorted(one.score for one in found)


def test_letters_a_charset_lacks_speak_for_it() -> None:
    # Ten of â and î and not one ă, ș or ț: written in Latin-1, whose ê is Latin-2's ę.
    text = "Când a fost în oraș, a mâncat pâine și a cântat la Thêatre; când vântul bate, rămâne."
    plain = text.translate(str.maketrans("ășț", "ast"))
    found = recodec.detect(plain.encode("latin-1"))
    assert plain.encode("latin-1").decode(found.encoding) == plain
    assert recodec.detect(
        text.replace("ê", "e").replace("ș", "ş").encode("iso8859-2")
    ).encoding in (
        "iso8859-2",
        "cp1250",
    )


@pytest.mark.parametrize("data", [bytes([b]) for b in (0x80, 0xA4, 0xE9, 0xFF)] + [b"\xe9\xe8"])
def test_lone_bytes_are_told_with_little_confidence(data: bytes) -> None:
    assert recodec.detect(data).confidence < 0.9
