"""An adaptive binary range coder: the writing half; rcd_table_coder.c reads.

Each bit is coded in a context that learns how often it is 1. A context starts from what all tables
together taught (see `Contexts.priors`), so that small tables pay little for learning.
"""

from __future__ import annotations

RATES = (1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5)
"""Shift of the n-th step of learning in a context; the last one stays."""
FRESH = 3
"""Steps a context that starts from its prior counts as having made."""
ONE = 1 << 16


class Contexts:
    """The probabilities of 1, in 65536ths, by context number."""

    def __init__(self, size: int, priors: bytes | None = None) -> None:
        self.size = size
        self.priors = priors or bytes([128] * size)
        self.seen = [0] * size
        self.ones = [0] * size
        self.reset()

    def reset(self) -> None:
        """Back to the start: before each table."""
        self.probability = [(prior or 1) << 8 for prior in self.priors]
        self.steps = [FRESH] * self.size

    def taught(self) -> bytes:
        """The priors that fit what was coded so far, one byte for each context."""
        return bytes(
            max(1, min(255, (256 * (2 * ones + 1)) // (2 * (seen + 1))))
            for seen, ones in zip(self.seen, self.ones, strict=True)
        )


class Encoder:
    """Carry-free coding in 32 bits: the interval is [low, high], both ends included."""

    def __init__(self, contexts: Contexts) -> None:
        self.contexts = contexts
        self.low = 0
        self.high = 0xFFFFFFFF
        self.out = bytearray()

    def bit(self, context: int, value: int) -> None:
        """Codes one bit and lets the context learn it."""
        contexts = self.contexts
        chance = contexts.probability[context]
        middle = self.low + ((self.high - self.low) >> 16) * chance
        contexts.seen[context] += 1
        step = contexts.steps[context]
        if value:
            self.high = middle
            contexts.ones[context] += 1
            chance += (ONE - 32 - chance) >> RATES[step]
        else:
            self.low = middle + 1
            chance -= (chance - 32) >> RATES[step]
        contexts.probability[context] = chance
        if step < len(RATES) - 1:
            contexts.steps[context] = step + 1
        while not (self.low ^ self.high) >> 24:
            self.out.append(self.high >> 24)
            self.low = (self.low << 8) & 0xFFFFFFFF
            self.high = ((self.high << 8) & 0xFFFFFFFF) | 0xFF

    def number(self, context: int, value: int) -> None:
        """Codes a number >= 0 of up to 32 bits: its length in a tree, then the bits below the top.

        Takes 32 contexts for the length and, for the two bits below the top, 4 for each length.
        """
        value += 1
        length = value.bit_length() - 1
        node = 1
        for shift in (4, 3, 2, 1, 0):
            one = length >> shift & 1
            self.bit(context + node, one)
            node = node << 1 | one
        node = 1
        for shift in range(length - 1, -1, -1):
            one = value >> shift & 1
            if node < 4:
                self.bit(context + 32 + 4 * length + node, one)
                node = node << 1 | one
            else:
                self.bit(0, one)

    def finish(self) -> bytes:
        """The bytes. The reader may read up to four beyond them, of any value."""
        self.out.append((self.low >> 24) + 1 if self.low >> 24 < 0xFF else 0xFF)
        if self.out[-1] == 0xFF:
            self.out += b"\xff\xff\xff"
        return bytes(self.out)


NUMBER = 32 + 4 * 32
"""Contexts that `Encoder.number` takes."""
