"""What to do with what cannot be converted: error policies by name, in a row, or a function.

A policy is a name that `codecs.lookup_error` knows, so that every codec asks it at the place where
it stopped, and input without errors never meets it. Where more is needed than the interpreter's own
handlers do (replacing by look, lenient spelling, counting, collecting, calling back with a place),
a handler of ours is registered for as long as the Policy lives, under a name taken from a pool.
"""

from __future__ import annotations

import codecs
from itertools import count, repeat

from .._errors import DecodeError, EncodeError, OptionError
from .problems import MARK, Log, unmarked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from .._position import Position
    from .problems import Mark
    from .route import Route

    # A function gets the error of the direction that it is asked in; one for both narrows it.
    Handler: TypeAlias = Callable[[Any], tuple[str | bytes, int]]
    Errors: TypeAlias = str | Handler
    DecodeErrors: TypeAlias = str | Callable[[DecodeError], tuple[str | bytes, int]]
    EncodeErrors: TypeAlias = str | Callable[[EncodeError], tuple[str | bytes, int]]

__all__ = ["POLICIES", "Policy", "all_problems", "check_errors", "collects", "split_suffixes"]

POLICIES = (
    "strict",
    "ignore",
    "replace",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
    "surrogateescape",
    "surrogatepass",
    "translit",
    "collect",
)

# Policies that only know how to write a character in another way. There is no such way to read a
# byte, so that bytes that do not fit stay an error.
_ENCODE_ONLY = frozenset({"xmlcharrefreplace", "namereplace"})
_OWN = frozenset({"translit", "collect"})

_CACHED = 4096  # characters whose replacement a handler remembers


# -- Names -----------------------------------------------------------------------------------------


def _parse(errors: Errors) -> tuple[bool, bool, str]:
    """(translit, collect, the policy for what is left) of a policy by name.

    Several names stand in a row with commas between: "translit,replace". Raises OptionError.
    """
    if not isinstance(errors, str):
        raise TypeError(f"errors must be a str or a function, not {type(errors).__name__}")
    if errors not in _OWN and "," not in errors:
        _check_name(errors)
        return False, False, errors
    names = [name.strip() for name in errors.split(",")]
    last = [name for name in names if name not in _OWN]
    if len(last) > 1:
        raise OptionError(f"{errors!r}: only one of {' and '.join(map(repr, last))} can be applied")
    for name in last:
        _check_name(name)
    collect = "collect" in names
    # Who collects wants to go on; translit alone never loses what it does not know.
    rest = last[0] if last else "replace" if collect else "strict"
    return "translit" in names, collect, rest


def _check_name(name: str) -> None:
    try:
        codecs.lookup_error(name)
    except (LookupError, ValueError):
        raise OptionError(
            f"unknown error policy {name!r}; known are {', '.join(POLICIES)}"
        ) from None


def check_errors(errors: Errors) -> None:
    """Raises OptionError when no error policy has this name, TypeError for what is none."""
    if not callable(errors):
        _parse(errors)


def collects(errors: Errors) -> bool:
    """Whether the policy lists the bad places. Raises OptionError."""
    return not callable(errors) and _parse(errors)[1]


def all_problems(
    unread: tuple[DecodeError, ...], unwritten: tuple[EncodeError, ...]
) -> tuple[DecodeError | EncodeError, ...]:
    """The bad places of both ways, each once.

    Bytes that do not fit are read as U+FFFD, which most charsets cannot write: that is no place of
    its own.
    """
    places = {(problem.line, problem.column) for problem in unread}
    return (
        *unread,
        *(
            problem
            for problem in unwritten
            if problem.character != "\ufffd" or (problem.line, problem.column) not in places
        ),
    )


def split_suffixes(name: str, errors: Errors) -> tuple[str, Errors]:
    """Name and policy of a target with iconv's suffixes, such as "ascii//TRANSLIT//IGNORE".

    As GNU libiconv has it: //TRANSLIT writes what looks alike, and fails for what has no such
    form; //IGNORE leaves out what cannot be converted. Raises OptionError for another suffix, and
    for //IGNORE together with a policy that does something else.
    """
    if not isinstance(name, str) or "//" not in name:
        return name, errors
    charset, *suffixes = (part.strip() for part in name.split("//"))
    words = {suffix.lower() for suffix in suffixes if suffix}
    unknown = words - {"translit", "ignore"}
    if unknown:
        raise OptionError(f"unknown suffix //{min(unknown).upper()} of {charset!r}")
    if not words:
        return charset, errors
    if callable(errors):
        raise OptionError(f"//{min(words).upper()} and a function cannot both handle errors")
    translit, collect, rest = _parse(errors)
    if "ignore" in words:
        if rest not in ("strict", "ignore") and not (collect and rest == "replace"):
            raise OptionError(f"//IGNORE and errors={errors!r} contradict each other")
        rest = "ignore"
    row = [rest]
    if translit or "translit" in words:
        row.insert(0, "translit")
    if collect:
        row.insert(0, "collect")
    return charset, ",".join(row)


# -- Handlers --------------------------------------------------------------------------------------

_numbers = count()
_free: list[str] = []


def _register(handler: Handler) -> str:
    try:
        name = _free.pop()
    except IndexError:
        name = f"recodec.{next(_numbers)}"
    codecs.register_error(name, handler)
    return name


def _released(error: UnicodeError) -> tuple[str | bytes, int]:
    raise error


def _fits(way: Route, text: str) -> bool:
    try:
        way.encode(text, "strict")
    except UnicodeError:
        return False
    return True


def _substitute(error: UnicodeError) -> tuple[str | bytes, int]:
    """ "replace" for the few charsets that have no question mark, with the character for that."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\x1a" * (error.end - error.start), error.end


class _Place:
    """Where in the whole input the piece lies that is being converted.

    piece: its length, in bytes or code points; before: the same of what came before it.
    start: line and column at its start.
    """

    __slots__ = ("before", "piece", "start")

    def __init__(self) -> None:
        self.before: int = 0
        self.piece: int | None = None
        self.start: Position | None = None

    def offset(self, error: UnicodeDecodeError | UnicodeEncodeError) -> int:
        """Of the first offending unit in the whole input."""
        return self.shift(len(error.object)) + error.start

    def shift(self, size: int) -> int:
        """How many units of the whole input come before an object of so many units.

        What a codec shows may begin with held-back units of earlier pieces, or after a byte order
        mark; it always ends where the piece ends.
        """
        return 0 if self.piece is None else self.before + self.piece - size


def _located(kind: type[Any], name: str, error: Any, place: _Place) -> Any:
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
    if not (
        isinstance(answer, tuple)
        and len(answer) == 2
        and isinstance(answer[0], (str, bytes))
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


class _DecodeHandler:
    def __init__(
        self, way: Route, rest: Handler, core: str, place: _Place, log: Log, *, calls: bool
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


class _EncodeHandler:
    def __init__(
        self,
        way: Route,
        rest: Handler,
        core: str,
        place: _Place,
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
                if self._fits(twin):
                    return twin
        if self._translit:
            from .translit import replacement

            return replacement(character, self._fits)
        return None

    def _fits(self, text: str) -> bool:
        return _fits(self._way, text)

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


class Policy:
    """The policy of one direction of one conversion.

    `name` is what the codec is given. `place` says where the piece lies that it works on; it is
    kept up by whoever converts in pieces. `count` is the number of bad places so far (bytes that
    do not fit count by error, characters each), `problems` are these places when the policy
    collects them: errors that were not raised.
    """

    __slots__ = ("_log", "_plain", "collects", "core", "errors", "name", "place", "way")

    def __init__(
        self,
        way: Route,
        errors: Errors,
        *,
        encoding: bool,
        lenient: bool = False,
        counting: bool = False,
    ) -> None:
        """counting: keep `count` also for the interpreter's own policies.

        Raises OptionError, TypeError.
        """
        self._plain = True
        self.way: Route = way
        self.errors: Errors = errors
        self.place: _Place = _Place()
        calls = callable(errors)
        translit, collect, rest = (False, False, "") if callable(errors) else _parse(errors)
        if not encoding:
            translit = lenient = False
            if rest in _ENCODE_ONLY:
                rest = "strict"
        self.collects: bool = collect
        kind = EncodeError if encoding else DecodeError
        self._log = Log(way.name, kind, _reason_of(way, encoding), collect=collect)
        act: Handler = errors if callable(errors) else codecs.lookup_error(rest)
        own = calls or translit or collect or lenient
        self.core: str = "" if calls else rest
        """The interpreter's policy that is left for what no other has an answer to."""
        if encoding and rest == "replace" and not _fits(way, "?"):
            act, own = _substitute, True
        self.name: str = rest
        if not own and (rest == "strict" or not counting):
            return
        handler: Handler
        if encoding:
            handler = _EncodeHandler(
                way,
                act,
                self.core,
                self.place,
                self._log,
                lenient=lenient,
                translit=translit,
                calls=calls,
            )
        else:
            handler = _DecodeHandler(way, act, self.core, self.place, self._log, calls=calls)
        self.name = _register(handler)
        self._plain = False

    def __del__(self) -> None:
        # The names cannot be taken out again in the Python versions of today. `_free` is None
        # when the interpreter is on its way out.
        if not self._plain and _free is not None:
            codecs.register_error(self.name, _released)
            _free.append(self.name)

    @property
    def count(self) -> int:
        return self._log.count

    def acted(self, times: int, respelled: int = 0) -> None:
        """Is told of places where the core did what the policy says."""
        self._log.count += times
        self._log.respelled += respelled

    @property
    def respelled(self) -> int:
        """Characters that were written in another form, which the policy allows."""
        return self._log.respelled

    @property
    def problems(self) -> tuple[DecodeError | EncodeError, ...]:
        """The bad places so far, where they are collected."""
        return self._log.problems()

    def bound(self) -> None:
        """Keeps no more than some thousand bad places: for streams of any length."""
        self._log.bounded = True

    def mark(self) -> Mark:
        """What `rollback` takes to forget what came after."""
        return self._log.mark()

    def rollback(self, mark: Mark) -> None:
        """Forgets what came after the mark."""
        self._log.rollback(mark)

    def decoded(self, text: str) -> str:
        """The text of a whole input without marks; lines and columns are found when asked for."""
        if self.collects and MARK in text:
            marks = text.count(MARK)
            text, ends = unmarked(text)
            # A codec that lets lone surrogates through could have made marks of its own.
            self._log.lies_in(text, ends if marks == self.count else ())
        return text

    def encoded(self, text: str) -> None:
        """Is told that `text` was the whole input."""
        if self.collects:
            self._log.lies_in(text, None)

    def settle_decoded(self, text: str, mark: Mark, place: Position) -> str:
        """The text of a piece without marks; the problems since `mark` get lines and columns.

        `place` is where the text begins and moves to its end.
        """
        if not self.collects or MARK not in text:
            place.advance(text)
            return text
        text, ends = unmarked(text)
        log = self._log
        sure = len(ends) == log.count - mark[0]
        at = 0
        for _, end in zip(log.since(mark), ends, strict=False):
            if sure:
                place.advance(text[at:end])
                at = end
            log.locate(place if sure else None)
        place.advance(text[at:] if at else text)
        return text

    def settle_encoded(self, text: str, mark: Mark, place: Position) -> None:
        """Gives the problems since `mark` their lines and columns in a piece of text.

        `place` is where the text begins and moves to its end.
        """
        at = 0
        for whole in self._log.since(mark) if self.collects else ():
            offset = whole - self.place.before
            end = max(at, offset)
            place.advance(text[at:end])
            # What was held back from the piece before has been passed, and never ends a line.
            self._log.locate(place.before(max(0, -offset)))
            at = end
        place.advance(text[at:] if at else text)


def _reason_of(way: Route, encoding: bool) -> Callable[[bytes | str], str]:
    """What says why the codec refuses what stands at the start of a piece."""

    def reason(piece: bytes | str) -> str:
        try:
            if encoding:
                way.encode(piece[:1], "strict")  # type: ignore[arg-type]
            else:
                way.decode(piece, "strict")  # type: ignore[arg-type]
        except (UnicodeDecodeError, UnicodeEncodeError) as error:
            return error.reason
        return ""

    return reason
