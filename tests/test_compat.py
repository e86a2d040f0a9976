"""The interfaces of other detectors, called as their users call them."""

from __future__ import annotations

import inspect
import io
import logging
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import recodec
import recodec.compat
from recodec.compat import (
    _eras,
    _media_types,
    _unicode_blocks,
    cchardet,
    chardet,
    charset_normalizer,
)

ROOT = Path(__file__).resolve().parents[1]

RUSSIAN = "Привет, как дела? Сегодня мы едем в город за новыми книгами и хлебом."
CP1251 = RUSSIAN.encode("cp1251")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(32)


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
        "confidence": 0.0,
        "language": None,
        "mime_type": "text/plain",
    }


def test_chardet_options() -> None:
    assert chardet.detect(CP1251, include_encodings=["koi8-r"])["encoding"] == "KOI8-R"
    assert chardet.detect(CP1251, exclude_encodings=["cp1251"])["encoding"] != "Windows-1251"
    assert chardet.detect(b"plain" + CP1251, True, max_bytes=5)["encoding"] == "ascii"
    for wrong in ("text", [b"x"], None):
        with pytest.raises(TypeError, match="bytes or bytearray"):
            chardet.detect(wrong)  # type: ignore[arg-type]


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
        assert chardet._spelt(recodec._registry.lookup(name).name) == real


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
    for charset in recodec._registry.all_charsets():
        name = chardet._spelt(charset.name)
        assert name is not None
        assert recodec._registry.lookup(name) is charset, name


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
        {"encoding": "KOI8-R", "confidence": 0.0, "language": None, "mime_type": "text/plain"}
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
    kinds = re.findall(r'X\(\w+, "([^"]+)"\)', (ROOT / "native/src/rcd_binary.h").read_text())
    assert len(kinds) > 50
    assert set(_media_types._TYPES) <= set(kinds)
    assert all(re.fullmatch(r"[a-z]+/[\w.+-]+", _media_types.media_type(kind)) for kind in kinds)


SAMPLES = [
    b"",
    b"plain ASCII text, nothing else",
    RUSSIAN.encode(),
    CP1251,
    RUSSIAN.encode("koi8-r"),
    RUSSIAN.encode("cp866"),
    RUSSIAN.encode("utf-8-sig"),
    RUSSIAN.encode("utf-16"),
    "こんにちは、今日は良い天気ですね。明日は雨でしょう。".encode("cp932"),
    "こんにちは、今日は良い天気ですね。明日は雨でしょう。".encode("iso2022_jp"),
    "今天天气很好，我们去公园散步吧。明天可能会下雨。".encode("gb18030"),
    "안녕하세요. 오늘은 날씨가 좋네요. 내일은 비가 옵니다.".encode("cp949"),
    PNG,
]


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
        considered = {recodec._registry.lookup(name).name for name in names}
        assert allowed == () or considered <= set(allowed or ())


@pytest.mark.parametrize("data", SAMPLES, ids=range(len(SAMPLES)))
def test_answers_as_the_real_charset_normalizer(data: bytes) -> None:
    real = pytest.importorskip("charset_normalizer", "3", reason="it is not installed")
    theirs, ours = real.detect(data), charset_normalizer.detect(data)
    assert ours.keys() == theirs.keys()
    best, best_of_ours = real.from_bytes(data).best(), charset_normalizer.from_bytes(data).best()
    assert (best is None) == (best_of_ours is None)
    if best_of_ours is not None:
        public = {name for name in dir(best) if not name.startswith("_")}
        assert {name for name in public if not hasattr(best_of_ours, name)} == set()
        assert best_of_ours.alphabets == best.alphabets or str(best) != str(best_of_ours)
        assert best.bom == best_of_ours.bom
        assert charset_normalizer.is_binary(data) == real.is_binary(data)


def test_charset_normalizer_best() -> None:
    best = charset_normalizer.from_bytes(CP1251).best()
    assert best is not None
    assert str(best) == RUSSIAN
    assert best.encoding == "cp1251"
    assert best.language == "Russian" and best.languages == ["Russian"]
    assert "windows_1251" in [alias.replace("-", "_") for alias in best.encoding_aliases]
    assert best.output() == RUSSIAN.encode()
    assert best.raw == CP1251
    assert best.coherence == best.confidence > 0.9
    assert best.chaos == pytest.approx(1 - best.confidence)
    assert best.percent_coherence == round(100 * best.confidence, 3)
    assert best.percent_chaos == round(100 * best.chaos, 3)
    assert best.multi_byte_usage == 0
    assert not best.has_submatch and best.submatch == []
    assert best.fingerprint == charset_normalizer.from_bytes(CP1251)[0].fingerprint
    assert not best.bom
    assert repr(best) == "<CharsetMatch 'cp1251'>"


def test_charset_normalizer_matches() -> None:
    matches = charset_normalizer.from_bytes(b"caf\xe9 cr\xe8me")
    assert matches and len(matches) == len(list(matches)) > 1
    assert matches[0] is matches.best() is matches.first()
    assert matches[matches[0].encoding] is matches[0]
    with pytest.raises(KeyError):
        matches["utf-7"]
    with pytest.raises(IndexError):
        matches[99]
    nothing = charset_normalizer.from_bytes(PNG)
    assert not nothing and nothing.best() is None


def test_charset_normalizer_marks() -> None:
    best = charset_normalizer.from_bytes("é".encode("utf-8-sig")).best()
    assert best is not None and best.bom and best.encoding == "utf_8" and str(best) == "é"
    assert charset_normalizer.detect("é".encode("utf-8-sig"))["encoding"] == "UTF-8-SIG"


def test_charset_normalizer_files(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(CP1251)
    for found in (
        charset_normalizer.from_path(path),
        charset_normalizer.from_fp(io.BytesIO(CP1251)),
        charset_normalizer.from_bytes(bytearray(CP1251), cp_isolation=["cp1251"]),
    ):
        assert str(found.best()) == RUSSIAN
    assert not charset_normalizer.is_binary(path)
    assert not charset_normalizer.is_binary(str(path))
    assert charset_normalizer.is_binary(PNG)
    assert charset_normalizer.is_binary(io.BytesIO(PNG))
    other = charset_normalizer.from_bytes(CP1251, cp_exclusion=["windows"]).best()
    assert other is not None and other.encoding != "cp1251"


def test_charset_normalizer_detect() -> None:
    assert charset_normalizer.detect(CP1251)["language"] == "Russian"
    assert charset_normalizer.detect(PNG) == {
        "encoding": None,
        "language": "",
        "confidence": None,
    }
    with pytest.raises(TypeError):
        charset_normalizer.from_bytes("text")  # type: ignore[arg-type]


def test_charset_normalizer_detect_names_as_chardet() -> None:
    assert charset_normalizer.detect(RUSSIAN.encode())["encoding"] == "utf-8"
    assert charset_normalizer.detect(CP1251)["encoding"] == "windows-1251"
    renamed = charset_normalizer.detect(CP1251, should_rename_legacy=True)
    assert renamed["encoding"] == "cp1251"
    for name in charset_normalizer._AS_CHARDET:
        assert RUSSIAN.encode(name, "ignore").decode(charset_normalizer._AS_CHARDET[name])


def test_charset_normalizer_takes_the_options_of_its_measures(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(CP1251)
    found = charset_normalizer.from_bytes(CP1251, steps=10, chunk_size=256, threshold=0.1)
    assert str(found.best()) == RUSSIAN
    assert charset_normalizer.from_path(path, explain=False, enable_fallback=False)
    assert not charset_normalizer.is_binary(path, language_threshold=0.2)
    with pytest.raises(TypeError, match="cp_isolate"):
        charset_normalizer.from_bytes(CP1251, cp_isolate=["cp1251"])  # type: ignore[call-arg]


def test_charset_normalizer_matches_equal_names() -> None:
    best = charset_normalizer.from_bytes(CP1251).best()
    assert best == "cp1251" and best == "windows-1251"
    for other in ("koi8-r", "no-such-charset", 1251):
        assert best != other
    assert best == charset_normalizer.from_bytes(CP1251).best()
    assert best is not None and best.could_be_from_charset == ["cp1251"]


def test_charset_normalizer_takes_what_the_real_one_takes() -> None:
    """Every public name, and the parameters in their order."""
    real = pytest.importorskip("charset_normalizer", "3", reason="it is not installed")
    assert set(real.__all__) <= set(charset_normalizer.__all__)
    parameters = inspect.signature(real.from_bytes).parameters
    assert list(inspect.signature(charset_normalizer.from_bytes).parameters) == list(parameters)
    found = charset_normalizer.from_bytes(CP1251, 5, 512, 0.2, ["koi8-r"]).best()
    assert found is not None and found.encoding == "koi8_r"
    found = charset_normalizer.from_fp(io.BytesIO(CP1251), 5, 512, 0.2, ["koi8-r"]).best()
    assert found is not None and found.encoding == "koi8_r"


def test_blocks_of_unicode_are_those_of_the_real_charset_normalizer() -> None:
    utils = pytest.importorskip("charset_normalizer.utils", reason="it is not installed")
    starts, names = _unicode_blocks._table()
    assert starts == sorted(starts) and starts[0] == 0
    ends = [start - 1 for start in starts[1:]]
    for point in (*starts, *ends, 0x10FFFF):
        name = utils.unicode_range(chr(point))
        assert _unicode_blocks.blocks_of(chr(point)) == ([name] if name else []), hex(point)
    assert len(names) > 300


DECLARED = (
    '<?xml version="1.0" encoding="%s"?><a>Съешь же ещё этих мягких французских булок</a>',
    '<html><head><meta charset="%s"></head><p>Съешь же ещё этих мягких французских булок</p>',
)


@pytest.mark.parametrize("page", DECLARED)
def test_charset_normalizer_output_declares_what_it_is_in(page: str) -> None:
    data = (page % "windows-1251").encode("cp1251")
    for module in (charset_normalizer, pytest.importorskip("charset_normalizer")):
        match = module.from_bytes(data).best()
        assert match.output() == (page % "utf-8").encode()
        if module is charset_normalizer:
            assert match.output("koi8_r") == (page % "koi8-r").encode("koi8-r")


def test_charset_normalizer_corners_are_those_of_the_real_one() -> None:
    real = pytest.importorskip("charset_normalizer", "3", reason="it is not installed")
    chinese = "中文文本在这里。今天天气很好。我们去公园散步吧。".encode("gbk")
    for module in (charset_normalizer, real):
        matches = module.from_bytes(CP1251)
        for name in ("koi8_t", "klingon"):
            with pytest.raises(KeyError):
                matches[name]
        assert not module.from_bytes(CP1251, cp_isolation=["utf_8"])
        empty = module.from_bytes(b"").best()
        assert (str(empty), empty.encoding, empty.chaos) == ("", "utf_8", 0.0)
        assert module.from_bytes(chinese).best().language == "Chinese"
        with pytest.warns(UserWarning, match="cp_isolation"):
            assert module.detect(b"plain", cp_isolation=["cp1252"])["encoding"] == "ascii"


def test_charset_normalizer_adds_matches() -> None:
    matches = charset_normalizer.from_bytes(b"caf\xe9")
    latin = charset_normalizer.from_bytes(b"caf\xe9", cp_isolation=["iso8859-15"])[0]
    other = charset_normalizer.from_bytes(CP1251)[0]
    before = len(matches)
    same = next(match for match in matches if str(match) == str(latin))
    matches.append(latin)
    assert len(matches) == before
    assert same.submatch == [latin] and same.has_submatch
    assert same.could_be_from_charset == [same.encoding, "iso8859_15"]
    matches.append(other)
    assert len(matches) == before + 1
    order = [match.confidence for match in matches]
    assert order == sorted(order, reverse=True)
    for wrong in ("cp1251", same):
        with pytest.raises(ValueError, match="not another reading"):
            same.add_submatch(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="CharsetMatch"):
        matches.append("cp1251")  # type: ignore[arg-type]


def test_charset_normalizer_logging() -> None:
    logger = logging.getLogger("recodec-compat-test")
    charset_normalizer.set_logging_handler(logger.name, logging.DEBUG, "%(message)s")
    assert logger.level == logging.DEBUG and len(logger.handlers) == 1
    logger.handlers.clear()


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
    for charset in recodec._registry.all_charsets():
        name = cchardet._spelt(charset.name)
        assert name == name.upper()
        assert recodec._registry.lookup(name) is charset, name


INSTALLED = """
import sys
import recodec.compat
recodec.compat.install()
import chardet, charset_normalizer, cchardet
from chardet.universaldetector import UniversalDetector
from chardet.enums import LanguageFilter
from charset_normalizer.api import from_bytes
from charset_normalizer.models import CharsetMatch, CharsetMatches
from charset_normalizer.legacy import detect
import chardet.universaldetector
assert chardet is recodec.compat.chardet and chardet.universaldetector.UniversalDetector
assert {charset_normalizer.__name__, cchardet.__name__} == {
    "recodec.compat.charset_normalizer", "recodec.compat.cchardet"}
"""


def in_a_process(script: str) -> None:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_install() -> None:
    in_a_process(INSTALLED)
    in_a_process(
        "import sys, recodec.compat; recodec.compat.install('cchardet');"
        "assert 'cchardet' in sys.modules and 'chardet' not in sys.modules"
    )
    with pytest.raises(ValueError, match="uchardet"):
        recodec.compat.install("uchardet", "chardet")


LIBRARIES = {
    "requests": """
import requests
answer = requests.Response()
answer._content = text.encode("mac-cyrillic")
assert answer.apparent_encoding == "MacCyrillic" and answer.text == text
answer = requests.Response()
answer._content = "Բարի գալուստ մեր քաղաք, սիրելի ընկերներ".encode("armscii-8")
assert answer.text == "Բարի գալուստ մեր քաղաք, սիրելի ընկերներ"
""",
    "bs4": """
from bs4 import BeautifulSoup
for name in ("windows-1251", "koi8-r", "ibm866", "iso-8859-5"):
    page = BeautifulSoup(("<p>" + text + "</p>").encode(name), "html.parser")
    assert (page.original_encoding, page.p.string) == (name, text)
""",
    "feedparser": """
import feedparser
feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title></channel></rss>'
found = feedparser.parse((feed % text).encode("koi8-r"))
assert found.encoding == "KOI8-R" and found.feed.title == text
""",
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_use_it(library: str) -> None:
    """Those that look for a detector, as they are."""
    pytest.importorskip(library, reason=f"{library} is not installed")
    start = f"import recodec.compat; recodec.compat.install(); text = {RUSSIAN!r}\n"
    in_a_process(start + LIBRARIES[library])


@pytest.mark.parametrize(
    ("module", "first", "end"), [(chardet, "3", "8"), (charset_normalizer, "2", "4")]
)
def test_versions_are_those_that_requests_takes(module: ModuleType, first: str, end: str) -> None:
    """The bounds of its check_compatibility()."""
    assert first <= module.__version__ < end
