"""The lines that are not ASCII, and which of them are surely UTF-8."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recodec._mixed import lines as module
from recodec._mixed.lines import Lines, Sections
from recodec._mixed.weighing import Reading, Weights

_LONG = "двенадцать букв и ещё\n".encode()


def _of(data: bytes) -> list[tuple[int, int, int, int]]:
    lines = Lines(memoryview(data))
    return list(zip(lines.starts, lines.ends, lines.utf8, lines.open, strict=True))


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"plain\nlines\n", []),
        (b"a\n\xe9\nb\n\xe8", [(2, 4, 0, 1), (6, 7, 0, 1)]),
        (b"a\r\xe9\rb\r\n\xe8\r\n", [(2, 4, 0, 1), (7, 10, 0, 1)]),
        ("é\n".encode(), [(0, 3, 1, 1)]),
        (_LONG, [(0, len(_LONG), 1, 0)]),
        (_LONG + b"plain\n" + _LONG, [(0, 2 * len(_LONG) + 6, 1, 0)]),
        (_LONG + b"\xe9\n" + _LONG, [(0, 40, 1, 0), (40, 42, 0, 1), (42, 82, 1, 0)]),
        (b"\x1b$B$\"\x1b(B\n", [(0, 9, 0, 1)]),
        (b"\x1b[1mcolour\x1b[0m\n", []),
    ],
)  # fmt: skip
def test_lines(data: bytes, lines: list[tuple[int, int, int, int]]) -> None:
    assert len(_LONG) == 40
    assert _of(data) == lines


def test_much_utf8_is_one_line() -> None:
    head = b"plain\n" * 5
    data = head + "für dich\n".encode() * 12_000 + b"f\xfcr dich\n"
    end = len(data) - 9
    assert _of(data)[0] == (30, _of(data)[1][0], 1, 0)
    assert _of(data)[-1] == (end, len(data), 0, 1)
    assert len(_of(data)) < 7_000


def test_nul_is_said() -> None:
    assert Lines(memoryview(b"plain\n" * 20_000 + b"\0")).nul
    assert not Lines(memoryview(b"plain\n" * 20_000)).nul


def test_a_line_longer_than_a_block() -> None:
    line = b"\xe9" * 200_000
    assert _of(b"a\n" + line + b"\nb\n") == [(2, 200_003, 0, 1)]
    assert _of(b"a\r" + line) == [(2, 200_002, 0, 1)]


def test_some_is_a_selection_of_much() -> None:
    data = b"".join(b"%d \xe9t\xe9\n" % number for number in range(50_000))
    lines = Lines(memoryview(data))
    some = lines.some(range(len(lines)))
    assert 30_000 < len(some) < 70_000
    assert set(some.splitlines()) <= set(data.splitlines())
    assert lines.some([1, 3]) == b"1 \xe9t\xe9\n3 \xe9t\xe9\n"


@given(st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\xe9", "é".encode()]), max_size=30))
def test_lines_are_those_of_splitlines(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    wanted = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    lines = Lines(memoryview(data))
    assert [lines.line(number) for number in range(len(lines))] == wanted
    assert [block for _, block in lines.blocks()] == ([b"".join(wanted)] if wanted else [])


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\xe9", "é".encode(), _LONG]), max_size=30),
    st.integers(1, 5),
)
def test_sections_have_all_lines(pieces: list[bytes], most: int) -> None:
    data = b"".join(pieces)
    wanted = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST", most)
        patch.setattr(module, "_BLOCK", 4)
        found, end = [], 0
        for lines in Sections(memoryview(data)):
            assert lines.starts[:1] >= [end] or not len(lines)
            end = lines.end
            for number in range(len(lines)):
                found += lines.line(number).splitlines(keepends=True)
    assert end == len(data)
    assert [line for line in found if not line.isascii()] == wanted


@pytest.mark.parametrize("remembered", [0, 2, 8])
def test_sections_are_the_same_again(monkeypatch: pytest.MonkeyPatch, remembered: int) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    monkeypatch.setattr(module, "_BLOCK", 16)
    monkeypatch.setattr(module, "_REMEMBERED", remembered)
    lines = b"".join(b"%d \xe9t\xe9\n" % number for number in range(20))
    source = _Counting(lines + b"f\xfcr " * 300_000 + b"\n" + lines)
    sections = Sections(source)
    rounds = []
    for _ in range(2):
        source.read = 0
        rounds.append([(each.starts, each.words, each.blocks()) for each in sections])
    assert rounds[0] == rounds[1]
    assert len(rounds[0]) > 8
    assert b"".join(data for _, _, blocks in rounds[0] for _, data in blocks).startswith(lines)
    assert sum(each.weighed is not None for each in sections) == remembered


def test_what_lines_cost_is_remembered_as_weighed() -> None:
    """And not as it became beside other readings."""
    lines = Lines("Ærø søger ø\n".encode("cp1252") * 3)
    lines.weighed = {}
    for first, second in [("cp1252", "cp865"), ("cp865", "cp1252")] * 2:
        weights = Weights(lines)
        weights.add(Reading(first, "da"))
        weights.costs[0][0] += 1
        weights.add(Reading(second, "da"))
        assert weights.costs[0][0] == weights.costs[0][1] + 1
        assert weights.costs[1][0] == weights.costs[1][1]
    assert len(lines.weighed) == 2


_PIECES = [b"\r", b"\n", b" ", b"a", b"\x1b", b"$", b"\xe9", "é".encode(), b"\xed\xa0\xbd", _LONG]


@given(st.lists(st.sampled_from(_PIECES), max_size=30))
def test_what_is_said_of_lines(pieces: list[bytes]) -> None:
    lines = Lines(b"".join(pieces))
    for number, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        line = b"".join(pieces)[start:end]
        assert lines.high[number] == sum(byte >= 0x80 for byte in line)
        assert lines.words[number] == sum(len(one) for one in line.split() if not one.isascii())
        characters = _characters(line)
        assert bool(lines.utf8[number]) == (characters > 0)
        assert bool(lines.open[number]) == (characters < 12)


def _characters(line: bytes) -> int:
    try:
        text = line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return 0
    return sum(char > "\x7f" for char in text)


def test_few_lines_are_remembered_at_once() -> None:
    data = b"t\xe9\n" * 300_000
    assert max(len(lines) for lines in Sections(memoryview(data))) < 100_000
    assert sum(len(lines) for lines in Sections(memoryview(data))) == 300_000


class _Counting:
    """A source that counts the bytes that are read of it, and the most at once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.read = self.most = 0

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, part: slice) -> bytes:
        data = self._data[part]
        self.read += len(data)
        self.most = max(self.most, len(data))
        return data


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_of_a_very_long_line_a_part_is_remembered(end: bytes) -> None:
    line = b"plain " * 500_000 + b"f\xfcr " * 800_000 + end
    source = _Counting(b"a\n" + line + b"z\xe9")
    lines = Lines(source)
    assert list(zip(lines.starts, lines.ends, strict=True)) == [
        (2, 2 + len(line)),
        (2 + len(line), 4 + len(line)),
    ]
    assert b"f\xfcr" in lines.line(0)[: 1 << 17]
    assert len(lines.line(0)) <= (1 << 20) + 1
    assert source.read < 2 * len(source) and source.most <= 1 << 20


def test_a_very_long_line_of_utf8_is_known_as_such() -> None:
    line = "für dich ".encode() * 300_000
    assert _of(line + b"\n") == [(0, len(line) + 1, 1, 0)]
    assert _of(line + b"\xe9\n") == [(0, len(line) + 2, 0, 1)]
