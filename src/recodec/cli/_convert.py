"""`recodec convert`: write inputs in another encoding, to the screen, elsewhere, or in place."""

from __future__ import annotations

import os
import sys

from .._errors import OptionError, UnknownCharsetError, UnsupportedCharsetError
from .._files.options import MIXED, Options
from ._arguments import Command, Option
from ._convert_one import StandardOutput, convert_one
from ._inputs import WalkArguments, inputs_of
from ._options import (
    HINTS,
    JOBS,
    JSON,
    ORIGIN,
    PATHS,
    STDOUT,
    WALK,
    OriginArguments,
    hints,
    output,
    policy,
    probability,
)
from ._output import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._conversion.policy import Errors
    from .._files.options import Mixed
    from .._recoding.text_filter import Bom, Newline, Normalization
    from ._progress import Progress


def _contradiction(arguments: ConvertArguments) -> str | None:
    in_place, output = arguments.in_place is not None, arguments.output not in (None, STDOUT)
    if in_place and arguments.output is not None:
        return "--in-place and --output exclude each other"
    if in_place and "-" in arguments.paths:
        return "--in-place needs files: standard input cannot be replaced"
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
    "collect",
)
_ON_THE_WAY = "changes to the text"
_SAFETY = "written files"

COMMAND = Command(
    PATHS,
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
        parse=output,
        help="a file, for several inputs a directory, or - for standard output (the default)",
    ),
    Option(
        "--in-place",
        dest="in_place",
        metavar="SUFFIX",
        const="",
        help="replace the files; with =SUFFIX keep each original as a copy whose name ends "
        "in SUFFIX",
    ),
    Option(
        "-n", "--dry-run", dest="dry_run", help="convert, but only report what would be written"
    ),
    Option(
        "-v",
        "--verbose",
        dest="verbose",
        help="report every file that is written (with -o, --in-place)",
    ),
    Option(
        "--summary",
        dest="summary",
        help="report the number of files by encoding and result",
    ),
    JSON,
    JOBS,
    Option(
        "--min-confidence",
        dest="min_confidence",
        metavar="P",
        parse=probability,
        default=0.8,
        help="skip files detected with lower confidence (default: 0.8)",
    ),
    Option(
        "--mixed",
        dest="mixed",
        metavar="HOW",
        choices=MIXED,
        default="refuse",
        help="a file with lines in different encodings: refuse (the default) skips it if detection "
        "notices, split converts each run of lines from its own, whole ignores them",
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
        "replace, translit, backslashreplace, xmlcharrefreplace, namereplace, collect (replace "
        "and report each); several in order: translit,replace",
    ),
    Option(
        "-c",
        dest="errors",
        const="ignore",
        default="strict",
        group=_ON_THE_WAY,
        help="omit them, as iconv -c does; the same as --errors ignore",
    ),
    Option(
        "--lenient",
        dest="lenient",
        default=True,
        group=_ON_THE_WAY,
        help="map characters that Unicode encodes twice, such as the wave dash, to the one "
        "that the encoding has (the default)",
    ),
    Option(
        "--strict-mapping",
        dest="lenient",
        const=False,
        default=True,
        group=_ON_THE_WAY,
        help="do not map them; they are errors",
    ),
    Option(
        "--bom",
        dest="bom",
        metavar="HOW",
        choices=("keep", "add", "strip"),
        group=_ON_THE_WAY,
        help="byte order mark: keep, add or strip (default: as the encodings define)",
    ),
    Option(
        "--newline",
        dest="newline",
        metavar="HOW",
        choices=("keep", "lf", "crlf", "cr", "nel"),
        default="keep",
        group=_ON_THE_WAY,
        help="line ends: keep (the default), lf, crlf, cr or nel",
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
        help="repair mojibake: UTF-8 that was decoded in another charset and saved again, such as "
        "\u00c3\u00a9 for \u00e9",
    ),
    Option(
        "--update-declarations",
        dest="update_declarations",
        group=_ON_THE_WAY,
        help="update the encoding that the text declares: HTML, XML, CSS, PEP 263, mode lines of "
        "Vim and Emacs, gettext, TeX, dictionaries, SQL, vCards",
    ),
    Option(
        "--backup",
        dest="backup",
        metavar="SUFFIX",
        const=".orig",
        group=_SAFETY,
        help="keep each original as a copy whose name ends in SUFFIX (default: .orig)",
    ),
    Option(
        "--touch",
        dest="touch",
        group=_SAFETY,
        help="set the modification time to now (default: keep it)",
    ),
    Option(
        "--break-links",
        dest="break_links",
        group=_SAFETY,
        help="convert a file even if it has other hard links, which keep the old content",
    ),
    Option(
        "--resume",
        dest="resume",
        metavar="FILE",
        const="",
        group=_SAFETY,
        help="keep a journal (in FILE), and continue an interrupted run",
    ),
    *HINTS,
    *ORIGIN,
    *WALK,
    check=_contradiction,
    details="""\
Without --from the encoding of each input is detected; an input whose
confidence is below --min-confidence is skipped and reported. A file is
replaced only after the new content is complete, synced to disk, and read back
as the same text; mode, owner, times, attributes and links are kept. A file
that is already correct is not written.

examples:
  recodec convert letter.txt                    print it as UTF-8
  recodec convert -f cp866 -t utf-8 < in > out
  recodec convert -t cp1252 -o new/ old/        a tree into another
  recodec convert --in-place --dry-run src/     what would happen?
  recodec convert -n --in-place --summary old/  from which encodings?
  recodec convert --in-place=.bak -j 4 --resume archive/
  recodec convert --mixed split --in-place old.log
  recodec convert --mend --in-place export.csv

""",
)


class ConvertArguments(OriginArguments, WalkArguments):
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


def run(arguments: ConvertArguments) -> int:
    """Converts every input; returns the exit code."""
    status = Status()
    if arguments.output == STDOUT:
        arguments.output = None
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
            **hints(arguments),
        )
        if arguments.source is None or arguments.allow or arguments.deny or arguments.language:
            options.detector()  # refuses names and languages that are none
        if arguments.in_place is not None or arguments.output is not None or arguments.dry_run:
            from ._convert_files import convert_files

            convert_files(arguments, options, status)
        elif sys.stderr.isatty():
            from ._progress import Progress

            with Progress() as progress:
                _show(arguments, options, status, progress)
        else:
            _show(arguments, options, status, None)
    except (OptionError, UnknownCharsetError, UnsupportedCharsetError, ValueError) as error:
        # Of the options: every input would have them refused once more.
        status.error(None, error)
    return status.code


def _show(
    arguments: ConvertArguments, options: Options, status: Status, progress: Progress | None
) -> None:
    """Writes every input to standard output."""
    # To a terminal the text itself goes.
    counted = progress is not None and not sys.stdout.isatty()
    for item in inputs_of(arguments, status):
        on_bytes = progress.add if progress is not None and counted else None
        convert_one(item, StandardOutput(), options, status, on_bytes=on_bytes)
        if progress is not None:
            progress.file_done()
