"""UTF-8 that was misread and saved again is undone, and nothing else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._files import conversion, verify
from recodec._mixed import mend as module
from recodec._mixed.mend import _CHARSETS, Mender, _maybe
from recodec._mixed.misread import misreading

_TEXTS = {
    "de": "Schöne Grüße aus Köln, für die Männer",
    "fr": "Le café est fermé jusqu’à lundi – désolé",
    "ru": "Съешь же ещё этих мягких французских булок",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "el": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "ja": "この文書は日本語で書かれています。",
}


def _misread(text: str, charset: str, times: int = 1) -> str:
    letters = misreading(charset).letters
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
    st.lists(st.sampled_from(["CafÃ©", "word", " ", "\n", "Ã¼ber ", "Ã©Ã¼", "çªå"]), max_size=30),
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


def test_a_long_line_without_a_space_is_mended_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a dump of objects in one line. Behind what is ASCII no misread character goes on."""
    monkeypatch.setattr(module, "_LONG", 1000)
    good, bad = (
        _TEXTS["de"].replace(" ", '","'),
        _misread(_TEXTS["de"].replace(" ", '","'), "cp1252"),
    )
    assert recodec.mend(bad * 100) == good * 100
    mender = Mender()
    given = [len(mender.feed(bad, False)) for _ in range(100)]
    assert max(given) < 3000 and sum(given) > 60 * len(good)


@pytest.mark.parametrize(
    ("good", "charset"),
    [
        ("漢字", "cp1252"),
        ("漢字", "mac-roman"),
        ("привет", "cp1251"),
        ("한글", "cp437"),
        ("漢", None),
    ],
)
def test_a_long_line_without_ascii_is_held_in_parts(
    good: str, charset: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LONG", 1000)
    bad = good if charset is None else _misread(good, charset)
    mender = Mender()
    given = [mender.feed(bad * 100, False) for _ in range(100)]
    assert max(map(len, given)) <= 4200
    assert sum(map(len, given)) >= 10_000 * len(good) - 4200
    whole = "".join([*given, mender.feed("", True)])
    assert whole == good * 10_000 == recodec.mend(bad * 10_000)


def test_files_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    good, bad = _TEXTS["fr"], _misread(_TEXTS["fr"], "cp1252")
    path.write_text(f"{good}\n{bad}\n", "utf-8")
    assert not recodec.recode_file(path).changed
    assert recodec.recode_file(path, mend=True).changed
    assert path.read_text("utf-8") == f"{good}\n{good}\n"
    assert not recodec.recode_file(path, mend=True).changed


@pytest.mark.parametrize("to", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_long_file_is_mended_once(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digest of its text is compared with that of the new file."""
    mended = []

    def count(text: str) -> str:
        mended.append(text)
        return recodec.mend(text)

    monkeypatch.setattr(module, "mend", count)
    monkeypatch.setattr(conversion, "_KEPT", 100)
    path = tmp_path / "export.csv"
    good, bad = _TEXTS["fr"] + "\n", _misread(_TEXTS["fr"], "cp1252") + "\n"
    path.write_text(bad * 20, "utf-8")
    assert recodec.recode_file(path, to, mend=True).changed
    assert path.read_text(to) == good * 20
    assert "".join(mended) == bad * 20


@pytest.mark.parametrize("to", ["utf-8", "utf-16", "cp1252"])
def test_a_mended_file_is_verified(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = verify.verify

    def rotten(made: Any, source: Any, written: io.BufferedRandom, name: str) -> None:
        written.seek(100)
        written.write(b"xx")
        written.seek(0)
        checked(made, source, written, name)

    monkeypatch.setattr(verify, "verify", rotten)
    monkeypatch.setattr(conversion, "_KEPT", 100)
    path = tmp_path / "export.csv"
    bad = _misread(_TEXTS["fr"], "cp1252") * 20
    path.write_text(bad, "utf-8")
    with pytest.raises(recodec.VerificationError, match="would not give back the same text"):
        recodec.recode_file(path, to, mend=True)
    assert path.read_text("utf-8") == bad


@given(
    st.lists(st.sampled_from([*_TEXTS.values(), "так там", "Ã", "“", "é", " ", "\n"]), max_size=6)
)
def test_no_charset_is_left_out_that_a_run_matches(pieces: list[str]) -> None:
    text = "".join(pieces)
    for charset in ("cp1252", "cp1251", "cp866", "koi8-r", "mac-roman", None):
        line = text if charset is None else _misread(text, charset)
        for number, name in enumerate(_CHARSETS):
            assert _maybe(line) >> number & 1 or misreading(name).strict.search(line) is None


def test_no_charset_looks_at_ordinary_text() -> None:
    assert not _maybe("Привет, как дела, что нового сегодня")
    assert not _maybe("Köln, café, żółw, ÅÉ")
    assert _maybe("CafÃ©") & 1


def _lossy(text: str, charset: str) -> str:
    """The same by a program that puts U+FFFD where the charset defines no character."""
    return text.encode().decode(charset, "replace")


_UNSEEN = dict.fromkeys([*range(0x80, 0xA0), 0xAD])  # C1 controls and soft hyphens


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Mi prima vivía en un país lejano", "cp1252"),  # with nothing else that was misread
        ("allí", "cp1252"),
        ("Área de recreo", "cp1252"),
        ("Notícias da política e informações", "cp1252"),
        ("“No,” said the captain. “Not today.”", "cp1252"),
        ("Всё для сада и огорода, доставка на дом", "cp1252"),
        ("Lukáš četl knížku o řece", "cp1252"),
        ("Letní dny plynou, říká dědeček", "cp1250"),
        ("Ich öffne ein Fenster in Österreich", "cp1252"),
    ],
)
def test_bytes_that_are_not_seen_may_be_gone(text: str, charset: str) -> None:
    misread = _misread(text, charset).translate(_UNSEEN)
    assert recodec.mend(misread) == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("“No,” said the captain. “Not today.”", "cp1252"),
        ("Иван читает книгу", "cp1251"),
        ("И вечером тоже", "cp1251"),
        ("Kočka leze dírou, pes oknem", "cp1252"),
    ],
)
def test_undefined_bytes_may_be_question_marks(text: str, charset: str) -> None:
    misread = text.encode().decode(charset, "replace").replace("\ufffd", "?")
    assert "?" in misread
    assert recodec.mend(misread) == text


@pytest.mark.parametrize(
    "text",
    [
        "A IRMÃ E O IRMÃO, NÃO É ISSO?",
        "Ärger in Österreich: Spaß?",
        "ÅÄÖ? ÇÃO",
        "Åsa bor på Öland, Ärla",
        "Dann kam Ö? und ging",
        "voilà… café” à «",
    ],
)
def test_letters_without_a_second_byte_stand_for_themselves(text: str) -> None:
    assert recodec.mend(text) == text
    assert recodec.mend(f"{text} – schÃ¶n") == f"{text} – schön"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Slovenčina je jazyk", "cp1252"),
        ("Русский язык", "cp1252"),
        ("“Is it?” he said. “It is.”", "cp1252"),
        ("Nejlepší český čaj se pije na břehu řeky, když svítí slunce", "cp1252"),
    ],
)
def test_lost_characters_come_back(text: str, charset: str) -> None:
    misread = _lossy(text, charset)
    assert "\ufffd" in misread
    assert recodec.mend(misread) == text


@pytest.mark.parametrize(
    "text", ["퍼부품 후반 하일라이트", "한국어와 中文 편집판", "힌두교, 히브리어"]
)
@pytest.mark.parametrize("charset", ["cp1252", "cp1254", "mac-roman"])
def test_syllables_before_others_are_no_surrogates(text: str, charset: str) -> None:
    assert recodec.mend(_misread(text, charset)) == text
    assert "\n" not in recodec.mend(_lossy(text, charset))


def test_what_may_be_several_characters_stays_lost() -> None:
    assert recodec.mend(_lossy("Á útgáfunni skal", "cp1252")) == "\ufffd útgáfunni skal"
    assert recodec.mend("a \ufffd b\ufffdé") == "a \ufffd b\ufffdé"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("voilà le travail", "cp1252"),
        ("La città è là, però", "cp1252"),
        ("Né à Quenza, décédé à Paris", "cp1251"),
        ("Chào bạn, hài lòng", "cp1252"),
        ("Розпочинаємо Роботу", "cp1252"),
        ("Škola a rodina, příliš žluťoučký", "cp1250"),
    ],
)
def test_no_break_spaces_may_have_become_spaces(text: str, charset: str) -> None:
    spaced = _misread(text, charset).replace("\xa0", " ")
    assert spaced != _misread(text, charset)
    assert recodec.mend(spaced) == text
    assert recodec.mend(spaced + "\r\n") == text + "\r\n"


def test_of_two_spaces_one_may_be_left() -> None:
    assert recodec.mend("Ã perturber la rÃ©flexion") == "à perturber la réflexion"
    assert recodec.mend("La rÃ©flexion est lÃ\n") == "La réflexion est là\n"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("„Handwerk“ bringt dich überall hin", "cp1252"),
        ("Il n’a pas… 20 €", "cp1252"),
        ("„Łódź” – miasto źródeł", "cp1250"),
        ("Он сказал: «Нет» — и ушёл…", "cp1251"),
        ("これは日本語の文書です。", "cp932"),
        ("Habitantes de Coatlán confían", "mac-roman"),
    ],
)
def test_what_was_read_in_latin_1_is_read_again(text: str, charset: str) -> None:
    assert recodec.mend(text.encode(charset).decode("latin-1") + "\n") == text + "\n"


def test_controls_in_other_text_are_signs_of_windows_1252() -> None:
    assert recodec.mend("Łódź \x96 \x84miasto\x94 ☺") == "Łódź – „miasto” ☺"
    assert recodec.mend("Und so weiter\x85 ☺") == "Und so weiter… ☺"
    assert recodec.mend("line\x85line é\x85") == "line\x85line é\x85"


@pytest.mark.parametrize("charset", ["cp1252", "iso8859-1"])
def test_surrogates_in_utf_8_are_pairs(charset: str) -> None:
    pair = "\U0001f60d".encode("utf-16-be")
    halves = "".join(chr(int.from_bytes(pair[at : at + 2], "big")) for at in (0, 2))
    letters = misreading(charset).letters
    misread = "".join(letters[byte] for byte in f"Grüße {halves}".encode("utf-8", "surrogatepass"))
    assert recodec.mend(misread) == "Grüße \U0001f60d"


def test_parts_of_a_line_decide_for_the_rest() -> None:
    assert recodec.mend("EZ EGY APRÃ“ SZERKESZTÃ‰S") == "EZ EGY APRÓ SZERKESZTÉS"
    assert recodec.mend("HÃ\xa0 Nam vÃ\xa0 HÃ\xa0 Ná»™i") == "Hà Nam và Hà Nội"


@pytest.mark.parametrize(
    "text",
    [
        "FÄRG TILL GRÅ…",
        "C O N C L U S Ã O",
        "MAÇÃ E PÃO",
        "(-1/2)! = √π, ∆°",
        "OK? `¬´ ( o¬ô )",
        "There are a lot of Ã’s in it",
        "những tảng đá khổng lồ",
        "спіс паслуг (SID’Ы)".upper(),
        "ФОРМАТ «Д-М-Р», АБО «МІСЯЦЬ-ДЕНЬ-РІК»",
        "Å være, Ä og Ø",
    ],
)
def test_letters_and_signs_that_look_like_a_pair_stay(text: str) -> None:
    assert recodec.mend(text) == text


def test_a_long_line_without_spaces() -> None:
    text = "日本語の文書、かな。" * 1000
    assert recodec.mend(_misread(text, "cp1252")) == text
    assert recodec.mend(_lossy(text, "cp1252")).count("\n") == 0


@given(st.text(), st.sampled_from(["cp1252", "cp1254", "cp1258", "cp1253", "cp874"]))
def test_any_lossy_text_goes_through(text: str, charset: str) -> None:
    try:
        misread = text.encode().decode(charset, "replace").replace("\xa0", " ")
    except UnicodeEncodeError:
        return  # half a surrogate pair
    assert recodec.mend(misread).count("\n") == misread.count("\n")


def test_a_word_may_be_in_another_language_than_its_line() -> None:
    line = "SlovenÄ\ufffdina: CafÃ©, voilÃ  le travail"
    assert recodec.mend(line) == "Slovenčina: Café, voilà le travail"
