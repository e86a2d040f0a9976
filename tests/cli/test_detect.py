"""`recodec detect`, mostly as a real process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recodec import cli

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю. " * 4
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


def records(output: bytes) -> list[list[str]]:
    return [line.split("\t") for line in output.decode().splitlines()]


def test_one_line_per_file_in_a_pipe(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (tmp_path / "b.txt").write_bytes(RUSSIAN.encode("utf-8"))
    done = run("detect", "a.txt", "b.txt")
    assert done.stderr == b""
    assert done.returncode == 0
    first, second = records(done.stdout)
    assert first[:3] == ["a.txt", "cp1251", "ru"]
    assert 0.5 < float(first[3]) <= 1.0
    assert first[4:] == ["model", "-"]
    assert second[:3] == ["b.txt", "utf-8", "ru"]


def test_directory_is_walked_in_order(run, tmp_path: Path) -> None:
    for name in ("d/b", "d/a", "d/.hidden", "d/sub/c"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(b"plain text, nothing else\n")
    done = run("detect", "d")
    assert [row[0] for row in records(done.stdout)] == [
        os.path.join("d", "a"),
        os.path.join("d", "b"),
        os.path.join("d", "sub", "c"),
    ]
    assert done.returncode == 0


def test_standard_input(run) -> None:
    done = run("detect", "-", stdin=RUSSIAN.encode("koi8-r"))
    assert records(done.stdout)[0][:3] == ["-", "koi8-r", "ru"]
    assert done.returncode == 0


def test_json_lines(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + RUSSIAN.encode())
    (tmp_path / "b.png").write_bytes(PNG)
    done = run("detect", "--json", "a.txt", "b.png")
    text, image = map(json.loads, done.stdout.splitlines())
    assert text["path"] == "a.txt"
    assert text["encoding"] == "utf-8-sig"
    assert text["mime"] == "UTF-8"
    assert text["language"] == "ru"
    assert text["source"] == "bom"
    assert text["bom"] is True
    assert text["length"] == text["valid_up_to"] == 3 + len(RUSSIAN.encode())
    assert image["encoding"] is None
    assert image["kind"] == "png"
    assert image["bom"] is False
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("data", "encoding", "source"),
    [(b"", "utf-8", "empty"), (PNG, "-", "binary")],
    ids=["empty", "binary"],
)
def test_what_is_no_text(run, data: bytes, encoding: str, source: str) -> None:
    done = run("detect", "-", stdin=data)
    row = records(done.stdout)[0]
    assert (row[1], row[4]) == (encoding, source)
    assert done.returncode == (1 if encoding == "-" else 0)
    assert done.stderr == b""


def test_broken_bytes_are_located_and_are_a_problem(run) -> None:
    data = "Grüße aus Köln, schöne Grüße! ".encode() * 20
    done = run("detect", "--json", "-", stdin=data + b"\xff" + data)
    record = json.loads(done.stdout)
    assert record["encoding"] == "utf-8"
    assert (record["bad"], record["valid_up_to"]) == (1, len(data))
    assert record["note"] == f"1 bad, first at byte {len(data)}"
    assert done.returncode == 1


def test_missing_file_does_not_stop_the_rest(run, tmp_path: Path, no_such_file: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello\n")
    done = run("detect", "gone.txt", "a.txt")
    assert [row[0] for row in records(done.stdout)] == ["a.txt"]
    assert done.stderr.decode().splitlines() == [f"recodec: gone.txt: {no_such_file}"]
    assert done.returncode == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_unreadable_file_does_not_stop_the_rest(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello\n")
    (tmp_path / "b.txt").write_bytes(b"hello\n")
    (tmp_path / "a.txt").chmod(0)
    done = run("detect", "a.txt", "b.txt")
    assert [row[0] for row in records(done.stdout)] == ["b.txt"]
    assert b"recodec: a.txt: Permission denied" in done.stderr
    assert done.returncode == 2


def test_error_in_the_middle_of_a_file(here: Path, monkeypatch, capsys) -> None:
    """A disk that fails, or a network drive that goes away, is met while reading."""
    (here / "a.txt").write_bytes(b"hello\n")
    (here / "b.txt").write_bytes(b"hello\n")
    from recodec.cli import _detect

    real = _detect.detect_blocks

    def failing(file, detector):
        if file.name == "a.txt":
            raise OSError(5, "Input/output error", file.name)
        return real(file, detector)

    monkeypatch.setattr(_detect, "detect_blocks", failing)
    assert cli.main(["detect", "a.txt", "b.txt"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("b.txt\t")
    assert err == "recodec: a.txt: Input/output error\n"


ODD_NAMES = ["with space.txt", "tab\there.txt", "line\nbreak.txt", "esc\x1b[31m.txt", "Ünïcode.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_keep_to_one_record_and_send_nothing_to_the_terminal(
    run, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"hello\n")
    done = run("detect", name, PYTHONUTF8="1")
    (row,) = records(done.stdout)
    assert len(row) == 6
    assert row[0].isprintable()
    done = run("detect", "--json", name)
    assert json.loads(done.stdout)["path"] == name
    done = run("detect", name + ".gone", PYTHONUTF8="1")
    assert len(done.stderr.splitlines()) == 1
    assert b"\x1b" not in done.stderr
    assert b"\t" not in done.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_name_that_is_not_utf_8(run, tmp_path: Path) -> None:
    name = b"caf\xe9.txt"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"hello\n")
    done = run("detect", name, PYTHONUTF8="1")
    assert records(done.stdout)[0][0] == r"$'caf\xe9.txt'"
    record = json.loads(run("detect", "--json", ".", PYTHONUTF8="1").stdout)
    assert bytes.fromhex(record["path_hex"]) == b"./" + name
    assert record["path"] == "./caf\ufffd.txt"


def test_ascii_locale_gets_escapes_instead_of_a_traceback(here: Path, monkeypatch) -> None:
    (here / "ж.txt").write_bytes(b"hello\n")
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="ascii"))
    assert cli.main(["detect", "ж.txt"]) == 0
    assert buffer.getvalue().startswith(rb"\u0436.txt" + b"\t")


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (80, ["file", "encoding", "language", "confidence", "source", "note"]),
        (60, ["file", "encoding", "language", "confidence", "note"]),
        (40, ["file", "encoding", "language", "note"]),
    ],
)
def test_table_fits_a_narrow_terminal(here, monkeypatch, capsys, columns: int, shown) -> None:
    (here / "a name that is rather long.txt").write_bytes(RUSSIAN.encode("cp1251"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    assert cli.main(["detect", "."]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == shown
    assert max(map(len, lines)) <= columns


def test_table_on_a_terminal_names_languages_in_english(here: Path, monkeypatch, capsys) -> None:
    (here / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(["detect", "a.txt"]) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split() == ["file", "encoding", "language", "confidence", "source", "note"]
    assert row.split()[:3] == ["a.txt", "cp1251", "Russian"]
    assert row.index("cp1251") == heading.index("encoding")


def test_hints_are_passed_on(here: Path, monkeypatch, capsys) -> None:
    from recodec.cli import _detect

    (here / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    real = _detect.Detector
    seen = {}

    def spy(**options):
        seen.update(options)
        return real(**options)

    monkeypatch.setattr(_detect, "Detector", spy)
    hints = ["--allow", "koi8-r, cp866", "--deny", "web", "--language", "ru", "--exact"]
    hints += ["--tld", "ua", "--declared", "koi8-u"]
    cli.main(["detect", *hints, "a.txt"])
    assert seen == {
        "allow": ["koi8-r", "cp866"],
        "deny": ["web"],
        "language": "ru",
        "tld": "ua",
        "declared": "koi8-u",
        "exact": True,
    }
    assert not capsys.readouterr().out.startswith("a.txt\tcp1251")


@pytest.mark.parametrize(
    ("option", "said"),
    [("--allow=no-such-charset", "unknown charset"), ("--language=xx-none", "unknown language")],
)
def test_options_that_make_no_sense_are_refused_once(run, option: str, said: str) -> None:
    done = run("detect", option, "-", "missing", stdin=b"x")
    assert done.stdout == b""
    assert done.stderr.decode().count(said) == 1
    assert done.returncode == 2


def test_label_that_the_text_belies_is_noted(run) -> None:
    page = '<meta charset="iso-8859-1"><p>' + RUSSIAN
    record = json.loads(run("detect", "--json", "-", stdin=page.encode("cp1251")).stdout)
    assert record["encoding"] == "cp1251"
    assert record["declared"] == "cp1252"
    assert record["note"] == "declares cp1252"


def test_pipe_that_closes_early_is_quiet(tmp_path: Path, first_line_only) -> None:
    """As in `recodec detect tree | head -1`, with more output than a pipe holds."""
    for number in range(40):
        (tmp_path / f"{number:03}{'x' * 200}").write_bytes(b"hello\n")
    arguments = [str(path) for path in sorted(tmp_path.iterdir())] * 40
    assert first_line_only("detect", *arguments) == (b"", 141)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_full_disk_behind_standard_output_is_an_error(tmp_path: Path, environment) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello\n")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "recodec", "detect", tmp_path / "a.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert done.stderr == b"recodec: (standard output): No space left on device\n"
    assert done.returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_does_not_grow_with_the_input(tmp_path: Path, peak) -> None:
    """64 MiB more input, less than 8 MiB more memory."""
    block = RUSSIAN.encode("cp1251") * 64
    big = tmp_path / "big"
    peaks = []
    for size in (1 << 16, 1 << 26):
        with open(big, "wb") as file:
            file.writelines(block for _ in range(size // len(block)))
        peaks.append(peak("detect", big, stdout=subprocess.DEVNULL))
    assert peaks[1] - peaks[0] < 8 * 1024


# -- Options ---------------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, data in {
        "a.txt": RUSSIAN.encode("cp1251"),
        "b.txt": RUSSIAN.encode("utf-8"),
        "c.md": b"plain text, nothing else\n",
        "d.png": PNG,
        ".e.txt": b"plain text, nothing else\n",
        "build/f.txt": RUSSIAN.encode("koi8-r"),
    }.items():
        (tmp_path / "tree" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "tree" / name).write_bytes(data)
    return tmp_path / "tree"


def found(output: bytes) -> list[str]:
    return [Path(row[0]).name for row in records(output)]


def test_binary_and_hidden_files_are_skipped_unless_asked_for(run, tree: Path) -> None:
    assert found(run("detect", "tree").stdout) == ["a.txt", "b.txt", "f.txt", "c.md"] or (
        sorted(found(run("detect", "tree").stdout)) == ["a.txt", "b.txt", "c.md", "f.txt"]
    )
    done = run("detect", "--binary", "--hidden", "tree")
    assert sorted(found(done.stdout)) == [".e.txt", "a.txt", "b.txt", "c.md", "d.png", "f.txt"]
    assert done.returncode == 1
    assert found(run("detect", "tree/d.png").stdout) == ["d.png"], "an argument is asked for"


def test_globs(run, tree: Path) -> None:
    done = run("detect", "--include", "*.txt", "--exclude", "build/", "tree")
    assert found(done.stdout) == ["a.txt", "b.txt"]


def test_columns_are_chosen(run, tree: Path) -> None:
    done = run("detect", "--columns", "encoding,language_name,length,bom,path", "tree/a.txt")
    size = str(len(RUSSIAN))
    assert records(done.stdout) == [["cp1251", "Russian", size, "no", "tree/a.txt"]]
    done = run("detect", "--json", "--columns", "mime,path", "tree/a.txt")
    assert json.loads(done.stdout) == {"mime": "windows-1251", "path": "tree/a.txt"}
    done = run("detect", "--columns", "path,nonsense", "tree/a.txt")
    assert done.returncode == 2 and b"unknown column 'nonsense'" in done.stderr


def test_csv(run, tree: Path) -> None:
    name, quoted = ("x, y.txt", "x, y.txt") if os.name == "nt" else ('x, "y".txt', 'x, ""y"".txt')
    (tree / name).write_bytes(b"plain text\n")
    done = run("detect", "--csv", "--include", "x*", "tree")
    heading, row = done.stdout.decode().splitlines()
    assert heading == "path,encoding,language,confidence,source,note"
    assert row.startswith(f'"{os.path.join("tree", quoted)}",ascii,')
    assert run("detect", "--csv", "--json", "tree").returncode == 2


def test_summary(run, tree: Path) -> None:
    done = run("detect", "--summary", "--include", "*.txt", "--hidden", "tree")
    size = len(RUSSIAN)
    assert sorted(records(done.stdout)) == [
        ["ascii", "1", "25", "25.0%"],
        ["cp1251", "1", str(size), "25.0%"],
        ["koi8-r", "1", str(size), "25.0%"],
        ["utf-8", "1", str(len(RUSSIAN.encode())), "25.0%"],
    ]
    done = run("detect", "--summary", "--json", "tree/a.txt")
    expected = {"encoding": "cp1251", "files": 1, "bytes": size, "share": 1.0}
    assert json.loads(done.stdout) == expected
    assert run("detect", "--summary", "--columns", "path", "tree").returncode == 2


def test_threads_keep_the_order(run, tree: Path) -> None:
    for number in range(60):
        (tree / f"n{number:02}.txt").write_bytes(RUSSIAN.encode("cp1251")[: 40 + number * 7])
    one, many = run("detect", "--json", "tree"), run("detect", "--json", "-j", "4", "tree")
    assert one.stdout == many.stdout
    assert run("detect", "-j", "2", "--allow", "nonsense", "tree").returncode == 2
    done = run("detect", "-j", "2", "missing", "tree/a.txt")
    assert done.returncode == 2 and found(done.stdout) == ["a.txt"]


def test_names_of_archives(run, tmp_path: Path) -> None:
    import tarfile
    import zipfile

    class DosInfo(zipfile.ZipInfo):
        """As DOS tools wrote it: code page 866, and no flag."""

        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.filename.encode("cp866"), 0

    names = ["Отчёт за год.txt", "Письмо бухгалтеру.txt", "Новая папка.txt"]
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        for name in names:
            info = DosInfo("x")
            info.filename = name
            archive.writestr(info, b"content")
    with tarfile.open(tmp_path / "old.tar.gz", "w:gz", encoding="koi8-r",
                      format=tarfile.GNU_FORMAT) as tar:  # fmt: skip
        for name in names:
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    (tmp_path / "a.txt").write_bytes(b"no archive")
    done = run("detect", "--names", "old.zip", "old.tar.gz")
    assert [row[1:3] + row[5:] for row in records(done.stdout)] == [
        ["cp866", "ru", "3 names"],
        ["koi8-r", "ru", "3 names"],
    ]
    record = json.loads(run("detect", "--names", "--json", "old.zip").stdout)
    assert record["names"] == names
    assert len(run("detect", "--names", ".").stdout.splitlines()) == 2, "others are passed over"
    done = run("detect", "--names", "a.txt")
    assert done.returncode == 1 and b"not a zip or tar archive" in done.stderr
    (tmp_path / "cut.zip").write_bytes((tmp_path / "old.zip").read_bytes()[:-30])
    assert run("detect", "--names", "cut.zip").returncode == 1


def test_names_of_an_archive_that_marks_some_as_utf8(run, tmp_path: Path) -> None:
    """As Windows writes those that its code page lacks."""
    import zipfile

    class Info(zipfile.ZipInfo):
        __slots__ = ("coded",)

        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.coded

    old = ["議事録/平成２０年度.txt", "議事録/平成２１年度.txt", "写真/旅行の思い出.jpg"]
    new = ["メモ①😀.txt", "絵文字🎉の説明.txt"]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number, name in enumerate([*old, *new]):
            info = Info(f"{number}")
            info.coded = (name.encode(), 0x800) if name in new else (name.encode("cp932"), 0)
            archive.writestr(info, b"")
    (line,) = records(run("detect", "--names", "a.zip").stdout)
    assert (line[1], line[5]) == ("cp932", "5 names, 2 of them marked as UTF-8")
    assert json.loads(run("detect", "--names", "--json", "a.zip").stdout)["names"] == [*old, *new]
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.txt", b"")
        archive.writestr("é.txt", b"")
    (line,) = records(run("detect", "--names", "b.zip").stdout)
    assert (line[1], line[5]) == ("utf-8", "2 names")


def test_names_of_a_tar_archive_that_holds_a_zip_archive_or_is_cut(run, tmp_path: Path) -> None:
    """The names in the zip archive at its end were told; what was cut was no archive."""
    import tarfile
    import zipfile

    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("inside.txt", b"x")
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.GNU_FORMAT) as archive:
        for name in ("inner.zip", "inner.zip"):
            archive.add(tmp_path / name, name)
    done = run("detect", "--names", "--json", "a.tar")
    assert json.loads(done.stdout)["names"] == ["inner.zip"] * 2
    (tmp_path / "cut.tar").write_bytes((tmp_path / "a.tar").read_bytes()[:1700])
    done = run("detect", "--names", "cut.tar")
    assert done.returncode == 2 and b"cut.tar: broken tar archive: " in done.stderr


@pytest.mark.parametrize("mode", ["gz", "xz", "bz2"])
def test_broken_archives(run, tmp_path: Path, mode: str) -> None:
    import tarfile

    with tarfile.open(tmp_path / "a.tar", f"w:{mode}") as archive:
        for number in range(100):
            info = tarfile.TarInfo(f"{number}")
            info.size = 2000
            archive.addfile(info, io.BytesIO(os.urandom(2000)))
    whole = (tmp_path / "a.tar").read_bytes()
    for place in range(1000, len(whole), len(whole) // 8):
        (tmp_path / "a.tar").write_bytes(whole[:place] + b"\xff\xff\xff\xff" + whole[place + 4 :])
        done = run("detect", "--names", "a.tar")
        assert done.returncode in (0, 1, 2) and b"Traceback" not in done.stderr


def test_start_up_imports_no_more_than_detection_needs(environment: dict[str, str]) -> None:
    """The limit is 25 ms beside a bare interpreter, most of which is importing."""
    code = (
        "import sys; from recodec import cli; cli.main(['detect', '-']); "
        "print(*sorted(m for m in sys.modules if m.partition('.')[0] in sys.argv[1:]))"
    )
    heavy = ["argparse", "re", "typing", "dataclasses", "json", "csv", "zipfile", "tarfile"]
    heavy += ["concurrent", "subprocess", "recodec"]
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *heavy],
        input=RUSSIAN.encode("cp1251"), capture_output=True, check=True, env=environment,
    )  # fmt: skip
    found = set(done.stdout.decode().splitlines()[-1].split())
    allowed = {
        "recodec", "recodec._errors", "recodec._native", "recodec._native.lib", "recodec._search",
        "recodec._value", "recodec._version", "recodec._core", "recodec._core.detection",
        "recodec._detection", "recodec._detection.detect", "recodec._detection.result",
        "recodec._files", "recodec._files.beside", "recodec._files.blocks", "recodec._files.walk",
        "recodec._registry", "recodec._registry.hints",
    }  # fmt: skip
    assert {name for name in found if not name.startswith("recodec.cli")} <= allowed
    assert "recodec.cli._usage" not in found and "recodec.cli._archive" not in found
