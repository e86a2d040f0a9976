"""Settings of a project in pyproject.toml."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from recodec.cli import _settings

KINDS = {"only": list, "newline": str, "git": bool}

pytest.importorskip("tomllib" if sys.version_info >= (3, 11) else "tomli")


def read(folder: Path, text: str, command: str = "check") -> dict[str, object]:
    path = folder / "pyproject.toml"
    path.write_text(text, "utf-8")
    return _settings.read(str(path), command, KINDS)


def test_the_nearest_file_up_to_the_repository_is_found(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert _settings.find(str(inner)) == str(tmp_path / "pyproject.toml")
    (tmp_path / "a" / "pyproject.toml").touch()
    assert _settings.find(str(inner)) == str(tmp_path / "a" / "pyproject.toml")
    (inner / ".git").mkdir()
    assert _settings.find(str(inner)) is None
    assert _settings.find(str(tmp_path / "a")) == str(tmp_path / "a" / "pyproject.toml")


def test_those_of_the_command_go_first(tmp_path: Path) -> None:
    text = """
        [tool.recodec]
        only = ["utf-8", "cp1252"]
        newline = "lf"
        [tool.recodec.check]
        newline = "crlf"
        [tool.recodec.detect]
        git = true
    """
    assert read(tmp_path, text) == {"only": ["utf-8", "cp1252"], "newline": "crlf"}
    found = {"only": ["utf-8", "cp1252"], "newline": "lf", "git": True}
    assert read(tmp_path, text, "detect") == found


@pytest.mark.parametrize("text", ["", "[tool.other]\nx = 1\n", "[ruff\nbroken"])
def test_files_of_others_have_none(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool]\nrecodec = 1", "tool.recodec is not a table"),
        ("[tool.recodec]\ncheck = 1", "tool.recodec.check is not a table"),
        ("[tool.recodec]\nodd = 1", "unknown setting 'odd' of recodec; known are only, newline"),
        ('[tool.recodec]\nonly = "utf-8"', "'only' of recodec is a list of strings"),
        ("[tool.recodec]\nonly = [1]", "'only' of recodec is a list of strings"),
        ("[tool.recodec]\nnewline = 1", "'newline' of recodec is a str"),
        ('[tool.recodec]\ngit = "yes"', "'git' of recodec is a bool"),
        ("[tool.recodec\n", "pyproject.toml: "),
    ],
    ids=lambda text: text.partition("\n")[2] or text,
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(_settings.SettingsError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)


def test_no_table_of_tools_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, 'tool = "recodec"\n') == {}
