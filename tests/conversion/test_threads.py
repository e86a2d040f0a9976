"""Large input in threads: the bytes of one thread, wherever it is cut."""

from __future__ import annotations

import gc
import io
import sys
from contextlib import suppress
from itertools import pairwise
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._conversion.threads import cuts


@given(st.binary(max_size=200), st.integers(1, 9))
def test_cuts_are_behind_line_feeds(data: bytes, count: int) -> None:
    places = cuts(data, count)
    assert places[0] == 0 and places[-1] == len(data) and len(places) <= count + 1
    assert places == sorted(places)
    assert all(data[at - 1] == 10 for at in places[1:-1])
    assert b"".join(data[a:b] for a, b in pairwise(places)) == data


@pytest.mark.parametrize("name", ["cp1251", "cp932", "gb18030", "cp037", "utf-16-le", "utf-8"])
@pytest.mark.parametrize("line", ["\n", ""])
def test_threads_change_nothing(name: str, line: str) -> None:
    text = ("Паром уходит в полдень." + line) * 60_000
    if name == "cp037":
        text = ("The ferry leaves at noon." + line) * 60_000
    data = text.encode(name)
    for threads in (1, 2, 5):
        assert recodec.recode(data, "utf-8", name, threads=threads) == text.encode()
        assert recodec.recode(text.encode(), name, "utf-8", threads=threads) == data


def test_an_error_has_its_place_in_the_whole() -> None:
    data = b"abc\n" * 300_000 + b"\x98" + b"abc\n" * 300_000
    with pytest.raises(recodec.DecodeError) as caught:
        recodec.recode(data, "utf-8", "cp1251", threads=3)
    assert caught.value.offset == 1_200_000
    assert caught.value.line == 300_001


def test_threads_are_counted_from_one() -> None:
    with pytest.raises(recodec.OptionError, match="threads must be at least 1, not 0"):
        recodec.recode(b"x", "utf-8", "cp1251", threads=0)
    with pytest.raises(TypeError, match="threads must be an integer, not float"):
        recodec.recode(b"x", "utf-8", "cp1251", threads=2.5)  # type: ignore[arg-type]


def test_no_more_threads_than_there_is_work_for() -> None:
    """It asked for so many pieces one by one, for years."""
    data = b"abc\n" * 300_000
    assert recodec.recode(data, "utf-8", "cp1251", threads=1 << 50) == data


@pytest.mark.parametrize("errors", ["replace", "backslashreplace", "translit,ignore"])
@pytest.mark.parametrize(("source", "target"), [("cp1251", "cp1252"), ("euc_jp", "ascii")])
def test_bad_places_do_not_end_the_threads(
    monkeypatch: pytest.MonkeyPatch, source: str, target: str, errors: str
) -> None:
    lines = {"cp1251": "Паром № 7 «отошёл»\n".encode("cp1251") + b"\x98!\n"}
    lines["euc_jp"] = "■―船は１２時に出る…\n".encode("euc_jp") + b"\xff\xa4\n"
    data = b"plain\n" * 5000 + lines[source] * 60_000
    wanted = data.decode(source, "ignore" if "ignore" in errors else errors)
    expected = recodec.encode(wanted, target, errors)
    monkeypatch.setattr(
        "recodec._recoding.recode.run_policy", None
    )  # or one thread did it by the codecs
    for threads in (1, 3):
        assert recodec.recode(data, target, source, errors, threads=threads) == expected


@pytest.mark.parametrize("threads", [2, 3, 7])
@pytest.mark.parametrize("head", ["plain\n", "Паром\n", ""])
def test_pieces_of_one_memory(threads: int, head: str) -> None:
    """Whether each becomes what its start promises, less, or more."""
    text = head * 200_000 + "Паром уходит в полдень.\n" * 40_000 + "plain\n" * 99_991
    for source, target in (("cp1251", "utf-8"), ("utf-8", "cp1251"), ("cp1251", "koi8-r")):
        data = text.encode(source)
        assert recodec.recode(data, target, source, threads=threads) == text.encode(target)


def test_what_fails_in_a_thread_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    from recodec._conversion.kernel import Kernel

    plain = Kernel.piece

    def failing(self: Kernel, data: memoryview, out: memoryview, patched: object) -> int:
        if len(data) > 1 << 18:
            raise MemoryError("of a test")
        return plain(self, data, out, patched)  # type: ignore[arg-type]

    monkeypatch.setattr(Kernel, "piece", failing)
    with pytest.raises(MemoryError, match="of a test"):
        recodec.recode(b"plain\n" * 300_000, "utf-8", "cp1251", threads=3)
    if sys.implementation.name != "cpython":
        return
    gc.disable()
    try:
        with suppress(MemoryError):
            recodec.recode(b"plain\n" * 300_000, "utf-8", "cp1251", threads=3)
        files = [one for one in gc.get_objects() if isinstance(one, io.BytesIO) and not one.closed]
        assert max((len(one.getvalue()) for one in files), default=0) < 1 << 18, (
            "the memory stays, with parts of it in use: an error that Python 3.15 tells of"
        )
    finally:
        gc.enable()


def test_threads_write_into_one_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they make is not copied into memory that has to be cleared page by page."""
    from recodec._conversion import threads

    calls: list[int] = []
    together = threads._together

    def counted(*arguments: object) -> bytes | None:
        found = together(*arguments)  # type: ignore[arg-type]
        calls.append(-1 if found is None else len(found))
        return found

    monkeypatch.setattr(threads, "_together", counted)
    data = "Паром уходит в полдень.\n".encode("cp1251") * 80_000
    assert len(recodec.recode(data, "utf-8", "cp1251", threads=2)) == calls[0]


def _lines() -> bytes:
    return "Паром уходит в полдень.\n".encode("cp1251") * 60_000


def test_where_no_thread_can_be_had_one_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers limit their number: it was a RuntimeError."""

    def no_more(self: Thread) -> None:
        raise RuntimeError("can't start new thread")

    data = _lines()
    monkeypatch.setattr(Thread, "start", no_more)
    done = recodec.recode(data, "utf-8", "cp1251", threads=4)
    assert done == data.decode("cp1251").encode()
