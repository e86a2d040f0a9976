"""Writes native/tables/rcd_relatives_data.h: what letters in a row say among near relatives.

Bosnian, Croatian and Serbian, or Danish and Norwegian, share their letter sequences and most of
their words. Models of each language by itself learn what is frequent in it, which is the same in
its relatives. So for each group a linear classifier is fitted to what differs: one weight for each
run of four or five letters, word ends among them, and each language. The runs share a table by
their hash; a weight is four bits.

Usage: python native/gen/check.py --write relatives
"""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np

import corpus
from alphabet import COMMON, FOREIGN, GROUP_ID
from committed import MODELS, Models
from emit_c import rows
from gen_models import LANGUAGE_ID, script_of
from gen_words import in_latin
from generated import Target, c_banner, shared_root
from training_text import codes

SCRIPT = "gen_relatives.py"
SOURCES = (MODELS, "shared:corpora/train", "shared:corpora/words")


class Group(NamedTuple):
    """Languages that are taken for each other, and the size of their table."""

    tags: str
    bits: int  # log2 of the number of weights of each language


GROUPS = (
    Group("bs hr sr-Latn", 14),
    Group("da nb nn", 13),
    Group("ast ca es gl oc pt", 13),
    Group("af fy nl", 12),
    Group("be bg mk ru sr-Cyrl uk", 12),
    Group("cs sk", 12),
    Group("fo is", 12),
    Group("id ms", 12),
)
RUNS = (4, 5)
FIRST_LETTER = 3  # RCD_SYM_RARE: symbols below it are between words
HASH = 0x9E3779B97F4A7C15
LEVELS = 7  # a weight is one of -7 to 7 of its unit
CLIPPED = 0.99  # the share of weights that are no larger
# Norwegian novels of before 1907 are in Danish spelling.
LEFT_OUT = {"nb": "lit-"}
LENGTHS = (30, 60, 100, 200)  # of the pieces that are learnt from, in characters
PIECES = 8000  # of each length and language
EPOCHS = 5
BATCH = 400
RATE = 0.15
DECAY = 1e-5
# Trigrams say what is frequent, and too much of it here: they count a fifth. Tried on dev and on
# sources that are not in train, where a tenth is as good at 100 characters and worse on names.
TRIGRAMS = 5
UNIT_PARTS = 8  # as in rcd_relatives.c


def symbol_table(models: Models, script: int) -> np.ndarray:
    """The symbol of each code point, 0 for what is no letter of the script."""
    table = np.zeros(0x10001, dtype=np.uint64)
    for cp in range(0x10000):
        symbol = models.symbol(cp) if models.script(cp) in (script, COMMON) else FOREIGN
        if symbol >= FIRST_LETTER:
            table[cp] = symbol
    return table


def runs(text: str, table: np.ndarray, bits: int) -> np.ndarray:
    """[places][RUNS] the weight that a run of letters has which ends there, or -1.

    A run may begin and end beside a word, but holds no such place inside.
    """
    symbol = table[np.minimum(codes(text), 0x10000)]
    symbol = np.concatenate((np.zeros(max(RUNS) - 1, np.uint64), symbol))
    places = len(symbol) - max(RUNS) + 1
    out = np.full((places, len(RUNS)), -1, dtype=np.int32)
    for column, length in enumerate(RUNS):
        key = np.full(places, length, dtype=np.uint64)
        inside = np.ones(places, dtype=bool)
        for at in range(length):
            start = max(RUNS) - length + at
            part = symbol[start : start + places]
            key = key << np.uint64(8) | part
            if 0 < at < length - 1:
                inside &= part != 0
        slot = (key * np.uint64(HASH)) >> np.uint64(64 - bits)
        out[:, column] = np.where(inside, slot.astype(np.int32), -1)
    return out


class Source:
    """The text of one source of one language, as runs."""

    def __init__(self, lines: list[str], most: int, table: np.ndarray, bits: int) -> None:
        self.runs = runs("\n".join(lines), table, bits)
        self.size = min(len(self.runs), most)  # what it counts as
        ends = np.cumsum([len(line) + 1 for line in lines])
        self.starts = np.concatenate(([0], ends[:-1])).tolist()

    def piece(self, length: int, rng: random.Random) -> np.ndarray:
        """Runs of so many characters, from a line's start or, half of them, from anywhere."""
        last = max(1, len(self.runs) - length)
        at = rng.choice(self.starts) if rng.random() < 0.5 else rng.randrange(last)
        some = self.runs[min(at, last - 1) :][:length].ravel()
        return some[some >= 0]


def files(language: str) -> list[Path]:
    """The training text of a language: of Serbian also sources that only its other script has."""
    out = sorted((shared_root() / "corpora" / "train" / language).iterdir())
    if language == "sr-Latn":
        out += corpus.of_one_script(shared_root(), "sr-Cyrl", language)
    return out


def sources(language: str, table: np.ndarray, bits: int, without: str = "") -> list[Source]:
    """All sources of a language but one."""
    out = []
    for path in files(language):
        if corpus.source_of(path) == without or path.name.startswith(LEFT_OUT.get(language, "*")):
            continue
        text = corpus.read_own(shared_root(), path.parent.name, path)
        if path.parent.name != language:
            text = in_latin(text)
        out.append(Source(text.split("\n"), corpus.REGISTER_CAP, table, bits))
    return out


def weights(group: Group, table: np.ndarray, without: str = "") -> np.ndarray:
    """[slots][languages] fitted to the training text less one source."""
    pieces: list[np.ndarray] = []
    answers: list[int] = []
    for number, tag in enumerate(group.tags.split()):
        rng = random.Random(f"relatives/{tag}")
        texts = sources(tag, table, group.bits, without)
        # The square root keeps one large novel from drowning all else.
        shares = [one.size**0.5 for one in texts]
        for length in LENGTHS:
            for source in rng.choices(texts, shares, k=PIECES):
                pieces.append(source.piece(length, rng))
                answers.append(number)
    return fit(pieces, np.array(answers), 1 << group.bits)


def fit(pieces: list[np.ndarray], answers: np.ndarray, slots: int) -> np.ndarray:
    """[slots][kinds] Multinomial logistic regression by AdaGrad, the same on every machine."""
    kinds = int(answers.max()) + 1
    weight = np.zeros((kinds, slots))  # each kind in one piece, which is faster
    speed = np.full((kinds, slots), 1e-2)
    rng = random.Random("relatives")
    order = [number for number, piece in enumerate(pieces) if len(piece)]
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            some = [pieces[number] for number in batch]
            slot = np.concatenate(some)
            sizes = np.array([len(piece) for piece in some])
            starts = np.cumsum(sizes) - sizes
            score = np.stack([np.add.reduceat(one[slot], starts) for one in weight], axis=1)
            score -= score.max(axis=1, keepdims=True)
            likely = np.exp(score)
            likely /= likely.sum(axis=1, keepdims=True)
            likely[np.arange(len(batch)), answers[batch]] -= 1
            steps = [np.bincount(slot, np.repeat(one, sizes), slots) for one in likely.T]
            step = np.stack(steps) / len(batch) + DECAY * weight
            speed += step * step * len(batch)
            weight -= RATE * step / np.sqrt(speed)
    return weight.T


def quantised(weight: np.ndarray) -> tuple[np.ndarray, int]:
    """[slots][languages - 1] costs beyond the first language in units, and the unit.

    The unit is in tenths of a bit, times TRIGRAMS and UNIT_PARTS.
    """
    beyond = weight[:, :1] - weight[:, 1:]
    unit = float(np.quantile(np.abs(beyond[beyond != 0]), CLIPPED)) / LEVELS
    levels = np.clip(np.rint(beyond / unit), -LEVELS, LEVELS).astype(np.int64)
    return levels, round(unit / math.log(2) * 10 * TRIGRAMS * UNIT_PARTS)


def packed(levels: np.ndarray) -> np.ndarray:
    """Two levels a byte, each plus eight, the first in the low half."""
    flat = (levels + 8).ravel()
    return flat[0::2] | flat[1::2] << 4


def source() -> str:
    """native/tables/rcd_relatives_data.h"""
    models = Models()
    parts = [c_banner(SCRIPT, SOURCES)]
    groups = []
    for number, group in enumerate(GROUPS):
        tags = group.tags.split()
        script = script_of(tags[0])
        levels, unit = quantised(weights(group, symbol_table(models, GROUP_ID[script])))
        items = packed(levels).tolist()
        parts.append(f"/* {group.tags} */\n")
        head = f"static const uint8_t levels_{number}[{len(items)}]"
        parts.append(f"{head} = {{\n{rows(items, 24)}\n}};\n")
        ids = ", ".join(str(LANGUAGE_ID[tag]) for tag in tags)
        groups.append(
            f"    {{{{{ids}}}, RCD_{script.upper()}, {len(tags)}, {group.bits}, {unit}, "
            f"levels_{number}}},\n"
        )
    parts.append(f"static const rcd_relatives groups[{len(groups)}] = {{\n{''.join(groups)}}};\n")
    return "".join(parts)


TARGETS = [Target("native/tables/rcd_relatives_data.h", source, SOURCES)]
