"""What happens to text between two encodings: ends of lines and Unicode normalization.

Both work on pieces: what a cut could change (a CR whose LF may follow, a letter whose marks may
follow) is held back until it is settled, so that any cutting gives the answer of one piece.
"""

from __future__ import annotations

from unicodedata import category, combining, normalize

from .._errors import OptionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Newline: TypeAlias = Literal["keep", "lf", "crlf", "cr", "nel"]
    Normalization: TypeAlias = Literal["NFC", "NFD", "NFKC", "NFKD"]
    Bom: TypeAlias = Literal["keep", "add", "strip"]

__all__ = ["NEWLINES", "NORMALIZATIONS", "Newlines", "Normalizer", "check_newline", "form_of"]

NEWLINES = {"keep": "", "lf": "\n", "crlf": "\r\n", "cr": "\r", "nel": "\u0085"}
NORMALIZATIONS = ("NFC", "NFD", "NFKC", "NFKD")

# Marks without end (no text has more than a few on a letter; UAX 15 stops at 30 in its stream-safe
# format) are cut here, so that memory stays bounded.
_HELD = 1 << 16


def check_newline(newline: str) -> str:
    """The characters that end a line then; "" to leave them. Raises OptionError."""
    try:
        return NEWLINES[newline]
    except (KeyError, TypeError):
        known = ", ".join(NEWLINES)
        raise OptionError(f"newline must be one of {known}, not {newline!r}") from None


def form_of(name: str) -> Normalization:
    """A normalization form by its name in any case. Raises OptionError."""
    form = name.upper() if isinstance(name, str) else name
    if form not in NORMALIZATIONS:
        raise OptionError(f"normalize must be one of {', '.join(NORMALIZATIONS)}, not {name!r}")
    return form  # type: ignore[return-value]


class Newlines:
    """Makes all ends of lines the same. CR LF, CR and LF are ends of lines."""

    def __init__(self, end: str, *, nel: bool) -> None:
        """nel: NEL (U+0085) is one as well, as in EBCDIC; elsewhere it is a control character."""
        self._end = end
        self._nel = nel
        self._held = ""

    def feed(self, text: str, final: bool) -> str:
        """The text so far as it is settled; all of it when `final`."""
        if self._held:
            text = self._held + text
        self._held = ""
        if text.endswith("\r") and not final:
            text, self._held = text[:-1], "\r"
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self._nel:
            text = text.replace("\u0085", "\n")
        return text if self._end == "\n" else text.replace("\n", self._end)


class Normalizer:
    """Brings text into a normalization form of Unicode (UAX 15)."""

    def __init__(self, form: Normalization) -> None:
        self._form = form
        self._whole: Normalization = "NFKD" if "K" in form else "NFD"
        self._held = ""

    def feed(self, text: str, final: bool) -> str:
        """The text so far as it is settled; all of it when `final`."""
        if self._held:
            text = self._held + text
        self._held = ""
        if not final:
            end = self._boundary(text)
            text, self._held = text[:end], text[end:]
        return normalize(self._form, text)

    def _boundary(self, text: str) -> int:
        """Where the last character begins that nothing before it can merge with."""
        for at in range(len(text) - 1, max(-1, len(text) - 1 - _HELD), -1):
            if self._begins(text[at]):
                return at
        return len(text) if len(text) >= _HELD else 0

    def _begins(self, character: str) -> bool:
        if character < "\u0300":
            return True
        first = normalize(self._whole, character)[0]
        # What merges backwards are marks, vowels and finals of Hangul, and the vowel signs of
        # Kirat Rai, which alone are of another category.
        return not (
            combining(first)
            or category(first) in ("Mn", "Mc", "Cn")
            or "\u1160" <= first <= "\u11ff"
            or "\U00016d40" <= first <= "\U00016d7f"
        )
