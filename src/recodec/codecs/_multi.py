"""Charsets without shifts: every code stands for itself, in one byte or up to eight.

One machine serves them all, from tables of codes. Marks that compose with the byte before them,
accents that stand before their letter and characters of two code points are longer codes or longer
texts, and nothing else is special about them.
"""

from __future__ import annotations

import codecs
import re

from ._machine import ILLEGAL, INCOMPLETE, UNENCODABLE, Fault, Machine
from ._tables import Reader, Writer, decode_map, encode_map, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._machine import Decoded, Encoded

__all__ = ["Gb18030", "TableMachine", "table_machine"]

_UNDEFINED = "\ufffe"  # what charmap_decode takes for undefined


class TableMachine(Machine):
    """A charset of the codes of one table. The map for writing is made when it is first needed."""

    def __init__(
        self, name: str, decoding: Mapping[bytes, str], encoding: Mapping[str, bytes]
    ) -> None:
        self.name = name
        self.reader = Reader(decoding)
        singles = [
            decoding.get(bytes((byte,)), "") if self.reader.longest[byte] == 1 else ""
            for byte in range(256)
        ]
        alone = bytes(byte for byte, text in enumerate(singles) if len(text) == 1)
        self._singles = "".join(text if len(text) == 1 else _UNDEFINED for text in singles)
        self._run = re.compile(b"[" + re.escape(alone) + b"]+" if alone else b"(?!)")
        self._encoding = encoding
        self._writer: Writer | None = None
        self._points: dict[int, bytes] | None = None

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        run = self._run.match(data, at)
        if run:
            return codecs.charmap_decode(run[0], "strict", self._singles)[0], run.end(), state
        cut = self.reader.longest[data[at]] > 1 and self.reader.may_go_on(data, at)
        if cut and not final:
            return None
        found = self.reader.longest_at(data, at)
        if found is not None:
            return *found, state
        return Fault(len(data), INCOMPLETE, state) if cut else Fault(at + 1, ILLEGAL, state)

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        if self._points is None and self._writer is None:
            self._prepare()
        if self._points is not None:
            return codecs.charmap_encode(text, errors, self._points)[0], len(text), state
        return super().encode(text, errors, final, state)

    def _prepare(self) -> None:
        if max(map(len, self._encoding), default=1) > 1:
            self._writer = Writer(self._encoding)
        else:
            self._points = self.points()

    def points(self) -> dict[int, bytes]:
        """The codes by code point, as charmap_encode takes them."""
        return {ord(text): code for text, code in self._encoding.items()}

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        assert self._writer is not None
        found = self._writer.longest_at(text, at, final)
        if found is None:
            return None
        return UNENCODABLE if isinstance(found, bool) else (*found, state)


class _Planes(dict[int, bytes]):
    """The codes of GB 18030, those of the upper planes by their formula."""

    def __missing__(self, point: int) -> bytes:
        if point < 0x10000:
            raise KeyError(point)
        rest, last = divmod(point - 0x10000, 10)
        rest, third = divmod(rest, 126)
        first, second = divmod(rest, 10)
        return bytes((0x90 + first, 0x30 + second, 0x81 + third, 0x30 + last))


_UPPER = re.compile(rb"[\x90-\xe3][0-9][\x81-\xfe][0-9]")
_UPPER_CUT = re.compile(rb"[\x90-\xe3](?:[0-9][\x81-\xfe]?)?\Z")


class Gb18030(TableMachine):
    """GB 18030 in one of its editions: tables below U+10000 and a formula above."""

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        if data[at] >= 0x90:
            upper = _UPPER.match(data, at)
            if upper:
                first, second, third, last = upper[0]
                linear = ((first - 0x90) * 10 + second - 0x30) * 126 + third - 0x81
                point = 0x10000 + linear * 10 + last - 0x30
                if point <= 0x10FFFF:
                    return chr(point), at + 4, state
            elif _UPPER_CUT.match(data, at):
                return Fault(len(data), INCOMPLETE, state) if final else None
        return super().step(data, at, final, state)

    def points(self) -> dict[int, bytes]:
        return _Planes(super().points())


def table_machine(name: str, table: str, *, composing: bool = False) -> TableMachine:
    """The machine of a table; `composing` joins a letter and the mark after it when reading."""
    decoding = decode_map(table)
    if composing:
        decoding.update(pairs(table))
    form = Gb18030 if bytes.fromhex("81308130") in decoding else TableMachine
    return form(name, decoding, encode_map(table))


def big5_eten(name: str) -> TableMachine:
    """Big5 with ETEN's extensions, whose mapping the automata of detection hold."""
    from .. import _core
    from .._registry import lookup

    number = lookup("big5-eten").id
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = b"".join(bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in trails)
    decoding = {bytes((byte,)): chr(byte) for byte in range(0x80)}
    decoding |= {
        codes[start : start + 2]: text for start, text in _core.decode_each(number, codes, 2)
    }
    encoding: dict[str, bytes] = {}
    for code, text in decoding.items():
        encoding.setdefault(text, code)
    return TableMachine(name, decoding, encoding)
