"""Incremental codecs that give, for any cutting of the input, the answer of one shot.

First those of CPython's that do not (each class says what goes wrong), then the wrappers that say
where in the whole input an error stands.
"""

from __future__ import annotations

import codecs
import sys

from .._conversion.policy import Policy
from .._errors import DecodeError, EncodeError
from .._position import LONG, Position
from ..codecs import PYPY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Buffer

    from .._conversion.native import Native
    from .._conversion.policy import Errors
    from .._conversion.route import Route

__all__ = [
    "DECODERS",
    "ENCODERS",
    "IncrementalDecoder",
    "IncrementalEncoder",
    "QuickDecoder",
    "WholeEncoder",
]


class _MarkedDecoder(codecs.BufferedIncrementalDecoder):
    """Forms with a byte order mark, which is taken off.

    CPython's UTF-16 and UTF-32 refuse input without one, which one shot takes as native; its
    UTF-8 with a mark drops a final EF or EF BB, which one shot reports as cut.
    """

    forms: tuple[tuple[bytes, Callable[..., tuple[str, int]]], ...]
    """Each mark, and what decodes behind it."""
    unmarked = 0
    """The form of input without a mark."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self.form: int | None = None

    def _buffer_decode(self, input: Buffer, errors: str, final: bool) -> tuple[str, int]:
        data = bytes(input)
        skip = 0
        if self.form is None:
            if not final and any(mark != data and mark.startswith(data) for mark, _ in self.forms):
                return "", 0
            self.form = self.unmarked
            for number, (mark, _) in enumerate(self.forms):
                if data.startswith(mark):
                    self.form, skip = number, len(mark)
        decode = self.forms[self.form][1]
        text, used = decode(data[skip:] if skip else data, errors, final)
        return text, used + skip

    def reset(self) -> None:
        super().reset()
        self.form = None

    def getstate(self) -> tuple[bytes, int]:
        return super().getstate()[0], 2 if self.form is None else self.form

    def setstate(self, state: tuple[bytes, int]) -> None:
        super().setstate(state)
        self.form = None if state[1] == 2 else state[1]


class _Utf8SigDecoder(_MarkedDecoder):
    forms = ((codecs.BOM_UTF8, codecs.utf_8_decode),)


class _Utf16Decoder(_MarkedDecoder):
    forms = (
        (codecs.BOM_UTF16_LE, codecs.utf_16_le_decode),
        (codecs.BOM_UTF16_BE, codecs.utf_16_be_decode),
    )
    unmarked = int(sys.byteorder == "big")


def _by_us(name: str) -> Callable[..., tuple[str, int]]:
    from ..codecs._catalogue import utf_32

    machine = utf_32(name)

    def decode(data: bytes, errors: str, final: bool) -> tuple[str, int]:
        return machine.decode(data, errors, final, machine.decode_start)[:2]

    return decode


class _Utf32Decoder(_MarkedDecoder):
    forms = (
        (codecs.BOM_UTF32_LE, _by_us("utf-32-le") if PYPY else codecs.utf_32_le_decode),
        (codecs.BOM_UTF32_BE, _by_us("utf-32-be") if PYPY else codecs.utf_32_be_decode),
    )
    unmarked = int(sys.byteorder == "big")


# Optional direct characters too, since CPython writes them directly.
_UTF7_DIRECT = frozenset(map(chr, (9, 10, 13, *range(0x20, 0x7F)))) - set("+\\~")


class _Utf7Encoder(codecs.BufferedIncrementalEncoder):
    """CPython's closes the base64 at every cut; holding the open run back gives one-shot's."""

    def _buffer_encode(self, input: str, errors: str, final: bool) -> tuple[bytes, int]:
        end = len(input)
        if not final:
            while end and input[end - 1] not in _UTF7_DIRECT:
                end -= 1
        return codecs.utf_7_encode(input[:end], errors)[0], end


def _hz_encoder(errors: str = "strict") -> codecs.IncrementalEncoder:
    """PyPy's writes half of a tilde that is a piece by itself."""
    made = codecs.lookup("hz").incrementalencoder(errors)
    encode = made.encode

    def whole(input: str, final: bool = False) -> bytes:
        if input != "~":
            return encode(input, final)
        return encode("a~", final)[: -len(b"a~~")] + b"~~"

    made.encode = whole  # type: ignore[method-assign]
    return made


class QuickDecoder(codecs.IncrementalDecoder):
    """A codec of CPython's by table, with the core in front for pieces that it does more quickly.

    What is cut at the end of a piece is held here, so that either may go on.
    """

    def __init__(
        self, native: Native, make: Callable[[str], codecs.IncrementalDecoder], errors: str
    ) -> None:
        super().__init__(errors)
        self._native = native
        self._inner = make(errors)  # holds nothing between two calls
        self._number = self._inner.getstate()[1]
        self._held = b""

    def decode(self, input: Buffer, final: bool = False) -> str:
        data = input if type(input) is bytes else bytes(input)
        if self._held:
            data = self._held + data
        found = self._native.read(data, final)
        if found is not None:
            text, used = found
            self._held = data[used:]
            return text
        try:
            text = self._inner.decode(data, final)
            self._held = self._inner.getstate()[0]
        finally:
            self._inner.reset()
        return text

    def reset(self) -> None:
        self._held = b""

    def getstate(self) -> tuple[bytes, int]:
        return self._held, self._number

    def setstate(self, state: tuple[bytes, int]) -> None:
        self._held = state[0]


class WholeEncoder(codecs.IncrementalEncoder):
    """A codec in which each character stands for itself: every piece is a text of its own."""

    def __init__(self, encode: Callable[[str, str], tuple[bytes, int]], errors: str) -> None:
        super().__init__(errors)
        self._encode = encode

    def encode(self, input: str, final: bool = False) -> bytes:
        return self._encode(input, self.errors)[0]


DECODERS: dict[str, Callable[[str], codecs.IncrementalDecoder]] = {
    "utf-8-sig": _Utf8SigDecoder,
    "utf-16": _Utf16Decoder,
    "utf-32": _Utf32Decoder,
}
ENCODERS: dict[str, Callable[[str], codecs.IncrementalEncoder]] = {"utf-7": _Utf7Encoder}
if PYPY:
    ENCODERS["hz"] = _hz_encoder


class IncrementalDecoder(codecs.IncrementalDecoder):
    """Decodes input that comes in pieces; errors say where they stand in the whole of it.

    After a DecodeError the decoder is as it was before the piece that raised it.
    """

    def __init__(self, route: Route, errors: Errors = "strict", *, counting: bool = False) -> None:
        self.policy: Policy = Policy(route, errors, encoding=False, counting=counting)
        super().__init__(self.policy.name)
        self._route = route
        self._native = route.native
        self._inner = route.incremental_decoder(self.policy.name)
        self._position = Position()
        self._fed = 0
        self.policy.bound()
        self._acting = None if self.policy.name == "strict" else self.policy

    @property
    def encoding(self) -> str:
        """Canonical name of the charset."""
        return self._route.name

    @property
    def position(self) -> Position:
        """Where the text decoded so far ends."""
        return self._position

    @property
    def problems(self) -> tuple[DecodeError, ...]:
        """The bytes that did not fit so far, with errors="collect": the first ten thousand."""
        return self.policy.problems  # type: ignore[return-value] # of decoding only

    def decode(self, input: Buffer, final: bool = False) -> str:
        """Decodes a piece; `final` says that it is the last. Raises DecodeError."""
        data = input if type(input) is bytes else bytes(input)
        policy = self._acting
        before = self._inner.getstate()
        if policy is not None:
            mark = policy.mark()
            place = policy.place
            place.before, place.piece, place.start = self._fed, len(data), self._position
        try:
            text = self._inner.decode(data, final)
        except UnicodeError as error:
            self._inner.setstate(before)
            if policy is not None:
                policy.rollback(mark)
            if isinstance(error, DecodeError):
                raise  # a function's own
            raise self._located(error, data, before) from None
        if policy is not None:
            text = policy.settle_decoded(text, mark, self._position)
        elif text and len(data) >= LONG and self._native is not None and self._native.shows_lines:
            self._position.pass_over(text, data)
        else:
            self._position.advance(text)
        self._fed += len(data)
        return text

    @property
    def fed(self) -> int:
        """Bytes so far."""
        return self._fed

    def skip(self, fed: int, place: Position, mark: bytes = b"") -> None:
        """Takes the first `fed` bytes, which lead to `place`, for fed: another has decoded them.

        They were in the form that begins with `mark`.
        """
        if mark:
            self._inner.decode(mark)
        self._fed = fed
        self._position = place.copy()

    def _located(self, error: UnicodeError, data: bytes, before: Any) -> DecodeError:
        if isinstance(error, UnicodeDecodeError):
            seen, start, end, reason = error.object, error.start, error.end, error.reason
        else:
            # A few of CPython's codecs raise the bare class and no place with it.
            seen, start, end, reason = data, 0, min(1, len(data)), str(error)
        pending = len(seen) - len(data)  # bytes of earlier pieces that were held back
        place = self._position.copy()
        if start > min(0, pending):
            mark = self.policy.mark()
            # Before what was held back, or before a byte order mark.
            head, state = data[: start - pending], before
            if pending > 0:
                head, state = seen[:start], (b"", before[1])
            for final in (True, False):  # it may stand within a shift or an escape
                self._inner.setstate(state)
                try:
                    place.advance(self._inner.decode(head, final))
                    break
                except UnicodeError:
                    pass  # then the place of the piece is the best there is
                finally:
                    self._inner.setstate(before)
                    self.policy.rollback(mark)
        return DecodeError(
            self._route.name,
            seen,
            start,
            end,
            reason,
            offset=self._fed - pending + start,
            line=place.line,
            column=place.column,
        )

    def reset(self) -> None:
        """Starts anew, at offset 0."""
        self._inner.reset()
        self._position = Position()
        self._fed = 0

    def getstate(self) -> tuple[bytes, int]:
        """The state of the codec; the count of bytes and lines for errors is not part of it."""
        return self._inner.getstate()

    def setstate(self, state: tuple[bytes, int]) -> None:
        """Goes back to a state of the codec."""
        self._inner.setstate(state)


class IncrementalEncoder(codecs.IncrementalEncoder):
    """Encodes text that comes in pieces; errors say where they stand in the whole of it.

    After an EncodeError the encoder is as it was before the piece that raised it.
    """

    def __init__(
        self,
        route: Route,
        errors: Errors = "strict",
        *,
        lenient: bool = False,
        counting: bool = False,
    ) -> None:
        self.policy: Policy = Policy(
            route, errors, encoding=True, lenient=lenient, counting=counting
        )
        super().__init__(self.policy.name)
        self._route = route
        self._native = route.native
        self._inner = route.incremental_encoder(self.policy.name)
        self._position = Position()
        self._fed = 0
        self.policy.bound()
        self._acting = None if self.policy.name == "strict" else self.policy

    @property
    def encoding(self) -> str:
        """Canonical name of the charset."""
        return self._route.name

    @property
    def problems(self) -> tuple[EncodeError, ...]:
        """The characters that did not fit so far, with errors="collect"."""
        return self.policy.problems  # type: ignore[return-value] # of encoding only

    def encode(self, input: str, final: bool = False) -> bytes:
        """Encodes a piece; `final` says that it is the last. Raises EncodeError."""
        policy = self._acting
        before = self._inner.getstate()
        if policy is not None:
            mark = policy.mark()
            place = policy.place
            place.before, place.piece, place.start = self._fed, len(input), self._position
        try:
            data = self._inner.encode(input, final)
        except UnicodeEncodeError as error:
            self._inner.setstate(before)
            if policy is not None:
                policy.rollback(mark)
            if isinstance(error, EncodeError):
                raise  # a function's own
            raise self._located(error, input) from None
        if policy is not None:
            policy.settle_encoded(input, mark, self._position)
        elif input and len(data) >= LONG and self._native is not None and self._native.shows_lines:
            self._position.pass_over(input, data)
        else:
            self._position.advance(input)
        self._fed += len(input)
        return data

    @property
    def fed(self) -> int:
        """Characters so far."""
        return self._fed

    def skip(self, fed: int, place: Position) -> None:
        """Takes the first `fed` characters, leading to `place`, for fed: another encoded them."""
        self._inner.setstate(0)  # no byte order mark is to be written any more
        self._fed = fed
        self._position = place.copy()

    def _located(self, error: UnicodeEncodeError, input: str) -> EncodeError:
        pending = len(error.object) - len(input)
        # Characters that are held back have been passed, and are never ends of lines.
        place = self._position.before(max(0, pending - error.start))
        place.advance(input[: max(0, error.start - pending)])
        return EncodeError(
            self._route.name,
            error.object,
            error.start,
            error.end,
            error.reason,
            offset=self._fed - pending + error.start,
            line=place.line,
            column=place.column,
        )

    def reset(self) -> None:
        """Starts anew, at offset 0."""
        self._inner.reset()
        self._position = Position()
        self._fed = 0

    def getstate(self) -> int | str:
        """The state of the codec; the count of characters for errors is not part of it."""
        return self._inner.getstate()

    def setstate(self, state: int | str) -> None:
        """Goes back to a state of the codec."""
        self._inner.setstate(state)
