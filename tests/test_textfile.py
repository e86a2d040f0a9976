"""`recodec.open` for writing: the form of the file that is there is kept."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import recodec
from charset_samples import sample
from recodec import DecodeError, EncodeError, OptionError, _registry

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
        gc.collect()
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
        with pytest.raises(OptionError, match="modes"):
            recodec.open(path, mode)
    with pytest.raises(FileNotFoundError):
        recodec.open(path.parent / "no" / "such", "w")


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


STATEFUL = [one.name for one in _registry.all_charsets() if one.kind == "stateful"]


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
        file._CHUNK_SIZE = 29  # type: ignore[attr-defined]
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
