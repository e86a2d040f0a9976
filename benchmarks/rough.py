"""Inputs that are hardly text: lists of word fragments, and noise.

Fragments are what hyphenation patterns, affix tables and lists of stems hold: every letter is of
the language, hardly a word is. Noise is in no encoding at all; calling it text is never right, and
how surely it is called so is what the set measures.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import texts
from texts import Pair, Pool

_WORD = re.compile(r"[^\W\d_]{3,}")
_LINES = 4000  # of each file that words are taken from
_ENTRIES = (4, 12, 40, 150, 600)
_NOISE_BYTES = (3, 4, 5, 6, 8, 10, 12, 16, 24, 30, 60, 200, 1000)
_SMALL = b"abcdefghijklmnopqrstuvwxyz "
_PRINTABLE = bytes((*range(0x20, 0x7F), *range(0xA0, 0x100)))


def words(pool: Pool) -> list[str]:
    """The words of a language that are written without spaces inside."""
    found = {
        match[0].lower()
        for lines in pool.files
        for line in lines[:_LINES]
        for match in _WORD.finditer(line)
    }
    return sorted(found)


def hyphenation(words: list[str], rng: random.Random, entries: int) -> str:
    """Patterns of a few letters with digits between them, dots at word ends."""
    found = set()
    for _ in range(entries):
        word = rng.choice(words)
        size = rng.randint(2, 4)
        start = rng.randrange(max(1, len(word) - size + 1))
        piece = word[start : start + size]
        at = rng.randint(0, len(piece))
        pattern = piece[:at] + rng.choice("1122345") + piece[at:]
        front = "." if start == 0 and rng.random() < 0.6 else ""
        end = "." if start + size >= len(word) and rng.random() < 0.6 else ""
        found.add(front + pattern + end)
    return "\n".join(sorted(found)) + "\n"


def affixes(words: list[str], rng: random.Random, entries: int) -> str:
    """Rules of a spelling checker: what is taken off, what is put on, and after what."""
    out = []
    for group in range(max(1, entries // 12)):
        flag = chr(ord("A") + group % 26)
        out.append(f"SFX {flag} Y 12")
        for _ in range(12):
            end = rng.choice(words)[-rng.randint(1, 3) :]
            new = rng.choice(words)[-rng.randint(1, 4) :]
            strip = end if rng.random() < 0.6 else "0"
            after = f"[^{end[0]}{new[0]}]{end}" if rng.random() < 0.4 else end
            out.append(f"SFX {flag}   {strip}   {new}   {after}")
    return "\n".join(out) + "\n"


def stems(words: list[str], rng: random.Random, entries: int) -> str:
    """Beginnings of words with the letters of their rules."""
    return "".join(
        f"{rng.choice(words)[: rng.randint(2, 6)]}/"
        f"{''.join(rng.sample('ABCDEFGHIJKLMN', rng.randint(1, 4)))}\n"
        for _ in range(entries)
    )


def syllables(words: list[str], rng: random.Random, entries: int) -> str:
    """One to three letters a line, in order."""
    found = set()
    for _ in range(entries):
        word = rng.choice(words)
        start = rng.randrange(len(word))
        found.add(word[start : start + rng.randint(1, 3)])
    return "\n".join(sorted(found)) + "\n"


def abbreviations(words: list[str], rng: random.Random, entries: int) -> str:
    """Words without most of their vowels."""
    vowels = str.maketrans("", "", "aeiouyаеиоуыяюэёαεηιουω")  # noqa: RUF001
    return ", ".join(rng.choice(words).translate(vowels) + "." for _ in range(entries)) + "\n"


FRAGMENTS = (hyphenation, affixes, stems, syllables, abbreviations)


def fragments(pair: Pair, words: list[str], rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """One list of each kind, as (kind, bytes), where the charset can hold it."""
    for make in FRAGMENTS:
        made = make(words, rng, rng.choice(_ENTRIES))
        lines = filter(None, map(pair.written, made.split("\n")))
        try:
            data = pair.charset.encode("\n".join(lines) + "\n")
        except (UnicodeError, ValueError):
            continue
        if not data.isascii():
            yield make.__name__, data


def has_words(language: str) -> bool:
    """Are the words of a language made of letters that fragments can be made of?"""
    return texts.script(language) not in ("Jpan", "Kore", "Hans", "Hant")


NOISE: dict[str, Callable[[random.Random, int], bytes]] = {
    "bytes": lambda rng, size: rng.randbytes(size),
    "high": lambda rng, size: bytes(rng.randrange(0x80, 0x100) for _ in range(size)),
    "printable": lambda rng, size: bytes(rng.choices(_PRINTABLE, k=size)),
    "letters": lambda rng, size: bytes(
        rng.choice(_SMALL) if rng.random() < 0.7 else rng.randrange(0xC0, 0x100)
        for _ in range(size)
    ),
}  # fmt: skip


def noise(rng: random.Random, each: int) -> Iterator[tuple[str, bytes]]:
    """Random bytes of some kinds and lengths that are no ASCII, `each` of them."""
    for size in _NOISE_BYTES:
        for kind, make in NOISE.items():
            for number in range(each):
                data = make(rng, size)
                if not data.isascii():
                    yield f"{kind}/{size}/{number}", data
