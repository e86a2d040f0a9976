"""Charsets that are told as another: answered by their own name when only they are allowed."""

from __future__ import annotations

import pytest

import recodec
from recodec._registry import charsets

# Told by codes of their own, and where none is in the text, as another: see test_editions.py.
EDITIONS = {
    "gb18030-2005", "gb18030-2022", "ibm-33722", "ibm-949", "ibm-950", "mac-japanese",
    "windows-936",
}  # fmt: skip
NEVER = [charset for charset in charsets.all_charsets() if charset.told_as]
FRENCH = "déjà vu, naïf".encode("cp1252")


def test_what_a_charset_is_told_as_is_told() -> None:
    assert len(NEVER) > 60
    for charset in NEVER:
        assert charset.told_as is not None
        assert not charset.detectable or charset.name in EDITIONS
        assert charsets.lookup(charset.told_as).detectable


@pytest.mark.parametrize("allow", ["palmos", ["palmos"], ["PalmOS", "cp1251"]])
def test_its_own_name_when_asked_for(allow: str | list[str]) -> None:
    found = recodec.detect(FRENCH, allow=allow)
    assert found.encoding == "palmos"
    assert "cp1252" not in [reading.encoding for reading in found.candidates]
    assert recodec.detect_all(FRENCH, allow=allow)[0].encoding == "palmos"
    many = recodec.detect_many([FRENCH, FRENCH * 200], allow=allow)
    assert [answer.encoding for answer in many] == ["palmos", "palmos"]
    with recodec.Detector(allow=allow) as detector:
        detector.feed(FRENCH)
        assert detector.peek().encoding == "palmos"
    assert detector.finish().encoding == "palmos"


def test_weighed_against_others_that_are_allowed() -> None:
    russian = "Съешь ещё этих булок".encode("cp1251")
    assert recodec.detect(russian, allow=["cp1251", "palmos"]).encoding == "cp1251"
    # Where what it is told as may be answered itself, it is.
    assert recodec.detect(FRENCH, allow=["cp1252", "palmos"]).encoding == "cp1252"
    # A family names none of its charsets.
    assert recodec.detect(b"plain text", allow=["iso646-cn"]).encoding == "iso646-cn"
    assert recodec.detect(b"plain text", allow=["seven-bit"]).encoding != "iso646-cn"


def test_denied_after_all() -> None:
    with pytest.raises(recodec.OptionError):
        recodec.detect(FRENCH, allow=["palmos"], deny=["palmos"])


MIXED = [
    "cp930",
    "cp933",
    "cp935",
    "cp937",
    "cp939",
    "cp1364",
    "cp1371",
    "cp1388",
    "cp1390",
    "cp1399",
]


@pytest.mark.parametrize("name", MIXED)
def test_a_page_without_shifts_is_answered_where_it_has_every_byte(name: str) -> None:
    """Bytes that mixed EBCDIC leaves open were said to decode, all of them."""
    assert recodec.detect(b"\xd0\xc5\xd2\xd0", allow=[name]).encoding == name
    for data in (b"\xd0\xcb\xc5\xd2\xd0", b"\xc1\x40\xcb" * 40_000):
        found = recodec.detect(data, allow=[name])
        assert found.encoding is None or found.bad


@pytest.mark.parametrize("family", ["dos", "iso", "mac", "ebcdic", "koi8", "national", "vendor"])
def test_nothing_that_is_allowed_is_what_the_text_is_in(family: str) -> None:
    """The least bad reading was said with up to 0.998, being the only one."""
    for text, encoding in (
        ("Съешь же ещё этих мягких французских булок, да выпей чаю.", "cp1251"),
        ("日本語の文章はこのように書かれています。", "cp932"),
    ):
        found = recodec.detect(text.encode(encoding), allow=[family])
        assert found.confidence < 0.01
        assert recodec.detect(text.encode(encoding), allow=[encoding]).confidence > 0.99
        assert all(one.confidence < 0.01 for one in found.candidates)
