"""The frame of our codecs: a machine of two steps, one for each direction, becomes a codec.

A machine says what the bytes at one place stand for, or how the text at one place is written. The
frame owns the rest: error handlers, holding back what is cut, incremental forms with getstate and
setstate, stream readers and writers. That any cutting gives the answer of one shot follows from
steps that never guess: where more input could change the answer, they ask for it.

Clean text need not go step by step: where there is a scheme for the charset, of the core or of runs
that its maps convert, it goes first, and a step answers for each place that stops it
(tests/codecs/test_schemes.py holds them to each other).
"""

from __future__ import annotations

import codecs
from itertools import count

from .._conversion.handlers import ask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol, TypeAlias

    from typing_extensions import Buffer

    Decoded: TypeAlias = "tuple[str, int, int] | Fault | None"
    Encoded: TypeAlias = "tuple[bytes, int, int] | Unencodable | None"

    class Scheme(Protocol):
        """A `recodec._core.scheme.Scheme`, or what goes from run to run as that does."""

        def decode(self, data: bytes, start: int, state: int) -> tuple[str, int, int]: ...
        def encode(self, text: str, start: int, state: int) -> tuple[bytes, int, int]: ...


__all__ = [
    "UNENCODABLE",
    "Fault",
    "Machine",
    "MachineCodec",
    "Unencodable",
    "codec_of",
]

INCOMPLETE = "incomplete multibyte sequence"
ILLEGAL = "illegal multibyte sequence"


# Bytes or characters: under which steps are as quick as calling the core; how many in all pay for
# making maps for it; by which a scheme shows that it is worth asking again at once.
_TINY, _SMALL, _WORTH = 24, 2048, 32
_PATIENCE = 64  # steps at most before a scheme is asked again


class Fault:
    """Bytes that stand for nothing: where they end, why, and the state after them."""

    __slots__ = ("end", "reason", "state")

    def __init__(self, end: int, reason: str, state: int) -> None:
        self.end = end
        self.reason = reason
        self.state = state


class Unencodable:
    """The answer of `Machine.code` for a character that the charset does not have."""


UNENCODABLE = Unencodable()


class Machine:
    """A charset's two steps. A state is an int; both directions have their own."""

    name: str
    decode_start = 0
    """The state before the first byte."""
    encode_start = 0
    """The state before the first character; 0 is that of a text that goes on elsewhere."""

    scheme: Scheme | None = None
    """How the core converts clean text, once it was asked for."""
    described = False
    left = 0
    """Bytes and characters that a scheme has left to the steps, at most."""

    def describe(self) -> Scheme | None:
        """Makes the scheme; None where there is none. It may lack maps, see `supply`."""
        return None

    def supply(self, scheme: Any, state: int, *, writing: bool) -> bool:
        """Gives the scheme the maps that it lacks in a state; False where it has them all."""
        return False

    def _scheme_for(self, size: int) -> Scheme | None:
        if size < _TINY:
            return None
        if not self.described:
            self.scheme = self.describe()
            self.described = True
        return self.scheme

    def _supplied(self, scheme: Scheme, state: int, left: int, *, writing: bool) -> bool:
        """Whether a scheme that left so much has got maps that it lacked; where it pays."""
        self.left += left
        return self.left >= _SMALL and self.supply(scheme, state, writing=writing)

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        """The text at data[at:], where it ends, and the state; a fault; None for "more bytes".

        `final` says that no more come: None is no answer then.
        """
        raise NotImplementedError

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        """The bytes of text[at:], where they end, and the state; None for "more text"."""
        raise NotImplementedError

    def unfinished(self, state: int) -> str:
        """Why a text cannot end in this state when reading; empty where it can."""
        return ""

    def finish(self, state: int) -> tuple[bytes, int]:
        """What is to be written at the end of a text."""
        return b"", state

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        """Bytes that an error handler gives, after what they need before them."""
        return data, state

    def decode(self, data: bytes, errors: str, final: bool, state: int) -> tuple[str, int, int]:
        """Returns the text, the bytes it took (all when `final`), and the state."""
        parts: list[str] = []
        at = 0
        scheme = self._scheme_for(len(data))
        wait = pause = 0
        while at < len(data):
            if scheme is not None and not wait:
                text, end, state = scheme.decode(data, at, state)
                parts.append(text)
                wait = pause = _next_pause(pause, end - at)
                at = end
                if at == len(data):
                    break
                if self._supplied(scheme, state, len(data) - at, writing=False):
                    wait = 0
                    continue
            wait -= 1
            found = self.step(data, at, final, state)
            if found is None:
                break
            if isinstance(found, Fault):
                put, at = self.handled(data, at, found, errors)
                parts.append(put)
                state = found.state
                continue
            text, at, state = found
            parts.append(text)
        if final and self.unfinished(state):
            parts.append(self.ended(data, errors, state))
            state = self.decode_start
        return "".join(parts), at, state

    def ended(self, seen: bytes, errors: str, state: int) -> str:
        """What the error handler says to an end in this state, behind the bytes `seen`."""
        end = len(seen)
        reason = self.unfinished(state)
        error = UnicodeDecodeError(self.name, seen, max(0, end - 1), end, reason)
        return str(ask(errors, error)[0])

    def handled(self, data: bytes, at: int, fault: Fault, errors: str) -> tuple[str, int]:
        """What the error handler puts in the place of bytes at `at`, and where to go on."""
        error = UnicodeDecodeError(self.name, data, at, fault.end, fault.reason)
        put, resume = ask(errors, error)
        return str(put), resume

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        """Returns the bytes, the characters they took (all when `final`), and the state."""
        out = bytearray()
        at = 0
        scheme = self._scheme_for(len(text))
        wait = pause = 0
        while at < len(text):
            if scheme is not None and not wait:
                data, end, state = scheme.encode(text, at, state)
                out += data
                wait = pause = _next_pause(pause, end - at)
                at = end
                if at == len(text):
                    break
                if self._supplied(scheme, state, len(text) - at, writing=True):
                    wait = 0
                    continue
            wait -= 1
            found = self.code(text, at, final, state)
            if found is None:
                break
            if isinstance(found, Unencodable):
                data, at, state = self.replaced(text, at, errors, state)
                out += data
                continue
            data, at, state = found
            out += data
        if final:
            data, state = self.finish(state)
            out += data
        return bytes(out), at, state

    def replaced(self, text: str, at: int, errors: str, state: int) -> tuple[bytes, int, int]:
        """What the error handler puts in the place of text[at], where to go on, and the state."""
        reason = "the charset has no such character"
        error = UnicodeEncodeError(self.name, text, at, at + 1, reason)
        put, resume = ask(errors, error)
        if isinstance(put, bytes):
            data, state = self.raw(put, state)
        else:
            data, state = self.spelt(put, state, error)
        return data, resume, state

    def spelt(self, put: str, state: int, error: UnicodeEncodeError) -> tuple[bytes, int]:
        """The bytes of what an error handler puts, and the state; raises `error` without any."""
        out = b""
        inner = 0
        while inner < len(put):
            found = self.code(put, inner, True, state)
            if found is None or isinstance(found, Unencodable):
                raise error
            data, inner, state = found
            out += data
        return out, state


def _next_pause(pause: int, gone: int) -> int:
    """Steps to take before the scheme is asked again, which went so far after so many."""
    return 1 if gone >= _WORTH else min(2 * pause or 1, _PATIENCE)


# TextIOWrapper keeps the state of a decoder, and a bit of its own, in a C int. The few that are
# longer have numbers. A number belongs to one state from before anyone learns it, in all threads.
_SHORT = 1 << 29
_long_states: dict[int, int] = {}
_numbered: dict[int, int] = {}
_numbers = count()


def _shortened(state: int) -> int:
    if state < _SHORT:
        return state
    number = _long_states.get(state)
    if number is None:
        fresh = next(_numbers)
        _numbered[fresh] = state
        number = _long_states.setdefault(state, fresh)
    return _SHORT | number


def _restored(number: int) -> int:
    return number if number < _SHORT else _numbered[number & (_SHORT - 1)]


_POINT = 21  # bits of a code point


class MachineCodec(codecs.CodecInfo):
    """A codec that knows its machine."""

    machine: Machine


def codec_of(machine: Machine, name: str | None = None) -> MachineCodec:
    """The codec of a machine, under another name if one is given."""

    class Codec(codecs.Codec):
        def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
            return machine.encode(input, errors, True, machine.encode_start)[0], len(input)

        def decode(self, input: Buffer, errors: str = "strict") -> tuple[str, int]:
            data = input if type(input) is bytes else bytes(input)
            return machine.decode(data, errors, True, machine.decode_start)[0], len(data)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors: str = "strict") -> None:
            super().__init__(errors)
            self.held = ""
            self.state = machine.encode_start

        def encode(self, input: str, final: bool = False) -> bytes:
            text = self.held + input if self.held else input
            data, used, state = machine.encode(text, self.errors, final, self.state)
            self.held, self.state = text[used:], state
            return data

        def reset(self) -> None:
            self.held = ""
            self.state = machine.encode_start

        def getstate(self) -> int:
            # The held characters below the state, each with a bit that says it is there.
            number = self.state << 1
            for character in self.held:
                number = (number << _POINT | ord(character)) << 1 | 1
            return number

        def setstate(self, state: int | str) -> None:
            number = int(state)
            held = ""
            while number & 1:
                held = chr(number >> 1 & (1 << _POINT) - 1) + held
                number >>= 1 + _POINT
            self.held, self.state = held, number >> 1

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def __init__(self, errors: str = "strict") -> None:
            super().__init__(errors)
            self.held = b""
            self.last = b""
            self.state = machine.decode_start

        def decode(self, input: Buffer, final: bool = False) -> str:
            data = input if type(input) is bytes else bytes(input)
            if self.held:
                data = self.held + data
            if final and not data and machine.unfinished(self.state):
                text = machine.ended(self.last, self.errors, self.state)
                self.state = machine.decode_start
                return text
            text, used, state = machine.decode(data, self.errors, final, self.state)
            self.held, self.state = data[used:], state
            self.last = data[max(0, used - 1) : used] or self.last
            return text

        def reset(self) -> None:
            self.held = self.last = b""
            self.state = machine.decode_start

        def getstate(self) -> tuple[bytes, int]:
            return self.held, _shortened(self.state)

        def setstate(self, state: tuple[bytes, int]) -> None:
            self.held, self.state = state[0], _restored(state[1])

    class StreamWriter(codecs.StreamWriter):
        def __init__(self, stream: codecs._WritableStream, errors: str = "strict") -> None:
            super().__init__(stream, errors)
            self.encoder = IncrementalEncoder(errors)

        def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
            self.encoder.errors = errors
            return self.encoder.encode(input), len(input)

        def reset(self) -> None:
            self.stream.write(self.encoder.encode("", True))
            self.encoder.reset()

    class StreamReader(codecs.StreamReader):
        bytebuffer: bytes

        # The base class keeps the bytes that were not taken; the state goes from read to read.
        def __init__(self, stream: codecs._ReadableStream, errors: str = "strict") -> None:
            super().__init__(stream, errors)
            self.state = machine.decode_start

        def decode(self, input: bytes, errors: str = "strict") -> tuple[str, int]:
            text, used, self.state = machine.decode(input, errors, False, self.state)
            return text, used

        def read(self, size: int = -1, chars: int = -1, firstline: bool = False) -> str:
            text = super().read(size, chars, firstline)
            if size < 0 and chars < 0 and self.bytebuffer:
                # That was the whole stream: what is held back is all there is.
                rest, self.bytebuffer = self.bytebuffer, b""
                more, _, self.state = machine.decode(rest, self.errors, True, self.state)
                text += more
            return text

        def reset(self) -> None:
            super().reset()
            self.state = machine.decode_start

    info = MachineCodec(
        name=name or machine.name,
        encode=Codec().encode,
        decode=Codec().decode,
        incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder,
        streamwriter=StreamWriter,
        streamreader=StreamReader,
    )
    info.machine = machine
    return info
