"""Characters and pairs of Chinese, Japanese and Korean, quantised like the letter trigrams."""

from __future__ import annotations

import numpy as np

from alphabet import BOUNDARY, DIGIT, FOREIGN, GROUP_ID, block_of, is_digit, is_letter
from ngrams import BACK_OFF, costs

LANGUAGES = ("ja", "ko", "yue", "zh-Hans", "zh-Hant")
PAIRS_EACH = 14_000
KIN = 20_000.0  # characters of a relative's text that count beside a small corpus
HANI = GROUP_ID["Hani"]


def table() -> np.ndarray:
    """Code point -> its own number for CJK characters, else BOUNDARY, DIGIT or FOREIGN."""
    out = np.zeros(0x10001, dtype=np.int64)
    for cp in range(0x10000):
        if 0xD800 <= cp <= 0xDFFF:
            continue
        if is_digit(cp):
            out[cp] = DIGIT
        elif is_letter(cp):
            out[cp] = cp if block_of(cp) == HANI else FOREIGN
        else:
            out[cp] = BOUNDARY
    out[0x10000] = FOREIGN
    return out


def stream(codes: np.ndarray, lookup: np.ndarray) -> np.ndarray:
    """The text as numbers, runs of non-letters, digits and foreign letters taken as one."""
    s = lookup[np.minimum(codes, 0x10000)]
    keep = np.ones(len(s), dtype=bool)
    keep[1:] = ~((s[1:] == s[:-1]) & (s[1:] <= FOREIGN))
    return s[keep]


class CjkModel:
    """Interpolated pair model of one language over code points."""

    def __init__(self, codes: np.ndarray, lookup: np.ndarray, kin: CjkModel | None = None) -> None:
        s = stream(codes, lookup)
        self.uni = np.bincount(s, minlength=0x10001).astype(np.float64)
        self.total = float(len(s))
        keys, n = np.unique((s[:-1] << 16) | s[1:], return_counts=True)
        self.keys, self.n = keys, n.astype(np.float64)
        first, where = np.unique(keys >> 16, return_inverse=True)
        self.kinds = np.zeros(0x10001)
        self.kinds[first] = np.bincount(where)
        # 2e-7: an unseen character costs about 22 bits, what a random pair of bytes is worth
        self.p_uni = (self.uni + 0.05) / (self.total + 0.05 * 30_000)
        if kin is not None:
            self.p_uni = (self.uni + KIN * kin.p_uni) / (self.total + KIN)

    def unigram_costs(self) -> np.ndarray:
        """uint8 costs of all code points of the plane."""
        return costs(self.p_uni)

    def pair_costs(self, keys: np.ndarray) -> np.ndarray:
        """uint8 costs of the second character after the first."""
        where = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        n = np.where(self.keys[where] == keys, self.n[where], 0.0)
        a, c = keys >> 16, keys & 0xFFFF
        kinds = np.maximum(1.0, self.kinds[a])
        return costs((n + kinds * self.p_uni[c]) / (self.uni[a] + kinds))

    def telling(self, most: int) -> np.ndarray:
        """Keys of the pairs with a CJK character that save most over the characters alone."""
        lettered = ((self.keys >> 16) > FOREIGN) | ((self.keys & 0xFFFF) > FOREIGN)
        keys, n = self.keys[lettered], self.n[lettered]
        alone = self.unigram_costs()[keys & 0xFFFF].astype(np.int64) + BACK_OFF
        order = np.argsort(-(n * (alone - self.pair_costs(keys))), kind="stable")[:most]
        return keys[order]


def models(texts: dict[str, np.ndarray], lookup: np.ndarray) -> dict[str, CjkModel]:
    """The models of all languages. Cantonese has little text; what it has not is as in Chinese."""
    kin = CjkModel(texts["zh-Hant"], lookup)
    out = {}
    for tag in LANGUAGES:
        out[tag] = (
            kin if tag == "zh-Hant" else CjkModel(texts[tag], lookup, kin if tag == "yue" else None)
        )
    return out
