"""chardet's interface: `detect`, `detect_all` and `UniversalDetector`, with dicts as answers.

It is that of chardet 7: `import recodec.compat.chardet as chardet`. Differences that remain:

- all bytes are examined unless `max_bytes` says otherwise, and languages are BCP 47 tags (as
  chardet's own are from version 6 on);
- encodings that chardet does not tell have their IANA names, and Big5 has the name of the superset
  that it is read with; `bytes.decode` takes all of them once recodec is imported;
- the superset that a text is read with is named in any case; `prefer_superset` and its former name
  `should_rename_legacy` add that ASCII is called Windows-1252; `chunk_size` has no effect;
- text that recodec can only guess is said to be in `no_match_encoding` where that is given.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from .. import _errors
from .._detection.detect import Detector
from .._detection.detect import detect as _detect
from .._detection.detect import detect_all as _detect_all
from .._registry import charsets
from ._eras import EncodingEra, LanguageFilter, considered
from ._media_types import TEXT, declared_type, media_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypedDict

    from .._detection.result import Candidate, Detection

    class DetectionDict(TypedDict):
        """One answer; `encoding` is None for what is not text."""

        encoding: str | None
        confidence: float
        language: str | None
        mime_type: str | None

else:
    DetectionDict = dict


__all__ = [
    "DEFAULT_MAX_BYTES",
    "MINIMUM_THRESHOLD",
    "DetectionDict",
    "DetectionResult",
    "EncodingEra",
    "LanguageFilter",
    "UniversalDetector",
    "UnknownEncodingError",
    "detect",
    "detect_all",
]

# The release whose interface this is; requests and others ask for it.
__version__ = "7.7.0"

# Candidates below it are left out of detect_all unless asked for.
MINIMUM_THRESHOLD = 0.2

# What chardet looks at unless told otherwise; here for code that reads it.
DEFAULT_MAX_BYTES = 200_000

# What chardet says of no bytes, of which nothing can be known.
_EMPTY_CONFIDENCE = 0.1

# What is told of in the name of a superset: only what every such text reads the same with.
_SUPERSETS = MappingProxyType({"ascii": "cp1252"})

# Where chardet's spelling is not that of IANA; code compares with these literally.
_SPELLINGS = {
    "ascii": "ascii",
    "utf-8": "utf-8",
    "utf-8-sig": "UTF-8-SIG",
    "shift_jis": "SHIFT_JIS",
    "cp932": "CP932",
    "cp949": "CP949",
    "cp874": "CP874",
    "hz": "HZ-GB-2312",
    "johab": "Johab",
    "kz1048": "KZ1048",
    "mac-cyrillic": "MacCyrillic",
    "mac-greek": "MacGreek",
    "mac-iceland": "MacIceland",
    "mac-latin2": "MacLatin2",
    "mac-roman": "MacRoman",
    "mac-turkish": "MacTurkish",
    **{f"cp{number}": f"Windows-{number}" for number in range(1250, 1258)},
}
# What chardet did not tell before version 7 is spelt there as Python does.
_AS_PYTHON = {
    "utf-7", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le", "cp1258", "koi8-u", "ptcp154",
    "iso8859-3", "iso8859-4", "iso8859-10", "iso8859-14", "iso8859-15", "iso8859-16", "cp437",
    "cp775", "cp850", "cp852", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863", "cp864",
    "cp865", "cp869", "cp273", "cp424", "cp500", "cp1026", "cp1140", "split",
}  # fmt: skip


class UnknownEncodingError(_errors.UnknownCharsetError, ValueError):
    """An option names an encoding that there is none of; chardet raises ValueError for it."""


class DetectionResult(NamedTuple):
    """An answer as an object."""

    encoding: str | None
    confidence: float
    language: str | None
    mime_type: str | None = None

    def to_dict(self) -> DetectionDict:
        """The same as a dict."""
        return {
            "encoding": self.encoding,
            "confidence": self.confidence,
            "language": self.language,
            "mime_type": self.mime_type,
        }


_NOTHING_YET = DetectionResult(None, 0.0, None)


class _Asked:
    """What a call wants to know, and in which words."""

    def __init__(
        self,
        era: EncodingEra,
        max_bytes: int | None,
        compat_names: bool,
        include: Iterable[str] | None,
        exclude: Iterable[str] | None,
        no_match: str | None,
        empty: str,
        superset: bool,
    ) -> None:
        """Raises UnknownEncodingError for a name that none has, OptionError for an empty list and
        for `max_bytes` that are no positive integer."""
        allow = None if include is None else tuple(include)
        if allow == ():
            raise _errors.OptionError("include_encodings names none; None stands for all")
        if max_bytes is not None and (
            not isinstance(max_bytes, int) or isinstance(max_bytes, bool) or max_bytes < 1
        ):
            raise _errors.OptionError("max_bytes must be a positive integer")
        self.deny = tuple(exclude or ())
        self.scan = max_bytes
        self._compat_names = compat_names
        self._superset = superset
        try:
            self.allow = considered(era, allow)
            self._denied = charsets.expand(self.deny)
            self._no_match = None if no_match is None else charsets.lookup(no_match).name
            self._empty = charsets.lookup(empty).name
        except _errors.UnknownCharsetError as error:
            raise UnknownEncodingError(error.name, error.matches) from None
        if self.allow and not any(map(self._may_be, self.allow)):
            self.allow = None

    def _may_be(self, name: str) -> bool:
        """Whether the charset is one of those asked for."""
        if self.allow is None or charsets.lookup(name).id in self._denied:
            return False
        return not self.allow or name in self.allow

    def detect(self, data: bytes | bytearray | memoryview) -> DetectionDict:
        """The answer for all of the input."""
        if self.allow is None:
            return self.answer(None)
        return self.answer(_detect(data, allow=self.allow, deny=self.deny, scan=self.scan))

    def detector(self) -> Detector:
        return Detector(allow=self.allow or (), deny=self.deny, scan=self.scan)

    def answer(self, found: Detection | None) -> DetectionDict:
        """What detection found; None where it had nothing to choose from."""
        if found is None:
            return self.unknown()
        name = found.encoding
        if found.source == "empty":
            if not self._may_be(self._empty):
                return self.unknown()
            return self._said(self._empty, _EMPTY_CONFIDENCE, None, TEXT)
        if found.source == "fallback" and self._no_match and self._may_be(self._no_match):
            name = self._no_match
        if name is None:
            kind = media_type(found.kind)
        else:
            kind = declared_type(found.evidence.declared_kind)
        return self._said(name, found.confidence, found.language, kind)

    def candidate(self, one: Candidate) -> DetectionDict:
        """One of several readings."""
        return self._said(one.encoding, one.confidence, one.language, TEXT)

    def unknown(self) -> DetectionDict:
        """Of bytes that none of the encodings asked for can be."""
        if self._no_match and self._may_be(self._no_match):
            return self._said(self._no_match, 0.0, None, TEXT)
        return self._said(None, 0.0, None, media_type(None))

    def _said(
        self, encoding: str | None, confidence: float, language: str | None, kind: str
    ) -> DetectionDict:
        wider = _SUPERSETS.get(encoding or "") if self._superset else None
        if wider and self._may_be(wider):
            encoding = wider
        name = _spelt(encoding) if self._compat_names else encoding
        return DetectionResult(name, confidence, language or None, kind).to_dict()


def _spelt(encoding: str | None) -> str | None:
    if encoding is None or encoding in _AS_PYTHON:
        return encoding
    if encoding in _SPELLINGS:
        return _SPELLINGS[encoding]
    return charsets.lookup(encoding).iana or encoding


def _check(data: object) -> None:
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"Expected object of type bytes or bytearray, got: {type(data)}")


def detect(
    byte_str: bytes | bytearray | memoryview,
    should_rename_legacy: bool = False,
    encoding_era: EncodingEra = EncodingEra.ALL,
    chunk_size: int = 65536,
    max_bytes: int | None = None,
    *,
    prefer_superset: bool = False,
    compat_names: bool = True,
    include_encodings: Iterable[str] | None = None,
    exclude_encodings: Iterable[str] | None = None,
    no_match_encoding: str | None = None,
    empty_input_encoding: str = "utf-8",
) -> DetectionDict:
    """Finds the encoding of `byte_str`.

    encoding_era          consider the encodings of these eras only
    max_bytes             look at this many bytes from the start only
    prefer_superset, should_rename_legacy
                          call ASCII Windows-1252
    compat_names          chardet's spelling of names, not that of Python's codecs
    include_encodings, exclude_encodings
                          consider these only, and not those
    no_match_encoding     what to say of text that can only be guessed
    empty_input_encoding  what to say of no bytes

    Raises TypeError for anything but bytes, bytearray and memoryview, UnknownEncodingError (a
    ValueError) for unknown names, OptionError (a ValueError) for an empty `include_encodings` and
    for `max_bytes` that are no positive integer.
    """
    _check(byte_str)
    asked = _Asked(
        encoding_era,
        max_bytes,
        compat_names,
        include_encodings,
        exclude_encodings,
        no_match_encoding,
        empty_input_encoding,
        prefer_superset or should_rename_legacy,
    )
    return asked.detect(byte_str)


def detect_all(
    byte_str: bytes | bytearray | memoryview,
    ignore_threshold: bool = False,
    should_rename_legacy: bool = False,
    encoding_era: EncodingEra = EncodingEra.ALL,
    chunk_size: int = 65536,
    max_bytes: int | None = None,
    *,
    prefer_superset: bool = False,
    compat_names: bool = True,
    include_encodings: Iterable[str] | None = None,
    exclude_encodings: Iterable[str] | None = None,
    no_match_encoding: str | None = None,
    empty_input_encoding: str = "utf-8",
) -> list[DetectionDict]:
    """The readings that were considered, best first.

    Those below MINIMUM_THRESHOLD are left out unless `ignore_threshold`, the best never. What is
    not text gives the one answer of `detect`. Arguments and errors are those of `detect`.
    """
    _check(byte_str)
    asked = _Asked(
        encoding_era,
        max_bytes,
        compat_names,
        include_encodings,
        exclude_encodings,
        no_match_encoding,
        empty_input_encoding,
        prefer_superset or should_rename_legacy,
    )
    first = asked.detect(byte_str)
    if not byte_str or asked.allow is None or first["encoding"] is None:
        return [first]
    ranking = _detect_all(byte_str, allow=asked.allow, deny=asked.deny, scan=asked.scan)
    return [
        first,
        *(
            asked.candidate(one)
            for one in ranking[1:]
            if ignore_threshold or one.confidence >= MINIMUM_THRESHOLD
        ),
    ]


class UniversalDetector:
    """Detection of input that comes in pieces: feed, close, read `result`."""

    LEGACY_MAP: Mapping[str, str] = _SUPERSETS
    MINIMUM_THRESHOLD = MINIMUM_THRESHOLD

    def __init__(
        self,
        lang_filter: LanguageFilter = LanguageFilter.ALL,
        should_rename_legacy: bool = False,
        encoding_era: EncodingEra = EncodingEra.ALL,
        max_bytes: int | None = None,
        *,
        prefer_superset: bool = False,
        compat_names: bool = True,
        include_encodings: Iterable[str] | None = None,
        exclude_encodings: Iterable[str] | None = None,
        no_match_encoding: str | None = None,
        empty_input_encoding: str = "utf-8",
    ) -> None:
        """`lang_filter` has no effect; name encodings instead. Others are those of `detect`."""
        self._asked = _Asked(
            encoding_era,
            max_bytes,
            compat_names,
            include_encodings,
            exclude_encodings,
            no_match_encoding,
            empty_input_encoding,
            prefer_superset or should_rename_legacy,
        )
        self._detector = self._asked.detector()
        self.reset()

    def reset(self) -> None:
        """Starts anew."""
        self._detector.reset()
        self._size = 0
        self._closed = self._final = False
        self.done: bool = False
        self.result: DetectionDict = _NOTHING_YET.to_dict()

    def feed(self, byte_str: bytes | bytearray | memoryview) -> None:
        """Adds a piece; what follows `max_bytes`, or cannot change the answer, is not looked at.

        Raises ValueError after close().
        """
        _check(byte_str)
        if self._closed:
            raise ValueError("feed() after close(): call reset() to start anew")
        if self._final:
            return
        self._size += memoryview(byte_str).nbytes
        if self._detector.feed(byte_str):
            self._finish()
        elif self._asked.scan and self._size >= self._asked.scan:
            self.done = True  # a byte more would say that the last character is cut there

    def close(self) -> DetectionDict:
        """Ends the input; the answer is returned and stays in `result`."""
        if not self._final:
            self._finish()
        self._closed = True
        return self.result

    def _finish(self) -> None:
        self.done = self._final = True
        found = None if self._asked.allow is None else self._detector.finish()
        self.result = self._asked.answer(found)
