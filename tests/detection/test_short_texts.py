"""Short texts, where each sign and each word counts: file names, cells, subjects."""

from __future__ import annotations

import pytest

import recodec

# Text, encoding, and what the bytes would be elsewhere: why a reader takes the first.
CASES = [
    ("Città", "cp437", "in cp1252 `Citt…`"),
    ("Virtù minori", "cp850", "in cp1252 a dash hangs on the word: `Virt— minori`"),
    (
        "Ëndrra e peshkatarit.avi",
        "cp850",
        "in cp1252 a quote that is never closed: `Óndrra`, `”ndrra`",
    ),
    ("Schůzka", "cp1250", "in mac-latin2 `Schýzka`, three letters that are as good"),
    ("Forlì", "cp1252", "a word that is known against one that could be"),
    ("LEGO® Education WeDo 2.0 is an introductory invention", "cp850", "in cp1252 `LEGO©`"),
    ("1½ kg of flour and 2½ of sugar", "cp1252", "a fraction stands behind a digit"),
    ("傘不怕雨", "big5", "whole, not from its second byte"),
    ("2800円", "cp930", "a number and its currency between shifts is no binary data"),
    ("10000원", "cp933", "the same in Korean"),
    ("„Älter als die Brücke“, sagte sie.", "cp1252", "quotes open before a word"),
    ("À faire avant dimanche.txt", "cp850", "in cp1252 a bullet, of what is no list"),
    ("Ærø", "cp1252", "no two characters of Big5, the second of which is cut"),
    ("Łódź", "cp1250", "in EBCDIC `t3ﺗﻎ`, by how often bytes occur, and in Shift_JIS cut"),
    ("łódź", "cp1250", "the same"),
    ("łódź", "iso8859-2", "the same"),
    ("ŁÓDŹ", "cp1250", "the same, in EUC-JP"),
    ("Straße", "cp273", "EBCDIC all the same"),
    ("Москва", "cp1025", "EBCDIC all the same"),
]


@pytest.mark.parametrize(("text", "encoding", "why"), CASES, ids=[case[0] for case in CASES])
def test_short_text(text: str, encoding: str, why: str) -> None:
    data = recodec.encode(text, encoding)
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == text, why


def test_what_is_rare_in_a_long_text_counts() -> None:
    # Mac Hebrew and windows-1255 have the same letters: the dash tells, wherever it stands.
    line = "הנוסח הזה ארוך מאוד ואין בו דבר שיש בו כדי ללמד על הקידוד"
    lines = [line] * 100 + ["הסוף – כמעט – כאן – ומה הלאה"] + [line] * 20
    data = recodec.encode("\r".join(lines), "mac-hebrew")
    found = recodec.detect(data)
    assert found.encoding is not None
    assert "– כמעט –" in recodec.decode(data, found.encoding).text


def test_letters_that_a_charset_lacks_were_typed_as_others() -> None:
    # Bashkir in windows-1251: `ә` as `э`, `ө` as `о`, `ҡ` as `к`, `ҙ` as `з`.
    text = "Был биттэге барлык узгэртеузэр исемлеге, яны мэкэлэлэр хэм катнашыусылар"
    found = recodec.detect(text.encode("cp1251"))
    assert found.encoding is not None
    assert text.encode("cp1251").decode(found.encoding) == text
    assert found.language in ("ba", "tt")


def test_english_words_do_not_make_a_korean_text_english() -> None:
    text = "FOSDEM 2012에서 데비안을 만나다: Free and Open Source Developer's European Meeting"
    assert recodec.detect(text.encode("utf-16-be")).language == "ko"
    assert recodec.detect(text.encode("utf-8")).language == "ko"


def test_an_english_sentence_with_a_spanish_name_is_english() -> None:
    text = (
        "The guests came from the university of San Martín and stayed with us for more than two "
        "weeks, which nobody in the house had thought of before"
    )
    assert recodec.detect(text.encode("cp1252")).language == "en"


def test_traditional_characters_in_iso_2022_cn() -> None:
    assert recodec.detect(recodec.encode("時間到了，請關門", "iso2022_cn")).language == "zh-Hant"
    assert recodec.detect(recodec.encode("时间到了，请关门", "iso2022_cn")).language == "zh-Hans"


def test_a_charset_that_is_rare_for_a_language_must_read_it_well() -> None:
    # Russian abbreviations without their vowels are letters of the Arabic IBM1008, too, and a
    # charset that nearly nobody wrote reads them least badly: that is no certainty.
    words = ("кллг", "зстлвшй", "прщн", "пршл", "прйт", "скд", "глблн", "смвл", "пкт", "днм")
    found = recodec.detect(", ".join(f"{word}." for word in words).encode("cp1251"))
    assert found.encoding == "cp1251" or found.confidence < 0.65


def test_a_byte_or_two_promise_little() -> None:
    """Two bytes of Armenian were said with 0.82, others with 0.89."""
    for one in range(0x80, 0x100):
        assert recodec.detect(bytes([one])).confidence < 0.3
        for other in range(0x20, 0x100, 5):
            found = recodec.detect(bytes([one, other]))
            assert found.source != "model" or found.confidence < 0.7, (one, other)


@pytest.mark.parametrize("plain", [b"", b"The price is "])
def test_a_character_of_utf8_that_the_end_cuts(plain: bytes) -> None:
    for cut, final, told in (
        (b"\xe2\x82", False, True),
        (b"\xf0\x9f", False, True),
        (b"\xf0\x9f\x98", False, True),
        (b"\xf0\x9f\x98", True, True),
        (b"\xe2\x82", True, False),
        (b"\xe2", False, False),
    ):
        found = recodec.detect(plain + cut, final=final)
        assert (found.encoding == "utf-8") == told
        if told:
            assert found.bad == int(final)
            assert found.valid_up_to == len(plain) + (0 if final else len(cut))
            assert 0.5 < found.confidence < 0.95


@pytest.mark.parametrize("final", [True, False])
def test_the_start_of_a_byte_order_mark(final: bool) -> None:
    """It was Armenian."""
    found = recodec.detect(b"\xef\xbb", final=final)
    assert (found.encoding, found.bad) == ("utf-8", int(final))


def test_a_character_that_is_cut_is_seldom_in_a_name() -> None:
    """What a byte means that is not read costs nothing: of four bytes that is much."""
    for text, encoding in [("Łódź", "cp1250"), ("Ærø", "cp1252"), ("HÅR", "cp1252")]:
        assert recodec.detect(text.encode(encoding)).valid_up_to == len(text)
    # A longer text may be cut, as fields of fixed size are.
    data = "東京都千代田区霞が関一丁目".encode("cp932")[:-1]
    found = recodec.detect(data)
    assert (found.encoding, found.valid_up_to) == ("cp932", len(data) - 1)


@pytest.mark.parametrize(
    "text", ["יום א׳, יום ב׳, יום ג׳\n", "ינו׳ פבר׳ אפר׳\n", "רחוב ז׳בוטינסקי", "דוא״ל: צה״ל"]
)
def test_geresh_is_no_pointed_letter(text: str):
    """Mac Hebrew has a shin with a point at the byte: it was the answer at 0.99."""
    assert recodec.detect(text.encode("cp1255")).encoding == "cp1255"
