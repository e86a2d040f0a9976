"""Inputs that are no text, generated in place: compressed, images, programs, numbers, databases.

All content follows from the random generator but for what the Python in use writes itself (byte
code, the SQLite version in a database header, the deflate bits of its zlib).
"""

from __future__ import annotations

import array
import bz2
import gzip
import io
import lzma
import marshal
import math
import pickle
import random
import sqlite3
import struct
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

_WORDS = (
    "alpha", "beta", "gamma", "delta", "image", "color", "width", "height", "table", "index",
    "value", "name", "left", "right",
)  # fmt: skip


def _prose(rng: random.Random, size: int) -> bytes:
    words: list[str] = []
    while sum(map(len, words)) < size:
        words.append(rng.choice(_WORDS))
    return " ".join(words).encode()[:size]


def _array(code: str, values: list[float] | list[int], little: bool = True) -> bytes:
    numbers = array.array(code, values)
    if (sys.byteorder == "little") != little:
        numbers.byteswap()
    return numbers.tobytes()


def _png(rng: random.Random, width: int = 48, height: int = 32) -> bytes:
    rows = b"".join(b"\0" + rng.randbytes(width * 3) for _ in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        tagged = kind + body
        return struct.pack(">I", len(body)) + tagged + struct.pack(">I", zlib.crc32(tagged))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"Comment\0" + _prose(rng, 40))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _jpeg(rng: random.Random) -> bytes:
    tables = b"\xff\xdb\x00\x43\x00" + bytes(rng.randrange(1, 100) for _ in range(64))
    frame = b"\xff\xc0\x00\x11\x08\x00\x40\x00\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    scan = rng.randbytes(3000).replace(b"\xff", b"\xff\x00")
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00"
        + tables + frame + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00"
        + scan + b"\xff\xd9"
    )  # fmt: skip


def _elf(rng: random.Random) -> bytes:
    head = b"\x7fELF\x02\x01\x01" + bytes(9)
    head += struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0x1060, 64, 13_976, 0, 64, 56, 13, 64, 31, 30)
    opcodes = (b"\x48\x89\xe5", b"\x55", b"\xc3", b"\x48\x83\xec\x10", b"\xe8", b"\x0f\x1f\x40\x00")
    code = b"".join(rng.choice(opcodes) + rng.randbytes(rng.randrange(5)) for _ in range(800))
    strings = b"\0".join(word.encode() for word in rng.choices(_WORDS, k=300))
    return head + bytes(200) + code + strings + bytes(128)


def _pe(rng: random.Random) -> bytes:
    dos_header = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + bytes(47)
    message = b"\x0e\x1f\xba\x0e\x00\xb4\x09\xcd\x21This program cannot be run in DOS mode.\r\r\n$"
    head = b"PE\0\0\x4c\x01\x05\x00" + rng.randbytes(16) + bytes(200)
    wide = "".join(word.title() for word in rng.choices(_WORDS, k=40)).encode("utf-16-le")
    return dos_header + message + bytes(16) + head + rng.randbytes(2000) + wide


def _sqlite(rng: random.Random) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        base = sqlite3.connect(path)
        base.execute("create table item (id integer primary key, name text, price real, raw blob)")
        rows = [
            (rng.choice(_WORDS), rng.random() * 100, rng.randbytes(rng.randrange(60)))
            for _ in range(120)
        ]
        base.executemany("insert into item (name, price, raw) values (?, ?, ?)", rows)
        base.commit()
        base.close()
        return path.read_bytes()


def _pyc(rng: random.Random) -> bytes:
    source = "\n".join(
        f"def {word}{n}(x, y={rng.randrange(99)}):\n    return x * {n} + y"
        for n, word in enumerate(rng.choices(_WORDS, k=20))
    )
    head = b"\xa7\r\r\n" + bytes(4) + struct.pack("<II", 1_700_000_000, len(source))
    return head + marshal.dumps(compile(source, "module.py", "exec"))


def _pickle(rng: random.Random) -> bytes:
    rows = [
        {"name": rng.choice(_WORDS), "at": rng.random(), "n": rng.getrandbits(40)}
        for _ in range(60)
    ]
    return pickle.dumps(rows, protocol=4)


def _zip(rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            info = zipfile.ZipInfo(f"docs/{rng.choice(_WORDS)}{number}.txt", (2001, 2, 3, 4, 5, 6))
            archive.writestr(info, _prose(rng, 800))
    return out.getvalue()


def _tar_of_images(rng: random.Random) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for number in range(2):
            body = _png(rng, 16, 16)
            info = tarfile.TarInfo(f"images/{number}.png")
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def _wav(rng: random.Random) -> bytes:
    pitch = rng.uniform(0.02, 0.1)
    samples = [int(12_000 * math.sin(n * pitch) + rng.randrange(-900, 900)) for n in range(4000)]
    body = _array("h", samples)
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(body), b"WAVE", b"fmt ", 16, 1, 1,
                       22_050, 44_100, 2, 16)  # fmt: skip
    return head + b"data" + struct.pack("<I", len(body)) + body


def _bmp(rng: random.Random) -> bytes:
    row = b"".join(bytes([rng.randrange(256)]) * 3 * rng.randrange(1, 9) for _ in range(30))[:192]
    body = row * 24
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54 + len(body), 0, 0, 54, 40, 64, 24, 1, 24, 0,
                               len(body), 2835, 2835, 0, 0) + body  # fmt: skip


def _gif(rng: random.Random) -> bytes:
    palette = rng.randbytes(48)
    blocks = b"".join(b"\xff" + rng.randbytes(255) for _ in range(5))
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 80, 60, 0xF3, 0, 0)
        + palette
        + (b",\0\0\0\0\x50\0\x3c\0\0\x04" + blocks + b"\0;")
    )


def _truetype(rng: random.Random) -> bytes:
    tables = b"".join(
        tag + struct.pack(">III", rng.getrandbits(32), 300 + 200 * n, 180)
        for n, tag in enumerate((b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"name"))
    )
    name = "Regular Sample Font".encode("utf-16-be")
    points = _array("h", [rng.randrange(-300, 1500) for _ in range(700)], little=False)
    return b"\0\x01\0\0\0\x07\0\x40\0\x02\0\x30" + tables + points + name


def _class_file(rng: random.Random) -> bytes:
    pool = b"".join(
        b"\x01" + struct.pack(">H", len(word)) + word.encode() + b"\x07\x00" + rng.randbytes(1)
        for word in rng.choices(_WORDS, k=60)
    )
    return b"\xca\xfe\xba\xbe\0\0\0\x34\0\x79" + pool + rng.randbytes(300)


def _protobuf(rng: random.Random) -> bytes:
    parts = []
    for _ in range(150):
        word = rng.choice(_WORDS).encode()
        number = bytes([rng.randrange(128, 256), 1])
        parts.append(b"\x0a" + bytes([len(word)]) + word + b"\x10" + number)
        parts.append(b"\x1d" + struct.pack("<f", rng.random()))
    return b"".join(parts)


def _mp3(rng: random.Random) -> bytes:
    tag = b"ID3\x03\0\0\0\0\0\x2fTIT2\0\0\0\x0f\0\0\0" + b"A sample title" + bytes(20)
    return tag + b"".join(b"\xff\xfb\x90\x64" + rng.randbytes(413) for _ in range(6))


def _pdf(rng: random.Random) -> bytes:
    stream = zlib.compress(rng.randbytes(200) + _prose(rng, 3000))
    return (
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Length " + str(len(stream)).encode()
        + b" /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF\n"
    )  # fmt: skip


_KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "random-64": lambda rng: rng.randbytes(64),
    "random-1k": lambda rng: rng.randbytes(1024),
    "random-100k": lambda rng: rng.randbytes(102_400),
    "zeros": lambda _: bytes(2048),
    "ff": lambda _: b"\xff" * 512,
    "gzip": lambda rng: gzip.compress(_prose(rng, 6000), mtime=0),
    "zlib": lambda rng: zlib.compress(_prose(rng, 6000)),
    "bz2": lambda rng: bz2.compress(_prose(rng, 6000)),
    "xz": lambda rng: lzma.compress(_prose(rng, 6000)),
    "zip": _zip,
    "tar-of-images": _tar_of_images,
    "png": _png,
    "jpeg": _jpeg,
    "gif": _gif,
    "bmp": _bmp,
    "elf": _elf,
    "pe": _pe,
    "sqlite": _sqlite,
    "pyc": _pyc,
    "pickle": _pickle,
    "wav": _wav,
    "mp3": _mp3,
    "truetype": _truetype,
    "class-file": _class_file,
    "protobuf": _protobuf,
    "pdf": _pdf,
    "float32": lambda rng: _array("f", [rng.gauss(0, 1) for _ in range(1000)]),
    "float64": lambda rng: _array("d", [rng.random() for _ in range(500)]),
    "float64-big": lambda rng: _array("d", [rng.random() * 1e6 for _ in range(500)], little=False),
    "int16-small": lambda rng: _array("h", [rng.randrange(-40, 40) for _ in range(1000)]),
    "int32-small": lambda rng: _array("i", [rng.randrange(3000) for _ in range(800)]),
    "int32-big": lambda rng: _array("i", [rng.randrange(90_000) for _ in range(800)], little=False),
    "int64-times": lambda rng: _array(
        "q", [rng.randrange(16 * 10**8, 17 * 10**8) for _ in range(400)]
    ),
    "gzip-cut-300": lambda rng: gzip.compress(rng.randbytes(600), mtime=0)[:300],
    "bytes-ramp": lambda _: bytes(range(256)) * 8,
}


def make(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """(kind, bytes) of every binary input."""
    for kind, builder in _KINDS.items():
        yield kind, builder(rng)
