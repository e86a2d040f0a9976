"""How the text of one charset is reached: the one place that picks an implementation.

Everything above asks `route(name)` and does not know whether CPython's codec, one of
`recodec.codecs` or a native kernel does the work.
"""

from __future__ import annotations

import codecs

from .._conversion.route import Route
from .._errors import UnknownCharsetError, UnsupportedCharsetError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import TypeAlias

    from typing_extensions import Buffer

    from .._conversion.native import Native
    from .._registry.charsets import Charset

    Decode: TypeAlias = Callable[[Buffer, str], tuple[str, int]]

__all__ = ["codec_of", "encodable_in", "find", "holds", "route"]


_routes: dict[str, Route] = {}
_ROUTES_KEPT = 1000  # more spellings than the registry has; only hostile input gets there


def route(name: str) -> Route:
    """The route of a charset by any name or alias.

    Names of the registry go before those that only `codecs.lookup` knows.
    Raises UnknownCharsetError, UnsupportedCharsetError, TypeError when `name` is no str.
    """
    try:
        return _routes[name]
    except KeyError:
        pass
    found = _find(name)
    if len(_routes) >= _ROUTES_KEPT:
        _routes.clear()
    _routes[name] = found
    return found


def find(name: str) -> Charset | None:
    """The charset of a name or alias, None when there is none.

    For names from strangers: unlike `charsets.lookup` it spends no time on close matches.
    """
    from .._registry import charsets

    return charsets.find(name)


def _find(name: str) -> Route:
    from .._registry import charsets

    if isinstance(name, str) and ":" in name:
        found = _flavour(name)
        if found is not None:
            return found
    try:
        charset = charsets.lookup(name)
    except UnknownCharsetError:
        # A codec that the interpreter or another package brings, such as "mbcs" on Windows.
        try:
            info = codecs.lookup(name)
        except (LookupError, ValueError):
            info = None
        # What codecs.lookup finds may also be a transform of bytes ("base64") or str ("rot13").
        if info is None or not getattr(info, "_is_text_encoding", True):
            raise
        return Route(info.name, info)
    info = _codec(charset)
    return _quickened(_mended(Route(charset.name, info)), info)


def _flavour(name: str) -> Route | None:
    """The route of `who:label`; None where this is no such name."""
    from ..codecs import FLAVOURS, flavour

    who, _, label = name.partition(":")
    who = who.lower()
    info = flavour(who, label)
    if info is None:
        if who in FLAVOURS:
            raise UnknownCharsetError(name)
        return None  # such as "ISO_8859-1:1987"
    return _quickened(Route(info.name if ":" in info.name else f"{who}:{info.name}", info), info)


def _codec(charset: Charset) -> codecs.CodecInfo:
    from ..codecs import REPLACED, build

    if charset.python is not None and charset.name not in REPLACED:
        return codecs.lookup(charset.python)
    info = build(charset)
    if info is None:
        raise UnsupportedCharsetError(charset.name)
    return info


def codec_of(found: Route) -> codecs.CodecInfo:
    """A route as `codecs.lookup` gives it for "recodec:" and a registry's name."""
    from .._registry.charsets import lookup
    from ..codecs import DECODED_BY_US, build

    charset = lookup(found.name)
    info = _codec(charset)
    reading = build(charset) if found.name in DECODED_BY_US else info
    assert reading is not None
    return codecs.CodecInfo(
        name=f"recodec:{found.name}",
        encode=found.encode,  # type: ignore[arg-type]
        decode=found.decode,  # type: ignore[arg-type]
        incrementalencoder=found.incremental_encoder,  # type: ignore[arg-type]
        incrementaldecoder=found.incremental_decoder,  # type: ignore[arg-type]
        streamreader=reading.streamreader,
        streamwriter=info.streamwriter,
    )


def _mended(found: Route) -> Route:
    """Puts streaming forms of ours where CPython's differ from its own one-shot codec."""
    from ..codecs import DECODED_BY_US, PYPY, build
    from . import incremental

    if found.name in DECODED_BY_US:
        from .._registry.charsets import lookup
        from ..codecs._iso2022_forms import foreign_escape

        ours = build(lookup(found.name))
        assert ours is not None
        found.decode = _checked(found.decode, ours.decode, foreign_escape(found.name))
        found.incremental_decoder = ours.incrementaldecoder
    decoder = incremental.DECODERS.get(found.name)
    if decoder is not None:
        found.incremental_decoder = decoder
        if PYPY and found.name == "utf-32":
            found.decode = _at_once(decoder)
    encoder = incremental.ENCODERS.get(found.name)
    if encoder is not None:
        found.incremental_encoder = encoder
    return found


def _at_once(make: Callable[[str], codecs.IncrementalDecoder]) -> Decode:
    def decode(data: Buffer, errors: str = "strict") -> tuple[str, int]:
        return make(errors).decode(bytes(data), True), len(memoryview(data))

    return decode


def _quickened(found: Route, info: codecs.CodecInfo) -> Route:
    """Puts native kernels in front of the codec."""
    from .._conversion.native import LARGE, native_of

    native = native_of(found.name, info)
    if native is not None:
        found.native = native
        # Where the kernel stops, the route goes on as it would without one.
        native.slow_decode, native.slow_encode = found.decode, found.encode
        if native.simple:
            found.decode, found.encode = native.decoder(), native.encoder()
        elif native.table:
            # CPython's way from one byte a character to str is one table as well, and its result
            # is written once: there is nothing to gain before texts are made in their place.
            charset = find(info.name)
            single = charset is not None and charset.kind == "single"
            found.decode = native.decoder(LARGE if single else 0)
            found.encode = native.encoder()
            if not native.form:
                _in_pieces(found, native, single=single)
    return found


def _in_pieces(found: Route, native: Native, *, single: bool) -> None:
    """Puts the kernels in front of the incremental codec, too, the way that gains by it."""
    from ..codecs import PYPY
    from . import incremental

    if single:
        encode = found.encode

        def encoder(errors: str = "strict") -> codecs.IncrementalEncoder:
            return incremental.WholeEncoder(encode, errors)

        found.incremental_encoder = encoder
    elif not PYPY:  # whose decoders do not tell their state
        make = found.incremental_decoder

        def decoder(errors: str = "strict") -> codecs.IncrementalDecoder:
            return incremental.QuickDecoder(native, make, errors)

        found.incremental_decoder = decoder


def _checked(theirs: Decode, ours: Decode, foreign: re.Pattern[bytes]) -> Decode:
    """CPython's fast decoder where its answer is ours too, and ours for everything else.

    `foreign` finds what CPython passes over in silence and ours does not. Where ours has the core
    do the work it is the faster one.
    """
    from .._conversion.native import SMALL

    def decode(data: Buffer, errors: str = "strict") -> tuple[str, int]:
        if (type(data) is bytes and len(data) >= SMALL) or foreign.search(data):
            return ours(data, errors)
        try:
            text, used = theirs(data, "strict")
        except UnicodeError:
            return ours(data, errors)
        # A tilde may be that of another set.
        return ours(data, errors) if "~" in text else (text, used)

    return decode


def holds(name: str, text: str) -> bool:
    """Whether the charset has all characters of `text`; False for an unknown name."""
    try:
        return route(name).has(text)
    except LookupError:
        return False


def encodable_in(text: str, *, like: str = "", limit: int | None = None) -> tuple[str, ...]:
    """Names of charsets that have all characters of `text`, the forms of Unicode left out.

    The likeliest to be wanted in place of the charset `like` come first; the search ends when
    `limit` are found, so that not every codec need be built.
    """
    from .._registry import charsets

    missed = find(like)
    names: list[str] = []
    for charset in sorted(charsets.all_charsets(), key=lambda one: _distance(one, missed)):
        whole = charset.family == "unicode" or charset.name.startswith("gb18030")
        if whole or charset.kind == "stateful":
            continue  # Unicode forms and shells around the sets of others say nothing
        if holds(charset.name, text):
            names.append(charset.name)
            if limit is not None and len(names) >= limit:
                break
    return tuple(names)


def _distance(charset: Charset, missed: Charset | None) -> tuple[int, ...]:
    """Sorts charsets by how likely they are meant where `missed` lacks a character."""
    near = 1
    shared = 0
    if missed is not None:
        shared = len(set(charset.languages) & set(missed.languages))
        near = int(charset.name != missed.superset)
    # The web's encodings are the ones that programs of today still write.
    return near, int(not charset.whatwg), int(not charset.detectable), -shared, charset.id
