"""Bytes of a mail to text by `_charset.read`, and by `believed`, which asks less."""

from __future__ import annotations

import random

import pytest

from recodec import mail
from recodec.mail import _iso2022jp
from recodec.mail._believed import believed
from recodec.mail._charset import read
from recodec.mail._labels import _OTHERS, _READ_AS, find, keeps_ascii, meaning, reading


def told(data: bytes, label: str | None) -> tuple[str, list[str]]:
    defects: list[str] = []
    return read(data, label, "text", defects)[0], defects


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"caf\xe9 \x1b(Bx\n", "iso-8859-1", "café x\n"),
        (b"caf\xe9 \x1b(Bx\n", None, "café x\n"),
        ("привет мир\x1b(B\n".encode("koi8-r"), "koi8-r", "привет мир\n"),
        ("✓ \x1b[32mok\x1b(B\x1b[m\n".encode(), "utf-8", "✓ \x1b[32mok\x1b[m\n"),
        (b"\x1b[32mok\x1b(B\x1b[m\n", "us-ascii", "\x1b[32mok\x1b[m\n"),
    ],
)
def test_escapes_of_terminals_are_no_japanese(data: bytes, label: str, text: str) -> None:
    """terminfo's `sgr0` has ESC ( B. Such lines were lost where no Japanese could be read."""
    assert told(data, label) == (text, [])


def test_lines_between_japanese_are_not_lost() -> None:
    data = "日本".encode("iso2022_jp") + b"\ncaf\xe9 \xe0 la cr\xe8me br\xfbl\xe9e\n"
    assert told(data, None)[0] == "日本\ncafé à la crème brûlée\n"


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"sch|n und gr}n", "DIN_66003", "schön und grün"),
        (b"f}r sm|r", "SEN_850200_B", "får smör"),
        (b"d{cran", "ISO646-FR", "décran"),
        (b"\x05\x06 Vi", "VISCII", "ẴẪ Vi"),
        (b"a|b \\", "iso-8859-1", "a|b \\"),
        (b"C:\\x", "shift_jis-2004", "C:\\x"),
    ],
)
def test_what_seven_bits_mean_by_their_label(data: bytes, label: str, text: str) -> None:
    assert told(data, label) == (text, [])


@pytest.mark.parametrize("name", ["cp037", "din-66003", "viscii", "utf-7", "utf-16", "hz"])
def test_charsets_that_do_not_keep_ascii(name: str) -> None:
    assert not keeps_ascii(name)


@pytest.mark.parametrize("name", ["ascii", "utf-8", "cp932", "iso2022_jp", "koi8-r", "gb18030"])
def test_charsets_that_keep_ascii(name: str) -> None:
    assert keeps_ascii(name)


def test_a_single_shift_leaves_line_ends_alone() -> None:
    assert _iso2022jp.decode(b"a\x1b.A\x1bN\nb\x1bNi") == ("a\nbé", [])


def test_a_designation_of_g1_leaves_g0_alone() -> None:
    assert _iso2022jp.decode(b'\x1b$B$"\x1b)I\x0e1\x0f$"\x1b(B') == ("あｱあ", [])


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        (b"\x1b", "half an escape sequence"),
        (b"\x1b$(", "half an escape sequence"),
        (b"\x1b)A", "escape sequence )A of an unknown set"),
        (b"\x1b$(Z", "escape sequence $(Z of an unknown set"),
    ],
)
def test_escapes_that_say_nothing(end: bytes, fault: str) -> None:
    assert _iso2022jp.decode(b"a" + end) == ("a", [fault])


def test_names_are_in_the_registry_or_here_and_not_in_both() -> None:
    for letters, name in _OTHERS.items():
        known = find(letters)
        assert known is None or reading(known.name) != name, letters
    for name in _READ_AS:
        assert meaning(name) == _READ_AS[name]


# Labels, and codecs of texts that stand under them truly or not.
_LABELS = ("iso-8859-1", "windows-1251", "koi8-r", "koi8-u", "euc-kr", "shift_jis", "euc-jp",
           "iso-2022-jp")  # fmt: skip
_TEXTS = (
    ("cp1250", "Zobrazit přečtená upozornění"),
    ("cp1250", "Pobiera nazwę pliku"),
    ("latin-1", "Grüße aus Köln, ça va très bien"),
    ("cp1251", "Сторінки було пов'язано із сайтом. Ви можете знайти елемент"),
    ("cp1251", "БУДЬТЕ НА ШАГ ВПЕРЕДИ ХАКЕРОВ И ПОЛУЧИТЕ ПОДАРОК"),
    ("koi8-r", "Получить информацию о том, что происходит в сообществе"),
    ("koi8-r", "ФУНКЦИЯ ПЕСОЧНИЦЫ НЕ РАБОТАЕТ, ПОПРОБУЙТЕ СНОВА"),
    ("koi8-u", "Озвалась жінка і каже: Не маю чоловіка. Рече їй Ісус: Добре"),
    ("koi8-u", "ДОКЛАДНІШЕ ПРО ПЕРЕМИКАННЯ ВІКОН. ЗАПУСТИТИ ПРОГРАМУ"),
    ("cp949", "이번 시리즈도 좋았어요. 다만, 전작들보다 조금 짧았습니다"),
    ("cp932", "ただし完全に外海から隔てられたものはほとんどなく、ごく狭い海峡"),
    ("euc_jp", "第１号被保険者と第２号被保険者、つまりは６５歳以上～"),
    ("euc_jp", "Ruby Together という非営利団体は bundler や RubyGems を"),
    ("iso2022_jp", "ネットワークが見つかりません。〜設定を確認してください。"),
)


@pytest.mark.parametrize("label", _LABELS)
@pytest.mark.parametrize(("codec", "text"), _TEXTS)
def test_what_is_believed_is_what_is_read(codec: str, text: str, label: str) -> None:
    """`recode` asks `believed` first, `parse` never."""
    data = text.encode(codec, "ignore")
    for cut in (data, data[: len(data) // 2], data * 3, data + b"\x1b$Gj\x0f", data + b"\x1b(B."):
        found = believed(cut, meaning(label))
        assert found is None or found == told(cut, label)[0]


def test_most_of_an_archive_is_believed() -> None:
    for label, codec, text in (
        ("koi8-r", "koi8-r", _TEXTS[5][1]),
        ("windows-1251", "cp1251", _TEXTS[3][1]),
        ("euc-kr", "cp949", _TEXTS[9][1]),
        ("shift_jis", "cp932", _TEXTS[10][1]),
        ("euc-jp", "euc_jp", _TEXTS[10][1]),
        ("iso-2022-jp", "iso2022_jp", _TEXTS[10][1]),
    ):
        assert believed((text * 2).encode(codec), meaning(label)) == text * 2


def test_what_is_usual_is_what_the_reader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = (b"\x1b$B", b"\x1b(B", b"\x1b(J", b"\x1b(I", b"\x1b$@", b'$"', b"!A", b"!]", b"\n",
              b"\r\n", b"abc", b"\\~", b"\t", b"\x1b$(D", b"\x0e", b"1", b" ", b"$B", b"!1!o",
              b"-!", b'\x1b$B%"\x1b(B')  # fmt: skip
    chance = random.Random(3)
    quick = {}
    for _ in range(20_000):
        data = b"".join(chance.choices(pieces, k=chance.randint(1, 8)))
        text = _iso2022jp.usual(data)
        if text is not None:
            quick[data] = text
    assert len(quick) > 2_000
    monkeypatch.setattr(_iso2022jp, "usual", lambda data: None)
    for data, text in quick.items():
        assert _iso2022jp.decode(data) == (text, []), data


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        (b"filename*0*=utf-8''%E5%B; filename*1*=1%B1.txt", "山.txt"),
        (b"filename*0*=utf-8''100%; filename*1=41.txt", "100%41.txt"),
        (b"filename*0=100%; filename*1*=41.txt", "100%41.txt"),
    ],
)
def test_a_byte_is_put_together_only_between_coded_segments(parameters: bytes, name: str) -> None:
    head = b"Content-Disposition: attachment; " + parameters
    assert mail.parse(head + b"\n\nx").attachments[0].filename == name


WIDE = "Größe und Länge"


@pytest.mark.parametrize(
    ("label", "data", "text", "name", "faults"),
    [
        ("utf-16", WIDE.encode("utf-16"), WIDE, "utf-16", 0),
        (None, WIDE.encode("utf-16"), WIDE, "utf-16", 0),
        ("utf-16", WIDE.encode("utf-16-le"), WIDE, "utf-16-le", 1),
        ("utf-16", WIDE.encode("utf-16-be"), WIDE, "utf-16-be", 1),
        ("utf-16", b"h\0i\0", "hi", "utf-16-le", 1),
        ("utf-16", b"\0h\0i", "hi", "utf-16-be", 1),
        ("utf-16-le", WIDE.encode("utf-16-le"), WIDE, "utf-16-le", 0),
        ("us-ascii", WIDE.encode("utf-16-le"), WIDE, "utf-16-le", 1),
        ("utf-32", WIDE.encode("utf-32"), WIDE, "utf-32", 0),
        ("utf-16", WIDE.encode(), WIDE, "utf-8", 1),
        ("utf-16", b"plain text", "plain text", "ascii", 0),
        (
            "utf-16",
            b"\xff\xfe" + WIDE.encode("utf-16-le") + b"\0\xd8",
            WIDE + "\ufffd",
            "utf-16",
            1,
        ),
        ("utf-16", WIDE.encode("utf-16-le") + b"\0\xd8", WIDE + "\ufffd", "utf-16-le", 2),
    ],
)
def test_code_units_of_utf16(
    label: str | None, data: bytes, text: str, name: str, faults: int
) -> None:
    """By what was sent, whatever the label says of order and marks."""
    said: list[str] = []
    assert read(data, label, "body", said) == (text, name)
    assert len(said) == faults, said
