"""What error handlers may answer to a codec: checked, and never put into the text as it is."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest

from recodec._coding.route import route
from recodec._conversion.handlers import ask

BAD = {
    "cp50221": b"a\xffb",
    "scsu": b"a\x0cb",
    "euc_tw": b"a\xffb",
    "euc_jp": b"a" * 5000 + b"\xff",
}


def register(handler: Callable[[UnicodeError], object]) -> str:
    codecs.register_error("recodec-test-handlers", handler)  # type: ignore[arg-type]
    return "recodec-test-handlers"


# The last as PyPy's own decoders say it.
REFUSED = r"recodec-test-handlers|must return|expected integer"


@pytest.mark.parametrize("name", sorted(BAD))
@pytest.mark.parametrize(
    "answer", [None, "x", (None, 1), (b"x", 1), ("x",), ("x", "1"), ("x", 1, 2)]
)
def test_decoders_refuse_what_is_no_answer(name: str, answer: object) -> None:
    errors = register(lambda error: answer)
    with pytest.raises(TypeError, match=REFUSED):
        route(name).decode(BAD[name], errors)
    with pytest.raises(TypeError, match=REFUSED):
        route(name).incremental_decoder(errors).decode(BAD[name], True)


@pytest.mark.parametrize("name", ["cp50221", "viscii", "euc_tw", "scsu"])
@pytest.mark.parametrize("answer", [None, "x", (None, 1), ("x", None)])
def test_encoders_refuse_what_is_no_answer(name: str, answer: object) -> None:
    errors = register(lambda error: answer)
    with pytest.raises(TypeError, match="recodec-test-handlers"):
        route(name).encode("a\ud800b", errors)


def test_a_handler_at_the_end_is_checked_too() -> None:
    with pytest.raises(TypeError, match="recodec-test-handlers"):
        route("utf-7-imap").decode(b"&AOk", register(lambda error: (None, 1)))


def test_places() -> None:
    error = UnicodeDecodeError("ascii", b"abcd", 1, 2, "no")
    for place, meant in ((0, 0), (4, 4), (-1, 3), (-4, 0)):
        assert ask(register(lambda _, place=place: ("x", place)), error) == ("x", meant)
    for place in (5, -5, 10**30):
        with pytest.raises(IndexError, match=str(place)):
            ask(register(lambda _, place=place: ("x", place)), error)
