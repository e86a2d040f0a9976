"""Settings of a project: the table [tool.recodec] of its pyproject.toml."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["SettingsError", "find", "read"]

_NAME = "pyproject.toml"


class SettingsError(Exception):
    """A file of settings cannot be understood."""


def find(folder: str = os.curdir) -> str | None:
    """The pyproject.toml of the folder or the nearest above it, no higher than the repository."""
    folder = os.path.abspath(folder)
    while True:
        path = os.path.join(folder, _NAME)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


def read(path: str, command: str, kinds: Mapping[str, type]) -> dict[str, object]:
    """The settings for a command: [tool.recodec.COMMAND], and [tool.recodec] for all of them.

    `kinds` are the names a command knows and the types of their values; a list is one of str.
    Raises SettingsError for what is not TOML, an unknown name or a wrong type; OSError.
    """
    with open(path, "rb") as file:
        data = file.read()
    if b"recodec" not in data:
        return {}
    table = _table(path, data)
    own = table.pop(command, {})
    if not isinstance(own, dict):
        raise SettingsError(f"{path}: tool.recodec.{command} is not a table")
    # Tables are settings of other commands.
    shared = {name: value for name, value in table.items() if not isinstance(value, dict)}
    found = {**shared, **own}
    for name, value in found.items():
        kind = kinds.get(name)
        if kind is None:
            known = ", ".join(kinds)
            raise SettingsError(f"{path}: unknown setting {name!r} of recodec; known are {known}")
        strings = kind is not list or (
            isinstance(value, list) and all(isinstance(one, str) for one in value)
        )
        if type(value) is not kind or not strings:
            what = "a list of strings" if kind is list else f"a {kind.__name__}"
            raise SettingsError(f"{path}: the setting {name!r} of recodec is {what}")
    return found


def _table(path: str, data: bytes) -> dict[str, object]:
    from importlib import import_module

    try:
        toml: Any = import_module("tomllib")
    except ImportError:  # before Python 3.11
        try:
            toml = import_module("tomli")
        except ImportError:
            raise SettingsError(f"{path}: Python 3.10 reads settings only with tomli") from None
    try:
        document = toml.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, toml.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None
    tool = document.get("tool", {})
    table = tool.get("recodec", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: tool.recodec is not a table")
    return dict(table)
