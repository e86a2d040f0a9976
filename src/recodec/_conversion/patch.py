"""Error policies in the core: what a kernel writes for what does not convert.

Most policies are rules, which the core follows by itself. Where what is written depends on the
character in other ways ("translit", "namereplace", the twins of `lenient`) the core learns it when
the character comes for the first time. What is left stops the kernel, and the codec is asked about
the place: functions of the caller's, handlers that others have registered, and charsets of which
the core cannot tell how long a bad code is. tests/conversion/test_patch.py holds both ways to one
answer.
"""

from __future__ import annotations

import codecs

from .._core import conversion as core
from .._core.patch import (
    BAD,
    DECIMAL,
    ESCAPE,
    HEX,
    LONGEST_TEXT,
    NOT,
    NOTHING,
    OTHER,
    TEXT,
    Patch,
    Spellings,
    unpacked,
)
from .problems import MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from .native import Native
    from .policy import Policy
    from .policy_handlers import DecodeHandler, EncodeHandler

__all__ = ["Reading", "Through", "Writing", "reading_by", "through", "writing_by"]

_REPLACEMENT = "\ufffd"
# What the core writes by the interpreter's policies, and the text of it.
_READ = {
    "replace": (TEXT, _REPLACEMENT),
    "ignore": (TEXT, ""),
    "backslashreplace": (HEX, ""),
    "surrogateescape": (ESCAPE, ""),
}
_WRITTEN = {
    "strict": (NOTHING, ""),
    "replace": (TEXT, "?"),
    "ignore": (TEXT, ""),
    "backslashreplace": (HEX, ""),
    "xmlcharrefreplace": (DECIMAL, ""),
    "surrogateescape": (ESCAPE, ""),
    "namereplace": (NOTHING, ""),
}
_SUBSTITUTE = "\x1a"
"""What `policy` has written for a question mark that there is not."""
_MARK = MARK.encode("utf-16-le", "surrogatepass")


class Reading(Patch):
    """For bytes that become a `str`, by `to_text`."""

    __slots__ = ("_handler",)

    def __init__(self, errors: str, first: bool, handler: DecodeHandler | None) -> None:
        put, text = _READ[errors]
        collects = handler is not None and handler.collects
        super().__init__(
            illegal=put,
            illegal_text=_MARK * collects + text.encode("utf-16-le"),
            first=first,
            text_form=True,
            noting=collects,
        )
        self._handler = handler

    def settle(self, data: bytes) -> None:
        """Tells the policy what the core has done in `data`."""
        if self._handler is not None:
            self._handler.acted(data, self.taken()[0], unpacked(self.places()))


def reading_by(errors: str, first: bool | None) -> Reading | None:
    """What the core does of a policy by the name that a codec gets; None where that is nothing.

    `first` as in `Native`.
    """
    if errors == "strict" or first is None:
        return None
    if errors in _READ:
        return Reading(errors, first, None)
    handler = _own(errors)
    name = getattr(handler, "core", "")
    return Reading(name, first, handler) if name in _READ else None


def _own(errors: str) -> Any:
    """The handler that stands under the name, if it is one of ours."""
    try:
        handler = codecs.lookup_error(errors)
    except LookupError:
        return None  # nobody need know it where there are no errors
    return handler if hasattr(handler, "core") else None


class Writing(Patch):
    """For text that becomes bytes of a form, by its map if it is a table."""

    __slots__ = ("_form", "_handler", "_map", "put", "spellings", "text")

    def __init__(
        self,
        put: int,
        text: bytes,
        form: int,
        map: core.Map | None,
        *,
        learns: bool,
        handler: EncodeHandler | None = None,
    ) -> None:
        self.put, self.text = put, text
        self.spellings = Spellings() if learns else None
        super().__init__(
            unencodable=put,
            unencodable_text=text,
            spellings=self.spellings,
            text_form=True,
            noting=handler is not None and handler.collects,
        )
        self._form, self._map, self._handler = form, map, handler

    def learn(self, character: str) -> bool:
        """Whether the core knows from now on what is written for a character that stopped it."""
        spellings, handler = self.spellings, self._handler
        if spellings is None:
            return False
        kind, text = OTHER, None
        if handler is not None:
            text = handler.form(character)
        if text is None and (handler is None or handler.core == "namereplace"):
            kind, text = BAD, _named(character)
        if text is None:
            known = handler is not None and handler.core != "strict"
            return known and spellings.learn(character, NOT)
        code = _code(self._form, self._map, text)
        return code is not None and spellings.learn(character, kind, code)

    def settle(self, text: str, places: Iterable[int]) -> None:
        """Tells the policy what the core has done in `text`, and which characters were bad."""
        if self._handler is not None:
            _, count, respelled = self.taken()
            self._handler.acted(text, count, respelled, places)


def writing_by(errors: str, form: int, map: core.Map | None) -> Writing | None:
    """What the core does of a policy by the name that a codec gets; None where that is nothing."""
    if errors == "strict":
        return None
    handler = None
    if errors not in _WRITTEN:
        handler = _own(errors)
        errors = getattr(handler, "core", "")
        if errors not in _WRITTEN:
            return None
    put, text = _WRITTEN[errors]
    code = _code(form, map, text)
    if code is None and handler is not None:
        code = _code(form, map, _SUBSTITUTE)
    if code is None:
        return None
    learns = errors == "namereplace" or (handler is not None and handler.respells)
    if put == NOTHING and not learns:
        return None
    return Writing(put, code, form, map, learns=learns, handler=handler)


def _named(character: str) -> str:
    """What "namereplace" writes."""
    error = UnicodeEncodeError("", character, 0, 1, "")
    return str(codecs.namereplace_errors(error)[0])


def _code(form: int, map: core.Map | None, text: str, patch: Patch | None = None) -> bytes | None:
    code, _, kind, _ = core.from_text(form, map, text, patch=patch)
    return code if kind == core.END else None


class Through(Patch):
    """For bytes that become other bytes; `through` makes it."""

    __slots__ = ("_makes", "_reading", "_slow", "_twice", "_writing", "_written")

    def __init__(
        self,
        read: Native,
        reading: Policy,
        writing: Policy,
        written: Writing | None,
        *,
        illegal: int,
        text: bytes,
        twice: tuple[int, int],
        makes: Callable[[], Through | None],
    ) -> None:
        self._makes = makes
        self._reading, self._writing, self._written = reading, writing, written
        self._slow = read.slow_decode
        self._twice = twice
        """Bad characters and others spelt otherwise in what is written for an illegal code."""
        super().__init__(
            illegal=illegal,
            illegal_text=text,
            unencodable=NOTHING if written is None else written.put,
            unencodable_text=b"" if written is None else written.text,
            spellings=None if written is None else written.spellings,
            first=bool(read.first),
        )

    def another(self) -> Through | None:
        """The same for another thread; what it has done is told by its own `settle`."""
        return self._makes()

    @property
    def errors(self) -> str:
        """The policy of reading."""
        return self._reading.core or "strict"

    @property
    def names(self) -> tuple[str, str]:
        """By which codecs know both policies."""
        return self._reading.name, self._writing.name

    def learn(self, code: bytes, form: int) -> bool:
        """As that of `Writing`, of the character that a code of the form stands for."""
        if self._written is None:
            return False
        # A codec with a mark would look for one, and take another order of bytes without.
        text = core.to_text(form, None, code)[0] if form else self._slow(code, "strict")[0]
        return len(text) == 1 and self._written.learn(text)

    def settle(self) -> None:
        """Tells the policies what the kernel has done."""
        illegal, unencodable, respelled = self.taken()
        bad, other = self._twice
        self._reading.acted(illegal)
        self._writing.acted(unencodable + illegal * bad, respelled + illegal * other)


def through(read: Native, write: Native, reading: Policy, writing: Policy) -> Through | None:
    """What the core can do of both policies; None where that is nothing."""
    if core.ISO2022JP in (read.form, write.form) or write.stateful:
        return None
    if reading.collects or writing.collects:
        return None
    form, map = write.form, write.map(core.ENCODE)
    written = writing_by(writing.name, form, map)
    put, what = _READ.get(reading.core, (NOTHING, ""))
    if read.first is None or (put == ESCAPE and writing.core != "surrogateescape"):
        put = NOTHING
    text, twice = _code(form, map, what), (0, 0)
    if text is None and written is not None:
        # The replacement character is itself one that cannot be written.
        written.learn(what)
        text = _code(form, map, what, written)
        twice = written.taken()[1:]
    if text is None or len(text) > LONGEST_TEXT:
        put, text = NOTHING, b""
    if put == NOTHING and written is None:
        return None
    return Through(
        read,
        reading,
        writing,
        written,
        illegal=put,
        text=text,
        twice=twice,
        makes=lambda: through(read, write, reading, writing),
    )
