"""Reading the training text: `../shared/corpora/train/<language>/<register>-<source>.txt[.xz]`.

Registers are weighted, not raw bytes: interface strings and manuals are over-represented for small
languages (corpora/README of the training data says so), so each register of a language is capped.
"""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

REGISTER_CAP = 1_000_000  # characters read of one register of one language
# Norwegian novels of before 1907 are in Danish spelling, which no file of the computer age is.
OTHER_CAPS = {("nb", "lit"): 60_000}


def languages(shared: Path) -> list[str]:
    """BCP 47 tags that have training text, sorted."""
    return sorted(p.name for p in (shared / "corpora" / "train").iterdir() if p.is_dir())


def read_file(path: Path) -> str:
    """Whole text of one corpus file."""
    raw = path.read_bytes()
    return (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8")


def source_of(path: Path) -> str:
    """The source of a corpus file, such as `web-wikinews`."""
    return path.name.split(".")[0]


def read_registers(
    shared: Path, language: str, cap: int = REGISTER_CAP, without: str = ""
) -> dict[str, str]:
    """Training text of one language by register, each up to `cap` characters, less one source.

    A register over the cap is thinned evenly, by lines, over all its sources.
    """
    by_register: dict[str, list[str]] = {}
    for path in sorted((shared / "corpora" / "train" / language).iterdir()):
        if source_of(path) == without:
            continue
        by_register.setdefault(path.name.split("-")[0].split(".")[0], []).append(read_file(path))
    out = {}
    for register in sorted(by_register):
        text = "\n".join(by_register[register])
        most = OTHER_CAPS.get((language, register), cap)
        if len(text) > most:
            step = len(text) / most
            lines = text.split("\n")
            text = "\n".join(lines[int(i * step)] for i in range(int(len(lines) / step)))
        out[register] = text
    return out


def read_language(shared: Path, language: str) -> str:
    """Training text of one language: every register, each up to REGISTER_CAP characters."""
    return "\n".join(read_registers(shared, language).values())


def read_words(shared: Path, language: str) -> str:
    """The commonest words of a language, a line each; empty where there is no list."""
    path = shared / "corpora" / "words" / f"{language}.tsv.xz"
    if not path.exists():
        return ""
    return "\n".join(line.split("\t")[0] for line in read_file(path).splitlines())


def fingerprint(paths: list[Path]) -> str:
    """One sha256 over names and contents of `paths` in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
