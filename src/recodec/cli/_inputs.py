"""The inputs of a command, from its `PATHS` and `WALK` options."""

from __future__ import annotations

from .._walk import walk
from ._arguments import Arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .._walk import Input, Skip
    from ._output import Status

__all__ = ["WalkArguments", "inputs_of"]


class WalkArguments(Arguments):
    """What the walk reads of a command's arguments."""

    paths: list[str]
    include: list[str]
    exclude: list[str]
    hidden: bool


def inputs_of(
    arguments: WalkArguments,
    status: Status,
    *,
    skip: Skip | None = None,
    leftover: Callable[[str], None] | None = None,
) -> Iterator[Input]:
    """The inputs that the command line names; what cannot be listed is reported.

    `skip` and `leftover` are those of `walk`.

    Raises ValueError for a glob that is none.
    """
    return walk(
        arguments.paths,
        status.error,
        include=arguments.include,
        exclude=arguments.exclude,
        hidden=arguments.hidden,
        skip=skip,
        leftover=leftover,
    )
