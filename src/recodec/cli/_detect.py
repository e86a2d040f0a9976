"""`recodec detect`: name the encoding and the language of each input."""

from __future__ import annotations

import sys

from .. import files
from .._errors import RecodecError
from ._arguments import Command, Option
from ._inputs import WalkArguments, inputs_of
from ._options import HINTS, JSON, PATHS, WALK
from ._output import Column, Status, open_writer, shown_name
from ._progress import Progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from .._result import Detection
    from .._walk import Input

COMMAND = Command(
    PATHS,
    JSON,
    Option(
        "--exact",
        dest="exact",
        help="name the narrowest encoding (iso8859-1) instead of the superset used for it (cp1252)",
    ),
    *HINTS,
    *WALK,
    details="""\
On a terminal the answer is a table; in a pipe it is one line per input with
file, encoding, language, confidence, source and note, separated by tabs and
with "-" for what is not there. The confidence is a probability.

examples:
  recodec detect *.txt
  recodec detect src/ docs/README
  curl -s https://example.org | recodec detect -
  recodec detect --json . | jq -r 'select(.encoding != "utf-8").path'

""",
)


class DetectArguments(WalkArguments):
    """What `detect` reads."""

    json: bool
    exact: bool
    allow: list[str]
    deny: list[str]
    language: str | None


def run(arguments: DetectArguments) -> int:
    """Prints one record per input; returns the exit code."""
    status = Status()
    try:
        inputs = inputs_of(arguments, status)
    except ValueError as error:
        status.error(None, error)
        return status.code
    writer = open_writer(_COLUMNS, json=arguments.json)
    with Progress() as progress:
        for item in inputs:
            try:
                found = _detect(item, arguments, progress)
            except OSError as error:
                status.error(item.path, error)
                continue
            except RecodecError as error:
                # Only options are refused, and the next input would have them refused once more.
                status.error(None, error)
                break
            if found.encoding is None or found.source == "fallback" or found.bad:
                status.problem()
            writer.write(_record(item, found, whole=arguments.json))
            progress.file_done()
    writer.close()
    return status.code


def _detect(item: Input, arguments: DetectArguments, progress: Progress) -> Detection:
    if item.is_stdin:
        return _detect_file(sys.stdin.buffer, arguments, progress)
    with open(item.path, "rb", buffering=0) as file:
        return _detect_file(file, arguments, progress)


def _detect_file(file: IO[bytes], arguments: DetectArguments, progress: Progress) -> Detection:
    return files.detect_file(
        progress.reading(file),
        exact=arguments.exact,
        allow=arguments.allow,
        deny=arguments.deny,
        language=arguments.language,
    )


def _record(item: Input, found: Detection, *, whole: bool) -> dict[str, object]:
    record: dict[str, object] = {
        "path": item.path,
        "encoding": found.encoding,
        "language": found.language,
        "confidence": round(found.confidence, 6),
        "source": found.source,
        "note": _note(found),
    }
    if whole:
        # What a table does not show; the names of the registry alone take milliseconds to load.
        record.update(
            mime=found.mime,
            bom=bool(found.bom),
            length=found.length,
            valid_up_to=found.valid_up_to,
            bad=found.bad,
            declared=found.declared,
            kind=found.kind,
        )
    return record


def _note(found: Detection) -> str:
    """What a reader should know beyond the answer itself."""
    notes = []
    if found.kind:
        notes.append(found.kind)
    if found.bad:
        notes.append(f"{found.bad} bad, first at byte {found.valid_up_to}")
    if found.bom:
        notes.append("byte order mark")
    if found.declared and found.source != "declared" and not _same(found.declared, found.encoding):
        notes.append(f"declares {found.declared}")
    return ", ".join(notes)


def _same(declared: str, answer: str | None) -> bool:
    """Whether a label agrees with the answer, as ISO-8859-1 does with its superset cp1252."""
    from .._registry import lookup

    return answer is not None and lookup(answer).name in (declared, lookup(declared).superset)


def _language_name(tag: str) -> str:
    from .._languages import english_name

    return english_name(tag)


_COLUMNS = (
    Column("path", "file", text=shown_name),
    Column("encoding"),
    Column("language", people=_language_name),
    Column("confidence", right=True, text="{:.2f}".format),
    Column("source"),
    Column("note", blank=True),
)
