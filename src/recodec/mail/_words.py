"""Encoded words of RFC 2047 and raw text in headers, as they are met and not only as they should
be.

Raw text is decoded first, as a whole, so that no byte of a two-byte character is taken for a
quote, a backslash or the start of a word; the words, which are ASCII, come after.
"""

from __future__ import annotations

import binascii
import re

from . import _iso2022jp
from ._charset import read, read_plain
from ._decoding import is_utf8
from ._encoded_words import Word, WordReader, words_in
from ._hints import NO_HINTS, Hints
from ._labels import JAPANESE_7BIT, meaning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.header import Header

__all__ = ["bytes_of_header", "decode_header", "decode_text", "decode_value", "raw_text"]

# A word without its end: to the end of the value, or where the next begins.
_OPEN = re.compile(
    r"=\?[ \t]*([A-Za-z0-9_.:*+-]{2,60})[ \t]*\?[ \t]*([bBqQ])[ \t]*\?"
    r"([^\s?]+)\??(?=\s|\Z)"
)
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_LOST_FOLD = re.compile(rb"[\r\n]+")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_Q_IN_B = re.compile(r"(?:=[0-9A-F]{2}){2}")
_QUOTED_PADDING = re.compile(r"(?:=3D){1,2}\Z", re.IGNORECASE)  # base64 in quoted-printable
_OPEN_STATE = re.compile(rb"\x1b(?:\$\(?[@A-Z]|\(I)[^\x1b]*\Z")
_NEXT_ESCAPE = re.compile(rb"\x1b([$(])")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MARKED = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")  # charsets of words that may begin so
_MOST_APART = 200  # words in a row that are tried one by one
_CONTROLS = re.compile("[\x00\r\n\x0b\x0c\x85\u2028\u2029]+")


def bytes_of_header(value: str | bytes | Header) -> bytes:
    """The bytes of a header as they came; the standard library hides raw ones in surrogates, or in
    a `Header` under its old policy."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        import email.header

        if not isinstance(value, email.header.Header):
            raise TypeError(f"a header must be bytes or str, not {type(value).__name__}")
        pieces = email.header.decode_header(value)
        if all(charset == "unknown-8bit" for _, charset in pieces):
            return b"".join(octets for octets, _ in pieces)
        value = value.encode(maxlinelen=0)  # of a program that writes mail
    try:
        return value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        # Text that was never bytes: as RFC 6532 would send it.
        return value.encode("utf-8", "surrogateescape")


def decode_header(value: bytes | str | Header) -> str:
    """The text of a header's value: encoded words, raw 8-bit bytes, raw ISO-2022-JP.

    Takes the raw bytes or what the standard library's parser gives, which is a `Header` for raw
    bytes under its old policy. Words of one charset that
    follow each other are joined before they are decoded, since senders split them inside
    characters. Never raises; what cannot be read comes out as U+FFFD.
    """
    return decode_value(bytes_of_header(value), NO_HINTS, "header", [])


def decode_value(value: bytes, hints: Hints, what: str, defects: list[str]) -> str:
    """The same with what is known of the mail, and a list for what is wrong."""
    return decode_text(raw_text(value, hints, what, defects), hints, what, defects)


def raw_text(value: bytes, hints: Hints, what: str, defects: list[str]) -> str:
    """A header's value unfolded and decoded, the encoded words in it left as they are.

    Unfolding takes the line break and keeps the space after it (RFC 5322, 2.2.3).
    """
    value = _LOST_FOLD.sub(b" ", _FOLD.sub(b"", value))
    if value.isascii() and b"\x1b" not in value:
        if b"$B" not in value and b"$@" not in value and b"~{" not in value:
            return value.decode("ascii")
        restored = _restored(value, JAPANESE_7BIT in hints.charsets)
        if restored == value:
            return value.decode("ascii")
        value = restored
    defects.append(f"{what}: raw bytes without a label")
    pieces = value.split(b",") if b"\x1b" not in value else []
    if any(_is_utf8(piece) for piece in pieces) and not _is_utf8(value):
        # Names in a row, from address books of several programs.
        return ",".join(read(piece, None, what, [], hints)[0] for piece in pieces)
    # What differs from the hints is no defect: the labels were given to other parts.
    return read(value, None, what, [], hints)[0]


def _restored(value: bytes, labelled: bool) -> bytes:
    """A value with the ESC put back that its escapes have lost; those in words have theirs."""
    text = value.decode("ascii")
    parts: list[bytes] = []
    at = 0
    for word in words_in(text):
        parts += (
            _iso2022jp.restore_escapes(value[at : word.start], labelled=labelled),
            value[word.start : word.end],
        )
        at = word.end
    return b"".join((*parts, _iso2022jp.restore_escapes(value[at:], labelled=labelled)))


def _is_utf8(value: bytes) -> bool:
    """Whether it is UTF-8 beyond ASCII."""
    return not value.isascii() and is_utf8(value)


def decode_text(value: str, hints: Hints, what: str, defects: list[str]) -> str:
    """A header's text with its encoded words decoded; line ends inside become spaces."""
    if "=?" not in value:
        return _clean(value)
    parts: list[str] = []
    run: list[tuple[bytes | None, str]] = []  # words that follow each other under one label
    label = ""
    at = 0

    def flush() -> None:
        if run:
            parts.append(_join(run, label, what, defects, hints))
            run.clear()

    for word in _words(value, what, defects):
        between = value[at : word.start]
        at = word.end
        name = word.charset.strip()
        apart = between.strip(" \t") != ""
        if apart or not (run and _same(name, label)):
            flush()
            # White space between two words is there for folding only.
            if apart or word.start == len(between):
                parts.append(between)
        label = name
        run.append((_octets(word.encoding, word.text, name), word.text))
    flush()
    parts.append(value[at:])
    return _clean("".join(parts))


def _words(value: str, what: str, defects: list[str]) -> list[Word]:
    """The words of a value in their order, those that nothing ends included."""
    found: list[Word] = []
    reader = WordReader(value)
    at = 0
    while True:
        start = value.find("=?", at)
        if start < 0:
            return found
        word = reader.word(start)
        if word is not None and reader.opens_within(word):
            word = None  # another word begins inside: this one was never ended
        if word is None:
            begun = _OPEN.match(value, start) or _UP_TO_NEXT.match(value, start)
            if begun is not None:
                defects.append(f"{what}: an encoded word without its end")
                places = begun.start(), *begun.span(3), begun.end()
                word = Word(value, *places, begun[1], begun[2])
        if word is None:
            at = start + 2
        else:
            found.append(word)
            at = word.end


_UP_TO_NEXT = re.compile(
    r"=\?[ \t]*([A-Za-z0-9_.:*+-]{2,60})[ \t]*\?[ \t]*([bBqQ])[ \t]*\?([^?=]*(?:=(?!\?)[^?=]*)*)"
    r"\??(?==\?)"
)


def _same(name: str, label: str) -> bool:
    if name.lower() == label.lower():
        return True
    one = meaning(name)
    return one is not None and one == meaning(label)


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text).strip(" \t")


def _join(
    run: list[tuple[bytes | None, str]], label: str, what: str, defects: list[str], hints: Hints
) -> str:
    """The text of words under one label that follow each other."""
    marked = [at for at, (octets, _) in enumerate(run) if octets and octets.startswith(_MARKS)]
    if not marked or meaning(label) not in _MARKED:
        return _joined(run, label, what, defects, hints)
    # Each word with a byte order mark begins a text of its own.
    starts = [0, *(at for at in marked if at)]
    return "".join(
        _joined(run[start:end], label, what, defects, hints)
        for start, end in zip(starts, [*starts[1:], len(run)], strict=True)
    )


def _joined(
    run: list[tuple[bytes | None, str]], label: str, what: str, defects: list[str], hints: Hints
) -> str:
    if any(octets is None for octets, _ in run):
        # Raw characters inside a word: it is text already.
        return "".join(
            text.replace("_", " ")
            if octets is None
            else read(octets, label, what, defects, hints)[0]
            for octets, text in run
        )
    each = [octets for octets, _ in run if octets is not None]
    if len(each) == 1:
        text, trouble = _one(each[0], run[0][1], label, what, hints)
        defects += trouble
        return text
    trouble = []
    whole = b"".join(each)
    text, name = read(whole, label, what, trouble, hints)
    if name == JAPANESE_7BIT and len(each) <= _MOST_APART and _is_left_open(each):
        # A word whose state was left open ends at its boundary, if that is what decodes: the
        # boundaries are judged as line ends are.
        faults: list[str] = []
        lined, _ = read(b"\n".join(each), label, what, faults, hints)
        # Half an escape: the boundary stands inside it.
        whole_ones = not any("half an escape" in fault for fault in faults)
        if whole_ones and lined.count("\ufffd") <= text.count("\ufffd"):
            return lined.replace("\n", "")
    if (trouble or "\ufffd" in text) and len(each) <= _MOST_APART:
        apart: list[str] = []
        texts = [read(octets, label, what, apart, hints)[0] for octets in each]
        better = len(apart) < len(trouble) or (not apart and "\ufffd" not in "".join(texts))
        # Of words in UTF-8 one that is broken turns no other into something else.
        told = meaning(label) == "utf-8" and name != "utf-8" and any(map(_is_utf8, each))
        if better or told:
            defects += apart
            return "".join(texts)
    defects += trouble
    return text


def _is_left_open(each: list[bytes]) -> bool:
    """Whether a word leaves a state that no later one closes before it opens its own."""
    for number, one in enumerate(each[:-1]):
        if _OPEN_STATE.search(one):
            following = _NEXT_ESCAPE.search(b"".join(each[number + 1 :]))
            if following is None or following[1] != b"(":
                return True
    return False


def _one(octets: bytes, source: str, label: str, what: str, hints: Hints) -> tuple[str, list[str]]:
    trouble: list[str] = []
    text, _ = read(octets, label, what, trouble, hints)
    if "_" in source and "\ufffd" in text:
        # In two-byte mode an underscore that was not coded is half a character.
        raw = _HEX.sub(_byte, source.encode("ascii", "replace"))
        other = read(raw, label, what, [], hints)[0]
        if "\ufffd" not in other:
            return other, [f"{what}: underscores that are no spaces"]
    if trouble and " " in source and b" " in octets:
        # A fold inside the word, in the middle of a character; or one of quoted-printable.
        for fold in (b" ", b"= "):
            joined = read_plain(octets.replace(fold, b""), label)
            if joined is not None:
                return joined, [f"{what}: a space inside a character"]
    return text, trouble


def _octets(encoding: str, text: str, label: str) -> bytes | None:
    """The bytes of a word; None when it holds characters beyond ASCII, as text."""
    if not text.isascii():
        return None
    if encoding in "bB":
        padding = _QUOTED_PADDING.search(text)
        if padding is not None and not (padding.start() + len(padding[0]) // 3) % 4:
            text = text[: padding.start()]
    if encoding in "bB" and not _Q_IN_B.search(text):
        text = text.replace("-", "+").replace("_", "/")
        # Padding in the middle: runs that were encoded one by one and then put together.
        return b"".join(_base64(run) for run in re.split("=+", text))
    octets = text.replace("_", " ").encode("ascii")
    return _HEX.sub(_byte, octets)


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode("ascii"))


def _base64(text: str) -> bytes:
    text = _NOT_BASE64.sub("", text)
    if len(text) % 4 == 1:  # a lone character holds no byte
        text = text[:-1]
    return binascii.a2b_base64(text + "=" * (-len(text) % 4))
