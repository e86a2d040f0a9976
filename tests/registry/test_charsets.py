"""charsets.toml keeps its own rules, and `recodec._registry.charsets` tells what it says."""

from __future__ import annotations

import codecs
import encodings.aliases
import itertools
import os
import pickle
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from recodec._errors import UnknownCharsetError
from recodec._registry import charsets

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("RECODEC_SHARED", ROOT.parent / "shared"))
sys.path.insert(0, str(ROOT / "native" / "gen"))

import gen_single_byte  # noqa: E402
import registry  # noqa: E402

ROWS = registry.load()
BY_NAME = {row.name: row for row in ROWS}

# The charsets that the registry has known from its first day.
FIRST_DAY = """
UTF-8 UTF-8-SIG UTF-16 UTF-16LE UTF-16BE UTF-32 UTF-32LE UTF-32BE UTF-7 US-ASCII
ISO-8859-1 ISO-8859-2 ISO-8859-3 ISO-8859-4 ISO-8859-5 ISO-8859-6 ISO-8859-6-E ISO-8859-6-I
ISO-8859-7 ISO-8859-8 ISO-8859-8-E ISO-8859-8-I ISO-8859-9 ISO-8859-10 ISO-8859-11 ISO-8859-13
ISO-8859-14 ISO-8859-15 ISO-8859-16
windows-874 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255
windows-1256 windows-1257 windows-1258
KOI8-R KOI8-U KOI8-T KOI8-RU KZ-1048 PTCP154 TIS-620
IBM437 IBM720 IBM737 IBM775 IBM850 IBM852 IBM855 IBM856 IBM857 IBM858 IBM860 IBM861 IBM862 IBM863
IBM864 IBM865 IBM866 IBM869 IBM874 IBM1125 IBM1131 IBM1006
IBM037 IBM273 IBM277 IBM278 IBM280 IBM284 IBM285 IBM290 IBM297 IBM420 IBM424 IBM500 IBM838 IBM871
IBM875 IBM1025 IBM1026 IBM1047 IBM1140 IBM1141 IBM1142 IBM1143 IBM1144 IBM1145 IBM1146 IBM1147
IBM1148 IBM1149
macintosh x-mac-ce x-mac-cyrillic x-mac-ukrainian x-mac-greek x-mac-turkish x-mac-icelandic
x-mac-croatian x-mac-romanian x-mac-arabic x-mac-farsi x-mac-hebrew x-mac-thai
Shift_JIS cp932 Shift_JIS-2004 EUC-JP cp51932 eucJP-ms EUC-JIS-2004
ISO-2022-JP ISO-2022-JP-1 ISO-2022-JP-2 ISO-2022-JP-3 ISO-2022-JP-2004 ISO-2022-JP-EXT
cp50220 cp50221 cp50222 ISO-2022-KR ISO-2022-CN ISO-2022-CN-EXT HZ
GB2312 GBK GB18030 Big5 cp950 Big5-HKSCS Big5-ETEN Big5-UAO EUC-TW EUC-KR cp949 Johab
VISCII TCVN5712-1 VPS ARMSCII-8 Georgian-Academy Georgian-PS MIK HP-Roman8 NEXTSTEP
x-user-defined
""".split()  # noqa: SIM905 - a list to be read

# Names of encodings.tsv that are no label, and what they mean.
READ_AS = {
    "ASMO-708 DOS": "cp708",
    "Big5-ETEN / Big5-UAO": "big5-eten",
    "GB2312": "gb2312",
    "IBM00858": "cp858",
    "ISO-8859-8": "iso8859-8",
    "KOI7": "koi7-n2",
    "KOI8-R variants": "koi8-r",
    "LST 1564 / LST 1283": "cp774",
    "SI 960": "si-960",
    "VNI": "vni",
}
# Those without a byte-level table; charsets.toml says why.
LEFT_OUT = {
    "font encodings",
    "font encodings over windows-1251",
    "TatWin and other font encodings",
    "Arasan and other font encodings",
    "AcadNusx and other ASCII fonts",
    "Tornado and other Maltese fonts",
    "WinLatin3 fonts",
    "TAB / TAM",
    "Iran System",
    "InPage",
    "ARMSCII-8A",
    "x-mac-devanagari",
    "x-mac-georgian",
    "x-mac-vietnamese",
}

# CPython reads these names as the set without Apple's additions; here they are Apple's.
APPLE_NAMES = {"x_mac_japanese", "x_mac_korean", "x_mac_simp_chinese", "x_mac_trad_chinese"}


def codec_name(name: str) -> str:
    return codecs.lookup(name).name


@pytest.mark.parametrize("label", FIRST_DAY)
def test_first_day_charset_is_known(label: str) -> None:
    assert charsets.lookup(label).name in BY_NAME


def test_every_encoding_of_the_corpora_is_known_or_left_out() -> None:
    path = SHARED / "corpora" / "encodings.tsv"
    if not path.exists():
        pytest.skip(f"needs {path}, which is not there")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    unknown = set()
    for line in lines:
        language, encoding, *_ = line.split("\t")
        name = encoding.split(" (")[0]
        if name in LEFT_OUT or encoding in LEFT_OUT:
            continue
        try:
            charset = charsets.lookup(READ_AS.get(name, name))
        except UnknownCharsetError:
            unknown.add(encoding)
        else:
            assert language in charset.languages, f"{charset.name} does not list {language}"
    assert not unknown


def test_names_are_unique_and_ids_in_order() -> None:
    found = charsets.all_charsets()
    assert [charset.name for charset in found] == [row.name for row in ROWS]
    assert [charset.id for charset in found] == list(range(1, len(ROWS) + 1))
    assert len({charset.name for charset in found}) == len(found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_python_tells_what_the_list_says(row: registry.Row) -> None:
    charset = charsets.lookup(row.name)
    for label in row.labels:
        assert charsets.lookup(label) is charset
        assert charsets.lookup(label.upper().replace("-", "_")) is charset
    assert charset.iana == (row.iana or None)
    assert charset.whatwg == (row.whatwg or None)
    assert charset.python == (row.python or None)
    assert charset.superset == (row.superset or None)
    for label in row.exact_labels:
        assert charsets.lookup(label) is charset
        assert charsets.lookup(label.upper().replace("-", "_")) is charset
    assert charset.aliases == row.aliases + row.exact_labels
    assert charset.known_by == row.known_by
    assert charset.languages == row.languages
    assert (charset.family, charset.kind, charset.detectable) == (
        row.family,
        row.kind,
        row.detectable,
    )


def test_what_detection_never_answers_has_its_reason() -> None:
    """A reason that names another charset names one that detection does answer."""
    names = {row.name: row for row in ROWS}
    for row in ROWS:
        assert row.detectable != bool(row.undetected)
        assert row.undetected == "" or row.undetected.endswith((".", "text."))
        reads_as = re.match(r"The letters of ([^ ]+):", row.undetected)
        if reads_as:
            assert names[reads_as[1]].detectable, row.name


# recode's permutations of ASCII and its two six- and eight-bit curiosities: no use was seen.
OBSOLETE = {"cdc-nos", "ebcdic", "ebcdic-ccc", "ebcdic-ibm", "icon-qnx"}


def registry_rows() -> list[list[str]]:
    path = SHARED / "tables" / "registry.tsv"
    if not path.exists():
        pytest.skip(f"needs {path}, which is not there")
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:]]


def test_every_encoding_that_some_converter_has_is_known() -> None:
    live = [row for row in registry_rows() if row[11] == "live" and row[0] not in OBSOLETE]
    assert len(live) == 431
    unknown = []
    for row in live:
        # "replacement" is the web's name for an error, and no charset.
        names = {row[0], row[1], row[3], *row[4].split("|")} - {"", "replacement"}
        unknown += [name for name in names if charsets.find(name) is None]
        charset = charsets.lookup(row[0])
        assert charset.known_by or charset.family == "unicode", row[0]
    assert unknown == []


def test_each_label_names_one_charset() -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for label in row.labels:
            owners.setdefault(charsets.normalise(label), set()).add(row.name)
    assert {label: names for label, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("row", [row for row in ROWS if row.python], ids=lambda row: row.name)
def test_codec_of_cpython_is_there(row: registry.Row) -> None:
    assert codec_name(row.python)
    encodings.search_function(row.python)
    if registry.normalise(row.name) == registry.normalise(row.python):
        assert codec_name(row.name) == codec_name(row.python)


# Python 3.15 reads names of EUC-KR as the web does, and windows-936 without the euro sign.
_OTHERWISE_FROM_3_15 = {
    "csksc56011987", "iso_ir_149", "korean", "ks_c_5601", "ks_c_5601_1987", "ks_c_5601_1989",
    "ksc5601", "ksc_5601", "ks_x_1001", "ksx1001", "windows_936",
}  # fmt: skip


def test_names_of_cpython_mean_what_they_mean_there() -> None:
    """An alias that CPython has too leads to the same codec."""
    checked = 0
    for alias, module in encodings.aliases.aliases.items():
        if module.endswith("_codec") or module in ("mbcs", "oem", "rot_13"):
            continue
        if alias in APPLE_NAMES or alias != alias.lower():
            continue  # an alias with a capital cannot be found in CPython either
        if sys.version_info >= (3, 15) and alias in _OTHERWISE_FROM_3_15:
            continue
        charset = charsets.lookup(alias)
        assert charset.python is not None, alias
        assert codec_name(charset.python) == codec_name(alias), alias
        checked += 1
    assert checked > 250


@pytest.mark.parametrize("row", [row for row in ROWS if not row.python], ids=lambda row: row.name)
def test_charset_without_a_codec_of_cpython_has_none_there(row: registry.Row) -> None:
    if sys.version_info >= (3, 15) and row.name.replace("-", "_") in _OTHERWISE_FROM_3_15:
        pytest.skip("Python reads that name otherwise")
    # The built-in search alone: recodec may have registered a codec of its own.
    assert encodings.search_function(row.name) is None


def codes_of(name: str) -> dict[bytes, str]:
    """Every code of a stateless codec of CPython, up to three bytes, with its text.

    The eight-byte syllables that CPython's euc_kr composes are left out: see its note in the list.
    """
    found: dict[bytes, str] = {}
    decode = codecs.lookup(name).decode

    def put(code: bytes) -> bool:
        try:
            found[code] = decode(code)[0]
        except UnicodeDecodeError:
            return False
        return True

    leads = [byte for byte in range(0x100) if not put(bytes([byte]))]
    trails = range(0x21, 0xFF)
    for pair in itertools.product(leads, trails):
        put(bytes(pair))
    if 0x8F in leads:  # the third code set of EUC
        for first, second in itertools.product(range(0xA1, 0xFF), repeat=2):
            put(bytes((0x8F, first, second)))
    return found


def is_printable(text: str) -> bool:
    return all(unicodedata.category(character) not in ("Cc", "Co") for character in text)


def single_byte_codes() -> dict[str, tuple[int, ...]]:
    if not (SHARED / "tables" / "single.tsv.xz").exists():
        pytest.skip(f"needs {SHARED / 'tables' / 'single.tsv.xz'}, which is not there")
    return {row.name: cells for row, cells in gen_single_byte.maps()}


@pytest.mark.parametrize("row", [row for row in ROWS if row.superset], ids=lambda row: row.name)
def test_superset_decodes_all_that_the_subset_does(row: registry.Row) -> None:
    superset = BY_NAME[row.superset]
    assert row.python and superset.python, "both must be decodable, or a test must compare tables"
    decode = codecs.lookup(superset.python).decode
    differs = []
    codes = codes_of(row.python)
    for code, text in codes.items():
        if is_printable(text):
            try:
                same = decode(code)[0] == text
            except UnicodeDecodeError:
                same = False
            if not same:
                differs.append(code.hex().upper())
    assert len(codes) > 90
    assert tuple(differs) == row.superset_differs


def test_equal_maps_say_so() -> None:
    """Where two one-byte charsets have one map, at most one of them has no superset."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for name, cells in single_byte_codes().items():
        groups.setdefault(cells, []).append(name)
    for names in groups.values():
        assert len([name for name in names if not BY_NAME[name].superset]) <= 1, names


def test_languages_are_tags() -> None:
    for row in ROWS:
        for tag in row.languages:
            assert tag.replace("-", "").isalpha()
            assert 2 <= len(tag.split("-")[0]) <= 3
        assert len(set(row.languages)) == len(row.languages)


def test_unknown_names_come_with_close_matches() -> None:
    with pytest.raises(UnknownCharsetError) as caught:
        charsets.lookup("windows-1551")
    assert caught.value.name == "windows-1551"
    assert "cp1251" in caught.value.matches
    assert len(caught.value.matches) <= 3
    for unlike in ("nope", "cp99999", "foo"):  # shares letters with labels, and no more
        with pytest.raises(UnknownCharsetError) as caught:
            charsets.lookup(unlike)
        assert caught.value.matches == ()
    for nothing in ("", "--", "\0", "utf\0008", "utf\u20138", "ütf8", "\u0661\u0662"):
        with pytest.raises(LookupError):
            charsets.lookup(nothing)
    with pytest.raises(TypeError):
        charsets.lookup(b"utf-8")  # type: ignore[arg-type]


def test_ids_out_of_range() -> None:
    for number in (-1, 0, len(ROWS) + 1):
        with pytest.raises(IndexError):
            charsets.by_id(number)


def test_charset_is_immutable_and_one() -> None:
    charset = charsets.lookup("koi8-r")
    for name in ("name", "anything"):
        with pytest.raises(AttributeError):
            setattr(charset, name, "x")
        with pytest.raises(AttributeError):
            delattr(charset, name)
    assert pickle.loads(pickle.dumps(charset)) is charset
    assert repr(charset) == "<Charset koi8-r>"


def test_expand_takes_families_names_and_aliases() -> None:
    def names(*asked: str) -> set[str]:
        return {charsets.by_id(number).name for number in charsets.expand(asked)}

    assert names() == set()
    assert names("latin1", "CP1252", "windows-1252") == {"iso8859-1", "cp1252"}
    assert names("koi8") == {row.name for row in ROWS if row.family == "koi8"}
    assert names("Mac", "utf8") == {row.name for row in ROWS if row.family == "mac"} | {"utf-8"}
    assert charsets.expand("cjk") == charsets.expand(["cjk"])
    web = names("web")
    assert {"utf-8", "cp1252", "koi8-u", "big5hkscs", "mac-cyrillic", "iso8859-1"} <= web
    assert not web & {"cp437", "cp037", "utf-32", "viscii"}
    assert set().union(*map(names, charsets.families())) == set(BY_NAME)
    with pytest.raises(UnknownCharsetError):
        charsets.expand(["cp1252", "klingon"])
    with pytest.raises(TypeError):
        charsets.expand([1])  # type: ignore[list-item]


def test_importing_builds_no_index() -> None:
    code = (
        "import sys, recodec._registry.charsets as r;"
        "assert not r._ids and not any(r._made);"
        "assert 'difflib' not in sys.modules;"
        "r.by_id(1); assert not r._ids;"
        "r.lookup('utf8'); assert r._ids and 'difflib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-S", "-c", code], check=True, env=import_environment())


def import_environment() -> dict[str, str]:
    """The environment of a child that imports the same recodec; -S leaves site-packages out."""
    paths = [str(Path(charsets.__file__).resolve().parents[2]), *filter(None, sys.path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def test_broken_lists_are_refused() -> None:
    def row(number: int, name: str, **more: object) -> registry.Row:
        values: dict[str, object] = {
            "family": "iso",
            "kind": "single",
            "aliases": (),
            "languages": (),
            "detectable": True,
        }
        return registry.Row(id=number, name=name, **{**values, **more})  # type: ignore[arg-type]

    registry.check([row(1, "a"), row(2, "b", superset="a")])
    broken = [
        [row(1, "a"), row(2, "a")],
        [row(1, "a-b"), row(2, "a_b")],
        [row(1, "a", family="novel")],
        [row(1, "a", kind="novel")],
        [row(1, "a", superset="b")],
        [row(1, "a", superset="b"), row(2, "b", superset="a")],
        [row(1, "a", aliases=("x-1",)), row(2, "b", aliases=("X1",))],
        [row(1, "a", aliases=("--",))],
        [row(1, "a", web_labels=("l",)), row(2, "b", web_labels=("L",))],
    ]
    for rows in broken:
        with pytest.raises(registry.RegistryError):
            registry.check(rows)


def test_canonical_names_need_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are found before the index of labels is made, and as the same charsets afterwards."""
    for charset in charsets.all_charsets():
        monkeypatch.setattr(charsets, "_ids", {})
        assert charsets.find(charset.name) is charset
        assert charsets._ids == {}
    assert [charsets.find(c.name) for c in charsets.all_charsets() if charsets._index()] == list(
        charsets.all_charsets()
    )


def test_a_charset_is_made_once() -> None:
    for charset in charsets.all_charsets():
        assert charsets.by_id(charset.id) is charset
        assert charsets.lookup(charset.name) is charset


def test_names_that_are_no_text() -> None:
    with pytest.raises(TypeError):
        charsets.expand([b"koi8-r"])  # type: ignore[list-item]


def test_what_text_of_a_charset_is_told_as() -> None:
    told = {one.name: one.told_as for one in charsets.all_charsets() if one.told_as is not None}
    assert told
    for name, other in told.items():
        assert charsets.lookup(other).name == other, name
