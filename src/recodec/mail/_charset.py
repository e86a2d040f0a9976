"""Bytes of a mail to text: the label is a hint, the bytes decide.

The order: escape sequences say ISO-2022-JP whatever the label; a label whose charset decodes
strictly to text that makes sense is believed; valid UTF-8 and other charsets come next, by
detection with the hints that the rest of the mail gives; single bad bytes never turn a text into
something else, and a text put together of two charsets is read line by line.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .._coding.route import route
from .._detection.detect import detect
from .._errors import UnsupportedCharsetError
from . import _emoji, _iso2022jp
from ._decoding import BAD, is_utf8, korean, lossy, open_hz, strict
from ._emoji import with_emoji
from ._hints import NO_HINTS, Hints
from ._labels import JAPANESE_7BIT, clean, is_silent, keeps_ascii, meaning, reading

__all__ = ["read", "read_plain"]

_SHORT = 200  # bytes of texts whose readings are kept
_KOREAN = re.compile(rb"\x1b\$\)C")
_CHINESE = re.compile(rb"\x1b\$[)*][AGEHI]")
# A pair begins with no tilde, so that what does not end is given up at the next start.
_HZ = re.compile(rb"~\{(?:[\x21-\x7d][\x21-\x7e])+~\}")
_UKRAINIAN = re.compile(rb"[\xc0-\xff][\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd]"
                        rb"|[\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd][\xc0-\xff]")  # fmt: skip
# Lead bytes of UTF-8 that became characters of Latin 1, or of windows-1251, and what followed them.
_DOUBLED = re.compile(rb"\xc3[\x82-\xb4](?:[\xc2\xc5\xc6\xcb]|\xe2[\x80-\x84])"
                      rb"|(?:\xd0[\xa0\xa1](?:[\xc2\xd0-\xd2].|\xe2..)){2}", re.S)  # fmt: skip
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_MANY_BYTES = frozenset(
    ("utf-8", "cp932", "eucjp-ms", "euc_jis_2004", "shift_jis_2004", "shift_jisx0213",
     "euc_jisx0213", "cp949", "johab", "gb18030", "big5hkscs", "euc_tw")
)  # fmt: skip
_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


def read(
    data: bytes, label: str | None, what: str, defects: list[str], hints: Hints = NO_HINTS
) -> tuple[str, str]:
    """Text of `data` and the charset it was read in; what was wrong goes to `defects`.

    `what` names the text in the defects. Never raises: mail has to be shown.
    """
    if not data:
        return "", meaning(label) or "ascii"
    labelled = meaning(label)
    if labelled is None and label and not is_silent(label):
        defects.append(f"{what}: unknown charset {clean(label)!r}")
    if len(data) <= _SHORT:
        # The same names and words come again: in a header and its addresses, in many messages.
        text, name, faults = _read_short(
            data, labelled, label, hints.charsets, hints.carrier, hints.tld
        )
    else:
        found: list[str] = []
        text, name = _read(data, labelled, label, hints, found)
        faults = tuple(found)
    defects += [f"{what}: {fault}" for fault in faults]
    if name == "utf-8" and _DOUBLED.search(data):
        misread = detect(data).double_encoded
        if misread is not None:
            defects.append(f"{what}: UTF-8 that was read as {misread} and encoded again")
    if labelled is not None and name not in (labelled, "ascii") and reading(name) != labelled:
        defects.append(f"{what}: labelled {clean(label or '')}, read as {name}")
    elif label and labelled is None and name != "ascii":
        defects.append(f"{what}: labelled {clean(label)}, read as {name}")
    return text, name


@lru_cache(maxsize=1024)
def _read_short(
    data: bytes,
    labelled: str | None,
    label: str | None,
    charsets: tuple[str, ...],
    carrier: str | None,
    tld: str | None,
) -> tuple[str, str, tuple[str, ...]]:
    faults: list[str] = []
    text, name = _read(data, labelled, label, Hints(charsets, carrier, tld), faults)
    return text, name, tuple(faults)


def read_plain(data: bytes, label: str) -> str | None:
    """Text of `data` by its label alone; None when it does not decode strictly."""
    name = meaning(label)
    if name is None:
        return data.decode("ascii") if data.isascii() and b"\x1b" not in data else None
    if name == JAPANESE_7BIT:
        text, faults = _iso2022jp.decode(data)
        return None if faults or BAD in text else text
    return strict(data, name)


def _read(
    data: bytes, labelled: str | None, label: str | None, hints: Hints, faults: list[str]
) -> tuple[str, str]:
    if labelled not in _WIDE and data[:3] == b"\xef\xbb\xbf" and is_utf8(data):
        return data[3:].decode("utf-8"), "utf-8"
    if b"\x1b" in data or labelled in ("iso2022_kr", "iso2022_cn"):
        found = _escapes(data, labelled, hints, faults)
        if found is not None:
            return found
        # Back to ASCII from ASCII, as terminals write.
        data = data.replace(b"\x1b(B", b"")
    if data.isascii() and labelled not in _WIDE:
        return _seven_bit(data, labelled, label, faults)
    if labelled in _WIDE or b"\x00" in data:
        wide = _wide(data, labelled, faults)
        if wide is not None:
            return wide
    if labelled == JAPANESE_7BIT:
        # Katakana in eight bits, or another Japanese charset under this label.
        return _eight_bit(data, None, hints, faults, japanese=True)
    return _eight_bit(data, labelled, hints, faults)


def _escapes(
    data: bytes, labelled: str | None, hints: Hints, faults: list[str]
) -> tuple[str, str] | None:
    if labelled == "iso2022_kr" or _KOREAN.search(data):
        return korean(data, faults), "iso2022_kr"
    if labelled == "iso2022_cn" or (labelled is None and _CHINESE.search(data)):
        return lossy(data, "iso2022_cn", faults), "iso2022_cn"
    if labelled == JAPANESE_7BIT or (
        _iso2022jp.has_escapes(data) and (data.isascii() or not _webbed(data))
    ):
        eight = labelled if labelled != JAPANESE_7BIT else None
        text, wrong = _iso2022jp.decode(
            data, carrier=hints.carrier, other=lambda part: _between(part, eight, hints, faults)
        )
        faults += wrong
        return text, JAPANESE_7BIT
    if not _emoji.WEB_CODE.search(data):
        return None
    # SoftBank's web codes in Shift_JIS or UTF-8: the text around them decides its charset.
    without = _emoji.WEB_CODE.sub(b"", data)
    _, name = _read(without, labelled, None, hints, faults) if without else ("", "ascii")
    parts = []
    at = 0
    for found in _emoji.WEB_CODE.finditer(data):
        parts.append(_by(data[at : found.start()], name, hints))
        parts.append(_emoji.web_code(found[1][0], found[2]))
        at = found.end()
    parts.append(_by(data[at:], name, hints))
    return "".join(parts), name


def _webbed(data: bytes) -> bool:
    """Whether all escapes are web codes, which stand in any charset."""
    return not _iso2022jp.has_escapes(_emoji.WEB_CODE.sub(b"", data))


def _by(data: bytes, name: str, hints: Hints) -> str:
    text = route(name).decode(data, "replace")[0]
    return with_emoji(data, text, name, hints.carrier)


def _seven_bit(
    data: bytes, labelled: str | None, label: str | None, faults: list[str]
) -> tuple[str, str]:
    if labelled == "hz" or (labelled == "gb18030" and _HZ.search(data)):
        return open_hz(data, faults), "hz"
    if labelled == "utf-7":
        return lossy(data, "utf-7", faults), "utf-7"
    if labelled is not None and not keeps_ascii(labelled):
        text = strict(data, labelled)
        if text is not None:
            return text, labelled
    if b"$B" in data or b"$@" in data:
        # us-ascii and a foreign label are no claim; none at all may be one.
        restored = _iso2022jp.restore_escapes(data, labelled=labelled == JAPANESE_7BIT)
        if restored != data:
            faults.append("escape sequences without their ESC, put back")
            text, wrong = _iso2022jp.decode(restored)
            faults += wrong
            return text, JAPANESE_7BIT
    if labelled is None and not label and b"~{" in data and _HZ.search(data):
        found = detect(data)
        if found.encoding == "hz":
            return open_hz(data, faults), "hz"
    if labelled == JAPANESE_7BIT and b"\x0e" in data:
        text, wrong = _iso2022jp.decode(data)
        faults += wrong
        return text, JAPANESE_7BIT
    return data.decode("ascii"), "ascii"


def _wide(data: bytes, labelled: str | None, faults: list[str]) -> tuple[str, str] | None:
    found = detect(data, declared=labelled)
    name = found.encoding
    if name is not None and name.startswith(("utf-16", "utf-32")):
        text = strict(data, name)
        if text is not None:
            return text.lstrip("\ufeff"), name
    if labelled in _WIDE:
        marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        if not marked and b"\x00" not in data and len(data) > 2 and is_utf8(data):
            return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8"
        # Without a mark the standard says big endian; what was sent says where the zeros are.
        if labelled == "utf-16" and not marked:
            name = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        else:
            name = labelled
        return lossy(data, name, faults).lstrip("\ufeff"), name
    return None


def _eight_bit(
    data: bytes,
    labelled: str | None,
    hints: Hints,
    faults: list[str],
    *,
    japanese: bool = False,
) -> tuple[str, str]:
    """Text with bytes above 7F."""
    if labelled == "koi8-r" and _UKRAINIAN.search(data):
        labelled = "koi8-u"
    text = strict(data, labelled) if labelled else None
    if text is not None and labelled is not None:
        name = _doubted(data, text, labelled, hints)
        if name is None:
            return with_emoji(data, text, labelled, hints.carrier), labelled
        other = strict(data, name)
        if other is not None:
            return with_emoji(data, other, name, hints.carrier), name
        return with_emoji(data, text, labelled, hints.carrier), labelled
    if labelled is not None and not is_utf8(data):
        damaged = lossy(data, labelled, [])
        confirmed = labelled in _MANY_BYTES and _is_confirmed(damaged, labelled)
        if confirmed or not _rather(data, labelled, hints):
            mixed = _by_line(data, labelled, hints) if labelled in _MANY_BYTES else None
            if mixed is not None:
                faults.append(f"lines in {labelled} and others in {mixed[1]}")
                return mixed[0], labelled
            if confirmed or _few_bad(damaged):
                faults.append(f"bytes that are not {labelled}")
                return with_emoji(data, damaged, labelled, hints.carrier), labelled
    if is_utf8(data):
        return data.decode("utf-8"), "utf-8"
    if japanese or _is_japanese(hints):
        text, name = _japanese(data, hints, katakana=japanese)
        if name:
            return text, name
    for charset in hints.charsets:
        if charset in (labelled, "utf-8", JAPANESE_7BIT):
            continue
        text = strict(data, charset)
        if text is not None and _doubted(data, text, charset, hints) is None:
            return with_emoji(data, text, charset, hints.carrier), charset
    return _detected(data, labelled, hints, faults)


def _is_japanese(hints: Hints) -> bool:
    return hints.carrier is not None or any(
        name in (JAPANESE_7BIT, "cp932", "eucjp-ms") for name in hints.charsets
    )


def _detected(
    data: bytes, labelled: str | None, hints: Hints, faults: list[str]
) -> tuple[str, str]:
    found = detect(data, declared=labelled, tld=hints.tld)
    name = reading(found.encoding) if found.encoding else None
    if name is not None and name not in _WIDE:
        text = strict(data, name)
        if text is not None:
            return with_emoji(data, text, name, hints.carrier), name
    # Nothing fits all of it: several charsets, or damage.
    if name is None or name == "utf-8" or labelled == "utf-8":
        mixed = _by_line(data, "utf-8", hints)
        if mixed is not None:
            faults.append(f"lines in utf-8 and others in {mixed[1]}")
            return mixed[0], "utf-8"
    name = (labelled if labelled not in _WIDE else None) or name or "cp1252"
    try:
        text = lossy(data, name, faults)
    except UnsupportedCharsetError as error:
        faults.append(str(error))
        name, text = "cp1252", lossy(data, "cp1252", [])
    return with_emoji(data, text, name, hints.carrier), name


def _doubted(data: bytes, text: str, labelled: str, hints: Hints) -> str | None:
    """The charset that a text is in although its label decodes it; None when the label holds."""
    if labelled == "utf-8":
        return None
    if is_utf8(data) and _surely_utf8(data, labelled):
        return "utf-8"
    found = detect(data, declared=labelled, tld=hints.tld)
    name = reading(found.encoding) if found.encoding else None
    if name is None or name == labelled or name in _WIDE or name == "ascii":
        return None
    odd = len(_C1.findall(text)) + len(_PRIVATE.findall(text))
    kana = len(_HALF_KANA.findall(text))
    strange = _beyond_ascii(text)
    if labelled in _MANY_BYTES:
        certain = 0.97 if odd * 4 <= strange and kana * 2 <= strange else 0.5
    else:
        certain = 0.5 if odd else 0.8
    if found.confidence < certain:
        return None
    if labelled == "cp932" and odd and not kana:
        return None  # the carriers' emoji
    if name not in _MANY_BYTES and labelled in _MANY_BYTES and not odd:
        return None
    return name


def _surely_utf8(data: bytes, labelled: str) -> bool:
    """Whether valid UTF-8 is that and not text of the label's charset by chance."""
    text = data.decode("utf-8")
    if any(one >= "\u0800" for one in text):
        return True
    return labelled not in _MANY_BYTES or _beyond_ascii(text) >= 3


def _few_bad(text: str) -> bool:
    """Whether at most a tenth of the characters beyond ASCII (at least: one in four) are bad."""
    bad, good = _counted(text)
    return bad * 10 <= good or (bad == 1 and good >= 3)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _counted(text: str) -> tuple[int, int]:
    """How many characters beyond ASCII are bad, and how many are good."""
    bad = text.count(BAD)
    odd = len(_PRIVATE.findall(text)) + len(_HALF_KANA.findall(text))
    return bad, _beyond_ascii(text) - bad - odd


def _is_confirmed(damaged: str, labelled: str) -> bool:
    """Whether what a label decodes of a damaged text is text of its charset by itself."""
    bad, good = _counted(damaged)
    if bad * 3 > good:
        return False
    if labelled == "utf-8":
        return True  # nothing else decodes as UTF-8 by chance
    clean = route(labelled).encode(damaged.replace(BAD, ""), "ignore")[0]
    found = detect(clean, declared=labelled)
    return found.encoding is not None and reading(found.encoding) == labelled


def _rather(data: bytes, labelled: str, hints: Hints) -> bool:
    """Whether a charset of several bytes, which does not take any bytes, takes all of these."""
    found = detect(data, tld=hints.tld)
    # Bytes that a charset of single bytes lacks are evidence enough.
    if found.encoding is None or (labelled in _MANY_BYTES and found.confidence < 0.9):
        return False
    name = reading(found.encoding)
    return name in _MANY_BYTES and strict(data, name) is not None


def _by_line(data: bytes, first: str, hints: Hints) -> tuple[str, str] | None:
    """Text whose lines are in `first` or in one other charset, and that charset's name."""
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return None
    texts = [strict(line, first) for line in lines]
    rest = b"".join(line for line, text in zip(lines, texts, strict=True) if text is None)
    if not any(text is not None and not text.isascii() for text in texts):
        return None
    if is_utf8(rest):
        second: str | None = "utf-8"
    else:
        found = detect(rest, tld=hints.tld)
        second = reading(found.encoding) if found.encoding else None
        if found.confidence < 0.6 or second == first:
            return None
    if second is None or second in _WIDE:
        return None
    parts = []
    for line, text in zip(lines, texts, strict=True):
        one = text if text is not None else strict(line, second)
        if one is None:
            return None
        parts.append(one)
    return "".join(parts), second


def _between(data: bytes, labelled: str | None, hints: Hints, faults: list[str]) -> str:
    """Text with bytes above 7F between the escapes of ISO-2022-JP, line by line."""
    parts = []
    for line in data.splitlines(keepends=True):
        if line.isascii():
            parts.append(line.decode("ascii"))
            continue
        text = None
        if labelled is not None and labelled not in ("utf-8", "cp1252"):
            text = strict(line, labelled)
        if text is None and is_utf8(line):
            text = line.decode("utf-8")
        if text is None:
            text, name = _japanese(line, hints, katakana=True)
            if not name:
                text, _ = _detected(line, labelled, hints, faults)
        parts.append(text)
    return "".join(parts)


def _japanese(data: bytes, hints: Hints, *, katakana: bool = False) -> tuple[str, str]:
    """Text of EUC-JP, Shift_JIS or katakana in eight bits, whichever reads best; "" = none.

    `katakana` says that the label is that of seven bits, to which old programs added katakana.
    """
    high = [byte for byte in data if byte > 0x7F]
    euc = strict(data, "eucjp-ms")
    sjis = strict(data, "cp932")
    if euc is not None and sjis is not None:
        frequent = sum(one in "\u3001\u3002\u30fc" or "\u3041" <= one <= "\u30fa" for one in euc)
        if frequent * 2 >= _beyond_ascii(euc) or any(byte > 0xDF for byte in high):
            sjis = None
        elif len(_HALF_KANA.findall(sjis)) == _beyond_ascii(sjis):
            # The leads of kana and symbols in EUC-JP are half-width punctuation.
            marks = sum(one in "\uff61\uff62\uff63\uff64\uff65" for one in sjis)
            found = None if katakana else detect(data, allow=("cp932", "euc_jp"))
            if marks * 6 >= len(high) or (
                found is not None and (found.encoding or "").startswith("euc")
            ):
                sjis = None
    if sjis is not None:
        return with_emoji(data, sjis, "cp932", hints.carrier), "cp932"
    if euc is not None:
        return euc, "eucjp-ms"
    return "", ""
