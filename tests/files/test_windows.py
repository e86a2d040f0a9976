"""What Windows refuses for a moment, and what it forgets."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from recodec._files import windows
from recodec._files.replace import Replacement
from recodec.files import recode_file, recode_tree

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n" * 4
HIDDEN, SYSTEM, ARCHIVE, NOT_INDEXED = 0x2, 0x4, 0x20, 0x2000

only_windows = pytest.mark.skipif(os.name != "nt", reason="Windows only")


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "file.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    return path


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is slept, in seconds, on a Windows that refuses as often as a test says."""
    slept: list[float] = []
    monkeypatch.setattr(windows, "WINDOWS", True)
    monkeypatch.setattr(windows.time, "sleep", slept.append)
    return slept


def refuse(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    real = os.replace
    left = [times]

    def replace(old: str, new: str) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, "Access is denied", old)
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)


def test_who_has_it_open_for_a_moment_is_waited_for(
    path: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, 3)
    with Replacement(str(path)) as new:
        new.file.write(b"new")
        new.commit()
    assert path.read_bytes() == b"new"
    assert waits == [0.001, 0.002, 0.004]


def test_who_keeps_it_open_is_waited_for_a_second(
    path: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, 1000)
    with pytest.raises(PermissionError), Replacement(str(path)) as new:
        new.file.write(b"new")
        new.commit()
    assert path.read_bytes() == RUSSIAN.encode("cp1251")
    assert os.listdir(path.parent) == ["file.txt"]
    assert 1 < sum(waits) < 1.1


def test_nobody_is_waited_for_elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "WINDOWS", False)
    refuse(monkeypatch, 1)
    with pytest.raises(PermissionError), Replacement(str(path)) as new:
        new.commit()


@only_windows
def test_a_file_that_a_scanner_holds(path: Path) -> None:
    opened = threading.Event()
    converted = threading.Event()

    def scan() -> None:
        with open(path, "rb"):
            opened.set()
            converted.wait(0.2)

    scanner = threading.Thread(target=scan)
    scanner.start()
    opened.wait()
    assert recode_file(path).changed
    converted.set()
    scanner.join()
    assert path.read_bytes() == RUSSIAN.encode()


@only_windows
@pytest.mark.parametrize("attributes", [HIDDEN, SYSTEM | HIDDEN, NOT_INDEXED, ARCHIVE])
def test_attributes_are_kept(path: Path, attributes: int) -> None:
    import ctypes

    kernel = ctypes.WinDLL("kernel32")
    assert kernel.SetFileAttributesW(ctypes.c_wchar_p(str(path)), attributes)
    before = os.stat(path).st_file_attributes
    recode_tree(path, touch=True)
    assert path.read_bytes() == RUSSIAN.encode()
    assert os.stat(path).st_file_attributes == before
