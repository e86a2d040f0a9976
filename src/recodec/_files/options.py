"""How files are to be converted, and what is done about a file of which something was detected."""

from __future__ import annotations

from .._coding.route import route
from .._conversion.policy import check_errors, split_suffixes
from .._errors import OptionError
from .._recoding.recoder import Recoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import IO, Any, Literal, TypeAlias

    from typing_extensions import Buffer

    from .._conversion.policy import Errors
    from .._detection.detect import Detector
    from .._detection.result import Detection
    from .._mixed.segmented import Plan
    from .._recoding.text_filter import Bom, Newline, Normalization

    Mixed: TypeAlias = Literal["refuse", "split", "whole"]

__all__ = ["MIXED", "Options"]

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
        if not 0 <= min_confidence <= 1:
            raise OptionError(f"min_confidence must be from 0 to 1, not {min_confidence!r}")
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


def _rival(found: Detection) -> str:
    """The next likely encoding of a text, where it is worth a look: what to try with `--from`."""
    other = found.candidates[1] if len(found.candidates) > 1 else None
    if other is None or other.confidence < _RIVAL:
        return ""
    return f", {other.encoding} {other.confidence:.2f}"
