"""Imports point one way: nothing knows what stands above it, and no module waits for itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "recodec"

# From the bottom; what is not named is the library in between: registry, detection, recoding.
BINDING = ("_core", "_core_brief", "_core_convert", "_core_patch", "_core_scheme")
ABOVE = (("files",), ("mail",), ("cli", "compat", "integrations", "__main__"))
# What the binding may use: the errors it raises, and memory for results.
BESIDE_BINDING = {"_errors", "_filled", "_native", *BINDING}


def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = modules()


def imported(name: str, *, later: bool) -> set[str]:
    """What a module imports of the package; with `later` also what its functions do."""
    path = MODULES[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return
        if isinstance(node, (ast.FunctionDef, ast.Lambda)) and not later:
            return
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [part for part in package if part]
            base = base[: len(base) - node.level + 1]
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                whole = f"{module}.{alias.name}".strip(".")
                found.add(whole if whole in MODULES else module)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_bytes()))
    return found - {name, ""}


def floor(name: str) -> int:
    first = name.split(".", maxsplit=1)[0]
    return next((at for at, names in enumerate(ABOVE, 1) if first in names), 0)


def test_the_walk_sees_imports() -> None:
    assert "_detect" in imported("cli._detect", later=True)
    assert imported("_registry", later=True) >= {"_charset_table", "_errors"}
    assert "_core_convert" in imported("codecs._tables", later=True)


def test_nothing_imports_what_stands_above_it() -> None:
    """Also not inside functions. Only the package itself names `files` and `mail`, when asked."""
    backwards = {
        (name, other)
        for name in MODULES
        for other in imported(name, later=True)
        if name and floor(other) > floor(name)
    }
    assert backwards == set()


def test_faces_do_not_know_each_other() -> None:
    for name in MODULES:
        if floor(name) == len(ABOVE) and name != "__main__":
            others = {other for other in imported(name, later=True) if floor(other) == len(ABOVE)}
            assert {other.split(".")[0] for other in others} <= {name.split(".")[0]}, name


def test_the_binding_stands_at_the_bottom() -> None:
    for name in BINDING:
        assert imported(name, later=True) <= BESIDE_BINDING, name


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
