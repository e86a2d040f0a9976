"""Signs that are all that an English text has beyond ASCII, each where people write it."""

from __future__ import annotations

import pytest

import recodec

TEXT = (
    "The clerk came late. He had lost the key to the store{}. Nobody was there to let him in.\n"
    "We waited for an hour in the yard. It rained. Then the owner{} drove up in a van.\n"
    "She laughed and opened the gate. The boxes were all wet. We carried them in.\n"
    "By noon the work was done. The owner made tea{}. It was too sweet, but we drank it.\n"
)
FORMS = {"registered": "\xae", "trade mark": "™", "half": " at 12\xbd", "degrees": " at 30\xb0"}


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac-roman"])
@pytest.mark.parametrize("form", FORMS)
def test_a_sign_is_read_where_it_belongs(form: str, encoding: str):
    text = TEXT.replace("{}", FORMS[form])
    try:
        data = recodec.encode(text, encoding)
    except UnicodeEncodeError:
        pytest.skip(f"{encoding} has no such sign")
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == text, found


def test_soft_hyphens_stand_in_words():
    text = TEXT.replace("{}", "").replace("Nobody", "No\xadbody").replace("carried", "car\xadried")
    found = recodec.detect(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.encoding or "") == text, found


def test_marks_of_thai_verse():
    """Khomut at the end was a registered sign in Mac Thai."""
    verse = "เมื่อวานฝนตกตลอดบ่าย แมวสองตัวนอนอยู่ใต้โต๊ะ"
    for text in (f"๏ {verse}ฯ", f"{verse}๚", f"๏ {verse}\n{verse}๚ะ๛\n"):
        data = text.encode("tis-620")
        found = recodec.detect(data)
        assert data.decode(found.encoding or "") == text, found


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_accents_typed_for_apostrophes(encoding: str):
    """Two of them made the text Latvian in Mac Latin 2."""
    for text in (
        "They won´t paint the fence before you´ve mended it.\n",
        "Don´t wait for them: they´ve missed the ferry.\n",
        "/* it´s done by the caller */\n",
    ):
        data = recodec.encode(text, encoding)
        found = recodec.detect(data)
        assert found.encoding is not None
        assert recodec.decode(data, found.encoding).text == text, found


@pytest.mark.parametrize(
    "text",
    [
        '      opts=`echo "$opts" | sed -e "s; ;§§;g" \\\n          -e "s;§§;${opt_S};g"`\n',
        "§§$- $$<a$+href=keys>$$keys$$</a>$$: explains the usage of the pager\n§§$- the next\n",
    ],
)
def test_a_sign_twice_is_no_word_of_two_letters(text: str):
    """They were Ukrainian in KOI8-U, up to 0.95."""
    found = recodec.detect(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.encoding or "") == text, found


@pytest.mark.parametrize("text", ["ее", "ее и её", "длинная шея"])
def test_letters_that_come_twice_are_no_signs(text: str):
    assert recodec.detect((text + "\n").encode("koi8-r")).encoding != "cp1252"


def test_rows_of_spaces_are_no_daggers():
    """U+2020 over and over, and a sign over and over, was Korean and Japanese in UTF-16."""
    for data in (b" " * 12 + b"\xb0" * 28, b"    \xbf \xaf         % \\o       \\O"):
        assert not (recodec.detect(data).encoding or "").startswith("utf-16"), data


@pytest.mark.parametrize(
    "name", ["Émile Zola", "Éric Dupont", "Édouard Manet", "Linköping University"]
)
@pytest.mark.parametrize(
    "line",
    [
        "/* this code was written by {} for the first release, see README for details */\n",
        "  * po/sv.po: Updated, thanks to {} (Closes: #123456).\n",
        "# Copyright (C) 2003 {} <info@example.org>\n",
    ],
)
def test_signs_that_touch_words_are_letters_of_names(name: str, line: str):
    """É was the ellipsis of Mac Roman, ö the dash of HP's Roman-8."""
    data = line.format(name).encode("cp1252")
    found = recodec.detect(data)
    assert data.decode(found.encoding or "") == line.format(name), found


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to Vincent Belaïche for the patch to the parser.",
        "The ferry leaves from Vardø at noon, and returns to Vardø at night.",
        "Modibo Keïta was the first president of the country.",
        'fprintf (stderr, "process_end: «%c»\\n", lexeme);',
    ],
)
def test_signs_beside_words_of_english(text: str):
    """ï was the acute of cp850, ø the degree of cp437; » has its « at a sign."""
    found = recodec.detect(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.encoding or "") == text, found


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
@pytest.mark.parametrize("word", ["doesn’t", "isn’t", "couldn’t", "they’re", "we’ll", "that’s"])
def test_apostrophes_of_english_in_code(word: str, encoding: str):
    """`doesnít` was Slovak in Mac Latin 2 at 0.94, `don’t` Vietnamese."""
    text = (
        f"/* If your platform {word} have vsnprintf, you are stuck with a\n"
        " * VERY dangerous alternative, vsprintf (with no n)\n */\n#if _MSC_VER\n"
        "\t/* Some SDKs define _vsnprintf (hopefully) */\n#define vsnprintf _vsnprintf\n"
    )
    data = recodec.encode(text, encoding)
    found = recodec.detect(data)
    assert recodec.decode(data, found.encoding).text == text, found


def test_letters_before_an_s_stay_letters():
    for text, encoding in (
        ("El país tiene un nuevo presidente y los demás candidatos se retiran.", "mac-roman"),
        ("Namo staltiesės kraštas buvo padengtas gražiais raštais.", "cp775"),
    ):
        data = recodec.encode(text, encoding)
        found = recodec.detect(data)
        assert recodec.decode(data, found.encoding).text == text, found


def test_a_lone_opening_quotation_mark_is_likelier_than_a_yen():
    """Where a piece ends before the closing one, it was held against `„veel`, not `¥veel`."""
    text = (
        "Üks mees läks ära ja linn jäi tühjaks, sest keegi ei tahtnud seal elada.\n"
        "Sest „veel on aega, ja siis tuleb see, keda"
    )
    found = recodec.detect(text.encode("iso8859_13"))
    assert text.encode("iso8859_13").decode(found.encoding or "") == text, found


@pytest.mark.parametrize(
    "text",
    [
        "see ``config.txt´´ and ``readme.txt´´ for the rest of it\n",
        "Who was it??¿¿ asked the clerk at the desk\n",
        "    * Set a ``Group´´, the account that the mill should run as\n      (``User´´, too).\n",
    ],
)
def test_a_sign_twice_is_no_frame(text: str) -> None:
    """A piece of a frame that does not meet itself (`┤┤`, `┐┐`) was as cheap as a line."""
    found = recodec.detect(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.encoding or "") == text, found


@pytest.mark.parametrize(
    ("mark", "line"),
    [
        ("†", "The {0}{1} is described in the second volume, and so is all that stands near.\n"),
        ("¶", "The {0}{1} is described in the second volume, and so is all that stands near.\n"),
        ("¦", "The {0}{1} is described in the second volume, and so is all that stands near.\n"),
        ("†", "{1} The {0} is described in the second volume, and so is all that stands near.\n"),
        ("‡", "{1} The {0} is described in the second volume, and so is all that stands near.\n"),
        ("¶", "{1} The {0} is described in the second volume, and so is all that stands near.\n"),
        ("†", "The {0} costs {1} 25 in the second volume, and so does all that stands near.\n"),
    ],
)
def test_a_rare_sign_again_is_no_news(mark: str, line: str) -> None:
    """Each cost 19 bits: Sorbian in cp852, Polish in ISO 8859-2 at 0.98, English in cp437."""
    places = "harbour castle garden chapel library market prison tower bridge palace garrison"
    text = "".join(line.format(place, mark) for place in places.split())
    found = recodec.detect(text.encode("cp1252"))
    assert recodec.decode(text.encode("cp1252"), found.encoding).text == text, found
