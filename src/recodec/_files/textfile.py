"""Text files that know their encoding: reading, and writing back in the form that was there."""

from __future__ import annotations

import io
import os
from codecs import lookup_error
from contextlib import suppress

from .._coding.incremental import IncrementalDecoder
from .._coding.route import holds, route
from .._conversion.policy import Policy, check_errors, collects, split_suffixes
from .._detection.detect import Detector
from .._errors import DecodeError, OptionError
from .._recoding.decode import encoding_of
from .._recoding.recode import run_encode
from . import blocks
from .replace import replaceable
from .textio import NewFile, reconfigured, wrapped, wrapped_to_write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType
    from typing import IO, Any

    from .._conversion.policy import Errors
    from .._conversion.route import Route
    from .._detection.result import Detection
    from .blocks import Path

    _Base = io.TextIOWrapper
else:
    _Base = object

__all__ = ["TextFile", "open"]

_MODES = {
    "r": "r",
    "rt": "r",
    "tr": "r",
    "w": "w",
    "wt": "w",
    "tw": "w",
    "a": "a",
    "at": "a",
    "ta": "a",
}

# Policies that write ASCII in the place of a character, by the characters that they need.
_SPELLING = {
    "xmlcharrefreplace": "&#0123456789;",
    "backslashreplace": "\\xuU0123456789abcdef",
    "namereplace": "\\N{ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789 }",
}


# Methods that are those of the io.TextIOWrapper: called without a step of ours between.
_HANDED_ON = (
    "detach",
    "fileno",
    "flush",
    "isatty",
    "read",
    "readable",
    "readline",
    "readlines",
    "seek",
    "seekable",
    "tell",
    "truncate",
    "writable",
    "write",
    "writelines",
)


class TextFile(_Base):
    """What `open` returns: a text file that knows how its encoding was found.

    It has everything that an io.TextIOWrapper has, and hands the work to one, so that lines are
    read and written at its speed: iterating is over the lines of that one.

    `detection` is None when the encoding was given, or the file is new. Reading raises DecodeError,
    with the place in the file, for bytes that do not fit; writing raises EncodeError.

    Opened for writing, the file is replaced when this is closed, whole or not at all: after an
    error in the `with` block, or without being closed, it stays as it was.
    """

    detection: Detection | None = None
    _new: NewFile | None = None

    def __init__(self, text: io.TextIOWrapper, mode: str, policy: Policy, errors: Errors) -> None:
        self._text = text
        self._text._policy = policy  # type: ignore[attr-defined] # it has to live as long
        self._errors = errors if isinstance(errors, str) else policy.name
        self._policy = policy
        self._mode = mode
        self._name: Any = None  # of a pipe, whose copy is read
        for name in _HANDED_ON:
            setattr(self, name, getattr(self._text, name))

    def __iter__(self) -> io.TextIOWrapper:  # type: ignore[override]
        return self._text

    def __next__(self) -> str:  # type: ignore[override]
        return next(self._text)

    def __enter__(self) -> TextFile:
        self._text.__enter__()
        return self

    def __repr__(self) -> str:
        name = getattr(self, "name", None)
        return f"<TextFile name={name!r} mode={self._mode!r} encoding={self.encoding!r}>"

    @property
    def buffer(self) -> Any:
        """The binary file below."""
        return self._text.buffer

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._text.closed

    @property
    def line_buffering(self) -> bool:
        """Whether the end of a line is written at once."""
        return self._text.line_buffering

    @property
    def name(self) -> Any:
        """The path or number that it was opened by."""
        return self._text.name if self._name is None else self._name

    @property
    def newlines(self) -> Any:  # type: ignore[override]
        """The ends of lines that were read so far, as io.TextIOWrapper has it."""
        return self._text.newlines

    @property
    def write_through(self) -> bool:
        """Whether nothing that was written is kept back here."""
        return self._text.write_through

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        """Canonical name of the charset."""
        return self._policy.way.name

    @property
    def errors(self) -> str:  # type: ignore[override]
        """The error policy, by the name that it was given by."""
        return self._errors

    @property
    def mode(self) -> str:
        """How it was opened: "r", "w" or "a"."""
        return self._mode

    def reconfigure(self, **options: Any) -> None:
        """As that of io.TextIOWrapper, but that the encoding and `errors` stay.

        Raises OptionError for these.
        """
        if not options.keys() <= {"newline", "line_buffering", "write_through"}:
            raise OptionError("a TextFile keeps its encoding and error policy; open it anew")
        self.flush()
        reconfigured(self._text, self._policy, options)

    def close(self) -> None:
        """Closes the file; one that was written takes its place now. Raises OSError."""
        if self.closed:
            return
        new, self._new = self._new, None
        try:
            self._text.close()
            if new is not None:
                new.finish()
        finally:
            if new is not None:
                new.discard()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None and self._new is not None:
            new, self._new = self._new, None
            # What cannot be written any more shall not hide what went wrong.
            with suppress(OSError, ValueError):
                self._text.close()
            new.discard()
        self.close()


io.TextIOBase.register(TextFile)


def open(
    file: Path,
    mode: str = "r",
    *,
    encoding: str | None = None,
    errors: Errors = "strict",
    newline: str | None = None,
    lenient: bool = False,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
) -> TextFile:
    """Opens a file for text, in the given or the detected encoding.

    mode     "r" to read: the whole file is examined before the first character is read; a pipe is
             read to its end for that.
             "w" to write: the encoding, byte order mark and ends of lines of the file that is
             there are kept, a new file is UTF-8. It is replaced when the TextFile is closed.
             "a" to append to it in the same form
    newline  as in the built-in `open`; None writes the ends of lines that most lines of the file
             have

    `errors` and `lenient` are as in `encode` and `decode`, except that there is no collecting;
    other options are those of `detect`.

    Raises OSError; DecodeError when the file is not text and no encoding is given;
    UnknownCharsetError, UnsupportedCharsetError, OptionError.
    """
    kind = _MODES.get(mode)
    if kind is None:
        raise OptionError(f"the mode of recodec.open() must be 'r', 'w' or 'a', not {mode!r}")
    check_errors(errors)
    if encoding is not None:
        encoding, errors = split_suffixes(encoding, errors)
    if collects(errors):
        raise OptionError("decode() and encode() collect problems; recodec.open() cannot")
    name = None if encoding is None else route(encoding).name
    detector = Detector(allow=allow, deny=deny, language=language, tld=tld, declared=declared)
    if kind == "r":
        return _reader(file, name, errors, newline, detector)
    if isinstance(file, int):
        raise OptionError("recodec.open() writes to files by their path, not to descriptors")
    path = os.fsdecode(file)
    if kind == "w" and not replaceable(path) and not os.path.isdir(path):
        raise OptionError(f"{path} is a device or a pipe, which no file can replace")
    return _writer(path, kind, name, errors, newline, detector, lenient)


def _reader(
    file: Path, name: str | None, errors: Errors, newline: str | None, detector: Detector
) -> TextFile:
    source: IO[bytes] = io.open(file, "rb")  # noqa: SIM115, UP020 - `open` is another here
    found = named = None
    try:
        if name is None:
            again = blocks.rewindable(source)
            if again is not source:
                named = source.name
                source.close()
                source = again
            start = source.tell()
            found = blocks.detect_blocks(source, detector)
            source.seek(start)
            name = route(_encoding_of(found, source)).name
        policy = Policy(route(name), errors, encoding=False)
        if policy.name not in ("replace", "ignore"):
            policy = Policy(policy.way, _Locating(policy, source), encoding=False)
        text = TextFile(wrapped(source, policy, newline), "r", policy, errors)
    except BaseException:
        source.close()
        raise
    text.detection = found
    text._name = named
    return text


class _Locating:
    """What a policy says of bytes that do not fit; where it raises, with the place in the file."""

    def __init__(self, policy: Policy, source: IO[bytes]) -> None:
        self._policy = policy
        self._act = lookup_error(policy.name)
        self._source = source

    def __call__(self, error: UnicodeError) -> tuple[str | bytes, int]:
        try:
            return self._act(error)
        except UnicodeDecodeError as found:
            raise self._located(found) from None
        finally:
            del error  # it would hold this frame, and this frame it

    def _located(self, error: UnicodeDecodeError) -> DecodeError:
        """The error with its place in the whole file, found by decoding the file once more."""
        way, source = self._policy.way, self._source
        if source.seekable():
            decoder = IncrementalDecoder(way, self._policy.name)
            source.seek(0)
            try:
                for block in blocks.blocks(source):
                    decoder.decode(block)
                decoder.decode(b"", True)
            except DecodeError as found:
                return found
        return DecodeError(way.name, error.object, error.start, error.end, error.reason)


def _writing(way: Route, errors: Errors, lenient: bool) -> Policy:
    """The policy of a file that is written. Where it raises, it raises EncodeError."""
    policy = Policy(way, errors, encoding=True, lenient=lenient)
    spelling = _SPELLING.get(policy.name)
    if policy.name in ("replace", "ignore") or (spelling and holds(way.name, spelling)):
        return policy
    act = lookup_error(policy.name)

    def handle(error: UnicodeError, _policy: Policy = policy) -> tuple[str | bytes, int]:
        try:
            if way.carrier is not None and errors == "strict" and not lenient:
                run_encode(way, error.object, "strict")  # type: ignore[attr-defined] # in its words
            return act(error)  # as EncodeError, and raised as that
        finally:
            del error  # it would hold this frame, and this frame it

    return Policy(way, handle, encoding=True)


def _writer(
    path: str,
    kind: str,
    name: str | None,
    errors: Errors,
    newline: str | None,
    detector: Detector,
    lenient: bool,
) -> TextFile:
    found = None
    there = os.path.exists(path)
    if there:
        with io.open(path, "rb", buffering=0) as source:  # noqa: UP020
            if name is None:
                found = blocks.detect_blocks(source, detector)
                source.seek(0)
                name = route(_encoding_of(found, source)).name
            if newline is None:
                newline = _line_end(source, name)
    policy = _writing(route(name or "utf-8"), errors, lenient)
    new = None if kind == "a" else NewFile(path, path if there else None)
    target: IO[bytes] = io.open(path, "ab") if new is None else new.file  # noqa: SIM115, UP020
    text_only = errors in ("strict", "replace", "ignore")
    try:
        text = wrapped_to_write(target, policy, newline, text_only=text_only)
    except BaseException:
        target.close()
        if new is not None:
            new.discard()
        raise
    made = TextFile(text, kind, policy, errors)
    made.detection = found
    if new is not None:
        new.watch(text)
        made._new = new
    return made


def _line_end(source: IO[bytes], name: str) -> str | None:
    """The end of line that most lines of a file have; None when it has a single line."""
    decoder = IncrementalDecoder(route(name), "replace")
    counts = {"\n": 0, "\r\n": 0, "\r": 0}
    held = ""
    for block in blocks.blocks(source):
        text = held + decoder.decode(block)
        held = "\r" if text.endswith("\r") else ""
        text = text[: len(text) - len(held)]
        both = text.count("\r\n")
        counts["\r\n"] += both
        counts["\n"] += text.count("\n") - both
        counts["\r"] += text.count("\r") - both
    counts["\r"] += len(held)
    best = max(counts, key=lambda end: counts[end])
    return best if counts[best] else None


def _encoding_of(found: Detection, source: IO[bytes]) -> str:
    """The encoding, or DecodeError with the start of the file in it; the file stays where it is."""
    if found.encoding is not None:
        return found.encoding
    start = source.tell()
    head = source.read(16)
    source.seek(start)
    return encoding_of(found, head)
