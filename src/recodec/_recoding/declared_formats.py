"""The labels of plain files, rewritten: catalogues, TeX, manuals, dictionaries, dumps, cards.

Each format has names of its own for encodings; where it has none for the new one, its label stays.
Left alone are labels of what recoding does not change: Rich Text writes characters as escapes, mail
and quoted-printable cards code theirs. Sources: the gettext manual, "Filling in the Header Entry";
inputenc.dtx; hunspell(5); the reference manual of MySQL, "Supported Character Sets"; RFC 2425;
perlpod; the Texinfo manual, "@documentencoding"; Microsoft on "Pragma Directives" of resources.
"""

from __future__ import annotations

import re

from .._coding.route import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["card_line", "is_card", "rewritten"]

_TEX = {
    "ascii": "ascii", "iso8859-1": "latin1", "iso8859-2": "latin2", "iso8859-3": "latin3",
    "iso8859-4": "latin4", "iso8859-9": "latin5", "iso8859-15": "latin9", "iso8859-16": "latin10",
    "cp437": "cp437", "cp850": "cp850", "cp852": "cp852", "cp858": "cp858", "cp865": "cp865",
    "cp1250": "cp1250", "cp1252": "cp1252", "cp1257": "cp1257", "mac-roman": "applemac",
    "mac-latin2": "macce", "nextstep": "next", "dec-mcs": "decmulti", "utf-8": "utf8",
    "koi8-r": "koi8-r", "cp866": "cp866", "cp1251": "cp1251", "mac-cyrillic": "maccyr",
    "iso8859-5": "iso88595", "cp855": "cp855",
}  # fmt: skip
_HUNSPELL = {
    "utf-8": "UTF-8", "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "cp1251": "microsoft-cp1251",
    "tis-620": "TIS620-2533",
    **{f"iso8859-{part}": f"ISO8859-{part}" for part in (*range(1, 11), 13, 14, 15)},
}  # fmt: skip
# Its latin1 is windows-1252.
_SQL = {
    "utf-8": "utf8", "cp1252": "latin1", "iso8859-2": "latin2", "iso8859-9": "latin5",
    "iso8859-13": "latin7", "iso8859-7": "greek", "iso8859-8": "hebrew", "cp1250": "cp1250",
    "cp1251": "cp1251", "cp1256": "cp1256", "cp1257": "cp1257", "koi8-r": "koi8r",
    "koi8-u": "koi8u", "cp850": "cp850", "cp852": "cp852", "cp866": "cp866", "cp932": "cp932",
    "euc_jp": "ujis", "eucjp-ms": "eucjpms", "gbk": "gbk", "gb18030": "gb18030", "big5": "big5",
    "euc_kr": "euckr", "tis-620": "tis620", "mac-latin2": "macce", "mac-roman": "macroman",
}  # fmt: skip
_MYSQL = {**_SQL, "utf-8": "utf8mb4"}
_PAGES = {"utf-8": "65001"} | {
    f"cp{page}": str(page) for page in (874, 932, 936, 949, 950, *range(1250, 1259))
}

_NAME = r"(?P<name>[\w.+-]+)"
_FORMATS: tuple[tuple[re.Pattern[str], Mapping[str, str] | None], ...] = (
    (re.compile(rf'^"Content-Type:[^"\n]*?\bcharset={_NAME}', re.I | re.M), None),
    (
        re.compile(rf"^[ \t]*\\usepackage\[(?:[^\]\n]*,[ ]*)?{_NAME}[ ]*\]\{{inputenc\}}", re.M),
        _TEX,
    ),
    (re.compile(rf"^[ \t]*\\inputencoding[{{ ]{_NAME}\}}?[ \t]*\r?$", re.M), _TEX),
    (re.compile(rf"^@documentencoding[ \t]+{_NAME}", re.M), None),
    (re.compile(rf"^=encoding[ \t]+{_NAME}", re.M), None),
    (re.compile(r"^[ \t]*#pragma[ ]code_page\((?P<name>\d+)\)", re.M), _PAGES),
    (re.compile(rf"^%[ ]?Encoding:[ \t]*{_NAME}", re.I | re.M), None),
    (re.compile(rf"^SET[ \t]+{_NAME}[ \t]*\r?$", re.M), _HUNSPELL),
    (re.compile(rf"^/\*!\d+[ \t]+SET[ \t]+NAMES[ \t]+['\"]?{_NAME}", re.I | re.M), _MYSQL),
    (re.compile(rf"^[ \t]*SET[ \t]+NAMES[ \t]+['\"]?{_NAME}", re.I | re.M), _SQL),
)
_CARD = re.compile(rf";charset=\"?{_NAME}", re.I)
_CODED = re.compile(r";(?:encoding=)?\"?(?:quoted-printable|base64|b)\"?[;:]", re.I)


def rewritten(text: str, target: str, mime: Callable[[str], str | None]) -> str:
    """The start of a text with its labels named for `target`, by `mime` where MIME names belong."""
    for pattern, names in _FORMATS:
        match = pattern.search(text)
        if match is None:
            continue
        new = mime(match["name"]) if names is None else _named(match["name"], target, names)
        if new is not None:
            text = text[: match.start("name")] + new + text[match.end("name") :]
    return text


def _named(old: str, target: str, names: Mapping[str, str]) -> str | None:
    """What a format calls the target; None where it has no name for that, or `old` is none."""
    known = names is _TEX or find(old) is not None  # where TeX has a name it is an encoding's
    if not known and old.lower() not in map(str.lower, names.values()):
        return None
    new = names.get("utf-8" if target == "utf-8-sig" else target)
    return new.upper() if new and old.isupper() else new


def is_card(text: str) -> bool:
    """Whether a text is a vCard or a vCalendar, each line of which has its own label."""
    return text[:7].upper() == "BEGIN:V"


def card_line(line: str, mime: Callable[[str], str | None]) -> str:
    """A line of a card with its label renamed, unless its characters are coded in ASCII."""
    match = _CARD.search(line)
    value = line.find(":")
    if match is None or match.start() > value or _CODED.search(line, 0, value + 1):
        return line
    new = mime(match["name"])
    return line if new is None else line[: match.start("name")] + new + line[match.end("name") :]
