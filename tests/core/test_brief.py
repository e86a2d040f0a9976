"""Short input by one call of the core: the answers of the long way, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from charset_samples import sample
from recodec._core import brief
from recodec._core import conversion as core
from recodec._core.brief import BRIEF
from recodec._core.conversion import Map
from recodec._core.mappings import decode_map, encode_map
from recodec._core.tables import expand

TABLES = ["cp1251", "cp932", "euc_jp", "euc_kr@cpython", "gb18030", "shift_jis_2004", "tcvn"]
MAPS = {
    name: (Map(core.DECODE_UTF16, expand(name)), Map(core.ENCODE, expand(name))) for name in TABLES
}
READ = {name: brief.reader(maps[0]) for name, maps in MAPS.items()}
WRITE = {name: brief.writer(maps[1]) for name, maps in MAPS.items()}


@st.composite
def _bytes(draw: st.DrawFn) -> tuple[str, bytes]:
    """Codes of a table with an end or a byte that may be wrong."""
    name = draw(st.sampled_from(TABLES))
    text = draw(st.text(st.characters(max_codepoint=0xFFFF)))
    data = text.encode(name.split("@")[0].replace("tcvn", "cp1258"), "ignore")
    return name, data + draw(st.binary(max_size=2)) + data[: draw(st.integers(0, 9))]


@given(_bytes(), st.booleans())
def test_reading_is_that_of_the_long_way(case: tuple[str, bytes], final: bool) -> None:
    name, data = case
    text, used, kind, _ = core.to_text(core.TABLE, MAPS[name][0], data, 0, final)
    clean = kind == core.END or (kind == core.CUT and not final)
    assert READ[name](data, final) == ((text, used) if clean else None)


@given(
    st.sampled_from(TABLES),
    st.text(st.one_of(st.sampled_from("aéжか゚セ漢가Ê̄"), st.characters())),
    st.booleans(),
)
def test_writing_is_that_of_the_long_way(name: str, text: str, final: bool) -> None:
    data, used, kind, _ = core.from_text(core.TABLE, MAPS[name][1], text, final)
    clean = kind == core.END or (kind == core.CUT and not final)
    assert WRITE[name](text, final) == ((data, used) if clean else None)


def test_the_longest() -> None:
    """Every code of a table, as often as is short; no answer needs more room than there is."""
    for name in TABLES:
        for code, text in decode_map(name).items():
            if len(code) == 4 or len(text) > 1:
                assert READ[name](code * (BRIEF // len(code)), True) is not None
                break
        longest = max(encode_map(name).items(), key=lambda item: len(item[1]))
        found = WRITE[name](longest[0] * (BRIEF // len(longest[0])), True)
        assert found is not None
        assert len(found[0]) == len(longest[1]) * (BRIEF // len(longest[0]))


@pytest.mark.parametrize("name", ["cp932", "viscii", "euc_kr", "gb18030", "iso2022_jp", "cp1251"])
def test_short_and_long_input_are_one_to_the_codecs(name: str) -> None:
    """By size every way that there is: CPython's codec, one call, block by block."""
    text = (sample(name) * (3 * BRIEF))[: 3 * BRIEF]
    sizes = (*range(70), 2047, 2048, BRIEF - 1, BRIEF, BRIEF + 1, 3 * BRIEF)
    codes = [recodec.encode(character, name) for character in text]
    for size in sizes:
        data = recodec.encode(text[:size], name)
        assert recodec.decode(data, name).text == text[:size]
        if name != "iso2022_jp":
            assert data == b"".join(codes[:size])
        encoder, decoder = recodec.incremental_encoder(name), recodec.incremental_decoder(name)
        cut = size // 3
        assert encoder.encode(text[:cut]) + encoder.encode(text[cut:size], True) == data
        assert decoder.decode(data[:cut]) + decoder.decode(data[cut:], True) == text[:size]
