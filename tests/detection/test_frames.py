"""English text that has nothing but frames beyond ASCII: their pieces are no letters."""

from __future__ import annotations

import pytest

import recodec

FRAMES = {
    "table": "  ┌─┬─┬─┐\n  │ 1│ 2│ 3│\n  ├─┼─┼─┤\n  │ 4│ 5│ 6│\n  └─┴─┴─┘\n",
    "tree": "├── src\n│   ├── main.c\n│   └── util.c\n└── README\n",
    "box": "┌──────────────┐\n│ Install notes │\n└──────────────┘\nRun setup first.\n",
    "branch": "project\n├─┬ parser\n│ └── lexer\n└── writer\n",
    "titled": "┌─ Files ─┐\n│ one     │\n└─────────┘\n",
}
DOUBLE = "╔═════════════════╗\n║ Release 1.2      ║\n╚═════════════════╝\n"
CODECS = ["cp437", "cp850", "cp866", "koi8-r", "gb18030", "cp932", "euc_jp", "cp949", "big5"]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("form", FRAMES)
def test_frames_of_every_set(codec: str, form: str) -> None:
    """They were Georgian, Hebrew, Mongolian and other languages of China, up to 0.98."""
    text = FRAMES[form]
    found = recodec.detect(text.encode(codec))
    assert found.encoding is not None
    assert recodec.decode(text.encode(codec), found.encoding).text == text, found


@pytest.mark.parametrize(
    "text",
    [
        "▄▄▄ █▀▀█ ▄▄▄\n█  █ █  █ █  █\n▀▀▀ ▀▀▀▀ ▀▀▀\n",
        "█▄▄▄█ ▀▀ ░▒▓█ ▀▄▀\n\n  a tool for the release notes\n",
        "░░▒▒▓▓██ setup ██▓▓▒▒░░\n",
        "█▀▀▀▀■■■■■■▀▀▀█\n█■■■▄▄▄▄▄▄▄■■■█\n",
    ],
)
def test_pictures_of_blocks(text: str) -> None:
    """They were Persian in ISIRI 3342 at 1.00, Bulgarian or Arabic."""
    found = recodec.detect(text.encode("cp437"))
    assert found.encoding is not None
    assert recodec.decode(text.encode("cp437"), found.encoding).text == text, found


@pytest.mark.parametrize("codec", ["cp437", "cp866", "koi8-r"])
def test_double_lines(codec: str) -> None:
    found = recodec.detect(DOUBLE.encode(codec))
    assert recodec.decode(DOUBLE.encode(codec), found.encoding).text == DOUBLE, found


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("привет, дорогая", "koi8-r"), ("ВАСЯ ИДЁТ ДОМОЙ", "cp1251"), ("АБВГД", "cp1251"),
        ("дождь идёт на дворе", "koi8-r"), ("你好世界", "gb18030"), ("中文测试", "gb18030"),
    ],
)  # fmt: skip
def test_letters_in_their_place_do_not_fit(text: str, codec: str) -> None:
    found = recodec.detect(text.encode(codec))
    assert found.encoding != "cp437"


def test_a_label_decides() -> None:
    data = FRAMES["table"].encode("cp437")
    assert recodec.detect(data, declared="cp850").encoding == "cp850"
    assert recodec.detect(data, allow=["cp866"]).encoding == "cp866"


@pytest.mark.parametrize("codec", ["cp437", "cp850"])
def test_a_rule_is_no_row_of_letters(codec: str) -> None:
    """A row of one byte was Irish, which says `Íííííííí` once: 0.99."""
    for text in ("═" * 70, "│" + "═" * 20 + "│\n" + "│" + "═" * 20 + "│\n"):
        found = recodec.detect(text.encode(codec))
        assert found.encoding is not None
        assert recodec.decode(text.encode(codec), found.encoding).text == text, found


TITLED = """ ╒══════════════════════════════════════════════════════════════════════╕
 │                            HARBOUR NOTES                             │
 │══════════════════════════════════════════════════════════════════════│
 │║│▒▒░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒│║│
 │  Tables of the tides, lists of berths, and what the pilots ask for   │
 │  Kept by the harbour office and by team δ, who draws the boxes        │
 ╘══════════════════════════════════════════════════════════════════════╛"""


def test_frames_with_letters_among_them() -> None:
    """Lines that do not meet, and a letter: Irish, 0.98."""
    found = recodec.detect(TITLED.encode("cp437"))
    assert found.encoding == "cp437", found


@pytest.mark.parametrize("sign", ["α", "Ω", "π", "Σ"])
def test_greek_letters_are_signs_of_dos(sign: str) -> None:
    """A letter alone was `Ó` or `Û` of cp850, 0.97."""
    text = (
        "╔══════════════════════════════════════════╗\n"
        f"║{sign} Where the old maps and charts are kept   ║\n"
        "║                                          ║\n"
        "╚══════════════════════════════════════════╝\n"
    )
    found = recodec.detect(text.encode("cp437"))
    assert found.encoding is not None
    assert recodec.decode(text.encode("cp437"), found.encoding).text == text, found


@pytest.mark.parametrize("word", ["", "Кустарник", "Пожаловаться"])
def test_frames_are_no_bocu(word: str) -> None:
    """Their rules are rows of capitals in BOCU-1: Occitan, 0.95."""
    rows = ["  ╒" + "═" * 40 + "╕", "  │" + word.center(40) + "│", "  │" + " " * 40 + "│",
            "  ╘" + "═" * 40 + "╛"]  # fmt: skip
    text = "\n".join(rows)
    found = recodec.detect(text.encode("koi8-r"))
    assert found.encoding is not None
    assert recodec.decode(text.encode("koi8-r"), found.encoding).text == text, found


def test_sides_of_a_box_are_no_letters() -> None:
    """Each line has two of them: they were Cyrillic of MIK, 0.93."""
    text = (
        "┌────────────────────────────────────────┐\n"
        "│────────────────────                    │\n"
        "│                                        │\n"
        "│√ Wilderness Hut                        │\n"
        "│────────────────────                    │\n"
        "└────────────────────────────────────────┘\n"
    )
    found = recodec.detect(text.encode("cp437"))
    assert found.encoding is not None
    assert recodec.decode(text.encode("cp437"), found.encoding).text == text, found
