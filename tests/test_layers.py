"""Imports point one way: nothing knows what stands above it, and no module waits for itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "recodec"
CORE = ROOT / "native" / "src"

# From the bottom. What stands on one floor does not know each other.
FLOORS = (
    ("_errors", "_position", "_value", "_version"),
    ("_core",),
    ("_registry",),
    ("_conversion", "_detection"),
    ("codecs",),
    ("_coding",),
    ("_mixed",),
    ("_recoding",),
    ("_files",),
    ("files",),
    ("mail",),
    ("cli", "compat", "integrations"),
    # The package itself, which says where everything is.
    ("", "__main__", "_search"),
)

# Folders of the core, and those that they may include from.
BELOW = {
    "kernels": set(),
    "convert": {"kernels"},
    "charsets": {"kernels"},
    "input": {"kernels", "charsets"},
    "models": {"kernels", "charsets", "input"},
    "decide": {"kernels", "charsets", "input", "models"},
}


def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = modules()
PACKAGES = sorted(name for name, path in MODULES.items() if name and path.name == "__init__.py")


def imported(name: str, *, later: bool = True, types: bool = False) -> set[str]:
    """What a module imports of the package.

    With `later` also what its functions do, with `types` also what it names for type checkers.
    """
    path = MODULES[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not types:
            return
        if isinstance(node, (ast.FunctionDef, ast.Lambda)) and not later:
            return
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [part for part in package if part]
            base = base[: len(base) - node.level + 1]
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                whole = f"{module}.{alias.name}".strip(".")
                found.add(whole if whole in MODULES or not module else module)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_bytes()))
    return found - {name, ""}


def room(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def floor(name: str) -> int:
    return next(at for at, names in enumerate(FLOORS) if room(name) in names)


def test_the_walk_sees_imports() -> None:
    assert "_detection.detect" in imported("cli._detect")
    assert imported("_registry.charsets") >= {"_registry.charset_table", "_errors"}
    assert "_core.mappings" in imported("codecs._tables")
    assert "_recoding.decode" in imported("", types=True)


def test_everything_has_its_floor() -> None:
    rooms = [name for names in FLOORS for name in names]
    assert sorted(rooms) == sorted({room(name) for name in MODULES})


def test_nothing_knows_what_stands_above_it() -> None:
    """Not inside functions either, and not for types; nor what stands beside it."""
    wrong = {
        (name, other)
        for name in MODULES
        for other in imported(name, types=True) - {"_native"}
        if room(name) != room(other)
        and floor(other) >= floor(name)
        and not (floor(name) == 0 == floor(other))
        and room(name) not in FLOORS[-1]
    }
    assert wrong == set()


def test_only_the_binding_touches_the_compiled_module() -> None:
    """And the counting of lines, which errors need, and with them the binding."""
    users = {room(name) for name in MODULES if "_native" in imported(name, types=True)}
    assert users == {"_core", "_position"}


@pytest.mark.parametrize("later", [False, True], ids=["while importing", "when called"])
def test_no_circle(later: bool) -> None:
    order: list[str] = []
    open_: list[str] = []

    def walk(name: str) -> None:
        assert name not in open_, f"a circle: {' -> '.join([*open_, name])}"
        if name in order or name not in MODULES:
            return
        open_.append(name)
        for other in sorted(imported(name, later=later)):
            walk(other)
        open_.pop()
        order.append(name)

    # The package itself is above all of its modules, and names them when asked.
    names = [name for name in sorted(MODULES) if name]
    for name in names:
        walk(name)
    assert len(order) == len(names)


def test_the_core_includes_from_below() -> None:
    folder_of = {path.name: path.parent.name for path in CORE.glob("*/*.h")}
    seen, wrong = set(), set()
    for path in CORE.glob("*/*.[ch]"):
        here = path.parent.name
        for name in re.findall(r'^#include "(\w+\.h)"', path.read_text("utf-8"), re.MULTILINE):
            there = folder_of.get(name, here)  # or it is a public header, or a table
            if there != here:
                seen.add((here, there))
            if there not in {here, *BELOW[here]}:
                wrong.add((path.name, name))
    assert wrong == set()
    assert seen == {(here, there) for here, below in BELOW.items() for there in below}
