"""What counts as right, and the figures made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import scoring
from peers import Guess
from set_names import Item


def _item(text: str | None, encoding: str, **other: object) -> Item:
    data = (text or "").encode(encoding) if encoding != "binary" else b"\0\1\2"
    values = {
        "set": "200", "id": f"xx/{encoding}/0", "data": data, "text": text, "encoding": encoding,
        "language": "fr", "weight": 2.0, "accept": (), **other,
    }  # fmt: skip
    return Item(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1〜2", "1～2"), ("a−b", "a－b"), ("‖", "∥"), ("¢£¬", "￠￡￢"), ("—", "―"), ("\\", "＼"),
        ("‾", "￣"), ("¥", "\\"), ("\ufeffabc", "abc"), ("a\r\nb", "a\nb"), ("a\x85b", "a\nb"),
        ("ê\u0301", "ế"),
    ],
)  # fmt: skip
def test_same_text(one: str, other: str) -> None:
    assert scoring.same_text(one, other)
    assert scoring.same_text(other, one)


@pytest.mark.parametrize(("one", "other"), [("é", "e"), ("a b", "ab"), ("İ", "I"), ("ş", "ș")])
def test_other_text(one: str, other: str) -> None:
    assert not scoring.same_text(one, other)


@pytest.fixture
def judge(tmp_path: Path) -> scoring.Judge:
    """A judge without tables: CPython's codecs are enough here."""
    return scoring.Judge(tmp_path)


def test_equivalent_encodings_are_right(judge: scoring.Judge) -> None:
    item = _item("été à la mer", "iso8859-1")
    for name, right, name_right in (
        ("cp1252", True, True), ("ISO-8859-1", True, True), ("iso8859-15", True, False),
        ("cp1250", False, False), ("utf-8", False, False), ("ascii", False, False),
    ):  # fmt: skip
        verdict = judge.judge(item, Guess(name, "fr", 0.5))
        assert (verdict.right, verdict.name_right) == (right, name_right), name


def test_habits_that_share_their_bytes(judge: scoring.Judge) -> None:
    """Romanian comma and cedilla, Hungarian tilde and double acute: right, but not exactly."""
    for text, codec, guess, language in (
        ("și țară", "iso8859-16", "iso8859-2", "ro"),
        ("õrült ûr", "iso8859-1", "cp1250", "hu"),
    ):
        item = _item(text, codec, language=language)
        verdict = judge.judge(item, Guess(guess, language, 0.9))
        assert (verdict.right, verdict.exact) == (True, False)
        verdict = judge.judge(item, Guess(codec, language, 0.9))
        assert (verdict.right, verdict.exact) == (True, True)
        assert not judge.judge(item._replace(language="pt"), Guess(guess)).right


def test_none_is_right_for_binary_alone(judge: scoring.Judge) -> None:
    assert judge.judge(_item(None, "binary"), Guess(None)).right
    assert not judge.judge(_item(None, "binary"), Guess("cp1252")).right
    assert not judge.judge(_item("été", "cp1252"), Guess(None)).right


def test_accepted_names(judge: scoring.Judge) -> None:
    broken = _item(None, "utf-8", data=b"\xc3\xa9 \xff", accept=("utf-8",))
    assert judge.judge(broken, Guess("UTF-8")).right
    assert not judge.judge(broken, Guess("cp1252")).right
    either = _item("naïve", "cp1252", accept=("iso8859-15",))
    assert judge.judge(either, Guess("ISO-8859-15")).right
    assert judge.judge(either, Guess("cp1252")).right


def test_unknown_name_is_wrong(judge: scoring.Judge) -> None:
    assert not judge.judge(_item("été", "cp1252"), Guess("x-no-such")).right


@pytest.mark.parametrize(
    ("said", "truth", "exact", "primary"),
    [
        ("fr", "fr", True, True), ("fr", "oc", False, False), (None, "fr", False, False),
        ("sr", "sr-Cyrl", True, True), ("sr", "sr-Latn", False, True),
        ("zh", "zh-Hans", True, True), ("zh", "zh-Hant", False, True),
        ("zh-TW", "zh-Hant", True, True), ("no", "nb", True, True),
        ("no", "nn", False, True), ("zh-Hant", "yue", False, True), ("az", "az-Latn", True, True),
    ],
)  # fmt: skip
def test_languages(
    judge: scoring.Judge, said: str | None, truth: str, exact: bool, primary: bool
) -> None:
    verdict = judge.judge(_item("a", "ascii", language=truth), Guess("ascii", said))
    assert (verdict.language_right, verdict.primary_right) == (exact, primary)


def test_no_language_asked(judge: scoring.Judge) -> None:
    assert judge.judge(_item("a", "ascii", language=None), Guess("ascii")).language_right is None


def test_macro_counts_pairs_and_weighted_counts_files(judge: scoring.Judge) -> None:
    common = [_item("été", "cp1252", id=f"fr/cp1252/{n}", weight=9.0) for n in range(3)]
    rare = [_item("été", "cp850", id="fr/cp850/0", weight=1.0)]
    verdicts = [judge.judge(item, Guess("cp1252", "fr")) for item in common + rare]
    found = scoring.score(verdicts)
    assert (found.items, found.macro, found.weighted) == (4, 50.0, 90.0)
    assert found.language == 100.0


def test_expected_error() -> None:
    assert scoring.expected_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0.0)
    assert scoring.expected_error([(1.0, False)] * 4) == pytest.approx(1.0)
    half = [(1.0, True)] * 2 + [(0.5, False)] * 2
    assert scoring.expected_error(half) == pytest.approx(0.25)
    assert scoring.expected_error([]) == 0.0


def test_calibration_bands(judge: scoring.Judge) -> None:
    short = judge.judge(_item("é" * 30, "cp1252"), Guess("cp1250", None, 0.95))
    wrong = judge.judge(_item("õ" * 300, "cp1252"), Guess("cp1250", None, 0.95))
    silent = judge.judge(_item("é", "cp1252"), Guess("cp1252"))
    rows = scoring.calibration([short, wrong, silent])
    assert set(rows) == {"<=40", "<=400", "all"}
    assert rows["<=40"].sure_and_wrong == 0.0
    assert rows["<=400"].sure_and_wrong == 100.0
    assert rows["all"].items == 2


@pytest.mark.parametrize(
    ("length", "name"),
    [(0, "<=40"), (40, "<=40"), (41, "<=100"), (2000, "<=2000"), (2001, ">2000")],
)
def test_band(length: int, name: str) -> None:
    assert scoring.band(length) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("windows-1252", "cp1252"), ("IBM037", "cp037"), ("IBM00858", "cp858"),
        ("Shift_JIS", "sjis"), ("x-mac-ce", "mac-latin2"), ("MacRoman", "macintosh"),
        ("UTF-8", "utf_8"), ("UHC", "cp949"),
    ],
)  # fmt: skip
def test_canonical(one: str, other: str) -> None:
    assert scoring.canonical(one) == scoring.canonical(other)
