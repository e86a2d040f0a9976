"""Files that are open or read-only, where the system replaces and removes neither: Windows.

Elsewhere the system's calls are made to refuse what Windows refuses.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import recodec
from recodec._files import convert, replace
from recodec._files.beside import SUFFIX, work_name
from recodec._files.replace import Replacement, in_use, remove_leftover, take_after
from recodec.files import recode_file
from recodec.mail import _mailbox, recode_mailbox

needs_proc = pytest.mark.skipif(
    os.name != "nt" and not os.path.isdir("/proc/self/fd"), reason="nothing says what is open"
)
pytestmark = needs_proc

RUSSIAN = "Привет, как твои дела сегодня?\n"
MESSAGE = (
    "From: a@example.org\nSubject: x\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n" + RUSSIAN
)


def is_open(path: str) -> bool:
    seen = os.stat(path)
    for number in os.listdir("/proc/self/fd"):
        try:
            if os.path.samestat(os.fstat(int(number)), seen):
                return True
        except OSError:
            continue
    return False


@pytest.fixture(name="windows", autouse=True)
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        return
    renamed, unlink, opened = os.replace, os.unlink, os.open

    def refuse(path: Any) -> None:
        if os.path.lexists(path) and (is_open(path) or not os.stat(path).st_mode & stat.S_IWUSR):
            raise PermissionError(errno.EACCES, "Access is denied", path)

    def careful_replace(source: Any, target: Any) -> None:
        if is_open(source):
            raise PermissionError(errno.EACCES, "Access is denied", source)
        refuse(target)
        renamed(source, target)

    def careful_unlink(path: Any, **options: Any) -> None:
        refuse(path)
        unlink(path, **options)

    def careful_open(path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY) and not flags & os.O_EXCL and os.path.isfile(path):
            mode = os.stat(path).st_mode
            if not mode & stat.S_IWUSR:
                raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path, flags, *rest, **options)

    def access(path: Any, mode: int) -> bool:
        return mode != os.W_OK or bool(os.stat(path).st_mode & stat.S_IWUSR)  # root may do all

    monkeypatch.setattr(os, "replace", careful_replace)
    monkeypatch.setattr(os, "unlink", careful_unlink)
    monkeypatch.setattr(os, "open", careful_open)
    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(replace, "WINDOWS", True)
    monkeypatch.setattr(_mailbox, "WINDOWS", True)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "file.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    return path


@pytest.mark.parametrize("backup", [None, ".old"])
def test_a_file_is_converted_in_place(path: Path, backup: str | None) -> None:
    assert recode_file(path, backup=backup).changed
    assert path.read_bytes() == RUSSIAN.encode()
    assert sorted(os.listdir(path.parent)) == ["file.txt"] + (["file.txt.old"] if backup else [])


def test_a_mailbox_is_recoded_in_place(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(b"From a@example.org Thu Jan  1 00:00:00 2026\n" + MESSAGE.encode("koi8-r"))
    assert recode_mailbox(box, box).changed == 1
    assert RUSSIAN.encode() in box.read_bytes()
    assert os.listdir(tmp_path) == ["box"]


@pytest.mark.parametrize("name", ["message.eml", "1"])
def test_a_message_is_recoded_in_place(tmp_path: Path, name: str) -> None:
    message = tmp_path / name
    message.write_bytes(MESSAGE.encode("koi8-r"))
    assert recode_mailbox(tmp_path, tmp_path).changed == 1
    assert RUSSIAN.encode() in message.read_bytes()
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_leftover_is_removed(path: Path, mode: int) -> None:
    left = Path(work_name(str(path), SUFFIX))
    left.write_bytes(b"half")
    left.chmod(mode)
    assert recode_file(path).changed
    assert os.listdir(path.parent) == ["file.txt"]


def test_nothing_is_left_of_an_error_at_the_end(path: Path) -> None:
    with open(path, "rb"), pytest.raises(PermissionError):
        recode_file(path)
    assert os.listdir(path.parent) == ["file.txt"]
    assert path.read_bytes() == RUSSIAN.encode("cp1251")


def test_what_another_is_about_to_replace_is_left_alone(path: Path) -> None:
    with Replacement(str(path)) as new:
        with pytest.raises(OSError, match="another process is converting this file") as refused:
            recode_file(path)
        assert refused.value.errno == errno.EBUSY
        assert in_use(new.path)
        assert not remove_leftover(new.path)
        new.file.write(b"new")
        new.commit()
    assert path.read_bytes() == b"new"
    assert os.listdir(path.parent) == ["file.txt"]


def test_a_file_that_is_read_only_stays(path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(PermissionError, match="is read-only"):
        recode_file(path)
    assert os.listdir(path.parent) == ["file.txt"]
    assert path.read_bytes() == RUSSIAN.encode("cp1251")


def test_a_copy_of_what_is_read_only(path: Path) -> None:
    path.chmod(0o400)
    assert recode_file(path, output=path.with_name("copy")).changed
    assert not path.with_name("copy").stat().st_mode & stat.S_IWUSR
    path.with_name("copy").chmod(0o600)


def test_a_text_file_is_written_over_what_was_read(path: Path) -> None:
    with recodec.open(path) as file:
        text = file.read()
    with recodec.open(path, "w", encoding="utf-8") as file:
        file.write(text)
    assert path.read_bytes() == RUSSIAN.encode()


def test_mode_by_path_need_not_be_the_mode_of_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows what ends in .bat is executable by its path, and not as an open file."""
    fstat: Callable[[int], os.stat_result] = os.fstat

    def without_path(handle: int) -> os.stat_result:
        seen = fstat(handle)
        changed = list(seen.__reduce__()[1][0])  # type: ignore[index]
        changed[0] &= ~0o111
        return os.stat_result(changed, seen.__reduce__()[1][1])  # type: ignore[index]

    path.chmod(0o700)
    monkeypatch.setattr(convert.os, "fstat", without_path)
    assert recode_file(path).changed


def test_time_stays_new_without_extended_attributes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS, where shutil.copystat copies the times as well."""
    monkeypatch.delattr(os, "listxattr", raising=False)
    monkeypatch.setattr(shutil, "_copyxattr", lambda *_, **__: None, raising=False)
    os.utime(path, (1_000_000, 1_000_000))
    new = path.with_name("new")
    new.write_bytes(b"")
    take_after(str(new), str(path), times=False)
    assert new.stat().st_mtime > 1_000_000
    take_after(str(new), str(path), times=True)
    assert new.stat().st_mtime == 1_000_000


def test_backup_where_there_are_no_hard_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object) -> None:
        raise OSError(errno.EINVAL, "Incorrect function")  # FAT on Windows

    monkeypatch.setattr(os, "link", refused)
    assert recode_file(path, backup=".old").changed
    assert path.with_name("file.txt.old").read_bytes() == RUSSIAN.encode("cp1251")
