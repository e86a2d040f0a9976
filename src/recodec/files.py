"""Files: which encoding, their text, and their conversion without risk."""

from __future__ import annotations

import io
import os

from ._detection.detect import Detector
from ._errors import OptionError, at_least_one
from ._files import blocks as _blocks
from ._files.convert import convert_file, convert_stream
from ._files.options import Options
from ._files.recoded import Recoded
from ._files.textfile import TextFile, open

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from typing import IO, Any, TypeAlias

    from ._conversion.policy import Errors
    from ._detection.result import Detection
    from ._files.blocks import Path
    from ._files.convert import HardLinks
    from ._files.options import Mixed
    from ._files.tree import TreeProgress
    from ._recoding.text_filter import Bom, Newline, Normalization

    Name: TypeAlias = str | bytes | os.PathLike[str] | os.PathLike[bytes]

__all__ = [
    "Recoded",
    "TextFile",
    "TreeProgress",
    "detect_file",
    "open",
    "recode_file",
    "recode_stream",
    "recode_tree",
]


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

    file    a path, a descriptor, or a binary file object, which is read from its position
    offset  bytes to skip before the examination begins

    Other options and errors are those of `detect`; OSError when the file cannot be read.
    """
    if offset < 0:
        raise OptionError(f"offset must be 0 or more, not {offset}")
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
    update_declarations: bool = False,
    mend: bool = False,
    min_confidence: float = 0.0,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    mixed: Mixed = "refuse",
) -> Recoded:
    """Converts the rest of one binary file object into another, in constant memory.

    With `from_=None` the source is read twice, and copied first when it cannot be rewound. What
    was written before an error stays written. Arguments, answer and errors are those of
    `recode_file`; what is skipped leaves the target untouched, and a source that is shorter when it
    is read again raises OSError.
    """
    options = Options(
        to,
        from_,
        errors,
        lenient=lenient,
        normalize=normalize,
        newline=newline,
        bom=bom,
        update_declarations=update_declarations,
        mend=mend,
        min_confidence=min_confidence,
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        mixed=mixed,
    )
    return convert_stream(source, target, options)


def recode_file(
    path: Name,
    to: str = "utf-8",
    from_: str | None = None,
    errors: Errors = "strict",
    *,
    output: Name | None = None,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    update_declarations: bool = False,
    mend: bool = False,
    min_confidence: float = 0.0,
    dry_run: bool = False,
    backup: str | None = None,
    touch: bool = False,
    hard_links: HardLinks = "keep",
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    mixed: Mixed = "refuse",
) -> Recoded:
    """Converts a file in place, or into the file `output`; completely or not at all.

    The new file is written beside the one it replaces, flushed to the disk, read back and compared
    with the source's text, and renamed. It keeps mode, owner, times, extended attributes and access
    control lists (written to `output` it has times of its own, and the owner only where the caller
    may give files away). A symbolic link stays and what it leads to is converted. A file that is
    already right is not written at all.

    errors, lenient, normalize, newline, bom
                    as in `recode`
    update_declarations
                    update the encoding that the text declares: HTML meta, XML declaration, CSS
                    @charset, PEP 263, mode lines of Vim and Emacs, gettext catalogues, TeX,
                    dictionaries, SQL dumps, JabRef, Vim scripts and vCards
    mend            repair double-encoded UTF-8, as `recodec.mend` does
    min_confidence  skip the file if its encoding is detected with lower confidence
    dry_run         convert and count, but write nothing
    backup          suffix for a copy of the original; an existing file is never overwritten
    touch           set the modification time to now instead of keeping it
    hard_links      "keep" skips a file that has other names (they would keep the old text),
                    "break" makes this name a file of its own
    allow, deny, language, tld, declared
                    what is known of the encoding, as in `detect`
    mixed           a file with lines in different encodings: "refuse" skips it if detection
                    notices, "split" looks for them in every file and converts each run of lines
                    from its own, "whole" converts everything from one

    Returns a Recoded, whose `skipped` says why a file was skipped: it is binary, or its encoding is
    not detected with enough confidence. Raises DecodeError and EncodeError with the place in the
    file, VerificationError, OSError, UnknownCharsetError, UnsupportedCharsetError, OptionError; the
    original is untouched then, and the new file removed.
    """
    options = Options(
        to,
        from_,
        errors,
        lenient=lenient,
        normalize=normalize,
        newline=newline,
        bom=bom,
        update_declarations=update_declarations,
        mend=mend,
        min_confidence=min_confidence,
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        mixed=mixed,
    )
    target = None if output is None else os.fsdecode(output)
    if target is not None:
        from ._files.replace import replaceable

        if not replaceable(target):
            raise OptionError(
                f"{target} is a device, a pipe or a folder, which no file can replace; "
                f"write to it with recode_stream()"
            )
    return convert_file(
        os.fsdecode(path),
        options,
        output=target,
        dry_run=dry_run,
        backup=_suffix(backup),
        touch=touch,
        hard_links=_hard_links(hard_links),
    )


def recode_tree(
    paths: Name | Iterable[Name],
    to: str = "utf-8",
    from_: str | None = None,
    errors: Errors = "strict",
    *,
    output: Name | None = None,
    include: Collection[str] = (),
    exclude: Collection[str] = (),
    hidden: bool = False,
    threads: int = 1,
    journal: Name | None = None,
    progress: Callable[[TreeProgress], None] | None = None,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    update_declarations: bool = False,
    mend: bool = False,
    min_confidence: float = 0.8,
    dry_run: bool = False,
    backup: str | None = None,
    touch: bool = False,
    hard_links: HardLinks = "keep",
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    mixed: Mixed = "refuse",
) -> list[Recoded]:
    """Converts files and all files in directories, each as `recode_file` does.

    paths     one path or several; in directories links to directories are not followed
    output    a directory to mirror them in; None converts in place
    include, exclude, hidden
              which files in directories: globs (`*.txt`, `docs/**/*.md`, `build/`), and whether to
              take those whose names begin with a dot
    threads   how many files to convert at once
    journal   path of a file that records what was done, so that an interrupted call can be repeated
              and continues; created if missing, removed on success
    progress  called in this thread with a TreeProgress, ten times a second at most and at the end

    A file with several names (hard links) among these is converted once and keeps them all; with
    more names elsewhere it is left alone unless `hard_links="break"`. What is UTF-8 by its
    structure is left alone as well where another `from_` is to be converted to UTF-8 in place.

    Returns what became of each file, in order. What goes wrong with a file is in `Recoded.error`
    and does not stop the others. Raises OptionError, UnknownCharsetError, UnsupportedCharsetError
    for options that make no sense, OSError when the journal cannot be written; when anything else
    stops it (KeyboardInterrupt, an exception of `progress`), every file is whole, old or new.
    """
    from ._files.tree import convert_tree

    options = Options(
        to,
        from_,
        errors,
        lenient=lenient,
        normalize=normalize,
        newline=newline,
        bom=bom,
        update_declarations=update_declarations,
        mend=mend,
        min_confidence=min_confidence,
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        mixed=mixed,
    )
    at_least_one("threads", threads)
    names = [paths] if isinstance(paths, (str, bytes, os.PathLike)) else paths
    return convert_tree(
        [os.fsdecode(name) for name in names],
        options,
        output=None if output is None else os.fsdecode(output),
        include=[include] if isinstance(include, str) else list(include),
        exclude=[exclude] if isinstance(exclude, str) else list(exclude),
        hidden=hidden,
        threads=threads,
        journal=None if journal is None else os.fsdecode(journal),
        progress=progress,
        dry_run=dry_run,
        backup=_suffix(backup),
        touch=touch,
        hard_links=_hard_links(hard_links),
    )


def _suffix(backup: str | None) -> str | None:
    if backup is not None and (not backup or "/" in backup or os.sep in backup):
        raise OptionError(f"backup must be a suffix for a name, not {backup!r}")
    return backup


def _hard_links(value: HardLinks) -> HardLinks:
    if value not in ("keep", "break"):
        raise OptionError(f"hard_links must be 'keep' or 'break', not {value!r}")
    return value


def __getattr__(name: str) -> Any:
    if name == "TreeProgress":
        from ._files.tree import TreeProgress

        return TreeProgress
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
