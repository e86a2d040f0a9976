"""The parts of a message as places in its bytes, so that what is not changed stays as it is.

The standard library's parser makes a tree that can be written again, but not to the same bytes.
This one only finds where things are. It goes through the message once, whatever is in there: the
cost does not grow with the depth or the number of parts (RFC 2046, 5.1).
"""

from __future__ import annotations

import re

from ._hints import NO_HINTS
from ._parameters import parse_parameters
from ._structure import likely_boundary, read_fields, skip_start
from ._words import bytes_of_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._structure import Field

__all__ = ["Part", "fields_of", "parts"]

# A header in which each line is one of a field, up to the line with nothing on it.
_HEADER = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*\r?\n")
# The end of the header: a line with nothing on it.
_BLANK = re.compile(rb"\n\r?\n")
_BOUNDARY = re.compile(
    rb";\s*boundary\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;\"]+))", re.IGNORECASE | re.DOTALL
)
_LONG = 100_000  # bytes of a field that are looked into for parameters
_ARMOUR = b"---BEGIN "  # behind two hyphens, of what is signed or encrypted
_GUESSES = 3  # multiparts whose boundaries are guessed
_KIND = re.compile(rb"\s*([^\s/;]+)\s*/\s*([^\s;]+)")
_SEALED = frozenset((b"signed", b"encrypted"))


class Fields:
    """Which fields are asked for: `names` is a pattern of theirs, in any case."""

    __slots__ = ("first", "others")

    def __init__(self, names: bytes) -> None:
        # With its folded lines. The name ends at the colon; spaces before that are obsolete.
        one = rb"(%b)[ \t]*:((?:[^\n]*\n[ \t])*[^\n]*)" % names
        self.first = re.compile(one, re.IGNORECASE)
        # `re` looks for a line end much faster than for the start of a line.
        self.others = re.compile(rb"\n" + one, re.IGNORECASE)


_ALL = Fields(rb"[!-9;-~]+")
_CONTENT = Fields(rb"content-(?:type|transfer-encoding|disposition)")


class Part:
    """One part that is not a multipart itself, or the header of one.

    start, body, end   bytes from the start of the data: the header is data[start:body], with the
                       blank line that ends it, if one does; the content is data[body:end]
    kind               b"text/html" and the like in lower case; b"" without a Content-Type
    content_type, disposition, encoding
                       raw values and where they are: (start, end) or None
    inner              whether the content is parts of its own, which follow
    sealed             whether the content is signed or encrypted as a whole
    message            the number of the part whose header is that of the message it is in: of its
                       own, for that part; 0 is the outermost
    odd                the fields of a header with lines that are none, None for any other
    """

    __slots__ = (
        "body",
        "content_type",
        "disposition",
        "encoding",
        "end",
        "inner",
        "kind",
        "message",
        "odd",
        "sealed",
        "start",
    )

    start: int
    body: int
    end: int
    message: int
    kind: bytes
    content_type: tuple[int, int] | None
    disposition: tuple[int, int] | None
    encoding: tuple[int, int] | None
    inner: bool
    sealed: bool
    odd: Sequence[Field] | None


def fields_of(
    data: bytes, part: Part, wanted: Fields = _ALL
) -> Iterator[tuple[bytes, int, int, int]]:
    """The fields of a part's header: the name, where its line and its value begin, and the end.

    They are as `parse` reads them: a line that is none goes on with the field before it. They
    are all, or those of `wanted`.
    """
    if part.odd is None:
        at = part.start
        found = wanted.first.match(data, at, part.body)
        if found is not None:
            yield found[1], at, found.start(2), found.end(2)
            at = found.end()
        for found in wanted.others.finditer(data, at, part.body):
            yield found[1], found.start(1), found.start(2), found.end(2)
        return
    for field in part.odd:
        end = field.end - data.startswith(b"\n", field.end - 1)
        if wanted.first.match(data, field.start, end) is not None:
            value = data.index(b":", field.start) + 1
            yield field.name.encode("latin-1"), field.start, value, end


def parts(data: bytes, start: int, end: int) -> Iterator[Part]:
    """The parts of the message data[start:end] in their order, the outermost first.

    Never fails: a multipart that is not closed ends with what holds it, and one that has no parts
    by the boundary that it names, or names none, has those behind the first line that may be one.
    """
    guesses = _GUESSES
    stack: list[bytes] = []  # boundaries that are open, the outermost first
    digests: list[bool] = []  # of each, whether its parts are messages unless they say otherwise
    owners: list[int] = []  # of each, the message it is in
    count = message = 0  # parts so far; the message that the next one is in
    level: dict[bytes, int] = {}  # boundary -> its place in the stack, the innermost of its kind
    blank = -1  # end of the next blank line, remembered so that it is looked for once only
    at = start
    outer = 0  # messages in messages do not open a boundary, but are deeper all the same
    while True:
        part = Part()
        part.message = message
        if message == count:  # what may stand before the fields of a message is none of them
            at = skip_start(data, at, end, [])
        part.start = at
        count += 1
        limit = end
        if data.startswith((b"\n", b"\r\n"), at):
            part.body = at + (1 if data.startswith(b"\n", at) else 2)
        else:
            if blank <= at:
                found = _BLANK.search(data, at, end)
                blank = found.end() if found else end
            part.body = min(blank, end)
            if stack:
                # A header that a delimiter cuts short has no blank line.
                delimiter = _next(data, max(at - 1, start), part.body, level)
                if delimiter is not None and delimiter[0] < part.body:
                    part.body = limit = max(delimiter[0], at)
        part.odd = None
        if _HEADER.match(data, at, part.body) is None:
            # Text may follow without a blank line, or begin at once.
            part.odd, part.body = read_fields(data, at, part.body, [])
        _read_header(data, part)
        if part.content_type is None and digests and digests[-1] and not outer:
            part.kind = b"message/rfc822"  # RFC 2046, 5.1.5
        part.end = limit
        main, _, sub = part.kind.partition(b"/")
        part.sealed = main == b"multipart" and sub in _SEALED
        boundary = b""
        if main == b"multipart" and not part.sealed and part.content_type:
            boundary = _boundary(data, part.content_type)
            stop = _first(data, part.body, end, boundary, level)
            if stop is not None:
                boundary = _guessed(data, part.body, stop) if guesses > 0 else b""
                guesses -= 1
        part.inner = bool(boundary)
        if part.kind == b"message/rfc822" and _is_open(data, part) and part.body < end:
            # The content begins with another header.
            part.inner = True
            yield part
            at = part.body
            outer += 1
            message = count
            continue
        if boundary:
            yield part
            stack.append(boundary)
            level[boundary] = len(stack) - 1
            digests.append(sub == b"digest")
            owners.append(message)
            position = part.body - 1  # the delimiter may follow the blank line at once
        else:
            delimiter = _next(data, part.body - 1, end, level) if stack else None
            part.end = end if delimiter is None else max(delimiter[0], part.body)
            yield part
            position = part.body - 1
        # On to the next part: the line after a delimiter that does not close.
        while True:
            delimiter = _next(data, position, end, level) if stack else None
            if delimiter is None:
                return
            _, position, name, closes = delimiter
            depth = level[name]
            keep = depth if closes else depth + 1
            while len(stack) > keep:
                gone = stack.pop()
                digests.pop()
                owners.pop()
                if level.get(gone) == len(stack):
                    del level[gone]
            outer = 0
            if not closes:
                message = owners[-1]
                break
            position -= 1  # its line end may begin the next delimiter
        at = position


def _boundary(data: bytes, content_type: tuple[int, int]) -> bytes:
    found = _BOUNDARY.search(data, *content_type)
    if found:
        boundary = re.sub(rb"\\(.)", rb"\1", found[1]) if found[1] else found[2]
    else:
        # Coded, or without its semicolon.
        value = data[slice(*content_type)][:_LONG]
        _, named = parse_parameters(value, NO_HINTS, "Content-Type", [], only=("boundary",))
        boundary = bytes_of_header(named.get("boundary", ""))
    return boundary.rstrip(b" \t\r\n")


def _first(
    data: bytes, body: int, end: int, boundary: bytes, level: dict[bytes, int]
) -> int | None:
    """None where a delimiter of a new multipart comes before one of those it is in; else where
    what it holds ends."""
    new = bool(boundary) and boundary not in level
    if new:
        level[boundary] = -1
    delimiter = _next(data, body - 1, end, level) if level else None
    if new:
        del level[boundary]
    if delimiter is None:
        return end
    return None if delimiter[2] == boundary else delimiter[0]


def _guessed(data: bytes, body: int, end: int) -> bytes:
    """What the first line behind "--" has, b"" without one."""
    found = likely_boundary(data, body, end)
    return b"" if found is None or found.startswith(_ARMOUR) else found


def _next(
    data: bytes, at: int, end: int, level: dict[bytes, int]
) -> tuple[int, int, bytes, bool] | None:
    """The next delimiter line after a line end at `at` or later.

    Gives where its line end begins (which belongs to it), where the next line begins, the
    boundary, and whether it closes.
    """
    while True:
        found = data.find(b"\n--", max(at, 0), end)
        if found < 0:
            return None
        stop = data.find(b"\n", found + 3, end)
        after = end if stop < 0 else stop + 1
        # RFC 2046 has 70 bytes at most; twenty times that is a line of text.
        if after - found < 2000:
            line = data[found + 3 : after].rstrip(b" \t\r\n")
            if line in level:
                closes = False
            elif line.endswith(b"--") and line[:-2] in level:
                closes = True
                line = line[:-2]
            else:
                at = after - 1
                continue
            begin = found - 1 if found and data[found - 1 : found] == b"\r" else found
            return begin, after, line, closes
        at = after - 1


def _read_header(data: bytes, part: Part) -> None:
    part.kind = b""
    part.content_type = part.disposition = part.encoding = None
    for field, _, start, end in fields_of(data, part, _CONTENT):
        name = field[8] | 0x20
        place = start, end
        if name == 0x74 and len(field) == 12:
            if part.content_type is None:
                part.content_type = place
                kind = _KIND.match(data, *place)
                part.kind = (kind[1] + b"/" + kind[2]).lower() if kind else b""
        elif name == 0x74:
            part.encoding = part.encoding or place
        else:
            part.disposition = part.disposition or place


def _is_open(data: bytes, part: Part) -> bool:
    """Whether an attached message is to be gone into: not when it is a file, or coded."""
    if part.disposition and data[slice(*part.disposition)].lstrip()[:10].lower() == b"attachment":
        return False
    if part.encoding is None:
        return True
    return data[slice(*part.encoding)].strip().lower() in (b"7bit", b"8bit", b"binary")
