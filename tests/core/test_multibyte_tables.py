"""The multi-byte core against CPython's codecs, code by code.

An answer of detection is decoded by CPython, so each member of a family must accept what CPython's
codec accepts, no more and no less, and the text that is scored must be the text that comes out,
but for Han characters and Hangul that no model knows, which are all one. Charsets that CPython
lacks are compared with the mapping data that they come from.

The core is compiled here, with the compiler at hand, into a library of its own: the installed
module shows only answers.
"""

from __future__ import annotations

import codecs
import ctypes
import lzma
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import recodec
from core_library import compiled

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "native" / "gen"))

from rare_han import is_han, known  # noqa: E402  (the generators are no package)

SHARED = Path(os.environ.get("RECODEC_SHARED", ROOT.parent / "shared"))

FAMILIES = {
    0: ["cp932", "shift_jis_2004", "shift_jisx0213", "shift_jis"],
    1: ["euc_jp", "eucjp-ms", "cp51932", "euc_jis_2004", "euc_jisx0213"],
    2: ["cp949", "euc_kr"],
    3: ["johab"],
    4: ["gb18030", "gbk", "gb2312"],
    5: ["big5hkscs", "cp950", "big5-eten", "big5"],
    6: ["euc_tw"],
}
OURS = {"eucjp-ms", "cp51932", "big5-eten", "euc_tw"}
MEMBERS = [(f, k, name) for f, names in FAMILIES.items() for k, name in enumerate(names)]
CPYTHON = [entry for entry in MEMBERS if entry[2] not in OURS]
of_cpython = pytest.mark.parametrize(
    ("family", "member", "name"), CPYTHON, ids=[name for _, _, name in CPYTHON]
)

PAIRS = [bytes((a, b)) for a in range(256) for b in range(256)]
SINGLES = [bytes((a,)) for a in range(256)]


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    native = ROOT / "native"
    sources = [ROOT / "tests" / "multibyte_probe.c"]
    for part in ("multibyte*", "dispatch", "kernels*", "conv*", "table*"):
        sources += sorted(native.glob(f"src/*/rcd_{part}.c"))
    sources += [*sorted(native.glob("tables/rcd_mb_*.c")), native / "tables" / "rcd_conversion.c"]
    return compiled(tmp_path_factory.mktemp("probe"), sources, "-O1")


@cache
def charset_id(name: str) -> int:
    wanted = "RCD_CS_" + re.sub(r"[^A-Z0-9]", "_", name.upper())
    header = (ROOT / "native/tables/rcd_charset_ids.h").read_text()
    found = re.search(rf"\b{wanted} = (\d+)", header)
    assert found, wanted
    return int(found[1])


Reading = tuple[int, str]
"""What the core says of a sequence: the size, and the text if it has one."""


RARE = "\U00020000"
"""What the core reads for a Han character or a syllable that no model knows."""


def scored(text: str) -> str:
    """The characters as detection sees them."""
    return "".join(RARE if is_han(ord(c)) and ord(c) not in known() else c for c in text)


def chars(values: list[int]) -> str:
    return "".join(map(chr, values))


def readings(
    core: ctypes.CDLL, family: int, member: int, sequences: list[bytes]
) -> Iterator[Reading]:
    width, count = len(sequences[0]), len(sequences)
    sizes, points = (ctypes.c_int32 * count)(), (ctypes.c_uint32 * (2 * count))()
    core.probe_decode(
        family,
        member,
        b"".join(sequences),
        ctypes.c_size_t(width),
        ctypes.c_size_t(count),
        sizes,
        points,
    )
    for i in range(count):
        first, second = points[2 * i], points[2 * i + 1]
        text = "" if sizes[i] <= 0 else chr(first) + (chr(second) if second else "")
        yield sizes[i], text


def masks(core: ctypes.CDLL, family: int, sequences: list[bytes], sample: int) -> bytes:
    width, count = len(sequences[0]), len(sequences)
    out = (ctypes.c_uint8 * count)()
    core.probe_members(
        family, b"".join(sequences), ctypes.c_size_t(width), ctypes.c_size_t(count), sample, out
    )
    return bytes(out)


def decoded(sequence: bytes, name: str) -> str | None:
    """What CPython decodes, as detection sees it.

    What is computed is exact: four-byte codes of GB 18030, syllables by their letters.
    """
    try:
        text = sequence.decode(name)
    except UnicodeDecodeError:
        return None
    computed = len(sequence) in (4, 8) or (name == "johab" and "\uac00" <= text <= "\ud7a3")
    return text if computed else scored(text)


def gb_four(linear: int) -> bytes:
    rest, fourth = divmod(linear, 10)
    rest, third = divmod(rest, 126)
    first, second = divmod(rest, 10)
    return bytes((0x81 + first, 0x30 + second, 0x81 + third, 0x30 + fourth))


GB_COUNT = 126 * 10 * 126 * 10
# The whole BMP part with its end, the ends of the planes above, and a walk through the rest by a
# step that is prime to 10 and 126, so that all bytes come up in all places.
GB_FOUR = [
    gb_four(n)
    for n in (
        *range(39420 + 20),
        *range(188980, 189020),
        *range(189000 + 0xFFFF0, 189000 + 0x100010),
        *range(39420, GB_COUNT, 1009),
    )
]
AFTER_SS3 = [bytes((0x8F, a, b)) for a in range(256) for b in range(256)]
CONSONANTS = range(0xA0, 0xC0)
MAKEUP = [
    bytes((0xA4, 0xD4, 0xA4, first, 0xA4, vowel, 0xA4, last))
    for first in (*CONSONANTS, 0xD4)
    for vowel in (*range(0xBD, 0xD6, 3), 0xBE, 0xBF, 0xD3, 0xD4)
    for last in (*CONSONANTS, 0xD4, 0x41)
] + [
    bytes(lead if i == at else byte for i, byte in enumerate(b"\xa4\xd4\xa4\xa1\xa4\xbf\xa4\xd4"))
    for at in (2, 4, 6)
    for lead in (0x41, 0xA3, 0xA5, 0xB0)
]


@of_cpython
class TestCPythonHasIt:
    """Charsets with a codec of CPython's."""

    def agree(self, core: ctypes.CDLL, place: tuple[int, int], name: str, of: list[bytes]) -> None:
        """Whole sequences that are one character: accepted alike and with the same text."""
        family, member = place
        mask = masks(core, family, of, 0)
        wrong = []
        for sequence, (size, text), bits in zip(
            of, readings(core, family, member, of), mask, strict=True
        ):
            expected = decoded(sequence, name)
            # A sequence may be two characters (ASCII first); the readings are of the first alone.
            first = None if expected is None else expected[: len(text)]
            accepted = bits != 0xFF and bool(bits >> member & 1)
            if accepted != (expected is not None) or (size == len(sequence) and text != expected):
                wrong.append((sequence.hex(), expected, text, bits))
            elif expected is not None and (size <= 0 or text != first):
                wrong.append((sequence.hex(), expected, text, size))
        assert wrong == []

    def test_one_byte(self, core: ctypes.CDLL, family: int, member: int, name: str) -> None:
        self.agree(core, (family, member), name, SINGLES)

    def test_two_bytes(self, core: ctypes.CDLL, family: int, member: int, name: str) -> None:
        self.agree(core, (family, member), name, PAIRS)

    def test_longer_codes(self, core: ctypes.CDLL, family: int, member: int, name: str) -> None:
        longer = {1: [AFTER_SS3], 2: [MAKEUP], 4: [GB_FOUR]}
        for sequences in longer.get(family, []):
            self.agree(core, (family, member), name, sequences)

    def test_cut_input(self, core: ctypes.CDLL, family: int, member: int, name: str) -> None:
        """A member that CPython's incremental decoder has given up on is out, in a sample too.

        The other way round CPython may wait for bytes that cannot help (8F 41): there the core is
        ahead, and only one continuation that decodes would prove it wrong.
        """
        for sequences in (SINGLES, PAIRS):
            mask = masks(core, family, sequences, 1)
            for sequence, bits in zip(sequences, mask, strict=True):
                assert bits != 0xFF, sequence.hex()
                decoder = codecs.getincrementaldecoder(name)()
                try:
                    decoder.decode(sequence)
                    waits = bool(decoder.getstate()[0])
                except UnicodeDecodeError:
                    assert not bits >> member & 1, sequence.hex()
                    continue
                if not waits:
                    assert bits >> member & 1, sequence.hex()

    def test_a_start_that_lives_can_go_on(
        self, core: ctypes.CDLL, family: int, member: int, name: str
    ) -> None:
        """After a lead byte a member is in exactly when some second byte leaves it in."""
        one = masks(core, family, SINGLES, 1)
        two = masks(core, family, PAIRS, 1)
        for lead in range(256):
            alive = any(two[lead << 8 | trail] >> member & 1 for trail in range(256))
            assert bool(one[lead] >> member & 1) == alive, hex(lead)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_union_reads_what_any_member_reads(core: ctypes.CDLL, family: int) -> None:
    """rcd_mb_next() takes the first member that has a code."""
    of_member = [list(readings(core, family, k, PAIRS)) for k in range(len(FAMILIES[family]))]
    count = len(PAIRS)
    sizes, points = (ctypes.c_int32 * count)(), (ctypes.c_uint32 * count)()
    core.probe_union(
        family, b"".join(PAIRS), ctypes.c_size_t(2), ctypes.c_size_t(count), sizes, points
    )
    low_half = {0x5C: 0x5C, 0x7E: 0x7E}
    for i, pair in enumerate(PAIRS):
        expected = next((r[i] for r in of_member if r[i][0] > 0), None)
        if expected is None:
            assert sizes[i] <= 0, pair.hex()
            # An ASCII byte is read again for itself.
            assert pair[1] >= 0x80 or sizes[i] in (0, -1), pair.hex()
        else:
            first = low_half.get(pair[0], ord(expected[1][0]))
            assert (sizes[i], points[i]) == (expected[0], first), pair.hex()


def shared_codes(name: str) -> dict[bytes, str]:
    path = SHARED / "tables/multi" / f"{name}.tsv.xz"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    codes = {}
    with lzma.open(path, "rt", encoding="ascii") as lines:
        for line in lines:
            key, _, rest = line.rstrip("\n").partition("\t")
            points, _, flag = rest.partition("\t")
            if not line.startswith("#") and flag in ("0", "3"):
                codes[bytes.fromhex(key)] = chars([int(p, 16) for p in points.split("+")])
    return codes


def reading(core: ctypes.CDLL, name: str, data: bytes) -> Reading:
    """Of one code of a charset; the size is 0 when it is ill-formed or cut."""
    number = charset_id(name)
    family, member = core.probe_family(number), core.probe_member(number)
    ((size, text),) = readings(core, family, member, [data])
    return max(size, 0), text


def gr(key: bytes) -> bool:
    return all(0xA1 <= byte <= 0xFE for byte in key)


def wanted_of_cp51932(key: bytes) -> bool:
    return key[0] < 0x80 or gr(key) or (key[0] == 0x8E and len(key) == 2)


def wanted_of_an_euc(key: bytes) -> bool:
    return key[0] < 0x80 or len(key) > 1


@pytest.mark.parametrize(
    ("name", "table", "wanted"),
    [
        ("eucjp-ms", "eucjp-ms", wanted_of_an_euc),
        ("cp51932", "cp51932", wanted_of_cp51932),
        ("euc_tw", "euc-tw", wanted_of_an_euc),
    ],
)
def test_what_cpython_lacks_follows_the_table(
    core: ctypes.CDLL, name: str, table: str, wanted: Callable[[bytes], bool]
) -> None:
    """Every code of the table, and nothing that is not in it."""
    codes = {key: text for key, text in shared_codes(table).items() if wanted(key)}
    if name == "cp51932":
        codes = {k: t for k, t in codes.items() if k[0] != 0x8E or 0xA1 <= k[1] <= 0xDF}
    for key, text in codes.items():
        assert reading(core, name, key) == (len(key), scored(text)), key.hex()
    for pair in PAIRS:
        if pair[0] >= 0x80 and pair not in codes:
            assert reading(core, name, pair)[0] in (0, 1), pair.hex()
    for shift in (0x8E, 0x8F):
        for a in range(0xA1, 0xFF):
            for b in range(0xA1, 0xFF):
                code = bytes((shift, a, b))
                used = 3 if code in codes else 2 if code[:2] in codes else 0
                assert reading(core, name, code)[0] == used, code.hex()


def test_euc_tw_four_bytes(core: ctypes.CDLL) -> None:
    """Each plane by SS2. 8E A1 selects the plane that two bytes select too, for which the table
    has no entries: libiconv and glibc read it, so do we."""
    codes = shared_codes("euc-tw")
    sequences = [
        bytes((0x8E, plane, row, cell))
        for plane in range(0xA0, 0xB2)
        for row in range(0xA0, 0x100)
        for cell in range(0xA0, 0x100)
    ]
    mask = masks(core, 6, sequences, 0)
    found = readings(core, 6, 0, sequences)
    for sequence, bits, (size, text) in zip(sequences, mask, found, strict=True):
        key = sequence[2:] if sequence[1] == 0xA1 else sequence
        assert bits == (key in codes), sequence.hex()
        assert (size == 4) == (key in codes), sequence.hex()
        assert text == scored(codes.get(key, "")), sequence.hex()


def test_big5_eten_has_its_characters(core: ctypes.CDLL) -> None:
    """Kana, Cyrillic, boxes, and what its codec has; the rest is Microsoft's cp950."""
    for code, text in {"c6e7": "ぁ", "c7b1": "サ", "c7f3": "А", "c876": "⇧", "c8d3": "℡"}.items():
        assert reading(core, "big5-eten", bytes.fromhex(code)) == (2, text)
    for pair in PAIRS:
        ours = None if pair[0] < 0x80 else recodec_text(pair)
        if ours is not None:
            assert reading(core, "big5-eten", pair) == (2, scored(ours)), pair.hex()
        elif pair[0] >= 0x80:
            assert reading(core, "big5-eten", pair)[0] in (0, 1), pair.hex()
        expected = decoded(pair, "cp950")
        if expected is not None and not b"\xc6\xa1" <= pair <= b"\xc8\xfe":
            assert reading(core, "big5-eten", pair)[1] == expected[0]


def recodec_text(pair: bytes) -> str | None:
    try:
        return recodec.decode(pair, "big5-eten").text
    except recodec.DecodeError:
        return None


@pytest.mark.parametrize(("family", "member", "name"), MEMBERS, ids=[m[2] for m in MEMBERS])
def test_each_charset_knows_its_place(
    core: ctypes.CDLL, family: int, member: int, name: str
) -> None:
    assert core.probe_family(charset_id(name)) == family
    assert core.probe_member(charset_id(name)) == member
