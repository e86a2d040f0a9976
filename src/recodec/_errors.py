"""What recodec raises on purpose.

Every class also derives from the built-in that callers already catch, so that code written for
`bytes.decode` or `codecs.lookup` goes on working. Bytes that cannot be told are no error: `detect`
answers with `encoding=None` or `source="fallback"`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol, SupportsIndex

    from ._position import Position

    class Advice(Protocol):
        """What `_recoding.advice` has."""

        def looks_like(
            self, data: bytes, start: int, end: int, encoding: str, /, *, first: bool
        ) -> tuple[str, ...]: ...

        def alternative(self, character: str, encoding: str, /) -> tuple[str, str] | None: ...

        def encodable_in(
            self, text: str, /, *, like: str, limit: int | None
        ) -> tuple[str, ...]: ...


__all__ = [
    "DecodeError",
    "EncodeError",
    "OptionError",
    "RecodecError",
    "UnknownCharsetError",
    "UnsupportedCharsetError",
    "VerificationError",
]


class RecodecError(Exception):
    """Base class of the exceptions that recodec defines."""


class OptionError(RecodecError, ValueError):
    """An invalid option (contradictory, empty or unknown), or a call out of order."""


def did_you_mean(matches: Iterable[str]) -> str:
    """`; did you mean a, b or c?` to end a message with; nothing where there are none."""
    *others, last = [*matches] or [""]
    if not last:
        return ""
    return f"; did you mean {', '.join(others)}{' or ' if others else ''}{last}?"


class UnknownCharsetError(RecodecError, LookupError):
    """No charset of the registry has this name or alias.

    `name` is what was asked for, `matches` the canonical names that look most like it; families are
    among them where one could have been meant.
    """

    name: str
    matches: tuple[str, ...]

    def __init__(self, name: str, matches: Iterable[str] = ()) -> None:
        self.name = name
        self.matches = tuple(matches)
        # args must rebuild the exception when it is unpickled, for instance by a process pool.
        super().__init__(name, self.matches)

    def __str__(self) -> str:
        return f"unknown charset {self.name!r}{did_you_mean(self.matches)}"


class UnsupportedCharsetError(RecodecError, LookupError):
    """The registry knows the charset, but there is no codec for it.

    It is never replaced by a relative that would read some bytes differently.
    """

    name: str

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"recodec has no codec for {self.name}, which it knows only by name"


class VerificationError(RecodecError):
    """A written file did not read back as the text it was made from; the original is untouched."""


def at_least_one(name: str, value: SupportsIndex) -> int:
    """The value of an option that counts something.

    Raises OptionError when it is below 1, TypeError when it is no integer.
    """
    number = value.__index__() if hasattr(value, "__index__") else None
    if number is None:
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}")
    if number < 1:
        raise OptionError(f"{name} must be at least 1, not {number}")
    return number


_NAMED = 3  # charsets that a message names
_HOLDERS = 8  # charsets that could_hold() gives


adviser: Callable[[], Advice] | None = None
"""Who knows ways out, called when an error is asked for one; the package sets it."""


def _ask() -> Advice:
    assert adviser is not None, "the package sets it while it is imported"
    return adviser()


def _place(text: str, after: Position | None) -> tuple[int, int]:
    """Line and column (from 1) right after `text`, which begins at `after`."""
    from ._position import Position

    place = Position() if after is None else after.copy()
    place.advance(text)
    return place.line, place.column


class _Located:
    """Where in the whole input an error is, counted out when somebody asks.

    Nobody who only catches the exception should pay for counting lines.
    """

    _offset: int | None
    _line: int | None
    _column: int | None
    _after: Position | None
    start: int
    hint: str

    def _keep(
        self,
        offset: int | None,
        line: int | None,
        column: int | None,
        hint: str,
        after: Position | None,
    ) -> None:
        self._offset = offset
        self._line = line
        self._column = column
        self._after = None if after is None else after.copy()
        self.hint = hint

    def _head(self) -> str:
        """The text of `object` before the place."""
        raise NotImplementedError

    @property
    def offset(self) -> int:
        """Units from the start of the whole input to the first offending one.

        Bytes when decoding, characters (code points) when encoding.
        """
        return self.start if self._offset is None else self._offset

    @property
    def line(self) -> int:
        """Line of the place, from 1; CR, LF and CR LF each end a line."""
        return self._find()[0]

    @property
    def column(self) -> int:
        """Column of the place in characters (code points), from 1."""
        return self._find()[1]

    def _find(self) -> tuple[int, int]:
        if self._line is None or self._column is None:
            self._line, self._column = _place(self._head(), self._after)
        return self._line, self._column

    def locate(self, place: Position) -> None:
        """Sets line and column: for whoever passes by the place and knows them."""
        self._line, self._column = place.line, place.column


class DecodeError(_Located, RecodecError, UnicodeDecodeError):
    """The bytes are invalid in the encoding.

    Beside the five attributes of `UnicodeDecodeError` (`start` and `end` count in `object`, which
    may be one block of a longer input) it says where the bad bytes stand in the whole input.
    """

    def __init__(
        self,
        encoding: str,
        object: bytes,
        start: int,
        end: int,
        reason: str,
        *,
        offset: int | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
        after: Position | None = None,
    ) -> None:
        """after: where `object` begins, for `line` and `column` that are not given."""
        UnicodeDecodeError.__init__(self, encoding, object, start, end, reason)
        self._keep(offset, line, column, hint, after)

    @property
    def bad(self) -> bytes:
        """The offending bytes."""
        return self.object[self.start : self.end]

    def looks_like(self) -> tuple[str, ...]:
        """Names of other encodings that the bytes around the place could be in, best first.

        Asks detection, which takes a moment; the answer is not kept.
        """
        first = self.offset == self.start
        return _ask().looks_like(self.object, self.start, self.end, self.encoding, first=first)

    def _head(self) -> str:
        import codecs

        head = self.object[: self.start]
        for final in (True, False):  # it may end within a shift or an escape, no character either
            try:
                return codecs.getincrementaldecoder(self.encoding)().decode(head, final)
            except (LookupError, UnicodeError):
                pass
        try:
            return head.decode(self.encoding, "replace")  # there are others before it
        except (LookupError, UnicodeError):
            # "binary", or a codec that cannot be asked again: bytes are the best unit left.
            return head.decode("latin-1")

    def _advice(self) -> str:
        if self.hint:
            return self.hint
        names = self.looks_like() if len(self.object) > len(self.bad) else ()
        if names:
            return f"the input looks like {names[0]}; or try errors='replace'"
        return "try errors='replace', or another encoding"

    def __str__(self) -> str:
        shown = self.bad[:8].hex(" ")
        if len(self.bad) > 8:
            shown += " ..."
        where = f"at offset {self.offset} (line {self.line}, column {self.column})"
        what = f"byte{'s' if len(self.bad) > 1 else ''} {shown} " if shown else ""
        return f"{self.encoding}: {what}{where}: {self.reason}; {self._advice()}"

    def __reduce__(self) -> tuple[object, ...]:
        args = (self.encoding, self.object, self.start, self.end, self.reason)
        return type(self), args, self.__dict__.copy()


class EncodeError(_Located, RecodecError, UnicodeEncodeError):
    """A character that the encoding lacks.

    Beside the five attributes of `UnicodeEncodeError` (`start` and `end` count in `object`, which
    may be one block of a longer text) it says where the character stands in the whole text.
    """

    def __init__(
        self,
        encoding: str,
        object: str,
        start: int,
        end: int,
        reason: str,
        *,
        offset: int | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
        after: Position | None = None,
    ) -> None:
        """after: where `object` begins, for `line` and `column` that are not given."""
        UnicodeEncodeError.__init__(self, encoding, object, start, end, reason)
        self._keep(offset, line, column, hint, after)

    @property
    def character(self) -> str:
        """The first character that the encoding lacks."""
        return self.object[self.start : self.start + 1]

    def could_hold(self, limit: int | None = _HOLDERS) -> tuple[str, ...]:
        """Names of the charsets that have the offending characters, the likeliest first.

        Unicode's own forms are left out; they hold everything. No more than `limit` are looked
        for; None asks every codec of the registry, which takes a moment. The answer is not kept.
        """
        missed = self.object[self.start : self.end]
        return _ask().encodable_in(missed, like=self.encoding, limit=limit)

    def alternative(self) -> tuple[str, str] | None:
        """An option that makes the character encodable, and the result; None if there is none.

        The options are `lenient=True` and `errors='translit'`.
        """
        return _ask().alternative(self.character, self.encoding) if self.character else None

    def _head(self) -> str:
        return self.object[: self.start]

    def _advice(self) -> str:
        if self.hint:
            return self.hint
        ways = []
        other = self.alternative()
        if other is not None:
            ways.append(f"{other[0]} (writes {other[1]!a})")
        else:
            ways.append("errors='replace'")
        ways.extend(self.could_hold(_NAMED))
        if not "\ud800" <= self.character <= "\udfff":
            ways.append("utf-8")
        return "try " + " or ".join((", ".join(ways[:-1]), ways[-1]) if len(ways) > 1 else ways)

    def __str__(self) -> str:
        character = self.character
        what = ""
        if character:
            import unicodedata

            name = unicodedata.name(character, "")
            shown = f" {character}" if character.isprintable() else ""
            what = f"U+{ord(character):04X}{shown}{' ' + name if name else ''} "
        where = f"at character {self.offset} (line {self.line}, column {self.column})"
        return f"{self.encoding}: {what}{where}: {self.reason}; {self._advice()}"

    def __reduce__(self) -> tuple[object, ...]:
        args = (self.encoding, self.object, self.start, self.end, self.reason)
        return type(self), args, self.__dict__.copy()
