"""Charsets asked for by name: whatever a charset cannot decode is never said to fit it."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import recodec
from charset_samples import decodable, sample
from recodec._coding.route import route
from recodec._registry import charsets

NEVER = sorted(charset.name for charset in charsets.all_charsets() if not charset.detectable)
PLAIN = b"The text of this line is plain."
CUTS = (1, 2, 7, 100)


def decodes(name: str, data: bytes) -> bool:
    try:
        route(name).decode(data, "strict")
    except UnicodeDecodeError:
        return False
    return True


@cache
def own_text(name: str) -> bytes:
    return route(name).encode(sample(name), "strict")[0]


def inputs(name: str, rng: random.Random) -> list[bytes]:
    """Single bytes, noise, the charset's own text whole and damaged, ASCII with high bytes."""
    own = own_text(name)
    found = [bytes([byte]) for byte in range(256)]
    for _ in range(2):
        size = rng.choice((2, 3, 5, 20, 200))
        start = rng.randrange(max(1, len(own)))
        piece = own[start : start + size]
        damaged = bytearray(piece or PLAIN)
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        plain = bytearray(PLAIN)
        plain[rng.randrange(len(plain))] = rng.randrange(128, 256)
        found += [rng.randbytes(size), piece, bytes(damaged), bytes(plain), bytes(plain) + own]
        found.append(bytes(rng.choice(own) for _ in range(size)))
    return found


def test_what_a_charset_cannot_decode_never_fits_it() -> None:
    rng = random.Random(7)
    for name in decodable():
        items = inputs(name, rng)
        for data, found in zip(items, recodec.detect_many(items, allow=[name]), strict=True):
            if found.encoding == name and not found.bad:
                assert decodes(name, data), (name, data)
            assert (found.valid_up_to < len(data)) == (found.bad > 0) or not found.encoding


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(NEVER), st.data())
def test_fed_in_pieces_it_is_the_same(name: str, data: st.DataObject) -> None:
    own = own_text(name) if name != "big5-uao" else PLAIN
    pieces = data.draw(st.lists(st.one_of(st.binary(max_size=8), st.just(own[:60]))))
    whole = recodec.detect(b"".join(pieces), allow=[name])
    with recodec.Detector(allow=[name]) as detector:
        for piece in pieces:
            detector.feed(piece)
    told = detector.finish()
    assert (told.encoding, told.bad, told.valid_up_to) == (
        whole.encoding,
        whole.bad,
        whole.valid_up_to,
    )
    assert recodec.detect_many([b"".join(pieces)], allow=[name]) == [whole]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp948", "繁體中文字的文章,這是一個測試。"),
        ("jisx0212", "丂丄丅丌丒丟丣"),
        ("compound-text", "naïve żółć 日本語の文章"),
        ("iscii-ori", "ଓଡ଼ିଆ ଭାଷା"),
    ],
)
def test_what_only_a_codec_reads_is_answered_where_nothing_else_is_allowed(
    name: str, text: str
) -> None:
    data = route(name).encode(text, "strict")[0]
    found = recodec.detect(data, allow=[name])
    assert (found.encoding, found.bad, found.valid_up_to) == (name, 0, len(data))


def test_of_two_that_are_told_alike_the_one_that_fits() -> None:
    """Both are told as cp1252; the first lacks the euro sign."""
    assert not decodes("cp1004", b"\x80")
    data = "déjà vu, 5 €".encode("palmos")
    assert recodec.detect(data, allow=["cp1004", "palmos"]).encoding == "palmos"
    assert recodec.detect(data[:-1], allow=["cp1004", "palmos"]).encoding == "cp1004"


def test_how_far_it_fits_is_said() -> None:
    data = "日本語の文章です。".encode("cp932") * 40
    found = recodec.detect(data + b"\x80" + data, allow=["cp943"])
    assert (found.encoding, found.bad, found.valid_up_to) == ("cp943", 1, len(data))
    cut = data + "語".encode("cp932")[:1]
    assert recodec.detect(cut, allow=["cp943"]).bad == 1
    assert recodec.detect(cut, allow=["cp943"], final=False).bad == 0
    assert recodec.detect(cut + data, allow=["cp943"], scan=len(cut)).bad == 0


@pytest.mark.parametrize("name", ["jisx0208", "gb2312-raw", "utf-7-imap"])
def test_lines_of_what_has_no_line_ends(name: str) -> None:
    """They are told, with each line end as a byte that does not decode."""
    texts = {
        "jisx0208": "日本語の文章はこのように書かれています",
        "gb2312-raw": "这是一个关于中国文化的很长的句子我们可以读",
        "utf-7-imap": "Gelöschte Objekte/Entwürfe",
    }
    line = route(name).encode(texts[name], "strict")[0]
    assert recodec.detect(line).encoding == name
    found = recodec.detect(line + b"\n" + line)
    assert (found.encoding, found.bad, found.valid_up_to) == (name, 1, len(line))
    assert recodec.detect(line + b"\n" + line, exact=True).bad == 0
