"""The converters of the ICU of this system, for holding the flavours of `icu:` to them."""

from __future__ import annotations

import ctypes
import ctypes.util
import re

import pytest

_BYTES_AT_ONCE = 0  # all
_TO_U, _FROM_U = "UCNV_TO_U_CALLBACK_ESCAPE", "UCNV_FROM_U_CALLBACK_SKIP"


class Icu:
    """`ucnv_open`, `ucnv_toUnicode` and `ucnv_fromUnicode` of one library.

    What is wrong comes out as the escapes of C, byte by byte; what cannot be written is left out.
    """

    def __init__(self, library: ctypes.CDLL, version: str) -> None:
        self._library = library
        self._version = version
        self._open = self._function("ucnv_open", ctypes.c_void_p)
        self._close = self._function("ucnv_close", None)
        self._reset = self._function("ucnv_reset", None)
        self._to_text = self._function("ucnv_toUnicode", None)
        self._from_text = self._function("ucnv_fromUnicode", None)
        self._converters: dict[str, ctypes.c_void_p] = {}
        self._room = ctypes.create_string_buffer(1 << 22)

    def _function(self, name: str, result: object) -> ctypes._FuncPointer:
        found = getattr(self._library, f"{name}_{self._version}")
        found.restype = result  # type: ignore[assignment]
        return found

    def _address(self, name: str) -> ctypes.c_void_p:
        return ctypes.cast(getattr(self._library, f"{name}_{self._version}"), ctypes.c_void_p)

    def converter(self, name: str) -> ctypes.c_void_p | None:
        """The converter of a name; None where there is none."""
        found = self._converters.get(name)
        if found is None:
            error = ctypes.c_int(0)
            address = self._open(name.encode(), ctypes.byref(error))
            if address is None or error.value > 0:
                return None
            found = self._converters[name] = ctypes.c_void_p(address)
            set_to = self._function("ucnv_setToUCallBack", None)
            set_from = self._function("ucnv_setFromUCallBack", None)
            set_to(found, self._address(_TO_U), b"C\0", None, None, ctypes.byref(error))
            set_from(found, self._address(_FROM_U), None, None, None, ctypes.byref(error))
            assert error.value <= 0
        return found

    def read(self, name: str, data: bytes, size: int = _BYTES_AT_ONCE) -> str:
        """The text of bytes, so many at once."""
        return self._converted(self._to_text, name, data, size).decode("utf-16", "surrogatepass")

    def written(self, name: str, text: str, size: int = _BYTES_AT_ONCE) -> bytes:
        """The bytes of a text, so many UTF-16 code units at once."""
        data = text.encode("utf-16", "surrogatepass")[2:]
        return self._converted(self._from_text, name, data, 2 * size)

    def _converted(self, convert: ctypes._FuncPointer, name: str, data: bytes, size: int) -> bytes:
        converter = self.converter(name)
        assert converter is not None, name
        self._reset(converter)
        room = self._room
        source = ctypes.create_string_buffer(data, len(data) or 1)
        start = ctypes.addressof(source)
        end = start + len(data)
        at, to = ctypes.c_void_p(start), ctypes.c_void_p(ctypes.addressof(room))
        limit = ctypes.c_void_p(ctypes.addressof(room) + len(room))
        error = ctypes.c_int(0)
        stop = start
        while True:
            stop = min(end, stop + (size or len(data)))
            flush = stop == end
            convert(
                converter,
                ctypes.byref(to),
                limit,
                ctypes.byref(at),
                ctypes.c_void_p(stop),
                None,
                ctypes.c_int8(flush),
                ctypes.byref(error),
            )
            assert error.value <= 0, (name, error.value)
            if flush:
                break
        used = (to.value or 0) - ctypes.addressof(room)
        return ctypes.string_at(room, used)


def _icu() -> Icu | None:
    """ICU's library of converters; None where there is none."""
    name = ctypes.util.find_library("icuuc")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    found = re.search(r"\d+", name.rpartition(".so")[2] or name)
    return Icu(library, found[0]) if found else None


ICU = _icu()
needs_icu = pytest.mark.skipif(ICU is None, reason="ICU is not installed")
