"""One input converted, and what became of it in the terms of the command line."""

from __future__ import annotations

import os
import stat
import sys

from .._errors import DecodeError, EncodeError, OptionError, RecodecError
from .._files.convert import convert_stream
from ._inputs import standard_input
from ._output import Status, reason_of, say_bytes, shown_name, shown_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, TypeGuard

    from .._files.options import Options
    from .._files.recoded import Recoded
    from .._files.walk import Input

__all__ = ["StandardOutput", "convert_one", "explain", "report_error", "tell"]

_CHARSETS_NAMED = 4  # of those that could hold a character; nobody reads thirty


class StandardOutput:
    """Standard output, whose failures are told apart from those of the inputs."""

    write = staticmethod(say_bytes)


def convert_one(
    item: Input,
    target: IO[bytes] | StandardOutput,
    options: Options,
    status: Status,
    on_bytes: Callable[[int], None] | None,
    output: str | None = None,
) -> Recoded | None:
    """Converts an input into a file object, which is that of the file `output` if it is one.

    Returns None when that failed, which is reported then.
    """
    try:
        source = standard_input() if item.is_stdin else open(item.path, "rb", buffering=0)  # noqa: SIM115
        try:
            if isinstance(target, StandardOutput) and _is_standard_output(source):
                raise OptionError("is its own output; convert it in place")
            done = convert_stream(source, target, options, on_bytes)  # type: ignore[arg-type]
        finally:
            if not item.is_stdin:
                source.close()
    except (OSError, RecodecError) as error:
        report_error(item.path, error, status, output)
        return None
    if not tell(item.path, done, status):
        return None
    return done


def _is_standard_output(source: IO[bytes]) -> bool:
    """Whether the file that is read is the one that is written, which would have no end."""
    try:
        read, written = os.fstat(source.fileno()), os.fstat(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):  # not of the system
        return False
    return stat.S_ISREG(read.st_mode) and os.path.samestat(read, written)


def tell(path: str, done: Recoded, status: Status, *, loss: bool = True) -> bool:
    """Reports what a reader must know of a conversion; whether it took place."""
    if done.error is not None:
        report_error(path, done.error, status)
        return False
    if done.skipped is not None:
        # The library names its arguments; here they are options.
        status.problem(path, f"left out: {done.skipped}".replace("mixed=split", "--mixed split"))
        return False
    for problem in done.problems:
        status.problem(path, explain(problem))
    if loss and done.replaced and not done.problems:
        places = "1 place" if done.replaced == 1 else f"{done.replaced} places"
        were = "it was" if done.replaced == 1 else "they were"
        status.note(path, f"{places} could not be kept as {were}")
    return True


def report_error(path: str, error: Exception, status: Status, output: str | None = None) -> None:
    """Reports why an input was not converted, into the file `output` unless the error names it."""
    if isinstance(error, RecodecError) and not isinstance(error, OptionError):
        status.problem(path, explain(error))
        return
    if output is not None:
        from .._files.beside import say_where

        say_where(error, output)
    if _is_of_the_folder(error):
        folder = os.path.dirname(error.filename) or os.curdir
        error = OSError(0, f"cannot write in {shown_name(folder)}: {reason_of(error)}")
    status.error(path, error)


def _is_of_the_folder(error: Exception) -> TypeGuard[OSError]:
    """Whether not the input is to blame but where its new file was to be written."""
    from .._files.beside import WORK_SUFFIXES

    return (
        isinstance(error, OSError)
        and error.errno is not None
        and error.strerror == os.strerror(error.errno)
        and isinstance(error.filename, str)
        and error.filename.endswith(WORK_SUFFIXES)
    )


# -- What is said of it ----------------------------------------------------------------------------


def explain(error: RecodecError) -> str:
    """An error of the conversion in the terms of the command line."""
    if isinstance(error, DecodeError):
        return (
            f"line {error.line}, column {error.column} (byte {error.offset}): "
            f"{error.bad[:8].hex(' ')} is not {error.encoding} ({error.reason}); "
            f"try {_other_source(error)}, or --errors replace"
        )
    if isinstance(error, EncodeError):
        return (
            f"line {error.line}, column {error.column}: {_named(error.character)} is not in "
            f"{error.encoding}{_elsewhere(error)}; try another --to, or {_way_out(error)}"
        )
    return str(error)


def _other_source(error: DecodeError) -> str:
    names = error.looks_like() if len(error.object) > len(error.bad) else ()
    return f"--from {names[0]}, which it looks like" if names else "another --from"


def _way_out(error: EncodeError) -> str:
    """The option that keeps most of the character."""
    other = error.alternative()
    if other is None:
        return "--errors replace"
    option, text = other
    shown = shown_text(text) if text else "nothing"
    if option.startswith("lenient"):
        return f"leave out --strict-mapping (writes {shown})"
    return f"--errors translit (writes {shown})"


def _named(character: str) -> str:
    import unicodedata

    shown = f" {character}" if character.isprintable() else ""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{shown}{' ' + name if name else ''}"


def _elsewhere(error: EncodeError) -> str:
    names = error.could_hold()
    if not names:
        return ""
    more = ", ..." if len(names) > _CHARSETS_NAMED else ""
    return f" (but in {', '.join(names[:_CHARSETS_NAMED])}{more})"
