"""What no model can read: there a label decides that the bytes do not refute."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import recodec

_FORMS = {
    "bare": "{char}",
    "lines": "{byte:02X} {char}\n",
    "page": "<tr><td>{byte}</td><td>{char}</td></tr>\n",
}


def _in_order(charset: str, form: str) -> bytes:
    """The upper half of a code page, as tables of characters have it."""
    text = ""
    for byte in range(0xA0, 0x100):
        char = bytes((byte,)).decode(charset, "ignore")
        text += form.format(byte=byte, char=char) if char else ""
    return text.encode(charset)


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize(
    "charset",
    ["iso8859-2", "cp1252", "cp1251", "iso8859-5", "mac-roman", "cp850", "viscii", "cp1255"],
)
def test_characters_in_the_order_of_their_codes(charset: str, form: str) -> None:
    """The letters of every alphabet are next to each other there, and no word is: the least bad
    reading was Armenian at 1.00."""
    data = _in_order(charset, _FORMS[form])
    found = recodec.detect(data, declared=charset)
    assert (found.encoding, found.source) == (charset, "declared")
    assert recodec.detect(data).encoding != charset


@pytest.mark.parametrize(
    ("charset", "letters"),
    [
        ("vps", "àáâầấẩãăằắảéêềếễểẽẻìíĩỉòóôồốỗổỏơờớởờùúũủưừứửýđ"),
        ("tcvn", "àáâầấẫẩãăằắảạậặéêềếễểẽẻẹệìíĩỉịòóôồốỗổỏơờớởợọộùũủưđ"),
        ("cp850", "àáçèéíòóü"),
    ],
)
def test_letters_are_no_rare_characters_of_several_bytes(charset: str, letters: str) -> None:
    """Each pair of them may be one by chance."""
    data = f"{letters}\n".encode(charset)
    found = recodec.detect(data, declared=charset)
    assert (found.encoding, found.source) == (charset, "declared")
    unlabelled = recodec.detect(data)
    assert unlabelled.encoding == charset or unlabelled.confidence < 0.9


def test_text_is_not_what_a_false_label_says() -> None:
    for text, charset, label in (
        ("Все счастливые семьи похожи друг на друга.", "cp1251", "iso8859-1"),
        ("すべての幸福な家庭は互いに似ている。", "euc_jp", "cp1251"),
    ):
        assert recodec.detect(text.encode(charset), declared=label).encoding == charset


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("iso8859-7", "iso-8859-7"),
        ("iso8859-8", "iso-8859-8"),
        ("iso8859-2", "iso-8859-2"),
        ("cp866", "ibm866"),
        ("koi8-r", "koi8-r"),
        ("cp1253", "windows-1253"),
    ],
)
@pytest.mark.parametrize("form", ["grid", "quoted", "names", "cells"])
def test_a_table_of_characters_is_what_its_label_says(charset: str, label: str, form: str) -> None:
    """As letters that are listed it was ISO 8859-15, ARMSCII-8 or MIK, with 0.98."""
    known = []
    for value in range(0x80, 0x100):
        text = bytes([value]).decode(charset, "ignore")
        if text and not 0x80 <= ord(text) < 0xA0:
            known.append((bytes([value]), ord(text)))
    rows = {
        "grid": b"\n".join(
            b" ".join(b for b, _ in known[k : k + 16]) for k in range(0, len(known), 16)
        ),
        "quoted": b", ".join(b"'%s'" % b for b, _ in known),
        "names": b"\n".join(b"%s\tU+%04X\tLETTER %d" % (b, cp, cp) for b, cp in known),
        "cells": b"\n".join(b"<td>%d</td><td>%s</td>" % (cp, b) for b, cp in known),
    }
    data = f'<meta charset="{label}">\n'.encode() + rows[form] + b"\n"
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == data.decode(charset), found


@pytest.mark.parametrize(("charset", "label"), [("gb2312", "gb2312"), ("euc_kr", "euc-kr")])
def test_a_table_of_characters_of_two_bytes_is_what_its_label_says(
    charset: str, label: str
) -> None:
    codes = [bytes([row, cell]) for row in (0xB0, 0xB1) for cell in range(0xA1, 0xFF)]
    rows = [b" ".join(codes[k : k + 16]) for k in range(0, len(codes), 16)]
    data = f'<meta charset="{label}">\n'.encode() + b"\n".join(rows) + b"\n"
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == data.decode(charset), found


@pytest.mark.parametrize("label", ["iso-8859-1", "iso-8859-9", "tis-620", "koi8-u"])
@pytest.mark.parametrize("row", ["0x{0:02X} {1}\n", "{1} ", "  case '{1}': return {0};\n"])
@pytest.mark.parametrize("codes", [range(0x80, 0x100), range(0x80, 0xB0)])
def test_a_table_has_the_control_codes_of_its_label(
    label: str, row: str, codes: Sequence[int]
) -> None:
    """A page of ISO 8859-1 was Russian in cp866 at 0.99; KOI8-U cp1167, for the signs of that."""
    head = f"# -*- coding: {label} -*-\n".encode()
    name = label.replace("iso-", "iso")
    codes = [code for code in codes if recodec.decode(bytes([code]), name, errors="ignore").text]
    parts = [row.format(code, "\0").encode().replace(b"\0", bytes([code])) for code in codes]
    data = head + b"".join(parts) + b"\n"
    text = recodec.decode(data, name).text
    found = recodec.detect(data)
    assert recodec.decode(data, found.encoding).text == text, found


@pytest.mark.parametrize("codes", [range(0xA0, 0x100), range(0x80, 0xB0), range(0xC0, 0x100)])
def test_a_page_of_codes_without_a_label_is_in_any_charset(codes: range) -> None:
    """It was Armenian, Russian in cp866 or English in ISO 8859-15 at up to 1.00."""
    data = b"".join(b"%d\t%c\n" % (code, code) for code in codes)
    assert recodec.detect(data).confidence <= 0.5
