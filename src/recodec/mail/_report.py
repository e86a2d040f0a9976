"""What a run over a mailbox counts and lists."""

from __future__ import annotations

from .._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Count", "MailboxProblem", "MailboxReport"]

_PROBLEMS = 1000  # that are kept; their number is counted on


class MailboxProblem(Value):
    """A message that was copied as it was, or a part of it that was."""

    __slots__ = ("_index", "_offset", "_path", "_reason")
    __match_args__ = ("path", "index", "offset", "reason")
    _shown = __match_args__

    def __init__(self, *, path: str, index: int, offset: int, reason: str) -> None:
        self._path = path
        self._index = index
        self._offset = offset
        self._reason = reason

    @property
    def path(self) -> str:
        """The file that holds the message."""
        return self._path

    @property
    def index(self) -> int:
        """Which message of the file, from 0."""
        return self._index

    @property
    def offset(self) -> int:
        """Bytes from the start of the file to the message."""
        return self._offset

    @property
    def reason(self) -> str:
        """What was left and why, in words."""
        return self._reason


class Count:
    """The figures of a run, as they grow."""

    def __init__(self, progress: Callable[[int, int, int], object] | None, total: int) -> None:
        self.messages = 0
        self.changed = 0
        self.bytes_in = 0
        self.bytes_out = 0
        self.problems: list[MailboxProblem] = []
        self.problem_count = 0
        self._progress = progress
        self._total = total

    def tell(self) -> None:
        if self._progress is not None:
            self._progress(self.bytes_in, self._total, self.messages)

    def problem(self, path: str, index: int, offset: int, reason: str) -> None:
        self.problem_count += 1
        if len(self.problems) < _PROBLEMS:
            self.problems.append(
                MailboxProblem(path=path, index=index, offset=offset, reason=reason)
            )

    def add(self, other: Count) -> None:
        """Takes over the figures of a part of the run."""
        self.messages += other.messages
        self.changed += other.changed
        self.bytes_in += other.bytes_in
        self.bytes_out += other.bytes_out
        self.problems += other.problems[: _PROBLEMS - len(self.problems)]
        self.problem_count += other.problem_count

    def report(self, format: str, *, resumed: bool) -> MailboxReport:
        return MailboxReport(
            format=format,
            messages=self.messages,
            changed=self.changed,
            bytes_in=self.bytes_in,
            bytes_out=self.bytes_out,
            problem_count=self.problem_count,
            problems=self.problems,
            resumed=resumed,
        )


class MailboxReport(Value):
    """What `recode_mailbox` did."""

    __slots__ = (
        "_bytes_in",
        "_bytes_out",
        "_changed",
        "_format",
        "_messages",
        "_problem_count",
        "_problems",
        "_resumed",
    )
    __match_args__ = ("format", "messages", "changed", "problems")
    _shown = (
        "format",
        "messages",
        "changed",
        "bytes_in",
        "bytes_out",
        "problem_count",
        "problems",
        "resumed",
    )

    def __init__(
        self,
        *,
        format: str,
        messages: int,
        changed: int,
        bytes_in: int,
        bytes_out: int,
        problem_count: int,
        problems: Iterable[MailboxProblem],
        resumed: bool,
    ) -> None:
        self._format = format
        self._messages = messages
        self._changed = changed
        self._bytes_in = bytes_in
        self._bytes_out = bytes_out
        self._problems = tuple(problems)
        self._problem_count = problem_count
        self._resumed = resumed

    @property
    def format(self) -> str:
        """What was found: "mbox", "maildir", "mh", "eml" or "tree"."""
        return self._format

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return self._messages

    @property
    def changed(self) -> int:
        """How many of them were written anew."""
        return self._changed

    @property
    def bytes_in(self) -> int:
        """Bytes of all messages and what is around them."""
        return self._bytes_in

    @property
    def bytes_out(self) -> int:
        """Bytes written."""
        return self._bytes_out

    @property
    def problems(self) -> tuple[MailboxProblem, ...]:
        """What was left as it was; the first thousand."""
        return self._problems

    @property
    def problem_count(self) -> int:
        """How many problems there were."""
        return self._problem_count

    @property
    def resumed(self) -> bool:
        """Whether an earlier run had done a part of it."""
        return self._resumed
