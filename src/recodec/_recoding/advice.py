"""What an error of a conversion can say of ways out: it asks detection and every codec.

`_errors` stands at the bottom and cannot know of these; the package gives them to it, for when
somebody asks.
"""

from __future__ import annotations

from .._coding.route import encodable_in, holds
from .._conversion.lenient import TWINS
from .._conversion.translit import replacement
from .._detection.detect import detect

__all__ = ["alternative", "encodable_in", "looks_like"]

_WINDOW = 1 << 15  # bytes before and after a bad one that are asked what they look like
_LIKELY = 0.8  # confidence below which detection is no advice
_NAMED = 3  # charsets that are named


def looks_like(data: bytes, start: int, end: int, encoding: str, *, first: bool) -> tuple[str, ...]:
    """Names of encodings but `encoding` that the bytes around `data[start:end]` could be in.

    `first` says that the input begins with `data`.
    """
    begin = max(0, start - _WINDOW)
    around = data[begin : end + _WINDOW]
    found = detect(around, final=False)
    if found.bom and (begin or not first):
        found = detect(b"\n" + around, final=False)  # FF FE in mid-text is no mark
    if found.encoding is None or found.bad or found.confidence < _LIKELY:
        return ()
    names = (found.encoding, *(other.encoding for other in found.candidates))
    return tuple(name for name in dict.fromkeys(names) if name != encoding)[:_NAMED]


def alternative(character: str, encoding: str) -> tuple[str, str] | None:
    """An option that makes the character encodable, and the result; None if there is none."""
    for twin in TWINS.get(character, ""):
        if holds(encoding, twin):
            return "lenient=True", twin
    other = replacement(character, lambda text: holds(encoding, text))
    return None if other is None else ("errors='translit'", other)
