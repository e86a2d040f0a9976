"""Lines and columns of long pieces, whose line ends the core counts."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

import recodec
from recodec._coding.route import route
from recodec._position import LONG, Position
from recodec._registry.charsets import all_charsets


def expected(text: str) -> tuple[int, int]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


@pytest.mark.parametrize("alphabet", ["ab\r\n", "\r\n", "abcdefgh", "a\r", "aя\r\n"])
@pytest.mark.parametrize("asked", [False, True])
def test_long_pieces(alphabet: str, asked: bool) -> None:
    chance = random.Random(alphabet)
    for _ in range(60):
        place = Position()
        text = ""
        for _ in range(chance.randrange(1, 6)):
            size = chance.choice([0, 1, 2, LONG - 1, LONG, LONG + 1, 3 * LONG])
            piece = "".join(chance.choices(alphabet, k=size))
            text += piece
            place.advance(piece)
            if asked:
                assert (place.line, place.column) == expected(text)
        again = place.copy()
        assert (place.line, place.column) == (again.line, again.column) == expected(text)
        if text and not text.endswith(("\r", "\n")):
            assert (again.before(1).line, again.before(1).column) == expected(text[:-1])


def test_no_long_text_is_kept() -> None:
    place = Position()
    place.advance("a\n" + "b" * (1 << 20))
    assert not place._ended
    assert (place.line, place.column) == (2, (1 << 20) + 1)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("ascii", "ab"),
        ("latin-1", "aé"),
        ("cp1251", "aж"),
        ("utf-8", "a日😀"),
        ("cp932", "a日"),
        ("big5hkscs", ("a", "Ê̄", "日")),
        ("utf-16", "a日"),
        ("iso2022_jp", "a日"),
        ("cp037", "aé"),
    ],
)
def test_errors_behind_long_pieces(name: str, letters: Sequence[str]) -> None:
    chance = random.Random(name)
    bad = {"utf-16": b"\0\xdc", "iso2022_jp": b"\x1b(B\xff", "cp1251": b"\x98"}.get(name, b"\xff")
    bad = {"cp037": b"", "cp932": b"\x81"}.get(name, bad)
    for _ in range(20):
        text = "".join(chance.choices([*letters, "\n", "\r", "\r\n"], k=4 * LONG))
        data = recodec.encode(text, name)
        decoder = recodec.incremental_decoder(name)
        cuts = sorted(chance.randrange(len(data)) for _ in range(2))
        pieces = [
            data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)
        ]
        for piece in pieces:
            decoder.decode(piece)
        assert (decoder.position.line, decoder.position.column) == expected(text)
        if bad and name != "latin-1":
            with pytest.raises(recodec.DecodeError) as caught:
                decoder.decode(bad + b"  ", True)
            assert (caught.value.line, caught.value.column) == expected(text)
        encoder = recodec.incremental_encoder(name)
        cuts = sorted(chance.randrange(len(text)) for _ in range(2))
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            encoder.encode(text[start:end])
        with pytest.raises(recodec.EncodeError) as refused:
            encoder.encode("\udc00", True)
        assert (refused.value.line, refused.value.column) == expected(text)


def test_lines_shown_by_bytes() -> None:
    """What is said to show its lines has no other code of a line end, and none within a code."""
    shown = 0
    for charset in all_charsets():
        try:
            way = route(charset.name)
        except recodec.UnsupportedCharsetError:
            continue
        if way.native is None or not way.native.shows_lines:
            continue
        shown += 1
        for code in range(256):
            text = way.decode(bytes((code,)), "replace")[0]
            assert ("\n" in text) == (code == 10), (charset.name, code)
            assert ("\r" in text) == (code == 13), (charset.name, code)
            for end in "\n\r":
                try:
                    text = way.decode(bytes((code, ord(end))), "strict")[0]
                except UnicodeDecodeError:
                    continue
                assert text.endswith(end), (charset.name, code, end)
    assert shown > 100
