"""The languages that detection can name: codes, names, scripts, charsets.

Imported only where a person reads the answer, or asks: programs get the tag.
"""

from __future__ import annotations

from types import MappingProxyType

from .._core import detection as core
from .._value import Value
from .language_table import TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Language", "english_name", "languages"]


class Language(Value):
    """One language. `str()` of it is the English name.

    tag: BCP 47 tag, as `Detection.language` has it; with a script where it is written in two
    iso639_1: two-letter code, None when there is none
    iso639_3: three-letter code
    english, own: its name in English and in itself (CLDR)
    scripts: ISO 15924 codes of the scripts it is read in
    encodings: names of the legacy charsets it was written in, in the order of the registry;
        beside them it may be in any form of Unicode
    """

    __slots__ = ("_row", "_tag")
    __match_args__ = ("tag", "iso639_1", "iso639_3", "english", "own", "scripts", "encodings")
    _shown = __match_args__

    def __init__(self, tag: str) -> None:
        """The language of a tag of the table; KeyError when it is not there."""
        self._row = TABLE[tag]
        self._tag = tag

    @property
    def tag(self) -> str:
        """BCP 47 tag."""
        return self._tag

    @property
    def iso639_1(self) -> str | None:
        """ISO 639-1 code, None when there is none."""
        return self._row[0] or None

    @property
    def iso639_3(self) -> str:
        """ISO 639-3 code."""
        return self._row[1]

    @property
    def english(self) -> str:
        """Name in English."""
        return self._row[2]

    @property
    def own(self) -> str:
        """Name in the language itself."""
        return self._row[3]

    @property
    def scripts(self) -> tuple[str, ...]:
        """ISO 15924 codes."""
        return tuple(self._row[4].split())

    @property
    def encodings(self) -> tuple[str, ...]:
        """Names of the legacy charsets it was written in."""
        return tuple(self._row[5].split())

    def __str__(self) -> str:
        return self.english

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Language, (self._tag,)


languages: Mapping[str, Language] = MappingProxyType(
    {tag: Language(tag) for tag in TABLE if tag in core.language_names()}
)
"""Every language that detection can name, by BCP 47 tag in alphabetical order."""


def english_name(tag: str) -> str:
    """The English name of the language `tag` stands for; the tag itself when it is not listed."""
    row = TABLE.get(tag)
    return row[2] if row else tag
