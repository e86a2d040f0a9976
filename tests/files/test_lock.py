"""Locks on open files: what each system answers, and that reading and writing are as before."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from recodec._files import lock as module
from recodec._files.lock import lock


def test_the_second_handle_is_refused(tmp_path: Path) -> None:
    with open(tmp_path / "file", "w+b") as one, open(tmp_path / "file", "rb+") as other:
        assert lock(one.fileno())
        assert not lock(other.fileno())
        one.close()
        assert lock(other.fileno())


@pytest.mark.parametrize(
    ("error", "locked"),
    [(None, True), (errno.EACCES, False), (errno.EDEADLK, False), (errno.EINVAL, True)],
)
def test_windows_locks_a_byte_that_nobody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int | None, locked: bool
) -> None:
    places = []

    def locking(handle: int, mode: int, count: int) -> None:
        places.append((os.lseek(handle, 0, os.SEEK_CUR), count))
        if error is not None:
            raise OSError(error, "refused")

    monkeypatch.setattr(module, "fcntl", None)
    monkeypatch.setattr(
        module, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2), raising=False
    )
    with open(tmp_path / "file", "w+b", buffering=0) as file:
        file.write(b"abc")
        file.seek(1)
        assert lock(file.fileno()) is locked
        assert file.tell() == 1
    assert places == [(0x7FFF_FFFE, 1)]


@pytest.mark.parametrize("system", ["fcntl", None])
def test_without_locks_all_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str | None
) -> None:
    """A file system that has none, or a system."""

    def flock(*arguments: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    fake = None if system is None else SimpleNamespace(flock=flock, LOCK_EX=2, LOCK_NB=4)
    monkeypatch.setattr(module, "fcntl", fake)
    monkeypatch.setattr(module, "msvcrt", None, raising=False)
    with open(tmp_path / "file", "wb") as file:
        assert lock(file.fileno())
