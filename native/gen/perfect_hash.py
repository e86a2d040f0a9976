"""A perfect hash for 32-bit keys: hash and displace (Belazzougui, Botelho, Dietzfelbinger, 2009).

The look-up costs two loads and no loop: `displace[bucket(key)]`, then `checks[slot]`, 16 bits of
the mixed key: of the keys that are not in the table, one in 65536 is taken for one that is. The
same mixing stands in rcd_models.c, for pairs of CJK characters.
"""

from __future__ import annotations

import numpy as np

EMPTY = 0xFFFF
LOAD = 0.96
PER_BUCKET = 4


def _mix(keys: np.ndarray) -> np.ndarray:
    x = (keys.astype(np.uint64) * 0x9E3779B1) & 0xFFFFFFFF
    x ^= x >> np.uint64(15)
    x = (x * np.uint64(0x85EBCA6B)) & np.uint64(0xFFFFFFFF)
    return x ^ (x >> np.uint64(13))


def _slots(mixed: np.ndarray, displace: np.ndarray, size: int) -> np.ndarray:
    x = mixed ^ ((displace.astype(np.uint64) * 0xC2B2AE35) & 0xFFFFFFFF)
    x = (x * np.uint64(0x27D4EB2F)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16)
    x = (x * np.uint64(0x9E3779B1)) & np.uint64(0xFFFFFFFF)
    return ((x * np.uint64(size)) >> np.uint64(32)).astype(np.int64)


def checks(keys: np.ndarray, slot_of: np.ndarray, slots: int) -> np.ndarray:
    """What each slot holds to tell its key by: 16 bits of the mixed key."""
    out = np.full(slots, EMPTY, dtype=np.uint16)
    out[slot_of] = (_mix(keys) & np.uint64(0xFFFF)).astype(np.uint16)
    return out


def build(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(displace, slot_of): uint16 displacement per bucket, and the slot of each key."""
    count = len(keys)
    size = int(count / LOAD) + 1
    buckets = count // PER_BUCKET + 1
    mixed = _mix(keys)
    bucket = ((mixed * np.uint64(buckets)) >> np.uint64(32)).astype(np.int64)
    order = np.argsort(bucket, kind="stable")
    starts = np.searchsorted(bucket[order], np.arange(buckets + 1))
    sizes = np.diff(starts)
    taken = np.zeros(size, dtype=bool)
    displace = np.zeros(buckets, dtype=np.uint16)
    slot_of = np.zeros(count, dtype=np.int64)
    tries = np.arange(65536, dtype=np.uint64)
    for b in np.argsort(-sizes, kind="stable"):
        members = order[starts[b] : starts[b + 1]]
        if len(members) == 0:
            break
        for begin in range(0, 65536, 512):
            chunk = tries[begin : begin + 512]
            slots = _slots(mixed[members][None, :], chunk[:, None], size)
            free = ~taken[slots].any(axis=1)
            if len(members) > 1:
                ordered = np.sort(slots, axis=1)
                free &= (ordered[:, 1:] != ordered[:, :-1]).all(axis=1)
            hits = np.nonzero(free)[0]
            if len(hits):
                displace[b] = chunk[hits[0]]
                slot_of[members] = slots[hits[0]]
                taken[slots[hits[0]]] = True
                break
        else:
            raise ValueError("no displacement found; lower LOAD")
    return displace, slot_of
