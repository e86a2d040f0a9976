"""Puts benchmarks/ on the path: its scripts import each other by plain names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the training corpora and tables; tests that need it skip without it."""
    import charsets

    folder = charsets.shared_folder()
    if not (folder / "corpora" / "dev").is_dir() or not (folder / "tables").is_dir():
        pytest.skip(f"no corpora and tables in {folder} (RECODEC_SHARED)")
    return folder
