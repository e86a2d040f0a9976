"""Indian scripts in eight bits: ISCII and TSCII.

ISCII (IS 13194:1991) has one layout of bytes for nine scripts, which ATR switches. TSCII (Tamil)
puts vowel signs where they are drawn. Tables give what a byte is by itself, and pairs that stand
for something else together.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from ._machine import ILLEGAL, UNENCODABLE, Fault, Machine
from ._multi import TableMachine, machine_of
from ._tables import Reader, Writer, decode_map, encode_map, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._core.scheme import Scheme
    from ._machine import Decoded, Encoded
    from ._multi import Codes

__all__ = ["Iscii", "script_of", "tscii"]

# In the order of the tables iscii-0 to iscii-8.
_NAMES = ("dev", "bng", "pnj", "gjr", "ori", "tml", "tlg", "knd", "mlm")

_ATR = 0xEF
_DEFAULT = 0x40
# Scripts by number of table, and the byte after ATR that calls each.
_SCRIPTS = {
    0x42: 0,
    0x43: 1,
    0x44: 5,
    0x45: 6,
    0x46: 1,
    0x47: 4,
    0x48: 7,
    0x49: 8,
    0x4A: 3,
    0x4B: 2,
}
_CALLS = {0: 0x42, 1: 0x43, 2: 0x4B, 3: 0x4A, 4: 0x47, 5: 0x44, 6: 0x45, 7: 0x48, 8: 0x49}
_INVISIBLE = {b"\xd9": "\u200d"}
"""INV, the consonant that is not seen, in every script: the tables do not have it, ICU does."""
_BLOCK = 0x0900  # of Devanagari; each script has 128 code points


_GURMUKHI, _HALANT, _ADDAK = 2, b"\xe8", "\u0a71"


def script_of(name: str) -> int:
    """The number of the script that a charset of the registry starts in."""
    return _NAMES.index(name.removeprefix("iscii-"))


def _pairs_of(script: int) -> dict[bytes, str]:
    """Codes of several bytes, and INV.

    What stands behind INV is read as elsewhere but for the halant; the table has a pair for each.
    In Gurmukhi a consonant, halant and the same consonant are addak and the consonant. The table
    has but what is left where something else follows, without the consonant.
    """
    table = pairs(f"iscii-{script}")
    found = {code: text for code, text in table.items() if code[:1] not in _INVISIBLE}
    found |= _INVISIBLE
    for invisible in _INVISIBLE:
        halant = table[invisible + _HALANT]
        found[invisible + _HALANT] = halant
        # Explicit and soft halant.
        for code in (_HALANT, b"\xe9"):
            found[invisible + _HALANT + code] = halant[:-1] + table[_HALANT + code]
    if script == _GURMUKHI:
        left = {code: text for code, text in found.items() if text == "\u0a4d"}
        before = [code[:1] for code in left if code[1:] == _HALANT]
        letters = decode_map(f"iscii-{script}")
        for code in before:
            del found[code + _HALANT]
            found[code + _HALANT + code] = _ADDAK + letters[code]
    return found


class Iscii(Machine):
    """State: the script in force plus one; 0 is the one the name starts in.

    attributes: whether ATR may name an attribute of display, which is passed over.
    """

    def __init__(self, name: str, script: int, *, attributes: bool = False) -> None:
        self.name = name
        self._default = script
        self._attributes = attributes
        self._readers: dict[int, Reader] = {}
        self._writers: dict[int, Writer] = {}

    def describe(self) -> Scheme:
        from .._core.scheme import ISCII, NO_SET, Scheme, sequence

        scripts = {_DEFAULT: NO_SET, **_SCRIPTS}
        return Scheme(
            ISCII,
            unshifted=self._default,
            designations=len(scripts),
            designation=[sequence(bytes((byte,)), 0, script) for byte, script in scripts.items()],
            call=[sequence(bytes((_CALLS[script],)), 0, script) for script in range(len(_CALLS))],
        )

    def supply(self, scheme: Scheme, state: int, *, writing: bool) -> bool:
        if writing:
            if scheme.writes:
                return False
            scheme.add_codes(_marked_codes())
            return True
        script = self._script(state)
        if scheme.has_set(script):
            return False
        scheme.add_set(script, self._reader(script).codes)
        return True

    def _reader(self, script: int) -> Reader:
        found = self._readers.get(script)
        if found is None:
            table = f"iscii-{script}"
            found = self._readers[script] = Reader({**decode_map(table), **_pairs_of(script)})
        return found

    def _writer(self, script: int) -> Writer:
        found = self._writers.get(script)
        if found is None:
            found = self._writers[script] = Writer(_codes_of(script))
        return found

    def _script(self, state: int) -> int:
        return state - 1 if state else self._default

    def step(self, data: bytes, at: int, final: bool, state: int) -> Decoded:
        byte = data[at]
        if byte in (0x0A, 0x0D):
            return chr(byte), at + 1, 0
        if byte == _ATR:
            if at + 1 == len(data):
                return Fault(at + 1, "ATR without a script", state) if final else None
            script = data[at + 1]
            if script == _DEFAULT:
                return "", at + 2, 0
            if script in _SCRIPTS:
                return "", at + 2, _SCRIPTS[script] + 1
            if self._attributes and 0x21 <= script < _DEFAULT:
                return "", at + 2, state
            return Fault(at + 1, "ATR with an unknown script", state)
        reader = self._reader(self._script(state))
        if not final and reader.may_go_on(data, at):
            return None
        found = reader.longest_at(data, at)
        if found is None:
            return Fault(at + 1, ILLEGAL, state)
        return *found, state

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        character = text[at]
        if character < "\x80":
            return character.encode("ascii"), at + 1, 0 if character in "\n\r" else state
        current = self._script(state)
        found = self._writer(current).longest_at(text, at, final)
        if found is None:
            return None
        if not isinstance(found, bool):
            return *found, state
        script = ord(character) - _BLOCK >> 7
        if script not in _CALLS or script == current:
            return UNENCODABLE
        found = self._writer(script).longest_at(text, at, final)
        if found is None:
            return None
        if isinstance(found, bool):
            return UNENCODABLE
        code, end = found
        after = 0 if script == self._default else script + 1
        return bytes((_ATR, _CALLS[script])) + code, end, after


def _codes_of(script: int) -> dict[str, bytes]:
    codes = {text: code for code, text in _pairs_of(script).items()}
    # What a byte by itself gives goes before a pair of the same text.
    codes.update(encode_map(f"iscii-{script}"))
    return codes


@cache
def _marked_codes() -> dict[str, bytes]:
    """The codes of all scripts for the core: a byte that says whose goes before each."""
    from .._core.scheme import ISCII_ANY, ISCII_FOLLOWS, ISCII_HERE

    marked: dict[str, bytes] = {}
    followers: set[str] = set()
    for script in _CALLS:
        codes = {text: code for text, code in _codes_of(script).items() if text[0] >= "\x80"}
        followers.update(each for text in codes if text[0] in codes for each in text[1:])
        for text, code in codes.items():
            own = ord(text[0]) - _BLOCK >> 7 == script
            here = 0 if own else ISCII_HERE
            mark = ISCII_ANY if text in marked else script | here
            marked[text] = bytes((mark,)) + code
    return {
        text: bytes((code[0] | ISCII_FOLLOWS if text in followers else code[0],)) + code[1:]
        for text, code in marked.items()
    }


def tscii(name: str) -> TableMachine:
    """TSCII 1.7: a vowel sign on the left stands before its consonant, one in two parts around."""
    return machine_of(name, _codes_of_tscii)


def _codes_of_tscii() -> Codes:
    from unicodedata import normalize

    codes = {**decode_map("tscii"), **pairs("tscii")}
    for left, right in product((0xA6, 0xA7), (0xA1, 0xAA)):
        sign = codes[bytes((left,))] + codes[bytes((right,))]
        joined = normalize("NFC", sign)
        if len(joined) == 1:
            for consonant in range(0xAB, 0xCA):
                text = codes.get(bytes((left, consonant)))
                if text is not None and len(text) == 2:
                    codes[bytes((left, consonant, right))] = text[0] + joined
    writing = {text: code for code, text in reversed(codes.items())}
    return codes, {**writing, **encode_map("tscii")}
