"""Which encoding are these bytes in, given at once or in pieces? And the making of the answer."""

from __future__ import annotations

from _thread import allocate_lock

from .._core import detection as core
from .._errors import OptionError, at_least_one
from .result import Candidate, Detection, Rest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from types import TracebackType
    from typing import Any, NoReturn, TypeVar

    from typing_extensions import Buffer, Self

    from .asked import Asked
    from .options import Options

    Call = TypeVar("Call", bound=Callable[..., Detection])

__all__ = ["Detector", "detect", "detect_all"]

# Decoding with the name must remove the mark; the forms with a fixed byte order keep it as U+FEFF.
_MARKED = {
    "utf-8": "utf-8-sig",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}
_HEAD = 8  # bytes kept to show the byte order mark; the longest has five

_new = Detection.__new__
_glance = core.settled
settled: dict[int, tuple[str | None, float]] = {}  # what the few numbers of _glance() mean
_LATER = core.LATER
_LATER_SIZE = core.LATER_SIZE
_headline = core.headline
# Names and tags by id, None where there is none.
_encodings: tuple[str | None, ...] = ()
_tags: tuple[str | None, ...] = ()


def refuse_text(data: object, call: str) -> None:
    if isinstance(data, str):
        raise TypeError(
            f"{call}() takes bytes, not str: text has no encoding any more; "
            f"pass the bytes it was read from (open the file with mode 'rb')"
        )


def bytes_of(data: Buffer) -> memoryview:
    """A flat view of any contiguous buffer. Raises TypeError and BufferError for anything else."""
    try:
        view = memoryview(data)
    except TypeError:
        hint = ""
        if hasattr(data, "__fspath__") or hasattr(data, "read"):
            hint = "; detect_file() and open() take paths and files"
        raise TypeError(
            f"bytes or another buffer are needed, not {type(data).__name__}{hint}"
        ) from None
    if not view.c_contiguous:
        raise BufferError("the buffer is not C-contiguous; pass a contiguous copy of it")
    if not view.nbytes:
        return memoryview(b"")
    try:
        return view.cast("B")
    except (TypeError, ValueError):
        # Items of another byte order, or records: memoryview knows no way from them to bytes.
        return core.flat(data)


def flat(data: Buffer) -> bytearray | memoryview:
    """As `bytes_of`, but a bytearray as it is.

    A view keeps it from being resized, where objects are not collected at once (PyPy) for long.
    """
    return data if type(data) is bytearray else bytes_of(data)


def steady(data: bytearray | memoryview) -> bytes | bytearray | memoryview:
    """The bytes of short input, which others may change before its language is asked for."""
    return bytes(data) if len(data) <= _LATER_SIZE else data


def _load_names() -> None:
    global _encodings, _tags  # noqa: PLW0603 - equal whoever fills them
    if not _encodings:
        _tags = (None, *core.language_names()[1:])
        _encodings = (None, *core.charset_names()[1:])


def build(
    raw: bytearray, data: bytes | bytearray | memoryview, options: Options | None = None
) -> Detection:
    """Makes the answer.

    `data` is the start of the input, for the byte order mark, or all of it where the language is
    left for later.
    """
    if options is not None and options.asked is not None:
        options.asked.name(raw, data)
    if not _encodings:
        _load_names()
    charset, language, _, bom_len, _, _, confidence = _headline(raw)
    found = _new(Detection)
    found._encoding = name = _encodings[charset]
    found._confidence = confidence / 1e6
    if bom_len and name is not None:
        found._encoding = _MARKED.get(name, name)
    if language == _LATER:
        found._rest = bytes(data) if options is None else (bytes(data), options)
        return found
    found._language = _tags[language]
    found._rest = Rest(raw, bytes(data[:bom_len])) if bom_len else raw
    return found


def settle(code: int) -> tuple[str | None, float]:
    """Encoding and confidence of what `core.settled` returned."""
    _load_names()
    charset, millionths = code >> core.SETTLED_SHIFT, code & ((1 << core.SETTLED_SHIFT) - 1)
    return settled.setdefault(code, (_encodings[charset], millionths / 1e6))


def item_of(data: Buffer, number: int, call: str) -> bytes | bytearray | memoryview:
    """The bytes of one of many items; what it raises says which."""
    if type(data) is bytes:
        return data
    try:
        refuse_text(data, call)
        return steady(flat(data))
    except TypeError as error:
        raise TypeError(f"item {number}: {error}") from error
    except BufferError as error:
        raise BufferError(f"item {number}: {error}") from error


def refuse_single(items: object, name: str) -> None:
    """Raises TypeError where one item was passed instead of many: its parts are no byte strings."""
    refuse_text(items, name)
    try:
        view = memoryview(items)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return
    if view.ndim == 1 and view.format in ("B", "b", "c"):  # an mmap would be taken byte by byte
        raise TypeError(f"{name}() takes an iterable of byte strings, not {type(items).__name__}")


def scan_limit(scan: int | None) -> int | None:
    return None if scan is None else at_least_one("scan", scan)


def _without_options(whole: Call) -> Call:
    """`whole`, which is detect() with its options, behind what bytes need without any.

    Python takes as long to fill in eight options that nobody gave as the core to look at 1 KB.
    """

    def detect(data: Buffer, **options: Any) -> Detection:
        if options or type(data) is not bytes:
            return whole(data, **options)
        size = len(data)
        # Nothing but a look is needed for most short input.
        if size <= _LATER_SIZE and (code := _glance(data, size)):
            found = _new(Detection)
            try:
                found._encoding, found._confidence = settled[code]
            except KeyError:
                found._encoding, found._confidence = settle(code)
            found._rest = data
            return found
        return build(core.detect(data, later=True), data)

    for name in ("__module__", "__qualname__", "__doc__", "__annotations__"):
        setattr(detect, name, getattr(whole, name))
    detect.__wrapped__ = whole  # type: ignore[attr-defined]  # what inspect.signature() shows
    return detect  # type: ignore[return-value]


@_without_options
def detect(
    data: Buffer,
    *,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    exact: bool = False,
    final: bool = True,
    scan: int | None = None,
) -> Detection:
    """Finds the encoding of `data`, any contiguous buffer, by looking at every byte.

    allow, deny   charset names or families ("web", "windows", "dos", "mac", "ebcdic", "unicode"
                  ...) that may, or must not, be the answer; by default all detectable ones may
    language      BCP 47 tag of the expected language; evidence may overrule it
    tld           top-level domain that the text comes from ("ru"), a weaker hint for the language
    declared      label from outside, such as the charset of a Content-Type; ignored if unknown
                  or if it does not fit the bytes
    exact         answer the narrowest charset that fits (iso8859-1) instead of its superset
                  (cp1252), and no legacy charset with undecodable bytes
    final         False means that `data` is truncated: an incomplete last character is no error
    scan          number of bytes to examine from the start; the answer is about these only

    For empty input the answer is "utf-8" with confidence 0.0, for binary data `encoding=None`.
    Raises TypeError for str, BufferError for a buffer that is not contiguous, UnknownCharsetError
    and OptionError for invalid options.
    """
    if type(data) is not bytes:
        refuse_text(data, "detect")
        data = steady(flat(data))
    if scan is not None and scan_limit(scan) is not None and len(data) > scan:
        data = steady(memoryview(data)[:scan])
        final = False
    if final and not (allow or deny or language or tld or declared or exact):
        if type(data) is bytes:  # as short data are by now
            return detect(data)
        return build(core.detect(data, later=True), data)
    from .options import options_of

    options = options_of(allow, deny, language, tld, declared, exact, final)
    return build(core.detect(data, options, later=True), data, options)


def detect_all(
    data: Buffer,
    *,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    exact: bool = False,
    final: bool = True,
    scan: int | None = None,
) -> tuple[Candidate, ...]:
    """The readings that were considered, the most probable first.

    Options and errors are those of `detect`. Empty for what is not text.
    """
    refuse_text(data, "detect_all")
    found = detect(
        data,
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        exact=exact,
        final=final,
        scan=scan,
    )
    return ranking(found)


def ranking(found: Detection) -> tuple[Candidate, ...]:
    """The candidates with the answer in front, named as the answer is."""
    if found.encoding is None:
        return ()
    first = Candidate(encoding=found.encoding, confidence=found.confidence, language=found.language)
    # With a byte order mark the core ranks utf-16-le where the answer is utf-16.
    rest = [
        other
        for number, other in enumerate(found.candidates)
        if number or _MARKED.get(other.encoding, other.encoding) != first.encoding
    ]
    if rest and rest[0].encoding == first.encoding:
        rest = rest[1:]
    return (first, *rest)


class Detector:
    """Detection of input that comes in pieces; chunk boundaries do not change the answer.

    Options and errors are those of `detect`. Memory is constant in the length of the input. Calls
    from several threads exclude each other. As a context manager it finishes at the end.

        with recodec.Detector() as detector:
            for block in blocks:
                if detector.feed(block):
                    break
        print(detector.finish().encoding)
    """

    __slots__ = (
        "__weakref__",
        "_asked",
        "_cut",
        "_done",
        "_final",
        "_fits",
        "_head",
        "_left",
        "_lock",
        "_result",
        "_scan",
        "_stream",
    )

    def __init__(
        self,
        *,
        allow: Collection[str] = (),
        deny: Collection[str] = (),
        language: str | None = None,
        tld: str | None = None,
        declared: str | None = None,
        exact: bool = False,
        final: bool = True,
        scan: int | None = None,
    ) -> None:
        self._scan = scan_limit(scan)
        self._lock = allocate_lock()
        self._asked: Asked | None = None
        if allow or deny or language or tld or declared or exact:
            from .options import options_of

            options = options_of(allow, deny, language, tld, declared, exact, final)
            self._asked = options.asked
            self._stream = core.Stream(options)
        else:
            self._stream = core.Stream(core.Options(sample=not final))
        self._final = final
        self._start()

    def _start(self) -> None:
        self._fits = self._asked.fits() if self._asked is not None else {}
        self._head = b""
        self._left = self._scan
        self._cut = False
        self._done = False
        self._result: Detection | None = None

    @property
    def done(self) -> bool:
        """Whether no further input can change the answer; feeding more is allowed."""
        return self._done

    def feed(self, data: Buffer) -> bool:
        """Adds `data`; returns `done`. Raises OptionError after `finish`."""
        refuse_text(data, "Detector.feed")
        if type(data) is not bytes:
            data = flat(data)
        with self._lock:
            if self._result is not None:
                raise OptionError("input after finish(): call reset() first")
            if len(self._head) < _HEAD:
                self._head += bytes(data[: _HEAD - len(self._head)])
            if self._left is not None:
                self._cut = self._cut or len(data) > self._left
                data = data[: self._left]
                self._left -= len(data)
            for fit in self._fits.values():
                fit.feed(data)
            self._done = self._stream.feed(data) or self._cut
            return self._done

    def peek(self) -> Detection:
        """The answer for the bytes so far, as if more were to come. Runs the models."""
        with self._lock:
            return self._result or self._build(self._stream.peek())

    def finish(self) -> Detection:
        """The answer for all bytes fed; may be called again, `feed` only after `reset`."""
        with self._lock:
            if self._result is None:
                # Input beyond `scan` makes a sample of what was seen, and a peek judges samples.
                for fit in () if self._cut or not self._final else self._fits.values():
                    fit.feed(b"", final=True)
                raw = self._stream.peek() if self._cut else self._stream.finish()
                self._result = self._build(raw)
            return self._result

    def _build(self, raw: bytearray) -> Detection:
        if self._asked is not None:
            self._asked.name_fed(raw, self._fits)
        return build(raw, self._head)

    def reset(self) -> None:
        """Forgets the input and starts again with the same options."""
        with self._lock:
            self._stream.reset()
            self._start()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Detector cannot be copied or pickled; make one and feed it the input")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.finish()
