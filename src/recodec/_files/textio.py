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
from weakref import finalize

from .._coding.route import find
from .beside import sync_folder
from .replace import Replacement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Any, NoReturn

    from typing_extensions import Buffer

    from .._conversion.policy import Policy
    from .._conversion.route import Route

__all__ = ["NewFile", "reconfigured", "wrapped", "wrapped_to_write"]

_NAME = "recodec_file"

# Charsets without shifts whose encoders hold back a letter that a mark may follow.
_HOLDING = frozenset(
    {
        "big5hkscs",
        "big5hkscs-1999",
        "big5hkscs-2001",
        "big5hkscs-2004",
        "cp16684",
        "euc_jis_2004",
        "euc_jisx0213",
        "shift_jis_2004",
        "shift_jisx0213",
    }
)


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
def _wrapped_by(policy: Policy, text_only: bool = False) -> Iterator[None]:
    _wrapping.way, _wrapping.text_only = policy.way, text_only
    try:
        yield
    finally:
        _wrapping.way = _wrapping.encoder = _wrapping.mend = None


def wrapped(file: IO[bytes], policy: Policy, newline: str | None) -> io.TextIOWrapper:
    """The wrapper of a file for reading it."""
    with _wrapped_by(policy):
        return io.TextIOWrapper(file, encoding=_NAME, errors=policy.name, newline=newline)


def wrapped_to_write(
    file: IO[bytes], policy: Policy, newline: str | None, *, text_only: bool
) -> io.TextIOWrapper:
    """The wrapper of a file for writing it.

    text_only  what the policy puts in the place of a character is never bytes
    """
    way = policy.way
    charset = find(way.name)
    if charset is not None and charset.kind in ("single", "unicode"):
        # By its name it may be one that io.TextIOWrapper writes by without asking a codec.
        return io.TextIOWrapper(file, encoding=way.name, errors=policy.name, newline=newline)
    with _wrapped_by(policy, text_only):
        holds = charset is None or charset.kind != "multi" or way.name in _HOLDING
        if not holds and way.carrier is None:
            return io.TextIOWrapper(file, encoding=_NAME, errors=policy.name, newline=newline)
        target = Target(file)
        text = io.TextIOWrapper(target, encoding=_NAME, errors=policy.name, newline=newline)
        target.encoder, target.mend = _wrapping.encoder, _wrapping.mend
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
    that the next could be joined to, bits of base 64, the way back to ASCII) would be lost. Only
    for charsets that need it: it asks a file that is none of io's with every line whether it is
    closed.
    """

    encoder: codecs.IncrementalEncoder | None = None
    mend: Callable[[bytes], bytes] | None = None
    """Makes bytes in the charset of what a carrier has written."""
    closed = False  # a plain attribute: every write asks for it

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.name = file.name

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
        if not self.closed:
            self._file.flush()

    def end(self) -> None:
        """Writes what the encoder holds back."""
        encoder, self.encoder = self.encoder, None
        if encoder is not None:
            self._file.write(encoder.encode("", True))

    def close(self) -> None:
        if self.closed:
            return
        try:
            self.end()
        finally:
            self.closed = True
            self._file.close()


class NewFile:
    """A file that takes the place of another when all is written, and never in part."""

    def __init__(self, path: str, like: str | None) -> None:
        """like: the path of the file whose mode and owner it gets. Raises OSError."""
        self._new: Replacement | None = Replacement(path, fresh=like is None)
        self._like = like
        self._watch: finalize[[], io.TextIOWrapper] | None = None
        # It is of the new file and does not close it, so that its lock stays.
        raw = io.FileIO(self._new.file.fileno(), "wb", closefd=False)
        raw.name = path
        self.file: IO[bytes] = io.BufferedWriter(raw)

    def watch(self, text: io.TextIOWrapper) -> None:
        """Is discarded when nobody holds the wrapper any more, as long as it is not finished."""
        watch = self._watch = finalize(text, self._forgotten)
        watch.atexit = False

    def finish(self) -> None:
        """Puts it in its place; its wrapper was closed. Raises OSError."""
        new = self._new
        assert new is not None
        new.prepare(self._like, times=False)
        new.commit()
        sync_folder(os.path.dirname(new.target))

    def discard(self) -> None:
        """Leaves what was there before, if it was not finished."""
        if self._watch is not None:
            self._watch.detach()
        new, self._new = self._new, None
        if new is not None:
            new.__exit__(None, None, None)

    def _forgotten(self) -> None:
        lost = "" if self._new is None else self._new.target
        self.discard()
        # The built-in would have written it, so nobody should miss that this does not.
        import warnings

        message = f"unclosed TextFile: {lost!r} stays as it was"
        warnings.warn(message, ResourceWarning, stacklevel=2)
