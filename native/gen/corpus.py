"""Reading the training text: `../shared/corpora/train/<language>/<register>-<source>.txt[.xz]`.

Registers are weighted, not raw bytes: interface strings and manuals are over-represented for small
languages (corpora/README of the training data says so), so each register of a language is capped.
"""

from __future__ import annotations

import hashlib
import lzma
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

REGISTER_CAP = 1_000_000  # characters read of one register of one language
# Norwegian novels of before 1907 are in Danish spelling, which no file of the computer age is.
OTHER_CAPS = {("nb", "lit"): 60_000}


def shared_folder() -> Path:
    """The folder with training text and tables; `RECODEC_SHARED` overrides `../shared`."""
    return Path(os.environ.get("RECODEC_SHARED", ROOT.parent / "shared"))


def languages(shared: Path) -> list[str]:
    """BCP 47 tags that have training text, sorted."""
    return sorted(p.name for p in (shared / "corpora" / "train").iterdir() if p.is_dir())


def read_file(path: Path) -> str:
    """Whole text of one corpus file."""
    raw = path.read_bytes()
    return (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8")


def read_language(shared: Path, language: str) -> str:
    """Training text of one language: every register, each up to REGISTER_CAP characters.

    A register over the cap is thinned evenly, by lines, over all its sources.
    """
    by_register: dict[str, list[str]] = {}
    for path in sorted((shared / "corpora" / "train" / language).iterdir()):
        by_register.setdefault(path.name.split("-")[0].split(".")[0], []).append(read_file(path))
    parts = []
    for register in sorted(by_register):
        text = "\n".join(by_register[register])
        cap = OTHER_CAPS.get((language, register), REGISTER_CAP)
        if len(text) > cap:
            step = len(text) / cap
            lines = text.split("\n")
            keep = [lines[int(i * step)] for i in range(int(len(lines) / step))]
            text = "\n".join(keep)
        parts.append(text)
    return "\n".join(parts)


def read_words(shared: Path, language: str) -> str:
    """The commonest words of a language, a line each; empty where there is no list."""
    path = shared / "corpora" / "words" / f"{language}.tsv.xz"
    if not path.exists():
        return ""
    return "\n".join(line.split("\t")[0] for line in read_file(path).splitlines())


def fingerprint(paths: list[Path]) -> str:
    """One sha256 over names and contents of `paths`, for the header of generated files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
