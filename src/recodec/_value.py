"""What the frozen values of the package have in common.

Plain slotted classes instead of dataclasses: importing `dataclasses` costs more than the whole
budget of this package.
"""

from __future__ import annotations

__all__ = ["Value"]


def _rebuild(cls: type[object], fields: dict[str, object]) -> object:
    """Unpickles: keyword-only constructors cannot be called through copyreg's defaults."""
    return cls(**fields)


class Value:
    """Equality, hash, repr and pickling by the names in `_shown`."""

    __slots__ = ()
    _shown: tuple[str, ...] = ()
    _quiet: dict[str, object] = {}  # noqa: RUF012 - read only; ClassVar would import typing

    def _fields(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self._shown)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def __repr__(self) -> str:
        # A field that says nothing beyond its default would only hide those that do.
        quiet = self._quiet
        pairs = zip(self._shown, self._fields(), strict=True)
        text = ", ".join(
            f"{name}={value!r}"
            for name, value in pairs
            if name not in quiet or quiet[name] != value
        )
        return f"{type(self).__name__}({text})"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), dict(zip(self._shown, self._fields(), strict=True)))
