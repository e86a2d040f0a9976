"""Tables of the multi-byte legacy charsets: which codes each charset has, and what they mean.

A family of charsets shares one grid of cells, a cell for each two-byte code that its structure
allows. Written for each grid:

- a class of four bits for each cell; a class stands for a set of charsets that assign the cell, so
  the validators need one look-up a character, in a table that fits the first-level cache;
- arrays of code points, with one number for all Han characters and Hangul that no model knows
  (`rare_han`). Charsets that are nearly the same share an array; what differs is listed in runs of
  consecutive code points.

Mappings are those of CPython's codecs where CPython has one, so that an answer decodes to the text
that was scored. Everything the C code computes instead of looking up (Johab syllables, the linear
part of GB 18030, CNS 11643 plane 12) is compared with the mapping data here.
"""

from __future__ import annotations

from collections.abc import Sequence

from generated import Target, c_banner
from mixed_grid import mixed_points
from multibyte_codes import (
    big5_eten,
    cp51932,
    euc_without_c1,
    keep,
    read,
    read_exactly,
    table,
)
from multibyte_grid import (
    NO_ROW,
    Codes,
    Family,
    Grid,
    Points,
    array,
    automaton,
    layers,
    numbers,
    pointed,
    rows,
    runs_of,
    span,
)
from rare_han import scored

SCRIPT = "gen_multibyte.py"

# Pairs that all members of a family have and that ordinary text is made of, as `pairset` takes
# them: Han characters, kana, Hangul, marks.
ALL = "0123456789ABCDEF"
MIDDLE = "123456789ABCDE"
SHIFT_JIS_PLAIN = (
    f"89 9ABCDEF 45689ABCDE {ALL}",
    "89 9ABCDEF 7F 0123456789ABC",
    f"9E 01234567 45689ABCDE {ALL}",
    "9E 01234567 7F 0123456789ABC",
    f"8 2 ABCDE {ALL}",
    "8 2 F 01",
    "8 13 456789 0123456",
    "8 13 4568 789ABCDEF",
)
EUC_JP_PLAIN = (
    f"BCDE 0{MIDDLE} BCDE {ALL}",
    f"BCDE 0{MIDDLE} AF {MIDDLE}",
    f"A 145 BCDE {ALL}",
    f"A 145 A {MIDDLE}F",
    "A 145 F 0123",
)
EUC_KR_PLAIN = (
    f"B {ALL} BCDE {ALL}",
    f"B {ALL} AF {MIDDLE}",
    f"C 012345678 BCDE {ALL}",
    f"C 012345678 AF {MIDDLE}",
    f"DE {ALL} BCDE {ALL}",
    f"DE {ALL} AF {MIDDLE}",
    f"A 13 BCDE {ALL}",
)
GB18030_PLAIN = (
    f"BCDE {ALL} BCDE {ALL}",
    f"BCDE 012345689ABCDEF AF {MIDDLE}",
    f"BCE 7 AF {MIDDLE}",
    f"F 01234567 BCDE {ALL}",
    f"F 01234567 AF {MIDDLE}",
    f"A 13 BCDE {ALL}",
    f"A 13 AF {MIDDLE}",
)
BIG5_PLAIN = (
    f"AB 456789ABCDEF 456BCDE {ALL}",
    f"AB 456789ABCDEF 7AF {MIDDLE}",
    f"BC 012345 456BCDE {ALL}",
    f"BC 012345 7AF {MIDDLE}",
    f"CDE 9ABCDEF 456BCDE {ALL}",
    f"CDE 9ABCDEF 7AF {MIDDLE}",
    f"A 1 456BCDE {ALL}",
    f"A 1 7AF {MIDDLE}",
)
GR = span(0xA1, 0xFE)
# Shift_JIS folds two rows of 94 into one lead byte, so that its cells count like the rows and
# cells of EUC: the first 94 rows of its arrays serve EUC-JP.
SHIFT_JIS = Grid(rows(span(0x81, 0x9F, 0xE0, 0xFC)), span(0x40, 0x7E, 0x80, 0xFC))
EUC_JP = Grid({**rows(GR), 0x8E: 94}, GR)
EUC = Grid(rows(GR), GR)
UHC = Grid(rows(span(0x81, 0xFE)), span(0xA1, 0xFE, 0x41, 0x5A, 0x61, 0x7A, 0x81, 0xA0))
JOHAB = Grid(rows(span(0x84, 0xD3, 0xD9, 0xDE, 0xE0, 0xF9)), span(0x31, 0x7E, 0x81, 0xFE))
GBK = Grid(rows(span(0x81, 0xFE)), span(0x40, 0x7E, 0x80, 0xFE))
BIG5 = Grid(rows(span(0x81, 0xFE)), span(0x40, 0x7E, 0xA1, 0xFE))


def file(sources: Sequence[str], what: str, *parts: str) -> str:
    head = f"/* {what} */\n" + '#include "rcd_multibyte_tables.h"\n'
    return "\n".join((c_banner(SCRIPT, sources) + head, *parts))


JAPANESE = [
    table(name)
    for name in (
        "cp932@cpython",
        "shift_jis",
        "shift_jis_2004@cpython",
        "shift_jisx0213@cpython",
        "euc_jp@cpython",
        "eucjp-ms",
        "cp51932",
        "euc_jis_2004@cpython",
        "euc_jisx0213@cpython",
    )
]


def after_ss3(codes: Codes) -> Codes:
    """The three-byte codes 8F xx xx as two bytes."""
    return {key[1:]: points for key, points in codes.items() if len(key) == 3}


def japanese() -> str:
    shift = Family(
        "shift_jis",
        SHIFT_JIS,
        {
            "cp932": read("cp932@cpython"),
            "shift_jis_2004": read("shift_jis_2004@cpython"),
            "shift_jisx0213": read("shift_jisx0213@cpython"),
            "shift_jis": read("shift_jis"),
        },
    )
    euc = Family(
        "euc_jp",
        EUC_JP,
        {
            "euc_jp": read("euc_jp@cpython"),
            "eucjp_ms": euc_without_c1(read("eucjp-ms")),
            "cp51932": cp51932(),
            "euc_jis_2004": read("euc_jis_2004@cpython"),
            "euc_jisx0213": read("euc_jisx0213@cpython"),
        },
    )
    ss3 = {name: after_ss3(codes) for name, codes in euc.members.items()}
    microsoft = pointed("cp932", SHIFT_JIS, shift.members["cp932"])
    jis2004 = pointed("jis2004", SHIFT_JIS, shift.members["shift_jis_2004"])
    supplement = pointed("jisx0212", EUC, ss3["eucjp_ms"], ss3["euc_jp"])
    plane2 = pointed("jis2004_ss3", EUC, ss3["euc_jis_2004"])
    base_two = {"cp932": microsoft, "shift_jis": microsoft, "euc_jp": microsoft}
    base_two |= {"eucjp_ms": microsoft, "cp51932": microsoft}
    base_three = {"euc_jp": supplement, "eucjp_ms": supplement, "cp51932": None}
    marks = [0] * (94 * 94)
    for cell in range(94 * 94):
        row, column = divmod(cell, 94)
        marks[cell] = euc.mask(bytes((0x8F, 0xA1 + row, 0xA1 + column)))
    row_masks = [0] * 94
    for cell, mask in enumerate(marks):
        row_masks[cell // 94] |= mask
    return file(
        JAPANESE,
        "Shift_JIS and EUC-JP: JIS X 0208, 0212, 0213 and the vendors' rows.",
        microsoft.text(),
        jis2004.text(),
        supplement.text(),
        plane2.text(),
        automaton(shift, SHIFT_JIS_PLAIN),
        automaton(euc, EUC_JP_PLAIN),
        array("uint8_t", "who_euc_jp_ss3", marks),
        f"const rcd_mb_ss3 rcd_mb_ss3_euc_jp = {{\n    who_euc_jp_ss3,\n"
        f"    {{\n{numbers(row_masks)}\n    }},\n}};\n",
        layers(
            "two_shift_jis",
            SHIFT_JIS,
            [(n, c, base_two.get(n, jis2004)) for n, c in shift.members.items()],
        ),
        # SS2 katakana are computed: their cells would fall among the user-defined ones of cp932.
        layers(
            "two_euc_jp",
            EUC,
            [(n, c, base_two.get(n, jis2004)) for n, c in euc.members.items()],
        ),
        layers("three_euc_jp", EUC, [(n, c, base_three.get(n, plane2)) for n, c in ss3.items()]),
    )


KOREAN = [table(name) for name in ("cp949@cpython", "euc_kr@cpython", "johab@cpython")]

HANGUL = 0xAC00
LEADING = {2 + at: at for at in range(19)}
VOWELS = {
    five: at
    for at, five in enumerate([*range(3, 8), *range(10, 16), *range(18, 24), *range(26, 30)])
}
TRAILING = {1: 0, **{five: five - 1 for five in range(2, 18)}, **{n: n - 2 for n in range(19, 30)}}


def johab_computed(key: bytes, wansung: Codes) -> tuple[int, ...] | None:
    """What the C code makes of a Johab code: the syllables and the symbols and hanja."""
    code = key[0] << 8 | key[1]
    if key[0] < 0xD8:
        jamo = (code >> 10 & 31, code >> 5 & 31, code & 31)
        if jamo[0] in LEADING and jamo[1] in VOWELS and jamo[2] in TRAILING:
            return (HANGUL + LEADING[jamo[0]] * 588 + VOWELS[jamo[1]] * 28 + TRAILING[jamo[2]],)
        return None
    row = 2 * (key[0] - 0xD9) if key[0] < 0xE0 else 2 * key[0] - 0x197
    column = key[1] - (0x31 if key[1] < 0x91 else 0x43)
    return wansung.get(bytes((0xA1 + row + column // 94, 0xA1 + column % 94)))


FILLER = b"\xa4\xd4"


def makeup(codes: Codes) -> Codes:
    """EUC-KR with its eight-byte syllables taken out, after checking that they are what C says.

    KS X 1001:1998 annex 3 spells a syllable without a code of its own as filler, consonant, vowel,
    consonant. CPython decodes these where one filler alone is an error.
    """
    leading = [
        0,
        1,
        None,
        2,
        None,
        None,
        3,
        4,
        5,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        6,
        7,
        8,
    ]
    leading += [None, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
    trailing = [*range(1, 8), None, *range(8, 18), None, *range(18, 23), None, *range(23, 28)]
    if len(leading) != 30 or len(trailing) != 30:
        raise ValueError("thirty compatibility consonants are expected")
    for key, points in codes.items():
        if len(key) > 2:
            if key[:2] != FILLER or len(key) != 8:
                raise ValueError(f"euc_kr: {key.hex()} is no make-up sequence")
            first, last = leading[key[3] - 0xA1], 0
            if key[7] != 0xD4:
                last = trailing[key[7] - 0xA1] or 0
            if points != (HANGUL + (first or 0) * 588 + (key[5] - 0xBF) * 28 + last,):
                raise ValueError(f"euc_kr: {key.hex()} is not the syllable computed")
    return keep(codes, lambda key: len(key) <= 2)


def korean() -> str:
    uhc, johab = read("cp949@cpython"), read_exactly("johab@cpython")
    wansung = scored(makeup(read_exactly("euc_kr@cpython")))
    family = Family("euc_kr", UHC, {"cp949": uhc, "euc_kr": wansung}, FILLER)
    alone = Family("johab", JOHAB, {"johab": johab})
    points = pointed("cp949", UHC, uhc)
    jamo: Codes = {}
    for lead in JOHAB.leads:
        for trail in JOHAB.trails:
            key = bytes((lead, trail))
            computed = johab_computed(key, read_exactly("cp949@cpython"))
            if key in johab and computed != johab[key]:
                if computed is not None:
                    raise ValueError(f"johab: {key.hex()} is not what is computed")
                jamo[key] = johab[key]
    letters = runs_of({JOHAB.cell(key): value[0] for key, value in jamo.items()})
    items = "\n".join(f"    {{{a}, {n}, {p}}}," for a, n, p in letters)
    return file(
        KOREAN,
        "EUC-KR, windows-949 and Johab: KS X 1001 and all modern syllables.",
        points.text(),
        automaton(family, EUC_KR_PLAIN),
        automaton(alone),
        layers("two_euc_kr", UHC, [(n, c, points) for n, c in family.members.items()]),
        f"const rcd_mb_run rcd_mb_johab_letters[{len(letters)}] = {{\n{items}\n}};\n"
        f"const size_t rcd_mb_johab_letter_runs = {len(letters)};\n",
    )


CHINESE = [table(name) for name in ("ibm-5488", "gbk", "gb2312", "ibm1388")]


def linear(key: bytes) -> int:
    """The number of a GB 18030 four-byte code, from 81 30 81 30 on."""
    high = (key[0] - 0x81) * 10 + key[1] - 0x30
    return (high * 126 + key[2] - 0x81) * 10 + key[3] - 0x30


def gb18030() -> str:
    """GB 18030 in its edition of 2000, which is what CPython 3.10 to 3.13 decode."""
    four = {
        linear(key): points[0] for key, points in read_exactly("ibm-5488").items() if len(key) == 4
    }
    if sorted(four) != list(range(39420)):
        raise ValueError("gb18030: the four-byte codes of the BMP have gaps")
    ranges = runs_of(four)
    widest = read("ibm-5488")
    family = Family(
        "gb18030",
        GBK,
        {
            "gb18030": widest,
            "gbk": read("gbk"),
            "gb2312": read("gb2312"),
        },
    )
    page = mixed_points(read("ibm1388"))
    points = pointed("gb18030", GBK, widest, page=page, page_name="ibm1388")
    items = "\n".join(f"    {{{start}, {point}}}," for start, _, point in ranges)
    return file(
        CHINESE,
        "GB 2312, GBK and GB 18030.",
        points.text(),
        automaton(family, GB18030_PLAIN),
        layers("two_gb18030", GBK, [(n, c, points) for n, c in family.members.items()]),
        f"const rcd_mb_range rcd_mb_gb18030_ranges[{len(ranges)}] = {{\n{items}\n}};\n"
        f"const size_t rcd_mb_gb18030_range_count = {len(ranges)};\n",
    )


TAIWANESE = [
    table(name)
    for name in (
        "big5hkscs@cpython",
        "cp950@cpython",
        "big5@cpython",
        "big5@whatwg",
        "ibm-950",
        "ibm1371",
    )
]


def big5() -> str:
    family = Family(
        "big5",
        BIG5,
        {
            "big5hkscs": read("big5hkscs@cpython"),
            "cp950": read("cp950@cpython"),
            "big5_eten": big5_eten(),
            "big5": read("big5@cpython"),
        },
    )
    page = mixed_points(read("ibm1371"))
    points = pointed("big5", BIG5, *family.members.values(), page=page, page_name="ibm1371")
    return file(
        TAIWANESE,
        "Big5, windows-950, Big5 with the ETEN characters, Big5-HKSCS.",
        points.text(),
        automaton(family, BIG5_PLAIN),
        layers("two_big5", BIG5, [(n, c, points) for n, c in family.members.items()]),
    )


USER_PLANE = 12
"""CNS 11643 plane 12 is for users: 66 rows, in step with the private use area from U+E000."""


def euc_tw() -> str:
    codes = euc_without_c1(read("euc-tw"))
    family = Family("euc_tw", EUC, {"euc_tw": codes})
    rows_seen: dict[tuple[int, int], list[int]] = {}
    user: dict[int, int] = {}
    for key, (point,) in codes.items():
        if len(key) == 1:
            continue
        plane = key[1] - 0xA0 if len(key) == 4 else 1
        row, column = key[-2] - 0xA1, key[-1] - 0xA1
        if plane == USER_PLANE:
            user[row * 94 + column] = point
        else:
            rows_seen.setdefault((plane, row), [0] * 94)[column] = point
    if runs_of(user) != [(0, 66 * 94, 0xE000)]:
        raise ValueError("euc_tw: plane 12 is not what is computed")
    index = [NO_ROW] * (16 * 94)
    flat: dict[int, tuple[int, ...]] = {}
    for at, (plane, row) in enumerate(sorted(rows_seen)):
        index[plane * 94 + row] = at * 94
        for column, value in enumerate(rows_seen[plane, row]):
            if value:
                flat[at * 94 + column] = (value,)
    points = Points("cns11643", flat, len(rows_seen) * 94)
    return file(
        [table("euc-tw")],
        "EUC-TW: CNS 11643 planes 1 to 7, 13 and 15, only rows that have characters.",
        points.text(),
        automaton(family),
        f"const rcd_mb_cns rcd_mb_cns11643 = {{\n    {points.initialiser},\n"
        f"    {{\n{numbers(index)}\n    }},\n}};\n",
    )


TARGETS = [
    Target("native/tables/rcd_mb_japanese.c", japanese, tuple(JAPANESE)),
    Target("native/tables/rcd_mb_korean.c", korean, tuple(KOREAN)),
    Target("native/tables/rcd_mb_gb18030.c", gb18030, tuple(CHINESE)),
    Target("native/tables/rcd_mb_big5.c", big5, tuple(TAIWANESE)),
    Target("native/tables/rcd_mb_euc_tw.c", euc_tw, (table("euc-tw"),)),
]
