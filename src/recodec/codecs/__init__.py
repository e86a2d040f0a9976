"""Codecs for charsets that CPython lacks, found by `codecs.lookup` once recodec is imported.

Names that CPython knows stay CPython's: its own search function runs first and this one is only
asked for what is left. Nothing is built before a name is asked for.
"""

from __future__ import annotations

import codecs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._registry import Charset

__all__ = ["build", "register"]

_built: dict[str, codecs.CodecInfo | None] = {}


def register() -> None:
    """Makes every charset of the registry known to `codecs.lookup`."""
    codecs.register(_search)


def _search(name: str) -> codecs.CodecInfo | None:
    """Called by `codecs.lookup` with a lower-case name that nobody else knew.

    Raises UnsupportedCharsetError for a known charset without codec: better than "unknown".
    """
    from .._errors import UnsupportedCharsetError
    from .._route import find

    charset = find(name)
    if charset is None:
        return None
    if charset.python is not None:
        # An alias that CPython does not know, such as "x-mac-cyrillic".
        return codecs.lookup(charset.python)
    info = build(charset)
    if info is None:
        raise UnsupportedCharsetError(charset.name)
    return info


def build(charset: Charset) -> codecs.CodecInfo | None:
    """The codec of a charset that CPython lacks, None when recodec lacks it too."""
    try:
        return _built[charset.name]
    except KeyError:
        # Two threads may both build it; the first one stored stays.
        return _built.setdefault(charset.name, _build(charset))


def _build(charset: Charset) -> codecs.CodecInfo | None:
    from .. import _core

    if charset.kind == "single":
        from ._single import single_byte

        table = _core.single_byte_table(charset.id)
        return None if table is None else single_byte(charset.name, table)
    if charset.kind == "multi" and _core.can_decode(charset.id):
        from ._multi import multi_byte

        return multi_byte(charset.name, charset.id)
    if charset.name.startswith("cp5022"):
        from ._cp5022x import cp5022x

        return cp5022x(charset.name)
    if charset.name == "iso2022_cn":
        from ._iso2022_cn import iso2022_cn

        return iso2022_cn()
    return None
