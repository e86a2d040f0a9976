"""The evaluation sets: pieces of the dev texts in every encoding they were written in.

Sets of legacy text have items for every (language, encoding) pair of encodings.tsv that has a
codec: `full` (10 KB), `200`, `30`, `caps`, `html`, `names`; `web30` is `30` for the web's
encodings; `short`, `shortrare`, `own` and `ownrare` are the project's own texts (own.py);
`rare30`, `rare200`, `rarefull` and `iso646` hold what neither Python nor the registry's
first list has; `unlisted` is text in encodings that encodings.tsv does not name for its language,
though they hold its letters; `bilingual` is text beside English and code, `sea` a few words in
4 KB of them, `named` a foreign name in a sentence of English; `columns` are numbers with a sign or
a unit (columns.py). `20`, `40`, `80`, `1000` are further lengths, `group5`, `group20`, `group100`
lists of file names; they are not among "all".
`damaged200`, `damaged2000`, `damaged10240` are text with one place damaged; `fragments` are lists
of pieces of words, and `noise` is no text (rough.py).
Unicode: `utf8-*`, `utf16-*`, `utf32-*`, `bom`. Besides: `ascii`, `binary`, `odd`.

The same seed gives the same bytes on every machine; nothing is written to disk.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import bilingual
import binaries
import charsets
import columns
import damage
import oddities
import own
import rough
import set_unicode
import texts
from set_names import (
    DAMAGED_SETS,
    GROUP_SETS,
    LEGACY_SETS,
    LENGTH_SETS,
    OWN_SETS,
    RARE_SETS,
    REGISTRY_SETS,
    UNICODE_SETS,
    WEB,
    Item,
)
from set_pieces import MAKERS, cut, is_archive_pair, need
from texts import Pair, Pool

# Items per (language, encoding) pair, before --items.
COUNTS = {"full": 1, "200": 4, "30": 6, "caps": 2, "html": 2, "names": 2}

_HIGH = bytes(range(0x80, 0x100))


class Builder:
    """Builds sets on demand and keeps what it has built."""

    def __init__(self, shared: Path, seed: int = 1, items: float = 1.0) -> None:
        self.shared = shared
        self.seed = seed
        self.items = items
        self._built: dict[str, list[Item]] = {}
        self._pairs: list[Pair] | None = None
        self._pools: dict[str, Pool] | None = None

    @property
    def pairs(self) -> list[Pair]:
        """All pairs, in the order of encodings.tsv."""
        if self._pairs is None:
            self._pairs = texts.load_pairs(self.shared)
        return self._pairs

    @property
    def pools(self) -> dict[str, Pool]:
        """The dev texts of all languages, also of those without a legacy encoding."""
        if self._pools is None:
            self._pools = {pair.language: pair.pool for pair in self.pairs}
            for folder in sorted((self.shared / "corpora" / "dev").iterdir()):
                if folder.name not in self._pools:
                    self._pools[folder.name] = Pool(folder.name, folder)
            self._pools = dict(sorted(self._pools.items()))
        return self._pools

    def get(self, name: str) -> list[Item]:
        """The items of one set; KeyError for an unknown name."""
        if name not in self._built:
            self._built[name] = list(self._build(name))
        return self._built[name]

    def _registry(self, name: str) -> Iterable[Item]:
        import whole_registry  # the only set that is written with recodec itself

        coverage = whole_registry.Coverage(self.shared, self.seed)
        for charset in whole_registry.rows():
            for at, piece in enumerate(coverage.pieces(charset, whole_registry.SIZES[name])):
                yield Item(
                    name, f"{charset}/{at}", piece.data, piece.text, charset, piece.language, 1.0
                )

    def _build(self, name: str) -> Iterable[Item]:
        if name == "web30":
            return [item._replace(set=name) for item in self.get("30") if item.encoding in WEB]
        if name in LEGACY_SETS + LENGTH_SETS:
            return self._legacy(name, name, lambda pair: pair.charset.group in ("cpython", "core"))
        if name in OWN_SETS:
            return self._own(name)
        if name in REGISTRY_SETS:
            return self._registry(name)
        if name in DAMAGED_SETS:
            return self._damaged(name)
        if name == "fragments":
            return self._fragments()
        if name == "noise":
            return [
                Item(name, kind, data, None, "binary", None, 1.0)
                for kind, data in rough.noise(self._rng(name), max(1, round(12 * self.items)))
            ]
        if name in GROUP_SETS:
            return self._legacy(name, name, is_archive_pair)
        if name.startswith("rare") and name in RARE_SETS:
            return self._legacy(name, name[4:], lambda pair: pair.charset.group == "rare")
        if name == "iso646":
            return self._legacy(name, "200", lambda pair: pair.charset.group == "iso646")
        if name == "unlisted":
            return self._unlisted()
        if name in ("bilingual", "sea"):
            return self._bilingual(name)
        if name == "named":
            return self._named()
        if name == "columns":
            return [
                Item(name, made.id, made.text.encode(made.codec), made.text,
                     made.codec.replace("_r", "-r"), None, 1.0)
                for made in columns.make(self._rng(name))
            ]  # fmt: skip
        if name == "bom":
            return set_unicode.with_bom(self.pools, self._rng)
        if name in UNICODE_SETS:
            return set_unicode.in_unicode(name, self.pools, self._rng, self.items)
        if name == "ascii":
            return set_unicode.in_ascii(self.pools, self._rng, self.items)
        if name == "binary":
            return [
                Item("binary", kind, data, None, "binary", None, 1.0)
                for kind, data in binaries.make(self._rng("binary"))
            ]
        if name == "odd":
            return [
                Item("odd", case.id, case.data, case.text, case.encoding, case.language, 1.0,
                     case.accept)
                for case in oddities.make(self.pools, self._rng("odd"))
            ]  # fmt: skip
        raise KeyError(name)

    def _rng(self, *parts: str) -> random.Random:
        return random.Random("/".join((str(self.seed), *parts)))

    def _legacy(self, name: str, kind: str, wanted: Callable[[Pair], bool]) -> Iterable[Item]:
        count = max(1, round(COUNTS.get(kind, 2) * self.items))
        for pair in self.pairs:
            if not wanted(pair):
                continue
            rng = self._rng(kind, pair.language, pair.label)
            seen: set[bytes] = set()
            for number in range(count):
                made = MAKERS[kind](pair, rng) if kind in MAKERS else cut(pair, rng, int(kind))
                if made is None or made[1] in seen:
                    continue
                data = made[1]
                seen.add(data)
                yield Item(
                    name, f"{pair.language}/{pair.label}/{number}", data,
                    _said(pair.charset, data), pair.charset.name, pair.language, pair.weight,
                )  # fmt: skip

    def _unlisted(self) -> Iterable[Item]:
        """200 bytes in three encodings a language that the table of pairs does not have for it.

        Chosen at random among those of Python that write the same script elsewhere in the table and
        hold the letters of a page of the language, so that nothing is typed in another way.
        """
        by_name = {
            pair.charset.name: pair for pair in self.pairs if pair.charset.group == "cpython"
        }
        listed = {(pair.language, pair.charset.name) for pair in self.pairs}
        scripts = {(texts.script(pair.language), pair.charset.name) for pair in self.pairs}
        for language, pool in self.pools.items():
            script = texts.script(language)
            rng = self._rng("unlisted", language)
            page = next(iter(pool.files))[:200]
            letters = "".join(sorted({char for line in page for char in line if char.isalpha()}))
            fit = [
                Pair(language, like.label, like.charset, like.kind, 1.0, pool)
                for name, like in sorted(by_name.items())
                if (script, name) in scripts
                and (language, name) not in listed
                and not like.seven_bit
                and _holds(like.charset, letters)
            ]
            for pair in rng.sample(fit, min(3, len(fit))):
                made = texts.piece(pair, rng, 200, need(pair))
                if made is not None:
                    yield Item(
                        "unlisted", f"{language}/{pair.label}", made[1],
                        _said(pair.charset, made[1]), pair.charset.name, language, 1.0,
                    )  # fmt: skip

    def _bilingual(self, name: str) -> Iterable[Item]:
        """1,500 characters of each pair in two of the forms of bilingual.py; or 4,000 in `sea`."""
        english = self.pools["en"]
        for pair in self.pairs:
            if pair.charset.group not in ("cpython", "core") or pair.seven_bit or pair.ebcdic:
                continue
            if pair.language == "en" or (name == "sea" and pair.charset.name not in WEB):
                continue
            rng = self._rng(name, pair.language, pair.label)
            for form in ("sea", "sea") if name == "sea" else rng.sample(bilingual.FORMS, 2):
                text = (
                    bilingual.sea(english, pair.pool, pair.written, rng, 4000)
                    if name == "sea"
                    else bilingual.write(form, english, pair.pool, pair.written, rng, 1500)
                ).replace("\n", pair.newline)
                try:
                    data = pair.charset.encode(text)
                except (UnicodeError, ValueError):
                    continue
                if text and pair.evidence(data, text) >= min(2, need(pair)):
                    yield Item(
                        name, f"{pair.language}/{pair.label}/{form}", data,
                        _said(pair.charset, data), pair.charset.name,
                        None if name == "sea" else pair.language, pair.weight,
                    )  # fmt: skip

    def _named(self) -> Iterable[Item]:
        """A name of each language of Latin script, once and twice, in each encoding of English."""
        english = [
            pair
            for pair in self.pairs
            if pair.language == "en" and pair.charset.group in ("cpython", "core")
            and not pair.seven_bit and not pair.ebcdic
        ]  # fmt: skip
        for language, pool in self.pools.items():
            names = [name for name in pool.names() if len(name) > 3 and name.isalpha()]
            for pair in english if texts.script(language) == "Latn" and language != "en" else ():
                rng = self._rng("named", language, pair.label)
                known = [
                    name for name in names if not name.isascii() and pair.written(name) == name
                ]
                for times in (1, 2) if known else ():
                    text = bilingual.named(pair.pool, known, rng, times)
                    data = pair.charset.encode(text)
                    yield Item(
                        "named", f"{language}/{pair.label}/{times}", data,
                        _said(pair.charset, data), pair.charset.name, None, pair.weight,
                    )  # fmt: skip

    def _damaged(self, name: str) -> Iterable[Item]:
        """Each pair with each kind of damage; where no kind harms it there is none."""
        size = int(name.removeprefix("damaged"))
        for pair in self.pairs:
            if pair.charset.name not in WEB or pair.seven_bit:
                continue
            rng = self._rng(name, pair.language, pair.label)
            made = texts.piece(pair, rng, size, need(pair))
            for kind, harm in damage.KINDS.items():
                data = None if made is None else harm(made[1], pair.charset, rng)
                if made is None or data is None or data == made[1]:
                    continue
                # Without letters beyond ASCII there is nothing left to tell by.
                if len(data) - len(data.translate(None, _HIGH)) >= 3:
                    yield Item(
                        name, f"{pair.language}/{pair.label}/{kind}", data,
                        _said(pair.charset, made[1]), pair.charset.name, pair.language,
                        pair.weight, clean=made[1],
                    )  # fmt: skip

    def _fragments(self) -> Iterable[Item]:
        words: dict[str, list[str]] = {}
        for pair in self.pairs:
            if pair.charset.group not in ("cpython", "core") or pair.seven_bit or pair.ebcdic:
                continue
            if not rough.has_words(pair.language):
                continue
            if pair.language not in words:
                words[pair.language] = rough.words(pair.pool)
            rng = self._rng("fragments", pair.language, pair.label)
            for kind, data in rough.fragments(pair, words[pair.language], rng):
                yield Item(
                    "fragments", f"{pair.language}/{pair.label}/{kind}", data,
                    _said(pair.charset, data), pair.charset.name, pair.language, pair.weight,
                )  # fmt: skip

    def _own(self, name: str) -> Iterable[Item]:
        """The project's own texts in every encoding of their language but the 7-bit ones."""
        written = own.load()
        for pair in self.pairs:
            texts_of = written.get(pair.language)
            common = pair.charset.name in WEB
            if texts_of is None or common == name.endswith("rare") or pair.seven_bit:
                continue
            if pair.charset.group == "iso646":
                continue
            rng = self._rng(name, pair.language, pair.label)
            made = (
                own.short(pair, texts_of, rng, max(1, round(2 * self.items)))
                if name.startswith("short")
                else own.whole(pair, texts_of)
            )
            for number, data in enumerate(made):
                yield Item(
                    name, f"{pair.language}/{pair.label}/{number}", data,
                    _said(pair.charset, data), pair.charset.name, pair.language, pair.weight,
                )  # fmt: skip


def _said(charset: charsets.Charset, data: bytes) -> str:
    """What the bytes say, which differs from the text that was encoded where codes share bytes."""
    return charset.decode(data)


def _holds(charset: charsets.Charset, text: str) -> bool:
    try:
        charset.encode(text)
    except (UnicodeError, ValueError):
        return False
    return True
