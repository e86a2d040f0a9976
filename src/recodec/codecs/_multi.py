"""Multi-byte charsets without state that the core can decode and CPython cannot.

The core decodes; the way back is a map of CPython's charmap kind (code point to bytes), made by
decoding every code there is when something is first encoded.
"""

from __future__ import annotations

import codecs

from .. import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer

__all__ = ["multi_byte"]

_HIGH = range(0xA1, 0xFF)


def _pairs(trails: tuple[range, ...], leads: range = _HIGH, prefix: bytes = b"") -> bytes:
    cells = [trail for part in trails for trail in part]
    return b"".join(prefix + bytes((lead, trail)) for lead in leads for trail in cells)


def _big5() -> Iterator[tuple[int, bytes]]:
    yield 2, _pairs((range(0x40, 0x7F), _HIGH), leads=range(0x81, 0xFF))


def _euc_jp() -> Iterator[tuple[int, bytes]]:
    yield 2, _pairs((_HIGH,))
    yield 2, _pairs((range(0xA1, 0xE0),), leads=range(0x8E, 0x8F))
    yield 3, _pairs((_HIGH,), prefix=b"\x8f")


def _euc_tw() -> Iterator[tuple[int, bytes]]:
    # Plane 1 has a two-byte form, which is the one to write, and a four-byte one.
    yield 2, _pairs((_HIGH,))
    for plane in range(0xA1, 0xB1):
        yield 4, _pairs((_HIGH,), prefix=bytes((0x8E, plane)))


# All codes beyond one byte, in runs of one length; those to be preferred for a character with
# several come first.
_CODES: dict[str, Callable[[], Iterator[tuple[int, bytes]]]] = {
    "big5-eten": _big5,
    "cp51932": _euc_jp,
    "eucjp-ms": _euc_jp,
    "euc_tw": _euc_tw,
}
# Length of a code by its lead byte where it is not 2.
_LONGER: dict[str, dict[int, int]] = {
    "eucjp-ms": {0x8F: 3},
    "cp51932": {0x8F: 3},
    "euc_tw": {0x8E: 4},
}
_LEAD = 0x80
_TRAIL = 0x40


class _Charset:
    """Both directions of one charset; the map for encoding is made when it is first needed."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.number = number
        self.longer = _LONGER.get(name, {})
        self._encoding: dict[int, bytes] | None = None

    @property
    def encoding(self) -> dict[int, bytes]:
        if self._encoding is None:
            self._encoding = self._invert()
        return self._encoding

    def _invert(self) -> dict[int, bytes]:
        encoding: dict[int, bytes] = {}
        for size, codes in ((1, bytes(range(256))), *_CODES[self.name]()):
            # Codes for two code points are only read: a charmap sees one at a time, and the
            # characters by themselves have codes too.
            for start, character in _core.decode_each(self.number, codes, size):
                encoding.setdefault(ord(character), codes[start : start + size])
        return encoding

    def encode(self, text: str, errors: str) -> tuple[bytes, int]:
        return codecs.charmap_encode(text, errors, self.encoding)

    def decode(self, input: Buffer, errors: str, final: bool) -> tuple[str, int]:
        """Decodes all but a cut character at the end when not `final`."""
        data = bytes(input)
        text, at = _core.decode(self.number, data)
        parts = [text]
        while at < len(data):
            cut = self._is_cut(data, at)
            if cut and not final:
                break
            end = len(data) if cut else at + 1
            reason = "incomplete multibyte sequence" if cut else "illegal multibyte sequence"
            error = UnicodeDecodeError(self.name, data, at, end, reason)
            replacement, resume = codecs.lookup_error(errors)(error)
            if resume < 0:
                resume += len(data)
            if not 0 <= resume <= len(data):
                raise IndexError(f"position {resume} from error handler out of bounds")
            parts.append(str(replacement))
            text, at = _core.decode(self.number, data, resume)
            parts.append(text)
        return "".join(parts), at

    def _is_cut(self, data: bytes, at: int) -> bool:
        """Whether a character begins at `at` that the end of `data` cuts."""
        rest = data[at : at + 4]
        size = self.longer.get(rest[0], 2)
        return rest[0] > _LEAD and len(rest) < size and all(byte >= _TRAIL for byte in rest[1:])


def multi_byte(name: str, number: int) -> codecs.CodecInfo:
    """The codec of the charset with this name and id."""
    charset = _Charset(name, number)

    class Codec(codecs.Codec):
        def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
            return charset.encode(input, errors)

        def decode(self, input: Buffer, errors: str = "strict") -> tuple[str, int]:
            return charset.decode(input, errors, True)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input: str, final: bool = False) -> bytes:
            return charset.encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def _buffer_decode(self, input: Buffer, errors: str, final: bool) -> tuple[str, int]:
            return charset.decode(input, errors, final)

    class StreamWriter(Codec, codecs.StreamWriter):
        pass

    class StreamReader(codecs.StreamReader):
        def decode(self, input: Buffer, errors: str = "strict") -> tuple[str, int]:
            return charset.decode(input, errors, False)

    return codecs.CodecInfo(
        name=name,
        encode=Codec().encode,
        decode=Codec().decode,
        incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder,
        streamwriter=StreamWriter,
        streamreader=StreamReader,
    )
