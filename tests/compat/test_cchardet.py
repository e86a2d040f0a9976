"""In place of cchardet and faust-cchardet."""

from __future__ import annotations

import pytest

import recodec
import recodec.compat
from detector_texts import CP1251
from recodec.compat import cchardet


def test_cchardet() -> None:
    assert cchardet.detect(CP1251)["encoding"] == "WINDOWS-1251"
    assert cchardet.detect(b"plain") == {"encoding": "ASCII", "confidence": 1.0}
    nothing = {"encoding": None, "confidence": None}
    assert cchardet.detect(b"") == cchardet.detect(bytes(100)) == nothing
    with cchardet.UniversalDetector() as detector:
        assert detector.result == nothing and not detector.done
        for at in range(0, len(CP1251), 7):
            detector.feed(CP1251[at : at + 7])
    assert detector.done and detector.result == cchardet.detect(CP1251)
    detector.feed(b"ignored")
    assert detector.result["encoding"] == "WINDOWS-1251"
    detector.reset()
    assert detector.result == nothing and not detector.done
    for wrong in ("text", bytearray(b"x"), None):
        with pytest.raises(TypeError):
            cchardet.detect(wrong)  # type: ignore[arg-type]


def test_cchardet_names_can_be_decoded_with() -> None:
    """In capitals, but for what faust-cchardet 3.2 spells otherwise."""
    as_it_is = {
        "johab": "Johab",
        "mac-cyrillic": "maccyrillic",
        "mac-latin2": "maccentraleurope",
    }
    for charset in recodec._registry.charsets.all_charsets():
        name = cchardet._spelt(charset.name)
        assert name == (as_it_is.get(charset.name) or name.upper())
        assert recodec._registry.charsets.lookup(name) is charset, name
