"""The frame around charsets with state: a machine of two functions becomes a codec."""

from __future__ import annotations

import codecs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

__all__ = ["Machine", "handle_decode_error", "handle_encode_error", "stateful"]


class Machine:
    """A charset with state. The state is an int below 256, 0 at the start of a text."""

    name: str

    def decode(self, data: bytes, errors: str, final: bool, state: int) -> tuple[str, int, int]:
        """Returns the text, the bytes it took, and the state; takes all when `final`."""
        raise NotImplementedError

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        """Returns the bytes, the characters they took (all but one at most), and the state."""
        raise NotImplementedError


def handle_decode_error(
    machine: Machine, data: bytes, start: int, end: int, reason: str, errors: str
) -> tuple[str, int]:
    """What the error policy puts for data[start:end], and where to go on."""
    error = UnicodeDecodeError(machine.name, data, start, end, reason)
    replacement, resume = codecs.lookup_error(errors)(error)
    return str(replacement), _bounded(resume, len(data))


def handle_encode_error(
    machine: Machine, text: str, start: int, errors: str
) -> tuple[str | bytes, int, UnicodeEncodeError]:
    """What the error policy puts for text[start], where to go on, and the error itself."""
    error = UnicodeEncodeError(
        machine.name, text, start, start + 1, "the charset has no such character"
    )
    replacement, resume = codecs.lookup_error(errors)(error)
    return replacement, _bounded(resume, len(text)), error


def _bounded(resume: int, length: int) -> int:
    if resume < 0:
        resume += length
    if not 0 <= resume <= length:
        raise IndexError(f"position {resume} from error handler out of bounds")
    return resume


def stateful(machine: Callable[[], Machine]) -> codecs.CodecInfo:
    """The codec of a machine."""
    engine = machine()

    class Codec(codecs.Codec):
        def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
            return engine.encode(input, errors, True, 0)[0], len(input)

        def decode(self, input: Buffer, errors: str = "strict") -> tuple[str, int]:
            data = bytes(input)
            return engine.decode(data, errors, True, 0)[0], len(data)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors: str = "strict") -> None:
            super().__init__(errors)
            self.held = ""
            self.state = 0

        def encode(self, input: str, final: bool = False) -> bytes:
            text = self.held + input
            data, used, state = engine.encode(text, self.errors, final, self.state)
            self.held, self.state = text[used:], state
            return data

        def reset(self) -> None:
            self.held = ""
            self.state = 0

        def getstate(self) -> int:
            return self.state | (ord(self.held) << 8 if self.held else 0)

        def setstate(self, state: int | str) -> None:
            number = int(state)
            self.state = number & 0xFF
            self.held = chr(number >> 8) if number >> 8 else ""

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def __init__(self, errors: str = "strict") -> None:
            super().__init__(errors)
            self.held = b""
            self.state = 0

        def decode(self, input: Buffer, final: bool = False) -> str:
            data = self.held + bytes(input)
            text, used, state = engine.decode(data, self.errors, final, self.state)
            self.held, self.state = data[used:], state
            return text

        def reset(self) -> None:
            self.held = b""
            self.state = 0

        def getstate(self) -> tuple[bytes, int]:
            return self.held, self.state

        def setstate(self, state: tuple[bytes, int]) -> None:
            self.held, self.state = state

    class StreamWriter(Codec, codecs.StreamWriter):
        pass

    class StreamReader(codecs.StreamReader):
        # The base class decodes what it has read and keeps what was not taken; a state of its own
        # carries the shifts from one read to the next.
        def __init__(self, stream: codecs._ReadableStream, errors: str = "strict") -> None:
            super().__init__(stream, errors)
            self.state = 0

        def decode(self, input: bytes, errors: str = "strict") -> tuple[str, int]:
            text, used, self.state = engine.decode(input, errors, False, self.state)
            return text, used

        def reset(self) -> None:
            super().reset()
            self.state = 0

    return codecs.CodecInfo(
        name=engine.name,
        encode=Codec().encode,
        decode=Codec().decode,
        incrementalencoder=IncrementalEncoder,
        incrementaldecoder=IncrementalDecoder,
        streamwriter=StreamWriter,
        streamreader=StreamReader,
    )
