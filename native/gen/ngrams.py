"""Letter trigrams per language, quantised: one row of costs per trigram, one column per language.

A row holds the cost of its last letter after the two before, for every language of the script, so
that one look-up at run time serves all languages. Rows exist for the trigrams and pairs that some
language uses often; the rest backs off to the pair, then to the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

import alphabet
from alphabet import BOUNDARY, DIGIT

BACK_OFF = 15  # RCD_COST_PAIR of rcd_score.h
NGRAM_NONE = 255  # first symbol of a pair's key: no symbol has this number
RARE_LETTER = 4e-5
"""Share of the letters that one of the alphabet has at least, behind whatever letters: small
corpora lack some of them altogether."""
LITTLE_SEEN = 2e-4
"""Share of the letters below which the text does not tell behind which others one stands."""


# Where one cost ends and the next begins, ascending.
LIMITS = np.array(
    [2.0 ** (-(cost + 0.5) / alphabet.UNIT) for cost in reversed(range(alphabet.TOP_COST))]
)


def costs(probability: np.ndarray) -> np.ndarray:
    """-log2 in tenths of a bit as uint8.

    By comparing with fixed thresholds instead of by a logarithm: comparing doubles gives the same
    bytes on every machine, while the last bit of a vectorised log does not.
    """
    return (alphabet.TOP_COST - np.searchsorted(LIMITS, probability)).astype(np.uint8)


def symbols(codes: np.ndarray, table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The trigrams (a, b, c) of a text as three arrays.

    Runs of non-letters and of digits count once, and the context does not reach across them: what
    stands before a word says little about it, and many files hold lists.
    """
    s = table[np.minimum(codes, len(table) - 1)]
    keep = np.ones(len(s), dtype=bool)
    same = s[1:] == s[:-1]
    keep[1:] = ~(same & ((s[1:] == BOUNDARY) | (s[1:] == DIGIT)))
    s = s[keep].astype(np.int64)
    c, b, a = s[2:], s[1:-1], s[:-2].copy()
    reset = (b == BOUNDARY) | (b == DIGIT)
    a[reset] = b[reset]
    return a, b, c


@dataclass
class Counts:
    """Counts of one language: trigrams, pairs, letters and their contexts."""

    tri_keys: np.ndarray
    tri: np.ndarray
    pair: np.ndarray
    size: int

    @classmethod
    def of(cls, texts: list[tuple[np.ndarray, float]], table: np.ndarray, size: int) -> Counts:
        """Counts over weighted texts; `size` is the number of symbols of the script."""
        keys: list[np.ndarray] = []
        weights: list[np.ndarray] = []
        pair = np.zeros(size * size)
        for codes, weight in texts:
            a, b, c = symbols(codes, table)
            unique, n = np.unique((a << 16) | (b << 8) | c, return_counts=True)
            keys.append(unique)
            weights.append(n * weight)
            pair += weight * np.bincount(b * size + c, minlength=size * size)
        all_keys = np.concatenate(keys)
        unique, where = np.unique(all_keys, return_inverse=True)
        tri = np.bincount(where, weights=np.concatenate(weights))
        return cls(unique, tri, pair.reshape(size, size), size)


class Model:
    """Witten-Bell interpolated trigram model of one language.

    `letters` are symbols of its alphabet: those that the text hardly has are no less likely than
    RARE_LETTER anywhere.
    """

    def __init__(self, counts: Counts, letters: Sequence[int] = ()) -> None:
        self.counts = counts
        size = counts.size
        letter = counts.pair.sum(axis=0)
        self.uni = (letter + 0.3) / (letter.sum() + 0.3 * size)
        self.least = np.zeros(size)
        for symbol in letters:
            if self.uni[symbol] < LITTLE_SEEN:
                self.least[symbol] = RARE_LETTER
        self.uni = np.maximum(self.uni, self.least)
        after = counts.pair.sum(axis=1)
        kinds = np.maximum(1, (counts.pair > 0).sum(axis=1))
        self.bi = (counts.pair + kinds[:, None] * self.uni[None, :]) / (after + kinds)[:, None]
        self.bi = np.maximum(self.bi, self.least[None, :])
        context = counts.tri_keys >> 8
        self.contexts, where = np.unique(context, return_inverse=True)
        self.context_count = np.bincount(where, weights=counts.tri)
        self.context_kinds = np.bincount(where).astype(np.float64)

    def tri(self, keys: np.ndarray) -> np.ndarray:
        """P(c | a, b) for an array of trigram keys."""
        b, c = (keys >> 8) & 255, keys & 255
        lower = self.bi[b, c]
        n = self._find(self.counts.tri_keys, self.counts.tri, keys)
        context = keys >> 8
        total = self._find(self.contexts, self.context_count, context)
        kinds = np.maximum(1.0, self._find(self.contexts, self.context_kinds, context))
        return np.maximum((n + kinds * lower) / (total + kinds), self.least[c])

    @staticmethod
    def _find(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[where] == wanted, values[where], 0.0)


def telling_trigrams(model: Model, most: int, at_least: float) -> np.ndarray:
    """Keys of the trigrams with a letter that save most over backing off to the pair."""
    counts = model.counts
    lettered = np.zeros(len(counts.tri_keys), dtype=bool)
    for part in (counts.tri_keys >> 16, counts.tri_keys >> 8 & 255, counts.tri_keys & 255):
        lettered |= part >= alphabet.FOREIGN
    where = lettered & (counts.tri >= at_least)
    keys, n = counts.tri_keys[where], counts.tri[where]
    pair = costs(model.bi[(keys >> 8) & 255, keys & 255]).astype(np.int64) + BACK_OFF
    saved = n * (pair - costs(model.tri(keys)))
    order = np.argsort(-saved, kind="stable")[:most]
    return keys[order][saved[order] > 0]


def frequent_pairs(counts: Counts, at_least: float) -> np.ndarray:
    """Keys of all pairs that occur often enough to be worth a row."""
    b, c = np.nonzero(counts.pair >= at_least)
    return (NGRAM_NONE << 16) | (b << 8) | c
