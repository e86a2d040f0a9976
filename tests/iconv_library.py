"""The iconv functions of a C library, for holding the flavours of `glibc:` and `libiconv:` to them.

GNU libiconv is found as a library of the system, or inside lxml's wheels, which carry one.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import importlib.util
from pathlib import Path

_FAILED = ctypes.c_size_t(-1).value
_SMALL = 8  # bytes of text in one call: after an error glibc converts the whole block anew
_ROOM = 64  # bytes that one call writes, at most


class Iconv:
    """`iconv_open`, `iconv` and `iconv_close` of one library."""

    def __init__(self, library: ctypes.CDLL, prefix: str) -> None:
        self.library = library
        convert = "libiconv" if prefix else "iconv"
        self._open = getattr(library, f"{prefix}iconv_open")
        self._open.restype = ctypes.c_void_p
        self._open.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
        self._close = getattr(library, f"{prefix}iconv_close")
        self._close.argtypes = [ctypes.c_void_p]
        self._convert = getattr(library, convert)
        self._convert.restype = ctypes.c_size_t
        self._convert.argtypes = [ctypes.c_void_p] + [ctypes.c_void_p] * 4
        self._in = ctypes.create_string_buffer(1 << 20)
        self._out = ctypes.create_string_buffer(1 << 22)
        self._at = ctypes.c_void_p()
        self._left = ctypes.c_size_t()
        self._to = ctypes.c_void_p()
        self._room = ctypes.c_size_t()

    def handle(self, to: str, from_: str) -> int | None:
        """A conversion, None where the library has none of these names."""
        found = self._open(to.encode(), from_.encode())
        return None if found is None or found == _FAILED else int(found)

    def has(self, name: str) -> bool:
        handle = self.handle("UTF-32LE", name)
        if handle is not None:
            self._close(handle)
        return handle is not None

    def _start(self, handle: int, data: bytes) -> None:
        self._convert(handle, None, None, None, None)
        ctypes.memmove(self._in, data, len(data))
        self._at.value = ctypes.addressof(self._in)
        self._to.value = ctypes.addressof(self._out)
        self._room.value = len(self._out)

    def _go(self, handle: int, size: int) -> int:
        """Converts that many bytes more; the error number, or 0."""
        self._left.value = size
        refs = [ctypes.byref(each) for each in (self._at, self._left, self._to, self._room)]
        done = self._convert(handle, *refs)
        return ctypes.get_errno() if done == _FAILED else 0

    def _output(self, handle: int) -> bytes:
        """What was written, with what the end of a text takes."""
        self._convert(handle, None, None, ctypes.byref(self._to), ctypes.byref(self._room))
        return ctypes.string_at(self._out, len(self._out) - self._room.value)

    def read(self, name: str, codes: list[bytes]) -> list[str | int]:
        """What each code by itself stands for, or where it stops being one."""
        return self.read_with_text(name, codes)[0]

    def read_with_text(self, name: str, codes: list[bytes]) -> tuple[list[str | int], list[str]]:
        """The same, and beside it the text in front of what is wrong."""
        handle = self.handle("UTF-32LE", name)
        assert handle is not None
        found: list[str | int] = []
        texts = []
        for code in codes:
            self._start(handle, code)
            wrong = self._go(handle, len(code))
            stopped = len(code) - self._left.value
            texts.append(self._output(handle).decode("utf-32-le", "surrogatepass"))
            found.append(stopped if wrong else texts[-1])
        self._close(handle)
        return found, texts

    def written(self, name: str, text: str) -> bytes:
        """The bytes of a text; characters that are not there are left out."""
        handle = self.handle(name, "UTF-32LE")
        assert handle is not None
        data = text.encode("utf-32-le")
        self._start(handle, data)
        left = len(data)
        while left:
            size = min(_SMALL, left)
            error = self._go(handle, size)
            left -= size - self._left.value
            if error:
                assert error == errno.EILSEQ, (name, error)
                self._at.value = (self._at.value or 0) + 4
                left -= 4
        out = self._output(handle)
        self._close(handle)
        return out

    def names(self) -> list[str]:
        """All names of GNU libiconv, as it lists them itself."""
        found: list[str] = []
        lists = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.c_uint, ctypes.POINTER(ctypes.c_char_p), ctypes.c_void_p
        )

        def listed(count: int, names: ctypes._Pointer[ctypes.c_char_p], _: object) -> int:
            found.extend((names[index] or b"").decode("ascii") for index in range(count))
            return 0

        self.library.libiconvlist(lists(listed), None)
        return sorted(found)


def _glibc() -> Iconv | None:
    """The iconv of glibc; None on another C library."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        library.gnu_get_libc_version  # noqa: B018 - only glibc has it
        return Iconv(library, "")
    except (AttributeError, OSError, TypeError):
        return None


def _libiconv() -> Iconv | None:
    """GNU libiconv; None where there is none."""
    paths = [ctypes.util.find_library("iconv")]
    lxml = importlib.util.find_spec("lxml")
    if lxml is not None and lxml.origin is not None:
        paths += [str(path) for path in Path(lxml.origin).parent.glob("etree.*.so")]
    for path in filter(None, paths):
        try:
            library = ctypes.CDLL(path, use_errno=True)
            library.libiconvlist  # noqa: B018 - GNU's has it under this name
            return Iconv(library, "lib")
        except (AttributeError, OSError):
            continue
    return None


LIBRARIES: dict[str, Iconv | None] = {"glibc": _glibc(), "libiconv": _libiconv()}
