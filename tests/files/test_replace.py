"""The file beside the file, what a kill leaves of it, and links."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import IO

import pytest

from recodec._files import links, tree
from recodec._files.beside import NOTE, SUFFIX, work_name
from recodec._files.links import finish, link_all
from recodec._files.replace import Replacement, remove_leftover

pytestmark = pytest.mark.skipif(os.name == "nt", reason="locks and links of POSIX")


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    return path


def test_work_names_fit_any_file_system() -> None:
    for name in ("a", "ж" * 120, "x" * 255, "\U0001f600" * 60, "caf\udce9"):
        for suffix in (SUFFIX, NOTE):
            made = os.path.basename(work_name(f"/d/{name}", suffix))
            assert made.startswith(".") and made.endswith(suffix)
            assert len(os.fsencode(made)) <= 255
    assert work_name("/d/" + "x" * 254, SUFFIX) != work_name("/d/" + "x" * 253, SUFFIX)


def test_leftover_of_a_dead_process_is_taken_away(path: Path) -> None:
    left = path.with_name(".file.recodec-new")
    left.write_bytes(b"half")
    with Replacement(str(path)) as new:
        assert new.leftover
        assert left.read_bytes() == b""
    assert not left.exists()
    assert path.read_bytes() == b"old"


def test_two_at_once_do_not_meet(path: Path) -> None:
    with Replacement(str(path)) as new:
        with pytest.raises(OSError, match="another process is converting"):
            Replacement(str(path))
        assert not remove_leftover(new.path)
        new.file.write(b"new")
        new.prepare(str(path), times=True)
        new.commit()
    assert path.read_bytes() == b"new"
    assert os.listdir(path.parent) == ["file"]


@pytest.mark.parametrize("kind", ["directory", "symlink", "pipe"])
def test_what_stands_in_the_way_is_not_removed(path: Path, kind: str) -> None:
    """Somebody may have put a link there that leads to a file that matters."""
    way = path.with_name(".file.recodec-new")
    precious = path.with_name("precious")
    precious.write_bytes(b"precious")
    if kind == "directory":
        way.mkdir()
    elif kind == "symlink":
        way.symlink_to(precious)
    else:
        os.mkfifo(way)
    with pytest.raises(OSError, match="in the way and not a regular file"):
        Replacement(str(path))
    assert os.path.lexists(way)
    assert precious.read_bytes() == b"precious"


def test_folder_that_is_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(PermissionError):
        Replacement(str(path))


# -- Hard links ------------------------------------------------------------------------------------


@pytest.fixture(name="linked")
def _linked(path: Path) -> tuple[Path, list[str]]:
    """The new file, and the three names of the old one."""
    (path.parent / "sub").mkdir()
    names = [path, path.parent / "sub" / "b", path.parent / "c"]
    for name in names[1:]:
        os.link(path, name)
    new = path.with_name(".file.recodec-new")
    new.write_bytes(b"new")
    return new, [str(name) for name in names]


def texts(names: list[str]) -> set[bytes]:
    return {Path(name).read_bytes() for name in names}


def hidden(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob(".*"))


def test_all_names_get_the_new_file(linked, tmp_path: Path) -> None:
    new, names = linked
    link_all(str(new), names)
    assert texts(names) == {b"new"}
    assert os.stat(names[0]).st_nlink == 3
    assert hidden(tmp_path) == []


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at", range(12))
def test_kill_between_two_names_is_made_good(linked, tmp_path: Path, monkeypatch, at: int) -> None:
    """Each call that changes the folder is one where the process may end."""
    new, names = linked
    calls = 0

    def dying(real):
        def call(*arguments: object, **more: object) -> object:
            nonlocal calls
            if calls == at:
                raise Killed
            calls += 1
            return real(*arguments, **more)

        return call

    with monkeypatch.context() as patch:
        for name in ("link", "replace", "unlink", "fsync"):
            patch.setattr(os, name, dying(getattr(os, name)))
        try:
            link_all(str(new), names)
        except Killed:
            pass
        else:
            assert at > 8
    for name in names:
        assert Path(name).read_bytes() in (b"old", b"new")
    notes = list(tmp_path.glob(f".*{NOTE}"))
    for left in sorted(tmp_path.rglob(".*")):
        tree.sweep(str(left))
    assert hidden(tmp_path) == []
    assert len(texts(names)) == 1
    assert len({os.stat(name).st_ino for name in names}) == 1
    assert texts(names) == {b"new"} or at == 0 or not notes


def test_next_conversion_of_one_name_makes_it_good_as_well(linked, tmp_path: Path) -> None:
    """Without a walk over the folder, which would have found the note."""
    new, names = linked
    real = os.link
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", lambda *a: real(*a) if "file" in a[1] else kill())
        with pytest.raises(Killed):
            link_all(str(new), names)
    assert texts(names) == {b"old", b"new"}
    with Replacement(names[0]) as again:
        assert again.leftover
        assert texts(names) == {b"new"}
    assert hidden(tmp_path) == []


def kill() -> None:
    raise Killed


def test_note_of_a_live_process_is_left_to_it(linked, tmp_path: Path) -> None:
    new, names = linked
    new.unlink()
    note = tmp_path / f".file{NOTE}"
    with Replacement(names[0]):
        note.write_text("{")
        assert tree.sweep(str(note)) is None
        assert note.exists()
    note.unlink()


def test_note_cut_short(linked, tmp_path: Path) -> None:
    _, names = linked
    note = tmp_path / f".file{NOTE}"
    note.write_text('{"old": [1, 2')
    assert finish(str(note)) is False
    assert texts(names) == {b"old"}
    assert hidden(tmp_path) == []


def write_note(new: Path, names: list[str]) -> Path:
    """What a run leaves that was killed before the first link."""
    seen = os.stat(names[0])
    fresh = os.stat(new)
    note = new.with_name(f".file{NOTE}")
    note.write_text(
        json.dumps(
            {
                "old": [seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns],
                "new": [fresh.st_dev, fresh.st_ino],
                "names": [os.fsencode(os.path.relpath(n, new.parent)).hex() for n in names],
            }
        )
    )
    return note


def test_note_of_another_user_is_not_believed(linked, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that others may write to, it could name any file of ours."""
    new, names = linked
    note = write_note(new, names)
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: os.stat(note).st_uid + 1)
        for _ in range(2):
            with pytest.raises(PermissionError, match="note of another user"):
                tree.sweep(str(note))
    assert texts(names) == {b"old"}
    assert new.read_bytes() == b"new"
    assert finish(str(note)) is True
    assert texts(names) == {b"new"}


@pytest.mark.parametrize("kind", ["pipe", "symlink"])
def test_note_that_is_none(linked, kind: str) -> None:
    new, names = linked
    note = new.with_name(f".file{NOTE}")
    if kind == "pipe":
        os.mkfifo(note)  # reading it would wait for ever
        assert finish(str(note)) is False
    else:
        write_note(new, names).rename(new.with_name("elsewhere"))
        note.symlink_to("elsewhere")
        with pytest.raises(OSError, match=r"symbolic link"):
            finish(str(note))
    assert texts(names) == {b"old"}


def test_name_that_was_changed_since_keeps_what_it_has(linked, tmp_path: Path) -> None:
    new, names = linked
    note = write_note(new, names)
    os.unlink(names[1])
    Path(names[1]).write_bytes(b"another")
    assert finish(str(note)) is True
    assert Path(names[1]).read_bytes() == b"another"
    assert texts([names[0], names[2]]) == {b"new"}
    assert hidden(tmp_path) == []


def test_error_at_the_first_name_leaves_nothing(linked, monkeypatch: pytest.MonkeyPatch) -> None:
    new, names = linked
    new.unlink()
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError), Replacement(names[0]) as again:
        again.file.write(b"new")
        again.commit(names)
    assert texts(names) == {b"old"}
    assert hidden(new.parent) == []


@pytest.mark.parametrize("error", [PermissionError, KeyboardInterrupt])
def test_error_between_two_names_is_made_good(
    linked, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """The names would part, and the next run would make two files of one."""
    new, names = linked
    new.unlink()
    real = os.replace

    def replace(old: str, name: str) -> None:
        if name != names[0]:
            raise error
        real(old, name)

    with monkeypatch.context() as patch, pytest.raises(error):
        patch.setattr(os, "replace", replace)
        with Replacement(names[0]) as again:
            again.file.write(b"new")
            again.commit(names)
    assert texts(names) == {b"old", b"new"}
    for left in hidden(new.parent):
        tree.sweep(str(new.with_name(left)))
    assert texts(names) == {b"new"}
    assert len({os.stat(name).st_ino for name in names}) == 1
    assert hidden(new.parent) == []


def refuse(*arguments: object) -> None:
    raise PermissionError(errno.EACCES, "Access is denied")


def test_note_of_a_run_that_had_nothing_left_to_link(linked) -> None:
    """Killed after its work file went and before the note did."""
    new, names = linked
    work_note = new.with_name(f".file{NOTE}")
    work_note.write_text("{}")
    link_all(str(new), names)
    assert texts(names) == {b"new"}
    assert hidden(new.parent) == []


def test_work_file_that_another_took_away(linked, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows it has to be closed before it is renamed, and its lock ends with that."""
    new, names = linked
    monkeypatch.setattr(links, "sync_folder", lambda folder: new.unlink(missing_ok=True))
    with pytest.raises(OSError, match="another process"):
        link_all(str(new), names)
    assert texts(names) == {b"old"}
    assert hidden(new.parent) == []


# -- Backups ---------------------------------------------------------------------------------------


def test_backup_by_a_copy_is_taken_for_one_again(path: Path, no_links: None) -> None:
    """The run was killed between the copy and the rename."""
    with Replacement(str(path)) as new:
        new.file.write(b"new")
        path.with_name("file.old").write_bytes(b"old")
        new.commit(backup=f"{path}.old")
    assert path.read_bytes() == b"new"
    assert path.with_name("file.old").read_bytes() == b"old"


def test_half_a_backup_does_not_stay(
    path: Path, no_links: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: IO[bytes], copy: IO[bytes]) -> None:
        copy.write(source.read(1))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space"), Replacement(str(path)) as new:
        new.commit(backup=f"{path}.old")
    assert os.listdir(path.parent) == ["file"]
    assert path.read_bytes() == b"old"


@pytest.fixture(name="no_links")
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(old: str, new: str) -> None:
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, "File exists", old, new)
        raise OSError(errno.EPERM, "Operation not permitted", old, new)

    monkeypatch.setattr(os, "link", refused)
