"""The registry of charsets: names, aliases, families, supersets, languages.

The table is generated from `native/gen/charsets.toml`. Importing this module builds nothing from
it: a charset is made when it is first asked for, the index of labels at the first lookup of one.
"""

from __future__ import annotations

from .._errors import UnknownCharsetError
from .charset_table import CHARSETS, FAMILIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

# str.translate() with these gives what counts in a label: ASCII letters and digits. NUL and what is
# not ASCII stay, and make the label unknown as they do in rcd_charset_from_label().
_PUNCTUATION = {code: None for code in range(1, 0x80) if not chr(code).isalnum()}
_MATCHES = 3
_MATCH_CUTOFF = 0.7  # below, short words look like any short label

# What a row of the table has, in its order.
_NAME, _IANA, _WHATWG, _PYTHON, _ALIASES, _FAMILY, _KIND, _SUPERSET = range(8)
_LANGUAGES, _DETECTABLE, _KNOWN_BY, _EXACT, _TOLD_AS = range(8, 13)

_made: list[Charset | None] = [None] * (len(CHARSETS) + 1)
_ids: dict[str, int] = {}


class Charset:
    """One charset of the registry. Immutable; equal only to itself.

    id: number in the native core, from 1. May change between releases, unlike `name`.
    name: what `bytes.decode()` takes.
    iana: preferred MIME name, or registered IANA name; None when unregistered.
    whatwg: the encoding of the WHATWG Encoding Standard that browsers read it with, or None.
    python: the codec of CPython that decodes it, or None.
    aliases: the other labels; case and punctuation do not count.
    family: one of `families()`.
    kind: "single", "multi", "stateful" or "unicode".
    superset: name of the charset that decodes all that this one does, or None.
    languages: BCP 47 tags of the languages it was used for.
    detectable: whether detection may answer it.
    told_as: where it may not, or text has no code that is its own, the charset that text in it is
        told as: the same text, or all but signs. None where there is none.
    known_by: who else has it, of "cpython", "libiconv", "glibc", "icu", "java", "whatwg",
        "iconv-lite", "recode" and "nkf".
    """

    __slots__ = (
        "aliases",
        "detectable",
        "family",
        "iana",
        "id",
        "kind",
        "known_by",
        "languages",
        "name",
        "python",
        "superset",
        "told_as",
        "whatwg",
    )

    id: int
    name: str
    iana: str | None
    whatwg: str | None
    python: str | None
    aliases: tuple[str, ...]
    family: str
    kind: str
    superset: str | None
    languages: tuple[str, ...]
    detectable: bool
    known_by: tuple[str, ...]
    told_as: str | None

    def __init__(self, number: int) -> None:
        """The charset of an id; `by_id` is the way to one, and gives the same object each time."""
        row = CHARSETS[number - 1].split("|")
        put = object.__setattr__
        put(self, "id", number)
        put(self, "name", row[_NAME])
        put(self, "iana", row[_IANA] or None)
        put(self, "whatwg", row[_WHATWG] or None)
        put(self, "python", row[_PYTHON] or None)
        put(self, "aliases", tuple(row[_ALIASES].split() + row[_EXACT].split()))
        put(self, "family", row[_FAMILY])
        put(self, "kind", row[_KIND])
        put(self, "superset", row[_SUPERSET] or None)
        put(self, "languages", tuple(row[_LANGUAGES].split()))
        put(self, "detectable", bool(row[_DETECTABLE]))
        put(self, "known_by", tuple(row[_KNOWN_BY].split()))
        put(self, "told_as", row[_TOLD_AS] or None)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Charset is immutable: cannot set {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"Charset is immutable: cannot delete {name!r}")

    def __reduce__(self) -> tuple[object, tuple[str]]:
        # By name, since ids may differ where it is unpickled; so identity holds there too.
        return lookup, (self.name,)

    def __repr__(self) -> str:
        return f"<Charset {self.name}>"


def normalise(label: str) -> str:
    """What counts in a label: its ASCII letters in lower case and its digits."""
    return label.translate(_PUNCTUATION).lower()


def by_id(number: int) -> Charset:
    """The charset of an id of the native core. Raises IndexError when there is none."""
    if not 0 < number < len(_made):
        raise IndexError(f"no charset has id {number}")
    charset = _made[number]
    if charset is None:
        # Two threads may both come here; the first object that is stored stays.
        _made[number] = charset = _made[number] or Charset(number)
    return charset


def lookup(name: str) -> Charset:
    """The charset that has this name or alias; case and punctuation do not matter.

    Raises UnknownCharsetError, which names close matches, and TypeError for what is not a str.
    """
    if not isinstance(name, str):
        raise TypeError(f"a charset name must be a str, not {type(name).__name__}")
    charset = find(name)
    if charset is None:
        raise UnknownCharsetError(name, _close(name))
    return charset


def find(name: str) -> Charset | None:
    """The charset of a name or alias, None when there is none.

    For names from strangers: unlike `lookup` it spends no time on close matches.
    """
    if not _ids:
        # Most calls of the command line need one charset, whose canonical name detection gave:
        # looking through all rows takes a hundredth of making the index.
        for number, row in enumerate(CHARSETS, 1):
            if row.startswith(name) and row.partition("|")[0] == name:
                return by_id(number)
    index = _index()
    found = index.get(_exact(name)) or index.get(normalise(name))
    return None if found is None else by_id(found)


def agrees(label: str, name: str) -> bool:
    """Whether a label means the charset `name`, or one that it decodes, as cp1252 does ISO-8859-1.

    Raises UnknownCharsetError.
    """
    said = lookup(label)
    return lookup(name).name in (said.name, said.superset)


def _exact(label: str) -> str:
    """The key of a label whose punctuation counts; the sign keeps it apart from normalised ones."""
    return "=" + label.lower().replace("_", "-")


def all_charsets() -> tuple[Charset, ...]:
    """Every charset, in the order of ids."""
    return tuple(by_id(number) for number in range(1, len(_made)))


def families() -> tuple[str, ...]:
    """The names of the families."""
    return FAMILIES


def expand(names_or_families: Iterable[str]) -> frozenset[int]:
    """Ids of the charsets named, where a family stands for all its members.

    "web" stands for all that the Encoding Standard has, "unicode", "dos" and the like for a family
    of `families()`. A family goes before an alias that is spelt the same: "mac" is the family here,
    while `lookup("mac")` is mac-roman. A str by itself is one name. Raises UnknownCharsetError.
    """
    if isinstance(names_or_families, str):
        names_or_families = (names_or_families,)
    found: set[int] = set()
    for name in names_or_families:
        family = name.lower() if isinstance(name, str) else None
        if family == "web":
            found.update(each.id for each in all_charsets() if each.whatwg)
        elif family in FAMILIES:
            found.update(each.id for each in all_charsets() if each.family == family)
        elif isinstance(name, str) and find(name) is None:
            raise UnknownCharsetError(name, _close(name, ("web", *FAMILIES)))
        else:
            found.add(lookup(name).id)
    return frozenset(found)


def _index() -> dict[str, int]:
    """Normalised label -> id; made once, in about a millisecond."""
    global _ids  # noqa: PLW0603 - published in one step, so that no thread sees half of it
    if not _ids:
        index: dict[str, int] = {}
        for number, text in enumerate(CHARSETS, 1):
            row = text.split("|")
            index[normalise(row[_NAME])] = number
            if row[_IANA]:
                index[normalise(row[_IANA])] = number
            for alias in row[_ALIASES].split():
                index[normalise(alias)] = number
            for alias in row[_EXACT].split():
                index[_exact(alias)] = number
        _ids = index
    return _ids


def _close(name: str, groups: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Canonical names of the charsets whose labels look most like `name`, best first.

    Also `groups` of charsets, where these are as good an answer.
    """
    from difflib import get_close_matches

    index = _index()
    labels = dict.fromkeys((*groups, *index))  # a group goes before an alias that is spelt the same
    found = get_close_matches(normalise(name), labels, 4 * _MATCHES, _MATCH_CUTOFF)
    names = dict.fromkeys(label if label in groups else by_id(index[label]).name for label in found)
    return tuple(names)[:_MATCHES]
