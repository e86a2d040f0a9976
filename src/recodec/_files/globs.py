"""Globs for paths in a tree, as in `.gitignore` and most tools that take `--exclude`.

The standard library has a translation with `**` only from Python 3.13 on, and `fnmatch` lets `*`
run over slashes.
"""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["literal", "matcher"]


def matcher(glob: str) -> Callable[[str, bool], bool]:
    """A function that tells whether a path below the root, which is a directory or not, matches.

    Raises ValueError for an empty glob, an open bracket, or a range that runs backwards.
    """
    pattern = glob.replace(os.sep, "/") if os.sep != "/" else glob
    only_directories = pattern.endswith("/")
    pattern = pattern.rstrip("/")
    if not pattern:
        raise ValueError(f"{glob!r} matches nothing")
    anchored = "/" in pattern
    pattern = pattern.removeprefix("./").lstrip("/")
    try:
        compiled = re.compile(_translate(pattern), re.DOTALL)
    except (re.error, OverflowError) as error:
        raise ValueError(f"{glob!r} is not a valid glob: {error}") from None

    def matches(relative: str, directory: bool) -> bool:
        if only_directories and not directory:
            return False
        path = relative if os.sep == "/" else relative.replace(os.sep, "/")
        if not anchored:
            path = path.rpartition("/")[2]
        return compiled.fullmatch(path) is not None

    return matches


def literal(text: str) -> str:
    """A glob for exactly this text, which has no separator in it."""
    # In brackets, since a backslash parts folders on Windows.
    return "".join(f"[{one}]" if one in "*?[" else one for one in text).replace("\\", "\\\\")


def _translate(glob: str) -> str:
    pieces = []
    at = 0
    while at < len(glob):
        if glob.startswith("**/", at) and (not at or glob[at - 1] == "/"):
            pieces.append("(?:[^/]+/)*")
            at += 3
        elif glob.startswith("**", at):
            pieces.append(".*")
            at += 2
        elif glob[at] == "*":
            pieces.append("[^/]*")
            at += 1
        elif glob[at] == "?":
            pieces.append("[^/]")
            at += 1
        elif glob[at] == "[":
            # A bracket directly behind the opening one, or behind its negation, is a member.
            end = glob.find("]", at + 2 + (glob[at + 1 : at + 2] in ("!", "^")))
            if end < 0:
                raise ValueError(f"{glob!r} has an open bracket")
            pieces.append(_members(glob[at + 1 : end]))
            at = end + 1
        elif glob[at] == "\\" and at + 1 < len(glob):
            pieces.append(re.escape(glob[at + 1]))
            at += 2
        else:
            pieces.append(re.escape(glob[at]))
            at += 1
    return "".join(pieces)


def _members(inside: str) -> str:
    """A bracket expression; no bracket matches a slash."""
    negated = inside[:1] in ("!", "^")
    members = inside[negated:].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    members = members.replace("^", "\\^").replace("&&", "&\\&").replace("~~", "~\\~")
    members = members.replace("||", "|\\|").replace("--", "-\\-")
    return f"(?!/)[{'^' if negated else ''}{members}]"
