"""Files out of published packages, fetched by name with the clients that are set up here.

`apt-get download` fetches Debian packages (run `apt-get update` first), `npm pack` those of npm;
nothing is installed and no script of a package runs. What was fetched stays in a cache folder.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple


class Package(NamedTuple):
    """A package in the cache."""

    name: str
    path: Path

    @property
    def version(self) -> str:
        """As its file name says it."""
        if self.path.suffix == ".deb":
            return self.path.stem.split("_")[1].replace("%3a", ":")
        return self.path.stem.removeprefix(self.name + "-")

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


class Missing(Exception):
    """No client, or the client knows no such package; the text says what it said."""


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{command[0]}: {error}") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["failed"]
        raise Missing(f"{' '.join(command)}: {lines[-1]}")


def debian(name: str, cache: Path) -> Package:
    """The Debian package `name`; alternatives (`a|b`, of different releases) in that order."""
    cache.mkdir(parents=True, exist_ok=True)
    for one in name.split("|"):
        for path in sorted(cache.glob(f"{one}_*.deb")):
            return Package(one, path)
    last = Missing(name)
    for one in name.split("|"):
        try:
            _run(["apt-get", "download", "-q", one], cache)
        except Missing as error:
            last = error
            continue
        for path in sorted(cache.glob(f"{one}_*.deb")):
            return Package(one, path)
    raise last


def npm(name: str, version: str, cache: Path) -> Package:
    """That version of the npm package `name`."""
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"{name}-{version}.tgz"
    if not path.exists():
        _run(["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"], cache)
    if not path.exists():
        raise Missing(f"npm pack {name}@{version} made no {path.name}")
    return Package(name, path)


def _members(stream: IO[bytes], wanted: Callable[[str], object]) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=stream, mode="r|*") as archive:
        for member in archive:
            name = member.name.removeprefix("./")
            if member.isfile() and wanted(name):
                file = archive.extractfile(member)
                if file is not None:
                    yield name, file.read()


def files(package: Package, wanted: Callable[[str], object]) -> Iterator[tuple[str, bytes]]:
    """Path and content of the package's plain files whose path `wanted` takes."""
    if package.path.suffix != ".deb":
        with package.path.open("rb") as stream:
            yield from _members(stream, wanted)
        return
    command = ["dpkg-deb", "--fsys-tarfile", str(package.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield from _members(process.stdout, wanted)
        process.stdout.read()  # what follows the end mark
    if process.returncode:
        raise Missing(f"{package.path.name} is no package that dpkg-deb reads")
