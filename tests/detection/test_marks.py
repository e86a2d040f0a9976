"""Text with control characters that programs put between its parts, and binary data that is not."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

import recodec
from own_texts import prose

ENCODINGS = [
    ("de", "cp1252"),
    ("ru", "cp1251"),
    ("el", "iso8859-7"),
    ("ja", "euc_jp"),
    ("zh-Hans", "gb18030"),
    ("ru", "utf-8"),
    ("en", "ascii"),
]


def texinfo(lines: list[str]) -> str:
    nodes = [f"\x1f\nFile: a.info,  Node: {k}\n\n{line}\n" for k, line in enumerate(lines)]
    index = "".join(f"* {line[:12]}:  {k}. (line 5)\n" for k, line in enumerate(lines))
    offsets = "".join(f"Node: {k}\x7f{100 * k}\n" for k in range(len(lines)))
    return (
        f"{''.join(nodes)}\0\b[index\0\b]\n{index}\x1f\nTag Table:\n{offsets}\x1f\nEnd Tag Table\n"
    )


def tags(lines: list[str]) -> str:
    return "\x0c\na.c,99\n" + "".join(
        f"int f{k} (void) /* {line[:40]}\x7ff{k}\x01{k},{k * 30}\n" for k, line in enumerate(lines)
    )


def fields(lines: list[str]) -> str:
    return "".join(f"{k}\x01{line}\x01\x02\n" for k, line in enumerate(lines))


def messages(lines: list[str]) -> str:
    return "".join(f"8=FIX.4.2\x0135=B\x0158={line}\x0110={k}\x01" for k, line in enumerate(lines))


def records(lines: list[str]) -> str:
    return "".join(f"\x02{k}\x1f{line}\x1e\x03" for k, line in enumerate(lines))


def styles(lines: list[str]) -> str:
    return "\x1b@\x0f" + "".join(f"\x0e\x1bE{line}\x1bF\x14\r\n" for line in lines) + "\x12\x0c"


def padded(lines: list[str]) -> str:
    return "\r\n".join(lines) + "\x1a" * 100


def assert_is_text(data: bytes, charset: str) -> None:
    """It is detected as the text that it is in `charset`, in one piece and in several."""
    found = recodec.detect(data)
    assert found.encoding is not None, found
    assert data.decode(found.encoding) == data.decode(charset)
    detector = recodec.Detector()
    for i in range(0, len(data), 700):
        detector.feed(data[i : i + 700])
    assert detector.finish() == found


@pytest.mark.parametrize("write", [texinfo, tags, fields, messages, records, styles, padded])
@pytest.mark.parametrize(("language", "charset"), ENCODINGS)
def test_marks_of_programs_are_text(
    write: Callable[[list[str]], str], language: str, charset: str
) -> None:
    data = write(prose(language).splitlines() * 2).encode(charset, "ignore")
    assert_is_text(data, charset)


@pytest.mark.parametrize("size", [64, 512, 20_000, 200_000])
@pytest.mark.parametrize(
    ("language", "charset"), [*ENCODINGS, ("ru", "cp866"), ("de", "cp273"), ("en", "cp037")]
)
def test_nuls_behind_text_are_filling(size: int, language: str, charset: str) -> None:
    text = prose(language).splitlines()[0][:60] if size == 64 else prose(language)
    data = text.replace("\n", "\x85" if charset in ("cp273", "cp037") else "\n").encode(
        charset, "ignore"
    )
    data += b"\0" * max(size - len(data), 8)
    assert_is_text(data, charset)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("fill", [2, 6, 15, 40])
@pytest.mark.parametrize("language", ["ru", "ja", "de", "th"])
def test_nuls_behind_utf_16_are_filling(language: str, fill: int, encoding: str) -> None:
    data = prose(language)[:40].encode(encoding) + b"\0" * fill
    found = recodec.detect(data)
    assert found.encoding == encoding, found
    assert recodec.detect(data + b"\0" * 2000).encoding is None  # more NULs than text


@pytest.mark.parametrize(
    ("word", "charset"),
    [("über", "cp1252"), ("słów", "cp1250"), ("для", "cp1251"), ("für", "cp1252")],
)
def test_a_short_name_is_filled_with_nuls(word: str, charset: str) -> None:
    """Three or four bytes were a number, whatever they read."""
    for fill in (1, 5, 28):
        assert_is_text(word.encode(charset) + b"\0" * fill, charset)


@pytest.mark.parametrize("fill", [1, 8, 33])
def test_ascii_with_nuls_is_not_utf_16(fill: int) -> None:
    """Pairs of ASCII are rare ideographs and daggers."""
    for text in ("  0     0     64", "e\n-------------      ", "Name      Telephone "):
        found = recodec.detect(text.encode() + b"\0" * fill)
        assert not (found.encoding or "").startswith("utf-16"), found


@pytest.mark.parametrize(
    "data",
    [
        b"".join(
            bytes([len(word)]) + word for word in prose("en").encode("ascii", "ignore").split()
        ),
        b"".join(struct.pack("<H", 300 + k * 3) for k in range(60)) + b"\xff" * 60,
        b"".join(struct.pack("<I", 0x01020304 + k) for k in range(60)),
        b"\x7f\x80\x81\x7f\x7e\x7f\x80" * 40,
        b"\x01\x02\x03\x01\x02" * 40,
        b"abc\0\x01defgh\0\x02ij\0\x03" * 20,
        b"\xfc" + b"\xff" * 7 + b"\xcc" + b"\0" * 7,
        "Größe".encode() + b"\0\0\0" + "Länge".encode() + b"\0\0\0",
    ],
    ids=["lengths", "offsets", "numbers", "sound", "pixels", "strings", "negative", "fields"],
)
def test_binary_data_stays_binary(data: bytes) -> None:
    assert recodec.detect(data).encoding is None


@pytest.mark.parametrize(
    "text", ["Hello\x1fworld of things\x1e", "key\x1cvalue\x1dkey2\x1cvalue2\x1d"]
)
def test_short_records_of_ascii(text: str) -> None:
    assert recodec.detect(text.encode()).encoding == "ascii"


@pytest.mark.parametrize(
    "data", [b"a\x1fb\x1fc\x1e", b"\x1c\x1d\x1e\x1fabcd", b"ab\x1e\x02 cd \x1c"]
)
def test_short_data_is_no_record(data: bytes) -> None:
    assert recodec.detect(data).encoding is None
