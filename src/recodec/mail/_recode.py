"""A message in another charset, byte for byte the same where nothing has to change."""

from __future__ import annotations

import re
from functools import partial
from itertools import takewhile

from .._detection.detect import bytes_of
from .._value import Value
from ._emlx import message_in, with_message
from ._fields import is_parameter_field
from ._hints import NO_HINTS, Hints
from ._mbox import holds_several
from ._output import UTF8, Output
from ._parameters import parse_parameters
from ._parse import TELLING, hints_from
from ._places import Fields, Part, fields_of, parts
from ._rebody import Body, rebody
from ._refield import is_settled, refield, rewrite_parameters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Buffer

    from ._output import Kana, Unencodable, Variant

__all__ = ["Recoded", "recode", "recode_bytes"]

_PASSES = 4

_CHARSET = re.compile(rb";\s*charset\s*=\s*(?:\"([^\"\r\n]*)\"|([^\s;\"]+))", re.IGNORECASE)
_HINTS = 50  # parts whose labels are looked at
_TELLING = (b"", b"text/plain", b"text/html")  # texts of whose charset others may be
_HINTING = Fields(b"|".join(name.encode("ascii") for name in sorted(TELLING)))
_NAMED = re.compile(rb";\s*(?:file)?name(?:\*|\s*=)", re.IGNORECASE)
_SIGNED = re.compile(rb"^(?:dkim|domainkey)-signature[ \t]*:", re.IGNORECASE | re.MULTILINE)
_LAST_BLANK = re.compile(rb"(?:(?<=\n)|\A)\r?\n\Z")
_VERSION = re.compile(rb"^mime-version[ \t]*:", re.IGNORECASE | re.MULTILINE)
_CHARSETS = re.compile(rb"charset\*?[ \t]*=", re.IGNORECASE)
_UNSETTLED = re.compile(rb"=\?|[\x1b*]")
_KIND = re.compile(rb"\s*[^\s/;]+/[^\s;]+")
_TYPE = re.compile(rb"text/[!#-'*+.0-9A-Z^-~-]+", re.IGNORECASE)
_BEFORE = re.compile(rb"(?:[ \t]*\r?\n)*(?:>?From [^\n]*\n)?")
_FIELD_START = re.compile(rb"[!-9;-~]+[ \t]*:")


class Recoded(Value):
    """What `recode` made of a message."""

    __slots__ = ("_changed", "_data", "_notes")
    __match_args__ = ("data", "changed", "notes")
    _shown = __match_args__

    def __init__(self, *, data: bytes, changed: bool, notes: Iterable[str] = ()) -> None:
        self._data = data
        self._changed = changed
        self._notes = tuple(notes)

    @property
    def data(self) -> bytes:
        """The message, the very bytes that came in when nothing had to change."""
        return self._data

    @property
    def changed(self) -> bool:
        """Whether any byte is another."""
        return self._changed

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left as it is and why, and what the change breaks, in words."""
        return self._notes

    def __bytes__(self) -> bytes:
        return self._data

    def __repr__(self) -> str:
        size = len(self._data)
        return f"Recoded(<{size} bytes>, changed={self._changed}, notes={self._notes!r})"


def recode(
    data: Buffer,
    to: str = "utf-8",
    *,
    unencodable: Unencodable = "utf8",
    variant: Variant = "ms",
    kana: Kana = "full",
) -> Recoded:
    """A message with its headers, names of attachments and texts in the charset `to`.

    What is right already stays as it is, byte for byte: a second run changes nothing. So do the
    order of the headers, line ends, boundaries, preambles, attachments (text ones too), and all
    that is signed or encrypted. What cannot be read is left alone. `notes` of the result say what
    was left and why.

    The options are those of `compose`, and tell what becomes of characters that `to` lacks; by
    default the text that has them goes to UTF-8.

    Never raises for what a message may hold. Raises OptionError, UnknownCharsetError; TypeError for
    str.
    """
    if isinstance(data, str):
        raise TypeError("recode() takes the bytes of a message, not str")
    output = Output(to, unencodable, variant, kana)
    raw = data if type(data) is bytes else bytes(bytes_of(data))
    if holds_several(raw):  # what is true of the first says nothing of the others
        note = "an mbox of several messages, left as it is: recode_mailbox() takes it"
        return Recoded(data=raw, changed=False, notes=[note])
    return recode_bytes(raw, UTF8 if output.codec == "utf-8" else output)


def recode_bytes(
    data: bytes, output: Output, *, quoted: bool = False, cut: bool = False
) -> Recoded:
    """The same for bytes and an output that is made already.

    `quoted` says that the message is from an mbox that puts ">" before "From "; `cut` that it goes
    on: the part at the end is left, since the rest of it is not here.
    """
    place = message_in(data)
    if place is not None:
        done = recode_bytes(data[slice(*place)], output, quoted=quoted, cut=cut)
        whole = with_message(data, place, done.data) if done.changed else data
        return Recoded(data=whole, changed=done.changed, notes=done.notes)
    if b"\n" not in data and b"\r" in data:
        # Line ends of the old Mac; there are no others, so that they can be put back.
        done = _Recoder(data.replace(b"\r", b"\n"), output, quoted, cut).run()
        back = done.data.replace(b"\n", b"\r")
        return Recoded(data=back if done.changed else data, changed=done.changed, notes=done.notes)
    done = _Recoder(data, output, quoted, cut).run()
    for _ in range(_PASSES):
        if not (done.changed and done.notes):
            break
        # A label that is right now may explain bytes that nothing explained before, and a second
        # run of the caller's is to find nothing to do.
        again = _Recoder(done.data, output, quoted, cut).run()
        if not again.changed:
            break
        notes = dict.fromkeys((*done.notes, *again.notes))
        done = Recoded(data=again.data, changed=again.data != data, notes=notes)
    return done


class _Recoder:
    """One run over one message."""

    def __init__(self, data: bytes, output: Output, quoted: bool, cut: bool) -> None:
        self._data = data
        self._quoted = quoted
        self._cut = cut
        self._output = output
        self._notes: list[str] = []
        self._pieces: list[bytes] = []
        self._done = 0  # data up to here is in the pieces
        self._hints: dict[int, Hints] = {}  # of each message in the message, as of the next
        # Charsets that texts turned out to be in against their labels, which say more of the rest.
        self._told: dict[int, dict[str, None]] = {}
        self._parts: list[Part] = []
        crlf = data.find(b"\n") > 0 and data[data.find(b"\n") - 1] == 0x0D
        self._line_end = b"\r\n" if crlf else b"\n"

    def run(self) -> Recoded:
        data = self._data
        start = _skip(data)
        if not _FIELD_START.match(data, start):
            note = ["no headers: this is not mail; left as it is"] if data.strip() else []
            return Recoded(data=data, changed=False, notes=note)
        self._parts = list(parts(data, start, len(data)))
        bodies = [self._body(part) if self._is_text(part) else None for part in self._parts]
        for part, body in zip(self._parts, bodies, strict=True):
            self._part(part, body)
        if not self._pieces:
            return Recoded(data=data, changed=False, notes=dict.fromkeys(self._notes))
        self._pieces.append(data[self._done :])
        if _SIGNED.search(data, start, self._parts[0].body):
            self._notes.append("the message has a DKIM signature, which no longer holds")
        return Recoded(data=b"".join(self._pieces), changed=True, notes=dict.fromkeys(self._notes))

    def _replace(self, start: int, end: int, new: bytes) -> None:
        self._pieces.append(self._data[self._done : start])
        self._pieces.append(new)
        self._done = end

    def _part(self, part: Part, body: Body | None) -> None:
        data = self._data
        if part.sealed:
            self._notes.append(f"{part.kind.decode('ascii', 'replace')}: content left as it is")
        elif part.kind.startswith(b"multipart/") and not part.inner and part.end > part.body:
            self._notes.append(f"{part.kind.decode('ascii', 'replace')}: no parts, left as it is")
        header = data[part.start : part.body]
        if body is None and header.isascii() and not _UNSETTLED.search(header):
            return
        self._header(part, body)
        if body is not None:
            self._replace(part.body, part.end, body.content)

    def _is_text(self, part: Part) -> bool:
        """Whether it is text of the message, and none that was attached."""
        if part.inner or part.sealed or (part.kind and not part.kind.startswith(b"text/")):
            return False
        data = self._data
        if part.disposition:
            value = data[slice(*part.disposition)]
            if value.lstrip()[:10].lower() == b"attachment" or _NAMED.search(value):
                return False
        if part.content_type is None:
            return True  # RFC 2045, 5.2: text without a word about it
        value = data[slice(*part.content_type)]
        if _NAMED.search(value) or value.lstrip()[:4].lower() != b"text":
            return False
        # These are UTF-8 by their own standards, whatever was meant by a label.
        return part.kind not in (b"text/calendar", b"text/vcard", b"text/x-amp-html", b"text/rtf")

    def _body(self, part: Part) -> Body | None:
        data = self._data
        if part.end <= part.body:
            return None
        if self._cut and part.end == len(data):
            self._notes.append("too long: texts after the first megabytes are left as they are")
            return None
        label = self._charset_of(part)
        encoding = ""
        if part.encoding:
            encoding = data[slice(*part.encoding)].decode("latin-1")
        content = data[part.body : part.end]
        told: dict[str, None] = {}
        if part.kind in _TELLING:
            told = self._told.setdefault(part.message, told)
        return rebody(
            content,
            part.kind,
            label,
            encoding,
            self._output,
            partial(self._seen, part),
            self._line_end,
            self._notes,
            told,
            quoted=self._quoted,
        )

    def _charset_of(self, part: Part) -> str | None:
        if part.content_type is None:
            return None
        value = self._data[slice(*part.content_type)]
        if _CHARSETS.search(value) is None:
            return None
        found = _CHARSET.search(value)
        if found is None or len(_CHARSETS.findall(value)) > 1:
            # Coded, doubled, or without its semicolon.
            return parse_parameters(value, NO_HINTS, "Content-Type", [])[1].get("charset")
        raw: bytes = found[1] if found[1] is not None else found[2]
        return raw.decode("latin-1").strip()

    def _header(self, part: Part, body: Body | None) -> None:
        data = self._data
        wanted = {}  # fields of the content that are still to be written
        if body is not None:
            wanted["content-type"] = f"Content-Type: text/plain; charset={_shown(body.label)}"
            if body.encoding:
                wanted["content-transfer-encoding"] = f"Content-Transfer-Encoding: {body.encoding}"
        for field, begin, start, stop in fields_of(data, part):
            end = stop - (stop > start and data[stop - 1] == 0x0D)
            raw = data[start:end]
            if not wanted and raw.isascii() and not _UNSETTLED.search(raw):
                continue
            name = field.decode("ascii")
            lower = name.lower()
            if lower in wanted and body is not None:
                new = wanted.pop(lower)
                if lower == "content-type":
                    self._relabel(name, part, start, end, body.label)
                else:
                    self._replace(begin, end, new.encode("ascii"))
                continue
            hints = self._seen if is_parameter_field(name) else self._seen_and_told
            lines = refield(name, raw, self._output, partial(hints, part), self._notes)
            if lines is not None:
                text = self._line_end.join(line.encode("ascii") for line in lines)
                if text != data[begin:end]:
                    self._replace(begin, end, text)
        if body is None:
            return
        header = data[part.start : part.body]
        if "content-type" in wanted and part.start == _skip(data) and not _VERSION.search(header):
            wanted = {"": "MIME-Version: 1.0", **wanted}
        added = b"".join(line.encode("ascii") + self._line_end for line in wanted.values())
        blank = _LAST_BLANK.search(header)
        at = part.body if blank is None else part.start + blank.start()
        if blank is None:
            added += self._line_end  # text followed without one, and may begin as a field does now
        if added:
            self._replace(at, at, added)

    def _relabel(self, name: str, part: Part, start: int, end: int, label: str) -> None:
        """Puts another charset into a Content-Type, and touches nothing else where that is all."""
        data = self._data
        raw = data[start:end]
        new = _shown(label)
        found = _CHARSET.search(raw)
        simple = is_settled(name, raw, self._output) and len(_CHARSETS.findall(raw)) < 2
        if simple and found is not None:
            at = found.start(1) if found[1] is not None else found.start(2)
            to = found.end(1) if found[1] is not None else found.end(2)
            self._replace(start + at, start + to, new.encode("ascii"))
        elif simple and b"charset" not in raw.lower() and (whole := _KIND.match(raw)):
            at = start + whole.end()
            self._replace(at, at, f"; charset={new}".encode("ascii"))
        else:
            lines = rewrite_parameters(
                name, raw, {"charset": new}, self._output, self._seen(part), self._notes
            )
            if lines is None:  # a parameter that nobody can read
                shown = part.kind.decode("ascii") if _TYPE.fullmatch(part.kind) else "text/plain"
                lines = [f"{name}: {shown}; charset={new}"]
            before = data.rfind(b"\n", 0, start) + 1
            text = self._line_end.join(line.encode("ascii") for line in lines)
            self._replace(before, end, text)

    def _seen(self, part: Part) -> Hints:
        """What labels and senders of the message that a part is in say about raw bytes there."""
        number = part.message
        if number not in self._hints:
            root = self._parts[number]
            behind = self._parts[number + 1 : number + _HINTS]
            within = takewhile(lambda each: each.message >= number, behind)
            own_first = sorted((root, *within), key=lambda each: each.message)
            self._hints[number] = hints_from(
                (self._charset_of(each) or "" for each in own_first),
                (
                    (field.decode("ascii"), self._data[start:end])
                    for field, _, start, end in fields_of(self._data, root, _HINTING)
                ),
            )
        return self._hints[number]

    def _seen_and_told(self, part: Part) -> Hints:
        """The same, and what texts of that message were in."""
        seen = self._seen(part)
        told = self._told.get(part.message, ())
        return Hints((*told, *seen.charsets), seen.carrier, seen.tld)


def _skip(data: bytes) -> int:
    """Where the header begins: after a byte order mark, blank lines and the line of an mbox."""
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    found = _BEFORE.match(data, at)
    return found.end() if found else at


def _shown(label: str) -> str:
    return "utf-8" if label == "UTF-8" else label
