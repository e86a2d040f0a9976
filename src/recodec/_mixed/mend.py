"""Text whose UTF-8 was read in another charset and saved again, as `CafÃ©` for `Café`.

Each line is mended by itself, for a file may hold garbled lines beside others. A reading is undone
where the language models find what was meant likelier, by more bits than chance gives away.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

from .._coding.route import route
from .._core import detection as core
from .._detection.detect import detect, detect_all
from .misread import LOST, Part, misreading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .misread import Misreading

__all__ = ["Mender", "mend"]

_DEPTH = 3  # times that text was misread at most
# Tenths of a bit that what was meant must save in a line. Pairs of Latin letters and signs are in
# no word; letters of other charsets do follow each other.
_SAVED = 40
_SAVED_BY_LETTERS = 250
_SAVED_BY_SIGNS = 500  # by signs alone, as in formulas
_STRANGE = 300  # and more where it is a lone letter of another script
_SPACES = 50  # what a no-break space costs more than a space
_LOST = 150  # what U+FFFD costs more than any letter
_RARE = 150  # spaces of other widths, marks, code points without a character:
_ODD = ("Cf", "Cn", "Co", "Lm", "Zs")
_AGREED = 100  # and so much less where the rest of the line was misread so, too
_WAYS = 32  # in which lost bytes of some words are restored at once
_OTHER_LANGUAGE = 60  # what words cost more in another language than the line
_TOLD = 24  # characters that tell a language well enough
_AROUND = 24  # characters beside them that are weighed, too
_CLEAR = 40  # by so much one character is likelier than others that a lost byte leaves open
_KEPT = 60  # what it costs that a part of a word was not misread where another was
_SURE = 0.7  # that what holds C1 controls is in another charset than ISO 8859-1,
_MAY_BE = 0.03  # and that it is in windows-1252, which is misread so by far the most
_CHARSETS = (
    "cp1252", "cp1251", "cp1250", "mac-roman", "cp437", "cp850", "koi8-r", "cp866", "cp852",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859-2",
    "mac-cyrillic",
)  # fmt: skip
_GRAVE = "\u00c3"  # with a space behind it, `à` by itself
_QUOTE = "\u00e2\u20ac"  # what quotes, dashes and the ellipsis begin with
_SPACE = re.compile("[ \t\r\n]")
_RUNS = re.compile("[^\0-\x7f]{2,}")
_WORD = re.compile("[A-Za-z]{3}")  # beside it, signs are no formula
_LINES = re.compile("[^\n]*\n|[^\n]+")
# Characters of a line that is not looked at whole, but in parts: up to a space; where there is none
# in so many more, up to what no misread character goes on behind; and where that does not come in
# twice as many either, up to where one may begin.
_LONG = 1 << 20
_NEAR = 32  # characters before that end in which one begins
_CONTROLS = re.compile("[\x80-\x9f]")
_NEXT_LINE = re.compile("\x85[^\\s\"'\xbb\u201d\x94).,!?\x85]")  # where it is no ellipsis


def mend(text: str) -> str:
    """Repairs text that was decoded in another charset than it was in, and saved again.

    Each line that was UTF-8 may have been misread in another of the charsets that programs take for
    granted (windows-1252 and ISO 8859-1, windows-1251, Mac Roman, code page 437 ...), up to three
    times or not at all. Bytes that the charset does not define may have become U+FFFD or question
    marks or be gone, as soft hyphens may (`paÃs` for `país`), and no-break spaces may be spaces: a
    lost character is restored where one is clearly likelier than all others. Lines with C1 controls
    were read in ISO 8859-1, and become what detection finds. Other text is returned unchanged.

    Raises TypeError for bytes.
    """
    if not isinstance(text, str):
        raise TypeError(f"mend() takes str, not {type(text).__name__}; decode() gives text")
    if text.isascii():
        return text
    return "".join([_line(part) for line in _LINES.findall(text) for part in _parts(line)])


def _parts(line: str) -> Iterator[str]:
    start = 0
    while len(line) - start > _LONG:
        end = line.find(" ", start + _LONG, start + 2 * _LONG) + 1
        if not end:
            match = _elsewhere().search(line, start + 2 * _LONG, start + 4 * _LONG)
            if match is None and len(line) - start < 4 * _LONG:
                break
            end = match.end() if match is not None else _begins(line, start + 4 * _LONG)
        yield line[start:end]
        start = end
    yield line[start:]


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """A character that is in no misread one, such as those of ASCII."""
    letters = frozenset().union(*_ends_of_runs()) - frozenset(map(chr, range(0x80)))
    return re.compile(f"[^{''.join(sorted(letters))}]")


def _begins(line: str, end: int) -> int:
    """Where before `end` a misread character may begin: in a charset that all may be in there."""
    lead, trail, *_ = _ends_of_runs()
    near = range(end - _NEAR, end)
    maybe = -1
    for at in near:
        maybe &= lead.get(line[at], 0) | trail.get(line[at], 0)
    for at in reversed(near):
        if maybe & lead.get(line[at], 0) & trail.get(line[at - 1], 0):
            return at
    return end


class Mender:
    """The same for text that comes in pieces; any cutting gives the text of one piece."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0

    def feed(self, text: str, final: bool) -> str:
        """Mends the lines that are whole by now; all of the text when `final`."""
        self._held.append(text)
        self._size += len(text)
        is_long = self._size > _LONG and (
            " " in text
            or self._size >= 4 * _LONG
            or (self._size > 2 * _LONG and _elsewhere().search(text) is not None)
        )
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
    if line.isascii():
        return line
    controls = _CONTROLS.search(line) is not None
    if controls:
        line = _from_latin1(line)
    for _ in range(_DEPTH):
        better = _once(line)
        if better == line:
            break
        line = better
    return _CONTROLS.sub(_sign_of, line) if controls and not _ends_lines(line) else line


def _once(line: str) -> str:
    """The line as it was before the last misreading."""
    maybe = _maybe(line)
    best, most = line, 0
    for number, name in enumerate(_CHARSETS):
        if maybe >> number & 1:
            found, saved = _undo(line, misreading(name))
            if saved > most:
                best, most = found, saved
    return best


def _maybe(line: str) -> int:
    """The charsets that a run of the line may be a misreading in, as bits.

    Most runs of most texts are none by their ends, so that no charset has to look at the line.
    """
    lead, trail, cut, gap = _ends_of_runs()
    maybe = 0
    for match in _RUNS.finditer(line):
        run, end = match.group(), match.end()
        last = trail.get(run[-1], 0)
        if end == len(line) or line[end] in " \r\n":  # a no-break space may have become a space
            last |= cut.get(run[-1], 0)
        first = lead.get(run[0], 0)
        maybe |= first & trail.get(run[1], 0) & last
        if first & (gap.get(run[1], 0) | gap.get(run[-1], 0)):  # a byte may be gone
            maybe |= first & gap.get(run[0], 0) & _some_trail(run, trail)
    return maybe | (_GRAVE in line)


def _some_trail(run: str, trail: dict[str, int]) -> int:
    """The charsets in which some character of a run is a trail byte."""
    maybe = 0
    for letter in run:
        maybe |= trail.get(letter, 0)
    return maybe


@lru_cache(maxsize=1)
def _ends_of_runs() -> tuple[dict[str, int], ...]:
    """The charsets, as bits, in which a character is a lead byte of UTF-8, and a trail byte.

    Then those in which it is a lead byte whose trail byte may have become a space, and those in
    which a trail byte may be gone.
    """
    lead: dict[str, int] = {}
    trail: dict[str, int] = {}
    cut: dict[str, int] = {}
    gap: dict[str, int] = {}
    for number, name in enumerate(_CHARSETS):
        charset = misreading(name)
        none: frozenset[str] = frozenset()
        for known, letters in (
            (lead, charset.leads),
            (trail, charset.trails),
            (cut, charset.leads if charset.space is not None else none),
            (gap, charset.leads if charset.gone else none),
        ):
            for letter in letters:
                known[letter] = known.get(letter, 0) | 1 << number
    return lead, trail, cut, gap


class _Words:
    """Some words of a line with runs that may be misread, up to the spaces around them."""

    __slots__ = ("begin", "end", "lead", "meant", "parts", "telling", "whole")

    def __init__(self, begin: int) -> None:
        self.begin = self.end = begin
        self.parts: list[Part] = []  # what each part of them may have been
        self.meant = ""  # what the runs were, where that is known
        self.lead = ""  # what the first run begins with
        self.telling = False  # see _is_telling()
        self.whole = False  # is there a character that lacks no byte?

    def add(self, line: str, match: re.Match[str], parts: list[Part]) -> None:
        """Adds a run, and the text before it."""
        self.parts += [Part([line[self.end : match.start()]]), *parts]
        self.meant += "".join(part.meant[0] for part in parts if len(part.meant) == 1)
        self.lead = self.lead or match.group()[0]
        self.whole |= not all(part.lacks for part in parts)
        self.end = match.end()

    def known(self) -> str:
        """The words without what was lost."""
        return "".join(part.meant[0] for part in self.parts if len(part.meant) == 1)

    def close(self, line: str) -> None:
        """Adds what stands between the last run and the next space."""
        space = _SPACE.search(line, self.end)
        end = space.start() if space else len(line)
        self.parts.append(Part([line[self.end : end]]))
        self.end = end

    def settled(self, language: int) -> str:
        """The words with one meaning for each part: U+FFFD where none of several is clear."""
        state = [
            part.meant[0] if len(part.meant) == 1 or not part.meant[0] else LOST
            for part in self.parts
        ]
        left = [at for at, part in enumerate(self.parts) if len(part.meant) > 1]
        while left:
            some, left = self._some_of(left)
            before = "".join(state[max(some[0] - _AROUND, 0) : some[0]])[-_AROUND:]
            behind = "".join(state[some[-1] + 1 : some[-1] + 1 + _AROUND])[:_AROUND]
            ways = list(product(*(self.parts[at].meant for at in some)))
            texts = []
            for way in ways:
                for at, letter in zip(some, way, strict=True):
                    state[at] = letter
                texts.append("".join((before, *state[some[0] : some[-1] + 1], behind)))
            costs = [
                cost + sum(map(_oddity, way)) + self._kept(some, way)
                for cost, way in zip(_costs(texts, language), ways, strict=True)
            ]
            for at, letter in zip(some, self._clear(some, ways, costs), strict=True):
                state[at] = letter
        return "".join(state)

    def _kept(self, some: list[int], way: tuple[str, ...]) -> int:
        """What it costs that parts of words that were misread are what they say."""
        pairs = zip((self.parts[at] for at in some), way, strict=True)
        return _KEPT * self.whole * sum(p.is_open and letter == p.meant[-1] for p, letter in pairs)

    def _clear(self, some: list[int], ways: list[tuple[str, ...]], costs: list[int]) -> list[str]:
        """The parts of the cheapest way, and what there is to say where others are near."""
        ranks = sorted(zip(costs, range(len(ways)), strict=True))
        near = [ways[n] for cost, n in ranks if cost < ranks[0][0] + _CLEAR]
        letters = []
        for n, at in enumerate(some):
            part = self.parts[at]
            if part.is_first and any(way[n] == part.meant[0] for way in near):
                near = [way for way in near if way[n] == part.meant[0]]
            if not part.meant[0] or all(way[n] == near[0][n] for way in near):
                letters.append(near[0][n])
            else:
                letters.append(part.meant[-1] if part.is_open else LOST)
        return letters

    def _some_of(self, left: list[int]) -> tuple[list[int], list[int]]:
        """The parts that are settled together, and those that are behind them."""
        count, ways = 0, 1
        while count < len(left) and (ways := ways * len(self.parts[left[count]].meant)) <= _WAYS:
            count += 1
        count = max(count, 1)
        return left[:count], left[count:]


def _words_of(line: str, charset: Misreading) -> list[_Words]:
    """The words with runs that may be misread in a charset."""
    found: list[_Words] = []
    for match in charset.loose.finditer(line):
        run = match.group()
        parts = charset.meanings(run)
        if parts is None:
            continue
        begin, least = match.start(), found[-1].end if found else 0
        while begin > least and not _SPACE.match(line, begin - 1):
            begin -= 1
        if not found or begin > least:
            if found:
                found[-1].close(line)
            found.append(_Words(begin))
        words = found[-1]
        words.telling |= _is_telling(line, match, parts, charset)
        if run[-1] in charset.leads and line[match.end() : match.end() + 1] in ("", "\r", "\n"):
            parts[-1] = parts[-1]._replace(is_first=True)  # no-break spaces are trimmed soonest
        if run[-1] == " " and line[match.end() : match.end() + 1].isalnum():
            parts.append(Part(["", " "], lacks=True))  # of two spaces one may be left
        words.add(line, match, parts)
    if found:
        found[-1].close(line)
    return found


def _is_telling(line: str, match: re.Match[str], parts: list[Part], charset: Misreading) -> bool:
    """Does a run say by itself that it was misread, what may be what it says aside?"""
    run = match.group()
    if not charset.may_be(run, line, match.start()):
        return False
    if charset.name == "cp1252" and run == _GRAVE + " ":
        return not line[match.end() : match.end() + 2].strip()[:1].isupper()
    unclear = sum(part.is_open for part in parts)
    if unclear == 0 or len(parts) > unclear + 1:
        return True
    before, behind = line[max(match.start() - 1, 0) : match.start()], line[match.end() :]
    if charset.name == "cp1252" and run.rstrip("?") == _GRAVE:  # no word has it inside or in front
        return before.islower() or (not before.isalnum() and behind[:1].islower())
    return run.startswith(_QUOTE)


def _undo(line: str, charset: Misreading) -> tuple[str, int]:
    """The line with the words mended that are likelier so, and the tenths of a bit it saves."""
    words = _words_of(line, charset)
    if not any(some.telling for some in words):
        return line, 0
    language = 0
    if any(len(part.meant) > 1 for some in words for part in some.parts):
        language = _language_of(_put(line, [(some, some.known()) for some in words]))
    mended = [some.settled(language) for some in words]
    old = _costs([line[some.begin : some.end] for some in words])
    saved = [before - after for before, after in zip(old, _costs(mended), strict=True)]
    for n, some in enumerate(words):
        if not some.whole and (saved[n] < _SAVED or LOST in mended[n]):
            saved[n] = -_AGREED  # a letter that stands for itself, or nothing that is clear
    sure = [n for n, some in enumerate(words) if some.telling and saved[n] > 0]
    evidence = sum(saved[n] for n in sure)
    meant = "".join(words[n].meant for n in sure)
    if len(meant) == 1 and meant > "\u024f" and not "\u1e00" <= meant < "\u2c00":
        evidence -= _STRANGE
    evidence -= sum(map(_oddity, meant))
    if evidence < _least(line, charset, [words[n] for n in sure]):
        return line, 0
    gains = zip(words, mended, saved, strict=True)
    return _put(line, [(some, text) for some, text, gain in gains if gain > -_AGREED]), evidence


def _put(line: str, words: list[tuple[_Words, str]]) -> str:
    """The line with a text in place of some words."""
    pieces, at = [], 0
    for some, text in words:
        pieces += [line[at : some.begin], text]
        at = some.end
    return "".join([*pieces, line[at:]])


def _least(line: str, charset: Misreading, words: list[_Words]) -> int:
    """What must be saved: signs are in no word, but letters of other charsets follow each other."""
    signs = not any(some.lead.isalpha() for some in words)
    beside = any(
        part.meant[0].isalpha() for some in words for part in some.parts[:: len(some.parts) - 1]
    )
    if charset.name == "cp1252" or (signs and (beside or _WORD.search(line))):
        return _SAVED
    return _SAVED_BY_SIGNS if signs else _SAVED_BY_LETTERS


def _language_of(text: str) -> int:
    """The number of a text's language; 0 where it is not known."""
    if len(text) < _TOLD:
        return 0
    found = detect(text.encode("utf-8", "surrogatepass")).language
    return core.language_names().index(found) if found else 0


def _costs(texts: list[str], language: int = 0) -> list[int]:
    """What some words cost, U+FFFD as much as some letter.

    The models read words with a character beyond ASCII: others are tied to them by no-break spaces.
    """
    tied = "\n".join(texts).replace(" ", "\xa0")
    weighed = core.weigh_lines(tied, [language, 0], len(texts))
    pairs = zip(texts, weighed[::2], weighed[1::2], strict=True)
    return [
        min(cost, other + _OTHER_LANGUAGE) - _SPACES * text.count(" ") - _LOST * text.count(LOST)
        for text, cost, other in pairs
    ]


def _oddity(letter: str) -> int:
    """What a character costs more that was lost: spaces of other widths and marks are rare."""
    return _RARE if letter > "\xad" and unicodedata.category(letter[0]) in _ODD else 0


def _ends_lines(line: str) -> bool:
    """Is NEL all that there is of C1 controls, and stands where lines may end?"""
    return set(_CONTROLS.findall(line)) == {"\x85"} and _NEXT_LINE.search(line) is not None


def _from_latin1(line: str) -> str:
    """The line in the charset that it was in, where C1 controls say it was read in ISO 8859-1."""
    if _ends_lines(line) or "\0" in line:
        return line
    try:
        data = line.encode("latin-1")
    except UnicodeEncodeError:
        return line
    found = detect_all(data)
    if not found or found[0].confidence < _SURE:
        return line
    if any(some.encoding == "cp1252" and some.confidence >= _MAY_BE for some in found):
        return _CONTROLS.sub(_sign_of, line)
    try:
        text = route(found[0].encoding).decode(data, "strict")[0]
    except UnicodeError:
        return line
    return text if text.count("\n") == line.count("\n") else line


def _sign_of(match: re.Match[str]) -> str:
    """What a C1 control is in windows-1252."""
    return misreading("cp1252").letters[ord(match.group())]
