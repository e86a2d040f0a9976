"""`detect_many`: the answers of `detect`, in order, whatever the batches and threads."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._core import detection as core
from recodec._detection import many

RUSSIAN = "Все счастливые семьи похожи друг на друга".encode("cp1251")
SHORT = [b"", b"plain", "é".encode(), RUSSIAN, "Łódź".encode("cp1250"), b"\x00\x01\x02" * 9]
# Longer than what is put together for one call, and than what the language is left for.
LONG = [b"x" * 600_000, bytearray(b"y" * 600_000), RUSSIAN * 200, b"plain " * 1000]


def one_by_one(items: list[bytes], **options: object) -> list[recodec.Detection]:
    return [recodec.detect(item, **options) for item in items]  # type: ignore[arg-type]


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("options", [{}, {"tld": "ru"}, {"allow": ["web"], "exact": True},
                                     {"scan": 7}, {"final": False}, {"allow": ["koi8-r"]},
                                     {"deny": ["cp1251"]}, {"language": "uk"}, {"exact": True},
                                     {"declared": "iso-8859-5"}],
                         ids=str)  # fmt: skip
def test_as_one_by_one(threads: int, options: dict[str, object]) -> None:
    items = SHORT * 25
    alone = one_by_one(items, **options)
    assert recodec.detect_many(items, threads=threads, **options) == alone  # type: ignore[arg-type]
    assert recodec.detect_many(iter(items), threads=threads, **options) == alone  # type: ignore[arg-type]


def test_more_threads_than_can_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number beyond all sense starts no thread for each batch."""
    monkeypatch.setattr(many, "_THREADS", 3)
    items = SHORT * 300
    most = 0

    def each() -> Iterator[bytes]:
        nonlocal most
        for item in items:
            most = max(most, threading.active_count())
            yield item

    before = threading.active_count()
    assert recodec.detect_many(each(), threads=10**9) == one_by_one(items)
    assert most <= before + 2


@pytest.mark.parametrize("threads", [1, 3])
def test_long_and_short_together(threads: int) -> None:
    items = SHORT * 100 + LONG + SHORT * 100 + LONG
    assert recodec.detect_many(items, threads=threads) == one_by_one(items)
    assert recodec.detect_many([], threads=threads) == []


@given(st.lists(st.binary(max_size=40) | st.text(max_size=9).map(str.encode), max_size=20),
       st.integers(1, 3))  # fmt: skip
def test_whatever_the_items(items: list[bytes], threads: int) -> None:
    assert recodec.detect_many(items, threads=threads) == one_by_one(items)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_item_that_is_none_is_named(threads: int) -> None:
    with pytest.raises(TypeError, match=r"item 700: detect_many\(\) takes bytes, not str"):
        recodec.detect_many([b"x"] * 700 + ["y"], threads=threads)  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"item 1: .*not int"):
        recodec.detect_many([b"x", 5], threads=threads)  # type: ignore[list-item]
    with pytest.raises(BufferError, match="item 2: the buffer is not C-contiguous"):
        recodec.detect_many([b"x", b"y", memoryview(b"abcd")[::2]], threads=threads)


@pytest.mark.parametrize("threads", [1, 2])
def test_an_iterator_is_read_here_and_not_far_ahead(threads: int) -> None:
    """Of items that come one by one, no more wait than some batches for each thread."""
    waiting, most, readers = 0, 0, set()

    class Item(bytes):
        def __init__(self, _: bytes) -> None:
            nonlocal waiting, most
            waiting += 1
            most = max(most, waiting)

        def __del__(self) -> None:
            nonlocal waiting
            waiting -= 1

    def items() -> Iterator[bytes]:
        for number in range(400):
            readers.add(threading.current_thread())
            # bytes of a subclass are looked at through a view, which keeps them alive
            yield Item(b"%d " % number * 10_000)

    assert len(recodec.detect_many(items(), threads=threads)) == 400
    assert readers == {threading.current_thread()}
    if sys.implementation.name != "cpython":
        return  # objects live on for a while
    each = many._BATCH_BYTES // 20_000 + 1
    assert most <= (many._AHEAD + 2) * threads * each + 1


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_what_the_iterator_raises_comes_out(threads: int) -> None:
    def items() -> Iterator[bytes]:
        yield from SHORT * 500
        raise KeyError("the source is gone")

    before = threading.active_count()
    with pytest.raises(KeyError, match="the source is gone"):
        recodec.detect_many(items(), threads=threads)
    assert threading.active_count() == before


def test_what_another_thread_raises_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    caller, real = threading.current_thread(), core.detect_each
    helped = threading.Event()

    def detect_each(*given: object) -> object:
        if threading.current_thread() is caller:
            helped.wait(10)
            return real(*given)  # type: ignore[arg-type]
        helped.set()
        raise MemoryError("no room")

    monkeypatch.setattr(core, "detect_each", detect_each)
    before = threading.active_count()
    with pytest.raises(MemoryError, match="no room"):
        recodec.detect_many(SHORT * 2000, threads=2)
    assert threading.active_count() == before


def test_where_no_more_threads_can_be_had_the_others_do_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Containers limit their number."""
    start = Thread.start
    left = [1]

    def limited(self: Thread) -> None:
        if not left:
            raise RuntimeError("can't start new thread")
        left.pop()
        start(self)

    monkeypatch.setattr(Thread, "start", limited)
    items = [b"plain", "Größe".encode(), b"\xff\xfeA\0"] * 700
    assert recodec.detect_many(items, threads=4) == recodec.detect_many(items)
    assert not left
