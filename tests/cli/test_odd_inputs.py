"""Inputs that are no plain files, are huge, grow, or have odd names.

Each is given to the real command as an argument. What the shell calls `<(command)` is a named pipe
or a descriptor under /dev/fd; both are read once, front to back, as standard input is.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

RUSSIAN = "Привет, как дела? Сегодня мы едем в город за новыми книгами и хлебом.\n"
CP1251 = RUSSIAN.encode("cp1251")
MEBIBYTE = 1 << 20
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux: /dev/fd, /proc")
PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
NAMES = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are Unicode")

# Runs the command, then says on standard error how much memory it took at most.
PROGRAM = """
import resource, sys
from recodec.cli import main
code = main()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("peak", peak, file=sys.stderr)
sys.exit(code)
"""


def run(*arguments: str | bytes, stdin: bytes = b"", cwd: Path | None = None) -> tuple[int, bytes]:
    """Exit code and standard output; a traceback fails the test."""
    command = [sys.executable, "-m", "recodec", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    return done.returncode, done.stdout


def peak_of(*arguments: str, cwd: Path | None = None) -> tuple[int, bytes, int]:
    """Exit code, output, and kilobytes at the peak."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=120,
        check=False,
    )
    peak = done.stderr.rsplit(b"peak ", 1)[-1]
    return done.returncode, done.stdout, int(peak)


def told(output: bytes) -> tuple[str | None, int]:
    """Encoding and length of the one record."""
    record = json.loads(output)
    return record["encoding"], record["length"]


def write_in_the_background(pipe: Path, data: bytes, times: int) -> threading.Thread:
    def write() -> None:
        with open(pipe, "wb") as file:
            for _ in range(times):
                file.write(data)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


@PIPES
@pytest.mark.parametrize("source", [("--from", "cp1251"), ()], ids=["named", "detected"])
def test_convert_reads_a_named_pipe(tmp_path: Path, source: tuple[str, ...]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = write_in_the_background(pipe, CP1251, 10_000)
    code, output = run("convert", *source, str(pipe))
    writer.join()
    assert (code, output) == (0, RUSSIAN.encode() * 10_000)


@PIPES
@pytest.mark.skipif(sys.platform == "win32", reason="no module resource")
def test_detect_reads_a_long_pipe_in_little_memory(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    block = CP1251 * (MEBIBYTE // len(CP1251))
    (tmp_path / "small").write_bytes(CP1251)
    _, _, least = peak_of("detect", "--json", str(tmp_path / "small"))
    writer = write_in_the_background(pipe, block, 64)
    code, output, peak = peak_of("detect", "--json", str(pipe))
    writer.join()
    assert code == 0
    assert told(output) == ("cp1251", 64 * len(block))
    assert peak - least < (16 << 10 if sys.platform != "darwin" else 16 << 20)


@PIPES
def test_a_pipe_that_nobody_writes_to_is_empty(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = write_in_the_background(pipe, b"", 1)
    code, output = run("detect", "--json", str(pipe))
    writer.join()
    assert (code, told(output)) == (0, ("utf-8", 0))


@LINUX
@pytest.mark.parametrize("name", ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])
def test_standard_input_by_any_name(name: str) -> None:
    code, output = run("detect", "--json", name, stdin=CP1251)
    assert (code, told(output)) == (0, ("cp1251", len(CP1251)))
    assert run("convert", name, stdin=CP1251) == (0, RUSSIAN.encode())
    assert run("check", "--only", "cp1251", name, stdin=CP1251) == (0, b"")


@LINUX
def test_files_of_the_kernel_have_no_size_but_text() -> None:
    assert os.stat("/proc/version").st_size == 0
    code, output = run("detect", "--json", "/proc/version")
    length = len(Path("/proc/version").read_bytes())
    assert (code, told(output)) == (0, ("ascii", length))
    assert run("convert", "-t", "utf-16-le", "/proc/version")[1].decode("utf-16-le") == (
        Path("/proc/version").read_text()
    )


@LINUX
def test_the_empty_device() -> None:
    code, output = run("detect", "--json", "/dev/null")
    assert (code, told(output)) == (0, ("utf-8", 0))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs Unix sockets")
@pytest.mark.parametrize("command", ["detect", "convert", "check"])
def test_a_socket_is_an_error_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    (tmp_path / "a.txt").write_bytes(CP1251)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        code, output = run(command, "socket", "a.txt")
    assert code == 2
    assert output


@pytest.mark.skipif(sys.platform == "win32", reason="sparse files have to be asked for there")
def test_a_huge_sparse_file_is_read_in_little_memory(tmp_path: Path) -> None:
    """A quarter of a GB stands for more, which takes nothing but time."""
    path = tmp_path / "sparse"
    path.write_bytes(CP1251)
    os.truncate(path, 256 * MEBIBYTE)
    (tmp_path / "small").write_bytes(bytes(100))
    _, _, least = peak_of("detect", "--json", "--binary", str(tmp_path / "small"))
    code, output, peak = peak_of("detect", "--json", str(path))
    assert (code, told(output)) == (1, (None, 256 * MEBIBYTE))
    assert peak - least < (8 << 10 if sys.platform != "darwin" else 8 << 20)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    """What is read is what is told of; what comes later is another run's."""
    path = tmp_path / "log"
    path.write_bytes(CP1251)
    stop = threading.Event()

    def grow() -> None:
        with open(path, "ab", buffering=0) as file:
            for _ in range(2000):
                file.write(CP1251)
                if stop.wait(0.0005):
                    return

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        code, output = run("detect", "--json", str(path))
    finally:
        stop.set()
        thread.join()
    encoding, length = told(output)
    assert (code, encoding) == (0, "cp1251")
    assert len(CP1251) <= length <= path.stat().st_size


ODD_NAMES = [
    b"new\nline.txt",
    b"\x01\x1b[31mred\x07.txt",
    b"not \xff\xfe utf-8.txt",
    b"-f",
    b"--help",
    b" ",
    b"*?[a].txt",
    b"n" * 255,
    "é".encode() * 127,
]


@NAMES
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names(tmp_path: Path, name: bytes) -> None:
    """Told of, converted in place, and found in a directory; never taken for an option."""
    folder = os.fsencode(tmp_path) + b"/in"
    os.mkdir(folder)
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(CP1251)
    inside = Path(os.fsdecode(folder))
    assert run("detect", b"--", name, cwd=inside)[0] == 0
    code, output = run("detect", "--json", b"./" + name, cwd=inside)
    assert (code, told(output)) == (0, ("cp1251", len(CP1251)))
    record = json.loads(output)
    raw = bytes.fromhex(record["path_hex"]) if "path_hex" in record else record["path"].encode()
    assert raw == b"./" + name
    code, output = run("detect", ".", cwd=inside)
    assert code == 0
    # A table shows one line, and nothing that a terminal would obey.
    assert len(output.splitlines()) == 1 and b"\x1b" not in output and b"\x07" not in output
    assert run("convert", "--in-place", b"--", name, cwd=inside)[0] == 0
    with open(path, "rb") as file:
        assert file.read() == RUSSIAN.encode()
    assert os.listdir(folder) == [name]


@pytest.mark.parametrize("length", [256, 5000], ids=["one part", "the whole path"])
def test_a_name_too_long_for_the_system_is_an_error(tmp_path: Path, length: int) -> None:
    name = "n" * length if length < 300 else "/".join(["n" * 100] * (length // 100))
    with pytest.raises(OSError) as caught:
        os.stat(tmp_path / name)
    assert caught.value.errno in (errno.ENAMETOOLONG, errno.ENOENT, errno.EINVAL)
    for command in ("detect", "convert", "check"):
        assert run(command, str(tmp_path / name))[0] == 2


@pytest.mark.skipif(os.name == "nt", reason="the system says it in other words")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["convert", "-o", "b.txt/x", "a.txt"], b"a.txt: cannot write in "),
        (["convert", "-o", "b.txt/x/", "a.txt", "c.txt"], b"a.txt: cannot make b.txt/x: "),
        (["convert", "--in-place", "--resume=b.txt/j", "a.txt"], b"b.txt: "),
        (["mail", "recode", "a.txt", "-o", "b.txt/x"], b".recodec-new: "),
        (["explain", "--html", "b.txt/x", "a.txt"], b"b.txt/x: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_output_that_cannot_be_is_named(
    run, tmp_path: Path, arguments: list[str], said: bytes
) -> None:
    """Standard output or the input was blamed for it."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes("Příliš žluťoučký kůň\n".encode("cp1250") * 3)
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr and b"(standard output)" not in done.stderr
