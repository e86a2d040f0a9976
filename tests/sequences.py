"""Sequences of bytes and halves of them that matter to a reader of a stateful charset, to be put
together in any order."""

from __future__ import annotations


def single(*ranges: range) -> list[bytes]:
    """Each byte of these by itself."""
    return [bytes((byte,)) for part in ranges for byte in part]


def escapes(codes: bytes) -> list[bytes]:
    """Escape sequences from what stands behind the ESC, with spaces between them."""
    return [b"\x1b" + code for code in codes.split()]


SHIFTS = [b"\x0e", b"\x0f"]
GRAPHIC = [b"0!", b"!!", b"a", b"\n", b"\r", b"\x80", b" ", b"0", b"\xb1", b"~", b"t!", b"\xa0"]
PLAIN = [*GRAPHIC, b"\x00"]
ODD = [b"\\", b"\x7f"]
JAPANESE = escapes(b"(B (J (I (H $@ $B $(B $(D $(O $(P $(Q &@")
JAPANESE_2 = [*escapes(b"$A $(C .A .F"), b"\x1b.A\x1bNi", b"\x1bN0"]
EBCDIC = [b"\x0eD\x81", b"D\x81", b"\xc1", b"\x15", b"%", b"@@", b"@", b"\x00", b"\xff", *SHIFTS]
WIDE = [b"\xfe\xff", b"\xff\xfe", b"\x00a", b"a\x00", b"\xd8=\xde\x00", b"=\xd8\x00\xde", b"\x00"]
BASE64 = b"+ - +- A AA Q / , ~ \\ ! AGE 2D3cAA 2AA 3AA *".split()
BASE64 += [b"\x80", b"\n", b" ", b"\x01", b"\x00"]
