"""How well a language is told in text of a source that its model has not seen.

    python native/gen/held_out.py                           the languages below, three sources each
    python native/gen/held_out.py --languages sv,ru --pieces 200

The dev texts are other documents than the training texts, but of the same sources. So a language's
model is trained again without one source, and pieces of that source's dev text are told among all
languages of the script, once with the model as it is and once without the source. Nothing is
written.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

import corpus
from alphabet import COMMON, FOREIGN, GROUP_ID
from committed import Models
from gen_models import LANGUAGES, script_of
from generated import shared_root
from model_rows import ModelRows
from ngrams import Counts, Model, symbols
from priors import load_priors
from training_text import codes, column_texts

DEFAULT = "cs,da,de,fi,hr,id,nl,pl,pt,ru,sv,tr,uk"
SOURCES_EACH = 3
LENGTHS = (200, 30)
LEAST_LINES = 50


class Script:
    """All that a text in one script is told by."""

    def __init__(self, name: str, models: Models, shared: Path) -> None:
        self.rows = ModelRows(models, name)
        group = GROUP_ID[name]
        self.table = np.full(0x10001, FOREIGN, dtype=np.int64)
        for cp in range(0x10000):
            if models.script(cp) in (group, COMMON):
                self.table[cp] = models.symbol(cp)
        self.size = self.rows.size
        ids = self.rows.languages.tolist()
        self.tags = [LANGUAGES[number - 1] if number else "" for number in ids]
        known = load_priors(shared)[1]
        self.prior = np.array([known.get(tag, 255) for tag in self.tags])

    def told(self, piece: str, tag: str = "", model: Model | None = None) -> str:
        """The language of a piece; with `model` in place of the columns of `tag`."""
        a, b, c = symbols(codes("\n\n" + piece), self.table)
        total = self.rows.costs(a, b, c).sum(axis=0)[: len(self.tags)] + self.prior
        if model is not None:
            column = self.tags.index(tag)
            total[[at for at, other in enumerate(self.tags) if other == tag]] = 1 << 30
            total[column] = self.rows.costs_in(model, a, b, c).sum() + self.prior[column]
        return self.tags[int(np.argmin(total))]


def pieces(lines: list[str], length: int, count: int, rng: random.Random) -> list[str]:
    """Passages of `length` characters that begin with a line."""
    out = []
    for _ in range(count):
        at = rng.randrange(len(lines))
        text = ""
        while len(text) < length and at < len(lines):
            text += lines[at] + "\n"
            at += 1
        out.append(text[:length])
    return out


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--languages", default=DEFAULT)
    parser.add_argument("--pieces", type=int, default=100)
    options = parser.parse_args(arguments)
    shared = shared_root()
    models = Models()
    scripts: dict[str, Script] = {}
    sums: dict[int, list[tuple[float, float]]] = {length: [] for length in LENGTHS}
    print("language  source                      of training   " + "   ".join(
        f"{length} characters: seen, unseen" for length in LENGTHS
    ))  # fmt: skip
    for language in options.languages.split(","):
        name = script_of(language)
        if name not in scripts:
            scripts[name] = Script(name, models, shared)
        script = scripts[name]
        train = sorted((shared / "corpora" / "train" / language).iterdir())
        sizes = {corpus.source_of(path): len(corpus.read_file(path)) for path in train}
        done = 0
        for source in sorted(sizes, key=lambda one: (-sizes[one], one)):
            dev = shared / "corpora" / "dev" / language / f"{source}.txt"
            lines = dev.read_text("utf-8").split("\n") if dev.exists() else []
            if len(lines) < LEAST_LINES or len(sizes) < 2 or done == SOURCES_EACH:
                continue
            done += 1
            rest = "\n".join(corpus.read_registers(shared, language, without=(source,)).values())
            texts = column_texts(language, rest, corpus.read_words(shared, language))[language]
            model = Model(Counts.of(texts, script.table, script.size))
            cells = []
            for length in LENGTHS:
                rng = random.Random(f"{language}/{source}/{length}")
                some = pieces(lines, length, options.pieces, rng)
                seen = sum(script.told(one) == language for one in some)
                unseen = sum(script.told(one, language, model) == language for one in some)
                rates = 100 * seen / len(some), 100 * unseen / len(some)
                sums[length].append(rates)
                cells.append(f"{rates[0]:17.1f} {rates[1]:7.1f}")
            share = 100 * sizes[source] / sum(sizes.values())
            print(f"{language:9} {source:27} {share:9.1f} %   {'   '.join(cells)}", flush=True)
    for length, rates in sums.items():
        seen, unseen = np.mean(np.array(rates), axis=0)
        print(f"{length} characters: {seen:.1f} % with the source, {unseen:.1f} % without it")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
