"""One adapter per detector, all optional: a name, a version, `call` and `guess(data)`.

An adapter's constructor imports its library and raises ImportError without it. `guess` returns the
encoding name as the library spells it (None: binary or no idea), a language as a BCP 47 tag where
the library tells one, and a confidence between 0 and 1 where it gives one. `call` is the library's
own function, for timing it: what its answer holds has not been read when it returns.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple, Protocol


class Guess(NamedTuple):
    """What a detector said."""

    encoding: str | None
    language: str | None = None
    confidence: float | None = None


class Detector(Protocol):
    """What the benchmarks need of a detector."""

    name: str
    version: str
    call: Callable[[bytes], object]

    def guess(self, data: bytes) -> Guess: ...


# charset-normalizer names languages in English; those that the sets can ask for.
_ENGLISH = {
    "Arabic": "ar", "Belarusian": "be", "Bulgarian": "bg", "Catalan": "ca", "Chinese": "zh",
    "Classical Chinese": "zh-Hant", "Simplified Chinese": "zh-Hans", "Croatian": "hr",
    "Czech": "cs", "Danish": "da", "Dutch": "nl", "English": "en", "Estonian": "et", "Farsi": "fa",
    "Finnish": "fi", "French": "fr", "German": "de", "Greek": "el", "Hebrew": "he", "Hindi": "hi",
    "Hungarian": "hu", "Indonesian": "id", "Italian": "it", "Japanese": "ja", "Kazakh": "kk",
    "Korean": "ko", "Lithuanian": "lt", "Norwegian": "nb", "Polish": "pl", "Portuguese": "pt",
    "Romanian": "ro", "Russian": "ru", "Serbian": "sr-Cyrl", "Slovak": "sk", "Slovene": "sl",
    "Spanish": "es", "Swedish": "sv", "Tamil": "ta", "Thai": "th", "Turkish": "tr",
    "Ukrainian": "uk", "Vietnamese": "vi",
}  # fmt: skip


class Recodec:
    """This project."""

    name = "recodec"

    def __init__(self) -> None:
        module = importlib.import_module("recodec")
        self.version = str(module.__version__)
        self.call = module.detect

    def guess(self, data: bytes) -> Guess:
        found = self.call(data)
        return Guess(found.encoding, found.language, found.confidence)


class Chardet:
    """chardet 5 to 7. From 7 on an answer of None means binary."""

    name = "chardet"

    def __init__(self, **options: Any) -> None:
        self.version = version("chardet")
        self.call = partial(importlib.import_module("chardet").detect, **options)

    def guess(self, data: bytes) -> Guess:
        found = self.call(data)
        return Guess(found["encoding"], found.get("language") or None, found["confidence"])


class CharsetNormalizer:
    """charset-normalizer, with the confidence that its chardet-compatible call computes."""

    name = "charset-normalizer"

    def __init__(self) -> None:
        self.version = version("charset-normalizer")
        from_bytes = importlib.import_module("charset_normalizer").from_bytes
        self.call = lambda data: from_bytes(data).best()

    def guess(self, data: bytes) -> Guess:
        best = self.call(data)
        if best is None:
            return Guess(None)
        return Guess(best.encoding, _ENGLISH.get(best.language), 1.0 - best.chaos)


class Cchardet:
    """faust-cchardet: uchardet in C++."""

    name = "faust-cchardet"

    def __init__(self) -> None:
        self.version = version("faust-cchardet")
        self.call = importlib.import_module("cchardet").detect

    def guess(self, data: bytes) -> Guess:
        found = self.call(data)
        return Guess(found["encoding"], None, found["confidence"])


class Chardetng:
    """chardetng-py, told that UTF-8 is allowed; it always answers and never says how sure it is."""

    name = "chardetng-py"

    def __init__(self) -> None:
        self.version = version("chardetng-py")
        self.call = partial(importlib.import_module("chardetng_py").detect, allow_utf8=True)

    def guess(self, data: bytes) -> Guess:
        return Guess(self.call(data))


class Icu:
    """ICU's CharsetDetector through PyICU."""

    name = "icu"

    def __init__(self) -> None:
        module = importlib.import_module("icu")
        self.version = f"{module.ICU_VERSION} (PyICU {module.VERSION})"
        detector = module.CharsetDetector
        self.call = lambda data: detector(data).detect() if data else None
        self.error = module.ICUError

    def guess(self, data: bytes) -> Guess:
        try:
            match = self.call(data)
        except self.error:  # on some noise it stops with a converter's error
            match = None
        if match is None:
            return Guess(None)
        return Guess(match.getName(), match.getLanguage() or None, match.getConfidence() / 100)


_ALL: dict[str, type[Any]] = {
    adapter.name: adapter
    for adapter in (Recodec, Chardet, CharsetNormalizer, Cchardet, Chardetng, Icu)
}
NAMES = tuple(_ALL)


def load(names: Iterable[str]) -> tuple[list[Detector], dict[str, str]]:
    """The detectors of these names that can be imported, and why the others cannot.

    Raises KeyError for a name that is none of `NAMES`.
    """
    found: list[Detector] = []
    missing: dict[str, str] = {}
    for name in names:
        try:
            found.append(_ALL[name]())
        except (ImportError, PackageNotFoundError) as error:
            missing[name] = str(error) or type(error).__name__
    return found, missing
