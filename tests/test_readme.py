"""The README and docs/: every Python block runs, links and commands lead somewhere."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
from pathlib import Path

import pytest

import recodec
from recodec import cli
from recodec._registry.charsets import all_charsets
from recodec.cli._arguments import COMMANDS, table_of

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = ("python", "pycon")


def blocks(page: Path, *languages: str) -> list[tuple[int, str, str]]:
    """Line, language and text of the fenced blocks in these languages."""
    text = page.read_text(encoding="utf-8")
    return [
        (text.count("\n", 0, match.start()) + 2, match[1], match[2])
        for match in BLOCK.finditer(text)
        if match[1] in languages
    ]


@pytest.mark.parametrize(
    "page", [p for p in PAGES if blocks(p, *PYTHON)], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_python_blocks_run(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order of the page, later blocks seeing the names of earlier ones."""
    monkeypatch.chdir(ROOT)  # examples name the sample files as a reader in the checkout would
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for line, language, text in blocks(page, *PYTHON):
        if language == "python":
            exec(compile("\n" * (line - 1) + text, str(page), "exec"), names)
        else:
            test = doctest.DocTestParser().get_doctest(text, names, page.name, str(page), line - 1)
            assert test.examples, f"{page.name}:{line}: no examples in the block"
            runner.run(test, clear_globs=False)
            names.update(test.globs)
    assert runner.summarize(verbose=False).failed == 0, capsys.readouterr().out


def test_readme_has_three_examples() -> None:
    assert len(blocks(ROOT / "README.md", *PYTHON)) == 3


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_command_lines_parse(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every `recodec ...` shown is one that the command accepts."""
    import shlex

    from recodec.cli import parse

    for line, _, text in blocks(page, "console", "sh"):
        for command in re.findall(r"^(?:\$ )?(?:\S*/)?recodec (.*)$", text, re.MULTILINE):
            words = shlex.split(re.split(r" [<>|] ", command.split("  #")[0])[0], comments=True)
            try:
                parse(words)
            except SystemExit as stop:
                assert stop.code == 0, f"{page.name}:{line}: recodec {command}"


@pytest.mark.parametrize("name", COMMANDS)
def test_options_are_in_the_pages(name: str) -> None:
    """The long spelling of each, or the short one."""
    pages = [ROOT / "docs" / "command-line.md", ROOT / "docs" / "mail.md"]
    told = set(
        re.findall(r"(?<![\w-])--?[a-z][a-z-]*", "".join(p.read_text("utf-8") for p in pages))
    )
    options = [option for option in table_of(name).options if option.flags]
    assert [option.flags for option in options if told.isdisjoint(option.flags)] == []


def test_set_up_commands_are_one_line_each() -> None:
    """`.ci/run` takes them from here."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("run", "test"):
        (command,) = re.findall(rf"^<!-- command: {name} -->\n```sh\n(.*?)^```$", text, re.M | re.S)
        assert command.count("\n") == 1


def test_first_command_tells_every_sample(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """It stops before the conversion unless `recodec detect` exits with 0."""
    monkeypatch.chdir(ROOT)
    code = cli.main(["detect", "corpora/samples"])
    out, err = capsys.readouterr()
    assert err == ""
    assert len(out.splitlines()) == len(list((ROOT / "corpora" / "samples").iterdir()))
    assert [line for line in out.splitlines() if line.split("\t")[1] == "-"] == []
    assert code == 0


def test_sample_of_the_first_command_is_one(capsysbinary) -> None:
    """It is converted whole, to what its text says."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (path,) = re.findall(r"recodec convert (corpora/samples/\S+)", text)
    data = (ROOT / path).read_bytes()
    assert cli.main(["convert", str(ROOT / path)]) == 0
    out = capsysbinary.readouterr().out
    assert out.decode() == recodec.decode(data).text
    assert "і" in out.decode()


def test_api_page_names_all_that_is_public() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    from recodec import files

    missing = [name for name in recodec.__all__ if f"`{name}" not in page]
    missing += [f"files.{name}" for name in files.__all__ if f"`{name}" not in page]
    missing += [
        f"Detection.{name}"
        for name, value in vars(recodec.Detection).items()
        if isinstance(value, property) and f"`{name}`" not in page
    ]
    assert missing == []


def test_calls_of_the_api_page_are_what_they_are() -> None:
    """Names of arguments, their order, their defaults, and all of them unless something stands for
    the rest.
    """
    from recodec import files, mail

    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    rows = "\n".join(line.split(" | ")[0] for line in page.splitlines() if line.startswith("| `"))
    calls = re.findall(r"`(mail\.)?(\w+)\((\w[^`]*)\)`", rows)
    assert len(calls) > 20
    for of_mail, name, shown in calls:
        home = mail if of_mail else recodec if hasattr(recodec, name) else files
        real = inspect.signature(getattr(home, name)).parameters
        definition = ast.parse(f"def {name}({shown.replace(', ...', '')}): ...").body[0]
        assert isinstance(definition, ast.FunctionDef)
        told = definition.args
        first = [argument.arg for argument in told.args]
        assert first == list(real)[: len(first)], name
        values = [*told.defaults, *filter(None, told.kw_defaults)]
        named = [*first[len(first) - len(told.defaults) :], *(one.arg for one in told.kwonlyargs)]
        assert [real[one].default for one in named] == [ast.literal_eval(v) for v in values], name
        if told.kwarg is None and "..." not in shown:
            assert {*first, *named} == set(real), name


def test_numbers_of_charsets() -> None:
    rows = all_charsets()
    named = sum(not row.detectable for row in rows)
    registry = (ROOT / "native" / "gen" / "charsets.toml").read_text(encoding="utf-8")
    twins = len(re.findall(r"^twin_of = ", registry, re.MULTILINE))
    page = (ROOT / "docs" / "how-it-decides.md").read_text(encoding="utf-8")
    assert f"{named} of the {len(rows)} charsets are never detected by themselves" in page
    assert f"{twins} charsets differ from another one in only a few characters" in page
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"knows {len(rows)} charsets" in readme
    assert f"It detects {len(rows) - named} of them from bytes alone" in readme


def test_shown_answers_of_commands_are_what_they_print(tmp_path: Path, monkeypatch, capsys) -> None:
    """Those of docs/command-line.md, in a tree that they fit."""
    russian = [f"Съешь ещё этих мягких булок, {number}\n" for number in range(17)]
    files = {
        "src/old.py": b"x = 1\n" * 11 + b"# comm\xe9nt du d\xe9veloppeur, \xe0 la main\n",
        "docs/a.md": b"\xef\xbb\xbfhello\n",
        "docs/b.md": b"line\n" * 39 + b"line\r\n",
        "old.log": "".join(russian[:8]).encode() + "".join(russian[8:]).encode("cp1251"),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    shown = 0
    pattern = re.compile(r"^\$ recodec (.*)\n((?:(?!\$).+\n)+)", re.MULTILINE)
    for _, _, text in blocks(ROOT / "docs" / "command-line.md", "console"):
        for command, answer in pattern.findall(text):
            cli.main(command.split())
            out, err = capsys.readouterr()
            lines = [line for line in (out + err).splitlines() if not line.startswith("old.log")]
            assert lines == answer.splitlines()
            shown += 1
    assert shown == 2


@pytest.mark.parametrize(
    "page",
    [*PAGES, ROOT / "benchmarks" / "README.md"],
    ids=lambda p: p.relative_to(ROOT).as_posix(),
)
def test_programs_and_sources_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    call = re.compile(r"python ((?:benchmarks|native|examples)/\S+?\.py)([^`\n]*)")
    for program, rest in call.findall(text):
        source = (ROOT / program).read_text(encoding="utf-8")
        for option in re.findall(r"--[a-z-]+", rest):
            assert f'"{option}"' in source, f"{page.name}: {program} {option}"
    for name in re.findall(r"`(rcd_\w+\.[ch])`", text):
        assert any((ROOT / "native").rglob(name)), name
    for name in re.findall(r"`((?:native|src|tests|benchmarks)/[\w/.-]+)`", text):
        assert (ROOT / name).exists(), name
