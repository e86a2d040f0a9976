"""`recodec detect`: name the encoding and the language of each input."""

from __future__ import annotations

from .._detection.detect import Detector
from .._errors import RecodecError
from .._files.blocks import detect_blocks
from ._arguments import Command, Option
from ._inputs import WalkArguments, inputs_of, standard_input
from ._options import HINTS, JOBS, JSON, ORIGIN, PATHS, WALK, OriginArguments, hints, some_of
from ._output import Status, shown_name
from ._progress import Progress
from ._records import Column, open_writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from .._detection.result import Detection
    from .._files.walk import Input
    from ._archive import Names

    # What was found, or why nothing was; an archive without names has neither.
    Answer = tuple[Detection, Names | None] | Exception | None


def _language_name(tag: str) -> str:
    from .._registry.languages import english_name

    return english_name(tag)


_COLUMNS = {
    column.key: column
    for column in (
        Column("path", "file", shrinks=True, text=shown_name),
        Column("encoding"),
        Column("language", people=_language_name),
        Column("confidence", right=True, spare=2, text="{:.2f}".format),
        Column("source", spare=1),
        Column("note", blank=True, cut=True),
        Column("language_name", "language", text=str),
        Column("mime"),
        Column("whatwg", "web"),
        Column("bom", text=lambda there: "yes" if there else "no"),
        Column("length", "bytes", right=True),
        Column("valid_up_to", "valid up to", right=True),
        Column("bad", right=True),
        Column("declared"),
        Column("kind"),
        Column("double_encoded", "doubled"),
        Column("mixed", text=lambda there: "yes" if there else "no"),
    )
}
_SHOWN = ("path", "encoding", "language", "confidence", "source", "note")


def _problem(arguments: DetectArguments) -> str | None:
    if arguments.json and arguments.csv:
        return "--json and --csv exclude each other"
    if arguments.summary and arguments.columns:
        return "--summary and --columns exclude each other"
    return None


COMMAND = Command(
    PATHS,
    JSON,
    Option("--csv", dest="csv", help="comma-separated values with a header"),
    Option(
        "--columns",
        dest="columns",
        metavar="NAMES",
        parse=some_of(_COLUMNS, "column"),
        items=tuple(_COLUMNS),
        default=(),
        help="columns to show, in this order (path,encoding,mime,length ...)",
    ),
    Option("--summary", dest="summary", help="count files and bytes by encoding"),
    Option(
        "--names",
        dest="names",
        help="detect the encoding of the member names of zip and tar archives",
    ),
    Option(
        "--exact",
        dest="exact",
        help="the narrowest encoding (iso8859-1) instead of the superset used for it (cp1252)",
    ),
    JOBS,
    *HINTS,
    *ORIGIN,
    *WALK,
    Option("--binary", dest="binary", group=WALK[0].group, help="include binary files"),
    details=f"""\
The output is a table on a terminal, and one line per input in a pipe: file,
encoding, language, confidence, source and note, separated by tabs, with "-"
for an empty value. The confidence is a probability.

columns:
  {", ".join(list(_COLUMNS)[:6])},
  {", ".join(list(_COLUMNS)[6:12])},
  {", ".join(list(_COLUMNS)[12:])}

examples:
  recodec detect *.txt
  recodec detect src/ docs/README
  recodec detect --summary --git .
  recodec detect --names old.zip
  curl -s https://example.org | recodec detect
  recodec detect --json . | jq -r 'select(.encoding != "utf-8").path'

""",
    check=_problem,
)


class DetectArguments(OriginArguments, WalkArguments):
    """What `detect` reads."""

    json: bool
    csv: bool
    columns: list[str]
    summary: bool
    names: bool
    exact: bool
    jobs: int
    binary: bool


def run(arguments: DetectArguments) -> int:
    """Prints one record per input, or the summary; returns the exit code."""
    status = Status()
    try:
        inputs = inputs_of(arguments, status)
    except ValueError as error:
        status.error(None, error)
        return status.code
    keys = arguments.columns or _SHOWN
    writer = None
    summary: dict[str | None, list[int]] = {}
    if not arguments.summary:
        writer = open_writer(
            [_COLUMNS[key] for key in keys],
            json=arguments.json,
            csv=arguments.csv,
            chosen=bool(arguments.columns),
        )
    whole = arguments.json or bool(arguments.columns)
    with Progress() as progress:
        for item, answer in _answers(inputs, arguments, progress):
            progress.file_done()
            if isinstance(answer, OSError):
                status.error(item.path, answer)
                continue
            if isinstance(answer, RecodecError):
                # Only options are refused, and the next input would have them refused once more.
                status.error(None, answer)
                break
            if isinstance(answer, Exception):
                raise answer
            if answer is None:
                if not item.found:
                    status.problem(item.path, "is not a zip or tar archive")
                continue
            found, members = answer
            if found.encoding is None and item.found and not arguments.binary:
                continue
            if found.encoding is None or found.source == "fallback" or found.bad:
                status.problem()
            if writer is None:
                count = summary.setdefault(found.encoding, [0, 0])
                count[0] += 1
                count[1] += found.length
            else:
                writer.write(_record(item, found, members, whole=whole))
    if writer is None:
        _write_summary(summary, arguments)
    else:
        writer.close()
    return status.code


def _answers(
    inputs: Iterable[Input], arguments: DetectArguments, progress: Progress
) -> Iterator[tuple[Input, Answer]]:
    """Every input with what was found, in the order of the inputs."""
    if arguments.jobs == 1:
        for item in inputs:
            yield item, _answer(item, arguments, progress)
        return
    from collections import deque
    from concurrent.futures import ThreadPoolExecutor

    # The core lets go of the interpreter while it works. No more is begun than can be used soon:
    # a walk over a million files is not to fill the memory with questions.
    waiting: deque[tuple[Input, object]] = deque()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        try:
            for item in inputs:
                waiting.append((item, pool.submit(_answer, item, arguments, progress)))
                if len(waiting) > 8 * arguments.jobs:
                    first, future = waiting.popleft()
                    yield first, future.result()  # type: ignore[attr-defined]
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()  # type: ignore[attr-defined]
        finally:
            pool.shutdown(cancel_futures=True)


def _answer(item: Input, arguments: DetectArguments, progress: Progress) -> Answer:
    try:
        if item.is_stdin:
            return _detect(standard_input(), arguments, progress)
        with open(item.path, "rb", buffering=0) as file:
            return _detect(file, arguments, progress)
    except (OSError, RecodecError) as error:
        return error


def _detect(file: IO[bytes], arguments: DetectArguments, progress: Progress) -> Answer:
    if arguments.names:
        return _detect_names(file, arguments)
    # Not by `recodec.files`: importing what converts and opens files would double the start-up.
    detector = Detector(exact=arguments.exact, **hints(arguments))
    return detect_blocks(progress.reading(file), detector), None


def _detect_names(file: IO[bytes], arguments: DetectArguments) -> Answer:
    from .._detection.group import detect_group
    from .._files.blocks import rewindable
    from ._archive import member_names

    members = member_names(rewindable(file))
    if members is None or not members.raw:
        return None
    found = detect_group(members.unsaid(), exact=arguments.exact, **hints(arguments))
    return found, members


def _record(
    item: Input, found: Detection, members: Names | None, *, whole: bool
) -> dict[str, object]:
    record: dict[str, object] = {
        "path": item.path,
        "encoding": found.encoding,
        "language": found.language,
        "confidence": round(found.confidence, 6),
        "source": found.source,
        "note": _note(found, members),
    }
    if whole:
        # What a table does not show; the names of the registry alone take milliseconds to load.
        record.update(
            language_name=_language_name(found.language) if found.language else None,
            mime=found.mime,
            whatwg=found.whatwg,
            bom=bool(found.bom),
            length=found.length,
            valid_up_to=found.valid_up_to,
            bad=found.bad,
            declared=found.declared,
            kind=found.kind,
            double_encoded=found.double_encoded,
            mixed=found.mixed,
        )
        if members is not None:
            record["names"] = [
                _decoded(name, "utf-8" if marked else found.encoding)
                for name, marked in zip(members.raw, members.marked, strict=True)
            ]
    return record


def _decoded(name: bytes, encoding: str | None) -> str:
    from .._recoding.decode import decode

    return decode(name, encoding or "utf-8", "replace").text


def _note(found: Detection, members: Names | None) -> str:
    """What a reader should know beyond the answer itself."""
    notes = []
    if members is not None:
        count = len(members.raw)
        notes.append(f"{count} name{'s' if count != 1 else ''}")
        apart = count - len(members.unsaid())
        if apart:
            notes.append(f"{apart} of them marked as UTF-8")
    if found.kind:
        notes.append(found.kind)
    if found.bad:
        notes.append(f"{found.bad} bad, first at byte {found.valid_up_to}")
    if found.bom:
        notes.append("byte order mark")
    if found.double_encoded:
        notes.append(f"UTF-8 misread as {found.double_encoded}")
    if found.mixed:
        notes.append("lines in several encodings")
    if found.declared and found.source != "declared":
        from .._registry.charsets import agrees

        if found.encoding is None or not agrees(found.declared, found.encoding):
            notes.append(f"declares {found.declared}")
    return ", ".join(notes)


def _write_summary(summary: dict[str | None, list[int]], arguments: DetectArguments) -> None:
    """A record per encoding, the most frequent first."""
    columns = (
        Column("encoding"),
        Column("files", right=True),
        Column("bytes", right=True),
        Column("share", right=True, text="{:.1%}".format),
    )
    writer = open_writer(columns, json=arguments.json, csv=arguments.csv)
    total = sum(count[0] for count in summary.values())
    for name, (number, size) in sorted(
        summary.items(), key=lambda entry: (-entry[1][0], entry[0] or "")
    ):
        writer.write(
            {
                "encoding": name,
                "files": number,
                "bytes": size,
                "share": round(number / total, 6),
            }
        )
    writer.close()
