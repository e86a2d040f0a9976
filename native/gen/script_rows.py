"""How the rows of a script's trigram model are found: by counting flags, without a search.

The rows are those of the letters, of the pairs, of the trigrams, each in the order of its symbols.
A pair's row is as far behind the letters' as pairs with a row are before it. For trigrams there are
contexts, the pairs that a trigram begins with: each has a set of the symbols that end one.
"""

from __future__ import annotations

import numpy as np

import numbered
from ngrams import NGRAM_NONE


class RowIndex:
    """Numbers of rows.

    keys  of the rows that there are beside the letters', ascending: a << 16 | b << 8 | c, of pairs
          with NGRAM_NONE for a
    """

    def __init__(self, size: int, keys: np.ndarray) -> None:
        self.size = size
        pair = keys >> 16 == NGRAM_NONE
        self.pair_keys, self.trigram_keys = keys[pair] & 0xFFFF, keys[~pair]
        self.context_keys = np.unique(self.trigram_keys >> 8)

    @property
    def pairs(self) -> int:
        """How many pairs have a row."""
        return len(self.pair_keys)

    def _flags(self, keys: np.ndarray) -> np.ndarray:
        out = np.zeros((1, self.size * self.size), dtype=bool)
        out[0, (keys >> 8) * self.size + (keys & 255)] = True
        return out

    def pair_words(self) -> np.ndarray:
        """[b * size + c]: the pairs that have a row."""
        return numbered.words(self._flags(self.pair_keys))

    def context_words(self) -> np.ndarray:
        """[a * size + b]: the pairs that a trigram with a row begins with."""
        return numbered.words(self._flags(self.context_keys))

    def after_words(self) -> np.ndarray:
        """[context][c]: the symbols that have a row behind it."""
        out = np.zeros((len(self.context_keys), self.size), dtype=bool)
        where = np.searchsorted(self.context_keys, self.trigram_keys >> 8)
        out[where, self.trigram_keys & 255] = True
        return numbered.words(out)

    def find(
        self, a: np.ndarray, b: np.ndarray, c: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(rows, which are of trigrams, which are of pairs) for the symbols c after a and b."""
        rows = np.array(c, dtype=np.int64)
        pairs = self._place(self.pair_keys, b << 8 | c)
        rows = np.where(pairs >= 0, self.size + pairs, rows)
        trigrams = self._place(self.trigram_keys, a << 16 | b << 8 | c)
        rows = np.where(trigrams >= 0, self.size + self.pairs + trigrams, rows)
        return rows, trigrams >= 0, (pairs >= 0) & (trigrams < 0)

    @staticmethod
    def _place(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Where in `keys` each is, -1 for those that are not."""
        where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[where] == wanted, where, -1)


def index_of(size: int, pairs: np.ndarray, contexts: np.ndarray, after: np.ndarray) -> RowIndex:
    """The index whose words these are."""

    def members(words: np.ndarray, each: int) -> tuple[np.ndarray, np.ndarray]:
        """(set, member) of all that are in sets of `each` members."""
        found = numbered.flags(words).reshape(-1, -(-each // numbered.FLAGS) * numbered.FLAGS)
        return np.nonzero(found[:, :each])

    _, pair = members(pairs, size * size)
    _, context = members(contexts, size * size)
    begins = context // size << 8 | context % size
    which, end = members(after, size)
    keys = np.concatenate(
        [begins[which] << 8 | end, NGRAM_NONE << 16 | pair // size << 8 | pair % size]
    )
    return RowIndex(size, keys)
