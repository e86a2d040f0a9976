"""The policy "translit": another way to write what a charset lacks, or none.

Ways are tried from the most to the least alike: the twin of `lenient`, what `translit_table`
says, the parts that Unicode decomposes a character into. What has no such way is never dropped;
it is left to the policy behind.
"""

from __future__ import annotations

from functools import cache
from unicodedata import category, decomposition, digit, normalize

from .lenient import TWINS
from .translit_table import GROUPS, SILENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["replacement"]

_DEPTH = 5  # the longest useful chain is four: a circled wide letter with a mark


def replacement(character: str, fits: Callable[[str], bool]) -> str | None:
    """What to write for `character`, None when nothing is known that `fits` allows.

    The answer is "" for what a reader does not miss, such as a soft hyphen.
    """
    return _replaced(character, fits, _DEPTH)


def _replaced(character: str, fits: Callable[[str], bool], depth: int) -> str | None:
    ways = [way for way in _ways(character) if way != character]
    for way in ways:
        if fits(way):
            return way
    if depth:
        for way in ways:
            parts = [part if fits(part) else _replaced(part, fits, depth - 1) for part in way]
            if None not in parts:
                return "".join(part for part in parts if part is not None)
    if _is_silent(ord(character)):
        return ""
    return None


def _ways(character: str) -> Iterator[str]:
    yield from TWINS.get(character, "")
    yield from _grouped().get(character, ())
    value = digit(character, None)
    if value is not None and category(character) == "Nd":
        yield str(value)
    yield from _reordered(character)
    yield from _decomposed(character)
    yield from _kana(character)
    lower = character.lower()
    if "\u1c90" <= character <= "\u1cbf" and lower != character:
        yield lower  # Georgian capitals, which came long after the charsets


@cache
def _grouped() -> dict[str, tuple[str, ...]]:
    return {one: ways for group, ways in GROUPS for one in group}


def _reordered(character: str) -> Iterator[str]:
    """A letter with one of its marks, and the others behind it: canonically the same.

    windows-1258 has ê and the dot below for ệ, which Unicode takes apart the other way.
    """
    apart = normalize("NFD", character)
    base, marks = apart[:1], apart[1:]
    if len(marks) < 2:
        return
    for place in reversed(range(len(marks))):
        letter = normalize("NFC", base + marks[place])
        if len(letter) == 1:
            yield letter + marks[:place] + marks[place + 1 :]


def _decomposed(character: str) -> Iterator[str]:
    """What Unicode says that the character is made of."""
    rule = decomposition(character)
    if not rule:
        return
    fields = rule.split()
    tag = fields.pop(0) if fields[0].startswith("<") else ""
    whole = "".join(chr(int(field, 16)) for field in fields)
    if tag == "<circle>":
        yield f"({normalize('NFKC', whole)})"
    elif tag == "<fraction>":
        # With the space that keeps "2½" from becoming twenty-one halves.
        yield " " + whole.replace("\u2044", "/")
    elif tag == "<super>" and category(character) == "No":
        yield f"^{whole}"
    yield whole


def _kana(character: str) -> Iterator[str]:
    """Katakana for hiragana, and half width for katakana, where a charset has only those."""
    if "\u3041" <= character <= "\u3096":
        yield chr(ord(character) + 0x60)
    elif "\u30a1" <= character <= "\u30fc":
        half = _half_width().get(character)
        if half:
            yield half


@cache
def _half_width() -> dict[str, str]:
    return {normalize("NFKC", chr(code)): chr(code) for code in range(0xFF65, 0xFF9E)}


def _is_silent(code: int) -> bool:
    return any(first <= code <= last for first, last in SILENT)
