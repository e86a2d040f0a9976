"""Tables that are made when they are first needed, by several threads at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from recodec import _core
from recodec._registry import charsets
from recodec.codecs import _machine, _whatwg


@pytest.fixture(name="quick")
def _quick() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_table_is_seen_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    make = charsets.normalise

    def watched(label: str) -> str:
        seen.add(len(_whatwg._spellings))
        return make(label)

    monkeypatch.setattr(charsets, "normalise", watched)
    monkeypatch.setattr(_whatwg, "_spellings", {})
    _whatwg.encoding_of_spelling("latin1")
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


_FIRST_USE = """
import codecs, sys, threading
sys.setswitchinterval(1e-6)
import recodec

TEXT = "Привет, мир: ﾃｽﾄ ガギグ 中文簡體 한국어 é Ω ½\\n"
NAMES = (
    "icu:iso-2022-jp", "icu:iso-2022-kr", "icu:utf-7", "tscii", "scsu", "whatwg:shift_jis",
    "big5hkscs", "koi8-r", "utf-8-mac",
)

def answers():
    found = []
    for name in NAMES:
        for text in (TEXT, TEXT * 20):
            for errors in ("replace", "translit"):
                try:
                    data = recodec.encode(text, name, errors)
                except UnicodeError as error:
                    data = repr(error).encode()
                found.append(data)
                found.append(recodec.decode(data, name, "replace").text)
                found.append(recodec.detect(data[:200]).encoding)
    return found

threads, start, made = 6, threading.Barrier(6), {}

def work(number):
    start.wait()
    made[number] = answers()

running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
for thread in running:
    thread.start()
for thread in running:
    thread.join()
expected = answers()
sys.exit(sum(made.get(number) != expected for number in range(threads)))
"""


_LOCKED = getattr(sys, "_is_gil_enabled", lambda: True)()


@pytest.mark.parametrize("attempt", range(1 if _LOCKED else 8))
def test_first_use_of_everything_by_several_threads(attempt: int) -> None:
    """Most of it is only needed to be shared where there is no interpreter lock."""
    command = [sys.executable, "-c", _FIRST_USE]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")


def test_all_types_of_the_binding_can_be_made_at_once() -> None:
    _core.know_all_types()
