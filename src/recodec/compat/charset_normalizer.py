"""charset-normalizer's interface: `from_bytes(...).best()`, `from_path`, `from_fp`, `is_binary`.

A match is a reading of the bytes with its text. recodec does not measure mess and coherence, it
judges by language models: `coherence` is the `confidence` that they give, `chaos` what is missing
to one. Options that tune the measures are taken, in their order, and have no effect.
"""

from __future__ import annotations

from .._coding.route import route
from .._detection.detect import detect as _detect
from .._detection.detect import ranking
from .._recoding.declarations import Declarations
from .._recoding.decode import run
from .._registry import charsets
from .._registry.languages import english_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from typing import IO, Any, TypedDict

    from .._detection.result import Candidate

    class ResultDict(TypedDict):
        """What `detect` answers."""

        encoding: str | None
        language: str
        confidence: float | None


__all__ = [
    "VERSION",
    "CharsetMatch",
    "CharsetMatches",
    "__version__",
    "detect",
    "from_bytes",
    "from_fp",
    "from_path",
    "is_binary",
    "set_logging_handler",
]

# The release whose interface this is; requests and others ask for it.
__version__ = "3.5.3"
VERSION = __version__.split(".")

_UNKNOWN = "Unknown"
# Languages that charset-normalizer calls otherwise, by tag.
_LANGUAGES = {
    "fa": "Farsi",
    "nb": "Norwegian",
    "nn": "Norwegian",
    "sl": "Slovene",
    "sr-Cyrl": "Serbian",
    "sr-Latn": "Serbian",
    "yue": "Chinese",
    "zh-Hans": "Chinese",
    "zh-Hant": "Chinese",
}
# Codecs that `detect` names as chardet did before version 6; code compares with these literally.
_AS_CHARDET = {
    "utf_8": "utf-8",
    "utf_8_sig": "UTF-8-SIG",
    "utf_16": "UTF-16",
    "utf_32": "UTF-32",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "iso8859_1": "ISO-8859-1",
    "iso8859_2": "ISO-8859-2",
    "iso8859_5": "ISO-8859-5",
    "iso8859_6": "ISO-8859-6",
    "iso8859_7": "ISO-8859-7",
    "iso8859_8": "ISO-8859-8",
    "koi8_r": "KOI8-R",
    "mac_cyrillic": "MacCyrillic",
    "cp855": "IBM855",
    "cp866": "IBM866",
    "tis_620": "TIS-620",
    "shift_jis": "SHIFT_JIS",
    "cp932": "CP932",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "gb2312": "GB2312",
    "gb18030": "GB18030",
    "big5": "Big5",
    "euc_kr": "EUC-KR",
    "cp949": "CP949",
    "iso2022_kr": "ISO-2022-KR",
}


class CharsetMatch:
    """One reading of the bytes. `str()` of it is the text."""

    def __init__(self, raw: bytes, found: Candidate) -> None:
        self._raw = raw
        self._found = found
        self._text: str | None = None
        self._others: list[CharsetMatch] = []

    @property
    def raw(self) -> bytes:
        """The bytes as they came."""
        return self._raw

    @property
    def encoding(self) -> str:
        """Name of the codec, with underscores."""
        name = self._found.encoding.replace("-", "_")
        # The mark shows in `bom`, not in the name.
        return "utf_8" if name == "utf_8_sig" else name

    @property
    def encoding_aliases(self) -> list[str]:
        """Other names of the encoding."""
        return list(charsets.lookup(self._found.encoding).aliases)

    @property
    def confidence(self) -> float:
        """Probability that this reading is right."""
        return self._found.confidence

    @property
    def coherence(self) -> float:
        """The confidence, under the name of what charset-normalizer measures."""
        return self.confidence

    @property
    def percent_coherence(self) -> float:
        """The same, of a hundred."""
        return round(100 * self.coherence, 3)

    @property
    def chaos(self) -> float:
        """Probability that this reading is wrong; no bytes are in no disorder."""
        return 1 - self.confidence if self._raw else 0.0

    @property
    def percent_chaos(self) -> float:
        """The same, of a hundred."""
        return round(100 * self.chaos, 3)

    @property
    def multi_byte_usage(self) -> float:
        """Share of the bytes that a code of one byte a character would save."""
        return 1 - len(str(self)) / len(self._raw) if self._raw else 0.0

    @property
    def alphabets(self) -> list[str]:
        """Names of the blocks of Unicode that the text is in, sorted."""
        from ._unicode_blocks import blocks_of

        return blocks_of(str(self))

    @property
    def submatch(self) -> list[CharsetMatch]:
        """Readings with the same text that were added: detection itself keeps one of each."""
        return list(self._others)

    def add_submatch(self, other: CharsetMatch) -> None:
        """Keeps another reading with the same text. Raises ValueError for anything else."""
        if not isinstance(other, CharsetMatch) or other == self:
            raise ValueError(f"not another reading of the same bytes: {other!r}")
        self._others.append(other)

    @property
    def has_submatch(self) -> bool:
        """Whether there are some."""
        return bool(self._others)

    @property
    def fingerprint(self) -> int:
        """Hash of the text, the same for readings that agree; of this process only."""
        return hash(str(self))

    @property
    def language(self) -> str:
        """English name of the language, "Unknown" when it was not told."""
        tag = self._found.language
        return _LANGUAGES.get(tag) or english_name(tag) if tag else _UNKNOWN

    @property
    def languages(self) -> list[str]:
        """The language as a list, empty when it was not told."""
        return [self.language] if self._found.language else []

    @property
    def bom(self) -> bool:
        """Whether the bytes start with a byte order mark."""
        return self._found.encoding in ("utf-8-sig", "utf-16", "utf-32")

    byte_order_mark = bom

    def output(self, encoding: str = "utf_8") -> bytes:
        """The text in another encoding; what it does not have becomes "?".

        Where the text declares an encoding (XML, HTML, coding lines) it declares this one then.
        """
        name = route(encoding).name
        return Declarations(name).feed(str(self), True).encode(name, "replace")

    @property
    def could_be_from_charset(self) -> list[str]:
        """The encoding, and those of `submatch`."""
        return [self.encoding, *(other.encoding for other in self._others)]

    def __eq__(self, other: object) -> bool:
        """Also with the name of an encoding, or an alias of it."""
        if isinstance(other, str):
            try:
                return charsets.lookup(other) is charsets.lookup(self.encoding)
            except LookupError:
                return False
        if not isinstance(other, CharsetMatch):
            return NotImplemented
        return self.encoding == other.encoding and self._raw == other._raw

    def __lt__(self, other: object) -> bool:
        """Whether it is the likelier one, so that the best sorts first.

        Raises ValueError for anything but a CharsetMatch.
        """
        if not isinstance(other, CharsetMatch):
            raise ValueError(f"Expected a CharsetMatch, got: {type(other)}")
        return self.confidence > other.confidence

    __hash__: None = None  # type: ignore[assignment] # it equals names, whose hashes are others

    def __str__(self) -> str:
        if self._text is None:
            # A reading with a few broken bytes is still the best one.
            self._text = run(route(self._found.encoding), self._raw, "replace")
        return self._text

    def __repr__(self) -> str:
        return f"<CharsetMatch {self.encoding!r}>"


class CharsetMatches:
    """The readings of some bytes, best first; empty for what is not text."""

    def __init__(self, results: Iterable[CharsetMatch] | None = None) -> None:
        self._results = list(results or ())

    def best(self) -> CharsetMatch | None:
        """The most likely reading, None when there is none."""
        return self._results[0] if self._results else None

    first = best

    def append(self, item: CharsetMatch) -> None:
        """Adds a reading: to one with the same text, else where its confidence puts it.

        Raises ValueError for anything but a CharsetMatch.
        """
        if not isinstance(item, CharsetMatch):
            raise ValueError(f"Expected a CharsetMatch, got: {type(item)}")
        for match in self._results:
            if match != item and str(match) == str(item):
                match.add_submatch(item)
                return
        self._results.append(item)
        self._results.sort()

    def __iter__(self) -> Iterator[CharsetMatch]:
        return iter(self._results)

    def __getitem__(self, item: int | str) -> CharsetMatch:
        if isinstance(item, int):
            return self._results[item]
        wanted = charsets.find(item)
        for match in self._results:
            if wanted is not None and charsets.lookup(match.encoding) is wanted:
                return match
        raise KeyError(item)

    def __len__(self) -> int:
        return len(self._results)

    def __bool__(self) -> bool:
        return bool(self._results)


def from_bytes(
    sequences: bytes | bytearray,
    steps: int = 5,
    chunk_size: int = 512,
    threshold: float = 0.2,
    cp_isolation: Iterable[str] | None = None,
    cp_exclusion: Iterable[str] | None = None,
    preemptive_behaviour: bool = True,
    explain: bool = False,
    language_threshold: float = 0.1,
    enable_fallback: bool = True,
) -> CharsetMatches:
    """The readings of `sequences`; `cp_isolation` and `cp_exclusion` are allow and deny lists.

    There is none where no encoding that is allowed can be theirs.

    Raises TypeError for anything but bytes and bytearray, UnknownCharsetError for unknown names.
    """
    if not isinstance(sequences, (bytes, bytearray)):
        raise TypeError(f"Expected object of type bytes or bytearray, got: {type(sequences)}")
    raw = bytes(sequences)
    found = _detect(raw, allow=tuple(cp_isolation or ()), deny=tuple(cp_exclusion or ()))
    if found.source == "fallback" and found.bad:
        return CharsetMatches()
    return CharsetMatches(CharsetMatch(raw, one) for one in ranking(found))


def from_fp(fp: IO[bytes], *options: Any, **named: Any) -> CharsetMatches:
    """The same for the rest of a binary file; the options are those of `from_bytes`."""
    return from_bytes(fp.read(), *options, **named)


def from_path(path: str | bytes | os.PathLike[str], *options: Any, **named: Any) -> CharsetMatches:
    """The same for a file. Raises OSError when it cannot be read."""
    with open(path, "rb") as fp:
        return from_fp(fp, *options, **named)


def is_binary(
    fp_or_path_or_payload: IO[bytes] | str | bytes | os.PathLike[str],
    *options: Any,
    **named: Any,
) -> bool:
    """Whether a file, a path or bytes hold something else than text; see `from_bytes`."""
    source = fp_or_path_or_payload
    if isinstance(source, (bytes, bytearray)):
        return not from_bytes(source, *options, **named)
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        return not from_path(source, *options, **named)
    return not from_fp(source, *options, **named)


def detect(
    byte_str: bytes | bytearray, should_rename_legacy: bool = False, **options: Any
) -> ResultDict:
    """The answer as a dict, with chardet's names of encodings unless `should_rename_legacy`.

    Other options are what chardet's calls may bring along: they have no effect, and a UserWarning
    says so.
    """
    if options:
        import warnings

        warnings.warn(f"detect() ignores {', '.join(options)}", stacklevel=2)
    best = from_bytes(byte_str).best()
    if best is None:
        return {"encoding": None, "language": "", "confidence": None}
    name = "utf_8_sig" if best.bom and best.encoding == "utf_8" else best.encoding
    language = best.language
    return {
        "encoding": name if should_rename_legacy else _AS_CHARDET.get(name, name),
        "language": "" if language == _UNKNOWN else language,
        "confidence": best.confidence,
    }


def set_logging_handler(
    name: str = "charset_normalizer",
    level: int = 20,
    format_string: str = "%(asctime)s | %(levelname)s | %(message)s",
) -> None:
    """Writes what is logged under `name` to standard error. recodec itself logs nothing."""
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(format_string))
    logger = logging.getLogger(name)
    logger.setLevel(level)
    logger.addHandler(handler)
