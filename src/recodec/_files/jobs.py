"""Which files become what: a job for each file, however many names it has."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress

from .._errors import OptionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .convert import HardLinks
    from .walk import Input

__all__ = ["Job", "jobs_in_place", "jobs_into", "removing_unused"]


class Job:
    """One file to convert.

    names   real paths of all its names, when it has several
    output  the file to write, None for in place
    problem why it cannot be done, noticed before anything was read
    found   whether it was found in a directory and not named by the caller
    """

    __slots__ = ("found", "names", "output", "path", "problem", "size")

    def __init__(
        self,
        path: str,
        *,
        names: Sequence[str] = (),
        output: str | None = None,
        size: int = 0,
        problem: Exception | None = None,
        found: bool = False,
    ) -> None:
        self.path = path
        self.found = found
        self.names = names
        self.output = output
        self.size = size
        self.problem = problem


def jobs_in_place(inputs: Sequence[Input], hard_links: HardLinks) -> list[Job]:
    """A job for each file that is to be replaced, however many of its names are among the inputs.

    A file that is reached through several symbolic or hard links is converted once.
    """
    jobs: list[Job] = []
    by_file: dict[object, Job] = {}
    for item in inputs:
        try:
            seen = os.stat(item.path)
        except OSError as error:
            jobs.append(Job(item.path, problem=error))
            continue
        name = os.path.realpath(item.path)
        key: object = name
        if seen.st_nlink > 1 and hard_links == "keep":
            key = (seen.st_dev, seen.st_ino)
        known = by_file.get(key)
        if known is None:
            by_file[key] = job = Job(item.path, names=(name,), size=seen.st_size, found=item.found)
            jobs.append(job)
        elif name not in known.names:
            known.names = (*known.names, name)
    return jobs


def jobs_into(
    inputs: Sequence[Input], output: str, *, folder: bool, made: list[str] | None
) -> list[Job]:
    """A job for each input that is to be written elsewhere.

    folder  `output` is a directory that mirrors the ones that the inputs were found in; where it is
            in one of them, what was found in there is left out
    made    the folders that are made for it are added, see `removing_unused`; None makes none
    """
    jobs: list[Job] = []
    inside = os.path.join(os.path.realpath(output), "")
    taken: dict[str, str] = {}  # real path of an output -> input that it is made from
    for item in inputs:
        if folder and item.found and os.path.realpath(item.path).startswith(inside):
            root = os.path.realpath(item.path.removesuffix(item.relative) or os.curdir)
            if not os.path.join(root, "").startswith(inside):
                continue
        place = os.path.join(output, item.relative) if folder else output
        job = Job(item.path, output=place, found=item.found)
        jobs.append(job)
        try:
            if folder and item.is_stdin:
                raise OptionError("has no name to be given in a directory")
            real = os.path.realpath(place)
            if real in taken:
                raise OptionError(f"would overwrite {place}, made from {taken[real]}")
            taken[real] = item.path
            if item.is_stdin:
                continue
            job.size = os.stat(item.path).st_size
            if os.path.exists(place) and os.path.samefile(item.path, place):
                raise OptionError("is its own output; convert it in place")
            if folder and made is not None:
                _make_folder(os.path.dirname(place), made)
        except (OSError, OptionError) as error:
            job.problem = error
    return jobs


def _make_folder(path: str, made: list[str]) -> None:
    missing = []
    above = path
    while above and not os.path.isdir(above) and above not in missing:
        missing.append(above)
        above = os.path.dirname(above)  # the same again for a drive that is not there
    for folder in reversed(missing):
        try:
            os.mkdir(folder)
        except OSError as error:
            if isinstance(error, FileExistsError) and os.path.isdir(folder):
                continue  # somebody else has just made it
            # It is told of the input, which is not to blame.
            raise OSError(error.errno, f"cannot make {path}: {error.strerror}", folder) from None
        made.append(folder)


@contextmanager
def removing_unused(made: Sequence[str]) -> Iterator[None]:
    """At its end removes those of the folders in `made` that nothing was written into."""
    try:
        yield
    finally:
        for folder in reversed(made):
            with suppress(OSError):
                os.rmdir(folder)
