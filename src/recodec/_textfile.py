"""Text files that know their encoding: reading, and writing back in the form that was there."""

from __future__ import annotations

import io
import os
from contextlib import suppress

from . import _blocks
from ._decode import encoding_of
from ._detect import Detector
from ._errors import DecodeError, EncodeError, OptionError
from ._incremental import IncrementalDecoder
from ._policy import Policy, check_errors, collects, split_suffixes
from ._route import find, route

TYPE_CHECKING = False
if TYPE_CHECKING:
    import codecs
    from collections.abc import Collection
    from types import TracebackType
    from typing import IO

    from typing_extensions import Buffer

    from ._blocks import Path
    from ._policy import Errors
    from ._replace import Replacement
    from ._result import Detection

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

_OWN = "recodec:"  # before the name of a charset whose codec in CPython is not read by


class TextFile(io.TextIOWrapper):
    """What `open` returns: a text file that knows how its encoding was found.

    `detection` is None when the encoding was given, or the file is new. Reading raises DecodeError,
    with the place in the file, for bytes that do not fit; writing raises EncodeError.

    Opened for writing, the file is replaced when this is closed, whole or not at all: after an
    error in the `with` block, or without being closed, it stays as it was.
    """

    detection: Detection | None = None
    _policy: Policy | None = None  # kept, since its name is only known while it lives
    _mode = "r"
    _new: Replacement | None = None
    _like: str | None = None
    _encoder: codecs.IncrementalEncoder | None = None
    _newline = "\n"

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        """Canonical name of the charset."""
        return super().encoding.removeprefix(_OWN)

    @property
    def mode(self) -> str:
        """How it was opened: "r", "w" or "a"."""
        return self._mode

    def read(self, size: int | None = -1) -> str:
        """Reads at most `size` characters, all when it is negative or None."""
        try:
            return super().read(size)
        except UnicodeDecodeError as error:
            raise self._located(error) from None

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        """Reads one line, at most `size` characters of it."""
        try:
            return super().readline(size)
        except UnicodeDecodeError as error:
            raise self._located(error) from None

    def write(self, text: str) -> int:
        """Writes a string; "\\n" becomes the end of line of the file."""
        try:
            if self._encoder is None:
                return super().write(text)
            self.buffer.write(self._encoder.encode(text.replace("\n", self._newline)))
            return len(text)
        except UnicodeEncodeError as error:
            raise EncodeError(
                self.encoding, error.object, error.start, error.end, error.reason
            ) from None

    def _located(self, error: UnicodeDecodeError) -> DecodeError:
        """The error with its place in the whole file, found by decoding the file once more."""
        if self.seekable():
            decoder = IncrementalDecoder(route(self.encoding), self.errors or "strict")
            source: IO[bytes] = self.buffer  # type: ignore[assignment]  # it is what `open` put
            source.seek(0)
            try:
                for block in _blocks.blocks(source):
                    decoder.decode(block)
                decoder.decode(b"", True)
            except DecodeError as found:
                return found
        return DecodeError(self.encoding, error.object, error.start, error.end, error.reason)

    def _end_with(self, encoder: codecs.IncrementalEncoder, newline: str | None) -> None:
        """Writes by this encoder, which is told at the end that it is the end.

        A TextIOWrapper never tells its own, so that what is held back (a letter that the next
        could be joined to, bits of base 64, the way back to ASCII) would be lost.
        """
        self._encoder = encoder
        self._newline = os.linesep if newline is None else newline or "\n"

    def close(self) -> None:
        """Closes the file; one that was written takes its place now. Raises OSError."""
        if self._encoder is not None and not self.closed:
            encoder, self._encoder = self._encoder, None
            self.buffer.write(encoder.encode("", True))
        new = self._new
        if new is None or self.closed:
            super().close()
            return
        try:
            self.flush()
            new.prepare(self._like, times=False)
            new.commit()
            from ._beside import sync_folder

            sync_folder(os.path.dirname(new.target))
        finally:
            self._discard()

    def _discard(self) -> None:
        """Closes the file and leaves what was there before."""
        new, self._new = self._new, None
        if new is not None:
            self._encoder = None
            new.__exit__(None, None, None)
            # What is still in the buffer has no file to go to any more.
            with suppress(ValueError):
                super().close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._discard()
        self.close()

    def __del__(self) -> None:
        lost = None if self._new is None else self._new.target
        self._discard()
        with suppress(ValueError):  # never opened
            self.close()
        if lost is not None:
            # The built-in would have written it, so nobody should miss that this does not.
            import warnings

            message = f"unclosed TextFile: {lost!r} stays as it was"
            warnings.warn(message, ResourceWarning, stacklevel=2)


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
    """Opens a file for text, in the encoding that is given or found.

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
        raise OptionError(f"recodec.open() has the modes 'r', 'w' and 'a' for text, not {mode!r}")
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
    return _writer(os.fsdecode(file), kind, name, errors, newline, detector, lenient)


def _reader(
    file: Path, name: str | None, errors: Errors, newline: str | None, detector: Detector
) -> TextFile:
    source: IO[bytes] = io.open(file, "rb")  # noqa: SIM115, UP020 - `open` is another here
    found = None
    try:
        if name is None:
            again = _blocks.rewindable(source)
            if again is not source:
                source.close()
                source = again
            start = source.tell()
            found = _blocks.detect_blocks(source, detector)
            source.seek(start)
            name = route(_encoding_of(found, source)).name
        policy = Policy(route(name), errors, encoding=False)
        text = _text_file(source, "r", policy, newline, own=policy.way.own)
    except BaseException:
        source.close()
        raise
    text.detection = found
    return text


def _text_file(
    target: IO[bytes], mode: str, policy: Policy, newline: str | None, *, own: bool = False
) -> TextFile:
    name = f"{_OWN}{policy.way.name}" if own else policy.way.name
    text = TextFile(target, encoding=name, errors=policy.name, newline=newline)
    text._policy = policy
    text._mode = mode
    return text


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
                found = _blocks.detect_blocks(source, detector)
                source.seek(0)
                name = route(_encoding_of(found, source)).name
            if newline is None:
                newline = _line_end(source, name)
    policy = Policy(route(name or "utf-8"), errors, encoding=True, lenient=lenient)
    if kind == "a":
        target: IO[bytes] = io.open(path, "ab")  # noqa: SIM115, UP020
        text = _text_file(target, kind, policy, newline)
    else:
        from ._replace import Replacement

        new = Replacement(path)
        try:
            borrowed: IO[bytes] = _Borrowed(new.file)  # type: ignore[assignment]
            text = _text_file(borrowed, kind, policy, newline)
        except BaseException:
            new.__exit__(None, None, None)
            raise
        text._new = new
        text._like = path if there else None
    charset = find(policy.way.name)
    if charset is not None and charset.kind in ("multi", "stateful"):
        encoder = policy.way.incremental_encoder(policy.name)
        if kind == "a" and target.tell():
            encoder.setstate(0)
        text._end_with(encoder, newline)
    text.detection = found
    return text


class _Borrowed(io.BufferedIOBase):
    """The file of a Replacement, which closes it itself."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return not self._file.closed

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def write(self, data: Buffer) -> int:
        return self._file.write(data)

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()


def _line_end(source: IO[bytes], name: str) -> str | None:
    """The end of line that most lines of a file have; None when it has a single line."""
    decoder = IncrementalDecoder(route(name), "replace")
    counts = {"\n": 0, "\r\n": 0, "\r": 0}
    held = ""
    for block in _blocks.blocks(source):
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
