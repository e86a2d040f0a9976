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
