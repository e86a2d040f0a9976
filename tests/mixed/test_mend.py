"""UTF-8 that was misread and saved again is undone, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._mixed import mend as module
from recodec._mixed.mend import _CHARSETS, Mender, _letters_of, _maybe, misreading

_TEXTS = {
    "de": "Schöne Grüße aus Köln, für die Männer",
    "fr": "Le café est fermé jusqu’à lundi – désolé",
    "ru": "Съешь же ещё этих мягких французских булок",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "el": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "ja": "この文書は日本語で書かれています。",
}


def _misread(text: str, charset: str, times: int = 1) -> str:
    letters = _letters_of(charset)
    for _ in range(times):
        text = "".join(letters[byte] for byte in text.encode())
    return text


@pytest.mark.parametrize(
    "charset", ["cp1252", "iso8859-1", "cp1251", "cp437", "mac-roman", "cp866"]
)
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS.keys())
def test_misread_lines_are_mended(text: str, charset: str, times: int) -> None:
    assert recodec.mend(_misread(text, charset, times)) == text


def test_some_lines_and_some_words() -> None:
    good, bad = _TEXTS["de"], _misread(_TEXTS["de"], "cp1252")
    assert recodec.mend(f"{good}\n{bad}\r\n{good}\n{bad}") == f"{good}\n{good}\r\n{good}\n{good}"
    assert recodec.mend("Café und CafÃ©, 20 €") == "Café und Café, 20 €"
    assert recodec.mend(_misread(_TEXTS["ru"], "cp1251") + "\n" + bad) == f"{_TEXTS['ru']}\n{good}"


@pytest.mark.parametrize(
    "text",
    [
        *_TEXTS.values(),
        "",
        "plain\n",
        "Ні, Ві, Дії",  # two letters of Ukrainian may be a lead and a trail byte of windows-1251
        "CAFÉ» und »CAFÉ«",
        "São Paulo, AÇÃO, NÃO É",
        "Ångström und Ähre: 100 Å, 20 °C",
        "a\x85b\u2028c\x0bd é",
        "├─┤ ╔═╗ ▒▒",
    ],
)
def test_text_that_is_what_it_says_stays(text: str) -> None:
    assert recodec.mend(text) == text


def test_bytes_are_refused() -> None:
    with pytest.raises(TypeError, match="decode"):
        recodec.mend(b"text")  # type: ignore[arg-type]


@given(st.text(), st.sampled_from(["cp1252", "iso8859-1", "mac-roman"]))
def test_any_text_goes_through(text: str, charset: str) -> None:
    assert recodec.mend(text).count("\n") == text.count("\n")
    try:
        misread = _misread(text, charset)
    except UnicodeEncodeError:
        return  # half a surrogate pair
    recodec.mend(misread)


@given(
    st.lists(st.sampled_from([*_TEXTS.values(), "CafÃ©", "Ã", "©", "\n", "\r\n", " "]), max_size=9),
    st.lists(st.integers(0, 200), max_size=4),
)
def test_any_cutting_gives_the_same(pieces: list[str], cuts: list[int]) -> None:
    text = "".join(pieces)
    mender, out, before = Mender(), "", 0
    for cut in sorted(cuts):
        out += mender.feed(text[before:cut], False)
        before = max(before, min(cut, len(text)))
    assert out + mender.feed(text[before:], True) == recodec.mend(text)


@given(
    st.lists(st.sampled_from(["CafÃ©", "word", " ", "\n", "Ã¼ber "]), max_size=30),
    st.lists(st.integers(0, 200)),
)
def test_parts_of_a_long_line_are_those_of_any_cutting(pieces: list[str], cuts: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LONG", 10)
        test_any_cutting_gives_the_same.hypothesis.inner_test(pieces, cuts)  # type: ignore[attr-defined]


def test_a_long_line_is_mended_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONG", 1000)
    good, bad = _TEXTS["de"] + " ", _misread(_TEXTS["de"], "cp1252") + " "
    assert recodec.mend(bad * 100) == good * 100
    mender = Mender()
    given = [len(mender.feed(bad, False)) for _ in range(100)]
    assert max(given) < 2000 and sum(given) > 80 * len(good)


def test_files_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    good, bad = _TEXTS["fr"], _misread(_TEXTS["fr"], "cp1252")
    path.write_text(f"{good}\n{bad}\n", "utf-8")
    assert not recodec.recode_file(path).changed
    assert recodec.recode_file(path, mend=True).changed
    assert path.read_text("utf-8") == f"{good}\n{good}\n"
    assert not recodec.recode_file(path, mend=True).changed


@given(
    st.lists(st.sampled_from([*_TEXTS.values(), "так там", "Ã", "“", "é", " ", "\n"]), max_size=6)
)
def test_no_charset_is_left_out_that_a_run_matches(pieces: list[str]) -> None:
    text = "".join(pieces)
    for charset in ("cp1252", "cp1251", "cp866", "koi8-r", "mac-roman", None):
        line = text if charset is None else _misread(text, charset)
        for number, name in enumerate(_CHARSETS):
            assert _maybe(line) >> number & 1 or misreading(name).search(line) is None


def test_no_charset_looks_at_ordinary_text() -> None:
    assert not _maybe("Привет, как дела, что нового сегодня")
    assert not _maybe("Köln, café, żółw, ÅÉ")
    assert _maybe("CafÃ©") & 1
