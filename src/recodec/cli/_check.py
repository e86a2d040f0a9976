"""`recodec check`: is every file sound, and in an encoding that is allowed? For CI."""

from __future__ import annotations

import os

from .._errors import RecodecError
from .._files import blocks
from .._files.check import RULES, Rules, check_stream
from . import _settings
from ._arguments import Command, Option
from ._inputs import WalkArguments, inputs_of, standard_input
from ._options import JSON, WALK, names, some_of
from ._output import Status, say, shown_name, shown_text
from ._progress import Progress
from ._records import open_writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from .._files.check import Finding
    from .._files.walk import Input

# Settings of [tool.recodec] and their types; those of the command line go before them.
_SETTINGS = {
    "only": list,
    "skip": list,
    "newline": str,
    "include": list,
    "exclude": list,
    "hidden": bool,
    "git": bool,
}


COMMAND = Command(
    Option(
        dest="paths",
        metavar="PATH",
        count="*",
        help="file, directory, or - for standard input (default: the current directory)",
    ),
    Option(
        "--only",
        dest="only",
        metavar="NAMES",
        parse=names,
        help="allowed encodings (a,b,c; default: utf-8, which includes ASCII)",
    ),
    Option(
        "--newline",
        dest="newline",
        metavar="STYLE",
        choices=("lf", "crlf", "cr"),
        help="required line end: lf, crlf or cr (default: any, but the same in a file)",
    ),
    Option(
        "--skip",
        dest="skip",
        metavar="RULES",
        parse=some_of(RULES, "rule"),
        items=RULES,
        help="rules to disable (a,b,c)",
    ),
    JSON,
    *WALK,
    details="""\
Prints one line per problem: path:line:column: message [rule].

rules:
  encoding     the file is in an encoding that is not allowed
  mixed        lines at which the encoding changes
  undecodable  bytes that are invalid in the encoding
  bom          a byte order mark
  newline      inconsistent line ends, or others than --newline
  replacement  U+FFFD, which marks a character that an earlier conversion lost
  mojibake     double-encoded UTF-8, such as \u00c3\u00a9 for \u00e9

Binary files are skipped. Defaults can be set in pyproject.toml:

  [tool.recodec]
  only = ["utf-8"]
  newline = "lf"
  exclude = ["tests/data/"]

examples:
  recodec check
  recodec check --git --newline lf .
  recodec check --only utf-8,cp1252 --skip bom legacy/

""",
)


class CheckArguments(WalkArguments):
    """What `check` reads."""

    only: list[str] | None
    newline: str | None
    skip: list[str] | None
    json: bool


def run(arguments: CheckArguments) -> int:
    """Prints what is wrong; returns the exit code, 1 when anything is."""
    status = Status()
    try:
        _take_settings(arguments)
        rules = Rules(
            only=arguments.only or ("utf-8",),
            newline=arguments.newline,
            skip=arguments.skip or (),
        )
        arguments.paths = arguments.paths or ["."]
        inputs = inputs_of(arguments, status)
    except (OSError, ValueError, LookupError, _settings.SettingsError) as error:
        status.error(None, error)
        return status.code
    writer = open_writer((), json=True) if arguments.json else None
    with Progress() as progress:
        for item in inputs:
            try:
                for finding in _findings(item, rules, progress):
                    status.problem()
                    if writer is None:
                        say(_line(item, finding))
                    else:
                        writer.write(_record(item, finding))
            except (OSError, RecodecError) as error:
                status.error(item.path, error)
            progress.file_done()
    return status.code


def _take_settings(arguments: CheckArguments) -> None:
    """Fills in from pyproject.toml what the command line does not say."""
    path = _settings.find()
    if path is None:
        return
    for name, value in _settings.read(path, "check", _SETTINGS).items():
        if not getattr(arguments, name):
            setattr(arguments, name, value)
    if arguments.newline not in (None, "lf", "crlf", "cr"):
        raise _settings.SettingsError(f"{path}: newline is lf, crlf or cr")
    for name in arguments.skip or ():
        if name not in RULES:
            raise _settings.SettingsError(f"{path}: {name!r} is not a rule")


def _findings(item: Input, rules: Rules, progress: Progress) -> Iterator[Finding]:
    if item.is_stdin:
        source: IO[bytes] = blocks.rewindable(standard_input())
        yield from check_stream(source, rules)
        return
    with open(item.path, "rb", buffering=0) as file:
        if file.seekable():
            yield from check_stream(progress.reading(file), rules)
        else:
            yield from check_stream(blocks.rewindable(file), rules)


def _line(item: Input, finding: Finding) -> str:
    # As editors and reviewers name it, when the directory is the current one.
    path = item.path.removeprefix(os.path.join(os.curdir, ""))
    name = "(standard input)" if item.is_stdin else shown_name(path)
    message = shown_text(finding.message)
    return f"{name}:{finding.line}:{finding.column}: {message} [{finding.rule}]\n"


def _record(item: Input, finding: Finding) -> dict[str, object]:
    return {
        "path": item.path,
        "line": finding.line,
        "column": finding.column,
        "rule": finding.rule,
        "message": finding.message,
    }
