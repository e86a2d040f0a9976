"""Legacy files of other projects as they are, whose encoding is known from what they say.

    python benchmarks/genuine.py FOLDER                     # fetches and unpacks the files
    python benchmarks/genuine.py FOLDER --half B --detectors recodec,chardet

Dictionaries, affixes, hyphenation patterns, thesauri, key maps, menus, tutors, TeX, Lisp and HTML
out of Debian packages (packages.py). What says the encoding is never the bytes themselves but a
statement in the file (`SET`, the first line of patterns, `scriptencoding`, `coding:`, inputenc,
`charset=`), in the affixes beside a dictionary, or in the file's name. A statement is not believed
where the file is no text in that encoding (undefined bytes, C1 controls) or is well-formed UTF-8.

Of each file the whole and up to four pieces of 200 and of 30 bytes, from lines that are not ASCII,
are asked; a piece hardly ever holds the statement. A piece is right when its text is. `FOLDER/A`
may be looked at while faults are mended, `FOLDER/B` is for measuring only: packages are divided by
the digest of their names.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import charsets
import packages
import peers
import scoring
from report import save, table
from set_names import Item

_PACKAGES = (
    "apache2-doc", "edict", "emacs-el", "fortunes-eo-iso3", "groff-base", "hunspell-an",
    "hunspell-bs", "hunspell-de-med", "hunspell-el", "hunspell-hu", "hunspell-lt", "hunspell-no",
    "hunspell-pl", "hunspell-sl", "hyphen-af", "hyphen-cs", "hyphen-da", "hyphen-de", "hyphen-el",
    "hyphen-hr", "hyphen-lt", "hyphen-lv", "hyphen-nl", "hyphen-no", "hyphen-pl", "hyphen-pt-pt",
    "hyphen-ru", "hyphen-sk", "hyphen-sl", "hyphen-sr", "hyphen-sv", "ibulgarian", "ifrench-gut",
    "inorwegian", "irussian", "ispanish", "kanjidic",
    "libpython3.11-testsuite|libpython3.13-testsuite", "myspell-cs", "myspell-da",
    "myspell-el-gr", "myspell-eo", "myspell-es", "myspell-et", "myspell-fo", "myspell-fr",
    "myspell-fr-gut", "myspell-ga", "myspell-gd", "myspell-gv", "myspell-hu", "myspell-nb",
    "myspell-nn", "myspell-sk", "myspell-sq", "myspell-tl", "mythes-es", "mythes-gl", "mythes-it",
    "mythes-no", "mythes-pl", "mythes-sl", "mythes-sv", "skkdic", "texlive-lang-cyrillic",
    "texlive-lang-czechslovak", "texlive-lang-european", "texlive-lang-french",
    "texlive-lang-german", "texlive-lang-greek", "texlive-lang-italian", "texlive-lang-other",
    "texlive-lang-polish", "texlive-lang-spanish", "vim-runtime", "w3m",
    "xemacs21-basesupport-el", "xemacs21-mulesupport", "xemacs21-mulesupport-el",
    "xemacs21-support",
)  # fmt: skip

_NO_TEXT = re.compile(r"\.(?:pdf|png|jpg|gif|otf|ttf|pfb|tfm|vf|mo|hash|elc|so|pyc|deb|idx)$")
_PER_PACKAGE = 40
_PIECES = 4
SIZES = (30, 200)

# Statements in the first bytes of a file (or the last, where Emacs has its variables).
_STATED = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rb"^\s*SET\s+([\w-]+)",
        rb"^\s*(?:let &|set |let )?(?:scriptencoding|termencoding|encoding=)\s*([\w-]+)",
        rb"(?<![\w-])coding[:=]\s*([\w.-]+)",
        rb"^[^%\n]*\\usepackage\s*\[([\w-]+)\]\s*\{inputenc\}",
        rb"^[^%\n]*\\inputencoding\s*\{([\w-]+)\}",
        rb"<\?xml[^>]*encoding=[\"']([\w-]+)",
        rb"charset=[\"']?([\w-]+)",
    )
]
_FIRST_LINE = re.compile(rb"(ISO-?8859-\d+|UTF-?8|KOI8-[RU]|microsoft-cp\d+|cp\d+)\s*\r?\n", re.I)
_IN_NAME = re.compile(
    r"(?:^|[._-])(koi8-?[ru]|euc-?(?:jp|kr|cn|tw)|sjis|shift_jis|big5(?:hkscs)?|gb18030|gb2312|gbk|"
    r"hz|johab|cp\d{3,4}|iso-?8859-\d+|latin\d+|iso[1-9]|l[1-9])(?=[._]|$)",
    re.IGNORECASE,
)
# What statements call encodings that Python knows by another name.
_CALLED = {
    "ansinew": "cp1252", "applemac": "mac_roman", "maccyr": "mac_cyrillic", "latin9": "iso8859-15",
    "latin10": "iso8859-16", "euccn": "gb2312", "cnbig5": "big5", "prc": "gbk", "japan": "euc_jp",
    "eucchina": "gb2312", "cyrillickoi8": "koi8-r", "sjis": "cp932", "l1": "latin1", "l2": "latin2",
    "l3": "latin3", "iso1": "latin1", "iso2": "latin2", "iso3": "latin3", "utf8": "utf-8",
    "isolatin1": "latin1", "isolatin2": "latin2", "koi8": "koi8-r", "cp936": "gbk",
    "shiftjis": "cp932", "euckr": "cp949", "eucjp": "euc_jp",
}  # fmt: skip


class File(NamedTuple):
    """A file of the set."""

    path: Path
    encoding: str
    data: bytes


def _codec(stated: str) -> str | None:
    name = stated.lower().removeprefix("microsoft-").replace("_", "-")
    name = re.sub(r"-(?:unix|dos|mac)$", "", name).removesuffix("-iso")
    name = _CALLED.get(re.sub(r"[^a-z0-9]", "", name), name)
    return name if re.search(r"\d|big|euc|sjis|koi|gb|mac|johab", name) else None


def stated(name: str, data: bytes) -> str | None:
    """The encoding that a file says it is in, by its text or else by its name."""
    found = _FIRST_LINE.match(data)
    if found is not None:
        return _codec(found[1].decode("ascii"))
    head = data[:6000] + b"\n" + data[-3000:]
    for pattern in _STATED:
        found = pattern.search(head)
        if found is not None:
            return _codec(found[1].decode("ascii"))
    match = _IN_NAME.search(Path(name.removesuffix(".gz")).name)
    return _codec(match[1]) if match else None


def believed(data: bytes, encoding: str, shared: Path) -> bool:
    """Whether the file is text in that encoding, and in a legacy one."""
    if data.isascii() or b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if charsets.plain(encoding) == "utf8":
            # A few stray bytes make no other encoding of a file that is UTF-8 nearly everywhere.
            stray = len(data) - len(data.decode("utf-8", "ignore").encode())
            return 50 * stray <= sum(byte > 0x7F for byte in data)
    else:
        return False
    text = scoring.Judge(shared).decode(data, encoding)
    return text is not None and not re.search("[\x7f-\x9f]", text)


def unpack(package: packages.Package, shared: Path) -> Iterator[tuple[str, str, bytes]]:
    """Name, encoding and content of the files whose statement is believed."""
    contents: dict[str, bytes] = {}
    for name, data in packages.files(package, lambda name: not _NO_TEXT.search(name)):
        if name.endswith(".gz"):
            try:
                contents[name] = gzip.decompress(data)
            except (OSError, EOFError):
                continue
        else:
            contents[name] = data
    said = {name: stated(name, data) for name, data in contents.items()}
    seen: set[bytes] = set()
    rows = []
    for name, data in sorted(contents.items()):
        encoding = said[name]
        if name.endswith(".dic") and encoding is None:
            encoding = said.get(name.removesuffix(".dic") + ".aff")
        if encoding is None or data in seen or not believed(data, encoding, shared):
            continue
        seen.add(data)
        rows.append((name, encoding, data))
    step = max(1.0, len(rows) / _PER_PACKAGE)
    yield from (rows[int(at * step)] for at in range(min(len(rows), _PER_PACKAGE)))


def half(package: str) -> str:
    """A or B, for all files of a package."""
    return "AB"[hashlib.sha256(package.encode()).digest()[0] & 1]


def build(folder: Path, cache: Path, shared: Path) -> None:
    """Writes FOLDER/A, FOLDER/B and FOLDER/SOURCES.tsv."""
    for name in "AB":
        shutil.rmtree(folder / name, ignore_errors=True)
    lines = ["file\tencoding\tbytes"]
    used = ["package\tversion\tsha256"]
    for wanted in _PACKAGES:
        try:
            package = packages.debian(wanted, cache)
        except packages.Missing as error:
            print(f"{wanted} is left out: {error}", file=sys.stderr)
            continue
        used.append(f"{package.name}\t{package.version}\t{package.sha256}")
        for name, encoding, data in unpack(package, shared):
            place = Path(half(wanted.partition("|")[0])) / package.name / name.replace("/", "+")
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(data)
            lines.append(f"{place}\t{encoding}\t{len(data)}")
    (folder / "SOURCES.tsv").write_text("\n".join([*lines, "", *used]) + "\n", "utf-8")


def load(folder: Path, halves: str) -> list[File]:
    """The files of one half, or of both."""
    out = []
    for row in (folder / "SOURCES.tsv").read_text("utf-8").partition("\n\n")[0].split("\n")[1:]:
        name, encoding, _ = row.split("\t")
        if name[0] in halves:
            out.append(File(folder / name, encoding, (folder / name).read_bytes()))
    return out


def piece(data: bytes, start: int, size: int, decode: charsets.Decode) -> bytes | None:
    """At most `size` bytes from the line at `start` on, cut where a character ends."""
    first = next((at for at in range(start, len(data)) if data[at] > 0x7F), len(data))
    if first - start >= size:
        start = max(data.rfind(b" ", start, first) + 1, first - size // 2, start)
    for end in range(start + size, max(start, start + size - 4), -1):
        try:
            decode(data[start:end])
        except (UnicodeError, ValueError, IndexError):
            continue
        return data[start:end]
    return None


def items(files: list[File], shared: Path, seed: int) -> Iterator[Item]:
    """The files and their pieces."""
    for file in files:
        name = "/".join(file.path.parts[-2:])
        decode = charsets.decoder(file.encoding, shared)
        assert decode is not None
        if charsets.plain(file.encoding) == "utf8":
            yield Item("stray", name, file.data, None, "utf8", None, 1.0)
            continue
        yield Item("whole", name, file.data, decode(file.data), file.encoding, None, 1.0)
        starts = [0, *(match.end() for match in re.finditer(rb"\n", file.data))]
        ends = [*starts[1:], len(file.data)]
        marked = [
            start
            for start, end in zip(starts, ends, strict=True)
            if not file.data[start:end].isascii()
        ]
        for size in SIZES:
            rng = random.Random(f"{seed}/{name}/{size}")
            seen: set[bytes] = set()
            for start in rng.sample(marked, min(_PIECES, len(marked))):
                data = piece(file.data, start, size, decode)
                if data is None or data.isascii() or data in seen:
                    continue
                seen.add(data)
                yield Item(
                    str(size), f"{name}@{start}", data, decode(data), file.encoding, None, 1.0
                )


def measure(
    detector: peers.Detector, asked: list[Item], judge: scoring.Judge
) -> list[scoring.Verdict]:
    return [judge.judge(item, detector.guess(item.data)) for item in asked]


def figures(verdicts: list[scoring.Verdict]) -> dict[str, dict[str, float]]:
    """Right, and wrong with more than 0.9, in percent, by kind."""
    out = {}
    for kind in (*map(str, SIZES), "whole", "stray", "all"):
        rows = [one for one in verdicts if kind in (one.item.set, "all")]
        if rows:
            right = sum(one.right for one in rows)
            sure = sum(not one.right and (one.guess.confidence or 0) > scoring.SURE for one in rows)
            out[kind] = {
                "items": len(rows),
                "right": round(100 * right / len(rows), 2),
                "sure_and_wrong": round(100 * sure / len(rows), 2),
            }
    return out


def _show_misses(verdicts: list[scoring.Verdict], count: int) -> None:
    wrong = [one for one in verdicts if not one.right]
    wrong.sort(key=lambda one: -(one.guess.confidence or 0))
    tally = Counter((one.item.encoding, one.guess.encoding) for one in wrong)
    print(", ".join(f"{a} -> {b} {n}" for (a, b), n in tally.most_common(25)))
    for one in wrong[:count]:
        said = f"{one.guess.encoding}/{one.guess.language} {one.guess.confidence}"
        print(f"{said:32} {one.item.encoding:12} {one.item.id} {(one.item.text or '')[:70]!r}")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="made where it has no SOURCES.tsv yet")
    parser.add_argument("--cache", type=Path, help="packages fetched before (FOLDER/packages)")
    parser.add_argument("--shared", help="folder with corpora/ and tables/ (RECODEC_SHARED)")
    parser.add_argument("--half", default="AB", choices=["A", "B", "AB"])
    parser.add_argument("--detectors", default="recodec", help=f"of {','.join(peers.NAMES)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="show this many, the surest first")
    parser.add_argument("--json", type=Path, help="write the figures here")
    args = parser.parse_args(argv)
    shared = charsets.shared_folder(args.shared)
    if not (shared / "tables").is_dir():
        print(f"no tables in {shared}: give --shared or RECODEC_SHARED", file=sys.stderr)
        return 2
    if not (args.folder / "SOURCES.tsv").exists():
        args.folder.mkdir(parents=True, exist_ok=True)
        build(args.folder, (args.cache or args.folder / "packages").resolve(), shared)
    files = load(args.folder, args.half)
    asked = list(items(files, shared, args.seed))
    detectors, missing = peers.load(args.detectors.split(","))
    for name, why in missing.items():
        print(f"{name} is left out: {why}", file=sys.stderr)
    judge = scoring.Judge(shared)
    out = {}
    print(f"{len(files)} files, half {args.half}")
    for detector in detectors:
        verdicts = measure(detector, asked, judge)
        out[detector.name] = figures(verdicts)
        rows = [
            [kind, *(str(value) for value in row.values())]
            for kind, row in out[detector.name].items()
        ]
        print(f"\n{detector.name}\n{table(['kind', 'items', 'right', 'wrong > 0.9'], rows)}")
        if args.misses:
            _show_misses(verdicts, args.misses)
    if args.json:
        save(args.json, {"half": args.half, "seed": args.seed, "detectors": out})
    return 0


if __name__ == "__main__":
    sys.exit(main())
