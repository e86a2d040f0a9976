"""The sets of Unicode and of ASCII: pieces of the texts of all languages, also of those that
encodings.tsv has no legacy encoding for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import charsets
import texts
from set_names import Item
from set_pieces import FULL
from texts import Pair, Pool

Pools = Mapping[str, Pool]
RngOf = Callable[..., random.Random]


def in_unicode(name: str, pools: Pools, rng_of: RngOf, items: float) -> Iterable[Item]:
    """Pieces of all languages in UTF-8, UTF-16 or UTF-32 without a mark."""
    form, length = name.split("-")
    size = FULL if length == "full" else int(length)
    codecs = {
        "utf8": ("utf-8",),
        "utf16": ("utf-16-le", "utf-16-be"),
        "utf32": ("utf-32-le", "utf-32-be"),
    }[form]
    for language, pool in pools.items():
        for codec in codecs:
            rng = rng_of(name, language, codec)
            for number in range(1 if length == "full" else max(1, round(2 * items))):
                made = texts.piece(_pair(language, codec, pool), rng, size, 1)
                if made is not None:
                    text, data = made
                    yield Item(
                        name, f"{language}/{codec}/{number}", data, text, codec, language, 1.0
                    )


def with_bom(pools: Pools, rng_of: RngOf) -> Iterable[Item]:
    """200 bytes of each language behind a byte order mark."""
    marks = {
        "utf-8": ("utf-8-sig", b"\xef\xbb\xbf"),
        "utf-16-le": ("utf-16", b"\xff\xfe"),
        "utf-16-be": ("utf-16", b"\xfe\xff"),
        "utf-32-le": ("utf-32", b"\xff\xfe\0\0"),
        "utf-32-be": ("utf-32", b"\0\0\xfe\xff"),
    }
    for language, pool in pools.items():
        for codec, (answer, mark) in marks.items():
            rng = rng_of("bom", language, codec)
            made = texts.piece(_pair(language, codec, pool), rng, 200, 1)
            if made is not None:
                text, data = made
                yield Item("bom", f"{language}/{codec}", mark + data, text, answer, language, 1)


def in_ascii(pools: Pools, rng_of: RngOf, items: float) -> Iterable[Item]:
    """Plain ASCII: English at three lengths, and others that can be written in it."""
    for language in ("en", "id", "ms", "sw", "tl", "la", "nl", "it"):
        pool = pools.get(language)
        if pool is None:
            continue
        rng = rng_of("ascii", language)
        lines = [line for lines in pool.files for line in lines if line.isascii()]
        sizes = (30, 200, FULL) if language == "en" else (30, 200)
        for size in sizes:
            for number in range(1 if size == FULL else max(1, round(4 * items))):
                start = rng.randrange(len(lines))
                text = "\n".join(lines[start:] + lines[:start])[:size]
                yield Item(
                    "ascii", f"{language}/{size}/{number}", text.encode(), text, "ascii",
                    language, 1.0,
                )  # fmt: skip


def _pair(language: str, codec: str, pool: Pool) -> Pair:
    charset = charsets.for_label(codec, codec.replace("-", "_"), Path())
    assert charset is not None
    kind = "7bit" if codec != "utf-8" else "unicode"  # evidence is counted in characters
    return Pair(language, codec, charset, kind, 1.0, pool)
