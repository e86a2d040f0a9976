"""Train the language models and write native/tables/rcd_models_data.h.

One model per language over folded letters; each encoding only maps bytes to letters. So models grow
with languages, not with (language, encoding) pairs. Everything is computed from counts; the same
input gives the same bytes on every machine. Takes about two minutes.

Usage: python native/gen/check.py --write models
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np

import alphabet
import cjk
import corpus
import emit_c
import gen_languages
import numbered
import perfect_hash
import places
import priors
import typed
from alphabet import BOUNDARY, DIGIT, FIRST_LETTER, FOREIGN, GROUP_ID, GROUPS
from committed import MODELS
from generated import Target, resolve, shared_root
from ngrams import NGRAM_NONE, Counts, Model, costs, frequent_pairs, telling_trigrams
from priors import load_priors
from script_rows import RowIndex
from training_text import Texts, ascii_words, codes, column_texts, every

ALPHABETS = gen_languages.SOURCE
PAIR_WEIGHTS = "corpora/encodings.tsv"
TRIGRAMS_EACH = {"Latn": 2950, "Cyrl": 4000}
TRIGRAMS_OTHERS = 6000
# A symbol of its own costs table space: letters rarer than this in every language share RARE.
LETTER_SHARE = 4e-6
MOST_LETTERS = 248
ASCII_LETTERS = range(FIRST_LETTER, FIRST_LETTER + 26)

SCRIPT_OF = {
    "Latn": "af ast az-Latn br bs ca cs cy da de en eo es et eu fi fo fr fy ga gd gl hr hsb hu id "
    "is it la lb lt lv ms mt nb nl nn oc pl pt ro se sk sl sq sr-Latn sv sw tl tr uz-Latn vi",
    "Cyrl": "ba be bg kk ky mk mn ru sr-Cyrl tg tt uk uz-Cyrl",
    "Grek": "el",
    "Arab": "ar fa ur",
    "Hebr": "he yi",
    "Thai": "th",
    "Laoo": "lo",
    "Geor": "ka",
    "Armn": "hy",
    "Deva": "hi mr",
    "Beng": "bn",
    "Guru": "pa",
    "Gujr": "gu",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Hani": " ".join(cjk.LANGUAGES),
}
LANGUAGES = sorted(tag for tags in SCRIPT_OF.values() for tag in tags.split())
LANGUAGE_ID = {tag: number for number, tag in enumerate(LANGUAGES, 1)}


def script_of(language: str) -> str:
    """The script that a language is written in."""
    return next(name for name, tags in SCRIPT_OF.items() if language in tags.split())


def array(kind: str, name: str, values: np.ndarray) -> str:
    """A C array of all elements, row by row."""
    return emit_c.array(kind, name, values.reshape(-1).tolist())


class Trainer:
    """Reads every language once and keeps what the tables need."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self.texts: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.boundary: Counter[int] = Counter()
        self.variants: Counter[int] = Counter()
        self.letter_share: dict[int, Counter[int]] = {g: Counter() for g in range(len(GROUPS))}
        self.case = np.zeros((3, 3, 3))
        self.places = places.Places()
        self.language_cost = load_priors(shared)[1]

    def read(self) -> None:
        """First pass: which characters there are, and how often."""
        category = np.zeros(0x10001, dtype=np.uint8)  # 1 letter, 2 digit, 0 other
        case = np.zeros(0x10001, dtype=np.int64)
        for cp in range(0x10000):
            if 0xD800 <= cp <= 0xDFFF:
                continue
            if alphabet.is_letter(cp):
                category[cp] = 1
                case[cp] = alphabet.case_of(cp, alphabet.block_of(cp))
            elif alphabet.is_digit(cp):
                category[cp] = 2
        for language in LANGUAGES:
            text = corpus.read_language(self.shared, language)
            self.texts[language] = text
            self.words[language] = corpus.read_words(self.shared, language)
            code = np.minimum(codes(text), 0x10000)
            n = np.bincount(code, minlength=0x10001)
            others = n * (category == 0)
            scale = 100_000 * (1 + self.weight(language)) / max(1, others.sum())
            for cp in np.nonzero(others)[0].tolist():
                self.boundary[cp] += int(others[cp] * scale)
            if language not in cjk.LANGUAGES:
                self.places.add(code, category, scale)
            letters = n * (category == 1)
            total = max(1, int(letters.sum()))
            for cp in np.nonzero(letters)[0].tolist():
                self.variants[cp] += int(letters[cp])
                group = alphabet.block_of(cp)
                low = alphabet.folded(cp)
                share = letters[cp] / total
                known = self.letter_share[group]
                known[low] = max(known[low], share)  # type: ignore[type-var]
            for sample in (code, codes(every(text, 10).upper())):
                c = case[np.minimum(sample, 0x10000)]
                self.case += np.bincount(c[:-2] * 9 + c[1:-1] * 3 + c[2:], minlength=27).reshape(
                    3, 3, 3
                )
        # tone marks of decomposed Vietnamese
        for cp in (0x300, 0x301, 0x303, 0x309, 0x323):
            self.letter_share[GROUP_ID["Latn"]][cp] = 1  # type: ignore[assignment]

    def weight(self, language: str) -> float:
        """How much a language's punctuation counts: all alike, and as often as it was written."""
        cost = self.language_cost.get(language, priors.MOST)
        return float(len(LANGUAGES)) * 2.0 ** (-cost / alphabet.UNIT / priors.TEMPER)

    def letters(self) -> dict[int, list[int]]:
        """Folded letters with a symbol of their own, per group."""
        out = {}
        for group, shares in self.letter_share.items():
            if group in (alphabet.COMMON, GROUP_ID["Hani"]):
                continue
            known = [cp for cp, share in shares.items() if share >= LETTER_SHARE]
            known.sort(key=lambda cp: (-shares[cp], cp))
            out[group] = sorted(known[:MOST_LETTERS])
        return out

    def case_costs(self) -> np.ndarray:
        """Cost of a cased letter's case after the two before; letters without case cost nothing."""
        counts = self.case.copy()
        counts[:, :, 0] = 0
        share = (counts + 1.0) / (counts.sum(axis=2, keepdims=True) + 2.0)
        out = costs(share.reshape(-1)).reshape(3, 3, 3)
        out[:, :, 0] = 0
        return out


def symbol_table(cells: dict[int, alphabet.Cell], group: int) -> np.ndarray:
    """Code point -> symbol as the models of one script see it."""
    out = np.zeros(0x10001, dtype=np.int64)
    out[0x10000] = FOREIGN
    for cp, cell in cells.items():
        if cell.group in (group, alphabet.COMMON):
            out[cp] = cell.symbol
        else:
            out[cp] = FOREIGN
    return out


def alphabet_symbols(language: str, cells: dict[int, alphabet.Cell], group: int) -> list[int]:
    """The letters beyond ASCII that a language is written with, as symbols of their own."""
    letters = gen_languages.load().get(language, {}).get("letters", "")
    known = (cells.get(alphabet.folded(ord(letter))) for letter in letters)
    found = {cell.symbol for cell in known if cell is not None and cell.group == group}
    return sorted(symbol for symbol in found if symbol >= FIRST_LETTER)


def script_tables(trainer: Trainer, name: str, cells: dict[int, alphabet.Cell], size: int) -> str:
    """C arrays of one script: rows, how they are found, languages of the columns."""
    group = GROUP_ID[name]
    table = symbol_table(cells, group)
    columns: dict[str, Texts] = {}
    for language in SCRIPT_OF[name].split():
        text = trainer.texts[language]
        columns.update(column_texts(language, text, trainer.words[language]))
        columns[language] += [(codes(t), w) for t, w in typed.forms(language, text, trainer.shared)]
    if name == "Latn":
        words = [
            ascii_words(trainer.texts[tag])
            for tag in ("ru", "uk", "el", "he", "ar", "fa", "th", "ja", "ko", "zh-Hans", "hi", "bg")
        ]
        english = every(trainer.texts["en"], 3)
        columns["~foreign"] = [(codes("\n".join(words)), 1.0), (codes(english), 1.0)]
    counts = {tag: Counts.of(texts, table, size) for tag, texts in columns.items()}
    most = TRIGRAMS_EACH.get(name, TRIGRAMS_OTHERS)
    trained = {
        tag: Model(each, alphabet_symbols(tag.split("~")[0], cells, group))
        for tag, each in counts.items()
    }
    chosen = [telling_trigrams(model, most, 3.0) for model in trained.values()]
    chosen += [frequent_pairs(c, 4.0) for c in counts.values()]
    keys = np.unique(np.concatenate(chosen))
    stride = len(columns) if len(columns) < 5 else -(-len(columns) // 8) * 8
    rows = np.full((len(keys), stride), alphabet.TOP_COST, dtype=np.uint8)
    letter_rows = np.full((size, stride), alphabet.TOP_COST, dtype=np.uint8)
    mixed = np.zeros(size)
    is_pair = (keys >> 16) == NGRAM_NONE
    for column, tag in enumerate(columns):
        model = trained[tag]
        rows[~is_pair, column] = costs(model.tri(keys[~is_pair]))
        pairs = keys[is_pair]
        rows[is_pair, column] = costs(model.bi[(pairs >> 8) & 255, pairs & 255])
        letter_rows[:, column] = costs(model.uni)
        # The rarest language keeps a hundredth, so that its letters are not held to be noise.
        mixed += model.uni * (trainer.weight(tag.split("~")[0]) + 1.0)
    rows = np.concatenate([letter_rows, rows[is_pair], rows[~is_pair]])
    index = RowIndex(size, keys)
    language_of = [LANGUAGE_ID.get(tag.split("~")[0], 0) for tag in columns]
    low = name.lower()
    print(
        f"{name}: {len(columns)} columns, {size} symbols, {len(keys)} rows, "
        f"{rows.nbytes >> 10} KiB",
        file=sys.stderr,
    )
    return "".join(
        [
            f"\n/* {name}: {' '.join(columns)} */\n",
            array("uint16_t", f"{low}_languages", np.array(language_of)),
            array("uint64_t", f"{low}_pairs", index.pair_words()),
            array("uint64_t", f"{low}_contexts", index.context_words()),
            array("uint64_t", f"{low}_after", index.after_words()),
            array("uint8_t", f"{low}_rows", rows),
            array("uint8_t", f"{low}_mixed", costs(mixed / mixed.sum())),
            f"static const rcd_script {low}_script = {{{size}, {len(columns)}, {stride}, "
            f"{-(-size // numbered.FLAGS)}, {index.pairs}, {low}_languages, {low}_pairs, "
            f"{low}_contexts, {low}_after, {low}_rows, {low}_mixed}};\n",
            ascii_rows(index, cells) if name == "Latn" else "",
        ]
    )


def ascii_rows(index: RowIndex, cells: dict[int, alphabet.Cell]) -> str:
    """The rows of all that ASCII is to the Latin models, by three symbols: without counting."""
    if {cells[cp].symbol for cp in range(0x80)} != {BOUNDARY, DIGIT, *ASCII_LETTERS}:
        raise ValueError("the letters of ASCII are not the first that have symbols")
    each = np.arange(ASCII_LETTERS.stop)
    a, b, c = (axis.reshape(-1) for axis in np.meshgrid(each, each, each, indexing="ij"))
    rows, _, _ = index.find(a, b, c)
    table = array("uint16_t", "rcd_ascii_rows", rows).removeprefix("static ")
    return f"#define ASCII_SYMBOLS {len(each)}\n" + table


def cell_tables(cells: dict[int, alphabet.Cell]) -> str:
    """Two-stage table of the Basic Multilingual Plane: 64 code points a page."""
    packed = np.zeros(0x10000, dtype=np.uint32)
    for cp in range(0x10000):
        cell = cells.get(cp) or alphabet.Cell(alphabet.COMMON, alphabet.BOUNDARY, 0, 255)
        packed[cp] = cell.cost | (cell.symbol << 8) | (cell.group << 16) | (cell.case << 24)
        packed[cp] |= alphabet.place_of(cp) << 26
    pages, index = np.unique(packed.reshape(1024, 64), axis=0, return_inverse=True)
    page = array("uint16_t", "rcd_cell_page", index.reshape(-1))
    return page.removeprefix("static ") + array("uint32_t", "rcd_cell_cells", pages).removeprefix(
        "static "
    )


def cjk_tables(trainer: Trainer) -> str:
    """Character costs by pages of 256, and the hash of pairs."""
    lookup = cjk.table()
    models = cjk.models({tag: codes(trainer.texts[tag]) for tag in cjk.LANGUAGES}, lookup)
    uni = np.stack([m.unigram_costs()[:0x10000] for m in models.values()], axis=1)
    seen = np.stack([m.uni[:0x10000] > 0 for m in models.values()], axis=1).any(axis=1)
    used = seen.reshape(256, 256).any(axis=1)
    page = np.zeros(256, dtype=np.uint8)
    page[used] = np.arange(1, used.sum() + 1)
    empty = np.stack(
        [np.full(256, int(m.unigram_costs()[0xFFFF])) for m in models.values()], axis=1
    )
    blocks = np.concatenate([empty[None], uni.reshape(256, 256, -1)[used]]).astype(np.uint8)
    keys = np.unique(np.concatenate([m.telling(cjk.PAIRS_EACH) for m in models.values()]))
    displace, slot_of = perfect_hash.build(keys)
    slots = int(len(keys) / perfect_hash.LOAD) + 1
    checks = perfect_hash.checks(keys, slot_of, slots)
    rows = np.zeros((slots, len(models)), dtype=np.uint8)
    for column, model in enumerate(models.values()):
        rows[slot_of, column] = model.pair_costs(keys)
    print(
        f"Hani: {len(keys)} pairs, {blocks.nbytes >> 10} + {rows.nbytes >> 10} KiB", file=sys.stderr
    )
    return "".join(
        [
            array("uint16_t", "hani_languages", np.array([LANGUAGE_ID[tag] for tag in models])),
            array("uint8_t", "hani_page", page),
            array("uint8_t", "hani_letters", blocks),
            array("uint16_t", "hani_displace", displace),
            array("uint16_t", "hani_checks", checks),
            array("uint8_t", "hani_rows", rows),
            f"#define HANI_COLUMNS {len(models)}\n#define HANI_BUCKETS {len(displace)}\n"
            f"#define HANI_SLOTS {slots}\n",
        ]
    )


def language_costs(shared: Path) -> str:
    """How seldom each language is written, in tenths of a bit."""
    cost = load_priors(shared)[1]
    return array(
        "uint8_t", "language_cost", np.array([0] + [cost.get(tag, 150) for tag in LANGUAGES])
    )


def source() -> str:
    """native/tables/rcd_models_data.h"""
    shared = shared_root()
    trainer = Trainer(shared)
    trainer.read()
    letters = trainer.letters()
    cells = alphabet.build_cells(letters, trainer.boundary, trainer.variants)
    parts = [
        emit_c.header(
            "gen_models.py",
            "Language models, the cells of code points, and priors.",
            [(f"corpora/train and words (all files), {PAIR_WEIGHTS}, {ALPHABETS}", digest(shared))],
        ),
        array("uint8_t", "rcd_case_costs", trainer.case_costs()).removeprefix("static "),
    ]
    parts.append(array("int8_t", "place_costs", trainer.places.costs()))
    parts.append(cell_tables(cells))
    for name in SCRIPT_OF:
        if name == "Hani":
            parts.append(cjk_tables(trainer))
        else:
            size = alphabet.FIRST_LETTER + len(letters[GROUP_ID[name]])
            parts.append(script_tables(trainer, name, cells, size))
    scripts = ["NULL"] + [
        "NULL" if name == "Hani" else f"&{name.lower()}_script" for name in GROUPS[1:]
    ]
    parts.append(
        f"static const rcd_script *const scripts[{len(scripts)}] = {{\n{', '.join(scripts)}\n}};\n"
    )
    tags = ", ".join(f'"{tag}"' for tag in ["", *LANGUAGES])
    parts.append(f"static const char *const language_tags[{len(LANGUAGES) + 1}] = {{{tags}}};\n")
    parts.append(f"#define LANGUAGE_COUNT {len(LANGUAGES)}\n")
    parts.append(language_costs(shared))
    return "".join(parts)


def digest(shared: Path) -> str:
    """One sha256 over everything that the tables are computed from."""
    train = sorted((shared / "corpora" / "train").rglob("*.txt*"))
    words = sorted((shared / "corpora" / "words").glob("*.tsv.xz"))
    return corpus.fingerprint([resolve(ALPHABETS), shared / PAIR_WEIGHTS, *train, *words])


TARGETS = [
    Target(
        MODELS,
        source,
        ("shared:corpora/train", "shared:corpora/words", f"shared:{PAIR_WEIGHTS}", ALPHABETS),
    )
]
