"""ASCII stays ASCII: the national 7-bit sets never take code, markup or encoded data."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec

# Each has signs inside words, as the letters of a national set would be.
CODE = {
    "python": 'raise ValueError(f"bad {kind!r} in {where}: {value[0]}{value[1:]}")\n',
    "format": 'return "{}-{}.{}".format(\n    major, minor, patch)\nlog("{node.type}{end}")\n',
    "c": "static int at[2] = {a[0]|b[1], ~mask};\nif (x[i]||y[j]) { return x[i]^y[j]; }\n",
    "regex": r"\b(raise|range|record|rem|renames|requeue|return|reverse|select)\b[a-z]{2}\d" + "\n",
    "tex": r"\begin{tabular}{l|r}\textbf{Stra\ss{}e} & 12\\ \hline\end{tabular} na\"{i}ve" + "\n",
    "troff": ".ie \\n[D] \\{\\\n.ie o \\\n.tl 'a'b'\n\\fBgit\\fR [\\fIoptions\\fR] {add|rm}\n",
    "json": json.dumps({"files": [{"n": 1, "p": ["a{b", "c|d"]}] * 3, "ok": True}) + "\n",
    "shell": 'for f in "${files[@]}"; do echo "${f%.*}|${f##*.}" >>"$out"; done\n',
    "paths": "C:\\Users\\ann\\file[1].txt\nD:\\tmp\\{guid}\\a~1.doc\n",
    "mail": "From: ann@example.org, bob@example.org\nTo: team@lists.example.org\n",
    "table": "|name|size|date|\n|----|----|----|\n|boot|12|May|\n|home|7|June|\n",
    "romanised": "privet, kak tvoi dela? segodnya my idyom v gorod za knigami i hlebom\n",
    "gibberish": "qwx zxq lkjh qx xq yqx wxq`zx vbq xqy`q mnbx qxz\n" * 3,
}


@pytest.mark.parametrize("kind", CODE)
@pytest.mark.parametrize("times", (1, 5))
def test_ascii_stays_ascii(kind: str, times: int) -> None:
    assert recodec.detect(CODE[kind].encode() * times).encoding == "ascii"


@given(data=st.binary(max_size=600))
def test_base64_stays_ascii(data: bytes) -> None:
    for text in (base64.b64encode(data), base64.encodebytes(data), data.hex().encode()):
        assert recodec.detect(text).encoding in ("ascii", "utf-8")  # utf-8 when empty


def test_a_label_asks_for_less() -> None:
    """One letter is enough where the header names the set, none is not."""
    data = "Han såg en bok på bordet.".encode("ascii", "ignore")
    assert recodec.detect(data, declared="SEN_850200_B").encoding == "ascii"
    data = recodec.encode("Han ser en bok på bordet.", "sen-850200-b")
    assert recodec.detect(data).encoding == "ascii"
    assert recodec.detect(data, declared="SEN_850200_B").encoding == "sen-850200-b"


def test_denied_sets_are_no_answer() -> None:
    data = recodec.encode(
        "Räksmörgåsen på bordet är min, sade hon och såg på honom.", "sen-850200-b"
    )
    assert recodec.detect(data).encoding == "sen-850200-b"
    assert recodec.detect(data, deny=("sen-850200-b", "sen-850200-c")).encoding == "ascii"


@pytest.mark.parametrize("line", ("%" * 100 + "\n%  Notes:\n", "@" * 40, "%%%%%%%%%%"))
def test_rows_of_signs_are_no_ebcdic(line: str) -> None:
    """`@` is the space of EBCDIC, and `%` its line feed."""
    assert recodec.detect(line.encode()).encoding == "ascii"


@pytest.mark.parametrize(
    ("text", "encoding"),
    (
        ("Az ősz szép: sárgák és vörösek a fák, hideg a víz, és későn kel a nap.", "msz-7795.3"),
        ("Non è più così: la città è lontana, perché la strada è lunga e già buia.", "iso646-it"),
        ("Não há razões para a opção da direção: as condições não são boas.", "iso646-pt"),
    ),
)
def test_more_countries_have_their_seven_bits(text: str, encoding: str) -> None:
    data = recodec.encode(text, encoding, "ignore")
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == recodec.decode(data, encoding).text


def test_ascii_is_not_certain_where_letters_of_a_country_would_read_better() -> None:
    """A word or two is no evidence, and no certainty either."""
    data = recodec.encode("Jag ser en sjö", "sen-850200-b")
    found = recodec.detect(data)
    assert found.encoding == "ascii"
    assert found.confidence < 0.8
    assert recodec.detect(b"int a[4] = {0}; x = a[i] | b;").confidence == 1.0


@pytest.mark.parametrize("sign", ["_", ";", "*", "=", "-", "~", "-=", "_ ", "|  ", "#=", "-+-|"])
@pytest.mark.parametrize("before", ["", "===", "// ", "   |\n", "# x\n"])
def test_a_rule_of_signs_is_no_alphabet_in_seven_bits(before: str, sign: str) -> None:
    """ARMSCII-7 has letters where ASCII has signs: `_____` is a letter again and again there."""
    for count in (20, 60, 300):
        assert recodec.detect((before + sign * count).encode()).encoding == "ascii"


def test_an_arrow_behind_an_address_is_no_name_of_a_mailbox():
    """`&row->next` is `&`, base64 and the hyphen that ends it: 0.99 for UTF-7 of IMAP."""
    code = b"memset(&mcsimple->list[pos], 0, 8);\nreturn &mcsimple->list[at];\n" * 3
    assert recodec.detect(code).encoding == "ascii"
    detector = recodec.Detector()
    for byte in code:
        detector.feed(bytes([byte]))
    assert detector.finish().encoding == "ascii"
    assert recodec.detect("Größe & Käse/Übung".encode("utf-7-imap")).encoding == "utf-7-imap"
