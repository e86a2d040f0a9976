"""What recodec raises on purpose.

Every class also derives from the built-in that callers already catch, so that code written for
`bytes.decode` or `codecs.lookup` goes on working. Bytes that cannot be told are no error: `detect`
answers with `encoding=None` or `source="fallback"`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "DecodeError",
    "EncodeError",
    "OptionError",
    "RecodecError",
    "UnknownCharsetError",
    "UnsupportedCharsetError",
    "VerificationError",
]


class RecodecError(Exception):
    """Base of all that recodec raises on purpose."""


class OptionError(RecodecError, ValueError):
    """The call is wrong: a contradictory, empty or unknown option, or a call out of order."""


class UnknownCharsetError(RecodecError, LookupError):
    """No charset of the registry has this name or alias.

    `name` is what was asked for, `matches` the canonical names that look most like it.
    """

    name: str
    matches: tuple[str, ...]

    def __init__(self, name: str, matches: Iterable[str] = ()) -> None:
        self.name = name
        self.matches = tuple(matches)
        # args must rebuild the exception when it is unpickled, for instance by a process pool.
        super().__init__(name, self.matches)

    def __str__(self) -> str:
        text = f"unknown charset {self.name!r}"
        if self.matches:
            text += f"; did you mean {' or '.join(self.matches)}?"
        return text


class UnsupportedCharsetError(RecodecError, LookupError):
    """The registry knows the charset, but there is no codec for it (yet).

    It is never replaced by a relative that would read some bytes differently.
    """

    name: str

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"{self.name} is a known charset, but recodec has no codec for it"


class VerificationError(RecodecError):
    """A written file did not read back as the text it was made from; the original is untouched."""


def _place(text: str) -> tuple[int, int]:
    """Line and column (from 1) right after `text`; CR, LF and CR LF each end a line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.count("\n") + 1, len(text) - text.rfind("\n")


class DecodeError(RecodecError, UnicodeDecodeError):
    """The bytes are wrong for the encoding.

    Beside the five attributes of `UnicodeDecodeError` (`start` and `end` count in `object`, which
    may be one block of a longer input) it says where the bad bytes stand in the whole input.
    """

    def __init__(
        self,
        encoding: str,
        object: bytes,
        start: int,
        end: int,
        reason: str,
        *,
        offset: int | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
    ) -> None:
        UnicodeDecodeError.__init__(self, encoding, object, start, end, reason)
        self._offset = offset
        self._line = line
        self._column = column
        self.hint = hint

    @property
    def offset(self) -> int:
        """Bytes from the start of the input to the first offending byte."""
        return self.start if self._offset is None else self._offset

    @property
    def line(self) -> int:
        """Line of the offending bytes, from 1; CR, LF and CR LF each end a line."""
        self._find()
        assert self._line is not None
        return self._line

    @property
    def column(self) -> int:
        """Column of the offending bytes in characters (code points), from 1."""
        self._find()
        assert self._column is not None
        return self._column

    @property
    def bad(self) -> bytes:
        """The offending bytes."""
        return self.object[self.start : self.end]

    def _find(self) -> None:
        # Out of line: counting lines needs the text before the error decoded once more, which
        # nobody should pay who only catches the exception.
        if self._line is not None and self._column is not None:
            return
        head = self.object[: self.start]
        try:
            text = head.decode(self.encoding, "replace")
        except (LookupError, UnicodeError):
            # "binary", or a codec that cannot be asked again: bytes are the best unit left.
            text = head.decode("latin-1")
        line, column = _place(text)
        self._line = line if self._line is None else self._line
        self._column = column if self._column is None else self._column

    def __str__(self) -> str:
        shown = self.bad[:8].hex(" ")
        if len(self.bad) > 8:
            shown += " ..."
        where = f"at offset {self.offset} (line {self.line}, column {self.column})"
        what = f"byte{'s' if len(self.bad) > 1 else ''} {shown} " if shown else ""
        text = f"{self.encoding}: {what}{where}: {self.reason}"
        return f"{text}; {self.hint}" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        args = (self.encoding, self.object, self.start, self.end, self.reason)
        return type(self), args, self.__dict__.copy()


class EncodeError(RecodecError, UnicodeEncodeError):
    """A character that the encoding does not have.

    Beside the five attributes of `UnicodeEncodeError` (`start` and `end` count in `object`, which
    may be one block of a longer text) it says where the character stands in the whole text.
    """

    def __init__(
        self,
        encoding: str,
        object: str,
        start: int,
        end: int,
        reason: str,
        *,
        offset: int | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
    ) -> None:
        UnicodeEncodeError.__init__(self, encoding, object, start, end, reason)
        self._offset = offset
        self._line = line
        self._column = column
        self.hint = hint

    @property
    def offset(self) -> int:
        """Characters (code points) from the start of the text to the first unencodable one."""
        return self.start if self._offset is None else self._offset

    @property
    def line(self) -> int:
        """Line of the character, from 1; CR, LF and CR LF each end a line."""
        return _place(self.object[: self.start])[0] if self._line is None else self._line

    @property
    def column(self) -> int:
        """Column of the character in characters (code points), from 1."""
        return _place(self.object[: self.start])[1] if self._column is None else self._column

    @property
    def character(self) -> str:
        """The first character that the encoding does not have."""
        return self.object[self.start : self.start + 1]

    def could_hold(self) -> tuple[str, ...]:
        """Names of the charsets that have the offending characters, Unicode ones left out.

        Asks every codec of the registry, which takes a moment; the answer is not kept.
        """
        from ._route import encodable_in

        return encodable_in(self.object[self.start : self.end])

    def __str__(self) -> str:
        character = self.character
        what = ""
        if character:
            import unicodedata

            name = unicodedata.name(character, "")
            shown = f" {character}" if character.isprintable() else ""
            what = f"U+{ord(character):04X}{shown}{' ' + name if name else ''} "
        where = f"at character {self.offset} (line {self.line}, column {self.column})"
        text = f"{self.encoding}: {what}{where}: {self.reason}"
        return f"{text}; {self.hint}" if self.hint else text

    def __reduce__(self) -> tuple[object, ...]:
        args = (self.encoding, self.object, self.start, self.end, self.reason)
        return type(self), args, self.__dict__.copy()
