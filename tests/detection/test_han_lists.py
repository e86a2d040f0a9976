"""Lists of Han characters and Hangul that form no text, as input methods and dictionaries have.

Most of their characters are rare, so that the models found single letters of another alphabet
cheaper: tables of cangjie were cp861 at 0.96, random characters of GBK cp1006.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

import recodec

LEVELS = {  # lead bytes; the ideographs of their first two levels, or the syllables
    "gbk": range(0xB0, 0xD8),
    "gb18030": range(0x81, 0xFE),
    "cp932": range(0x88, 0xEB),
    "big5": range(0xA4, 0xFA),
    "euc_jp": range(0xB0, 0xF5),
    "cp949": range(0xB0, 0xC9),
}


def characters(encoding: str) -> list[str]:
    found = []
    for lead in LEVELS[encoding]:
        for trail in range(0x40, 0xFF):
            try:
                character = bytes((lead, trail)).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(character) == 1 and "\u4e00" <= character < "\ud7a4":
                found.append(character)
    return found


def keyed(picked: list[str], chance: random.Random, encoding: str) -> str:
    """A table of keys: `abc 字`."""
    return "".join(f"{key(chance)} {character}\n" for character in picked)


def by_lines(picked: list[str], chance: random.Random, encoding: str) -> str:
    return "\n".join(picked) + "\n"


def in_a_row(picked: list[str], chance: random.Random, encoding: str) -> str:
    return "".join(picked) + "\n"


def by_code(picked: list[str], chance: random.Random, encoding: str) -> str:
    """In the order of codes, with these: `B0A1\t啊\tAB`."""
    rows = sorted((character.encode(encoding), character) for character in picked)
    return "".join(
        f"{code.hex().upper()}\t{char}\t{key(chance).upper()}\r\n" for code, char in rows
    )


def key(chance: random.Random) -> str:
    return "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(chance.randint(1, 4)))


@pytest.mark.parametrize("encoding", LEVELS)
@pytest.mark.parametrize("form", [keyed, by_lines, in_a_row, by_code])
def test_lists_are_read(
    encoding: str, form: Callable[[list[str], random.Random, str], str]
) -> None:
    chance = random.Random(5)
    everything = characters(encoding)
    wrong, sure = [], []
    for count in (20, 60, 300, 1500, 4000):
        for _ in range(2):
            picked = chance.sample(everything, min(count, len(everything)))
            data = form(picked, chance, encoding).encode(encoding)
            found = recodec.detect(data)
            answer = found.encoding
            if answer is None or recodec.decode(data, answer).text != data.decode(encoding):
                wrong.append(f"{count}: {answer}")
                sure += [found.confidence] if found.confidence > 0.9 else []
    # By the codes alone EUC-JP, EUC-KR and GB 2312 are much the same.
    assert len(wrong) <= 3, wrong
    assert sure == []


def test_a_long_list_is_compared_by_the_same_bytes() -> None:
    """Of a long input single bytes are scored at fewer places, and their sums seemed less."""
    chance = random.Random(6)
    everything = characters("gbk")
    data = "".join("".join(chance.sample(everything, 12)) for _ in range(600)).encode("gbk")
    assert recodec.detect(data).encoding == "gb18030"


def test_only_who_decodes_the_text_counts() -> None:
    """Codes that JIS X 0208 lacks are in JIS X 0213, which is rarer than Chinese."""
    chance = random.Random(6)
    picked = [c for c in characters("gb18030") if c.encode("gb18030")[0] >= 0xF5]
    picked = [c for c in picked if chr(c.encode("gb18030")[1]) >= "\xa1" and c < "\u9fa6"][:282]
    data = "".join(f"{character}\n" for character in chance.sample(picked, 60)).encode("gb18030")
    assert recodec.detect(data).encoding == "gb18030"


def test_affixes_and_pieces_of_words_are_no_lists() -> None:
    """Letters of one byte may be pairs by chance: few of them, or such as ASCII letters touch."""
    table = "SFX A Y 12\nSFX A   0   ête   e\nSFX A   er   àit   er\nSFX A   é   ées   é\n"
    assert recodec.detect((table * 3).encode("cp1252")).encoding == "cp1252"
    stems = "мова/AB\nріка/CD\nполе/E\nсело/FG\nлісок/H\nгора/AB\nзима/B\nвода/CE\n"
    assert recodec.detect(stems.encode("cp1251")).encoding == "cp1251"


@pytest.mark.parametrize(
    ("character", "encoding"),
    [
        ("年", "gbk"),
        ("的", "gbk"),
        ("日", "cp932"),
        ("の", "euc_jp"),
        ("한", "cp949"),
        ("中", "big5"),
    ],
)
@pytest.mark.parametrize(
    "code",
    [
        "case '{}': return 0;",
        "if (ch == '{}') return 1;",
        's.replace("{}", "")',
        'sprintf("%2d%s",$_[0],"{}")',
    ],
)
def test_a_character_in_quotes_is_code(code: str, character: str, encoding: str) -> None:
    data = code.format(character).encode(encoding)
    found = recodec.detect(data).encoding
    assert found is not None
    assert recodec.decode(data, found).text == data.decode(encoding)


def test_words_in_quotes_are_words() -> None:
    words = (("день", "cp1251"), ("для", "koi8-r"), ("és", "cp1250"), ("für", "cp1252"))
    for code in ("case '{}': return 0;", 's.replace("{}", "")', "name = '{}'"):
        for word, encoding in words:
            data = code.format(word).encode(encoding)
            assert data.decode(recodec.detect(data).encoding or "ascii") == data.decode(encoding)


def test_candidates_name_a_charset_once() -> None:
    chance = random.Random(7)
    data = keyed(chance.sample(characters("big5"), 40), chance, "big5").encode("big5")
    names = [candidate.encoding for candidate in recodec.detect_all(data)]
    assert len(names) == len(set(names))
