"""The coverage sets: dev text in every charset of the registry, at 200 bytes and at 2 KB.

Unlike the other sets these are written and read with recodec's own codecs: most of the charsets are
known to nobody else. They say how much of the registry detection reaches, not how well recodec
does beside others. A text is what the charset can hold: lines of a language that it was used for,
or the charset that it is a form of, or else of languages whose letters it has; in full width where
it has only two-byte codes, in half-width katakana where it has only these. A charset that is told
by a few signs gets a line with them.
"""

from __future__ import annotations

import functools
import random
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import recodec

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SIZES = {"registry200": 200, "registry2k": 2000}
PIECES = 2  # of each language
LANGUAGES = 3  # of each charset
SAMPLE = 30  # lines that say whether a charset can hold a language
ENOUGH = 0.3  # of them
TRIES = 400  # lines looked at for a piece
LONGEST = 300  # characters of a line

# Languages of those that the registry gives none, and no relative that has some.
_LANGUAGES = {
    "cp290": "ja", "cp5123": "ja", "cp8482": "ja", "cp300": "ja", "cp16684": "ja", "cp834": "ko",
    "jisx0208": "ja", "jisx0212": "ja", "gb2312-raw": "zh-Hans", "ksc5601-raw": "ko",
    "iso-6937": "fr cs de", "iso-6937-2": "fr cs de", "t.61-8bit": "fr cs de",
    "ansi-x3.110": "fr es de",
    "scsu": "ru ja fr", "bocu-1": "ru ja fr", "utf-ebcdic": "ru ja fr", "utf-7-imap": "ru ja fr",
    "c99": "ru ja fr", "java": "ru ja fr", "cp948": "zh-Hant", "latin-greek": "el",
    "compound-text": "ru ja fr",
}  # fmt: skip

_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_SIGNS = (
    "100 €", "[1]", "$25", "£25", "25 ₺", "25 ₪", "25 ₯", "25 ₧", "¥2500", "№ 1", "«a»", "“a”",
    "a \u2013 b", "§ 5", "¢ 5", "¢ 5 ¦ ¬ 5", "`a`",
)  # fmt: skip


class Piece(NamedTuple):
    """One text and its bytes."""

    charset: str
    language: str
    text: str
    data: bytes


def _half_width() -> dict[int, str]:
    table = {}
    for code in range(0xFF61, 0xFFA0):
        table[ord(unicodedata.normalize("NFKC", chr(code)))] = chr(code)
    for code in range(0x30A1, 0x30FA):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) == 2 and ord(parts[0]) in table:
            mark = "\uff9e" if parts[1] == "\u3099" else "\uff9f"
            table[code] = table[ord(parts[0])] + mark
    for code in range(0x3041, 0x3097):
        table[code] = table.get(code + 0x60, "")
    return table


_HALF = _half_width()


def in_katakana(line: str) -> str:
    """The kana of a line, in half width, with its spaces and digits; empty where it has no kana."""
    if not any(ord(char) in _HALF for char in line):
        return ""
    kept = (char for char in line if ord(char) in _HALF or char == " " or char in "0123456789")
    return "".join(kept).translate(_HALF)


def without_accents(line: str) -> str:
    """The letters of a line without their marks."""
    return "".join(c for c in unicodedata.normalize("NFD", line) if not unicodedata.combining(c))


def without_acutes(line: str) -> str:
    """A Spanish line with the tildes of its letters alone."""
    kept = (char for char in unicodedata.normalize("NFD", line) if char not in "\u0301\u0308")
    return unicodedata.normalize("NFC", "".join(kept))


def letters_alone(line: str) -> str:
    """The letters of a line without their marks, and its spaces."""
    return "".join(char for char in without_accents(line) if char.isalpha() or char == " ")


# What lines are made into for charsets that lack some marks, or signs and digits.
_MADE = {
    "greek7": without_accents, "greek7-old": without_accents, "greek-ccitt": without_accents,
    "latin-greek": lambda line: without_accents(line).upper(), "iso-5428": letters_alone,
    "iso646-es": without_acutes, "iso646-es2": without_acutes, "nc-nc00-10": without_acutes,
}  # fmt: skip


def encoded(text: str, charset: str) -> bytes | None:
    """The bytes, None where the charset has not all the characters or no codec."""
    try:
        return recodec.encode(text, charset)
    except (UnicodeError, recodec.RecodecError):
        return None


def decoded(data: bytes, charset: str) -> str | None:
    """What an answer reads, None where it does not decode."""
    try:
        return recodec.decode(data, charset).text
    except (UnicodeError, recodec.RecodecError):
        return None


@functools.cache
def rows() -> dict[str, dict[str, Any]]:
    """The registry's own file, by name."""
    path = Path(__file__).resolve().parent.parent / "native" / "gen" / "charsets.toml"
    with path.open("rb") as file:
        return {row["name"]: row for row in tomllib.load(file)["charset"]}


def heads_of(charset: str) -> tuple[str, ...]:
    """What text in a charset of single bytes is taken for where its own signs are missing."""
    row = rows()[charset]
    found = row.get("twin_of", ()) if row["kind"] == "single" else ()
    return tuple(found)


def languages_of(charset: str) -> tuple[str, ...]:
    """What it, or the first charset that the registry says it is a form of, was used for."""
    if charset in _LANGUAGES:
        return tuple(_LANGUAGES[charset].split())
    row = rows()[charset]
    relatives = [charset, *row.get("twin_of", ()), row.get("superset", "")]
    relatives += [word.rstrip(":,.") for word in str(row.get("undetected", "")).split()]
    for name in relatives:
        found = tuple(rows()[name]["languages"]) if name in rows() else ()
        if found:
            return found
    return ()


class Coverage:
    """Makes the pieces of each charset out of the dev texts in `shared`."""

    def __init__(self, shared: Path, seed: int = 1) -> None:
        self._folder = shared / "corpora" / "dev"
        self._seed = seed
        self._tags = sorted(path.name for path in self._folder.iterdir() if path.is_dir())

    @functools.cache  # noqa: B019 -- one object for a run
    def _lines(self, language: str) -> list[str]:
        lines: list[str] = []
        for path in sorted((self._folder / language).glob("*.txt")):
            found = (line[:LONGEST] for line in path.read_text("utf-8").split("\n") if line)
            lines += list(found)[:400]
        random.Random(f"{self._seed} {language}").shuffle(lines)
        return lines

    def _forms(self, charset: str) -> list[Callable[[str], str]]:
        if charset in _MADE:
            return [_MADE[charset]]
        if encoded("a", charset) is not None:
            return [str, in_katakana] if encoded("ｱ", charset) is not None else [str]
        return [lambda line: line.translate(_FULL), in_katakana, str.upper]

    def _fits(self, charset: str, language: str, form: Callable[[str], str]) -> float:
        lines = [line for line in self._lines(language) if not line.isascii()][:SAMPLE]
        held = sum(bool(form(line)) and encoded(form(line), charset) is not None for line in lines)
        return held / max(1, len(lines))

    def languages(self, charset: str) -> list[tuple[str, Callable[[str], str]]]:
        """Languages to write in a charset, with what their lines are made into."""
        named = [tag for tag in languages_of(charset) if tag in self._tags]
        for form in self._forms(charset):
            tags = named or self._tags
            rated = sorted((-self._fits(charset, tag, form), tag) for tag in tags)
            fits = [(tag, form) for share, tag in rated if -share >= ENOUGH]
            if fits:
                return fits[:LANGUAGES]
        return []

    def _signs(self, charset: str, heads: tuple[str, ...]) -> list[str]:
        """Signs that no charset which the text is first taken for reads so."""
        found: list[str] = []
        if not heads:
            return found
        for sign in _SIGNS:
            data = encoded(sign, charset)
            if data is not None and all(decoded(data, head) != sign for head in heads):
                found.append(sign)
        return found

    def piece(
        self, charset: str, language: str, form: Callable[[str], str], size: int, number: int
    ) -> Piece | None:
        """A text of about `size` bytes; None where no line can be written."""
        rng = random.Random(f"{self._seed} {charset} {language} {size} {number}")
        lines = self._lines(language)
        at = rng.randrange(len(lines))
        text, data = "", b""
        end = "\n" if encoded("\n", charset) is not None else ""
        for step in range(TRIES):
            line = form(lines[(at + step) % len(lines)])
            if line and encoded(line, charset) is not None:
                more = encoded(text + line + end, charset)
                if more is not None:
                    text, data = text + line + end, more
                if len(data) >= size:
                    break
        for sign in self._signs(charset, heads_of(charset)):
            more = encoded(f"{text.rstrip()} {sign} ", charset) if text else None
            if more is not None:
                text, data = f"{text.rstrip()} {sign} ", more
        # Vowel signs and marks come back in the order and the form that the charset has them in.
        return Piece(charset, language, decoded(data, charset) or text, data) if data else None

    def pieces(self, charset: str, size: int) -> list[Piece]:
        """All texts in a charset; empty where none can be written."""
        found = []
        for language, form in self.languages(charset):
            for number in range(PIECES):
                piece = self.piece(charset, language, form, size, number)
                if piece is not None:
                    found.append(piece)
        return found
