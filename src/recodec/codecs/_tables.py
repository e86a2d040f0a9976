"""Conversion tables as the codecs want them, and how codes and texts are found in them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .._core.tables import Expanded

__all__ = ["Reader", "Writer", "decode_map", "encode_map", "has_table", "made", "pairs", "source"]

# Tables that have codes of GB 18030 for U+10000 and above, which are a formula.
_LINEAR = ("gb18030", "ibm-5488")


def has_table(name: str) -> bool:
    """Whether there is a conversion table of this name."""
    from .._core.tables import has_table as has

    return has(name)


def decode_map(name: str) -> dict[bytes, str]:
    """What each code of a table stands for."""
    from .._core.mappings import decode_map as read

    return read(name)


def encode_map(name: str) -> dict[str, bytes]:
    """The code of each text.

    What an implementation was seen to write is all there (tables `x@who`). Other tables list what
    IBM's or Microsoft's converters would put in place of a character that the charset lacks; of
    these only such are taken that are read as the same text again: private-use characters, and
    letters written as letter and mark. Crossing over to a look-alike is a policy, not a mapping.
    """
    from .._core.mappings import mappings
    from .._core.tables import DECODE_ONLY, FALLBACK, ROUND_TRIP

    found: dict[str, bytes] = {}
    singles: dict[int, str] = {}
    for code, text, flag in mappings(name):
        if flag in (ROUND_TRIP, DECODE_ONLY) and len(code) == 1:
            singles[code[0]] = text
        if flag != DECODE_ONLY:
            if flag == FALLBACK and not (_was_asked(name) or _is_kept(code, text, singles)):
                continue
            found[text] = code
    return found


def made(decoding: Mapping[bytes, str], encoding: Mapping[str, bytes]) -> Expanded:
    """A table of one's own making."""
    from .._core.tables import gathered

    return gathered(decoding, encoding)


def source(name: str) -> Callable[[], Expanded]:
    """What makes the same table for the core, without a dict on the way."""

    def make() -> Expanded:
        from .._core.tables import expand

        table = expand(name)
        if not _was_asked(name):
            singles = table.singles()
            table.keep(lambda code, text: _is_kept(code, text, singles))
        table.linear = name.startswith(_LINEAR)
        return table

    return make


def _was_asked(name: str) -> bool:
    return "@" in name and "@icu" not in name


def _is_kept(code: bytes, text: str, singles: Mapping[int, str]) -> bool:
    """Whether a fallback is taken; `singles` are what bytes stand for by themselves."""
    from unicodedata import normalize

    if all(map(_is_private, text)):
        return True
    marked = "".join(singles.get(byte, "") for byte in code)
    return len(code) == 2 and normalize("NFD", marked) == normalize("NFD", text)


def _is_private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def pairs(name: str) -> dict[bytes, str]:
    """Pairs of codes that stand for one text together; shin takes two points, in either order."""
    from .._core.mappings import compose_map

    found = compose_map(name)
    if found and name.startswith("cp1255"):
        for dot, text in ((b"\xd1", "\ufb2c"), (b"\xd2", "\ufb2d")):
            found |= dict.fromkeys((b"\xf9\xcc" + dot, b"\xf9" + dot + b"\xcc"), text)
    return found


class Reader:
    """Codes of one to eight bytes, read at a place.

    longest: for each first byte, the length of its longest code.
    starts: all beginnings of codes that are no code by themselves.
    """

    __slots__ = ("codes", "longest", "starts")

    def __init__(self, codes: Mapping[bytes, str]) -> None:
        self.codes = codes
        self.longest = [0] * 256
        self.starts: set[bytes] = set()
        for code in codes:
            self.longest[code[0]] = max(self.longest[code[0]], len(code))
            if len(code) > 2:
                self.starts.update(code[:size] for size in range(2, len(code)))

    def longest_at(self, data: bytes, at: int) -> tuple[str, int] | None:
        """The text of the longest code at data[at:] and its end, None when there is none."""
        for size in range(min(self.longest[data[at]], len(data) - at), 0, -1):
            text = self.codes.get(data[at : at + size])
            if text is not None:
                return text, at + size
        return None

    def may_go_on(self, data: bytes, at: int) -> bool:
        """Whether the bytes from `at` to the end begin a longer code."""
        left = len(data) - at
        if left >= self.longest[data[at]]:
            return False
        return left == 1 or data[at:] in self.starts


class Writer:
    """Texts of one or more characters, written at a place; the longest goes first."""

    __slots__ = ("codes", "longest", "starts")

    def __init__(self, codes: Mapping[str, bytes]) -> None:
        self.codes = codes
        self.longest: dict[str, int] = {}
        self.starts: set[str] = set()
        for text in codes:
            if len(text) > 1:
                self.longest[text[0]] = max(len(text), self.longest.get(text[0], 1))
                self.starts.update(text[:size] for size in range(1, len(text)))

    def longest_at(self, text: str, at: int, final: bool) -> tuple[bytes, int] | bool | None:
        """The code at text[at:] and its end; False when there is none, None for "more text"."""
        longest = self.longest.get(text[at])
        if longest is not None:
            if not final and len(text) - at < longest and text[at:] in self.starts:
                return None
            for size in range(longest, 1, -1):
                code = self.codes.get(text[at : at + size])
                if code is not None and at + size <= len(text):
                    return code, at + size
        code = self.codes.get(text[at])
        return False if code is None else (code, at + 1)
