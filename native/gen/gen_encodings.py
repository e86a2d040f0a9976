"""docs/encodings.md: every charset with its use, its namesakes and what it cannot hold.

What can be counted is counted from the mapping tables: codes that another implementation reads
otherwise, letters of its languages that a charset lacks.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import conversion_source
import registry
from conversion_source import Table
from generated import Target, banner, read_toml
from recodec._registry.alphabets import missing_letters, missing_signs
from registry import FAMILIES, FLAVOURS_SOURCE, SOURCE, Row

SCRIPT = "gen_encodings.py"
LANGUAGES = "native/gen/languages.toml"
EXAMPLES = 4
RUNS = 6
ANOTHER = 60  # codes read otherwise from which on it is another charset that is meant
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight")
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
    "stateful": "stateful",
    "unicode": "all of Unicode",
}
ALONE = {
    "controls, here undefined": "a control, here undefined",
    "undefined, here controls": "undefined, here a control",
    "other controls": "another control",
    "private-use characters, here undefined": "a private-use character, here undefined",
    "undefined, here private-use characters": "undefined, here a private-use character",
    "other private-use characters": "another private-use character",
}
MEANINGS = (
    ("CPython's `NAME`", "`bytes.decode` has it without recodec, by this name"),
    ("the web's NAME", "browsers read it by this encoding of the Encoding Standard"),
    ("stateful", "escape sequences, shifts, or characters that depend on their neighbours"),
    ("detected", "detection can answer it"),
    (
        "part of `NAME`",
        "detection answers that superset, unless `exact=True`",
    ),
    (
        "detected as `NAME`",
        "detection answers that one, which decodes to the same text, or all but a few characters; "
        "this one is answered where `allow=` names it and not the other",
    ),
    ("by name only", "detection never answers it"),
    (
        "lacks",
        "letters of its languages (CLDR's main exemplar characters) that it cannot encode, "
        "neither precomposed nor with combining marks",
    ),
)
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


@functools.cache
def languages() -> dict[str, dict[str, Any]]:
    return read_toml(LANGUAGES)


def alphabets() -> dict[str, str]:
    """Letters beyond ASCII of each language that is written in letters."""
    return {tag: row["letters"] for tag, row in languages().items() if "letters" in row}


def english(tag: str) -> str:
    """Name of a language."""
    return languages()[tag]["english"] if tag in languages() else tag


def repertoire(table: Table) -> set[str]:
    """The characters that a table can write."""
    return {text for text in written(table) if len(text) == 1}


Difference = tuple[bytes, str, str]
"""Bytes, our text, their text ("" where undefined)."""


def differences(ours: Table, theirs: Table) -> list[Difference]:
    """Codes that the two read otherwise, in order."""
    mine = {code: text for code, text, _ in ours.decode}
    other = {code: text for code, text, _ in theirs.decode}
    found = []
    for code in sorted(mine.keys() | other.keys(), key=lambda code: (len(code), code)):
        if mine.get(code) != other.get(code):
            texts = ("".join(map(chr, table.get(code, ()))) for table in (mine, other))
            found.append((code, *texts))
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


def alike(one: Difference) -> str:
    """What is said of a difference together with others of its kind; "" of one that stands alone.

    Characters tell more than controls and private codes, which every vendor has his own way of.
    """
    _, ours, theirs = one
    kinds = {unicodedata.category(character) for character in ours + theirs}
    if kinds not in ({"Cc"}, {"Co"}):
        return ""
    what = "controls" if kinds == {"Cc"} else "private-use characters"
    if not theirs:
        return f"undefined, here {what}"
    return f"other {what}" if ours else f"{what}, here undefined"


def runs(codes: Sequence[bytes]) -> str:
    """Codes in order as a list of runs, `80..84`; the first of many."""
    found: list[list[bytes]] = []
    follower = b""
    for code in codes:
        if code == follower:
            found[-1].append(code)
        else:
            found.append([code])
        after = int.from_bytes(code, "big") + 1
        follower = after.to_bytes(len(code) + 1, "big")[1:]
    parts = []
    for run in found[:RUNS]:
        first, last = run[0].hex().upper(), run[-1].hex().upper()
        parts.append(first if len(run) == 1 else ", ".join((first, last)) if len(run) == 2
                     else f"{first}..{last}")  # fmt: skip
    return ", ".join(parts) + (" ..." if len(found) > RUNS else "")


def read_otherwise(ours: Table, theirs: Table) -> str:
    """What follows "reads"; "" where both read the same."""
    found = differences(ours, theirs)
    if not found:
        return ""
    groups: dict[str, list[bytes]] = {}
    for one in found:
        groups.setdefault(alike(one), []).append(one[0])
    parts = shortened(
        [
            f"{code.hex().upper()} is {shown(text)}, here {shown(mine)}"
            for code, mine, text in found
            if not alike((code, mine, text))
        ]
    )
    for kind, codes in groups.items():
        if kind:
            said = f"are {kind}"
            if not codes[1:]:
                said = f"is {ALONE.get(kind, kind)}"
            parts.append(f"{runs(codes)} {said}")
    many = f"{len(found):,} code{'s' if len(found) > 1 else ''}"
    return f"{many} otherwise: {'; '.join(parts)}"


def written(table: Table) -> dict[str, bytes]:
    """Text and its bytes, without the fallbacks to a similar character."""
    found = {
        text: code for code, text, flag in table.decode if flag == conversion_source.ROUND_TRIP
    }
    for text, code, flag in table.encode:
        if flag != conversion_source.FALLBACK:
            found.setdefault(text, code)
    return {"".join(map(chr, text)): code for text, code in found.items()}


def written_otherwise(ours: Table, theirs: Table) -> str:
    """What follows "reads the same"; "" where both write the same."""
    mine, other = written(ours), written(theirs)
    found = [text for text in sorted(other) if mine.get(text) != other[text]]
    ways = [f"{shown(text)} as {other[text].hex().upper()}" for text in found]
    lost = [shown(text) for text in sorted(mine.keys() - other.keys())]
    return "".join(
        f", but {verb} {listed(shortened(texts))}"
        for verb, texts in (("writes", ways), ("does not write", lost))
        if texts
    )


def shortened(texts: list[str]) -> list[str]:
    """The first few, and how many more there are."""
    rest = len(texts) - EXAMPLES
    return [*texts[:EXAMPLES], more(rest)] if rest > 0 else texts


def more(number: int) -> str:
    return f"{number:,} more character{'s' if number > 1 else ''}"


def listed(parts: Sequence[str]) -> str:
    """`a, b and c`"""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def asked_by(flavours: Sequence[str], row: Row) -> str:
    """Variants by their implementations, and the names to ask for them."""
    names: dict[str, list[str]] = {}
    for flavour in flavours:
        who, _, label = flavour.partition(":")
        names.setdefault(who, []).append(f"`{flavour}`" if label else f"`{who}:{row.name}`")
    said = [f"{WHO[who]} ({', '.join(ways)})" for who, ways in names.items() if who in WHO]
    # Browsers that read by another charset of ours ask for nothing by a name of ours.
    return listed([*said, *(who for who in names if who not in WHO)])


def difference(ours: Table, theirs: Table, kin: str) -> str:
    """In what an implementation differs; "" where it does in nothing but fallbacks.

    `kin` is the charset of ours that it means, should it be another one.
    """
    read = read_otherwise(ours, theirs)
    if read and kin and len(differences(ours, theirs)) > ANOTHER:
        return f"means `{kin}`"
    if read:
        return f"reads {read}"
    write = written_otherwise(ours, theirs)
    return f"reads the same{write}" if write else ""


def differ_lines(
    row: Row, tables: dict[str, Table], by_iana: dict[str, Row], by_table: dict[str, str]
) -> list[str]:
    ours = tables.get(row.table)
    said: dict[str, list[str]] = {}  # what differs, and with whom
    for who, name in row.variants:
        if name.startswith("="):
            implementation = who.partition(":")[0]
            said.setdefault(f"means `{implementation}:{name[1:]}`", []).append(who)
    if ours is not None and not row.shift:  # or the table is the eight-bit relative's
        variants = dict(row.variants)
        others = list(variants.items())
        web = by_iana.get(row.whatwg.lower())
        if web is not None and web.name != row.name and "whatwg" not in variants:
            others.append(
                (f"the web (as {row.whatwg})", dict(web.variants).get("whatwg", web.table))
            )
        for who, name in others:
            if name in tables:
                what = difference(ours, tables[name], by_table.get(name, ""))
                said.setdefault(what, []).append(who)
    said.pop("", None)
    lines = []
    for what, everyone in said.items():
        who = asked_by(everyone, row)
        verbs = what
        if " and " in who:
            verbs = re.sub(r"\b(read|write|mean)s\b", r"\1", what).replace("does not", "do not")
        lines.append(f"- {who.replace('the web', 'The web', who.startswith('the'))} {verbs}.\n")
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
    can_write = held.issuperset
    lacking = []
    whole = []
    for tag, letters in alphabets().items():
        lost = missing_letters(letters, can_write)
        if not lost:
            if letters and can_write("aeinorst") and tag not in row.languages:
                whole.append(english(tag))
        elif tag in row.languages:
            lacking.append(f"{' '.join(lost[:LISTED])} ({english(tag)})")
    signs = missing_signs(can_write)
    lines = []
    if lacking or signs:
        both = [f"letters {', '.join(lacking)}"] if lacking else []
        lines.append(f"- Lacks {', '.join([*both, *signs])}.\n")
    if whole:
        rest = f" and {len(whole) - LISTED} more" if len(whole) > LISTED else ""
        lines.append(f"- Has the letters of {', '.join(whole[:LISTED])}{rest} as well.\n")
    return lines


def kind_of(row: Row, table: Table | None) -> str:
    if row.kind != "multi" or table is None:
        return KINDS[row.kind]
    lengths = sorted({len(code) for code, _, _ in table.decode})
    if not lengths[1:]:
        return f"{NUMBERS[lengths[0]]} bytes a character"
    join = "or" if len(lengths) == 2 and lengths[1] == lengths[0] + 1 else "to"
    return f"{NUMBERS[lengths[0]]} {join} {NUMBERS[lengths[-1]]} bytes a character"


def section(
    row: Row,
    tables: dict[str, Table],
    by_iana: dict[str, Row],
    by_table: dict[str, str],
    flavours: dict[str, list[tuple[str, str]]],
) -> str:
    facts = [row.iana] if row.iana and row.iana != row.name else []
    facts.append(kind_of(row, tables.get(row.table)))
    facts.append(f"CPython's `{row.python}`" if row.python else "not in CPython")
    if row.whatwg:
        facts.append(f"the web's {row.whatwg}")
    if row.superset:
        facts.append(f"part of `{row.superset}`")
    told_as = f"detected as `{row.told_as}`" if row.told_as else "by name only"
    facts.append("detected" if row.detectable else told_as)
    out = [f"\n### `{row.name}`\n\n{'; '.join(facts)}.\n"]
    if row.note:
        out.append(f"{row.note}\n")
    lines = []
    if row.languages:
        names = ", ".join(english(tag) for tag in row.languages)
        lines.append(f"- Used for {names}.\n")
    lines += differ_lines(row, tables, by_iana, by_table)
    lines += [f"- `{who}:{row.name}`: {said}\n" for who, said in flavours.get(row.name, ())]
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
    flavours = registry.flavour_notes()
    # Of several rows with one IANA name, as GB 18030 with its editions, the first is the plain one.
    by_iana: dict[str, Row] = {}
    for row in rows:
        by_iana.setdefault(row.iana.lower(), row)
    by_table = {
        row.table: row.name for row in rows if row.table and not row.shift and not row.cells
    }
    parts = [
        "<!-- " + "\n     ".join(banner(SCRIPT, SHOWN)) + " -->\n",
        f"""# Encodings

recodec knows {len(rows)} charsets. The headings are the names that `bytes.decode()` takes once
recodec is imported. Aliases work as well; case and punctuation are ignored: `ISO-8859-2`,
`iso_8859_2` and `iso88592` are the same.

A plain name means CPython's mapping if CPython has the charset, and Microsoft's for its code pages.
Other implementations map some codes differently. Their mappings have their own names: `icu:cp1252`,
`glibc:euc_kr`, `libiconv:cp932`, `java:cp856`, `whatwg:shift_jis`; the differences below are
counted from the mapping tables. Where one of them silently loses or invents text, the flavour does
not; its entry says what it does instead. Fallbacks, by which iconv and ICU encode a similar
character for one that the charset lacks, are not counted: recodec has `errors="translit"` for all
charsets.

""",
        "| term | meaning |\n|---|---|\n",
        *(f"| {said} | {means} |\n" for said, means in MEANINGS),
        "\n",
    ]
    parts += [f"- [{TITLES[family]}](#{anchor(TITLES[family])})\n" for family in FAMILIES]
    for family in FAMILIES:
        parts.append(f"\n## {TITLES[family]}\n")
        family_rows = (row for row in rows if row.family == family)
        parts += [section(row, tables, by_iana, by_table, flavours) for row in family_rows]
    return "".join(parts)


def anchor(title: str) -> str:
    """What GitHub calls a heading in links."""
    kept = "".join(one for one in title.lower() if one.isalnum() or one in " -")
    return kept.replace(" ", "-")


def alphabet_table() -> str:
    """src/recodec/_registry/alphabet_table.py"""
    body = "".join(f'    "{tag}": "{letters}",\n' for tag, letters in alphabets().items())
    return (
        "".join(f"# {line}\n" for line in banner(SCRIPT, (LANGUAGES,)))
        + '"""Letters beyond ASCII of each language: what a charset for it must hold."""\n\n'
        + "# ruff: noqa: E501 -- a row a line; letters of all scripts\n\n"
        + f"# fmt: off\nALPHABETS: dict[str, str] = {{\n{body}}}\n"
    )


SHOWN = (SOURCE, FLAVOURS_SOURCE, LANGUAGES, "shared:tables/registry.tsv",
         "shared:tables/single.tsv.xz")  # fmt: skip

TARGETS = [
    Target(
        "docs/encodings.md",
        page,
        (SOURCE, FLAVOURS_SOURCE, LANGUAGES, *conversion_source.sources()),
    ),
    Target("src/recodec/_registry/alphabet_table.py", alphabet_table, (LANGUAGES,)),
]
