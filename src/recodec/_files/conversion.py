"""One pass from one encoding to another: options, the pass itself, and the proof of the result."""

from __future__ import annotations

import os

from .._coding.route import route
from .._conversion.policy import check_errors, split_suffixes
from .._errors import DecodeError, OptionError, VerificationError
from .._position import Position
from .._recoding.recoder import Recoder
from . import blocks
from .recoded import Recoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator
    from types import TracebackType
    from typing import IO, Any, Literal, TypeAlias

    from typing_extensions import Buffer, Self

    from .._conversion.policy import Errors
    from .._detection.detect import Detector
    from .._detection.result import Detection
    from .._mixed.segmented import Plan
    from .._recoding.text_filter import Bom, Newline, Normalization
    from .replace import Replacement

    Mixed: TypeAlias = Literal["refuse", "split", "whole"]

__all__ = ["MIXED", "Comparison", "Conversion", "Options", "Place"]

# Charsets whose encoder changes characters by definition, so that reading back gives others.
_FOLDING = frozenset({"cp50220"})
# Bytes of output that are kept to compare the new file with: most files are smaller, and larger
# ones are converted a second time for that.
_KEPT = 1 << 20


_RIVAL = 0.05  # probability of the next likely encoding that is worth naming
# Where an answer comes from that leaves room for lines in another encoding.
_OPEN = ("model", "fallback")
# For lines in different encodings: leave the file alone, read each run of lines in its own
# encoding, or all of them in one.
MIXED: tuple[Mixed, ...] = ("refuse", "split", "whole")


class Options:
    """How files are to be converted; one object for any number of them."""

    def __init__(
        self,
        to: str = "utf-8",
        from_: str | None = None,
        errors: Errors = "strict",
        *,
        lenient: bool = False,
        normalize: Normalization | None = None,
        newline: Newline = "keep",
        bom: Bom | None = None,
        update_declarations: bool = False,
        mend: bool = False,
        min_confidence: float = 0.0,
        mixed: Mixed = "refuse",
        allow: Collection[str] = (),
        deny: Collection[str] = (),
        language: str | None = None,
        tld: str | None = None,
        declared: str | None = None,
    ) -> None:
        """Raises OptionError, UnknownCharsetError, UnsupportedCharsetError."""
        check_errors(errors)
        self.errors = errors
        self.to = to
        self.target = route(split_suffixes(to, errors)[0]).name
        self.from_ = None if from_ is None else split_suffixes(from_, errors)[0]
        if self.from_ is not None:
            self.from_ = route(self.from_).name
        self.lenient = lenient
        self.normalize = normalize
        self.newline = newline
        self.bom = bom
        self.update_declarations = update_declarations
        self.mend = mend
        self.min_confidence = min_confidence
        if mixed not in MIXED:
            raise OptionError(f"mixed must be 'refuse', 'split' or 'whole', not {mixed!r}")
        self.mixed = mixed
        self._hints: dict[str, Any] = {
            "allow": allow,
            "deny": deny,
            "language": language,
            "tld": tld,
            "declared": declared,
        }
        # Whether text stays as it is, so that a file in the target encoding is right already.
        self.plain = (
            normalize is None
            and newline == "keep"
            and bom in (None, "keep")
            and not update_declarations
            and not mend
        )
        self.recoder(self.from_ or "utf-8")  # refuses what makes no sense before a file is read

    def detector(self) -> Detector:
        """A detector with the hints."""
        from .._detection.detect import Detector

        return Detector(**self._hints)

    def _detect(self, data: Buffer) -> Detection:
        from .._detection.detect import detect

        return detect(data, **self._hints)

    def recoder(self, from_: str | Plan) -> Recoder:
        """What converts a file in the encoding `from_`."""
        return self._with_steps(
            Recoder(
                from_,
                self.to,
                self.errors,
                lenient=self.lenient,
                normalize=self.normalize,
                newline=self.newline,
                bom=self.bom,
            )
        )

    def meant(self, from_: str | Plan) -> Recoder:
        """What gives the text that the new file shall have, as UTF-8 without a mark."""
        return self._with_steps(
            Recoder(
                from_,
                "utf-8",
                self.errors,
                normalize=self.normalize,
                newline=self.newline,
                bom="strip",
            )
        )

    def reader(self, target: str) -> Recoder:
        """What gives the text of a file in the target encoding, as UTF-8 without a mark."""
        return Recoder(target, "utf-8", bom="strip")

    def _with_steps(self, recoder: Recoder) -> Recoder:
        if self.mend:
            from .._mixed.mend import Mender

            recoder.add_filter(Mender())
        if self.update_declarations:
            from .._recoding.declarations import Declarations

            recoder.add_filter(Declarations(self.target))
        return recoder

    def why_not(self, found: Detection) -> str | None:
        """Why a file with this answer is left alone."""
        if found.encoding is None:
            return f"binary ({found.kind})" if found.kind else "binary"
        # An empty file has no encoding to be sure of and nothing that could be converted wrongly.
        if found.confidence < self.min_confidence and found.source != "empty":
            return f"{found.encoding} with confidence {found.confidence:.2f} only{_rival(found)}"
        return None

    def plan(self, file: IO[bytes], found: Detection) -> tuple[str | Plan, str | None]:
        """What to read the rest of a file in with this answer, or why it is left alone."""
        reason = self.why_not(found)
        closely = self.mixed == "split"
        if self.mixed != "whole" and (closely or found.mixed or found.source in _OPEN):
            from .._mixed.segmented import Plan, described, segments_of

            segments = segments_of(file, found, self._detect, closely=closely)
            if len(segments) > 1:
                said = f"in several encodings: {described(file, segments)}"
                if self.mixed == "refuse":
                    return "", f"{said}; mixed=split reads each in its own"
                worst = min(segments, key=lambda part: part.confidence)
                if worst.confidence < self.min_confidence:
                    doubt = f"{worst.encoding} with confidence {worst.confidence:.2f} only"
                    return "", f"{said}, {doubt}"
                return Plan(segments), None
        if reason is not None:
            return "", reason
        assert found.encoding is not None  # or there were a reason
        return found.encoding, None

    def is_right(self, found: Detection) -> bool:
        """Whether a file with this answer would keep every byte."""
        if not self.plain or found.encoding is None or found.bad:
            return False
        return found.encoding == self.target or (
            found.encoding == "ascii" and self.target == "utf-8"
        )


class Conversion:
    """One pass from bytes to bytes, and what is to be known of it afterwards."""

    def __init__(
        self, options: Options, from_: str | Plan, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        self.options = options
        self.from_ = from_
        self.recoder = options.recoder(from_)
        self.bytes_in = 0
        self.bytes_out = 0
        self.changed = False
        self._on_bytes = on_bytes
        self._output: list[bytes] | None = None  # all of it, None when it is not kept

    def into(self, place: Place, source: IO[bytes], *, eager: bool, write: bool) -> None:
        """Converts all of `source`; writes from the first byte on that differs, if at all.

        eager  write also what is the same
        write  False only counts, and finds what cannot be converted
        """
        comparison = Comparison()
        if eager and write:
            place.open()
        self._output = [] if write else None
        pieces = self.run(source)
        try:
            for data, out in pieces:
                self._keep(out)
                if not self.changed and not comparison.feed(data, out):
                    self._differs(place, source, comparison, write)
                if place.new is not None:
                    place.new.file.write(out)
        finally:
            pieces.close()
        if not self.changed and not comparison.complete:
            self._differs(place, source, comparison, write)

    def _keep(self, out: bytes | memoryview) -> None:
        if self.bytes_out > _KEPT:
            self._output = None
        elif self._output is not None:
            self._output.append(bytes(out))

    def _differs(
        self, place: Place, source: IO[bytes], comparison: Comparison, write: bool
    ) -> None:
        self.changed = True
        if write and place.new is None:
            new = place.open()
            here = source.tell()
            source.seek(0)
            for block in blocks.blocks(source, comparison.same):
                new.file.write(block)
            source.seek(here)

    def run(
        self, source: IO[bytes], *, respelling: bool = False
    ) -> Generator[tuple[Buffer, bytes | memoryview]]:
        """Yields what was read and what came out of it so far. To be closed by the caller.

        With `respelling` it is not to be verified: see `Recoder.hurry`.

        Raises DecodeError and EncodeError at the place they speak of.
        """
        _hurry(self.recoder, source, self.from_, respelling=respelling)
        pieces = self._pieces(source)
        try:
            for data, out in pieces:
                size = len(data)  # type: ignore[arg-type] # bytes or a memoryview
                self.bytes_in += size
                self.bytes_out += len(out)
                yield data, out
                if self._on_bytes is not None and size:
                    self._on_bytes(size)
        finally:
            pieces.close()

    def _pieces(self, source: IO[bytes]) -> Generator[tuple[Buffer, bytes | memoryview]]:
        kernel = self.recoder.apart()
        if kernel is not None:
            from .several import several

            yield from several(source, kernel)
        for block in blocks.blocks(source):
            yield block, self.recoder.feed(block)
        yield b"", self.recoder.feed(b"", True)

    def verify(self, source: IO[bytes], written: IO[bytes], path: str) -> None:
        """Reads the new file once more and compares its text with that of the source.

        Raises VerificationError. UTF-8 is its own text, and what was written is compared byte for
        byte. So it is where the error policy or a folding encoder had to change characters, so that
        the texts cannot be the same. Either way it must be readable.
        """
        options, target = self.options, self.recoder.encoder.encoding
        exact = self.recoder.exact and target not in _FOLDING
        kept = None if self._output is None else iter(self._output)
        by_text = exact and (kept is None or target != "utf-8")
        try:
            if by_text:
                wanted = _pieces(source, options.meant(self.from_), self.from_)
                same = _same(wanted, _pieces(written, options.reader(target), target))
            else:
                if kept is None:
                    kept = _pieces(source, options.recoder(self.from_), self.from_)
                same = _same(kept, _pieces(written, None, target))
                if options.errors != "surrogateescape":
                    written.seek(0)
                    for _ in _pieces(written, options.reader(target), target):
                        pass
        except DecodeError as error:
            raise VerificationError(f"{path}: the new file does not decode: {error}") from None
        if not same:
            raise VerificationError(
                f"{path}: {target} would not give back the same text; the file was left as it is"
                if by_text
                else f"{path}: changed while it was being converted, or the disk is faulty"
            )

    def result(self, path: str, found: Detection | None, **more: object) -> Recoded:
        """The answer about a conversion that ran to its end."""
        return Recoded(
            path=path,
            from_=self.from_ if isinstance(self.from_, str) else self.from_.encoding,
            segments=() if isinstance(self.from_, str) else self.from_.segments,
            to=self.recoder.encoder.encoding,
            bytes_in=self.bytes_in,
            bytes_out=self.bytes_out,
            replaced=self.recoder.replaced,
            problems=self.recoder.problems,
            detection=found,
            **more,  # type: ignore[arg-type]
        )


def _hurry(
    recoder: Recoder, source: IO[bytes], from_: str | Plan, *, respelling: bool = False
) -> None:
    """Lets the core do the clean part of a file, which is then asked again for places of errors."""
    try:
        start = source.tell()
        size = source.seek(0, os.SEEK_END) - start
        source.seek(start)
    except (OSError, AttributeError):
        recoder.hurry(None, None)
        return

    if not isinstance(from_, str):
        return  # the core reads one encoding

    errors = recoder.read_errors
    recoder.hurry(size, _Places(source, start, from_, errors), respelling=respelling)


class _Places:
    """Where a number of bytes of a file leads; what the core has passed is read again for it."""

    def __init__(self, source: IO[bytes], start: int, from_: str, errors: str) -> None:
        self._source = source
        self._start = start
        self._from = from_
        self._errors = errors
        self.passed(0, Position(), 0)

    def passed(self, fed: int, place: Position, characters: int) -> None:
        """Somebody knows it of so many bytes: what is asked for next lies behind."""
        self._fed = fed
        self._place = place.copy()
        self._characters = characters

    def __call__(self, fed: int) -> tuple[Position, int]:
        here = self._source.tell()
        self._source.seek(self._start + self._fed)
        decoder = route(self._from).incremental_decoder(self._errors)
        left = fed - self._fed
        for block in blocks.blocks(self._source, left):
            data = bytes(block)
            left -= len(data)
            text = decoder.decode(data, not left)
            self._place.advance(text)
            self._characters += len(text)
        self._fed = fed
        self._source.seek(here)
        return self._place, self._characters


def _pieces(file: IO[bytes], recoder: Recoder | None, from_: str | Plan) -> Iterator[bytes]:
    if recoder is not None:
        _hurry(recoder, file, from_)
    for block in blocks.blocks(file):
        yield bytes(block if recoder is None else recoder.feed(block))
    if recoder is not None:
        yield bytes(recoder.feed(b"", True))


def _same(one: Iterator[bytes], other: Iterator[bytes]) -> bool:
    """Whether two streams have the same bytes, however they are cut."""
    left = right = b""
    while True:
        if not left:
            left = next((piece for piece in one if piece), b"")
        if not right:
            right = next((piece for piece in other if piece), b"")
        size = min(len(left), len(right))
        if not size:
            return not left and not right
        if left[:size] != right[:size]:
            return False
        left, right = left[size:], right[size:]


class Comparison:
    """Tells how far the output is the same as the input."""

    def __init__(self) -> None:
        self.same = 0  # bytes that are
        self._ahead = b""  # input that no output has been compared with yet

    def feed(self, data: Buffer, out: bytes | memoryview) -> bool:
        """Whether everything that came out so far is what went in."""
        ahead = self._ahead + bytes(data)
        if not ahead.startswith(out):
            return False
        self._ahead = ahead[len(out) :]
        self.same += len(out)
        return True

    @property
    def complete(self) -> bool:
        return not self._ahead


class Place:
    """The new file, made when it is needed; removed at the end when it was not committed."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.new: Replacement | None = None

    def open(self) -> Replacement:
        """Makes the file. Raises OSError."""
        from .replace import Replacement

        self.new = Replacement(self.target)
        return self.new

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.new is not None:
            self.new.__exit__(kind, value, trace)


def _rival(found: Detection) -> str:
    """The next likely encoding of a text, where it is worth a look: what to try with `--from`."""
    other = found.candidates[1] if len(found.candidates) > 1 else None
    if other is None or other.confidence < _RIVAL:
        return ""
    return f", {other.encoding} {other.confidence:.2f}"
