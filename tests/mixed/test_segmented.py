"""Reading and converting text whose lines are in different encodings."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
import recodec.files
from recodec._mixed.segmented import Plan, SegmentedDecoder, described, segments_of
from recodec.cli._explain_facts import gather

_RU = "Вчера мы ходили в лес за грибами\nСъешь же ещё этих мягких французских булок\n"
_DE = "schöne Grüße aus Köln\nfür die Männer\ndas Frühstück ist fertig\n"
_JA = "この文書は日本語です。\n今日はいい天気ですね\n散歩に行きましょう\n"

CASES = {
    "UTF-8 and windows-1251": [(_RU, "utf-8"), (_RU, "cp1251")],
    "a mark, UTF-8 and windows-1251": [(_RU, "utf-8-sig"), (_RU, "cp1251")],
    "KOI8-R and DOS": [(_RU, "koi8-r"), (_RU, "cp866"), (_RU, "koi8-r")],
    "UTF-8 and windows-1252": [(_DE, "utf-8"), ("plain\n", "ascii"), (_DE, "cp1252")],
    "Shift_JIS and EUC": [(_JA, "cp932"), (_JA, "euc_jp")],
}


def _bytes(parts: list[tuple[str, str]]) -> bytes:
    return b"".join(text.encode(encoding) for text, encoding in parts)


def _text(parts: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in parts)


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES.keys())
def test_decode(parts: list[tuple[str, str]]) -> None:
    data = _bytes(parts)
    found = recodec.decode(data, mixed="split")
    assert found.text == _text(parts)
    assert found.segments == recodec.segments(data)
    assert found.encoding in {part.encoding for part in found.segments}
    assert pickle.loads(pickle.dumps(found)).segments == found.segments
    assert recodec.decode(memoryview(data), mixed="split") == found


def test_decode_one_encoding_as_ever() -> None:
    data = _RU.encode("cp1251")
    assert recodec.decode(data, mixed="split") == recodec.decode(data)
    assert recodec.decode(data, mixed="split").segments == ()
    assert recodec.decode(data, "koi8-r", mixed="split").encoding == "koi8-r"
    with pytest.raises(recodec.OptionError, match="'whole' or 'split'"):
        recodec.decode(data, mixed="refuse")  # type: ignore[arg-type]


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("target", ["utf-8", "utf-16", "gb18030"])
def test_files_are_repaired(tmp_path: Path, parts: list[tuple[str, str]], target: str) -> None:
    path = tmp_path / "old.log"
    data = _bytes(parts)
    path.write_bytes(data)
    done = recodec.recode_file(path, target, mixed="split", backup=".bak")
    assert done.changed
    assert done.skipped is None
    assert done.segments == recodec.segments(data)
    assert path.read_bytes().decode(target) == _text(parts)
    assert (tmp_path / "old.log.bak").read_bytes() == data
    if target != "gb18030":  # which nobody writes Russian in, so that detection does not tell it
        assert recodec.recode_file(path, target, mixed="split").changed is False


def test_without_it_the_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.log"
    data = _bytes([(_RU, "utf-8"), ("plain\n", "ascii"), (_RU, "cp1251")])
    path.write_bytes(data)
    done = recodec.recode_file(path)
    assert done.skipped == (
        "in several encodings: lines 1-3 in utf-8, 4-5 in cp1251; mixed=split reads each in its own"
    )
    assert path.read_bytes() == data
    (done,) = recodec.files.recode_tree(path)
    assert done.skipped
    whole = recodec.recode_file(path, mixed="whole", errors="replace", from_=None)
    assert whole.skipped is None
    assert whole.segments == ()
    with pytest.raises(recodec.OptionError, match="'refuse', 'split' or 'whole'"):
        recodec.recode_file(path, mixed="divide")  # type: ignore[arg-type]


_CS = (
    "Příliš žluťoučký kůň úpěl ďábelské ódy\n"
    "Dnes večer půjdeme všichni společně na procházku\n"
    "Loňské vánoční svátky jsme strávili u babičky\n"
)
LEGACY = {  # what detection names one encoding for, which decodes every byte of the file
    "alternating": [(_RU, "cp1251"), (_RU, "koi8-r"), (_RU, "cp1251"), (_RU, "koi8-r")],
    "one block": [(_RU * 4, "cp1251"), (_RU, "cp866"), (_RU * 4, "cp1251")],
    "ISO and DOS": [(_CS * 3, "iso8859-2"), (_CS, "cp852"), (_CS * 2, "iso8859-2")],
    "Shift_JIS and EUC": [(_JA * 3, "cp932"), (_JA, "euc_jp")],
}


@pytest.mark.parametrize("parts", LEGACY.values(), ids=LEGACY.keys())
def test_legacy_encodings_are_not_read_in_one(tmp_path: Path, parts: list[tuple[str, str]]) -> None:
    path = tmp_path / "old.log"
    data = _bytes(parts)
    path.write_bytes(data)
    done = recodec.recode_file(path)
    assert done.skipped is not None
    assert done.skipped.startswith("in several encodings: lines 1-")
    assert path.read_bytes() == data
    (done,) = recodec.files.recode_tree(path)
    assert done.skipped is not None
    target = io.BytesIO()
    assert recodec.files.recode_stream(io.BytesIO(data), target).skipped is not None
    assert target.getvalue() == b""
    # Who names the encoding is not asked, and who wants it read in one is obeyed.
    name = parts[0][1]
    assert recodec.recode_file(path, from_=name, errors="replace", dry_run=True).skipped is None
    assert recodec.recode_file(path, mixed="whole", errors="replace").skipped is None


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_windows_of_a_long_file_are_searched(tmp_path: Path, end: str) -> None:
    path = tmp_path / "old.log"
    parts = [(_RU * 200, "cp1251"), (_RU * 40, "koi8-r"), (_RU * 20, "cp1251")]
    path.write_bytes(_bytes([(text.replace("\n", end), name) for text, name in parts]))
    done = recodec.recode_file(path)
    assert done.skipped is not None
    assert "lines 1-400 in cp1251, 401-480 in koi8-r, 481-520 in cp1251" in done.skipped


def test_one_legacy_encoding_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "old.log"
    for text, name in ((_RU, "cp1251"), (_CS, "cp852"), (_JA, "euc_jp"), (_DE, "cp1252")):
        path.write_bytes((text * 300).encode(name))
        assert recodec.recode_file(path).changed
        assert path.read_bytes().decode() == text * 300


def test_doubt_leaves_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.log"
    path.write_bytes(_bytes([(_RU, "utf-8"), (_DE, "cp1252")]))
    done = recodec.recode_file(path, mixed="split", min_confidence=1.0)
    assert done.skipped is not None
    assert "lines 1-2 in utf-8, 3-5 in cp1252, utf-8 with confidence" in done.skipped


def test_streams(tmp_path: Path) -> None:
    parts = CASES["KOI8-R and DOS"]
    source, target = io.BytesIO(b"before" + _bytes(parts)), io.BytesIO()
    source.seek(6)
    done = recodec.files.recode_stream(source, target, mixed="split")
    assert target.getvalue().decode() == _text(parts)
    assert len(done.segments) == 3


def test_what_cannot_be_written_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.log"
    data = _bytes(CASES["UTF-8 and windows-1251"])
    path.write_bytes(data)
    with pytest.raises(recodec.EncodeError) as caught:
        recodec.recode_file(path, "cp1252", mixed="split")
    assert (caught.value.line, caught.value.column) == (1, 1)
    assert path.read_bytes() == data


def _plan(parts: list[tuple[str, str]]) -> Plan:
    at, found = 0, []
    for text, encoding in parts:
        end = at + len(text.encode(encoding))
        found.append(
            recodec.Segment(start=at, end=end, encoding=encoding, language=None, confidence=1.0)
        )
        at = end
    return Plan(found)


@given(st.sampled_from(list(CASES.values())), st.lists(st.integers(0, 400), max_size=5))
def test_any_cutting_gives_the_same_text(parts: list[tuple[str, str]], cuts: list[int]) -> None:
    data = _bytes(parts)
    decoder = SegmentedDecoder(_plan(parts))
    text, before = "", 0
    for cut in sorted(cuts):
        text += decoder.decode(data[before:cut])
        before = max(before, min(cut, len(data)))
    assert text + decoder.decode(data[before:], True) == _text(parts)


def test_errors_say_where_they_are_in_the_whole() -> None:
    plan = _plan([("été\n", "utf-8"), ("da\n", "ascii"), ("été", "utf-8")])
    data = "été\n".encode() + b"da\n\xff\xe9"
    with pytest.raises(recodec.DecodeError) as caught:
        SegmentedDecoder(plan).decode(data, True)
    assert (caught.value.offset, caught.value.line, caught.value.column) == (9, 3, 1)
    decoder = SegmentedDecoder(plan, "collect")
    broken = data[:3] + b"\xff" + data[4:]
    assert decoder.decode(broken, True) == "ét\ufffd\ufffd\nda\n\ufffd\ufffd"
    assert [(one.offset, one.line) for one in decoder.problems] == [(3, 1), (4, 1), (9, 3), (10, 3)]


def test_lines_are_counted_in_all_their_ends() -> None:
    segments = _plan([("a\r\nb\r", "ascii"), ("c\n", "ascii"), ("d", "ascii")]).segments
    file = io.BytesIO(b"a\r\nb\rc\nd")
    assert described(file, segments) == "lines 1-2 in ascii, 3 in ascii, 4 in ascii"
    assert file.tell() == 0
    many = _plan([("a\n", "ascii")] * 9).segments
    assert described(io.BytesIO(b"a\n" * 9), many).endswith("6 in ascii, and 3 more runs")


DOS = "журнал событий за день\nошибка записи\n".encode() * 3 + "Öl ist teuer\n".encode("cp852") * 2


@pytest.mark.parametrize("way", ["segments", "decode", "file", "stream", "explain"])
def test_parts_are_detected_with_the_same_hints(tmp_path: Path, way: str) -> None:
    """Without a word about it `Öl` is read as that of the Mac."""
    assert recodec.segments(DOS)[1].encoding != "cp852"
    if way == "segments":
        found = recodec.segments(DOS, declared="ibm852")
    elif way == "decode":
        found = recodec.decode(DOS, declared="ibm852", mixed="split").segments
    elif way == "file":
        (tmp_path / "log").write_bytes(DOS)
        found = recodec.recode_file(tmp_path / "log", declared="ibm852", mixed="split").segments
    elif way == "stream":
        out = io.BytesIO()
        found = recodec.files.recode_stream(
            io.BytesIO(DOS), out, declared="ibm852", mixed="split"
        ).segments
        assert out.getvalue().endswith("Öl ist teuer\n".encode())
    else:
        facts = gather(io.BytesIO(DOS), "log", declared="ibm852")
        assert [part.encoding for part, _, _ in facts.runs] == ["utf-8", "cp852"]
        return
    assert [part.encoding for part in found] == ["utf-8", "cp852"]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_many_segments_share_decoders(size: int) -> None:
    """What one of them leaves open, or found, is nothing to the next in the same encoding."""
    parts = [
        (b"\xef\xbb\xbfa\xc3\xa9\n", "utf-8-sig", "a\xe9\n"),
        (b'\x1b$B$"\n', "iso2022_jp", "\u3042\n"),
        (b"\xd0\xca\n", "koi8-r", "\u043f\u0439\n"),
        (b"ab\x81", "cp932", "ab\ufffd"),
        (b"\n\x82\xa0\n", "cp932", "\n\u3042\n"),
    ] * 3
    plan, at = [], 0
    for data, encoding, _ in parts:
        one = {"encoding": encoding, "language": None, "confidence": 1.0}
        plan.append(recodec.Segment(start=at, end=at + len(data), **one))  # type: ignore[arg-type]
        at += len(data)
    whole = b"".join(data for data, _, _ in parts)
    decoder = SegmentedDecoder(Plan(plan), "collect")
    pieces = [whole[start : start + size] for start in range(0, at, size)]
    texts = [decoder.decode(piece) for piece in pieces] + [decoder.decode(b"", True)]
    assert "".join(texts) == "".join(text for _, _, text in parts)
    assert decoder.count == 3
    assert [(one.offset, one.line, one.column) for one in decoder.problems] == [
        (whole.index(b"ab\x81") + 2 + number * len(whole) // 3, 4 + 5 * number, 3)
        for number in range(3)
    ]


@pytest.mark.parametrize("left", [0, 20])
def test_a_file_that_becomes_shorter(left: int) -> None:
    """The lines that were missing were looked for without an end."""
    data = _bytes([(_RU, "utf-8"), (_RU, "cp1251")]) * 2
    file = io.BytesIO(data[:left])
    with pytest.raises(OSError, match="became shorter"):
        segments_of(file, recodec.detect(data))
    assert file.tell() == 0
