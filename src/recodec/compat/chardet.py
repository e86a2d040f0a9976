"""chardet's interface: `detect`, `detect_all` and `UniversalDetector`, with dicts as answers.

Differences that remain: all bytes are examined unless `max_bytes` says otherwise, languages are
BCP 47 tags (as chardet's own are from version 6 on), and encodings are named with their IANA names,
which `bytes.decode` takes once recodec is imported.
"""

from __future__ import annotations

from .. import _registry
from .._detect import Detector
from .._detect import detect as _detect
from .._detect import detect_all as _detect_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypedDict

    from .._result import Candidate, Detection

    class ResultDict(TypedDict):
        """One answer; `encoding` is None for what is not text."""

        encoding: str | None
        confidence: float
        language: str | None


__all__ = ["MINIMUM_THRESHOLD", "UniversalDetector", "detect", "detect_all"]

# The release whose interface this is; requests and others ask for it.
__version__ = "7.7.0"

# Candidates below it are left out of detect_all unless asked for.
MINIMUM_THRESHOLD = 0.2

# Where chardet's spelling is not that of IANA; code compares with these literally.
_SPELLINGS = {
    "ascii": "ascii",
    "utf-8": "utf-8",
    "utf-8-sig": "UTF-8-SIG",
    "shift_jis": "SHIFT_JIS",
    "cp932": "CP932",
    "cp949": "CP949",
    "hz": "HZ-GB-2312",
    "mac-cyrillic": "MacCyrillic",
    "mac-roman": "MacRoman",
    "johab": "Johab",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
}


def _spelt(encoding: str | None) -> str | None:
    if encoding is None or encoding in _SPELLINGS:
        return _SPELLINGS.get(encoding or "")
    return _registry.lookup(encoding).iana or encoding


def _result(found: Detection | Candidate) -> ResultDict:
    return {
        "encoding": _spelt(found.encoding),
        "confidence": found.confidence,
        "language": found.language,
    }


def _check(data: object) -> None:
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"Expected object of type bytes or bytearray, got: {type(data)}")


def detect(
    byte_str: bytes | bytearray,
    should_rename_legacy: bool = False,
    *,
    max_bytes: int | None = None,
    include_encodings: Iterable[str] | None = None,
    exclude_encodings: Iterable[str] | None = None,
) -> ResultDict:
    """Finds the encoding of `byte_str`.

    should_rename_legacy  has no effect: recodec names the superset in any case
    max_bytes             look at this many bytes from the start only

    Raises TypeError for anything but bytes and bytearray, UnknownCharsetError for unknown names.
    """
    _check(byte_str)
    return _result(
        _detect(
            byte_str,
            allow=tuple(include_encodings or ()),
            deny=tuple(exclude_encodings or ()),
            scan=max_bytes,
        )
    )


def detect_all(
    byte_str: bytes | bytearray,
    ignore_threshold: bool = False,
    should_rename_legacy: bool = False,
    *,
    max_bytes: int | None = None,
    include_encodings: Iterable[str] | None = None,
    exclude_encodings: Iterable[str] | None = None,
) -> list[ResultDict]:
    """The readings that were considered, best first.

    Those below MINIMUM_THRESHOLD are left out unless `ignore_threshold`, the best never. What is
    not text gives one entry with None. Arguments and errors are those of `detect`.
    """
    _check(byte_str)
    ranking = _detect_all(
        byte_str,
        allow=tuple(include_encodings or ()),
        deny=tuple(exclude_encodings or ()),
        scan=max_bytes,
    )
    if not ranking:
        return [{"encoding": None, "confidence": 0.0, "language": None}]
    return [
        _result(one)
        for number, one in enumerate(ranking)
        if number == 0 or ignore_threshold or one.confidence >= MINIMUM_THRESHOLD
    ]


class UniversalDetector:
    """Detection of input that comes in pieces: feed, close, read `result`."""

    MINIMUM_THRESHOLD = MINIMUM_THRESHOLD

    def __init__(
        self,
        lang_filter: object = None,
        should_rename_legacy: bool = False,
        *,
        max_bytes: int | None = None,
        include_encodings: Iterable[str] | None = None,
        exclude_encodings: Iterable[str] | None = None,
    ) -> None:
        """`lang_filter` and `should_rename_legacy` have no effect; name encodings instead."""
        self._detector = Detector(
            allow=tuple(include_encodings or ()),
            deny=tuple(exclude_encodings or ()),
            scan=max_bytes,
        )
        self.reset()

    def reset(self) -> None:
        """Starts anew."""
        self._detector.reset()
        self.done = False
        self.result: ResultDict = {"encoding": None, "confidence": 0.0, "language": None}

    def feed(self, byte_str: bytes | bytearray) -> None:
        """Adds a piece; ignored once `done`."""
        _check(byte_str)
        if not self.done and self._detector.feed(byte_str):
            self.close()

    def close(self) -> ResultDict:
        """Ends the input; the answer is returned and stays in `result`."""
        if not self.done:
            self.done = True
            self.result = _result(self._detector.finish())
        return self.result
