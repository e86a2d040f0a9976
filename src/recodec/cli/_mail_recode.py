"""`recodec mail recode`: messages and mailboxes in another charset."""

from __future__ import annotations

import os
import stat

from .._errors import OptionError, RecodecError, UnknownCharsetError
from .._files.beside import is_of_room
from ._arguments import Arguments, Command, Option
from ._options import JOBS, JSON, STDOUT, output
from ._output import Status, say_bytes, shown_name
from ._records import Column, open_writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypedDict

    from ..mail import MailboxReport
    from ..mail._output import Kana, Unencodable, Variant
    from ._mail import Mailbox

    class _Options(TypedDict):
        unencodable: Unencodable
        variant: Variant
        kana: Kana


_SOURCE = Option(
    dest="input",
    metavar="IN",
    count="?",
    default="-",
    help="an mbox, a Maildir or MH folder, a message, a folder of these, or - for standard input "
    "(the default)",
)

COMMAND = Command(
    _SOURCE,
    Option(
        "-o",
        "--output",
        dest="output",
        metavar="OUT",
        parse=output,
        help="where to write, - for standard output (the default for a message and for "
        "standard input)",
    ),
    Option("-i", "--in-place", dest="in_place", help="replace IN after the new one is complete"),
    Option(
        "-t",
        "--to",
        dest="target",
        metavar="NAME",
        default="utf-8",
        help="target charset, for example iso-2022-jp (default: utf-8)",
    ),
    Option(
        "--unencodable",
        dest="unencodable",
        metavar="WAY",
        default="utf8",
        choices=("error", "replace", "geta", "ncr", "translit", "utf8"),
        help="for characters that it lacks: utf8 (for that text), error (leave that text "
        "unchanged), replace, geta, ncr, translit (default: utf8)",
    ),
    Option(
        "--variant",
        dest="variant",
        metavar="WHICH",
        default="ms",
        choices=("ms", "rfc1468"),
        help="ISO-2022-JP with Microsoft's characters, or strict (default: ms)",
    ),
    Option(
        "--kana",
        dest="kana",
        metavar="HOW",
        default="full",
        choices=("full", "keep"),
        help="convert half-width katakana to full width, or keep it (default: full)",
    ),
    Option(
        "--restart", dest="restart", help="start again instead of continuing an interrupted run"
    ),
    JOBS,
    JSON,
    details="""\
What is already correct stays the same to the byte, and so do attachments, signed and encrypted
parts. What cannot be decoded is left unchanged and reported on standard error; the exit status is
then 1.

examples:
  recodec mail recode archive.mbox -o archive-utf8.mbox
  recodec mail recode ~/Maildir -o ~/Maildir-utf8 -j 4
  recodec mail recode < old.eml > new.eml

""",
    check=lambda arguments: (
        "--output and --in-place exclude each other"
        if arguments.output is not None and arguments.in_place
        else None
    ),
)


class RecodeArguments(Arguments):
    """What `mail recode` reads."""

    input: str
    output: str | None
    in_place: bool
    target: str
    unencodable: Unencodable
    variant: Variant
    kana: Kana
    restart: bool
    jobs: int
    json: bool


def run(arguments: RecodeArguments) -> int:
    """Recodes the input; returns the exit code."""
    status = Status()
    source = arguments.input
    output = source if arguments.in_place else arguments.output
    if output == STDOUT:
        output = None
    try:
        if arguments.in_place and source == "-":
            status.error(None, "standard input cannot be replaced")
        elif source != "-" and not _is_once_only(source) and output is not None:
            _mailbox(arguments, output, status)
        elif os.path.isdir(source):
            status.error(source, "is a mailbox: --output or --in-place says where it goes")
        elif output == source:
            status.error(source, "is a pipe or a device, which cannot be replaced")
        else:
            _once(arguments, output, status)
    except (UnknownCharsetError, OptionError) as error:
        status.error(None, error)
    except (OSError, RecodecError) as error:
        named = error.filename if isinstance(error, OSError) and not is_of_room(error) else None
        status.error(source if named is None else os.fsdecode(named), error)
    return status.code


def _is_once_only(path: str) -> bool:
    """Whether it is a pipe or a device, which is read once and from its start to its end."""
    mode = os.stat(path).st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _once(arguments: RecodeArguments, output: str | None, status: Status) -> None:
    """Recodes what is read or written as a stream: a message, or an mbox."""
    from .._files.replace import Replacement
    from ._mail import Mailbox
    from ._signals import cleaning_up_when_stopped

    with Mailbox(arguments.input) as source, cleaning_up_when_stopped():
        if source.is_mbox and output is None and arguments.output is None and source.is_file:
            status.error(arguments.input, "is a mailbox: --output or --in-place says where it goes")
            return
        if output is None:
            _stream(arguments, source, say_bytes, status)
            return
        if os.path.lexists(output):
            raise FileExistsError(17, "is there already", output)
        with Replacement(output, fresh=True) as new:
            _stream(arguments, source, new.file.write, status)
            new.prepare(None, times=False)
            new.commit()


def _stream(
    arguments: RecodeArguments,
    source: Mailbox,
    write: Callable[[bytes], object],
    status: Status,
) -> None:
    options: _Options = {
        "unencodable": arguments.unencodable,
        "variant": arguments.variant,
        "kana": arguments.kana,
    }
    if not source.is_mbox:
        from ..mail import recode

        done = recode(source.read(), arguments.target, **options)
        for note in done.notes:
            status.problem(arguments.input, note)
        write(done.data)
        return
    from ..mail._mailbox import recode_mbox_stream

    report = recode_mbox_stream(source, write, arguments.target, jobs=arguments.jobs, **options)
    _report_problems(report, arguments.input, status)


def _mailbox(arguments: RecodeArguments, output: str, status: Status) -> None:
    from ..mail import recode_mailbox
    from ._progress import Progress
    from ._signals import cleaning_up_when_stopped

    with Progress(files=1) as progress, cleaning_up_when_stopped():

        def show(done: int, total: int, messages: int) -> None:
            progress.bytes_done, progress.size = done, total
            progress.draw()

        report = recode_mailbox(
            arguments.input,
            output,
            arguments.target,
            unencodable=arguments.unencodable,
            variant=arguments.variant,
            kana=arguments.kana,
            jobs=arguments.jobs,
            progress=show if progress.on else None,
            resume=not arguments.restart,
        )
    _report_problems(report, arguments.input, status)
    writer = open_writer(_COLUMNS, json=arguments.json)
    writer.write(_record(arguments.input, output, report))
    writer.close()


def _report_problems(report: MailboxReport, source: str, status: Status) -> None:
    for problem in report.problems:
        named = "(standard input)" if problem.path == "-" else problem.path
        status.problem(f"{named}, message {problem.index + 1}", problem.reason)
    if report.problem_count > len(report.problems):
        more = report.problem_count - len(report.problems)
        status.problem(source, f"and {more} more")


_COLUMNS = (
    Column("path", "mailbox", shrinks=True, text=shown_name),
    Column("format"),
    Column("messages", right=True),
    Column("changed", right=True),
    Column("output", text=shown_name),
)


def _record(source: str, output: str, report: MailboxReport) -> dict[str, object]:
    return {
        "path": source,
        "format": report.format,
        "messages": report.messages,
        "changed": report.changed,
        "output": output,
        "bytes_in": report.bytes_in,
        "bytes_out": report.bytes_out,
        "resumed": report.resumed,
        "problems": [
            {"path": one.path, "index": one.index, "offset": one.offset, "reason": one.reason}
            for one in report.problems
        ],
        "problem_count": report.problem_count,
    }
