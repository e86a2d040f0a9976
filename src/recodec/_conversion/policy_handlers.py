"""The handlers of our own policies, which a codec asks at the place where it stopped."""

from __future__ import annotations

from itertools import repeat

from .._errors import DecodeError, EncodeError, OptionError
from .problems import MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .policy import Handler, Place
    from .problems import Log
    from .route import Route

__all__ = ["DecodeHandler", "EncodeHandler"]

_CACHED = 4096  # characters whose replacement a handler remembers


def _located(kind: type[Any], name: str, error: Any, place: Place) -> Any:
    """A codec's error as one of ours, which knows its place in the whole input."""
    after = place.start
    if after is not None and kind is EncodeError:
        after = after.before(max(0, len(error.object) - (place.piece or 0)))
    return kind(
        name,
        error.object,
        error.start,
        error.end,
        error.reason,
        offset=place.offset(error),
        after=after,
    )


def _checked(answer: object, error: Any) -> tuple[str | bytes, int]:
    """What a function of the caller's answered, with the position counted from the start.

    Raises TypeError for what is no answer, and OptionError for a position that is outside of the
    input or not behind the place: the codec would ask about it again, for ever.
    """
    kinds = str if isinstance(error, UnicodeDecodeError) else (str, bytes)
    if not (
        isinstance(answer, tuple)
        and len(answer) == 2
        and isinstance(answer[0], kinds)
        and isinstance(answer[1], int)
    ):
        raise TypeError(f"errors: a function answers with text and position, not {answer!r}")
    text, position = answer
    size = len(error.object)
    if position < 0:
        position += size
    if not error.start < position <= size:
        raise OptionError(
            f"errors: a function asked about {error.start} has to go on from {error.start + 1} "
            f"to {size}, not from {answer[1]}"
        )
    return text, position


class DecodeHandler:
    def __init__(
        self, way: Route, rest: Handler, core: str, place: Place, log: Log, *, calls: bool
    ) -> None:
        self.core = core
        """The policy of the interpreter's that the core is to follow; "" where it cannot."""
        self._name = way.name
        self._rest = rest
        self._place = place
        self._log = log
        self._calls = calls  # the handler is the caller's own and is told the place

    def __call__(self, error: UnicodeError) -> tuple[str | bytes, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        log = self._log
        place = self._place
        if self._calls:
            answer = _checked(self._rest(_located(DecodeError, self._name, error, place)), error)
        else:
            answer = self._rest(error)
        log.count += 1
        if not log.collect:
            return answer
        bad = error.object[error.start : error.end]
        log.note(place.offset(error), bad, error.reason)
        return f"{MARK}{answer[0]!s}", answer[1]

    @property
    def collects(self) -> bool:
        """Whether the core is to note places, and to put a mark before what it writes."""
        return self._log.collect

    def acted(self, data: bytes, count: int, places: Iterable[tuple[int, int]]) -> None:
        """Is told of places in `data` where the core did what the policy says."""
        self._log.count += count
        if count and self._log.collect:
            self._log.passed(data, places, self._place.shift(len(data)))


class EncodeHandler:
    def __init__(
        self,
        way: Route,
        rest: Handler,
        core: str,
        place: Place,
        log: Log,
        *,
        lenient: bool,
        translit: bool,
        calls: bool,
    ) -> None:
        self.core = core
        """As that of decoding."""
        self.respells: bool = lenient or translit
        """Whether characters may have another form, which `form` gives."""
        self._way = way
        self._rest = rest
        self._place = place
        self._log = log
        self._lenient = lenient
        self._translit = translit
        self._calls = calls
        self._known: dict[str, str | None] = {}

    def __call__(self, error: UnicodeError) -> tuple[str | bytes, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        # A run of unencodable characters comes as one error with some codecs: all of it is
        # answered at once, since asking again for each would look at the run each time.
        text, end = error.object, error.end
        at = error.start
        parts: list[str] = []
        while at < end:
            other = self.form(text[at])
            if other is None:
                break
            parts.append(other)
            at += 1
        if at > error.start:
            self._log.respelled += at - error.start
            return "".join(parts), at
        if self.respells:
            # Up to the next character that has another form, so that the policy sees its own only.
            while at < end and self.form(text[at]) is None:
                at += 1
            error = UnicodeEncodeError(error.encoding, text, error.start, at, error.reason)
        place = self._place
        if self._calls:
            name = self._way.name
            answer = _checked(self._rest(_located(EncodeError, name, error, place)), error)
        else:
            answer = self._rest(error)
        self._log.count += error.end - error.start
        if self._log.collect:
            self._note(error)
        return answer

    def form(self, character: str) -> str | None:
        """What may be written for a character; None when nothing may."""
        try:
            return self._known[character]
        except KeyError:
            if len(self._known) >= _CACHED:
                self._known.clear()
            other = self._known[character] = self._other(character)
            return other

    def _other(self, character: str) -> str | None:
        if self._lenient:
            from .lenient import TWINS

            for twin in TWINS.get(character, ""):
                if self._way.has(twin):
                    return twin
        if self._translit:
            from .translit import replacement

            return replacement(character, self._way.has)
        return None

    def _note(self, error: UnicodeEncodeError) -> None:
        offset = self._place.offset(error)
        for at, character in enumerate(error.object[error.start : error.end], offset):
            self._log.note(at, character, error.reason)

    @property
    def collects(self) -> bool:
        """Whether the core is to note places."""
        return self._log.collect

    def acted(self, text: str, count: int, respelled: int, places: Iterable[int]) -> None:
        """Is told of characters of `text` where the core did what the policy says."""
        self._log.count += count
        self._log.respelled += respelled
        if count and self._log.collect:
            shift = self._place.shift(len(text))
            self._log.passed(text, zip(places, repeat(1)), shift)
