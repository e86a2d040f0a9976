"""Other processes that do work of one kind, in turn, so that answers come in order.

Those of concurrent.futures share one pipe for tasks and one for answers: where the system kills a
process in the middle of an answer, and where a signal reaches all of them, the others wait for a
lock that nobody gives back (cpython#94777). Here each has a pipe of its own, and is given work only
when it has none, so that no two wait for each other to read.
"""

from __future__ import annotations

import errno
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from typing import Any

__all__ = ["Crew"]


class Crew:
    """`size` processes that call `work`, a function of a module, with what they are given.

    A context, at whose end they end. What `work` raises is raised by `take`.
    """

    def __init__(self, size: int, work: Callable[[Any], Any]) -> None:
        self._size = size
        self._work = work
        self._given = 0
        self._taken = 0
        self._pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []

    @property
    def is_busy(self) -> bool:
        """Whether all of them have work: an answer has to be taken first."""
        return self._given - self._taken == self._size

    @property
    def is_idle(self) -> bool:
        """Whether all answers were taken."""
        return self._given == self._taken

    def give(self, task: object) -> None:
        """Gives work to the next one. Raises ChildProcessError when the system has ended it."""
        place = self._given % self._size
        if place == len(self._pipes):
            self._add()
        try:
            self._pipes[place].send(task)
        except OSError:
            raise _ended() from None
        self._given += 1

    def take(self) -> Any:
        """The answer to what was given first. Raises ChildProcessError as `give` does."""
        try:
            error, answer = self._pipes[self._taken % self._size].recv()
        except (EOFError, OSError):
            raise _ended() from None
        self._taken += 1
        if error is not None:
            raise error
        return answer

    def _add(self) -> None:
        import multiprocessing

        ours, theirs = multiprocessing.Pipe()
        # A process made by fork holds our ends of those before it; they would not see ours close.
        forked = multiprocessing.get_start_method() == "fork"
        held = [*self._pipes, ours] if forked else []
        process = multiprocessing.Process(
            target=_serve, args=(theirs, self._work, held), daemon=True
        )
        self._pipes.append(ours)
        process.start()
        self._processes.append(process)
        theirs.close()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in self._pipes:
            pipe.close()  # which ends who waits for work, and the others when they have done theirs
        for process in self._processes:
            process.join()


def _ended() -> ChildProcessError:
    return ChildProcessError(errno.ECHILD, "the system has ended a process that recoded messages")


def _serve(pipe: Connection, work: Callable[[Any], Any], held: Sequence[Connection]) -> None:
    _leave_signals()
    for other in held:
        other.close()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[BaseException | None, object] = None, work(task)
        except Exception as error:
            answer = error, None
        try:
            pipe.send(answer)
        except OSError:
            return  # nobody waits for it any more


def _leave_signals() -> None:
    # What ends the work is the business of who began it, whose end of the pipe then closes. Ctrl-C
    # goes to all of them, and the handlers that they have been given would raise in mid-work.
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, signal.SIG_IGN)
