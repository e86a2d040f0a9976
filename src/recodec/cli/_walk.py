"""Which inputs a command line names: files, directories, patterns, standard input.

Names stay `str` with surrogate escapes, as Python gives and takes them, so that a file name of any
bytes can be opened; making them safe to look at is the business of `_output`.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STDIN = "-"


class Input:
    """One thing to read.

    path: what to open, "-" for standard input.
    relative: below the directory argument it was found in, or the bare file name.
    """

    __slots__ = ("path", "relative")

    def __init__(self, path: str, relative: str) -> None:
        self.path = path
        self.relative = relative

    def __repr__(self) -> str:
        return f"Input({self.path!r}, {self.relative!r})"

    @property
    def is_stdin(self) -> bool:
        return self.path == STDIN


def walk(paths: Sequence[str], failed: Callable[[str, OSError], None]) -> Iterator[Input]:
    """The inputs that `paths` name, in order; directories give all files below them, sorted.

    In a directory hidden entries are skipped, symbolic links to directories are not followed (they
    may lead back up), and what is neither a file nor a link to one is left alone: reading a named
    pipe would wait for ever. An argument is taken as given, whatever it is.
    Calls `failed` with the name and the reason for everything that cannot be listed, and goes on.
    """
    for path in paths:
        if path == STDIN:
            yield Input(STDIN, STDIN)
            continue
        for match in _expand(path):
            try:
                mode = os.stat(match).st_mode
            except OSError as error:
                failed(match, error)
                continue
            if stat.S_ISDIR(mode):
                yield from _below(match, failed)
            else:
                yield Input(match, os.path.basename(match))


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


def _below(root: str, failed: Callable[[str, OSError], None]) -> Iterator[Input]:
    # A stack instead of recursion: depth is then bounded by memory, not by the interpreter.
    stack = [_entries(root, failed)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                stack.append(_entries(entry.path, failed))
            elif entry.is_file():
                yield Input(entry.path, os.path.relpath(entry.path, root))
        except OSError as error:
            failed(entry.path, error)


def _entries(directory: str, failed: Callable[[str, OSError], None]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as listing:
            found = [entry for entry in listing if not entry.name.startswith(".")]
    except OSError as error:
        failed(directory, error)
        found = []
    found.sort(key=lambda entry: entry.name)
    return iter(found)
