"""Bytes to bytes by the core alone: the answers and the errors of the codecs."""

from __future__ import annotations

import io
import os
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec import DecodeError, EncodeError
from recodec._position import Position
from recodec._recoder import Recoder
from recodec._route import route

TEXT = (
    "Zwölf große Boxkämpfer\r\nСъешь булок\rこれは日本語です。\n한국어 中文 €“”\u3000\ufeff\x00😀"
)
PAIRS = [
    ("cp1251", "utf-8"),
    ("koi8-r", "utf-8"),
    ("cp932", "utf-8"),
    ("euc_jp", "utf-8"),
    ("euc_kr", "utf-8"),
    ("gb18030", "utf-8"),
    ("big5", "utf-8"),
    ("utf-16-le", "utf-8"),
    ("utf-8", "utf-8"),
    ("utf-8", "cp1252"),
    ("utf-8", "cp932"),
    ("utf-8", "gb18030"),
    ("utf-8", "utf-16-be"),
    ("cp1252", "utf-16-le"),
    ("cp932", "euc_jp"),
    ("utf-8-sig", "utf-8"),
    ("utf-16", "utf-8"),
    ("utf-16-be-sig", "utf-8"),
    ("utf-16-version1", "utf-8"),
    ("utf-16-version2", "utf-8"),
    ("utf-32", "utf-8"),
    ("utf-32-le-sig", "utf-8"),
    ("ucs-4", "utf-8"),
    ("ucs-4-le", "cp1251"),
    ("utf-8", "ucs-4"),
    ("utf-16", "cp932"),
    ("utf-16", "utf-16-le"),
    ("utf-16", "utf-8-sig"),
    ("utf-8", "utf-8-sig"),
    ("utf-8", "utf-16"),
    ("utf-8", "utf-16-be-sig"),
    ("utf-8", "utf-32"),
    ("cp932", "utf-16"),
]


def located(from_: str, data: bytes):
    """What a file would be asked for."""

    def locate(fed: int) -> tuple[Position, int]:
        text = route(from_).decode(data[:fed], "strict")[0]
        place = Position()
        place.advance(text)
        return place, len(text)

    return locate


def run(recoder: Recoder, data: bytes, cuts: list[int]) -> object:
    """The output, or everything that an error says."""
    places = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    out = b""
    try:
        for start, end in pairwise(places):
            out += recoder.feed(data[start:end])
        out += recoder.feed(b"", True)
    except DecodeError as error:
        return ("decode", error.offset, error.line, error.column, error.bad, error.reason)
    except EncodeError as error:
        return ("encode", error.offset, error.line, error.column, error.character, error.reason)
    return out, recoder.replaced


def test_there_are_kernels_for_these() -> None:
    for pair in PAIRS:
        recoder = Recoder(*pair)
        recoder.hurry(1 << 20, located(pair[0], b""))
        assert recoder._kernel is not None, pair
        assert recoder.feed(b"") is not None


@given(
    pair=st.sampled_from(PAIRS),
    counts=st.booleans(),
    text=st.text(
        st.one_of(st.sampled_from(TEXT), st.characters(max_codepoint=0x2FFF)), max_size=40
    ),
    junk=st.binary(max_size=3),
    at=st.integers(0, 60),
    cuts=st.lists(st.integers(0, 80), max_size=4),
    errors=st.sampled_from(["strict", "replace", "ignore"]),
    strip=st.booleans(),
    swapped=st.booleans(),
)
def test_kernel_and_codecs_agree(
    pair: tuple[str, str],
    counts: bool,
    text: str,
    junk: bytes,
    at: int,
    cuts: list[int],
    errors: str,
    strip: bool,
    swapped: bool,
) -> None:
    data = route(pair[0]).encode(text, "ignore")[0]
    if swapped and "16" in pair[0]:
        data = b"".join(data[each : each + 2][::-1] for each in range(0, len(data), 2))
    data = data[:at] + junk + data[at:]
    options = {"bom": "strip"} if strip else {}
    slow = Recoder(*pair, errors, **options)
    fast = Recoder(*pair, errors, **options)
    fast.hurry(None, None if counts else located(pair[0], data))
    assert run(fast, data, cuts) == run(slow, data, cuts)


@pytest.mark.parametrize("through", ["file", "stream", "pipe"])
def test_error_far_into_a_file_is_located(tmp_path, through: str) -> None:
    line = "Съешь же ещё этих мягких булок\r\n".encode("cp1251")
    data = line * 20_000 + b"\x98" + line
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(DecodeError) as caught:
        if through == "file":
            recodec.recode_file(path, from_="cp1251")
        elif through == "stream":
            recodec.recode_stream(io.BytesIO(data), io.BytesIO(), from_="cp1251")
        else:
            reader, writer = os.pipe()
            with open(reader, "rb", buffering=0) as source, open(writer, "wb") as sink:
                feeder = threading.Thread(target=lambda: (sink.write(data), sink.close()))
                feeder.start()
                try:
                    recodec.recode_stream(source, io.BytesIO(), from_="cp1251")
                finally:
                    for _ in iter(lambda: source.read(1 << 16), b""):
                        pass
                    feeder.join()
    error = caught.value
    assert (error.offset, error.line, error.column) == (len(line) * 20_000, 20_001, 1)
    assert path.read_bytes() == data


def test_character_far_into_a_file_is_located(tmp_path) -> None:
    path = tmp_path / "file"
    path.write_bytes(("naïve\n" * 30_000 + "ab日").encode())
    with pytest.raises(EncodeError) as caught:
        recodec.recode_file(path, "latin-1", "utf-8")
    assert (caught.value.line, caught.value.column, caught.value.offset) == (30_001, 3, 180_002)


def test_policy_takes_over_where_the_kernel_stops(tmp_path) -> None:
    path = tmp_path / "file"
    text = "naïve\n" * 30_000
    path.write_bytes((text + "日" + text + "本").encode())
    done = recodec.recode_file(path, "latin-1", "utf-8", "replace")
    assert path.read_bytes() == (text + "?" + text + "?").encode("latin-1")
    assert done.replaced == 2
