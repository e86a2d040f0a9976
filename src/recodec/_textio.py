"""An io.TextIOWrapper that reads and writes by a route.

It finds its codec by a name in the registry of the interpreter, which knows nothing of policies
and flavours of one file. So there is one name, and behind it whatever route is being wrapped.
"""

from __future__ import annotations

import codecs
import io
import os
from _thread import _local
from contextlib import contextmanager

from ._beside import sync_folder
from ._replace import Replacement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Any, NoReturn

    from typing_extensions import Buffer

    from ._policy import Policy
    from ._route import Route

__all__ = ["NewTarget", "Target", "reconfigured", "wrapped"]

_NAME = "recodec_file"


class _Wrapping(_local):
    """What this thread is wrapping: the route, and what was made of it.

    text_only  the error policy gives text, no bytes: a carrier can be taken
    """

    way: Route | None = None
    text_only = False
    encoder: codecs.IncrementalEncoder | None = None
    mend: Callable[[bytes], bytes] | None = None


_wrapping = _Wrapping()


def _way() -> Route:
    if _wrapping.way is None:
        raise LookupError(f"{_NAME} is a codec of files that are open")
    return _wrapping.way


def _decoder(errors: str = "strict") -> codecs.IncrementalDecoder:
    return _way().incremental_decoder(errors)


def _encoder(errors: str = "strict") -> codecs.IncrementalEncoder:
    way = _way()
    carrier = way.carrier if _wrapping.text_only else None
    if carrier is None:
        made = way.incremental_encoder(errors)
    else:
        made = codecs.getincrementalencoder(carrier.python)(errors)
        _wrapping.mend = carrier.mended
    _wrapping.encoder = made
    return made


def _whole(*_: object) -> NoReturn:
    raise LookupError(f"{_NAME} is a codec of files that are open")


def _search(name: str) -> codecs.CodecInfo | None:
    if name != _NAME:
        return None
    return codecs.CodecInfo(
        name=_NAME,
        encode=_whole,
        decode=_whole,
        incrementalencoder=_encoder,
        incrementaldecoder=_decoder,
    )


codecs.register(_search)


@contextmanager
def _wrapped_by(policy: Policy, text_only: bool) -> Iterator[None]:
    _wrapping.way, _wrapping.text_only = policy.way, text_only
    try:
        yield
    finally:
        _wrapping.way = _wrapping.encoder = _wrapping.mend = None


def wrapped(
    file: IO[bytes] | Target, policy: Policy, newline: str | None, *, text_only: bool = False
) -> io.TextIOWrapper:
    """The wrapper of a file, for reading it or writing it.

    text_only  what the policy puts in the place of a character is never bytes
    """
    with _wrapped_by(policy, text_only):
        text = io.TextIOWrapper(file, encoding=_NAME, errors=policy.name, newline=newline)
        if isinstance(file, Target):
            file.encoder, file.mend = _wrapping.encoder, _wrapping.mend
        return text


def reconfigured(text: io.TextIOWrapper, policy: Policy, options: dict[str, Any]) -> None:
    """Gives a wrapper other options; its encoding and error policy are no such."""
    file = text.buffer
    carried = isinstance(file, Target) and file.mend is not None
    with _wrapped_by(policy, carried):
        text.reconfigure(**options)
        if isinstance(file, Target) and _wrapping.encoder is not None:
            file.end()
            file.encoder = _wrapping.encoder


class Target(io.BufferedIOBase):
    """The file that a wrapper writes to, which ends the text when it is closed.

    An io.TextIOWrapper never tells its encoder that the text ends: what that holds back (a letter
    that the next could be joined to, bits of base 64, the way back to ASCII) would be lost.
    """

    encoder: codecs.IncrementalEncoder | None = None
    mend: Callable[[bytes], bytes] | None = None
    """Makes bytes in the charset of what a carrier has written."""
    closed = False  # a plain attribute: every write asks for it

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self.name = name

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return not self.closed

    def fileno(self) -> int:
        return self._file.fileno()

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def write(self, data: Buffer) -> int:
        if self.mend is not None:
            data = self.mend(bytes(data))
        return self._file.write(data)

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def end(self) -> None:
        """Writes what the encoder holds back."""
        encoder, self.encoder = self.encoder, None
        if encoder is not None:
            self._file.write(encoder.encode("", True))

    def finish(self) -> None:
        """Makes the file what it is to be. Raises OSError, and EncodeError for the last text."""
        self.end()

    def discard(self) -> None:
        """Is told that something went wrong."""

    def close(self) -> None:
        if self.closed:
            return
        try:
            self.end()
        finally:
            self.closed = True
            self._file.close()


class NewTarget(Target):
    """A file that takes the place of another when all is written, and never in part."""

    def __init__(self, path: str, like: str | None) -> None:
        """like: the path of the file whose mode and owner it gets. Raises OSError."""
        self._new: Replacement | None = None  # before anything can go wrong: it is asked at the end
        self._like = like
        self._new = new = Replacement(path)
        super().__init__(new.file, path)

    def write(self, data: Buffer) -> int:
        # What was in other buffers when it was discarded has no file to go to any more.
        return len(memoryview(data)) if self._new is None else super().write(data)

    def finish(self) -> None:
        new = self._new
        if new is None:
            return
        try:
            self.end()
            new.prepare(self._like, times=False)
            new.commit()
            sync_folder(os.path.dirname(new.target))
        finally:
            self.discard()

    def discard(self) -> None:
        new, self._new = self._new, None
        self.encoder = None
        if new is not None:
            new.__exit__(None, None, None)

    def close(self) -> None:
        if self._new is not None:
            lost = self._new.target
            self.discard()
            # The built-in would have written it, so nobody should miss that this does not.
            import warnings

            message = f"unclosed TextFile: {lost!r} stays as it was"
            warnings.warn(message, ResourceWarning, stacklevel=2)
        super().close()
