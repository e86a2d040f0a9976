"""Tables that are made when they are first needed, by several threads at once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from recodec._conversion import translit
from recodec._registry import charsets
from recodec.codecs import _machine, _whatwg


@pytest.fixture(name="quick")
def _quick() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize(
    "module, table, of, filled_by, use",
    [
        (translit, "_half", translit, "normalize", lambda: translit.replacement("ア", str.isalpha)),
        (
            _whatwg,
            "_spellings",
            charsets,
            "normalise",
            lambda: _whatwg.encoding_of_spelling("latin1"),
        ),
    ],
)
def test_a_table_is_seen_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    table: str,
    of: ModuleType,
    filled_by: str,
    use: Callable[[], object],
) -> None:
    seen = set()
    make = getattr(of, filled_by)

    def watched(*arguments: object) -> object:
        seen.add(len(getattr(module, table)))
        return make(*arguments)

    monkeypatch.setattr(of, filled_by, watched)
    monkeypatch.setattr(module, table, {})
    use()
    assert len(seen) <= 2 and 0 in seen  # none of it, and for what is looked up then all


@pytest.mark.usefixtures("quick")
def test_long_states_of_several_threads_are_kept_apart() -> None:
    threads, rounds = 6, 3000
    wrong: list[int] = []
    start = threading.Barrier(threads)

    def work(number: int) -> None:
        start.wait()
        for step in range(rounds):
            for state in ((1 << 40) + step, (1 << 41) + step * threads + number):
                if _machine._restored(_machine._shortened(state)) != state:
                    wrong.append(state)

    running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert not wrong
