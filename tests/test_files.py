"""Files: detection, reading, and conversion that is whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import recodec
from recodec import DecodeError, EncodeError, OptionError, VerificationError, files
from recodec._files import verify

RUSSIAN = "Привет, как дела?\r\nСегодня мы едем в город за новыми книгами и хлебом.\n"
CP1251 = RUSSIAN.encode("cp1251")


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "письмо.txt"
    path.write_bytes(CP1251)
    return path


def leftovers(path: Path) -> list[str]:
    return sorted(name for name in os.listdir(path.parent) if name != path.name)


def test_detect_file_by_anything_that_opens(path: Path) -> None:
    expected = recodec.detect(CP1251)
    assert recodec.detect_file(path) == expected
    assert recodec.detect_file(str(path)) == expected
    assert recodec.detect_file(os.fsencode(path)) == expected
    with path.open("rb") as file:
        assert recodec.detect_file(file) == expected
        file.seek(0)
        assert recodec.detect_file(file.fileno()) == expected
        os.fstat(file.fileno())  # a descriptor stays its owner's
    assert recodec.detect_file(io.BytesIO(CP1251)) == expected


def test_detect_file_from_where_it_stands(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\xfd\x00" + CP1251)
    assert recodec.detect_file(path, offset=4) == recodec.detect(CP1251)
    file = io.BytesIO(path.read_bytes())
    file.read(3)
    assert recodec.detect_file(file, offset=1) == recodec.detect(CP1251)
    assert recodec.detect_file(path, offset=4, scan=9) == recodec.detect(CP1251, scan=9)
    reader, writer = os.pipe()
    os.write(writer, path.read_bytes())
    os.close(writer)
    assert recodec.detect_file(reader, offset=4) == recodec.detect(CP1251)
    os.close(reader)
    with pytest.raises(OptionError, match="offset"):
        recodec.detect_file(path, offset=-1)


def test_detect_file_longer_than_a_block(path: Path) -> None:
    data = b"plain\n" * 100_000 + "é".encode() + b"plain\n" * 9
    path.write_bytes(data)
    assert recodec.detect_file(path) == recodec.detect(data)
    assert recodec.detect_file(path).encoding == "utf-8"


class Trickle:
    """A binary file object with nothing but read()."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int) -> bytes:
        head, self._data = self._data[: min(size, 3)], self._data[min(size, 3) :]
        return head


def test_detect_file_needs_no_more_than_read() -> None:
    assert recodec.detect_file(Trickle(CP1251)) == recodec.detect(CP1251)  # type: ignore[arg-type]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for call in (recodec.detect_file, recodec.open, recodec.recode_file):
        with pytest.raises(FileNotFoundError):
            call(tmp_path / "missing")
        with pytest.raises(OSError) as caught:
            call(tmp_path)
        assert caught.value.errno in (errno.EISDIR, errno.EACCES)
    with pytest.raises(TypeError, match="text mode"):
        recodec.detect_file(io.StringIO("x"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a path or a binary file is needed, not NoneType"):
        recodec.detect_file(None)  # type: ignore[arg-type]


def test_open_reads_text(path: Path) -> None:
    with recodec.open(path) as file:
        assert isinstance(file, files.TextFile)
        assert file.read() == RUSSIAN.replace("\r\n", "\n")
        assert file.encoding == "cp1251"
        assert file.detection == recodec.detect(CP1251)
    with recodec.open(path, newline="") as file:
        assert list(file) == RUSSIAN.splitlines(keepends=True)
    with recodec.open(path, encoding="KOI8-R") as file:
        assert file.detection is None
        assert file.readline() == CP1251.decode("koi8-r").splitlines()[0] + "\n"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_open_removes_the_mark(path: Path, name: str) -> None:
    path.write_bytes(RUSSIAN.encode(name))
    with recodec.open(path, newline="") as file:
        assert file.read() == RUSSIAN
        file.seek(0)
        assert file.readline() == RUSSIAN.splitlines(keepends=True)[0]


def test_open_says_where_it_breaks(path: Path) -> None:
    data = b"plain\n" * 30_000 + b"caf\xe9\n"
    path.write_bytes(data)
    with recodec.open(path, encoding="ascii") as file, pytest.raises(DecodeError) as caught:
        file.read()
    assert (caught.value.offset, caught.value.line, caught.value.column) == (180_003, 30_001, 4)
    with recodec.open(path, encoding="ascii") as file, pytest.raises(DecodeError) as caught:
        for _ in file:
            pass
    assert caught.value.line == 30_001
    with recodec.open(path, encoding="ascii", errors="replace") as file:
        assert file.read().endswith("caf\ufffd\n")


def test_open_refuses_what_is_no_text(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(DecodeError, match="png data"):
        recodec.open(path)
    with recodec.open(path, encoding="latin-1") as file:
        assert file.read(4) == "\x89PNG"
    with pytest.raises(OptionError, match="'r\\+'"):
        recodec.open(path, "r+")
    with pytest.raises(DecodeError, match="png data"):
        recodec.open(path, "w")
    with pytest.raises(recodec.UnknownCharsetError):
        recodec.open(path, encoding="no-such")
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("size", [100, 5_000_000])
def test_open_reads_a_pipe_to_its_end(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files._blocks, "_IN_MEMORY", 1 << 20)
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    lines = str(size // 7)
    code = "import sys; sys.stdout.buffer.write('строка\\n'.encode('cp1251') * int(sys.argv[1]))"
    command = ["sh", "-c", '"$0" -c "$1" "$2" > "$3"', sys.executable, code, lines, str(fifo)]
    with subprocess.Popen(command), recodec.open(fifo) as file:
        text = file.read()
    assert text == "строка\n" * (size // 7)


def test_recode_in_place(path: Path) -> None:
    os.chmod(path, 0o640)
    os.utime(path, ns=(1_000_000_000, 2_000_000_123))
    before = path.stat()
    done = recodec.recode_file(path)
    assert path.read_bytes() == RUSSIAN.encode()
    assert (done.path, done.from_, done.to) == (str(path), "cp1251", "utf-8")
    assert (done.bytes_in, done.bytes_out) == (len(CP1251), len(RUSSIAN.encode()))
    assert done.changed and done.skipped is None and done.detection is not None
    after = path.stat()
    assert after.st_mode == before.st_mode
    assert after.st_mtime_ns == before.st_mtime_ns
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert leftovers(path) == []


def test_recode_keeps_what_is_right_already(path: Path) -> None:
    path.write_bytes(RUSSIAN.encode())
    before = path.stat()
    done = recodec.recode_file(path)
    assert not done.changed
    assert path.stat().st_ino == before.st_ino, "not written at all"
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert recodec.recode_file(path, "UTF8", "utf-8").changed is False
    path.write_bytes(b"")
    assert recodec.recode_file(path, min_confidence=0.9).changed is False
    path.write_bytes(b"plain")
    assert recodec.recode_file(path, "koi8-r").changed is False


def test_recode_is_idempotent(path: Path) -> None:
    assert recodec.recode_file(path).changed
    assert not recodec.recode_file(path).changed


def test_recode_to_another_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    recodec.recode_file(path, "koi8-r", output=target)
    assert target.read_bytes() == RUSSIAN.encode("koi8-r")
    assert path.read_bytes() == CP1251
    os.chmod(target, 0o600)
    mode = target.stat().st_mode
    recodec.recode_file(path, "utf-8", output=target)
    assert target.read_bytes() == RUSSIAN.encode()
    assert target.stat().st_mode == mode, "an existing file keeps its own mode"
    same = tmp_path / "same.txt"
    recodec.recode_file(path, "cp1251", output=same)
    assert same.read_bytes() == CP1251, "written also when nothing changes"


def test_recode_follows_a_link_and_keeps_it(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link"
    link.symlink_to(path)
    if not link.is_symlink():
        pytest.skip("Wine makes none")
    recodec.recode_file(link)
    assert link.is_symlink()
    assert path.read_bytes() == RUSSIAN.encode()
    assert os.listdir(folder) == ["link"]


def test_recode_dry(path: Path) -> None:
    done = recodec.recode_file(path, dry_run=True)
    assert done.changed
    assert done.bytes_out == len(RUSSIAN.encode())
    assert path.read_bytes() == CP1251
    with pytest.raises(EncodeError):
        recodec.recode_file(path, "latin-1", dry_run=True)


def test_recode_skips_what_it_cannot_tell(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    done = recodec.recode_file(path)
    assert (done.skipped, done.from_, done.changed) == ("binary (png)", None, False)
    path.write_bytes(b"\xe9")
    found = recodec.detect(b"\xe9")
    done = recodec.recode_file(path, min_confidence=1.0)
    next_ = found.candidates[1]
    assert next_.confidence > 0.05
    assert done.skipped == (
        f"{found.encoding} with confidence {found.confidence:.2f} only, "
        f"{next_.encoding} {next_.confidence:.2f}"
    )
    assert path.read_bytes() == b"\xe9"
    assert recodec.recode_file(path, from_="latin-1", min_confidence=1.0).changed


@pytest.mark.parametrize(
    ("to", "from_", "error"),
    [
        ("latin-1", None, EncodeError),
        ("utf-8", "ascii", DecodeError),
        ("no-such", None, LookupError),
        ("utf-8", "no-such", LookupError),
        ("big5-uao", None, LookupError),
    ],
)
def test_recode_leaves_the_original_on_errors(
    path: Path, to: str, from_: str | None, error: type[Exception]
) -> None:
    before = path.stat()
    with pytest.raises(error):
        recodec.recode_file(path, to, from_)
    assert path.read_bytes() == CP1251
    assert path.stat().st_ino == before.st_ino
    assert leftovers(path) == []


def test_recode_errors_tell_the_place_in_a_long_file(path: Path) -> None:
    path.write_bytes(("строка\n" * 100_000 + "漢").encode())
    with pytest.raises(EncodeError) as caught:
        recodec.recode_file(path, "cp1251")
    assert (caught.value.offset, caught.value.line, caught.value.column) == (700_000, 100_001, 1)
    assert leftovers(path) == []


def test_recode_policies(path: Path) -> None:
    path.write_bytes("a€漢".encode())
    assert recodec.recode_file(path, "cp1252", errors="xmlcharrefreplace").bytes_out == 10
    assert path.read_bytes() == b"a\x80&#28450;"
    with pytest.raises(OptionError):
        recodec.recode_file(path, errors="nonsense")


@pytest.mark.parametrize("confidence", [-0.1, 1.5, 80, float("nan")])
def test_recode_takes_a_probability(path: Path, confidence: float) -> None:
    with pytest.raises(OptionError, match="min_confidence must be from 0 to 1"):
        recodec.recode_file(path, min_confidence=confidence)
    assert path.read_bytes() == CP1251


@pytest.mark.parametrize("backup", ["", "/b", "../b", "x" + os.sep])
def test_recode_makes_backups_beside_the_file(path: Path, backup: str) -> None:
    with pytest.raises(OptionError, match="backup must be a suffix"):
        recodec.recode_file(path, backup=backup)
    assert path.read_bytes() == CP1251


def test_recode_that_would_lose_text_is_refused(path: Path) -> None:
    """CPython's shift_jis writes U+00A5 as 5C, which reads back as a backslash."""
    assert "\xa5".encode("shift_jis").decode("shift_jis") != "\xa5", "the reason for this test"
    path.write_bytes("100\xa5".encode())
    with pytest.raises(VerificationError, match="would not give back the same text"):
        recodec.recode_file(path, "shift_jis", "utf-8")
    assert path.read_bytes() == "100\xa5".encode()
    assert leftovers(path) == []
    path.write_bytes("日本ｶﾞ".encode())
    assert recodec.recode_file(path, "cp50220").changed, "full width is what was asked for"


def test_recode_notices_another_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = verify.verify

    def meanwhile(*arguments: Any) -> None:
        checked(*arguments)
        path.write_bytes(CP1251 + b"one more line\n")

    monkeypatch.setattr(verify, "verify", meanwhile)
    with pytest.raises(VerificationError, match="changed while"):
        recodec.recode_file(path)
    assert path.read_bytes() == CP1251 + b"one more line\n"
    assert leftovers(path) == []


@pytest.mark.parametrize("times", [1, 20_000], ids=["compared from memory", "converted again"])
@pytest.mark.parametrize(
    ("to", "errors"),
    [("utf-8", "strict"), ("koi8-r", "strict"), ("koi8-r", "replace")],
)
def test_recode_notices_a_disk_that_lies(
    path: Path, monkeypatch: pytest.MonkeyPatch, to: str, errors: str, times: int
) -> None:
    checked = verify.verify
    data = CP1251 * times
    if errors == "replace":
        data += "\u2122".encode("cp1251")
    path.write_bytes(data)

    def rotten(made: Any, source: Any, written: io.BufferedRandom, name: str) -> None:
        written.seek(written.seek(0, io.SEEK_END) // 2)
        written.write(b"x")
        written.seek(0)
        checked(made, source, written, name)

    monkeypatch.setattr(verify, "verify", rotten)
    with pytest.raises(VerificationError):
        recodec.recode_file(path, to, "cp1251", errors)
    assert path.read_bytes() == data
    assert leftovers(path) == []


def test_recode_on_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        recodec.recode_file(path)
    assert path.read_bytes() == CP1251
    assert leftovers(path) == []


KILLED = """
import sys, recodec
print("ready", flush=True)
while True:
    recodec.recode_file(sys.argv[1], "utf-16", output=sys.argv[1])
    recodec.recode_file(sys.argv[1], "utf-8", output=sys.argv[1])
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_recode_killed_at_any_moment(tmp_path: Path) -> None:
    """The file is whole in one encoding or the other, whenever the process dies."""
    text = "строка за строкой\n" * 20_000
    path = tmp_path / "file"
    for number in range(12):
        path.write_bytes(text.encode())
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE, env=environment
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.011 * number)
            process.kill()
        data = path.read_bytes()
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        assert data.decode(encoding) == text
        for left in leftovers(path):
            assert left.startswith(".file.") and left.endswith(".recodec-new")
            os.unlink(tmp_path / left)


def test_stream_to_stream() -> None:
    target = io.BytesIO()
    done = recodec.recode_stream(io.BytesIO(CP1251), target, "koi8-r")
    assert target.getvalue() == RUSSIAN.encode("koi8-r")
    assert (done.path, done.from_, done.to, done.changed) == ("", "cp1251", "koi8-r", True)
    target = io.BytesIO()
    skipped = recodec.recode_stream(io.BytesIO(bytes(99)), target)
    assert skipped.skipped and target.getvalue() == b""
    target = io.BytesIO()
    recodec.recode_stream(io.BytesIO(CP1251), target, from_="cp1251")
    assert target.getvalue() == RUSSIAN.encode()


@pytest.mark.parametrize("left", [0, 1, len(CP1251) - 1])
def test_a_stream_that_becomes_shorter_is_no_success(left: int) -> None:
    class Cut(io.BytesIO):
        def seek(self, place: int, whence: int = 0) -> int:
            self.truncate(left)
            return super().seek(place, whence)

    with pytest.raises(OSError, match="became shorter"):
        recodec.recode_stream(Cut(CP1251), io.BytesIO(), "koi8-r")


def test_stream_from_a_pipe() -> None:
    reader, writer = os.pipe()
    os.write(writer, CP1251)
    os.close(writer)
    target = io.BytesIO()
    with io.open(reader, "rb", buffering=0) as source:  # noqa: UP020 - not recodec.open
        recodec.recode_stream(source, target)
    assert target.getvalue() == RUSSIAN.encode()


def test_stream_from_where_it_stands() -> None:
    source = io.BytesIO(b"\x00\xff" + CP1251)
    source.seek(2)
    target = io.BytesIO()
    assert recodec.recode_stream(source, target).bytes_in == len(CP1251)
    assert target.getvalue() == RUSSIAN.encode()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_stays_bounded(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(CP1251 * 400_000)
    code = f"""
import resource, recodec
recodec.recode_file({str(path)!r}, "utf-16", output={str(tmp_path / "small")!r}, dry_run=True)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
recodec.recode_file({str(path)!r}, "koi8-r")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    small = tmp_path / "warm"
    small.write_bytes(CP1251)
    code = code.replace(repr(str(path)), repr(str(small)), 1)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 32


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    """Renaming over a device or a pipe would take it from everybody who has it open."""
    source = tmp_path / "a.txt"
    source.write_bytes("żółw".encode("iso8859-2"))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path, Path("/dev/null")):
        with pytest.raises(OptionError, match="recode_stream"):
            recodec.recode_file(source, "utf-8", "iso8859-2", output=target)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "pipe"]
