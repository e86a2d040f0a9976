"""Text whose UTF-8 was read in another charset and saved again, as `CafÃ©` for `Café`.

Each line is mended by itself, for a file may hold garbled lines beside others. A reading is undone
where the language models find what was meant likelier, by more bits than chance gives away.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .._coding.route import route
from .._core import detection as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Mender", "mend", "misreading", "undone"]

_QUOTES = "\u00ab\u00bb\u2018\u2019\u201c\u201d\u201e\u2039\u203a"
_DEPTH = 3  # times that text was misread at most
# Tenths of a bit that what was meant must save in a line. Pairs of Latin letters and signs are in
# no word; letters of other charsets do follow each other.
_SAVED = {"cp1252": 40, "iso8859-1": 40}
_SAVED_ELSE = 250
_CHARSETS = (
    "cp1252", "iso8859-1", "cp1251", "cp1250", "mac-roman", "cp437", "cp850", "koi8-r", "cp866",
    "cp852", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859-2",
)  # fmt: skip
_WORDS = re.compile("[^ \t\r\n]*[^\0-\x7f][^ \t\r\n]*")
_RUNS = re.compile("[^\0-\x7f]{2,}")
_LEAD = slice(0xC2, 0xF5)
_TRAIL = slice(0x80, 0xC0)
_LINES = re.compile("[^\n]*\n|[^\n]+")
_LONG = 1 << 20  # characters of a line that is not looked at whole, but in parts up to a space


def mend(text: str) -> str:
    """Repairs text that was UTF-8, was decoded in another charset by mistake, and saved again.

    Each line may have been misread in another of the charsets that programs take for granted
    (windows-1252 and ISO 8859-1, windows-1251, Mac Roman, code page 437 ...), up to three times or
    not at all. Other text is returned unchanged.

    Raises TypeError for bytes.
    """
    if not isinstance(text, str):
        raise TypeError(f"mend() takes str, not {type(text).__name__}; decode() gives text")
    if text.isascii():
        return text
    return "".join([_line(part) for line in _LINES.findall(text) for part in _parts(line)])


def _parts(line: str) -> Iterator[str]:
    start = 0
    while (end := line.find(" ", start + _LONG) + 1) > 0:
        yield line[start:end]
        start = end
    yield line[start:]


class Mender:
    """The same for text that comes in pieces; any cutting gives the text of one piece."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0

    def feed(self, text: str, final: bool) -> str:
        """Mends the lines that are whole by now; all of the text when `final`."""
        self._held.append(text)
        self._size += len(text)
        is_long = self._size > _LONG and " " in text
        if not (final or is_long or "\n" in text):
            return ""
        whole = "".join(self._held)
        end = len(whole)
        if not final:
            last = whole.rfind("\n") + 1
            *_, rest = _parts(whole[last:])
            end -= len(rest)
        self._held = [whole[end:]]
        self._size = len(whole) - end
        return mend(whole[:end])


def _line(line: str) -> str:
    for _ in range(_DEPTH):
        better = _once(line)
        if better == line:
            break
        line = better
    return line


def _once(line: str) -> str:
    """The line as it was before the last misreading."""
    maybe = _maybe(line)
    if not maybe:
        return line
    best, most = line, 0
    for number, name in enumerate(_CHARSETS):
        if not maybe >> number & 1 or misreading(name).search(line) is None:
            continue
        found, saved = _undo_words(line, name)
        if saved >= _SAVED.get(name, _SAVED_ELSE) and saved > most:
            best, most = found, saved
    return best


def _maybe(line: str) -> int:
    """The charsets that a run of the line may be a misreading in, as bits.

    Most runs of most texts are none by their ends, so that no charset has to look at the line.
    """
    if line.isascii():
        return 0
    lead, trail = _ends_of_runs()
    maybe = 0
    for run in _RUNS.findall(line):
        maybe |= lead.get(run[0], 0) & trail.get(run[1], 0) & trail.get(run[-1], 0)
    return maybe


@lru_cache(maxsize=1)
def _ends_of_runs() -> tuple[dict[str, int], dict[str, int]]:
    """The charsets, as bits, in which a character is a lead byte of UTF-8, and a trail byte."""
    lead: dict[str, int] = {}
    trail: dict[str, int] = {}
    for number, name in enumerate(_CHARSETS):
        letters = _letters_of(name)
        for known, part in ((lead, letters[_LEAD]), (trail, letters[_TRAIL])):
            for letter in part:
                known[letter] = known.get(letter, 0) | 1 << number
    return lead, trail


def _undo_words(line: str, name: str) -> tuple[str, int]:
    """The line with the words mended that are likelier so, and the tenths of a bit it saves."""
    pattern = misreading(name)

    def meant(match: re.Match[str]) -> str:
        found = undone(match.group(), name, match.string[max(match.start() - 1, 0) : match.start()])
        return match.group() if found is None else found

    words = [
        (match, mended)
        for match in _WORDS.finditer(line)
        if (mended := pattern.sub(meant, match.group())) != match.group()
    ]
    old = core.weigh_lines("\n".join(match.group() for match, _ in words), [0], len(words))
    new = core.weigh_lines("\n".join(mended for _, mended in words), [0], len(words))
    pieces, at, saved = [], 0, 0
    for (match, mended), before, after in zip(words, old, new, strict=True):
        if after < before:
            pieces += [line[at : match.start()], mended]
            at = match.end()
            saved += before - after
    return "".join([*pieces, line[at:]]), saved


@lru_cache(maxsize=32)
def _letters_of(name: str) -> list[str]:
    """The characters of the 256 bytes in a charset; where it has none the C1 control.

    That is how the web reads the five undefined bytes of windows-1252.
    """
    letters = []
    for byte in range(0x100):
        try:
            letter = route(name).decode(bytes((byte,)), "strict")[0]
        except UnicodeError:
            letter = ""
        letters.append(letter if len(letter) == 1 else chr(byte))
    return letters


@lru_cache(maxsize=32)
def _codes_of(name: str) -> dict[str, int]:
    """The bytes of the characters in a charset."""
    return {letter: byte for byte, letter in enumerate(_letters_of(name))}


@lru_cache(maxsize=32)
def misreading(name: str) -> re.Pattern[str]:
    """Matches runs of UTF-8 that were read in a single-byte charset, by lead and trail bytes."""
    letters = _letters_of(name)
    lead = "".join(map(re.escape, letters[_LEAD]))
    trail = "".join(map(re.escape, letters[_TRAIL]))
    # Nothing else beyond ASCII may touch it: a letter between guillemets looks like a pair.
    return re.compile(f"(?<![^\0-\x7f])(?:[{lead}][{trail}]{{1,3}})+(?![^\0-\x7f])")


def undone(run: str, name: str, before: str = "") -> str | None:
    """What `run` was before its UTF-8 was read in the charset `name`; None when it was not.

    `before` is the character that stands before it.
    """
    if len(run) == 2 and run[1] in _QUOTES and before.isupper():
        return None  # the end of a quotation in capitals
    codes = _codes_of(name)
    try:
        return bytes(codes[letter] for letter in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
