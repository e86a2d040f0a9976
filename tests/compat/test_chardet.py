"""In place of chardet: its functions, classes, names and answers."""

from __future__ import annotations

import inspect
import re
import warnings
from pathlib import Path

import pytest

import recodec
import recodec.compat
from detector_texts import CP1251, PNG, RUSSIAN, SAMPLES
from recodec.compat import _eras, _media_types, chardet

ROOT = Path(__file__).resolve().parents[2]
OCTETS = "application/octet-stream"


def test_chardet_detect() -> None:
    found = chardet.detect(CP1251)
    assert found["encoding"] == "Windows-1251"
    assert found["language"] == "ru"
    assert found["confidence"] == recodec.detect(CP1251).confidence
    assert set(found) == {"encoding", "confidence", "language", "mime_type"}
    assert chardet.detect(bytearray(CP1251)) == found
    assert chardet.detect(b"plain")["encoding"] == "ascii"
    assert chardet.detect("é".encode("utf-8-sig"))["encoding"] == "UTF-8-SIG"
    assert chardet.detect("日本語の文章です".encode("cp932"))["encoding"] == "CP932"
    assert chardet.detect(PNG)["encoding"] is None
    assert chardet.detect(PNG)["mime_type"] == "image/png"
    assert chardet.detect(bytes(100))["mime_type"] == "application/octet-stream"
    assert chardet.detect(b"") == {
        "encoding": "utf-8",
        "confidence": 0.1,
        "language": None,
        "mime_type": "text/plain",
    }


def test_chardet_options() -> None:
    assert chardet.detect(CP1251, include_encodings=["koi8-r"])["encoding"] == "KOI8-R"
    assert chardet.detect(CP1251, exclude_encodings=["cp1251"])["encoding"] != "Windows-1251"
    assert chardet.detect(b"plain" + CP1251, max_bytes=5)["encoding"] == "ascii"
    for wrong in ("text", [b"x"], None):
        with pytest.raises(TypeError, match="bytes or bytearray"):
            chardet.detect(wrong)  # type: ignore[arg-type]


def test_chardet_calls_ascii_by_its_superset_when_asked() -> None:
    data = b"plain"
    for option in ("prefer_superset", "should_rename_legacy"):
        assert chardet.detect(data, **{option: True})["encoding"] == "Windows-1252"  # type: ignore[arg-type]
        assert chardet.detect_all(data, **{option: True})[0]["encoding"] == "Windows-1252"  # type: ignore[arg-type]
        detector = chardet.UniversalDetector(**{option: True})  # type: ignore[arg-type]
        detector.feed(data)
        assert detector.close()["encoding"] == "Windows-1252"
    for option in ({"include_encodings": ["ascii"]}, {"exclude_encodings": ["cp1252"]}):
        found = chardet.detect(data, prefer_superset=True, **option)  # type: ignore[arg-type]
        assert found["encoding"] == "ascii"
    assert chardet.detect(data, prefer_superset=True, compat_names=False)["encoding"] == "cp1252"
    assert chardet.UniversalDetector.LEGACY_MAP["ascii"] == "cp1252"


@pytest.mark.parametrize(
    "options",
    [
        {"include_encodings": ["ascii"], "exclude_encodings": ["ascii"]},
        {"include_encodings": ["ascii"], "no_match_encoding": "utf-8"},
        {"include_encodings": ["ascii"], "empty_input_encoding": "cp1252"},
        {"include_encodings": ["ascii"], "exclude_encodings": ["us-ascii"]},
        {"exclude_encodings": ["utf-8", "cp1251", "koi8-r"], "no_match_encoding": "cp1251"},
        {"encoding_era": chardet.EncodingEra.DOS, "empty_input_encoding": "cp437"},
    ],
    ids=str,
)
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\xfd"], ids=["empty", "no match"])
def test_chardet_answers_what_is_asked_for_or_nothing(
    options: dict[str, object], data: bytes
) -> None:
    """Overlapping lists, and sentinels that they leave out: no answer, and no error."""
    real = pytest.importorskip("chardet", reason="it is not installed")
    theirs = dict(options)
    if "encoding_era" in theirs:
        theirs["encoding_era"] = real.EncodingEra.DOS
    found = chardet.detect(data, **options)  # type: ignore[arg-type]
    detector = chardet.UniversalDetector(**options)  # type: ignore[arg-type]
    detector.feed(data)
    assert detector.close() == found == chardet.detect_all(data, **options)[0]  # type: ignore[arg-type]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = real.detect(data, **theirs)
    if data == b"" or "include_encodings" in options:
        assert found == expected


def test_chardet_says_what_kind_of_text_declares_its_charset() -> None:
    page = b"<html><meta charset=iso-8859-1>p\xe4iv\xe4\xe4 t\xe4n\xe4\xe4n</html>"
    assert chardet.detect(page)["mime_type"] == "text/html"
    assert chardet.detect(b'<?xml version="1.0" encoding="utf-8"?><a/>')["mime_type"] == "text/xml"
    assert chardet.detect(b"# coding: latin-1\nx = 1\n")["mime_type"] == "text/x-python"
    assert chardet.detect(b"<html>plain</html>")["mime_type"] == "text/plain"


def test_chardet_is_done_after_max_bytes() -> None:
    """As long as nobody says that there is more, a character may be broken rather than cut."""
    detector = chardet.UniversalDetector(max_bytes=50)
    detector.feed(b"x" * 30)
    assert not detector.done
    detector.feed(b"x" * 20)
    assert detector.done
    detector.feed(b"\xff")
    assert detector.close()["encoding"] == "ascii"
    text = "日本語です。".encode()
    for more, broken in ((text[-1:], False), (b"", True)):
        detector = chardet.UniversalDetector(max_bytes=len(text) - 1)
        detector.feed(text[:-1])
        assert detector.done
        detector.feed(more)
        found = recodec.detect(text[:-1], final=broken)
        assert detector.close()["confidence"] == found.confidence


def test_chardet_detect_all() -> None:
    every = chardet.detect_all(b"caf\xe9", ignore_threshold=True)
    some = chardet.detect_all(b"caf\xe9")
    assert every[0] == some[0] == chardet.detect(b"caf\xe9")
    assert len(every) > len(some) >= 1
    assert all(one["confidence"] >= chardet.MINIMUM_THRESHOLD for one in some[1:])
    assert chardet.detect_all(PNG) == [chardet.detect(PNG)]
    assert chardet.detect_all(b"") == [chardet.detect(b"")]


def test_chardet_names_are_spelt_as_the_real_one_does() -> None:
    """`iso8859-15` and `cp437`, not IANA's `ISO-8859-15` and `IBM437`: code compares literally."""
    names = pytest.importorskip("chardet.output_names", reason="it is not installed")
    registry = pytest.importorskip("chardet.registry").REGISTRY
    wider = names.NARROWER_DISPLAY_NAMES  # there a name is given that cannot decode all they read
    for name in registry.keys() - wider:
        real = names.apply_compat_names({"encoding": name})["encoding"]
        assert chardet._spelt(recodec._registry.charsets.lookup(name).name) == real


def test_chardet_refuses_as_the_real_one_does() -> None:
    """Callers catch ValueError; an empty list of encodings stood for all of them."""
    for call in (chardet.detect, chardet.detect_all):
        for option in ("include_encodings", "exclude_encodings"):
            with pytest.raises(ValueError, match="unknown charset 'klingon'") as caught:
                call(CP1251, **{option: ["klingon"]})
            assert isinstance(caught.value, recodec.UnknownCharsetError)
        for option in ("no_match_encoding", "empty_input_encoding"):
            with pytest.raises(ValueError, match="unknown charset 'klingon'"):
                call(CP1251, **{option: "klingon"})
        with pytest.raises(ValueError, match="include_encodings"):
            call(CP1251, include_encodings=[])
    with pytest.raises(ValueError, match="include_encodings"):
        chardet.UniversalDetector(include_encodings=())
    assert chardet.detect(memoryview(CP1251))["encoding"] == "Windows-1251"


def test_chardet_names_can_be_decoded_with() -> None:
    for charset in recodec._registry.charsets.all_charsets():
        name = chardet._spelt(charset.name)
        assert name is not None
        assert recodec._registry.charsets.lookup(name) is charset, name


def test_chardet_universal_detector() -> None:
    detector = chardet.UniversalDetector()
    assert detector.result["encoding"] is None
    for at in range(0, len(CP1251), 7):
        detector.feed(CP1251[at : at + 7])
        if detector.done:
            break
    assert detector.close() == detector.result == chardet.detect(CP1251)
    assert detector.done
    with pytest.raises(ValueError, match="reset"):
        detector.feed(b"too late")
    assert detector.close()["encoding"] == "Windows-1251"
    detector.reset()
    assert not detector.done
    detector.feed(b"plain")
    assert detector.close()["encoding"] == "ascii"
    with pytest.raises(TypeError):
        detector.feed("text")  # type: ignore[arg-type]


def test_chardet_eras() -> None:
    era = chardet.EncodingEra
    assert chardet.detect(CP1251, encoding_era=era.ALL) == chardet.detect(CP1251)
    assert chardet.detect(CP1251, encoding_era=era.MODERN_WEB)["encoding"] == "Windows-1251"
    dos = RUSSIAN.encode("cp866")
    assert chardet.detect(dos, encoding_era=era.DOS)["encoding"] == "IBM866"
    assert chardet.detect(dos, encoding_era=era.MODERN_WEB)["encoding"] != "IBM866"
    both = era.DOS | era.LEGACY_MAC
    assert chardet.detect(dos, encoding_era=both)["encoding"] == "IBM866"
    with pytest.raises(recodec.UnknownCharsetError):
        chardet.detect(dos, include_encodings=["klingon"])
    none_left = {"encoding_era": era.DOS, "include_encodings": ["cp1251"]}
    assert chardet.detect(dos, **none_left)["encoding"] is None  # type: ignore[arg-type]
    assert chardet.detect_all(dos, no_match_encoding="koi8-r", **none_left) == [  # type: ignore[arg-type]
        {"encoding": None, "confidence": 0.0, "language": None, "mime_type": OCTETS}
    ]
    detector = chardet.UniversalDetector(encoding_era=era.DOS)
    detector.feed(dos)
    assert detector.close()["encoding"] == "IBM866"


def test_chardet_names_as_told() -> None:
    assert chardet.detect(CP1251, compat_names=False)["encoding"] == "cp1251"
    assert chardet.detect(b"", empty_input_encoding="cp1251")["encoding"] == "Windows-1251"
    detector = chardet.UniversalDetector(compat_names=False)
    detector.feed(CP1251)
    assert detector.close()["encoding"] == "cp1251"


def test_every_kind_has_a_media_type() -> None:
    kinds = re.findall(r'X\(\w+, "([^"]+)"\)', (ROOT / "native/src/input/rcd_binary.h").read_text())
    assert len(kinds) > 50
    assert set(_media_types._TYPES) <= set(kinds)
    assert all(re.fullmatch(r"[a-z]+/[\w.+-]+", _media_types.media_type(kind)) for kind in kinds)


@pytest.mark.parametrize("data", SAMPLES, ids=range(len(SAMPLES)))
def test_answers_as_the_real_chardet(data: bytes) -> None:
    """Clear cases: the same encoding in the same spelling, the same keys, the same media type."""
    real = pytest.importorskip("chardet", "7", reason="chardet 7 is not installed")
    theirs, ours = real.detect(data), chardet.detect(data)
    assert ours.keys() == theirs.keys()
    assert (ours["encoding"], ours["mime_type"]) == (theirs["encoding"], theirs["mime_type"])
    everything, first = real.detect_all(data), chardet.detect_all(data)
    assert first[0].keys() == everything[0].keys()
    assert first[0]["encoding"] == everything[0]["encoding"]
    one, other = real.UniversalDetector(), chardet.UniversalDetector()
    assert one.result == other.result
    one.feed(data)
    other.feed(data)
    assert one.close()["encoding"] == other.close()["encoding"]
    codec = chardet.detect(data, compat_names=False)["encoding"]
    if codec is not None:
        assert data.decode(codec) == data.decode(real.detect(data, compat_names=False)["encoding"])


def test_takes_what_the_real_chardet_takes() -> None:
    """Every public name and every parameter, in the same order."""
    real = pytest.importorskip("chardet", "7", reason="chardet 7 is not installed")
    assert set(real.__all__) - {"__version__"} <= set(chardet.__all__)
    assert {m.name: m.value for m in real.EncodingEra} == {
        m.name: m.value for m in chardet.EncodingEra
    }
    for theirs, ours in (
        (real.detect, chardet.detect),
        (real.detect_all, chardet.detect_all),
        (real.UniversalDetector, chardet.UniversalDetector),
    ):
        assert list(inspect.signature(ours).parameters) == list(
            inspect.signature(theirs).parameters
        )
    for era in real.EncodingEra:
        names = {i.name for i in real.registry.REGISTRY.values() if i.era & era}
        allowed = _eras.considered(chardet.EncodingEra(era.value), None)
        # Empty for all: for ALL itself, which Python 3.10 lists among the members of a flag.
        considered = {recodec._registry.charsets.lookup(name).name for name in names}
        assert allowed == () or considered <= set(allowed or ())


@pytest.mark.parametrize("size", [0, -1, True, 1.5, "1"])
def test_bytes_to_look_at_are_a_positive_number(size: object) -> None:
    for call in (chardet.detect, chardet.detect_all):
        with pytest.raises(ValueError, match="max_bytes must be a positive integer"):
            call(CP1251, max_bytes=size)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="max_bytes must be a positive integer"):
        chardet.UniversalDetector(max_bytes=size)  # type: ignore[arg-type]
