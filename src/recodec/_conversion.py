"""One file from one encoding to another: options, the pass over it, and the proof of the result."""

from __future__ import annotations

import errno
import os
import stat

from . import _blocks
from ._decode import encoding_of
from ._detect import Detector
from ._errors import DecodeError, VerificationError
from ._policy import check_errors, split_suffixes
from ._position import Position
from ._recoded import Recoded
from ._recoder import Recoder
from ._route import route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import IO, Literal, TypeAlias

    from typing_extensions import Buffer, Self

    from ._journal import Journal
    from ._policy import Errors
    from ._replace import Replacement
    from ._result import Detection
    from ._text_filter import Bom, Newline, Normalization

    HardLinks: TypeAlias = Literal["keep", "break"]

__all__ = ["Conversion", "Options", "convert_file", "convert_stream"]

# Charsets whose encoder changes characters by definition, so that reading back gives others.
_FOLDING = frozenset({"cp50220"})
# Bytes of output that are kept to compare the new file with: most files are smaller, and larger
# ones are converted a second time for that.
_KEPT = 1 << 20


class Options:
    """How files are to be converted; one object for any number of them."""

    def __init__(
        self,
        to: str = "utf-8",
        from_: str | None = None,
        errors: Errors = "strict",
        *,
        lenient: bool = False,
        normalize: Normalization | None = None,
        newline: Newline = "keep",
        bom: Bom | None = None,
        update_declarations: bool = False,
        min_confidence: float = 0.0,
        allow: Collection[str] = (),
        deny: Collection[str] = (),
        language: str | None = None,
    ) -> None:
        """Raises OptionError, UnknownCharsetError, UnsupportedCharsetError."""
        check_errors(errors)
        self.errors = errors
        self.to = to
        self.target = route(split_suffixes(to, errors)[0]).name
        self.from_ = None if from_ is None else split_suffixes(from_, errors)[0]
        if self.from_ is not None:
            self.from_ = route(self.from_).name
        self.lenient = lenient
        self.normalize = normalize
        self.newline = newline
        self.bom = bom
        self.update_declarations = update_declarations
        self.min_confidence = min_confidence
        self.allow = allow
        self.deny = deny
        self.language = language
        # Whether text stays as it is, so that a file in the target encoding is right already.
        self.plain = (
            normalize is None
            and newline == "keep"
            and bom in (None, "keep")
            and not update_declarations
        )
        self.recoder(self.from_ or "utf-8")  # refuses what makes no sense before a file is read

    def detector(self) -> Detector:
        """A detector with the hints."""
        return Detector(allow=self.allow, deny=self.deny, language=self.language)

    def recoder(self, from_: str) -> Recoder:
        """What converts a file in the encoding `from_`."""
        return self._with_declarations(
            Recoder(
                from_,
                self.to,
                self.errors,
                lenient=self.lenient,
                normalize=self.normalize,
                newline=self.newline,
                bom=self.bom,
            )
        )

    def meant(self, from_: str) -> Recoder:
        """What gives the text that the new file shall have, as UTF-8 without a mark."""
        return self._with_declarations(
            Recoder(
                from_,
                "utf-8",
                self.errors,
                normalize=self.normalize,
                newline=self.newline,
                bom="strip",
            )
        )

    def reader(self, target: str) -> Recoder:
        """What gives the text of a file in the target encoding, as UTF-8 without a mark."""
        return Recoder(target, "utf-8", bom="strip")

    def _with_declarations(self, recoder: Recoder) -> Recoder:
        if self.update_declarations:
            from ._declarations import Declarations

            recoder.add_filter(Declarations(self.target))
        return recoder

    def why_not(self, found: Detection) -> str | None:
        """Why a file with this answer is left alone."""
        if found.encoding is None:
            return f"binary ({found.kind})" if found.kind else "binary"
        # An empty file has no encoding to be sure of and nothing that could be converted wrongly.
        if found.confidence < self.min_confidence and found.source != "empty":
            return f"{found.encoding} with confidence {found.confidence:.2f} only"
        return None

    def is_right(self, found: Detection) -> bool:
        """Whether a file with this answer would keep every byte."""
        if not self.plain or found.encoding is None or found.bad:
            return False
        return found.encoding == self.target or (
            found.encoding == "ascii" and self.target == "utf-8"
        )


class Conversion:
    """One pass from bytes to bytes, and what is to be known of it afterwards."""

    def __init__(
        self, options: Options, from_: str, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        self.options = options
        self.from_ = from_
        self.recoder = options.recoder(from_)
        self.bytes_in = 0
        self.bytes_out = 0
        self.changed = False
        self._on_bytes = on_bytes
        self._output: list[bytes] | None = None  # all of it, None when it is not kept

    def into(self, place: _Place, source: IO[bytes], *, eager: bool, write: bool) -> None:
        """Converts all of `source`; writes from the first byte on that differs, if at all.

        eager  write also what is the same
        write  False only counts, and finds what cannot be converted
        """
        comparison = _Comparison()
        if eager and write:
            place.open()
        self._output = [] if write else None
        for data, out in self.run(source):
            self._keep(out)
            if not self.changed and not comparison.feed(data, out):
                self._differs(place, source, comparison, write)
            if place.new is not None:
                place.new.file.write(out)
        if not self.changed and not comparison.complete:
            self._differs(place, source, comparison, write)

    def _keep(self, out: bytes | memoryview) -> None:
        if self.bytes_out > _KEPT:
            self._output = None
        elif self._output is not None:
            self._output.append(bytes(out))

    def _differs(
        self, place: _Place, source: IO[bytes], comparison: _Comparison, write: bool
    ) -> None:
        self.changed = True
        if write and place.new is None:
            new = place.open()
            here = source.tell()
            source.seek(0)
            for block in _blocks.blocks(source, comparison.same):
                new.file.write(block)
            source.seek(here)

    def run(self, source: IO[bytes]) -> Iterator[tuple[Buffer, bytes | memoryview]]:
        """Yields what was read and what came out of it so far.

        Raises DecodeError and EncodeError at the place they speak of.
        """
        _hurry(self.recoder, source, self.from_)
        for block in _blocks.blocks(source):
            size = len(block)  # type: ignore[arg-type] # bytes or a memoryview
            self.bytes_in += size
            out = self.recoder.feed(block)
            self.bytes_out += len(out)
            yield block, out
            if self._on_bytes is not None:
                self._on_bytes(size)
        out = self.recoder.feed(b"", True)
        self.bytes_out += len(out)
        yield b"", out

    def verify(self, source: IO[bytes], written: IO[bytes], path: str) -> None:
        """Reads the new file once more and compares its text with that of the source.

        Raises VerificationError. UTF-8 is its own text, and what was written is compared byte for
        byte. So it is where the error policy or a folding encoder had to change characters, so that
        the texts cannot be the same. Either way it must be readable.
        """
        options, target = self.options, self.recoder.encoder.encoding
        exact = self.recoder.exact and target not in _FOLDING
        kept = None if self._output is None else iter(self._output)
        by_text = exact and (kept is None or target != "utf-8")
        try:
            if by_text:
                wanted = _pieces(source, options.meant(self.from_), self.from_)
                same = _same(wanted, _pieces(written, options.reader(target), target))
            else:
                if kept is None:
                    kept = _pieces(source, options.recoder(self.from_), self.from_)
                same = _same(kept, _pieces(written, None, target))
                if options.errors != "surrogateescape":
                    written.seek(0)
                    for _ in _pieces(written, options.reader(target), target):
                        pass
        except DecodeError as error:
            raise VerificationError(f"{path}: the new file does not decode: {error}") from None
        if not same:
            raise VerificationError(
                f"{path}: {target} would not give back the same text; the file was left as it is"
                if by_text
                else f"{path}: changed while it was being converted, or the disk is faulty"
            )

    def result(self, path: str, found: Detection | None, **more: object) -> Recoded:
        """The answer about a conversion that ran to its end."""
        return Recoded(
            path=path,
            from_=self.from_,
            to=self.recoder.encoder.encoding,
            bytes_in=self.bytes_in,
            bytes_out=self.bytes_out,
            replaced=self.recoder.replaced,
            problems=self.recoder.problems,
            detection=found,
            **more,  # type: ignore[arg-type]
        )


def _hurry(recoder: Recoder, source: IO[bytes], from_: str) -> None:
    """Lets the core do the clean part of a file, which is then asked again for places of errors."""
    try:
        start = source.tell()
        size = source.seek(0, os.SEEK_END) - start
        source.seek(start)
    except (OSError, AttributeError):
        recoder.hurry(None, None)
        return

    def locate(fed: int) -> tuple[Position, int]:
        here = source.tell()
        source.seek(start)
        decoder = route(from_).incremental_decoder("strict")
        place = Position()
        characters = 0
        for block in _blocks.blocks(source, fed):
            text = decoder.decode(bytes(block))
            place.advance(text)
            characters += len(text)
        source.seek(here)
        return place, characters

    recoder.hurry(size, locate)


def _pieces(file: IO[bytes], recoder: Recoder | None, from_: str) -> Iterator[bytes]:
    if recoder is not None:
        _hurry(recoder, file, from_)
    for block in _blocks.blocks(file):
        yield bytes(block if recoder is None else recoder.feed(block))
    if recoder is not None:
        yield bytes(recoder.feed(b"", True))


def _same(one: Iterator[bytes], other: Iterator[bytes]) -> bool:
    """Whether two streams have the same bytes, however they are cut."""
    left = right = b""
    while True:
        if not left:
            left = next((piece for piece in one if piece), b"")
        if not right:
            right = next((piece for piece in other if piece), b"")
        size = min(len(left), len(right))
        if not size:
            return not left and not right
        if left[:size] != right[:size]:
            return False
        left, right = left[size:], right[size:]


class _Comparison:
    """Tells how far the output is the same as the input."""

    def __init__(self) -> None:
        self.same = 0  # bytes that are
        self._ahead = b""  # input that no output has been compared with yet

    def feed(self, data: Buffer, out: bytes | memoryview) -> bool:
        """Whether everything that came out so far is what went in."""
        ahead = self._ahead + bytes(data)
        if not ahead.startswith(out):
            return False
        self._ahead = ahead[len(out) :]
        self.same += len(out)
        return True

    @property
    def complete(self) -> bool:
        return not self._ahead


class _Nothing:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *arguments: object) -> None:
        pass


def _nothing() -> AbstractContextManager[None]:
    return _Nothing()


class _Place:
    """The new file, made when it is needed; removed at the end when it was not committed."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.new: Replacement | None = None

    def open(self) -> Replacement:
        """Makes the file. Raises OSError."""
        from ._replace import Replacement

        self.new = Replacement(self.target)
        return self.new

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.new is not None:
            self.new.__exit__(kind, value, trace)


def convert_file(
    path: str,
    options: Options,
    *,
    output: str | None = None,
    dry_run: bool = False,
    backup: str | None = None,
    touch: bool = False,
    names: Sequence[str] = (),
    hard_links: HardLinks = "keep",
    guard: bool = False,
    journal: Journal | None = None,
    on_bytes: Callable[[int], None] | None = None,
    sync: Callable[[str], None] | None = None,
    waiting: Callable[[], AbstractContextManager[None]] = _nothing,
) -> Recoded:
    """Converts a file in place, or into `output`; whole or not at all. See `files.recode_file`.

    names     the real paths of all names of the file that are known, for hard links
    guard     leave alone what is UTF-8 by its structure when another encoding is said to be
              converted to UTF-8: it has most likely been converted before
    on_bytes  called with the number of bytes of each block that was converted; what it raises
              stops the conversion
    sync      called with the folder that has to be synced for the rename to last; None does it
    waiting   makes a context for the time in which nothing is done but to wait for the disk
    """
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if output is None and not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "is no regular file that could be replaced", path)
    with open(path, "rb", buffering=0) as source:
        before = os.fstat(source.fileno())
        from_, found, verdict = _examine(source, path, options, on_bytes, guard=guard)
        if verdict is None and output is None:
            if found is not None and options.is_right(found):
                verdict = _left(path, found, options, before)
            elif hard_links == "keep":
                reason = _unknown_names(before, path, names, backup)
                if reason is not None:
                    verdict = _left(path, found, options, before, from_=from_, skipped=reason)
        if verdict is not None:
            return verdict
        conversion = Conversion(options, from_, on_bytes)
        with _Place(path if output is None else output) as place:
            conversion.into(place, source, eager=output is not None, write=not dry_run)
            new = place.new
            if new is not None:
                exists = os.path.exists(new.target)
                like = new.target if exists else path
                with waiting():
                    seen = new.prepare(like, times=output is None and not touch)
                new.file.seek(0)
                source.seek(0)
                conversion.verify(source, new.file, path)
                _check_unchanged(path, before)
                if len(names) < 2 or hard_links == "break":
                    names = (new.target,)
                with waiting():
                    if journal is not None:
                        for name in names:
                            journal.add(name, seen)
                    new.commit(names, backup=new.target + backup if backup and exists else None)
                    _sync(os.path.dirname(new.target), sync)
                    # What it replaced is freed with this, which takes a disk as long as the rest.
                    source.close()
    return conversion.result(path, found, changed=conversion.changed, output=output)


def _sync(folder: str, later: Callable[[str], None] | None) -> None:
    if later is None:
        from ._replace import sync_folder

        sync_folder(folder)
    else:
        later(folder)


def _examine(
    source: IO[bytes],
    path: str,
    options: Options,
    on_bytes: Callable[[int], None] | None,
    *,
    guard: bool,
) -> tuple[str, Detection | None, Recoded | None]:
    """The encoding of a file, what detection found, and the answer if it is to be left alone."""
    if options.from_ is None:
        found = _detect(source, options.detector(), on_bytes)
        reason = options.why_not(found)
        if reason is not None:
            return "", found, _left(path, found, options, None, skipped=reason)
        return encoding_of(found), found, None
    if guard and options.target == "utf-8" and not options.from_.startswith("utf-8"):
        found = _detect(source, Detector(), on_bytes)
        if found.encoding == "utf-8" and found.source == "structure" and not found.bad:
            reason = f"valid UTF-8 and not {options.from_}: it seems to be converted already"
            return "", found, _left(path, found, options, None, skipped=reason)
    return options.from_, None, None


def _detect(
    source: IO[bytes], detector: Detector, on_bytes: Callable[[int], None] | None
) -> Detection:
    """What a file is in; it stands at its start again afterwards."""
    for block in _blocks.blocks(source):
        if detector.feed(block):
            break
        if on_bytes is not None:
            on_bytes(0)  # nothing is converted yet, but it may want to stop the work
    source.seek(0)
    return detector.finish()


def _left(
    path: str,
    found: Detection | None,
    options: Options,
    seen: os.stat_result | None,
    *,
    from_: str | None = None,
    skipped: str | None = None,
) -> Recoded:
    """The answer about a file that is not touched."""
    size = found.length if found is not None else seen.st_size if seen is not None else 0
    return Recoded(
        path=path,
        from_=from_ if found is None else found.encoding,
        to=options.target,
        bytes_in=size,
        bytes_out=size,
        skipped=skipped,
        detection=found,
    )


def _unknown_names(
    seen: os.stat_result, path: str, names: Sequence[str], backup: str | None
) -> str | None:
    """Why a file cannot be replaced under all of its names; None when it can."""
    known = max(len(names), 1)
    if backup and os.path.exists(path + backup) and os.path.samefile(path, path + backup):
        known += 1  # of a run that was killed between the backup and the rename
    missing = seen.st_nlink - known
    if os.name == "nt" or missing <= 0:
        return None
    links = "hard link" if missing == 1 else "hard links"
    return f"{missing} {links} to it from elsewhere would keep the old text"


def _check_unchanged(path: str, before: os.stat_result) -> None:
    """Raises VerificationError when somebody wrote to the file while it was converted."""
    fields = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_mode", "st_uid", "st_gid")
    now = os.stat(path)
    if any(getattr(now, field) != getattr(before, field) for field in fields):
        raise VerificationError(f"{path}: changed while it was being converted")


def convert_stream(
    source: IO[bytes],
    target: IO[bytes],
    options: Options,
    on_bytes: Callable[[int], None] | None = None,
) -> Recoded:
    """Converts the rest of a file object into another. See `files.recode_stream`."""
    again = source if options.from_ is not None else _blocks.rewindable(source)
    try:
        start = again.tell() if options.from_ is None else 0
        from_, found = options.from_, None
        if from_ is None:
            found = _blocks.detect_blocks(again, options.detector())
            again.seek(start)
            reason = options.why_not(found)
            if reason is not None:
                return _left("", found, options, None, skipped=reason)
            from_ = encoding_of(found)
        conversion = Conversion(options, from_, on_bytes)
        comparison = _Comparison()
        for data, out in conversion.run(again):
            if not conversion.changed:
                conversion.changed = not comparison.feed(data, out)
            target.write(out)
        conversion.changed = conversion.changed or not comparison.complete
    finally:
        if again is not source:
            again.close()
    return conversion.result("", found, changed=conversion.changed)
