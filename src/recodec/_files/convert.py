"""One file, or the rest of a file object, from one encoding to another; whole or not at all."""

from __future__ import annotations

import os
import stat

from .._errors import VerificationError
from . import blocks
from .conversion import Comparison, Conversion, Place
from .recoded import Recoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from typing import IO, Literal, TypeAlias

    from .._detection.detect import Detector
    from .._detection.result import Detection
    from .._mixed.segmented import Plan
    from .journal import Journal
    from .options import Options

    HardLinks: TypeAlias = Literal["keep", "break"]

__all__ = ["convert_file", "convert_stream"]


class _Nothing:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *arguments: object) -> None:
        pass


def _nothing() -> AbstractContextManager[None]:
    return _Nothing()


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
        from errno import EISDIR

        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)
    if output is None and not stat.S_ISREG(mode):
        from errno import EINVAL

        raise OSError(EINVAL, "is not a regular file, so it cannot be replaced", path)
    with open(path, "rb", buffering=0) as source:
        before = os.fstat(source.fileno())
        from_, found, verdict = _examine(source, path, options, on_bytes, guard=guard)
        if verdict is None and output is None:
            if found is not None and isinstance(from_, str) and options.is_right(found):
                verdict = _left(path, found, options, before)
            elif hard_links == "keep":
                reason = _unknown_names(before, path, names, backup)
                if reason is not None:
                    verdict = _left(
                        path, found, options, before, from_=_name(from_), skipped=reason
                    )
        if verdict is not None:
            return verdict
        conversion = Conversion(options, from_, on_bytes)
        with Place(path if output is None else output) as place:
            conversion.into(place, source, eager=output is not None, write=not dry_run)
            new = place.new
            if new is not None:
                from .verify import verify

                exists = os.path.exists(new.target)
                like = new.target if exists else path
                with waiting():
                    seen = new.prepare(like, times=output is None and not touch)
                new.file.seek(0)
                source.seek(0)
                verify(conversion, source, new.file, path)
                _check_unchanged(source, path, before)
                if len(names) < 2 or hard_links == "break":
                    names = (new.target,)
                with waiting():
                    if journal is not None:
                        for name in names:
                            journal.add(name, seen)
                    # What is replaced is freed by that, which takes a disk as long as the rest.
                    source.close()
                    new.commit(names, backup=new.target + backup if backup and exists else None)
                    _sync(os.path.dirname(new.target), sync)
    return conversion.result(path, found, changed=conversion.changed, output=output)


def _sync(folder: str, later: Callable[[str], None] | None) -> None:
    if later is None:
        from .beside import sync_folder

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
) -> tuple[str | Plan, Detection | None, Recoded | None]:
    """The encoding of a file, what detection found, and the answer if it is to be left alone."""
    if options.from_ is None:
        found = _detect(source, options.detector(), on_bytes)
        from_, reason = options.plan(source, found)
        if reason is not None:
            return "", found, _left(path, found, options, None, skipped=reason)
        return from_, found, None
    if guard and options.target == "utf-8" and not options.from_.startswith("utf-8"):
        from .._detection.detect import Detector

        found = _detect(source, Detector(), on_bytes)
        if found.encoding == "utf-8" and found.source == "structure" and not found.bad:
            reason = f"valid UTF-8 and not {options.from_}: it seems to be converted already"
            return "", found, _left(path, found, options, None, skipped=reason)
    return options.from_, None, None


def _name(from_: str | Plan) -> str:
    return from_ if isinstance(from_, str) else from_.encoding


def _detect(
    source: IO[bytes], detector: Detector, on_bytes: Callable[[int], None] | None
) -> Detection:
    """What a file is in; it stands at its start again afterwards."""
    for block in blocks.blocks(source):
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
    if missing <= 0:
        return None
    links = "hard link" if missing == 1 else "hard links"
    return f"{missing} {links} to it from elsewhere would keep the old text"


def _check_unchanged(source: IO[bytes], path: str, before: os.stat_result) -> None:
    """Raises VerificationError when somebody wrote to the file while it was converted."""
    # Both of the open file: on Windows the mode that goes by a path says what the name ends in.
    fields = ("st_size", "st_mtime_ns", "st_mode", "st_uid", "st_gid")
    now = os.fstat(source.fileno())
    same = os.path.samestat(os.stat(path), before)
    if not same or any(getattr(now, field) != getattr(before, field) for field in fields):
        raise VerificationError(f"{path}: changed while it was being converted")


def convert_stream(
    source: IO[bytes],
    target: IO[bytes],
    options: Options,
    on_bytes: Callable[[int], None] | None = None,
) -> Recoded:
    """Converts the rest of a file object into another. See `files.recode_stream`."""
    again = source if options.from_ is not None else blocks.rewindable(source)
    try:
        start = seen = again.tell() if options.from_ is None else 0
        from_: str | Plan | None = options.from_
        found = None
        if from_ is None:
            found = blocks.detect_blocks(again, options.detector())
            seen = again.tell()
            again.seek(start)
            from_, reason = options.plan(again, found)
            if reason is not None:
                return _left("", found, options, None, skipped=reason)
        conversion = Conversion(options, from_, on_bytes)
        comparison = Comparison()
        pieces = conversion.run(again, respelling=True)
        try:
            for data, out in pieces:
                if not conversion.changed:
                    conversion.changed = not comparison.feed(data, out)
                target.write(out)
        finally:
            pieces.close()
        if options.from_ is None and again.tell() < seen:
            raise OSError("the file became shorter while it was read")
        conversion.changed = conversion.changed or not comparison.complete
    finally:
        if again is not source:
            again.close()
    return conversion.result("", found, changed=conversion.changed)
