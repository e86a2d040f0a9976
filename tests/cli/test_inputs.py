"""The inputs that a command line names."""

from __future__ import annotations

import io
import os
import sys

import pytest

from recodec.cli import _inputs


class Stream(io.TextIOWrapper):
    """Standard input or error of a process, on a terminal or not."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__(io.BytesIO())
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("seen", [True, False])
def test_who_types_is_told_how_to_end(monkeypatch, typed: bool, seen: bool) -> None:
    stdin, stderr = Stream(terminal=typed), Stream(terminal=seen)
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys, "stderr", stderr)
    assert _inputs.standard_input() is stdin.buffer
    stderr.flush()
    keys = "Ctrl-Z" if os.name == "nt" else "Ctrl-D"
    said = f"recodec: (standard input): is read to its end, {keys}\n" if typed and seen else ""
    assert stderr.buffer.getvalue().decode() == said  # type: ignore[attr-defined]


def test_no_standard_input_is_an_error(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(OSError, match=os.strerror(9)):
        _inputs.standard_input()
