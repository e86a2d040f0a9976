"""The codecs of the WHATWG Encoding Standard, under `whatwg:` and any of its labels.

Decoders take exactly what the standard's take: the same characters, one error where it returns one,
going on at the same byte, so that "replace" gives as many U+FFFD as a browser. Encoders are the
standard's too; for UTF-16 and replacement that is UTF-8. Byte order marks are not looked for:
the standard does that outside its decoders.
"""

from __future__ import annotations

import codecs
import re

from .._conversion.maps import Maps
from ._machine import ILLEGAL, INCOMPLETE, UNENCODABLE, Fault, Machine, codec_of
from ._multi import TableMachine, table_machine
from ._tables import decode_map, encode_map, source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Decoded, Encoded

__all__ = ["encoding_of_label", "web_codec"]

_SPACE = " \t\n\f\r"

# Tables of the single-byte encodings that are not named like them.
_SINGLE = {
    "ibm866": "cp866",
    "iso-8859-8-i": "iso8859_8",
    "koi8-r": "koi8_r@cpython",
    "koi8-u": "koi8-ru",
    "macintosh": "mac_roman@cpython",
    "windows-1254": "iso8859_9@whatwg",
    "x-mac-cyrillic": "mac_cyrillic@cpython",
    "x-user-defined": "x-user-defined",
}


_spellings: dict[str, str] = {}


def encoding_of_label(label: str) -> str | None:
    """The name of the encoding that a label means ("get an encoding"), None for no label."""
    from ._whatwg_labels import LABELS

    # ASCII letters alone: the standard folds no others.
    wanted = label.strip(_SPACE)
    if not wanted.isascii():
        return None
    return LABELS.get(wanted.lower())


def encoding_of_spelling(spelling: str) -> str | None:
    """The same for a label as `codecs.lookup` passes it on, without its punctuation."""
    from .._registry.charsets import normalise
    from ._whatwg_labels import LABELS

    global _spellings  # noqa: PLW0603 - published in one step, so that no thread sees a part
    if not _spellings:
        _spellings = {normalise(label): name for label, name in LABELS.items()}
    return _spellings.get(normalise(spelling))


class _DoubleByte(TableMachine):
    """Big5, EUC-KR and Shift_JIS: a lead byte and a trail byte.

    A pair that is no character is one error; it leaves its second byte to be read again when that
    is ASCII.
    """

    def __init__(self, name: str, table: str, leads: bytes) -> None:
        super().__init__(name, Maps(source(table)))
        self.leads = leads

    def fault(self, data: bytes, at: int, cut: bool, final: bool) -> Fault | None:
        if data[at] not in self.leads:
            return Fault(at + 1, ILLEGAL, 0)
        pair = data[at : at + 2]
        if len(pair) < 2:
            return Fault(at + 1, INCOMPLETE, 0) if final else None
        return Fault(at + 1 if pair[1] < 0x80 else at + 2, ILLEGAL, 0)


class _EucJp(TableMachine):
    def __init__(self, name: str) -> None:
        super().__init__(name, Maps(source("euc_jp@whatwg")))

    def fault(self, data: bytes, at: int, cut: bool, final: bool) -> Fault | None:
        lead = data[at]
        if lead not in (0x8E, 0x8F) and not 0xA1 <= lead <= 0xFE:
            return Fault(at + 1, ILLEGAL, 0)
        size = 3 if lead == 0x8F and 0xA1 <= (data[at + 1 : at + 2] or b"\0")[0] <= 0xFE else 2
        code = data[at : at + size]
        if len(code) < size:
            return Fault(len(data), INCOMPLETE, 0) if final else None
        return Fault(at + size - (code[-1] < 0x80), ILLEGAL, 0)


class _Gb18030(TableMachine):
    """gb18030 and, with another encoder, gbk."""

    def __init__(self, name: str) -> None:
        super().__init__(name, Maps(source("gb18030@whatwg"), source(f"{name}@whatwg")))

    def fault(self, data: bytes, at: int, cut: bool, final: bool) -> Fault | None:
        code = data[at : at + 4]
        if not 0x81 <= code[0] <= 0xFE:
            return Fault(at + 1, ILLEGAL, 0)
        if len(code) == 1:
            return Fault(at + 1, INCOMPLETE, 0) if final else None
        if not 0x30 <= code[1] <= 0x39:
            return Fault(at + 1 if code[1] < 0x80 else at + 2, ILLEGAL, 0)
        # Four bytes. A wrong third or fourth one leaves all but the first to be read again.
        if len(code) > 2 and not 0x81 <= code[2] <= 0xFE:
            return Fault(at + 1, ILLEGAL, 0)
        if len(code) < 4:
            return Fault(len(data), INCOMPLETE, 0) if final else None
        return Fault(at + 4 if 0x30 <= code[3] <= 0x39 else at + 1, ILLEGAL, 0)


_ASCII, _ROMAN, _KATAKANA, _JIS0208 = range(4)
_AFTER_ESCAPE = 4  # nothing has been read since an escape sequence: a second one is an error
_ESCAPES = {
    b"\x1b(B": _ASCII,
    b"\x1b(J": _ROMAN,
    b"\x1b(I": _KATAKANA,
    b"\x1b$@": _JIS0208,
    b"\x1b$B": _JIS0208,
}
_WRITTEN = {_ASCII: b"\x1b(B", _ROMAN: b"\x1b(J", _JIS0208: b"\x1b$B"}


class _Iso2022Jp(Machine):
    """State: the set in force, and when reading whether an escape sequence has just been."""

    def __init__(self, name: str) -> None:
        self.name = name
        low = {code: text for code, text in decode_map("euc_jp@whatwg").items() if _is_pair(code)}
        self._decoding = {bytes(byte & 0x7F for byte in code): text for code, text in low.items()}
        self._encoding = {
            text: bytes(byte & 0x7F for byte in code)
            for text, code in encode_map("euc_jp@whatwg").items()
            if _is_pair(code)
        }

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        current = state & 3
        if byte == 0x1B:
            return self._escape(data, at, final, state)
        if current == _JIS0208:
            return self._pair(data, at, final)
        if byte >= 0x80 or byte in (0x0E, 0x0F):
            return Fault(at + 1, ILLEGAL, current)
        if current == _KATAKANA:
            if 0x21 <= byte <= 0x5F:
                return chr(0xFF40 + byte), at + 1, current
            return Fault(at + 1, ILLEGAL, current)
        if current == _ROMAN and byte in (0x5C, 0x7E):
            return ("\xa5" if byte == 0x5C else "\u203e"), at + 1, current
        return chr(byte), at + 1, current

    @staticmethod
    def _escape(data: bytes, at: int, final: bool, state: int) -> Decoded:
        sequence = data[at : at + 3]
        wanted = _ESCAPES.get(sequence)
        if wanted is None:
            if (
                not final
                and len(sequence) < 3
                and any(one.startswith(sequence) for one in _ESCAPES)
            ):
                return None
            return Fault(at + 1, "unknown escape sequence", state & 3)
        if state & _AFTER_ESCAPE:
            return Fault(at + 3, "escape sequence right after another", wanted | _AFTER_ESCAPE)
        return "", at + 3, wanted | _AFTER_ESCAPE

    def _pair(self, data: bytes, at: int, final: bool) -> Decoded:
        pair = data[at : at + 2]
        if not 0x21 <= pair[0] <= 0x7E:
            return Fault(at + 1, ILLEGAL, _JIS0208)
        if len(pair) < 2:
            return Fault(at + 1, INCOMPLETE, _JIS0208) if final else None
        if pair[1] == 0x1B:
            return Fault(at + 1, ILLEGAL, _JIS0208)
        text = self._decoding.get(pair)
        return Fault(at + 2, ILLEGAL, _JIS0208) if text is None else (text, at + 2, _JIS0208)

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        if character in "\x0e\x0f\x1b":
            return UNENCODABLE
        if character < "\x80":
            stays = state == _ROMAN and character not in "\\~"
            return self._put(character.encode("ascii"), at, state, _ROMAN if stays else _ASCII)
        if character in "\xa5\u203e":
            return self._put(b"\\" if character == "\xa5" else b"~", at, state, _ROMAN)
        if "\uff61" <= character <= "\uff9f":
            character = _full_width(character)
        code = self._encoding.get(character)
        return UNENCODABLE if code is None else self._put(code, at, state, _JIS0208)

    @staticmethod
    def _put(code: bytes, at: int, state: int, wanted: int) -> tuple[bytes, int, int]:
        return (code if state == wanted else _WRITTEN[wanted] + code), at + 1, wanted

    def raw(self, data: bytes, state: int) -> tuple[bytes, int]:
        return (data if state == _ASCII else _WRITTEN[_ASCII] + data), _ASCII

    def finish(self, state: int) -> tuple[bytes, int]:
        return self.raw(b"", state)


def _is_pair(code: bytes) -> bool:
    return len(code) == 2 and code[0] != 0x8E


def _full_width(character: str) -> str:
    from unicodedata import normalize

    spacing = {"\uff9e": "\u309b", "\uff9f": "\u309c"}
    return spacing.get(character) or normalize("NFKC", character)


class _Replacement(Machine):
    """Anything but nothing is one error, at its first byte, and that is all. State: 1 behind it."""

    name = "replacement"

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        if state:
            return "", len(data), 1
        return Fault(at + 1, "the label stands for no encoding that is safe to read", 1)


def _machine(name: str) -> Machine:
    if name == "big5":
        return _DoubleByte(name, "big5@whatwg", bytes(range(0x81, 0xFF)))
    if name == "euc-kr":
        return _DoubleByte(name, "cp949@cpython", bytes(range(0x81, 0xFF)))
    if name == "shift_jis":
        leads = bytes((*range(0x81, 0xA0), *range(0xE0, 0xFD)))
        return _DoubleByte(name, "shift_jis@whatwg", leads)
    if name == "euc-jp":
        return _EucJp(name)
    if name == "iso-2022-jp":
        return _Iso2022Jp(name)
    return _Gb18030(name)


def web_codec(encoding: str) -> codecs.CodecInfo:
    """The codec of an encoding of the standard, by its name."""
    name = encoding.lower()
    if name == "utf-8":
        info = codecs.lookup("utf-8")
        return _renamed(info, info, name)
    if name in ("utf-16le", "utf-16be"):
        return _renamed(codecs.lookup(f"utf-16-{name[-2:]}"), codecs.lookup("utf-8"), name)
    if name == "replacement":
        return _renamed(codec_of(_Replacement()), codecs.lookup("utf-8"), name)
    if name in ("big5", "euc-kr", "shift_jis", "euc-jp", "iso-2022-jp", "gbk", "gb18030"):
        return codec_of(_machine(name), f"whatwg:{name}")
    table = _SINGLE.get(name)
    if table is None:
        table = re.sub(r"^windows-", "cp", name)
        table = re.sub(r"^iso-8859-", "iso8859_", table)
    return codec_of(table_machine(name, table), f"whatwg:{name}")


def _renamed(decoding: codecs.CodecInfo, encoding: codecs.CodecInfo, name: str) -> codecs.CodecInfo:
    """One codec of the two directions of two."""
    return codecs.CodecInfo(
        name=f"whatwg:{name}",
        encode=encoding.encode,
        decode=decoding.decode,
        incrementalencoder=encoding.incrementalencoder,
        incrementaldecoder=decoding.incrementaldecoder,
        streamwriter=encoding.streamwriter,
        streamreader=decoding.streamreader,
    )
