"""The C readers of <meta> and of PEP 263 comments against the standards, written again.

The prescan below follows the steps of the HTML Standard in their order and words, with exceptions
for the end of the text, where the C code works with slices and cursors; PEP 263 gives its own
regular expression. Both get texts made of the pieces that declarations are made of.
"""

from __future__ import annotations

import ctypes
import random
import re
from pathlib import Path
from typing import Literal

import pytest

import recodec
from core_library import compiled

ROOT = Path(__file__).resolve().parents[2]
LABELS = (b"koi8-r", b"ibm866", b"utf-16")
SPACES = (b"\t", b"\n", b"\f", b"\r", b" ")
WHITE = b"\t\n\f\r "


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    sources = [ROOT / "tests" / "declared_probe.c", *ROOT.glob("native/src/input/rcd_declared*.c")]
    loaded = compiled(tmp_path_factory.mktemp("probe"), sources, "-O1")
    loaded.probe_html.restype = loaded.probe_pep263.restype = ctypes.c_int64
    return loaded


# Lines of plain files that name their charset, and such as only look like it.
FORMATS = [
    ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-2\\n"\n', "iso8859-2"),
    ('From: a@b.cz\r\nContent-Type: text/plain; charset="iso-8859-2"\r\n\r\n', "iso8859-2"),
    ("\\documentclass{article}\n\\usepackage[latin2]{inputenc}\n", "iso8859-2"),
    ("\\usepackage[T1, latin2]{inputenc}\n", "iso8859-2"),
    ("  \\inputencoding{macce}\n", "mac-latin2"),
    ("\\lyxformat 221\n\\inputencoding latin2\n", "iso8859-2"),
    ("\\input texinfo\n@documentencoding ISO-8859-2\n", "iso8859-2"),
    ("#!perl\n=pod\n\n=encoding iso-8859-2\n", "iso8859-2"),
    ("=encoding x\n", None),
    ('#include "a.h"\n#pragma code_page(1250)\n', "cp1250"),
    ("#pragma code_page(DEFAULT)\n", None),
    ("%\\usepackage[latin2]{inputenc}\n", None),
    ("% !TEX encoding = ISO-8859-2\n", "iso8859-2"),
    ("% Encoding: Cp1250\n@book{a,\n", "cp1250"),
    ("SET ISO8859-2\nTRY aeiou\n", "iso8859-2"),
    ("SET x = iso8859-2\n", None),
    ("SET NAMES 'latin2';\n", "iso8859-2"),
    ("/*!40101 SET NAMES latin2 */;\n", "iso8859-2"),
    ("scriptencoding cp1250\n", "cp1250"),
    ("ISO8859-2\nLEFTHYPHENMIN 2\n", "iso8859-2"),
    ("ISO8859-2", None),
    ("l2\nl3\n", None),
    ("BEGIN:VCARD\r\nFN;CHARSET=ISO-8859-2:x\r\n", "iso8859-2"),
    ("{\\rtf1\\ansi\\ansicpg1250\\deff0 x}", "cp1250"),
    ("charset=iso-8859-2\n", None),
]


@pytest.mark.parametrize(("text", "encoding"), FORMATS)
def test_formats(text: str, encoding: str | None) -> None:
    data = text.encode() + "Příliš žluťoučký kůň úpěl ďábelské ódy.".encode(encoding or "cp1250")
    found = recodec.detect(data)
    assert found.evidence.declared == encoding
    assert found.evidence.declared_kind == (encoding and "format")
    assert found.encoding == (encoding or "cp1250")


def test_a_label_outweighs_what_no_model_can_read() -> None:
    # Parts of words of a table of affixes, which read as well in Greek or Vietnamese.
    parts = "čšž čš ňď řťů žďň ůřč ěšč ťď ňř"
    rules = "".join(f"SFX A {part} {part[::-1]} [^{part[0]}]\n" for part in parts.split() * 9)
    for encoding, name in (("iso8859-2", "ISO8859-2"), ("cp1250", "microsoft-cp1250")):
        data = f"SET {name}\n{rules}".encode(encoding)
        assert recodec.detect(data).encoding == encoding
    # The characters of a code page in their order, which read as well in Armenian or Japanese.
    for encoding, row in (
        ("iso8859-2", "<c n='{0}'>{1}</c>\n"),
        ("cp1252", "{1}"),
        ("cp1251", "{0} {1}\n"),
    ):
        letters = (bytes([byte]).decode(encoding) for byte in range(0xA0, 0xFF))
        table = "".join(row.format(ord(letter), letter) for letter in letters)
        data = f'<?xml version="1.0" encoding="{encoding}"?>\n<t>{table}</t>\n'.encode(encoding)
        assert recodec.detect(data).encoding == encoding
    lying = "SET ISO8859-1\n" + "Съешь же ещё этих мягких французских булок, да выпей чаю.\n" * 3
    assert recodec.detect(lying.encode("cp1251")).encoding == "cp1251"


def found_by(core: ctypes.CDLL, reader: str, data: bytes) -> tuple[bytes | None, bool]:
    """The label that a C reader finds, and whether it means a charset."""
    length, known = ctypes.c_int64(), ctypes.c_int()
    at = getattr(core, f"probe_{reader}")(
        data, ctypes.c_size_t(len(data)), ctypes.byref(length), ctypes.byref(known)
    )
    return (None if at < 0 else data[at : at + length.value]), bool(known.value)


class TextEnds(Exception):
    """The prescan has run out of bytes, which ends it without a result."""


class Prescan:
    """ "Prescan a byte stream to determine its encoding", HTML Standard 13.2.3.2."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def byte(self) -> bytes:
        if self.position >= len(self.data):
            raise TextEnds
        return self.data[self.position : self.position + 1]

    def skip(self, what: tuple[bytes, ...]) -> None:
        while self.byte() in what:
            self.position += 1

    def attribute(self) -> tuple[bytes, bytes] | None:
        """Get an attribute."""
        self.skip((*SPACES, b"/"))
        if self.byte() == b">":
            return None
        name = b""
        while True:
            byte = self.byte()
            if byte == b"=" and name:
                self.position += 1
                break
            if byte in SPACES:
                self.skip(SPACES)
                if self.byte() != b"=":
                    return name, b""
                self.position += 1
                break
            if byte in (b"/", b">"):
                return name, b""
            name += byte.lower()
            self.position += 1
        return name, self.value()

    def value(self) -> bytes:
        value = b""
        self.skip(SPACES)
        byte = self.byte()
        if byte in (b'"', b"'"):
            while True:
                self.position += 1
                if self.byte() == byte:
                    self.position += 1
                    return value
                value += self.byte().lower()
        while self.byte() not in (*SPACES, b">"):
            value += self.byte().lower()
            self.position += 1
        return value

    def meta(self) -> bytes | None:
        names: list[bytes] = []
        got_pragma = False
        need_pragma: bool | None = None
        charset: bytes | Literal[False] | None = None
        while (found := self.attribute()) is not None:
            name, value = found
            if name in names:
                continue
            names.append(name)
            if name == b"http-equiv":
                got_pragma = got_pragma or value == b"content-type"
            elif name == b"content":
                extracted = extract(value)
                if extracted is not None and charset is None:
                    charset, need_pragma = extracted, True
            elif name == b"charset":
                charset, need_pragma = encoding(value) or False, False
        if need_pragma is None or (need_pragma and not got_pragma):
            return None
        return charset or None

    def run(self) -> bytes | None:
        while self.position < len(self.data):
            rest = self.data[self.position :]
            if rest.startswith(b"<!--"):
                end = self.data.find(b"-->", self.position + 2)
                if end < 0:
                    return None
                self.position = end + 2
            elif re.match(rb"<meta[\t\n\f\r /]", rest, re.I):
                self.position += 5
                charset = self.meta()
                if charset is not None:
                    return charset
            elif re.match(rb"</?[A-Za-z]", rest):
                while self.byte() not in (*SPACES, b">"):
                    self.position += 1
                while self.attribute() is not None:
                    pass
            elif re.match(rb"<[!/?]", rest):
                while self.byte() != b">":
                    self.position += 1
            self.position += 1
        return None


def encoding(label: bytes) -> bytes | None:
    """Get an encoding, of those that the probe knows."""
    label = label.strip(WHITE)
    return label if label in LABELS else None


def extract(value: bytes) -> bytes | None:
    """Extracting a character encoding from a meta element; the value is in lower case."""
    position = 0
    while True:
        position = value.find(b"charset", position)
        if position < 0:
            return None
        position += len(b"charset")
        rest = value[position:].lstrip(WHITE)
        if not rest.startswith(b"="):
            position = len(value) - len(rest)
            continue
        rest = rest[1:].lstrip(WHITE)
        if rest[:1] in (b'"', b"'"):
            inside, close, _ = rest[1:].partition(rest[:1])
            return encoding(inside) if close else None
        return encoding(re.split(rb"[\t\n\f\r ;]", rest)[0])


def prescan(data: bytes) -> bytes | None:
    try:
        return Prescan(data).run()
    except TextEnds:
        return None


META_PIECES = [
    b"<meta ", b"<META\t", b"<meta/", b"charset=", b"koi8-r", b"IBM866", b"content=", b"'", b'"',
    b"http-equiv=content-type ", b"http-equiv='Content-Type' ", b"Content-type", b">", b"<",
    b"<!--", b"-->", b"<!", b"?>", b"=", b"/", b" ", b"a", b"</p ", b"<?", b"charset", b";", b"\n",
    b"-", b"bogus", b"utf-16", b" charset=koi8-r ", b" content='charset=ibm866'",
]  # fmt: skip


def test_meta_is_found_as_the_standard_says(core: ctypes.CDLL) -> None:
    chance = random.Random(1)
    hits = 0
    for _ in range(25_000):
        pieces = chance.sample(META_PIECES, chance.randint(3, 14))
        text = b"".join(chance.choices(pieces, k=chance.randint(2, 30)))
        if chance.random() < 0.5:
            text = b"<meta " + text + b">"
        text = text[:1024]
        expected = prescan(text)
        hits += expected is not None
        label, known = found_by(core, "html", text)
        assert (label.lower() if label and known else None) == expected, text
    assert hits > 1000


PEP_PIECES = [
    b"#", b"coding", b":", b"=", b" ", b"\t", b"\f", b"\n", b"\r\n", b"\r", b"x", b"koi8-r",
    b"ibm866", b"-*-", b"# coding: ", b"\xe9",
]  # fmt: skip
COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
BLANK = re.compile(rb"^[ \t\f]*(?:#|$)")


def test_comments_are_read_by_the_pattern_of_pep_263(core: ctypes.CDLL) -> None:
    """Where the label of the first line is unknown, the second is read too, as Python is not."""
    chance = random.Random(2)
    hits = 0
    for _ in range(25_000):
        text = b"".join(chance.choices(PEP_PIECES, k=chance.randint(1, 14)))
        lines = re.split(rb"\r\n|\r|\n", text)[:2]
        if not BLANK.match(lines[0]):
            del lines[1:]
        labels = [match[1] for line in lines if (match := COOKIE.match(line))]
        expected = next((x for x in labels if x in LABELS), labels[0] if labels else None)
        hits += expected is not None
        label, known = found_by(core, "pep263", text)
        assert label == expected, text
        assert known == (label in LABELS[:2]), text
    assert hits > 800
