"""Runs of clean text of ISO 2022 for the core, where which set is written hangs on the state.

The core writes by one map. For machines that go on in the set that is in force there is one map for
each state that matters (`Iso2022Machine.writing_key`), of those characters only that are written
alike there whatever else the state says, and that do not lead out of it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .._core.scheme import Scheme
    from ._machine import Encoded

__all__ = ["Runs"]

_IDLE = 2


class Runs:
    """A scheme for reading, and one for writing in each state that matters.

    make: makes a scheme without maps, that of a key for writing. key: which scheme writes in a
    state; None = none does.
    codes: what a scheme of a key writes. step: the machine's, which leads from one map to another:
    by the end of a line, and by the first character of a set.
    """

    def __init__(
        self,
        make: Callable[[int | None], Scheme],
        key: Callable[[int], int | None],
        codes: Callable[[int], Mapping[str, bytes]],
        step: Callable[[str, int, bool, int], Encoded],
    ) -> None:
        self.reading = make(None)
        self._make = make
        self._key = key
        self._codes = codes
        self._step = step
        self._writing: dict[int, Scheme] = {}

    def decode(self, data: bytes, start: int, state: int) -> tuple[str, int, int]:
        return self.reading.decode(data, start, state)

    def encode(self, text: str, start: int, state: int) -> tuple[bytes, int, int]:
        parts: list[bytes] = []
        idle = 0  # steps in a row that led to no run
        while start < len(text):
            key = self._key(state)
            scheme = None if key is None else self._writing.get(key)
            if scheme is None:
                break
            data, end, state = scheme.encode(text, start, state)
            parts.append(data)
            idle = idle + 1 if end == start else 0
            start = end
            found = self._step(text, start, False, state) if start < len(text) else None
            if idle > _IDLE or not isinstance(found, tuple):
                break
            data, start, state = found
            parts.append(data)
        return b"".join(parts), start, state

    def supply_writing(self, state: int) -> bool:
        """Makes the scheme that writes in a state; False where it is there or there is none."""
        key = self._key(state)
        if key is None or key in self._writing:
            return False
        scheme = self._make(key)
        scheme.add_codes(self._codes(key))
        self._writing[key] = scheme
        return True
