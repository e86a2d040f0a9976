"""The policies "replace" and "ignore" in the core: what a kernel writes for what does not convert.

Other policies, and charsets of which the core cannot tell how long a bad code is, stop the kernel
at each place, where the codec is asked. tests/test_patch.py holds both ways to the same answers.
"""

from __future__ import annotations

from . import _core_convert as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._fast import Native
    from ._policy import Policy

__all__ = ["Through", "reading", "through", "writing"]

_REPLACEMENT = "\ufffd"
_NATIVE = ("replace", "ignore")


def reading(errors: str, first: bool | None) -> core.Patch | None:
    """For bytes that become UTF-16, little endian; `first` as in `Native`."""
    if errors not in _NATIVE or first is None:
        return None
    return core.Patch(_REPLACEMENT.encode("utf-16-le") if errors == "replace" else b"", None, first)


def writing(errors: str, form: int, map: core.Map | None) -> core.Patch | None:
    """For text that becomes bytes of a form, by its map if it is a table."""
    put = _written(errors, form, map)
    return None if put is None else core.Patch(None, put)


class Through:
    """For bytes that become other bytes; `through` makes it."""

    __slots__ = ("_doubled", "_reading", "_writing", "patch")

    def __init__(
        self, patch: core.Patch, reading: Policy, writing: Policy, *, doubled: bool
    ) -> None:
        self.patch = patch
        self._reading = reading
        self._writing = writing
        self._doubled = doubled  # the replacement character cannot be written either

    @property
    def errors(self) -> str:
        """The policy of reading."""
        return self._reading.alone

    def settle(self) -> None:
        """Tells the policies what the kernel has done."""
        illegal, unencodable = self.patch.taken()
        self._reading.acted(illegal)
        self._writing.acted(unencodable + (illegal if self._doubled else 0))


def through(
    read: Native, write: Native, reading: Policy, writing: Policy, *, lenient: bool
) -> Through | None:
    """What the core can do of both policies; None where that is nothing.

    lenient: a character that there is not may have a twin that only the codec knows.
    """
    if write.stateful:
        return None
    form, map = write.form, write.map(core.ENCODE)
    put = None if lenient else _written(writing.alone, form, map)
    illegal: bytes | None = None
    doubled = False
    if reading.alone in _NATIVE and read.first is not None:
        illegal = b"" if reading.alone == "ignore" else _code(form, map, _REPLACEMENT)
        if illegal is None:
            illegal, doubled = put, True
    if illegal is None and put is None:
        return None
    patch = core.Patch(illegal, put, read.first or False)
    return Through(patch, reading, writing, doubled=doubled)


def _written(errors: str, form: int, map: core.Map | None) -> bytes | None:
    """What is written for a character that there is not, None where the codec is asked."""
    if errors not in _NATIVE:
        return None
    return b"" if errors == "ignore" else _code(form, map, "?")


def _code(form: int, map: core.Map | None, character: str) -> bytes | None:
    code, _, kind, _ = core.from_text(form, map, character)
    return code if kind == core.END else None
