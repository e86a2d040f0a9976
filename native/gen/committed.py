"""The models and pairs that are committed, as the generators that build on them read them."""

from __future__ import annotations

import re

import alphabet
from generated import resolve

MODELS = "native/tables/rcd_models_data.h"
PAIRS = "native/tables/rcd_pairs_data.h"
SCRIPTS = (
    "", "latn", "cyrl", "grek", "arab", "hebr", "thai", "laoo", "geor", "armn", "deva", "beng",
    "guru", "gujr", "taml", "telu", "knda", "mlym",
)  # fmt: skip
"""Those with trigram models, by number (alphabet.GROUP_ID)."""


class Models:
    """Symbols of code points, and letter frequencies, of rcd_models_data.h."""

    def __init__(self) -> None:
        self._text = resolve(MODELS).read_text(encoding="utf-8")
        self._page = self.array("rcd_cell_page")
        self._cells = self.array("rcd_cell_cells")

    def _body(self, head: str) -> str:
        start = self._text.index(head)
        return self._text[self._text.index("{", start) + 1 : self._text.index("};", start)]

    def array(self, name: str) -> list[int]:
        """The numbers of an array of the models."""
        return [int(item) for item in re.findall(r"\d+", self._body(f" {name}["))]

    def numbers(self, script: str) -> list[int]:
        """Symbols, columns and stride of a script."""
        return [int(item) for item in re.findall(r"\d+", self._body(f"{script}_script = "))][:3]

    def cell(self, cp: int) -> int:
        """What the models know of a code point, packed as rcd_models.h says."""
        return self._cells[self._page[cp >> 6] * 64 + (cp & 63)]

    def symbol(self, cp: int) -> int:
        """The symbol of a code point among those of its script."""
        return self.cell(cp) >> 8 & 255

    def script(self, cp: int) -> int:
        """The number of the script of a code point."""
        return self.cell(cp) >> 16 & 31

    def is_letter(self, group: int, cp: int) -> bool:
        """Whether a code point is a letter to the models of a script."""
        return self.script(cp) in (group, alphabet.COMMON) and self.symbol(cp) > alphabet.FOREIGN


def pairs() -> list[tuple[int, int, int, int]]:
    """(charset, cost, script, column) of every pair of rcd_pairs_data.h, by charset."""
    text = resolve(PAIRS).read_text(encoding="utf-8")
    rows = re.findall(r"\{(\d+), (\d+), (\d+), (\d+), \d+\}", text)
    return [
        (int(number), int(cost), int(group), int(column)) for number, cost, group, column in rows
    ]
