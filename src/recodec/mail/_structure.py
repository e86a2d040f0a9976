"""The parts of a message as places in its bytes: RFC 5322 and 2046, and what is sent instead.

The standard library's parser recurses into nested parts and looks at every open boundary for
every line, so that deep nesting stops it and costs the square; and it keeps no places. This one
goes over the bytes once with a stack, finds boundaries by their text, and copies nothing.
"""

from __future__ import annotations

import re

from ._hints import NO_HINTS
from ._parameters import parse_parameters
from ._words import bytes_of_header

__all__ = ["Field", "Part", "likely_boundary", "read_fields", "skip_start", "split"]

_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")
_FIELD_LIKE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,70}:[ \t]")
_CONTENT_FIELD = re.compile(rb"content-[!-9;-~]+[ \t]*:", re.IGNORECASE)
_TYPE = re.compile(r"[!#-'*+.0-9A-Z^-~-]+/[!#-'*+.0-9A-Z^-~-]+\Z", re.IGNORECASE)
_DELIMITER = re.compile(rb"--[^\r\n]+")
_LONG = 100_000  # bytes of a field that are looked into for parameters
_WANTED = frozenset(("boundary", "charset", "delsp", "format", "type"))
_RAW_BOUNDARY = re.compile(rb"boundary[ \t]*=[ \t]*(?:\"([^\"]+)\"|([^;\s]+))", re.IGNORECASE)
_DEEPEST = 3  # multiparts inside each other whose boundaries are guessed
_ODD_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html",
              "plain/text": "text/plain", "text/text": "text/plain", "text/": "text/plain",
              "html/text": "text/html", "multipart": "multipart/mixed"}  # fmt: skip


class Field:
    """One header field: its name, its raw value with the folds, and where it stands."""

    __slots__ = ("end", "name", "start", "value")

    def __init__(self, name: str, value: bytes, start: int, end: int) -> None:
        self.name = name
        self.value = value
        self.start = start
        self.end = end


class Part:
    """A message or a part of one: `data[body:end]` is its body, still encoded."""

    __slots__ = ("body", "children", "content_type", "defects", "end", "fields", "parameters",
                 "start")  # fmt: skip

    def __init__(self, fields: list[Field], start: int, body: int, default: str) -> None:
        self.fields = fields
        self.start = start
        self.body = body
        self.end = body
        self.children: list[Part] = []
        self.defects: list[str] = []
        self.content_type = default
        self.parameters: dict[str, str] = {}
        values = self.all("content-type")
        if len(values) > 1:
            self.defects.append("two fields Content-Type")
        for value in values:
            kind, parameters = parse_parameters(
                value[:_LONG], NO_HINTS, "Content-Type", self.defects, only=_WANTED
            )
            kind = _ODD_TYPES.get(kind, kind)
            if _TYPE.match(kind):
                self.content_type = kind
                self.parameters = parameters
                break
            self.defects.append(f"not a content type: {kind[:60]!r}")
            if kind.startswith("multipart/"):  # with parts, of whatever kind
                self.content_type = "multipart/mixed"
                self.parameters = parameters
                break
            self.parameters = self.parameters or parameters

    def get(self, name: str) -> bytes | None:
        """The raw value of the first field of this name in lower case."""
        return next((field.value for field in self.fields if field.name.lower() == name), None)

    def all(self, name: str) -> list[bytes]:
        """The raw values of all fields of this name in lower case."""
        return [field.value for field in self.fields if field.name.lower() == name]

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    @property
    def transfer_encoding(self) -> str:
        """The value of Content-Transfer-Encoding as it stands, "" when there is none."""
        return (self.get("content-transfer-encoding") or b"").decode("latin-1").strip()


def _line_end(data: bytes, at: int, end: int) -> int:
    """Where the line at `at` ends, its line feed included."""
    found = data.find(b"\n", at, end)
    return end if found < 0 else found + 1


def read_fields(
    data: bytes,
    at: int,
    end: int,
    defects: list[str],
    *,
    top: bool = False,
    active: dict[bytes, list[int]] | None = None,
) -> tuple[list[Field], int]:
    """The header fields from `at` on, and where the body begins.

    `top` says that a message begins here, where an envelope line, a byte order mark and empty
    lines may stand before the header; `active` are the boundaries that end it.
    """
    fields: list[Field] = []
    if top:
        at = skip_start(data, at, end, defects)
    start = at
    while at < end:
        stop = _line_end(data, at, end)
        line = data[at:stop]
        if line in (b"\n", b"\r\n", b"\r"):
            return fields, stop
        if active and line.startswith(b"--") and _level(line, active):
            return fields, at  # no empty line: a part of nothing, or of a header only
        if fields and line[:1] in (b" ", b"\t"):
            at = stop
            while at < end and data[at] in b" \t":
                stop = at = _line_end(data, at, end)
            _extend(fields[-1], data, at)
            continue
        name = _NAME.match(line)
        if name is None or (top and not fields and line.startswith(b"From ")):
            following = data[stop : _line_end(data, stop, end)]
            # A delimiter is no fold that was lost, whatever follows it.
            if fields and _FIELD_LIKE.match(following) and not line.startswith(b"--"):
                defects.append("a line of the header that is none")
                _extend(fields[-1], data, stop)
                at = stop
                continue
            if not fields and not top and _CONTENT_FIELD.match(following):
                defects.append("a header that begins with a line that is none")
                at = stop
                continue
            if fields or not top:
                defects.append("no empty line after the header")
            return fields, at
        value = data[at + name.end() : stop]
        fields.append(Field(name[1].decode("latin-1"), value.strip(b" \t\r\n"), at, stop))
        at = stop
    if not fields:
        return fields, start
    return fields, end


def _extend(field: Field, data: bytes, end: int) -> None:
    colon = data.index(b":", field.start)
    field.value = data[colon + 1 : end].strip(b" \t\r\n")
    field.end = end


def skip_start(data: bytes, at: int, end: int, defects: list[str]) -> int:
    """Where the header of a message begins: behind a mark, empty lines and an envelope line."""
    start = at
    if data.startswith(b"\xef\xbb\xbf", at):
        defects.append("a byte order mark before the header")
        at += 3
    blank = at
    while at < end and data[at] in b"\r\n":
        at += 1
    if data.startswith((b"From ", b">From "), at):
        at = _line_end(data, at, end)
        while data.startswith(b">From ", at):
            at = _line_end(data, at, end)
    if at != blank and not _FIELD_LIKE.match(data[at : at + 80]):
        return start  # text that begins with empty lines
    if at != blank and data[blank : blank + 1] in (b"\r", b"\n"):
        defects.append("empty lines before the header")
    return at


class _Open:
    """A multipart whose end is awaited."""

    __slots__ = ("boundary", "open_parts", "part")

    def __init__(self, part: Part, boundary: bytes, open_parts: int) -> None:
        self.part = part
        self.boundary = boundary
        self.open_parts = open_parts  # how many parts were open when it began, itself included


def split(data: bytes) -> Part:
    """The tree of a message. Takes time linear in its length, whatever it holds; never raises."""
    root = _split(data, 0, len(data), "text/plain", top=True, guesses=_DEEPEST)
    return root


def _split(data: bytes, at: int, end: int, default: str, *, top: bool, guesses: int) -> Part:
    defects: list[str] = []
    fields, body = read_fields(data, at, end, defects, top=top)
    root = Part(fields, at, body, default)
    root.defects[:0] = defects
    parts = [root]  # open parts, outermost first
    multiparts: list[_Open] = []
    active: dict[bytes, list[int]] = {}
    at = _enter(data, root, end, parts, multiparts, active)
    # A delimiter may stand right at the start of a body.
    at = max(at - 1, 0)
    while multiparts:
        found = _delimiter(data, at, end, active)
        if found is None:
            break
        start, stop, level, closes = found
        one = multiparts[level]
        _close(data, parts, one.open_parts, start)
        for inner in multiparts[level + 1 :]:
            inner.part.defects.append("no closing boundary")
            _forget(active, inner.boundary)
        del multiparts[level + 1 :]
        at = stop
        if closes:
            multiparts.pop()
            _forget(active, one.boundary)
            at = max(at - 1, 0)
            continue
        kind = "message/rfc822" if one.part.content_type == "multipart/digest" else "text/plain"
        faults: list[str] = []
        fields, body = read_fields(data, stop, end, faults, active=active)
        child = Part(fields, stop, body, kind)
        child.defects[:0] = faults
        one.part.children.append(child)
        parts.append(child)
        at = max(_enter(data, child, end, parts, multiparts, active) - 1, stop - 1)
    for one in multiparts:
        one.part.defects.append("no closing boundary")
    _close(data, parts, 0, end)
    if guesses:
        _guess(data, root, guesses)
    return root


def _enter(
    data: bytes,
    part: Part,
    end: int,
    parts: list[Part],
    multiparts: list[_Open],
    active: dict[bytes, list[int]],
) -> int:
    """Opens what a part holds; returns where to look for the next delimiter."""
    while True:
        if part.is_multipart:
            boundary = _boundary(part)
            if boundary:
                active.setdefault(boundary, []).append(len(multiparts))
                multiparts.append(_Open(part, boundary, len(parts)))
            return part.body
        plain = part.transfer_encoding.lower() in ("", "7bit", "8bit", "binary")
        if part.content_type not in ("message/rfc822", "message/global") or not plain:
            return part.body
        faults: list[str] = []
        fields, body = read_fields(data, part.body, end, faults, top=True, active=active)
        child = Part(fields, part.body, body, "text/plain")
        child.defects[:0] = faults
        part.children.append(child)
        parts.append(child)
        part = child


def _boundary(part: Part) -> bytes:
    text = part.parameters.get("boundary", "")
    if text.isascii():
        return text.rstrip().encode("ascii")
    # Raw bytes: those of the field, whatever charset they were read in.
    for value in part.all("content-type"):
        found = _RAW_BOUNDARY.search(value[:_LONG])
        if found is not None:
            return (found[1] or found[2]).rstrip()
    return bytes_of_header(text).rstrip()


def _level(line: bytes, active: dict[bytes, list[int]]) -> tuple[int, bool] | None:
    text = line.rstrip(b" \t\r\n")[2:]
    levels = active.get(text)
    if levels:
        return levels[-1], False
    if text.endswith(b"--"):
        levels = active.get(text[:-2])
        if levels:
            return levels[-1], True
    return None


def _delimiter(
    data: bytes, at: int, end: int, active: dict[bytes, list[int]]
) -> tuple[int, int, int, bool] | None:
    """The next delimiter of an open multipart: where its line starts and ends, whose it is, and
    whether it is the last. `at` is the byte before the first line that may be one."""
    if at == 0 and data.startswith(b"--"):
        at = -1
    while True:
        if at < 0:
            start = 0
        else:
            found = data.find(b"\n--", at, end)
            if found < 0:
                return None
            start = found + 1
        stop = _line_end(data, start, end)
        match = _level(data[start:stop], active)
        if match is not None:
            return start, stop, match[0], match[1]
        at = stop - 1


def _close(data: bytes, parts: list[Part], count: int, end: int) -> None:
    """Ends the parts beyond the first `count`; the line end before a delimiter belongs to it."""
    for part in parts[count:]:
        stop = end
        if count and stop > part.body:
            stop -= data.startswith(b"\n", stop - 1)
            if stop > part.body:
                stop -= data.startswith(b"\r", stop - 1)
        part.end = max(stop, part.body)
    del parts[count:]


def _forget(active: dict[bytes, list[int]], boundary: bytes) -> None:
    levels = active[boundary]
    levels.pop()
    if not levels:
        del active[boundary]


def likely_boundary(data: bytes, begin: int, end: int) -> bytes | None:
    """What follows "--" in the first line that begins with it; None without one."""
    found = _DELIMITER.search(data, begin, end)
    while found is not None and data[found.start() - 1 : found.start()] not in (b"\n", b""):
        found = _DELIMITER.search(data, found.end(), end)
    return None if found is None else found[0].rstrip(b" \t")[2:]


def _guess(data: bytes, root: Part, guesses: int) -> None:
    """Splits multiparts that have no boundary, or another than they say."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        waiting += part.children
        if not part.is_multipart or part.children or part.end <= part.body:
            continue
        boundary = likely_boundary(data, part.body, part.end)
        if boundary is None:
            continue
        part.defects.append("the boundary is not the one that is named")
        line = b'Content-Type: multipart/x; boundary="' + boundary.replace(b'"', b"") + b'"\n\n'
        inner = _split(
            line + data[part.body : part.end], 0, len(line) + part.end - part.body,
            "text/plain", top=False, guesses=guesses - 1,
        )  # fmt: skip
        offset = part.body - len(line)
        moving = list(inner.children)
        part.children = inner.children
        while moving:
            one = moving.pop()
            moving += one.children
            one.start += offset
            one.body += offset
            one.end += offset
            for field in one.fields:
                field.start += offset
                field.end += offset
