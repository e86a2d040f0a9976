"""Writes native/tables/rcd_ranking_data.h: the cost of each byte of each charset as a letter.

The first look at a text in a one-byte charset asks which readings are plausible at all: the count
of each byte times the cost of the letter it would be. Cells, letter frequencies and pairs come from
the language models, code points from the maps of the charsets; here they are multiplied out, so
that the look is one sum of products per (charset, script).

Usage: python native/gen/check.py --write ranking
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import alphabet
import gen_single_byte
import gen_twins
import registry
from generated import FileTarget, c_banner, resolve

SCRIPT = "gen_ranking.py"
MODELS = "native/tables/rcd_models_data.h"
PAIRS = "native/tables/rcd_pairs_data.h"
# Tenths of a bit, as in rcd_score.h and rcd_single.c, which assert that they are equal.
ALIEN = 160
ASCII_FOREIGN = 42
TOP_COST = 255
GREEK_SIGN = 215  # a Greek letter where a few are signs among others, as in cp437
BOX_NEXT = 80  # box drawing beside other box drawing, as nearly all of it is
FOREIGN = 2
BOUNDARY = 0
COMMON, LATN, GREK = 0, 1, 3
ETA = 0x3B7  # a charset for Greek has it
SCRIPTS = (
    "", "latn", "cyrl", "grek", "arab", "hebr", "thai", "laoo", "geor", "armn", "deva", "beng",
    "guru", "gujr", "taml", "telu", "knda", "mlym",
)  # fmt: skip
HANI = len(SCRIPTS)
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


class Models:
    """The parts of the committed models that letter frequencies need."""

    def __init__(self, text: str, pairs: str) -> None:
        self._text = text
        self._page = self.array("rcd_cell_page")
        self._cells = self.array("rcd_cell_cells")
        self.mixed = [self.array(f"{name}_mixed") if name else [] for name in SCRIPTS]
        rows = re.findall(r"\{(\d+), (\d+), (\d+), (\d+), \d+\}", pairs)
        self.pairs = [tuple(map(int, row)) for row in rows]  # charset, cost, group, column
        self.strides = [self.numbers(name)[2] if name else 0 for name in SCRIPTS]

    def _body(self, name: str) -> str:
        return self._body_of(f" {name}[")

    def _body_of(self, head: str) -> str:
        start = self._text.index(head)
        return self._text[self._text.index("{", start) + 1 : self._text.index("};", start)]

    def array(self, name: str) -> list[int]:
        """The numbers of an array of the models."""
        return [int(item) for item in re.findall(r"\d+", self._body(name))]

    def numbers(self, script: str) -> list[int]:
        """Symbols, columns and stride of a script."""
        return [int(item) for item in re.findall(r"\d+", self._body_of(f"{script}_script = "))][:3]

    def cell(self, cp: int) -> int:
        return self._cells[self._page[cp >> 6] * 64 + (cp & 63)]

    def cost(self, group: int, cp: int, byte: int, ebcdic: bool, greek: bool) -> int:
        """Cost of a character among the letters of a script, see ranked_cost() in rcd_single.c.

        With `greek`, Greek letters are signs.
        """
        cell = self.cell(cp)
        own = cell >> 16 & 31
        if greek and own == GREK:
            return self.mixed[group][BOUNDARY] + GREEK_SIGN
        symbol = cell >> 8 & 255 if own in (group, COMMON) else FOREIGN
        cost = self.mixed[group][symbol]
        if symbol == FOREIGN:
            return cost + (ASCII_FOREIGN if cp < 0x80 else ALIEN)
        if byte >= 0x80 and cp < 0x20 and not ebcdic:
            return cost + TOP_COST
        if cell >> 26 == alphabet.BOX_PLACE:
            return BOX_NEXT
        return cost + (cell & 255)

    def ascii_info(self, latin: bool) -> list[int]:
        """What the bytes of ASCII are to the race, packed as rcd_byte_info is."""
        out = []
        for byte in range(128):
            cell = self.cell(byte)
            foreign = (cell >> 16 & 31) == LATN and not latin
            # Foreign letters get their cost from the foreign words, see read_steps().
            low = FOREIGN if foreign else (cell >> 8 & 255) | (cell & 255) << 8
            out.append(low | (cell >> 24 & 3) << 16)
        return out

    def is_letter(self, group: int, cp: int) -> bool:
        cell = self.cell(cp)
        return (cell >> 16 & 31) in (group, COMMON) and (cell >> 8 & 255) > FOREIGN

    def is_box(self, cp: int) -> bool:
        return self.cell(cp) >> 26 == alphabet.BOX_PLACE


def bits(flags: Sequence[bool]) -> str:
    """Flags as 64-bit words."""
    padded = [*flags, *(False,) * (-len(flags) % 64)]
    words = [sum(1 << k for k in range(64) if padded[start + k])
             for start in range(0, len(padded), 64)]  # fmt: skip
    return "{" + ", ".join(f"UINT64_C(0x{word:X})" for word in words) + "}"


def priors(models: Models, charset: int | None, group: int) -> list[int]:
    """Cost of each column of a script in a charset (None: in the charset where it is least)."""
    out = [NO_PAIR] * models.strides[group]
    for number, cost, script, column in models.pairs:
        if script == group and charset in (number, None):
            out[column] = min(out[column], cost)
    if any(cost >= NO_PAIR for number, cost, *_ in models.pairs if number == charset):
        raise ValueError("a prior is the number of none")
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


def source() -> str:
    """native/tables/rcd_ranking_data.h"""
    models = Models(*(resolve(name).read_text(encoding="utf-8") for name in (MODELS, PAIRS)))
    cells_of = {row.name: cells for row, cells in gen_single_byte.maps()}
    rows = registry.load()
    high: list[list[int]] = []
    ebcdic_rows: list[list[int]] = []
    classes = []
    signs = []  # by class: letters and box drawing, for which few are asked
    lacking: list[list[bool]] = []  # by class and byte
    families: list[bool] = []  # by class: EBCDIC
    holes: list[bool] = []  # by class: told as `holed`
    columns: list[int] = []  # the priors of all classes
    at = 0
    while at < len(models.pairs):
        number, _, group, _ = models.pairs[at]
        end = at
        while end < len(models.pairs) and models.pairs[end][0] == number:
            end += 1
        row = rows[number - 1]
        # Half-width katakana in EBCDIC: the models of CJK text are not for single bytes.
        groups = sorted({pair[2] for pair in models.pairs[at:end]} - {HANI})
        # National 7-bit sets are weighed against ASCII elsewhere: rcd_national.c.
        cells = None if row.family == "seven-bit" else cells_of.get(row.name)
        merged = MERGED.get(row.name, 0)
        for group in groups if cells is not None else ():
            least = min(pair[1] for pair in models.pairs[at:end] if pair[2] == group)
            ebcdic = cells[ord("a")] != ord("a") or cells[ord("E")] != ord("E")
            there = [cp != UNASSIGNED for cp in cells]
            # What a twin has may be there; the text is then named after it (rcd_twins.c).
            twins = [
                cells_of[twin.name]
                for head, twin in gen_twins.twins()
                if head.id == number and twin.twin_of[0] == head.name
            ]
            missing = [
                cp == UNASSIGNED and all(twin[byte] == UNASSIGNED for twin in twins)
                for byte, cp in enumerate(cells)
            ]
            holed = sum(missing) + sum(there) < len(cells)
            letter = [
                ok and models.is_letter(group, cp) for cp, ok in zip(cells, there, strict=True)
            ]
            box = [ok and models.is_box(cp) for cp, ok in zip(cells, there, strict=True)]
            greek = (
                group == LATN
                and not ebcdic
                and ETA not in cells
                and any(models.cell(cp) >> 16 & 31 == GREK for cp in cells if cp != UNASSIGNED)
            )
            costs = [
                models.cost(group, cp, byte, ebcdic, greek) + (merged if byte >= 0x80 else 0)
                if ok
                else 0
                if missing[byte]
                else models.mixed[group][FOREIGN] + ALIEN
                for byte, (cp, ok) in enumerate(zip(cells, there, strict=True))
            ]
            table, costs = (ebcdic_rows, costs) if ebcdic else (high, costs[128:])
            if costs not in table:
                table.append(costs)
            mac = row.family == "mac"
            mirrored = not ebcdic and any(0x20 <= cp < 0x7F for cp in cells[128:])
            classes.append(
                f"{{{number}, {len(columns)}, {table.index(costs)}, {group}, {least}, "
                f"{int(ebcdic)}, {int(mac)}, {int(row.kind != 'single')}, {merged}, {int(holed)}, "
                f"{int(any(box[128:]))}, {int(mirrored)}, {int(greek)}}},"
            )
            signs.append(f"{{{bits(letter[128:])}, {bits(box[128:])}}},")
            columns += priors(models, number, group)
            lacking.append(missing)
            families.append(ebcdic)
            holes.append(bool(holed))
        at = end
    if any(models.is_box(cp) for row in rows if row.family == "ebcdic" and row.name in cells_of
           for cp in cells_of[row.name] if cp != UNASSIGNED):  # fmt: skip
        raise ValueError("rcd_ranking.c takes it that no EBCDIC has box drawing")
    lowest = [min(filter(None, column), default=0) for column in zip(*ebcdic_rows, strict=True)]
    over = [[max(0, cost - low) for cost, low in zip(row, lowest, strict=True)]
            for row in ebcdic_rows]  # fmt: skip
    if max(map(max, over)) > 255:
        raise ValueError("the costs of a byte in EBCDIC differ by more than a byte holds")
    commonest = [priors(models, None, group) or [NO_PAIR] for group in range(len(SCRIPTS))]
    return "".join(
        [
            c_banner(SCRIPT, [MODELS, PAIRS, "native/gen/charsets.toml", gen_single_byte.TABLES]),
            f"#define RANKING_ALIEN {ALIEN}\n#define RANKING_ASCII_FOREIGN {ASCII_FOREIGN}\n"
            f"#define RANKING_GREEK_SIGN {GREEK_SIGN}\n",
            f"#define RANKING_CLASSES {len(classes)}\n\n",
            "/* ASCII in Latin text, and in text of another script. */\n",
            "static const rcd_byte_info ranking_ascii[2][128] = {\n"
            f"{number_rows([models.ascii_info(True), models.ascii_info(False)])}\n}};\n\n",
            f"#define RANKING_HIGH {len(by_byte(high)[0])}\n"
            f"#define RANKING_EBCDIC {len(by_byte(ebcdic_rows)[0])}\n\n",
            "/* Cost of each byte from 0x80 on, by row; of an unassigned byte nothing. */\n",
            f"static const int16_t ranking_high[128][{len(by_byte(high)[0])}] = {{\n",
            f"{number_rows(by_byte(high))}\n}};\n\n",
            "/* Of all bytes in charsets that are no ASCII: the least cost, and the more. */\n",
            f"static const int16_t ranking_ebcdic_least[256] =\n{number_rows([lowest])[:-1]};\n",
            f"static const uint8_t ranking_ebcdic[256][{len(by_byte(over)[0])}] = {{\n"
            f"{number_rows(by_byte(over))}\n}};\n\n",
            "/* By byte, a bit for each class that has no character for it. */\n",
            f"const uint64_t rcd_ranking_lacking[256][{(len(classes) + 63) // 64}] = {{\n"
            + ",\n".join(bits(flags) for flags in zip(*lacking, strict=True))
            + "\n};\n"
            "/* A bit for each class that is no ASCII. */\n"
            f"const uint64_t rcd_ranking_is_ebcdic[{(len(classes) + 63) // 64}] =\n"
            f"{bits(families)};\n"
            "/* A bit for each class that lacks a byte which a twin has. */\n"
            f"const uint64_t rcd_ranking_is_holed[{(len(classes) + 63) // 64}] =\n"
            f"{bits(holes)};\n\n",
            "/* By class and column, the prior. */\n"
            f"#define RANKING_NO_PAIR {NO_PAIR}\n"
            f"static const uint8_t ranking_priors[{len(columns)}] =\n"
            f"{number_rows([columns])[:-1]};\n"
            "/* By script and column, the least of all priors. */\n"
            f"static const uint8_t ranking_least[{len(SCRIPTS)}][{MAX_COLUMNS}] = {{\n"
            f"{number_rows(commonest)}\n"
            "};\n\n",
            f"static const rcd_class ranking_classes[{len(classes)}] = {{\n"
            + "\n".join(classes)
            + "\n};\n\n"
            f"static const class_signs ranking_signs[{len(signs)}] = {{\n"
            + "\n".join(signs)
            + "\n};\n",
        ]
    )


TARGETS = [
    FileTarget(
        "native/tables/rcd_ranking_data.h",
        source,
        (MODELS, PAIRS, "native/gen/charsets.toml", gen_single_byte.TABLES),
    )
]
