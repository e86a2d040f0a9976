"""What the committed trigram models say of words, as rcd_score.c would."""

from __future__ import annotations

import numpy as np

from committed import Models
from gen_models import SCRIPT_OF
from ngrams import BACK_OFF, Model, costs
from script_rows import index_of

BACK_OFF_TWICE = 35  # RCD_COST_LETTER of rcd_score.h
DIGIT = 1


class ModelRows:
    """The trigram rows of one script."""

    def __init__(self, models: Models, script: str) -> None:
        def array(part: str) -> np.ndarray:
            return np.array(models.array(f"{script.lower()}_{part}"), dtype=np.int64)

        self.languages = array("languages")
        self.size = len(array("mixed"))
        self._index = index_of(self.size, array("pairs"), array("contexts"), array("after"))
        self._rows = array("rows").reshape(
            self.size + self._index.pairs + len(self._index.trigram_keys), -1
        )

    def costs(self, a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        """[steps][columns] of the symbols c after a and b."""
        rows, triples, pairs = self._look_up(a, b, c)
        less = np.where(triples, 0, np.where(pairs, BACK_OFF, BACK_OFF_TWICE))
        return self._rows[rows] + less[:, None]

    def costs_in(self, model: Model, a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        """[steps] in a model that is not in the table, backing off where the table has no row."""
        _, triples, pairs = self._look_up(a, b, c)
        a = np.where(b <= DIGIT, b, a)
        out = costs(model.uni[c]).astype(np.int64) + BACK_OFF_TWICE
        out = np.where(pairs, costs(model.bi[b, c]).astype(np.int64) + BACK_OFF, out)
        return np.where(triples, costs(model.tri((a << 16) | (b << 8) | c)), out)

    def _look_up(
        self, a: np.ndarray, b: np.ndarray, c: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self._index.find(np.where(b <= DIGIT, b, a), b, c)


SCRIPTS = [name for name in SCRIPT_OF if name != "Hani"]
