"""What a charset cannot hold: letters of its languages, signs that texts of today use."""

from __future__ import annotations

from .._coding.route import holds, route
from .._errors import UnsupportedCharsetError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._registry.charsets import Charset

__all__ = ["Lacks", "lacks_of"]

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
        from .._registry.languages import english_name

        parts = [
            f"{' '.join(letters[:_SHOWN])} ({english_name(tag)})"
            for tag, letters in self.letters.items()
        ]
        return ", ".join([*parts, *self.signs]) or "nothing of its languages"


def lacks_of(charset: Charset) -> Lacks | None:
    """What `charset` lacks; None for what holds all of Unicode, or has no codec."""
    if charset.family == "unicode" or charset.name.startswith("gb18030"):
        return None
    from .._registry.alphabet_table import ALPHABETS
    from .._registry.alphabets import missing_letters, missing_signs

    try:
        route(charset.name)
    except UnsupportedCharsetError:
        return None

    def can_write(text: str) -> bool:
        return holds(charset.name, text)

    letters = {tag: missing_letters(ALPHABETS.get(tag, ""), can_write) for tag in charset.languages}
    return Lacks({tag: lost for tag, lost in letters.items() if lost}, missing_signs(can_write))
