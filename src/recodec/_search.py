"""How `codecs.lookup`, and with it all of Python, comes to know the charsets that it lacks."""

from __future__ import annotations

import codecs

__all__ = ["register"]


def register() -> None:
    """Makes every charset of the registry known to `codecs.lookup`."""
    codecs.register(_search)


def _search(name: str) -> codecs.CodecInfo | None:
    """Called by `codecs.lookup` with a lower-case name that nobody else knew.

    Up to Python 3.14 everything between letters and digits has become an underscore on its way
    here; from 3.15 on only spaces are changed.

    Raises UnsupportedCharsetError for a known charset without codec: better than "unknown".
    """
    from ._coding.route import codec_of, find, route
    from ._errors import UnsupportedCharsetError
    from .codecs import build, flavour

    name = _with_underscores(name)
    if name.startswith(".") or name.endswith(".") or ".." in name:
        return None  # `.utf8` is a typing error to who asks CPython, whose answer that changed
    who, _, label = name.partition("_")
    found = flavour(who, label, spelt=False) if label else None
    if found is not None:
        return found  # also where a name begins like it, such as ICU's java-Cp935 for java:cp935
    charset = find(name)
    if charset is None:
        return codec_of(route(label)) if who == "recodec" and find(label) is not None else None
    if charset.python is not None:
        # An alias that CPython does not know, such as "x-mac-cyrillic".
        return codecs.lookup(charset.python)
    info = build(charset)
    if info is None:
        raise UnsupportedCharsetError(charset.name)
    return info


def _with_underscores(name: str) -> str:
    kept = (one if one == "." or (one.isascii() and one.isalnum()) else " " for one in name)
    return "_".join("".join(kept).split())
