"""What became of a file that was to be converted."""

from __future__ import annotations

from .._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._detection.result import Detection
    from .._errors import DecodeError, EncodeError
    from .._mixed.segments import Segment

__all__ = ["Recoded"]


class Recoded(Value):
    """The result of converting a file. Sizes are in bytes."""

    __slots__ = (
        "_bytes_in",
        "_bytes_out",
        "_changed",
        "_detection",
        "_error",
        "_from",
        "_output",
        "_path",
        "_problems",
        "_replaced",
        "_segments",
        "_skipped",
        "_to",
    )
    __match_args__ = ("path", "from_", "to", "changed")
    _shown = (
        "path",
        "from_",
        "to",
        "bytes_in",
        "bytes_out",
        "changed",
        "replaced",
        "problems",
        "skipped",
        "error",
        "output",
        "detection",
        "segments",
    )
    _quiet = {  # noqa: RUF012
        "replaced": 0,
        "problems": (),
        "skipped": None,
        "error": None,
        "output": None,
        "detection": None,
        "segments": (),
    }

    def __init__(
        self,
        *,
        path: str,
        from_: str | None,
        to: str,
        bytes_in: int = 0,
        bytes_out: int = 0,
        changed: bool = False,
        replaced: int = 0,
        problems: tuple[DecodeError | EncodeError, ...] = (),
        skipped: str | None = None,
        error: Exception | None = None,
        output: str | None = None,
        detection: Detection | None = None,
        segments: tuple[Segment, ...] = (),
    ) -> None:
        self._path = path
        self._from = from_
        self._to = to
        self._bytes_in = bytes_in
        self._bytes_out = bytes_out
        self._changed = changed
        self._replaced = replaced
        self._problems = problems
        self._skipped = skipped
        self._error = error
        self._output = output
        self._detection = detection
        self._segments = segments

    @property
    def path(self) -> str:
        """The file that was read, as it was named; "" for a stream."""
        return self._path

    @property
    def from_(self) -> str | None:
        """Canonical name of the encoding it was in, of the larger part where there are `segments`;
        None for what is not text."""
        return self._from

    @property
    def to(self) -> str:
        """Canonical name of the encoding asked for."""
        return self._to

    @property
    def bytes_in(self) -> int:
        """Bytes read."""
        return self._bytes_in

    @property
    def bytes_out(self) -> int:
        """Bytes that the text takes in the new encoding."""
        return self._bytes_out

    @property
    def changed(self) -> bool:
        """Whether the bytes differ from those that were read (in a dry run: would differ)."""
        return self._changed

    @property
    def replaced(self) -> int:
        """Places where bytes or characters could not be kept and the error policy acted."""
        return self._replaced

    @property
    def problems(self) -> tuple[DecodeError | EncodeError, ...]:
        """These places with errors="collect", as errors that were not raised.

        Ten thousand at most for either way.
        """
        return self._problems

    @property
    def skipped(self) -> str | None:
        """Why the file was skipped, None when it was converted."""
        return self._skipped

    @property
    def error(self) -> Exception | None:
        """What went wrong, from `recode_tree` alone: `recode_file` raises it."""
        return self._error

    @property
    def output(self) -> str | None:
        """The file that was written, when it is not the one that was read."""
        return self._output

    @property
    def detection(self) -> Detection | None:
        """What detection found, None when the encoding was given."""
        return self._detection

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The runs of lines in different encodings that it was converted from; () for one."""
        return self._segments
