"""Errors say who is at fault, where, and what to try; and each is a built-in one too."""

from __future__ import annotations

import pickle

import pytest

import recodec
from charset_samples import decodable, sample
from recodec import (
    DecodeError,
    EncodeError,
    OptionError,
    RecodecError,
    UnknownCharsetError,
    UnsupportedCharsetError,
    VerificationError,
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (OptionError, ValueError),
        (UnknownCharsetError, LookupError),
        (UnsupportedCharsetError, LookupError),
        (DecodeError, UnicodeDecodeError),
        (EncodeError, UnicodeEncodeError),
        (VerificationError, RecodecError),
    ],
)
def test_each_is_one_of_ours_and_a_built_in(ours: type[Exception], theirs: type[Exception]) -> None:
    assert issubclass(ours, RecodecError)
    assert issubclass(ours, theirs)


def test_unknown_charset_names_close_matches() -> None:
    with pytest.raises(UnknownCharsetError) as caught:
        recodec.decode(b"x", "windows-12511")
    assert caught.value.name == "windows-12511"
    assert "cp1251" in caught.value.matches
    assert str(caught.value).startswith("unknown charset 'windows-12511'; did you mean cp1251")
    assert str(UnknownCharsetError("x")) == "unknown charset 'x'"


def test_unsupported_charset_is_never_replaced() -> None:
    with pytest.raises(UnsupportedCharsetError, match="no codec for big5-uao"):
        recodec.decode(b"x", "big5-uao")
    with pytest.raises(UnsupportedCharsetError):
        b"x".decode("big5-uao")
    with pytest.raises(UnsupportedCharsetError):
        recodec.recode(b"x", to="Big5-UAO", from_="ascii")


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_decode_error_tells_the_place(newline: str) -> None:
    data = f"eins{newline}zwei{newline}dr".encode() + b"\x81\x8d!"
    with pytest.raises(DecodeError) as caught:
        recodec.decode(data, "cp1252")
    error = caught.value
    assert error.encoding == "cp1252"
    assert error.offset == error.start == len(data) - 3
    assert (error.line, error.column) == (3, 3)
    assert error.bad == b"\x81"
    assert "byte 81 at offset" in str(error) and "(line 3, column 3)" in str(error)
    assert "try errors='replace'" in str(error)


def test_columns_count_characters() -> None:
    with pytest.raises(DecodeError) as caught:
        recodec.decode("日本語".encode() + b"\xff", "utf-8")
    assert (caught.value.offset, caught.value.line, caught.value.column) == (9, 1, 4)
    with pytest.raises(DecodeError) as caught:
        recodec.decode("ab\ncd".encode("utf-16-le") + b"\x00\xdc", "utf-16-le")
    assert (caught.value.offset, caught.value.line, caught.value.column) == (10, 2, 3)


def test_encode_error_tells_the_character() -> None:
    with pytest.raises(EncodeError) as caught:
        recodec.encode("eins\nzwei\nd€i漢", "iso8859-1")
    error = caught.value
    assert error.encoding == "iso8859-1"
    assert (error.offset, error.line, error.column) == (11, 3, 2)
    assert error.character == "€"
    assert "U+20AC € EURO SIGN at character 11 (line 3, column 2)" in str(error)
    holders = EncodeError("ascii", "€", 0, 1, "no").could_hold()
    assert {"cp1252", "iso8859-15", "cp1251"} <= set(holders)
    assert not {"iso8859-1", "ascii", "utf-8", "gb18030", "cp437"} & set(holders)


def test_encode_error_survives_odd_characters() -> None:
    for text in ("\ud800", "\x00", "\u200b", "\U0010ffff", ""):
        shown = str(EncodeError("ascii", text, 0, 1, "no such character"))
        assert "\u200b" not in shown
        assert shown.startswith("ascii: ")


def test_binary_data_has_no_text() -> None:
    with pytest.raises(DecodeError, match="png data, not text; name an encoding") as caught:
        recodec.decode(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert caught.value.encoding == "binary"
    assert (caught.value.line, caught.value.column) == (1, 1)


def test_long_bad_runs_are_shortened() -> None:
    error = DecodeError("x", bytes(range(200)), 0, 100, "bad")
    assert "00 01 02 03 04 05 06 07 ..." in str(error)


@pytest.mark.parametrize(
    "error",
    [
        OptionError("no"),
        UnknownCharsetError("x", ["y", "z"]),
        UnsupportedCharsetError("x"),
        VerificationError("x"),
        DecodeError("ascii", b"ab\xff", 2, 3, "no", offset=9, line=4, column=5, hint="go on"),
        DecodeError("ascii", b"ab\xff", 2, 3, "no"),
        EncodeError("ascii", "ab€", 2, 3, "no", offset=9, line=4, column=5, hint="go on"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_pickling(error: Exception) -> None:
    """Process pools send them home."""
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.args == error.args
    for name in ("offset", "line", "column", "hint", "name", "matches"):
        assert getattr(again, name, None) == getattr(error, name, None)


def test_incremental_errors_count_from_the_start() -> None:
    decoder = recodec.incremental_decoder("utf-8")
    assert decoder.decode("één\r".encode()) == "één\r"
    assert decoder.decode(b"\ntwee\nd\xe2\x82") == "\ntwee\nd"
    with pytest.raises(DecodeError) as caught:
        decoder.decode(b"rie")
    assert (caught.value.offset, caught.value.line, caught.value.column) == (13, 3, 2)
    assert caught.value.bad == b"\xe2\x82"
    assert decoder.decode(b"\xacrie", True) == "€rie", "the failed piece left no trace"

    encoder = recodec.incremental_encoder("cp1252")
    encoder.encode("één\ntw")
    with pytest.raises(EncodeError) as caught_encode:
        encoder.encode("ee\r\n漢")
    assert caught_encode.value.offset == 10
    assert (caught_encode.value.line, caught_encode.value.column) == (3, 1)


def _multi() -> list[str]:
    from recodec._coding.route import holds
    from recodec._registry.charsets import lookup

    kinds = ("multi", "unicode")
    composed = ("vni", "utf-8-mac")  # what is left of a cut character is a letter
    found = [name for name in decodable() if lookup(name).kind in kinds and name not in composed]
    return [name for name in found if holds(name, "ab")]  # raw sets have no ASCII


@pytest.mark.parametrize("name", _multi())
def test_a_cut_character_is_reported_at_its_first_byte(name: str) -> None:
    head = recodec.encode("ab", name)
    longest = 0
    for character in dict.fromkeys(sample(name)):
        data = recodec.encode(f"ab{character}", name)
        for end in range(len(head) + 1, len(data)):
            with pytest.raises(DecodeError) as caught:
                recodec.decode(data[:end], name)
            error = caught.value
            assert (error.offset, error.line, error.column) == (len(head), 1, 3)
            assert error.bad and data[error.offset : end].startswith(error.bad)
            longest = max(longest, end - len(head))
    assert longest > 0


def test_offsets_count_from_the_mark() -> None:
    """CPython's utf-8-sig counts from behind it."""
    with pytest.raises(DecodeError) as caught:
        recodec.decode(b"\xef\xbb\xbfab\xff", "utf-8-sig")
    assert (caught.value.offset, caught.value.bad, caught.value.column) == (5, b"\xff", 3)


def test_errors_say_what_would_help() -> None:
    def message(text: str, name: str) -> str:
        with pytest.raises(EncodeError) as caught:
            recodec.encode(text, name)
        return str(caught.value)

    assert "try errors='translit' (writes 'EUR'), cp1252, " in message("€", "iso8859-1")
    assert "try lenient=True (writes '\\u301c'), cp932, " in message("～", "euc_jp")
    assert "try errors='replace', cp1251, " in message("я", "cp1252")
    assert message("\U0001f600", "cp932").endswith("try errors='replace' or utf-8")
    assert message("\ud800", "utf-8").endswith("try errors='replace'")


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\xfe\xff"])
def test_bytes_of_a_mark_in_mid_text_are_no_mark(bad: bytes) -> None:
    decoder = recodec.incremental_decoder("utf-8")
    decoder.decode("Zeile zwei \xe9\n".encode())
    with pytest.raises(DecodeError) as caught:
        decoder.decode(b"drei " + bad + b" Stra\xdfen und T\xfcren\n")
    names = caught.value.looks_like()
    assert not [name for name in names if name.startswith("utf-16")]


def test_decode_errors_say_what_the_input_looks_like() -> None:
    data = "Съешь же ещё этих мягких французских булок, да выпей чаю".encode("cp1251")
    with pytest.raises(DecodeError) as caught:
        recodec.decode(data, "utf-8")
    assert caught.value.looks_like()[0] == "cp1251"
    assert "the input looks like cp1251; or try" in str(caught.value)
    assert "looks like" not in str(DecodeError("utf-8", b"ab\xff", 2, 3, "invalid start byte"))


def test_holders_are_ranked_and_few() -> None:
    error = EncodeError("iso8859-1", "€", 0, 1, "no")
    assert error.could_hold()[0] == "cp1252", "the superset that is read for it anyway"
    assert len(error.could_hold()) == 8
    assert error.could_hold(2) == error.could_hold()[:2]
    everything = error.could_hold(None)
    assert len(everything) > 30 and set(error.could_hold()) < set(everything)
    assert EncodeError("ascii", "\ud800", 0, 1, "no").could_hold(None) == ()
    assert EncodeError("ascii", "é", 0, 1, "no").alternative() == ("errors='translit'", "e")
    assert EncodeError("ascii", "я", 0, 1, "no").alternative() is None
