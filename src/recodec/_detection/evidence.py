"""The evidence for an answer, as frozen values."""

from __future__ import annotations

from .._core import detection as core
from .._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal, TypeAlias

    DeclaredKind: TypeAlias = Literal["html", "xml", "css", "pep263", "vim", "emacs", "format"]

__all__ = ["Evidence", "Rejection", "read_evidence"]


class Rejection(Value):
    """An encoding that is excluded by the structure of the bytes.

    `encoding` stands for its family: cp932 for all forms of Shift_JIS. `offset` is the first byte,
    from the start of the input, of a sequence that it has no character for.
    """

    __slots__ = ("_encoding", "_offset")
    __match_args__ = ("encoding", "offset")
    _shown = __match_args__

    def __init__(self, *, encoding: str, offset: int) -> None:
        self._encoding = encoding
        self._offset = offset

    @property
    def encoding(self) -> str:
        """The widest charset of the excluded family."""
        return self._encoding

    @property
    def offset(self) -> int:
        """Where the first sequence that does not fit starts, in bytes."""
        return self._offset


class Evidence(Value):
    """Evidence for an answer, found in the bytes."""

    __slots__ = ("_declared", "_declared_at", "_declared_kind", "_non_ascii", "_rejected")
    _shown = ("declared", "declared_kind", "declared_at", "non_ascii", "rejected")
    _quiet = {  # noqa: RUF012
        "declared": None,
        "declared_kind": None,
        "declared_at": None,
        "rejected": (),
    }

    def __init__(
        self,
        *,
        declared: str | None = None,
        declared_kind: DeclaredKind | None = None,
        declared_at: tuple[int, int] | None = None,
        non_ascii: int = 0,
        rejected: Iterable[Rejection] = (),
    ) -> None:
        self._declared = declared
        self._declared_kind = declared_kind
        self._declared_at = declared_at
        self._non_ascii = non_ascii
        self._rejected = tuple(rejected)

    @property
    def declared(self) -> str | None:
        """Canonical name of the charset that the text declares, used or not; None without one."""
        return self._declared

    @property
    def declared_kind(self) -> DeclaredKind | None:
        """What the declaration is: an HTML meta element, an XML declaration, a mode line ..."""
        return self._declared_kind

    @property
    def declared_at(self) -> tuple[int, int] | None:
        """Start and end of the label in bytes from the start of the input."""
        return self._declared_at

    @property
    def non_ascii(self) -> int:
        """Bytes 0x80 to 0xFF in the input."""
        return self._non_ascii

    @property
    def rejected(self) -> tuple[Rejection, ...]:
        """UTF-8 and the multi-byte families that the bytes do not fit.

        Empty where the answer came before they were asked, such as for valid UTF-8.
        """
        return self._rejected


_DECLARED_KINDS: tuple[DeclaredKind | None, ...] = (
    None,
    "html",
    "xml",
    "css",
    "pep263",
    "vim",
    "emacs",
    "format",
)


def read_evidence(raw: bytearray) -> Evidence:
    """The evidence in an answer of the core."""
    charsets = core.charset_names()
    fields = core.fields(raw)
    declared, kind, start, size = fields[7:11]
    return Evidence(
        declared=charsets[declared] or None,
        declared_kind=_DECLARED_KINDS[kind],
        declared_at=(start, start + size) if kind else None,
        non_ascii=fields[17],
        rejected=(
            Rejection(encoding=charsets[charset], offset=offset)
            for offset, charset in core.rejections(raw)
        ),
    )
