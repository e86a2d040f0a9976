"""What a caller may hint at: languages by tag, languages by top-level domain."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

# Tags that mean a language of the models under another name: the codes that ISO 639 withdrew, the
# macrolanguage of Norwegian, and scripts that say the same as a region.
_TAGS = {
    "cmn": "zh-Hans",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "no": "nb",
    "fil": "tl",
    "sr": "sr-Cyrl",
    "sr-me": "sr-Latn",
    "sh": "sr-Latn",
    "uz": "uz-Latn",
    "az": "az-Latn",
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
}

# Country-code domains whose pages are mostly in one language that is written beyond ASCII or that
# shares its encodings with others. Left out: those used for their sound (.io, .tv, .me, .co ...)
# and countries of several written languages where a guess would mislead (.be, .ch, .sg, .za ...).
# Source: ISO 3166-1 codes with the official languages of the countries.
_TLDS = {
    "ae": "ar", "al": "sq", "ar": "es", "at": "de", "ba": "bs", "bg": "bg", "bo": "es",
    "br": "pt", "by": "be", "cl": "es", "cn": "zh-Hans", "cr": "es", "cu": "es", "cz": "cs",
    "de": "de", "dk": "da", "do": "es", "dz": "ar", "ec": "es", "ee": "et", "eg": "ar",
    "es": "es", "fi": "fi", "fo": "fo", "fr": "fr", "ge": "ka", "gl": "da", "gr": "el",
    "gt": "es", "hk": "zh-Hant", "hn": "es", "hr": "hr", "hu": "hu", "id": "id", "ie": "en",
    "il": "he", "iq": "ar", "ir": "fa", "is": "is", "it": "it", "jo": "ar", "jp": "ja",
    "kg": "ky", "kp": "ko", "kr": "ko", "kw": "ar", "lb": "ar", "li": "de", "lt": "lt",
    "lv": "lv", "ma": "ar", "mk": "mk", "mn": "mn", "mo": "zh-Hant", "mx": "es", "my": "ms",
    "ni": "es", "nl": "nl", "no": "nb", "nz": "en", "om": "ar", "pa": "es", "pe": "es",
    "pl": "pl", "pt": "pt", "py": "es", "qa": "ar", "ro": "ro", "rs": "sr-Cyrl", "ru": "ru",
    "sa": "ar", "sd": "ar", "se": "sv", "si": "sl", "sk": "sk", "su": "ru", "sv": "es",
    "sy": "ar", "th": "th", "tj": "tg", "tn": "ar", "tr": "tr", "tw": "zh-Hant", "ua": "uk",
    "uk": "en", "us": "en", "uy": "es", "uz": "uz-Latn", "va": "it", "ve": "es", "vn": "vi",
    "ye": "ar",
    # The same countries in their own scripts (IDNA A-labels), and regions with a domain.
    "xn--p1ai": "ru", "xn--j1amh": "uk", "xn--90ais": "be", "xn--90a3ac": "sr-Cyrl",
    "xn--d1alf": "mk", "xn--qxam": "el", "xn--node": "ka", "xn--fiqs8s": "zh-Hans",
    "xn--fiqz9s": "zh-Hans", "xn--kpry57d": "zh-Hant", "xn--kprw13d": "zh-Hant",
    "xn--j6w193g": "zh-Hant", "xn--3e0b707e": "ko", "xn--o3cw4h": "th", "xn--mgba3a4f16a": "fa",
    "xn--wgbh1c": "ar", "xn--mgberp4a5d4ar": "ar", "cat": "ca", "gal": "gl", "eus": "eu",
    "bzh": "br", "cymru": "cy", "wales": "cy",
}  # fmt: skip


def language_tag(tag: str, known: Collection[str]) -> str | None:
    """The tag of `known` that `tag` means: "pt_BR" is "pt", "zh-TW" is "zh-Hant"; None if none."""
    lower = {name.lower(): name for name in known if name}
    wanted = tag.replace("_", "-").lower()
    while wanted:
        if wanted in lower:
            return lower[wanted]
        alias = _TAGS.get(wanted)
        if alias is not None and alias in known:
            return alias
        wanted = wanted.rpartition("-")[0]
    return None


def tld_language(tld: str) -> str | None:
    """The language that most pages under a top-level domain are in; None when it says nothing.

    Takes "ru", ".ru" and whole host names alike, also in letters beyond ASCII ("рф").
    """
    label = tld.lower().rstrip(".").rpartition(".")[2]
    if not label.isascii():
        label = "xn--" + label.encode("punycode", "replace").decode("ascii")
    return _TLDS.get(label)
