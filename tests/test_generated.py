"""Every generated file is what its generator writes today, byte for byte."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "native" / "gen"))

import check  # noqa: E402
import generated  # noqa: E402

TARGETS, ABSENT = generated.load()


@pytest.mark.parametrize(
    "target", TARGETS, ids=[target.path.relative_to(ROOT).as_posix() for target in TARGETS]
)
def test_target_is_current(target: generated.Target) -> None:
    """By a process of its own: some take a gigabyte, which a worker would not give back."""
    reason = check.why_not(target)
    if reason:
        pytest.skip(reason)
    name = target.path.relative_to(ROOT).as_posix()
    done = subprocess.run(
        [sys.executable, Path(check.__file__), name], capture_output=True, text=True, check=False
    )
    assert f"{name}: current" in done.stdout.splitlines(), done.stdout + done.stderr


@pytest.mark.parametrize("line", ABSENT)
def test_generator_is_absent(line: str) -> None:
    pytest.skip(line)


def test_targets_are_distinct_files() -> None:
    paths = [target.path for target in TARGETS]
    assert len(paths) == len(set(paths))
    assert all(path.is_relative_to(ROOT) for path in paths)


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    class Copy:
        path = tmp_path / "copy.h"
        inputs = ()
        needs_shared = False

        def write_to(self, folder: Path) -> Path:
            out = folder / self.path.name
            out.write_bytes(b"one\ntwo\n")
            return out

    target = Copy()
    expected = check.fresh(target)
    assert check.difference(target, expected) == "is not there"
    target.path.write_bytes(b"one\ntwo\n")
    assert check.difference(target, expected) == ""
    target.path.write_bytes(b"one\ntwO\n")
    assert check.difference(target, expected) == "differs from line 2 on"
    target.path.write_bytes(b"one\ntwo\nthree\n")
    assert check.difference(target, expected) == "differs from line 3 on"


def test_banners_name_the_inputs_that_are_there() -> None:
    """Works without ../shared: a file made from an older charsets.toml says so by its digest."""
    toml = ROOT / "native" / "gen" / "charsets.toml"
    digest = hashlib.sha256(toml.read_bytes()).hexdigest()
    named = 0
    for target in TARGETS:
        head = target.path.read_bytes()[:2000].decode("utf-8", "replace")
        found = re.search(r"native/gen/charsets\.toml sha256 ([0-9a-f]{64})", head)
        if found:
            named += 1
            assert found[1] == digest, target.path.name
    assert named > 1
