"""The `recodec` command: `main` for a call, `program` for a process."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn, TextIO

    from ._arguments import Arguments

__all__ = ["main", "parse", "program"]

# Fixed by POSIX; the module `signal` takes a millisecond to import and lacks SIGPIPE on Windows.
_SIGINT = 2
_SIGPIPE = 13
_WINDOWS = os.name == "nt"
_EINVAL = 22  # what Windows says of a pipe whose reader is gone
_TOOLS = 6  # that sys.monitoring tells apart (PEP 669)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code.

    `argv` is what follows the program's name; None takes it from `sys.argv`. Nothing but a defect
    of recodec itself raises out of here.
    """
    from ._output import EXIT_ERROR, EXIT_SIGNAL, OutputError, Stopped, complain

    if sys.stdout is None or sys.stderr is None:
        # Started with a closed descriptor: the next file opened would take its number and receive
        # what was meant for the reader.
        if sys.stderr is not None:
            complain("(standard output)", "it is closed")
        return EXIT_ERROR
    _let_any_text_through(sys.stdout)
    _let_any_text_through(sys.stderr)
    try:
        code = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return EXIT_SIGNAL + _SIGINT
    except Stopped as stop:
        return EXIT_SIGNAL + stop.signal
    except (OSError, OutputError) as error:
        # Inputs report their own; what arrives here is standard output, or names its file.
        reason = error.error if isinstance(error, OutputError) else error
        if isinstance(reason.filename, (str, bytes)):
            complain(os.fsdecode(reason.filename), reason)
            return EXIT_ERROR
        _discard(sys.stdout)
        if isinstance(reason, BrokenPipeError) or (_WINDOWS and reason.errno == _EINVAL):
            return EXIT_SIGNAL + _SIGPIPE
        complain("(standard output)", reason)
        return EXIT_ERROR
    return code


def parse(words: Sequence[str]) -> Arguments:
    """Reads a command line. Raises SystemExit, 2 when it is wrong and 0 after --help."""
    from ._arguments import plain

    arguments = plain(words)
    if arguments is None:
        from ._usage import explained

        return explained(words)
    return arguments


def program() -> NoReturn:
    """Runs the command of this process and ends it.

    Without taking the interpreter apart first, which costs as much as a small file: nothing is left
    that needs it, since output is flushed, and threads and files of work have ended with `main`.
    Who looks on (a debugger, a profiler, a measure of coverage, `python -i`) gets the usual exit.
    """
    _collect_seldom()
    if _WINDOWS:
        _pipe_utf_8(sys.stdout)
        _pipe_utf_8(sys.stderr)
    code = main()
    if _watched() or sys.flags.interactive or sys.flags.dev_mode:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib takes a millisecond to import
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass  # closed, or its reader is gone: `main` has said so in the exit code
    os._exit(code)


def _collect_seldom() -> None:
    # What is imported and read before the work starts is thousands of objects and no garbage: by
    # default the collector goes through them five times, for nothing.
    import gc

    set_threshold = getattr(gc, "set_threshold", None)  # PyPy's has none
    if set_threshold is not None:
        set_threshold(20_000, *gc.get_threshold()[1:])


def _watched() -> bool:
    """Does a debugger, a profiler or a measure of coverage look on?"""
    if sys.gettrace() or sys.getprofile() or "coverage" in sys.modules:
        return True
    # From Python 3.12 on they may ask the interpreter to be told, and leave no function behind.
    monitoring = getattr(sys, "monitoring", None)
    return monitoring is not None and any(map(monitoring.get_tool, range(_TOOLS)))


def _run(argv: Sequence[str] | None) -> int:
    from ._arguments import module_of
    from ._output import EXIT_ERROR, complain

    words = sys.argv[1:] if argv is None else argv
    for word in words:
        try:
            os.fsencode(word)
        except UnicodeEncodeError as error:
            # The C library has decoded it, in some locales not as Python encodes it for the system.
            complain(word, f"is no name in {error.encoding}, the encoding of this locale")
            return EXIT_ERROR
    try:
        arguments = parse(words)
    except SystemExit as stop:
        # Returned, not raised on, so that help cut short by `| head -1` is quiet as well.
        return stop.code if isinstance(stop.code, int) else 0
    code: int = module_of(arguments.command).run(arguments)
    return code


def _let_any_text_through(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        # A name that the locale's encoding lacks is worth an escape, not a traceback.
        reconfigure(errors="backslashreplace")


def _pipe_utf_8(stream: TextIO) -> None:
    # Into pipes and files Python writes the ANSI code page of Windows there: half of all text as
    # escapes, and the rest as neither a console, which has the OEM one, nor a program reads it.
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
        reconfigure(encoding="utf-8")


def _discard(stream: TextIO) -> None:
    # The interpreter flushes standard output once more on its way out; what is still buffered
    # cannot be delivered and would end as a message and exit code of its own.
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, stream.fileno())
    except (OSError, ValueError):
        pass  # not a real descriptor, as under a test runner
    finally:
        os.close(null)
