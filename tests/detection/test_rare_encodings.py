"""A rare encoding is found when it is right, and wins nothing without evidence.

Most cases are texts whose telling characters are few or come late: what the models weigh is a part
of a long input, and what they do not see must still count.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

import recodec
from own_texts import TEXTS, prose
from recodec._registry import charsets


def plain(language: str) -> str:
    """The ASCII lines of the prose, several times over: more than the models weigh in full."""
    text = "".join(char if char.isascii() else " " for char in prose(language))
    return "\n".join(f"{number}. {text}" for number in range(1 + 9000 // len(text))) + "\n"


class Case(NamedTuple):
    """A text that must come out of detection as it went in."""

    name: str
    encoding: str
    text: str

    def __str__(self) -> str:
        return self.name


LATE_N = "La ruta especificada no existe en el sistema de archivos.\n" * 20
ENGLISH = "Your message was sent. See the list of members below.\x85" * 8
SPANISH = "¡Hola! El año que viene habrá más.\x85La señora García llegó mañana a España.\x85"
OCCITAN = "La lenga occitana es parlada dins lo miègjorn, e son istòria es rica e fòrça longa.\n"
CASES = (
    # cp500 and cp284 differ in the letter Ñ and a few signs, all of them ASCII bytes in EBCDIC.
    Case("ebcdic-late-letter", "cp500", LATE_N.replace("\n", "\x85") + "El año que viene.\x85"),
    # A lone dash is picked out of a long text again and again; as ó it would be a word.
    Case("lone-dashes", "cp1252", plain("id") + "Habari — za leo — rafiki — yangu.\r\n" * 60),
    Case("lone-dashes-mac", "mac-roman", plain("id") + "Habari — za leo — rafiki — yangu.\r" * 60),
    # The same notice over and over is no evidence for Estonian.
    Case("notices", "cp1252", plain("id") + "Hak cipta ©1998-2005 oleh penyumbang.\r\n" * 60),
    # What tells cp939 from cp930 (small letters, half-width katakana) comes after 4 KiB.
    Case(
        "mixed-ebcdic-late-letters", "cp939",
        prose("ja").replace("\n", "") * (1 + 3000 // len(prose("ja"))) + "the quick brown fox",
    ),
    # cp871's line end is none in the page of the statistical office, which wins nothing by that.
    Case("ebcdic-lines", "cp871", "Pétur á baðhúsið við höfnina\x85" * 12),
    # In cp437 these letters are box drawing, which has no place in words.
    Case(
        "letters-of-frames", "cp774",
        "Žinią atnešė vyrų būrys: jį įkirtę, į pilį įėję, jį ramybę turėję, į koją įgėlę.\r\n" * 3,
    ),
    # mac-arabic has a second set of ASCII signs where cp708 has quotation marks.
    Case("arabic-quotes", "cp708", prose("ar") + "\r\n«قال» «نعم»\r\n"),
    # No table of ours says that these were used for the language; they hold its letters.
    Case("slovene-mac", "mac-latin2", prose("sl")),
    Case("croatian-baltic", "iso8859-13", "Čaša žućkaste šljivovice još čeka na stolu naše kuće."),
    Case("latvian-nordic", "iso8859-10", prose("lv")),
    # Accents that mark stress in books on the language are no letters that a charset must hold.
    Case("lithuanian-nordic", "iso8859-10", prose("lt")),
    # Two kilobytes of English come before the text, as a licence does.
    *(
        Case(f"after-english-{name}", name, plain("en")[:2000] + "\n" + prose("vi") * 3)
        for name in ("tcvn", "viscii", "vps")
    ),
    # A title drawn with signs of two bytes comes before the text.
    Case("title-of-signs", "johab", "   ▒▒▒    ▒▒▒  ▒▒  ▒▒  ▤▤▤▤\n" * 12 + prose("ko")),
    Case("frames", "cp949", "─" * 30 + "\n" + "▒▒▒   ▒▒▒   ▒▒▒\n" * 12),
    # In windows-1252 the ligature is a fraction; Occitan has no such letter.
    Case("ligature-is-no-fraction", "iso8859-15", OCCITAN * 12 + "Nous œuvrons pour vous.\n"),
    # In Mac OS Croatian the letter is an opening quote.
    Case("letter-is-no-quote", "iso8859-2", prose("hr") + "\nIma još mnogo pitanjâ. To je tako.\n"),
    # English is listed with other pages, in which the one letter is a sign.
    Case("ebcdic-english-preface", "cp284", ENGLISH + SPANISH),
    Case("greek-dos", "cp851", "Μια μέρα η Μαρία πήγε στη Μύκονο με το πλοίο της γραμμής.\r\n" * 3),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_text_comes_out_as_it_went_in(case: Case) -> None:
    data = recodec.encode(case.text, case.encoding, "ignore")
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == recodec.decode(data, case.encoding).text


def written(charset: charsets.Charset, language: str) -> bytes | None:
    """The prose in a charset; None where more than one letter in thirty is not in it."""
    text = prose(language)
    if charset.name in CAPITALS_ONLY:
        text = text.upper()
    data = recodec.encode(text, charset.name, "ignore")
    kept = recodec.decode(data, charset.name, "replace").text
    letters = sum(map(str.isalpha, text))
    return data if sum(map(str.isalpha, kept)) > letters - letters // 30 else None


CAPITALS_ONLY = ("cp4899", "cp803")
# Where all that tells our text from the same in a commoner charset is one character.
AMBIGUOUS = {
    ("iso8859-15", "en"): "a euro sign",
    ("iso8859-15", "fi"): "one Š",
    ("hp-roman8", "en"): "a pound sign",
    ("dec-mcs", "fr"): "one œ",
}


def pairs() -> list[tuple[str, str]]:
    have = {path.stem for path in TEXTS.glob("*.toml")}
    return [
        (charset.name, language)
        for charset in charsets.all_charsets()
        if charset.detectable and charset.kind == "single" and charset.family != "seven-bit"
        for language in charset.languages
        if language in have and (charset.name, language) not in AMBIGUOUS
        if written(charset, language) is not None
    ]


@pytest.mark.parametrize(("name", "language"), pairs())
def test_each_language_of_each_charset_is_told(name: str, language: str) -> None:
    data = written(charsets.lookup(name), language)
    assert data is not None
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == recodec.decode(data, name).text


SEVEN_BITS = [
    Case("viqr", "viqr", "Hà Nội là thủ đô của nước Việt Nam, có lịch sử lâu đời."),
    Case("greek", "greek7", "Η γλωσσα μας εχει μεγαλη ιστορια και το πλοιο φευγει νωρις"),
    Case(
        "old greek", "greek7-old", "Το πλοιο φευγει νωρις το πρωι και φτανει στο νησι τωρα με ψαρια"
    ),
    Case("spanish", "iso646-es", "El niño español sueña con la montaña. Mañana será otro año"),
    Case("number sign", "ns-4551-1", "Mailen er ikke # lest: en blå båt på sjøen og ære være."),
    Case("section sign", "ns-4551-2", "Jeg så en blå båt på sjøen, se § 5, og det var ære å være."),
]


@pytest.mark.parametrize("case", SEVEN_BITS, ids=str)
def test_seven_bit_sets_are_told(case: Case) -> None:
    text = case.text.replace("á", "a")
    found = recodec.detect(recodec.encode(text, case.encoding))
    assert found.encoding == case.encoding
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "It isn't what I'd call (perhaps) easy. Don't you think so? We can't say. +1 from me.",
        "f(a) + g(e) = x^2 + y^2; h'(x) ~ o(x^3); a' = b' + c'. u+v. e^x. (a+b)? (a~b).",
        "SELECT * FROM WAREHOUSE WHERE QUANTITY > 5; INSERT INTO WORKFLOW VALUES (V1, W2)",
    ],
)
def test_ascii_is_no_alphabet_in_seven_bits(text: str) -> None:
    assert recodec.detect(text.encode()).encoding == "ascii"
    assert recodec.detect((text + "\n").encode() * 30).encoding == "ascii"
