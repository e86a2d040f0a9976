"""What counts as right.

The main figure is decode-equivalence: the guess decodes the bytes to the same text, whatever it is
called. Two texts are the same when they differ only in what no reader would call another text: the
byte order mark, line ends, the two code points that Japanese sets give one character (the wave
dash and the full-width tilde), and composed against decomposed letters. Beside it stand strict
names (the same charset, an alias or a superset), the language, and how far the confidence can be
believed.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import charsets
from peers import Guess
from set_names import (
    DAMAGED_SETS,
    LEGACY_SETS,
    LENGTH_SETS,
    OWN_SETS,
    RARE_SETS,
    REGISTRY_SETS,
    Item,
)

# Two-way characters of the Japanese, Korean and Chinese tables, yen and overline of JIS X 0201,
# and line ends (NEL is what EBCDIC tables call a line's end).
_FOLD = str.maketrans(
    {
        "\uff5e": "\u301c", "\uff0d": "\u2212", "\u2225": "\u2016", "\uffe0": "\u00a2",
        "\uffe1": "\u00a3", "\uffe2": "\u00ac", "\u2015": "\u2014", "\uff3c": "\\",
        "\uffe3": "~", "\u203e": "~", "\u00a5": "\\", "\uffe5": "\\",
        "\u30fb": "\u00b7", "\u2022": "\u00b7", "\u2027": "\u00b7", "\u22ef": "\u2026",
        "\x85": "\n", "\r": "\n", "\ufeff": None,
    }
)  # fmt: skip

# Where two habits of writing share their bytes, the bytes cannot tell which one was meant, and no
# reader sees another text: Romanian s and t with comma (ISO-8859-16) or cedilla (ISO-8859-2), and
# Hungarian long o and u, which stand in Latin-1 files as the letters with tilde and circumflex.
_FOLD_IN = {
    "ro": str.maketrans("\u0218\u0219\u021a\u021b", "\u015e\u015f\u0162\u0163"),
    "hu": str.maketrans("\u00d5\u00f5\u00db\u00fb", "\u0150\u0151\u0170\u0171"),
}

_BAND_ENDS = (40, 100, 400, 2000)
BANDS = ("<=40", "<=100", "<=400", "<=2000", ">2000")
_BINS = 10
SURE = 0.9


class Verdict(NamedTuple):
    """One guess, judged."""

    item: Item
    guess: Guess
    right: bool
    exact: bool  # right without folding what only one language folds
    name_right: bool
    language_right: bool | None
    primary_right: bool | None


def folded(text: str) -> str:
    """A text with everything folded away that does not make it another text."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_FOLD))


def same_text(one: str, other: str, language: str | None = None) -> bool:
    """Whether two texts are the same for a reader (of `language`, when given)."""
    if one == other or folded(one) == folded(other):
        return True
    fold = _FOLD_IN.get(language or "")
    return fold is not None and folded(one).translate(fold) == folded(other).translate(fold)


# What each name may also be called: the superset that decodes all that the subset does.
_SUPERSETS = {
    "ascii": ("utf8", "cp1252", "iso88591"), "iso88591": ("cp1252",), "iso88599": ("cp1254",),
    "iso885911": ("cp874", "tis620"), "tis620": ("cp874", "iso885911"),
    "gb2312": ("gbk", "gb18030"),
    "gbk": ("gb18030",), "shiftjis": ("cp932",), "euckr": ("cp949",),
    "big5": ("cp950", "big5hkscs"),
    "cp950": ("big5hkscs",), "eucjp": ("cp51932", "eucjpms"), "koi8r": ("koi8u",),
    "iso2022jp": ("cp50220", "cp50221", "iso2022jpext", "iso2022jp1", "iso2022jp2"),
    "utf8sig": ("utf8",), "iso88598i": ("cp1255", "iso88598"), "iso88598": ("iso88598i",),
    "utf16": ("utf16le", "utf16be"), "utf32": ("utf32le", "utf32be"), "cp437": ("cp850",),
    "cp866": ("cp1125",),
}  # fmt: skip
_SAME_NAME = {
    "usascii": "ascii", "windows31j": "cp932", "sjis": "shiftjis", "macroman": "macroman",
    "macintosh": "macroman", "maccentraleurope": "maclatin2", "xmacce": "maclatin2",
    "xmaccyrillic": "maccyrillic", "uhc": "cp949", "cp1361": "johab", "latin1": "iso88591",
    "hzgb2312": "hz", "eucjpms": "cp51932", "strk10482002": "kz1048", "kz1048": "kz1048",
}  # fmt: skip


def canonical(name: str) -> str:
    """One spelling for each charset, over the names that detectors use."""
    key = charsets.plain(name)
    key = _SAME_NAME.get(key, key)
    for prefix in ("windows", "ibm"):
        digits = key[len(prefix) :].lstrip("0")
        if key.startswith(prefix) and digits.isdigit():
            return f"cp{digits}"
    if key.startswith("cp") and key[2:].isdigit():
        return f"cp{key[2:].lstrip('0')}"
    return key


def _same_name(guess: str, truth: str) -> bool:
    one, other = canonical(guess), canonical(truth)
    return one == other or one in _SUPERSETS.get(other, ())


# Tags without a script say their usual one; `no` is what Bokmål is called in most lists.
_FULL_TAG = {
    "sr": "sr-Cyrl", "az": "az-Latn", "uz": "uz-Latn", "zh": "zh-Hans", "zh-CN": "zh-Hans",
    "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "no": "nb", "fil": "tl", "iw": "he", "ji": "yi",
}  # fmt: skip
_MACRO = {"nb": "no", "nn": "no", "yue": "zh"}


def _language(guess: str | None, truth: str | None) -> tuple[bool | None, bool | None]:
    if truth is None:
        return None, None
    if guess is None:
        return False, False
    one, other = _FULL_TAG.get(guess, guess), _FULL_TAG.get(truth, truth)
    bare_one, bare_other = one.split("-")[0], other.split("-")[0]
    same_macro = _MACRO.get(bare_one, bare_one) == _MACRO.get(bare_other, bare_other)
    return one == other, same_macro


class Judge:
    """Decodes guesses with the tables at hand and says what is right."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared

    def decode(self, data: bytes, name: str) -> str | None:
        """The text under a detector's name; None if it fails or nobody knows the name."""
        decode = charsets.decoder(name, self._shared)
        if decode is None:
            return None
        try:
            return decode(data)
        except (UnicodeError, ValueError, IndexError):
            return None

    def _decode_for(self, item: Item, name: str) -> str | None:
        """As decode(), but the sets of the whole registry are read as they were written, and
        damaged ones before they were damaged."""
        if item.set not in REGISTRY_SETS:
            return self.decode(item.data if item.clean is None else item.clean, name)
        import whole_registry

        return whole_registry.decoded(item.data, name)

    def judge(self, item: Item, guess: Guess) -> Verdict:
        """One verdict. None is right for binary alone; text read out of binary is wrong."""
        named = guess.encoding
        if named is None:
            right = item.encoding == "binary" or "binary" in item.accept
            return Verdict(item, guess, right, right, right, *_language(None, item.language))
        accepted = any(canonical(named) == canonical(name) for name in item.accept)
        name_right = accepted or _same_name(named, item.encoding)
        right = exact = item.encoding != "binary" and name_right
        if item.text is not None and not accepted:
            text = self._decode_for(item, named)
            right = text is not None and same_text(text, item.text, item.language)
            exact = right and text is not None and same_text(text, item.text)
        spoken = _language(guess.language, item.language)
        return Verdict(item, guess, right, exact, name_right, *spoken)


def band(length: int) -> str:
    """The length band of an input."""
    for end, name in zip(_BAND_ENDS, BANDS, strict=False):
        if length <= end:
            return name
    return BANDS[-1]


# Sets whose items count by (language, encoding) pair; in the others each item counts once.
_BY_PAIR = frozenset(
    LEGACY_SETS + OWN_SETS + RARE_SETS + LENGTH_SETS + REGISTRY_SETS + DAMAGED_SETS
)


class Score(NamedTuple):
    """One detector on one set, in percent; None where nothing could be asked."""

    items: int
    macro: float
    weighted: float
    exact: float
    names: float
    language: float | None
    primary: float | None


def score(verdicts: list[Verdict]) -> Score:
    """The figures of a set: averages over (language, encoding) pairs, then by pair weight."""
    by_pair: dict[tuple[str, str | None, float], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        item = verdict.item
        label = item.id.rsplit("/", 1)[0] if item.set in _BY_PAIR else item.id
        by_pair[(label, item.language, item.weight)].append(verdict)
    rates = [_rate(v.right for v in group) for group in by_pair.values()]
    weights = [weight for _, _, weight in by_pair]
    names = [_rate(v.name_right for v in group) for group in by_pair.values()]
    spoken = [v for v in verdicts if v.language_right is not None]
    return Score(
        len(verdicts),
        100 * _mean(rates),
        100 * sum(r * w for r, w in zip(rates, weights, strict=True)) / (sum(weights) or 1.0),
        100 * _mean(_rate(v.exact for v in group) for group in by_pair.values()),
        100 * _mean(names),
        100 * _rate(bool(v.language_right) for v in spoken) if spoken else None,
        100 * _rate(bool(v.primary_right) for v in spoken) if spoken else None,
    )


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def _rate(flags: Iterable[bool]) -> float:
    return _mean(map(float, flags))


# Languages that are told by a few words at most: a reader of one reads the others.
CLOSE = (
    ("da", "nb", "nn", "sv"),
    ("bs", "hr", "sr-Latn", "sl"),
    ("id", "ms"),
    ("cs", "sk"),
    ("ast", "ca", "es", "gl", "oc", "pt"),
    ("be", "ru", "uk"),
    ("bg", "mk", "sr-Cyrl"),
    ("ba", "kk", "ky", "tt"),
    ("az-Latn", "tr"),
    ("ar", "fa", "ur"),
    ("fo", "is"),
    ("ga", "gd"),
    ("af", "nl", "fy"),
    ("yue", "zh-Hans", "zh-Hant"),
)


class Close(NamedTuple):
    """One group of close languages: percent of texts told exactly, and as one of the group."""

    items: int
    exact: float
    within: float


def close_languages(verdicts: Iterable[Verdict]) -> dict[str, Close]:
    """How well each group of CLOSE is told; groups that were not asked for are left out."""
    asked: dict[tuple[str, ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for group in CLOSE:
            if verdict.language_right is not None and verdict.item.language in group:
                asked[group].append(verdict)
    return {
        " ".join(group): Close(
            len(asked[group]),
            100 * _rate(bool(v.language_right) for v in asked[group]),
            100 * _rate(_in_group(v.guess.language, group) for v in asked[group]),
        )
        for group in CLOSE
        if asked[group]
    }


def _in_group(said: str | None, group: tuple[str, ...]) -> bool:
    return said is not None and _FULL_TAG.get(said, said) in group


class Calibration(NamedTuple):
    """How far confidences can be believed, over all verdicts of one length band."""

    items: int
    error: float
    sure_and_wrong: float


def calibration(verdicts: Iterable[Verdict]) -> dict[str, Calibration]:
    """Expected calibration error (ten equal bins) and the share of all answers that are wrong and
    given with more than 0.9, per length band and for "all". Empty if there are no confidences.
    """
    by_band: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for verdict in verdicts:
        sure = verdict.guess.confidence
        if sure is not None:
            by_band[band(len(verdict.item.data))].append((sure, verdict.right))
            by_band["all"].append((sure, verdict.right))
    return {
        name: Calibration(
            len(by_band[name]),
            expected_error(by_band[name]),
            100 * _rate(sure > SURE and not right for sure, right in by_band[name]),
        )
        for name in (*BANDS, "all")
        if name in by_band
    }


class Bin(NamedTuple):
    """Answers of nearly one confidence: their number, its mean, and the share that was right."""

    items: int
    said: float
    right: float


# Finer above 0.9, where most answers are.
_EDGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)


def reliability(verdicts: Iterable[Verdict]) -> dict[str, list[Bin]]:
    """What confidences were worth, per length band and for "all": bins without answers left out."""
    by_band: dict[str, dict[int, list[tuple[float, bool]]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        sure = verdict.guess.confidence
        if sure is not None:
            at = sum(sure >= edge for edge in _EDGES)
            by_band[band(len(verdict.item.data))][at].append((sure, verdict.right))
            by_band["all"][at].append((sure, verdict.right))
    return {
        name: [
            Bin(len(group), _mean(sure for sure, _ in group), _rate(right for _, right in group))
            for _, group in sorted(by_band[name].items())
        ]
        for name in (*BANDS, "all")
        if name in by_band
    }


def expected_error(pairs: list[tuple[float, bool]]) -> float:
    """The mean distance between confidence and share of right answers, over ten equal bins."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        bins[min(_BINS - 1, int(sure * _BINS))].append((sure, right))
    gaps = (
        len(group) * abs(_mean(sure for sure, _ in group) - _rate(right for _, right in group))
        for group in bins.values()
    )
    return sum(gaps) / len(pairs) if pairs else 0.0
