"""`recodec convert` on trees while the worst happens: kills, full disks, files that go away.

Every file must be whole in its old encoding or in the new one, whatever the moment.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n"
KILLS = int(os.environ.get("RECODEC_KILLS", "60"))  # 200 take half a minute
FILES = 24

resource = pytest.importorskip("resource", reason="signals, limits and mounts of POSIX")


def make(root: Path, files: int = FILES, lines: int = 60) -> dict[str, str]:
    """Text files in windows-1251; names and texts."""
    texts = {}
    for number in range(files):
        text = f"{number}\r\n" + RUSSIAN * (1 + number * lines // files)
        name = f"{number % 3}/{number}.txt"
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode("cp1251"))
        texts[name] = text
    return texts


def states(root: Path, texts: dict[str, str], new: str = "utf-8") -> tuple[int, list[str]]:
    """How many files are converted, and the hidden files; fails when one is neither old nor new."""
    converted = 0
    for name, text in texts.items():
        data = (root / name).read_bytes()
        if data == text.encode(new):
            converted += 1
        else:
            assert data == text.encode("cp1251"), f"{name} is damaged"
    return converted, sorted(path.name for path in root.rglob(".*"))


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "recodec", "convert", *map(str, arguments)]


# Runs the command line, and ends by SIGKILL before the n-th call that changes something on the
# disk; 0 never does. Prints how many such calls there were.
KILLED_AT = """
import os, signal, sys, threading
from itertools import count
from recodec import cli
at = int(sys.argv[1])
calls = count(1)
done = 0
STEPS = {"open", "write", "writelines", "flush", "fsync", "close", "truncate", "chmod", "fchmod",
         "utime", "setxattr", "link", "rename", "replace", "unlink", "remove"}
def step(frame, event, function):
    global done
    if event == "c_call" and function.__name__ in STEPS:
        done = next(calls)
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)
threading.setprofile(step)
sys.setprofile(step)
code = cli.main(sys.argv[2:])
sys.setprofile(None)
print(done)
raise SystemExit(code)
"""


def test_killed_at_any_step(tmp_path: Path, environment: dict[str, str]) -> None:
    """SIGKILL, again and again, over one tree that is converted there and back.

    By a given encoding: a file converted twice would be damaged, and only the journal knows.
    """
    root, journal = tmp_path / "tree", tmp_path / "journal"
    texts = make(root)
    arguments = ["convert", "--in-place", "-f", "cp1251", "-t", "utf-16", "-j", "2"]
    arguments += [f"--resume={journal}", str(root)]

    def run(at: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(at), *arguments],
            env=environment, capture_output=True, check=False,
        )  # fmt: skip

    done = run(0)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout.split()[-1])
    assert steps > 10 * FILES
    rng = random.Random(7)
    midway = trees = half = 0
    converted = FILES
    for turn in range(KILLS):
        if converted == FILES:
            shutil.rmtree(root)
            journal.unlink(missing_ok=True)
            make(root)
            converted = 0
            trees += 1
        # A run that goes on has the fewer steps, the less is left; some reach the end. Threads do
        # not take their steps in the same order each time.
        left = max(1, steps * (FILES - converted) // FILES)
        at = 0 if turn % 5 == 4 else rng.randint(1, left)
        done = run(at)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        converted, hidden = states(root, texts, "utf-16")
        midway += 0 < converted < FILES
        half += bool(hidden)
        assert all(name.endswith(".recodec-new") for name in hidden), hidden
    if converted < FILES or journal.exists():  # else the last run reached the end
        done = run(0)
        assert done.returncode == 0, done.stderr
    assert states(root, texts, "utf-16") == (FILES, [])
    assert not journal.exists()
    # Else the steps were chosen so that nothing was shown.
    assert midway > KILLS // 4, midway
    assert half > KILLS // 4, half
    assert trees > 1, trees


def test_leftovers_are_named_and_taken_away(run, tmp_path: Path) -> None:
    make(tmp_path / "tree", 2)
    left = tmp_path / "tree" / "0" / ".gone.txt.recodec-new"
    left.write_bytes(b"half")
    name = "tree/0/.gone.txt.recodec-new"
    done = run("convert", "-n", "--in-place", "tree")
    assert f"recodec: {name}: left by an interrupted run; " in done.stderr.decode()
    assert left.exists()
    done = run("convert", "--in-place", "--hidden", "tree")
    assert done.stderr.decode() == f"recodec: {name}: removed, left by an interrupted run\n"
    assert done.returncode == 0
    assert not left.exists()


# -- No room ---------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KiB: its count of free blocks is not exact near the limit."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and os.geteuid() == 0
    if mounted:
        options = ["-t", "tmpfs", "-o", "size=512k,nr_inodes=200", "tmpfs"]
        done = subprocess.run(["mount", *options, place], capture_output=True, check=False)
        mounted = done.returncode == 0
    if not mounted:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_disk_that_fills_up(run, small_disk: Path) -> None:
    root = small_disk / "tree"
    texts = make(root, 12, lines=300)
    filler = small_disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 1024):
                pass
        except OSError:
            pass
    os.truncate(filler, filler.stat().st_size - 20 * 1024)  # room for some files, not for all
    done = run("convert", "--in-place", root)
    assert done.returncode == 2
    errors = done.stderr.decode().splitlines()
    assert errors and all(line.endswith(": No space left on device") for line in errors)
    converted, hidden = states(root, texts)
    assert 0 < converted < 12
    assert converted + len(errors) == 12
    assert hidden == []
    filler.unlink()
    assert run("convert", "--in-place", root).returncode == 0
    assert states(root, texts) == (12, [])


def test_limit_on_the_size_of_files(tmp_path: Path, environment: dict[str, str]) -> None:
    root = tmp_path / "tree"
    texts = make(root, 12, lines=300)
    limit = len(texts["2/8.txt"].encode())
    done = subprocess.run(
        command("--in-place", "-f", "cp1251", root),
        env=environment,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2
    errors = done.stderr.decode().splitlines()
    assert len(errors) == 3 and all(line.endswith(": File too large") for line in errors)
    assert states(root, texts) == (9, [])


@pytest.mark.parametrize("piped", [False, True])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("convert", "-f", "cp1251", "in.txt", "-o", "out"), "in.txt: cannot write out"),
        (("mail", "recode", "in.mbox", "-o", "out"), "in.mbox: cannot write out"),
        (("mail", "recode", "in.txt", "-o", "out"), "in.txt: cannot write out"),
        (("explain", "in.txt", "--html", "out"), "out"),
        (
            ("convert", "-f", "cp1251", "in.txt", "-o", "/dev/full"),
            "in.txt: cannot write /dev/full",
        ),
    ],
)
def test_the_file_without_room_is_named(
    tmp_path: Path, environment: dict[str, str], words: tuple[str, ...], said: str, piped: bool
) -> None:
    text = ("Привет, как дела\n" * 2000).encode("cp1251")
    (tmp_path / "in.txt").write_bytes(text)
    mail = b"From a@b Mon Jan  1 10:00:00 2024\nSubject: x\n\n" + text + b"\n"
    (tmp_path / "in.mbox").write_bytes(mail * 20)
    (source,) = (word for word in words if word.startswith("in."))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "recodec",
            *("-" if piped and word == source else word for word in words),
        ],
        cwd=tmp_path,
        env=environment,
        input=(tmp_path / source).read_bytes() if piped else b"",
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    why = "No space left on device" if "/dev/full" in said else "File too large"
    said = said.replace(source, "(standard input)") if piped else said
    *_, last = done.stderr.decode().splitlines()
    assert last == f"recodec: {said}: {why}"
    assert done.returncode == 2
    assert sorted(os.listdir(tmp_path)) == ["in.mbox", "in.txt"]


# -- Files that cannot be touched, or are no longer there ------------------------------------------


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder(run, tmp_path: Path) -> None:
    texts = make(tmp_path / "tree")
    (tmp_path / "tree" / "1").chmod(0o555)
    try:
        done = run("convert", "--in-place", "tree")
    finally:
        (tmp_path / "tree" / "1").chmod(0o755)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == FILES // 3
    assert states(tmp_path / "tree", texts) == (FILES - FILES // 3, [])


def test_folder_that_takes_no_new_file(run, tmp_path: Path) -> None:
    """The same for root: a read-only mount."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs root and mount")
    texts = make(tmp_path / "tree")
    place = tmp_path / "tree" / "1"
    mount = ["mount", "--bind", place, place]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        remount = ["mount", "-o", "remount,bind,ro", place]
        subprocess.run(remount, capture_output=True, check=True)
        done = run("convert", "--in-place", "-j", "2", "tree")
    finally:
        subprocess.run(["umount", place], check=True)
    assert done.returncode == 2
    errors = done.stderr.decode().splitlines()
    assert len(errors) == FILES // 3
    assert all(line.endswith(": Read-only file system") for line in errors)
    assert states(tmp_path / "tree", texts) == (FILES - FILES // 3, [])


def test_file_that_vanishes(tmp_path: Path, monkeypatch, capsys) -> None:
    """Between the walk and its turn."""
    from recodec import cli
    from recodec._files import tree

    texts = make(tmp_path, 3)
    real = tree.convert_file

    def vanishing(path: str, *arguments: object, **options: object) -> object:
        if path.endswith("1.txt"):
            os.unlink(path)
        return real(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tree, "convert_file", vanishing)
    assert cli.main(["convert", "--in-place", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err == f"recodec: {tmp_path}/1/1.txt: No such file or directory\n"
    del texts["1/1.txt"]
    assert states(tmp_path, texts) == (2, [])


# -- The rest --------------------------------------------------------------------------------------


def test_backups(run, tmp_path: Path) -> None:
    texts = make(tmp_path / "tree", 3)
    for _ in range(2):
        done = run("convert", "--in-place=.bak", "tree")
        assert (done.stderr, done.returncode) == (b"", 0)
        assert states(tmp_path / "tree", texts) == (3, [])
        for name, text in texts.items():
            kept = (tmp_path / "tree" / f"{name}.bak").read_bytes()
            assert kept == text.encode("cp1251")


def test_resume_says_what_was_done(run, tmp_path: Path) -> None:
    make(tmp_path / "tree", 3)
    (tmp_path / "tree" / "bad.txt").write_bytes(b"\x98")
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    arguments = ["convert", "--in-place", "-f", "cp1251", "--resume", "tree"]
    assert run(*arguments, **state).returncode == 1
    done = run(*arguments, **state)
    assert b"going on where the last run stopped: 3 files done" in done.stderr
    assert len(list((tmp_path / "state" / "recodec").iterdir())) == 1
    (tmp_path / "tree" / "bad.txt").unlink()
    assert run(*arguments, **state).returncode == 0
    assert list((tmp_path / "state" / "recodec").iterdir()) == []


def test_loss_is_said(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("naïve 日本".encode())
    done = run("convert", "-f", "utf-8", "-t", "latin-1", "--errors", "replace", "a.txt")
    assert done.stdout == "naïve ??".encode("latin-1")
    assert done.stderr == b"recodec: a.txt: 2 places could not be kept as they were\n"
    done = run("convert", "-t", "latin1", "--errors", "replace", "-", stdin="Ж\n".encode())
    assert done.stderr == b"recodec: (standard input): 1 place could not be kept as it was\n"
    done = run("convert", "-n", "-f", "utf-8", "-t", "latin-1", "--errors", "replace", "a.txt")
    assert done.stdout.decode().split("\t")[4:] == ["would change", "2\n"]


def test_policies_and_steps_are_passed_on(run) -> None:
    text = "\ufeffe\u0301 → ～\r\n".encode()
    options = ["--normalize", "nfc", "--newline", "lf", "--errors", "translit"]
    done = run("convert", "-f", "utf-8", "-t", "cp1252", *options, "--bom=strip", stdin=text)
    assert done.stdout == b"\xe9 -> ~\n"
    done = run("convert", "-f", "utf-8", "-t", "ascii//TRANSLIT", stdin="naïve €".encode())
    assert done.stdout == b"naive EUR"
    wave = "～".encode("cp932")
    assert run("convert", "-f", "cp932", "-t", "euc_jp", stdin=wave).stdout == b"\xa1\xc1"
    strict = run("convert", "-f", "cp932", "-t", "euc_jp", "--strict-mapping", stdin=wave)
    assert strict.returncode == 1
    assert b"U+FF5E" in strict.stderr
    done = run("convert", "-t", "utf-8", "--bom", "add", stdin=b"x")
    assert done.stdout == b"\xef\xbb\xbfx"
    page = b'<meta charset="koi8-r">'
    done = run("convert", "-f", "koi8-r", "--update-declarations", stdin=page)
    assert done.stdout == b'<meta charset="utf-8">'


def test_images_in_a_tree_are_no_problem(run, tmp_path: Path) -> None:
    """What a signature tells to be no text is passed over; what looks like noise is reported."""
    make(tmp_path / "tree", 2)
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
    (tmp_path / "tree" / "a.png").write_bytes(png)
    done = run("convert", "--in-place", "tree")
    assert (done.stderr, done.returncode) == (b"", 0)
    assert run("convert", "--in-place", "--verbose", "tree").returncode == 1
    assert run("convert", "--in-place", "tree/a.png").returncode == 1
    (tmp_path / "tree" / "noise").write_bytes(random.Random(1).randbytes(999))
    done = run("convert", "--in-place", "tree")
    assert b"noise: left out: binary" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("stdin", [False, True])
@pytest.mark.parametrize("mode", ["ab", "wb", "r+b"])
def test_a_file_is_not_written_behind_itself(
    tmp_path: Path, environment: dict[str, str], mode: str, stdin: bool
) -> None:
    """`recodec convert x >> x` would read what it has written until the disk is full."""
    path = tmp_path / "x"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    with open(path, mode) as out, open(path, "rb") as source:
        before = path.read_bytes()
        done = subprocess.run(
            [sys.executable, "-m", "recodec", "convert", "-" if stdin else str(path)],
            stdin=source, stdout=out, stderr=subprocess.PIPE, env=environment, timeout=60,
            check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.endswith(b": is its own output; convert it in place\n")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        "-",
        pytest.param(
            "/dev/stdout",
            marks=pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="no such name"),
        ),
    ],
)
def test_standard_output_by_name(tmp_path: Path, environment: dict[str, str], name: str) -> None:
    """The file that a shell has opened as standard output is written to, not replaced."""
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    with open(log, "ab") as out:
        subprocess.run(
            [sys.executable, "-m", "recodec", "convert", "a.txt", "-o", name],
            stdout=out, cwd=tmp_path, env=environment, timeout=60, check=True,
        )  # fmt: skip
        out.write(b"after\n")
    assert log.read_bytes() == b"before\n" + RUSSIAN.encode() + b"after\n"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "log"]


def test_standard_output_is_not_shared(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    for words in (["--in-place", "-o", "-"], ["-v", "-o", "-"], ["--backup", "-o", "-"]):
        assert run("convert", *words, "a.txt").returncode == 2
    assert (tmp_path / "a.txt").read_bytes() == RUSSIAN.encode("cp1251")
