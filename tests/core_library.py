"""Parts of the core, compiled by themselves to be asked through ctypes."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def compiled(folder: Path, sources: Iterable[Path], *flags: str) -> ctypes.CDLL:
    """A library of these files, made in `folder`; the test is skipped where that cannot be."""
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if not compiler or sys.platform == "win32":
        pytest.skip("no C compiler of the Unix kind here")
    library = folder / "core.so"
    native = ROOT / "native"
    folders = [native / "include", native / "tables", *sorted(native.glob("src/*/"))]
    include = [f"-I{folder}" for folder in folders]
    command = [*compiler.split(), "-std=c11", "-shared", "-fPIC", *flags, *include]
    subprocess.run([*command, *map(str, sources), "-o", str(library)], check=True)
    return ctypes.CDLL(str(library))
