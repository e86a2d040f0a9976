"""Where encoded words (RFC 2047) stand in a text, as they are met and not only as should be."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Word", "WordReader", "words_in"]

# Charset and encoding may have spaces around them and the text may hold spaces: both are illegal,
# both are sent. No two parts that repeat can take the same characters.
_HEAD = re.compile(
    r"=\?[ \t]*((?:[^?\s]{1,60}(?:[ \t]{1,4}[^?\s]{1,60}){0,2}[ \t]{0,4})?)"
    r"\?[ \t]*([bBqQ])[ \t]*\?"
)
# In Q a question mark is taken when what follows is not the end; "?=3F" is not, where an end comes.
_END = re.compile(
    r"\?(?:[ \t]=|=(?![0-9A-Fa-f]{2}[^?\s=]{0,60}(?:=[0-9A-F]{2}[^?\s=]{0,60}){0,20}\?=))"
)
_SURE_HEAD = re.compile(r"=\?[A-Za-z0-9_.*-]{2,60}\?[bBqQ]\?")


class Word:
    """One encoded word: places in the text that it stands in, its charset (with spaces), encoding.

    start, end   of the word; what is encoded stands from `text_start` to `text_end`
    """

    __slots__ = ("_source", "charset", "encoding", "end", "start", "text_end", "text_start")

    def __init__(
        self,
        source: str,
        start: int,
        text_start: int,
        text_end: int,
        end: int,
        charset: str,
        encoding: str,
    ) -> None:
        self._source = source
        self.start = start
        self.text_start = text_start
        self.text_end = text_end
        self.end = end
        self.charset = charset
        self.encoding = encoding

    @property
    def text(self) -> str:
        """What is encoded; cut out only when asked for, since it may be long and no word."""
        return self._source[self.text_start : self.text_end]


class WordReader:
    """Reads the words of a text, asked from the left to the right.

    What ends a word and what begins one is looked for once, not once for each word: hostile text
    costs no more than long text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = _Next(_END, text)
        self._heads = _Next(_SURE_HEAD, text)

    def word(self, start: int) -> Word | None:
        """The word that begins at `start`, None when there is none or nothing ends it."""
        head = _HEAD.match(self._text, start)
        end = None if head is None else self._ends.after(head.end())
        if head is None or end is None:
            return None
        return Word(self._text, start, head.end(), end[0], end[1], head[1], head[2])

    def opens_within(self, word: Word) -> bool:
        """Whether another word surely begins in the text of this one."""
        head = self._heads.after(word.text_start)
        return head is not None and head[1] <= word.text_end


class _Next:
    """The next place of a pattern in a text."""

    __slots__ = ("_found", "_pattern", "_text")

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern = pattern
        self._text = text
        self._found: tuple[int, int] | None = (-1, -1)

    def after(self, at: int) -> tuple[int, int] | None:
        """Where the first one from `at` on begins and ends; `at` never falls."""
        if self._found is not None and self._found[0] < at:
            match = self._pattern.search(self._text, at)
            self._found = None if match is None else match.span()
        return self._found


def words_in(text: str) -> Iterator[Word]:
    """The words of a text that are ended, whatever their texts hold."""
    reader = WordReader(text)
    at = text.find("=?")
    while at >= 0:
        word = reader.word(at)
        if word is not None:
            yield word
        at = text.find("=?", at + 2 if word is None else word.end)
