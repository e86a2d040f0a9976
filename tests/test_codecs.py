"""The codecs that CPython lacks, and the names under which codecs.lookup finds them."""

from __future__ import annotations

import codecs
import encodings
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import recodec
from charset_samples import decodable, sample
from recodec import UnsupportedCharsetError
from recodec._coding.route import holds
from recodec._core import detection as core
from recodec._registry import charsets
from recodec._search import _search

OURS = [
    charset.name
    for charset in charsets.all_charsets()
    if charset.python is None
    and charset.name in decodable()
    # From 3.15 on Python has windows-936 as a name of gbk.
    and encodings.search_function(charset.name) is None
]


def cpython_knows(name: str) -> codecs.CodecInfo | None:
    try:
        return encodings.search_function(encodings.normalize_encoding(name).lower())
    except (ImportError, LookupError):
        return None


def test_every_name_and_alias_is_found() -> None:
    have = set(decodable())
    for charset in charsets.all_charsets():
        labels = [charset.name, *charset.aliases]
        labels += [charset.iana] if charset.iana else []
        for label in labels:
            if charset.name in have:
                assert b"".decode(label) == "", label
            elif cpython_knows(label) is None:
                with pytest.raises(UnsupportedCharsetError, match=charset.name):
                    codecs.lookup(label)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("x-mac-cyrillic", "mac-cyrillic"),
        ("windows-31j", "cp932"),
        ("tis620", "tis-620"),
        ("iso-8859-8-i", "iso8859-8"),
        ("ISO-8859-6-E", "iso8859-6"),
        ("VISCII", "viscii"),
        ("x-euc-tw", "euc_tw"),
        ("csISO2022CN", "iso2022_cn"),
    ],
)
def test_labels_of_the_wild(label: str, name: str) -> None:
    """CPython spells its own names in several ways; the codec is what counts."""
    assert codecs.lookup(label).name == codecs.lookup(name).name


def test_names_of_cpython_stay_cpython_s() -> None:
    for name in ("latin-1", "utf-8", "cp1252", "shift_jis", "euc_kr", "big5", "gb2312", "koi8_t"):
        assert codecs.lookup(name) is not None
        theirs = cpython_knows(name)
        assert theirs is not None
        assert codecs.lookup(name).decode.__module__ == theirs.decode.__module__


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("whatwg:windows-1251", "whatwg:windows-1251"),
        ("whatwg_windows_1251", "whatwg:windows-1251"),
        ("recodec:cp1252", "recodec:cp1252"),
        ("recodec_cp1252", "recodec:cp1252"),
        ("icu:ibm-437_p100-1995", None),
        ("x-mac-ukrainian", None),
        ("-viscii--", "viscii"),
        ("my:enc", "none"),
    ],
)
def test_names_are_found_as_any_version_of_python_passes_them(
    name: str, expected: str | None
) -> None:
    """Up to 3.14 with underscores between letters, from 3.15 on as they are spelt."""
    found = _search(name)
    underscored = _search(re.sub("[^a-z0-9.]+", "_", name).strip("_"))
    assert (found and found.name) == (underscored and underscored.name)
    if expected == "none":
        assert found is None
    else:
        assert found is not None and expected in (None, found.name)


@pytest.mark.parametrize("name", [".utf8", "utf8.", "utf..8", "utF---16.!", "..."])
def test_dots_that_are_none_of_a_name_stay_unknown(name: str) -> None:
    """Beautiful Soup tells by CPython's answer which names of a page are none."""
    with pytest.raises(LookupError):
        codecs.lookup(name)


def test_unknown_names_stay_unknown() -> None:
    with pytest.raises(LookupError, match="unknown encoding: no-such-charset") as caught:
        codecs.lookup("no-such-charset")
    assert not isinstance(caught.value, recodec.RecodecError)


@pytest.mark.parametrize("name", OURS)
def test_stateless_streams_and_incremental_agree(name: str) -> None:
    text = sample(name)
    data = text.encode(name)
    info = codecs.lookup(name)
    assert info.name == name
    assert info.decode(data) == (text, len(data))
    assert info.encode(text) == (data, len(text))
    assert codecs.decode(bytearray(data), name) == text
    stream = io.BytesIO()
    writer = info.streamwriter(stream)
    writer.write(text)
    writer.reset()  # ends the text
    reader = info.streamreader(io.BytesIO(stream.getvalue()))
    assert reader.read() == text
    assert "".join(codecs.iterdecode((bytes((byte,)) for byte in data), name)) == text
    assert b"".join(codecs.iterencode(text, name)) == data
    lines = info.streamreader(io.BytesIO(data)).readlines()
    assert "".join(lines) == text


@pytest.mark.parametrize("name", OURS)
def test_text_files_can_be_read_and_sought(name: str) -> None:
    text = sample(name).replace("\r", "")
    file = io.TextIOWrapper(io.BytesIO(), encoding=name, newline="")
    if name == "utf-7-imap":
        # TextIOWrapper never says that the text ends; this form has its last bits open till then.
        file.buffer.write(text.encode(name))
    else:
        file.write(text[:50])
        file.write(text[50:])
    file.seek(0)
    head = file.read(20)
    place = file.tell()
    rest = file.read()
    assert head + rest == text
    file.seek(place)
    assert file.read() == rest


@pytest.mark.parametrize("name", OURS)
def test_policies_work(name: str) -> None:
    hole = "\U0001f600"
    if holds(name, hole):
        hole = "\ud800"
        if holds(name, hole) or name in ("c99", "java"):
            pytest.skip("holds everything, or escapes it")
    # Not a and b: some seven-bit sets have other letters in the place of Latin ones.
    found = [character for character in sample(name) if not character.isspace()]
    a, b = (2 * sorted(found, key=lambda character: not character.isalpha()))[:2]
    for policy, put in (
        ("ignore", ""),
        ("backslashreplace", hole.encode("ascii", "backslashreplace").decode()),
        ("replace", "?"),
    ):
        try:
            assert f"{a}{hole}{b}".encode(name, policy).decode(name) == f"{a}{put}{b}"
        except UnicodeEncodeError:
            # Seven-bit and old sets have given the backslash and more to other letters.
            assert put
            with pytest.raises(UnicodeEncodeError):
                put.encode(name)
    with pytest.raises(UnicodeEncodeError) as caught:
        f"{a}{b}{hole}".encode(name)
    assert (caught.value.start, caught.value.end) == (2, 3)


@pytest.mark.parametrize(
    "name",
    [name for name in OURS if charsets.lookup(name).kind == "single"],
)
def test_single_bytes_are_the_core_s_table(name: str) -> None:
    table = core.single_byte_table(charsets.lookup(name).id)
    assert table is not None
    for byte, point in enumerate(memoryview(table).cast("H")):
        data = bytes((byte,))
        if point == 0xFFFF:
            with pytest.raises(UnicodeDecodeError):
                data.decode(name)
            assert data.decode(name, "replace") == "\ufffd"
        else:
            assert data.decode(name) == chr(point)
            if holds(name, chr(point)):  # a few bytes are only read
                assert chr(point).encode(name).decode(name) == chr(point)


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("euc_tw", b"\xc4\xe3\xc5\xc6", "中文"),
        ("euc_tw", b"\x8e\xa2\xa1\xa1", "乂"),
        ("cp51932", b"\xad\xa1\xa1\xc1\x8e\xb1", "①～ｱ"),
        ("eucjp-ms", b"\xad\xa1\xa1\xc1\x8e\xb1\x8f\xb0\xa1", "①～ｱ丂"),
        ("big5-eten", b"\xa4\xa4\xa4\xe5\xc6\xe7", "中文ぁ"),
        ("viscii", b"Ti\xaang Vi\xaet", "Tiếng Việt"),
        ("iso2022_cn", b"\x1b$)A\x0e\x56\x50\x0f!\n", "中!\n"),
        ("iso2022_cn", b"\x1b$)A\x0eVP\n\x1b$*H\x1bN!!a", "中\n乂a"),
        ("cp50220", b"\x1b$B-!\x1b(Ja\\~\x1b(B\\~", "①a\xa5\u203e\\~"),
        ("cp50221", b'\x1b(I1\x1b(B \xb1 \x0e1\x0f \x1b$B%"\xb1', "ｱ ｱ ｱ アｱ"),
        ("cp50222", b"\x1b$(D0!\x1b&@\x1b$B0!\x1b(Hx", "丂亜x"),
    ],
)
def test_known_bytes(name: str, data: bytes, text: str) -> None:
    """By hand from the standards and vendors' tables named in the modules."""
    assert data.decode(name) == text


def test_half_width_katakana_by_flavour() -> None:
    text = "ｶﾞｷﾊﾟﾞ｡x"
    assert text.encode("cp50220") == b"\x1b$B%,%-%Q!+!#\x1b(Bx"
    assert text.encode("cp50221") == b"\x1b(I6^7J_^!\x1b(Bx"
    assert text.encode("cp50222") == b"\x0e6^7J_^!\x0fx"
    assert text.encode("cp50220").decode("cp50220") == "ガキパ゛。x"
    encoder = codecs.getincrementalencoder("cp50220")()
    joined = b"".join(encoder.encode(character) for character in text) + encoder.encode("", True)
    assert joined == text.encode("cp50220")
    encoder.encode("ｶ")
    held = encoder.getstate()
    encoder.reset()
    encoder.setstate(held)
    assert encoder.encode("ﾞ", True) == b"\x1b$B%,\x1b(B", "the state holds the letter back too"


def test_shift_characters_are_not_smuggled_in() -> None:
    """ESC, SO and SI in the text would come back as something else."""
    for name in ("cp50220", "cp50221", "cp50222", "iso2022_cn"):
        for character in "\x0e\x0f\x1b":
            with pytest.raises(UnicodeEncodeError):
                character.encode(name)


@pytest.mark.parametrize("name", ["iso2022_jp", "cp50220", "iso2022_kr", "iso2022_cn"])
def test_colours_of_a_terminal_are_characters(name: str) -> None:
    """A log of ISO-2022-JP lines: detection takes the colours for text, and so must the codec."""
    data = b"a\x1b[1mb\x1b\x1b[0m\n"
    assert recodec.decode(data, name).text == data.decode("ascii")


@pytest.mark.parametrize(
    ("name", "data", "replaced"),
    [
        ("cp50220", b"\x1b$B0!\x1b[1m\x1b(Bx", "亜\ufffd霸\ufffdx"),
        ("cp50220", b"a\x1b(Zb", "a\ufffd(Zb"),
        ("cp50220", b"\x1b$B0", "\ufffd"),
        ("cp50220", b"\x1b$B0\x1b(Bx", "\ufffdx"),
        ("cp50220", b"\x1b$B\x7e\x7e0!", "\ufffd亜"),
        ("cp50220", b"\x1b$B0\n0!", "\ufffd\n亜"),
        ("cp50220", b"a\x80b", "a\ufffdb"),
        ("iso2022_cn", b"\x0e0!", "\ufffd0!"),
        ("iso2022_cn", b"\x1b$)A\x0e0!\nx\x0e0!", "啊\nx\ufffd0!"),
        ("iso2022_cn", b"\x1bN!!", "\ufffdN!!"),
        ("iso2022_cn", b"caf\xe9!", "caf\ufffd!"),
        ("euc_tw", b"a\xc4", "a\ufffd"),
        ("euc_tw", b"\x8e\xa2\xa1", "\ufffd"),
        ("euc_tw", b"\xc4a", "\ufffda"),
        ("cp51932", b"\xff\xb0\xa1", "\ufffd亜"),
    ],
)
def test_errors_take_no_more_than_they_must(name: str, data: bytes, replaced: str) -> None:
    assert data.decode(name, "replace") == replaced
    with pytest.raises(UnicodeDecodeError) as caught:
        data.decode(name)
    assert caught.value.encoding == name
    assert replaced.startswith(data[: caught.value.start].decode(name) + "\ufffd")


def test_the_way_back_is_made_once_in_many_threads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RACE],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


RACE = """
import threading, recodec
wrong = []
gate = threading.Barrier(6)
def work(name, text):
    gate.wait()
    if text.encode(name).decode(name) != text:
        wrong.append(name)
pairs = [("euc_tw", "中文"), ("cp50221", "日本"), ("viscii", "Việt")] * 2
workers = [threading.Thread(target=work, args=pair) for pair in pairs]
[worker.start() for worker in workers]
[worker.join() for worker in workers]
assert not wrong, wrong
"""


def test_registering_is_cheap() -> None:
    """Nothing is built before it is asked for."""
    code = "import sys, recodec; print([m for m in sys.modules if 'recodec.codecs._' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.filterwarnings("ignore:codecs.open:DeprecationWarning")  # from Python 3.14 on
@pytest.mark.parametrize("name", ["cp932", "viscii", "utf-8", "iso2022_jp", "cp1252", "cp930"])
def test_streams_of_the_names_of_our_own(name: str, tmp_path: Path) -> None:
    """As `codecs.open` makes them, which takes nothing else."""
    text = sample(name).replace("\r", "").replace("\n", "")[:30] + "\n"
    with codecs.open(str(tmp_path / "text"), "w", f"recodec:{name}") as file:
        file.write(text)
        file.write(text)
        file.reset()
    assert (tmp_path / "text").read_bytes() == recodec.encode(text + text, name)
    with codecs.open(str(tmp_path / "text"), "r", f"recodec:{name}") as file:
        assert list(file) == [text, text]
