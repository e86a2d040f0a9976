"""Which encoding are these bytes in? The calls, their options, and the making of the answer."""

from __future__ import annotations

from _thread import allocate_lock
from itertools import accumulate, chain, islice

from .._core import detection as core
from .._errors import OptionError, at_least_one, did_you_mean
from .result import Candidate, Detection, Rest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from types import TracebackType
    from typing import Any, NoReturn, TypeVar

    from typing_extensions import Buffer, Self

    from .._registry.charsets import Charset
    from .asked import Asked

    Call = TypeVar("Call", bound=Callable[..., Detection])

__all__ = ["Detector", "detect", "detect_all", "detect_group"]

# Decoding with the name must remove the mark; the forms with a fixed byte order keep it as U+FEFF.
_MARKED = {
    "utf-8": "utf-8-sig",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}
# Whoever allows the name on the left also means the forms it is found as.
_FORMS = {
    "utf-8": ("utf-8-sig",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-32": ("utf-32-le", "utf-32-be"),
}
_WIDE_FEEDS = {
    "utf-16-le": b"\n\0",
    "utf-16-be": b"\0\n",
    "utf-32-le": b"\n\0\0\0",
    "utf-32-be": b"\0\0\0\n",
}
_GROUP_HEAD = 64  # items of a group that are asked whether they are UTF-16, at most,
_GROUP_BYTES = 1 << 16  # and bytes
_HEAD = 8  # bytes kept to show the byte order mark; the longest has five

_new = Detection.__new__
_glance = core.settled
settled: dict[int, tuple[str | None, float]] = {}  # what the few numbers of _glance() mean
_LATER = core.LATER
_LATER_SIZE = core.LATER_SIZE
_headline = core.headline
_charsets: tuple[str, ...] = ()
_languages: tuple[str, ...] = ()
# The same with None where there is none.
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


def _closest_languages(word: str) -> str:
    """Tags whose language `word` may be, by code or by name, to end an error message with."""
    from difflib import get_close_matches

    from .._registry.language_table import TABLE

    words = {
        each.lower(): tag
        for tag, (_, iso639_3, english, own, *_) in TABLE.items()
        if tag in _languages
        for each in (iso639_3, english, own, tag)
    }
    found = get_close_matches(word.lower(), words, n=3, cutoff=0.6)
    return did_you_mean(dict.fromkeys(words[each] for each in found))


def _ids(names: Collection[str] | str) -> frozenset[int]:
    from .._registry import charsets

    if isinstance(names, str):  # a single name; its letters are surely not meant
        names = (names,)
    found = charsets.expand(names)
    forms = {name for ident in found for name in _FORMS.get(_charsets[ident], ())}
    return found | {_charsets.index(name) for name in forms}


def _by_name(names: Collection[str] | str) -> list[Charset]:
    """The charsets that are named themselves, not by their family."""
    from .._registry import charsets

    names = (names,) if isinstance(names, str) else names
    families = (*charsets.families(), "web")
    return [charsets.lookup(name) for name in names if name.lower() not in families]


def _never_told() -> frozenset[int]:
    """Ids of the charsets that are no answer unless they are asked for by name."""
    from .._registry import charsets

    return frozenset(row.id for row in charsets.all_charsets() if not row.detectable)


def _told_as(asked: list[Charset], allowed: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Of charsets that are asked for and seldom told: what they may be told as, with their ids.

    That is themselves, and another where that is not allowed or denied.
    """
    told_as: dict[int, tuple[int, ...]] = {}
    for charset in asked:
        if (charset.detectable and not charset.told_as) or charset.id not in allowed:
            continue
        told_as[charset.id] = (charset.id,)
        told = charset.told_as and _charsets.index(charset.told_as)
        if told and told not in allowed:
            told_as[told] = (*told_as.get(told, ()), charset.id)
    return told_as


def _language_id(tag: str, *, must: bool = True) -> int:
    from .._registry.hints import language_tag

    known = language_tag(tag, _languages)
    if known is None:
        if not must:
            return 0
        raise OptionError(f"unknown language {tag!r}{_closest_languages(tag)}")
    return _languages.index(known)


class Options(core.Options):
    """The core's options, and what becomes of its answers: `asked`."""

    __slots__ = ("asked",)

    def __init__(
        self,
        *,
        allow: frozenset[int] | None,
        declared: int,
        language: int,
        exact: bool,
        sample: bool,
        asked: Asked | None,
    ) -> None:
        super().__init__(
            allow=allow,
            declared=declared,
            language=language,
            exact=exact,
            sample=sample,
            may_wait=asked is None,  # of whom it is not known what they make of an answer
        )
        self.asked = asked


def options_of(
    allow: Collection[str],
    deny: Collection[str],
    language: str | None,
    tld: str | None,
    declared: str | None,
    exact: bool,
    final: bool,
) -> Options:
    """The options in the core's terms; OptionError and UnknownCharsetError say what is wrong."""
    _load_names()
    for hint in (language, tld, declared):
        if hint is not None and not isinstance(hint, str):
            raise TypeError(f"language, tld and declared must be str, not {type(hint).__name__}")
    allowed: frozenset[int] | None = None
    names: Asked | None = None
    if allow or deny:
        allowed = _ids(allow) if allow else frozenset(range(1, len(_charsets)))
        allowed -= _ids(deny) if deny else frozenset()
        asked = _by_name(allow)
        allowed -= _never_told() - {charset.id for charset in asked}
        if not allowed:
            raise OptionError("allow and deny leave no charset to answer")
        if told_as := _told_as(asked, allowed):
            from .asked import Asked

            names = Asked(told_as, sample=not final)
            allowed |= told_as.keys()
    language_id = 0
    if language:
        language_id = _language_id(language)
    elif tld:
        from .._registry.hints import tld_language

        # A hint from the outside world: a domain that says nothing about the language is no error.
        tag = tld_language(tld)
        language_id = _language_id(tag, must=False) if tag else 0
    label = 0
    if declared is not None:
        # Labels come from strangers too: an unknown one is as good as none.
        label = core.charset_from_label(declared.encode("ascii", "replace"))
    return Options(
        allow=allowed,
        declared=label,
        language=language_id,
        exact=bool(exact),
        sample=not final,
        asked=names,
    )


def _load_names() -> None:
    global _charsets, _languages, _encodings, _tags  # noqa: PLW0603 - equal whoever fills them
    if not _encodings:
        _languages = core.language_names()
        _charsets = core.charset_names()
        _tags = (None, *_languages[1:])
        _encodings = (None, *_charsets[1:])


def build(
    raw: bytearray, data: bytes | bytearray | memoryview, options: Options | None = None
) -> Detection:
    """Makes the answer.

    `data` is the start of the input, for the byte order mark, or all of it where the language is
    left for later.
    """
    if options is not None and options.asked is not None:
        options.asked.name(raw, data)
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
        if not _encodings:
            _load_names()
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
        _load_names()
        return build(core.detect(data, later=True), data)
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


def detect_group(
    items: Iterable[Buffer],
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
    """One encoding for many short strings: the names in a zip file, ID3 tags, a column.

    They are judged as the lines of one text, so that all of them decide together. Offsets in the
    answer count in the items joined by line feeds, which have two bytes in UTF-16 and four in
    UTF-32. Options and errors are those of `detect`.
    """
    detector = Detector(
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        exact=exact,
        final=final,
        scan=scan,
    )
    refuse_single(items, "detect_group")
    checked = (item_of(data, number, "detect_group") for number, data in enumerate(items))
    head = list(islice(checked, _GROUP_HEAD))
    feed = _line_feed(head, options_of(allow, deny, language, tld, declared, exact, final))
    filled = False
    for number, data in enumerate(chain(head, checked)):
        if number:
            detector.feed(feed)
        detector.feed(data)
        filled = filled or len(data) > 0
    if not filled:
        detector.reset()  # nothing but line feeds of our own
    return detector.finish()


def _line_feed(head: list[bytes | bytearray | memoryview], options: core.Options) -> bytes:
    """What is to stand between the items of a group that begins so: a line feed, also in UTF-16.

    A single byte would tear apart all code units behind it. Items are only looked at without it
    where it makes something of them that is no text: what is told with it stays told so.
    """
    sizes = accumulate(map(len, head))
    head = [data for data, size in zip(head, sizes, strict=True) if size <= _GROUP_BYTES]
    if len(head) > 1 and not any(len(data) % 2 for data in head):
        for between in (b"\n", b""):
            name = _charsets[_headline(core.detect(between.join(head), options))[0]]
            if name:
                return _WIDE_FEEDS.get(name, b"\n")
    return b"\n"


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
        options = options_of(allow, deny, language, tld, declared, exact, final)
        self._asked = options.asked
        self._final = final
        self._stream = core.Stream(options)
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
