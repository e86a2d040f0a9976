"""What can be said on the command line.

argparse and not a richer library: importing click takes four times as long and typer eight, which
would be most of the time that a small file takes in all.
"""

from __future__ import annotations

import argparse
import sys

from ._output import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 80

_EXIT_CODES = """\
exit status:
  0  all went well
  1  an input is binary, could not be told or could not be converted
  2  the call is wrong, or an input could not be read or written
"""

_MAIN_EXAMPLES = """\
examples:
  recodec detect notes.txt               which encoding is this?
  recodec detect --json archive/         a directory, one JSON object per line
  recodec convert old.txt > new.txt      to UTF-8, whatever it was
  recodec convert --in-place archive/    a whole directory, file by file
  recodec list koi8-r                    what recodec knows of an encoding

"""

_DETECT_EXAMPLES = """\
On a terminal the answer is a table; in a pipe it is one line per input with
file, encoding, language, confidence, source and note, separated by tabs and
with "-" for what is not there. The confidence is a probability.

examples:
  recodec detect *.txt
  recodec detect src/ docs/README
  curl -s https://example.org | recodec detect -
  recodec detect --json . | jq -r 'select(.encoding != "utf-8").path'

"""

_CONVERT_EXAMPLES = """\
Without --from each input's own encoding is detected; one that cannot be told
with --min-confidence is left out and reported. Files are replaced only when
the new content is complete.

examples:
  recodec convert letter.txt                    show it as UTF-8
  recodec convert -f cp866 -t utf-8 < in > out
  recodec convert -t cp1252 -o new/ old/        a tree into another
  recodec convert --in-place --dry-run src/     what would happen?

"""

_LIST_EXAMPLES = """\
examples:
  recodec list
  recodec list latin1        any alias will do
  recodec list --json | jq -r 'select(.family == "ebcdic").name'

"""

ERROR_POLICIES = (
    "strict",
    "ignore",
    "replace",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
)


class Arguments(argparse.Namespace):
    """The parsed command line; each command reads the fields of its own options."""

    command: str
    json: bool
    # detect and convert
    paths: list[str]
    allow: list[str]
    deny: list[str]
    language: str | None
    # detect
    exact: bool
    # convert
    source: str | None
    target: str
    errors: str
    output: str | None
    in_place: bool
    dry_run: bool
    verbose: bool
    min_confidence: float
    # list
    name: str | None


def parse(argv: Sequence[str] | None) -> Arguments:
    """Reads the command line. Raises SystemExit, 2 when it is wrong and 0 after --help."""
    words = sys.argv[1:] if argv is None else argv
    parser = _parser(words[0] if words else "")
    arguments = parser.parse_args(words, namespace=Arguments())
    if arguments.command == "convert":
        problem = _contradiction(arguments)
        if problem:
            parser.error(problem)
    return arguments


def _contradiction(arguments: Arguments) -> str | None:
    """Why the options of `convert` cannot be followed together, None when they can."""
    if arguments.in_place and "-" in arguments.paths:
        return "--in-place needs files: standard input cannot be replaced"
    if arguments.paths.count("-") > 1:
        return "standard input can be read only once"
    if (arguments.verbose or arguments.json) and not (
        arguments.in_place or arguments.output or arguments.dry_run
    ):
        return "a report (--verbose, --json) and the text cannot share standard output; use -o"
    return None


def _parser(command: str) -> argparse.ArgumentParser:
    """The parser, with the options of `command` alone: making all of them takes 3 ms."""
    parser = argparse.ArgumentParser(
        prog="recodec",
        description="Find out how files are encoded, and convert them.",
        epilog=_MAIN_EXAMPLES + _EXIT_CODES,
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (summary, details, add_options) in _COMMANDS.items():
        own = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=details + _EXIT_CODES,
            formatter_class=_Formatter,
        )
        if name == command:
            add_options(own)
    return parser


def _add_detect(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument(
        "--exact",
        action="store_true",
        help="name the narrowest encoding (iso8859-1) instead of the superset used for it (cp1252)",
    )
    _add_hints(parser)


def _add_convert(parser: argparse.ArgumentParser) -> None:
    _add_paths(parser)
    parser.add_argument(
        "-f",
        "--from",
        dest="source",
        metavar="NAME",
        help="encoding of the input (default: detected)",
    )
    parser.add_argument(
        "-t",
        "--to",
        dest="target",
        metavar="NAME",
        default="utf-8",
        help="encoding of the output (default: utf-8)",
    )
    parser.add_argument(
        "--errors",
        metavar="POLICY",
        choices=ERROR_POLICIES,
        default="strict",
        help="what to do with bytes or characters that cannot be converted: "
        + ", ".join(ERROR_POLICIES),
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a file, or for several inputs a directory (default: standard output)",
    )
    where.add_argument("--in-place", action="store_true", help="replace the files themselves")
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="convert, but write only a report of it"
    )
    parser.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="report every file written (with -o, --in-place)",
    )
    parser.add_argument("--json", action="store_true", help="make the report JSON Lines")
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        type=_probability,
        default=0.8,
        help="leave out what is detected with less (default: 0.8)",
    )
    _add_hints(parser)


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="an encoding, an alias of one, or a family"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line")


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="file, directory (all files below it but hidden ones), or - for standard input",
    )


def _add_hints(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("hints for detection")
    group.add_argument(
        "--allow", metavar="NAMES", type=_names, default=[], help="answer only these (a,b,c)"
    )
    group.add_argument(
        "--deny", metavar="NAMES", type=_names, default=[], help="never answer these (a,b,c)"
    )
    group.add_argument("--language", metavar="TAG", help="expect this language, for example ru")


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("names no encoding")
    return names


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


_COMMANDS = {
    "detect": ("name the encoding and the language of files", _DETECT_EXAMPLES, _add_detect),
    "convert": ("write files in another encoding", _CONVERT_EXAMPLES, _add_convert),
    "list": ("show the encodings that recodec knows", _LIST_EXAMPLES, _add_list),
}


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as written, never wider than 80 columns: examples are laid out for that."""

    def __init__(self, prog: str) -> None:
        width = min(terminal_width(), _WIDTH) - 2
        super().__init__(prog, max_help_position=26, width=width)


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
        from .. import __version__

        print(f"recodec {__version__}")
        parser.exit()
