"""Messages as Apple Mail stores them: their size on a line, the message, a property list.

The file is no message to anybody else, since it begins with no header.
"""

from __future__ import annotations

import re

__all__ = ["message_in", "with_message"]

_SIZE = re.compile(rb"(\d{1,10})[ \t]*\n(?=[!-9;-~]+:)")
_LIST = b"<?xml"


def message_in(data: bytes) -> tuple[int, int] | None:
    """Where the message begins and ends in such a file; None for any other."""
    found = _SIZE.match(data)
    if found is None:
        return None
    end = found.end() + int(found[1])
    if end > len(data) or not data.startswith(_LIST, end):
        return None
    return found.end(), end


def with_message(data: bytes, place: tuple[int, int], message: bytes) -> bytes:
    """The file with another message in the place of its own, and its size."""
    start, end = place
    size = b"%d" % len(message)
    return size.ljust(start - 1) + b"\n" + message + data[end:]
