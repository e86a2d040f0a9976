"""Trees of files: what becomes of each, links, journals, progress, several threads."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

import recodec
from recodec import DecodeError, EncodeError, OptionError, files
from recodec.files import TreeProgress, recode_tree
from recodec.mail import recode_mailbox

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n" * 4
JAPANESE = "これは日本語の文章です。文字コードを調べます。\n" * 4
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4

links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / "sub").mkdir(parents=True)
    (root / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (root / "b.txt").write_bytes(JAPANESE.encode("euc_jp"))
    (root / "c.txt").write_bytes(RUSSIAN.encode())
    (root / "sub" / "d.txt").write_bytes(RUSSIAN.encode("koi8-r"))
    (root / "sub" / "e.png").write_bytes(PNG)
    return root


def by_name(answers: list[recodec.Recoded]) -> dict[str, recodec.Recoded]:
    return {os.path.basename(answer.path): answer for answer in answers}


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("threads", [1, 3])
def test_every_file_is_told_of(tree: Path, threads: int) -> None:
    answers = recode_tree(tree, threads=threads)
    assert [os.path.basename(answer.path) for answer in answers] == [
        "a.txt", "b.txt", "c.txt", "d.txt", "e.png",
    ]  # fmt: skip
    found = by_name(answers)
    assert [found[name].from_ for name in ("a.txt", "b.txt", "c.txt", "d.txt", "e.png")] == [
        "cp1251", "euc_jp", "utf-8", "koi8-r", None,
    ]  # fmt: skip
    assert [answer.changed for answer in answers] == [True, True, False, True, False]
    assert found["e.png"].skipped == "binary (png)"
    assert found["a.txt"].bytes_out == len(RUSSIAN.encode())
    assert contents(tree) == {
        "a.txt": RUSSIAN.encode(),
        "b.txt": JAPANESE.encode(),
        "c.txt": RUSSIAN.encode(),
        "sub/d.txt": RUSSIAN.encode(),
        "sub/e.png": PNG,
    }


def test_few_files_are_worked_on_at_once_too(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"\x98")  # not a character of cp1251
    both = threading.Barrier(2, timeout=20)

    def wait(error: UnicodeError) -> tuple[str, int]:
        both.wait()
        return "?", error.end  # type: ignore[attr-defined]

    answers = recode_tree(tmp_path, from_="cp1251", errors=wait, threads=2)
    assert [answer.error for answer in answers] == [None, None]


def test_second_run_writes_nothing(tree: Path) -> None:
    recode_tree([tree])
    before = {p: p.stat() for p in tree.rglob("*")}
    answers = recode_tree([tree])
    assert not any(answer.changed for answer in answers)
    after = {p: p.stat() for p in tree.rglob("*")}
    assert {p: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for p, s in after.items()} == {
        p: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for p, s in before.items()
    }


def test_errors_are_answers_and_stop_nothing(tree: Path) -> None:
    (tree / "a.txt").write_bytes(b"caf\xff")
    before = contents(tree)
    answers = by_name(recode_tree([tree, tree / "gone"], "koi8-r", "utf-8"))
    assert isinstance(answers["gone"].error, FileNotFoundError)
    assert isinstance(answers["a.txt"].error, DecodeError)
    assert isinstance(answers["e.png"].error, DecodeError)
    assert answers["c.txt"].changed
    del before["c.txt"]
    after = contents(tree)
    assert after.pop("c.txt") == RUSSIAN.encode("koi8-r")
    assert after == before


def test_lost_characters_are_counted(tree: Path) -> None:
    answer = by_name(recode_tree(tree, "latin-1", errors="replace", dry_run=True))["c.txt"]
    assert answer.replaced == sum(ord(character) > 0xFF for character in RUSSIAN)
    assert isinstance(by_name(recode_tree(tree, "latin-1"))["c.txt"].error, EncodeError)


def test_dry_run_counts_and_writes_nothing(tree: Path) -> None:
    before = contents(tree)
    answers = recode_tree(tree, dry_run=True)
    assert [answer.changed for answer in answers] == [True, True, False, True, False]
    assert contents(tree) == before
    assert recode_tree(tree, output=tree / "new", dry_run=True)[0].changed
    assert contents(tree) == before


def test_mirrored_tree(tree: Path, tmp_path: Path) -> None:
    answers = recode_tree(tree, "koi8-r", output=tmp_path / "new", allow=["cyrillic-codes"][:0])
    assert contents(tmp_path / "new")["sub/d.txt"] == RUSSIAN.encode("koi8-r")
    assert by_name(answers)["a.txt"].output == str(tmp_path / "new" / "a.txt")
    assert (tree / "a.txt").read_bytes() == RUSSIAN.encode("cp1251")
    assert recode_tree(tree / "a.txt", output=tree)[0].error is not None


@pytest.mark.parametrize("threads", [1, 3])
def test_folders_that_nothing_is_written_into_do_not_stay(tree: Path, threads: int) -> None:
    (tree / "sub" / "d.txt").unlink()
    (tree / "old").mkdir()
    recode_tree(tree, output=tree / "new" / "deep", threads=threads)
    assert sorted(contents(tree / "new" / "deep")) == ["a.txt", "b.txt", "c.txt"]
    assert not (tree / "new" / "deep" / "sub").exists()
    recode_tree(tree / "sub", output=tree / "other" / "deep", threads=threads)
    assert not (tree / "other").exists()
    recode_tree(tree / "sub", output=tree / "old", threads=threads)
    assert (tree / "old").is_dir(), "it was there before"


def test_file_in_the_place_of_a_folder(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    answers = recode_tree(tree / "sub", output=tmp_path / "file" / "new")
    for answer in answers:
        assert isinstance(answer.error, FileExistsError)
        assert str(answer.error.strerror).startswith(f"cannot make {tmp_path / 'file' / 'new'}: ")


def test_filters(tree: Path) -> None:
    answers = recode_tree(tree, include=["*.txt"], exclude=["sub/"])
    assert list(by_name(answers)) == ["a.txt", "b.txt", "c.txt"]
    with pytest.raises(OptionError, match="open bracket"):
        recode_tree(tree, include=["["])


def test_a_glob_by_itself_is_one_glob(tree: Path) -> None:
    answers = recode_tree(tree, include="*.png", dry_run=True)
    assert list(by_name(answers)) == ["e.png"]
    answers = recode_tree(tree, exclude="*.txt", dry_run=True)
    assert list(by_name(answers)) == ["e.png"]


def test_options_that_make_no_sense(tree: Path) -> None:
    for wrong in ({"threads": 0}, {"hard_links": "cut"}, {"errors": "x"}, {"bom": "x"}):
        with pytest.raises(OptionError):
            recode_tree(tree, **wrong)  # type: ignore[arg-type]
    with pytest.raises(recodec.UnknownCharsetError):
        recode_tree(tree, "no-such")
    assert (tree / "a.txt").read_bytes() == RUSSIAN.encode("cp1251")


# -- Links -----------------------------------------------------------------------------------------


@links
def test_hard_links_stay_one_file(tree: Path) -> None:
    os.link(tree / "a.txt", tree / "sub" / "also.txt")
    os.link(tree / "a.txt", tree / "sub" / "again.txt")
    answers = recode_tree(tree)
    assert len([a for a in answers if a.path.endswith(("a.txt", "also.txt", "again.txt"))]) == 1
    inodes = {(tree / n).stat().st_ino for n in ("a.txt", "sub/also.txt", "sub/again.txt")}
    assert len(inodes) == 1
    assert (tree / "a.txt").stat().st_nlink == 3
    assert (tree / "sub" / "again.txt").read_bytes() == RUSSIAN.encode()
    assert not [p for p in tree.rglob(".*")]


@links
def test_hard_link_from_elsewhere_keeps_the_file_from_change(tree: Path, tmp_path: Path) -> None:
    os.link(tree / "a.txt", tmp_path / "outside.txt")
    answer = by_name(recode_tree(tree))["a.txt"]
    assert answer.skipped == "1 hard link to it from elsewhere would keep the old text"
    assert (tmp_path / "outside.txt").read_bytes() == RUSSIAN.encode("cp1251")
    assert recodec.recode_file(tree / "a.txt").skipped == answer.skipped
    answer = by_name(recode_tree(tree, hard_links="break"))["a.txt"]
    assert answer.changed
    assert (tree / "a.txt").read_bytes() == RUSSIAN.encode()
    assert (tmp_path / "outside.txt").read_bytes() == RUSSIAN.encode("cp1251")


@links
def test_file_with_links_that_is_right_is_no_problem(tree: Path, tmp_path: Path) -> None:
    os.link(tree / "c.txt", tmp_path / "outside.txt")
    assert by_name(recode_tree(tree))["c.txt"].skipped is None


@links
def test_symbolic_link_stays_and_its_target_is_converted_once(tree: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(RUSSIAN.encode("cp1251"))
    (tree / "l1.txt").symlink_to(target)
    (tree / "l2.txt").symlink_to("a.txt")
    # By a given name a second conversion of the same file would spoil it.
    recode_tree(tree, from_="cp1251", include=["l?.txt", "a.txt"])
    assert target.read_bytes() == (tree / "a.txt").read_bytes() == RUSSIAN.encode()
    assert os.readlink(tree / "l1.txt") == str(target)
    assert os.readlink(tree / "l2.txt") == "a.txt"


# -- Twice -----------------------------------------------------------------------------------------


def test_what_is_utf_8_is_not_converted_a_second_time(tree: Path) -> None:
    """With a given encoding nothing else would tell, and the text would become mojibake."""
    recode_tree(tree / "a.txt", from_="cp1251")
    (answer,) = recode_tree(tree / "a.txt", from_="cp1251")
    assert answer.skipped == "valid UTF-8 and not cp1251: it seems to be converted already"
    assert (tree / "a.txt").read_bytes() == RUSSIAN.encode()


def test_backups_are_kept_and_never_converted(tree: Path) -> None:
    for _ in range(2):
        recode_tree(tree, backup=".bak")
        assert (tree / "a.txt").read_bytes() == RUSSIAN.encode()
        assert (tree / "a.txt.bak").read_bytes() == RUSSIAN.encode("cp1251")
        assert not (tree / "c.txt.bak").exists()


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not have")
def test_suffix_of_backups_is_no_glob(tree: Path) -> None:
    """`*[cb]` would leave out every file whose name ends in one of these letters."""
    (tree / "doc").write_bytes(RUSSIAN.encode("cp1251"))
    for _ in range(2):
        recode_tree(tree, backup="[cb]*")
        assert (tree / "doc").read_bytes() == RUSSIAN.encode()
        assert (tree / "doc[cb]*").read_bytes() == RUSSIAN.encode("cp1251")


def test_backup_is_never_written_over(tree: Path) -> None:
    (tree / "a.txt.bak").write_bytes(b"precious")
    answer = by_name(recode_tree(tree, backup=".bak"))["a.txt"]
    assert isinstance(answer.error, FileExistsError)
    assert (tree / "a.txt.bak").read_bytes() == b"precious"
    assert (tree / "a.txt").read_bytes() == RUSSIAN.encode("cp1251")
    assert not [p for p in tree.rglob(".*")]


# -- What it keeps ---------------------------------------------------------------------------------


def test_times_unless_touched(tree: Path) -> None:
    os.utime(tree / "a.txt", ns=(10**18 + 100, 10**18 + 200))
    recode_tree(tree / "a.txt")
    assert (tree / "a.txt").stat().st_mtime_ns == 10**18 + 200
    recode_tree(tree / "a.txt", "koi8-r", touch=True)
    assert (tree / "a.txt").stat().st_mtime_ns > 10**18 + 200


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
def test_mode_and_extended_attributes(tree: Path) -> None:
    path = tree / "a.txt"
    path.chmod(0o4751)
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    recode_tree(path)
    assert os.getxattr(path, "user.note") == b"kept"
    assert stat.S_IMODE(path.stat().st_mode) == 0o4751


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_owner(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tree / "a.txt"
    give = os.chown
    give(path, 12345, 23456)
    recode_tree(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)

    def refused(*arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    (answer,) = recode_tree(path, "koi8-r")
    assert isinstance(answer.error, PermissionError)
    assert "the owner or group of a.txt could not be kept" in str(answer.error)
    assert path.read_bytes() == RUSSIAN.encode()

    path.chmod(0o4750)
    copy = tree / "copy.txt"
    assert recodec.recode_file(path, "koi8-r", output=copy).changed, "a file of the one who calls"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o750
    box = tree / "mail.eml"
    box.write_bytes(b"Subject: \xef\n\n" + RUSSIAN.encode("cp1251"))
    give(box, 12345, 23456)
    for source, target in ((box, tree / "new.eml"), (tree, tree.with_name("all"))):
        report = recode_mailbox(source, target)
        assert report.changed and not report.problems


# -- Journal ---------------------------------------------------------------------------------------


class Enough(Exception):
    pass


def stop_after(count: int):
    def progress(done: TreeProgress) -> None:
        if done.files_done >= count:
            raise Enough

    return progress


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from recodec._files import tree as _tree

    monkeypatch.setattr(_tree, "_WAIT", 0.0)  # a word of progress after every file
    root = tmp_path / "many"
    root.mkdir()
    for number in range(20):
        (root / f"{number:02}.txt").write_bytes(RUSSIAN.encode("cp1251"))
    return root


@pytest.mark.parametrize("threads", [1, 3])
def test_journal_lets_a_run_go_on(many: Path, tmp_path: Path, threads: int) -> None:
    """A file that was cp1251 and is UTF-8 now is not read as cp1251 again, nor read at all."""
    journal = tmp_path / "state" / "journal"
    with pytest.raises(Enough):
        recode_tree(many, from_="cp1251", journal=journal, threads=threads, progress=stop_after(7))
    done = [p for p in many.iterdir() if p.read_bytes() == RUSSIAN.encode()]
    assert 7 <= len(done) <= 20
    assert not [p for p in many.rglob(".*")]
    answers = recode_tree(many, from_="cp1251", journal=journal)
    assert len(answers) == 20
    assert [a.skipped for a in answers if a.skipped] == []
    assert sum(answer.changed for answer in answers) == 20 - len(done)
    assert {p.read_bytes() for p in many.iterdir()} == {RUSSIAN.encode()}
    assert not journal.exists()


def test_journal_in_the_folder_that_is_made(many: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert all(one.error is None for one in recode_tree(many, output=new, journal=new / "journal"))
    assert len(contents(new)) == len(contents(many))


def test_journal_stays_while_something_is_left_to_do(many: Path, tmp_path: Path) -> None:
    (many / "bad.txt").write_bytes(b"\x98")  # not a character of cp1251
    journal = tmp_path / "journal"
    for changed in (20, 0):
        answers = recode_tree(many, from_="cp1251", journal=journal)
        assert sum(answer.changed for answer in answers) == changed
        assert [answer.error is None for answer in answers].count(False) == 1
        assert journal.exists()


def test_journal_of_another_run_is_refused(many: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with pytest.raises(Enough):
        recode_tree(many, from_="cp1251", journal=journal, progress=stop_after(3))
    with pytest.raises(OptionError, match="other options"):
        recode_tree(many, from_="koi8-r", journal=journal)
    for letter in ("Dear Sir\n\n", "\nDear Sir", "recodec\n"):
        (tmp_path / "letter").write_text(letter)
        with pytest.raises(OptionError, match="not a journal"):
            recode_tree(many, journal=tmp_path / "letter")
        assert (tmp_path / "letter").read_text() == letter


def test_file_edited_since_is_converted_again(many: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with pytest.raises(Enough):
        recode_tree(many, "koi8-r", journal=journal, progress=stop_after(3))
    (many / "00.txt").write_bytes(RUSSIAN.encode("utf-16"))
    recode_tree(many, "koi8-r", journal=journal)
    assert {p.read_bytes() for p in many.iterdir()} == {RUSSIAN.encode("koi8-r")}


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_journal_cut_short_by_a_crash(many: Path, tmp_path: Path, cut: int) -> None:
    journal = tmp_path / "journal"
    with pytest.raises(Enough):
        recode_tree(many, "koi8-r", journal=journal, progress=stop_after(3))
    data = journal.read_bytes()
    journal.write_bytes(data[:-cut])
    recode_tree(many, "koi8-r", journal=journal)
    assert {p.read_bytes() for p in many.iterdir()} == {RUSSIAN.encode("koi8-r")}


@pytest.mark.parametrize("size", [0, 1, 17, 18, 30, -1, -40])
def test_journal_goes_on_in_whole_lines_where_it_was_cut(
    many: Path, tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is appended to half a line would be lost with it."""
    from recodec._files import tree as _tree

    monkeypatch.setattr(_tree, "_FEW", 100)  # one file after the other, so that each run has some
    journal = tmp_path / "journal"
    for enough in (3, 12):
        with pytest.raises(Enough):
            recode_tree(many, "koi8-r", journal=journal, progress=stop_after(enough))
        magic, _options, *lines = journal.read_bytes().splitlines(keepends=True)
        assert magic == b"recodec-journal 1\n"
        assert lines and all(len(line.split()) == 5 and line.endswith(b"\n") for line in lines)
        journal.write_bytes(journal.read_bytes()[:size])
    recode_tree(many, "koi8-r", journal=journal)
    assert {p.read_bytes() for p in many.iterdir()} == {RUSSIAN.encode("koi8-r")}


@pytest.mark.skipif(os.name == "nt", reason="no locks there")
def test_journal_in_use(many: Path, tmp_path: Path) -> None:
    from recodec._files.journal import Journal

    with Journal(str(tmp_path / "journal"), {}), pytest.raises(OSError, match="another process"):
        recode_tree(many, journal=tmp_path / "journal")


# -- Progress --------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 2])
def test_progress_counts_up_to_the_whole(many: Path, threads: int) -> None:
    seen: list[TreeProgress] = []
    me = threading.get_ident()

    def progress(done: TreeProgress) -> None:
        assert threading.get_ident() == me
        seen.append(done)

    recode_tree(many, threads=threads, progress=progress)
    last = seen[-1]
    assert (last.files_done, last.files) == (20, 20)
    assert last.bytes_done == last.bytes == 20 * len(RUSSIAN.encode("cp1251"))
    assert [p.files_done for p in seen] == sorted(p.files_done for p in seen)


def test_interrupt_in_the_middle_of_a_file(tmp_path: Path, monkeypatch) -> None:
    from recodec._files import tree as _tree

    monkeypatch.setattr(_tree, "_WAIT", 0.0)
    path = tmp_path / "big"
    data = RUSSIAN.encode("cp1251") * 10_000
    path.write_bytes(data)

    def progress(done: TreeProgress) -> None:
        if 0 < done.bytes_done < done.bytes:
            assert (tmp_path / ".big.recodec-new").exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recode_tree(path, from_="cp1251", progress=progress)
    assert os.listdir(tmp_path) == ["big"]
    assert path.read_bytes() == data


def test_names_are_public() -> None:
    assert files.TreeProgress is TreeProgress
    assert recodec.files.recode_tree is recode_tree


def test_a_full_disk_below_the_journal_is_said_of_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was buffered failed once more when the file was closed, without a name."""
    from recodec._files import journal as _journal

    def full(number: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(_journal.os, "write", full)
    with pytest.raises(OSError) as caught:
        _journal.Journal(str(tmp_path / "journal"), {})
    assert caught.value.filename == str(tmp_path / "journal")
