"""Charsets for building and scoring the sets: CPython's codecs, and tables where it has none.

The sets must not depend on the detector under test, so nothing here imports recodec: a charset is
CPython's codec when there is one, else a mapping table of the training inputs (`tables/` beside the
corpora). Scoring uses the same tables to decode an answer whose name Python does not know, so that
an answer such as VISCII is judged by the text it gives and not by what this Python can open.
"""

from __future__ import annotations

import codecs
import functools
import os
import re
from pathlib import Path
from typing import NamedTuple

from charset_tables import Decode, Encode, from_table, single_lines

ROOT = Path(__file__).resolve().parent.parent


def shared_folder(given: str | None = None) -> Path:
    """The folder with `corpora/` and `tables/`: the argument, `RECODEC_SHARED`, or ../shared."""
    return Path(given or os.environ.get("RECODEC_SHARED") or ROOT.parent / "shared")


class Charset(NamedTuple):
    """One charset that can be written and read.

    `group` is "cpython" (Python has the codec), "core" (it has none, but the registry promises
    the charset from its first release), "rare" (all other byte-level charsets), or "iso646"
    (national 7-bit sets, which no byte tells from ASCII).
    """

    name: str
    group: str
    encode: Encode
    decode: Decode


# Labels of encodings.tsv that CPython has no codec for: our name, the table, the group.
# Font encodings, InPage, Iran System, TAB/TAM and VIQR have no table or no byte-level definition.
_TABLE_LABELS: dict[str, tuple[str, str, str]] = {
    "ARMSCII-8": ("armscii-8", "armscii-8", "core"),
    "CP50220 (ISO-2022-JP-MS)": ("cp50220", "rule:cp50220", "core"),
    "CP51932 (eucJP-ms)": ("cp51932", "multi:cp51932", "core"),
    "EUC-TW": ("euc_tw", "multi:euc-tw", "core"),
    "Georgian-Academy": ("georgian-academy", "georgian-academy", "core"),
    "Georgian-PS": ("georgian-ps", "georgian-ps", "core"),
    "IBM01141": ("cp1141", "ibm1141", "core"),
    "IBM01147": ("cp1147", "ibm1147", "core"),
    "IBM1025": ("cp1025", "ibm1025", "core"),
    "IBM1047": ("cp1047", "ibm1047", "core"),
    "IBM1131": ("cp1131", "cp1131", "core"),
    "IBM277": ("cp277", "ibm277", "core"),
    "IBM278": ("cp278", "ibm278", "core"),
    "IBM280": ("cp280", "ibm280", "core"),
    "IBM284": ("cp284", "ibm284", "core"),
    "IBM297": ("cp297", "ibm297", "core"),
    "IBM420": ("cp420", "ibm420", "core"),
    "IBM838": ("cp838", "ibm838", "core"),
    "IBM871": ("cp871", "ibm871", "core"),
    "ISO-2022-CN": ("iso2022_cn", "rule:iso2022_cn", "core"),
    "KOI8-RU": ("koi8-ru", "koi8-ru", "core"),
    "MIK (bulgaria-mik)": ("mik", "mik", "core"),
    "TCVN5712-1 (VSCII, ABC fonts)": ("tcvn", "tcvn", "core"),
    "VISCII": ("viscii", "viscii", "core"),
    "VPS": ("vps", "vps", "core"),
    "x-mac-hebrew": ("mac-hebrew", "machebrew", "core"),
    "x-mac-thai": ("mac-thai", "macthai", "core"),
    "x-mac-ukrainian": ("mac-ukrainian", "macukraine", "core"),
    "ASMO-708 DOS (cp708, cp711)": ("cp708", "windows-708", "rare"),
    "CWI-2": ("cwi-2", "cwi-2", "rare"),
    "IBM1129": ("cp1129", "cp1129", "rare"),
    "IBM1133": ("cp1133", "cp1133", "rare"),
    # glibc's table has capital mu and nu the other way round; IBM's chart and ICU are right.
    "IBM851": ("cp851", "ibm851@icu", "rare"),
    "IBM853": ("cp853", "cp853", "rare"),
    "IBM868": ("cp868", "ibm868", "rare"),
    "IBM870": ("cp870", "ibm870", "rare"),
    "IBM880": ("cp880", "ibm880", "rare"),
    "IBM921": ("cp921", "iso8859_13", "rare"),
    "IBM922": ("cp922", "cp922", "rare"),
    "IBM930": ("cp930", "mixed:ibm930", "rare"),
    "IBM933": ("cp933", "mixed:ibm933", "rare"),
    "IBM935": ("cp935", "mixed:ibm935", "rare"),
    "IBM937": ("cp937", "mixed:ibm937", "rare"),
    "IBM939": ("cp939", "mixed:ibm939", "rare"),
    "ISCII-BNG (IS 13194)": ("iscii-bng", "pairs:iscii-1", "rare"),
    "ISCII-DEV (IS 13194)": ("iscii-dev", "pairs:iscii-0", "rare"),
    "ISCII-GJR (IS 13194)": ("iscii-gjr", "pairs:iscii-3", "rare"),
    "ISCII-KND (IS 13194)": ("iscii-knd", "pairs:iscii-7", "rare"),
    "ISCII-MLM (IS 13194)": ("iscii-mlm", "pairs:iscii-8", "rare"),
    "ISCII-PNJ (IS 13194)": ("iscii-pnj", "pairs:iscii-2", "rare"),
    "ISCII-TLG (IS 13194)": ("iscii-tlg", "pairs:iscii-6", "rare"),
    "ISCII-TML": ("iscii-tml", "pairs:iscii-5", "rare"),
    "ISIRI-3342": ("isiri-3342", "isiri-3342", "rare"),
    "ISO-IR-165": ("iso-ir-165-euc", "gr:iso-ir-165", "rare"),
    "ISO-IR-197": ("iso-ir-197", "iso-ir-197", "rare"),
    "ISO-IR-209": ("iso-ir-209", "iso-ir-209", "rare"),
    "KEYBCS2 (Kamenicky, cp895)": ("cp895", "keybcs2", "rare"),
    "KOI8-CS": ("koi8-cs", "koi-8_cs2", "rare"),
    "LST 1564 / LST 1283 (cp774, cp771)": ("cp774", "cp774", "rare"),
    "MuleLao-1": ("mulelao-1", "mulelao-1", "rare"),
    "TSCII": ("tscii", "pairs:tscii", "rare"),
    "VNI (Windows)": ("vni", "multi:vni", "rare"),
    "WinSami2": ("winsami2", "win-sami-2", "rare"),
    "x-mac-chinesesimp": ("mac-chinesesimp", "multi:windows-10008", "rare"),
    "x-mac-chinesetrad": ("mac-chinesetrad", "multi:windows-10002", "rare"),
    "x-mac-japanese": ("mac-japanese", "multi:cp10001", "rare"),
    "x-mac-korean": ("mac-korean", "multi:windows-10003", "rare"),
    "x-mac-sami": ("mac-sami", "mac-sami", "rare"),
    "ASMO_449": ("asmo_449", "asmo_449", "iso646"),
    "DIN_66003": ("din_66003", "din_66003", "iso646"),
    "DS_2089": ("ds_2089", "ds_2089", "iso646"),
    "JUS_I.B1.002 (YUSCII)": ("jus_i.b1.002", "jus_i.b1.002", "iso646"),
    "JUS_I.B1.003-mac": ("jus_i.b1.003-mac", "jus_i.b1.003-mac", "iso646"),
    "JUS_I.B1.003-serb": ("jus_i.b1.003-serb", "jus_i.b1.003-serb", "iso646"),
    "NF_Z_62-010": ("nf_z_62-010", "nf_z_62-010", "iso646"),
    "NS_4551-1": ("ns_4551-1", "ns_4551-1", "iso646"),
    "SEN_850200_B": ("sen_850200_b", "sen_850200_b", "iso646"),
}

# Python's names in the spelling that the registry fixes for its answers; all others only
# exchange the underscore of iso8859_x, mac_x, koi8_x and tis_620 for what they are called there.
_SPELLING = {"hp_roman8": "hp-roman8", "latin_1": "iso8859-1"}


def spelled(codec: str) -> str:
    """A CPython codec's name in the registry's spelling: `iso8859_2` is `iso8859-2`."""
    name = _SPELLING.get(codec, codec)
    if name.startswith(("iso8859_", "mac_", "koi8_", "tis_", "utf_")):
        name = name.replace("_", "-")
    return name


def for_label(label: str, codec: str, shared: Path) -> Charset | None:
    """The charset of a row of encodings.tsv (`label`, and `codec` or "-"); None without one."""
    if codec != "-":
        name = spelled(codec)
        if "ISO-8859-8-I" in label:
            name = "iso8859-8-i"
        return Charset(name, "cpython", *_cpython(codec))
    row = _TABLE_LABELS.get(label)
    if row is None:
        return None
    name, table, group = row
    return Charset(name, group, *from_table(table, shared))


def _cpython(codec: str) -> tuple[Encode, Decode]:
    info = codecs.lookup(codec)
    return (lambda text: info.encode(text)[0]), (lambda data: info.decode(data)[0])


_NOT_WORD = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A charset name with case and punctuation taken out, for comparing names."""
    return _NOT_WORD.sub("", name.lower())


# Names that detectors give and neither Python nor the registry of tables knows.
_DETECTOR_NAMES = {
    "maccentraleurope": "mac_latin2",
    "uhc": "cp949",
    "ibm420ltr": "cp420",
    "ibm420rtl": "cp420",
    "ibm424ltr": "cp424",
    "ibm424rtl": "cp424",
    "windows31j": "cp932",
    "iso88598i": "iso8859_8",
    "iso88598e": "iso8859_8",
    "xmaccyrillic": "mac_cyrillic",
    "xmacce": "mac_latin2",
    "macintosh": "mac_roman",
    "windows874": "cp874",
    "cp037": "cp037",
    "big5hkscs": "big5hkscs",
}


@functools.lru_cache(maxsize=2)
def _registry(shared: Path) -> dict[str, str]:
    """plain(name or alias) -> table; a name beats every alias."""
    path = shared / "tables" / "registry.tsv"
    if not path.exists():
        return {}
    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "name\t")):
            continue
        cells = line.split("\t")
        table = cells[8]
        if table.startswith(("rule:", "-")) or not table:
            continue
        names.setdefault(plain(cells[0]), table)
        for alias in cells[4].split("|"):
            aliases.setdefault(plain(alias), table)
    return aliases | names


@functools.cache
def decoder(name: str, shared: Path) -> Decode | None:
    """How to decode bytes under a detector's name for the charset; None if nothing knows it."""
    key = plain(name)
    if not key:
        return None
    key = plain(_DETECTOR_NAMES.get(key, key))
    for ours, table, _group in _TABLE_LABELS.values():
        if plain(ours) == key and _is_there(table, shared):
            return from_table(table, shared)[1]
    for candidate in (_DETECTOR_NAMES.get(plain(name), name), name.replace("-", "_")):
        try:
            info = codecs.lookup(candidate)
        except LookupError:
            continue
        if info._is_text_encoding:
            decode = info.decode
            return lambda data: decode(data)[0]
    table_name = _registry(shared).get(key)
    if table_name is None:
        return None
    if table_name in single_lines(shared):
        return from_table(table_name, shared)[1]
    if (shared / "tables" / "multi" / f"{table_name}.tsv.xz").exists():
        return from_table(f"multi:{table_name}", shared)[1]
    return None


def _is_there(table: str, shared: Path) -> bool:
    return bool(table) and (shared / "tables" / "single.tsv.xz").exists()
