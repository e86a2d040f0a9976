"""What a charset cannot hold: letters of its languages, signs that texts of today use."""

from __future__ import annotations

from .._errors import UnsupportedCharsetError
from .._route import holds, route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._registry import Charset

__all__ = ["Lacks", "lacks_of"]

_SIGNS = {
    "the euro sign": "\u20ac",
    "typographic quotes": "\u201c\u201d\u2018\u2019",
    "dashes": "\u2013\u2014",
}
_SHOWN = 24  # letters of one language


class Lacks:
    """What is missing: letters by the tag of the language that needs them, and names of signs."""

    __slots__ = ("letters", "signs")

    def __init__(self, letters: dict[str, str], signs: list[str]) -> None:
        self.letters = letters
        self.signs = signs

    def record(self) -> dict[str, object]:
        """For JSON."""
        return {"letters": self.letters, "signs": self.signs}

    def __str__(self) -> str:
        from .._languages import english_name

        parts = [
            f"{' '.join(letters[:_SHOWN])} ({english_name(tag)})"
            for tag, letters in self.letters.items()
        ]
        return ", ".join([*parts, *self.signs]) or "nothing of its languages"


def lacks_of(charset: Charset) -> Lacks | None:
    """What `charset` lacks; None for what holds all of Unicode, or has no codec.

    A letter is missing when neither it nor its parts (letter and marks) can be written, in either
    case.
    """
    if charset.family == "unicode" or charset.name.startswith("gb18030"):
        return None
    from .._alphabet_table import ALPHABETS

    try:
        route(charset.name)
    except UnsupportedCharsetError:
        return None
    letters = {}
    for tag in charset.languages:
        missing = [
            letter
            for letter in ALPHABETS.get(tag, "")
            if not (_fits(charset.name, letter) and _fits(charset.name, letter.upper()))
        ]
        if missing:
            letters[tag] = "".join(missing)
    return Lacks(letters, [sign for sign, text in _SIGNS.items() if not _fits(charset.name, text)])


def _fits(name: str, text: str) -> bool:
    from unicodedata import normalize

    return holds(name, text) or holds(name, normalize("NFD", text))
