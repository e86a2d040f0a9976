"""The public face: what is exported, that it is documented, and that its types hold."""

from __future__ import annotations

import importlib.metadata
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import recodec
import recodec.compat
import recodec.compat.cchardet
import recodec.compat.chardet
import recodec.compat.charset_normalizer
import recodec.files
import recodec.mail

ROOT = Path(__file__).resolve().parents[1]
MODULES = [
    recodec,
    recodec.files,
    recodec.mail,
    recodec.compat,
    recodec.compat.cchardet,
    recodec.compat.chardet,
    recodec.compat.charset_normalizer,
]
PUBLIC = [
    pytest.param(getattr(module, name), id=f"{module.__name__}.{name}")
    for module in MODULES
    for name in module.__all__
    if callable(getattr(module, name))
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_all_is_sorted_and_there(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    upper = [name for name in names if name.isupper()]
    classes = [name for name in names if name[0].isupper() and name not in upper]
    others = [name for name in names if name[0].islower() or name[0] == "_"]
    assert names == [*sorted(upper), *sorted(classes), *sorted(others)]
    for name in names:
        assert getattr(module, name) is not None


def test_nothing_else_is_public() -> None:
    """Modules that users import by name, and nothing that leaks in by an import."""
    names = {name for name in vars(recodec) if not name.startswith("_")}
    modules = {"cli", "codecs", "compat", "files", "integrations", "mail"}
    assert names - set(recodec.__all__) - modules - {"annotations", "TYPE_CHECKING"} == set()
    assert set(recodec.__all__) <= set(dir(recodec))


def test_the_page_names_all() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert [name for name in recodec.__all__ if not re.search(rf"\b{name}\b", page)] == []


def test_later_names_are_the_same_objects() -> None:
    assert recodec.open is recodec.files.open
    assert recodec.__getattr__("decode") is recodec.decode
    assert set(recodec._LATER) < set(recodec.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        recodec.nonsense  # noqa: B018


@pytest.mark.parametrize("thing", PUBLIC)
def test_public_things_are_documented(thing: object) -> None:
    assert inspect.getdoc(thing)
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        for name, member in vars(thing).items():
            if not name.startswith("_") and (callable(member) or isinstance(member, property)):
                assert inspect.getdoc(member), f"{thing.__name__}.{name}"


@pytest.mark.parametrize("thing", PUBLIC)
def test_public_functions_are_typed(thing: object) -> None:
    if not inspect.isfunction(thing):
        return
    signature = inspect.signature(thing)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty


@pytest.mark.parametrize(
    "call", [recodec.detect, recodec.detect_all, recodec.detect_many, recodec.Detector]
)
def test_detection_calls_take_the_same_options(call: object) -> None:
    def options(other: object) -> dict[str, object]:
        return {
            name: (parameter.default, parameter.annotation)
            for name, parameter in inspect.signature(other).parameters.items()  # type: ignore[arg-type]
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY and name != "threads"
        }

    assert options(call) == options(recodec.detect)
    assert list(options(call)) == [
        "allow", "deny", "language", "tld", "declared", "exact", "final", "scan",
    ]  # fmt: skip


def test_version_is_told_once() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", recodec.__version__)
    try:
        installed = importlib.metadata.version("recodec")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("recodec is not installed here")
    assert installed == recodec.__version__


def test_types_are_marked_and_hold() -> None:
    pytest.importorskip("mypy", reason="the type checker is not installed")
    package = Path(recodec.__file__).parent
    assert (package / "py.typed").exists()
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "tests/typing/api.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
