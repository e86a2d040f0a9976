"""`recodec convert`: write inputs in another encoding, to the screen, elsewhere, or in place."""

from __future__ import annotations

import os
import sys

from .._conversion import MIXED, Options
from .._convert import convert_stream
from .._errors import (
    DecodeError,
    EncodeError,
    OptionError,
    RecodecError,
    UnknownCharsetError,
    UnsupportedCharsetError,
)
from .._walk import WORK_SUFFIXES
from ._arguments import Command, Option
from ._inputs import WalkArguments, inputs_of, standard_input
from ._options import HINTS, JOBS, JSON, WALK, policy, probability
from ._output import Status, reason_of, say_bytes, shown_name, shown_text
from ._progress import Progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, TypeGuard

    from .._conversion import Mixed
    from .._policy import Errors
    from .._recoded import Recoded
    from .._text_filter import Bom, Newline, Normalization
    from .._walk import Input

_CHARSETS_NAMED = 4  # of those that could hold a character; nobody reads thirty


def _contradiction(arguments: ConvertArguments) -> str | None:
    in_place, output = arguments.in_place is not None, arguments.output is not None
    if in_place and output:
        return "--in-place and --output exclude each other"
    if in_place and "-" in arguments.paths:
        return "--in-place needs files: standard input cannot be replaced"
    if arguments.paths.count("-") > 1:
        return "standard input can be read only once"
    reports = arguments.verbose or arguments.json or arguments.summary
    if reports and not (in_place or output or arguments.dry_run):
        return (
            "a report (--verbose, --json, --summary) and the text cannot share standard output; "
            "use -o"
        )
    if arguments.in_place and arguments.backup:
        return "--in-place=SUFFIX and --backup say the same; use one of them"
    for name, given in (("--backup", arguments.backup), ("--resume", arguments.resume)):
        if given is not None and not (in_place or output):
            return f"{name} needs --in-place or --output"
    for suffix in (arguments.in_place, arguments.backup):
        if suffix and (os.sep in suffix or "/" in suffix):
            return f"a suffix for backups has no {os.sep}: {suffix}"
    return None


_POLICIES = (
    "strict",
    "ignore",
    "replace",
    "translit",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
)
_ON_THE_WAY = "what happens to the text"
_SAFETY = "files that are written"

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
        help="encoding of the output (default: utf-8); //TRANSLIT and //IGNORE are understood",
    ),
    Option(
        "-o",
        "--output",
        dest="output",
        metavar="PATH",
        help="a file, or for several inputs a directory (default: standard output)",
    ),
    Option(
        "--in-place",
        dest="in_place",
        metavar="SUFFIX",
        const="",
        help="replace the files themselves; with =SUFFIX keep each original under its name and "
        "the suffix",
    ),
    Option("-n", "--dry-run", dest="dry_run", help="convert, but write only a report of it"),
    Option(
        "-v",
        "--verbose",
        dest="verbose",
        help="report every file written (with -o, --in-place)",
    ),
    Option(
        "--summary",
        dest="summary",
        help="report how many files were in which encoding and what became of them",
    ),
    JSON,
    JOBS,
    Option(
        "--min-confidence",
        dest="min_confidence",
        metavar="P",
        parse=probability,
        default=0.8,
        help="leave out what is detected with less (default: 0.8)",
    ),
    Option(
        "--mixed",
        dest="mixed",
        metavar="HOW",
        choices=MIXED,
        default="refuse",
        help="a file whose lines are in different encodings: refuse it where detection says so "
        "(the default), split it and read each run of lines in its own, or take it as a whole",
    ),
    Option(
        "--errors",
        dest="errors",
        metavar="POLICY",
        parse=policy,
        items=_POLICIES,
        default="strict",
        group=_ON_THE_WAY,
        help="for bytes or characters that cannot be converted: strict (the default), ignore, "
        "replace, translit, backslashreplace, xmlcharrefreplace, namereplace; one may follow "
        "another: translit,replace",
    ),
    Option(
        "--lenient",
        dest="lenient",
        default=True,
        group=_ON_THE_WAY,
        help="write a character that has two code points as the one the encoding has (the default)",
    ),
    Option(
        "--strict-mapping",
        dest="lenient",
        const=False,
        default=True,
        group=_ON_THE_WAY,
        help="do not",
    ),
    Option(
        "--bom",
        dest="bom",
        metavar="HOW",
        choices=("keep", "add", "strip"),
        group=_ON_THE_WAY,
        help="byte order mark: keep, add or strip (default: what the encodings say)",
    ),
    Option(
        "--newline",
        dest="newline",
        metavar="HOW",
        choices=("keep", "lf", "crlf", "cr", "nel"),
        default="keep",
        group=_ON_THE_WAY,
        help="ends of lines: keep (the default), lf, crlf, cr or nel",
    ),
    Option(
        "--normalize",
        dest="normalize",
        metavar="FORM",
        parse=str.upper,
        choices=("NFC", "NFD", "NFKC", "NFKD"),
        group=_ON_THE_WAY,
        help="Unicode normalization form: NFC, NFD, NFKC or NFKD",
    ),
    Option(
        "--mend",
        dest="mend",
        group=_ON_THE_WAY,
        help="undo mojibake: UTF-8 that was misread in another charset and saved again, such as "
        "\u00c3\u00a9 for \u00e9",
    ),
    Option(
        "--update-declarations",
        dest="update_declarations",
        group=_ON_THE_WAY,
        help="write the new name where the text says its encoding: HTML, XML, CSS, PEP 263, mode "
        "lines of vim and Emacs",
    ),
    Option(
        "--backup",
        dest="backup",
        metavar="SUFFIX",
        const=".orig",
        group=_SAFETY,
        help="keep what is replaced under its name and the suffix (default: .orig)",
    ),
    Option("--touch", dest="touch", group=_SAFETY, help="let the time of the change be now"),
    Option(
        "--break-links",
        dest="break_links",
        group=_SAFETY,
        help="convert a file with hard links from elsewhere, and let it part from them",
    ),
    Option(
        "--resume",
        dest="resume",
        metavar="FILE",
        const="",
        group=_SAFETY,
        help="keep a journal, and go on where the same run was stopped (=FILE says where it is)",
    ),
    *HINTS,
    *WALK,
    check=_contradiction,
    details="""\
Without --from each input's own encoding is detected; one that cannot be told
with --min-confidence is left out and reported. Files are replaced only when
the new content is complete, on the disk, and reads back as the same text;
mode, owner, times, attributes and links stay. What is right is not touched.

examples:
  recodec convert letter.txt                    show it as UTF-8
  recodec convert -f cp866 -t utf-8 < in > out
  recodec convert -t cp1252 -o new/ old/        a tree into another
  recodec convert --in-place --dry-run src/     what would happen?
  recodec convert -n --in-place --summary old/  in which encodings are they?
  recodec convert --in-place=.bak -j 4 --resume archive/
  recodec convert --mixed split --in-place old.log
  recodec convert --mend --in-place export.csv

""",
)


class ConvertArguments(WalkArguments):
    """What `convert` reads."""

    source: str | None
    target: str
    output: str | None
    in_place: str | None
    dry_run: bool
    verbose: bool
    summary: bool
    json: bool
    jobs: int
    min_confidence: float
    mixed: Mixed
    errors: Errors
    lenient: bool
    bom: Bom | None
    newline: Newline
    normalize: Normalization | None
    mend: bool
    update_declarations: bool
    backup: str | None
    touch: bool
    break_links: bool
    resume: str | None
    allow: list[str]
    deny: list[str]
    language: str | None


def run(arguments: ConvertArguments) -> int:
    """Converts every input; returns the exit code."""
    status = Status()
    try:
        options = Options(
            arguments.target,
            arguments.source,
            arguments.errors,
            lenient=arguments.lenient,
            normalize=arguments.normalize,
            newline=arguments.newline,
            bom=arguments.bom,
            mend=arguments.mend,
            update_declarations=arguments.update_declarations,
            min_confidence=arguments.min_confidence,
            mixed=arguments.mixed,
            allow=arguments.allow,
            deny=arguments.deny,
            language=arguments.language,
        )
        options.detector()  # refuses names and languages that are none
        if arguments.in_place is not None or arguments.output is not None or arguments.dry_run:
            from ._convert_files import convert_files

            convert_files(arguments, options, status)
        else:
            with Progress() as progress:
                quiet = sys.stdout.isatty()  # the text itself goes to the terminal
                for item in inputs_of(arguments, status):
                    convert_one(
                        item,
                        StandardOutput(),
                        options,
                        status,
                        on_bytes=None if quiet else progress.add,
                    )
                    progress.file_done()
    except (OptionError, UnknownCharsetError, UnsupportedCharsetError, ValueError) as error:
        # Of the options: every input would have them refused once more.
        status.error(None, error)
    return status.code


class StandardOutput:
    """Standard output, whose failures are told apart from those of the inputs."""

    write = staticmethod(say_bytes)


def convert_one(
    item: Input,
    target: IO[bytes] | StandardOutput,
    options: Options,
    status: Status,
    on_bytes: Callable[[int], None] | None,
) -> Recoded | None:
    """Converts an input into a file object; None when that failed, which is reported then."""
    try:
        source = standard_input() if item.is_stdin else open(item.path, "rb", buffering=0)  # noqa: SIM115
        try:
            done = convert_stream(source, target, options, on_bytes)  # type: ignore[arg-type]
        finally:
            if not item.is_stdin:
                source.close()
    except (OSError, RecodecError) as error:
        report_error(item.path, error, status)
        return None
    if not tell(item.path, done, status):
        return None
    return done


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
        places = "place" if done.replaced == 1 else "places"
        status.note(path, f"{done.replaced} {places} could not be kept as they were")
    return True


def report_error(path: str, error: Exception, status: Status) -> None:
    """Reports why an input was not converted."""
    if isinstance(error, RecodecError) and not isinstance(error, OptionError):
        status.problem(path, explain(error))
        return
    if _is_of_the_folder(error):
        folder = os.path.dirname(error.filename) or os.curdir
        error = OSError(0, f"cannot write in {shown_name(folder)}: {reason_of(error)}")
    status.error(path, error)


def _is_of_the_folder(error: Exception) -> TypeGuard[OSError]:
    """Whether not the input is to blame but where its new file was to be written."""
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
