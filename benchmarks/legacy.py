"""What writers of the time typed: turns clean text into text that a legacy charset can hold.

Clean corpora have typographic quotes, Romanian commas, precomposed Vietnamese and Persian yeh where
real legacy files had what the charset offered. Dropping every line that does not fit would leave a
sample of unusually plain lines; encoding with replacement characters would invent bytes that no
file had. So each character that a charset lacks becomes what people typed instead (`“` is `"`,
`ș` is `ş`, Tatar `ә` in windows-1251 is `э`), and only then is a line that still does not fit
dropped. Where two habits lived side by side (Vietnamese from keyboards and from converters, visual
and logical Hebrew in cp862) a checksum of the line picks one, so the choice is stable.

Nothing but the standard library is imported, and a line costs one `str.translate` and one encode.
"""

# ruff: noqa: RUF001 -- letters of all scripts stand here on purpose
from __future__ import annotations

import codecs
import re
import unicodedata
import zlib
from collections.abc import Callable

Encode = Callable[[str], bytes]

# A noncharacter: no charset encodes it, so a line that holds it is dropped.
_IMPOSSIBLE = "\uffff"

_TYPED_INSTEAD: dict[str, tuple[str, ...]] = {
    "“": ('"',), "”": ('"',), "„": ('"',), "‟": ('"',), "«": ('"',), "»": ('"',), "″": ('"',),
    "‘": ("'",), "’": ("'",), "‚": ("'",), "‛": ("'",), "‹": ("<",), "›": (">",), "′": ("'",),
    "ʼ": ("’", "'"), "ʻ": ("‘", "'"), "ʹ": ("'",), "´": ("'",), "`": ("'",),
    "–": ("-",), "—": ("―", "-"), "―": ("—", "-"), "‐": ("-",), "‑": ("-",), "‒": ("-",),
    "−": ("－", "-"), "－": ("−", "-"), "〜": ("～", "~"), "～": ("〜", "~"),
    "‖": ("∥", "||"), "∥": ("‖", "||"), "￠": ("¢",), "￡": ("£",), "￢": ("¬",),
    "¢": ("￠",), "£": ("￡",), "¬": ("￢",), "＼": ("\\",), "￣": ("‾",), "￥": ("¥",),
    "¥": ("￥",), "…": ("...",), "•": ("·", "・", "*"), "·": ("・", "-"), "・": ("·",),
    "●": ("*",), "∙": ("·", "-"), "→": ("->",), "←": ("<-",), "×": ("x",), "÷": ("/",),
    "€": ("EUR",), "™": ("(TM)",), "©": ("(c)",), "®": ("(R)",), "№": ("N",), "°": ("º",),
    "º": ("o",), "ª": ("a",), "½": ("1/2",), "¼": ("1/4",), "¾": ("3/4",), "§": ("$",),
    "²": ("2",), "³": ("3",), "¹": ("1",), "\u00a0": (" ",), "\u3000": (" ",), "\u00ad": ("",),
    "\u200b": ("",), "\u200c": ("",), "\u200d": ("",), "\ufeff": ("",), "\t": (" ",),
    "œ": ("oe",), "Œ": ("OE",), "æ": ("ae",), "Æ": ("AE",), "ß": ("ss",), "ø": ("o",),
    "Ø": ("O",), "đ": ("d",), "Đ": ("D",), "ð": ("d",), "Ð": ("D",), "þ": ("th",), "Þ": ("TH",),
    "ł": ("l",), "Ł": ("L",), "ı": ("i",), "ĳ": ("ij",), "Ĳ": ("IJ",), "ŀ": ("l·", "l"),
    "ŉ": ("'n",),
    "ſ": ("s",), "ŋ": ("n",), "Ŋ": ("N",), "ŧ": ("t",), "Ŧ": ("T",), "ħ": ("h",), "Ħ": ("H",),
    "ﬁ": ("fi",), "ﬂ": ("fl",), "¿": ("?",), "¡": ("!",), "µ": ("u",), "¨": ('"',),
    "٪": ("%",), "%": ("٪",), "٫": (",",), "٬": (",",), "۔": (".",), "،": (",",), "؛": (";",),
    "؟": ("?",), "״": ('"',), "׳": ("'",), "־": ("-",), "։": (":",), "՝": (",",), "՚": ("'",),
    "।": (".",), "॥": (".",), "װ": ("וו",), "ױ": ("וי",), "ײ": ("יי",),
    "І": ("I",), "і": ("i",), "Ґ": ("Г",), "ґ": ("г",), "Ѕ": ("S",), "ѕ": ("s",), "Ј": ("J",),
    "ј": ("j",), "Ѐ": ("Е",), "ѐ": ("е",), "Ѝ": ("И",), "ѝ": ("и",), "Ў": ("У",), "ў": ("у",),
    "Ї": ("I",), "ї": ("i",), "Є": ("Е",), "є": ("е",), "Ё": ("Е",), "ё": ("е",),
}  # fmt: skip

# Pairs "letter: substitutes in the order in which they are tried" for one language.
_BY_LANGUAGE: dict[str, dict[str, tuple[str, ...]]] = {
    "ro": {"ș": ("ş", "s"), "ț": ("ţ", "t"), "ş": ("ș", "s"), "ţ": ("ț", "t"),
           "Ș": ("Ş", "S"), "Ț": ("Ţ", "T"), "Ş": ("Ș", "S"), "Ţ": ("Ț", "T")},
    "fa": {"ی": ("ي",), "ک": ("ك",), "ۀ": ("ه",), "ة": ("ه",), "ء": ("",), "ێ": ("ي",)},
    "ur": {"ی": ("ي",), "ک": ("ك",), "ہ": ("ه",), "ۂ": ("ہ", "ه"), "ۃ": ("ة",), "ۓ": ("ے",),
           "ھ": ("ه",), "۔": ("-", ".")},
    "tt": {"ә": ("э",), "Ә": ("Э",), "ө": ("о",), "Ө": ("О",), "ү": ("у",), "Ү": ("У",),
           "җ": ("ж",), "Җ": ("Ж",), "ң": ("н",), "Ң": ("Н",), "һ": ("х",), "Һ": ("Х",)},
    "kk": {"ә": ("а",), "Ә": ("А",), "ғ": ("г",), "Ғ": ("Г",), "қ": ("к",), "Қ": ("К",),
           "ң": ("н",), "Ң": ("Н",), "ө": ("о",), "Ө": ("О",), "ұ": ("у",), "Ұ": ("У",),
           "ү": ("у",), "Ү": ("У",), "һ": ("х",), "Һ": ("Х",)},
    "mn": {"ө": ("є", "о"), "Ө": ("Є", "О"), "ү": ("ї", "у"), "Ү": ("Ї", "У")},
    "az-Latn": {"ə": ("e", "ä"), "Ə": ("E", "Ä")},
    "hu": {"ő": ("õ", "ö"), "Ő": ("Õ", "Ö"), "ű": ("û", "ü"), "Ű": ("Û", "Ü")},
    "et": {"š": ("sh",), "Š": ("SH",), "ž": ("zh",), "Ž": ("ZH",)},
    "eo": {"ĉ": ("cx",), "ĝ": ("gx",), "ĥ": ("hx",), "ĵ": ("jx",), "ŝ": ("sx",), "ŭ": ("ux",),
           "Ĉ": ("Cx",), "Ĝ": ("Gx",), "Ĥ": ("Hx",), "Ĵ": ("Jx",), "Ŝ": ("Sx",), "Ŭ": ("Ux",)},
    "cy": {"ŵ": ("w^",), "ŷ": ("y^",), "Ŵ": ("W^",), "Ŷ": ("Y^",)},
    "de": {"Ä": ("AE",), "Ö": ("OE",), "Ü": ("UE",), "ä": ("ae",), "ö": ("oe",), "ü": ("ue",)},
}  # fmt: skip
_BY_LANGUAGE["ba"] = _BY_LANGUAGE["tt"] | {
    "ғ": ("г",), "Ғ": ("Г",), "ҡ": ("к",), "Ҡ": ("К",), "ҙ": ("з",), "Ҙ": ("З",),
    "ҫ": ("с",), "Ҫ": ("С",),
}  # fmt: skip
_BY_LANGUAGE["ky"] = _BY_LANGUAGE["uz-Cyrl"] = _BY_LANGUAGE["tg"] = _BY_LANGUAGE["kk"] | {
    "ҳ": ("х",), "Ҳ": ("Х",), "ҷ": ("ч",), "Ҷ": ("Ч",), "ӣ": ("и",), "Ӣ": ("И",),
    "ӯ": ("у",), "Ӯ": ("У",),
}  # fmt: skip

# Charsets of terminals that drew each line as it came: text stands in the order of the screen.
_VISUAL = frozenset(
    {"cp864", "cp868", "iso-8859-8 (visual order)", "iso8859-8", "iso8859_8", "iso-8859-8"}
)
_SOMETIMES_VISUAL = frozenset(
    {"cp862", "ibm862", "cp424", "ibm424", "cp856", "ibm856", "cp420", "ibm420"}
)
_SHAPED = frozenset({"cp864", "ibm864 (visual, shaped)", "ibm864", "cp420", "ibm420", "cp868"})

_DOS = re.compile(r"^(cp|ibm)(4|7|8|9\d\d|1125|1131|1133|00858|620|790)|mik|keybcs2|cwi-2|mazovia")


def newline(encoding: str) -> str:
    """The line end of files in this charset: CRLF (Windows, DOS), CR (Mac), NEL (EBCDIC), LF."""
    name = encoding.lower()
    if is_ebcdic(name):
        return "\x85"
    if name.startswith(("mac", "x-mac")):
        return "\r"
    if name.startswith(("windows", "cp125", "cp932", "cp949", "cp936", "cp950", "cp874", "gbk")):
        return "\r\n"
    if name.startswith(("cp5022", "kz1048", "ptcp", "vps", "vni", "tcvn", "winsami", "johab")):
        return "\r\n"
    return "\r\n" if _DOS.match(name) else "\n"


_EBCDIC = frozenset(
    (37, 273, 277, 278, 280, 284, 285, 290, 297, 420, 424, 500, 838, 870, 871, 875, 880, 930, 933,
     935, 937, 939, 1025, 1026, 1047, 1112, 1122, *range(1140, 1150))
)  # fmt: skip


def is_ebcdic(encoding: str) -> bool:
    """Whether a name such as cp037, IBM01141 or ibm-500 is an EBCDIC page."""
    match = re.fullmatch(r"(?:cp|ibm|ccsid)[-_]?0*(\d+)", encoding.lower())
    return match is not None and int(match[1]) in _EBCDIC


class _Substitutes(dict[int, str]):
    """Character -> what was typed for it in one charset and language; filled on first use."""

    def __init__(self, encode: Encode, language: str) -> None:
        super().__init__()
        self._encode = encode
        self._own = _BY_LANGUAGE.get(language, {})

    def fits(self, text: str) -> bool:
        """Whether the charset holds this text."""
        try:
            self._encode(text)
        except (UnicodeError, ValueError):
            return False
        return True

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = self._find(char)
        self[code] = found
        return found

    def _find(self, char: str) -> str:
        if self.fits(char):
            return char
        for table in (self._own, _TYPED_INSTEAD):
            for choice in table.get(char, ()):
                if self.fits(choice):
                    return choice
        return self._decomposed(char)

    def _decomposed(self, char: str) -> str:
        if unicodedata.category(char) in ("Mn", "Mc"):
            # Hebrew points, Arabic signs, stray accents: left out. Indic signs may be no character
            # of the set and yet part of one (TSCII has consonant and virama as one byte).
            return "" if ord(char) < 0x0900 else char
        digit = unicodedata.digit(char, None)
        if digit is not None and self.fits(str(digit)):
            return str(digit)
        compatible = unicodedata.normalize("NFKC", char)
        if compatible != char and len(compatible) < 6 and self.fits(compatible):
            return compatible
        base = unicodedata.normalize("NFD", char)[0]
        if base != char and ord(base) < 0x0600 and base.isalpha():
            return base if self.fits(base) else _TYPED_INSTEAD.get(base, (_IMPOSSIBLE,))[0]
        return _IMPOSSIBLE


class _Composing(_Substitutes):
    """windows-1258: base letters with breve, circumflex or horn, and the tone as its own mark."""

    def __init__(self, encode: Encode, language: str, keyboard: bool) -> None:
        super().__init__(encode, language)
        self._keyboard = keyboard

    def _find(self, char: str) -> str:
        parts = unicodedata.normalize("NFD", char)
        if len(parts) > 1 and parts[-1] in "\u0300\u0301\u0303\u0309\u0323":
            return self._with_tone(char, unicodedata.normalize("NFC", parts[:-1]), parts[-1])
        if len(parts) == 3 and parts[1] == "\u0323":  # ặ and ậ: the dot sorts before the hat
            base = unicodedata.normalize("NFC", parts[0] + parts[2])
            return self._with_tone(char, base, "\u0323")
        return super()._find(char)

    def _with_tone(self, char: str, base: str, tone: str) -> str:
        if not self._keyboard and self.fits(char):
            return char
        return base + tone if self.fits(base + tone) else super()._find(char)


class _Writer:
    """Everything about one (language, charset) pair that does not depend on the line."""

    def __init__(self, language: str, encoding: str, encode: Encode) -> None:
        name = encoding.lower()
        self.encode = encode
        self.language = language
        self.tables: list[_Substitutes] = [_Substitutes(encode, language)]
        if language == "vi" and name in ("cp1258", "windows-1258", "windows1258"):
            self.tables = [_Composing(encode, language, True), _Composing(encode, language, False)]
        self.visual = name in _VISUAL or name.startswith("ibm864")
        self.sometimes_visual = name in _SOMETIMES_VISUAL
        self.shaped = name in _SHAPED
        self.korean = name in ("euc_kr", "euc-kr", "iso2022_kr", "iso-2022-kr")
        self.tamil_glyphs = name == "tscii"
        self.may_swap_kaf = language in ("fa", "ur")

    def line(self, text: str) -> str | None:
        coin = zlib.crc32(text.encode("utf-8", "surrogatepass"))
        if self.korean and not _is_plain_korean(text):
            return None
        if self.may_swap_kaf and coin & 1:
            text = text.replace("ک", "ك")
        if self.language == "uz-Latn":
            text = text.replace("ʻ", ("‘", "'", "`", "‘")[coin & 3])
        if self.shaped:
            text = shape_arabic(text, self.tables[0].fits)
        if self.tamil_glyphs:
            # o, oo and au have a half on each side of their consonant.
            text = unicodedata.normalize("NFD", text)
        if self.language == "ja" and coin % 3 == 0 and len(text) > 60 and text[-1] == "。":
            text = "\u3000" + text
        text = text.translate(self.tables[coin % len(self.tables)])
        if self.visual or (self.sometimes_visual and coin & 2):
            text = visual_order(text)
        try:
            self.encode(text)
        except (UnicodeError, ValueError):
            return None
        return text


_WRITERS: dict[tuple[str, str], _Writer] = {}


def as_written(text: str, language: str, encoding: str, encode: Encode | None = None) -> str | None:
    """One line of `text` as it was typed where only `encoding` was at hand; None if it cannot be.

    `language` is a BCP 47 tag of the corpora (sr-Latn, az-Latn ...). `encoding` is a charset name:
    CPython's, or the label of encodings.tsv (which tells visual from logical Hebrew). `encode`
    encodes strictly and is needed where CPython has no such codec; the first one given for a pair
    is kept. The result always encodes. It holds no line end: see `newline`.

    Raises LookupError if there is neither `encode` nor a codec of that name.
    """
    writer = _WRITERS.get((language, encoding))
    if writer is None:
        if encode is None:
            codec = codecs.lookup(encoding).encode

            def encode(text: str) -> bytes:
                return codec(text)[0]

        writer = _WRITERS.setdefault((language, encoding), _Writer(language, encoding, encode))
    return writer.line(text)


def _is_plain_korean(text: str) -> bool:
    """Only the 2,350 syllables: CPython writes the others as fillers that nobody else wrote."""
    try:
        return text.encode("euc_kr") == text.encode("cp949")
    except UnicodeError:
        # A symbol that gets substituted: judge the syllables alone.
        syllables = "".join(char for char in text if "가" <= char <= "힣")
        return syllables.encode("euc_kr") == syllables.encode("cp949")


_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
# Runs that keep their own direction inside a right-to-left line: words and numbers.
_LTR_RUN = re.compile(r"[A-Za-z0-9À-ɏ٠-٩](?:[A-Za-z0-9À-ɏ٠-٩.,:/+'_-]*[A-Za-z0-9À-ɏ٠-٩])?")


def visual_order(line: str) -> str:
    """A right-to-left line in the order of the screen, left to right, brackets mirrored."""
    turned = line[::-1].translate(_MIRROR)
    return _LTR_RUN.sub(lambda run: run[0][::-1], turned)


def _presentation_forms() -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        text = "".join(chr(int(part, 16)) for part in letters.split())
        if kind in ("<isolated>", "<final>", "<initial>", "<medial>") and text:
            forms.setdefault(text, {})[kind[1:-1]] = chr(code)
    return forms


_FORMS: dict[str, dict[str, str]] = {}
_HARAKAT = frozenset(map(chr, (*range(0x064B, 0x0653), 0x0670)))
# What stood in where a set has only some of the four shapes: cp864 shares initial and medial.
_INSTEAD_OF = {
    "medial": ("medial", "initial", "final", "isolated"),
    "initial": ("initial", "medial", "isolated", "final"),
    "final": ("final", "isolated", "medial", "initial"),
    "isolated": ("isolated", "final", "initial", "medial"),
}


def shape_arabic(line: str, fits: Callable[[str], bool]) -> str:
    """Letters as presentation forms of the shapes that `fits`, lam-alef joined, vowels left out."""
    if not _FORMS:
        _FORMS.update(_presentation_forms())
    units: list[str] = []
    for char in line:
        if char in _HARAKAT:
            continue
        if units and units[-1] == "ل" and "ل" + char in _FORMS:
            units[-1] += char
        else:
            units.append(char)
    out: list[str] = []
    for at, unit in enumerate(units):
        shapes = _FORMS.get(unit)
        if shapes is None:
            out.append(unit)
            continue
        joins_before = at > 0 and (units[at - 1] == "ـ" or "initial" in _shapes(units, at - 1))
        joins_before = joins_before and "final" in shapes
        joins_after = "initial" in shapes and at + 1 < len(units)
        joins_after = joins_after and (units[at + 1] == "ـ" or "final" in _shapes(units, at + 1))
        if joins_before:
            shape = "medial" if joins_after else "final"
        else:
            shape = "initial" if joins_after else "isolated"
        choices = [shapes[kind] for kind in _INSTEAD_OF[shape] if kind in shapes]
        out.append(next((choice for choice in choices if fits(choice)), unit))
    return "".join(out)


def _shapes(units: list[str], at: int) -> dict[str, str]:
    return _FORMS.get(units[at], {})


_UPPER_TURKIC = str.maketrans("iı", "İI")


def in_capitals(text: str, language: str) -> str:
    """The text in capitals as the language sets them: dotted I in Turkish, no tonos in Greek."""
    if language in ("tr", "az-Latn", "tt-Latn"):
        text = text.translate(_UPPER_TURKIC)
    text = text.upper()
    if language == "el":
        bare = "".join(c for c in unicodedata.normalize("NFD", text) if c not in "\u0301\u0384")
        text = unicodedata.normalize("NFC", bare)
    return text
