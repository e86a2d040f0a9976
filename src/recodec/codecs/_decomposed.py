"""UTF-8-MAC: UTF-8 with decomposed characters, as Apple's HFS+ stores the names of files.

Source: Apple's Technical Note TN1150, "Unicode Subtleties". The volume format is bound to the
decompositions of Unicode 3.2, whatever came later, so its tables are the ones to go by: the answer
is the same in every version of Python.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from itertools import chain
from unicodedata import combining, decomposition, is_normalized, normalize
from unicodedata import ucd_3_2_0 as ucd

from .._core import conversion as core
from ._machine import UNENCODABLE, Fault, Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._machine import Decoded, Encoded

__all__ = ["Utf8Mac"]

_MARKS = 30  # in one character, as the stream-safe form of UAX 15; longer runs are cut there
_PIECE = 1 << 16  # bytes or characters at once
_BASIC = "\uffff"  # the last one of the basic plane
_SURROGATE = re.compile("[\ud800-\udfff]")
# Where Unicode 3.2 has marks, and letters that are decomposed into more than one; and where later
# versions have put theirs.
_MARKED = (range(0xC0, 0x3100), range(0xFB00, 0xFE30), range(0x1D100, 0x1D200))
_LATER = (range(0x300, 0x3400), range(0xA000, 0xAC00), range(0xFB00, 0x20000))


def _stays(character: str) -> bool:
    """Whether HFS+ leaves a character composed: U+2000..2FFF, F900..FAFF, 2F800..2FAFF."""
    return (
        "\u2000" <= character <= "\u2fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U0002f800" <= character <= "\U0002faff"
    )


@cache
def joining() -> frozenset[str]:
    """All that may become one with the character before: marks, what starts with a mark when it is
    decomposed, and starters that are the second of a composition, vowels and finals of Hangul
    among them.
    """
    found = {*map(chr, range(0x1161, 0x1176)), *map(chr, range(0x11A8, 0x11C3))}
    for character in map(chr, chain(*_MARKED)):
        apart = ucd.decomposition(character)
        if ucd.combining(character):
            found.add(character)
        elif apart and not apart.startswith("<"):
            first, *rest = (chr(int(point, 16)) for point in apart.split())
            found.update(rest)
            if ucd.combining(first):
                found.add(character)
    return frozenset(found)


@cache
def _later() -> frozenset[str]:
    """What came after Unicode 3.2 and joins with others.

    `ucd.normalize` leaves such characters whole, but puts them in order and composes them. Where
    the second part of a letter is of old, as the dot of Todhri's vowels is, the first is not.
    """
    later = set()
    for character in map(chr, chain(*_LATER)):
        apart = decomposition(character)
        if (combining(character) or apart) and ucd.category(character) == "Cn":
            later.add(character)
            if apart and not apart.startswith("<"):
                first, *rest = (chr(int(point, 16)) for point in apart.split())
                later.update([first] if joining().intersection(rest) else rest)
    return frozenset(later - joining())


class _Any:
    """Tells whether a text has any of some characters, ten times as fast as by their set."""

    def __init__(self, characters: Iterable[str]) -> None:
        found = sorted(characters)
        self._basic = re.compile(f"[{''.join(one for one in found if one <= _BASIC)}]").search
        self._others = frozenset(one for one in found if one > _BASIC)

    def __call__(self, text: str) -> bool:
        if self._basic(text):
            return True
        wide = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
        return wide and not self._others.isdisjoint(text)


@cache
def _changed() -> _Any:
    """Whether normalization of today may give another text than that of Unicode 3.2.

    Otherwise it may not (UAX 15, "Stability"), and it is quick with what is normalized already.
    """
    corrected = (one for one in map(chr, _ideographs()) if _differs(one))
    return _Any({*_later(), *corrected})


def _differs(character: str) -> bool:
    return normalize("NFC", character) != ucd.normalize("NFC", character)


def _ideographs() -> chain[int]:
    """Those of compatibility, of which some came later and five were corrected."""
    return chain(range(0xF900, 0xFB00), range(0x2F800, 0x2FB00))


@cache
def _alters_by_context() -> _Any:
    """Whether the decomposition of a text may not be that of each character by itself.

    Because there are marks to be put in order, or because HFS+ leaves it as it is.
    """
    whole = (one for one in map(chr, range(0x2000, 0x3000)) if ucd.decomposition(one))
    return _Any({*joining(), *_later(), *whole, *map(chr, _ideographs())})


def _composed(text: str) -> str:
    if not _changed()(text):
        return normalize("NFC", text)
    later = _later().intersection(text)
    parts = re.split(f"([{''.join(sorted(later))}])", text) if later else [text]
    return "".join(ucd.normalize("NFC", part) for part in parts)


class _Decomposed(dict[int, str]):
    """By code point, as str.translate wants them."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        text = character if _stays(character) else ucd.normalize("NFD", character)
        self[point] = text
        return text


class _Runs:
    """Text in pieces at once, as far as that gives what character by character does."""

    def __init__(self) -> None:
        self._joining = joining()
        self._long = re.compile(f"[{''.join(sorted(self._joining))}]{{{_MARKS}}}")
        self._decomposed = _Decomposed()

    def decode(self, data: bytes, start: int, state: int) -> tuple[str, int, int]:
        """Reads up to what is wrong, or the last character, which something could still join."""
        parts: list[str] = []
        while True:
            piece = data[start : start + _PIECE]
            text = piece[: core.utf8_prefix(piece)].decode("utf-8")
            plain = text.isascii()
            size = len(text) if plain else self._long_run(text)
            while size > 0:
                size -= 1
                if text[size] not in self._joining:
                    break
            if size == 0:
                return "".join(parts), start, state
            text = text[:size]
            start += len(text.encode("utf-8"))
            parts.append(text if plain else _composed(text))

    def _long_run(self, text: str) -> int:
        """Where the first run of so many marks begins that it is cut; the end without any."""
        joining = self._joining
        for at in range(_MARKS - 1, len(text), _MARKS):
            # It reaches further on one side or the other, as those of ordinary text do not.
            if text[at] in joining and (
                joining.issuperset(text[at - 2 : at]) or joining.issuperset(text[at + 1 : at + 3])
            ):
                found = self._long.search(text, at - _MARKS + 1, at + _MARKS)
                if found:
                    return found.start()
        return len(text)

    def encode(self, text: str, start: int, state: int) -> tuple[bytes, int, int]:
        """Writes up to a surrogate or the end."""
        found = _SURROGATE.search(text, start)
        end = found.start() if found else len(text)
        parts: list[bytes] = []
        for at in range(start, end, _PIECE):
            piece = text[at : min(at + _PIECE, end)]
            # What is decomposed and in order today has nothing that Unicode 3.2 decomposed.
            if not is_normalized("NFD", piece):
                if _alters_by_context()(piece):
                    piece = piece.translate(self._decomposed)
                else:
                    piece = normalize("NFD", piece)
            parts.append(piece.encode("utf-8"))
        return b"".join(parts), end, state


class Utf8Mac(Machine):
    """Reading composes (NFC), writing decomposes (NFD) each character by itself."""

    def __init__(self, name: str) -> None:
        self.name = name

    def describe(self) -> _Runs:
        return _Runs()

    @staticmethod
    def _character(
        data: bytes, at: int, final: bool
    ) -> tuple[str, int] | UnicodeDecodeError | None:
        try:
            whole = final or at + 4 <= len(data)
            text = codecs.utf_8_decode(data[at : at + 4], "strict", whole)[0]
        except UnicodeDecodeError as error:
            if error.start == 0:
                return error
            text = codecs.utf_8_decode(data[at : at + error.start], "strict", True)[0]
        if not text:
            return None
        return text[0], at + len(text[0].encode("utf-8"))

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        found = self._character(data, at, final)
        if isinstance(found, UnicodeDecodeError):
            return Fault(at + found.end, found.reason, state)
        if found is None:
            return None
        segment, end = found
        while len(segment) <= _MARKS:
            if end == len(data):
                if not final:
                    return None
                break
            if data[end] < 0x80:
                break
            found = self._character(data, end, final)
            if found is None:
                return None
            if isinstance(found, UnicodeDecodeError) or found[0] not in joining():
                break
            segment += found[0]
            end = found[1]
        return _composed(segment), end, state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        if "\ud800" <= character <= "\udfff":
            return UNENCODABLE
        if not _stays(character):
            character = ucd.normalize("NFD", character)
        return character.encode("utf-8"), at + 1, state
