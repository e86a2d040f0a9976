"""The binding of the schemes: encodings with a state, and those that count instead of looking up.

A `Scheme` converts clean text from one state to another and stops in front of everything else, be
it wrong, cut, or odd. States are the ints of the machine in `recodec.codecs` that it works for.
"""

from __future__ import annotations

from struct import Struct

from .._native import ffi, lib
from .conversion import (
    _ROOM,
    CUT,
    DECODE_UTF16,
    ENCODE,
    END,
    OUTPUT,
    Map,
    _give,
    _take,
)
from .tables import gathered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .._native import CData

__all__ = [
    "BOCU1",
    "C99",
    "CARE_CONTROLS",
    "CARE_GAPS",
    "CARE_LINES",
    "CESU8",
    "HZ",
    "ISCII",
    "ISO2022",
    "JAVA",
    "MIXED",
    "MUTF8",
    "NO_SET",
    "SCSU",
    "UTF7",
    "UTF7_HYPHEN",
    "UTF7_IMAP",
    "UTF7_READ",
    "UTF7_WRITTEN",
    "UTF_EBCDIC",
    "Scheme",
    "sequence",
]

ISO2022, MIXED, UTF7_IMAP, CESU8, MUTF8, UTF_EBCDIC, SCSU, BOCU1, C99, JAVA, ISCII = range(11)
UTF7, HZ = 11, 12
"""Kinds of schemes."""

CARE_CONTROLS, CARE_GAPS, CARE_LINES = 1, 2, 4
"""What ISO 2022 leaves to the codec, see recodec_convert.h."""

UTF7_READ, UTF7_WRITTEN, UTF7_HYPHEN = 1, 2, 4
"""What a byte is in UTF-7, see recodec_convert.h."""

NO_SET = 255
ISCII_ANY, ISCII_HERE, ISCII_FOLLOWS = 16, 32, 64
"""Bits of the byte before each code that ISCII writes, see recodec_convert.h."""

_STOP = Struct("@NNII")
_STATE = Struct("@QQQ")
_WORD = 64
_WORD_MASK = (1 << _WORD) - 1
_PIECE = 1 << 16  # characters that are encoded at once, at most
_FIRST = 1 << 9  # and at first, since the next that is not clean may be near


def sequence(code: bytes, slot: int = 0, number: int = 0) -> tuple[int, int, int, bytes]:
    """An escape sequence without its ESC, and what it calls."""
    return len(code), slot, number, code


class Scheme:
    """An encoding as the core knows it."""

    __slots__ = ("_kept", "_scheme")

    def __init__(self, kind: int, **fields: int | Sequence[object]) -> None:
        """fields: those of `rcd_scheme`, see recodec_convert.h."""
        self._scheme = ffi.new("rcd_scheme *", {"kind": kind, **fields})
        self._kept: list[object] = []  # what the description points at

    def has_set(self, number: int) -> bool:
        """Whether the codes of a set are there."""
        return bool(self._scheme.decode[number] != ffi.NULL)

    def add_set(self, number: int, codes: Mapping[bytes, str]) -> None:
        """Gives the codes of a set, all of one length."""
        found = Map(DECODE_UTF16, gathered(codes, {}))
        self._scheme.width[number] = len(next(iter(codes)))
        self._keep(found)
        self._scheme.decode[number] = found.pointer

    @property
    def writes(self) -> bool:
        """Whether the codes for writing are there."""
        return bool(self._scheme.encode != ffi.NULL)

    def add_codes(self, codes: Mapping[str, bytes]) -> None:
        """Gives the codes for writing."""
        found = Map(ENCODE, gathered({}, codes))
        self._keep(found)
        self._scheme.encode = found.pointer

    def add_bytes(self, to: bytes, back: bytes) -> None:
        """Gives a permutation of the bytes, and the one that undoes it."""
        memory = ffi.new("uint8_t[]", to + back)
        self._keep(memory)
        self._scheme.bytes = memory

    def _keep(self, thing: object) -> None:
        self._kept.append(thing)

    def decode(self, data: bytes, start: int, state: int) -> tuple[str, int, int]:
        """Reads from `start` as far as it goes: the text, the offset behind it, the state there."""
        source = ffi.from_buffer(data)
        words, stop = self._begin(state)
        parts = []
        out = _take()
        while True:
            lib.rcd_scheme_decode(
                self._scheme, words, source + start, len(data) - start, out, _ROOM, stop
            )
            used, made, kind, _ = _STOP.unpack(ffi.buffer(stop))
            start += used
            if made:
                parts.append(str(ffi.buffer(out, made), "utf-16-le"))
            if kind != OUTPUT:
                break
        _give(out)
        return (parts[0] if len(parts) == 1 else "".join(parts)), start, self._end(words)

    def encode(self, text: str, start: int, state: int) -> tuple[bytes, int, int]:
        """Writes from `start` as far as it goes: the bytes, the offset, the state there."""
        words, stop = self._begin(state)
        parts: list[bytes] = []
        out = _take()
        size = _FIRST
        while start < len(text):
            piece = text[start : start + size]
            size = min(8 * size, _PIECE)
            try:
                data = piece.encode("utf-16-le")
            except UnicodeEncodeError as error:
                # Two surrogates side by side are not the character that they would be in UTF-16.
                piece = piece[: error.start]
                data = piece.encode("utf-16-le")
            at, kind = self._encode(data, words, out, stop, parts)
            wide = len(data) != 2 * len(piece)
            used = len(data[:at].decode("utf-16-le")) if wide else at // 2
            start += used
            if used == 0 or kind not in (END, CUT):
                break
        _give(out)
        return (parts[0] if len(parts) == 1 else b"".join(parts)), start, self._end(words)

    def _encode(
        self, data: bytes, words: CData, out: CData, stop: CData, parts: list[bytes]
    ) -> tuple[int, int]:
        source = ffi.from_buffer(data)
        at = 0
        while True:
            lib.rcd_scheme_encode(
                self._scheme, words, source + at, len(data) - at, out, _ROOM, stop
            )
            used, made, kind, _ = _STOP.unpack(ffi.buffer(stop))
            at += used
            if made:
                parts.append(bytes(ffi.buffer(out, made)))
            if kind != OUTPUT:
                return at, kind

    @staticmethod
    def _begin(state: int) -> tuple[CData, CData]:
        words: Sequence[int] = (
            state & _WORD_MASK,
            state >> _WORD & _WORD_MASK,
            state >> 2 * _WORD,
        )
        return ffi.new("uint64_t[3]", words), ffi.new("rcd_stop *")

    @staticmethod
    def _end(words: CData) -> int:
        low, middle, high = _STATE.unpack(ffi.buffer(words))
        return int(low | middle << _WORD | high << 2 * _WORD)
