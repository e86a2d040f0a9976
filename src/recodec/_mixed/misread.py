"""What UTF-8 looks like that was read in a single-byte charset, and what it was."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from .._coding.route import route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LOST", "Misreading", "Part", "misreading"]

LOST = "\ufffd"
_SIGNS = "\u00ab\u00bb\u2018\u2019\u201c\u201d\u201e\u2026\u2039\u203a"  # what stands behind words
_TRAILS = range(0x80, 0xC0)
_LEADS = (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))  # of two bytes, three, four


class Part(NamedTuple):
    """What a part of a text may have been: mostly one thing."""

    meant: list[str]
    lacks: bool = False  # a byte is gone from it, or a question mark
    is_open: bool = False  # it may be what it says, which is the last
    is_first: bool = False  # it was the first where others are as good


@lru_cache(maxsize=32)
def misreading(name: str) -> Misreading:
    """The misreading in a charset, made once."""
    return Misreading(name)


class Misreading:
    """UTF-8 that was read in one charset.

    What the charset does not define became a C1 control, as on the web, U+FFFD or a question mark;
    C1 controls and soft hyphens (C3 AD is `í`), which are not seen, may be gone since. A no-break
    space (C3 A0 is `à`) may have become a space, and may be gone from the end of the line. What was
    read in windows-1252 may as well have been read in ISO 8859-1, here and there.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        known = _letters_of(name)
        # The web reads the five bytes that windows-1252 does not define as C1 controls.
        self.letters = letters = [letter or chr(byte) for byte, letter in enumerate(known)]
        self.codes = {letter: byte for byte, letter in enumerate(letters)}
        if name == "cp1252":
            self.codes |= {chr(byte): byte for byte in range(0x80, 0xA0)}
        self.lost = tuple(byte for byte in _TRAILS if not known[byte])
        space = self.codes.get("\xa0")
        self.space = space if space in _TRAILS else None
        unseen = self.codes.get("\xad")
        self.gone = self.lost + ((unseen,) if unseen is not None and unseen in _TRAILS else ())
        self.leads = frozenset(letters[_LEADS[0].start : _LEADS[-1].stop])
        self.trails = frozenset(
            [letter for letter, byte in self.codes.items() if byte in _TRAILS]
            + ([LOST] if self.lost else [])
        )
        trail = _one_of(self.trails)
        leads = [_one_of(letters[part.start : part.stop]) for part in _LEADS]
        # Nothing else beyond ASCII may touch it: a letter between guillemets looks like a pair.
        leads_of_any = _one_of(self.leads)
        units = [f"{lead}{trail}{{{n}}}" for n, lead in enumerate(leads, 1)]
        self.strict = _alone(units)
        self._begins = re.compile(leads_of_any + trail)  # with a set, which `re` looks for fast
        if self.space is not None:  # one trail byte of each character may be a space
            for n, lead in enumerate(leads, 1):
                units += [f"{lead}{trail * at} {trail * (n - at - 1)}" for at in range(n)]
            units.append(f"{leads[0]}(?=\r?\n|\\Z)")
        if self.lost:  # so may a question mark
            for n, lead in enumerate(leads, 1):
                units += [rf"{lead}{trail * at}\?{trail * (n - at - 1)}" for at in range(n)]
        if self.gone:  # or nothing
            units += [f"{lead}{trail * n}" for n, lead in enumerate(leads)]
        self.loose = _alone(units)

    def runs(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of `strict` in a text."""
        for begun in self._begins.finditer(text):
            match = self.strict.match(text, begun.start())
            if match is not None:
                yield match

    def may_be(self, run: str, text: str, at: int) -> bool:
        """Is a run, which stands at `at` in a text, no quotation of a word in capitals?"""
        before, behind = text[max(at - 1, 0) : at], text[at + 2 : at + 4]
        if len(run) != 2 or run[1] not in _SIGNS:
            return True
        if run[1] == "\u2019" and behind[:1] == "s" and not before.isalpha():
            return behind[1:].isalpha()  # or of a letter's plural
        return not before.isupper() or behind[:1].isalpha()

    def undone(self, run: str) -> str | None:
        """What a run of `strict` was, U+FFFD where that is not clear; None when it was no UTF-8."""
        meant = self.meanings(run)
        if meant is None:
            return None
        return "".join(part.meant[0] if len(part.meant) == 1 else LOST for part in meant)

    def meanings(self, run: str) -> list[Part] | None:
        """What each character of a run may have been; None when it was no UTF-8."""
        parts = []
        for unit in self._units(run):
            found = [
                letter + behind
                for data, behind in self._bytes_of(unit)
                if self._is_meant(letter := _decoded(data))
            ]
            if not found:
                return None
            lacks = "?" in unit or len(unit) < self._size(unit[0])
            is_open = lacks or " " in unit
            parts.append(Part(found + [unit] * is_open, lacks, is_open, unit[-1] == " "))
        return parts

    def _units(self, run: str) -> Iterator[str]:
        """What each character of a run was read as."""
        at = 0
        while at < len(run):
            size = self._size(run[at])
            end = at + 1
            if self._is_pair(run[at : at + 2 * size]):
                end = at + 2 * size
            while end < min(at + size, len(run)) and (run[end] in self.trails or run[end] in " ?"):
                end += 1
            yield run[at:end]
            at = end

    def _size(self, lead: str) -> int:
        """How many bytes a character has."""
        byte = self.codes[lead]
        return 2 + (byte >= _LEADS[1].start) + (byte >= _LEADS[2].start)

    def _is_meant(self, letter: str) -> bool:
        """Is it a character? C1 controls are, where text was misread twice on the web."""
        return letter != "" and (self.name == "cp1252" or not "\x80" <= letter < "\xa0")

    def _is_pair(self, units: str) -> bool:
        """Are two characters of three bytes a pair of surrogates, as in CESU-8?"""
        known = [self.codes.get(letter, 0) for letter in units]
        return (
            len(units) == 6
            and known[0] == known[3] == 0xED
            and known[1] & 0xF0 == 0xA0
            and known[4] & 0xF0 == 0xB0
        )

    def _bytes_of(self, unit: str) -> Iterator[tuple[bytes, str]]:
        """The bytes that a unit may stand for, and what is behind them."""
        size = self._size(unit[0])
        if len(unit) >= size:
            yield from ((bytes(data), "") for data in product(*map(self._bytes_for, unit)))
        else:
            if len(unit) == 1 and self.space is not None:
                yield bytes((self.codes[unit], self.space)), ""
            yield from ((data, "") for data in self._filled(unit))
        if unit[-1] in " ?" and len(unit) == size:  # what is gone is before it
            yield from ((data, unit[-1]) for data in self._filled(unit[:-1]))

    def _filled(self, unit: str) -> Iterator[bytes]:
        """What a unit may have been that a byte is gone from."""
        choices = [*map(self._bytes_for, unit)]
        for at in range(len(unit), 0, -1):
            yield from map(bytes, product(*choices[:at], self.gone, *choices[at:]))

    def _bytes_for(self, letter: str) -> tuple[int, ...]:
        if letter in (LOST, "?"):
            return self.lost
        return (self.space or 0 if letter == " " else self.codes[letter],)


def _decoded(data: bytes) -> str:
    """One character in UTF-8 or CESU-8; empty when it is none."""
    try:
        text = data.decode("utf-8", "surrogatepass")
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return ""


def _letters_of(name: str) -> list[str]:
    """The characters of the 256 bytes in a charset, empty where it has none."""
    letters = []
    for byte in range(0x100):
        try:
            letter = route(name).decode(bytes((byte,)), "strict")[0]
        except UnicodeError:
            letter = ""
        letters.append(letter if len(letter) == 1 else "")
    return letters


def _one_of(letters: frozenset[str] | list[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(letters)))}]"


def _alone(units: list[str]) -> re.Pattern[str]:
    """Matches characters of which none stands beside another letter beyond ASCII."""
    return re.compile(f"(?<![^\0-\x7f])(?:{'|'.join(units)})+(?![^\0-\x7f])")
