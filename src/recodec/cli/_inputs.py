"""The inputs of a command, from its `PATHS` and `WALK` options."""

from __future__ import annotations

import os
import sys

from .._files.walk import walk
from ._arguments import Arguments
from ._output import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from .._files.walk import Input, Skip
    from ._output import Status

__all__ = ["WalkArguments", "inputs_of", "standard_input"]


class WalkArguments(Arguments):
    """What the walk reads of a command's arguments."""

    paths: list[str]
    include: list[str]
    exclude: list[str]
    hidden: bool
    git: bool


def inputs_of(
    arguments: WalkArguments,
    status: Status,
    *,
    leftover: Callable[[str], None] | None = None,
) -> Iterator[Input]:
    """The inputs that the command line names; what cannot be listed is reported.

    `leftover` is that of `walk`.

    Raises ValueError for a glob that is none, and for `--git` where git cannot tell.
    """
    if not arguments.git:
        return _walk(arguments, arguments.paths, status, None, leftover)
    from ._git import skip_ignored

    parts = []
    for path in arguments.paths:
        skip = skip_ignored(path) if os.path.isdir(path) else None
        parts.append(_walk(arguments, (path,), status, skip, leftover))
    return (item for part in parts for item in part)


def standard_input() -> BinaryIO:
    """Standard input as bytes. Raises OSError when the program was started without one."""
    if sys.stdin is None:
        from errno import EBADF

        raise OSError(EBADF, os.strerror(EBADF))
    if sys.stdin.isatty() and sys.stderr.isatty():
        complain("-", f"is read to its end, {'Ctrl-Z' if os.name == 'nt' else 'Ctrl-D'}")
    return sys.stdin.buffer


def _walk(
    arguments: WalkArguments,
    paths: Sequence[str],
    status: Status,
    skip: Skip | None,
    leftover: Callable[[str], None] | None,
) -> Iterator[Input]:
    return walk(
        paths,
        status.error,
        include=arguments.include,
        exclude=arguments.exclude,
        hidden=arguments.hidden,
        skip=skip,
        leftover=leftover,
    )
