"""The binding: the only module that touches the compiled core.

Everything above speaks of names and Python values; everything below of ids and C structs. The
calls release the interpreter lock (but for the shortest, `BRIEF` in native/ffi/build.py), so no
memory that one call uses may be reached by another: one-shot calls take a block from a free list
and give it back, a Stream owns one.
"""

from __future__ import annotations

from struct import Struct

from .._errors import OptionError, RecodecError
from .._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from typing_extensions import Buffer

    from .._native import CData

    # charset, language, source, bom_len, binary_kind, count, confidence, declared, declared_kind,
    # declared_offset, declared_len, double_encoded, mixed, rejections, length, valid_up_to, bad,
    # non_ascii
    Fields: TypeAlias = tuple[
        int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int
    ]

# Answers are handed on as the bytes of their struct, and read when somebody asks. One struct call
# instead of eighteen attribute reads through the binding: 0.2 us instead of 0.7 us. They are
# bytearrays, which tells them from the input that other answers keep.
# "@" lays fields out as the C compiler does; tests/core/test_core.py holds it to the real offsets.
_FIELDS = Struct("@HHBBBBIHHIIHBBQQQQ")
_HEADLINE = Struct("@HHBBBBI")  # the first seven of them
_ID = Struct("@H")  # what a struct of an answer begins with
_CANDIDATE = Struct("@HHIi12x")
_REJECTION = Struct("@QH6x")

_NULL = ffi.NULL
_detect = lib.rcd_detect

_ALIGNMENT = 16
_SIZE = lib.rcd_detector_size()
_RESULT_SIZE = ffi.sizeof("rcd_result")
# Not cleared: the core says that it need not be, and clearing would cost more than detecting does.
_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def _aligned(size: int) -> tuple[CData, CData]:
    """A block of `size` bytes at a multiple of 16, and the object that keeps it alive."""
    owner = _allocate("unsigned char[]", size + _ALIGNMENT)
    return owner, owner + -int(ffi.cast("uintptr_t", owner)) % _ALIGNMENT


class _Scratch:
    """What one call of rcd_detect works in."""

    __slots__ = ("memory", "owner", "result", "view")

    def __init__(self) -> None:
        self.owner, self.memory = _aligned(_SIZE)
        self.result = ffi.new("rcd_result *")
        self.view = ffi.buffer(self.result)


# A free list and not a thread-local: pop and append are atomic with and without the interpreter
# lock, and a signal handler or finaliser that detects in the middle of a call gets a block of its
# own. It holds as many blocks as ever ran at once, up to the limit.
_scratch: list[_Scratch] = []
_SCRATCH_KEPT = 8


class Options:
    """An `rcd_options` and the flags that it points to.

    `pointer` asks for the whole answer, `later` leaves the language of short input for later where
    `may_wait` allows that.
    """

    __slots__ = ("_allow", "_both", "later", "pointer")

    def __init__(
        self,
        *,
        allow: frozenset[int] | None = None,
        declared: int = 0,
        language: int = 0,
        exact: bool = False,
        sample: bool = False,
        may_wait: bool = True,
    ) -> None:
        self._both = ffi.new("rcd_options[2]")
        self.pointer, self.later = self._both + 0, self._both + 1
        if allow is None:
            self._allow = ffi.NULL
        else:
            # Indexed by id, so that 0 (none) has a flag too, which stays clear.
            flags = bytearray(lib.rcd_charset_count() + 1)
            for charset in allow:
                flags[charset] = 1
            self._allow = ffi.new("uint8_t[]", bytes(flags))
        self.pointer.allow = self._allow
        self.pointer.declared = declared
        self.pointer.language = language
        self.pointer.exact = exact
        self.pointer.sample = sample
        self.later[0] = self.pointer[0]
        self.later.later = may_wait


def _raise(code: int) -> None:
    if code == lib.RCD_E_STATE:
        raise OptionError("input after finish(): call reset() first")
    if code == lib.RCD_E_OPTION:
        raise OptionError("an option is out of its range")
    raise RecodecError(f"internal error: the core was given too little memory (code {code})")


_default = Options()


def detect(data: Buffer, options: Options | None = None, *, later: bool = False) -> bytearray:
    """Answers for one buffer: the bytes of an rcd_result.

    With `later` the language may be left untold: its id is LATER.
    Raises TypeError when `data` is no buffer, BufferError when it is not contiguous.
    """
    try:
        scratch = _scratch.pop()
    except IndexError:
        scratch = _Scratch()
    if options is None:
        options = _default
    pointer = options.later if later else options.pointer
    if type(data) is bytes:
        # Passed without a wrapper, which halves the cost of a short call.
        code = _detect(scratch.memory, _SIZE, data, len(data), pointer, scratch.result)
    else:
        # Released at once: a bytearray cannot be resized and an mmap not closed until then.
        with ffi.from_buffer(data) as view:
            code = _detect(scratch.memory, _SIZE, view, len(view), pointer, scratch.result)
    if code < 0:
        _raise(code)
    raw = bytearray(scratch.view)
    if len(_scratch) < _SCRATCH_KEPT:
        _scratch.append(scratch)
    return raw


# Takes bytes and their length; charset id << SETTLED_SHIFT | millionths of text that is told at a
# glance, 0 for other.
settled = lib.rcd_settled
SETTLED_SHIFT = lib.RCD_SETTLED_SHIFT

_FALLBACK = 5  # RCD_SOURCE_FALLBACK
LATER = lib.RCD_LATER  # the language id where it is left untold
LATER_SIZE = lib.RCD_LATER_SIZE  # bytes of the longest input of which it is


def detect_each(items: list[bytes], options: Options | None) -> tuple[list[int], list[bytearray]]:
    """Answers for many short inputs in one call, through which the interpreter lock is released.

    First what settled() says of each, where the rest may be left for later, and 0 for the others;
    then the answers for these, as detect() gives them.
    """
    try:
        scratch = _scratch.pop()
    except IndexError:
        scratch = _Scratch()
    count = len(items)
    settled = ffi.new("uint32_t[]", count)
    results = _allocate("rcd_result[]", count or 1)
    # One block instead of a pointer to each: copying them is cheaper than a handle on each buffer.
    answers = lib.rcd_detect_each(
        scratch.memory,
        _SIZE,
        b"".join(items),
        ffi.new("size_t[]", list(map(len, items))),
        count,
        (_default if options is None else options).later,
        settled,
        results,
    )
    if answers < 0:
        _raise(answers)
    if len(_scratch) < _SCRATCH_KEPT:
        _scratch.append(scratch)
    everything = bytearray(ffi.buffer(results, answers * _RESULT_SIZE))
    ends = range(_RESULT_SIZE, answers * _RESULT_SIZE + 1, _RESULT_SIZE)
    found = [everything[end - _RESULT_SIZE : end] for end in ends]
    return ffi.unpack(settled, count), found


def weigh_lines(text: str, languages: list[int], lines: int) -> memoryview:
    """What each line of a text costs in each of some languages, in tenths of a bit.

    `languages` are ids, 0 stands for the best of all; at least one, eight at most. The costs of the
    first line come first, `len(languages)` of each; as many lines as there are, `lines` at most.
    A line ends after LF, and after CR where no LF follows.
    """
    count, costs = _weighed(text, languages, lines)
    return memoryview(ffi.buffer(costs, count * len(languages) * 4)[:]).cast("i")


def own_costs(text: str, languages: list[int], lines: int, further: int, most: int) -> memoryview:
    """The same in the first of the languages, or in another and `further`; `most` at most."""
    count, costs = _weighed(text, languages, lines)
    own = _allocate("int32_t[]", count or 1)
    lib.rcd_own_costs(costs, len(languages), count, further, most, own)
    return memoryview(ffi.buffer(own, count * 4)[:]).cast("i")


def _weighed(text: str, languages: list[int], lines: int) -> tuple[int, CData]:
    # Behind a mark, in the machine's order: other forms of UTF-32 have their codec imported.
    wide = text.encode("utf-32", "surrogatepass")
    costs = _allocate("int32_t[]", lines * len(languages) or 1)
    count = lib.rcd_weigh_lines(
        ffi.from_buffer("uint32_t[]", wide) + 1,
        len(text),
        ffi.new("uint16_t[]", languages),
        len(languages),
        costs,
        lines,
    )
    if count < 0:
        _raise(count)
    return count, costs


LINES_UTF8 = 1  # kinds of lines, as in rcd_scan_lines(): UTF-8 beyond ASCII,
LINES_SOLID = 2  # and so much of it that it is nothing else


def scan_lines(data: bytes, solid: int) -> tuple[list[int], ...]:
    """The lines that are not ASCII or have an ESC $: starts, ends, and three numbers of each.

    These are its bytes beyond ASCII, the bytes of the words that these are in, and its kind. With
    `solid` characters of UTF-8 a line is solid, and those in a row are one.
    """
    room = lib.rcd_line_ends(data, len(data)) + 1
    spans = _allocate("rcd_scanned[]", room)
    count = lib.rcd_scan_lines(data, len(data), solid, spans, room)
    values = ffi.unpack(ffi.cast("int64_t *", spans), 5 * count)
    return tuple(values[each::5] for each in range(5))


def cheapest(
    costs: Sequence[Sequence[int]], change: int, came: int | None
) -> tuple[int, list[tuple[int, int]]]:
    """The cheapest way through lines, of which costs[k][i] is what line i costs in way k.

    Returns what it costs, and its stretches as (line after, way). Each change costs `change`.
    """
    lines = len(costs[0])
    rows = [
        ffi.new("int32_t[]", row) if type(row) is list else ffi.from_buffer("int32_t[]", row)  # type: ignore[arg-type]
        for row in costs
    ]
    stretches = _allocate("rcd_stretch[]", lines + 1)
    count = ffi.new("size_t *")
    total = lib.rcd_cheapest(
        ffi.new("int32_t *[]", rows),
        len(costs),
        lines,
        change,
        -1 if came is None else came,
        _allocate("uint8_t[]", lines * len(costs) or 1),
        stretches,
        count,
    )
    if total < 0:
        _raise(total)
    values = ffi.unpack(ffi.cast("uint32_t *", stretches), 2 * count[0])
    return total, list(zip(values[0::2], values[1::2], strict=True))


def flat(data: Buffer) -> memoryview:
    """The bytes of any contiguous buffer, whatever its items are."""
    return memoryview(ffi.buffer(ffi.from_buffer(data)))


class Stream:
    """One `rcd_detector` in a block of its own. Not safe for two threads at once."""

    __slots__ = ("_detector", "_options", "_owner", "_scratch")

    def __init__(self, options: Options | None = None) -> None:
        self._options = options  # keeps the flags alive that the core reads on every call
        self._scratch = _Scratch()
        self._detector = ffi.cast("rcd_detector *", self._scratch.memory)
        self.reset()

    def reset(self) -> None:
        """Forgets all input; options stay."""
        pointer = ffi.NULL if self._options is None else self._options.pointer
        code = lib.rcd_detector_init(self._scratch.memory, _SIZE, pointer)
        if code < 0:
            _raise(code)

    def feed(self, data: Buffer) -> bool:
        """Adds bytes; True when no further input can change the answer."""
        if type(data) is bytes:
            code = lib.rcd_detector_feed(self._detector, data, len(data))
        else:
            with ffi.from_buffer(data) as view:
                code = lib.rcd_detector_feed(self._detector, view, len(view))
        if code < 0:
            _raise(code)
        return bool(code == lib.RCD_DONE)

    def peek(self) -> bytearray:
        """Answers for the bytes so far, as if more were to come."""
        return self._answer(lib.rcd_detector_peek)

    def finish(self) -> bytearray:
        """Answers for all bytes; may be called again, feeding may not."""
        return self._answer(lib.rcd_detector_finish)

    def _answer(self, ask: Callable[[CData, CData], int]) -> bytearray:
        code = ask(self._detector, self._scratch.result)
        if code < 0:
            _raise(code)
        return bytearray(self._scratch.view)


# Charset id, language id, source, bytes of the mark, binary kind, candidates, millionths.
headline = _HEADLINE.unpack_from


def fields(raw: bytearray) -> Fields:
    """The fields of an answer."""
    return _FIELDS.unpack_from(raw)


def candidates(raw: bytearray) -> list[tuple[int, int, int, int]]:
    """The candidates of an answer: charset id, language id, millionths, tenths of a bit."""
    start = _FIELDS.size
    count = _FIELDS.unpack_from(raw)[5]
    return list(_CANDIDATE.iter_unpack(raw[start : start + count * _CANDIDATE.size]))


def rejections(raw: bytearray) -> list[tuple[int, int]]:
    """What an answer says is ruled out: offset of the first bad sequence, charset id."""
    start = _FIELDS.size + lib.RCD_CANDIDATES * _CANDIDATE.size
    count = _FIELDS.unpack_from(raw)[13]
    return list(_REJECTION.iter_unpack(raw[start : start + count * _REJECTION.size]))


def fell_back(raw: bytearray) -> bool:
    """Whether nothing that is allowed decodes the input."""
    _, _, source, *_, bad, _ = fields(raw)
    return source == _FALLBACK and bad > 0


def rename(raw: bytearray, named: dict[int, int]) -> None:
    """Gives the charsets of an answer's readings other ids, in place."""
    end = _FIELDS.size + _FIELDS.unpack_from(raw)[5] * _CANDIDATE.size
    for at in (0, *range(_FIELDS.size, end, _CANDIDATE.size)):
        (charset,) = _ID.unpack_from(raw, at)
        _ID.pack_into(raw, at, named.get(charset, charset))


def answer(raw: bytearray, charset: int, confidence: int) -> None:
    """Makes a charset, 0 for none, the only reading of an answer that fell back, in place."""
    values = list(_FIELDS.unpack_from(raw))
    values[:3] = charset, 0, _FALLBACK
    values[5], values[6] = int(charset > 0), confidence
    _FIELDS.pack_into(raw, 0, *values)
    _CANDIDATE.pack_into(raw, _FIELDS.size, charset, 0, confidence, 0)


def refit(raw: bytearray, valid_up_to: int, bad: int) -> None:
    """Says of an answer how far it decodes the input, in place."""
    values = list(_FIELDS.unpack_from(raw))
    values[15:17] = valid_up_to, bad
    _FIELDS.pack_into(raw, 0, *values)


def _names(count: int, name: object) -> tuple[str, ...]:
    return tuple(ffi.string(name(number)).decode("ascii") for number in range(count + 1))  # type: ignore[operator]


_cache: dict[str, tuple[str, ...]] = {}


def charset_names() -> tuple[str, ...]:
    """Canonical names by id; the one at 0 is empty."""
    try:
        return _cache["charsets"]
    except KeyError:
        return _cache.setdefault("charsets", _names(lib.rcd_charset_count(), lib.rcd_charset_name))


def language_names() -> tuple[str, ...]:
    """BCP 47 tags by id; the one at 0 is empty."""
    try:
        return _cache["languages"]
    except KeyError:
        return _cache.setdefault(
            "languages", _names(lib.rcd_language_count(), lib.rcd_language_name)
        )


def binary_name(kind: int) -> str:
    """What a binary kind is called ("png" ...); "" for 0 and for what the core does not know."""
    return bytes(ffi.string(lib.rcd_binary_name(kind))).decode("ascii")


def charset_from_label(label: bytes) -> int:
    """Id of the charset that a label in the wild declares, 0 when it is unknown."""
    return int(lib.rcd_charset_from_label(label, len(label)))


def single_byte_table(charset: int) -> bytes | None:
    """The 256 code points of a single-byte charset as native uint16, None for other charsets."""
    table = lib.rcd_single_byte_table(charset)
    return None if table == ffi.NULL else bytes(ffi.buffer(table, 512))


def kernel_name() -> str:
    """The kernels in use: "avx2", "sse2", "neon" or "scalar"."""
    return bytes(ffi.string(lib.rcd_kernel_name())).decode("ascii")


def force_kernel(name: str | None) -> None:
    """Forces the kernels, None for the best; for tests, since all give the same answers.

    Raises OptionError when this machine does not have them.
    """
    if lib.rcd_kernel_force(ffi.NULL if name is None else name.encode("ascii")) < 0:
        raise OptionError(f"no {name} kernels on this machine")
