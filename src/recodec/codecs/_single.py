"""Charsets of one byte a character, through CPython's charmap functions."""

from __future__ import annotations

import codecs
import sys

from ._tables import decode_map, encode_map

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Buffer

__all__ = ["single_byte", "single_byte_of_core"]

_UNASSIGNED = "\uffff"  # in the core's tables
_UNDEFINED = "\ufffe"  # what charmap_decode takes for undefined


def single_byte(name: str, table: str) -> codecs.CodecInfo:
    """The codec of a conversion table of single bytes, each of which stands for one character."""
    codes = decode_map(table)
    decoding = "".join(codes.get(bytes((byte,)), _UNDEFINED) for byte in range(256))
    if len(decoding) != 256:
        raise ValueError(f"{table} has bytes that stand for several characters")
    encoding = {ord(text): code for text, code in encode_map(table).items()}
    return charmap_codec(name, decoding, encoding)


def single_byte_of_core(name: str, table: bytes) -> codecs.CodecInfo:
    """The codec of a charset whose 256 code points are `table`, native uint16.

    For charsets that the registry makes from a table and changes of its own.
    """
    order = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
    # The private use area and the halves of surrogate pairs are no obstacle here: a cell is a
    # UTF-16 unit that stands for itself.
    characters = table.decode(order, "surrogatepass")
    encoding: dict[int, int] = {}
    for byte, character in enumerate(characters):
        if character != _UNASSIGNED:
            # A character at two places is written as the lower one.
            encoding.setdefault(ord(character), byte)
    return charmap_codec(name, characters.replace(_UNASSIGNED, _UNDEFINED), encoding)


def charmap_codec(
    name: str, decoding: str, encoding: Mapping[int, int | bytes]
) -> codecs.CodecInfo:
    """A codec of CPython's charmap functions; `encoding` may map to several bytes."""

    class Codec(codecs.Codec):
        def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
            return codecs.charmap_encode(input, errors, encoding)

        def decode(self, input: Buffer, errors: str = "strict") -> tuple[str, int]:
            return codecs.charmap_decode(input, errors, decoding)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input: str, final: bool = False) -> bytes:
            return codecs.charmap_encode(input, self.errors, encoding)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input: Buffer, final: bool = False) -> str:
            return codecs.charmap_decode(input, self.errors, decoding)[0]

    class StreamWriter(Codec, codecs.StreamWriter):
        pass

    class StreamReader(Codec, codecs.StreamReader):
        pass

    return codecs.CodecInfo(
        name=name,
        encode=Codec().encode,
        decode=Codec().decode,
        incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder,
        streamwriter=StreamWriter,
        streamreader=StreamReader,
    )
