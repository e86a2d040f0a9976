"""Charsets that differ from a codec of CPython's in what some characters are written as.

That codec takes a fraction of the time on a word or a line, where calling the core is what costs.
So it goes first, and where its answer has a byte that only the moved codes have (or a code that
happens to have it), the table of the charset is asked after all.
"""

from __future__ import annotations

import codecs

from ._multi import TableMachine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._conversion.maps import Maps

__all__ = ["Carried"]

_LINE = 200  # bytes or characters up to which that codec is quicker than the core


class Carried(TableMachine):
    """The machine of such a charset, which reads as that codec does.

    Who writes line by line may write by the codec `python` and have `mended` what comes of it.
    """

    def __init__(self, name: str, maps: Maps, *, python: str, moved: bytes) -> None:
        """moved: two bytes, with one of which each moved code of CPython's begins."""
        super().__init__(name, maps)
        self.python = python
        self._one, self._other = moved  # numbers: they are looked for in a third of the time
        info = codecs.lookup(python)
        self._their_decode, self._their_encode = info.decode, info.encode

    def decode(self, data: bytes, errors: str, final: bool, state: int) -> tuple[str, int, int]:
        if len(data) <= _LINE:
            try:
                text, used = self._their_decode(data, "strict")
            except UnicodeDecodeError:
                pass
            else:
                return text, used, state
        return super().decode(data, errors, final, state)

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        if len(text) <= _LINE:
            try:
                data, used = self._their_encode(text, "strict")
            except UnicodeEncodeError:
                pass
            else:
                if self._one not in data and self._other not in data:
                    return data, used, state
        return super().encode(text, errors, final, state)

    def mended(self, data: bytes) -> bytes:
        """The bytes of whole characters that CPython's codec has written, as they are to be."""
        if self._one not in data and self._other not in data:
            return data
        text, _ = self._their_decode(data, "strict")
        return super().encode(text, "strict", True, self.encode_start)[0]
