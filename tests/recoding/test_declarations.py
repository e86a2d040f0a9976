"""What a text says of its own encoding, rewritten."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._recoding.declarations import Declarations


def rewritten(text: str, target: str, cuts: tuple[int, ...] = ()) -> str:
    step = Declarations(target)
    places = [0, *sorted(cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places)]
    return "".join(step.feed(piece, False) for piece in pieces) + step.feed("", True)


CASES = [
    # HTML
    ('<meta charset="windows-1251">', "utf-8", '<meta charset="utf-8">'),
    ("<META CHARSET=Windows-1251>", "utf-8", "<META CHARSET=UTF-8>"),
    ("<meta charset='koi8-r'/>", "cp1252", "<meta charset='windows-1252'/>"),
    (
        '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">',
        "euc_jp",
        '<meta http-equiv="Content-Type" content="text/html; charset=euc-jp">',
    ),
    (
        "<meta content='text/html;charset=big5' http-equiv=content-type>",
        "utf-8",
        "<meta content='text/html;charset=utf-8' http-equiv=content-type>",
    ),
    # XML and CSS
    (
        '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>',
        "utf-8",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    ),
    ("\ufeff<?xml version='1.0' encoding='UTF-16'?>", "utf-8",
     "\ufeff<?xml version='1.0' encoding='UTF-8'?>"),
    ('@charset "iso-8859-15";\na{}', "utf-8", '@charset "utf-8";\na{}'),
    # PEP 263, Ruby
    ("# -*- coding: cp1251 -*-\n", "utf-8", "# -*- coding: utf-8 -*-\n"),
    ("#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n", "utf-8",
     "#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\n"),
    ("#!/usr/bin/python\n#coding=latin-1\nx\n", "utf-8-sig",
     "#!/usr/bin/python\n#coding=utf-8\nx\n"),
    # Emacs, Vim
    ("/* -*- mode: c; coding: euc-jp-unix; tab-width: 4 -*- */\n", "utf-8",
     "/* -*- mode: c; coding: utf-8-unix; tab-width: 4 -*- */\n"),
    ("x\n" * 9000 + "/* vim: ts=8 fenc=cp1251\n*/\n", "koi8-r",
     "x\n" * 9000 + "/* vim: ts=8 fenc=koi8-r\n*/\n"),
    ("// vim: set fenc=koi8-r:\n", "cp1251", "// vim: set fenc=cp1251:\n"),
    ('" a script\nscriptencoding cp1251\n', "utf-8", '" a script\nscriptencoding utf-8\n'),
    # Catalogues
    ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-2\\n"\n', "utf-8",
     'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'),
    # TeX
    ("\\documentclass{a}\n\\usepackage[latin2]{inputenc}\n", "utf-8",
     "\\documentclass{a}\n\\usepackage[utf8]{inputenc}\n"),
    ("\\usepackage[utf8,latin1]{inputenc}\n", "mac-roman",
     "\\usepackage[utf8,applemac]{inputenc}\n"),
    ("\\inputencoding{ansinew}\n", "utf-8-sig", "\\inputencoding{utf8}\n"),
    ("\\inputencoding latin2\n", "utf-8", "\\inputencoding utf8\n"),
    ("@documentencoding ISO-8859-2\n", "utf-8", "@documentencoding UTF-8\n"),
    ("% Encoding: windows-1252\n", "utf-8", "% Encoding: utf-8\n"),
    # Perl's documentation, resources of Windows
    ("=encoding koi8-r\n\n=head1 A\n", "utf-8", "=encoding utf-8\n\n=head1 A\n"),
    ("#pragma code_page(1250)\n", "utf-8", "#pragma code_page(65001)\n"),
    ("#pragma code_page(DEFAULT)\n", "utf-8", "#pragma code_page(DEFAULT)\n"),
    *(
        (f"#pragma code_page({page})\n", f"cp{other}", f"#pragma code_page({other})\n")
        for page, other in pairwise((932, 936, 949, 950, 874, *range(1250, 1259), 932))
    ),
    # Dictionaries
    ("SET microsoft-cp1251\r\nTRY abc\r\n", "utf-8", "SET UTF-8\r\nTRY abc\r\n"),
    ("# x\nSET ISO8859-1\n", "iso8859-15", "# x\nSET ISO8859-15\n"),
    # Dumps
    ("-- x\n/*!40101 SET NAMES latin1 */;\n", "utf-8", "-- x\n/*!40101 SET NAMES utf8mb4 */;\n"),
    ("SET NAMES 'LATIN1';\n", "utf-8", "SET NAMES 'UTF8';\n"),
    ("set names koi8r;\n", "cp1251", "set names cp1251;\n"),
    ("set names ujis;\n", "cp932", "set names cp932;\n"),
    ("set names cp932;\n", "euc_kr", "set names euckr;\n"),
    ("set names gbk;\n", "iso8859-13", "set names latin7;\n"),
    ("set names latin7;\n", "iso8859-7", "set names greek;\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target", "expected"), CASES)
def test_rewritten(text: str, target: str, expected: str) -> None:
    assert rewritten(text, target) == expected


def test_each_line_of_a_card_has_its_own() -> None:
    """However far down; what is coded in ASCII stays in what it is."""
    coded = "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller\r\n"
    card = f"BEGIN:VCARD\r\nN;CHARSET=ISO-8859-1:Müller\r\n{coded}NOTE:;charset=koi8-r\r\n"
    text = (card + "END:VCARD\r\n") * 300 + "TITLE;CHARSET=ISO-8859-1:Köchin"
    done = text.replace("N;CHARSET=ISO-8859-1:Mü", "N;CHARSET=UTF-8:Mü")
    done = done.replace("E;CHARSET=ISO-8859-1:K", "E;CHARSET=UTF-8:K")
    assert rewritten(text, "utf-8") == done
    assert rewritten(text, "utf-8", (5000, 9000, 9001, 20_000)) == done


LEFT_ALONE = [
    # What escapes and transfer encodings hold is not recoded
    "{\\rtf1\\ansi\\ansicpg1250 M\\'fcller}",
    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n",
    # No name of an encoding, none that the format has, and other words
    "SET NAMES x\n",
    "SET ECHO OFF\n",
    "SETUP koi8-r\n",
    "\\usepackage[T1]{fontenc}\n",
    "iso-8859-1\nutf-8\n",
    # A template, a name that is no encoding
    '<meta charset="{{ charset }}">',
    '<meta charset="no-such-encoding">',
    # A comment, another meta, prose
    '<!-- <meta charset="koi8-r"> -->',
    '<meta name="description" content="charset=koi8-r">',
    'Say charset="koi8-r" and encoding="koi8-r" there.',
    'x <?xml version="1.0" encoding="koi8-r"?>',
    ' @charset "koi8-r";',
    # Beyond the lines where it counts
    "\n\n# coding: koi8-r\n",
    "\n" * 5 + "# vim: fenc=koi8-r\n" + "\n" * 5,
    "coding: koi8-r",
    "<meta",
    "",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert rewritten(text, "utf-8") == text


def test_a_format_without_a_name_for_it() -> None:
    text = "\\usepackage[latin1]{inputenc}\n"
    assert rewritten(text, "shift_jis") == text


def test_only_the_start_is_looked_at_however_the_text_comes() -> None:
    """A page about charsets that quotes a declaration far below keeps it."""
    below = '<meta charset="koi8-r">'
    text = "<html><p>" + "x" * 10_000 + below + "y" * 10_000
    for size in (len(text), 9_000, 500):
        step = Declarations("utf-8")
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        done = [step.feed(piece, piece is pieces[-1]) for piece in pieces]
        assert "".join(done) == text


@given(
    case=st.sampled_from(CASES),
    before=st.integers(0, 1).map(lambda n: " " * n),
    cuts=st.lists(st.integers(0, 200), max_size=4).map(tuple),
)
def test_cuts_do_not_matter(case: tuple[str, str, str], before: str, cuts: tuple[int, ...]) -> None:
    assert rewritten(case[0], case[1], cuts) == case[2]


@given(
    text=st.text(st.characters(blacklist_characters="cC"), max_size=200),
    cuts=st.lists(st.integers(0, 200), max_size=4).map(tuple),
)
def test_other_text_passes_as_it_is(text: str, cuts: tuple[int, ...]) -> None:
    """Every declaration has a C in it: charset, encoding, coding, fenc."""
    assert rewritten(text, "utf-8", cuts) == text


def test_on_the_way_of_a_conversion() -> None:
    page = '<meta charset="windows-1251"><p>' + "Съешь же ещё этих мягких булок. " * 9
    target = io.BytesIO()
    recodec.recode_stream(
        io.BytesIO(page.encode("cp1251")), target, "koi8-r", update_declarations=True
    )
    assert target.getvalue().decode("koi8-r") == page.replace("windows-1251", "koi8-r")


def test_file_that_is_verified(tmp_path) -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?><p>' + "Съешь же ещё этих булок. " * 9
    path = tmp_path / "page.xml"
    path.write_bytes(page.encode("cp1251"))
    done = recodec.recode_file(path, "utf-16", update_declarations=True, bom="add")
    assert done.changed
    assert path.read_bytes().decode("utf-16") == page.replace("windows-1251", "utf-16")


def test_a_card_that_comes_in_pieces_is_changed_by_whole_lines() -> None:
    card = "BEGIN:VCARD\r\n" + "NOTE;CHARSET=koi8-r:x\r\nN:y\r\n" * 400 + "N;CHARSET=koi8-r:z"
    whole = rewritten(card, "utf-8")
    assert "koi8-r" not in whole
    assert whole == card.replace("koi8-r", "utf-8")
    for at in range(len(card) - 30, len(card)):
        assert rewritten(card, "utf-8", (at,)) == whole


def test_a_type_without_content_is_left() -> None:
    tag = '<meta http-equiv="Content-Type">'
    assert rewritten(tag, "utf-8") == tag
