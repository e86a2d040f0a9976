"""Rewrites a zip archive so that every program shows the names of its members rightly.

What it shows: `detect_group`, which judges many short strings together. Old archivers wrote names
in the code page of the machine without saying which; readers take them for cp437. The new archive
has them in UTF-8, marked by bit 11 of the flags (APPNOTE.TXT 4.4.4). Contents stay as they are.

    python examples/zip_names.py old.zip new.zip
"""

from __future__ import annotations

import copy
import shutil
import sys
import zipfile
from pathlib import Path

import recodec

UTF8 = 0x800  # bit 11: the name is in UTF-8


def true_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name that zipfile shows, and what it was meant to be, for each member."""
    members = archive.infolist()
    unmarked = [member.filename for member in members if not member.flag_bits & UTF8]
    raw = {name: name.encode("cp437") for name in unmarked}
    found = recodec.detect_group(raw.values())
    encoding = found.encoding or "cp437"
    names = {member.filename: member.filename for member in members}
    names.update((name, recodec.decode(data, encoding).text) for name, data in raw.items())
    return names


def repair(source: Path, target: Path) -> dict[str, str]:
    """Writes `target`; returns the names that changed. Raises DecodeError before it writes."""
    with zipfile.ZipFile(source) as old:
        names = true_names(old)
        with zipfile.ZipFile(target, "x") as new:
            for member in old.infolist():
                renamed = copy.copy(member)
                renamed.filename = names[member.filename]  # zipfile marks what is not ASCII
                with old.open(member) as reader, new.open(renamed, "w") as writer:
                    shutil.copyfileobj(reader, writer)
    return {old_name: name for old_name, name in names.items() if old_name != name}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/zip_names.py OLD NEW")
    for shown, meant in repair(Path(sys.argv[1]), Path(sys.argv[2])).items():
        print(f"{shown} -> {meant}")
