"""The progress line."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import pytest

from recodec import cli
from recodec.cli import _output, _progress
from recodec.cli._progress import Progress, size_text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds, to be set by the test."""
    now = [100.0]
    monkeypatch.setattr(_progress.time, "monotonic", lambda: now[0])
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return now


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error; not a fixture, since pytest puts its own there before the test runs."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_work_under_a_second_shows_nothing(clock: list[float], monkeypatch) -> None:
    stream = terminal(monkeypatch)
    with Progress(2, 100) as progress:
        clock[0] += 0.9
        progress.add(50)
        progress.file_done()
    assert stream.getvalue() == ""


def test_line_says_files_bytes_rate_and_time_left(clock: list[float], monkeypatch) -> None:
    stream = terminal(monkeypatch)
    with Progress(2000, 4_000_000) as progress:
        clock[0] += 2.0
        progress.add(1_000_000)
        line = stream.getvalue()
        assert line.startswith("\r[======>                 ]  0/2,000 files  1.0 MB/4.0 MB")
        assert line.endswith("500 KB/s  0:06 left")
        clock[0] += 0.05
        progress.file_done()
        assert stream.getvalue() == line, "ten looks a second are enough"
    end = stream.getvalue().removeprefix(line)
    assert end == "\r" + " " * (len(line) - 1) + "\r"
    assert _output.before_writing is None


def test_line_makes_way_for_messages(clock: list[float], monkeypatch) -> None:
    stream = terminal(monkeypatch)
    with Progress(2, 100) as progress:
        clock[0] += 2.0
        progress.add(50)
        _output.complain("a.txt", "is odd")
    assert "\rrecodec: a.txt: is odd\n" in stream.getvalue()


def test_other_threads_only_count(clock: list[float], monkeypatch) -> None:
    stream = terminal(monkeypatch)
    with Progress(2, 100) as progress:
        clock[0] += 2.0
        thread = threading.Thread(target=progress.add, args=(50,))
        thread.start()
        thread.join()
        assert (progress.bytes_done, stream.getvalue()) == (50, "")
        progress.draw()
        assert "50 B" in stream.getvalue()


@pytest.mark.parametrize("command", ["check", "detect", "convert"])
def test_files_are_counted(here: Path, monkeypatch, capsys, command: str) -> None:
    made: list[Progress] = []

    class Kept(Progress):
        def __init__(self, *arguments: int) -> None:
            super().__init__(*arguments)
            made.append(self)
            self.on = True

    name = {"convert": "_convert_files"}.get(command, f"_{command}")
    monkeypatch.setattr(f"recodec.cli.{name}.Progress", Kept)
    for number in range(3):
        (here / f"{number}.txt").write_text("plain\n")
    more = ["-n"] if command == "convert" else []
    assert cli.main([command, *more, "."]) == 0
    assert [(one.files_done, one.bytes_done) for one in made] == [(3, 18)]


def test_unknown_amount_of_work(clock: list[float]) -> None:
    progress = Progress()
    progress.add(1500)
    progress.file_done()
    assert progress.line(1.0) == "1 files  1.5 KB  1.5 KB/s"


def test_one_file_needs_no_count(clock: list[float]) -> None:
    progress = Progress(1, 10)
    progress.add(10)
    assert progress.line(3661.0) == f"[{'=' * 24}]  10 B/10 B  0 B/s  0:00 left"


def test_files_of_unknown_size_still_have_a_share(clock: list[float]) -> None:
    progress = Progress(4)
    progress.file_done()
    assert progress.line(3661.0).endswith("3:03:03 left")


def test_no_terminal_no_line(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(2, 100) as progress:
        clock[0] += 60
        progress.add(50)
        source = io.BytesIO(b"x")
        assert progress.reading(source) is source
    assert capsys.readouterr().err == ""


def test_reading_counts(clock: list[float], monkeypatch) -> None:
    terminal(monkeypatch)
    progress = Progress()
    file = progress.reading(io.BytesIO(b"abcdef"))
    assert file.read(2) == b"ab"
    assert file.readinto(bytearray(3)) == 3  # type: ignore[attr-defined]
    assert file.seekable()
    assert progress.bytes_done == 5


def test_narrow_terminal(clock: list[float], monkeypatch) -> None:
    stream = terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "20")
    with Progress(2, 100) as progress:
        clock[0] += 2.0
        progress.add(50)
        assert len(stream.getvalue()) == 1 + 19


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (9949, "9.9 KB"), (9950, "10 KB"),
     (999_499, "999 KB"), (999_500, "1.0 MB"), (12e9, "12 GB"), (5e19, "50000 PB")],
)  # fmt: skip
def test_sizes_for_a_reader(count: float, text: str) -> None:
    assert size_text(count) == text
