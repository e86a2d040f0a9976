"""Charsets without shifts: every code stands for itself, in one byte or up to four.

One machine serves them all, from maps of the core. Marks that compose with the byte before them,
accents that stand before their letter and characters of two code points are longer codes or longer
texts, and nothing else is special about them.
"""

from __future__ import annotations

from .._conversion.maps import Maps
from .._conversion.native import BRIEF
from .._core import conversion as core
from ._machine import ILLEGAL, INCOMPLETE, Fault, Machine
from ._tables import decode_map, encode_map, made, pairs, source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    # bytes -> text, and text -> bytes
    Codes: TypeAlias = "tuple[Mapping[bytes, str], Mapping[str, bytes]]"

__all__ = ["TableMachine", "big5_eten", "machine_of", "single_byte_of_core", "table_machine"]

_SHORT = 1 << 11  # bytes after a fault, where the next one may be near
_UNASSIGNED = "\uffff"  # in the core's tables of single bytes


class TableMachine(Machine):
    """A charset of the codes of one table, or of one for each direction.

    The maps hold all that there is: where a kernel stops, there is a fault.
    """

    def __init__(self, name: str, maps: Maps) -> None:
        self.name = name
        self.maps = maps

    @property
    def first(self) -> bool | None:
        """Whether a bad code ends behind its first byte; None where `fault` is to be asked."""
        return True if type(self).fault is TableMachine.fault else None

    def fault(self, data: bytes, at: int, cut: bool, final: bool) -> Fault | None:
        """What is wrong with the bytes at `at`, which are no code; None for "more bytes".

        `cut` says that they start one and that the data ends.
        """
        if cut:
            return Fault(len(data), INCOMPLETE, 0) if final else None
        return Fault(at + 1, ILLEGAL, 0)

    def decode(self, data: bytes, errors: str, final: bool, state: int) -> tuple[str, int, int]:
        """As in the machine of steps, from fault to fault."""
        if len(data) <= BRIEF:
            clean = self.maps.read(data, final)
            if clean is not None and (clean[1] == len(data) or self.first is not None):
                return clean[0], clean[1], state
        map = self.maps.map(core.DECODE_UTF16)
        patch = None
        if errors != "strict":
            from .._conversion.patch import reading_by

            patch = reading_by(errors, self.first)
        parts: list[str] = []
        at = 0
        size = reach = len(data)
        while at < size:
            end = min(size, at + reach)
            whole = end == size
            text, at, kind, _ = core.to_text(core.TABLE, map, data, at, final and whole, end, patch)
            parts.append(text)
            if patch is not None:
                patch.settle(data)
            if kind == core.END or (kind == core.CUT and not whole):
                reach *= 4
                continue
            found = self.fault(data, at, kind == core.CUT, final)
            if found is None:
                break
            put, at = self.handled(data, at, found, errors)
            parts.append(put)
            reach = _SHORT
        return (parts[0] if len(parts) == 1 else "".join(parts)), at, state

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        """As in the machine of steps, from one character that is not there to the next."""
        if len(text) <= BRIEF:
            clean = self.maps.write(text, final)
            if clean is not None:
                return clean[0], clean[1], state
        from .._conversion.encoding_run import EncodingRun
        from .._conversion.patch import writing_by

        map = self.maps.map(core.ENCODE)
        run = EncodingRun(core.TABLE, map, text, writing_by(errors, core.TABLE, map))
        parts: list[bytes] = []
        at = 0
        while True:
            data, at, kind = run.go(at, final)
            parts.append(data)
            if kind != core.UNENCODABLE:
                return (parts[0] if len(parts) == 1 else b"".join(parts)), at, state
            data, at, state = self.replaced(text, at, errors, state)
            parts.append(data)

    def spelt(self, put: str, state: int, error: UnicodeEncodeError) -> tuple[bytes, int]:
        """What an error handler puts is a text of its own."""
        from .._conversion.encoding_run import EncodingRun

        data, _, kind = EncodingRun(core.TABLE, self.maps.map(core.ENCODE), put).go(0, True)
        if kind != core.END:
            raise error
        return data, state


def table_machine(name: str, table: str, *, composing: bool = False) -> TableMachine:
    """The machine of a table; `composing` joins a letter and the mark after it when reading."""
    if composing:
        return machine_of(name, lambda: ({**decode_map(table), **pairs(table)}, encode_map(table)))
    return TableMachine(name, Maps(source(table)))


def machine_of(name: str, codes: Callable[[], Codes]) -> TableMachine:
    """The machine of codes that no table has in this form; they are made when they are needed."""
    return TableMachine(name, Maps(lambda: made(*codes())))


def single_byte_of_core(name: str, table: bytes) -> TableMachine:
    """The machine of a charset whose 256 code points are `table`, native uint16.

    For charsets that the registry makes from a table and changes of its own.
    """
    cells = memoryview(table).cast("H")
    decoding = {
        bytes((byte,)): chr(point) for byte, point in enumerate(cells) if chr(point) != _UNASSIGNED
    }
    encoding: dict[str, bytes] = {}
    for code, text in decoding.items():
        encoding.setdefault(text, code)  # a character at two places is written as the lower one
    return machine_of(name, lambda: (decoding, encoding))


def big5_eten(name: str) -> TableMachine:
    """Microsoft's Big5 with the ETEN characters.

    No table of it is to be had. Its extension is the control pictures A3C0..A3E0 and the rows
    C6A1..C8D3 that IBM's code page 950 took over cell by cell: that page tells which cells there
    are, the index of the Encoding Standard what they mean. Row F9D6..F9FE is in Microsoft's.
    """
    return machine_of(name, _codes_of_big5_eten)


def _codes_of_big5_eten() -> Codes:
    decoding = {
        code: text
        for code, text in decode_map("cp950@cpython").items()
        if (len(code) > 1 or code < b"\x80") and not b"\xc6\xa1" <= code <= b"\xc8\xfe"
    }
    web = decode_map("big5@whatwg")
    for code in decode_map("ibm-950"):
        if b"\xa3\xc0" <= code <= b"\xa3\xe0" or b"\xc6\xa1" <= code <= b"\xc8\xd3":
            decoding[code] = web[code]
    decoding = dict(sorted(decoding.items(), key=lambda item: (len(item[0]), item[0])))
    encoding: dict[str, bytes] = {}
    for code, text in decoding.items():
        encoding.setdefault(text, code)  # a character at two places is written as the lower one
    return decoding, encoding
