"""Codecs for charsets that CPython lacks, found by `codecs.lookup` once recodec is imported.

Names that CPython knows stay CPython's: its own search function runs first and this one is only
asked for what is left. A prefix asks for the mapping of one implementation, `whatwg:shift_jis`,
`icu:cp437`, `glibc:`, `libiconv:` or `java:`; `recodec:iso2022_kr` is what our own API reads and
writes by, also where CPython has a codec of the name. Nothing is built before a name is asked for.
"""

from __future__ import annotations

import codecs
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._registry.charsets import Charset

__all__ = ["DECODED_BY_US", "FLAVOURS", "PYPY", "REPLACED", "build", "flavour"]

FLAVOURS = ("whatwg", "icu", "glibc", "libiconv", "java")
"""Implementations whose mappings can be asked for by a prefix."""

DECODED_BY_US = frozenset(
    {
        "iso2022_jp",
        "iso2022_jp_1",
        "iso2022_jp_2",
        "iso2022_jp_2004",
        "iso2022_jp_3",
        "iso2022_jp_ext",
        "iso2022_kr",
    }
)
"""Charsets of CPython that our own API reads with our decoder. CPython's incremental ones end with
"pending buffer overflow" on a malformed escape, and one shot takes it for text; the tilde of
JIS X 0212 becomes that of ASCII there."""

PYPY = sys.implementation.name == "pypy"
_HOLDING = ("euc_jis_2004", "euc_jisx0213", "shift_jis_2004", "shift_jisx0213")
_LOSING = ("utf-32-be", "utf-32-le")
REPLACED = frozenset({"cp932", *((*_HOLDING, *_LOSING) if PYPY else ())})
"""Charsets of Python that our own API reads and writes with our codec. Python's cp932 writes IBM's
characters by other codes than Microsoft's; `str.encode` goes on doing so. PyPy's encoders of
JIS X 0213 cannot say their state while they hold back the first half of a character of two; its
UTF-32 gives up what follows a number beyond Unicode to the error policy."""

_built: dict[str, codecs.CodecInfo | None] = {}


def build(charset: Charset) -> codecs.CodecInfo | None:
    """The codec of ours for a charset, None when there is none."""
    try:
        return _built[charset.name]
    except KeyError:
        from ._catalogue import codec_for

        # Two threads may both build it; the first one stored stays.
        return _built.setdefault(charset.name, codec_for(charset))


def flavour(who: str, label: str, *, spelt: bool = True) -> codecs.CodecInfo | None:
    """The codec of `who:label`, None where there is no such implementation or label.

    Labels of the web are looked up as the Encoding Standard says, to the letter; `spelt=False` is
    for labels that have lost their punctuation. The others may be any name of a charset that the
    implementation has.
    """
    if who not in FLAVOURS:
        return None
    if who == "whatwg":
        from ._whatwg import encoding_of_label, encoding_of_spelling

        encoding = encoding_of_label(label) if spelt else encoding_of_spelling(label)
        return None if encoding is None else _once(f"whatwg:{encoding}", encoding, None)
    from .._registry.charsets import find, normalise

    charset = find(label)
    if charset is None:
        return None
    from ._charset_tables import VARIANTS

    other = VARIANTS.get(charset.name, {}).get(f"{who}:{normalise(label)}", "")
    if other.startswith("="):  # a name that means another charset there
        return flavour(who, other[1:])
    if who not in charset.known_by:
        return None
    return _once(f"{who}:{normalise(label)}", label, charset)


def _once(name: str, label: str, charset: Charset | None) -> codecs.CodecInfo | None:
    try:
        return _built[name]
    except KeyError:
        pass
    info: codecs.CodecInfo | None
    if charset is None:
        from ._whatwg import web_codec

        info = web_codec(label)
    else:
        from ._catalogue import flavoured

        info = flavoured(name.partition(":")[0], label, charset)
        if info is None:  # it has the plain mapping
            ours = charset.name in DECODED_BY_US or charset.name in REPLACED
            theirs = None if ours else charset.python
            info = build(charset) if theirs is None else codecs.lookup(theirs)
    return _built.setdefault(name, info)
