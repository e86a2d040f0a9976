"""`recodec detect`: name the encoding and the language of each input."""

from __future__ import annotations

import sys

from .. import files
from .._errors import RecodecError
from ._output import Column, Status, open_writer, shown_name
from ._walk import walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._result import Detection
    from ._arguments import Arguments
    from ._walk import Input


def run(arguments: Arguments) -> int:
    """Prints one record per input; returns the exit code."""
    status = Status()
    writer = open_writer(_COLUMNS, json=arguments.json)
    for item in walk(arguments.paths, status.error):
        try:
            found = _detect(item, arguments)
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
    writer.close()
    return status.code


def _detect(item: Input, arguments: Arguments) -> Detection:
    return files.detect_file(
        sys.stdin.buffer if item.is_stdin else item.path,
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
