"""From bytes to bytes in pieces: decoder, byte order mark, lines, normalization, encoder."""

from __future__ import annotations

import codecs

from .._coding.incremental import IncrementalDecoder, IncrementalEncoder
from .._coding.route import find, route
from .._conversion.policy import Policy, all_problems, split_suffixes
from .._errors import OptionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from typing_extensions import Buffer

    from .._conversion.kernel import Kernel, Locate
    from .._conversion.policy import Errors
    from .._errors import DecodeError, EncodeError
    from .._mixed.segmented import Plan, SegmentedDecoder
    from .text_filter import Bom, Newline, Normalization

    class TextFilter(Protocol):
        """Changes text that comes in pieces."""

        def feed(self, text: str, final: bool) -> str:
            """The text so far as it is settled; all of it when `final`."""


__all__ = ["Recoder"]

_BOM = "\ufeff"
# Bytes of input that pay for making a kernel's maps, a few milliseconds for each pair of encodings.
_PAYS = 1 << 16
_HEAD = 4  # bytes that the longest mark takes
# By the number in the name of a form. UTF-32's first: that of UTF-16 is the start of one of them.
_MARKS = {
    "32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
    "8": (codecs.BOM_UTF8,),
}
# What writes a mark by itself, and the form without it that the machine's order gives.
_BARE = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF8: "utf-8",
}


def _is_unicode(name: str) -> bool:
    charset = find(name)
    return charset is not None and charset.family == "unicode"


def _mark_of(name: str, data: bytes) -> bytes:
    """The byte order mark of this form of Unicode that `data` begins with, or b""."""
    if not _is_unicode(name):
        return b""
    for number, marks in _MARKS.items():
        if number in name:
            return next((mark for mark in marks if data.startswith(mark)), b"")
    return b""


class Recoder:
    """Converts input that comes in pieces; any cutting gives the bytes of one piece.

    Options are those of `recode`. After an error it cannot go on.
    """

    def __init__(
        self,
        from_: str | Plan,
        to: str = "utf-8",
        errors: Errors = "strict",
        *,
        read_errors: Errors | None = None,
        lenient: bool = False,
        normalize: Normalization | None = None,
        newline: Newline = "keep",
        bom: Bom | None = None,
    ) -> None:
        """read_errors: the policy for decoding where it is not that for encoding.
        from_: also the segments that are in different encodings.

        Raises UnknownCharsetError, UnsupportedCharsetError, OptionError.
        """
        to, errors = split_suffixes(to, errors)
        if read_errors is None:
            read_errors = errors
        if bom not in (None, "keep", "add", "strip"):
            raise OptionError(f"bom must be 'keep', 'add' or 'strip', not {bom!r}")
        target = route(to)
        self._bom = bom
        self._adds_mark = False
        if bom is not None and _is_unicode(target.name):
            own = _mark_of(target.name, target.encode("a", "strict")[0])
            if bom == "strip" and own:
                target = route(_BARE[own])
            self._adds_mark = not own
        self.decoder: IncrementalDecoder | SegmentedDecoder
        source = None
        if isinstance(from_, str):
            from_, read_errors = split_suffixes(from_, read_errors)
            source = route(from_)
            self.decoder = IncrementalDecoder(source, read_errors, counting=True)
        else:
            from .._mixed.segmented import SegmentedDecoder

            self.decoder = SegmentedDecoder(from_, read_errors, counting=True)
        # No form of Unicode lacks a character that has a twin.
        lenient = lenient and not _is_unicode(target.name)
        self.encoder = IncrementalEncoder(target, errors, lenient=lenient, counting=True)
        self._lenient = lenient
        self._native = None if source is None else source.native, target.native
        self._kernel: Kernel | None = None
        self._within = False  # a line that the codecs have begun, while there is a kernel
        self._filters = _filters(self.decoder.encoding, normalize, newline)
        self._head: bytes | None = b"" if bom is not None else None
        self._before = b""  # what the mark is looked for in
        self._started = bom is None

    def hurry(self, size: int | None, locate: Locate | None, *, respelling: bool = False) -> None:
        """Lets the core convert what it can, in input of `size` bytes (None: unknown).

        To be called before the first piece. `locate` tells where a number of bytes leads, for
        errors; None keeps count on the way. With `respelling` the core also does what is lenient,
        and nobody counts it: then `exact` is not to be asked for.
        """
        if self._filters or self._bom not in (None, "strip"):
            return
        strip = self._bom == "strip"
        if strip and self.encoder.encoding != "utf-8":
            return
        read, write = self._native
        if read is None or write is None:
            return
        if size is not None and size < _PAYS and not (read.ready and write.ready):
            return
        from .._conversion.kernel import kernel

        lenient = respelling and self._lenient
        assert isinstance(self.decoder, IncrementalDecoder)  # the core reads one encoding
        reading, writing = self.decoder.policy, self.encoder.policy
        patched = None
        if not reading.name == writing.name == "strict":
            from .._conversion.patch import through

            patched = through(read, write, reading, writing)
        self._kernel = kernel(
            read, write, strip=strip, locate=locate, lenient=lenient, patched=patched
        )

    @property
    def read_errors(self) -> str:
        """The policy by which the core reads."""
        policy = self.decoder.policy
        return policy.core or "strict" if isinstance(policy, Policy) else "strict"

    def apart(self) -> Kernel | None:
        """The kernel of input of which each line can be converted by itself, if it has one."""
        return self._kernel if self._kernel is not None and self._kernel.apart else None

    def feed(self, data: Buffer, final: bool = False) -> bytes | memoryview:
        """Converts a piece; `final` says that it is the last. Raises DecodeError, EncodeError.

        What it gives is only valid until the next call.
        """
        kernel = self._kernel
        if kernel is None:
            return self._feed(data, final)
        assert isinstance(self.decoder, IncrementalDecoder)  # the core reads one encoding
        parts = []
        if self._within:
            rest: bytes | None = bytes(data)
        else:
            out, rest = kernel.feed(data, final)
            if rest is None:
                return out
            parts.append(bytes(out))
        while rest is not None:
            if not self._within:
                self._hand_over(kernel, self.decoder)
            end = kernel.lines(rest)
            self._within = not rest.endswith(b"\n", 0, end)
            parts.append(self._feed(rest[:end], final and end == len(rest)))
            if not kernel.apart:
                self._kernel = None
                break
            if self._within or (final and end == len(rest)):
                break
            # Neither codec holds anything back at the end of a line.
            kernel.go_on(self.decoder.fed, self.decoder.position, self.encoder.fed)
            out, rest = kernel.feed(rest[end:], final)
            parts.append(bytes(out))
        return b"".join(parts)

    def _hand_over(self, kernel: Kernel, decoder: IncrementalDecoder) -> None:
        """Tells the codecs what the kernel has done."""
        if kernel.fed:
            place, characters = kernel.place()
            decoder.skip(kernel.fed, place, kernel.mark)
            self.encoder.skip(characters, place)
            self._head, self._started = None, True

    def _feed(self, data: Buffer, final: bool) -> bytes:
        if self._head is not None:
            data = self._head + bytes(data)
            if len(data) < _HEAD and not final:
                self._head = data
                return b""
            self._head = None
            self._before = bytes(data[:_HEAD])
        text = self.decoder.decode(bytes(data), final)
        if not self._started and (text or final):
            text = self._begin(text)
        for step in self._filters:
            text = step.feed(text, final)
        return self.encoder.encode(text, final)

    def add_filter(self, step: TextFilter) -> None:
        """Puts a further step before the encoder, behind those that the options ask for."""
        self._filters.append(step)

    def _begin(self, text: str) -> str:
        """Takes the mark off and puts the one that is wanted."""
        self._started = True
        marked = text.startswith(_BOM)
        if marked:
            text = text[1:]
        else:
            # A codec such as utf-8-sig or utf-16 has removed it.
            marked = bool(_mark_of(self.decoder.encoding, self._before))
        wanted = self._bom == "add" or (self._bom == "keep" and marked)
        return _BOM + text if wanted and self._adds_mark else text

    @property
    def collects(self) -> bool:
        """Whether the policy is to collect problems."""
        return self.encoder.policy.collects

    @property
    def problems(self) -> tuple[DecodeError | EncodeError, ...]:
        """What did not fit, with errors="collect": up to ten thousand places each way."""
        return all_problems(self.decoder.policy.problems, self.encoder.policy.problems)  # type: ignore[arg-type]

    @property
    def replaced(self) -> int:
        """Places where the error policy acted: undecodable bytes and unencodable characters."""
        return self.decoder.policy.count + self.encoder.policy.count

    @property
    def exact(self) -> bool:
        """Whether every character that was read was written as it is."""
        return not self.replaced and not self.encoder.policy.respelled


def _filters(
    source: str, normalization: Normalization | None, newline: Newline
) -> list[TextFilter]:
    filters: list[TextFilter] = []
    if newline != "keep":
        from .text_filter import Newlines, check_newline

        charset = find(source)
        nel = charset is not None and charset.family == "ebcdic"
        filters.append(Newlines(check_newline(newline), nel=nel))
    if normalization is not None:
        from .text_filter import Normalizer, form_of

        filters.append(Normalizer(form_of(normalization)))
    return filters
