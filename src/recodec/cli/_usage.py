"""Help and messages about wrong calls: argparse, built from the tables of the commands.

Only imported when there is something to say; see `_arguments` for why.
"""

from __future__ import annotations

import argparse
import re

from ._arguments import COMMANDS, GROUPS, Arguments, command_of, problem_of, table_of
from ._output import say, shown_text
from ._records import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from ._arguments import Command, Option

__all__ = ["EXAMPLES", "EXIT_CODES", "explained", "parser_of"]

_WIDTH = 80
_SECOND = 20  # cells that a second column has at least, or it goes below the first,
_BELOW = 6  # indented by these

EXIT_CODES = """\
exit status:
  0  success
  1  an input is binary, could not be identified or converted, or failed a check
  2  wrong usage, or a file could not be read or written
"""

EXAMPLES = """\
examples:
  recodec detect notes.txt               which encoding is it in?
  recodec detect --json archive/         a directory, one JSON object per line
  recodec convert old.txt > new.txt      from any encoding to UTF-8
  recodec convert --in-place archive/    a whole directory, file by file
  recodec check --git .                  is everything valid UTF-8?
  recodec explain letter.txt             why is it in this encoding?
  recodec list koi8-r                    properties of an encoding

"""


def explained(words: Sequence[str]) -> Arguments:
    """Reads the command line again, for the help or the message.

    Raises SystemExit, 2 when it is wrong and 0 after --help. Returns the arguments should they be
    right after all.
    """
    name = command_of(words)
    if name is None:
        group = words[0] if words and words[0] in GROUPS else ""
        main = _overview(group)
        first = words[1:2] if group else words[:1]
        if first and (close := _belongs_to(first[0], group)):
            main.error(f"{first[0]} comes after the command: {close} {first[0]} ...")
        main.parse_args(words[1:] if group else words)
        main.error("the following arguments are required: COMMAND")
    table = table_of(name)
    parser = parser_of(name, table)
    rest = _with_equals(table, words[name.count(" ") + 1 :])
    found = vars(parser.parse_intermixed_args(rest))
    arguments = Arguments(name, table.options)
    for option in table.options:
        # For "*" and "?" argparse stores what it found even when that is nothing.
        if option.flags or found[option.dest]:
            setattr(arguments, option.dest, found[option.dest])
    problem = problem_of(table, arguments, words)
    if problem:
        parser.error(problem)
    return arguments


def _with_equals(table: Command, words: Sequence[str]) -> list[str]:
    """`--in-place PATH` for argparse, which would take the path for the value: `--in-place=`."""
    optional = {
        flag
        for option in table.options
        for flag in option.flags
        if option.metavar is not None and option.const is not None
    }
    end = words.index("--") if "--" in words else len(words)
    return [f"{word}=" if word in optional else word for word in words[:end]] + list(words[end:])


def parser_of(name: str, table: Command) -> argparse.ArgumentParser:
    """The parser of one command."""
    summary = COMMANDS[name][1]
    parser = _Parser(
        prog=f"recodec {name}",
        description=summary[0].upper() + summary[1:] + ".",
        epilog=table.details + EXIT_CODES,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    groups: dict[str, argparse._ArgumentGroup] = {}
    for option in table.options:
        target: argparse._ActionsContainer = parser
        if option.group is not None:
            if option.group not in groups:
                groups[option.group] = parser.add_argument_group(option.group)
            target = groups[option.group]
        _add(target, option)
    return parser


def _add(target: argparse._ActionsContainer, option: Option) -> None:
    if not option.flags:
        count = None if option.count == "1" else option.count
        target.add_argument(
            option.dest,
            metavar=option.metavar,
            nargs=count,
            default=option.initial(),
            type=_parse(option),
            choices=option.choices or None,
            help=option.help,
        )
    elif option.metavar is None:
        target.add_argument(
            *option.flags,
            dest=option.dest,
            action="store_const",
            const=option.const,
            default=option.default,
            help=option.help,
        )
    else:
        target.add_argument(
            *option.flags,
            dest=option.dest,
            metavar=option.metavar,
            action="append" if option.many else "store",
            nargs="?" if option.const is not None else None,
            const=option.const,
            default=option.initial(),
            type=_parse(option),
            choices=option.choices or None,
            help=option.help,
        )


def _parse(option: Option) -> Callable[[str], object]:
    def parse(text: str) -> object:
        if not text and option.const is not None:
            return option.const
        try:
            return option.parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return parse


def _overview(group: str) -> argparse.ArgumentParser:
    """The parser of the program, or of a group of commands: it lists them and reads --version."""
    parser = _Parser(
        prog=f"recodec {group}".rstrip(),
        description=(
            GROUPS[group][0].upper() + GROUPS[group][1:] + "."
            if group
            else "Detect the encodings of files, and convert them."
        ),
        epilog=EXIT_CODES if group else EXAMPLES + EXIT_CODES,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    if not group:
        parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (_, summary) in COMMANDS.items():
        first, _, second = name.rpartition(" ")
        if first == group:
            commands.add_parser(second, help=summary)
    if not group:
        for name, summary in GROUPS.items():
            commands.add_parser(name, help=summary)
    return parser


class _Parser(argparse.ArgumentParser):
    """Wrong calls get the message and a pointer to the help, not the whole list of options.

    An unknown command or long option gets the one that was probably meant.
    """

    def print_help(self, file: object = None) -> None:
        say(self.format_help())  # argparse does not tell when it cannot be written

    def error(self, message: str) -> NoReturn:
        if message.startswith("unrecognized arguments: "):
            known = [one for one in self._option_string_actions if one.startswith("--")]
            for word in message.split()[2:]:
                flag = word.partition("=")[0]
                close = _close(flag, known) if flag.startswith("--") else ""
                if close:
                    message += f" (did you mean {close}?)"
                    break
        unknown = re.match(r"argument COMMAND: invalid choice: ('[^']*')", message)
        if unknown is not None and self._subparsers is not None:
            close = _close(unknown[1][1:-1], list(self._subparsers._group_actions[0].choices or ()))
            if close:
                message = f"unknown command {unknown[1]} (did you mean {close}?)"
        # The words of a wrong call are shown in the message; a terminal may not obey them.
        self.exit(
            2,
            f"{self.prog}: error: {shown_text(message)}\nTry '{self.prog} --help' for more.\n",
        )


def _belongs_to(word: str, group: str) -> str:
    """The command, one of `group`, that a call which begins with an option may have meant."""
    if word in ("-", "--", "-h", "--help", "--version") or not word.startswith("-"):
        return ""
    flag = word.partition("=")[0] if word.startswith("--") else word[:2]
    names = [name for name in COMMANDS if name.rpartition(" ")[0] == group]
    takes = (
        name for name in names if any(flag in option.flags for option in table_of(name).options)
    )
    return f"recodec {name}" if (name := next(takes, "")) else ""


def _close(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    # The start of one option is what used to be a short form of it elsewhere.
    starts = [other for other in known if other.startswith(word)]
    # Without the dashes, which all have in common.
    bare = {other.removeprefix("--"): other for other in known}
    found = starts if len(starts) == 1 else get_close_matches(word.removeprefix("--"), bare, 1, 0.6)
    return bare.get(found[0], found[0]) if found else ""


class _Formatter(argparse.HelpFormatter):
    """Help that fits the terminal, but is never wider than 80 columns."""

    def __init__(self, prog: str) -> None:
        width = min(terminal_width(), _WIDTH) - 2
        super().__init__(prog, max_help_position=26, width=width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return fitted(text, self._width + 1)

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        """An optional value is joined by "=", which argparse does not show."""
        shown = super()._format_args(action, default_metavar)
        return f"[={shown[1:]}" if action.option_strings and action.nargs == "?" else shown

    def _format_action_invocation(self, action: argparse.Action) -> str:
        return super()._format_action_invocation(action).replace(" [=", "[=")

    def format_help(self) -> str:
        return super().format_help().replace(" [=", "[=")


def fitted(text: str, width: int) -> str:
    """Text of the help in lines of `width` cells at most.

    Sentences flow. Indented lines stay, or go on below their second column, if there is one, and
    where there is no room beside the first, it stands below that; what shall be typed is not cut.
    """
    from textwrap import fill

    lines: list[str] = []
    sentences: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line and not line.startswith(" "):
            sentences.append(line)
            continue
        if sentences:
            lines.append(fill(" ".join(sentences), width, break_on_hyphens=False))
            sentences = []
        # The first column, and what stands between it and the second.
        columns = re.match(r"( +\S.*?  +)(?=\S)", line)
        if columns is None or len(line) <= width:
            lines.append(line)
            continue
        indent = columns[0]
        if width - len(indent) < _SECOND:
            lines.append(indent.rstrip())
            indent = " " * _BELOW
        lines.append(
            fill(
                line[columns.end() :],
                width,
                initial_indent=indent,
                subsequent_indent=" " * len(indent),
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n".join(lines)


class _Version(argparse.Action):
    """--version: the package is asked only when somebody wants to know."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        from .._version import __version__

        print(f"recodec {__version__}")
        parser.exit()
