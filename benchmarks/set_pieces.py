"""Pieces of the texts of a pair, for the sets: pages, lines, capitals, markup, names, file names.

Each maker returns a text and its bytes; None where the pair has none such, as capitals of a script
without them.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import markup
import texts
from texts import Pair

FULL = 10_240


def need(pair: Pair) -> int:
    """How many bytes a piece must have that are not ASCII, or letters of its script."""
    if pair.ebcdic and pair.language in ("en", "nl"):
        return 0
    return 1 if pair.ebcdic or pair.seven_bit else 3


def _full(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
    return texts.piece(pair, rng, FULL, need(pair))


def _short(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
    return texts.piece(pair, rng, 200, need(pair))


def _tiny(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
    """Thirty bytes with three high ones or nothing: with less, no reader could tell either."""
    made = texts.piece(pair, rng, 30, need(pair))
    return made if made and pair.evidence(made[1], made[0]) >= need(pair) else None


def cut(pair: Pair, rng: random.Random, size: int) -> tuple[str, bytes] | None:
    """`size` bytes, of whatever length the set says."""
    least = min(need(pair), max(1, size // 10))
    made = texts.piece(pair, rng, size, least)
    return made if made and pair.evidence(made[1], made[0]) >= least else None


def _capitals(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
    if texts.script(pair.language) not in texts.CASED:
        return None
    return texts.piece(pair, rng, 200, need(pair), capitals=True)


def _html(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
    if pair.ebcdic:
        return None
    made = texts.piece(pair, rng, 300, need(pair))
    if made is None:
        return None
    page = markup.page(made[0].split(pair.newline), rng, 1300).replace("\n", pair.newline)
    try:
        return page, pair.charset.encode(page)
    except (UnicodeError, ValueError):
        return None


def _names(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
    names = pair.pool.names()
    if not names:
        return None
    cased = texts.script(pair.language) in texts.CASED
    best: tuple[str, bytes] | None = None
    most = 0
    for _ in range(12):
        lines: list[str] = []
        for _ in range(40):
            parts = [rng.choice(names) for _ in range(2 if cased else 1)]
            line = pair.written(" ".join(parts))
            # Half of the lines must show the language: a list of plain ASCII names tells nothing.
            if line is None or (len(lines) % 2 and line.isascii()):
                continue
            lines.append(line)
            if len(lines) == 10:
                break
        if not lines:
            continue
        text = pair.newline.join(lines) + pair.newline
        data = pair.charset.encode(text)
        count = pair.evidence(data, text)
        if count >= 3:
            return text, data
        if count > most:
            best, most = (text, data), count
    return best


def is_archive_pair(pair: Pair) -> bool:
    """What archives hold: neither mainframe text, nor escape sequences, nor other line ends."""
    return (
        pair.charset.group in ("cpython", "core")
        and not (pair.ebcdic or pair.seven_bit)
        and pair.newline == "\n"
    )


_ENDINGS = ("txt", "doc", "xls", "jpg", "mp3", "pdf", "zip", "htm", "rar", "avi", "png", "wav")


def _file_names(count: int) -> Callable[[Pair, random.Random], tuple[str, bytes] | None]:
    """`count` file names of one to three words; at least one has a non-ASCII character."""

    def make(pair: Pair, rng: random.Random) -> tuple[str, bytes] | None:
        words = pair.pool.names()
        if not words:
            return None
        for _ in range(8):
            lines: list[str] = []
            for _ in range(6 * count):
                name = " ".join(rng.choice(words) for _ in range(rng.randrange(1, 4)))
                line = pair.written(f"{name}.{rng.choice(_ENDINGS)}".replace("/", "-"))
                if line is not None:
                    lines.append(line)
                if len(lines) == count:
                    break
            text = "\n".join(lines)
            if lines and not text.isascii():
                return text, pair.charset.encode(text)
        return None

    return make


MAKERS: dict[str, Callable[[Pair, random.Random], tuple[str, bytes] | None]] = {
    "full": _full,
    "200": _short,
    "30": _tiny,
    "caps": _capitals,
    "html": _html,
    "names": _names,
    "group5": _file_names(5),
    "group20": _file_names(20),
    "group100": _file_names(100),
}
