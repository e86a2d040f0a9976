"""What `detect` found, as frozen values.

A Detection is made on every call, so its fields are filled by plain assignments to private slots
and shown through properties that have no setter.
"""

from __future__ import annotations

from .._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal, TypeAlias

    Source: TypeAlias = Literal[
        "empty", "bom", "structure", "declared", "model", "fallback", "binary"
    ]
    from .._core.detection import Options
    from .evidence import Evidence

__all__ = ["Candidate", "Detection", "Rest"]


class Candidate(Value):
    """One reading that `detect_all` considered.

    `confidence` is its probability (0 to 1), `score` its cost above the best one in bits (0.0 for
    the best): ten bits more is a thousand times less probable.
    """

    __slots__ = ("_confidence", "_encoding", "_language", "_score")
    __match_args__ = ("encoding", "confidence", "language", "score")
    _shown = __match_args__
    _quiet = {"language": None}  # noqa: RUF012

    def __init__(
        self, *, encoding: str, confidence: float, language: str | None = None, score: float = 0.0
    ) -> None:
        self._encoding = encoding
        self._confidence = confidence
        self._language = language
        self._score = score

    @property
    def encoding(self) -> str:
        """A name that `bytes.decode` takes once recodec is imported."""
        return self._encoding

    @property
    def confidence(self) -> float:
        """Probability that this reading is right, 0.0 to 1.0."""
        return self._confidence

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the language of this reading, None if unknown."""
        return self._language

    @property
    def score(self) -> float:
        """Cost over the best candidate in bits."""
        return self._score


def _read_candidates(raw: bytearray) -> tuple[Candidate, ...]:
    from .._core import detection as core

    charsets, languages = core.charset_names(), core.language_names()
    return tuple(
        Candidate(
            encoding=charsets[charset],
            confidence=millionths / 1e6,
            language=languages[language] or None,
            score=tenths / 10,
        )
        for charset, language, millionths, tenths in core.candidates(raw)
    )


_SOURCES: tuple[Source, ...] = (
    "empty",
    "bom",
    "structure",
    "declared",
    "model",
    "fallback",
    "binary",
)


class Rest:
    """What an answer of the core says beyond encoding, language and confidence."""

    __slots__ = (
        "bad",
        "bom",
        "candidates",
        "double_encoded",
        "evidence",
        "kind",
        "length",
        "mixed",
        "source",
        "valid_up_to",
    )

    # Both are the answer's bytes until somebody looks.
    candidates: tuple[Candidate, ...] | bytearray
    evidence: Evidence | bytearray

    def __init__(self, raw: bytearray, bom: bytes = b"") -> None:
        from .._core import detection as core

        fields = core.fields(raw)
        kind, double_encoded = fields[4], fields[11]
        self.source = _SOURCES[fields[2]]
        self.bom = bom
        self.length, self.valid_up_to, self.bad = fields[14:17]
        self.kind = core.binary_name(kind) or None if kind else None
        self.double_encoded = core.charset_names()[double_encoded] or None
        self.mixed = bool(fields[12])
        self.candidates = self.evidence = raw


class Detection(Value):
    """What `detect` found. All offsets and lengths are in bytes."""

    __slots__ = ("_confidence", "_encoding", "_language", "_rest")
    __match_args__ = ("encoding", "confidence", "language", "source")
    _shown = (
        "encoding",
        "confidence",
        "language",
        "source",
        "bom",
        "length",
        "valid_up_to",
        "bad",
        "kind",
        "double_encoded",
        "mixed",
        "candidates",
        "evidence",
    )

    def __init__(
        self,
        *,
        encoding: str | None,
        confidence: float,
        language: str | None = None,
        source: Source,
        bom: bytes = b"",
        length: int = 0,
        valid_up_to: int | None = None,
        bad: int = 0,
        kind: str | None = None,
        double_encoded: str | None = None,
        mixed: bool = False,
        candidates: Iterable[Candidate] = (),
        evidence: Evidence | None = None,
    ) -> None:
        self._encoding = encoding
        self._confidence = confidence
        self._language = language
        rest = Rest.__new__(Rest)
        rest.source = source
        rest.bom = bom
        rest.length = length
        rest.valid_up_to = length if valid_up_to is None else valid_up_to
        rest.bad = bad
        rest.kind = kind
        rest.double_encoded = double_encoded
        rest.mixed = mixed
        rest.candidates = tuple(candidates)
        if evidence is None:
            from .evidence import Evidence

            evidence = Evidence()
        rest.evidence = evidence
        # An answer of the core stays as it was given until somebody looks: most callers want no
        # more than the name, and making the objects would triple the cost of a short call.
        # Nor is the language told before it is asked for, where the bytes tell the encoding without
        # it: then bytes are what was examined, at most a few KB of it, and with them the options if
        # there were any. A bytearray is the core's answer.
        self._rest: Rest | bytearray | bytes | tuple[bytes, Options] = rest

    def _more(self) -> Rest:
        rest = self._rest
        if isinstance(rest, (bytes, tuple)):
            rest = self._tell(rest)
        if isinstance(rest, bytearray):
            rest = self._rest = Rest(rest)
        return rest

    def _tell(self, kept: bytes | tuple[bytes, Options]) -> Rest | bytearray:
        """Finds out the rest of the answer, whose language was left for later.

        Threads that do so at once find the same. The language is there before `_rest` says so.
        """
        from .._core import detection as core

        data, options = (kept, None) if isinstance(kept, bytes) else kept
        raw = core.detect(data, options)
        _, language, _, bom_len, *_ = core.headline(raw)
        self._language = core.language_names()[language] or None
        rest = self._rest = Rest(raw, data[:bom_len]) if bom_len else raw
        return rest

    @property
    def encoding(self) -> str | None:
        """A name that `bytes.decode` takes once recodec is imported; None if it is not text.

        Decoding with it removes the byte order mark if there is one.
        """
        return self._encoding

    @property
    def confidence(self) -> float:
        """Share of such answers that are right, 0.0 to 1.0."""
        return self._confidence

    @property
    def language(self) -> str | None:
        """BCP 47 tag, None if unknown.

        For short input in ASCII or UTF-8, whose encoding is certain without the language, it is
        determined on first access; until then this object keeps the input, at most 4096 bytes.
        """
        rest = self._rest
        if isinstance(rest, (bytes, tuple)):
            self._tell(rest)
        return self._language

    @property
    def source(self) -> Source:
        """The stage that decided."""
        return self._more().source

    @property
    def bom(self) -> bytes:
        """The byte order mark at the start, b"" when there is none."""
        return self._more().bom

    @property
    def length(self) -> int:
        """Bytes examined."""
        return self._more().length

    @property
    def valid_up_to(self) -> int:
        """Offset of the first byte that `encoding` does not decode; `length` when it all does."""
        return self._more().valid_up_to

    @property
    def bad(self) -> int:
        """Ill-formed sequences in the whole input; 0 when `encoding` decodes it all."""
        return self._more().bad

    @property
    def kind(self) -> str | None:
        """File format of binary data ("png" ...; "data" without a signature), None for text."""
        return self._more().kind

    @property
    def double_encoded(self) -> str | None:
        """The charset in which UTF-8 was decoded by mistake before it was encoded again.

        The original text is `text.encode(double_encoded).decode("utf-8")`, unless that needs one
        of the C1 controls that the charset lacks. None for text that is not double-encoded. Of
        long input only the start and a selection of words are examined.
        """
        return self._more().double_encoded

    @property
    def mixed(self) -> bool:
        """Whether some lines seem to be in another encoding than others.

        `encoding` is then that of the larger part. True is seldom wrong. False is seldom wrong if
        half of the lines are in another encoding, but often for a single such line, and for
        encodings that differ in a few letters: `recodec.segments` looks at every line. Of long
        input only the start and a selection of words are examined.
        """
        return self._more().mixed

    @property
    def declared(self) -> str | None:
        """Canonical name of the charset that the text declares, used or not; None without one."""
        evidence = self._more().evidence
        if isinstance(evidence, bytearray):  # the command asks for no more of it
            from .._core import detection as core

            return core.charset_names()[core.fields(evidence)[7]] or None
        return evidence.declared

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The readings considered, best first, each reading once."""
        rest = self._more()
        if isinstance(rest.candidates, bytearray):
            rest.candidates = _read_candidates(rest.candidates)
        return rest.candidates

    @property
    def evidence(self) -> Evidence:
        """The evidence for the answer."""
        rest = self._more()
        if isinstance(rest.evidence, bytearray):
            from .evidence import read_evidence

            rest.evidence = read_evidence(rest.evidence)
        return rest.evidence

    @property
    def mime(self) -> str | None:
        """Preferred MIME name in the IANA registry, for a Content-Type; None if there is none."""
        return self._named("iana")

    @property
    def whatwg(self) -> str | None:
        """Name in the Encoding Standard, None if browsers do not support it."""
        return self._named("whatwg")

    def _named(self, register: str) -> str | None:
        if self._encoding is None:
            return None
        from .._registry import charsets as registry

        charset = registry.lookup(self._encoding)
        name: str | None = getattr(charset, register)
        if name is None and register == "iana" and self._encoding == "utf-8-sig":
            # MIME has no name for "with signature"; the mark belongs to the text there.
            return "UTF-8"
        return name

    def __hash__(self) -> int:
        return hash((self._encoding, self._confidence, self.language, self.source, self.length))

    def __repr__(self) -> str:
        # Candidates and evidence have calls of their own; valid_up_to counts where bytes are bad.
        shown = [f"encoding={self._encoding!r}", f"confidence={self._confidence:.4g}"]
        if self.language is not None:
            shown.append(f"language={self.language!r}")
        shown.append(f"source={self.source!r}")
        if self.bom:
            shown.append(f"bom={self.bom!r}")
        if self.bad:
            shown.append(f"valid_up_to={self.valid_up_to}, bad={self.bad}")
        if self.kind is not None:
            shown.append(f"kind={self.kind!r}")
        if self.double_encoded is not None:
            shown.append(f"double_encoded={self.double_encoded!r}")
        if self.mixed:
            shown.append("mixed=True")
        return f"Detection({', '.join(shown)})"
