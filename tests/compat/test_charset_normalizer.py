"""In place of charset-normalizer: its functions, classes and answers."""

from __future__ import annotations

import inspect
import io
import logging
from pathlib import Path

import pytest

from detector_texts import CP1251, PNG, RUSSIAN, SAMPLES
from recodec.compat import _unicode_blocks, charset_normalizer


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


def test_matches_sort_by_likelihood() -> None:
    matches = [*charset_normalizer.from_bytes(CP1251), *charset_normalizer.from_bytes(b"\xe9")]
    order = [match.confidence for match in sorted(matches)]
    assert len(matches) > 1 and order == sorted(order, reverse=True)
    with pytest.raises(ValueError, match="CharsetMatch"):
        assert matches[0] < "cp1251"
    assert len(charset_normalizer.CharsetMatches(None)) == 0
