"""`segments`: runs of lines in different encodings."""

from __future__ import annotations

import codecs
import pickle
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._mixed import lines

_RU = (
    "Съешь же ещё этих мягких французских булок\n"
    "Привет, как дела, что нового сегодня\n"
    "Вчера мы ходили в лес за грибами\n"
)
_JA = "この文書は日本語です。\n今日はいい天気ですね\n散歩に行きましょう\n"
_CS = "žluťoučký kůň úpěl\npříliš ďábelské ódy\nšťastný nový rok\n"
_DE = "schöne Grüße aus Köln\nfür die Männer\ndas Frühstück ist fertig\n"

CASES = {
    "two Russian code pages": [(_RU, "cp1251"), (_RU, "koi8-r")],
    "UTF-8 and then windows-1251": [(_RU, "utf-8"), (_RU, "cp1251")],
    "mostly windows-1251 after UTF-8": [(_RU, "utf-8"), (_RU * 5, "cp1251")],
    "two Japanese encodings": [(_JA, "cp932"), (_JA, "euc_jp")],
    "UTF-8 and windows-1252": [(_DE, "utf-8"), (_DE * 3, "cp1252")],
    "windows-1252 and UTF-8": [(_DE, "cp1252"), (_DE, "utf-8")],
    "and back again": [(_RU, "cp1251"), (_RU, "koi8-r"), (_RU, "cp866"), (_RU, "cp1251")],
    "Windows and ISO Czech": [(_CS * 3, "cp1250"), (_CS * 3, "iso8859-2")],
    "lines in turn": [(_RU[:43], "koi8-r"), (_RU[43:], "cp1251")] * 4,
    "one foreign line": [(_RU * 4, "cp1251"), (_RU[:43], "koi8-r"), (_RU * 4, "cp1251")],
    "one line of the web's Latin 1": [(_DE * 9, "utf-8"), (_DE[:22], "cp1252"), (_DE, "utf-8")],
    "Macintosh and Windows": [(_DE * 3, "mac-roman"), (_DE * 3, "cp1252")],
    "DOS and Windows": [(_DE * 3, "cp850"), (_DE * 3, "cp1252")],
    "other line ends": [(_RU, "koi8-r"), (_RU.replace("\n", "\r"), "cp1251")],
    "lines with escapes": [(_JA, "iso2022_jp"), (_JA, "cp932")],
    "a mark before UTF-8": [("\ufeff" + _RU, "utf-8"), (_RU, "cp1251")],
    "three Czech code pages": [(_CS * 2, "cp1250"), (_CS * 2, "iso8859-2"), (_CS * 2, "cp852")],
    "one encoding": [(_RU, "cp1251")],
    "ASCII lines go with the rest": [("plain\n" + _RU + "plain\n", "koi8-r")],
    "UTF-16 has no lines to divide": [(_RU, "utf-16")],
    "ASCII": [("plain\ntext\n", "ascii")],
}


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES.keys())
def test_parts_are_found(parts: list[tuple[str, str]]) -> None:
    data = b"".join(text.encode(encoding) for text, encoding in parts)
    found = recodec.segments(data)
    if data.startswith(codecs.BOM_UTF8):
        parts = [(parts[0][0][1:], "utf-8-sig"), *parts[1:]]
    assert [part.encoding for part in found] == [encoding for _, encoding in parts]
    for part, (text, encoding) in zip(found, parts, strict=True):
        assert part.encoding is not None
        assert data[part.start : part.end].decode(part.encoding) == text
        assert 0 <= part.confidence <= 1
        assert part.language == (
            "en" if encoding == "ascii" else recodec.detect(text.encode()).language
        )


@pytest.mark.parametrize("name", ["and back again", "three Czech code pages", "one encoding"])
def test_the_lines_of_large_input_are_remembered_otherwise(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"".join(text.encode(encoding) for text, encoding in CASES[name])
    found = recodec.segments(data)
    monkeypatch.setattr(lines, "_COMPACT", 1)
    assert recodec.segments(data) == found


def _short_sections(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lines, "_BLOCK", 2000)
    patch.setattr(lines, "_MOST", 20)


@pytest.mark.parametrize("name", CASES)
def test_sections_give_the_segments_of_the_whole(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"".join(text.encode(encoding) for text, encoding in CASES[name])
    whole = [(part.start, part.end, part.encoding) for part in recodec.segments(data)]
    _short_sections(monkeypatch)
    monkeypatch.setattr(lines, "_MOST", 1)
    monkeypatch.setattr(lines, "_BLOCK", 200)
    found = [(part.start, part.end, part.encoding) for part in recodec.segments(data)]
    assert found == whole


@pytest.mark.parametrize(
    ("first", "second"), [("koi8-r", "cp866"), ("utf-8", "cp1251"), ("cp1251", "utf-8")]
)
def test_sections_of_their_own_encoding(
    first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [(_RU * 40).encode(first), (_RU * 30).encode(second), (_RU * 20).encode(first)]
    _short_sections(monkeypatch)
    found = recodec.segments(b"".join(parts))
    assert [(part.encoding, part.end - part.start) for part in found] == [
        (name, len(data)) for name, data in zip((first, second, first), parts, strict=True)
    ]


def test_nul_far_behind_leaves_the_input_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    _short_sections(monkeypatch)
    data = (_RU * 60).encode("koi8-r") + b"\0\0\n" + (_RU * 60).encode("cp866")
    assert len(recodec.segments(data)) == 1


def test_memory_does_not_grow_with_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_MOST", 1)  # a section is a block then
    data = "Привет, как твои дела?\n".encode("koi8-r") * 30_000
    peaks = []
    for times in (2, 5):  # both have more sections than are remembered
        tracemalloc.start()
        assert len(recodec.segments(data * times)) == 1
        peaks.append(tracemalloc.get_traced_memory()[1] - len(data) * times)
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2


def test_mixed_input_is_said_to_be() -> None:
    assert recodec.detect(_RU.encode() + _RU.encode("cp1251")).mixed
    assert recodec.detect((_DE * 3).encode("cp1252") + _DE.encode()).mixed
    assert "mixed=True" in repr(recodec.detect(_RU.encode() + _RU.encode("cp1251")))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(_RU, "cp1251"), (_CS, "cp1250"), (_DE, "cp1252"), (_JA, "cp932"), (_JA, "euc_jp")],
)
@pytest.mark.parametrize("times", [2, 5, 15])
def test_a_few_lines_of_utf_8_do_not_hide_the_rest(text: str, encoding: str, times: int) -> None:
    """The charset of the larger part has no character for some bytes of UTF-8, and still it is."""
    data = text.encode() + (text * times).encode(encoding)
    found = recodec.detect(data)
    assert (found.encoding, found.mixed) == (encoding, True)
    data[: found.valid_up_to].decode(encoding)
    if not found.bad:
        data.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16", "cp866"])
def test_text_in_one_encoding_is_not_mixed(encoding: str) -> None:
    assert not recodec.detect(_RU.encode(encoding)).mixed


def test_a_damaged_byte_does_not_divide() -> None:
    data = _RU.encode().replace("булок".encode(), b"\xff" + "булок".encode())
    found = recodec.detect(data)
    assert (found.encoding, found.bad, found.mixed) == ("utf-8", 1, False)
    assert len(recodec.segments(data)) == 1


def test_empty_and_binary() -> None:
    assert recodec.segments(b"") == ()
    binary = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
    (part,) = recodec.segments(binary)
    assert (part.start, part.end, part.encoding) == (0, len(binary), None)


def test_any_buffer_and_no_text() -> None:
    data = _RU.encode("cp1251")
    whole = recodec.segments(data)
    assert recodec.segments(bytearray(data)) == recodec.segments(memoryview(data)) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole
    with pytest.raises(TypeError, match="takes bytes, not str"):
        recodec.segments("text")  # type: ignore[arg-type]
    with pytest.raises(BufferError):
        recodec.segments(memoryview(data)[::2])


def test_options_are_those_of_detection() -> None:
    data = _RU.encode("cp1251") + _RU.encode("koi8-r")
    for part in recodec.segments(data, allow=("cp1251", "cp866"), language="ru"):
        assert part.encoding in ("cp1251", "cp866")
    assert "koi8-r" not in {part.encoding for part in recodec.segments(data, deny="koi8-r")}
    with pytest.raises(recodec.UnknownCharsetError):
        recodec.segments(data, allow=("no-such",))


def test_damage_is_no_second_encoding() -> None:
    """Bytes that a charset leaves open, as a disk or a bad cut leaves them."""
    text = _CS * 12
    data = bytearray(text.encode("cp1250"))
    data[len(data) // 2] = 0x81
    assert [part.encoding for part in recodec.segments(data)] == ["cp1250"]
    (part,) = recodec.segments(_RU.encode() + "\ud83d".encode("utf-8", "surrogatepass"))
    assert part.encoding == "utf-8"


def test_a_large_file_with_one_foreign_line() -> None:
    head, line = (_DE * 4000).encode(), "für die Männer in Köln\n".encode("cp1252")
    found = recodec.segments(head + b"plain\n" + line + head)
    assert [(part.start, part.end, part.encoding) for part in found] == [
        (0, len(head) + 6, "utf-8"),
        (len(head) + 6, len(head) + 6 + len(line), "cp1252"),
        (len(head) + 6 + len(line), 2 * len(head) + 6 + len(line), "utf-8"),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([_RU, _DE, _CS, _JA, "plain\n", "\n"]),
            st.sampled_from(["utf-8", "cp1251", "cp1250", "cp932", "koi8-r"]),
        ),
        max_size=4,
    ),
    st.binary(max_size=30),
)
def test_segments_follow_each_other(parts: list[tuple[str, str]], tail: bytes) -> None:
    data = b"".join(text.encode(name, "ignore") for text, name in parts) + tail
    at, before = 0, None
    for part in recodec.segments(data):
        assert part.start == at < part.end
        assert at == 0 or data[at - 1 : at] in (b"\n", b"\r")
        assert data[at - 1 : at + 1] != b"\r\n"
        assert part.encoding != before or before is None
        assert 0 <= part.confidence <= 1
        if part.encoding is not None:
            recodec.decode(data[at : part.end], part.encoding, "replace")
        at, before = part.end, part.encoding
    assert at == len(data)
