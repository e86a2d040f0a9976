"""Lists of letters: what regular expressions, source code, tables and tests have of an alphabet.

    python benchmarks/listed.py --misses 40

The letters of each language are those of its dev text that are not too rare there, in their order;
every charset with a byte for a letter that was usual for the language writes them, in the shapes
below. No list forms a word, and a short one is often the same bytes in several charsets: then the
confidence has to say so. Nothing is drawn at random.
"""

from __future__ import annotations

import argparse
import json
import string
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import charsets
import peers
import scoring
import texts
from set_names import Item

_RARE = 3e-4  # of all letters of the text: rarer ones are of names in other languages
_FIRST = 8  # letters of a short list
SURE = 0.9


def alphabet(pool: texts.Pool) -> str:
    """The small letters beyond ASCII that a language writes, in the order of its letters."""
    count = Counter(
        char
        for lines in pool.files
        for line in lines
        for char in line.lower()
        if char.isalpha() and len(char) == 1
    )
    least = _RARE * count.total()
    letters = [char for char, many in count.items() if char > "\x7f" and many >= least]
    if texts.script(pool.language) not in ("Latn", "Cyrl"):
        letters = [char for char in letters if ord(char) >= 0x370]
    return "".join(sorted(letters, key=lambda char: (unicodedata.normalize("NFD", char), char)))


def _upper(letters: str) -> str:
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in letters)


def _named(char: str) -> str:
    return unicodedata.name(char, "LETTER").rpartition("LETTER ")[2]


def _lines(form: str) -> Callable[[str], str]:
    """A line for each letter: {c} is it, {C} the capital, {n} its name, {x} its number."""

    def write(letters: str) -> str:
        return "".join(
            form.format(c=char, C=_upper(char), n=_named(char), x=f"{ord(char):04X}") + "\n"
            for char in letters
        )

    return write


SHAPES: dict[str, Callable[[str], str]] = {
    "run": lambda a: a + "\n",
    "first": lambda a: a[:_FIRST],
    "capitals": lambda a: _upper(a) + "\n",
    "spaced": lambda a: " ".join(a) + "\n",
    "commas": lambda a: "Letters: " + ", ".join(a) + ".\n",
    "class": lambda a: f"if (name.match(/[A-Za-z{a}{_upper(a)}]+/)) return true;\n",
    "string": lambda a: f'static const char letters[] = "{a}";\n',
    "chars": lambda a: "char list[] = {" + ", ".join(f"'{char}'" for char in a) + "};\n",
    "after-z": lambda a: f'letters = "{string.ascii_lowercase}{a}"\n',
    "sentence": lambda a: f"The test prints the letters {a} and waits for a key.\n",
    "cases": lambda a: f'lower = "{a}"\nupper = "{_upper(a)}"\n',
    "pairs": lambda a: " ".join(_upper(char) + char for char in a) + "\n",
    "thrice": lambda a: f"check('{a}')\n" * 3,
    "lines": _lines("{c}"),
    "table": _lines("{C}\t{c}\t{n}"),
    "html": _lines("<tr><td>{c}</td><td>&#x{x};</td></tr>"),
    "keys": _lines("bind U+{x} to '{c}'"),
}


def _encoded(charset: charsets.Charset, letters: str) -> str:
    """Those of the letters that a byte of the charset is, the capital too; no control, as some
    capitals are in the charsets of Vietnamese."""

    def fits(char: str) -> bool:
        try:
            data = [charset.encode(each) for each in (char, _upper(char))]
        except (UnicodeError, ValueError):
            return False
        return all(len(byte) == 1 and byte >= b"\x80" for byte in data)

    return "".join(char for char in letters if fits(char))


def items(shared: Path) -> Iterator[Item]:
    """All lists of all pairs of language and charset."""
    letters: dict[str, str] = {}
    for pair in texts.load_pairs(shared):
        charset = pair.charset
        if charset.group not in ("cpython", "core") or pair.seven_bit or pair.ebcdic:
            continue
        if pair.language not in letters:
            letters[pair.language] = alphabet(pair.pool)
        listed = _encoded(charset, letters[pair.language])
        if len(listed) < 2:
            continue
        for shape, write in SHAPES.items():
            text = write(listed)
            yield Item(
                "listed", f"{pair.language}/{pair.label}/{shape}", charset.encode(text), text,
                charset.name, pair.language, pair.weight,
            )  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", help="the folder with corpora/ and tables/")
    parser.add_argument("--detectors", default="recodec")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="wrong with most trust")
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(argv)
    shared = charsets.shared_folder(args.shared)
    judge = scoring.Judge(shared)
    made = list(items(shared))
    figures = {}
    detectors, missing = peers.load(args.detectors.split(","))
    for name, why in missing.items():
        print(f"{name}: {why}", file=sys.stderr)
    for detector in detectors:
        verdicts = [judge.judge(item, detector.guess(item.data)) for item in made]
        figures[detector.name] = report(detector.name, verdicts, args.misses)
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1) + "\n")
    return 0


def report(
    name: str, verdicts: list[scoring.Verdict], misses: int, shapes: Iterable[str] = SHAPES
) -> dict[str, float]:
    """Prints the figures of one detector, by shape and of all."""
    rows: dict[str, list[scoring.Verdict]] = {shape: [] for shape in shapes}
    for verdict in verdicts:
        rows[verdict.item.id.rpartition("/")[2]].append(verdict)
    rows["all"] = verdicts
    for shape, group in rows.items():
        wrong = [v for v in group if not v.right]
        print(
            f"{name} {shape:9} {len(group):5} texts, wrong {len(wrong):5}, "
            f"with more than {SURE} {sum(_sure(v) > SURE for v in wrong):5}"
        )
    wrong = [verdict for verdict in verdicts if not verdict.right]
    error = scoring.expected_error([(_sure(v), v.right) for v in verdicts])
    weight = sum(v.item.weight for v in verdicts)
    right = sum(v.item.weight for v in verdicts if v.right)
    print(f"{name} right {100 * right / weight:.1f} % by weight; error of confidence {error:.3f}")
    for verdict in sorted(wrong, key=_sure, reverse=True)[:misses]:
        said = verdict.guess
        print(f"  {_sure(verdict):.2f} {said.encoding} {said.language}: {verdict.item.id}")
    return {
        "texts": len(verdicts),
        "wrong": len(wrong),
        "sure_and_wrong": sum(_sure(v) > SURE for v in wrong),
        "right_by_weight": right / weight,
        "error": error,
    }


def _sure(verdict: scoring.Verdict) -> float:
    return verdict.guess.confidence or 0.0


if __name__ == "__main__":
    sys.exit(main())
