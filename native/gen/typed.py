"""What was typed where a charset lacks a letter: Tatar `ә` as `э`, Romanian without its hooks.

Files in such charsets are read by the same models as all others, so these spellings are trained,
too. How each letter was typed is in benchmarks/legacy.py.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from pathlib import Path

from generated import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import charsets
import legacy

TYPED_SHARE = 0.5
"""Weight beside the text as it is, of a form that all charsets of the language need. Others weigh
by the root of their share: the letters that stand in for others are rare enough as it is."""
LEAST = 0.02
"""Forms that would weigh less are left out."""
WORTH = 0.0005
"""Share of a text's letters that must change for the form to be trained."""
# Tones in windows-1258 and the order of the screen are forms of their own (training_text.py).
LEFT_OUT = frozenset(("vi", "he", "yi", "ar"))


def forms(language: str, text: str, shared: Path) -> list[tuple[str, float]]:
    """The text as typed in the charsets of its language that lack letters, with weights."""
    if language in LEFT_OUT:
        return []
    letters = Counter(char for char in text if char > "\x7f" and char.isalpha())
    least = WORTH * sum(map(str.isalpha, text))
    shares: dict[tuple[tuple[str, str], ...], float] = {}
    total = 0.0
    lines = (shared / "corpora" / "encodings.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        spoken, label, codec, kind, _share, weight = line.split("\t")
        if spoken != language:
            continue
        total += float(weight)
        charset = charsets.for_label(label, codec, shared)
        if charset is None or kind in ("7bit", "unicode"):
            continue
        changed = []
        for char in sorted(letters):
            typed = legacy.as_written(char, language, charset.name, charset.encode)
            if typed and typed != char and typed.casefold() != char.casefold():
                changed.append((char, typed))
        if sum(letters[char] for char, _ in changed) >= least:
            key = tuple(changed)
            shares[key] = shares.get(key, 0.0) + float(weight)
    weights = {key: TYPED_SHARE * math.sqrt(share / total) for key, share in shares.items()}
    return [
        (text.translate(str.maketrans(dict(key))), weight)
        for key, weight in weights.items()
        if weight >= LEAST
    ]
