"""What texts in a language need of a charset, and which of it a charset lacks."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["SIGNS", "missing_letters", "missing_signs"]

SIGNS = {
    "the euro sign": "\u20ac",
    "typographic quotes": "\u201c\u201d\u2018\u2019",
    "dashes": "\u2013\u2014",
}


def missing_letters(letters: str, holds: Callable[[str], bool]) -> str:
    """Which of the letters, in lower case, a charset lacks in either case.

    A letter is missing when it can be written neither as it is nor as a letter with combining
    marks. `holds` says whether the charset can write a text.
    """
    return "".join(
        letter
        for letter in letters
        if not all(any(map(holds, _spellings(case))) for case in _cases(letter))
    )


def missing_signs(holds: Callable[[str], bool]) -> list[str]:
    """Names of the signs of `SIGNS` that a charset lacks."""
    return [name for name, signs in SIGNS.items() if not holds(signs)]


def _cases(letter: str) -> set[str]:
    upper = letter.upper()
    return {letter, upper} if len(upper) == 1 else {letter}  # the capital of \xdf is SS


def _spellings(letter: str) -> Iterator[str]:
    """Texts that are the letter: whole, apart, with one of two marks apart, shaped for print."""
    from unicodedata import normalize

    yield letter
    apart = normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    if marks:
        yield apart
    if len(marks) == 2:
        yield normalize("NFC", base + marks[0]) + marks[1]
        yield normalize("NFC", base + marks[1]) + marks[0]
    if "\u0600" <= letter <= "\u06ff":  # Arabic, of which old charsets have presentation forms
        yield from _shapes().get(letter, ())


@lru_cache(maxsize=1)
def _shapes() -> dict[str, list[str]]:
    """The presentation forms of each Arabic letter."""
    from unicodedata import normalize

    found: dict[str, list[str]] = {}
    for shape in map(chr, range(0xFB50, 0xFEFD)):
        found.setdefault(normalize("NFKC", shape), []).append(shape)
    return found
