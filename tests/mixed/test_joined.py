"""Lines in an 8-bit encoding and in UTF-16 behind each other, as PowerShell and cmd leave them."""

from __future__ import annotations

import pytest

import recodec
import roads
from recodec._mixed.joined import joint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_LINES = {
    "ascii": [f"2009-01-02 12:00:{n % 60:02} service {n} was started" for n in range(300)],
    "cp1251": [f"{n} Служба запущена, строка {n * 7}" for n in range(300)],
    "cp1252": [f"{n} le café est très chaud à {n * 7}" for n in range(300)],
    "cp932": [f"{n} サービスが開始されました。番号 {n * 7}" for n in range(300)],
    "utf-8": [f"{n} Служба запущена, строка {n * 7}" for n in range(300)],
}

# Lines of 8-bit text and of UTF-16. The longer ones are more than a detection keeps of an input.
SIZES = ((2, 5), (5, 2), (5, 50), (50, 5), (50, 300), (300, 50), (300, 5))
WIDE = ("utf-16-le", "utf-16-be", "utf-16")


def _parts(encoding: str, wide: str, size: tuple[int, int]) -> tuple[bytes, bytes]:
    lines = _LINES[encoding]
    narrow = "".join(f"{line}\n" for line in lines[: size[0]]).encode(encoding)
    return narrow, "".join(f"{line}\r\n" for line in lines[: size[1]]).encode(wide)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("encoding", _LINES)
def test_either_order_is_mixed(encoding: str, wide: str, size: tuple[int, int]) -> None:
    narrow, units = _parts(encoding, wide, size)
    for first, second in ((narrow, units), (units, narrow)):
        found = recodec.detect(first + second)
        assert found.mixed
        if len(narrow) > len(units):
            assert found.encoding == encoding
        elif wide == "utf-16" and first is narrow:
            assert found.encoding == "utf-16-le"  # the mark is not at the start
        else:
            assert found.encoding == wide
        assert found.bad
        assert found.valid_up_to <= len(first)
        recodec.decode((first + second)[: found.valid_up_to], found.encoding)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_stream_says_the_same(size: int) -> None:
    for encoding in _LINES:
        for lines in ((5, 50), (300, 50)):
            narrow, units = _parts(encoding, "utf-16-le", lines)
            for data in (narrow + units, units + narrow):
                pieces = [data[at : at + size] for at in range(0, len(data), size)]
                assert roads.feed_in_pieces(pieces) == recodec.detect(data)


@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("encoding", _LINES)
@pytest.mark.parametrize("count", [1, 2, 40, 300])
def test_utf_16_alone_is_not_mixed(encoding: str, wide: str, count: int) -> None:
    _, units = _parts(encoding, wide, (0, count))
    assert (recodec.detect(units).encoding, recodec.detect(units).mixed) == (wide, False)


# What has NUL bytes behind text, or text behind NUL bytes, and is no UTF-16.
OTHERS = {
    "padded text": b"a line of text\n" * 4 + bytes(64),
    "names that end in NUL": b"one name\0another name\0a third\0",
    "text and numbers": b"a header\n" + b"".join(n.to_bytes(2, "little") for n in range(99)),
    "numbers and text": b"".join(n.to_bytes(2, "little") for n in range(99)) + b"a trailer\n",
    "UTF-32": "eine Zeile\nnoch eine\n".encode("utf-32-le"),
    "Gurmukhi, whose high bytes are line feeds": "ਪਰ ਕਰ ਜਰ ਤਰ\nਪਰ ਕਰ\n".encode("utf-16-le"),
    "Malayalam, whose high bytes are returns": "പറ പറ റപ പറ\n".encode("utf-16-le"),
    "a line of one letter a unit": b"text\n\0\0\0\0\0\0\0\0",
}


@pytest.mark.parametrize("data", OTHERS.values(), ids=OTHERS.keys())
def test_nul_bytes_alone_are_no_utf_16(data: bytes) -> None:
    assert not recodec.detect(data).mixed


def test_what_is_not_allowed_is_not_told() -> None:
    narrow, units = _parts("cp1252", "utf-16-le", (5, 5))
    assert not recodec.detect(narrow + units, allow=["cp1252"]).mixed
    narrow, units = _parts("cp1251", "utf-16-le", (300, 50))
    pieces = [narrow + units[:50], units[50:]]
    asked = roads.feed_in_pieces(pieces, allow=["cp1251"])
    assert recodec.detect(b"".join(pieces), allow=["cp1251"]) == asked


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("wide", WIDE)
@pytest.mark.parametrize("encoding", _LINES)
def test_segments_are_the_parts(encoding: str, wide: str, size: tuple[int, int]) -> None:
    narrow, units = _parts(encoding, wide, size)
    for first, second in ((narrow, units), (units, narrow)):
        parts = recodec.segments(first + second)
        encodings = [encoding, wide] if first is narrow else [wide, encoding]
        assert [part.encoding for part in parts] == encodings
        assert [(part.start, part.end) for part in parts] == [
            (0, len(first)),
            (len(first), len(first + second)),
        ]


def test_8_bit_lines_of_two_encodings_before_utf_16() -> None:
    narrow, units = _parts("utf-8", "utf-16-le", (20, 5))
    other, _ = _parts("cp1251", "utf-16-le", (20, 0))
    parts = recodec.segments(narrow + other + units)
    assert [part.encoding for part in parts] == ["utf-8", "cp1251", "utf-16-le"]


def test_such_a_file_is_left_alone_or_split(tmp_path: Path) -> None:
    narrow, units = _parts("cp1252", "utf-16", (5, 4))
    path = tmp_path / "old.log"
    for data, said in (
        (narrow + units, "lines 1-5 in cp1252, 6-9 in utf-16"),
        (units + narrow, "lines 1-4 in utf-16, 5-9 in cp1252"),
    ):
        path.write_bytes(data)
        assert said in (recodec.recode_file(path).skipped or "")
        assert path.read_bytes() == data
        done = recodec.recode_file(path, mixed="split")
        assert done.skipped is None
        text = "".join(f"{line}\n" for line in _LINES["cp1252"][:5])
        wide = "".join(f"{line}\r\n" for line in _LINES["cp1252"][:4])
        expected = text + wide if data.startswith(narrow) else wide + text
        assert path.read_bytes().decode() == expected


@pytest.mark.parametrize("wide", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("count", [3, 4000])
def test_units_that_are_no_text_are_no_utf_16(wide: str, count: int) -> None:
    """Lines of code units with a control among them, near the joint and far from it."""
    narrow = b"a line of text\n" * 5
    line = "2009-01-02 service \U0001f600 was started\r\n"
    fine = (line * count).encode(wide)
    bad = (line * (count - 1) + "\x01" + line).encode(wide)
    assert joint(narrow + fine) == (len(narrow), False)
    assert joint(fine + narrow) == (len(fine), True)
    assert joint(narrow + bad) is None
    assert joint(bad + narrow) is None
