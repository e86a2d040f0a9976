"""Bytes to bytes by the core alone: the answers and the errors of the codecs."""

from __future__ import annotations

import io
import os
import threading
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec import DecodeError, EncodeError
from recodec._coding.route import route
from recodec._conversion import kernel
from recodec._position import Position
from recodec._recoding.recoder import Recoder

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


class Located:
    """What a file would be asked for."""

    def __init__(self, from_: str, data: bytes, errors: str = "strict") -> None:
        self.from_ = from_
        self.data = data
        # What the core has passed is read again by the policy that it has passed it by.
        self.errors = errors
        self.passed(0, Position(), 0)

    def passed(self, fed: int, place: Position, characters: int) -> None:
        self.fed, self.place, self.characters = fed, place.copy(), characters

    def __call__(self, fed: int) -> tuple[Position, int]:
        text = route(self.from_).decode(self.data[self.fed : fed], self.errors)[0]
        self.place.advance(text)
        self.passed(fed, self.place, self.characters + len(text))
        return self.place, self.characters


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
    problems = [(one.offset, one.line, one.column, one.reason) for one in recoder.problems]
    return out, recoder.replaced, problems


def test_there_are_kernels_for_these() -> None:
    for pair in PAIRS:
        recoder = Recoder(*pair)
        recoder.hurry(1 << 20, Located(pair[0], b""))
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
    errors=st.sampled_from(["strict", "replace", "ignore", "backslashreplace", "collect"]),
    strip=st.booleans(),
    swapped=st.booleans(),
    lenient=st.booleans(),
    window=st.sampled_from([1, 2, 9, 1 << 9]),
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
    lenient: bool,
    window: int,
) -> None:
    data = route(pair[0]).encode(text, "ignore")[0]
    if swapped and "16" in pair[0]:
        data = b"".join(data[each : each + 2][::-1] for each in range(0, len(data), 2))
    data = data[:at] + junk + data[at:]
    options = {"bom": "strip"} if strip else {}
    slow = Recoder(*pair, errors, lenient=lenient, **options)
    fast = Recoder(*pair, errors, lenient=lenient, **options)
    located = None if counts else Located(pair[0], data, fast.read_errors)
    fast.hurry(None, located, respelling=lenient)
    with mock.patch.multiple(kernel, _WINDOW=window, _WIDEST=2 * window):
        answer = run(fast, data, cuts)
    if answer != run(slow, data, cuts):
        # Of an error in reading and one in writing that is told which the cutting brings first.
        assert errors == "strict"
        lines = [at for at, byte in enumerate(data, 1) if byte == 10]
        assert answer == run(Recoder(*pair, errors, lenient=lenient, **options), data, cuts + lines)


def test_the_kernel_goes_on_behind_a_line() -> None:
    """One bad place far from the next leaves the rest to the kernel."""
    line = "Съешь же ещё этих мягких булок\r\n".encode("cp1251")
    data = b"".join(line * 3000 + b"\x98" + line * number for number in range(50))
    fast = Recoder("cp1251", "utf-8", "replace")
    fast.hurry(len(data), Located("cp1251", data))
    out = b"".join(
        bytes(fast.feed(data[at : at + 100_000], at + 100_000 >= len(data)))
        for at in range(0, len(data), 100_000)
    )
    assert out == data.decode("cp1251", "replace").encode()
    assert fast.replaced == 50
    assert fast._kernel is not None
    assert fast.decoder.policy.count == 50


def test_where_it_stops_often_the_codecs_do_more() -> None:
    data = b"ab\x98\n" * 50_000
    fast = Recoder("cp1251", "utf-8", "replace")
    fast.hurry(len(data), Located("cp1251", data))
    calls = 0
    real = kernel.Kernel.lines

    def counted(self: kernel.Kernel, rest: bytes) -> int:
        nonlocal calls
        calls += 1
        return real(self, rest)

    with mock.patch.object(kernel.Kernel, "lines", counted):
        assert fast.feed(data, True) == data.decode("cp1251", "replace").encode()
    assert calls < 20


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
