"""The coded character sets that ISO 2022 encodings call in, by name, with codes of seven bits."""

from __future__ import annotations

from ._tables import Writer, decode_map, encode_map

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ASCII", "CodedSet", "coded_set"]


class CodedSet:
    """A set of 94 or 96 characters, or of 94 by 94.

    codec: a codec of CPython that has the set by its codes with the high bit, for long runs.
    wide: whether there are rows behind the 94th, whose lead bytes are 7F and above.
    """

    __slots__ = ("codec", "decoding", "wide", "width", "writer")

    def __init__(
        self,
        decoding: Mapping[bytes, str],
        encoding: Mapping[str, bytes] | None = None,
        codec: str = "",
    ) -> None:
        self.codec = codec
        self.decoding = decoding
        self.width = len(next(iter(decoding)))
        self.wide = self.width == 2 and any(code[0] >= 0x7F for code in decoding)
        if encoding is None:
            encoding = {}
            for code, text in decoding.items():
                encoding.setdefault(text, code)
        self.writer = Writer(encoding)


ASCII = CodedSet({bytes((byte,)): chr(byte) for byte in range(0x80)})


def _roman() -> CodedSet:
    """JIS X 0201 Roman. Only what ASCII lacks is written in it."""
    decoding = {bytes((byte,)): chr(byte) for byte in range(0x21, 0x7F)}
    decoding[b"\\"] = "\xa5"
    decoding[b"~"] = "\u203e"
    return CodedSet(decoding, {"\xa5": b"\\", "\u203e": b"~"})


def _katakana() -> CodedSet:
    """The half-width katakana of JIS X 0201."""
    return CodedSet({bytes((byte,)): chr(0xFF40 + byte) for byte in range(0x21, 0x60)})


def _pairs(table: str, codec: str = "") -> Callable[[], CodedSet]:
    """A raw set of 94 by 94."""
    return lambda: CodedSet(decode_map(table), encode_map(table), codec)


# Cells of plane 1 of JIS X 0213 that CPython's codecs read as the older standards do.
_OF_CPYTHON = {b"!=": "\u2015", b'"V': "\u2985", b'"W': "\u2986"}
# Those that the edition of 2004 added.
_ADDED_2004 = (b".!", b"/~", b"OT", b"O~", b"t'", b"~z", b"~{", b"~|", b"~}", b"~~")


def _jisx0213_1(*, edition: int) -> CodedSet:
    decoding = {**decode_map("jisx0213-1"), **_OF_CPYTHON}
    if edition < 2004:
        for code in _ADDED_2004:
            del decoding[code]
    return CodedSet(decoding)


# IBM's characters that GNU libiconv has behind JIS X 0212 for Microsoft's text, from 7321 on.
_IBM_OF_LIBICONV = (
    "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ          ＇＂   炻仼僴凬匇匤\ufa0e咊坙\ufa0f\ufa10增寬峵嵓\ufa11德"
    "悅愠敎 晥\ufa12\uf929栁\ufa13\ufa14橫櫢淸淲瀨\ufa15\ufa16甁皂皞\ufa17礰\ufa18\ufa19"
    "\ufa1a\ufa1b竧\ufa1c\ufa1d綠緖\ufa1e荢\ufa1f薰\ufa20\ufa21蠇\ufa22譿賴赶\ufa23\ufa24"
    "\ufa25郞\ufa26鄕\ufa27\ufa28閒\uf9dc\ufa29霻 靑\ufa2a\ufa2b\ufa2c馞髙魲\ufa2d黑         "
    "                                             靍"
)
_NEC_OF_LIBICONV = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ ㍉㌔㌢㍍㌘㌧㌃㌶㍑㍗㌍㌦㌣㌫㍊㌻㎜㎝㎞㎎㎏㏄㎡        "
    "㍻〞〟№㏍℡㊤㊥㊦㊧㊨㈱㈲㈹㍾㍽㍼   ∮∑   ∟⊿"
)


def _ms_of_libiconv(plane: int) -> CodedSet:
    """JIS X 0208 or 0212 in the ISO-2022-JP-MS of GNU libiconv, with users' rows 85 to 94."""
    decoding = dict(coded_set("jisx0208" if plane == 1 else "jisx0212").decoding)
    known = decode_map("cp932")
    for row in range(0x75, 0x7F):
        for cell in range(0x21, 0x7F):
            text = chr(0xE000 + 940 * (plane - 1) + 94 * (row - 0x75) + cell - 0x21)
            if plane == 1 and 0x79 <= row <= 0x7C:  # IBM's characters, as NEC has them
                text = known.get(_shift_jis(row, cell), text)
            decoding[bytes((row, cell))] = text
    first, more = (0x2D, _NEC_OF_LIBICONV) if plane == 1 else (0x73, _IBM_OF_LIBICONV)
    for place, text in enumerate(more):
        if text != " ":
            decoding[bytes((first + place // 94, 0x21 + place % 94))] = text
    if plane == 2:
        return CodedSet(decoding)
    # What 0212 has is written there; NEC's rows have the rest.
    there = set(coded_set("jisx0212:ms").decoding.values())
    written = {
        text: code
        for code, text in reversed(decoding.items())
        if code[0] < 0x79 or code[0] > 0x7C or text not in there
    }
    return CodedSet(decoding, written)


def _plane_in_euc(table: str, number: int) -> Callable[[], CodedSet]:
    """A plane of CNS 11643 as a table of EUC-TW has it, by its codes of four bytes."""
    start = bytes((0x8E, 0xA0 + number))

    def read() -> CodedSet:
        codes = ((code, text) for code, text in decode_map(table).items() if code[:2] == start)
        return CodedSet({bytes(byte & 0x7F for byte in code[2:]): text for code, text in codes})

    return read


def _jisx0213_1_of_glibc() -> CodedSet:
    """The edition of 2004 when reading, that of 2000 when writing."""
    whole = decode_map("jisx0213-1")
    return CodedSet(whole, {text: code for code, text in whole.items() if code not in _ADDED_2004})


_planes: dict[int, tuple[dict[bytes, str], dict[str, bytes]]] = {}


def _plane(number: int) -> Callable[[], CodedSet]:
    """A plane of CNS 11643. All are read at once, which takes as long as reading one."""

    def read() -> CodedSet:
        global _planes  # noqa: PLW0603 - published in one step, so that no thread sees a part
        if not _planes:
            _planes = _read_planes()
        return CodedSet(*_planes[number])

    return read


def _read_planes() -> dict[int, tuple[dict[bytes, str], dict[str, bytes]]]:
    planes: dict[int, tuple[dict[bytes, str], dict[str, bytes]]] = {
        number: ({}, {}) for number in range(1, 16)
    }
    for code, text in decode_map("cns11643").items():
        planes[code[0]][0][code[1:]] = text
    for text, code in encode_map("cns11643").items():
        planes[code[0]][1][text] = code[1:]
    return planes


def _edited(
    of: str, without: tuple[tuple[bytes, bytes], ...], characters: dict[bytes, str]
) -> Callable[[], CodedSet]:
    """Another edition of a set: without runs of codes, and with characters from a code on."""

    def read() -> CodedSet:
        decoding = {
            code: text
            for code, text in coded_set(of).decoding.items()
            if not any(first <= code <= last for first, last in without)
        }
        for code, texts in characters.items():
            for cell, text in enumerate(texts, code[1]):
                decoding[bytes((code[0], cell))] = text
        return CodedSet(decoding)

    return read


# As a running ICU has them.
_CNS_1_OF_ICU = _edited(
    "cns-1",
    (
        *((b"!6", b"!<"), (b'"#', b'"%'), (b'"+', b'",'), (b"$>", b"$@"), (b"%q", b"%u")),
        *((b"&~", b"''"), (b"')", b"'."), (b"'0", b"'3"), (b"'5", b"+M"), (b"BB", b"BC")),
    ),
    {
        **{b"!!": " ,", b"!%": ".\xb7;:?!", b"!1": "\u2027", b"!=": "\ufe4b()", b"!B": "{}"},
        **{b"!l": "#&\u2733", b'"&': "_", b'"0': "+-", b'"6': "<>=", b'"D': "\u301c"},
        **{b'"]': "\u2016|\u2044\\/", b'"c': "$\xa5", b'"f': "\xa2\xa3%@", b"$!": "0123456789"},
        **{b"$A": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", b"%m": "\u2003"},
        b"&$": "\u2464\u2465\u2466\u2467\u2468\u2469\u246a",
    },
)
_ISO_IR_165_OF_ICU = _edited(
    "iso-ir-165",
    ((b"(?", b"(?"), (b"*g", b"*g"), (b"+!", b"+?")),
    {
        **{b"!+": "~", b"!g": "$", b"!i": "\xa2\xa3", b"#g": "\u0261", b"+@": "g"},
        **{b"(!": "\u0101\xe1\u01ce\xe0", b"(;": "\u0251", b"|8": "\u527a"},
    },
)


def _upper(table: str) -> Callable[[], CodedSet]:
    """The upper half of an ISO 8859 set."""
    return lambda: CodedSet(
        {
            bytes((code[0] & 0x7F,)): text
            for code, text in decode_map(table).items()
            if code[0] >= 0xA0
        }
    )


def _upper_of_icu(table: str) -> Callable[[], CodedSet]:
    """The upper half of an ISO 8859 set, whose C1 controls are read too but where a line ends."""

    def read() -> CodedSet:
        whole = coded_set(table)
        apart = b"\n\r\x0e\x0f\x1b"
        controls = {bytes((byte,)): chr(0x80 + byte) for byte in range(0x20) if byte not in apart}
        return CodedSet({**controls, **whole.decoding}, whole.writer.codes)

    return read


def _shift_jis(row: int, cell: int) -> bytes:
    """Shift_JIS bytes of a position of JIS X 0208, both from 0x21."""
    lead = (row - 0x21 >> 1) + 0x81
    if lead > 0x9F:
        lead += 0x40
    # A lead byte serves two rows; 7F is left out of the trails of the first.
    trail = cell + 0x1F + (cell >= 0x60) if row & 1 else cell + 0x7E
    return bytes((lead, trail))


_USER_ROWS = 20  # rows 95 to 114: the user-defined characters from U+E000


def _windows(*, user: bool) -> CodedSet:
    """JIS X 0208 with NEC's and IBM's characters, as cp932 maps them.

    A character with several positions is written in the lowest row: NEC row 13 before the IBM
    rows 89 to 92. With `user`, rows 95 to 114 are the user-defined characters.
    """
    known = decode_map("cp932")
    decoding: dict[bytes, str] = {}
    for row in range(0x21, 0x7F + (_USER_ROWS if user else 0)):
        for cell in range(0x21, 0x7F):
            text = known.get(_shift_jis(row, cell))
            if text is not None and (user or not "\ue000" <= text <= "\uf8ff"):
                decoding[bytes((row, cell))] = text
    return CodedSet(decoding)


def _jisx0208_of_icu() -> CodedSet:
    """JIS X 0208 as ICU has it: the rows that its Shift_JIS has, NEC's and IBM's among them."""
    codes = {
        _shift_jis(row, cell): bytes((row, cell))
        for row in range(0x21, 0x7F)
        for cell in range(0x21, 0x7F)
    }
    return _moved("cp932@icu", codes)


def _euc(table: str) -> Callable[[], CodedSet]:
    """The set of 94 by 94 that an EUC table has in its pairs."""
    cells = range(0x21, 0x7F)

    def read() -> CodedSet:
        pairs = ((row, cell) for row in cells for cell in cells)
        return _moved(table, {bytes((a | 0x80, b | 0x80)): bytes((a, b)) for a, b in pairs})

    return read


def _moved(table: str, codes: Mapping[bytes, bytes]) -> CodedSet:
    """The part of a table that has these codes, by the codes of seven bits beside them."""
    return CodedSet(
        {codes[code]: text for code, text in decode_map(table).items() if code in codes},
        {text: codes[code] for text, code in encode_map(table).items() if code in codes},
    )


_SETS: dict[str, Callable[[], CodedSet]] = {
    "roman": _roman,
    "katakana": _katakana,
    "jisx0208": _pairs("jisx0208", "euc_jp"),
    "jisx0212": _pairs("jisx0212"),
    "jisx0213-1": lambda: _jisx0213_1(edition=2004),
    "jisx0213-1:2000": lambda: _jisx0213_1(edition=2000),
    "jisx0213-2": _pairs("jisx0213-2"),
    "gb2312": _pairs("gb2312-raw@libiconv", "gb2312"),
    "ksx1001": _pairs("ksc5601"),
    "iso-ir-165": _pairs("iso-ir-165"),
    "latin-1": _upper("latin_1"),
    "greek": _upper("iso8859_7"),
    "latin-1:icu": _upper_of_icu("latin-1"),
    "greek:icu": _upper_of_icu("greek:icu-plain"),
    "greek:icu-plain": _upper("iso8859_7@icu"),
    "jisx0208:icu": _jisx0208_of_icu,
    # In ISO-2022-KR it is that of IBM's code page 949, in ISO-2022-JP-2 it has user's rows.
    "ksx1001:icu": _euc("ibm-949"),
    "ksx1001:icu-jp": _euc("euc_kr@icu"),
    "gb2312:icu": _pairs("gb2312-raw"),
    "gbk:icu": _euc("cp936"),
    "cns-1:icu": _CNS_1_OF_ICU,
    "iso-ir-165:icu": _ISO_IR_165_OF_ICU,
    "jisx0213-1:plain": _pairs("jisx0213-1"),
    "jisx0213-1:glibc": _jisx0213_1_of_glibc,
    "jisx0208:ms": lambda: _ms_of_libiconv(1),
    "jisx0212:ms": lambda: _ms_of_libiconv(2),
    **{
        f"cns-{number}:{who}": _plane_in_euc(f"euc-tw@{who}", number)
        for number in range(1, 8)
        for who in ("glibc", "libiconv")
    },
    "none": lambda: CodedSet({b"  ": ""}),
    "windows": lambda: _windows(user=False),
    "windows-user": lambda: _windows(user=True),
    **{f"cns-{number}": _plane(number) for number in range(1, 8)},
    **{f"iso8859-{part}": _upper(f"iso8859_{part}") for part in (2, 3, 4, 5, 6, 8, 9)},
}


_made: dict[str, CodedSet] = {"ascii": ASCII}


def coded_set(name: str) -> CodedSet:
    """The set of a name, made when it is first asked for."""
    found = _made.get(name)
    if found is None:
        found = _made.setdefault(name, _SETS[name]())
    return found
