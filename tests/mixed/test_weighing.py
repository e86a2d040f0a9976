"""Weights of lines, and the cheapest path through them."""

from __future__ import annotations

import itertools
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recodec._core import detection as core
from recodec._mixed.lines import Lines
from recodec._mixed.weighing import SWITCH, Reading, Weights, cheapest, chosen

_ROWS = st.lists(st.tuples(*[st.integers(0, 200)] * 3), min_size=1, max_size=6)


@given(_ROWS)
def test_the_path_is_the_cheapest_of_all(rows: list[tuple[int, int, int]]) -> None:
    costs = [array("i", column) for column in zip(*rows, strict=True)]
    total, runs = cheapest(costs)
    paths = itertools.product(range(3), repeat=len(rows))
    assert total == min(
        sum(row[k] for row, k in zip(rows, path, strict=True))
        + SWITCH * sum(one != other for one, other in itertools.pairwise(path))
        for path in paths
    )
    ends = [end for end, _ in runs]
    assert ends == sorted(set(ends))
    assert ends[-1] == len(rows)
    found = [choice for at, choice in runs for _ in range(at)]
    assert found or not rows


@given(_ROWS)
def test_runs_cost_what_is_said(rows: list[tuple[int, int, int]]) -> None:
    total, runs = cheapest([array("i", column) for column in zip(*rows, strict=True)])
    begin, spent = 0, SWITCH * (len(runs) - 1)
    for end, choice in runs:
        spent += sum(row[choice] for row in rows[begin:end])
        begin = end
    assert spent == total


_KOI8 = "Вчера мы ходили в лес за грибами\n".encode("koi8-r")
_DOS = "Вчера мы ходили в лес за грибами\n".encode("cp866")


def test_lines_that_read_the_same_are_no_evidence() -> None:
    english = "“Stay,” he said, “while the kettle boils.”\n".encode("cp1252")
    greek = "Το πλοίο φεύγει στις επτά το πρωί\n".encode("cp1253")
    weights = Weights(Lines(english * 12 + greek * 3))
    assert weights.add(Reading("cp1253", "el"))
    assert weights.add(Reading("cp1252", "en"))
    of_greek, of_english = weights.costs
    assert list(of_greek[:12]) == list(of_english[:12])
    assert all(own < other for own, other in zip(of_greek[12:], of_english[12:], strict=True))
    assert chosen(weights) == [0]


def test_lines_cost_least_in_their_own() -> None:
    weights = Weights(Lines(memoryview(_KOI8 + _DOS * 2)))
    assert weights.add(Reading("koi8-r", "ru"))
    assert weights.add(Reading("cp866", None))
    assert not weights.add(Reading("cp866", "ru"))  # known
    assert weights.add(Reading("utf-8", None))
    koi8, dos, utf8 = weights.costs
    assert koi8[0] + 300 < dos[0] < utf8[0]
    assert dos[1] + 300 < koi8[1]
    assert list(weights.least([0, 1])) == [koi8[0], dos[1], dos[2]]
    assert sorted(chosen(weights)) == [0, 1]


def test_the_same_text_is_no_further_reading() -> None:
    weights = Weights(Lines(memoryview(_KOI8)))
    assert weights.add(Reading("koi8-r", "ru"))
    assert not weights.add(Reading("koi8-u", "ru"))


def test_one_that_saves_little_is_not_chosen() -> None:
    weights = Weights(Lines(memoryview(_KOI8 * 4 + b"\xbd\n")))
    weights.add(Reading("koi8-r", "ru"))
    weights.add(Reading("cp1252", "en"))
    assert chosen(weights) == [0]


@pytest.mark.parametrize("encoding", ["cp932", "gb18030", "big5hkscs", "euc_jp", "cp949", "utf-8"])
def test_bytes_that_do_not_fit_keep_the_lines(encoding: str) -> None:
    data = b"\x81\n\xff\xfe\r\n\x8e\r\xe3\x81\n\xc0\xaf x\n\xf0"
    weights = Weights(Lines(memoryview(data)))
    assert weights.add(Reading(encoding, "ja"))
    assert len(weights.costs[0]) == 6
    assert all(cost > 0 for cost in weights.costs[0])


def test_the_core_weighs_lines() -> None:
    german, russian = (core.language_names().index(tag) for tag in ("de", "ru"))
    found = core.weigh_lines("schöne Grüße\nplain\r\nмы ходили в лес", [german, russian, 0], 9)
    rows = [found[at : at + 3].tolist() for at in range(0, len(found), 3)]
    assert rows[0][0] < rows[0][1]
    assert rows[1] == [0, 0, 0]
    assert rows[2][1] < rows[2][0]
    assert len(core.weigh_lines("é\né\né", [0], 2)) == 2
    assert len(core.weigh_lines("", [0], 2)) == 0
    with pytest.raises(ValueError, match="out of its range"):
        core.weigh_lines("é", [], 1)


def test_an_encoding_whose_lines_are_no_text_is_none() -> None:
    """Pieces of words read a little better in something else, and as words in nothing."""
    pieces = "".join(f"{piece}\n" for piece in ("чж", "ыв", "щф", "эш", "ъю", "ёц"))
    weights = Weights(Lines(memoryview(pieces.encode("cp866") + _DOS * 4 + _KOI8 * 4)))
    assert weights.add(Reading("cp866", "ru"))
    assert weights.add(Reading("koi8-r", "ru"))
    assert weights.ordinary([0, 1]) == [0, 1]
    weights.readings.append(Reading("cp1251", "bg"))
    cheaper = [max(cost - 70, 0) for cost in weights.costs[0][:6]]
    weights.costs.append(array("i", cheaper + [9999] * 8))
    assert sorted(chosen(weights)) == [0, 1]
    assert cheapest([weights.costs[k] for k in (0, 1, 2)])[1][0] == (6, 2)
    assert weights.ordinary([0, 1, 2]) == [0, 1]
    assert weights.ordinary([2]) == [2]
