"""What a charset is to everything above: the functions that convert its bytes, under one name."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import codecs
    from collections.abc import Callable
    from typing import Protocol

    from typing_extensions import Buffer

    from .native import Native

    class Carrier(Protocol):
        """A codec of CPython's that writes nearly what the charset has, and what mends the rest."""

        python: str

        def mended(self, data: bytes) -> bytes:
            """The bytes of whole characters that the codec has written, as they are to be."""


__all__ = ["Route"]


class Route:
    """One charset's codec, as four functions.

    decode(data, errors) and encode(text, errors) convert whole inputs; the others make an
    incremental codec for an error policy. They raise UnicodeDecodeError and UnicodeEncodeError
    as CPython's codecs do; naming places and policies is the caller's part. `native` are the
    kernels of the charset, where there are some, for going from bytes to bytes. `carrier` is there
    where a codec of CPython's writes nearly the same, for who writes by lines.
    """

    __slots__ = (
        "carrier",
        "decode",
        "encode",
        "incremental_decoder",
        "incremental_encoder",
        "name",
        "native",
    )

    name: str
    decode: Callable[[Buffer, str], tuple[str, int]]
    encode: Callable[[str, str], tuple[bytes, int]]
    incremental_decoder: Callable[[str], codecs.IncrementalDecoder]
    incremental_encoder: Callable[[str], codecs.IncrementalEncoder]
    native: Native | None
    carrier: Carrier | None

    def __init__(self, name: str, info: codecs.CodecInfo) -> None:
        self.name = name
        self.decode = info.decode
        self.encode = info.encode
        self.incremental_decoder = info.incrementaldecoder
        self.incremental_encoder = info.incrementalencoder
        self.native = None
        machine = getattr(info, "machine", None)
        self.carrier = machine if hasattr(machine, "mended") else None

    def __repr__(self) -> str:
        return f"<Route {self.name}>"

    def has(self, text: str) -> bool:
        """Whether the charset has all characters of `text`."""
        try:
            self.encode(text, "strict")
        except UnicodeError:
            return False
        return True
