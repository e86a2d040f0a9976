"""ISO-2022-JP as it is really sent: the whole family at once, and what programs do to it.

Read are the sets of RFC 1468, 1554 (-2), 2237 (-1), JIS X 0213 (-3, -2004) and of the Microsoft
code pages 5022x: NEC's row 13, IBM's characters, half-width katakana by ESC ( I, by SO and SI and
as bytes A1..DF. Beyond the standards: a state left open at the end of a line or of the text,
needless and repeated escapes, half an escape, a lost second byte, escapes whose ESC was stripped,
au's emoji rows, SoftBank's web codes, and text in another charset between the escapes.
"""

from __future__ import annotations

import re
from functools import partial

from .._coding.route import route
from . import _emoji
from ._transfer import decode_quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ESCAPE", "decode", "has_escapes", "restore_escapes", "usual"]

# The final byte says the set. "$(" and "$" mean the same for @, A and B.
ESCAPE = re.compile(
    rb"\x1b(?:\$[@AB]|\$\([@-Z]|\([@-Za-z]|\)[@-Z]|&@(?:\x1b\$B)?|\.[AF]|N|\$\)[A-Z])"
)
_BROKEN = re.compile(rb"\x1b(?:[$(][($)]?)?(?=[\r\n]|\Z)")
_SHIFT = re.compile(ESCAPE.pattern + rb"|[\x0e\x0f]|" + _emoji.WEB_CODE.pattern + rb"|"
                    + _BROKEN.pattern)  # fmt: skip
# What leads out of ASCII. ESC ( B alone is what terminals write (the `sgr0` of terminfo).
_JAPANESE = re.compile(rb"\x1b(?:\$[@AB(]|\([IJ])|\x1b\$[GEFOPQ][\x21-\x7a]+\x0f")
_STRIPPED = re.compile(rb"(?<!\x1b)\$[B@]")
_STRIPPED_END = re.compile(rb"\([BJI]")
# Half-width katakana up to the next escape.
_STRIPPED_KANA = re.compile(rb"(?<!\x1b)\(I([!-_]{2,}?)(?=(?:\x1b?\$|\x1b?\()[@BJ])")
_CAPITALS = re.compile(rb"[A-Z .,'&/-]+")  # what may be a word in parentheses
_FEWEST_KANJI = 4  # without kana and a label
# A state that is still open where a line ends, or the text.
_LEFT_OPEN = re.compile(rb"\x1b(?:\$|\(I)[^\x1b\r\n]*(?:[\r\n]|\Z)")
# ESC as programs show it, and as text that lost its Content-Transfer-Encoding has it.
_SHOWN = re.compile(rb"\^\[(?=\$[@B]|\([BIJ])")
_QUOTED = re.compile(rb"=1b(?=\$[@B]|\([BIJ])", re.IGNORECASE)
_LINE = re.compile(rb"[^\r\n]*[\r\n]*")

# States: what G0 holds.
_ASCII, _ROMAN, _KANA, _KANJI, _0212, _GB, _KS, _PLANE1, _PLANE2 = range(9)
_FINAL = {
    b"(B": _ASCII, b"(J": _ROMAN, b"(H": _ROMAN, b"(I": _KANA,
    b"$@": _KANJI, b"$B": _KANJI, b"$(@": _KANJI, b"$(B": _KANJI, b"&@": _KANJI,
    b"$(D": _0212, b"$A": _GB, b"$(A": _GB, b"$(C": _KS,
    b"$(O": _PLANE1, b"$(Q": _PLANE1, b"$(P": _PLANE2,
}  # fmt: skip
_G2 = {b".A": "iso8859-1", b".F": "iso8859-7"}

# One set of two bytes: the codec, and what stands before each pair in it.
_PAIRS = {
    _KANJI: ("cp51932", b""),
    _0212: ("eucjp-ms", b"\x8f"),
    _GB: ("gb18030", b""),
    _KS: ("cp949", b""),
    _PLANE1: ("euc_jis_2004", b""),
    _PLANE2: ("euc_jis_2004", b"\x8f"),
}
_UP = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in range(256))
_BAD = "\ufffd"
_PAIR = re.compile(rb"[\x21-\x7e]{2}|[\x21-\x7e]|[^\x21-\x7e]+")
_ROMAN_ODD = str.maketrans({"\\": "\xa5", "~": "\u203e"})
_KANA_OF = {byte: byte + 0xFF40 for byte in range(0x21, 0x60)}
_KANA_OF.update({byte: byte + 0xFEC0 for byte in range(0xA1, 0xE0)})
# The characters of CPython's codec where Microsoft's tables have others for the same bytes.
_MICROSOFT = (
    ("\u301c", "\uff5e"),
    ("\u2016", "\u2225"),
    ("\u2212", "\uff0d"),
    ("\xa2", "\uffe0"),
    ("\xa3", "\uffe1"),
    ("\xac", "\uffe2"),
)
_WORDS = re.compile(rb"[A-Za-z0-9 \t.,:;/_@()'\"!?*=+<>\[\]-]+\Z")


def has_escapes(data: bytes) -> bool:
    """Whether there are escape sequences of the family, or SoftBank's web codes."""
    return b"\x1b" in data and _JAPANESE.search(data) is not None


def restore_escapes(data: bytes, *, labelled: bool) -> bytes:
    """Puts back the ESC that a gateway stripped: `$B...(B` around pairs that are Japanese.

    `labelled` says that the text claims to be ISO-2022-JP; without that the pairs have to hold
    kana or be several frequent kanji, so that `$B100 (B` and `$BUS(B` in English stay. Both escapes
    stand in one line.
    """
    if b"$B" not in data and b"$@" not in data:
        return data
    if _leads_there_and_back(data, _SHOWN):
        return _SHOWN.sub(b"\x1b", data)
    if _leads_there_and_back(data, _QUOTED):
        return decode_quoted(data)
    return b"".join(
        _restored(line, labelled=labelled) if b"$" in line else line
        for line in data.splitlines(keepends=True)
    )


def _leads_there_and_back(data: bytes, escape: re.Pattern[bytes]) -> bool:
    """Whether what stands for ESC leads to Japanese and back where it does so first."""
    found = escape.search(data)
    if found is None or data[found.end()] != 0x24 or b"\x1b$" in data:
        return False
    start = found.end() + 2
    end = escape.search(data, start)
    if end is None or data[end.end()] != 0x28:
        return False
    pairs = data[start : end.start()]
    return _is_japanese(decode_quoted(pairs) if escape is _QUOTED else pairs, labelled=True)


def _restored(line: bytes, *, labelled: bool) -> bytes:
    parts: list[bytes] = []
    at = 0
    while (start := _STRIPPED.search(line, at)) is not None:
        end = _STRIPPED_END.search(line, start.end())
        while end is not None and not _ends_pairs(line, start.end(), end):
            end = _STRIPPED_END.search(line, end.start() + 1)
        if end is None:
            # Nothing closes the state on this line; with the label kana is proof enough.
            pairs = line[start.end() :].rstrip(b"\r\n")
            if labelled and len(pairs) > 2 and _is_japanese(pairs, labelled=False):
                parts += (line[at : start.start()], b"\x1b", start[0], pairs, b"\x1b(B")
                at = start.end() + len(pairs)
            break
        pairs = line[start.end() : end.start()]
        parts.append(line[at : start.start()])
        if _is_japanese(pairs, labelled=labelled):
            parts += (b"\x1b", start[0], pairs)
            if end[0] == b"(I":
                at = end.start()
                continue
            parts += (b"\x1b", end[0])
        else:
            parts.append(line[start.start() : end.end()])
        at = end.end()
    parts.append(line[at:])
    restored = b"".join(parts)
    if b"(I" in restored and b"\x1b$" in restored:
        return _STRIPPED_KANA.sub(partial(_with_kana, restored), restored)
    return restored


def _ends_pairs(line: bytes, start: int, end: re.Match[bytes]) -> bool:
    """Whether the pairs from `start` on may end at what looks like an escape."""
    if (end.start() - start) % 2:
        return False
    if end[0] != b"(I":
        return True
    kana = _STRIPPED_KANA.match(line, end.start())
    return kana is not None and _CAPITALS.fullmatch(kana[1]) is None


def _with_kana(line: bytes, found: re.Match[bytes]) -> bytes:
    if _CAPITALS.fullmatch(found[1]):
        return found[0]
    restored = b"\x1b" + found[0]
    if line.startswith(b"\x1b", found.end()):
        return restored
    # What follows leads back, or begins pairs that are none.
    return restored + (b"\x1b" if line.startswith(b"(", found.end()) else b"\x1b(B")


def _is_japanese(pairs: bytes, *, labelled: bool) -> bool:
    if not pairs or len(pairs) % 2 or b" " in pairs or b"\x1b" in pairs:
        return False
    text = _pairs(pairs, _KANJI, None)
    if _BAD in text or not text.isprintable():
        return False
    if any(0x3041 <= ord(one) <= 0x30FE for one in text):
        return True
    # Kanji alone: frequent ones (level 1), and no number.
    frequent = len(pairs) >= 4 and not pairs.isdigit() and max(pairs[::2]) < 0x50
    wordless = _WORDS.match(pairs) is None
    if labelled:
        return frequent or wordless
    return frequent and wordless and len(pairs) >= 2 * _FEWEST_KANJI


def usual(data: bytes) -> str | None:
    """The text of `data` where it is as the standards have it, None where that is in doubt.

    By the codec of the standard library, which is quick, and reads shifts, a state left open at
    the end of a line, escapes without their ESC and JIS X 0212 otherwise than they are meant.
    """
    if not data.isascii() or b"\x0e" in data or b"\x0f" in data or b"\x1b$(D" in data:
        return None
    if _LEFT_OPEN.search(data):
        return None
    try:
        text = data.decode("iso2022_jp_ext")
    except UnicodeError:
        return None
    if "$B" in text or "$@" in text:
        return None
    for jis, microsoft in _MICROSOFT:
        if jis in text:
            text = text.replace(jis, microsoft)
    return text


def decode(
    data: bytes,
    *,
    carrier: str | None = None,
    other: Callable[[bytes], str] | None = None,
) -> tuple[str, list[str]]:
    """The text of `data` and what was wrong with it. Takes time linear in its length.

    carrier  whose emoji are expected ("au" has some on rows of IBM's characters)
    other    reads the bytes 80..FF between escapes; without it they are half-width katakana
    """
    text = usual(data) if carrier != "au" else None
    if text is not None:
        return text, []
    reader = _Reader(carrier, other or _eight_bit)
    at = 0
    for found in _SHIFT.finditer(data):
        reader.text(data[at : found.start()], found[0])
        reader.shift(found[0], found)
        at = found.end()
    reader.text(data[at:], b"")
    if reader.state not in (_ASCII, _ROMAN):
        reader.wrong("the shift state is open at the end")
    return "".join(reader.parts), list(reader.faults)


class _Reader:
    def __init__(self, carrier: str | None, other: Callable[[bytes], str]) -> None:
        self.parts: list[str] = []
        self.faults: dict[str, None] = {}
        self.state = _ASCII
        self.shifted = False  # SO: katakana until SI
        self.second = ""  # the codec of G2
        self.single = False  # ESC N: the next byte is of G2
        self._carrier = carrier
        self._other = other

    def wrong(self, what: str) -> None:
        self.faults[what] = None

    def shift(self, whole: bytes, found: re.Match[bytes]) -> None:
        if whole == b"\x0e":
            self.shifted = True
        elif whole == b"\x0f":
            self.shifted = False
        elif found[1] is not None:
            self.parts.append(_emoji.web_code(found[1][0], found[2]))
        elif whole == b"\x1bN":
            self.single = bool(self.second)
            if not self.single:
                self.parts.append(whole.decode("ascii"))
        else:
            name = whole[1:3] if whole[1:2] == b"&" else whole[1:]
            if name in _G2:
                self.second = _G2[name]
            elif name == b")I":
                pass  # katakana for SO, which is what SO means here anyway
            elif name in _FINAL:
                self.state = _FINAL[name]
                self.shifted = False  # a designation ends an SO that was left open
            elif name[:1] == b"(":
                self.state = _ASCII
            elif whole[-1:] in (b"\x1b", b"$", b"("):
                self.wrong("half an escape sequence")
            else:
                self.wrong(f"escape sequence {name.decode('latin-1')} of an unknown set")

    def text(self, data: bytes, following: bytes) -> None:
        """The bytes between two shifts; `following` is the shift after them."""
        if not data:
            return
        if self.single:
            self.single = False
            if data[0] & 0x7F >= 0x20:  # no line end, which ends the shift alone
                byte = bytes((data[0] | 0x80,))
                self.parts.append(route(self.second).decode(byte, "replace")[0])
                data = data[1:]
        if self.shifted:
            self.parts.append(_kana(data))
        elif self.state in (_ASCII, _ROMAN):
            self._plain(data)
        elif b"\n" in data or b"\r" in data:
            self._lines(data, following)
        else:
            self._one(data)

    def _plain(self, data: bytes) -> None:
        if b"$B" in data or b"$@" in data:
            restored = restore_escapes(data, labelled=True)
            if restored != data:
                self.wrong("escape sequences without their ESC, put back")
                self.parts.append(decode(restored, carrier=self._carrier, other=self._other)[0])
                return
        text = data.decode("ascii") if data.isascii() else self._other(data)
        self.parts.append(text.translate(_ROMAN_ODD) if self.state == _ROMAN else text)

    def _one(self, data: bytes) -> None:
        if self.state == _KANA:
            self.parts.append(_kana(data))
            return
        if not data.isascii():
            # A text in another charset after a state that nobody closed.
            self.wrong("bytes above 7F in two-byte mode")
        text = _pairs(data, self.state, self._carrier, self._other)
        if _BAD in text:
            self.wrong("pairs that are no characters")
        self.parts.append(text)

    def _lines(self, data: bytes, following: bytes) -> None:
        """Two-byte text with line ends: does the state hold on the next line?"""
        closes = following[1:2] == b"(" and following[-1:] in (b"B", b"J", b"H")
        first = True
        half = b""  # of a character in which the last line was cut
        lines = _LINE.findall(data)
        for line, next_line in zip(lines, (*lines[1:], b""), strict=True):
            if not line:
                continue
            body = half + line.rstrip(b"\r\n")
            if body and not first and not half and self.state not in (_ASCII, _ROMAN):
                if self._holds(body, closes=closes):
                    self.wrong("the shift state is open at the end of a line")
                else:
                    self.wrong("the shift state is open at the end of a line, ended there")
                    self.state = _ASCII
            first = False
            if self.state in (_ASCII, _ROMAN):
                self._plain(line)
                continue
            end = line[len(body) - len(half) :].decode("ascii")
            half = self._half(body, next_line.rstrip(b"\r\n"))
            self._one(body[:-1] if half else body)
            self.parts.append(end)

    def _half(self, body: bytes, following: bytes) -> bytes:
        """The last byte of a line where it is half of the character that the next begins with."""
        if self.state == _KANA or len(body) % 2 == 0 or not following or not body.isascii():
            return b""
        rest = body[-1:] + following
        text = _pairs(rest[: len(rest) & ~1], self.state, self._carrier)
        if b" " in body + following or _BAD in text or not _is_mostly_kana(text):
            return b""
        self.wrong("a line end inside a character, put before it")
        return body[-1:]

    def _holds(self, body: bytes, *, closes: bool) -> bool:
        """Whether a line reads better in the state that the last one left than as ASCII."""
        if self.state == _KANA:
            return all(byte in _KANA_OF or byte <= 0x20 for byte in body)
        if not body.isascii():
            return False
        text = _pairs(body, self.state, self._carrier)
        if _BAD in text:
            return False
        if closes or not _WORDS.match(body):
            return True
        return _is_mostly_kana(text)


def _is_mostly_kana(text: str) -> bool:
    """Whether a fourth of it and more is kana and the signs beside them."""
    kana = sum(0x3000 <= ord(one) <= 0x30FE for one in text)
    return kana * 4 >= len(text)


def _kana(data: bytes) -> str:
    text = data.decode("latin-1").translate(_KANA_OF)
    return "".join(one if one < "\x7f" or one > "\xff" else _BAD for one in text)


def _pairs(
    data: bytes,
    state: int,
    carrier: str | None,
    other: Callable[[bytes], str] | None = None,
) -> str:
    """Text of pairs; spaces and controls among them are themselves."""
    other = other or _eight_bit
    codec, before = _PAIRS[state]
    emoji = state == _KANJI and carrier == "au"
    if not before and not emoji and not len(data) & 1 and b" " not in data and data.isascii():
        try:
            return route(codec).decode(data.translate(_UP), "strict")[0]
        except UnicodeError:
            pass
    parts = []
    for token in _PAIR.findall(data):
        if token[0] < 0x21 or token[0] > 0x7E:
            parts.append(other(token))
        elif len(token) == 1:
            parts.append(_BAD)
        else:
            parts.append(_pair(token, state, codec, before, carrier))
    return "".join(parts)


def _pair(token: bytes, state: int, codec: str, before: bytes, carrier: str | None) -> str:
    row, cell = token
    if state == _KANJI and row >= 0x75 and (row < 0x79 or carrier == "au"):
        emoji = _emoji.from_jis(row, cell)
        if emoji is not None:
            return emoji
    try:
        return route(codec).decode(before + token.translate(_UP), "strict")[0]
    except UnicodeError:
        if state in (_KANJI, _0212):
            try:
                return route("euc_jis_2004").decode(before + token.translate(_UP), "strict")[0]
            except UnicodeError:
                pass
        return _BAD


def _eight_bit(data: bytes) -> str:
    """Half-width katakana as bytes A1..DF; other bytes above 7F are no characters."""
    return "".join(
        chr(byte) if byte < 0x80 else chr(byte + 0xFEC0) if 0xA1 <= byte <= 0xDF else _BAD
        for byte in data
    )
