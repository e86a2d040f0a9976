"""Signals that ask to end, as exceptions, and what becomes of their handlers."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from recodec.cli._output import Stopped
from recodec.cli._signals import cleaning_up_when_stopped

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_unwinds_the_stack(name: str) -> None:
    number = getattr(signal, name)
    with pytest.raises(Stopped) as stopped, cleaning_up_when_stopped():
        os.kill(os.getpid(), number)
    assert stopped.value.signal == number
    assert signal.getsignal(number) == signal.SIG_DFL


def test_what_is_ignored_or_handled_stays_so() -> None:
    seen: list[int] = []
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    other = signal.signal(signal.SIGTERM, lambda number, frame: seen.append(number))
    try:
        with cleaning_up_when_stopped():
            os.kill(os.getpid(), signal.SIGHUP)
            os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        assert seen == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGHUP, before)
        signal.signal(signal.SIGTERM, other)


def test_another_thread_leaves_them_alone() -> None:
    done: list[object] = []

    def work() -> None:
        with cleaning_up_when_stopped():
            done.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [signal.SIG_DFL]
