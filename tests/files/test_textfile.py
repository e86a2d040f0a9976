"""`recodec.open` for writing: the form of the file that is there is kept."""

from __future__ import annotations

import codecs
import contextlib
import csv
import gc
import io
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import recodec
from charset_samples import sample
from recodec import DecodeError, EncodeError, OptionError
from recodec._coding.route import route
from recodec._files import textio
from recodec._registry import charsets

RUSSIAN = "Привет, как дела?\nСегодня мы едем в город за новыми книгами и хлебом.\n"


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "letter.txt"


def test_suffixes_of_iconv_are_policies(path: Path) -> None:
    with recodec.open(path, "w", encoding="ascii//TRANSLIT") as file:
        file.write("“Crème”")
    assert path.read_bytes() == b'"Creme"'
    path.write_bytes(b"caf\xe9")
    with recodec.open(path, encoding="ascii//IGNORE") as file:
        assert file.read() == "caf"
    with pytest.raises(OptionError, match="unknown suffix //BOGUS"):
        recodec.open(path, encoding="ascii//BOGUS")


def test_it_says_how_it_was_opened(path: Path) -> None:
    """As files of the built-in do, whose users look at `mode`."""
    for mode in ("w", "rt", "a"):
        with recodec.open(path, mode) as file:
            assert file.mode == mode[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16", "utf-32", "koi8-r"])
def test_read_change_write(path: Path, encoding: str, end: str) -> None:
    path.write_bytes(RUSSIAN.replace("\n", end).encode(encoding))
    with recodec.open(path) as file:
        text = file.read()
    assert text == RUSSIAN
    with recodec.open(path, "w") as file:
        assert file.encoding == encoding
        file.write(text.replace("книгами", "тетрадями"))
    expected = RUSSIAN.replace("книгами", "тетрадями").replace("\n", end)
    assert path.read_bytes() == expected.encode(encoding)
    with recodec.open(path, "a") as file:
        file.write("И ещё.\n")
    assert path.read_bytes().decode(encoding) == expected + "И ещё." + end
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis_2004", "か"),  # could be one character with U+309A
        ("big5hkscs", "Ê"),
        ("utf-7-imap", "日本"),
        ("utf-7", "日本"),
        ("hz", "中"),
        ("cp50221", "日本"),
        ("cp50220", "ｶ"),
        ("iso2022_kr", "가"),
        ("cp930", "日本"),
        ("cp932", "日本"),
    ],
)
def test_the_last_character_is_written_whole(path: Path, encoding: str, text: str) -> None:
    """What an encoder holds back until it is told that the text ends."""
    wide = "カ" if encoding == "cp50220" else text
    with recodec.open(path, "w", encoding=encoding, newline="") as file:
        for character in text:
            file.write(character)
        file.flush()
        file.writelines([text])
    assert path.read_bytes() == recodec.encode(text + text, encoding)
    assert recodec.decode(path.read_bytes(), encoding).text == wide + wide
    with recodec.open(path, "a", encoding=encoding, newline="\n") as file:
        print(text, file=file, end="")
    assert recodec.decode(path.read_bytes(), encoding, errors="replace").text.endswith(wide)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), recodec.open(path, "w", encoding=encoding) as file:
        file.write(text)
        raise ZeroDivisionError
    assert path.read_bytes() == before


def test_which_encoders_hold_back() -> None:
    """What begins a character of two code points is a Latin letter or a kana."""
    letters = "".join(map(chr, (*range(0xC0, 0x300), *range(0x3041, 0x3200))))
    held = set()
    for charset in charsets.all_charsets():
        if charset.kind != "multi":
            continue
        try:
            encoder = route(charset.name).incremental_encoder("ignore")
        except recodec.UnsupportedCharsetError:
            continue
        for letter in letters:
            encoder.encode(letter)
            if encoder.getstate():
                held.add(charset.name)
                break
    assert held == textio._HOLDING


def test_lines_of_a_charset_that_holds_back(path: Path) -> None:
    for newline, end in ((None, os.linesep), ("\r\n", "\r\n"), ("", "\n"), ("\n", "\n")):
        path.unlink(missing_ok=True)
        with recodec.open(path, "w", encoding="iso2022_jp", newline=newline) as file:
            file.write("日本\n語\n")
        assert path.read_bytes() == f"日本{end}語{end}".encode("iso2022_jp")
    with (
        pytest.raises(EncodeError),
        recodec.open(path, "w", encoding="cp50221", newline="") as file,
    ):
        file.write("한")


def test_most_lines_decide(path: Path) -> None:
    path.write_bytes(b"a\r\nb\nc\r\nd\r")
    with recodec.open(path, "w") as file:
        file.write("x\ny\n")
    assert path.read_bytes() == b"x\r\ny\r\n"
    with recodec.open(path, "w", newline="\n") as file:
        file.write("x\ny\n")
    assert path.read_bytes() == b"x\ny\n"


def test_new_file_is_utf_8(path: Path) -> None:
    with recodec.open(path, "w") as file:
        file.write("Füße\n")
    assert path.read_bytes() == f"Füße{os.linesep}".encode()
    with recodec.open(path, "w", encoding="latin-1") as file:
        assert file.detection is None
        file.write("Füße\n")
    assert path.read_bytes() == f"Füße{os.linesep}".encode("latin-1")


def test_file_is_replaced_when_it_is_closed_and_not_before(path: Path) -> None:
    path.write_bytes(RUSSIAN.encode("cp1251"))
    path.chmod(0o640)
    file = recodec.open(path, "w")
    file.write("новое\n")
    file.flush()
    assert path.read_bytes() == RUSSIAN.encode("cp1251")
    file.close()
    file.close()
    assert path.read_bytes() == "новое\n".encode("cp1251")
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o640


def test_error_leaves_what_was_there(path: Path) -> None:
    data = RUSSIAN.encode("cp1251")
    path.write_bytes(data)
    with pytest.raises(ZeroDivisionError), recodec.open(path, "w") as file:
        file.write("half")
        raise ZeroDivisionError
    assert path.read_bytes() == data
    with pytest.raises(EncodeError, match="U\\+65E5"), recodec.open(path, "w") as file:
        file.write("日本")
    assert path.read_bytes() == data
    assert os.listdir(path.parent) == [path.name]


def test_file_that_is_forgotten_leaves_what_was_there(path: Path) -> None:
    path.write_bytes(b"precious\n")
    with pytest.warns(ResourceWarning, match="unclosed TextFile: .*letter.txt' stays as it was"):
        recodec.open(path, "w").write("half")
        for _ in range(2):  # PyPy takes what holds the file first
            gc.collect()
    assert path.read_bytes() == b"precious\n"
    assert os.listdir(path.parent) == [path.name]


def test_file_whose_text_cannot_be_wrapped_leaves_what_was_there(path: Path) -> None:
    path.write_bytes(b"precious\n")
    with pytest.raises(ValueError, match="newline"):
        recodec.open(path, "w", newline="x")
    with pytest.raises(ValueError, match="newline"):
        recodec.open(path, "a", newline="x")
    assert path.read_bytes() == b"precious\n"
    assert os.listdir(path.parent) == [path.name]


def test_disk_that_is_full_at_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"precious\n")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    file = recodec.open(path, "w")
    file.write("new")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        file.close()
    assert path.read_bytes() == b"precious\n"
    assert os.listdir(path.parent) == [path.name]


def test_what_cannot_be_opened_for_writing(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(DecodeError, match="png data"):
        recodec.open(path, "w")
    with pytest.raises(OptionError, match="by their path"):
        recodec.open(1, "w")
    for mode in ("r+", "wb", "x", ""):
        with pytest.raises(OptionError, match="the mode of"):
            recodec.open(path, mode)
    with pytest.raises(FileNotFoundError):
        recodec.open(path.parent / "no" / "such", "w")
    with pytest.raises(OSError, match=r"directory|denied"):
        recodec.open(path.parent, "w")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_no_regular_file_is_not_replaced(path: Path) -> None:
    """Who may do so would have taken /dev/null from everybody; of a pipe, the encoding would have
    been waited for."""
    os.mkfifo(path)
    with pytest.raises(OptionError, match="a device or a pipe"):
        recodec.open(path, "w")
    assert path.is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_new_files_have_the_mode_of_new_files_and_leave_the_mask_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can only be read by setting it, and two threads at that would have kept it set."""
    old = os.umask(0o027)
    try:
        with monkeypatch.context() as patch:
            patch.delattr(os, "umask")
            with recodec.open(tmp_path / "new", "w") as file:
                file.write("x")
    finally:
        os.umask(old)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


@settings(
    max_examples=100,  # each waits for the disk
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(text=st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\ufeff")))
def test_what_is_written_is_read(path: Path, text: str) -> None:
    with recodec.open(path, "w", encoding="utf-8", newline="\r\n") as file:
        file.write(text)
    with recodec.open(path, encoding="utf-8") as file:
        assert file.read() == text


STATEFUL = [one.name for one in charsets.all_charsets() if one.kind == "stateful"]


@pytest.mark.parametrize("name", [*STATEFUL, "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", [None, ""])
def test_every_place_of_a_file_with_shifts_can_be_gone_back_to(
    path: Path, name: str, newline: str | None
) -> None:
    """tell() keeps the state of the decoder in a C int; that of CPython's iso2022_kr has more."""
    if sys.implementation.name == "pypy" and name in ("hz", "utf-7"):
        pytest.skip("PyPy's own decoder of HZ gives no state, its tell() aborts in UTF-7")
    text = sample(name).replace("\r", "").replace("\n", "")[:120]
    lines = "".join(text[at:] + text[:at] + "\n" for at in range(0, len(text), 12))
    path.write_bytes(recodec.encode(lines, name))
    with recodec.open(path, encoding=name, newline=newline) as file:
        assert file.encoding == name
        file._text._CHUNK_SIZE = 29  # type: ignore[attr-defined]
        places, read = [], ""
        while True:
            places.append((file.tell(), len(read)))
            line = file.readline()
            if not line:
                break
            read += line
        assert read == lines
        for place, before in reversed(places):
            file.seek(place)
            assert file.read(30) == lines[before : before + 30]
            here = file.tell()
            rest = file.read()
            file.seek(here)
            assert file.read() == rest == lines[before + 30 :]


def test_what_the_api_reads_differently_from_cpython_is_read_so_from_files(path: Path) -> None:
    path.write_bytes("no mark".encode("utf-16-le"))
    with recodec.open(path, encoding="utf-16") as file:
        assert (file.read(), file.encoding) == ("no mark", "utf-16")
    assert path.read_bytes().decode("recodec:utf-16") == "no mark"
    with pytest.raises(LookupError):
        b"x".decode("recodec:no-such")


# -- By lines --------------------------------------------------------------------------------------

BY_LINES = ["cp1252", "cp932", "shift_jis_2004", "iso2022_jp", "utf-8-sig", "utf-16", "viscii"]
WAYS = {
    "for": list,
    "readline": lambda file: list(iter(file.readline, "")),
    "readlines": lambda file: file.readlines(),
    "next": lambda file: [next(file), next(file), *file],
    "mixed": lambda file: [file.readline(), next(file), *file.readlines()],
    "read": lambda file: file.read().splitlines(keepends=True),
    "little by little": lambda file: "".join(iter(lambda: file.read(7), "")).splitlines(True),
    "csv": lambda file: [f"{row[0]}\n" for row in csv.reader(file, quoting=csv.QUOTE_NONE)],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", BY_LINES)
def test_all_ways_to_read_lines_give_the_same(path: Path, name: str, way: str) -> None:
    text = sample(name).replace("\r", "").replace("\n", "").replace(",", "")[:50]
    lines = [f"{text[at % 50 :]}{at}\n" for at in range(600)]  # several blocks of the reader
    path.write_bytes(recodec.encode("".join(lines), name))
    with recodec.open(path, encoding=name) as file:
        assert WAYS[way](file) == lines


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("errors", ["strict", "xmlcharrefreplace", lambda error: 1 / 0 or error])
def test_all_ways_to_read_lines_say_where_an_error_is(
    path: Path, way: str, errors: Callable[..., object] | str
) -> None:
    """Also those in which no function of ours is called."""
    lines = "".join(f"日本語{at}\n" for at in range(2000)).encode("cp932")
    at = lines.index(b"1500\n")
    path.write_bytes(lines[:at] + b"\x82\x01" + lines[at:])
    with recodec.open(path, encoding="cp932", errors=errors) as file:  # type: ignore[arg-type]
        if callable(errors):
            with pytest.raises(ZeroDivisionError):
                WAYS[way](file)
            return
        with pytest.raises(DecodeError) as caught:
            WAYS[way](file)
    error = caught.value
    assert (error.encoding, error.offset, error.line, error.column) == ("cp932", at, 1501, 4)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestWarning")
def test_lines_of_a_file_that_nobody_holds(path: Path) -> None:
    path.write_bytes(b"caf\xe9\n" * 5000)
    assert sum(1 for line in recodec.open(path) if line == "café\n") == 5000
    assert list(csv.reader(recodec.open(path))) == [["café"]] * 5000
    with pytest.raises(DecodeError, match="line 1, column 4"):
        for _ in recodec.open(path, encoding="utf-8"):
            pass
    gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestWarning")
def test_what_is_written_by_a_file_that_nobody_holds(path: Path) -> None:
    recodec.open(path, "a", encoding="iso2022_jp").write("日本")
    gc.collect()
    assert path.read_bytes() == "日本".encode("iso2022_jp")
    recodec.open(path, "a").write("語")
    gc.collect()
    assert path.read_bytes().decode("iso2022_jp") == "日本語"


@pytest.mark.parametrize("name", ["cp1252", "cp932", "utf-8", "iso2022_jp", "big5hkscs", "viscii"])
@pytest.mark.parametrize("mode", ["w", "a"])
def test_a_character_that_is_not_there_fails_where_it_is_written(
    path: Path, name: str, mode: str
) -> None:
    """Not later, when a buffer is full; and what stands before and behind it is written."""
    bad = "\ud800" if name == "utf-8" else "\U0001f600"
    writes = {
        "write": lambda file: file.write(f"one {bad}\n"),
        "print": lambda file: print(bad, file=file),
        "writelines": lambda file: file.writelines(["two\n", bad]),
        "csv": lambda file: csv.writer(file).writerow(["a", bad]),
    }
    with recodec.open(path, mode, encoding=name, newline="") as file:
        for title, write in writes.items():
            file.write(f"before {title}\n")
            with pytest.raises(EncodeError) as caught:
                write(file)
            assert caught.value.encoding == name
            assert caught.value.object[caught.value.start] == bad
    expected = "before write\nbefore print\nbefore writelines\ntwo\nbefore csv\n"
    written = path.read_bytes()
    assert recodec.decode(written, name).text.replace("\n\n", "\n") == expected


@pytest.mark.parametrize("errors", ["replace", "ignore", "xmlcharrefreplace", "translit,replace"])
@pytest.mark.parametrize("name", ["cp932", "iso2022_jp", "cp1252", "viscii", "cp037"])
def test_policies_of_lines_that_are_written(path: Path, name: str, errors: str) -> None:
    lines = ["a \U0001f600 b\n", "c\n", "\u2260\U0001f600\n"]
    with recodec.open(path, "w", encoding=name, errors=errors, newline="\n") as file:
        assert file.errors == errors
        for line in lines:
            file.write(line)
    assert path.read_bytes() == recodec.encode("".join(lines), name, errors)
    with recodec.open(path, encoding=name, errors=errors) as file:
        assert file.errors == errors


@pytest.mark.parametrize("errors", ["strict", "replace", "ignore", "surrogateescape"])
def test_lines_of_cp932_have_the_codes_of_windows(path: Path, errors: str) -> None:
    """Written by CPython's codec, whose codes of some characters are others."""
    lines = ["日本語\n", "ⅰⅱ仡\n", "ｱ㈱纊\n"] * 500 + ["犬\n"]
    if errors in ("replace", "ignore"):
        lines[700] = "a\U0001f600b\n"
    if errors == "surrogateescape":
        lines[700] = "\udced@\n"
    with recodec.open(path, "w", encoding="cp932", errors=errors, newline="\r\n") as file:
        for line in lines:
            file.write(line)
        file.reconfigure(newline="\n")
        file.write("ⅹ\n")
    expected = recodec.encode("".join(lines).replace("\n", "\r\n") + "ⅹ\n", "cp932", errors)
    assert path.read_bytes() == expected
    with (
        pytest.raises(EncodeError) as caught,
        recodec.open(path, "w", encoding="cp932") as file,
    ):
        file.write("日本\U0001f600")
    with pytest.raises(EncodeError) as one_shot:
        recodec.encode("日本\U0001f600", "cp932")
    for name in ("encoding", "object", "start", "end", "reason", "offset", "line", "column"):
        assert getattr(caught.value, name) == getattr(one_shot.value, name)


def test_the_end_of_a_flavour_is_written(path: Path) -> None:
    with recodec.open(path, "w", encoding="whatwg:iso-2022-jp", newline="\n") as file:
        file.write("日本")
    assert path.read_bytes() == b"\x1b$BF|K\\\x1b(B"


def test_it_is_a_text_file_like_others(path: Path) -> None:
    with recodec.open(path, "w", encoding="iso2022_jp", newline="\n") as file:
        assert isinstance(file, io.TextIOBase)
        assert file.name == str(path)
        assert (file.encoding, file.errors, file.writable()) == ("iso2022_jp", "strict", True)
        file.write("日本\n語")
        file.reconfigure(newline="\r\n")
        file.write("\n本")
        with pytest.raises(OptionError, match="keeps its encoding"):
            file.reconfigure(encoding="utf-8")
        with pytest.raises(io.UnsupportedOperation):
            file.read()
    assert file.closed
    assert path.read_bytes().decode("iso2022_jp") == "日本\n語\r\n本"
    with recodec.open(path, newline="") as file:
        assert repr(file) == f"<TextFile name={str(path)!r} mode='r' encoding='iso2022_jp'>"
        assert (file.readable(), file.newlines, file.buffer.peek(1)[:1]) == (True, None, b"\x1b")
        file.seek(0, io.SEEK_END)
        assert file.read() == ""
    with pytest.raises(LookupError):
        codecs.lookup("recodec_file").incrementaldecoder()


@pytest.mark.skipif(sys.implementation.name == "pypy", reason="PyPy counts no references")
def test_an_error_leaves_nothing_to_the_garbage_collector(path: Path) -> None:
    """Its name among the error policies is free again at once, and the file is let go."""
    path.write_bytes(b"abc\n\x81\n")

    def read() -> None:
        with contextlib.suppress(DecodeError), recodec.open(path, encoding="euc_jp") as file:
            list(file)

    def write() -> None:
        with contextlib.suppress(EncodeError), recodec.open(path, "w", encoding="cp1252") as file:
            file.write("\U0001f600")

    for once in (read, write):
        once()
        gc.collect()
        gc.disable()
        try:
            before = len(gc.get_objects())
            for _ in range(20):
                once()
            assert len(gc.get_objects()) < before + 20
        finally:
            gc.enable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_the_name_of_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    data = "Привет всем, кто это читает".encode("koi8-r")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(data,))
    writer.start()
    with recodec.open(tmp_path / "pipe") as file:
        assert (file.read(), file.name) == (data.decode("koi8-r"), os.fspath(tmp_path / "pipe"))
    writer.join()
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    with recodec.open(reading) as file:
        assert file.name == reading and "<TextFile name=" in repr(file)
