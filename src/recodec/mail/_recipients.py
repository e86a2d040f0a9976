"""Addresses as a sender gives them, in text: `森, 太郎 <mori@example.jp>` and the like.

More is taken than RFC 5322 allows, since people type it: names with commas in quotes or encoded
later, dots in a row in local parts (which Japanese carriers gave out), comments as names.
"""

from __future__ import annotations

import re
from email.headerregistry import Address, Group

from .._errors import OptionError
from ._fold import quoted_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ADDRESS_FIELDS",
    "addr_spec",
    "from_values",
    "is_hidden",
    "is_same_domain",
    "parse_recipients",
    "shown",
]

ADDRESS_FIELDS = frozenset(
    (
        *("from", "sender", "reply-to", "to", "cc", "bcc"),
        *("resent-from", "resent-sender", "resent-reply-to"),
        *("resent-to", "resent-cc", "resent-bcc"),
        *("disposition-notification-to", "return-receipt-to", "x-confirm-reading-to"),
        *("errors-to", "mail-followup-to", "mail-reply-to", "apparently-to"),
        *("return-path", "delivered-to", "x-original-to"),
    )
)
"""Names in lower case of the fields that hold addresses."""

_DOT_ATOM = re.compile(r"[^\s()<>\[\]:;@\\,.\"]+(?:\.[^\s()<>\[\]:;@\\,.\"]+)*")
# A domain, or its literal; more dots than there should be are for the server to refuse.
_DOMAIN = re.compile(r"[^\s()<>\[\]:;@\\,\"]+|\[[^\s()<>\[\];@\\,\"]*\]")
_DOT = re.compile("[.\u3002\uff0e\uff61]")
_DEVIATES = re.compile("[\xdf\u1e9e\u03c2]")
_SPEC = re.compile(r"[!-?A-~]+@[!-?A-~]+")
# As Mailman's archives write it, so that it is not collected: joe at example.org
_HIDDEN = re.compile(rf"(?:{_DOT_ATOM.pattern}) at [^\s()<>\[\]:;@\\,\"]+\.[^\s()<>\[\]:;@\\,.\"]+")
# Quotes that nothing closes end with the text, so that no scan begins again behind each of them.
_QUOTES = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
_IN_COMMENT = re.compile(r"\\.|[()]|[^()\\]+|\\", re.DOTALL)
_ANGLE_END = re.compile(_QUOTES.pattern + "|>", re.DOTALL)
_TOKEN = re.compile(
    r"""
    (?P<space> \s+ )
  | (?P<quoted> " [^"\\]* (?: \\. [^"\\]* )* (?: " | \\?\Z ) )
  | (?P<literal> \[ [^\]\[]* \] )
  | (?P<special> [<>,;:(] )
  | (?P<atom> [^\s"<>,;:(\[]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


class _Box:
    """What was read of one mailbox so far."""

    def __init__(self, keeps: bool) -> None:
        self.keeps = keeps  # comments beside a name
        self.words: list[str] = []  # each with its quotes
        self.apart: list[bool] = []  # whether white space stands before it
        self.comments: list[str] = []
        self.angle: str | None = None

    def add(self, word: str, apart: bool) -> None:
        self.words.append(word)
        self.apart.append(apart)

    def name(self) -> str:
        parts: list[str] = []
        for word, apart in zip(self.words, self.apart, strict=True):
            if apart and parts:
                parts.append(" ")
            parts.append(_unquote(word))
        return "".join(parts)

    def finish(self) -> Address | None:
        if self.angle is not None:
            name, comment = self.name(), " ".join(self.comments)
            if name and comment and self.keeps:  # as people read it
                name = f"{name} ({comment})"
            return _address(name or comment, self.angle)
        if not self.words:
            return None
        # Words that touch are one: "a b"@example.jp.
        touching: list[list[str]] = []
        for word, apart in zip(self.words, self.apart, strict=True):
            if touching and not apart:
                touching[-1].append(word)
            else:
                touching.append([word])
        runs = ["".join(words) for words in touching]
        for index, run in enumerate(runs):
            if "@" in _QUOTES.sub("", run):
                rest = runs[:index] + runs[index + 1 :]
                name = " ".join(map(_unquote, rest)) or " ".join(self.comments)
                return _address(name, run.rstrip(">"))  # which nothing has opened
        alone = len(runs) == 1 and runs[0].isascii() and _DOT_ATOM.fullmatch(runs[0])
        if alone and not runs[0].startswith("=?"):  # an encoded-word is a name
            return _address(" ".join(self.comments), runs[0])  # a local user
        name, comment = " ".join(map(_unquote, runs)), " ".join(self.comments)
        if comment and is_hidden(" ".join(runs)):
            return Address(comment, name, "")
        return _address(f"{name} ({comment})" if comment and self.keeps else name, "")


def is_hidden(text: str) -> bool:
    """Whether an address has "at" in words for its sign, which names nobody on the wire."""
    return text.isascii() and _HIDDEN.fullmatch(text) is not None


def _unquote(word: str) -> str:
    if word.startswith('"'):
        return re.sub(
            r"\\(.)", r"\1", word[1:-1] if len(word) > 1 and word[-1] == '"' else word[1:]
        )
    return word


def _address(name: str, spec: str) -> Address:
    # The route of RFC 822: <@relay:box@host>.
    if spec.startswith("@") and ":" in spec:
        spec = spec.rpartition(":")[2]
    local, at, domain = spec.rpartition("@")
    if not at:
        local, domain = domain, ""
    return Address(name.strip(), _unquote(local), domain)


def parse_recipients(text: str, *, comments: bool = False) -> list[Address | Group]:
    """Mailboxes and groups of an address list. Takes any text; linear in its length.

    `comments` keeps a comment beside a name, in parentheses behind it.
    """
    found: list[Address | Group] = []
    members: list[Address] | None = None
    group = ""
    box = _Box(comments)
    nameless = ""  # of what has been read and is no address by itself
    apart = False
    at = 0

    def finish() -> None:
        nonlocal box, nameless
        one = box.finish()
        box = _Box(comments)
        if one is None:
            return
        if nameless:
            # "森, 太郎 <mori@example.jp>": a comma that was not quoted is one of the name, since
            # what stands before it is no address.
            one = Address(f"{nameless}, {one.display_name}", one.username, one.domain)
            nameless = ""
        if one.username or one.domain:
            (found if members is None else members).append(one)
        else:
            nameless = one.display_name

    def last() -> None:
        nonlocal nameless
        finish()
        if nameless:
            (found if members is None else members).append(Address(nameless, "", ""))
        nameless = ""

    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None
        kind, value = token.lastgroup, token[0]
        at = token.end()
        if kind == "space":
            apart = True
            continue
        if value == "(":
            comment, at = _comment(text, at)
            box.comments.append(comment)
        elif value == "<":
            end = _angle_end(text, at)
            spec = text[at:end].lstrip("<")
            kept = '"' in spec or is_hidden(spec.strip())
            box.angle = spec.strip() if kept else "".join(spec.split())
            at = end + 1
        elif value == ">" and box.angle is not None:
            pass  # one more than was opened
        elif value == "," or (value == ";" and members is None):
            finish()
        elif value == ";":
            assert members is not None
            last()
            found.append(Group(group, members))
            members = None
        elif value == ":" and members is None and box.words and box.angle is None:
            group = box.name()
            members = []
            box = _Box(comments)
        else:
            box.add(value, apart)
        apart = False
    last()
    if members is not None:
        found.append(Group(group, members))
    return found


def _comment(text: str, at: int) -> tuple[str, int]:
    """The comment that starts at `at`, after its parenthesis, and where it ends."""
    depth = 1
    parts: list[str] = []
    for found in _IN_COMMENT.finditer(text, at):
        piece = found[0]
        depth += (piece == "(") - (piece == ")")
        if not depth:
            return "".join(parts).strip(), found.end()
        parts.append(piece[1] if piece[0] == "\\" and len(piece) > 1 else piece)
    return "".join(parts).strip(), len(text)


def _angle_end(text: str, at: int) -> int:
    for found in _ANGLE_END.finditer(text, at):
        if found[0] == ">":
            return found.start()
        if found.end() == len(text):
            # The last quotes may be open: they hide nothing then.
            stop = text.find(">", found.start())
            return len(text) if stop < 0 else stop
    return len(text)


def from_values(value: object, *, inside: bool = False) -> list[Address | Group]:
    """The recipients of what a caller gives for a header.

    A string (an address list), an address object with `name` or `display_name`, a pair of name and
    address, a Group, or an iterable of those (`inside` says that this is an item of one). Two
    addresses by themselves are no pair. Raises OptionError, TypeError.
    """
    if isinstance(value, str):
        return parse_recipients(value, comments=True)
    if isinstance(value, (Address, Group)):
        return [value]
    if hasattr(value, "address") and hasattr(value, "name"):
        return [_address(value.name, value.address)]
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, str) for one in value):
        if inside or not (_SPEC.fullmatch(value[0]) and _SPEC.fullmatch(value[1])):
            return [_address(*value)]
        return [one for text in value for one in parse_recipients(text, comments=True)]
    try:
        items: Iterable[object] = iter(value)  # type: ignore[call-overload]
    except TypeError:
        raise TypeError(f"not an address: {value!r}") from None
    return [one for item in items for one in from_values(item, inside=True)]


def addr_spec(address: Address) -> str:
    """local@domain for the wire: odd local parts quoted, the domain in ASCII (RFC 5890).

    Raises OptionError for what no SMTP server without SMTPUTF8 takes.
    """
    local, domain = address.username, address.domain
    if not local.isascii() or not (local + domain).isprintable():
        raise OptionError(f"{local}@{domain}: an address in ASCII is needed to send this mail")
    if not domain.isascii():
        domain = ascii_domain(domain)
    if domain and not _DOMAIN.fullmatch(domain):
        # What it holds beside would be further recipients.
        raise OptionError(f"{domain}: not a domain name")
    if not domain and is_hidden(local):
        return local
    if local and not _DOT_ATOM.fullmatch(local):
        local = quoted_string(local)
    return f"{local}@{domain}" if domain else local


def ascii_domain(domain: str) -> str:
    """A domain name as the DNS has it (RFC 5890). Raises OptionError for what is none."""
    try:
        return ".".join(map(_a_label, _DOT.split(domain)))
    except UnicodeError:
        raise OptionError(f"{domain}: not a domain name") from None


def _a_label(label: str) -> str:
    """One label in ASCII. Raises UnicodeError for what is none, or would become two."""
    if _DEVIATES.search(label) is None:
        coded = label.encode("idna").decode("ascii")
        if "." in coded:  # of a sign that stands for dots
            raise UnicodeError("a dot in a label")
        return coded
    from encodings.idna import nameprep
    from unicodedata import normalize

    # Letters of their own since RFC 5891, which the codec of Python turns into others: that would
    # be another domain.
    kept = "".join(one if one in "\xdf\u03c2" else nameprep(one) for one in label.lower())
    coded = "xn--" + normalize("NFKC", kept).encode("punycode").decode("ascii")
    if len(coded) > 63:
        raise UnicodeError("label too long")
    return coded


def is_same_domain(domain: str) -> bool:
    """Whether the DNS gives back the same name, apart from capitals."""
    labels = domain.lower().split(".")
    return domain.isascii() or all(label.isascii() or _stays(label) for label in labels)


def _stays(label: str) -> bool:
    try:
        coded = _a_label(label)
        return coded.startswith("xn--") and coded[4:].encode("ascii").decode("punycode") == label
    except UnicodeError:
        return False


def shown(recipients: Iterable[Address | Group]) -> str:
    """The list as text that mail programs and `email.utils.getaddresses` read again."""
    return ", ".join(map(_shown, recipients))


def _shown(one: Address | Group) -> str:
    if isinstance(one, Group):
        inside = ", ".join(map(_shown, one.addresses))
        if one.display_name is None:  # a mailbox in the clothes of a group
            return inside
        name = _shown_name(one.display_name)
        return f"{name}: {inside};" if inside else f"{name}:;"
    spec = addr_spec(one)
    if not one.display_name or not spec:
        return _shown_name(one.display_name) or spec
    return f"{_shown_name(one.display_name)} <{spec}>"


def _shown_name(name: str) -> str:
    if re.search(r'[()<>@,:;".\[\]\\]', name):
        return quoted_string(name)
    return name
