"""What CPython's codec does of a charset, and the core the rest of it, is one to all who ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._coding.route import route
from recodec.codecs._multi import TableMachine

NAMES = ["cp932"]
_FAR = 201  # characters from which on the core does it


@pytest.mark.parametrize("name", NAMES)
def test_every_character_and_every_code(name: str) -> None:
    machine = route(name).carrier
    assert machine is not None
    table = TableMachine(name, machine.maps)
    for point in (*range(0xD800), *range(0xE000, 0x10000), 0x1F600, 0x20089):
        text = chr(point)
        try:
            expected = table.encode(text, "strict", True, 0)
        except UnicodeEncodeError:
            with pytest.raises(UnicodeEncodeError):
                machine.encode(text, "strict", True, 0)
            continue
        assert machine.encode(text, "strict", True, 0) == expected
        assert machine.mended(text.encode(machine.python)) == expected[0]
    for code in [bytes((lead,)) for lead in range(256)] + [
        bytes((lead, trail)) for lead in range(0x80, 256) for trail in range(256)
    ]:
        for final in (True, False):
            expected_text = table.decode(code, "replace", final, 0)
            assert machine.decode(code, "replace", final, 0) == expected_text


@given(st.text("aé日ⅰ纊ｱ\n\U0001f600犬", max_size=100), st.sampled_from(["strict", "replace"]))
def test_words_are_written_like_pages(text: str, errors: str) -> None:
    page = text + "日" * _FAR
    try:
        expected = recodec.encode(page, "cp932", errors)
    except recodec.EncodeError as error:
        with pytest.raises(recodec.EncodeError) as caught:
            recodec.encode(text, "cp932", errors)
        assert (caught.value.start, caught.value.reason) == (error.start, error.reason)
        return
    assert recodec.encode(text, "cp932", errors) + "日".encode("cp932") * _FAR == expected
