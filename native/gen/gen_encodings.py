"""docs/encodings.md: every charset with its use, its namesakes and what it cannot hold.

What can be counted is counted from the mapping tables: codes that another implementation reads
otherwise, letters of its languages that a charset lacks. The letters of a language are those that
make up 1/20,000 of its words or more (word frequencies of the corpora).
"""

from __future__ import annotations

import functools
import lzma
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

import tomllib

import conversion_source
import registry
from conversion_source import Table
from generated import ROOT, FileTarget, banner, shared_root
from registry import FAMILIES, SOURCE, Row

SCRIPT = "gen_encodings.py"
LEAST = 1 / 20_000
EXAMPLES = 4
LISTED = 24  # letters or languages that a line names

TITLES = {
    "unicode": "Unicode",
    "ascii": "ASCII",
    "iso": "ISO 8859 and relatives",
    "windows": "Windows",
    "dos": "DOS",
    "mac": "Macintosh",
    "ebcdic": "EBCDIC",
    "koi8": "KOI8",
    "cjk": "Chinese, Japanese, Korean",
    "national": "National standards",
    "vendor": "Other vendors",
    "seven-bit": "Seven-bit sets",
}
KINDS = {
    "single": "one byte a character",
    "multi": "one to four bytes a character",
    "stateful": "with state: escapes, shifts or characters that depend on their neighbours",
    "unicode": "all of Unicode",
}
WHO = {
    "cpython": "CPython",
    "libiconv": "GNU libiconv",
    "glibc": "glibc",
    "icu": "ICU",
    "java": "Java",
    "whatwg": "the web",
    "iconv-lite": "iconv-lite",
    "recode": "recode",
    "nkf": "nkf",
}
SIGNS = (("the euro sign", "€"), ("typographic quotes", "“”‘’"), ("dashes", "–—"))
NO_LETTERS = frozenset({"ja", "ko", "zh-Hans", "zh-Hant"})
"""Languages whose characters are too many to list; sets for them hold what their standard has."""


@functools.cache
def alphabets() -> dict[str, str]:
    """Letters beyond ASCII of each language with a word list, lower case, by frequency."""
    found = {}
    for path in sorted((shared_root() / "corpora" / "words").glob("*.tsv.xz")):
        tag = path.name.removesuffix(".tsv.xz")
        if tag in NO_LETTERS:
            continue
        scripts = languages()[tag]["scripts"]
        counts: Counter[str] = Counter()
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                word, _, number = line.rstrip("\n").partition("\t")
                for letter in word.lower():
                    if letter.isascii() or _belongs(letter, scripts):
                        counts[letter] += int(number)
        least = counts.total() * LEAST
        letters = [one for one, number in counts.most_common() if number >= least and one > "\x7f"]
        found[tag] = "".join(sorted(letters))
    return found


def _belongs(letter: str, scripts: list[str]) -> bool:
    """Whether it is a letter that is not Latin by mistake, as in scanned Georgian."""
    if unicodedata.category(letter)[0] not in "LM":
        return False
    return "Latn" in scripts or not unicodedata.name(letter, "").startswith("LATIN")


@functools.cache
def languages() -> dict[str, dict[str, Any]]:
    with (ROOT / "native" / "gen" / "languages.toml").open("rb") as file:
        return tomllib.load(file)


def english(tag: str) -> str:
    """Name of a language."""
    return languages()[tag]["english"] if tag in languages() else tag


def repertoire(table: Table) -> set[str]:
    """The characters that a table can write."""
    texts = [text for _, text, flag in table.decode if flag == conversion_source.ROUND_TRIP]
    texts += [text for text, _, _ in table.encode]
    return {chr(text[0]) for text in texts if len(text) == 1}


def missing(held: set[str], letters: Iterable[str]) -> str:
    """Letters in either case that a charset has neither as they are nor as letter and marks."""
    return "".join(one for one in letters if not (fits(held, one) and fits(held, one.upper())))


def fits(held: set[str], text: str) -> bool:
    return all(
        one in held or (len(parts := unicodedata.normalize("NFD", one)) > 1 and set(parts) <= held)
        for one in text
    )


def differences(ours: Table, theirs: Table) -> list[tuple[str, str, str]]:
    """Codes that the two read otherwise: bytes, our text, their text ("" where undefined)."""
    mine = {code: text for code, text, _ in ours.decode}
    other = {code: text for code, text, _ in theirs.decode}
    found = []
    for code in sorted(mine.keys() | other.keys(), key=lambda code: (len(code), code)):
        if mine.get(code) != other.get(code):
            texts = ("".join(map(chr, table.get(code, ()))) for table in (mine, other))
            found.append((code.hex().upper(), *texts))
    return found  # type: ignore[return-value]


def shown(text: str) -> str:
    """A text of a table: the character where it can be seen, and its code points."""
    if not text:
        return "undefined"
    points = " ".join(f"U+{ord(one):04X}" for one in text)
    visible = all(
        one.isprintable() and unicodedata.category(one) not in ("Mn", "Mc", "Co", "Zs")
        for one in text
    )
    return f"{text} {points}" if visible and text not in "|`<\\*_" else points


def difference_line(who: str, ours: Table, theirs: Table) -> str:
    found = differences(ours, theirs)
    if not found:
        return f"- {who} reads the same and writes some characters otherwise.\n"
    # Characters tell more than controls and private codes, which every vendor has his own way of.
    telling = sorted(found, key=lambda one: not any(map(str.isprintable, one[1] + one[2])))
    examples = [f"{code} is {shown(theirs)}, here {shown(ours)}"
                for code, ours, theirs in telling[:EXAMPLES]]  # fmt: skip
    many = f"{len(found):,} code{'s' if len(found) > 1 else ''}"
    rest = " ..." if len(found) > EXAMPLES else "."
    return f"- {who} reads {many} otherwise: {'; '.join(examples)}{rest}\n"


def flavour(who: str, row: Row) -> str:
    """How a variant is called: by its implementation, and the name to ask for it."""
    name, _, label = who.partition(":")
    asked = f"`{who}`" if label else f"`{name}:{row.name}`"
    return f"{WHO[name].replace('the web', 'The web')} ({asked})"


def differ_lines(row: Row, tables: dict[str, Table], by_iana: dict[str, Row]) -> list[str]:
    lines = []
    ours = tables.get(row.table)
    if row.shift:
        ours = None  # the table is the eight-bit relative's
    web = by_iana.get(row.whatwg.lower())
    variants = dict(row.variants)
    if ours is not None:
        for who, name in variants.items():
            if name in tables:
                lines.append(difference_line(flavour(who, row), ours, tables[name]))
        if web is not None and web.name != row.name and "whatwg" not in variants:
            theirs = tables.get(dict(web.variants).get("whatwg", web.table))
            if theirs is not None and differences(ours, theirs):
                lines.append(difference_line(f"The web (as {row.whatwg})", ours, theirs))
    if row.superset_differs:
        codes = ", ".join(row.superset_differs)
        lines.append(
            f"- `{row.superset}`, which detection answers for it, reads {codes} otherwise.\n"
        )
    return lines


def lack_lines(row: Row, tables: dict[str, Table]) -> list[str]:
    table = tables.get(row.table)
    if table is None or row.shift or row.family == "unicode" or row.name.startswith("gb18030"):
        return []
    held = repertoire(table)
    for _, characters in row.cells:
        held |= set(characters)
    lines = []
    lacking = []
    whole = []
    for tag, letters in alphabets().items():
        lost = missing(held, letters)
        if not lost:
            if letters and fits(held, "aeinorst") and tag not in row.languages:
                whole.append(english(tag))
        elif tag in row.languages:
            lacking.append(f"{' '.join(lost[:LISTED])} ({english(tag)})")
    signs = [name for name, signs in SIGNS if not fits(held, signs)]
    if lacking or signs:
        both = [f"letters {', '.join(lacking)}"] if lacking else []
        lines.append(f"- Lacks {', '.join([*both, *signs])}.\n")
    if whole:
        rest = f" and {len(whole) - LISTED} more" if len(whole) > LISTED else ""
        lines.append(f"- Has the letters of {', '.join(whole[:LISTED])}{rest} as well.\n")
    return lines


def section(row: Row, tables: dict[str, Table], by_iana: dict[str, Row]) -> str:
    facts = [row.iana] if row.iana and row.iana != row.name else []
    facts.append(KINDS[row.kind])
    facts.append(f"CPython's `{row.python}`" if row.python else "not in CPython")
    if row.whatwg:
        facts.append(f"the web's {row.whatwg}")
    if row.superset:
        facts.append(f"part of `{row.superset}`")
    told_as = f"told as `{row.told_as}`" if row.told_as else "by name only"
    facts.append("detected" if row.detectable else told_as)
    out = [f"\n### `{row.name}`\n\n{'; '.join(facts)}.\n"]
    if row.note:
        out.append(f"{row.note}\n")
    lines = []
    if row.languages:
        names = ", ".join(english(tag) for tag in row.languages)
        lines.append(f"- Used for {names}.\n")
    lines += differ_lines(row, tables, by_iana)
    lines += lack_lines(row, tables)
    others = [WHO[who] for who in row.known_by]
    if others:
        lines.append(f"- Known to {', '.join(others)}.\n")
    if row.aliases:
        lines.append(f"- Also {', '.join(f'`{alias}`' for alias in row.aliases)}.\n")
    return "".join([*out, "\n", *lines])


def page() -> str:
    """docs/encodings.md"""
    rows = registry.load()
    tables = conversion_source.tables()
    # Of several rows with one IANA name, as GB 18030 with its editions, the first is the plain one.
    by_iana: dict[str, Row] = {}
    for row in rows:
        by_iana.setdefault(row.iana.lower(), row)
    parts = [
        "<!-- " + "\n     ".join(banner(SCRIPT, SHOWN)) + " -->\n",
        f"""# Encodings

recodec knows {len(rows)} charsets. The headings are what `bytes.decode()` takes once recodec is
imported. Any other label finds its charset as well, whatever its case and punctuation:
`ISO-8859-2`, `iso_8859_2` and `iso88592` are one.

What a plain name means is CPython's mapping where CPython has the charset, Microsoft's for its code
pages. Other implementations read some codes otherwise. Their mappings have names of their own:
`icu:cp1252`, `glibc:euc_kr`, `libiconv:cp932`, `java:cp856`, `whatwg:shift_jis`; what differs is
counted below from the mapping tables.

"By name only" are those that detection never answers. "Part of" names the charset that detection
answers instead, unless `exact=True`: it decodes all that the part does.

A letter counts as lacking when neither it nor its parts (letter and mark) can be written. Letters
of a language are those that make up at least one in 20,000 in its texts.

""",
    ]
    parts += [f"- [{TITLES[family]}](#{anchor(TITLES[family])})\n" for family in FAMILIES]
    for family in FAMILIES:
        parts.append(f"\n## {TITLES[family]}\n")
        parts += [section(row, tables, by_iana) for row in rows if row.family == family]
    return "".join(parts)


def anchor(title: str) -> str:
    """What GitHub calls a heading in links."""
    kept = "".join(one for one in title.lower() if one.isalnum() or one in " -")
    return kept.replace(" ", "-")


def alphabet_table() -> str:
    """src/recodec/_alphabet_table.py"""
    body = "".join(f'    "{tag}": "{letters}",\n' for tag, letters in alphabets().items())
    return (
        "".join(f"# {line}\n" for line in banner(SCRIPT, WORDS))
        + '"""Letters beyond ASCII of each language: what a charset for it must hold."""\n\n'
        + "# ruff: noqa: E501 -- a row a line; letters of all scripts\n\n"
        + f"# fmt: off\nALPHABETS: dict[str, str] = {{\n{body}}}\n"
    )


def word_lists() -> tuple[str, ...]:
    folder = shared_root() / "corpora" / "words"
    names = sorted(path.name for path in folder.glob("*.tsv.xz"))
    return tuple(f"shared:corpora/words/{name}" for name in names or ("en.tsv.xz",))


WORDS = word_lists()
SHOWN = (SOURCE, "native/gen/languages.toml", "shared:tables/registry.tsv",
         "shared:tables/single.tsv.xz")  # fmt: skip

TARGETS = [
    FileTarget(
        "docs/encodings.md",
        page,
        (SOURCE, "native/gen/languages.toml", *conversion_source.sources(), *WORDS),
    ),
    FileTarget("src/recodec/_alphabet_table.py", alphabet_table, WORDS),
]
