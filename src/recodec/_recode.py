"""Text to bytes, bytes to bytes, and the incremental forms of both directions."""

from __future__ import annotations

from ._decode import encoding_of, run
from ._detect import bytes_of, detect
from ._errors import EncodeError
from ._route import check_errors, route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Buffer

    from ._incremental import IncrementalDecoder, IncrementalEncoder
    from ._route import Route

__all__ = ["encode", "incremental_decoder", "incremental_encoder", "recode"]

# Policies that only know how to write a character in another way. There is no such way to read a
# byte, so that bytes that do not fit stay an error.
_ENCODE_ONLY = frozenset({"xmlcharrefreplace", "namereplace"})


def decode_policy(errors: str) -> str:
    """The policy for decoding that goes with `errors` where one name stands for both ways."""
    return "strict" if errors in _ENCODE_ONLY else errors


def encode(text: str, encoding: str = "utf-8", errors: str = "strict") -> bytes:
    """Encodes `text`; `errors` is a policy that `str.encode` takes.

    Raises EncodeError for characters that the charset does not have, UnknownCharsetError,
    UnsupportedCharsetError, OptionError; TypeError for bytes.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"encode() takes str, not {type(text).__name__}; recode() turns bytes into bytes"
        )
    check_errors(errors)
    return run_encode(route(encoding), text, errors)


def run_encode(way: Route, text: str, errors: str) -> bytes:
    """Encodes all of `text`; errors of the codec become EncodeError."""
    try:
        return way.encode(text, errors)[0]
    except UnicodeEncodeError as error:
        raise EncodeError(
            way.name,
            error.object,
            error.start,
            error.end,
            error.reason,
            hint="try errors='replace', or an encoding of could_hold()",
        ) from None


def recode(
    data: Buffer, to: str = "utf-8", from_: str | None = None, errors: str = "strict"
) -> bytes:
    """Bytes in one encoding to bytes in another; `from_=None` has it detected.

    A byte order mark goes when the encoding is detected; `to="utf-8-sig"`, "utf-16" and "utf-32"
    write one. `errors` serves both ways; policies that only write ("xmlcharrefreplace",
    "namereplace") leave bytes that do not fit an error.

    Raises DecodeError and EncodeError for what cannot be converted, DecodeError also for what is
    not text; UnknownCharsetError, UnsupportedCharsetError, OptionError; TypeError for str.
    """
    if isinstance(data, str):
        raise TypeError("recode() takes bytes, not str: encode() turns text into bytes")
    if type(data) is not bytes:
        data = bytes_of(data)
    check_errors(errors)
    target = route(to)
    source = route(encoding_of(detect(data), data) if from_ is None else from_)
    return run_encode(target, run(source, data, decode_policy(errors)), errors)


def incremental_decoder(encoding: str, errors: str = "strict") -> IncrementalDecoder:
    """A decoder for input that comes in pieces; any cutting gives the text of one shot.

    Raises UnknownCharsetError, UnsupportedCharsetError, OptionError.
    """
    from ._incremental import IncrementalDecoder

    check_errors(errors)
    return IncrementalDecoder(route(encoding), errors)


def incremental_encoder(encoding: str, errors: str = "strict") -> IncrementalEncoder:
    """An encoder for text that comes in pieces; any cutting gives the bytes of one shot.

    Raises UnknownCharsetError, UnsupportedCharsetError, OptionError.
    """
    from ._incremental import IncrementalEncoder

    check_errors(errors)
    return IncrementalEncoder(route(encoding), errors)
