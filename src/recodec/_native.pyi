"""What the compiled module offers to the binding; the C side is native/ffi/recodec.cdef.h."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from typing_extensions import Buffer

class CData:
    """A C value or pointer owned or borrowed by the binding."""

    allow: CData
    declared: int
    language: int
    exact: int
    sample: int
    later: int
    decode: Any
    encode: Any
    reference: Any
    bytes: Any
    width: Any
    texts: Any
    first: int
    illegal: int
    unencodable: int
    text_form: int
    length: Any
    text: Any
    spellings: CData
    count: Any
    respelled: int
    places: CData
    room: int
    placed: int
    before: Any
    page: CData
    cell: CData
    def __add__(self, offset: int) -> CData: ...
    def __sub__(self, other: CData) -> int: ...
    def __int__(self) -> int: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Any: ...
    def __setitem__(self, index: int, value: Any) -> None: ...
    def __enter__(self) -> CData: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

class _Buffer:
    def __len__(self) -> int: ...
    def __getitem__(self, index: slice) -> bytes: ...
    def __buffer__(self, flags: int) -> memoryview: ...

class _FFI:
    NULL: CData
    def new(self, ctype: str, init: Any = ...) -> CData: ...
    def new_allocator(self, *, should_clear_after_alloc: bool) -> Callable[[str, int], CData]: ...
    def unpack(self, value: CData, length: int) -> Any: ...
    def cast(self, ctype: str, value: CData | int) -> CData: ...
    def buffer(self, value: CData, size: int = ...) -> _Buffer: ...
    def from_buffer(self, ctype: Buffer | str, data: Buffer = ...) -> CData: ...
    def memmove(self, dest: CData, src: CData | _Buffer | bytes, n: int) -> None: ...
    def string(self, value: CData) -> bytes: ...
    def sizeof(self, ctype: str) -> int: ...
    def typeof(self, ctype: str) -> Any: ...
    def list_types(self) -> tuple[list[str], list[str], list[str]]: ...
    def offsetof(self, ctype: str, field: str) -> int: ...

class _Lib:
    RCD_MORE: int
    RCD_DONE: int
    RCD_E_MEMORY: int
    RCD_E_STATE: int
    RCD_E_OPTION: int
    RCD_CANDIDATES: int
    RCD_REJECTIONS: int
    RCD_LATER: int
    RCD_LATER_SIZE: int
    RCD_SETTLED_SHIFT: int
    RCD_TABLE_SEQUENCE: int
    RCD_TABLE_SCRATCH: int
    RCD_MAP_FALLBACKS: int
    RCD_MAP_LINEAR: int
    def rcd_detector_size(self) -> int: ...
    def rcd_detector_init(self, mem: CData, mem_len: int, opt: CData) -> int: ...
    def rcd_detector_feed(self, d: CData, data: bytes | CData, len: int) -> int: ...
    def rcd_detector_peek(self, d: CData, out: CData) -> int: ...
    def rcd_detector_finish(self, d: CData, out: CData) -> int: ...
    def rcd_detect(
        self,
        mem: CData,
        mem_len: int,
        data: bytes | CData,
        len: int,
        opt: CData,
        out: CData,
    ) -> int: ...
    def rcd_weigh_lines(
        self,
        text: CData,
        len: int,
        language: CData,
        languages: int,
        cost: CData,
        lines: int,
    ) -> int: ...
    def rcd_scan_lines(self, data: bytes, len: int, solid: int, out: CData, room: int) -> int: ...
    def rcd_cheapest(
        self,
        cost: CData,
        ways: int,
        lines: int,
        change: int,
        came: int,
        back: CData,
        out: CData,
        stretches: CData,
    ) -> int: ...
    def rcd_own_costs(
        self, cost: CData, languages: int, lines: int, further: int, most: int, own: CData
    ) -> None: ...
    def rcd_settled(self, data: bytes, len: int) -> int: ...
    def rcd_detect_each(
        self,
        mem: CData,
        mem_len: int,
        data: bytes,
        len: CData,
        count: int,
        opt: CData,
        settled: CData,
        out: CData,
    ) -> int: ...
    def rcd_charset_count(self) -> int: ...
    def rcd_charset_name(self, id: int) -> CData: ...
    def rcd_charset_from_label(self, label: bytes, len: int) -> int: ...
    def rcd_single_byte_table(self, id: int) -> CData: ...
    def rcd_table_count(self) -> int: ...
    def rcd_table_name(self, table: int) -> CData: ...
    def rcd_table_find(self, name: bytes) -> int: ...
    def rcd_table_measure(self, table: int, out: CData) -> int: ...
    def rcd_table_sequence(self, sequence: int, out: CData) -> int: ...
    def rcd_table_expand(self, table: int, reference: CData, scratch: CData, out: CData) -> int: ...
    def rcd_map_build(
        self, kind: int, options: int, shape: CData, table: CData, mem: CData
    ) -> int: ...
    def rcd_convert(
        self,
        from_: int,
        from_map: CData,
        to: int,
        to_map: CData,
        final: int,
        data: CData,
        len: int,
        out: CData,
        cap: int,
        stop: CData,
    ) -> int: ...
    def rcd_convert_brief(
        self, way: CData, final: bool, data: bytes, len: int, out: CData, cap: int
    ) -> int: ...
    def rcd_convert_patched(
        self,
        from_: int,
        from_map: CData,
        to: int,
        to_map: CData,
        final: int,
        data: CData,
        len: int,
        out: CData,
        cap: int,
        patch: CData,
        stop: CData,
    ) -> int: ...
    def rcd_convert_iso2022jp(
        self,
        form: int,
        decode_map: CData,
        encode_map: CData,
        state: CData,
        final: int,
        data: CData,
        len: int,
        out: CData,
        cap: int,
        stop: CData,
    ) -> int: ...
    def rcd_scheme_decode(
        self, scheme: CData, state: CData, data: CData, len: int, out: CData, cap: int, stop: CData
    ) -> int: ...
    def rcd_scheme_encode(
        self, scheme: CData, state: CData, data: CData, len: int, out: CData, cap: int, stop: CData
    ) -> int: ...
    def rcd_utf8_prefix(self, data: CData, len: int) -> int: ...
    def rcd_utf8_extent(self, data: CData, len: int, out: CData) -> None: ...
    def rcd_line_ends(self, data: bytes, len: int) -> int: ...
    def rcd_utf16_bits(self, data: CData, len: int) -> int: ...
    def rcd_advise(self, memory: CData, size: int) -> None: ...
    def rcd_language_count(self) -> int: ...
    def rcd_language_name(self, id: int) -> CData: ...
    def rcd_binary_name(self, kind: int) -> CData: ...
    def rcd_kernel_name(self) -> CData: ...
    def rcd_kernel_force(self, name: bytes | CData) -> int: ...

ffi: _FFI
lib: _Lib
