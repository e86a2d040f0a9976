"""`recodec convert`, mostly as a real process."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recodec import cli

RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\r\n" * 4
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """old/a.txt in windows-1251, old/sub/b.txt in KOI8-R."""
    (tmp_path / "old" / "sub").mkdir(parents=True)
    (tmp_path / "old" / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (tmp_path / "old" / "sub" / "b.txt").write_bytes(RUSSIAN.encode("koi8-r"))
    return tmp_path


def rows_of(output: bytes) -> list[list[str]]:
    """The fields of a report, with paths as written on POSIX."""
    return [line.replace(os.sep, "/").split("\t") for line in output.decode().splitlines()]


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if "recodec-new" in path.name]


# -- To standard output ----------------------------------------------------------------------------


def test_detected_file_to_utf_8_byte_for_byte(run, tree: Path) -> None:
    done = run("convert", "old/a.txt")
    assert done.stdout == RUSSIAN.encode()
    assert done.stderr == b""
    assert done.returncode == 0


def test_standard_input_with_both_names(run) -> None:
    done = run("convert", "-f", "cp866", "-t", "utf-16-le", "-", stdin=RUSSIAN.encode("cp866"))
    assert done.stdout == RUSSIAN.encode("utf-16-le")
    assert done.returncode == 0


def test_standard_input_detected(run) -> None:
    assert run("convert", "-", stdin=RUSSIAN.encode("cp1251")).stdout == RUSSIAN.encode()


def test_hints_of_where_the_input_comes_from(run) -> None:
    """As `detect` takes them: what the bytes leave open, the label and the domain decide."""
    word = "Łódź".encode("iso8859-2")
    assert run(
        "convert", "--min-confidence", "0", "--declared", "iso-8859-2", stdin=word
    ).stdout == ("Łódź".encode())
    by_domain = run("convert", "--min-confidence", "0", "--tld", "ua", stdin="їжа".encode("koi8-u"))
    assert by_domain.stdout == "їжа".encode()


def test_several_inputs_follow_one_another(run, tree: Path) -> None:
    done = run("convert", "old", "-", stdin=b"the end\n")
    assert done.stdout == RUSSIAN.encode() * 2 + b"the end\n"


def test_byte_order_mark_goes_with_the_encoding_that_had_it(run) -> None:
    assert run("convert", "-", stdin=RUSSIAN.encode("utf-8-sig")).stdout == RUSSIAN.encode()
    assert run("convert", "-", stdin=RUSSIAN.encode("utf-16")).stdout == RUSSIAN.encode()


def test_empty_input(run) -> None:
    done = run("convert", "-", stdin=b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_binary_is_left_out_and_the_rest_goes_on(run, tree: Path) -> None:
    (tree / "x.png").write_bytes(PNG)
    done = run("convert", "x.png", "old/a.txt")
    assert done.stdout == RUSSIAN.encode()
    assert done.stderr.splitlines() == [b"recodec: x.png: left out: binary (png)"]
    assert done.returncode == 1


def test_unsure_detection_is_left_out(run) -> None:
    done = run("convert", "--min-confidence", "1", "-", stdin=b"\xe9")
    assert done.stdout == b""
    assert b"recodec: (standard input): left out: " in done.stderr
    assert done.returncode == 1
    done = run("convert", "--min-confidence", "0", "-", stdin=b"caf\xe9 au lait, s'il vous plait")
    assert done.stdout.startswith(b"caf")
    assert done.returncode == 0


def test_undecodable_byte_is_located(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("один\r\nдва ".encode() + b"\xff" + "три".encode())
    done = run("convert", "-f", "utf-8", "-t", "koi8-r", "a.txt")
    (message,) = done.stderr.decode().splitlines()
    assert message.startswith("recodec: a.txt: line 2, column 5 (byte 17): ff is not utf-8 (")
    assert done.returncode == 1
    done = run("convert", "-f", "utf-8", "--errors", "replace", "a.txt")
    assert done.stdout.decode() == "один\r\nдва \ufffdтри"
    assert done.returncode == 0


def test_unencodable_character_is_named_with_charsets_that_have_it(run) -> None:
    text = "one\ntwo € three"
    done = run("convert", "-f", "utf-8", "-t", "iso8859-1", "-", stdin=text.encode())
    (message,) = done.stderr.decode().splitlines()
    assert "line 2, column 5: U+20AC € EURO SIGN is not in iso8859-1" in message
    assert "cp1252" in message or "iso8859-15" in message or "..." in message
    assert done.returncode == 1
    done = run("convert", "-t", "ascii", "--errors", "xmlcharrefreplace", "-", stdin=text.encode())
    assert done.stdout == b"one\ntwo &#8364; three"


def test_error_in_one_file_does_not_stop_the_next(run, tree: Path) -> None:
    (tree / "bad.txt").write_bytes(b"\xff\xfe\xff")
    done = run("convert", "-f", "utf-8", "bad.txt", "-", stdin=b"fine")
    assert done.stdout == b"fine"
    assert done.returncode == 1


def test_unknown_names_are_refused_before_anything_is_read(run) -> None:
    done = run("convert", "-t", "koi8r2", "gone.txt", "-", stdin=b"x")
    assert b"unknown charset 'koi8r2'; did you mean" in done.stderr
    assert done.stdout == b""
    assert done.returncode == 2
    assert run("convert", "-f", "nonsense", "-", stdin=b"x").returncode == 2
    assert run("convert", "--allow", "nonsense", "-", stdin=b"x").returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss is in KiB there")
@pytest.mark.parametrize("through", ["file", "pipe", "pipe with --from"])
def test_memory_does_not_grow_with_the_input(tmp_path: Path, peak, through: str) -> None:
    """64 MiB of input, less than 40 MiB more memory: a detected pipe is copied to a file."""
    block = RUSSIAN.encode("cp1251") * 64
    big = tmp_path / "big"
    peaks = []
    for size in (1 << 16, 64 << 20):
        count = size // len(block)
        with open(big, "wb") as file:
            file.writelines(block for _ in range(count))
        arguments = ["convert", "-f", "cp1251"] if "--from" in through else ["convert"]
        with open(tmp_path / "out", "wb") as out:
            if through == "file":
                peaks.append(peak(*arguments, big, stdout=out))
            else:
                with subprocess.Popen(["cat", str(big)], stdout=subprocess.PIPE) as cat:
                    peaks.append(peak(*arguments, "-", stdin=cat.stdout, stdout=out))
        assert (tmp_path / "out").stat().st_size == count * 64 * len(RUSSIAN.encode())
    assert peaks[1] - peaks[0] < 40 * 1024


# -- To files --------------------------------------------------------------------------------------


def test_output_file(run, tree: Path) -> None:
    done = run("convert", "-o", "new.txt", "old/a.txt")
    assert (tree / "new.txt").read_bytes() == RUSSIAN.encode()
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)


def test_output_file_from_standard_input(run, tree: Path) -> None:
    done = run("convert", "-o", "new.txt", "-", stdin=RUSSIAN.encode("cp1251"))
    assert (tree / "new.txt").read_bytes() == RUSSIAN.encode()
    assert done.returncode == 0
    assert leftovers(tree) == []


def test_output_is_whole_or_as_it_was(run, tree: Path) -> None:
    for source, data in (("bad.txt", b""), ("-", b"a" * 100_000 + b"\xff")):
        (tree / "bad.txt").write_bytes(b"a" * 100_000 + b"\xff")
        (tree / "new.txt").write_bytes(b"precious")
        done = run("convert", "-f", "utf-8", "-t", "utf-16", "-o", "new.txt", source, stdin=data)
        assert done.returncode == 1
        assert (tree / "new.txt").read_bytes() == b"precious"
        assert leftovers(tree) == []


def test_tree_is_mirrored(run, tree: Path) -> None:
    done = run("convert", "-o", "new", "old")
    assert (tree / "new" / "a.txt").read_bytes() == RUSSIAN.encode()
    assert (tree / "new" / "sub" / "b.txt").read_bytes() == RUSSIAN.encode()
    assert (tree / "old" / "a.txt").read_bytes() == RUSSIAN.encode("cp1251")
    assert (done.stderr, done.returncode) == (b"", 0)


def test_output_directory_inside_the_input_is_not_converted_again(run, tree: Path) -> None:
    for _ in range(2):
        done = run("convert", "-o", "old/new/", "old")
        assert (done.stderr, done.returncode) == (b"", 0)
    files = sorted(p.relative_to(tree / "old").as_posix() for p in (tree / "old").rglob("*.txt"))
    assert files == ["a.txt", "new/a.txt", "new/sub/b.txt", "sub/b.txt"]


def test_output_directory_around_the_input(run, tree: Path) -> None:
    assert run("convert", "-o", ".", "old").returncode == 0
    assert (tree / "a.txt").read_bytes() == RUSSIAN.encode()
    assert (tree / "sub" / "b.txt").read_bytes() == RUSSIAN.encode()
    done = run("convert", "-o", "old", "old")
    assert done.returncode == 2
    assert done.stderr.count(b"is its own output; convert it in place") == 2


def test_folder_that_cannot_take_the_output_is_named(run, tree: Path) -> None:
    done = run("convert", "old/a.txt", "-o", "gone/a.txt")
    assert done.returncode == 2
    assert done.stderr.replace(b"\r", b"") == (
        b"recodec: old/a.txt: cannot write in " + os.fsencode(tree / "gone")
        + b": No such file or directory\n"
    )  # fmt: skip


def test_two_inputs_never_share_an_output(run, tree: Path) -> None:
    (tree / "a.txt").write_bytes(b"another\n")
    done = run("convert", "-o", "new", "old/a.txt", "a.txt")
    assert (tree / "new" / "a.txt").read_bytes() == RUSSIAN.encode()
    assert b"recodec: a.txt: would overwrite new" in done.stderr
    assert done.returncode == 2


def test_output_over_the_input_is_refused(run, tree: Path) -> None:
    before = (tree / "old" / "a.txt").read_bytes()
    for output in ("old/a.txt", "old"):
        done = run("convert", "-o", output, "old/a.txt")
        assert b"is its own output" in done.stderr
        assert done.returncode == 2
        assert (tree / "old" / "a.txt").read_bytes() == before


def test_several_inputs_need_a_directory(run, tree: Path) -> None:
    (tree / "file").write_bytes(b"precious")
    done = run("convert", "-o", "file", "old/a.txt", "old/sub/b.txt")
    assert b"file is not a directory" in done.stderr
    assert done.returncode == 2
    assert (tree / "file").read_bytes() == b"precious"


def test_standard_input_has_no_name_in_a_directory(run, tree: Path) -> None:
    done = run("convert", "-o", "old", "-", stdin=b"x")
    assert b"(standard input): has no name" in done.stderr
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a device file")
def test_device_is_written_into_and_not_replaced(run, tree: Path) -> None:
    done = run("convert", "-o", os.devnull, "old/a.txt")
    assert (done.stderr, done.returncode) == (b"", 0)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_as_input_of_an_output_file(run, tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    with subprocess.Popen(["cp", str(tree / "old" / "a.txt"), str(tree / "pipe")]):
        done = run("convert", "-o", "new.txt", "pipe")
    assert (done.stderr, done.returncode) == (b"", 0)
    assert (tree / "new.txt").read_bytes() == RUSSIAN.encode()


# -- In place --------------------------------------------------------------------------------------


def test_in_place_keeps_mode_and_times(run, tree: Path) -> None:
    path = tree / "old" / "a.txt"
    path.chmod(0o640)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    done = run("convert", "--in-place", "old")
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)
    assert path.read_bytes() == (tree / "old" / "sub" / "b.txt").read_bytes() == RUSSIAN.encode()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.stat().st_mtime == 1_000_000_000
    assert leftovers(tree) == []


def test_second_run_changes_nothing(run, tree: Path) -> None:
    run("convert", "--in-place", "old")
    inode = (tree / "old" / "a.txt").stat().st_ino
    done = run("convert", "--in-place", "--verbose", "old")
    assert (tree / "old" / "a.txt").stat().st_ino == inode
    rows = rows_of(done.stdout)
    assert [row[4] for row in rows] == ["same bytes", "same bytes"]


def test_original_is_untouched_by_errors(run, tree: Path) -> None:
    path = tree / "old" / "a.txt"
    for arguments in (["-t", "iso8859-1"], ["-f", "utf-8", "-t", "cp1251"], ["-f", "euc_jp"]):
        done = run("convert", "--in-place", *arguments, "old/a.txt")
        assert path.read_bytes() == RUSSIAN.encode("cp1251")
        assert done.returncode == 1
        assert b"recodec: old/a.txt: line 1, column " in done.stderr
        assert leftovers(tree) == []


def test_damaged_legacy_text_is_told_and_left_alone(run, tmp_path: Path) -> None:
    """One byte that windows-1251 leaves open: the charset is found, and no converter takes it."""
    text = RUSSIAN.encode("cp1251")
    data = text[:60] + b"\x98" + text[60:]
    path = tmp_path / "damaged.txt"
    path.write_bytes(data)
    done = run("convert", "--in-place", str(path))
    assert done.returncode == 1
    assert path.read_bytes() == data
    assert b"line 2, column 2 (byte 60): 98 is not cp1251" in done.stderr
    checked = run("check", "--only", "cp1251", str(path))
    assert checked.returncode == 1
    assert b"damaged.txt:2:2: byte 98 at offset 60" in checked.stdout
    replaced = run("convert", "--errors", "replace", str(path))
    assert replaced.stdout.decode().replace("\ufffd", "", 1) == RUSSIAN


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_only_regular_files_are_replaced(run, tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    done = run("convert", "--in-place", "pipe", "old/a.txt")
    assert b"recodec: pipe: is not a regular file" in done.stderr
    assert done.returncode == 2
    assert (tree / "old" / "a.txt").read_bytes() == RUSSIAN.encode()
    assert stat.S_ISFIFO((tree / "pipe").stat().st_mode)


def test_missing_file_and_the_rest(run, tree: Path, no_such_file: str) -> None:
    done = run("convert", "--in-place", "gone.txt", "old/a.txt")
    assert done.stderr.decode().splitlines() == [f"recodec: gone.txt: {no_such_file}"]
    assert done.returncode == 2
    assert (tree / "old" / "a.txt").read_bytes() == RUSSIAN.encode()


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signal_leaves_the_original_and_nothing_else(
    tmp_path: Path, environment, name: str
) -> None:
    number = getattr(signal, name)
    big = tmp_path / "big.txt"
    big.touch()
    os.truncate(big, 1 << 30)  # a hole: takes seconds to convert, and no room before that
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "recodec", "convert", "--in-place"),
            *("-f", "cp1251", "-t", "utf-16", big),
        ],
        stderr=subprocess.PIPE,
        env=environment,
        # What started the tests may ignore it, as nohup does; the command would, too.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if any(path.stat().st_size for path in tmp_path.glob(".*recodec-new")):
            break
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode == 128 + number
    assert big.stat().st_size == 1 << 30
    assert leftovers(tmp_path) == []


# -- Reports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [[], ["--in-place"], ["-o", "new"]], ids=str)
def test_dry_run_reports_and_writes_nothing(run, tree: Path, where: list[str]) -> None:
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    (tree / "ok.txt").write_bytes(RUSSIAN.encode())
    done = run("convert", "--dry-run", *where, "old", "ok.txt")
    rows = rows_of(done.stdout)
    assert [row[0] for row in rows] == ["old/a.txt", "old/sub/b.txt", "ok.txt"]
    assert [row[1:3] for row in rows] == [
        ["cp1251", "utf-8"],
        ["koi8-r", "utf-8"],
        ["utf-8", "utf-8"],
    ]
    assert [row[4] for row in rows] == ["would change", "would change", "same bytes"]
    if where[:1] == ["-o"]:
        assert [row[6] for row in rows] == ["new/a.txt", "new/sub/b.txt", "new/ok.txt"]
    assert done.returncode == 0
    after = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    del after[tree / "ok.txt"]
    assert after == before
    assert not (tree / "new").exists()


def test_dry_run_finds_what_could_not_be_converted(run, tree: Path) -> None:
    done = run("convert", "-n", "--in-place", "-t", "latin-1", "old/a.txt")
    assert b"is not in iso8859-1" in done.stderr
    assert done.stdout == b""
    assert done.returncode == 1


def test_summary_counts_what_was_converted_from_which_encoding(run, tree: Path) -> None:
    (tree / "old" / "c.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (tree / "old" / "d.png").write_bytes(PNG)
    (tree / "old" / "e.txt").write_bytes(b"plain\n")
    (tree / "old" / "f.txt").write_bytes(RUSSIAN.encode() + b"\xff")
    size = len(RUSSIAN)
    for dry, result in (["-n"], "would change"), ([], "changed"):
        done = run("convert", "--in-place", "--summary", *dry, "old")
        assert done.stderr.count(b"\n") == 1 and b"f.txt: line 5" in done.stderr
        assert rows_of(done.stdout) == [
            ["cp1251", "utf-8", result, "2", str(2 * size), "0"],
            ["ascii", "utf-8", "same bytes", "1", "6", "0"],
            ["koi8-r", "utf-8", result, "1", str(size), "0"],
            ["-", "utf-8", "failed", "1", str(len(RUSSIAN.encode()) + 1), "0"],
            ["-", "utf-8", "left out", "1", str(len(PNG)), "0"],
        ]
    rows = run("convert", "--in-place", "--summary", "--json", "old").stdout.splitlines()
    assert json.loads(rows[0]) == {
        "from": "utf-8", "to": "utf-8", "result": "same bytes", "files": 3,
        "bytes_in": 3 * len(RUSSIAN.encode()), "lost": 0,
    }  # fmt: skip


def test_json_report(run, tree: Path) -> None:
    done = run("convert", "--json", "-o", "new", "old")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["path"] == os.path.join("old", "a.txt")
    assert first["output"] == os.path.join("new", "a.txt")
    assert (first["from"], first["to"], first["language"]) == ("cp1251", "utf-8", "ru")
    assert first["bytes_in"] == len(RUSSIAN.encode("cp1251"))
    assert first["bytes_out"] == len(RUSSIAN.encode()) == (tree / "new/a.txt").stat().st_size
    assert first["result"] == second["result"] == "changed"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--in-place", "-"],
        ["-", "-"],
        ["--in-place", "-o", "x", "a"],
        ["--verbose", "a"],
        ["--summary", "a"],
        ["--json", "-"],
        ["--min-confidence", "1.5", "a"],
        ["--min-confidence", "high", "a"],
        ["--errors", "explode", "a"],
        ["--allow", ",", "a"],
    ],
    ids=" ".join,
)
def test_contradictions_are_usage_errors(capsys, arguments: list[str]) -> None:
    assert cli.main(["convert", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("recodec convert: error: ")


def test_signal_handlers_are_put_back(here: Path, capsysbinary) -> None:
    (here / "a.txt").write_bytes(b"hello\n")
    before = signal.getsignal(signal.SIGTERM)
    assert cli.main(["convert", "a.txt"]) == 0
    assert signal.getsignal(signal.SIGTERM) == before
    assert capsysbinary.readouterr().out == b"hello\n"


@pytest.mark.parametrize("lines", [1, 10_000], ids=["a few lines", "enough for the kernels"])
def test_start_up_imports_no_more_than_conversion_needs(
    environment: dict[str, str], lines: int
) -> None:
    """The limit is 15 ms beside a bare interpreter; each of these takes one to five."""
    heavy = ["argparse", "collections", "contextlib", "dataclasses", "enum", "functools", "json"]
    heavy += ["re", "signal", "subprocess", "tempfile", "threading", "typing"]
    code = (
        "import sys; from recodec import cli; cli.main(['convert', '-']); "
        "print(*(name for name in sys.argv[1:] if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *heavy],
        input=RUSSIAN.encode("cp1251") * lines, capture_output=True, check=True, env=environment,
    )  # fmt: skip
    assert done.stdout == RUSSIAN.encode() * lines
    # The lines that may be in another encoding are kept in arrays, which register with them.
    assert set(done.stderr.split()) <= {b"collections"}


def test_a_file_in_two_encodings_is_split_when_asked(run, tmp_path: Path) -> None:
    text = "Вчера мы ходили в лес за грибами\n" * 3
    data = text.encode() + text.encode("koi8-r")
    path = tmp_path / "old.log"
    path.write_bytes(data)
    done = run("convert", "--in-place", str(path))
    assert done.returncode == 1
    assert b"left out: in several encodings: lines 1-3 in utf-8, 4-6 in koi8-r" in done.stderr
    assert b"; --mixed split reads each in its own" in done.stderr
    assert path.read_bytes() == data
    done = run("convert", "--mixed", "split", "--in-place", "--json", str(path))
    assert done.returncode == 0
    assert json.loads(done.stdout)["from"] == "utf-8 + koi8-r"
    assert path.read_bytes().decode() == text * 2
    done = run("convert", "--mixed", "split", stdin=data)
    assert done.stdout.decode() == text * 2
    assert run("convert", "--mixed", "divide", str(path)).returncode == 2
