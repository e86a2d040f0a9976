#!/usr/bin/env python3
"""Lay out the sample files of ``samples/`` from the texts, in the encodings of ``samples.toml``.

    python3 corpora/make_samples.py            write every sample
    python3 corpora/make_samples.py --check    compare the files on disk with what would be written

Only CPython's codecs are used, so that the samples stay an independent witness of our own.
The table says what each file holds; this script says how its writer would have typed it.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
import unicodedata
from html import escape
from pathlib import Path
from typing import Any

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts"
SAMPLES = HERE / "samples"
TABLE = HERE / "samples.toml"

LISTS = ("file_names", "subjects", "tags")
NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r", "nel": "\u0085"}

# A byte order mark is written by hand: CPython's "utf-16" takes the byte order of the machine.
WITH_MARK = ("utf-16", "utf-32")

# What people typed where a set had no typographic characters: the typewriter's ones.
TYPEWRITER = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "״": '"',
    "‘": "'", "’": "'", "‚": "'", "׳": "'",
    "–": "-", "—": "-", "―": "-", "־": "-",
    "…": "...", "\u00a0": " ", "€": "EUR", "№": "No", "²": "2", "œ": "oe", "Œ": "OE",
}  # fmt: skip

# Letters that a set lacks and what stood for them; tried before the typewriter's characters.
BY_LANGUAGE = {
    # Windows-1250, ISO-8859-2 and IBM852 took the cedilla for the comma below.
    "ro": {"ș": "ş", "ț": "ţ", "Ș": "Ş", "Ț": "Ţ"},
    # Arabic sets have the Arabic yeh only; digits were European.
    "fa": {"ی": "ي", "ک": "ك", **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True))},
    # IBM720 has the letters of Arabic and the punctuation of ASCII.
    "ar": {"،": ",", "؛": ";", "؟": "?"},
    "uk": {"ґ": "г", "Ґ": "Г"},
    # IBM737 has no vowel with both diaeresis and accent; people kept the diaeresis.
    "el": {"ΐ": "ϊ", "ΰ": "ϋ"},
    # CPython's gb2312 and hz read the one dash of the set as a horizontal bar.
    "zh-Hans": {"—": "―"},
}

# The tone marks of Vietnamese: windows-1258 stores them apart, every other mark with its letter.
TONES = "\u0300\u0301\u0303\u0309\u0323"


class SampleError(Exception):
    """A sample cannot be made as the table says; the message names the file and the reason."""


def load_table(path: Path = TABLE) -> list[dict[str, Any]]:
    """Return the entries of ``samples.toml`` in file order."""
    with path.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)["sample"]
    return entries


def load_text(language: str) -> dict[str, Any]:
    """Return the registers of one language (BCP 47 tag) as written, in NFC."""
    with (TEXTS / f"{language}.toml").open("rb") as file:
        text: dict[str, Any] = tomllib.load(file)
    return text


def encodable(text: str, encoding: str) -> bool:
    """Tell whether *encoding* holds *text*, and gives the same text back."""
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def split_tones(text: str) -> str:
    """Return *text* with the Vietnamese tone marks apart from letters that keep hook or hat.

    windows-1258 has a few letters with their tone (the ones of windows-1252); Windows keyboards
    typed even these as letter and mark, so all are split.
    """
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in parts if mark in TONES)
        letter = "".join(mark for mark in parts if mark not in TONES)
        out.append(unicodedata.normalize("NFC", letter) + tones)
    return "".join(out)


def typed(text: str, language: str, encoding: str) -> str:
    """Return *text* as a writer of *language* typed it in *encoding*.

    Raises SampleError for a character that the set lacks and nobody had a stand-in for.
    """
    if encoding == "cp1258":
        text = split_tones(text)
    own = BY_LANGUAGE.get(language, {})
    stands: dict[str, str] = {}
    for char in sorted(set(text)):
        choices = (char, own.get(char, char), TYPEWRITER.get(char, char))
        for choice in choices:
            if encodable(choice, encoding):
                stands[char] = choice
                break
        else:
            raise SampleError(f"{encoding} has no U+{ord(char):04X} {char!r}")
    return "".join(stands[char] for char in text)


def register_text(source: dict[str, Any], register: str, columns: int) -> str:
    """Return one register as lines; prose is folded to *columns* characters unless that is 0."""
    value = source[register]
    if register in LISTS:
        return "".join(f"{item}\n" for item in value)
    text: str = value
    if register == "prose" and columns:
        paragraphs = text.strip("\n").split("\n\n")
        # Dashes belong to the words here; a break after one would not be undone by readers.
        folded = [
            textwrap.fill(p, columns, break_on_hyphens=False, break_long_words=False)
            for p in paragraphs
        ]
        text = "\n\n".join(folded) + "\n"
    return text


def plain(entry: dict[str, Any], source: dict[str, Any]) -> str:
    """Return the registers one after the other, an empty line between."""
    columns = entry.get("columns", 0)
    return "\n".join(register_text(source, name, columns) for name in entry["registers"])


def html(entry: dict[str, Any], source: dict[str, Any]) -> str:
    """Return a page: prose as paragraphs, lists as lists; ``label`` becomes a meta element."""
    title = escape(source["subjects"][0], quote=False)
    lines = ["<html>", "<head>"]
    if "label" in entry:
        kind = f"text/html; charset={entry['label']}"
        lines.append(f'<meta http-equiv="Content-Type" content="{kind}">')
    lines += [
        f"<title>{title}</title>",
        '<style type="text/css">',
        "body { font-family: Verdana, sans-serif; margin: 2em; background: #fffff0 }",
        "h1 { color: #603000 } li { margin-bottom: 0.3em }",
        "</style>",
        "</head>",
        '<body bgcolor="#fffff0">',
        f"<h1>{title}</h1>",
    ]
    for name in entry["registers"]:
        if name in LISTS:
            lines += ["<ul>"]
            lines += [f"<li>{escape(item, quote=False)}</li>" for item in source[name]]
            lines += ["</ul>"]
        else:
            for paragraph in source[name].strip("\n").split("\n\n"):
                lines.append(f'<p class="text">{escape(paragraph, quote=False)}</p>')
    lines += ['<hr><a href="index.html">index</a>', "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def xml(entry: dict[str, Any], source: dict[str, Any]) -> str:
    """Return a catalogue: lists and paragraphs as elements, ``label`` in the declaration."""
    lines = [f'<?xml version="1.0" encoding="{entry["label"]}"?>', "<catalogue>"]
    for name in entry["registers"]:
        items = source[name] if name in LISTS else source[name].strip("\n").split("\n")
        lines.append(f'  <section id="{name}">')
        lines += [f"    <item>{escape(item, quote=False)}</item>" for item in items if item]
        lines.append("  </section>")
    lines.append("</catalogue>")
    return "\n".join(lines) + "\n"


def mail(entry: dict[str, Any], source: dict[str, Any]) -> str:
    """Return a message with raw headers in the set of its body, as mail programs once sent them."""
    row = source["csv"].split("\n")[1]
    sender = row.replace(",", ";").split(";")[0]
    head = [
        f"From: {sender} <writer@example.org>",
        "To: reader@example.com",
        "Date: Tue, 11 Mar 2003 08:15:42 +0000",
        f"Subject: {source['subjects'][0]}",
        "Message-ID: <20030311081542.2071@example.org>",
        "",
    ]
    return "\n".join(head) + "\n" + plain(entry, source)


def playlist(entry: dict[str, Any], source: dict[str, Any]) -> str:
    """Return an extended M3U list: the first tag is the artist, the others are songs."""
    artist, *songs = source["tags"]
    lines = ["#EXTM3U"]
    for number, song in enumerate(songs, 1):
        lines.append(f"#EXTINF:{150 + 17 * number},{artist} - {song}")
        lines.append(f"{artist}/{number:02d} {song}.mp3")
    return "\n".join(lines) + "\n"


FORMS = {"plain": plain, "html": html, "xml": xml, "mail": mail, "playlist": playlist}


def visual(line: str) -> str:
    """Return a Hebrew line in the order of the screen: reversed, numbers and Latin words kept."""
    out: list[str] = []
    run = ""
    for char in line:
        # Digits, Latin letters and what ties them (12.5, a-b, 20:00) are read left to right.
        tied = char in ".,:/-" and run != ""
        if char.isascii() and (char.isalnum() or tied):
            run += char
            continue
        out += reversed_run(run)
        out.append({"(": ")", ")": "(", "[": "]", "]": "["}.get(char, char))
        run = ""
    out += reversed_run(run)
    return "".join(reversed(out))


def reversed_run(run: str) -> list[str]:
    """Return a left-to-right run as one piece; the punctuation that ends it is not part of it."""
    body = run.rstrip(".,:/-")
    return ([body] if body else []) + list(run[len(body) :])


def as_records(text: str, width: int) -> str:
    """Return *text* as records of *width* characters with no line ends, filled up with spaces."""
    records = []
    for line in text.split("\n")[:-1]:
        pieces = textwrap.wrap(line, width, break_on_hyphens=False) or [""]
        records += [piece.ljust(width) for piece in pieces]
    return "".join(records)


def compose(entry: dict[str, Any]) -> str:
    """Return the text of one sample as its bytes decode (without the byte order mark).

    Raises SampleError when the set of the sample cannot hold it.
    """
    language, encoding = entry["language"], entry["encoding"]
    source = load_text(language)
    text = typed(FORMS[entry.get("form", "plain")](entry, source), language, encoding)
    if entry.get("order") == "visual":
        text = "\n".join(visual(line) for line in text.split("\n"))
    if "records" in entry:
        return as_records(text, entry["records"])
    end: str = entry.get("end", "")
    return text.replace("\n", NEWLINES[entry["newline"]]) + end


def sample_bytes(entry: dict[str, Any]) -> bytes:
    """Return the bytes of one sample.

    Raises SampleError when the text does not come back from the bytes as it went in.
    """
    encoding = entry["encoding"]
    text = compose(entry)
    if encoding in WITH_MARK:
        order = entry["byte_order"]
        data = ("\ufeff" + text).encode(f"{encoding}-{order}")
    else:
        data = text.encode(encoding)
    if data.decode(encoding) != text:
        raise SampleError(f"{encoding} does not give the text back")
    if encoding == "euc_kr" and data != text.encode("cp949"):
        # Syllables beyond the 2,350 become eight-byte fillers in CPython: nobody wrote those.
        raise SampleError("a syllable is not in EUC-KR")
    return data


def main(arguments: list[str] | None = None) -> int:
    """Write or check every sample; return 0, or 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description="Lay out the sample files of corpora/samples.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    wanted: dict[str, bytes] = {}
    failed = False
    for entry in load_table():
        try:
            wanted[entry["file"]] = sample_bytes(entry)
        except SampleError as error:
            print(f"{entry['file']}: {error}", file=sys.stderr)
            failed = True
    if failed:
        return 1
    SAMPLES.mkdir(exist_ok=True)
    present = {path.name: path for path in SAMPLES.iterdir()}
    stale = sorted(present.keys() - wanted.keys())
    changed = sorted(
        name
        for name, data in wanted.items()
        if name not in present or present[name].read_bytes() != data
    )
    if options.check:
        for name in changed:
            print(f"{name}: differs from what the texts give", file=sys.stderr)
        for name in stale:
            print(f"{name}: not in samples.toml", file=sys.stderr)
        return 1 if changed or stale else 0
    for name in changed:
        (SAMPLES / name).write_bytes(wanted[name])
    for name in stale:
        present[name].unlink()
    total = sum(map(len, wanted.values()))
    print(f"{len(wanted)} samples, {total} bytes, {len(changed)} written, {len(stale)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
