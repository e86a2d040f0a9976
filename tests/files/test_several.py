"""Large files in several threads: the bytes, the errors and the place of one thread."""

from __future__ import annotations

import _thread
import io
import os
import time
from pathlib import Path

import pytest

import recodec
from recodec._files import several
from recodec._files.conversion import Conversion
from recodec._files.options import Options

pytestmark = pytest.mark.skipif(not hasattr(os, "preadv"), reason="no reading at a place here")

LINE = "Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n"
JAPANESE = "これは日本語の文章です。文字コードを調べます。\n"
PIECE = several._PIECE
SIZE = 3 * PIECE


@pytest.fixture(autouse=True)
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "_PAYS", 1 << 10)
    monkeypatch.setattr(several, "_processors", lambda: 3)
    monkeypatch.setattr(several, "_TRIED", 1)
    monkeypatch.setattr(several, "_QUICK", 0.0)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the pieces that were converted apart."""
    sizes: list[int] = []
    plain = several.several

    def spy(*arguments: object) -> object:
        for data, out in plain(*arguments):  # type: ignore[arg-type]
            sizes.append(len(data))
            yield data, out

    monkeypatch.setattr(several, "several", spy)
    return sizes


def text_of(text: str, size: int, seed: int = 7) -> str:
    """Lines of changing lengths."""
    lines = [text[: 1 + seed * number % len(text)].rstrip() + "\n" for number in range(97)]
    block = "".join(lines)
    return block * (size // len(block) + 1)


@pytest.mark.parametrize(
    ("from_", "to", "text"),
    [
        ("cp1251", "utf-8", LINE),
        ("utf-8", "cp1251", LINE),
        ("cp932", "utf-8", JAPANESE),
        ("cp932", "euc_jp", JAPANESE),
        ("utf-8", "utf-16-le", JAPANESE),
        ("tcvn", "utf-8", "Tất cả mọi người sinh ra đều bình đẳng\n"),
    ],
)
def test_the_bytes_of_one_thread(
    tmp_path: Path, counted: list[int], from_: str, to: str, text: str
) -> None:
    whole = text_of(text, SIZE)
    path = tmp_path / "text"
    path.write_bytes(whole.encode(from_))
    out = io.BytesIO()
    with path.open("rb") as source:
        source.read(len("x"))
        source.seek(0)
        done = recodec.recode_stream(source, out, to, from_=from_)
        assert source.read() == b""
    assert out.getvalue() == whole.encode(to)
    assert done.bytes_in == path.stat().st_size
    assert done.bytes_out == len(out.getvalue())
    assert len(counted) >= path.stat().st_size // PIECE - 1


@pytest.mark.parametrize("name", ["cp1251", "cp932", "utf-8"])
@pytest.mark.parametrize("place", [0, 1, PIECE - 1, PIECE, 2 * PIECE + 5, SIZE])
def test_errors_stand_where_they_are(tmp_path: Path, name: str, place: int) -> None:
    text = text_of(LINE if name != "cp932" else JAPANESE, SIZE)
    head = text.encode(name)[:place]
    head = head.decode(name, "ignore").encode(name)
    bad = {"cp1251": b"\x98", "cp932": b"\x82 ", "utf-8": b"\xff"}[name]
    data = head + bad + text.encode(name)[: SIZE // 2].decode(name, "ignore").encode(name)
    path = tmp_path / "text"
    path.write_bytes(data)
    with path.open("rb") as source, pytest.raises(recodec.DecodeError) as caught:
        recodec.recode_stream(source, io.BytesIO(), "utf-16", from_=name)
    with pytest.raises(recodec.DecodeError) as expected:
        recodec.decode(data, name)
    for field in ("offset", "line", "column", "bad"):
        assert getattr(caught.value, field) == getattr(expected.value, field), field


@pytest.mark.parametrize("longest", [100, several._LINE, SIZE])
def test_long_lines_are_for_one_thread(tmp_path: Path, longest: int) -> None:
    text = text_of(LINE, SIZE) + "я" * longest + "\n" + text_of(LINE, SIZE, 5)
    path = tmp_path / "text"
    path.write_bytes(text.encode("cp1251"))
    out = io.BytesIO()
    with path.open("rb", buffering=0) as source:
        recodec.recode_stream(source, out, "utf-8", from_="cp1251")
        assert source.tell() == path.stat().st_size
    assert out.getvalue().decode() == text


def test_from_where_the_file_stands(tmp_path: Path, counted: list[int]) -> None:
    text = text_of(LINE, SIZE)
    path = tmp_path / "text"
    path.write_bytes(b"\x98\x98" + text.encode("cp1251"))
    out = io.BytesIO()
    with path.open("rb") as source:
        source.read(2)
        recodec.recode_stream(source, out, "utf-8", from_="cp1251")
    assert out.getvalue().decode() == text
    assert counted


@pytest.mark.parametrize("processors", [1, 2, 9])
def test_nobody_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    """Who stops in the middle has no thread any more, and the file stands behind what it got."""
    monkeypatch.setattr(several, "_processors", lambda: processors)
    path = tmp_path / "text"
    path.write_bytes(text_of(LINE, 4 * SIZE).encode("cp1251"))
    running: list[str] = []
    real = several._Work._help

    def helping(self: several._Work, ended: object) -> None:
        running.append("begun")
        real(self, ended)  # type: ignore[arg-type]
        running.append("ended")

    monkeypatch.setattr(several._Work, "_help", helping)
    with path.open("rb", buffering=0) as source:
        pieces = Conversion(Options(from_="cp1251"), "cp1251").run(source)
        size = sum(len(next(pieces)[0]) for _ in range(2))  # type: ignore[arg-type]
        pieces.close()
        assert source.tell() == size
    assert running.count("begun") == running.count("ended") == min(processors, 4) - 1


@pytest.mark.parametrize("quick", [0.0, 1e9])
def test_quick_pieces_are_not_worth_a_thread(
    tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch, quick: float
) -> None:
    monkeypatch.setattr(several, "_QUICK", quick)
    begun: list[int] = []
    monkeypatch.setattr(several._Work, "begin", lambda self, threads: begun.append(threads))
    text = text_of(LINE, 4 * SIZE)
    path = tmp_path / "text"
    path.write_bytes(text.encode("cp1251"))
    out = io.BytesIO()
    with path.open("rb") as source:
        recodec.recode_stream(source, out, "utf-8", from_="cp1251")
    assert out.getvalue().decode() == text
    assert begun == ([3] if not quick else [])
    assert len(counted) >= path.stat().st_size // PIECE - 1


def test_an_interrupted_caller_gets_its_error(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(text_of(LINE, 4 * SIZE).encode("cp1251"))

    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    before = _thread._count()  # `threading` knows nothing of these
    with path.open("rb") as source, pytest.raises(OSError, match="No space"):
        recodec.recode_stream(source, Full(), "utf-8", from_="cp1251")
    patience = time.monotonic() + 10  # a thread ends a moment after its work
    while _thread._count() > before and time.monotonic() < patience:
        time.sleep(0.01)
    assert _thread._count() <= before


def test_without_memory_one_thread_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: object, number: int, slot: object) -> None:
        raise MemoryError

    monkeypatch.setattr(several._Work, "_piece", refused)
    text = text_of(LINE, SIZE)
    path = tmp_path / "text"
    path.write_bytes(text.encode("cp1251"))
    out = io.BytesIO()
    with path.open("rb") as source:
        recodec.recode_stream(source, out, "utf-8", from_="cp1251")
    assert out.getvalue().decode() == text


def test_bad_places_do_not_end_the_threads(
    tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of the file but its end is converted apart, and what the policy did is counted once."""
    line = "Съешь же № 5 булок\n".encode("cp1251") + b"\x98 \x98\n"
    path = tmp_path / "text"
    path.write_bytes(line * (SIZE // len(line) + 1))
    found = []
    for _ in range(2):
        with path.open("rb") as source:
            conversion = Conversion(Options("koi8-r", "cp1251", "translit,replace"), "cp1251")
            out = b"".join(bytes(made) for _, made in conversion.run(source))
        found.append(
            (out, conversion.recoder.replaced, conversion.recoder.encoder.policy.respelled)
        )
        if len(found) == 1:
            assert sum(counted) > SIZE // 2
            monkeypatch.setattr(several, "_PAYS", 1 << 40)
    assert found[0] == found[1]
    rows = path.stat().st_size // len(line)
    assert found[0][1:] == (4 * rows, rows)  # U+FFFD is not in KOI8-R either
