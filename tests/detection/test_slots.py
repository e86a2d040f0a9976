"""Words beside what stands for a number in source code and in catalogues of messages."""

from __future__ import annotations

import pytest

import recodec

CODE = (
    "use strict;\nmy %h = (a => 1);\nforeach my $k (sort keys %h) {{\n  print {};\n}}\nreturn 0;\n"
)


@pytest.mark.parametrize("slot", ["%d", "%02d", "%s", "$n", "$_[0]", "{0}", "{count}", "${n}"])
@pytest.mark.parametrize(
    ("charset", "before", "behind"),
    [
        ("euc_jp", "第", "節"),
        ("cp932", "第", "章"),
        ("gb18030", "第", "条"),
        ("big5hkscs", "第", "頁"),
        ("cp949", "제", "장"),
    ],
)
def test_are_read_as_beside_numbers(slot: str, charset: str, before: str, behind: str) -> None:
    for space in ("", " "):
        text = CODE.format(f'"{before}{space}{slot}{space}{behind}"')
        data = text.encode(charset)
        found = recodec.detect(data)
        assert found.encoding is not None
        assert data.decode(found.encoding) == text, found


@pytest.mark.parametrize("charset", ["euc_jp", "cp932", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("text", ["%Y年%m月%d日", "%H時%M分%S秒", "date +%Y年%-m月%-d日\n"])
def test_formats_of_dates(charset: str, text: str) -> None:
    text = text.replace("時", "时") if charset == "gb18030" else text
    data = text.encode(charset)
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == text, found


@pytest.mark.parametrize(
    "text",
    [
        "%s café\n",
        "$x déjà vu\n",
        "100% für alle\n",
        "{0} ändern\n",
        "avec fer \\begin{em}à gauche\\end{em}.",
        "\\Macro{over} è un comando",
    ],
)
def test_words_of_a_sentence_are_as_they_were(text: str) -> None:
    assert recodec.detect(text.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize(
    "text",
    [
        'msgstr "%s: errore: il livello di debug %s è sconosciuto.\\n"',
        'msgstr "il file %s è vuoto"',
        'msgstr "Copie de %s à %s"',
        '"%d à %d"',
        '"Fichier %s à supprimer"',
        '"$name è stato rimosso"',
        'msgstr "il valore %d è troppo grande"',
    ],
)
def test_a_lone_letter_beside_one_is_no_unit(text: str) -> None:
    """Nouns were taken for numbers: `è` was Czech `č`, `à` the `р` of Mongolian."""
    assert recodec.detect(text.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Poista {name}"),
        ("et", "Kustuta {count} faili"),
        ("hu", "Nem olvashat: %(filename)s"),
        ("de", "Von %(sender)s an %(recipient)s"),
        ("sv", "Visa ${filename} igen"),
        ("da", "Slet #{filename} nu"),
    ],
)
def test_names_in_slots_are_of_no_language(language: str, text: str) -> None:
    """They counted as words: these were Portuguese, Tagalog, English and Italian."""
    assert recodec.detect(text.encode()).language == language
    assert recodec.detect(text.encode("utf-16-le")).language == language


@pytest.mark.parametrize("text", ["\\emph{Straße}\\emph{und}\\emph{Häuser}", "f(Straßen)"])
def test_arguments_are_read(text: str) -> None:
    assert recodec.detect(text.encode()).language == "de"
