"""Native conversion under the codecs: the same answers, several times as fast.

A codec of CPython's is wrapped where the core has a kernel and exactly the codec's mapping
(tests/conversion/test_native.py holds each to its codec, over all bytes and all code points). The
kernel converts what is clean; where it stops, the codec itself is asked about the place, so that
errors, policies and their lengths are the codec's own, and the kernel goes on behind it. Codecs of
ours by table are kernels themselves; their maps serve the way from bytes to bytes (`direct`), too.
"""

from __future__ import annotations

from sys import byteorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    import codecs
    from collections.abc import Callable
    from typing import TypeAlias

    from typing_extensions import Buffer

    from .._core.conversion import Map
    from .._core.tables import Expanded
    from .maps import Maps
    from .patch import Reading, Writing

    Decode: TypeAlias = Callable[[Buffer, str], tuple[str, int]]
    Encode: TypeAlias = Callable[[str, str], tuple[bytes, int]]

__all__ = ["LARGE", "MARKS", "SMALL", "Native", "decode_place", "native_of"]

SMALL = 2048
"""Bytes or characters under which the codec is as good, until the maps are there: they take
milliseconds to make."""

LARGE = 1 << 20
"""Bytes from which on a text is made in its place, where that can be done."""

BRIEF = (1 << 13) + 8  # as in _core.brief, which is only imported where it is used
_FEW_BYTES, _FEW_CHARACTERS = 400, 800  # under which the codec is quicker in any case
_SHORT = 1 << 11  # bytes after a place that stopped it, where the next one may be near
_WINDOW = 64  # bytes or characters that the codec is shown at a place that stops the kernel

# Forms that need no table, by the name of the codec.
_FORMS = {
    "utf-8": 1,
    "whatwg:utf-8": 1,
    "utf-16-le": 2,
    "utf-16-be": 3,
    "utf-32-le": 4,
    "utf-32-be": 5,
    "ucs-4-le": 4,
    "ucs-4-be": 5,
    "iso8859-1": 6,
    "latin-1": 6,
}
_UTF8, _LATIN1, _ISO2022JP = 1, 6, 7
# Codecs that follow most policies without asking anybody, and by which ones.
_SIMPLE = ("ascii", "utf-8", "iso8859-1")
_READ_SIMPLY = ("strict", "replace", "ignore", "surrogateescape")
_WRITTEN_SIMPLY = (*_READ_SIMPLY, "backslashreplace", "xmlcharrefreplace")
# Forms that start with a byte order mark: what is read where there is none.
_MARKED = {
    "utf-8-sig": 1,
    "utf-16": 2 if byteorder == "little" else 3,
    "utf-32": 4 if byteorder == "little" else 5,
    "utf-16-le-sig": 2,
    "utf-16-be-sig": 3,
    "utf-16-version1": 2 if byteorder == "little" else 3,
    "utf-16-version2": 3,
    "utf-32-le-sig": 4,
    "utf-32-be-sig": 5,
    "ucs-4": 5,
}
_NEEDS_MARK = ("utf-16-version1",)
_WRITES_NONE = ("ucs-4",)
MARKS = {
    1: b"\xef\xbb\xbf",
    2: b"\xff\xfe",
    3: b"\xfe\xff",
    4: b"\xff\xfe\0\0",
    5: b"\0\0\xfe\xff",
}
"""Byte order marks by form."""
_ORDERS = ((1,), (2, 3), (4, 5))  # forms that a mark tells apart
# CPython's codec is the edition of 2000.
_TABLES = {"gb18030": "ibm-5488"}
_LINEAR = ("ibm-5488",)
# Of their bad codes some have one byte and some two, or eight bytes are one syllable.
_VARIOUS = ("euc_kr", "shift_jisx0213", "euc_jisx0213")
# CPython 3.14 mended the code 9B: only its codec knows which mapping this interpreter has.
_MOVED = ("palmos",)


class Native:
    """The kernels of one charset; `form` is one of `_core.conversion`, 0 for a plain table.

    `table` is that of a codec of CPython's, which the kernels speed up. `marked`: text may start
    with a byte order mark, which belongs to the bytes and not to the text. `first`: a bad code ends
    behind its first byte (False: where the kernel says; None: where the codec says). `simple`: the
    codec is as quick by itself where it need not ask about each place.
    """

    __slots__ = (
        "_shows_lines",
        "first",
        "form",
        "maps",
        "marked",
        "name",
        "simple",
        "slow_decode",
        "slow_encode",
        "table",
    )

    slow_decode: Decode
    slow_encode: Encode

    def __init__(
        self,
        name: str,
        form: int,
        codec: codecs.CodecInfo,
        maps: Maps | None = None,
        *,
        table: str = "",
        marked: bool = False,
        first: bool | None = False,
    ) -> None:
        self.name: str = name
        self.first: bool | None = first
        self.marked: bool = marked
        self._shows_lines: bool | None = None
        self.form: int = form
        self.table: str = table
        self.maps: Maps | None = maps
        self.simple: bool = codec.name in _SIMPLE
        self.slow_decode = codec.decode
        self.slow_encode = codec.encode

    @property
    def ready(self) -> bool:
        """Whether short input is worth while too."""
        return self.maps is None or self.maps.ready

    @property
    def stateful(self) -> bool:
        """Whether bytes depend on what stands before them."""
        return self.marked or self.form == _ISO2022JP

    @property
    def mark(self) -> bytes:
        """The byte order mark that is written first."""
        return MARKS[self.form] if self.marked and self.name not in _WRITES_NONE else b""

    def start(self, data: bytes) -> tuple[int, int]:
        """The form of `data`, and the offset behind its byte order mark; -1 where one lacks."""
        if not self.marked:
            return self.form, 0
        for forms in _ORDERS:
            for form in forms:
                if self.form in forms and data.startswith(MARKS[form]):
                    return form, len(MARKS[form])
        return self.form, -1 if self.name in _NEEDS_MARK else 0

    @property
    def has_lines(self) -> bool:
        """Whether a line feed is the byte 0A wherever it stands, and nothing else is."""
        if self.stateful or self.form not in (0, _UTF8, _LATIN1):
            return False
        return bool(self.form) or self.slow_decode(b"A\n", "replace")[0] == "A\n"

    @property
    def shows_lines(self) -> bool:
        """Whether CR and LF are the bytes 0D and 0A wherever they stand, and nothing else is."""
        if self._shows_lines is None:
            shows = self.has_lines
            if shows and not self.form:
                # GSM 03.38 has codes that end so, ISIRI 3342 has its controls a second time.
                others = [code for code in range(128) if code not in b"\n\r"]
                probe = b"".join(b"%c\n%c\r" % (code, code) for code in others)
                text = self.slow_decode(probe + bytes(range(128, 256)), "replace")[0]
                shows = text.count("\n") == text.count("\r") == len(others)
            self._shows_lines = shows
        return self._shows_lines

    def map(self, kind: int, lenient: bool = False) -> Map | None:
        """The map of a kind of `_core.conversion`, None for a form that needs none."""
        return None if self.maps is None else self.maps.map(kind, lenient)

    def decoder(self, least: int = 0) -> Decode:
        """The codec's function with the kernel in front, for input of `least` bytes and more."""
        slow, maps, simple = self.slow_decode, None if self.form else self.maps, self.simple
        least = max(least, _FEW_BYTES)

        def decode(data: Buffer, errors: str = "strict") -> tuple[str, int]:
            if type(data) is not bytes or len(data) < least:
                return slow(data, errors)
            size = len(data)
            if not self.pays(size):
                return slow(data, errors)
            if simple:
                if errors in _READ_SIMPLY or self._reading(errors) is None:
                    return slow(data, errors)
                try:
                    return slow(data, "strict")  # clean input pays nothing
                except UnicodeDecodeError:
                    pass
            if maps is not None and size <= BRIEF:
                found = maps.read(data, True)
                if found is not None:
                    return found
            return self._decode(data, errors)

        return decode

    def pays(self, size: int) -> bool:
        """Whether so many bytes or characters, not few, are worth asking the kernel."""
        return size >= SMALL or (self.ready and not self.stateful)

    def read(self, data: bytes, final: bool) -> tuple[str, int] | None:
        """The text of a piece by its table, and how many bytes of it are whole codes.

        None where the codec is as quick, or is to say what is wrong.
        """
        maps, size = self.maps, len(data)
        if maps is None or not _FEW_BYTES <= size <= BRIEF or not self.pays(size):
            return None
        return maps.read(data, final)

    def _reading(self, errors: str) -> Reading | None:
        if errors == "strict":
            return None
        from .patch import reading_by

        return reading_by(errors, self.first)

    def _writing(self, errors: str, map: Map | None) -> Writing | None:
        if errors == "strict":
            return None
        from .patch import writing_by

        return writing_by(errors, self.form, map)

    def _decode(self, data: bytes, errors: str) -> tuple[str, int]:
        from .._core import conversion as core

        slow = self.slow_decode
        map = self.map(core.DECODE_UTF16)
        patch = self._reading(errors)
        parts = []
        at = 0
        size = reach = len(data)
        while at < size:
            end = min(size, at + reach)
            text, at, kind, _ = core.to_text(self.form, map, data, at, end == size, end, patch)
            parts.append(text)
            if patch is not None:
                patch.settle(data)
            if kind == core.END or (kind == core.CUT and end < size):
                reach *= 4
                continue
            if self.stateful or (patch is None and self.table and errors != "strict"):
                # CPython's codec asks at each place by itself, and costs no more for the rest.
                return slow(data, errors)
            text, at = decode_place(slow, data, at, errors)
            parts.append(text)
            reach = _SHORT
        return (parts[0] if len(parts) == 1 else "".join(parts)), size

    def encoder(self) -> Encode:
        """The codec's function with the kernel in front."""
        slow, maps, simple = self.slow_encode, None if self.form else self.maps, self.simple

        def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
            if len(text) < _FEW_CHARACTERS or not self.pays(len(text)):
                return slow(text, errors)
            if simple:
                if errors in _WRITTEN_SIMPLY:
                    return slow(text, errors)
                try:
                    return slow(text, "strict")
                except UnicodeEncodeError:
                    pass
            if maps is not None and len(text) <= BRIEF:
                found = maps.write(text, True)
                if found is not None:
                    return found
            return self._encode(text, errors)

        return encode

    def _encode(self, text: str, errors: str) -> tuple[bytes, int]:
        from .._core import conversion as core

        slow = self.slow_encode
        map = self.map(core.ENCODE)
        if self.stateful:
            data, _, kind, _ = core.from_text(self.form, map, text)
            return (data, len(text)) if kind == core.END else slow(text, errors)
        from .encoding_run import EncodingRun

        patch = self._writing(errors, map)
        if patch is None and self.simple:
            return slow(text, errors)
        run = EncodingRun(self.form, map, text, patch)
        parts = []
        at = 0
        while True:
            data, at, kind = run.go(at, True)
            parts.append(data)
            if kind == core.END:
                break
            if errors == "surrogateescape" or (patch is None and self.table and errors != "strict"):
                # CPython's codec says what run of characters it refuses, and asks by itself.
                return slow(text, errors)
            data, at = _encode_place(slow, text, at, errors)
            parts.append(data)
        return (parts[0] if len(parts) == 1 else b"".join(parts)), len(text)


def decode_place(slow: Decode, data: bytes, at: int, errors: str) -> tuple[str, int]:
    """What the codec makes of the bytes at `at`, and the offset behind them."""
    window = data[at : at + _WINDOW]
    last = at + len(window) == len(data)
    try:
        text, used = slow(window, "strict")
    except UnicodeDecodeError as error:
        if error.start:
            return slow(window[: error.start], "strict")[0], at + error.start
        if error.end == len(window) and not last:
            raise  # no codec has codes that long
        whole = UnicodeDecodeError(
            error.encoding, data, at + error.start, at + error.end, error.reason
        )
        from .handlers import ask

        put, resume = ask(errors, whole)
        return str(put), resume
    return text, at + used


def _encode_place(slow: Encode, text: str, at: int, errors: str) -> tuple[bytes, int]:
    """What the codec makes of the characters at `at`, and the offset behind them."""
    size = _WINDOW
    while True:
        window = text[at : at + size]
        try:
            slow(window, "strict")
            # The window may end between two characters that have one code together.
            return slow(text[at : at + 1], "strict")[0], at + 1
        except UnicodeEncodeError as error:
            if error.start:
                return slow(window[: error.start], "strict")[0], at + error.start
            if error.end == len(window) and at + size < len(text):
                size *= 4  # some codecs report a whole run
                continue
            whole = UnicodeEncodeError(
                error.encoding, text, at + error.start, at + error.end, error.reason
            )
        from .handlers import ask

        put, resume = ask(errors, whole)
        if isinstance(put, bytes):
            return put, resume
        try:
            return slow(put, "strict")[0], resume
        except UnicodeEncodeError:
            raise whole from None


def native_of(name: str, info: codecs.CodecInfo) -> Native | None:
    """The kernels that serve a codec under the name of its charset; None when there are none."""
    codec = info.name
    if codec == "iso2022_jp":
        # With escapes, so that no place in the middle can be looked at by itself.
        pairs = _maps_of("jisx0208", euc=True)
        return Native(name, _ISO2022JP, info, pairs, table="jisx0208", first=None)
    if codec in _FORMS:
        return Native(name, _FORMS[codec], info)
    if name in _MARKED:
        return Native(name, _MARKED[name], info, marked=True)
    machine = getattr(info, "machine", None)
    if machine is not None:
        maps = getattr(machine, "maps", None)
        return None if maps is None else Native(name, 0, info, maps, first=machine.first)
    table = _table_of(codec)
    if table is None:
        return None
    first = None if name in _VARIOUS else True
    return Native(name, 0, info, _maps_of(table), table=table, first=first)


def _table_of(codec: str) -> str | None:
    """The table of a codec of CPython's."""
    from .._core.tables import has_table

    name = codec.replace("-", "_")
    if name in _MOVED:
        return None
    for table in (_TABLES.get(codec, f"{name}@cpython"), name):
        if has_table(table):
            return table
    return None


def _maps_of(name: str, *, euc: bool = False) -> Maps:
    """Maps of a table as it is, or of a set of 94 x 94 as EUC has it."""
    from .maps import Maps

    def make() -> Expanded:
        from .._core.tables import as_euc, expand

        table = expand(name)
        table.linear = name in _LINEAR
        return as_euc(table) if euc else table

    return Maps(make)
