"""The bad places of a conversion: how many there were, and themselves where they are collected.

A place costs a number or two until somebody asks for the errors: there may be millions of them.
"""

from __future__ import annotations

from itertools import accumulate

from .._errors import DecodeError, EncodeError
from .._position import Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    Problem: TypeAlias = DecodeError | EncodeError
    Mark: TypeAlias = tuple[int, int]

__all__ = ["MARK", "Log", "unmarked"]

MARK = "\udfff"
"""Stands before what replaces bytes while their places are collected, so that they can be found in
the text: a lone surrogate, which strict decoding cannot give."""

_KEPT = 10_000  # bad places of a stream that are remembered; beyond that they are only counted
_WINDOW = 64  # bytes that are enough for a codec to say why it refuses those at their start


class _Passed:
    """Places in one object: where each begins and how long it is, less `shift` of the input."""

    __slots__ = ("object", "places", "shift")

    def __init__(self, object: bytes | str, places: Iterable[tuple[int, int]], shift: int) -> None:
        self.object = object
        self.places = places
        self.shift = shift


class Log:
    """The bad places of one direction, in the order of the input.

    count      so many so far: codes when reading, characters when writing
    respelled  characters written by a twin or by what looks alike, which are no bad places
    """

    __slots__ = (
        "_ends",
        "_facts",
        "_kept",
        "_kind",
        "_located",
        "_made",
        "_name",
        "_reason",
        "_text",
        "bounded",
        "collect",
        "count",
        "respelled",
    )

    def __init__(
        self,
        name: str,
        kind: type[DecodeError] | type[EncodeError],
        reason: Callable[[bytes | str], str],
        *,
        collect: bool,
    ) -> None:
        """`reason` says why the codec of that name refuses what stands at the start of a piece."""
        self.collect = collect
        self.count = 0
        self.respelled = 0
        self.bounded = False
        """Whether no more than some thousand places are kept: for streams of any length."""
        self._name = name
        self._kind = kind
        self._reason = reason
        self._facts: dict[bytes | str, tuple[bytes | str, str]] = {}
        self._kept: list[tuple[int, bytes | str, str] | _Passed] = []
        self._located: list[Position | None] = []
        self._text = ""
        self._ends: Iterable[int] | None = None
        self._made: list[Problem] = []

    def mark(self) -> Mark:
        """What `rollback` takes to forget what came after."""
        return self.count, len(self._kept)

    def rollback(self, mark: Mark) -> None:
        """Forgets what came after the mark."""
        self.count = mark[0]
        del self._kept[mark[1] :]
        del self._located[mark[1] :]
        del self._made[mark[1] :]

    def note(self, offset: int, what: bytes | str, reason: str) -> None:
        """Keeps one place, which counts already."""
        if not self.bounded or len(self._kept) < _KEPT:
            self._kept.append((offset, what, reason))

    def passed(self, object: bytes | str, places: Iterable[tuple[int, int]], shift: int) -> None:
        """Keeps the places that the core has passed in `object`, `shift` units into the input."""
        some = _Passed(object, places, shift)
        if not self.bounded:
            self._kept.append(some)
            return
        for place in self._unpacked(some):
            if len(self._kept) >= _KEPT:
                break
            self._kept.append(place)

    def _unpacked(self, some: _Passed) -> Iterator[tuple[int, bytes | str, str]]:
        for at, length in some.places:
            what = some.object[at : at + length]
            fact = self._facts.get(what)
            if fact is None or at + length == len(some.object):
                # At the end a codec may say of the same bytes that more are missing.
                reason = self._reason(some.object[at : at + _WINDOW])
                fact = self._facts[what] = what, reason
            yield (at + some.shift, *fact)

    def since(self, mark: Mark) -> Iterator[int]:
        """Offsets of the places kept since the mark, which `locate` is to be told of in turn."""
        return (place[0] for place in self._kept[mark[1] :] if not isinstance(place, _Passed))

    def locate(self, place: Position | None) -> None:
        """Says where the next of the kept places is, None where nobody can tell."""
        self._located.append(None if place is None else place.copy())

    def lies_in(self, text: str, ends: Iterable[int] | None) -> None:
        """Says that all places are in `text`, before these characters; None: at their offsets."""
        self._text, self._ends = text, ends

    def problems(self) -> tuple[Problem, ...]:
        """The places as errors that were not raised."""
        made = self._made
        if self.bounded:
            for at in range(len(made), len(self._located)):
                error = self._error(*self._kept[at])  # type: ignore[misc] # none is `_Passed`
                where = self._located[at]
                if where is not None:
                    error.locate(where)
                made.append(error)
        elif not made:
            place = Position()
            at = 0
            ends = None if self._ends is None else iter(self._ends)
            for offset, what, reason in self._all():
                error = self._error(offset, what, reason)
                end = offset if ends is None else next(ends, -1)
                if end >= 0:
                    place.advance(self._text[at:end])
                    error.locate(place)
                    at = end
                made.append(error)
        return tuple(made)

    def _error(self, offset: int, what: bytes | str, reason: str) -> Problem:
        # The kind and what it is about go together.
        return self._kind(self._name, what, 0, len(what), reason, offset=offset)  # type: ignore[arg-type]

    def _all(self) -> Iterator[tuple[int, bytes | str, str]]:
        for some in self._kept:
            if isinstance(some, _Passed):
                yield from self._unpacked(some)
            else:
                yield some


def unmarked(text: str) -> tuple[str, list[int]]:
    """The text without marks, and where in it they stood."""
    parts = text.split(MARK)
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), ends[:-1]
