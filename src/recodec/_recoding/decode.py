"""Bytes to text, with the encoding given or found."""

from __future__ import annotations

from .._coding.route import route
from .._conversion.policy import Policy, check_errors, split_suffixes
from .._detection.detect import bytes_of, detect
from .._errors import DecodeError, OptionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Literal, NoReturn, TypeAlias

    from typing_extensions import Buffer

    from .._conversion.policy import DecodeErrors, Errors
    from .._conversion.route import Route
    from .._detection.result import Detection
    from .._mixed.segments import Segment

    Problems: TypeAlias = Callable[[], tuple[DecodeError, ...]]

__all__ = ["Decoded", "decode"]


class Decoded:
    """A decoded text, with how it was decoded. `str()` of it is the text."""

    __slots__ = ("_detection", "_encoding", "_problems", "_segments", "_text")
    __match_args__ = ("text", "encoding")

    def __init__(
        self,
        text: str,
        encoding: str,
        detection: Detection | None = None,
        problems: tuple[DecodeError, ...] | Problems = (),
        segments: tuple[Segment, ...] = (),
    ) -> None:
        self._text = text
        self._encoding = encoding
        self._detection = detection
        self._problems = problems
        self._segments = segments

    @property
    def text(self) -> str:
        """The text, without a byte order mark when the encoding was detected."""
        return self._text

    @property
    def encoding(self) -> str:
        """Canonical name of the charset it was decoded with."""
        return self._encoding

    @property
    def detection(self) -> Detection | None:
        """What detection found, None when the encoding was given."""
        return self._detection

    @property
    def problems(self) -> tuple[DecodeError, ...]:
        """The invalid places, as errors that were not raised; with errors="collect"."""
        if callable(self._problems):
            self._problems = self._problems()  # made when asked for: there may be millions
        return self._problems

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The runs of lines that were decoded in different encodings; () for one encoding."""
        return self._segments

    def __str__(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        if type(other) is not Decoded:
            return NotImplemented
        return (self._text, self._encoding, self._detection) == (
            other._text,
            other._encoding,
            other._detection,
        )

    def __hash__(self) -> int:
        return hash((self._text, self._encoding))

    def __repr__(self) -> str:
        text = self._text if len(self._text) <= 40 else self._text[:39] + "\u2026"
        return f"Decoded(encoding={self._encoding!r}, text={text!r})"

    def __reduce__(self) -> tuple[object, ...]:
        fields = self._text, self._encoding, self._detection, self.problems, self._segments
        return Decoded, fields


def decode(
    data: Buffer,
    encoding: str | None = None,
    errors: DecodeErrors = "strict",
    *,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    mixed: Literal["whole", "split"] = "whole",
) -> Decoded:
    """Decodes `data`, any contiguous buffer, with `encoding` or with what `detect` finds.

    `errors` is a policy by name, those that `bytes.decode` takes and "collect" (replace, and list
    the places in `problems`), or a function that is called with a DecodeError and returns what to
    insert and the offset in its `object` at which to continue, as in `codecs.register_error`.

    With `mixed="split"` lines in different encodings are looked for, and each run of lines is
    decoded in its own (`Decoded.segments`); `encoding` is then that of the larger part.

    A byte order mark is removed when the encoding is detected; with a given one the codec of that
    name decides ("utf-8" keeps it as U+FEFF, "utf-8-sig" removes it). The suffix //IGNORE of iconv
    is understood in `encoding`. The other options are those of `detect`.

    Raises DecodeError for invalid bytes, and for binary data if no encoding is given;
    UnknownCharsetError, UnsupportedCharsetError, OptionError; TypeError for str.
    """
    if type(data) is not bytes:
        if isinstance(data, str):
            raise TypeError("decode() takes bytes, not str: it is text already")
        data = bytes_of(data)
    if errors != "strict":
        check_errors(errors)
    if mixed not in ("whole", "split"):
        raise OptionError(f"mixed must be 'whole' or 'split', not {mixed!r}")
    found = None
    if encoding is None:

        def ask(part: Buffer) -> Detection:
            return detect(
                part, allow=allow, deny=deny, language=language, tld=tld, declared=declared
            )

        found = ask(data)
        encoding = encoding_of(found, data)
        if mixed == "split":
            from .._mixed.segmented import decode_segments

            read = decode_segments(data, found, errors, ask)
            if read is not None:
                text, decoder = read
                plan = decoder.plan
                return Decoded(text, plan.encoding, found, decoder.problems, plan.segments)
    elif type(encoding) is str and "//" in encoding:
        encoding, errors = split_suffixes(encoding, errors)
    way = route(encoding)
    if errors == "strict":
        return Decoded(run(way, data, "strict"), way.name, found)
    text, problems = run_policy(way, data, errors)
    return Decoded(text, way.name, found, problems)


def encoding_of(found: Detection, head: Buffer = b"") -> str:
    """The encoding that was found; raises DecodeError when there is none.

    `head` is the input or its start, which the error shows.
    """
    if found.encoding is None:
        what = f"{found.kind} data" if found.kind and found.kind != "data" else "binary data"
        start = bytes(memoryview(head)[:16])
        raise DecodeError(
            "binary",
            start,
            0,
            len(start),
            f"this is {what}, not text",
            hint="name an encoding to decode it all the same",
        )
    return found.encoding


def run_policy(way: Route, data: Buffer, errors: Errors) -> tuple[str, Problems]:
    """The text of all of `data`, and what gives the problems when the policy collects them."""
    if errors == "strict":
        return run(way, data, errors), tuple
    policy = Policy(way, errors, encoding=False)
    policy.place.piece = len(memoryview(data))
    return policy.decoded(run(way, data, policy.name)), lambda: policy.problems  # type: ignore[return-value] # of decoding only


def run(way: Route, data: Buffer, errors: str) -> str:
    """Decodes all of `data`; errors of the codec become DecodeError."""
    try:
        return way.decode(data, errors)[0]
    except DecodeError:
        raise
    except UnicodeError as error:
        raise_located(way, data, error, errors)


# Policies of the interpreter's that act at some places and refuse others.
_PARTLY = ("surrogateescape", "surrogatepass")


def raise_located(
    way: Route, data: Buffer, error: UnicodeError, errors: str = "strict"
) -> NoReturn:
    """Raises the codec's error as a DecodeError that names the charset as the registry does."""
    size = len(memoryview(data))
    if isinstance(error, UnicodeDecodeError):
        seen, start, end, reason = error.object, error.start, error.end, error.reason
    else:
        # A few of CPython's codecs raise the bare class and no place with it.
        seen = bytes(data)
        start, end, reason = 0, min(1, len(seen)), str(error)
    # What a codec shows may begin after a byte order mark; it always ends where the data ends.
    offset = size - len(seen) + start
    located = DecodeError(way.name, seen, start, end, reason, offset=offset)
    if errors in _PARTLY and start:
        from .._position import Position

        try:
            place = Position()
            place.advance(way.decode(bytes(data)[:offset], errors)[0])
            located.locate(place)
        except UnicodeError:
            pass  # within a shift or an escape: counted with replacements
    raise located from None
