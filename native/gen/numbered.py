"""Sets whose members are numbered: 48 flags a word, and above them how many are set before it.

One word says whether something is in the set and which of its members it is; rcd_models.h reads it.
"""

from __future__ import annotations

import numpy as np

FLAGS = 48


def words(flags: np.ndarray) -> np.ndarray:
    """[sets][members] of booleans as uint64 words: each set begins with a word of its own, the
    numbers go through all of them."""
    sets, members = flags.shape
    padded = np.zeros((sets, -(-members // FLAGS) * FLAGS), dtype=np.uint64)
    padded[:, :members] = flags
    low = (padded.reshape(-1, FLAGS) << np.arange(FLAGS, dtype=np.uint64)).sum(
        axis=1, dtype=np.uint64
    )
    counts = padded.reshape(-1, FLAGS).sum(axis=1)
    before = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.uint64)
    if before.max(initial=0) >= 1 << (63 - FLAGS):  # C reads decimal numbers as signed ones
        raise ValueError("too many members to be numbered in a word")
    return low | before << np.uint64(FLAGS)


def flags(of: np.ndarray) -> np.ndarray:
    """[words][FLAGS] of booleans: what words() was given, with the end of each set filled up."""
    bits = np.arange(FLAGS, dtype=np.uint64)
    return (of.astype(np.uint64)[:, None] >> bits & np.uint64(1)).astype(bool)
