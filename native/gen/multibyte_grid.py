"""How the tables of the multi-byte charsets are laid out: grids, masks, arrays, runs.

The C side of it is rcd_multibyte_tables.h; what goes in is said by `gen_multibyte`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import emit_c

Codes = dict[bytes, tuple[int, ...]]
"""Byte sequence to the one or two code points that it stands for."""

NO_ROW = 0xFFFF
NO_COLUMN = 0xFF
FILLER_MARK = 0x80
ASCII_CELLS = 256
WIDTH = 100  # columns of the generated files


@dataclass(frozen=True)
class Grid:
    """Which cell a two-byte code is."""

    leads: Mapping[int, int]
    """Lead byte to its row."""
    trails: Sequence[int]
    """Trail bytes in the order of their columns."""

    @property
    def cells(self) -> int:
        return (max(self.leads.values()) + 1) * len(self.trails)

    def cell(self, key: bytes) -> int:
        return self.leads[key[0]] * len(self.trails) + self.trails.index(key[1])

    def base(self) -> list[int]:
        width = len(self.trails)
        return [self.leads[b] * width if b in self.leads else NO_ROW for b in range(256)]

    def columns(self) -> list[int]:
        where = {byte: column for column, byte in enumerate(self.trails)}
        return [where.get(byte, NO_COLUMN) for byte in range(256)]


def span(*ends: int) -> list[int]:
    """Bytes of closed ranges given by their ends."""
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return [byte for low, high in pairs for byte in range(low, high + 1)]


def rows(leads: Iterable[int]) -> dict[int, int]:
    return {lead: row for row, lead in enumerate(leads)}


JIS_ROMAN = ("shift_jis_2004", "shift_jisx0213")
YEN_AND_OVERLINE = {0x5C: (0xA5,), 0x7E: (0x203E,)}


@dataclass(frozen=True)
class Family:
    """The charsets of one automaton, the one to report first."""

    name: str
    grid: Grid
    members: Mapping[str, Codes]
    filler: bytes = b""

    def mask(self, key: bytes) -> int:
        return sum(1 << bit for bit, codes in enumerate(self.members.values()) if key in codes)

    def two(self) -> list[int]:
        """Members that assign each cell; the Hangul filler of EUC-KR is marked (RCD_MB_FILLER)."""
        masks = [0] * self.grid.cells
        for lead in self.grid.leads:
            for trail in self.grid.trails:
                key = bytes((lead, trail))
                masks[self.grid.cell(key)] = self.mask(key)
        if self.filler:
            masks[self.grid.cell(self.filler)] |= FILLER_MARK
        return masks

    def prefix(self) -> list[int]:
        """Members with a code that begins with each byte."""
        found = [0] * 256
        for bit, codes in enumerate(self.members.values()):
            for lead in {key[0] for key in codes}:
                found[lead] |= 1 << bit
        return found

    def check(self) -> None:
        """ASCII stands for itself, and each two-byte code has a place: the C code relies on it."""
        for name, codes in self.members.items():
            yen = YEN_AND_OVERLINE if name in JIS_ROMAN else {}
            for byte in range(0x80):
                if codes.get(bytes((byte,))) != yen.get(byte, (byte,)):
                    raise ValueError(f"{name}: {byte:02X} is not ASCII")
            for key in codes:
                if len(key) == 2:
                    self.grid.cell(key)


def numbers(values: Iterable[int]) -> str:
    """`emit_c.numbers` in lines of full width."""
    return emit_c.numbers(values, WIDTH)


def array(kind: str, name: str, values: Sequence[int]) -> str:
    """`emit_c.array` in lines of full width."""
    return emit_c.array(kind, name, values, WIDTH)


def planes(name: str, points: Sequence[int]) -> str:
    """What `rcd_mb_points` refers to: the low bytes of all, then the high bytes."""
    return array("uint8_t", name, [point & 255 for point in points] + [p >> 8 for p in points])


def points_initialiser(name: str, first: int, cells: int) -> str:
    """The `rcd_mb_points` that begins at a code point of an array of so many."""
    return f"{{points_{name} + {first}, points_{name} + {cells + first}}}"


def pairset(family: Family, products: Sequence[str]) -> str:
    """The `rcd_pairset` of a family, with some products that all members must have.

    A product is the high and the low halves of its lead bytes, and those of its trail bytes, in
    hexadecimal digits.
    """
    everybody = (1 << len(family.members)) - 1
    sets = [[0] * 16 for _ in range(4)]  # low and high halves of lead bytes, of trail bytes
    if len(products) > 8:
        raise ValueError(f"{family.name}: {len(products)} products do not fit eight bits")
    for bit, text in enumerate(products):
        parts = text.split()
        for digits in product(*parts):
            key = bytes.fromhex("".join(digits))
            if family.mask(key) != everybody or key == family.filler:
                raise ValueError(f"{family.name}: not all have {key.hex()}")
        for halves, part in zip(sets, (parts[1], parts[0], parts[3], parts[2]), strict=True):
            for digit in part:
                halves[int(digit, 16)] |= 1 << bit
    leads = [
        sum(1 << high for high in range(8) if 0x80 + 16 * high + low in family.grid.leads)
        for low in range(16)
    ]
    lines = "\n".join(f"    {{{numbers(halves)}}}," for halves in (leads, *sets))
    return f"static const rcd_pairset plain_{family.name} = {{\n{lines}\n}};\n"


def automaton(family: Family, plain: Sequence[str] = ()) -> str:
    """The `rcd_mb_automaton` of a family, and the masks of its cells that it points at."""
    family.check()
    everybody = (1 << len(family.members)) - 1
    masks = family.two() + [everybody] * ASCII_CELLS
    base = [family.grid.cells] * 0x80 + family.grid.base()[0x80:]
    body = [
        f"const rcd_mb_automaton rcd_mb_automaton_{family.name} = {{",
        f"    who_{family.name},",
        f"    {{\n{numbers(base)}\n    }},",
        f"    {{\n{numbers(family.grid.columns())}\n    }},",
        f"    {{\n{numbers(family.prefix())}\n    }},",
        f"    &plain_{family.name}," if plain else "    NULL,",
        "};\n",
    ]
    parts = [array("uint8_t", f"who_{family.name}", masks)]
    if plain:
        parts.append(pairset(family, plain))
    return "".join(parts) + "\n".join(body)


@dataclass(frozen=True)
class Points:
    """An array of code points over the cells of a grid, and of a page of `mixed_grid` behind."""

    name: str
    cells: Mapping[int, tuple[int, ...]]
    size: int
    page: Sequence[int] = ()
    page_name: str = ""

    def text(self) -> str:
        points = [self.cells.get(cell, (0,))[0] for cell in range(self.size)]
        points += self.page
        if max(points) > 0xFFFF:
            raise ValueError(f"{self.name}: {max(points):X} does not fit the array")
        text = planes(f"points_{self.name}", points)
        if self.page:
            behind = points_initialiser(self.name, self.size, len(points))
            text += f"const rcd_mb_points rcd_mb_points_{self.page_name} =\n    {behind};\n"
        return text

    @property
    def initialiser(self) -> str:
        """The `rcd_mb_points` of the array."""
        return points_initialiser(self.name, 0, self.size + len(self.page))


def pointed(
    name: str, grid: Grid, *layers: Codes, page: Sequence[int] = (), page_name: str = ""
) -> Points:
    """The code points of a grid; a later layer fills what the earlier ones leave free."""
    cells: dict[int, tuple[int, ...]] = {}
    for codes in layers:
        for key, points in codes.items():
            if len(key) == 2 and key[0] in grid.leads:
                cells.setdefault(grid.cell(key), points)
    return Points(name, cells, grid.cells, page, page_name)


def runs_of(changes: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(first cell, length, first code point) of stretches where both count up by one."""
    found: list[tuple[int, int, int]] = []
    for cell, point in sorted(changes.items()):
        if point > 0xFFFF:
            raise ValueError(f"cell {cell}: {point:X} does not fit a run")
        if found:
            start, length, first = found[-1]
            if start + length == cell and first + length == point:
                found[-1] = (start, length + 1, first)
                continue
        found.append((cell, 1, point))
    return found


def layer(name: str, grid: Grid, codes: Codes, base: Points) -> tuple[str, str]:
    """The arrays that a charset needs beside `base`, and its `rcd_mb_layer` initialiser."""
    changes: dict[int, int] = {}
    seconds: dict[int, int] = {}
    for key, points in codes.items():
        if len(key) != 2 or key[0] not in grid.leads:
            continue
        cell = grid.cell(key)
        if len(points) > 1:
            seconds[cell] = points[1]
        if base.cells.get(cell, (0,))[0] != points[0]:
            changes[cell] = points[0]
    text = ""
    parts = [base.initialiser]
    for kind, found in (
        ("run", [f"{{{a}, {n}, {p}}}" for a, n, p in runs_of(changes)]),
        ("pair", [f"{{{cell}, {second}}}" for cell, second in sorted(seconds.items())]),
    ):
        if found:
            lines: list[str] = []
            for item in found:
                if lines and len(lines[-1]) + len(item) < 97:
                    lines[-1] += f" {item},"
                else:
                    lines.append(f"{item},")
            text += f"static const rcd_mb_{kind} {kind}s_{name}[{len(found)}] = {{\n"
            text += "\n".join(lines) + "\n};\n"
        parts += [f"{kind}s_{name}" if found else "NULL", str(len(found))]
    return text, "{" + ", ".join(parts) + "}"


EMPTY_LAYER = "{{NULL, NULL}, NULL, 0, NULL, 0}"


def layers(name: str, grid: Grid, members: Sequence[tuple[str, Codes, Points | None]]) -> str:
    """The code points of all members of a family, in the order of their bits."""
    text, items = "", []
    for member, codes, base in members:
        if base is None:
            items.append(EMPTY_LAYER)
            continue
        arrays, item = layer(f"{name}_{member}", grid, codes, base)
        text += arrays
        items.append(item)
    joined = ",\n    ".join(items)
    return f"{text}const rcd_mb_layer rcd_mb_{name}[{len(items)}] = {{\n    {joined},\n}};\n"
