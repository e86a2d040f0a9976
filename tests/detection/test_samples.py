"""The committed sample files, which are in sixty encodings: every one is told and read right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import recodec

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
with (CORPORA / "samples.toml").open("rb") as _file:
    SAMPLES: list[dict[str, Any]] = tomllib.load(_file)["sample"]

# GB 2312 and its supersets give the dash another code point.
TWO_WAY = str.maketrans({"\u2015": "\u2014"})

# Languages that hardly differ in a few lines.
ALSO = {"id": {"ms"}, "hr": {"bs", "sr-Latn"}, "nb": {"da", "nn"}}


def path_of(sample: dict[str, Any]) -> Path:
    return CORPORA / "samples" / sample["file"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
def test_sample_is_read_as_it_was_meant(sample: dict[str, Any]) -> None:
    """The name may be a superset's; the text may not differ."""
    data = path_of(sample).read_bytes()
    found = recodec.detect(data)
    assert found.encoding is not None
    text, truth = data.decode(found.encoding), data.decode(sample["encoding"])
    assert text.translate(TWO_WAY) == truth.translate(TWO_WAY), found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
def test_language_of_sample(sample: dict[str, Any]) -> None:
    """Every text answer has a language, and on whole files it is the right one."""
    found = recodec.detect(path_of(sample).read_bytes())
    wanted = {sample["language"]} | ALSO.get(sample["language"], set())
    assert found.language in wanted, found


def test_samples_are_told_with_confidence() -> None:
    """Nearly all are given with nine tenths and more, since they are right."""
    sure = [recodec.detect(path_of(sample).read_bytes()).confidence > 0.9 for sample in SAMPLES]
    assert sum(sure) >= len(sure) * 9 // 10
