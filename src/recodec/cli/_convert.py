"""`recodec convert`: write inputs in another encoding, to the screen, elsewhere, or in place."""

from __future__ import annotations

import os
import stat
import sys

from .. import files
from .._errors import (
    DecodeError,
    EncodeError,
    OptionError,
    RecodecError,
    UnknownCharsetError,
    UnsupportedCharsetError,
)
from .._route import route
from ._arguments import Command, Option
from ._inputs import WalkArguments, inputs_of
from ._options import HINTS, JSON, WALK, probability
from ._output import Column, OutputError, Status, open_writer, shown_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from .._walk import Input
    from ..files import Recoded
    from ._output import Writer

_CHARSETS_NAMED = 4  # of those that could hold a character; nobody reads thirty

ERROR_POLICIES = (
    "strict",
    "ignore",
    "replace",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
)


def _contradiction(arguments: ConvertArguments) -> str | None:
    if arguments.in_place and arguments.output is not None:
        return "--in-place and --output exclude each other"
    if arguments.in_place and "-" in arguments.paths:
        return "--in-place needs files: standard input cannot be replaced"
    if arguments.paths.count("-") > 1:
        return "standard input can be read only once"
    if (arguments.verbose or arguments.json) and not (
        arguments.in_place or arguments.output or arguments.dry_run
    ):
        return "a report (--verbose, --json) and the text cannot share standard output; use -o"
    return None


COMMAND = Command(
    Option(
        dest="paths",
        metavar="PATH",
        count="*",
        default=("-",),
        help="file, directory (all files below it but hidden ones), or - for standard input "
        "(the default)",
    ),
    Option(
        "-f",
        "--from",
        dest="source",
        metavar="NAME",
        help="encoding of the input (default: detected)",
    ),
    Option(
        "-t",
        "--to",
        dest="target",
        metavar="NAME",
        default="utf-8",
        help="encoding of the output (default: utf-8)",
    ),
    Option(
        "--errors",
        dest="errors",
        metavar="POLICY",
        choices=ERROR_POLICIES,
        default="strict",
        help="what to do with bytes or characters that cannot be converted: "
        + ", ".join(ERROR_POLICIES),
    ),
    Option(
        "-o",
        "--output",
        dest="output",
        metavar="PATH",
        help="a file, or for several inputs a directory (default: standard output)",
    ),
    Option("--in-place", dest="in_place", help="replace the files themselves"),
    Option("-n", "--dry-run", dest="dry_run", help="convert, but write only a report of it"),
    Option(
        "-v",
        "--verbose",
        dest="verbose",
        help="report every file written (with -o, --in-place)",
    ),
    JSON,
    Option(
        "--min-confidence",
        dest="min_confidence",
        metavar="P",
        parse=probability,
        default=0.8,
        help="leave out what is detected with less (default: 0.8)",
    ),
    *HINTS,
    *WALK,
    check=_contradiction,
    details="""\
Without --from each input's own encoding is detected; one that cannot be told
with --min-confidence is left out and reported. Files are replaced only when
the new content is complete.

examples:
  recodec convert letter.txt                    show it as UTF-8
  recodec convert -f cp866 -t utf-8 < in > out
  recodec convert -t cp1252 -o new/ old/        a tree into another
  recodec convert --in-place --dry-run src/     what would happen?

""",
)


class ConvertArguments(WalkArguments):
    """What `convert` reads."""

    source: str | None
    target: str
    errors: str
    output: str | None
    in_place: bool
    dry_run: bool
    verbose: bool
    json: bool
    min_confidence: float
    allow: list[str]
    deny: list[str]
    language: str | None


class _Refused(Exception):
    """An input that cannot be put where the options say."""


def run(arguments: ConvertArguments) -> int:
    """Converts every input; returns the exit code."""
    status = Status()
    # The list is made before the first file is written, so that none is found that we wrote.
    try:
        inputs = list(inputs_of(arguments, status))
        for name in filter(None, (arguments.source, arguments.target)):
            route(name)
        outputs = _Outputs(arguments, inputs)
    except (UnknownCharsetError, UnsupportedCharsetError, _Refused, ValueError) as error:
        status.error(None, error)
        return status.code
    reports = arguments.dry_run or arguments.verbose or arguments.json
    report = open_writer(_columns(arguments), json=arguments.json) if reports else None
    if arguments.in_place or arguments.output is not None:
        from ._signals import cleaning_up_when_stopped

        with cleaning_up_when_stopped():
            _convert_all(inputs, outputs, arguments, status, report)
    else:
        _convert_all(inputs, outputs, arguments, status, report)
    if report is not None:
        report.close()
    return status.code


def _convert_all(
    inputs: Sequence[Input],
    outputs: _Outputs,
    arguments: ConvertArguments,
    status: Status,
    report: Writer | None,
) -> None:
    for item in filter(outputs.covers, inputs):
        try:
            output = outputs.of(item)
            done = _convert(item, output, arguments)
        except (OptionError, UnknownCharsetError) as error:
            # Of the options: the next input would have them refused once more.
            status.error(None, error)
            break
        except RecodecError as error:
            status.problem(item.path, _explain(error))
        except (OSError, _Refused) as error:
            status.error(item.path, error)
        else:
            if done.skipped is not None:
                status.problem(item.path, f"left out: {done.skipped}")
            elif report is not None:
                report.write(_record(item, output, done, dry_run=arguments.dry_run))


# -- Where it goes ---------------------------------------------------------------------------------


class _Outputs:
    """The file that each input is written to."""

    def __init__(self, arguments: ConvertArguments, inputs: Sequence[Input]) -> None:
        """Raises _Refused when several inputs would have to share one file."""
        self._given = frozenset(arguments.paths)
        self._taken: dict[str, str] = {}  # real path of an output -> input that it was made from
        self._output = output = arguments.output
        self._folder: str | None = None
        self._makes_folders = not arguments.dry_run
        if output is not None and (
            os.path.isdir(output)
            or output.endswith(("/", os.sep))
            or len(inputs) > 1
            or any(os.path.isdir(path) for path in arguments.paths)
        ):
            if os.path.lexists(output) and not os.path.isdir(output):
                raise _Refused(f"{shown_name(output)} is no directory, for several inputs")
            self._folder = os.path.realpath(output)

    def covers(self, item: Input) -> bool:
        """Whether to convert it: not when it was found in the directory that we write to."""
        if self._folder is None or item.path in self._given:
            return True
        return not os.path.realpath(item.path).startswith(os.path.join(self._folder, ""))

    def of(self, item: Input) -> str | None:
        """The path to write, its folder made; None for standard output and in place.

        Raises _Refused when the input has no place of its own, OSError.
        """
        if self._output is None:
            return None
        output = self._output
        if self._folder is not None:
            if item.is_stdin:
                raise _Refused("has no name to be given in a directory")
            output = os.path.join(self._output, item.relative)
        place = os.path.realpath(output)
        if place in self._taken:
            other = shown_name(self._taken[place])
            raise _Refused(f"would overwrite {shown_name(output)}, made from {other}")
        self._taken[place] = item.path
        if not item.is_stdin and os.path.exists(output) and os.path.samefile(item.path, output):
            raise _Refused("is its own output; use --in-place")
        if self._folder is not None and self._makes_folders:
            os.makedirs(os.path.dirname(output) or os.curdir, exist_ok=True)
        return output


def _is_regular(path: str) -> bool:
    return stat.S_ISREG(os.stat(path).st_mode)


# -- How it gets there -----------------------------------------------------------------------------


class _Nowhere:
    def write(self, data: bytes) -> None:
        pass


class _StandardOutput:
    """Standard output, whose failures are told apart from those of the inputs."""

    def write(self, data: bytes) -> None:
        try:
            sys.stdout.buffer.write(data)
        except OSError as error:
            raise OutputError(error) from error


def _convert(item: Input, output: str | None, arguments: ConvertArguments) -> Recoded:
    """Converts one input. Raises RecodecError, OSError, _Refused, OutputError."""
    if arguments.in_place and not _is_regular(item.path):
        raise _Refused("is no regular file that could be replaced")
    if arguments.dry_run:
        return _stream(item, _Nowhere(), arguments)
    if arguments.in_place:
        return _replace(item, None, arguments)
    if output is None:
        return _stream(item, _StandardOutput(), arguments)
    if os.path.exists(output) and not _is_regular(output):
        # A device or a pipe: renaming over /dev/null would take it from everybody.
        with open(output, "wb") as device:
            return _stream(item, device, arguments)
    if not item.is_stdin and _is_regular(item.path):
        return _replace(item, output, arguments)
    # Read from a pipe, which can be read only once: no verifying, but still whole or not at all.
    from .._replace import Replacement

    with Replacement(output) as new:
        done = _stream(item, new.file, arguments)
        if done.skipped is None:
            new.commit(output if os.path.exists(output) else None, times=False)
    return done


def _replace(item: Input, output: str | None, arguments: ConvertArguments) -> Recoded:
    return files.recode_file(
        item.path,
        arguments.target,
        arguments.source,
        arguments.errors,
        output=output,
        min_confidence=arguments.min_confidence,
        allow=arguments.allow,
        deny=arguments.deny,
        language=arguments.language,
    )


def _stream(
    item: Input, target: IO[bytes] | _Nowhere | _StandardOutput, arguments: ConvertArguments
) -> Recoded:
    source = sys.stdin.buffer if item.is_stdin else open(item.path, "rb", buffering=0)  # noqa: SIM115
    try:
        return files.recode_stream(
            source,
            target,  # type: ignore[arg-type] # of which only write() is used
            arguments.target,
            arguments.source,
            arguments.errors,
            min_confidence=arguments.min_confidence,
            allow=arguments.allow,
            deny=arguments.deny,
            language=arguments.language,
        )
    finally:
        if not item.is_stdin:
            source.close()


# -- What is said of it ----------------------------------------------------------------------------


def _columns(arguments: ConvertArguments) -> tuple[Column, ...]:
    columns = (
        Column("path", "file", text=shown_name),
        Column("from"),
        Column("to"),
        Column("confidence", right=True, text="{:.2f}".format),
        Column("result"),
    )
    if arguments.output is None:
        return columns
    return (*columns, Column("output", text=shown_name))


def _record(item: Input, output: str | None, done: Recoded, *, dry_run: bool) -> dict[str, object]:
    found = done.detection
    changed = "would change" if dry_run else "changed"
    return {
        "path": item.path,
        "from": done.from_,
        "to": done.to,
        "confidence": None if found is None else round(found.confidence, 6),
        "language": None if found is None else found.language,
        "result": changed if done.changed else "same bytes",
        "bytes_in": done.bytes_in,
        "bytes_out": done.bytes_out,
        "output": output,
    }


def _explain(error: RecodecError) -> str:
    """An error of the conversion in the terms of the command line."""
    if isinstance(error, DecodeError):
        return (
            f"line {error.line}, column {error.column} (byte {error.offset}): "
            f"{error.bad[:8].hex(' ')} is not {error.encoding} ({error.reason}); "
            "try another --from, or --errors replace"
        )
    if isinstance(error, EncodeError):
        return (
            f"line {error.line}, column {error.column}: {_named(error.character)} is not in "
            f"{error.encoding}{_elsewhere(error)}; try another --to, or --errors replace"
        )
    return str(error)


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
