"""Header fields of received mail, written anew in another charset where that is needed."""

from __future__ import annotations

import binascii
import re
from email.headerregistry import Address, Group

from .._errors import EncodeError, OptionError
from ._addresses import without_words
from ._believed import believed
from ._charset import read
from ._fields import (
    address_field,
    is_address_field,
    is_parameter_field,
    is_token_field,
    keyword_field,
    parameter_field,
)
from ._fold import Folder
from ._hints import Hints
from ._labels import JAPANESE_7BIT, meaning
from ._output import UTF8, Output
from ._parameters import parse_parameters
from ._recipients import is_same_domain, parse_recipients
from ._words import decode_text, decode_value, raw_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["is_settled", "is_settled_value", "refield", "rewrite_parameters"]

_WORD = re.compile(rb"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([!->@-~]*)\?=")
_WORDLIKE = re.compile(rb"=\?[^?\r\n]{0,80}\?\s*[bBqQ]\s*\?")
# One author with a name, as nearly every From has it.
_ONE = re.compile(
    rb"\s*((?:=\?[!-~]+\?=\s+)+)<([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)@([A-Za-z0-9.-]+)>\s*"
)
_TORN = re.compile(rb"\n[^ \t]")  # by a line of the header that is none
_FOLDED = re.compile(rb";[ \t]*\r?\n([ \t]{1,8})[ \t]*([A-Za-z0-9-]+)(?=[*= \t])")
_SPACES = (b"", b" ", b"\t", b"\n", b"\r")
_EXTENDED = re.compile(rb"\*(?:0\*)?[ \t]*=[ \t]*\"?([A-Za-z0-9_.:+-]*)'")
_TOKEN = re.compile(r"[ -~]+")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]")
_BAD = "\ufffd"


def _plain(raw: bytes) -> bool:
    """Whether there is nothing to convert: ASCII without words and escape sequences."""
    return b"=?" not in raw and raw.isascii() and b"\x1b" not in raw


def is_settled_value(raw: bytes, label: bytes) -> bool:
    """Whether a value of text is right as it is, for a strict reader too.

    Its words are in the charset `label` (lower case) or ASCII, whole, of legal length and not glued
    to other text.
    """
    if _plain(raw):
        return True
    if not raw.isascii() or b"\x1b" in raw:
        return False
    at = 0
    rest: list[bytes] = []
    for found in _WORD.finditer(raw):
        charset = found[1].lower()
        if charset not in (label, b"us-ascii") or found.end() - found.start() > 75:
            return False
        before, after = raw[found.start() - 1 : found.start()], raw[found.end() : found.end() + 1]
        if before.strip(b" \t\n(") or after.strip(b" \t\r\n)"):
            return False
        if not _holds(found[2], found[3], charset):
            return False
        rest.append(raw[at : found.start()])
        at = found.end()
    rest.append(raw[at:])
    return _WORDLIKE.search(b"".join(rest)) is None


def _holds(kind: bytes, text: bytes, charset: bytes) -> bool:
    """Whether one word by itself is a text of its charset."""
    data = _octets(kind, text)
    if data is None:
        return False
    if charset == b"iso-2022-jp":
        # Rows that only Microsoft has are no reason to write it again.
        return data.isascii() and (
            b"\x1b" not in data
            or data.endswith(b"\x1b(B")
            or b"\x1b" not in data[data.rfind(b"\x1b(B") + 3 :]
        )
    try:
        data.decode(charset.decode("ascii"))
    except (LookupError, ValueError):
        return False
    return True


def is_settled(name: str, raw: bytes, output: Output) -> bool:
    """Whether the field `name` can stay as it is."""
    if _plain(raw) and not (is_parameter_field(name) and b"*" in raw):
        return True
    label = output.label.lower().encode("ascii")
    if is_parameter_field(name):
        return _plain(raw) and _labels(raw) <= {label, b"us-ascii", b""}
    return is_settled_value(raw, label)


def _labels(raw: bytes) -> set[bytes]:
    """The charsets of parameters that are coded as RFC 2231 has it."""
    return {found[1].lower() for found in _EXTENDED.finditer(raw)}


def refield(
    name: str, raw: bytes, output: Output, hints: Callable[[], Hints], notes: list[str]
) -> list[str] | None:
    """The lines of the field `name` in the charset of `output`; None to leave it.

    `raw` is what follows the colon. What cannot be read is left and said in `notes`.
    """
    if is_settled(name, raw, output):
        return None
    if is_token_field(name):
        if not raw.isascii():
            notes.append(f"{name}: bytes above 7F where no text belongs, left as they are")
        return None
    try:
        lines = _lines(name, raw, output, hints, notes)
    except (EncodeError, OptionError) as error:
        notes.append(f"{name}: left as it is: {error}")
        return None
    if lines is None:
        return None
    # What the charset lacks goes to UTF-8 and is left there if that is where it was.
    fallback = output is not UTF8 and _is_fallback(name, raw)
    written = "\n".join(lines).partition(":")[2].encode("ascii")
    if fallback and _is_fallback(name, written):
        return None
    if not (is_settled(name, written, output) or _is_fallback(name, written)):
        notes.append(f"{name}: cannot be made right, left as it is")
        return None
    return lines


def _is_fallback(name: str, raw: bytes) -> bool:
    """Whether a field is right as one that holds UTF-8, beside words of other charsets."""
    if is_parameter_field(name):
        return _plain(raw) and b"utf-8" in _labels(raw)
    return b"=?utf-8?" in raw.lower() and is_settled_value(raw, b"utf-8")


def _plain_words(name: str, raw: bytes, hints: Callable[[], Hints]) -> str | None:
    """Text of words as the standard has them, in the charsets that they say.

    None for all else, which is read with more care. White space between words goes.
    """
    parts: list[str] = []
    run: list[bytes] = []
    charset = b""
    at = 0

    def flush() -> bool:
        if run:
            text = _text_of(b"".join(run), charset, name, hints)
            run.clear()
            if text is None:
                return False
            parts.append(text)
        return True

    for found in _WORD.finditer(raw):
        between = raw[at : found.start()]
        if between.strip() or not (run and found[1].lower() == charset):
            if run and not between.strip():
                return None  # two names, perhaps of one charset
            if between[-1:] not in _SPACES or not flush():
                return None
            if between.strip():
                parts.append(between.decode("ascii"))
            charset = found[1].lower()
        octets = _octets(found[2], found[3])
        if octets is None or b"\r" in octets or b"\n" in octets:
            return None  # line ends in a word are a space, and none of the folds that go below
        run.append(octets)
        at = found.end()
    tail = raw[at:]
    if tail[:1] not in _SPACES or not flush():
        return None
    parts.append(tail.decode("ascii"))
    whole = "".join(parts)
    return None if "=?" in whole else whole.replace("\r", "").replace("\n", "")


def _text_of(data: bytes, charset: bytes, name: str, hints: Callable[[], Hints]) -> str | None:
    """Text of words that follow each other, of the field `name`; None when in doubt."""
    if data.isascii() and b"\x1b" not in data:
        return None
    if charset == b"utf-8":
        try:
            plain = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return None if "\ufeff" in plain else plain  # the mark of a word, perhaps
    label = charset.decode("latin-1")
    text = believed(data, meaning(label))
    if text is not None or b"\x1b" in data:
        return text
    faults: list[str] = []
    text, read_in = read(data, label, name, faults, hints())
    if faults or read_in == JAPANESE_7BIT or _ODD.search(text):
        return None
    return text


def _octets(kind: bytes, text: bytes) -> bytes | None:
    """What a word holds, None when it is not as it should be."""
    if kind not in b"bB":
        return binascii.a2b_qp(text, header=True)
    try:
        data = binascii.a2b_base64(text)
    except ValueError:
        return None
    return data if binascii.b2a_base64(data, newline=False) == text else None


def _lines(
    name: str, raw: bytes, output: Output, hints: Callable[[], Hints], notes: list[str]
) -> list[str] | None:
    faults: list[str] = []
    raw = raw.strip(b" \t\r\n")  # as `parse` has it: what detection is asked differs by it
    if is_parameter_field(name):
        return rewrite_parameters(name, raw, {}, output, hints(), notes)
    one = _ONE.fullmatch(raw) if is_address_field(name) else None
    if one is not None and (person := _plain_words(name, one[1], hints)) is not None:
        address = Address(_person(person), one[2].decode("ascii"), one[3].decode("ascii"))
        return address_field(name, [address], output)[1]
    if is_address_field(name):
        listed, back = without_words(raw_text(raw, hints(), name, faults).strip())

        def meant(piece: str) -> str:
            return decode_text(back(piece), hints(), name, faults)

        recipients = parse_recipients(listed, comments=True)
        read = [_decoded(one, meant, back) for one in recipients]
        if not _readable(name, "".join(map(_names, read)), notes):
            return None
        if not any(map(_is_somebody, read)):
            notes.append(f"{name}: nothing can be read, left as it is")
            return None
        if not all(map(is_same_domain, _domains(read))):
            notes.append(f"{name}: an address whose domain name would be another, left as it is")
            return None
        return address_field(name, read, output)[1]
    text = None
    if raw.isascii() and b"\x1b" not in raw and _TORN.search(raw) is None:
        text = _plain_words(name, raw, hints)
    if text is None:
        text = decode_value(raw, hints(), name, faults)
    text = text.strip(" \t\r\n\ufeff")
    if not _readable(name, text, notes):
        return None
    if not text:
        notes.append(f"{name}: nothing can be read, left as it is")
        return None
    if name.lower() == "keywords":
        return keyword_field(name, text.replace("\n", " ").replace("\r", " "), output)[1]
    folder = Folder(name)
    folder.unstructured(*output.fit(text, name))
    return folder.lines()


def _readable(name: str, text: str, notes: list[str]) -> bool:
    if _BAD in text:
        notes.append(f"{name}: bytes that no charset explains, left as they are")
        return False
    return True


def _names(one: Address | Group) -> str:
    if isinstance(one, Group):
        return (one.display_name or "") + "".join(map(_names, one.addresses))
    return one.display_name


def _domains(those: Iterable[Address | Group]) -> list[str]:
    return [
        domain
        for one in those
        for domain in (_domains(one.addresses) if isinstance(one, Group) else [one.domain])
    ]


def _is_somebody(one: Address | Group) -> bool:
    return isinstance(one, Group) or bool(one.display_name or one.addr_spec.strip("<>@"))


def _decoded(
    one: Address | Group, meant: Callable[[str], str], back: Callable[[str], str]
) -> Address | Group:
    if isinstance(one, Group):
        members = [_mailbox(member, meant, back) for member in one.addresses]
        return Group(meant(one.display_name or ""), members)
    return _mailbox(one, meant, back)


def _mailbox(one: Address, meant: Callable[[str], str], back: Callable[[str], str]) -> Address:
    return Address(_person(meant(one.display_name)), back(one.username), back(one.domain))


def _person(name: str) -> str:
    """A name as the field has it: in ASCII, spaces are what is between words."""
    name = name.strip(" \t\r\n\ufeff")
    return " ".join(name.split()) if name.isascii() else name


def rewrite_parameters(
    name: str,
    raw: bytes,
    changes: dict[str, str],
    output: Output,
    hints: Hints,
    notes: list[str],
) -> list[str] | None:
    """Lines of a Content-Type or Content-Disposition with its parameters as RFC 2231 has them.

    `changes` are parameters to set. None when a parameter cannot be read.
    """
    token, parameters = parse_parameters(raw, hints, name, [])
    if not _readable(name, "".join(parameters.values()), notes):
        return None
    machine = token + parameters.get("charset", "") + parameters.get("boundary", "")
    if not (_TOKEN.fullmatch(machine) and all(map(_TOKEN.fullmatch, parameters))):
        notes.append(f"{name}: text where a token belongs, left as it is")
        return None
    clean = {key: " ".join(text.split("\n")).replace("\r", "") for key, text in parameters.items()}
    folds = {found[2].decode("ascii").lower(): found[1] for found in _FOLDED.finditer(raw)}
    return parameter_field(
        name,
        token or "text/plain",
        {**clean, **changes},
        output,
        folds={key: spaces.decode("ascii") for key, spaces in folds.items()},
    )
