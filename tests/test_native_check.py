"""The C tests of the core, as `make -C native/check test` runs them, and the fuzzing seeds."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECK = Path(__file__).resolve().parents[1] / "native" / "check"
COMPILER = next(
    (
        found
        for name in (os.environ.get("CC", ""), "cc", "gcc", "clang")
        if name and (found := shutil.which(name))
    ),
    None,
)
MAKE = shutil.which("make")
JOBS = f"-j{os.cpu_count() or 1}"


@pytest.mark.skipif(MAKE is None, reason="there is no make here")
@pytest.mark.skipif(COMPILER is None, reason="there is no C compiler here")
def test_core_passes_its_own_tests(tmp_path: Path) -> None:
    """Every test_*.c passes, built with warnings as errors; nothing is left in the checkout."""
    before = sorted(CHECK.iterdir())
    run = subprocess.run(
        [str(MAKE), JOBS, "-C", str(CHECK), "test", f"BUILD={tmp_path}", f"CC={COMPILER}"],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
    programs = {path.stem.removeprefix("test_") for path in CHECK.glob("test_*.c")}
    reported = {
        line.split()[0] for line in run.stdout.splitlines() if line.endswith("checks, 0 failures")
    }
    assert reported == programs
    assert sorted(CHECK.iterdir()) == before


def test_committed_seeds_are_current() -> None:
    """The files in seeds/ are what make_seeds.py writes, and are small."""
    spec = importlib.util.spec_from_file_location("make_seeds", CHECK / "make_seeds.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    committed = {path.name: path.read_bytes() for path in (CHECK / "seeds").iterdir()}
    assert committed == module.seeds()
    assert sum(map(len, committed.values())) < 100_000
