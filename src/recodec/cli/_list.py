"""`recodec list`: the registry, or what it says of one encoding."""

from __future__ import annotations

import sys

from .._errors import UnknownCharsetError
from .._registry import charsets as registry
from ._arguments import Arguments, Command, Option
from ._lacks import lacks_of
from ._options import JSON
from ._output import EXIT_OK, Status, say
from ._records import Column, cut, open_writer, terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .._registry.charsets import Charset

_LANGUAGES_SHOWN = 24  # cells; Latin-1 alone was used for more than forty languages

COMMAND = Command(
    Option(
        dest="name",
        metavar="NAME",
        count="?",
        help="an encoding, an alias of one, or a family",
    ),
    JSON,
    details="""\
examples:
  recodec list
  recodec list latin1        by any alias
  recodec list --json | jq -r 'select(.family == "ebcdic").name'

""",
)


class ListArguments(Arguments):
    """What `list` reads."""

    name: str | None
    json: bool


def run(arguments: ListArguments) -> int:
    """Prints one record per charset; returns the exit code."""
    try:
        charsets = _chosen(arguments.name)
    except UnknownCharsetError as error:
        status = Status()
        status.error(None, error)
        return status.code
    if len(charsets) == 1 and not arguments.json and sys.stdout.isatty():
        _describe(charsets[0])
        return EXIT_OK
    writer = open_writer(_COLUMNS, json=arguments.json)
    for charset in charsets:
        record = _record(charset)
        if arguments.json:
            record["note"] = _note(charset)
        if arguments.json and arguments.name is not None:
            # Asks the codec; for all charsets at once that would take seconds.
            lacks = lacks_of(charset)
            record["lacks"] = None if lacks is None else lacks.record()
        writer.write(record)
    writer.close()
    return EXIT_OK


def _chosen(name: str | None) -> Sequence[Charset]:
    if name is None:
        return registry.all_charsets()
    return [registry.by_id(number) for number in sorted(registry.expand((name,)))]


def _record(charset: Charset) -> dict[str, object]:
    return {
        "name": charset.name,
        "iana": charset.iana,
        "family": charset.family,
        "languages": list(charset.languages),
        "aliases": list(charset.aliases),
        "whatwg": charset.whatwg,
        "superset": charset.superset,
        "detectable": charset.detectable,
        "known_by": list(charset.known_by),
    }


_COLUMNS = (
    Column("name"),
    Column("iana", "IANA", spare=2),
    Column("family", spare=1),
    Column(
        "languages",
        text=" ".join,
        people=lambda tags: cut(" ".join(tags), _LANGUAGES_SHOWN),
    ),
    Column("aliases", text=" ".join, cut=True, blank=True),
)


def _note(charset: Charset) -> str:
    from .._registry.charset_notes import NOTES

    return NOTES.get(charset.name, "").replace("`", "")


def _flavours(charset: Charset) -> str:
    """Where its flavours are not what the programs do."""
    from .._registry.charset_notes import FLAVOURS

    found = FLAVOURS.get(charset.name, ())
    return " ".join(f"{who}: {said}" for who, said in found).replace("`", "")


def _detected(charset: Charset) -> str:
    if charset.detectable:
        return "yes"
    if charset.told_as:
        return f"as {charset.told_as}, which reads its text alike"
    return "no, only read by name"


def _describe(charset: Charset) -> None:
    """One charset for a reader: a line per fact, long ones wrapped, languages by their names."""
    import textwrap

    from .._registry.languages import english_name

    lacks = lacks_of(charset)
    facts = (
        ("name", charset.name),
        ("note", _note(charset)),
        ("IANA", charset.iana),
        ("web", charset.whatwg),
        ("family", charset.family),
        ("superset", charset.superset),
        ("languages", ", ".join(english_name(tag) for tag in charset.languages)),
        ("lacks", "" if lacks is None else str(lacks)),
        ("known to", ", ".join(charset.known_by)),
        ("flavours", _flavours(charset)),
        ("aliases", ", ".join(charset.aliases)),
        ("detected", _detected(charset)),
    )
    width = terminal_width()
    for heading, value in facts:
        if value:
            lines = textwrap.fill(
                value,
                width,
                initial_indent=f"{heading:<11}",
                subsequent_indent=" " * 11,
                break_on_hyphens=False,
            )
            say(lines + "\n")
