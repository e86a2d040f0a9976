"""What can be said on the command line: each command is a table of options, read here.

A correct call is read by the few lines below. Anything else (help, a mistake) is for `_usage`,
which builds an argparse parser from the same table and lets it speak. argparse does not read every
call because importing it, `re` and the translations and building a parser take 8 ms, as much as
all the rest of a call on a small file; a test holds both readers to the same answers. click takes
four times as long to import and typer eight.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Parse = Callable[[str], object]

__all__ = ["COMMANDS", "Arguments", "Command", "Option", "command_of", "plain"]

# Name -> (module of the command, summary). The module has the table `COMMAND` and the function
# `run(arguments) -> exit code`, and is only imported when the command is called. A name of two
# words is one of a group: "mail show".
COMMANDS = {
    "detect": ("_detect", "detect the encoding and the language of files"),
    "convert": ("_convert", "convert files to another encoding"),
    "check": ("_check", "find files in wrong encodings, or with encoding errors"),
    "explain": ("_explain", "show why an encoding was detected"),
    "list": ("_list", "show the encodings that recodec knows"),
    "manual": ("_manual", "print the manual page"),
    "completion": ("_completion", "print a completion script for a shell"),
    "mail show": ("_mail_show", "show messages, decoded"),
    "mail headers": ("_mail_headers", "show all header fields of messages, decoded"),
    "mail recode": ("_mail_recode", "convert messages and mailboxes to another charset"),
}
# Summaries of the groups, by their first word.
GROUPS: dict[str, str] = {"mail": "read and convert mail, even with wrong labels"}


class Option:
    """An option or, without flags, a positional argument.

    flags    as typed ("-o", "--output"); none for a positional argument
    dest     the attribute of Arguments that holds it
    metavar  name of the value in the help; None for an option that takes none
    const    what is stored without a value; with a metavar the value is optional and only taken
             when joined by "=" (`--in-place` beside `--in-place=.bak`), so that no path is eaten
    default  what is stored when the option is not used
    many     the option may come again, and a list is stored
    count    how often a positional argument comes: "1", "?", "+" or "*"
    parse    makes the value of the text, or raises ValueError saying what is wrong with it
    choices  the only values
    items    the values that a list separated by commas may have, for completion
    group    heading in the help
    """

    __slots__ = (
        "choices",
        "const",
        "count",
        "default",
        "dest",
        "flags",
        "group",
        "help",
        "items",
        "many",
        "metavar",
        "parse",
    )

    def __init__(
        self,
        *flags: str,
        dest: str,
        help: str,
        metavar: str | None = None,
        const: object = None,
        default: object = None,
        many: bool = False,
        count: str = "1",
        parse: Parse = str,
        choices: Sequence[str] = (),
        items: Sequence[str] = (),
        group: str | None = None,
    ) -> None:
        self.flags = flags
        self.dest = dest
        self.help = help
        self.metavar = metavar
        self.const = True if metavar is None and const is None else const
        self.default = False if metavar is None and default is None else default
        self.many = many
        self.count = count
        self.parse = parse
        self.choices = choices
        self.items = items
        self.group = group

    def initial(self) -> object:
        """The value before any option is read."""
        if self.many or self.count in "+*":
            return [] if self.default is None else list(self.default)  # type: ignore[call-overload]
        return self.default


class Command:
    """The table of one command.

    options  in the order of the help
    details  text after the options: explanations and examples
    check    says why options cannot be followed together, None when they can
    """

    __slots__ = ("check", "details", "options")

    def __init__(
        self,
        *options: Option,
        details: str = "",
        check: Callable[[Any], str | None] | None = None,
    ) -> None:
        self.options = options
        self.details = details
        self.check = check


class Arguments:
    """The parsed command line: the values of the options by their `dest`.

    Each command declares in a subclass what it reads.
    """

    command: str  # a key of COMMANDS

    def __init__(self, command: str, options: Sequence[Option]) -> None:
        self.command = command
        for option in options:
            setattr(self, option.dest, option.initial())


def plain(words: Sequence[str]) -> Arguments | None:
    """Reads a command line; None when it asks for help or is wrong, which `_usage` deals with."""
    name = command_of(words)
    if name is None:
        return None
    table = table_of(name)
    arguments = _read(name, table, words[name.count(" ") + 1 :])
    if arguments is None or problem_of(table, arguments, words) is not None:
        return None
    return arguments


def problem_of(table: Command, arguments: Arguments, words: Sequence[str]) -> str | None:
    """Why a command line that could be read cannot be followed; None when it can."""
    for option in table.options:
        if option.flags:
            continue
        given = getattr(arguments, option.dest)
        if option.count in "+*" and given.count("-") > 1:
            return "standard input can be read only once"
        # Nobody who leaves out the path at a terminal wants to type the file there.
        if given in ("-", ["-"]) and "-" not in words and sys.stdin and sys.stdin.isatty():
            return f"{option.metavar} is missing, and standard input is a terminal"
    return None if table.check is None else table.check(arguments)


def command_of(words: Sequence[str]) -> str | None:
    """The command that a command line calls, None when it names none."""
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS:
            return name
    return None


def module_of(name: str) -> Any:
    """The module of a command, imported when it is first asked for."""
    # As importlib.import_module, which takes half a millisecond to import.
    module = f"{__package__}.{COMMANDS[name][0]}"
    __import__(module)
    return sys.modules[module]


def table_of(name: str) -> Command:
    """The table of a command."""
    table: Command = module_of(name).COMMAND
    return table


def _read(name: str, table: Command, words: Sequence[str]) -> Arguments | None:
    """The arguments; None when argparse has to say something about them."""
    arguments = Arguments(name, table.options)
    flags = {flag: option for option in table.options for flag in option.flags}
    bare: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            bare.extend(rest)
        elif word[:1] != "-" or word == "-":
            bare.append(word)
        elif not _take(arguments, flags, word, rest):
            return None
    places = [option for option in table.options if not option.flags]
    return arguments if _place(arguments, places, bare) else None


def _take(arguments: Arguments, flags: dict[str, Option], word: str, rest: Any) -> bool:
    """Reads one word of options and takes the value of the last; whether it is right."""
    if word[:2] == "--":
        flag, joined, text = word.partition("=")
        option = flags.get(flag)
        if option is None:
            return False
    else:
        # Letters without values may stand together, the last may have its value behind it: -nvoX.
        while True:
            option = flags.get(word[:2])
            if option is None or word[2:3] == "=":
                return False
            text = word[2:]
            joined = text
            if option.metavar is not None or not text:
                break
            setattr(arguments, option.dest, option.const)
            word = "-" + text
    if option.metavar is None:
        if joined:
            return False
        setattr(arguments, option.dest, option.const)
        return True
    if not joined:
        if option.const is not None:
            setattr(arguments, option.dest, option.const)
            return True
        text = next(rest, "--")
        if text[:1] == "-" and text != "-":
            return False
    return _store(arguments, option, text)


def _store(arguments: Arguments, option: Option, text: str) -> bool:
    try:
        value = option.parse(text)
    except ValueError:
        return False
    if option.choices and value not in option.choices:
        return False
    if option.many:
        getattr(arguments, option.dest).append(value)
    else:
        setattr(arguments, option.dest, value)
    return True


def _place(arguments: Arguments, places: Sequence[Option], words: list[str]) -> bool:
    """Gives each positional argument its words; whether there are enough and not too many."""
    for number, option in enumerate(places):
        needed = sum(other.count in "1+" for other in places[number + 1 :])
        free = len(words) - needed
        count = min(free, 1) if option.count in "1?" else free
        if count < (option.count in "1+"):
            return False
        taken, words = words[:count], words[count:]
        if option.count in "+*":
            if taken:
                setattr(arguments, option.dest, [option.parse(text) for text in taken])
        elif taken and not _store(arguments, option, taken[0]):
            return False
    return not words
