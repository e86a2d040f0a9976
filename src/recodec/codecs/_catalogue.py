"""Which codec a charset has: by its table, or by a machine of its own."""

from __future__ import annotations

import sys

from ._machine import codec_of
from ._tables import has_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import codecs
    from collections.abc import Callable, Mapping

    from .._registry.charsets import Charset
    from ._machine import Machine
    from ._multi import Codes

__all__ = ["codec_for", "flavoured", "utf_32"]


def _iso2022(name: str) -> Machine:
    from ._iso2022_forms import iso2022

    return iso2022(name)


def _wide(name: str) -> Machine:
    from ._unicode import Wide

    width, order = (2, "big") if name.startswith(("utf-16", "ucs-2")) else (4, "big")
    if "-le" in name:
        order = "little"
    if name.startswith("ucs"):
        return Wide(name, width, order, fixed=name.endswith("e"))
    first = name == "utf-16-version1"  # ICU's, which has to have a mark
    written = sys.byteorder if first else ""
    return Wide(name, width, order, mark=True, pairs=width == 2, must=first, written=written)


def utf_32(name: str) -> Machine:
    """UTF-32 in one byte order, for where Python's own loses text."""
    from ._unicode import Wide

    return Wide(name, 4, "little" if name.endswith("le") else "big", fixed=True)


def _utf_8_like(name: str) -> Machine:
    from ._unicode import Utf8Like

    return Utf8Like(name, java=name == "mutf-8")


def _utf_8_mac(name: str) -> Machine:
    from ._decomposed import Utf8Mac

    return Utf8Mac(name)


def _utf_ebcdic(name: str) -> Machine:
    from ._unicode import UtfEbcdic

    return UtfEbcdic(name)


def _imap(name: str) -> Machine:
    from ._utf7 import Utf7Imap

    return Utf7Imap(name)


def _scsu(name: str) -> Machine:
    from ._compressed import Scsu

    return Scsu(name)


def _bocu_1(name: str) -> Machine:
    from ._compressed import Bocu1

    return Bocu1(name)


def _escapes(name: str) -> Machine:
    from ._escapes import C99, Java

    return (C99 if name == "c99" else Java)(name)


def _iscii(name: str) -> Machine:
    from ._indic import Iscii, script_of

    return Iscii(name, script_of(name))


def _tscii(name: str) -> Machine:
    from ._indic import tscii

    return tscii(name)


def _viqr(name: str) -> Machine:
    from ._viqr import Viqr

    return Viqr(name)


def _lmbcs(name: str) -> Machine:
    from ._lotus import Lmbcs

    return Lmbcs(name)


def _compound(name: str) -> Machine:
    from ._compound import CompoundText

    return CompoundText(name)


def _gsm(name: str) -> Machine:
    from ._multi import machine_of
    from ._tables import decode_map, encode_map

    def codes() -> Codes:
        codes = decode_map("gsm0338")
        # TS 23.038: what has no extension shows the basic character, a second escape a space.
        basic = {b"\x1b" + code: text for code, text in codes.items() if len(code) == 1}
        return {**basic, b"\x1b\x1b": " ", **codes}, encode_map("gsm0338")

    return machine_of(name, codes)


def _cp51932(name: str) -> Machine:
    from ._multi import machine_of
    from ._tables import decode_map, encode_map

    def codes() -> Codes:
        # Windows gives bytes that are in no code private-use characters of their own (U+F8F0 to
        # F8F3), so that nothing is ever wrong. Here they are errors, as in every other EUC-JP.
        decoding = {
            code: text
            for code, text in decode_map(name).items()
            if len(code) > 1 or not "\uf8f0" <= text <= "\uf8ff"
        }
        written = encode_map(name).items()
        return decoding, {text: code for text, code in written if not "\uf8f0" <= text <= "\uf8ff"}

    return machine_of(name, codes)


def _cp932(name: str) -> Machine:
    from .._conversion.maps import Maps
    from ._carried import Carried
    from ._tables import encode_map, made, source

    def writing() -> Mapping[str, bytes]:
        # CPython writes the characters that NEC and IBM both added by NEC's codes (ED40 to EEFC),
        # Windows and the web by IBM's (FA40 to FC4B). What else CPython writes is written here.
        return {**encode_map("cp932@cpython"), **encode_map("cp932")}

    maps = Maps(source("cp932@cpython"), lambda: made({}, writing()))
    return Carried(name, maps, python="cp932", moved=b"\xed\xee")


def _big5_eten(name: str) -> Machine:
    from ._multi import big5_eten

    return big5_eten(name)


_WIDE = (
    "ucs-2",
    "ucs-2-be",
    "ucs-2-le",
    "ucs-4",
    "ucs-4-be",
    "ucs-4-le",
    "utf-16-version1",
    "utf-16-version2",
    "utf-16-be-sig",
    "utf-16-le-sig",
    "utf-32-be-sig",
    "utf-32-le-sig",
)

_OWN: dict[str, Callable[[str], Machine]] = {
    **dict.fromkeys(_WIDE, _wide),
    "big5-eten": _big5_eten,
    "bocu-1": _bocu_1,
    "c99": _escapes,
    "cesu-8": _utf_8_like,
    "compound-text": _compound,
    "cp932": _cp932,
    "cp51932": _cp51932,
    "gsm0338": _gsm,
    "java": _escapes,
    "lmbcs-1": _lmbcs,
    "mutf-8": _utf_8_like,
    "scsu": _scsu,
    "tscii": _tscii,
    "utf-32-be": utf_32,
    "utf-32-le": utf_32,
    "utf-7-imap": _imap,
    "utf-8-mac": _utf_8_mac,
    "utf-ebcdic": _utf_ebcdic,
    "viqr": _viqr,
}
_ISO2022 = ("iso2022_", "cp5022", "jis7", "jis8")


def codec_for(charset: Charset) -> codecs.CodecInfo | None:
    """The codec of ours for a charset, None when there is none."""
    name = charset.name
    if name.startswith(_ISO2022):
        return codec_of(_iso2022(name))
    if name.startswith("iscii-"):
        return codec_of(_iscii(name))
    if name in _OWN:
        return codec_of(_OWN[name](name))
    from ._charset_tables import CHANGED, TABLES

    table = TABLES.get(name)
    if table is None:
        return None
    if name in CHANGED or not has_table(table):
        from .._core import detection as core
        from ._multi import single_byte_of_core

        cells = core.single_byte_table(charset.id)
        return None if cells is None else codec_of(single_byte_of_core(name, cells))
    return of_table(name, charset, table)


def of_table(
    name: str, charset: Charset, table: str, *, composing: bool = False
) -> codecs.CodecInfo:
    """The codec of a charset's kind with one table."""
    if charset.kind == "stateful" and charset.family == "ebcdic":
        from ._mixed import MixedMachine

        return codec_of(MixedMachine(name, table))
    from ._multi import table_machine

    return codec_of(table_machine(name, table, composing=composing))


# Implementations of iconv(3); they join a letter and the mark after it when they read.
_ICONV = ("libiconv", "glibc")


def flavoured(who: str, label: str, charset: Charset) -> codecs.CodecInfo | None:
    """The codec of one implementation's mapping of a charset; None where it is the plain one."""
    from .._registry.charsets import normalise
    from ._charset_tables import TABLES, VARIANTS
    from ._tables import pairs

    if who == "icu":
        from ._icu_forms import machine_of_icu

        machine = machine_of_icu(charset.name)
        if machine is not None:
            return codec_of(machine)
    label = normalise(label)
    if who in _ICONV:
        from ._iconv_forms import machine_of_iconv

        machine_of_theirs = machine_of_iconv(who, charset.name, label)
        if machine_of_theirs is not None:
            return codec_of(machine_of_theirs)
    variants = VARIANTS.get(charset.name, {})
    general = variants.get(who) or TABLES.get(charset.name)
    table = variants.get(f"{who}:{label}") or variants.get(who)
    composing = (
        who in _ICONV
        and charset.name not in _OWN
        and bool(pairs(table or TABLES.get(charset.name, "")))
    )
    if table is None and not composing:
        return None
    # A name by which nobody gets another mapping than this one.
    name = f"{who}:{charset.name if table in (None, general) else label}"
    return of_table(name, charset, table or TABLES[charset.name], composing=composing)
