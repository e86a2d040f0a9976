"""Signals that ask to end, as exceptions, so that what is half done is put away."""

from __future__ import annotations

import signal
from contextlib import contextmanager

from ._output import Stopped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cleaning_up_when_stopped"]


@contextmanager
def cleaning_up_when_stopped() -> Iterator[None]:
    """Lets what ends a process unwind the stack, so that a half-written file is removed."""

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    before = {}
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):  # the last is what Windows has for SIGHUP
        number = getattr(signal, name, None)
        # An ignored signal stays ignored: nohup relies on it.
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            try:
                before[number] = signal.signal(number, stop)
            except ValueError:
                break  # called from another thread, which signals do not reach
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
