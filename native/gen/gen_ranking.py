"""Writes native/tables/rcd_ranking_data.h: the cost of each byte of each charset as a letter.

The first look at a text in a one-byte charset asks which readings are plausible at all: the count
of each byte times the cost of the letter it would be. Cells, letter frequencies and pairs come from
the language models, code points from the maps of the charsets; here they are multiplied out, so
that the look is one sum of products per (charset, script).

Usage: python native/gen/check.py --write ranking
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import alphabet
import committed
import gen_single_byte
import gen_twins
import registry
from alphabet import BOUNDARY, COMMON, FOREIGN, GROUP_ID
from committed import MODELS, PAIRS, SCRIPTS, Models
from generated import Target, c_banner

SCRIPT = "gen_ranking.py"
SOURCES = (MODELS, PAIRS, registry.SOURCE, gen_single_byte.TABLES)
# Tenths of a bit, as in rcd_score.h and rcd_single.c, which assert that they are equal.
ALIEN = 160
ASCII_FOREIGN = 42
TOP_COST = 255
GREEK_SIGN = 215  # a Greek letter where a few are signs among others, as in cp437
BOX_NEXT = 80  # box drawing beside other box drawing, as nearly all of it is
LATN, GREK, HANI = GROUP_ID["Latn"], GROUP_ID["Grek"], GROUP_ID["Hani"]
ETA = 0x3B7  # a charset for Greek has it
# TSCII has bytes for whole syllables, which the models see as their consonant; others have a byte
# for each shape of an Arabic letter.
SHAPED = (
    "cp864",
    "cp420",
    "cp868",
    "cp1006",
    "cp1008",
    "cp1046",
    "cp1097",
    "cp1098",
    "cp4517",
    "cp918",
)
MERGED = {"tscii": 32} | dict.fromkeys(SHAPED, 8)
UNASSIGNED = gen_single_byte.UNASSIGNED
MAX_COLUMNS = 64  # RCD_MAX_COLUMNS
NO_PAIR = 255

Pairs = Sequence[tuple[int, int, int, int]]
"""(charset, cost, script, column), as `committed.pairs` gives them."""


class Frequencies:
    """What the models say of letters by themselves."""

    def __init__(self) -> None:
        self.models = Models()
        self.mixed = [self.models.array(f"{name}_mixed") if name else [] for name in SCRIPTS]

    def cost(self, group: int, cp: int, byte: int, ebcdic: bool, greek: bool) -> int:
        """Cost of a character among the letters of a script, see ranked_cost() in rcd_single.c.

        With `greek`, Greek letters are signs.
        """
        cell = self.models.cell(cp)
        own = self.models.script(cp)
        if greek and own == GREK:
            return self.mixed[group][BOUNDARY] + GREEK_SIGN
        symbol = self.models.symbol(cp) if own in (group, COMMON) else FOREIGN
        cost = self.mixed[group][symbol]
        if symbol == FOREIGN:
            return cost + (ASCII_FOREIGN if cp < 0x80 else ALIEN)
        if byte >= 0x80 and cp < 0x20 and not ebcdic:
            return cost + TOP_COST
        if self.is_box(cp):
            return BOX_NEXT
        return cost + (cell & 255)

    def alien(self, group: int) -> int:
        """Cost of a character that has no place in a script."""
        return self.mixed[group][FOREIGN] + ALIEN

    def ascii_info(self, latin: bool) -> list[int]:
        """What the bytes of ASCII are to the race, packed as rcd_byte_info is."""
        out = []
        for byte in range(128):
            cell = self.models.cell(byte)
            foreign = self.models.script(byte) == LATN and not latin
            # Foreign letters get their cost from the foreign words, see read_steps().
            low = FOREIGN if foreign else (cell >> 8 & 255) | (cell & 255) << 8
            out.append(low | (cell >> 24 & 3) << 16)
        return out

    def is_box(self, cp: int) -> bool:
        """Whether a code point is of box drawing."""
        return self.models.cell(cp) >> 26 == alphabet.BOX_PLACE


@dataclass(frozen=True)
class Class:
    """A charset as the charset of one script."""

    row: registry.Row
    group: int
    least: int
    """Prior of its commonest language."""
    cells: gen_single_byte.Cells
    missing: tuple[bool, ...]
    """By byte: it has no character, and no twin of the charset has one."""
    is_ebcdic: bool
    """It is no ASCII."""
    has_greek_signs: bool
    """It has a few letters of Greek, which are signs."""

    @property
    def is_holed(self) -> bool:
        """A twin has a character that it lacks."""
        return self.cells.count(UNASSIGNED) > sum(self.missing)

    @property
    def is_mirrored(self) -> bool:
        """It has characters of ASCII a second time, in the upper half."""
        return not self.is_ebcdic and any(0x20 <= cp < 0x7F for cp in self.cells[128:])

    @property
    def merged(self) -> int:
        """What each byte of the upper half costs more, since the models see several as one."""
        return MERGED.get(self.row.name, 0)

    def costs(self, known: Frequencies) -> list[int]:
        """Of each byte; of an unassigned one nothing, and as of a foreign one if a twin has it."""
        out = []
        for byte, cp in enumerate(self.cells):
            if cp != UNASSIGNED:
                cost = known.cost(self.group, cp, byte, self.is_ebcdic, self.has_greek_signs)
                out.append(cost + (self.merged if byte >= 0x80 else 0))
            else:
                out.append(0 if self.missing[byte] else known.alien(self.group))
        return out


def classes(known: Frequencies, pairs: Pairs) -> Iterator[Class]:
    """Every charset of single bytes, by each script that it is known for."""
    cells_of = {row.name: cells for row, cells in gen_single_byte.maps()}
    rows = registry.load()
    twins_of: dict[str, list[gen_single_byte.Cells]] = {}
    for head, twin in gen_twins.twins():
        if twin.twin_of[0] == head.name:
            twins_of.setdefault(head.name, []).append(cells_of[twin.name])
    for number, group_of in groupby(pairs, key=lambda pair: pair[0]):
        row, own = rows[number - 1], list(group_of)
        # National 7-bit sets are weighed against ASCII elsewhere: rcd_national.c.
        cells = None if row.family == "seven-bit" else cells_of.get(row.name)
        if cells is None:
            continue
        # What a twin has may be there; the text is then named after it (rcd_twins.c).
        missing = tuple(
            cp == UNASSIGNED
            and all(twin[byte] == UNASSIGNED for twin in twins_of.get(row.name, ()))
            for byte, cp in enumerate(cells)
        )
        ebcdic = cells[ord("a")] != ord("a") or cells[ord("E")] != ord("E")
        greek = ETA not in cells and any(
            known.models.script(cp) == GREK for cp in cells if cp != UNASSIGNED
        )
        # Half-width katakana in EBCDIC: the models of CJK text are not for single bytes.
        for group in sorted({pair[2] for pair in own} - {HANI}):
            least = min(pair[1] for pair in own if pair[2] == group)
            signs = greek and group == LATN and not ebcdic
            yield Class(row, group, least, cells, missing, ebcdic, signs)


def bits(flags: Sequence[bool]) -> str:
    """Flags as 64-bit words."""
    padded = [*flags, *(False,) * (-len(flags) % 64)]
    words = [sum(1 << k for k in range(64) if padded[start + k])
             for start in range(0, len(padded), 64)]  # fmt: skip
    return "{" + ", ".join(f"UINT64_C(0x{word:X})" for word in words) + "}"


def priors(pairs: Pairs, stride: int, group: int, charset: int | None = None) -> list[int]:
    """Cost of each column of a script in a charset (None: in the charset where it is least)."""
    out = [NO_PAIR] * stride
    for number, cost, script, column in pairs:
        if script == group and charset in (number, None):
            out[column] = min(out[column], cost)
    return out


def by_byte(rows: list[list[int]]) -> list[list[int]]:
    """The rows as columns, eight at a time: what one byte costs in every row stands together."""
    width = len(rows) + -len(rows) % 8
    return [[*column, *(0,) * (width - len(rows))] for column in zip(*rows, strict=True)]


def number_rows(rows: list[list[int]]) -> str:
    """Rows of numbers for a two-dimensional array."""
    out = []
    for row in rows:
        out.append("{")
        for start in range(0, len(row), 24):
            out.append(",".join(map(str, row[start : start + 24])) + ",")
        out.append("},")
    return "\n".join(out)


def above_least(rows: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """The least cost of each byte, and by row how much more it costs there."""
    least = [min(filter(None, column), default=0) for column in zip(*rows, strict=True)]
    over = [[max(0, cost - low) for cost, low in zip(row, least, strict=True)] for row in rows]
    if max(map(max, over)) > 255:
        raise ValueError("the costs of a byte in EBCDIC differ by more than a byte holds")
    return least, over


def source() -> str:
    """native/tables/rcd_ranking_data.h"""
    known, pairs = Frequencies(), committed.pairs()
    if max(cost for _, cost, _, _ in pairs) >= NO_PAIR:
        raise ValueError("a prior is the number of none")
    strides = [known.models.numbers(name)[2] if name else 0 for name in SCRIPTS]
    found = list(classes(known, pairs))
    high: list[list[int]] = []
    ebcdic: list[list[int]] = []
    entries, signs = [], []
    columns: list[int] = []  # the priors of all classes
    for one in found:
        letter, box = (
            [cp != UNASSIGNED and is_one(cp) for cp in one.cells]
            for is_one in (partial(known.models.is_letter, one.group), known.is_box)
        )
        if one.is_ebcdic and any(box):
            raise ValueError("rcd_ranking.c takes it that no EBCDIC has box drawing")
        costs = one.costs(known)
        table, costs = (ebcdic, costs) if one.is_ebcdic else (high, costs[128:])
        if costs not in table:
            table.append(costs)
        flags = (
            one.is_ebcdic,
            one.row.family == "mac",
            one.row.kind != "single",
            one.merged,
            one.is_holed,
            any(box[128:]),
            one.is_mirrored,
            one.has_greek_signs,
        )
        fields = (one.row.id, len(columns), table.index(costs), one.group, one.least, *flags)
        entries.append(f"{{{', '.join(str(int(field)) for field in fields)}}},")
        signs.append(f"{{{bits(letter[128:])}, {bits(box[128:])}}},")
        columns += priors(pairs, strides[one.group], one.group, one.row.id)
    lacking = zip(*(one.missing for one in found), strict=True)
    words = (len(found) + 63) // 64
    least, over = above_least(ebcdic)
    commonest = [priors(pairs, stride, group) or [NO_PAIR] for group, stride in enumerate(strides)]
    return "".join(
        [
            c_banner(SCRIPT, SOURCES),
            f"#define RANKING_ALIEN {ALIEN}\n#define RANKING_ASCII_FOREIGN {ASCII_FOREIGN}\n"
            f"#define RANKING_GREEK_SIGN {GREEK_SIGN}\n",
            f"#define RANKING_CLASSES {len(found)}\n\n",
            "/* ASCII in Latin text, and in text of another script. */\n",
            "static const rcd_byte_info ranking_ascii[2][128] = {\n"
            f"{number_rows([known.ascii_info(True), known.ascii_info(False)])}\n}};\n\n",
            f"#define RANKING_HIGH {len(by_byte(high)[0])}\n"
            f"#define RANKING_EBCDIC {len(by_byte(ebcdic)[0])}\n\n",
            "/* Cost of each byte from 0x80 on, by row; of an unassigned byte nothing. */\n",
            f"static const int16_t ranking_high[128][{len(by_byte(high)[0])}] = {{\n",
            f"{number_rows(by_byte(high))}\n}};\n\n",
            "/* Of all bytes in charsets that are no ASCII: the least cost, and the more. */\n",
            f"static const int16_t ranking_ebcdic_least[256] =\n{number_rows([least])[:-1]};\n",
            f"static const uint8_t ranking_ebcdic[256][{len(by_byte(over)[0])}] = {{\n"
            f"{number_rows(by_byte(over))}\n}};\n\n",
            "/* By byte, a bit for each class that has no character for it. */\n",
            f"const uint64_t rcd_ranking_lacking[256][{words}] = {{\n"
            + ",\n".join(map(bits, lacking))
            + "\n};\n"
            "/* A bit for each class that is no ASCII. */\n"
            f"const uint64_t rcd_ranking_is_ebcdic[{words}] =\n"
            f"{bits([one.is_ebcdic for one in found])};\n"
            "/* A bit for each class that lacks a byte which a twin has. */\n"
            f"const uint64_t rcd_ranking_is_holed[{words}] =\n"
            f"{bits([one.is_holed for one in found])};\n\n",
            "/* By class and column, the prior. */\n"
            f"#define RANKING_NO_PAIR {NO_PAIR}\n"
            f"static const uint8_t ranking_priors[{len(columns)}] =\n"
            f"{number_rows([columns])[:-1]};\n"
            "/* By script and column, the least of all priors. */\n"
            f"static const uint8_t ranking_least[{len(SCRIPTS)}][{MAX_COLUMNS}] = {{\n"
            f"{number_rows(commonest)}\n"
            "};\n\n",
            f"static const rcd_class ranking_classes[{len(found)}] = {{\n"
            + "\n".join(entries)
            + "\n};\n\n"
            f"static const class_signs ranking_signs[{len(found)}] = {{\n"
            + "\n".join(signs)
            + "\n};\n",
        ]
    )


TARGETS = [Target("native/tables/rcd_ranking_data.h", source, SOURCES)]
