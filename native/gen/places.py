"""Where signs stand: a quote before a word, an ellipsis after one, a fraction beside a digit.

The models take all non-letters for one symbol. Which of them it is depends on its neighbours: with
a letter on both sides it is an apostrophe or a hyphen and hardly ever a dash or a currency sign.
What a sign costs more than others in its place is counted here.
"""

from __future__ import annotations

import math
import unicodedata

import numpy as np

import alphabet

KINDS = 9
"""Left neighbour times 3 + right neighbour; each is 0 = other, 1 = digit, 2 = letter."""
SMOOTHING = 0.01
"""Share of a sign's occurrences that is taken to be spread over all places."""
SEEN = 3.0
"""So many occurrences count beside what was seen, spread as those of all symbols are."""
LEAST, MOST = 0, 120
"""Tenths of a bit. That a sign is in its usual place is held for no evidence."""
JOINING = {0x2019: 0, 0x2013: 0, 0x2014: 0, 0x2026: 0, 0xA0: 0, 0xAD: 0, 0xB4: 30, 0x2018: 40}
"""What stands between letters, with the least that it costs there; U+2018 in Uzbek alone, and the
acute accent where it was typed for an apostrophe."""
LISTED = 22
"""Bullets that stand alone are cheap (alphabet.BULLETS): what they cost more in any other place."""
ELSEWHERE = 35
"""What an acute accent costs more where it is no apostrophe between letters."""
INSIDE_WORD, SYMBOL_INSIDE = 75, 120
"""Least costs of any other between two letters, punctuation and symbols: the middle dot of Catalan
stands there, but only between two l."""
BEFORE_WORD, BEHIND_WORD = 2, 6  # kinds: no digit nor letter on the other side
BEHIND_NUMBER = 3
MISREAD = {
    (0xA5, BEFORE_WORD): 90,
    (0xB3, BEFORE_WORD): 90,
    (0x20AC, BEFORE_WORD): 90,
    (0xBC, BEFORE_WORD): 110,
    (0xBD, BEFORE_WORD): 110,
    (0xBE, BEFORE_WORD): 110,
    (0xBC, BEHIND_WORD): 50,
    (0xBD, BEHIND_WORD): 50,
    (0xBE, BEHIND_WORD): 50,
    (0xB5, BEHIND_WORD): 60,
    (0x201A, BEHIND_WORD): 60,
    (0x201E, BEHIND_WORD): 60,
    (0xA0, BEHIND_WORD): 25,
    (0xAB, BEHIND_NUMBER): 60,
}
"""Least costs of signs that a word follows at once, of fractions that follow one, of a micro sign,
an opening quote or a no-break space behind a word, and of a quote behind a number, where others
have a half. The corpora hold hardly any other, or such as were misread; of the spaces those before
French punctuation."""
CONTROL = 60
"""C1 controls and private-use characters, in any place."""
FRAME = ((0, 0, 60), (0, 0, 60), (60, 60, 90))
"""Box drawing stands beside itself or a space; the corpora hardly have any."""
SYMBOLS = [alphabet.place_of(ord(sign)) for sign in "€£©®±÷½²§№"]


def inside_word(row: int) -> int:
    """Least cost of the signs of a row between two letters."""
    known = row - alphabet.FIRST_PLACE
    if 0 <= known < len(alphabet.PLACED):
        if alphabet.PLACED[known] in JOINING:
            return JOINING[alphabet.PLACED[known]]
        kind = unicodedata.category(chr(alphabet.PLACED[known]))
    else:
        kind = alphabet.PLACED_KINDS[known - len(alphabet.PLACED)] if known >= 0 else "So"
    return INSIDE_WORD if kind.startswith(("P", "Lm")) else SYMBOL_INSIDE


class Places:
    """Counts of signs by place, over all languages."""

    def __init__(self) -> None:
        self.row = np.array(
            [0 if 0xD800 <= cp <= 0xDFFF else alphabet.place_of(cp) for cp in range(0x10000)] + [0]
        )
        self.counts = np.zeros((alphabet.PLACES, KINDS))
        self.all = np.zeros(KINDS)

    def add(self, code: np.ndarray, category: np.ndarray, scale: float) -> None:
        """Adds a text: code points up to 0x10000; `category` as in Trainer.read()."""
        neighbour = np.array([0, 2, 1])[category[code]]
        at = np.nonzero(neighbour[1:-1] == 0)[0] + 1
        place = neighbour[at - 1] * 3 + neighbour[at + 1]
        self.all += scale * np.bincount(place, minlength=KINDS)
        sign = self.row[code[at]]
        self.counts += scale * np.bincount(
            sign * KINDS + place, minlength=alphabet.PLACES * KINDS
        ).reshape(-1, KINDS)

    def costs(self) -> np.ndarray:
        """int8 [PLACES][KINDS]: tenths of a bit that a sign costs more than others there."""
        usual = self.all / self.all.sum()
        symbols = self.counts[SYMBOLS].sum(axis=0) / self.counts[SYMBOLS].sum()
        known = self.counts + SEEN * symbols
        share = known / known.sum(axis=1, keepdims=True)
        share = (1 - SMOOTHING) * share + SMOOTHING / KINDS
        out = np.zeros(share.shape, dtype=np.int8)
        for (row, place), value in np.ndenumerate(share / usual):
            if row > 0:
                cost = round(-alphabet.UNIT * math.log2(value))
                out[row, place] = max(LEAST, min(MOST, cost))
        for row in range(1, alphabet.PLACES):
            out[row, KINDS - 1] = max(inside_word(row), out[row, KINDS - 1])
        for sign in alphabet.BULLETS:
            out[alphabet.place_of(sign), 1:] += LISTED
        out[alphabet.place_of(alphabet.ACUTE), :-1] += ELSEWHERE
        for (sign, place), least in MISREAD.items():
            row = alphabet.place_of(sign)
            out[row, place] = max(least, out[row, place])
        out[alphabet.BOX_PLACE] = np.array(FRAME).reshape(-1)
        out[alphabet.PLACES - 1] = CONTROL
        out[alphabet.PLACES - 1, KINDS - 1] = SYMBOL_INSIDE
        return out
