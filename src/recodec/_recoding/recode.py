"""Text to bytes, bytes to bytes, and the incremental forms of both directions."""

from __future__ import annotations

from .._coding.route import route
from .._conversion.direct import recode_native
from .._conversion.native import SMALL
from .._conversion.policy import Policy, all_problems, check_errors, collects, split_suffixes
from .._detection.detect import bytes_of, detect
from .._errors import DecodeError, EncodeError, at_least_one
from .decode import encoding_of, run, run_policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal, TypeAlias, overload

    from typing_extensions import Buffer

    from .._coding.incremental import IncrementalDecoder, IncrementalEncoder
    from .._conversion.policy import DecodeErrors, EncodeErrors, Errors
    from .._conversion.route import Route
    from .text_filter import Bom, Newline, Normalization

    Problems: TypeAlias = Callable[[], tuple[DecodeError | EncodeError, ...]]
    Collecting: TypeAlias = Literal[
        "collect",
        "collect,ignore",
        "collect,replace",
        "collect,backslashreplace",
        "collect,xmlcharrefreplace",
        "collect,namereplace",
        "collect,translit",
    ]
else:

    def overload(function):
        """As that of `typing`, which takes longer to import than most conversions take."""
        return function


__all__ = ["Collected", "encode", "incremental_decoder", "incremental_encoder", "recode"]

# Bytes under which threads do not pay.
_LARGE = 1 << 20


class Collected:
    """What a conversion with errors="collect" gives. `bytes()` of it is the data.

    `problems` are the places that could not be converted as they stand: DecodeError and EncodeError
    objects that were not raised, in the order of the input, those of the bytes first.
    """

    __slots__ = ("_data", "_problems")
    __match_args__ = ("data", "problems")

    def __init__(
        self, data: bytes, problems: tuple[DecodeError | EncodeError, ...] | Problems
    ) -> None:
        self._data = data
        self._problems = problems

    @property
    def data(self) -> bytes:
        """The converted bytes, with replacements in the places of the problems."""
        return self._data

    @property
    def problems(self) -> tuple[DecodeError | EncodeError, ...]:
        """The places that could not be converted, with the reasons."""
        if callable(self._problems):
            self._problems = self._problems()  # made when asked for: there may be millions
        return self._problems

    def __bytes__(self) -> bytes:
        return self._data

    def __eq__(self, other: object) -> bool:
        """The same data, made from the same places that did not fit."""
        if type(other) is not Collected:
            return NotImplemented
        return self._data == other._data and self._places() == other._places()

    def __hash__(self) -> int:
        return hash(self._data)

    def _places(self) -> list[tuple[object, ...]]:
        return [(type(problem), *problem.args) for problem in self.problems]

    def __repr__(self) -> str:
        shown = self._data if len(self._data) <= 40 else self._data[:40] + b"..."
        return f"Collected({shown!r}, {len(self.problems)} problems)"

    def __reduce__(self) -> tuple[object, ...]:
        return Collected, (self._data, self.problems)


@overload
def encode(  # type: ignore[overload-overlap] # a name made at run time may be one that collects
    text: str, encoding: str = "utf-8", *, errors: Collecting, lenient: bool = False
) -> Collected: ...
@overload
def encode(  # noqa: F811
    text: str, encoding: str = "utf-8", errors: EncodeErrors = "strict", *, lenient: bool = False
) -> bytes: ...
def encode(  # noqa: F811
    text: str, encoding: str = "utf-8", errors: EncodeErrors = "strict", *, lenient: bool = False
) -> bytes | Collected:
    """Encodes `text`.

    errors   a policy by name: those that `str.encode` takes, "translit" (a similar form such as
             EUR, (C), letters without accents; an error where there is none, unless a policy
             follows as in "translit,replace"), "collect" (replace, and list the places; returns a
             Collected); or a function that is called with an EncodeError and returns what to
             insert and the offset in its `object` at which to continue
    lenient  for characters that Unicode encodes twice, such as the wave dash (U+301C, U+FF5E),
             use the code of the other one where the charset has only that

    The suffixes //TRANSLIT and //IGNORE of iconv are understood in `encoding`.

    Raises EncodeError for characters that the charset lacks, UnknownCharsetError,
    UnsupportedCharsetError, OptionError; TypeError for bytes.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"encode() takes str, not {type(text).__name__}; recode() turns bytes into bytes"
        )
    if errors != "strict":
        check_errors(errors)
    if type(encoding) is not str or "//" in encoding:
        encoding, errors = split_suffixes(encoding, errors)
    way = route(encoding)
    if errors == "strict" and not lenient:
        return run_encode(way, text, "strict")
    policy = Policy(way, errors, encoding=True, lenient=lenient)
    data = run_policy_encode(policy, text)
    return Collected(data, lambda: policy.problems) if policy.collects else data


def run_policy_encode(policy: Policy, text: str) -> bytes:
    """Encodes all of `text`; problems get their places."""
    policy.place.piece = len(text)
    data = run_encode(policy.way, text, policy.name)
    policy.encoded(text)
    return data


def run_encode(way: Route, text: str, errors: str) -> bytes:
    """Encodes all of `text`; errors of the codec become EncodeError."""
    try:
        return way.encode(text, errors)[0]
    except EncodeError:
        raise
    except UnicodeEncodeError as error:
        seen = error.object
        raise EncodeError(
            way.name,
            seen,
            error.start,
            error.end,
            error.reason,
            offset=len(text) - len(seen) + error.start,
        ) from None


@overload
def recode(  # type: ignore[overload-overlap] # as above
    data: Buffer,
    to: str = "utf-8",
    from_: str | None = None,
    *,
    errors: Collecting,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    threads: int = 1,
) -> Collected: ...
@overload
def recode(  # noqa: F811
    data: Buffer,
    to: str = "utf-8",
    from_: str | None = None,
    errors: Errors = "strict",
    *,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    threads: int = 1,
) -> bytes: ...
def recode(  # noqa: F811
    data: Buffer,
    to: str = "utf-8",
    from_: str | None = None,
    errors: Errors = "strict",
    *,
    lenient: bool = False,
    normalize: Normalization | None = None,
    newline: Newline = "keep",
    bom: Bom | None = None,
    threads: int = 1,
) -> bytes | Collected:
    """Converts bytes from one encoding to another; with `from_=None` it is detected.

    errors     policy as in `decode` and `encode`, for both ways; policies for encoding only
               ("xmlcharrefreplace", "namereplace", "translit") leave invalid bytes an error
    lenient    as in `encode`
    normalize  "NFC", "NFD", "NFKC" or "NFKD": a normalization form of Unicode for the text
    newline    "lf", "crlf", "cr" or "nel" for all ends of lines (also NEL where EBCDIC is read)
    bom        "keep" writes a byte order mark where the input has one and the target is a form of
               Unicode, "add" always there, "strip" never. With None a mark goes when the encoding
               is detected, and otherwise the codecs decide: "utf-8" keeps it as U+FEFF, "utf-8-sig"
               removes it and writes one
    threads    number of threads for large input, for charsets in which every line can be converted
               by itself

    The suffixes //TRANSLIT and //IGNORE of iconv are understood in `to`.

    Raises DecodeError and EncodeError for what cannot be converted, DecodeError also for what is
    not text; UnknownCharsetError, UnsupportedCharsetError, OptionError; TypeError for str.
    """
    if isinstance(data, str):
        raise TypeError("recode() takes bytes, not str: encode() turns text into bytes")
    if type(data) is not bytes:
        data = bytes_of(data)
    if errors != "strict":
        check_errors(errors)
    if threads != 1:
        at_least_one("threads", threads)
    if type(to) is not str or "//" in to:
        to, errors = split_suffixes(to, errors)
    target = route(to)
    read_errors = errors
    if from_ is None:
        from_ = encoding_of(detect(data), data)
    elif type(from_) is not str or "//" in from_:
        from_, read_errors = split_suffixes(from_, errors)
    source = route(from_)
    if normalize is not None or newline != "keep" or bom is not None:
        from .recoder import Recoder

        recoder = Recoder(
            source.name,
            target.name,
            errors,
            read_errors=read_errors,
            lenient=lenient,
            normalize=normalize,
            newline=newline,
            bom=bom,
        )
        out = bytes(recoder.feed(data, True))
        return Collected(out, recoder.problems) if recoder.collects else out
    if len(data) >= SMALL:
        done = _natively(source, target, data, read_errors, errors, lenient, threads)
        if done is not None:
            return Collected(done, ()) if collects(errors) else done
    if read_errors == errors == "strict" and not lenient:
        return run_encode(target, run(source, data, "strict"), "strict")
    text, unread = run_policy(source, data, read_errors)
    policy = Policy(target, errors, encoding=True, lenient=lenient)
    out = run_policy_encode(policy, text)
    if not policy.collects:
        return out
    return Collected(out, lambda: all_problems(unread(), policy.problems))  # type: ignore[arg-type]


def _natively(
    source: Route,
    target: Route,
    data: Buffer,
    read_errors: Errors,
    errors: Errors,
    lenient: bool,
    threads: int,
) -> bytes | None:
    """All of `data` by kernels; None when there are none, or they cannot do all that is in it.

    To be asked where `data` is not small.
    """
    read, write = source.native, target.native
    if read is None or write is None or type(data) is not bytes:
        return None
    patched = None
    if (read_errors, errors) != ("strict", "strict"):
        from .._conversion.patch import through

        reading = Policy(source, read_errors, encoding=False)
        # Where there is a map it has the twins.
        respells = lenient and write.maps is None
        writing = Policy(target, errors, encoding=True, lenient=respells)
        patched = through(read, write, reading, writing)
    if threads > 1 and len(data) >= _LARGE:
        from .._conversion.threads import recode_lines

        return recode_lines(read, write, data, lenient, threads, patched)
    return recode_native(read, write, data, lenient, patched)


def incremental_decoder(encoding: str, errors: DecodeErrors = "strict") -> IncrementalDecoder:
    """A decoder for input that comes in pieces; chunk boundaries do not change the text.

    Options as in `decode`. Raises UnknownCharsetError, UnsupportedCharsetError, OptionError.
    """
    from .._coding.incremental import IncrementalDecoder

    check_errors(errors)
    encoding, errors = split_suffixes(encoding, errors)
    return IncrementalDecoder(route(encoding), errors)


def incremental_encoder(
    encoding: str, errors: EncodeErrors = "strict", *, lenient: bool = False
) -> IncrementalEncoder:
    """An encoder for text that comes in pieces; chunk boundaries do not change the bytes.

    Options as in `encode`. Raises UnknownCharsetError, UnsupportedCharsetError, OptionError.
    """
    from .._coding.incremental import IncrementalEncoder

    check_errors(errors)
    encoding, errors = split_suffixes(encoding, errors)
    return IncrementalEncoder(route(encoding), errors, lenient=lenient)
