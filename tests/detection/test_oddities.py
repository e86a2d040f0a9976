"""Odd inputs, each a named case: damaged, mixed, mislabelled, cut, tiny, or text in a sea of ASCII.

The texts are those of corpora/texts; what is done to them stands in the case.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from typing import NamedTuple

import pytest

import recodec
import roads
from own_texts import prose


def in_charset(language: str, encoding: str) -> str:
    """The prose with what the charset lacks left out."""
    return recodec.encode(prose(language), encoding, "ignore").decode(encoding)


class Odd(NamedTuple):
    """One input. `accept` are the encodings that are right (None: binary); `text` what is read."""

    name: str
    data: bytes
    accept: tuple[str | None, ...]
    text: str | None = None
    language: str | None = None
    bad: int | None = 0
    valid_up_to: int | None = None

    def __str__(self) -> str:
        return self.name


# (language, encoding): frequent ones of every kind.
SINGLE = (
    ("ru", "cp1251"), ("ru", "koi8-r"), ("cs", "cp1250"), ("pl", "iso8859-2"), ("fr", "cp1252"),
    ("de", "cp1252"), ("el", "cp1253"), ("tr", "cp1254"), ("he", "cp1255"), ("ar", "cp1256"),
    ("lt", "cp1257"), ("th", "cp874"), ("uk", "cp1251"),
)  # fmt: skip
MULTI = (
    ("ja", "cp932"), ("ja", "euc_jp"), ("zh-Hans", "gb18030"), ("zh-Hant", "big5"), ("ko", "cp949"),
)  # fmt: skip
FAMILY = {
    "cp932": ("cp932", "shift_jis"),
    "euc_jp": ("euc_jp", "eucjp-ms", "cp51932"),
    "gb18030": ("gb18030", "gbk", "gb2312"),
    "big5": ("big5", "cp950", "big5hkscs", "big5-eten"),
    "cp949": ("cp949", "euc_kr"),
}


def damaged_utf8() -> Iterator[Odd]:
    """The web and CPython read one U+FFFD per ill-formed part; the rest is what it was."""
    for language in ("ru", "fr", "ja", "el", "hi", "pl"):
        whole = prose(language).encode()
        place = next(at for at in range(200, len(whole)) if whole[at] < 0x80)
        one = whole[:place] + b"\xff" + whole[place:]
        yield Odd(f"utf8-one-bad-byte/{language}", one, ("utf-8",), None, language, 1, place)
        lead = next(at for at in range(100, len(whole)) if whole[at] >= 0xC2)
        trails = 1 if whole[lead] < 0xE0 else 2
        lost = whole[:lead] + whole[lead + 1 :]
        yield Odd(f"utf8-lost-lead-byte/{language}", lost, ("utf-8",), None, language, trails, lead)
        inside = whole[:place] + "é".encode("latin-1") + whole[place:]
        yield Odd(f"utf8-latin-1-inside/{language}", inside, ("utf-8",), None, language, 1, place)


def java_utf8() -> Iterator[Odd]:
    text = prose("ru")
    for name, smiling in (("emoji", text + " 😀💩"), ("ideograph", "𠀀 " + text)):
        units = smiling.encode("utf-16-be")
        cesu = b"".join(
            chr(int.from_bytes(units[at : at + 2], "big")).encode("utf-8", "surrogatepass")
            for at in range(0, len(units), 2)
        )
        yield Odd(f"cesu-8/{name}", cesu, ("cesu-8",), smiling, "ru")
    zero = text[:40] + "\0" + text[40:]
    yield Odd("mutf-8", zero.encode().replace(b"\0", b"\xc0\x80"), ("mutf-8",), zero, "ru")
    lone = text.encode() + b" \xed\xa0\xbd"
    at = len(text.encode()) + 1
    yield Odd("wtf-8", lone, ("utf-8",), None, "ru", 1, at)


def late_content() -> Iterator[Odd]:
    line = b"2004-03-07 12:00:07 GET /static/page.html 200 Mozilla/4.0\n"
    for language, encoding in (*SINGLE[:4], *MULTI[:3]):
        text = in_charset(language, encoding)
        data = line * 20_000 + text.encode(encoding)
        yield Odd(f"after-1-MB-of-ascii/{encoding}", data, FAMILY.get(encoding, (encoding,)),
                  line.decode() * 20_000 + text, language)  # fmt: skip


def one_high_byte() -> Iterator[Odd]:
    line = "nothing but plain words here, and numbers such as 1234\n"
    for name, word in (
        ("degree", "at 21 °C today"), ("cafe", "the old café on the corner"),
        ("pound", "it was £20 for all"), ("apostrophe", "and it’s the only one"),
        ("copyright", "© 2003, all rights reserved"), ("section", "see § 12 below"),
    ):  # fmt: skip
        text = line * 60 + word + "\n" + line * 60
        yield Odd(f"one-high-byte/{name}", text.encode("cp1252"), ("cp1252", "iso8859-1"), text)


def cut_characters() -> Iterator[Odd]:
    for language, encoding in MULTI:
        text = in_charset(language, encoding)
        start = next(at for at, char in enumerate(text) if len(char.encode(encoding)) == 2)
        for size in (30, 200):
            piece = text[start : start + size].rstrip("\n abcdefghijklmnopqrstuvwxyz0123456789")
            data = piece.encode(encoding)
            # A trail byte may be ASCII, and so a character of its own.
            yield Odd(f"starts-mid-character/{encoding}/{size}", data[1:], FAMILY[encoding],
                      bad=None)  # fmt: skip
            yield Odd(f"ends-mid-character/{encoding}/{size}", data[:-1], FAMILY[encoding], bad=1)
    for language in ("ru", "ja", "hi"):
        whole = prose(language).encode()
        end = next(at for at in range(300, len(whole)) if whole[at] >= 0xC2) + 1
        yield Odd(f"utf8-ends-mid-character/{language}", whole[:end], ("utf-8",), None, language,
                  1, end - 1)  # fmt: skip
    for form in ("utf-16-le", "utf-16-be"):
        data = in_charset("ru", form).encode(form) + b"\x20"
        yield Odd(f"odd-length/{form}", data, (form,), None, "ru", 1, len(data) - 1)


def labels() -> Iterator[Odd]:
    page = "<html><head>{}<title>{}</title></head>\n<body><p>{}</p></body></html>\n"
    meta = '<meta charset="{}">'
    lies = {"cp1251": "iso-8859-1", "cp1252": "windows-1251", "cp932": "windows-1252"}
    for language, encoding in (*SINGLE, *MULTI):
        text = in_charset(language, encoding).replace("<", "").replace("&", "")
        accept = FAMILY.get(encoding, (encoding,))
        for name, label in (
            ("true", encoding.replace("cp125", "windows-125").replace("cp932", "shift_jis")),
            ("unknown", "x-no-such-charset-7"),
            ("lying", lies.get(encoding, "windows-1252")),
            ("utf-8", "utf-8"),
        ):
            html = page.format(meta.format(label), text[:20], text)
            if name == "true" or not (language in ("cs", "pl") and name == "lying"):
                yield Odd(
                    f"{name}-label/{language}/{encoding}", html.encode(encoding), accept, html
                )
        late = page.format("", text[:20], text) + meta.format(
            "koi8-r" if language != "ru" else "big5"
        )
        yield Odd(f"label-in-the-wrong-place/{language}/{encoding}", late.encode(encoding), accept,
                  late)  # fmt: skip


def tables_and_logs() -> Iterator[Odd]:
    for language, encoding in (*SINGLE, *MULTI):
        words = [word for word in in_charset(language, encoding).split() if not word.isascii()]
        if len(words) < 12:  # written without spaces
            whole = in_charset(language, encoding)
            words = [whole[at : at + 6] for at in range(0, 90, 6)]
        accept = FAMILY.get(encoding, (encoding,))
        shapes = {
            "csv": "id;name;price\r\n"
            + "".join(f"{n};{word};{n * 7.25:.2f}\r\n" for n, word in enumerate(words[:15])),
            "srt": "".join(
                f"{n}\r\n00:00:1{n},120 --> 00:00:2{n},480\r\n{' '.join(words[n : n + 5])}\r\n\r\n"
                for n in range(1, 5)
            ),
            "find-print0": "".join(f"./music/{word}.mp3\0" for word in words[:12]),
            "vcard": "BEGIN:VCARD\r\nVERSION:2.1\r\n"
            + "".join(f"N:{word};;;\r\nTEL;CELL:+3{n}0555\r\n" for n, word in enumerate(words[:6]))
            + "END:VCARD\r\n",
            "ansi-log": "".join(
                f"\x1b[3{n % 7 + 1};1m[{n:02d}:15:09]\x1b[0m {' '.join(words[n : n + 4])}\n"
                for n in range(8)
            ),
            "c-comments": "".join(
                f"/* {' '.join(words[n : n + 4])} */\nstatic int v{n}(int a) {{ return a; }}\n"
                for n in range(8)
            ),
        }
        for shape, text in shapes.items():
            yield Odd(f"{shape}/{language}/{encoding}", text.encode(encoding), accept, text)


def ascii_traps() -> Iterator[Odd]:
    coded = base64.encodebytes(random.Random(7).randbytes(2000)).decode()
    for name, text in {
        "base64": coded,
        "pem": f"-----BEGIN CERTIFICATE-----\n{coded}-----END CERTIFICATE-----\n",
        "plus-signs": "".join(f"x{n} = a+b{n}+c; y += x{n}+1-d\n" for n in range(40)),
        "plus-words": "Jazz+Blues+Rock- and C++ with +AGI-like tokens, a+Abc- b+zz-\n" * 3,
        "tilde-brace": "".join(f"map~{{ $_ + {n} }} split ~{{x}} @list;\n" for n in range(20)),
        "destructors": "class A { public: A(); ~A(); ~{}; };\nint a = ~{0};\n" * 4,
        "escape-colours": "".join(f"\x1b[1;3{n % 8}mline {n}\x1b[0m done\r\n" for n in range(30)),
        "escape-charset": "\x1b(B\x1b[m\x1b[H\x1b[2JWelcome\x1b(0lqqqk\x1b(B to it\r\n" * 5,
        "window-titles": "\x1b]0;build\x07compiling the core\r\n" * 20,
        "bells": "a form feed\f and a bell\a in plain text\r\n" * 5,
        "dollar-signs": "$(shell) $B cost $)C is 12$ and $@ $* \\n\n" * 8,
        "quoted-printable": "=C3=A9t=C3=A9 =E9t=E9 soft=\n break =3D\n" * 6,
        "json-escapes": '{"a": "\\u00e9\\u0442", "b": [1, 2, 3]}\n' * 5,
    }.items():
        yield Odd(f"ascii/{name}", text.encode(), ("ascii",), text)


def box_drawing() -> Iterator[Odd]:
    line = "═" * 31
    menu = f"╔{line}╗\r\n║ SETUP                         ║\r\n╠{line}╣\r\n╚{line}╝\r\n"
    tree = "C:\\DOS\r\n├───BIN\r\n│   ├───EDIT.COM\r\n│   └───FORMAT.COM\r\n└───TEMP\r\n"
    bars = "░▒▓████████████████████▓▒░\r\n▀▄▀▄▀▄ THE NIGHT LINE ▄▀▄▀▄▀\r\n░▒▓████████▓▒░\r\n"
    for name, text in (("menu", menu), ("tree", tree), ("bars", bars)):
        yield Odd(f"box-drawing/{name}", text.encode("cp437"), ("cp437", "cp850"), text)
    for language, encoding in (("ru", "cp866"), ("pl", "cp852")):
        words = in_charset(language, encoding).split()
        text = "".join(
            f"┌──────────┐\r\n│ {' '.join(words[n : n + 5])} │\r\n└──────────┘\r\n"
            for n in range(0, 25, 5)
        )
        yield Odd(f"box-drawing/{encoding}", text.encode(encoding), (encoding,), text)


def tiny() -> Iterator[Odd]:
    for text, encoding in (
        ("é", "utf-8"), ("日本", "utf-8"), ("Да", "utf-8"), ("a", "ascii"), ("\n", "ascii"),
        ("café", "cp1252"), ("für", "cp1252"), ("Привет", "cp1251"), ("Привет", "koi8-r"),
        ("日本語", "cp932"), ("日本語", "euc_jp"), ("한국어", "cp949"),
    ):  # fmt: skip
        data = text.encode(encoding)
        yield Odd(f"tiny/{encoding}/{text.strip() or 'line-end'}", data, (encoding,), text)


def damaged_legacy() -> Iterator[Odd]:
    """A byte that the charset leaves open, or a character of several that has lost one."""
    for language, encoding, stray in (
        ("ru", "cp1251", 0x98), ("cs", "cp1250", 0x81), ("pl", "cp1250", 0x98),
        ("fr", "cp1252", 0x9D), ("de", "cp1252", 0x81), ("el", "cp1253", 0xD2),
        ("he", "cp1255", 0xD9), ("th", "cp874", 0xFC),
        ("eo", "iso8859-3", 0xA5),
    ):  # fmt: skip
        data = f"“{in_charset(language, encoding)}”\n".encode(encoding, "ignore")
        at = len(data) // 2
        yield Odd(
            f"stray/{language}/{encoding}/{stray:02X}",
            data[:at] + bytes((stray,)) + data[at:],
            # Where the text has no sign in which they differ, a relative that decodes all.
            (encoding, "iso8859-1") if (language, encoding) == ("de", "cp1252") else (encoding,),
            language=language, bad=None,
        )  # fmt: skip
    for language, encoding in (*MULTI, ("zh-Hans", "gbk")):
        # Pairs that are out of step may be signs of a wider set, whose name the text has then.
        answers = {"gbk": "gb18030", "big5": "big5hkscs", "euc_jp": "euc_jis_2004"}
        accept = (encoding, answers.get(encoding, encoding))
        text = in_charset(language, encoding)
        data = text.encode(encoding)
        at = len(text[: len(text) // 2].encode(encoding))
        while data[at] < 0x80:
            at += 1
        broken = data[:at] + b"\xff" + data[at:]
        yield Odd(f"stray/{language}/{encoding}/FF", broken, accept, language=language, bad=None)
        lost = data[: at + 1] + data[at + 2 :]
        yield Odd(f"lost-trail/{language}/{encoding}", lost, accept, language=language, bad=None)
        inside = data[: at + 1] + b"\r\n" + data[at + 1 :]
        yield Odd(f"broken-line/{language}/{encoding}", inside, accept, language=language, bad=None)


FAMILIES = (
    damaged_utf8, damaged_legacy, java_utf8, late_content, one_high_byte, cut_characters, labels,
    tables_and_logs, ascii_traps, box_drawing, tiny,
)  # fmt: skip
CASES = [case for family in FAMILIES for case in family()]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_odd_input(case: Odd) -> None:
    found = recodec.detect(case.data)
    assert found.encoding in case.accept
    assert case.bad in (found.bad, None)
    if case.valid_up_to is not None:
        assert found.valid_up_to == case.valid_up_to
    if case.language is not None:
        assert found.language == case.language
    if case.text is not None:
        assert found.encoding is not None
        assert case.data.decode(found.encoding) == case.text
    elif found.bad:
        assert found.encoding is not None
        # Up to the place that is named the encoding holds, and there it does not.
        case.data[: found.valid_up_to].decode(found.encoding)
        with pytest.raises(UnicodeDecodeError) as error:
            case.data.decode(found.encoding)
        if case.bad is not None:
            assert error.value.start == found.valid_up_to
    assert not found.mixed
    assert found.double_encoded is None


@pytest.mark.parametrize("case", [case for case in CASES if len(case.data) < 10_000], ids=str)
def test_pieces_give_the_same(case: Odd) -> None:
    cuts = [1, 2, 3, len(case.data) // 3, len(case.data) // 2, len(case.data) - 1]
    assert roads.feed_in_pieces(roads.cut(case.data, cuts)) == recodec.detect(case.data)


@pytest.mark.parametrize("size", range(1, 9))
def test_a_few_bytes_get_an_answer_that_decodes(size: int) -> None:
    """Bytes that many charsets have letters for."""
    chance = random.Random(size)
    for _ in range(40):
        data = bytes(chance.randrange(0xC0, 0x100) for _ in range(size))
        found = recodec.detect(data)
        if found.encoding is not None and not found.bad:
            data.decode(found.encoding)


def test_damage_is_told_and_refused_where_all_must_decode() -> None:
    text = f"“{prose('ru')}” — {prose('ru')}"
    data = text.encode("cp1251", "ignore")
    at = data.index(b" ", len(data) // 2)
    damaged = data[:at] + b"\x98" + data[at:]
    found = recodec.detect(damaged)
    assert (found.encoding, found.bad, found.valid_up_to) == ("cp1251", 1, at)
    assert damaged[: found.valid_up_to].decode("cp1251")
    strict = recodec.detect(damaged, exact=True)
    assert strict.bad == 0
    assert strict.encoding is not None
    damaged.decode(strict.encoding)
    with pytest.raises(recodec.DecodeError) as error:
        recodec.decode(damaged)
    assert error.value.start == at
    assert recodec.decode(damaged, errors="ignore").text == data.decode("cp1251")


def test_damage_far_behind_the_start_is_counted() -> None:
    line = f"“{prose('el')}”\n".encode("cp1253", "ignore")
    data = line * (300_000 // len(line))
    damaged = data[:200_000] + b"\xd2" + data[200_000:250_000] + b"\xff" + data[250_000:]
    found = recodec.detect(damaged)
    assert (found.encoding, found.bad, found.valid_up_to) == ("cp1253", 2, 200_000)
    assert roads.feed_in_pieces(roads.cut(damaged, [1, 70_000, 200_000, 200_001])) == found


# Bytes that the charset leaves open, and letters of it that its relatives leave open.
SCATTERED = (
    ("ru", "cp1251", b"\x98"), ("el", "cp1253", b"\xd2\xff\xaa"), ("he", "cp1255", b"\xd9\xff"),
    ("th", "tis_620", b"\xdb\xfc"), ("lv", "cp1257", b"\xa1\xa5"), ("tr", "iso8859_3", b"\xd0\xe3"),
    ("de", "cp1252", b"\x81\x8d"), ("ja", "cp932", b"\xff\xfd"),
)  # fmt: skip


@pytest.mark.parametrize("number", [1, 5, 400, 20_000])
@pytest.mark.parametrize("case", SCATTERED, ids=lambda case: case[1])
def test_damage_is_counted_alike_in_one_call_and_in_a_stream(
    case: tuple[str, str, bytes], number: int
) -> None:
    chance = random.Random(f"{case[1]} {number}")
    line = recodec.encode(f"“{prose(case[0])}”\n", case[1], "ignore")
    damaged = bytearray(line * (700_000 // len(line)))
    for _ in range(number):
        # Most of it behind the head, which is counted apart, and sparse before it is dense.
        damaged[int(len(damaged) * chance.random() ** 0.3)] = chance.choice(case[2])
    data = bytes(damaged)
    found = recodec.detect(data)
    assert roads.feed_in_pieces(roads.cut(data, [70_000, 300_000, 300_001])) == found
    if found.bad and found.encoding == "cp1251":
        assert found.bad == data.count(b"\x98")
        assert found.valid_up_to == data.index(b"\x98")


def test_hints_decide_what_a_few_bytes_cannot() -> None:
    data = b"\xcf\xf0\xe8"
    assert recodec.detect(data, language="ru").encoding == "cp1251"
    assert recodec.detect(data, tld="ru").encoding == "cp1251"
    assert recodec.detect(b"caf\xe9", declared="iso-8859-2").encoding in ("cp1250", "iso8859-2")


# Two legacy encodings in one file, half and half: language, encoding, language, encoding.
HALVES = (
    ("ja", "cp932", "ja", "euc_jp"), ("ru", "cp1251", "ru", "koi8-r"),
    ("ru", "cp866", "ru", "cp1251"), ("cs", "cp1250", "cs", "cp852"),
    ("fr", "cp1252", "fr", "cp850"), ("el", "cp1253", "el", "cp737"),
    ("pl", "cp1250", "ru", "koi8-r"), ("th", "cp874", "ru", "cp1251"),
    ("tr", "cp1254", "tr", "cp857"),
)  # fmt: skip


@pytest.mark.parametrize("case", HALVES, ids=lambda case: f"{case[1]}+{case[3]}")
def test_halves_in_two_legacy_encodings_are_mixed(case: tuple[str, str, str, str]) -> None:
    one = recodec.encode(prose(case[0]), case[1], "ignore")
    other = recodec.encode(prose(case[2]), case[3], "ignore")
    data = b"\n".join([one] * 3 + [other] * 3)
    assert recodec.detect(data).mixed
    for size in (1, 7, 1000):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert roads.feed_in_pieces(pieces).mixed, size


@pytest.mark.parametrize("case", HALVES, ids=lambda case: f"{case[1]}+{case[3]}")
def test_halves_in_one_legacy_encoding_are_not_mixed(case: tuple[str, str, str, str]) -> None:
    for language, encoding in (case[:2], case[2:]):
        data = recodec.encode(prose(language), encoding, "ignore")
        assert not recodec.detect(b"\n".join([data] * 6)).mixed


def test_letters_in_the_place_of_a_mark() -> None:
    """FF FE are letters of code pages, too: units of UTF-16 must follow them."""
    text = "яю: так начинается строка, в которой нет ни одной единицы UTF-16. " * 4
    assert recodec.decode(text.encode("cp1251")).text == text
