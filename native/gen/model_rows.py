"""What the committed trigram models say of words, as rcd_score.c would."""

from __future__ import annotations

import numpy as np

import perfect_hash
from gen_models import SCRIPT_OF
from ngrams import BACK_OFF, NGRAM_NONE, Model, costs

BACK_OFF_TWICE = 35  # RCD_COST_LETTER of native/src/rcd_score.h
DIGIT = 1


class ModelRows:
    """The trigram rows of one script, read from native/tables/rcd_models_data.h."""

    def __init__(self, text: str, script: str) -> None:
        self._text = text
        low = script.lower()
        self.languages = self._array(f"{low}_languages")
        self._displace = self._array(f"{low}_displace")
        self._checks = self._array(f"{low}_checks")
        self._rows = self._array(f"{low}_rows").reshape(len(self._checks), -1)
        self._letters = self._array(f"{low}_letters").reshape(-1, self._rows.shape[1])
        self.size = len(self._letters)

    def _array(self, name: str) -> np.ndarray:
        start = self._text.index(f" {name}[")
        start = self._text.index("{", start) + 1
        body = self._text[start : self._text.index("};", start)]
        return np.array(body.replace("\n", "").rstrip(",").split(","), dtype=np.int64)

    def costs(self, a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        """[steps][columns] of the symbols c after a and b."""
        out = self._letters[c] + BACK_OFF_TWICE
        for slots, known, extra in self._look_ups(a, b, c):
            out = np.where(known[:, None], self._rows[slots] + extra, out)
        return out

    def costs_in(self, model: Model, a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        """[steps] in a model that is not in the table, backing off where the table has no row."""
        (_, pairs, _), (_, triples, _) = self._look_ups(a, b, c)
        a = np.where(b <= DIGIT, b, a)
        out = costs(model.uni[c]).astype(np.int64) + BACK_OFF_TWICE
        out = np.where(pairs, costs(model.bi[b, c]).astype(np.int64) + BACK_OFF, out)
        return np.where(triples, costs(model.tri((a << 16) | (b << 8) | c)), out)

    def _look_ups(
        self, a: np.ndarray, b: np.ndarray, c: np.ndarray
    ) -> list[tuple[np.ndarray, np.ndarray, int]]:
        """(slots, which are in the table, cost of backing off to them) of pairs, then triples."""
        out = []
        a = np.where(b <= DIGIT, b, a)
        for first, extra in ((np.full_like(b, NGRAM_NONE), BACK_OFF), (a, 0)):
            keys = (first << 16) | (b << 8) | c
            slots = perfect_hash.slots_of(keys, self._displace, len(self._checks))
            out.append((slots, self._checks[slots] == perfect_hash.check_of(keys), extra))
        return out


SCRIPTS = [name for name in SCRIPT_OF if name != "Hani"]
