"""The registry in C: ids, labels and one-byte maps, compiled by themselves and asked by ctypes."""

from __future__ import annotations

import codecs
import ctypes
import json
import os
import re
import sys
import unicodedata
from pathlib import Path

import pytest

from core_library import compiled
from recodec._registry import charsets

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("RECODEC_SHARED", ROOT.parent / "shared"))
WHATWG = SHARED / "tables" / "whatwg"
SOURCES = (
    "native/src/charsets/rcd_charset.c",
    "native/tables/rcd_charsets.c",
    "native/tables/rcd_single_byte.c",
)
WARNINGS = ("-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wpedantic", "-Werror")
UNASSIGNED = 0xFFFF


class Core:
    """rcd_charset.h and rcd_single_byte.h."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        library.rcd_charset_name.restype = ctypes.c_char_p
        library.rcd_single_byte_table.restype = ctypes.POINTER(ctypes.c_uint16)
        library.rcd_charset_from_label.argtypes = [ctypes.c_char_p, ctypes.c_size_t]

    def count(self) -> int:
        return int(self._library.rcd_charset_count())

    def name(self, number: int) -> str:
        return bytes(self._library.rcd_charset_name(number)).decode("ascii")

    def labelled(self, label: bytes) -> str:
        """Name of the charset that a declared label means; empty = unknown."""
        return self.name(self._library.rcd_charset_from_label(label, len(label)))

    def table(self, number: int) -> tuple[int, ...] | None:
        pointer = self._library.rcd_single_byte_table(number)
        return tuple(pointer[0:256]) if pointer else None


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    sources = [ROOT / source for source in SOURCES]
    return Core(compiled(tmp_path_factory.mktemp("core"), sources, *WARNINGS))


def test_ids_are_those_of_the_header_and_of_python(core: Core) -> None:
    header = (ROOT / "native" / "tables" / "rcd_charset_ids.h").read_text(encoding="utf-8")
    enumerators = dict(re.findall(r"^    (RCD_CS_\w+) = (\d+)", header, re.MULTILINE))
    assert enumerators.pop("RCD_CS_NONE") == "0"
    assert int(enumerators.pop("RCD_CS_COUNT")) == core.count() + 1
    assert len(enumerators) == core.count() == len(charsets.all_charsets())
    for charset in charsets.all_charsets():
        name = "RCD_CS_" + re.sub("[^A-Z0-9]", "_", charset.name.upper())
        assert int(enumerators[name]) == charset.id
        assert core.name(charset.id) == charset.name


def test_ids_out_of_range_have_no_entry(core: Core) -> None:
    for number in (-1, 0, core.count() + 1, 1 << 30):
        assert core.name(number) == ""
        assert core.table(number) is None


def test_every_label_resolves_alike_in_c_and_python(core: Core) -> None:
    """But for labels by which the web means another charset."""
    rows = tomllib.loads((ROOT / "native" / "gen" / "charsets.toml").read_text(encoding="utf-8"))
    web = {
        charsets.normalise(label): row["name"]
        for row in rows["charset"]
        for label in row.get("web_labels", ())
    }
    for charset in charsets.all_charsets():
        labels = [charset.name, *charset.aliases, *([charset.iana] if charset.iana else [])]
        for label in labels:
            if label == "iso-ir-9-2":
                continue  # an exact label: the core, which looks up declared ones, leaves them out
            means = web.get(charsets.normalise(label), charset.name)
            assert core.labelled(label.encode("ascii")) == means, label
            assert core.labelled(label.upper().replace("-", " _").encode("ascii")) == means


@pytest.mark.parametrize(
    "label",
    [
        b"",
        b"-_ .",
        b"utf-8\0",
        b"utf\xe2\x80\x938",
        b"no-such-set",
        b"iso-8859",
        b"a" * 48,
        b"8" * 99,
    ],
)
def test_what_is_no_label(core: Core, label: bytes) -> None:
    known = {b"iso-8859": "iso8859-1"}  # an alias of CPython
    assert core.labelled(label) == known.get(label, "")


def test_length_counts_and_not_a_nul(core: Core) -> None:
    library = core._library
    text = b"latin1234"
    assert core.name(library.rcd_charset_from_label(text, 6)) == "cp1252"
    assert library.rcd_charset_from_label(None, 0) == 0


@pytest.mark.parametrize(
    ("label", "web", "plain"),
    [
        (b"ISO-8859-1", "cp1252", "iso8859-1"),
        (b"us-ascii", "cp1252", "ascii"),
        (b"latin5", "cp1254", "iso8859-9"),
        (b"TIS-620", "cp874", "tis-620"),
        (b"Shift_JIS", "cp932", "shift_jis"),
        (b"gb2312", "gbk", "gb2312"),
        (b"euc-kr", "cp949", "euc_kr"),
        (b"big5", "cp950", "big5"),
        (b"Big5-HKSCS", "big5hkscs", "big5hkscs"),
        (b"UTF-16", "utf-16-le", "utf-16"),
        (b"koi8-u", "koi8-u", "koi8-u"),
        (b"cp1251", "cp1251", "cp1251"),
    ],
)
def test_labels_that_the_web_widens(core: Core, label: bytes, web: str, plain: str) -> None:
    assert core.labelled(label) == web
    assert charsets.lookup(label.decode("ascii")).name == plain


# What the standard gives to `replacement`, so that pages in them are not read: as a label such a
# name still says what it says.
REPLACEMENT = {
    "csiso2022kr": "iso2022_kr",
    "hz-gb-2312": "hz",
    "iso-2022-cn": "iso2022_cn",
    "iso-2022-cn-ext": "iso2022_cn_ext",
    "iso-2022-kr": "iso2022_kr",
    "replacement": "",
}


def web_encodings() -> list[tuple[str, list[str]]]:
    """(name, labels) of the Encoding Standard's encodings."""
    path = WHATWG / "encodings.json"
    if not path.exists():
        pytest.skip(f"needs {path}, which is not there")
    groups = json.loads(path.read_text(encoding="utf-8"))
    return [(entry["name"], entry["labels"]) for group in groups for entry in group["encodings"]]


def test_every_label_of_the_encoding_standard(core: Core) -> None:
    seen = 0
    for name, labels in web_encodings():
        for label in labels:
            found = core.labelled(label.encode("ascii"))
            if name == "replacement":
                assert found == REPLACEMENT[label]
            else:
                assert charsets.lookup(found).whatwg == name, label
            seen += 1
    assert seen > 200


# Where CPython's mapping of a label's charset reads an assigned byte otherwise than browsers do.
WEB_DIFFERS = {
    "KOI8-U": {0xAE, 0xBE},  # ў Ў: RFC 2319 has box drawing there, and koi8-ru the letters
}


def test_web_charsets_read_bytes_as_browsers_do(core: Core) -> None:
    compared = 0
    for name, labels in web_encodings():
        path = WHATWG / f"index-{name.lower()}.txt"
        if name == "ISO-8859-8-I":
            path = WHATWG / "index-iso-8859-8.txt"
        table = core.table(charsets.lookup(core.labelled(labels[-1].encode("ascii")) or "utf-8").id)
        if table is None or not path.exists():
            continue
        rows = re.findall(r"^\s*(\d+)\t0x([0-9A-F]+)", path.read_text("utf-8"), re.MULTILINE)
        index = {int(pointer) + 0x80: int(code, 16) for pointer, code in rows}
        differs = {
            byte for byte in range(0x80, 0x100) if table[byte] not in (UNASSIGNED, index.get(byte))
        }
        # Bytes that one side alone assigns are C1 controls.
        controls = {byte for byte in differs if unicodedata.category(chr(table[byte])) == "Cc"}
        assert differs - controls == WEB_DIFFERS.get(name, set()), name
        compared += 1
    assert compared > 20


NO_DIGITS = ("armscii-7", "iso-5428")


def single_byte_charsets() -> list[charsets.Charset]:
    return [charset for charset in charsets.all_charsets() if charset.kind == "single"]


@pytest.mark.parametrize("charset", single_byte_charsets(), ids=lambda charset: charset.name)
def test_map_is_that_of_cpython(core: Core, charset: charsets.Charset) -> None:
    table = core.table(charset.id)
    assert table is not None
    if charset.python is None:
        # Nothing to compare with: at least digits and space are there, and no cell is a surrogate.
        digits = set(map(ord, " 0123456789"))
        assert digits <= set(table) or charset.name in NO_DIGITS or not charset.detectable
        assert not any(0xD800 <= point < 0xE000 for point in table)
        return
    decode = codecs.lookup(charset.python).decode
    for byte, point in enumerate(table):
        if (charset.name, byte) == ("palmos", 0x9B):
            continue  # mended in CPython 3.14
        expected = decode(bytes([byte]), "replace")[0]
        assert (chr(point) if point != UNASSIGNED else "\ufffd") == expected, hex(byte)


@pytest.mark.parametrize("charset", charsets.all_charsets(), ids=lambda charset: charset.name)
def test_only_charsets_of_one_byte_have_maps(core: Core, charset: charsets.Charset) -> None:
    per_byte = charset.kind == "single" or charset.name.startswith(("iscii-", "tscii", "vni"))
    assert (core.table(charset.id) is not None) == per_byte


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        # Letters that tell each map from its relatives; the words are ordinary ones.
        ("mazovia", "9e92a0", "śłŹ"),
        ("si-960", "796c6d6e", "שלםמ"),
        ("koi7-n2", "70726977657441", "ПРИВЕТA"),
        ("armscii-7", "3233", "Աա"),
        ("cp851", "b7b8", "ΜΝ"),
        ("keybcs2", "87a89188a996", "čšžěřů"),
        ("cwi-2", "9396a798", "őűŐŰ"),
        ("mik", "a1baaba3a0b0a8bf", "българия"),
        ("viscii", "ae", "ệ"),
        ("tcvn", "d6", "ệ"),
        ("vps", "89", "ế"),
        ("armscii-8", "d1b3db", "հայ"),
        ("georgian-ps", "d8c0d2c8d6cbc9", "ქართული"),
        ("georgian-academy", "d5c0d0c7d3cac8", "ქართული"),
        ("yuscii-latin", "7e7d607b7c", "čćžšđ"),
        ("cp277", "c05b6a7bd0", "æÅøÆå"),
    ],
)
def test_maps_that_cpython_lacks(core: Core, name: str, data: str, text: str) -> None:
    table = core.table(charsets.lookup(name).id)
    assert table is not None
    assert "".join(chr(table[byte]) for byte in bytes.fromhex(data)) == text
