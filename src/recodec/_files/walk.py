"""Which inputs a list of names means: files, directories, patterns, standard input.

Names stay `str` with surrogate escapes, as Python gives and takes them, so that a file name of any
bytes can be opened; making them safe to look at is the business of whoever shows them.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Failed = Callable[[str, OSError], None]
    # Path below the directory argument, and whether it is a directory -> whether to leave it out.
    Skip = Callable[[str, bool], bool]

__all__ = ["STDIN", "Input", "filters", "walk"]

STDIN = "-"


class Input:
    """One thing to read.

    path: what to open, "-" for standard input.
    relative: below the directory argument it was found in, or the bare file name.
    found: whether it was found in a directory; False for an argument.
    """

    __slots__ = ("found", "path", "relative")

    def __init__(self, path: str, relative: str, found: bool = False) -> None:
        self.path = path
        self.relative = relative
        self.found = found

    def __repr__(self) -> str:
        return f"Input({self.path!r}, {self.relative!r})"

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input."""
        return self.path == STDIN


def walk(
    paths: Sequence[str],
    failed: Failed,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    hidden: bool = False,
    skip: Skip | None = None,
    leftover: Callable[[str], None] | None = None,
) -> Iterator[Input]:
    """The inputs that `paths` name, in order; directories give all files below them, sorted.

    In a directory, symbolic links to directories are not followed (they may lead back up), and
    what is neither a file nor a link to one is left alone: reading a named pipe would wait for
    ever. An argument is taken as given, whatever it is and whatever the filters say.

    include, exclude  globs, see `filters`
    hidden            also take entries whose names begin with a dot
    skip              a further reason to leave out a file, or a directory with all below it
    leftover          called with the paths of what a killed conversion left in directories; such
                      files are no inputs in any case

    Calls `failed` with the name and the reason for everything that cannot be listed, and goes on.
    Raises ValueError for a glob that is none.
    """
    tests = [] if skip is None else [skip]
    if include or exclude:
        tests.append(filters(include, exclude))
    # Out of the generator, so that a wrong glob is refused by the call.
    return _walk(paths, _Listing(failed, hidden, leftover), tests)


def _walk(paths: Sequence[str], listing: _Listing, tests: Sequence[Skip]) -> Iterator[Input]:
    for path in paths:
        if path == STDIN:
            yield Input(STDIN, STDIN)
            continue
        for match in _expand(path):
            try:
                mode = os.stat(match).st_mode
            except OSError as error:
                listing.failed(match, error)
                continue
            if stat.S_ISDIR(mode):
                yield from _below(match, listing, tests)
            else:
                yield Input(match, os.path.basename(match))


def filters(include: Sequence[str], exclude: Sequence[str]) -> Skip:
    """A `skip` for `walk` from globs.

    A glob without a slash is held against the name, one with a slash against the path below the
    directory argument; `*` and `?` stop at slashes, `**` does not, a slash at the end means
    directories. What no glob of `include` matches is left out (directories are entered all the
    same), and what one of `exclude` matches, a directory with all below it.
    Raises ValueError for a glob that is none.
    """
    from .globs import matcher

    wanted = [matcher(glob) for glob in include]
    unwanted = [matcher(glob) for glob in exclude]

    def skip(relative: str, directory: bool) -> bool:
        if any(matches(relative, directory) for matches in unwanted):
            return True
        if directory or not wanted:
            return False
        return not any(matches(relative, False) for matches in wanted)

    return skip


def _expand(path: str) -> list[str]:
    """`path`, or what it matches when it is a pattern and no file has that name.

    Shells expand patterns themselves, but not on Windows, and not where a pattern is quoted
    because it has more matches than a command line holds.
    """
    if os.path.lexists(path) or not any(character in path for character in "*?["):
        return [path]
    import glob

    # No match: hand the pattern on, so that the message names what was typed.
    return sorted(glob.glob(path, recursive=True)) or [path]


def _below(root: str, listing: _Listing, tests: Sequence[Skip]) -> Iterator[Input]:
    # A stack instead of recursion: depth is then bounded by memory, not by the interpreter.
    stack = [("", listing.entries(root))]
    while stack:
        above, entries = stack[-1]
        entry = next(entries, None)
        if entry is None:
            stack.pop()
            continue
        try:
            directory = entry.is_dir(follow_symlinks=False)
            if not directory and not entry.is_file():
                continue
        except OSError as error:
            from errno import ELOOP

            if error.errno != ELOOP:  # a link that leads nowhere, as one to nothing
                listing.failed(entry.path, error)
            continue
        relative = above + entry.name
        if any(skip(relative, directory) for skip in tests):
            continue
        if directory:
            stack.append((relative + os.sep, listing.entries(entry.path)))
        else:
            yield Input(entry.path, relative, found=True)


class _Listing:
    """How directories are listed."""

    __slots__ = ("_hidden", "_leftover", "failed")

    def __init__(
        self, failed: Failed, hidden: bool, leftover: Callable[[str], None] | None
    ) -> None:
        self.failed = failed
        self._hidden = hidden
        self._leftover = leftover

    def entries(self, directory: str) -> Iterator[os.DirEntry[str]]:
        """The entries of a directory in the order of their names, none if it cannot be listed."""
        from .beside import WORK_SUFFIXES

        found = []
        left = []
        try:
            with os.scandir(directory) as listing:
                for entry in listing:
                    if not entry.name.startswith("."):
                        found.append(entry)
                    elif entry.name.endswith(WORK_SUFFIXES):
                        left.append(entry.path)
                    elif self._hidden:
                        found.append(entry)
        except OSError as error:
            self.failed(directory, error)
        if self._leftover is not None:
            for path in sorted(left):
                self._leftover(path)
        found.sort(key=lambda entry: entry.name)
        return iter(found)
