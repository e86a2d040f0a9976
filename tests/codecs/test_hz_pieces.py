"""HZ in pieces, which PyPy's encoder gets wrong."""

from __future__ import annotations

import pytest

import recodec
from recodec._coding.incremental import _hz_encoder


@pytest.mark.parametrize("text", ["~", "a~b", "己~", "己~己", "~~\n~", "己~\n"])
def test_a_tilde_by_itself(text: str) -> None:
    whole = recodec.encode(text, "hz")
    for make in (recodec.incremental_encoder, lambda name: _hz_encoder()):
        encoder = make("hz")
        pieces = [encoder.encode(character) for character in text]
        assert b"".join(pieces) + encoder.encode("", True) == whole
        encoder = make("hz")
        pieces = [encoder.encode(character) for character in text[:-1]]
        assert b"".join(pieces) + encoder.encode(text[-1], True) == whole
