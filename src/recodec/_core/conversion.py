"""The binding of the conversion kernels, and of the maps that they work with.

A kernel works from block to block, so that what it writes is still in the cache when it is made
into an object.
"""

from __future__ import annotations

from struct import Struct

from .._errors import OptionError
from .._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import TypeAlias

    from typing_extensions import Buffer

    from .._native import CData, _Buffer
    from .patch import Patch
    from .tables import Expanded

    Kernel: TypeAlias = Callable[[bool, CData, int, CData, int, CData], int]

TABLE, UTF8, UTF16LE, UTF16BE, UTF32LE, UTF32BE, LATIN1 = range(7)
"""Forms of text; only a table needs a map."""
ISO2022JP = 7
"""Needs a map of JIS X 0208 as EUC-JP has it, and goes to and from UTF8 and UTF16LE only."""
END, OUTPUT, CUT, ILLEGAL, UNENCODABLE = range(5)
"""Why a conversion stopped."""

DECODE_UTF8, DECODE_UTF16, ENCODE = range(3)
"""Kinds of maps."""

_NULL = ffi.NULL
_allocate = ffi.new_allocator(should_clear_after_alloc=False)
_STOP = Struct("@NNII")
_EXTENT = Struct("@QQQ")
_BLOCK = 1 << 17  # bytes of input a round
_ROOM = 1 << 19  # bytes of output a round: what most inputs become, twice
_HUGE = 1 << 21  # bytes of a large page, where the system has such
_DIRECT = 1 << 20  # bytes of input from which on a text is worth being made in its place
_SURROGATES = 0x10000  # as rcd_utf16_bits() has it
_blocks: list[CData] = []
_BLOCKS_KEPT = 4


def _take() -> CData:
    try:
        return _blocks.pop()
    except IndexError:
        return _allocate("uint8_t[]", _ROOM)


def _give(block: CData) -> None:
    if len(_blocks) < _BLOCKS_KEPT:
        _blocks.append(block)


class Map:
    """One direction of one table, laid out for the kernels."""

    __slots__ = ("_owner", "pointer")

    def __init__(
        self,
        kind: int,
        table: Expanded,
        *,
        fallbacks: bool = True,
        extra: Collection[tuple[str, bytes]] = (),
    ) -> None:
        """`extra` is what else encodes: character, code."""
        shape = ffi.new("rcd_table_shape *")
        lists = ffi.new("rcd_table *")
        texts = ffi.from_buffer("uint32_t[][4]", table.texts)
        shape.texts = len(texts)
        lists.texts = texts
        lists.decode = table.decode
        lists.encode = table.encode
        shape.decode = table.decode_len
        shape.encode = table.encode_len
        if extra:
            shape.encode, longer = table.encode_with(extra)
            lists.encode = longer  # which lives as long as that name
        options = fallbacks * lib.RCD_MAP_FALLBACKS | table.linear * lib.RCD_MAP_LINEAR
        size = lib.rcd_map_build(kind, options, shape, lists, ffi.NULL)
        self._owner = _allocate("char[]", size + 16)
        self.pointer: CData = self._owner + -int(ffi.cast("uintptr_t", self._owner)) % 16
        lib.rcd_map_build(kind, options, shape, lists, self.pointer)


def _kernel(
    from_: int,
    from_map: Map | None,
    to: int,
    to_map: Map | None,
    patch: Patch | None = None,
    origin: CData | None = None,
) -> Kernel:
    """The call that converts between two forms: final, data, len, out, cap, stop.

    `origin` is what the places that a patch notes count from.
    """
    # Not functools.partial: to import it takes as long as everything else that conversion imports.
    read, write = _pointer(from_map), _pointer(to_map)
    if patch is not None:
        patched, way = patch.run, (from_, read, to, write)
        return lambda *rest: patched(way, origin, *rest)
    if ISO2022JP not in (from_, to):
        convert = lib.rcd_convert

        def run(final: bool, data: CData, size: int, out: CData, cap: int, stop: CData) -> int:
            return convert(from_, read, to, write, final, data, size, out, cap, stop)

        return run
    form = to if from_ == ISO2022JP else from_
    state = ffi.new("uint32_t *")
    return lambda *rest: lib.rcd_convert_iso2022jp(form, read, write, state, *rest)


def _pointer(map: Map | None) -> CData:
    return _NULL if map is None else map.pointer


def to_text(
    form: int,
    map: Map | None,
    data: bytes,
    start: int = 0,
    final: bool = True,
    end: int | None = None,
    patch: Patch | None = None,
) -> tuple[str, int, int, int]:
    """Decodes from `start` as far as it goes, `end` at most.

    `map` is of the kind DECODE_UTF16. Returns the text, the offset in `data` where it stopped, why,
    and the bytes that are wrong or cut there.
    """
    source = ffi.from_buffer(data)
    if end is None:
        end = len(data)
    stop = ffi.new("rcd_stop *")
    view = ffi.buffer(stop)
    run = _kernel(form, map, UTF16LE, None, patch, source)
    lone = patch is not None and patch.makes_surrogates
    parts: list[str] = []
    direct = end - start >= _DIRECT
    if direct:
        from .filled import can_fill_text, filled_text

        direct = can_fill_text()
    block = _take()
    while True:
        size = min(_BLOCK, end - start)
        run(final and start + size == end, source + start, size, block, _ROOM, stop)
        used, made, kind, length = _STOP.unpack(view)
        start += used
        on = _goes_on(kind, length, start, end)
        if direct and on and 0xFF < lib.rcd_utf16_bits(block, made) < _SURROGATES:
            # The text is wide from here on, which an object must not be without need: what comes
            # can be written into it.
            wide = _Wide(run, final, source, start, end, ffi.buffer(block, made))
            wide.lone = lone
            room = min(room_for(made, end - start, used, made), made + 2 * (end - start) + 512)
            parts.append(filled_text(room // 2, wide.fill))
            if wide.rest:
                parts.append(wide.rest)
            start, kind, length = wide.at, wide.kind, wide.length
            on = _goes_on(kind, length, start, end)
            direct = not wide.rest
        else:
            parts.append(_utf16(block, made, lone))
        if not on:
            break
    _give(block)
    return (parts[0] if len(parts) == 1 else "".join(parts)), start, kind, length


def _utf16(data: CData, size: int, lone: bool) -> str:
    """The text of so many bytes, in which surrogates may stand by themselves where `lone`."""
    if not lone:
        return str(ffi.buffer(data, size), "utf-16-le")
    text: str = ffi.unpack(ffi.cast("char16_t *", data), size // 2)
    return text


def units_of(text: str) -> bytes | None:
    """A text that holds surrogates as UTF-16; None where they would make up other characters."""
    units = ffi.new("char16_t[]", text)
    size = 2 * len(units) - 2
    if _utf16(units, size, True) != text or "\ud800" <= text[-1:] <= "\udbff":
        return None
    return ffi.buffer(units, size)[:]


class _Wide:
    """Decoding into the memory of a text whose units are no surrogates."""

    __slots__ = (
        "_end",
        "_final",
        "_first",
        "_run",
        "_source",
        "at",
        "kind",
        "length",
        "lone",
        "rest",
    )

    def __init__(
        self, run: Kernel, final: bool, source: CData, start: int, end: int, first: _Buffer
    ) -> None:
        """`first` is what stands in front of what is decoded from `start` on."""
        self._run = run
        self._final = final
        self._source = source
        self._end = end
        self._first = first
        self.at = start
        self.kind = OUTPUT
        self.length = 0
        self.lone = False
        """Whether surrogates may stand by themselves."""
        self.rest = ""
        """What was decoded last, where it has surrogates."""

    def fill(self, address: int, units: int) -> int:
        """Decodes to `address` as far as it goes; returns how many units."""
        out = ffi.cast("uint8_t *", address)
        room = 2 * units
        lib.rcd_advise(out, room)
        done: int = len(self._first)
        ffi.memmove(out, self._first, done)
        stop = ffi.new("rcd_stop *")
        view = ffi.buffer(stop)
        while True:
            size = min(_BLOCK, self._end - self.at)
            last = self._final and self.at + size == self._end
            self._run(last, self._source + self.at, size, out + done, room - done, stop)
            used, made, self.kind, self.length = _STOP.unpack(view)
            self.at += used
            if lib.rcd_utf16_bits(out + done, made) >= _SURROGATES:
                self.rest = _utf16(out + done, made, self.lone)
                return done // 2
            done += int(made)
            if self.kind == OUTPUT or not _goes_on(self.kind, self.length, self.at, self._end):
                return done // 2


def from_text(
    form: int, map: Map | None, text: str, final: bool = True, patch: Patch | None = None
) -> tuple[bytes, int, int, int]:
    """Encodes as far as it goes; `map` is of the kind ENCODE.

    Returns the bytes, the offset in `text` where it stopped, why, and the characters that are not
    encodable there.
    """
    try:
        data = text.encode("utf-16-le")
    except UnicodeEncodeError as error:
        # Two surrogates side by side are not the character that they would be in UTF-16.
        out, at, kind, length = from_text(form, map, text[: error.start], True)
        return (out, at, ILLEGAL, 1) if kind == END else (out, at, kind, length)
    out, at, kind, length = convert(UTF16LE, None, form, map, data, final=final, patch=patch)
    if kind == END:
        return out, len(text), kind, 0
    if len(data) == 2 * len(text):
        return out, at // 2, kind, max(1, length // 2)
    return out, len(data[:at].decode("utf-16-le")), kind, 1


def convert(
    from_: int,
    from_map: Map | None,
    to: int,
    to_map: Map | None,
    data: Buffer,
    start: int = 0,
    *,
    final: bool = True,
    head: bytes = b"",
    patch: Patch | None = None,
) -> tuple[bytes, int, int, int]:
    """Bytes to bytes from `start` as far as it goes, behind `head`.

    Returns the bytes, the offset in `data` where it stopped, why, and the bytes that are wrong,
    cut or not encodable there. Raises OptionError where no kernel converts.
    """
    source = ffi.from_buffer(data)
    end = len(source)
    stop = ffi.new("rcd_stop *")
    view = ffi.buffer(stop)
    run = _kernel(from_, from_map, to, to_map, patch, source)
    # The first block shows how much the text grows.
    size = min(_BLOCK, end - start)
    block = _take()
    before = len(head)
    if before:
        ffi.memmove(block, head, before)
    last = final and start + size == end
    if run(last, source + start, size, block + before, _ROOM - before, stop) < 0:
        raise OptionError("no kernel converts between these forms")
    used, made, kind, length = _STOP.unpack(view)
    start += used
    made += before
    parts = []
    if not _goes_on(kind, length, start, end):
        parts.append(bytes(ffi.buffer(block, made)))
    while _goes_on(kind, length, start, end):
        from .filled import filled_bytes  # for what is large alone

        # What is there already goes in front, so that there is one piece as a rule.
        first = 0 if parts else made

        def fill(memory: Buffer, at: int = start, first: int = first) -> int:
            with ffi.from_buffer("uint8_t[]", memory) as out:
                lib.rcd_advise(out, len(out))
                ffi.memmove(out, block, first)
                run(final, source + at, end - at, out + first, len(out) - first, stop)
            return first + int(_STOP.unpack(view)[1])

        parts.append(filled_bytes(room_for(first, end - start, used, made), fill))
        used, made, kind, length = _STOP.unpack(view)
        start += used
    _give(block)
    return (parts[0] if len(parts) == 1 else b"".join(parts)), start, kind, length


def _goes_on(kind: int, length: int, at: int, end: int) -> bool:
    """Whether a conversion that stopped at `at` stopped only for want of room or input."""
    return at < end and (kind in (END, OUTPUT) or (kind == CUT and at + length < end))


def room_for(first: int, left: int, used: int, made: int) -> int:
    """`first`, and bytes that the next `left` will become as `used` became `made`, with a margin.

    A wide margin costs nothing, but where it alone makes the memory too large to be `REUSED`.
    """
    from .filled import REUSED

    likely = first + (made + 64) * left // (used + 64)
    room = likely + likely // 4 + _ROOM
    return REUSED if likely + likely // 32 < REUSED < room else room


def memory(size: int) -> memoryview:
    """So many bytes to be written to, which nobody has cleared."""
    if size < _HUGE // 2:
        return memoryview(ffi.buffer(_allocate("uint8_t[]", size)))
    # From a place on where the system can lay large pages.
    whole = _allocate("uint8_t[]", size + _HUGE)
    start = -int(ffi.cast("uintptr_t", whole)) % _HUGE
    lib.rcd_advise(whole, size + _HUGE)
    return memoryview(ffi.buffer(whole))[start : start + size]


def advise(memory: memoryview) -> None:
    """Says that this memory is about to be filled."""
    with ffi.from_buffer("uint8_t[]", memory) as out:
        lib.rcd_advise(out, len(out))


def move(target: memoryview, source: memoryview) -> None:
    """Copies memory, which may overlap."""
    with ffi.from_buffer(target) as to, ffi.from_buffer(source) as from_:
        ffi.memmove(to, from_, len(from_))


def line_ends(data: bytes) -> int:
    """How many LF, CR and CR LF there are, each of which ends a line."""
    return int(lib.rcd_line_ends(data, len(data)))


def utf8_prefix(data: Buffer) -> int:
    """Length of the longest prefix that is well-formed UTF-8 made of whole characters."""
    source = ffi.from_buffer(data)
    return int(lib.rcd_utf8_prefix(source, len(source)))


def extent(data: Buffer) -> tuple[int, int, int]:
    """Code points of well-formed UTF-8, lines that end in it, code points behind the last of these.

    LF, CR and CR LF end a line; where none does, all are behind.
    """
    found = ffi.new("rcd_extent *")
    with ffi.from_buffer(data) as source:
        lib.rcd_utf8_extent(source, len(source), found)
    characters, lines, last = _EXTENT.unpack(ffi.buffer(found))
    return characters, lines, last


def convert_into(
    from_: int,
    from_map: Map | None,
    to: int,
    to_map: Map | None,
    data: Buffer,
    out: memoryview,
    *,
    final: bool,
    patch: Patch | None = None,
) -> tuple[int, int, int, int]:
    """Bytes to bytes, into memory of the caller's.

    Returns how many bytes were used and made, why it stopped, and the bytes that are wrong, cut or
    not encodable there. Raises OptionError where no kernel converts.
    """
    stop = ffi.new("rcd_stop *")
    run = _kernel(from_, from_map, to, to_map, patch)
    with ffi.from_buffer(data) as source, ffi.from_buffer(out) as target:
        if run(final, source, len(source), target, len(out), stop) < 0:
            raise OptionError("no kernel converts between these forms")
    used, made, kind, length = _STOP.unpack(ffi.buffer(stop))
    return used, made, kind, length
