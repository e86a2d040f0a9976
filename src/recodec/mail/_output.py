"""How text leaves in a mail: the charset, its spelling, and what becomes of what it lacks."""

from __future__ import annotations

import re

from .._errors import EncodeError, OptionError
from .._recoding.recode import encode
from .._registry import charsets
from ._spelling import compose_kana, spell, widen_kana

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Unencodable = Literal["error", "replace", "geta", "ncr", "translit", "utf8"]
    Variant = Literal["ms", "rfc1468"]
    Kana = Literal["full", "keep"]

__all__ = ["UTF8", "Output"]

_POLICIES = ("error", "replace", "geta", "ncr", "translit", "utf8")
_GETA = "\u3013"  # what Japanese printers put where a type was missing

# Charsets that carry their own shifts in 7 bits, so that text needs no transfer encoding.
_SEVEN_BIT = frozenset(
    {
        "iso2022_jp",
        "iso2022_jp_1",
        "iso2022_jp_2",
        "iso2022_jp_3",
        "iso2022_jp_2004",
        "iso2022_jp_ext",
        "cp50220",
        "cp50221",
        "cp50222",
        "iso2022_kr",
        "ascii",
    }
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# They would end the escape sequences of the charset, or the message (RFC 5322, 2.2; RFC 1468).
_CONTROLS = "\0\x0e\x0f\x1b"


class Output:
    """One charset to send in.

    `label` is its MIME name, `seven_bit` says that its text needs no transfer encoding.
    """

    __slots__ = ("_policy", "codec", "japanese", "kana", "label", "seven_bit", "variant")

    def __init__(
        self,
        charset: str = "iso-2022-jp",
        unencodable: Unencodable = "error",
        variant: Variant = "ms",
        kana: Kana = "full",
    ) -> None:
        """Raises OptionError, UnknownCharsetError."""
        if unencodable not in _POLICIES:
            raise OptionError(f"unencodable={unencodable!r}: one of {', '.join(_POLICIES)}")
        if variant not in ("ms", "rfc1468"):
            raise OptionError(f"variant={variant!r}: 'ms' or 'rfc1468'")
        if kana not in ("full", "keep"):
            raise OptionError(f"kana={kana!r}: 'full' or 'keep'")
        found = charsets.lookup(charset)
        self.japanese = found.name.startswith("iso2022_jp") or found.name.startswith("cp5022")
        self.codec = found.name
        self.label = found.iana or charset.upper()
        if found.name == "iso2022_jp" or found.name.startswith("cp5022"):
            # cp50221 has NEC's row 13 and IBM's characters in rows 89 to 92; no label of its own
            # was ever understood by more readers than the plain one.
            self.codec = "cp50221" if variant == "ms" else "iso2022_jp"
            self.label = "ISO-2022-JP"
        elif found.name in ("utf-8-sig", "utf8"):
            self.codec = "utf-8"
            self.label = "UTF-8"
        if found.family == "unicode" and self.codec != "utf-8":
            raise OptionError(f"{charset}: UTF-8 is the only Unicode encoding that mail can use")
        self.seven_bit = self.codec in _SEVEN_BIT
        self.variant = variant
        self.kana = kana
        self._policy = unencodable

    def encode(self, text: str) -> bytes:
        """Bytes of what `fit` gave, in the initial state at both ends.

        Raises EncodeError.
        """
        if self.codec == "utf-8":
            try:
                return text.encode()
            except UnicodeEncodeError:
                pass
        return encode(text, self.codec)

    def fit(self, text: str, where: str) -> tuple[str, Output]:
        """`text` as it can be sent, and the output that can send it: this one, or UTF-8.

        `where` names the header or part for the error. Raises EncodeError under the policy
        "error", and under any when a lone surrogate would have to go as UTF-8.
        """
        if self.codec == "utf-8" and (text.isascii() or not _SURROGATE.search(text)):
            return text, self
        spelt = self._spell(text)
        missing = self._missing(spelt)
        if not missing:
            return spelt, self
        if self._policy == "utf8" and self is not UTF8:
            return UTF8.fit(text, where)
        if self._policy in ("error", "utf8"):
            raise self._error(text, spelt, missing, where)
        table = {ord(one): self._substitute(one) for one in missing}
        return spelt.translate(table), self

    def _spell(self, text: str) -> str:
        if not self.japanese or text.isascii():
            return text
        text = compose_kana(text)
        if self.kana == "full":
            text = widen_kana(text)
        return spell(text, microsoft=self.codec == "cp50221")

    def _missing(self, text: str) -> frozenset[str]:
        """The characters of `text` that cannot be sent."""
        bad = set()
        if self.seven_bit:
            bad = {one for one in _CONTROLS if one in text}
            if text.isascii():
                return frozenset(bad)
        try:
            encode(text, self.codec)
        except EncodeError:
            # Once for each character that occurs, so that long texts full of them stay cheap.
            bad |= {one for one in set(text) if not one.isascii() and not self._has(one)}
            if not bad:
                # A combination: CPython's JIS X 0213 codecs hold a character back.
                raise
        return frozenset(bad)

    def _has(self, text: str) -> bool:
        try:
            encode(text, self.codec)
        except EncodeError:
            return False
        return True

    def _substitute(self, character: str) -> str:
        text = "?"
        if character.isascii():  # a control
            return text
        if self._policy == "geta":
            text = _GETA
        elif self._policy == "ncr":
            if not "\ud800" <= character <= "\udfff":
                text = f"&#{ord(character)};"
        elif self._policy == "translit":
            from .._conversion.translit import replacement

            found = replacement(character, lambda text: text.isascii() or self._has(text))
            text = "?" if found is None else self._spell(found)
        try:
            encode(text, self.codec)
        except EncodeError:
            return "?"
        return text

    def _error(self, text: str, spelt: str, missing: frozenset[str], where: str) -> EncodeError:
        # The caller knows the text as it was given; only what composing kana made is not in it.
        if not any(one in text for one in missing):
            text = spelt
        at = min(text.index(one) for one in missing if one in text)
        hint = "try unencodable='utf8', or 'replace', 'geta', 'ncr', 'translit'"
        return EncodeError(self.label, text, at, at + 1, f"cannot be sent in {where}", hint=hint)

    def __repr__(self) -> str:
        return f"<Output {self.label} as {self.codec}>"


UTF8 = Output("utf-8")
