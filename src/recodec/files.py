"""Files: which encoding, their text, and their conversion without risk."""

from __future__ import annotations

import io
import os

from . import _blocks
from ._decode import encoding_of
from ._detect import Detector
from ._errors import DecodeError, EncodeError, OptionError, VerificationError
from ._incremental import IncrementalDecoder
from ._policy import check_errors, split_suffixes
from ._recoder import Recoder
from ._result import Value
from ._route import route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import IO

    from ._blocks import Path
    from ._policy import Errors
    from ._recoder import Steps
    from ._replace import Replacement
    from ._result import Detection
    from ._text_filter import Bom, Newline, Normalization

__all__ = ["Recoded", "TextFile", "detect_file", "open", "recode_file", "recode_stream"]


def detect_file(
    file: Path | IO[bytes],
    *,
    offset: int = 0,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    exact: bool = False,
    final: bool = True,
    scan: int | None = None,
) -> Detection:
    """`detect` for a file, in constant memory whatever its size.

    file    a path, a descriptor, or a binary file object, which is read from where it stands
    offset  bytes to skip before the examination begins

    Other options and errors are those of `detect`; OSError when the file cannot be read.
    """
    if offset < 0:
        raise OptionError(f"offset is a number of bytes, not {offset}")
    detector = Detector(
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        exact=exact,
        final=final,
        scan=scan,
    )
    source, ours = _blocks.open_source(file)
    try:
        if offset:
            _skip(source, offset)
        return _blocks.detect_blocks(source, detector)
    finally:
        if ours:
            source.close()


def _skip(file: IO[bytes], offset: int) -> None:
    if file.seekable():
        file.seek(offset, io.SEEK_CUR)
    else:
        for _ in _blocks.blocks(file, offset):
            pass


class TextFile(io.TextIOWrapper):
    """What `open` returns: a text file that knows how its encoding was found.

    `detection` is None when the encoding was given. Reading raises DecodeError, with the place in
    the file, for bytes that do not fit.
    """

    detection: Detection | None = None

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


def open(
    file: Path,
    mode: str = "r",
    *,
    encoding: str | None = None,
    errors: str = "strict",
    newline: str | None = None,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
) -> TextFile:
    """Opens a file for reading text, in the encoding that is given or found.

    The whole file is examined before the first character is read; a pipe is read to its end for
    that. `errors` and `newline` are those of the built-in `open`, other options those of `detect`.

    Raises OSError; DecodeError when the file is not text and no encoding is given;
    UnknownCharsetError, UnsupportedCharsetError, OptionError.
    """
    if mode not in ("r", "rt", "tr"):
        raise OptionError(f"recodec.open() reads text (mode 'r'), not {mode!r}")
    check_errors(errors)
    name = None if encoding is None else route(encoding).name
    source: IO[bytes] = io.open(file, "rb")  # noqa: SIM115, UP020 - `open` is this function
    found = None
    try:
        if name is None:
            detector = Detector(
                allow=allow, deny=deny, language=language, tld=tld, declared=declared
            )
            again = _blocks.rewindable(source)
            if again is not source:
                source.close()
                source = again
            start = source.tell()
            found = _blocks.detect_blocks(source, detector)
            source.seek(start)
            name = route(_encoding_of(found, source)).name
        text = TextFile(source, encoding=name, errors=errors, newline=newline)
    except BaseException:
        source.close()
        raise
    text.detection = found
    return text


def _encoding_of(found: Detection, source: IO[bytes]) -> str:
    """The encoding, or DecodeError with the start of the file in it; the file stays where it is."""
    if found.encoding is not None:
        return found.encoding
    start = source.tell()
    head = source.read(16)
    source.seek(start)
    return encoding_of(found, head)


class Recoded(Value):
    """What became of a file. Sizes are in bytes."""

    __slots__ = (
        "_bytes_in",
        "_bytes_out",
        "_changed",
        "_detection",
        "_from",
        "_path",
        "_problems",
        "_replaced",
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
        "detection",
    )
    _quiet = {"replaced": 0, "problems": (), "skipped": None, "detection": None}  # noqa: RUF012

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
        detection: Detection | None = None,
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
        self._detection = detection

    @property
    def path(self) -> str:
        """The file that was read, as it was named; "" for a stream."""
        return self._path

    @property
    def from_(self) -> str | None:
        """Canonical name of the encoding it was in; None for what is not text."""
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
        """Places that the error policy had to change: undecodable bytes, unencodable characters."""
        return self._replaced

    @property
    def problems(self) -> tuple[DecodeError | EncodeError, ...]:
        """These places with errors="collect", as errors that were not raised.

        Ten thousand at most for either way.
        """
        return self._problems

    @property
    def skipped(self) -> str | None:
        """Why the file was left alone, None when it was converted."""
        return self._skipped

    @property
    def detection(self) -> Detection | None:
        """What detection found, None when the encoding was given."""
        return self._detection


class _Conversion:
    """One pass from bytes to bytes, and what is to be known of it afterwards."""

    def __init__(self, recoder: Recoder) -> None:
        import hashlib

        self.recoder = recoder
        self.decoder = recoder.decoder
        self.encoder = recoder.encoder
        self.bytes_in = 0
        self.bytes_out = 0
        self._hash = hashlib.blake2b
        self.digests = [self._hash(), self._hash()]  # of the bytes read and written
        self.text = self._hash()
        recoder.watch = self._see

    def run(self, source: IO[bytes]) -> Iterator[bytes]:
        """Yields the output; raises DecodeError and EncodeError at the place they speak of."""
        for block in _blocks.blocks(source):
            data = bytes(block)
            self.digests[0].update(data)
            self.bytes_in += len(data)
            yield self._count(self.recoder.feed(data))
        yield self._count(self.recoder.feed(b"", True))

    def _see(self, text: str) -> None:
        self.text.update(text.encode("utf-8", "surrogatepass"))

    def _count(self, data: bytes) -> bytes:
        self.digests[1].update(data)
        self.bytes_out += len(data)
        return data

    @property
    def changed(self) -> bool:
        return self.digests[0].digest() != self.digests[1].digest()

    def verify(self, written: IO[bytes], path: str) -> None:
        """Reads the output back: the bytes that were written, which decode to the same text.

        Raises VerificationError. A text that the error policy had to change cannot be the same,
        nor one in cp50220, which has no half-width katakana by definition.
        """
        data, text = self._hash(), self._hash()
        name = self.encoder.encoding
        decoder = IncrementalDecoder(route(name))
        try:
            for block in _blocks.blocks(written):
                data.update(block)
                text.update(decoder.decode(block).encode("utf-8", "surrogatepass"))
            text.update(decoder.decode(b"", True).encode("utf-8", "surrogatepass"))
        except DecodeError as error:
            if self.recoder.exact:
                raise VerificationError(f"{path}: the new file does not decode: {error}") from None
        if data.digest() != self.digests[1].digest():
            raise VerificationError(f"{path}: the disk gives back other bytes than were written")
        same = text.digest() == self.text.digest()
        if not same and self.recoder.exact and name != "cp50220":
            raise VerificationError(
                f"{path}: {name} would not give back the same text; the file was left as it is"
            )


def recode_stream(
    source: IO[bytes],
    target: IO[bytes],
    to: str = "utf-8",
    from_: str | None = None,
    errors: Errors = "strict",
    *,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    min_confidence: float = 0.0,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
) -> Recoded:
    """Converts the rest of one binary file object into another, in constant memory.

    With `from_=None` the source is read twice, and copied first when it cannot be rewound. What
    was written before an error stays written. Arguments, answer and errors are those of
    `recode_file`; what is skipped leaves the target untouched.
    """
    check_errors(errors)
    to, errors = split_suffixes(to, errors)
    target_name = route(to).name
    steps: Steps = {"lenient": lenient, "normalize": normalize, "newline": newline, "bom": bom}
    found = None
    again = source
    try:
        if from_ is None:
            detector = Detector(allow=allow, deny=deny, language=language)
            again = _blocks.rewindable(source)
            start = again.tell()
            found = _blocks.detect_blocks(again, detector)
            again.seek(start)
            reason = _why_not(found, min_confidence)
            if reason:
                return _skipped("", found, target_name, reason)
            from_ = _encoding_of(found, again)
        conversion = _Conversion(Recoder(from_, to, errors, **steps))
        for data in conversion.run(again):
            target.write(data)
    finally:
        if again is not source:
            again.close()
    return _recoded("", conversion, found)


def _replaceable(path: str | bytes | os.PathLike[str] | os.PathLike[bytes]) -> bool:
    """Whether a file may be renamed over `path`: a regular file, or nothing yet."""
    import stat

    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return True


def recode_file(
    path: str | bytes | os.PathLike[str] | os.PathLike[bytes],
    to: str = "utf-8",
    from_: str | None = None,
    errors: Errors = "strict",
    *,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    output: str | bytes | os.PathLike[str] | os.PathLike[bytes] | None = None,
    min_confidence: float = 0.0,
    dry_run: bool = False,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
) -> Recoded:
    """Converts a file in place, or into the file `output`; whole or not at all.

    The new file is written beside the one it replaces, flushed to the disk, read back and compared
    with the source's text, and renamed. It keeps mode, owner, times and extended attributes (times
    not when written to `output`). A symbolic link stays and what it leads to is converted. A file
    that is already right keeps every byte and is not written at all.

    errors, lenient, normalize, newline, bom
                    what to do with what cannot be converted, and on the way, as in `recode`
    min_confidence  leave the file alone when its encoding is detected with less
    dry_run         convert and count, but write nothing

    Returns a Recoded, whose `skipped` says why a file was left alone: what is not text, or not told
    with enough confidence. Raises DecodeError and EncodeError with the place in the file,
    VerificationError, OSError, UnknownCharsetError, UnsupportedCharsetError, OptionError; the
    original is untouched then, and the new file removed.
    """
    check_errors(errors)
    to, errors = split_suffixes(to, errors)
    target_name = route(to).name
    steps: Steps = {"lenient": lenient, "normalize": normalize, "newline": newline, "bom": bom}
    name = os.fsdecode(path)
    found = None
    if output is not None and not _replaceable(output):
        raise OptionError(
            f"{os.fsdecode(output)} is a device, a pipe or a folder, which no file can replace; "
            f"write to it with recode_stream()"
        )
    with io.open(path, "rb", buffering=0) as source:  # noqa: UP020 - `open` is ours
        before = os.fstat(source.fileno())
        if from_ is None:
            detector = Detector(allow=allow, deny=deny, language=language)
            found = _blocks.detect_blocks(source, detector)
            source.seek(0)
            reason = _why_not(found, min_confidence)
            if reason:
                return _skipped(name, found, target_name, reason)
            from_ = _encoding_of(found, source)
        conversion = _Conversion(Recoder(from_, to, errors, **steps))
        if dry_run:
            for _ in conversion.run(source):
                pass
            return _recoded(name, conversion, found)

        from ._replace import Replacement

        with Replacement(os.fsencode(path if output is None else output)) as new:
            for data in conversion.run(source):
                new.file.write(data)
            if output is None and not conversion.changed:
                return _recoded(name, conversion, found)
            new.flush()
            new.file.seek(0)
            conversion.verify(new.file, name)
            _check_unchanged(path, before)
            _commit(new, path, output)
    return _recoded(name, conversion, found)


def _commit(
    new: Replacement,
    path: str | bytes | os.PathLike[str] | os.PathLike[bytes],
    output: str | bytes | os.PathLike[str] | os.PathLike[bytes] | None,
) -> None:
    if output is None:
        new.commit(os.fsencode(path), times=True)
    else:
        new.commit(new.target if os.path.exists(new.target) else os.fsencode(path), times=False)


def _check_unchanged(
    path: str | bytes | os.PathLike[str] | os.PathLike[bytes], before: os.stat_result
) -> None:
    """Raises VerificationError when somebody wrote to the file while it was converted."""
    now = os.stat(path)
    if (now.st_size, now.st_mtime_ns, now.st_ino) != (
        before.st_size,
        before.st_mtime_ns,
        before.st_ino,
    ):
        raise VerificationError(f"{os.fsdecode(path)}: changed while it was being converted")


def _why_not(found: Detection, min_confidence: float) -> str | None:
    if found.encoding is None:
        return f"binary ({found.kind})" if found.kind else "binary"
    # An empty file has no encoding to be sure of and nothing that could be converted wrongly.
    if found.confidence < min_confidence and found.source != "empty":
        return f"{found.encoding} with confidence {found.confidence:.2f} only"
    return None


def _skipped(path: str, found: Detection, to: str, reason: str) -> Recoded:
    return Recoded(
        path=path,
        from_=found.encoding,
        to=to,
        bytes_in=found.length,
        bytes_out=found.length,
        skipped=reason,
        detection=found,
    )


def _recoded(path: str, done: _Conversion, found: Detection | None) -> Recoded:
    return Recoded(
        path=path,
        from_=done.decoder.encoding,
        to=done.encoder.encoding,
        bytes_in=done.bytes_in,
        bytes_out=done.bytes_out,
        changed=done.changed,
        replaced=done.recoder.replaced,
        problems=done.recoder.problems,
        detection=found,
    )
