"""The command lines: what they print and write, with a detector that needs no library."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import accuracy
import inputs
import peers
import plot
import speed


class _Utf8OrWestern:
    """Says UTF-8 where it decodes and windows-1252 elsewhere."""

    name = "simple"
    version = "1"

    def guess(self, data: bytes) -> peers.Guess:
        try:
            data.decode()
        except UnicodeDecodeError:
            return peers.Guess("cp1252", "en", 0.5)
        return peers.Guess("utf-8", "en", 1.0)


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(peers._ALL, "simple", _Utf8OrWestern)
    monkeypatch.setattr(peers, "NAMES", (*peers.NAMES, "simple"))


@pytest.mark.usefixtures("simple")
def test_accuracy_report(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "deep" / "a.json"
    arguments = ["--detectors", "simple", "--sets", "200,utf8-30,binary", "--json", str(target)]
    options = ["--misses", "5", "--by-pair", "5", "--languages", "5", "--shared", str(shared)]
    assert accuracy.main(arguments + options) == 0
    out = capsys.readouterr().out
    assert "worst pairs" in out
    assert "commonest wrong languages" in out
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert figures["detectors"] == {"simple": "1"}
    assert figures["sets"]["utf8-30"]["simple"]["macro"] == 100.0
    assert figures["sets"]["binary"]["simple"]["macro"] < 10
    legacy = figures["sets"]["200"]["simple"]
    assert 15 < legacy["macro"] < legacy["weighted"] < 90
    assert figures["calibration"]["simple"]["all"]["items"] > 1000


def test_accuracy_refuses_unknown_names(shared: Path) -> None:
    assert accuracy.main(["--detectors", "nobody", "--shared", str(shared)]) == 2
    assert accuracy.main(["--sets", "nothing", "--shared", str(shared)]) == 2


def test_accuracy_without_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--shared", str(tmp_path)]) == 2
    assert "RECODEC_SHARED" in capsys.readouterr().err


def test_missing_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ImportError("not here")

    monkeypatch.setitem(peers._ALL, "chardet", refuse)
    found, missing = peers.load(["chardet"])
    assert (found, missing) == ([], {"chardet": "not here"})


def test_chart_is_svg() -> None:
    row = {"macro": 91.5, "weighted": 95.0, "names": 80.0}
    one = {"sets": {"200": {"chardet": row}, "30": {"chardet": row}}}
    two = {"sets": {"200": {"recodec": {**row, "macro": 99.0}}}}
    svg = plot.chart([one, two])
    root = ElementTree.fromstring(svg)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.index("recodec") < texts.index("chardet")
    assert "legacy, 200 bytes" in texts
    bars = [float(b.get("width", "0")) for b in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert pytest.approx(520 * 0.99, abs=0.1) in bars


@pytest.mark.parametrize("kind", inputs.KINDS)
def test_speed_inputs(kind: str) -> None:
    for size in (64, 1000, 5000):
        data = inputs.make(kind, size)
        assert size - 4 <= len(data) <= size
        assert data == inputs.make(kind, size)


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("ascii", "ascii"), ("utf8-ru", "utf-8"), ("utf8-ja", "utf-8"), ("cp1251", "cp1251"),
        ("cp932", "cp932"), ("euc_jp", "euc_jp"), ("gb18030", "gb18030"),
        ("utf-16-le", "utf-16-le"), ("cp1252-html", "cp1252"),
    ],
)  # fmt: skip
def test_speed_inputs_decode(kind: str, encoding: str) -> None:
    """Not cut inside a character, which would make a damaged input of a clean one."""
    for size in (64, 65, 66, 67, 1024, 1025, 3_000_001):
        inputs.make(kind, size).decode(encoding)


def test_interleaved_ratios() -> None:
    times = {"a": [1.0, 2.0, 4.0], "b": [2.0, 4.0, 4.0]}
    found = speed.summary(times, "a")
    assert found["a"]["ratio"] == 1.0
    assert found["b"]["ratio"] == 2.0
    assert found["b"]["us"] == pytest.approx(4e6)


def test_measure_takes_turns() -> None:
    seen: list[str] = []
    todo: dict[str, speed.Call] = {
        "a": lambda _: seen.append("a"),
        "b": lambda _: seen.append("b"),
    }
    times = speed.measure(todo, b"", 2)
    assert {name: len(values) for name, values in times.items()} == {"a": 2, "b": 2}
    blocks = [name for at, name in enumerate(seen) if at == 0 or seen[at - 1] != name]
    # One untimed look at each, then the rounds, every other one backwards.
    assert blocks == ["a", "b", "a", "b"]
