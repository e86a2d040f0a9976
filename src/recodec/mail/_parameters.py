"""Parameters of Content-Type and Content-Disposition: RFC 2045, RFC 2231, and what is sent instead.

Read are, besides the standards: no quotes around values with spaces, a missing semicolon, quotes
that nobody closed, several quoted strings in a row, encoded words (folded, split, in quotes or
not, in `filename*0`), raw text in any charset, continuations in any order and with gaps, a
character, shift state or `%E4` split over them, percent signs without a charset or a star.
"""

from __future__ import annotations

import re

from ._charset import read
from ._encoded_words import WordReader
from ._hints import Hints
from ._labels import meaning
from ._words import decode_text, raw_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["parse_parameters"]

_KEY = re.compile(r"[ \t]*([^\s=;\"<>]{1,100}?)[ \t]*=[ \t]*")
_NEXT = re.compile(r"[ \t]+[A-Za-z][A-Za-z0-9_*-]{0,40}=(?!\?)")
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_PLAIN = re.compile(r"[^;\"= \t]+|[ \t]+|=|\"")
_ESCAPE = re.compile(r'\\(["\\])')
_SEGMENT = re.compile(r"(.+?)(?:\*(\d{1,5}))?(\*)?\Z")
_CHARSET = re.compile(r"([A-Za-z0-9_.:+-]*)'([A-Za-z0-9-]*)'")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_CUT = re.compile(r"%[0-9A-Fa-f]?\Z")
_PERCENTS = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_UTF8_PERCENTS = re.compile(r"%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f])+")
_COMMENT = re.compile(r"\([^()]*\)")
_MOST = 2000  # parameters of one field that are read


def parse_parameters(
    value: bytes,
    hints: Hints,
    what: str,
    defects: list[str],
    *,
    only: Container[str] | None = None,
) -> tuple[str, dict[str, str]]:
    """What stands before the parameters, in lower case, and the parameters as they were meant.

    Names are in lower case and without the stars of RFC 2231. Takes the raw bytes of the field.
    `only` names the parameters that are wanted; decoding the others would cost their length.
    Never raises.
    """
    text = raw_text(value, hints, what, defects)
    head, _, rest = text.partition(";")
    found = _NEXT.search(head)
    if found is not None:  # the semicolon is missing
        defects.append(f"{what}: no semicolon before a parameter")
        rest = head[found.start() :] + ";" + rest
        head = head[: found.start()]
    head = "".join(_COMMENT.sub("", head).split()).strip("\"'").lower()
    plain: dict[str, str] = {}
    segments: dict[str, dict[int, tuple[str, bool]]] = {}
    order: dict[str, None] = {}
    for key, words in _split(rest, what, defects):
        name, number, star = _SEGMENT.match(key.lower()).groups()  # type: ignore[union-attr]
        joined = "".join(words)
        if only is not None and name not in only:
            continue
        order[name] = None
        if number is None and star is None:
            if name in plain:
                defects.append(f"{what}: two parameters {name}")
            if not plain.get(name):
                plain[name] = joined
        else:
            # One value by itself goes before continuations, and the first of two stays.
            place = -1 if number is None else int(number)
            segments.setdefault(name, {}).setdefault(place, (joined, star is not None))
    result = {name: _value(text, hints, what, defects) for name, text in plain.items()}
    for name, pieces in segments.items():
        chosen = {-1: pieces[-1]} if -1 in pieces else pieces
        result[name] = _extended(chosen, hints, f"{what}, {name}", defects)
    return head, {name: result[name] for name in order}


def _split(text: str, what: str, defects: list[str]) -> list[tuple[str, list[str]]]:
    """Names and the pieces of their values, quotes removed."""
    found: list[tuple[str, list[str]]] = []
    at = 0
    end = len(text)
    encoded = WordReader(text)
    closed = opened = True  # whether every quote so far has an end; after one without, none has
    while at < end and len(found) < _MOST:
        key = _KEY.match(text, at)
        if key is None:
            at = text.find(";", at) + 1 or end
            continue
        at = key.end()
        pieces: list[str] = []
        while at < end and text[at] != ";":
            if pieces and (missing := _NEXT.match(text, at)) and text[missing.end() - 1] != '"':
                defects.append(f"{what}: no semicolon before a parameter")
                break
            at, closed = _piece(text, at, pieces, closed, encoded)
            if not closed and opened:
                defects.append(f"{what}: quotes that nothing closes")
            opened = closed
        found.append((key[1], _joined(pieces)))
        at += at < end and text[at] == ";"
    return found


def _piece(
    text: str, at: int, pieces: list[str], closed: bool, encoded: WordReader
) -> tuple[int, bool]:
    """Reads a piece of a value; returns where it ends and whether its quotes were closed."""
    if text[at] == '"':
        quoted = _QUOTED.match(text, at) if closed else None
        if quoted is not None:
            pieces.append(_ESCAPE.sub(r"\1", quoted[1]))
            return quoted.end(), closed
        stop = text.find(";", at)
        stop = len(text) if stop < 0 else stop
        pieces.append(text[at + 1 : stop].rstrip())
        return stop, False
    if text.startswith("=?", at):
        word = encoded.word(at)
        if word is not None:
            pieces.append(text[at : word.end])
            return word.end, closed
    plain = _PLAIN.match(text, at)
    if plain is None:
        return at + 1, closed
    pieces.append(plain[0])
    return plain.end(), closed


def _joined(pieces: list[str]) -> list[str]:
    while pieces and not pieces[-1].strip():
        pieces.pop()
    return pieces


def _value(text: str, hints: Hints, what: str, defects: list[str]) -> str:
    if "=?" in text:
        return decode_text(text, hints, what, defects)
    labelled = _CHARSET.match(text) if "%" in text else None
    if labelled is not None and meaning(labelled[1]) is not None and _PERCENT.search(text):
        defects.append(f"{what}: a charset without the star of RFC 2231")
        return _extended({0: (text, True)}, hints, what, defects)
    if "%" in text and _UTF8_PERCENTS.search(text):
        octets = _octets(text)
        try:
            meant = octets.decode("utf-8")
        except UnicodeDecodeError:
            return text
        defects.append(f"{what}: percent signs without the star of RFC 2231")
        return meant
    return decode_text(text, hints, what, defects)


def _octets(text: str) -> bytes:
    return _PERCENT.sub(lambda found: chr(int(found[1], 16)), text).encode("latin-1", "replace")


def _extended(
    pieces: dict[int, tuple[str, bool]], hints: Hints, what: str, defects: list[str]
) -> str:
    places = sorted(pieces)
    if places[-1] >= 0 and places != list(range(len(places))):
        defects.append(f"{what}: continuations with gaps")
    texts = [pieces[place] for place in places]
    if not any(star for _, star in texts):
        return _value("".join(text for text, _ in texts), hints, what, defects)
    label: str | None = None
    first, star = texts[0]
    marked = _CHARSET.match(first)
    if marked is not None:
        label = marked[1] or None
        texts[0] = (first[marked.end() :], True)
    elif first[:2] == "=?":
        return _value("".join(text for text, _ in texts), hints, what, defects)
    elif star:
        defects.append(f"{what}: no charset in RFC 2231")
    for number in range(1, len(texts)):
        segment, star = texts[number - 1]
        following, starred = texts[number]
        if star and starred and (cut := _CUT.search(segment)):
            texts[number - 1] = (segment[: cut.start()], True)
            texts[number] = (cut[0] + following, True)
    parts: list[str] = []
    octets: list[bytes] = []

    def flush() -> None:
        if octets:
            parts.append(read(b"".join(octets), label, what, defects, hints)[0])
            octets.clear()

    for number, (segment, star) in enumerate(texts):
        again = _CHARSET.match(segment) if number and star and label else None
        # The charset may stand once more in every segment.
        repeated = again is not None and again[1].lower() == (label or "").lower()
        text = segment[again.end() :] if again is not None and repeated else segment
        if star or _PERCENTS.search(text):
            # Text beyond ASCII among the percent signs was raw, and is decoded already.
            for piece in re.split(r"([^\x00-\x7f]+)", text):
                if piece.isascii():
                    octets.append(_octets(piece))
                else:
                    flush()
                    parts.append(piece)
        elif text.isascii():
            octets.append(text.encode("ascii"))
        else:
            flush()
            parts.append(text)
    flush()
    return "".join(parts)
