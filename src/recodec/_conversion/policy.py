"""What to do with what cannot be converted: error policies by name, in a row, or a function.

A policy is a name that `codecs.lookup_error` knows, so that every codec asks it at the place where
it stopped, and input without errors never meets it. Where more is needed than the interpreter's own
handlers do (replacing by look, lenient spelling, counting, collecting, calling back with a place),
a handler of ours is registered for as long as the Policy lives, under a name taken from a pool.
"""

from __future__ import annotations

import codecs
from itertools import count

from .._errors import DecodeError, EncodeError, OptionError
from .problems import MARK, Log, unmarked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
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


class Place:
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


def _substitute(error: UnicodeError) -> tuple[str | bytes, int]:
    """ "replace" for the few charsets that have no question mark, with the character for that."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\x1a" * (error.end - error.start), error.end


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
        self.place: Place = Place()
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
        if encoding and rest == "replace" and not way.has("?"):
            act, own = _substitute, True
        self.name: str = rest
        if not own and (rest == "strict" or not counting):
            return
        handler: Handler
        if encoding:
            from .policy_handlers import EncodeHandler

            handler = EncodeHandler(
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
            from .policy_handlers import DecodeHandler

            handler = DecodeHandler(way, act, self.core, self.place, self._log, calls=calls)
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
