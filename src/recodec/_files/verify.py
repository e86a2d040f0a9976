"""The proof of a conversion: the new file is read once more before it replaces the old one."""

from __future__ import annotations

from .._errors import DecodeError, VerificationError
from . import blocks
from .conversion import hurry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from .._mixed.segmented import Plan
    from .._recoding.recoder import Recoder
    from .conversion import Conversion

__all__ = ["verify"]

# Charsets whose encoder changes characters by definition, so that reading back gives others.
_FOLDING = frozenset({"cp50220"})


def verify(conversion: Conversion, source: IO[bytes], written: IO[bytes], path: str) -> None:
    """Reads the new file once more and compares its text with that of the source.

    Raises VerificationError. UTF-8 is its own text, and what was written is compared byte for
    byte. So it is where the error policy or a folding encoder had to change characters, so that
    the texts cannot be the same. Either way it must be readable. Of text that was mended, which
    takes longer than all the rest, a digest was made on the way.
    """
    options, target = conversion.options, conversion.recoder.encoder.encoding
    exact = conversion.recoder.exact and target not in _FOLDING
    kept = None if conversion.output is None else iter(conversion.output)
    by_text = exact and (kept is None or target != "utf-8")
    try:
        if by_text:
            read = _pieces(written, options.reader(target), target)
            if conversion.text is not None:
                same = conversion.text.is_of(read)
            else:
                wanted = _pieces(source, options.meant(conversion.from_), conversion.from_)
                same = _same(wanted, read)
        else:
            if kept is None:
                kept = _pieces(source, options.recoder(conversion.from_), conversion.from_)
            same = _same(kept, _pieces(written, None, target))
            if options.errors != "surrogateescape":
                written.seek(0)
                for _ in _pieces(written, options.reader(target), target):
                    pass
    except DecodeError as error:
        raise VerificationError(f"{path}: the new file does not decode: {error}") from None
    if not same:
        raise VerificationError(
            f"{path}: {target} would not give back the same text; the file was left as it is"
            if by_text
            else f"{path}: changed while it was being converted, or the disk is faulty"
        )


def _pieces(file: IO[bytes], recoder: Recoder | None, from_: str | Plan) -> Iterator[bytes]:
    if recoder is not None:
        hurry(recoder, file, from_)
    for block in blocks.blocks(file):
        yield bytes(block if recoder is None else recoder.feed(block))
    if recoder is not None:
        yield bytes(recoder.feed(b"", True))


def _same(one: Iterator[bytes], other: Iterator[bytes]) -> bool:
    """Whether two streams have the same bytes, however they are cut."""
    left = right = b""
    while True:
        if not left:
            left = next((piece for piece in one if piece), b"")
        if not right:
            right = next((piece for piece in other if piece), b"")
        size = min(len(left), len(right))
        if not size:
            return not left and not right
        if left[:size] != right[:size]:
            return False
        left, right = left[size:], right[size:]
