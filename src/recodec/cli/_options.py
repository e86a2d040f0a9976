"""Options that several commands share, and readers of their values."""

from __future__ import annotations

from ._arguments import Arguments, Option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

__all__ = [
    "HINTS",
    "JOBS",
    "JSON",
    "ORIGIN",
    "PATHS",
    "WALK",
    "HintArguments",
    "OriginArguments",
    "count",
    "hints",
    "names",
    "policy",
    "probability",
    "some_of",
]


def names(text: str) -> list[str]:
    """The names in a list separated by commas. Raises ValueError when there is none."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    if not found:
        raise ValueError("names no encoding")
    return found


def some_of(known: Collection[str], what: str) -> Callable[[str], list[str]]:
    """A reader of lists of names, all of them `known`; `what` is said of one that is not."""

    def read(text: str) -> list[str]:
        chosen = names(text)
        for name in chosen:
            if name not in known:
                raise ValueError(f"unknown {what} {name!r}; known are {', '.join(known)}")
        return chosen

    return read


def probability(text: str) -> float:
    """A number from 0 to 1. Raises ValueError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{text!r} is not a number from 0 to 1")
    return value


def count(text: str) -> int:
    """A number of things, at least 1. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ValueError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def policy(text: str) -> str:
    """An error policy, or several in a row. Raises ValueError for what is none."""
    from .._conversion.policy import check_errors

    check_errors(text)
    return text


STDOUT = "-"
# What a shell opens under these names may be a file, which replacing would take away from it.
_NAMES_OF_STDOUT = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def output(text: str) -> str:
    """The value of an option that says where to write, STDOUT under any of its names."""
    return STDOUT if text in _NAMES_OF_STDOUT else text


PATHS = Option(
    dest="paths",
    metavar="PATH",
    count="*",
    default=("-",),
    help="file, directory (all files below it except hidden ones), or - for standard input "
    "(the default)",
)

JSON = Option("--json", dest="json", help="one JSON object per line")

JOBS = Option(
    "-j",
    "--jobs",
    dest="jobs",
    metavar="N",
    parse=count,
    default=1,
    help="number of files to work on at once (default: 1)",
)

_HINTS = "hints for detection"
HINTS = (
    Option(
        "--allow",
        dest="allow",
        metavar="NAMES",
        parse=names,
        default=(),
        group=_HINTS,
        help="encodings or families that may be detected (a,b,c)",
    ),
    Option(
        "--deny",
        dest="deny",
        metavar="NAMES",
        parse=names,
        default=(),
        group=_HINTS,
        help="encodings or families that must not be (a,b,c)",
    ),
    Option(
        "--language",
        dest="language",
        metavar="TAG",
        group=_HINTS,
        help="expected language, for example ru",
    ),
)
# What the place says that the input came from.
ORIGIN = (
    Option(
        "--tld",
        dest="tld",
        metavar="DOMAIN",
        group=_HINTS,
        help="top-level domain that the text comes from, for example jp",
    ),
    Option(
        "--declared",
        dest="declared",
        metavar="LABEL",
        group=_HINTS,
        help="charset from a header such as Content-Type; used if the bytes fit",
    ),
)


class HintArguments(Arguments):
    """The values of `HINTS`."""

    allow: list[str]
    deny: list[str]
    language: str | None


class OriginArguments(HintArguments):
    """The values of `HINTS` and `ORIGIN`."""

    tld: str | None
    declared: str | None


def hints(arguments: OriginArguments) -> dict[str, Any]:
    """What was given for `HINTS` and `ORIGIN`, as calls take it."""
    return {
        "allow": arguments.allow,
        "deny": arguments.deny,
        "language": arguments.language,
        "tld": arguments.tld,
        "declared": arguments.declared,
    }


_WALK = "files in directories"
WALK = (
    Option(
        "--include",
        dest="include",
        metavar="GLOB",
        many=True,
        group=_WALK,
        help="only matching files; may be repeated (*.txt, docs/**/*.md)",
    ),
    Option(
        "--exclude",
        dest="exclude",
        metavar="GLOB",
        many=True,
        group=_WALK,
        help="no matching files or directories; may be repeated (build/)",
    ),
    Option(
        "--hidden", dest="hidden", group=_WALK, help="include files whose names begin with a dot"
    ),
    Option(
        "--git",
        dest="git",
        group=_WALK,
        help="only files that git tracks or would add (.gitignore)",
    ),
)
