"""Odd inputs: damaged, mixed, mislabelled, cut, tiny or full of something else, each with a name.

A case is right when the decoded text is the one given, or when the answer is one of `accept`: where
no encoding gives a sensible text for all the bytes (a broken UTF-8 byte), the name is what counts.
"""

# ruff: noqa: RUF001 -- letters of all scripts stand here on purpose
from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import legacy
import markup
import texts
from texts import Pool


class Case(NamedTuple):
    """One odd input; `accept` holds encoding names, "binary" among them where None is right too."""

    id: str
    data: bytes
    text: str | None
    encoding: str
    language: str | None
    accept: tuple[str, ...] = ()


# (language, codec) pairs that most cases are made in: frequent ones of every kind.
_SINGLE = (
    ("ru", "cp1251"), ("ru", "koi8_r"), ("cs", "cp1250"), ("pl", "iso8859_2"), ("fr", "cp1252"),
    ("de", "cp1252"), ("es", "cp850"), ("el", "cp1253"), ("tr", "cp1254"), ("he", "cp1255"),
    ("ar", "cp1256"), ("lt", "cp1257"), ("th", "cp874"), ("uk", "cp1251"),
)  # fmt: skip
_MULTI = (
    ("ja", "cp932"), ("ja", "euc_jp"), ("zh-Hans", "gb18030"), ("zh-Hant", "big5"), ("ko", "cp949"),
)  # fmt: skip
_ASCII_LOG = "{n:06d} 2004-03-{d:02d} 12:{m:02d}:07 GET /static/page{n}.html 200 {s} Mozilla/4.0\n"


class _Maker:
    """Text of a language in a codec, drawn from its dev lines."""

    def __init__(self, pools: dict[str, Pool], rng: random.Random) -> None:
        self.pools = pools
        self.rng = rng

    def lines(self, language: str, codec: str, count: int, least: int = 20) -> list[str]:
        """`count` lines as written in the codec, each of at least `least` characters."""
        found: list[str] = []
        pool = self.pools[language]
        for line in pool.onwards(pool.place(self.rng)):
            text = legacy.as_written(line, language, codec)
            if text and len(text) >= least and not text.isascii():
                found.append(text)
                if len(found) == count:
                    break
        return found

    def prose(self, language: str, codec: str, size: int) -> str:
        """About `size` bytes of lines in the codec, cut between characters."""
        parts: list[str] = []
        total = 0
        while total < size:
            for line in self.lines(language, codec, 8, 10):
                parts.append(line)
                total += len(line.encode(codec)) + 1
        text = "\n".join(parts)
        return texts.fit(text, size, lambda part: part.encode(codec))

    def log(self, size: int) -> bytes:
        """`size` bytes of ASCII that says nothing about any language."""
        rng = self.rng
        line = "".join(
            _ASCII_LOG.format(
                n=n, d=rng.randrange(1, 29), m=rng.randrange(60), s=rng.randrange(9999)
            )
            for n in range(1000)
        ).encode()
        return (line * (size // len(line) + 1))[:size]


def make(pools: dict[str, Pool], rng: random.Random) -> Iterator[Case]:
    """All cases, in a fixed order."""
    maker = _Maker(pools, rng)
    for family in _FAMILIES:
        yield from family(maker)


def _damaged_utf8(maker: _Maker) -> Iterator[Case]:
    rng = maker.rng
    for language in ("ru", "fr", "ja", "el", "hi", "pl"):
        text = maker.prose(language, "utf-8", 1500)
        whole = bytearray(text.encode())
        spot = rng.randrange(400, 1000)
        broken = bytes(whole[:spot] + b"\xff" + whole[spot:])
        yield Case(f"utf8-one-bad/{language}", broken, None, "utf-8", language, ("utf-8",))
        cut = text[:700].encode() + b"\xe9" + text[700:].encode()
        yield Case(f"utf8-latin1-byte/{language}", cut, None, "utf-8", language, ("utf-8",))
        lost = next(at for at in range(300, len(whole)) if whole[at] >= 0xC2)
        dropped = bytes(whole[:lost] + whole[lost + 1 :])
        yield Case(f"utf8-lost-lead/{language}", dropped, None, "utf-8", language, ("utf-8",))
    for language in ("ru", "ja", "fr"):
        text = maker.prose(language, "utf-8", 3000)
        data = bytearray(text.encode())
        for _ in range(4):
            data[rng.randrange(len(data))] = 0xFE
        yield Case(f"utf8-four-bad/{language}", bytes(data), None, "utf-8", language, ("utf-8",))
        marks = [at for at, char in enumerate(text) if char > "\x7f"]
        cut_out = text[marks[0] : marks[-1] + 1].encode()[1:-1]
        yield Case(f"utf8-cut-both-ends/{language}", cut_out, None, "utf-8", language, ("utf-8",))


def _surrogates(char: str) -> str:
    """A character as the one or two UTF-16 units that CESU-8 writes each by itself."""
    if char < "\U00010000":
        return char
    high, low = divmod(ord(char) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def _java_utf8(maker: _Maker) -> Iterator[Case]:
    for language in ("en", "ja", "ru"):
        text = maker.prose(language, "utf-8", 900)
        smiling = text[:200] + "\U0001f600 \U0001f4a9" + text[200:] + "\U00020000"
        cesu = b"".join(_surrogates(char).encode("utf-8", "surrogatepass") for char in smiling)
        accept = ("utf-8", "cesu-8", "utf-8-var")
        yield Case(f"cesu-8/{language}", cesu, None, "cesu-8", language, accept)
        wtf = text.encode() + "\ud83d".encode("utf-8", "surrogatepass")
        yield Case(f"wtf-8/{language}", wtf, None, "utf-8", language, ("utf-8", "wtf-8"))
        mutf = text[:150].encode() + b"\xc0\x80" + text[150:].encode()
        yield Case(f"mutf-8/{language}", mutf, None, "utf-8", language, ("mutf-8", *accept))
    for language, codec in (("fr", "cp1252"), ("de", "cp1252"), ("pl", "iso8859_2")):
        text = maker.prose(language, codec, 800)
        twice = text.encode("utf-8").decode("latin-1").encode("utf-8")
        said = twice.decode("utf-8")
        yield Case(f"double-utf8/{language}", twice, said, "utf-8", language)


def _late(maker: _Maker) -> Iterator[Case]:
    for size in (100_000, 300_000, 1_000_000):
        head = maker.log(size)
        for language, codec in (*_SINGLE[:4], *_MULTI[:2]):
            text = maker.prose(language, codec, 600)
            data = head + b"\n" + text.encode(codec) + b"\n"
            name = f"late-{size // 1000}k/{language}/{codec}"
            yield Case(name, data, data.decode(codec), codec, language)
        text = maker.prose("fr", "utf-8", 600)
        data = head + text.encode()
        yield Case(f"late-{size // 1000}k/fr/utf-8", data, data.decode(), "utf-8", "fr")


def _one_high_byte(maker: _Maker) -> Iterator[Case]:
    head = maker.log(4000)
    for name, word, codec, language in (
        ("degree", "at 21 °C today", "cp1252", None),
        ("cafe", "the old café on the corner of the street", "cp1252", None),
        ("pound", "it was £ 20 for all of us", "cp1252", None),
        ("apostrophe", "and it’s the only one in the list", "cp1252", None),
        ("naive", "a naïve reading of the text", "cp1252", None),
        ("copyright", "© 2003 by the authors, all rights reserved", "cp1252", None),
    ):
        data = head[:2000] + word.encode(codec) + b"\n" + head[2000:]
        yield Case(f"one-high/{name}", data, data.decode(codec), codec, language)
        data = word.encode(codec)
        yield Case(f"one-high-short/{name}", data, word, codec, language)
    data = head + "café".encode() + b"\n"
    yield Case("one-utf8-char", data, data.decode(), "utf-8", None)


def _cut(maker: _Maker) -> Iterator[Case]:
    for language, codec in _MULTI:
        for size in (60, 400):
            text = maker.prose(language, codec, size)
            while len(text[0].encode(codec)) < 2:
                text = text[1:]
            data = text.encode(codec)
            names = _FAMILY_OF[codec]
            yield Case(f"starts-mid-character/{language}/{codec}/{size}", data[1:], None, codec,
                       language, names)  # fmt: skip
            while len(text[-1].encode(codec)) < 2:
                text = text[:-1]
            data = text.encode(codec)
            yield Case(f"cut-at-both-ends/{language}/{codec}/{size}", data[1:-1], None, codec,
                       language, names)  # fmt: skip
            yield Case(f"ends-mid-character/{language}/{codec}/{size}", data[:-1], None, codec,
                       language, names)  # fmt: skip
    for language in ("ru", "ja", "hi"):
        for drop in (1, 2):
            text = maker.prose(language, "utf-8", 300)
            if drop == 2 and language == "ru":
                continue  # its characters have two bytes: nothing of the last would be left
            while len(text[-1].encode()) <= drop:
                text = text[:-1]
            data = text.encode()[:-drop]
            yield Case(f"utf8-ends-mid-character/{language}/{drop}", data, None, "utf-8", language,
                       ("utf-8",))  # fmt: skip
    for codec in ("utf-16-le", "utf-16-be"):
        for language in ("en", "ru", "ja"):
            data = maker.prose(language, codec, 400).encode(codec) + b"\x20"
            names = (codec, "utf-16")
            yield Case(f"odd-length/{codec}/{language}", data, None, codec, language, names)


_FAMILY_OF = {
    "cp932": ("shift_jis", "cp932", "shift_jis_2004", "shift_jisx0213", "windows-31j"),
    "euc_jp": ("euc_jp", "cp51932", "eucjp-ms", "euc_jis_2004", "euc_jisx0213"),
    "gb18030": ("gb2312", "gbk", "gb18030", "cp936"),
    "big5": ("big5", "cp950", "big5hkscs", "big5-eten", "big5-uao"),
    "cp949": ("euc_kr", "cp949", "uhc"),
}

_LABELS = ("windows-1252", "iso-8859-1", "utf-8", "windows-1251", "shift_jis", "us-ascii")


# Labels that are no lie: the web reads iso-8859-1 and us-ascii as windows-1252.
_LIES = {
    "cp1251": ("windows-1252", "iso-8859-1", "utf-8", "koi8-r"),
    "cp1252": ("utf-8", "windows-1251", "shift_jis", "iso-8859-2"),
    "cp932": ("windows-1252", "iso-8859-1", "utf-8", "euc-jp"),
}


def _labels(maker: _Maker) -> Iterator[Case]:
    rng = maker.rng
    for language, codec in (*_SINGLE, *_MULTI):
        wrong = rng.choice(_LIES.get(codec, _LABELS))
        text = maker.lines(language, codec, 6)
        head = f'<meta http-equiv="Content-Type" content="text/html; charset={wrong}">'
        page = markup.page(text, rng, 2500, head)
        name = f"lying-html/{language}/{codec}/{wrong}"
        yield Case(name, page.encode(codec), page, codec, language)
        page = markup.page(text, rng, 2500, '<meta charset="x-no-such-charset-7">')
        yield Case(f"unknown-label/{language}/{codec}", page.encode(codec), page, codec, language)
        true = _HONEST.get(codec, codec.replace("cp125", "windows-125"))
        page = markup.page(text, rng, 2500, f'<meta charset="{true}">')
        yield Case(f"true-label/{language}/{codec}", page.encode(codec), page, codec, language)
    for language, codec, label in (
        ("ru", "cp1251", "windows-1251"), ("cs", "iso8859_2", "ISO-8859-2"),
        ("ja", "euc_jp", "EUC-JP"), ("fr", "latin-1", "iso-8859-1"),
        ("ja", "cp932", "Shift_JIS"), ("ru", "koi8_r", "KOI8-R"),
    ):  # fmt: skip
        lines = maker.lines(language, codec, 4)
        xml = f'<?xml version="1.0" encoding="{label}"?>\n<doc>\n' + "".join(
            f"  <p>{line.replace('<', '').replace('&', '')}</p>\n" for line in lines
        ) + "</doc>\n"  # fmt: skip
        yield Case(f"xml-declaration/{language}/{codec}", xml.encode(codec), xml, codec, language)
        source = f"#!/usr/bin/python\n# -*- coding: {label.lower()} -*-\n\nimport sys\n\n"
        source += "".join(f"# {line}\nprint(len(sys.argv))\n" for line in lines)
        yield Case(f"pep-263/{language}/{codec}", source.encode(codec), source, codec, language)
        style = f'@charset "{label}";\nbody {{ margin: 0 }}\n' + "".join(
            f"/* {line.replace('*', '')} */\n.c{n} {{ top: {n}px }}\n"
            for n, line in enumerate(lines)
        )
        yield Case(f"css-charset/{language}/{codec}", style.encode(codec), style, codec, language)


_HONEST = {"koi8_r": "koi8-r", "iso8859_2": "iso-8859-2", "cp850": "cp850", "cp874": "windows-874",
           "cp932": "shift_jis", "euc_jp": "euc-jp", "cp949": "euc-kr"}  # fmt: skip


def _tables(maker: _Maker) -> Iterator[Case]:
    rng = maker.rng
    for language, codec in (*_SINGLE, *_MULTI):
        names = maker.pools[language].names()
        cells = [legacy.as_written(name, language, codec) for name in rng.choices(names, k=60)]
        good = [cell for cell in cells if cell and not cell.isascii()][:12]
        if len(good) < 3:
            good = [line[:20] for line in maker.lines(language, codec, 8)]
        rows = "id;name;price;date\r\n" + "".join(
            f"{n};{cell};{rng.random() * 900:.2f};{rng.randrange(1, 29):02d}.03.2004\r\n"
            for n, cell in enumerate(good)
        )
        yield Case(f"csv/{language}/{codec}", rows.encode(codec), rows, codec, language)
        lines = maker.lines(language, codec, 5)
        titles = "".join(
            f"{n + 1}\r\n00:0{n}:1{n},120 --> 00:0{n}:2{n},480\r\n{line[:70]}\r\n\r\n"
            for n, line in enumerate(lines)
        )
        yield Case(f"srt/{language}/{codec}", titles.encode(codec), titles, codec, language)
        found = "\0".join(f"./music/{cell.replace('/', '-')}.mp3" for cell in good) + "\0"
        yield Case(f"nul-separated/{language}/{codec}", found.encode(codec), found, codec, language)
        card = "BEGIN:VCARD\r\nVERSION:2.1\r\n" + "".join(
            f"N:{cell};;;\r\nTEL;CELL:+{rng.randrange(10**9, 10**10)}\r\n" for cell in good[:5]
        ) + "END:VCARD\r\n"  # fmt: skip
        yield Case(f"vcard/{language}/{codec}", card.encode(codec), card, codec, language)
    for language, codec in (*_SINGLE[:6], *_MULTI[:3]):
        lines = maker.lines(language, codec, 6)
        log = "".join(
            f"\x1b[3{n % 7 + 1};1m[{n:02d}:15:09]\x1b[0m {line[:80]} \x1b[32mOK\x1b[0m\n"
            for n, line in enumerate(lines)
        )
        yield Case(f"ansi-log/{language}/{codec}", log.encode(codec), log, codec, language)
        source = "#include <stdio.h>\n\n" + "".join(
            f"/* {line[:60].replace('*', '')} */\nstatic int value_{n}(int a)\n{{\n"
            f"    return a + {n};\n}}\n\n"
            for n, line in enumerate(lines)
        )
        yield Case(f"c-comments/{language}/{codec}", source.encode(codec), source, codec, language)
        letter = (
            f"From: someone <a@b.example>\nSubject: {lines[0][:40]}\n\n> {lines[1][:70]}\n\n"
            f"{lines[2]}\n\n{base64.encodebytes(maker.rng.randbytes(500)).decode()}"
        )
        name = f"text-and-base64/{language}/{codec}"
        yield Case(name, letter.encode(codec), letter, codec, language)


def _box_drawing(maker: _Maker) -> Iterator[Case]:
    line = "═" * 31
    frame = (
        f"╔{line}╗\r\n║ SETUP                         ║\r\n╠{line}╣\r\n"
        f"║ ■ Install                     ║\r\n║   Configure                   ║\r\n╚{line}╝\r\n"
    )
    yield Case("box/menu", frame.encode("cp437"), frame, "cp437", "en")
    tree = ("C:\\DOS\r\n├───BIN\r\n│   ├───EDIT.COM\r\n│   └───FORMAT.COM\r\n└───TEMP\r\n"
            "    └───OLD FILES\r\n")  # fmt: skip
    yield Case("box/tree", tree.encode("cp437"), tree, "cp437", "en")
    bar = "░▒▓████████████████████▓▒░\r\n▀▄▀▄▀▄ THE NIGHT LINE BBS ▄▀▄▀▄▀\r\n░▒▓████████▓▒░\r\n"
    yield Case("box/nfo", bar.encode("cp437"), bar, "cp437", "en")
    words = "┌──────────┐\r\n│ {} │\r\n└──────────┘\r\n"
    for language, codec in (("ru", "cp866"), ("de", "cp437"), ("fr", "cp850"), ("pl", "cp852")):
        text = "".join(words.format(line[:40]) for line in maker.lines(language, codec, 4))
        yield Case(f"box/{language}/{codec}", text.encode(codec), text, codec, language)


_PEM = "-----BEGIN CERTIFICATE-----\n{}-----END CERTIFICATE-----\n"


def _ascii_traps(maker: _Maker) -> Iterator[Case]:
    rng = maker.rng
    coded = base64.encodebytes(rng.randbytes(3000)).decode()
    plain = {
        "base64": coded,
        "pem": _PEM.format(coded[:1200] + "\n"),
        "plus": "".join(f"x{n} = a+b{n}+c; y += x{n}+1-d\n" for n in range(40)),
        "plus-words": "Jazz+Blues+Rock- and C++ with +AGI-like tokens, 1+1=2, a+Abc- b+zz-\n" * 3,
        "tilde-brace": "".join(f"map~{{ $_ + {n} }} split ~{{x}} @list;\n" for n in range(20)),
        "tilde-destructor": "class A { public: A(); ~A(); ~{}; };\nint a = ~{0};\n" * 4,
        "escape-colours": "".join(f"\x1b[1;3{n % 8}mline {n}\x1b[0m done\r\n" for n in range(30)),
        "escape-charset": "\x1b(B\x1b[m\x1b[H\x1b[2JWelcome\x1b(0lqqqk\x1b(B to the system\r\n" * 5,
        "shift-out": "a form feed\f and bell\a in plain text\r\n" * 5,
        "dollar-paren": "$(shell) $B cost $)C is 12$ and $@ $* \\n\n" * 8,
        "quoted-printable": "=C3=A9t=C3=A9 =E9t=E9 soft=\n break =3D\n" * 6,
        "numbers": "".join(f"{rng.random():.6f},{rng.randrange(10**6)}\n" for _ in range(60)),
        "json-escapes": '{"a": "\\u00e9\\u0442", "b": [1, 2, 3]}\n' * 5,
        "uuencode": "begin 644 a.bin\n" + "M" + "#0V%T" * 12 + "\n`\nend\n",
    }
    for name, text in plain.items():
        yield Case(f"ascii/{name}", text.encode(), text, "ascii", None)
    mark = "Caf+AOk- +AOk-t+AOk-, na+AO8-ve: +IBw-quoted+IB0-.\r\n" * 3
    yield Case("utf-7/letter", mark.encode(), mark.encode().decode("utf-7"), "utf-7", None)
    text = maker.prose("ru", "utf-7", 300)
    data = text.encode("utf-7")
    yield Case("utf-7/ru", data, data.decode("utf-7"), "utf-7", "ru")


def _mixed(maker: _Maker) -> Iterator[Case]:
    for language, first, second in (
        ("ru", "cp1251", "koi8_r"), ("ru", "utf-8", "cp1251"), ("fr", "utf-8", "cp1252"),
        ("cs", "cp1250", "iso8859_2"), ("ja", "cp932", "euc_jp"), ("de", "cp1252", "utf-8"),
    ):  # fmt: skip
        head = "\n".join(maker.lines(language, first, 8)).encode(first)
        tail = "\n".join(maker.lines(language, second, 3)).encode(second)
        data = head + b"\n" + tail + b"\n"
        name = f"mixed/{language}/{first}+{second}"
        yield Case(name, data, None, first, language, (first, second))


def _controls(maker: _Maker) -> Iterator[Case]:
    for language, codec in (*_SINGLE[:5], *_MULTI[:3]):
        text = maker.prose(language, codec, 700)
        paged = text[:200] + "\f" + text[200:] + "\x1a"
        yield Case(f"dos-eof/{language}/{codec}", paged.encode(codec), paged, codec, language)
        padded = text + "\0" * 40
        yield Case(f"nul-padded/{language}/{codec}", padded.encode(codec), padded, codec, language)
        typed = text.replace(" ", "  ").replace("\n", "\r\n\r\n")
        yield Case(f"typewriter/{language}/{codec}", typed.encode(codec), typed, codec, language)


# Inputs of a few bytes: what a person would say, or a set of sane answers.
def _tiny(_: _Maker) -> Iterator[Case]:
    western = ("cp1252", "iso8859-1", "iso8859-15", "windows-1252", "iso-8859-1")
    for data, text, codec, accept in (
        (b"", "", "utf-8", ("utf-8", "ascii")),
        (b"a", "a", "ascii", ()),
        (b"\n", "\n", "ascii", ()),
        (b"ok\r\n", "ok\r\n", "ascii", ()),
        ("é".encode(), "é", "utf-8", ()),
        ("ñu".encode(), "ñu", "utf-8", ()),
        ("日本".encode(), "日本", "utf-8", ()),
        ("Да".encode(), "Да", "utf-8", ()),
        ("€".encode(), "€", "utf-8", ()),
        (b"\xef\xbb\xbf", "", "utf-8-sig", ("utf-8", "utf-8-sig")),
        (b"\xff\xfe", "", "utf-16", ("utf-16", "utf-16-le")),
        (b"\xfe\xff", "", "utf-16", ("utf-16", "utf-16-be")),
        (b"\xff\xfea\0", "a", "utf-16", ("utf-16", "utf-16-le")),
        (b"h\0e\0l\0l\0o\0", "hello", "utf-16-le", ()),
        (b"\0h\0e\0l\0l\0o", "hello", "utf-16-be", ()),
        ("café".encode("cp1252"), "café", "cp1252", western),
        ("naïve".encode("cp1252"), "naïve", "cp1252", western),
        ("Привет".encode("cp1251"), "Привет", "cp1251", ()),
        ("Привет".encode("koi8_r"), "Привет", "koi8-r", ()),
        ("日本語".encode("cp932"), "日本語", "cp932", ()),
        ("日本語".encode("euc_jp"), "日本語", "euc_jp", ()),
        ("こんにちは".encode("cp932"), "こんにちは", "cp932", ()),
        ("한국어".encode("cp949"), "한국어", "cp949", ()),
        ("中文".encode("gbk"), "中文", "gb18030", ("gb2312", "gbk", "gb18030")),
        ("für".encode("cp1252"), "für", "cp1252", western),
    ):  # fmt: skip
        yield Case(f"tiny/{codec}/{data[:8].hex() or 'empty'}", data, text, codec, None, accept)


_FAMILIES: tuple[Callable[[_Maker], Iterator[Case]], ...] = (
    _damaged_utf8, _java_utf8, _late, _one_high_byte, _cut, _labels, _tables, _box_drawing,
    _ascii_traps, _mixed, _controls, _tiny,
)  # fmt: skip
