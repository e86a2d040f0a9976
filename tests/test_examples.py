"""The programs of examples/ do what they say, as modules and from the command line."""

from __future__ import annotations

import io
import mailbox
import os
import subprocess
import sys
import zipfile
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\n"


def load(name: str) -> ModuleType:
    spec = util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in EXAMPLES.glob("*.py") if "sys.argv" in path.read_text())
)
def test_called_wrongly_they_say_how(name: str) -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / f"{name}.py")], capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"usage: python examples/{name}.py ")
    assert f"python examples/{name}.py " in (load(name).__doc__ or "")


def run(name: str, *arguments: Path) -> str:
    """What the program writes to its standard output."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / f"{name}.py"), *map(str, arguments)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout.decode().replace("\r\n", "\n")


def post(data: bytes, content_type: str) -> tuple[str, str]:
    """Status and text that the upload handler answers with."""
    status: list[Any] = []
    environ = {
        "wsgi.input": io.BytesIO(data),
        "CONTENT_LENGTH": str(len(data)),
        "CONTENT_TYPE": content_type,
    }
    body = load("upload").application(environ, lambda *arguments: status.extend(arguments))
    return status[0], b"".join(body).decode()


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (RUSSIAN.encode("koi8-r"), "text/plain; charset=koi8-r"),
        (RUSSIAN.encode("koi8-r"), "text/plain"),
        (RUSSIAN.encode(), 'text/plain; charset="windows-1251"'),  # the label is wrong
        (RUSSIAN.encode("utf-8-sig"), "text/plain; charset=no-such-charset"),
    ],
)
def test_upload_gives_the_text(data: bytes, content_type: str) -> None:
    assert post(data, content_type) == ("200 OK", RUSSIAN)


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "415 Unsupported Media Type", "no text: png"),
        (bytes(range(256)), "415 Unsupported Media Type", "no text: data"),
        (b"a" * ((1 << 20) + 1), "413 Content Too Large", "more than 1048576 bytes"),
        (b"\xe9", "422 Unprocessable Content", "no telling which charset this is in"),
        ((RUSSIAN * 9).encode() + b"\xff", "422 Unprocessable Content", "line 10: "),
    ],
)
def test_upload_refuses(data: bytes, status: str, reason: str) -> None:
    answer, text = post(data, "text/plain")
    assert answer == status
    assert text.startswith(reason)


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-16", "utf-8"])
def test_csv_of_unknown_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "zakaznici.csv"
    lines = [
        "jméno;město;poznámka",
        *[f'Jiří Šťastný;Plzeň;"číslo {n}\r\nřádek"' for n in range(9)],
    ]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    found, rows = load("read_csv").read_rows(path)
    assert "Jiří Šťastný".encode(found).decode(encoding).endswith("Jiří Šťastný")
    assert len(rows) == 9
    assert rows[4] == {"jméno": "Jiří Šťastný", "město": "Plzeň", "poznámka": "číslo 4\r\nřádek"}
    assert run("read_csv", path).startswith(f"{path}: {found}, 9 rows\n")


def test_zip_names(tmp_path: Path) -> None:
    meant = ["отчёт за январь.txt", "фотографии/лето на даче.jpg", "договор аренды.doc"]
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    # Written under ASCII names of the same length, so that bit 11 is clear as in old archives.
    ascii_names = [f"{number}".ljust(len(name), "_") for number, name in enumerate(meant)]
    with zipfile.ZipFile(old, "w", zipfile.ZIP_DEFLATED) as archive:
        for ascii_name, name in zip(ascii_names, meant, strict=True):
            archive.writestr(ascii_name, f"contents of {name}")
        archive.writestr("README", "plain")
        archive.writestr("größe.txt", "was marked")
    data = old.read_bytes()
    for ascii_name, name in zip(ascii_names, meant, strict=True):
        data = data.replace(ascii_name.encode(), name.encode("cp866"))
    old.write_bytes(data)

    lines = run("zip_names", old, new).splitlines()
    assert lines == [f"{name.encode('cp866').decode('cp437')} -> {name}" for name in meant]
    with zipfile.ZipFile(new) as archive:
        assert archive.namelist() == [*meant, "README", "größe.txt"]
        assert archive.read(meant[1]).decode() == f"contents of {meant[1]}"
        assert archive.read("größe.txt") == b"was marked"
        assert archive.getinfo(meant[0]).flag_bits & 0x800
        assert archive.getinfo(meant[0]).compress_type == zipfile.ZIP_DEFLATED


def test_mailbox(tmp_path: Path) -> None:
    old, new = tmp_path / "old.mbox", tmp_path / "new.mbox"
    letters = [
        ("件名です", "本文です。よろしくお願いします。", "iso-2022-jp"),
        ("Grüße", "schöne Grüße", "cp1252"),
    ]
    with old.open("wb") as file:
        for subject, text, charset in letters:
            head = "From sato@example.jp Thu Jan  1 00:00:00 2004\nFrom: Sato <sato@example.jp>\n"
            # Raw eight-bit headers, and no label at all.
            file.write(head.encode() + b"Subject: " + subject.encode(charset) + b"\n\n")
            file.write(text.encode(charset) + b"\n\n")
    output = run("mailbox_to_utf8", old, new).splitlines()
    assert output[0] == "mbox: 2 of 2 messages changed"
    assert [line.rpartition(": ")[2] for line in output[-2:]] == ["件名です", "Grüße"]
    box = mailbox.mbox(new, create=False)
    texts = [box[key].get_payload(decode=True).decode().strip() for key in box.keys()]  # noqa: SIM118
    box.close()
    assert texts == [text for _, text, _ in letters]


def test_stream(tmp_path: Path) -> None:
    old, new = tmp_path / "dump.sql", tmp_path / "dump-utf8.sql"
    text = RUSSIAN * 20_000  # over a megabyte: many blocks
    old.write_bytes(text.encode("cp1251"))
    assert run("stream", old, new) == f"cp1251: {len(text)} bytes, 0 replaced\n"
    assert new.read_bytes().decode() == text


def test_stream_replaces_damage(tmp_path: Path) -> None:
    old, new = tmp_path / "dump.sql", tmp_path / "dump-utf8.sql"
    lines = [RUSSIAN.encode()] * 20_000
    lines[7] = b"\xff" + lines[7]
    old.write_bytes(b"".join(lines))
    output = run("stream", old, new).splitlines()
    assert output[0] == f"utf-8: {old.stat().st_size} bytes, 1 replaced"
    assert len(output) == 2 and "line 8, column 1" in output[1]
    wanted = [RUSSIAN] * 20_000
    wanted[7] = "\N{REPLACEMENT CHARACTER}" + RUSSIAN
    assert new.read_bytes().decode() == "".join(wanted)


def test_stream_refuses_what_is_no_text() -> None:
    target = io.BytesIO()
    with pytest.raises(ValueError, match="no text: png"):
        load("stream").convert(io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), target)
    assert not target.getvalue()
