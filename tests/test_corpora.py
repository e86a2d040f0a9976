"""The texts are whole, and every sample is its text in the encoding that the table gives."""

from __future__ import annotations

import codecs
import csv
import importlib.util
import io
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
TEXTS = sorted((CORPORA / "texts").glob("*.toml"))
SAMPLES = CORPORA / "samples"
SOURCES = Path(os.environ.get("RECODEC_SHARED", ROOT.parent / "shared")) / "corpora" / "SOURCES.tsv"

# An ideogram or a syllable says about what two or three letters say.
DENSE = {"ja", "ko", "yue", "zh-Hans", "zh-Hant"}

# What the samples are for: each of these families has to be shown at least once.
EXPECTED = {
    "ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    *(f"cp125{n}" for n in range(9)), "cp874", "koi8-r", "koi8-u", "kz1048", "ptcp154",
    *(f"iso8859-{n}" for n in (1, 2, 3, 5, 7, 8, 9, 13, 14, 15, 16)),
    *(f"cp{n}" for n in (437, 720, 737, 775, 850, 852, 855, 857, 861, 862, 865, 866)),
    "mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek", "mac-turkish",
    "cp037", "cp273", "cp500", "cp1026",
    "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "johab", "iso2022_kr",
    "gb18030", "gb2312", "gbk", "hz", "big5", "cp950", "big5hkscs",
}  # fmt: skip


def load_script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CORPORA / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    return table


make_samples = load_script("make_samples")
make_manifest = load_script("make_manifest")
ENTRIES: list[dict[str, Any]] = load(CORPORA / "samples.toml")["sample"]


def test_enough_languages() -> None:
    assert len(TEXTS) >= 50
    # No text is a copy of another: each has a subject of its own.
    assert len({load(path)["theme"] for path in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_text_has_every_register(path: Path) -> None:
    raw = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", raw)
    assert "\ufffd" not in raw
    assert "\r" not in raw
    text = load(path)
    assert text["language"] == path.stem
    assert text["name"]

    least = 180 if path.stem in DENSE else 300
    assert least <= len(text["prose"]) <= 700
    assert 8 <= len(text["file_names"]) <= 12
    for name in text["file_names"]:
        assert re.fullmatch(r"[^/\\:*?\"<>|]+\.[a-z0-9]{2,4}", name), name
    assert 6 <= len(text["subjects"]) <= 8
    assert 6 <= len(text["tags"]) <= 10
    for register in ("file_names", "subjects", "tags"):
        lines = text[register]
        assert len(set(lines)) == len(lines)
        assert all(line == line.strip() and "\n" not in line for line in lines)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_csv_is_a_table(path: Path) -> None:
    text = load(path)["csv"]
    delimiter = ";" if ";" in text.split("\n")[0] else ","
    table = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    assert 5 <= len(table) <= 7
    assert {len(row) for row in table} == {6}
    assert all(any(char.isdigit() for char in "".join(row)) for row in table[1:])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_subtitles_are_subrip(path: Path) -> None:
    cues = load(path)["subtitles"].strip().split("\n\n")
    assert 4 <= len(cues) <= 6
    last = ""
    for number, cue in enumerate(cues, 1):
        head, times, *lines = cue.split("\n")
        assert head == str(number)
        found = re.fullmatch(r"(\d\d:\d\d:\d\d,\d{3}) --> (\d\d:\d\d:\d\d,\d{3})", times)
        assert found is not None
        assert last < found[1] < found[2]
        last = found[2]
        assert 1 <= len(lines) <= 2


def test_script_check_passes() -> None:
    done = subprocess.run(
        [sys.executable, str(CORPORA / "make_samples.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_script_check_sees_a_changed_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make_samples, "SAMPLES", tmp_path / "samples")
    assert make_samples.main([]) == 0
    assert make_samples.main(["--check"]) == 0
    victim = tmp_path / "samples" / ENTRIES[0]["file"]
    data = victim.read_bytes()
    victim.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    stray = tmp_path / "samples" / "stray.txt"
    stray.write_bytes(b"x")
    assert make_samples.main(["--check"]) == 1
    complaint = capsys.readouterr().err
    assert victim.name in complaint
    assert stray.name in complaint
    assert make_samples.main([]) == 0
    assert victim.read_bytes() == data
    assert not stray.exists()


def test_samples_as_a_whole() -> None:
    files = [path for path in SAMPLES.iterdir() if path.is_file()]
    assert sorted(path.name for path in files) == sorted(entry["file"] for entry in ENTRIES)
    assert 55 <= len(files) <= 70
    sizes = [path.stat().st_size for path in files]
    assert sum(sizes) < 300_000
    assert min(sizes) >= 200
    assert max(sizes) <= 4_000
    assert {entry["encoding"] for entry in ENTRIES} >= EXPECTED
    for entry in ENTRIES:
        codecs.lookup(entry["encoding"])


def letters(text: str) -> str:
    """Return letters and digits alone, with those that sets lack folded, so that order is left."""
    stand_ins = {**dict(zip("şţŞŢ", "șțȘȚ", strict=True)), "ي": "ی", "ك": "ک", "œ": "oe"}
    typed = "".join(stand_ins.get(char, char) for char in unicodedata.normalize("NFC", text))
    return "".join(char for char in typed if char.isalnum())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_sample_decodes_to_its_text(entry: dict[str, Any]) -> None:
    data = (SAMPLES / entry["file"]).read_bytes()
    decoded = data.decode(entry["encoding"], "strict")
    assert decoded == make_samples.compose(entry)

    # The same without the script: the words of the source, in order, are in the file.
    source = load(CORPORA / "texts" / f"{entry['language']}.toml")
    for register in entry["registers"]:
        value = source[register]
        parts = value if isinstance(value, list) else value.strip("\n").split("\n\n")
        for part in parts:
            wanted = letters(part.replace("€", "EUR") if "EUR" in decoded else part)
            if entry["language"] == "el" and entry["encoding"] == "cp737":
                wanted = wanted.replace("ΐ", "ϊ")
            if entry.get("order") == "visual":
                assert not Counter(wanted) - Counter(letters(decoded))
            else:
                assert wanted in letters(decoded)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_sample_has_the_marks_of_its_entry(entry: dict[str, Any]) -> None:
    data = (SAMPLES / entry["file"]).read_bytes()
    decoded = data.decode(entry["encoding"])
    marks = {
        ("utf-8-sig", None): codecs.BOM_UTF8,
        ("utf-16", "le"): codecs.BOM_UTF16_LE,
        ("utf-16", "be"): codecs.BOM_UTF16_BE,
        ("utf-32", "le"): codecs.BOM_UTF32_LE,
        ("utf-32", "be"): codecs.BOM_UTF32_BE,
    }
    mark = marks.get((entry["encoding"], entry.get("byte_order")))
    if mark is None:
        assert "\ufeff" not in decoded
    else:
        assert data.startswith(mark)
    if "records" in entry:
        assert len(decoded) % entry["records"] == 0
        assert "\n" not in decoded
    else:
        newline = {"lf": "\n", "crlf": "\r\n", "cr": "\r", "nel": "\u0085"}[entry["newline"]]
        assert decoded.removesuffix(entry.get("end", "")).endswith(newline)
        assert not re.search("[\r\n\u0085]", decoded.replace(newline, ""))
    if "label" in entry:
        assert entry["label"].encode() in data[:200]
    if not entry["encoding"].startswith(("ascii", "hz", "iso2022", "utf-16")):
        # Seven-bit text would be right in many encodings: the sample would show nothing.
        assert not data.isascii()


def test_a_character_without_stand_in_is_an_error() -> None:
    with pytest.raises(make_samples.SampleError, match=r"U\+0436"):
        make_samples.typed("жук", "en", "cp1252")


@pytest.mark.parametrize(
    ("line", "screen"),
    [
        ("שלום", "םולש"),
        ("בשעה 20:00.", ".20:00 העשב"),
        ("(ספר 7)", "(7 רפס)"),
    ],
)
def test_visual_order(line: str, screen: str) -> None:
    assert make_samples.visual(line) == screen


def test_manifest() -> None:
    path = CORPORA / "manifest.toml"
    assert path.stat().st_size < 200_000
    manifest = load(path)
    assert manifest["own"]["licence"] == "MIT"
    assert manifest["split"]["rule"]
    sources = manifest["source"]
    assert len(sources) >= 100
    for source in sources:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", source["repository"])
        assert re.fullmatch(r"[0-9a-f]{40}", source["commit"])
        assert source["licence"]
        assert source["languages"] == sorted(set(source["languages"]))
        assert source["train_bytes"] + source["dev_bytes"] > 0


def test_manifest_is_what_the_sources_give() -> None:
    if not SOURCES.exists():
        pytest.skip(f"no list of training sources at {SOURCES}")
    assert make_manifest.main(["--check", str(SOURCES)]) == 0


def test_manifest_groups_by_repository_and_licence(tmp_path: Path) -> None:
    table = [
        ["file", "bytes", "lines", "repository", "commit", "paths", "licence", "transformation"],
        ["train/de/web-a.txt.xz", "70", "2", "owner/a", "0" * 40, "x", "MIT", "none"],
        ["dev/de/web-a.txt", "5", "1", "owner/a", "0" * 40, "x", "MIT", "none"],
        ["train/fr/web-a.txt", "30", "1", "owner/a", "0" * 40, "x", "MIT", "none"],
        ["train/fr/web-b.txt", "11", "1", "owner/a", "0" * 40, "x", 'CC0 "1.0"', "none"],
    ]
    path = tmp_path / "SOURCES.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in table), "utf-8")
    sources = tomllib.loads(make_manifest.manifest(path))["source"]
    assert [(s["licence"], s["languages"], s["train_bytes"], s["dev_bytes"]) for s in sources] == [
        ('CC0 "1.0"', ["fr"], 11, 0),
        ("MIT", ["de", "fr"], 100, 5),
    ]
