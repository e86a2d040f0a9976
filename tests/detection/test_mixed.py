"""`Detection.mixed` of two legacy encodings: what it notices, and what it leaves alone."""

from __future__ import annotations

import itertools

import pytest

import recodec
import roads

_LINES = {
    "ru": (
        "Пароход уходит в семь часов и возвращается до закрытия лавок.",
        "Никто не сказал писарю, что книгу вели двумя разными почерками.",
        "Мы измерили поле дважды: один раз под дождём, другой на солнце.",
        "Отправьте список деталей в мастерскую, а копию оставьте себе.",
        "Над дверью висел колокольчик, он звенел при каждом посетителе.",
    ),
    "fr": (
        "Le bac part à sept heures et revient avant la fermeture; il est très lent.",
        "Personne ne l'a prévenu que le registre était tenu à deux mains.",
        "Nous avons mesuré le champ deux fois, même en février, après la fête.",
        "Envoyez la liste des pièces détachées à l'atelier, sinon ça traînera.",
        "Une clochette annonçait chacun des rares clients à l'entrée du magasin.",
    ),
    "cs": (
        "Trajekt odjíždí v sedm hodin a vrací se dřív, než se zavřou obchody.",
        "Nikdo písaři neřekl, že knihu vedli dvěma různými rukopisy už léta.",
        "Změřili jsme pole dvakrát, jednou za deště a podruhé na slunci ještě.",
        "Pošlete seznam součástek do dílny a kopii si laskavě nechte u sebe.",
        "Malý zvonek nad dveřmi ohlásil každého z těch několika zákazníků.",
    ),
    "ja": (
        "渡し船は七時に出て、店が閉まる前に戻ってくる。",
        "帳簿が二人の手で書かれていたことを、誰も係の者に言わなかった。",
        "畑は雨の日と晴れの日に一度ずつ、合わせて二回測りました。",
        "部品の一覧を工場へ送り、控えは手元に残してください。",
        "入口の上の小さなベルが、数少ない客の来店を知らせていた。",
    ),
    "zh": (
        "渡船早上七点离开，在商店关门之前回来。",
        "没有人告诉那位职员，账本是由两个人轮流记的。",
        "我们把那块地量了两次，一次在雨里，一次在太阳下。",
        "请把零件清单寄到车间，自己留一份副本。",
        "门上的小铃铛告诉大家又来了一位客人。",
    ),
    "zh-Hant": (
        "渡船早上七點離開，在商店關門之前回來。",
        "沒有人告訴那位職員，帳本是由兩個人輪流記的。",
        "我們把那塊地量了兩次，一次在雨裡，一次在太陽下。",
        "請把零件清單寄到車間，自己留一份副本。",
        "門上的小鈴鐺告訴大家又來了一位客人。",
    ),
}

# Language and encoding of either part.
PAIRS = (
    ("ru", "cp1251", "ru", "koi8-r"),
    ("ru", "koi8-r", "ru", "cp866"),
    ("ru", "iso8859-5", "ru", "cp1251"),
    ("fr", "cp1252", "fr", "cp850"),
    ("fr", "cp1252", "fr", "mac-roman"),
    ("cs", "cp1250", "cs", "mac-latin2"),
    ("cs", "iso8859-2", "cs", "cp852"),
    ("ja", "cp932", "ja", "euc_jp"),
    ("zh", "gbk", "zh-Hant", "big5"),
    ("ru", "koi8-r", "fr", "cp1252"),
    ("cs", "cp1250", "ru", "cp1251"),
)


def _written(language: str, encoding: str, count: int) -> list[bytes]:
    lines = itertools.islice(itertools.cycle(_LINES[language]), count)
    return [f"{line}\n".encode(encoding) for line in lines]


# How many lines of which part follow each other.
LAYOUTS = {
    "halves": (5, 5),
    "halves of thirty lines": (30, 30),
    "a short end": (20, 3),
    "a short start": (3, 20),
    "and back again": (5, 4, 5),
    "line by line": (1,) * 12,
}


def _file(pair: tuple[str, str, str, str], layout: tuple[int, ...]) -> bytes:
    parts = (pair[:2], pair[2:])
    # Repeated sentences count once, so that each line has a number.
    stores = [iter(_written(*part, sum(layout))) for part in parts]
    numbers = itertools.count(1)
    return b"".join(
        b"%d: %s" % (next(numbers), next(stores[at % 2]))
        for at, count in enumerate(layout)
        for _ in range(count)
    )


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[1]}+{pair[3]}")
def test_two_legacy_encodings_are_noticed(
    pair: tuple[str, str, str, str], layout: tuple[int, ...]
) -> None:
    data = _file(pair, layout)
    found = recodec.detect(data)
    assert found.mixed
    parts = recodec.segments(data)
    assert found.encoding in {part.encoding for part in parts}
    assert len({part.encoding for part in parts}) == 2
    # What is said to decode does.
    assert found.encoding is not None
    recodec.decode(data[: found.valid_up_to], found.encoding)


def _family(name: str | None) -> str | None:
    """Which edition of a charset it is, other parts may hide."""
    return "cp932" if name in {"shift_jis_2004", "shift_jisx0213"} else name


LONG_PAIRS = (
    ("ru", "cp1251", "ru", "koi8-r"),
    ("ru", "koi8-r", "ru", "cp866"),
    ("ru", "iso8859-5", "ru", "cp1251"),
    ("fr", "cp1252", "fr", "cp850"),
    ("fr", "cp1252", "fr", "mac-roman"),
    ("zh", "gbk", "zh-Hant", "big5"),
    ("ru", "koi8-r", "fr", "cp1252"),
    ("cs", "cp1250", "ru", "cp1251"),
    ("ru", "utf-8", "ru", "cp1251"),
    ("ru", "cp1251", "ru", "utf-8"),
    ("fr", "utf-8", "fr", "cp1252"),
    ("fr", "cp1252", "fr", "utf-8"),
    ("ja", "cp932", "ja", "utf-8"),
    ("ja", "utf-8", "ja", "cp932"),
    ("zh", "gbk", "zh", "utf-8"),
)


@pytest.mark.parametrize("pair", LONG_PAIRS, ids=lambda pair: f"{pair[1]}+{pair[3]}")
def test_the_second_half_of_a_long_file(pair: tuple[str, str, str, str]) -> None:
    """It begins beyond the text that is weighed."""
    data = _file(pair, (800, 800))
    assert len(data) > 60_000
    found = recodec.detect(data)
    assert found.mixed
    assert _family(found.encoding) in {_family(part.encoding) for part in recodec.segments(data)}
    pieces = [data[at : at + 5000] for at in range(0, len(data), 5000)]
    assert roads.feed_in_pieces(pieces) == found


def test_a_look_at_a_long_stream_changes_nothing() -> None:
    data = _file(PAIRS[0], (800, 800))
    detector = recodec.Detector()
    for at in range(0, len(data), 10_000):
        detector.feed(data[at : at + 10_000])
        detector.peek()
    assert detector.finish() == recodec.detect(data)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_stream_says_the_same(size: int) -> None:
    for pair in PAIRS[::3]:
        data = _file(pair, (8, 8))
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert roads.feed_in_pieces(pieces) == recodec.detect(data)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[1]}+{pair[3]}")
def test_the_answer_is_that_of_the_larger_part(pair: tuple[str, str, str, str]) -> None:
    for parts in (pair, pair[2:] + pair[:2]):
        found = recodec.detect(_file(parts, (3, 22)))
        (of_it,) = recodec.segments(b"".join(_written(*parts[2:], 22)))
        assert (found.encoding, found.mixed) == (of_it.encoding, True)


@pytest.mark.parametrize(
    ("language", "encoding"), sorted({part for pair in PAIRS for part in (pair[:2], pair[2:])})
)
def test_one_encoding_is_not_mixed(language: str, encoding: str) -> None:
    """Headings, other languages in ASCII, and lines in capitals do not make it so."""
    lines = _written(language, encoding, 20)
    heading = _LINES[language][0].upper().encode(encoding) + b"\n"
    for data in (
        b"".join(lines),
        heading * 2 + b"".join(lines) + heading * 2,
        b"".join([*lines[:10], *[b"nothing but plain ASCII in this line\n"] * 30, *lines[10:]]),
    ):
        assert not recodec.detect(data).mixed
        assert len(recodec.segments(data)) == 1


def test_pieces_of_words_are_in_one_encoding() -> None:
    """Of hyphenation patterns some look better in any other charset, and none as text."""
    text = _LINES["ru"][0] + _LINES["ru"][1] + _LINES["ru"][2]
    pieces = [f"{text[at : at + 2]}{at % 7}{text[at + 3 : at + 5]}\n" for at in range(150)]
    for encoding in ("cp1251", "koi8-r", "cp866"):
        assert not recodec.detect("".join(pieces).encode(encoding, "replace")).mixed


# A line of UTF-8 with one character beyond ASCII, and lines in a legacy encoding.
LONE = (
    ("hi é", "café déjà vu", "cp1252"),
    ("Müller", "Grüße aus Köln", "cp1252"),
    ("naïve", "Crème brûlée à la carte", "cp1252"),
    ("señor", "mañana será otro día", "cp1252"),
    ("Kraków", "trzy książki leżą na półce", "iso8859-2"),
    ("я", "Съешь ещё булок", "cp1251"),
    ("— ok", "café déjà vu", "cp1252"),
)


@pytest.mark.parametrize(("lone", "other", "encoding"), LONE, ids=lambda value: value)
def test_a_lone_character_of_utf_8(lone: str, other: str, encoding: str) -> None:
    """Some rare charset read both lines as something, and said so with a confidence of 0.99."""
    first, second = f"{lone}\n".encode(), f"{other}\n".encode(encoding)
    for data in (first + second, second + first):
        found = recodec.detect(data)
        assert (found.encoding, found.mixed) == (encoding, True)
        assert 0.5 < found.confidence <= 0.9
        assert {part.encoding for part in recodec.segments(data)} == {"utf-8", encoding}
        assert not recodec.detect(data, allow=[encoding, "cp437"]).mixed


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Inês Magalhães", "cp1252"), ("Jörg Krüger", "cp1252"), ("Věra Kučerová", "iso8859-2")],
)
def test_a_patch_that_recodes_a_name(name: str, encoding: str) -> None:
    """Two letters of one line were too few, and the patch was Vietnamese in VPS or Estonian."""
    old, new = f"-# by {name}\n".encode(encoding), f"+# by {name}\n".encode()
    found = recodec.detect(b"--- a/notes\n+++ b/notes\n@@ -1 +1 @@\n" + old + new)
    assert (found.encoding, found.mixed) == ("utf-8", True)


def test_a_pair_of_bytes_that_happens_to_be_utf_8() -> None:
    for text, encoding in (("БЪ\nЁЖИК И ЛОШАДЬ\n", "koi8-r"), ("中\n国\n的历史很长\n", "gbk")):
        assert not recodec.detect(text.encode(encoding)).mixed


def test_a_catalogue_some_of_whose_words_happen_to_be_utf_8() -> None:
    """Both of the first words are well-formed, and so all of it was in two encodings."""
    words = ("摘要", "目录", "附录", "第一章", "致谢", "索引", "参考文献", "插图")
    data = "".join(f"msg{n} => '{word}',\n" for n, word in enumerate(words)).encode("gb18030")
    assert "摘要目录".encode("gb18030").decode() == "ժҪĿ¼"
    found = recodec.detect(data)
    assert (found.encoding, found.mixed, found.bad) == ("gb18030", False, 0)


def _changelog() -> list[tuple[str, str]]:
    """Entries of a Debian changelog, each translator's name in the charset of the day."""
    names = (
        ("Jörg Müller", "latin-1"), ("Łukasz Żółkiewski", "iso8859-2"),
        ("François Lévêque", "utf-8"), ("Дмитрий Соколов", "koi8-r"), ("田中太郎", "euc_jp"),
        ("José Núñez", "utf-8"), ("Γιώργος Παπαδόπουλος", "iso8859-7"),
    ) * 3  # fmt: skip
    lines = []
    for number, (name, encoding) in enumerate(names):
        lines += [
            (f"foo (1.{number}-1) unstable; urgency=low", "ascii"),
            (f"  * Updated translation, thanks to {name}", encoding),
            (f" -- {name} <a@example.org>  Mon, 06 Jan 2003 10:00:00 +0100", encoding),
        ]
    return lines


# Files that programs and people have put together, as (line, encoding).
FILES = {
    "a changelog with translators": _changelog(),
    "credits in UTF-8 and Latin 1": [
        (f"N: {name} E: a@example.org D: kernel driver", encoding)
        for name, encoding in (
            ("Jörg Müller", "latin-1"), ("Hervé Lemaître", "latin-1"),
            ("Søren Kjærgård", "utf-8"), ("Tomáš Dvořák", "utf-8"),
        ) * 4
    ],
    "a chat of three clients": [
        (f"<{name}> {text}", encoding)
        for name, text, encoding in (
            ("ivan", "привет, как дела?", "koi8-r"),
            ("olga", "всё хорошо, спасибо", "cp1251"),
            ("petr", "а у тебя что нового?", "utf-8"),
            ("ivan", "ничего особенного", "koi8-r"),
            ("olga", "пойдём завтра гулять", "cp1251"),
        ) * 4
    ],
    "Japanese lines in a file of UTF-8": [
        *((line, "utf-8") for line in _LINES["ja"]),
        *((line, "cp932") for line in _LINES["ja"][:3]),
        *((line, "utf-8") for line in _LINES["ja"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", FILES.values(), ids=FILES.keys())
def test_files_of_many_hands(lines: list[tuple[str, str]]) -> None:
    data = b"".join(f"{line}\n".encode(encoding) for line, encoding in lines)
    assert recodec.detect(data).mixed
    text = recodec.decode(data, mixed="split").text
    assert text.splitlines() == [line for line, _ in lines]


def _section(language: str, encoding: str, size: int) -> bytes:
    """Different words in each line, as a long text has."""
    lines: list[bytes] = []
    for number in itertools.count():
        words = " ".join(_LINES[language]).split()
        start = number * 7 % len(words)
        step = 1 + number % 5
        line = " ".join((words[start:] + words[:start])[::step]) + "\n"
        lines.append(line.encode(encoding, "ignore"))
        if sum(map(len, lines)) >= size:
            break
    return b"".join(lines)


@pytest.mark.parametrize(
    ("language", "encoding", "other"),
    [
        ("ru", "cp1251", "koi8-r"),
        ("ru", "koi8-r", "utf-8"),
        ("ru", "utf-8", "cp1251"),
        ("cs", "cp1250", "cp852"),
        ("fr", "utf-8", "cp1252"),
        ("ja", "utf-8", "cp932"),
    ],
)
def test_a_long_file_is_looked_at_in_the_middle(language: str, encoding: str, other: str) -> None:
    outer = _section(language, encoding, 40_000)
    found = recodec.detect(outer + _section(language, other, 40_000) + outer)
    assert found.mixed
    assert found.encoding in (encoding, other)


@pytest.mark.parametrize(
    ("language", "encoding"), [("ru", "cp1251"), ("cs", "cp1250"), ("fr", "cp1252")]
)
def test_a_long_file_in_one_encoding(language: str, encoding: str) -> None:
    found = recodec.detect(_section(language, encoding, 120_000))
    assert (found.encoding, found.mixed) == (encoding, False)


def test_what_reads_the_same_in_both_is_no_second_encoding() -> None:
    english = "".join(
        f"“Number {k},” said the clerk, “isn’t on the list that you’ve shown to {k + 1} of us.”\n"
        for k in range(700)
    )
    greek = "".join(
        f"Το πλοίο {k} φεύγει στις επτά το πρωί και γυρίζει πριν κλείσουν τα μαγαζιά.\n"
        for k in range(700)
    )
    for text in (english + greek, greek + english, greek + english + greek):
        data = text.encode("cp1253")
        found = recodec.detect(data)
        assert (found.encoding, found.mixed) == ("cp1253", False)
        assert [part.encoding for part in recodec.segments(data)] == ["cp1253"]


def test_what_all_of_a_text_says_outweighs_its_lines() -> None:
    # The one letter that charsets differ in is cheaper in Albanian, and only the ASCII is Welsh.
    text = "\r".join(
        (
            "to the slurm database : Gogwyddo'r Gitâr",
            "into multiple files from stdin : Project Scratch gyda gitâr",
            "as address have : gwylio heb orfod",
            "a : Gogwyddo'r Gitâr",
            "mounted volume : 5) Gitâr",
        )
    )
    assert recodec.detect(text.encode("mac-roman")).encoding == "mac-roman"
