"""cp50220, cp50221 and cp50222: ISO-2022-JP with the characters of cp932.

All three read the same: ASCII, JIS X 0201 Roman, JIS X 0208 with NEC's and IBM's additions as
cp932 maps them, JIS X 0212, and half-width katakana by ESC ( I, by SO and SI, or as bytes A1..DF.
They differ in how they write half-width katakana: full width with voiced marks joined (50220),
by ESC ( I (50221), by SO and SI (50222). Rules: RFC 1468 for the frame, ECMA-35 for shifts.

The mapping is cp932's: rows and cells of JIS X 0208 turn into Shift_JIS bytes by arithmetic.
"""

from __future__ import annotations

import codecs
import re

from ._stateful import Machine, handle_decode_error, handle_encode_error, stateful

__all__ = ["cp5022x"]

# States. SO comes on top of the set that SI goes back to.
_ASCII, _ROMAN, _KANA, _JIS208, _JIS212 = range(5)
_SHIFTED = 8

_DESIGNATIONS = {
    b"\x1b(B": _ASCII,
    b"\x1b(J": _ROMAN,
    b"\x1b(H": _ROMAN,  # an old mistake for ( J, never written
    b"\x1b(I": _KANA,
    b"\x1b$@": _JIS208,
    b"\x1b$B": _JIS208,
    b"\x1b$(@": _JIS208,
    b"\x1b$(B": _JIS208,
    b"\x1b$(D": _JIS212,
}
_ANNOUNCER = b"\x1b&@"  # says that the set that follows is the 1990 edition; changes nothing
_ESCAPES = (*_DESIGNATIONS, _ANNOUNCER)
_WRITTEN = {_ASCII: b"\x1b(B", _ROMAN: b"\x1b(J", _KANA: b"\x1b(I", _JIS208: b"\x1b$B"}

_CONTROL = re.compile(b"[\x0e\x0f\x1b]")
_UNDEFINED = "\ufffe"


def _single_byte(low: str) -> str:
    """A charmap with `low` for 00..7F and katakana at A1..DF."""
    high = [_UNDEFINED] * 0x80
    for byte in range(0xA1, 0xE0):
        high[byte - 0x80] = chr(0xFF61 + byte - 0xA1)
    return low + "".join(high)


_ASCII_LOW = "".join(map(chr, range(0x80)))
_MAPS = {
    _ASCII: _single_byte(_ASCII_LOW),
    _ROMAN: _single_byte(_ASCII_LOW.replace("\\", "\xa5").replace("~", "\u203e")),
    _KANA: _single_byte(
        _ASCII_LOW[:0x21]
        + "".join(map(chr, range(0xFF61, 0xFFA0)))
        + _UNDEFINED * (0x7F - 0x60)
        + "\x7f"
    ),
}


def _shift_jis(row: int, cell: int) -> bytes:
    """Shift_JIS bytes of a JIS X 0208 position, both 0x21..0x7E."""
    lead = (row - 0x21 >> 1) + 0x81
    if lead > 0x9F:
        lead += 0x40
    # A lead byte serves two rows; 7F is left out of the trails of the first.
    trail = cell + 0x1F + (cell >= 0x60) if row & 1 else cell + 0x7E
    return bytes((lead, trail))


def _positions() -> dict[str, bytes]:
    """Every character of rows 1 to 94 and its position; a lower row goes before its repetitions."""
    found: dict[str, bytes] = {}
    for row in range(0x21, 0x7F):
        for cell in range(0x21, 0x7F):
            try:
                character = _shift_jis(row, cell).decode("cp932")
            except UnicodeDecodeError:
                continue
            if not 0xE000 <= ord(character) <= 0xF8FF:
                found.setdefault(character, bytes((row, cell)))
    return found


_position_of: dict[str, bytes] = {}


def _full_width(kana: str, mark: str = "") -> str:
    """Full-width characters for a half-width one and the voiced mark after it."""
    from unicodedata import normalize

    joined = normalize("NFKC", kana + mark)
    if len(joined) == 1 and joined in _position_of:
        return joined
    # A mark that joins nothing, such as after WA: its spacing form, never the combining one.
    spacing = {"\uff9e": "\u309b", "\uff9f": "\u309c"}
    return "".join(spacing.get(part) or normalize("NFKC", part) for part in kana + mark)


class _Cp5022x(Machine):
    def __init__(self, name: str) -> None:
        self.name = name
        if not _position_of:
            _position_of.update(_positions())

    def decode(self, data: bytes, errors: str, final: bool, state: int) -> tuple[str, int, int]:
        parts: list[str] = []
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == 0x1B:
                escape = data[at : at + 4]
                known = next((one for one in _ESCAPES if escape.startswith(one)), None)
                if known is not None:
                    # A designation ends an SO that was left open.
                    state = _DESIGNATIONS.get(known, state)
                    at += len(known)
                    continue
                cut = len(escape) < 4 and any(one.startswith(escape) for one in _ESCAPES)
                if cut and not final:
                    break
                # No more than the ESC, so that nothing readable goes with it.
                text, at = handle_decode_error(
                    self, data, at, at + 1, "unknown escape sequence", errors
                )
                parts.append(text)
                continue
            if byte in (0x0E, 0x0F):
                state = state | _SHIFTED if byte == 0x0E else state & ~_SHIFTED
                at += 1
                continue
            found = _CONTROL.search(data, at)
            end = found.start() if found else len(data)
            table = _KANA if state & _SHIFTED else state
            if table in _MAPS:
                text, at = self._one_byte(data, at, end, errors, _MAPS[table])
            else:
                cut_is_bad = final or end < len(data)
                text, at, cut = self._two_byte(data, at, end, errors, cut_is_bad, table)
                if cut:
                    parts.append(text)
                    break
            parts.append(text)
        return "".join(parts), at, state

    def _one_byte(self, data: bytes, at: int, end: int, errors: str, table: str) -> tuple[str, int]:
        try:
            return codecs.charmap_decode(data[at:end], "strict", table)[0], end
        except UnicodeDecodeError as error:
            text = codecs.charmap_decode(data[at : at + error.start], "strict", table)[0]
            start = at + error.start
        put, at = handle_decode_error(self, data, start, start + 1, "undefined byte", errors)
        return text + put, at

    def _two_byte(
        self, data: bytes, at: int, end: int, errors: str, cut_is_bad: bool, table: int
    ) -> tuple[str, int, bool]:
        """Decodes a run of pairs; the last of the result says that it stops at a cut pair."""
        parts: list[str] = []
        while at < end:
            row = data[at]
            if row < 0x21 or row == 0x7F or 0xA1 <= row <= 0xDF:
                # Controls, spaces and line ends pass without leaving the state, as in CPython's
                # ISO-2022-JP; a byte of 8-bit katakana stands for itself in any state.
                parts.append(_MAPS[_ASCII][row])
                at += 1
                continue
            if 0x21 <= row <= 0x7E and at + 1 == end:
                if not cut_is_bad:
                    return "".join(parts), at, True
                size, reason = 1, "incomplete multibyte sequence"
            elif 0x21 <= row <= 0x7E and 0x21 <= data[at + 1] <= 0x7E:
                character = self._pair(row, data[at + 1], table)
                if character:
                    parts.append(character)
                    at += 2
                    continue
                size, reason = 2, "unassigned position"
            else:
                size, reason = 1, "illegal multibyte sequence"
            text, at = handle_decode_error(self, data, at, at + size, reason, errors)
            parts.append(text)
        return "".join(parts), at, False

    @staticmethod
    def _pair(row: int, cell: int, table: int) -> str:
        try:
            if table == _JIS212:
                return bytes((0x8F, row | 0x80, cell | 0x80)).decode("euc_jp")
            return _shift_jis(row, cell).decode("cp932")
        except UnicodeDecodeError:
            return ""

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        out = bytearray()
        at = 0
        while at < len(text):
            characters, size = text[at], 1
            if self.name == "cp50220" and "\uff61" <= characters <= "\uff9f":
                if at + 1 == len(text) and not final:
                    break  # a voiced mark may follow
                mark = text[at + 1 : at + 2]
                if mark in ("\uff9e", "\uff9f"):
                    size = 2
                characters = _full_width(*text[at : at + size])
            codes = [self._code(character) for character in characters]
            at += size
            if None in codes:
                put, at, error = handle_encode_error(self, text, at - size, errors)
                if isinstance(put, bytes):
                    state = self._write(out, state, (_ASCII, put))
                    continue
                codes = [self._code(character) for character in put]
                if None in codes:
                    raise error
            for code in codes:
                if code is not None:
                    state = self._write(out, state, code)
        if final:
            state = self._write(out, state, (_ASCII, b""))
        return bytes(out), at, state

    def _code(self, character: str) -> tuple[int, bytes] | None:
        """The set a character is written in and its bytes there, None when it has none."""
        if character < "\x80":
            # Written as they are, these three would read as escapes.
            return None if character in "\x0e\x0f\x1b" else (_ASCII, character.encode("ascii"))
        if "\uff61" <= character <= "\uff9f":
            kana = bytes((ord(character) - 0xFF61 + 0x21,))
            return (_SHIFTED if self.name == "cp50222" else _KANA), kana
        if character in "\xa5\u203e":
            return _ROMAN, b"\\" if character == "\xa5" else b"~"
        position = _position_of.get(character)
        return None if position is None else (_JIS208, position)

    @staticmethod
    def _write(out: bytearray, state: int, code: tuple[int, bytes]) -> int:
        """Writes the bytes, after a change of set where one is needed; returns the state."""
        target, data = code
        if target == _SHIFTED:
            if not state & _SHIFTED:
                out.append(0x0E)
                state |= _SHIFTED
        else:
            if state & _SHIFTED:
                out.append(0x0F)
                state &= ~_SHIFTED
            if state != target:
                out += _WRITTEN[target]
                state = target
        out += data
        return state


def cp5022x(name: str) -> codecs.CodecInfo:
    """The codec of "cp50220", "cp50221" or "cp50222"."""
    return stateful(lambda: _Cp5022x(name))
