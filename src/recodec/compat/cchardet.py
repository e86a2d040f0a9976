"""cchardet's interface: `detect` and `UniversalDetector`, with most names in capitals.

It is that of faust-cchardet 3: `import recodec.compat.cchardet as cchardet`. Names differ where
recodec knows better which of several encodings it is (CP932, not SHIFT_JIS).
"""

from __future__ import annotations

from .._detection.detect import Detector
from .._detection.detect import detect as _detect
from .._registry import charsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypedDict

    from .._detection.result import Detection

    class DetectionResult(TypedDict):
        """One answer; both are None for what is not text, and for no bytes."""

        encoding: str | None
        confidence: float | None

else:
    DetectionResult = dict

__all__ = ["DetectionResult", "UniversalDetector", "__version__", "detect"]

# The release whose interface this is.
__version__ = "3.2.0"

# Where faust-cchardet's spelling is not that of IANA in capitals.
_SPELLINGS = {
    "ascii": "ASCII",
    "utf-8-sig": "UTF-8-SIG",
    "cp932": "CP932",
    "cp949": "UHC",
    "johab": "Johab",
    "mac-cyrillic": "maccyrillic",
    "mac-latin2": "maccentraleurope",
}


def _spelt(encoding: str) -> str:
    charset = charsets.lookup(encoding)
    return _SPELLINGS.get(charset.name) or (charset.iana or charset.name).upper()


def _answer(found: Detection | None) -> DetectionResult:
    if found is None or found.encoding is None or found.source == "empty":
        return {"encoding": None, "confidence": None}
    return {"encoding": _spelt(found.encoding), "confidence": found.confidence}


def _check(data: object) -> None:
    if not isinstance(data, bytes):
        raise TypeError(f"Argument 'msg' has incorrect type (expected bytes, got {type(data)})")


def detect(msg: bytes) -> DetectionResult:
    """Finds the encoding of `msg`. Raises TypeError for anything but bytes."""
    _check(msg)
    return _answer(_detect(msg))


class UniversalDetector:
    """Detection of input that comes in pieces: feed, close, read `result`. A context manager."""

    def __init__(self) -> None:
        self._detector = Detector()
        self.reset()

    def reset(self) -> None:
        """Starts anew."""
        self._detector.reset()
        self._found: Detection | None = None

    def feed(self, data: bytes) -> None:
        """Adds a piece; ignored once `done`. Raises TypeError for anything but bytes."""
        _check(data)
        if not self.done and self._detector.feed(data):
            self.close()

    def close(self) -> None:
        """Ends the input: the answer is in `result`."""
        if not self.done:
            self._found = self._detector.finish()

    @property
    def done(self) -> bool:
        """Whether the answer is there and more input would not change it."""
        return self._found is not None

    @property
    def result(self) -> DetectionResult:
        """The answer, both None before close()."""
        return _answer(self._found)

    def __enter__(self) -> UniversalDetector:
        return self

    def __exit__(self, *exception: object) -> Literal[False]:
        self.close()
        return False
