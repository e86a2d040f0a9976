"""Runs of the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
HeadRun = Callable[..., tuple[bytes, int]]


@pytest.fixture
def environment() -> dict[str, str]:
    """For a process that shall import what this one imports."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """`run("detect", "a.txt", stdin=b"...")` in a temporary folder, all output in bytes."""

    def call(
        *arguments: str | bytes | Path, stdin: bytes = b"", **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "recodec", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            check=False,
            timeout=120,
            env={**environment, **variables},
        )

    return call


_PEAK = (
    "import resource, sys; from recodec.cli import main; code = main(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr);"
    "sys.exit(code)"
)


@pytest.fixture
def peak(environment: dict[str, str]) -> Callable[..., int]:
    """`peak("detect", path, stdout=file)`: the most memory the command held, in KiB on Linux."""

    def call(*arguments: str | Path, **streams: IO[bytes] | int | None) -> int:
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, *arguments],
            stderr=subprocess.PIPE,
            env=environment,
            check=True,
            **streams,  # type: ignore[call-overload]
        )
        return int(done.stderr)

    return call


@pytest.fixture
def first_line_only(environment: dict[str, str]) -> HeadRun:
    """As in `recodec ... | head -1`: what is on standard error, and the exit status."""

    def call(*arguments: str | Path) -> tuple[bytes, int]:
        process = subprocess.Popen(
            [sys.executable, "-m", "recodec", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        with process.stderr:
            return process.stderr.read(), process.wait(60)

    return call


@pytest.fixture
def no_such_file(tmp_path: Path) -> str:
    """What the system says of a file that is not there."""
    with pytest.raises(FileNotFoundError) as caught:
        os.stat(tmp_path / "gone.txt")
    assert caught.value.strerror is not None
    return caught.value.strerror


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder, made the current one, for runs inside this process."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
