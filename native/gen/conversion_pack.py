"""How one conversion table is written with the range coder; rcd_table_expand.c reads.

A table is told by what other tables, its references, already say. Both its lists are a sequence of
runs: so many entries as in reference r (SAME), so many whose texts follow each other in reference r
(NEXT, which carries a character set from one encoding of it to another), so many that count up
(COUNT), so many spelt out (SPELT), and jumps over codes (GAP) or over entries of a reference
(SKIP).

Codes are numbered: the bytes seen at each place of the codes of each length make an odometer, so
that the code after 21 7E is 22 21 where only 21..7E occur.
"""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass
from functools import cached_property

from conversion_source import DECODE_ONLY, ENCODE_ALWAYS, Table
from range_coder import NUMBER, Contexts, Encoder

REFERENCES = 3
SAME, NEXT, SKIP, COUNT, SPELT, GAP = 0, 3, 6, 9, 10, 11
OPERATIONS = 12
FOLLOWED = 0x30000
"""Texts from here on (private planes, sequences) have no follower, which keeps the reader small."""
SEQUENCE = 0x110000
"""Texts of several code points are this and their number in the pool."""

Mapping = tuple[int, int, int, int]


class _Layout:
    """Numbers of contexts, handed out one after another; 0 is for bits of no pattern."""

    def __init__(self) -> None:
        self.size = 1

    def take(self, count: int) -> int:
        at = self.size
        self.size += count
        return at


LAYOUT = _Layout()
HEADER = LAYOUT.take(NUMBER)
SET = LAYOUT.take(NUMBER)
OPERATION = [LAYOUT.take(16 * (OPERATIONS + 1)) for _ in range(2)]
LENGTH = [LAYOUT.take(NUMBER * OPERATIONS) for _ in range(2)]
SPELT_GAP = [LAYOUT.take(NUMBER) for _ in range(2)]
DELTA = [LAYOUT.take(3 * (NUMBER + 1)) for _ in range(2)]
FLAG = [LAYOUT.take(2) for _ in range(2)]


@dataclass(slots=True)
class Pool:
    """All texts of several code points, each once."""

    sequences: list[tuple[int, ...]]
    numbers: dict[tuple[int, ...], int]

    @classmethod
    def of(cls, tables: dict[str, Table]) -> Pool:
        found = sorted(
            {
                text
                for table in tables.values()
                for text in (
                    *(entry[1] for entry in table.decode),
                    *(entry[0] for entry in table.encode),
                )
                if len(text) > 1
            }
        )
        return cls(found, {text: SEQUENCE + number for number, text in enumerate(found)})


class Plain:
    """A table as numbers: what the packing works on.

    `decode` holds (length, code, text, flag), `encode` (text, length, code, flag).
    """

    def __init__(self, table: Table, pool: Pool) -> None:
        number = pool.numbers
        big = int.from_bytes
        self.name = table.name
        self.decode = [
            (len(code), big(code, "big"), text[0] if len(text) == 1 else number[text], flag)
            for code, text, flag in table.decode
        ]
        self.encode = [
            (text[0] if len(text) == 1 else number[text], len(code), big(code, "big"), flag)
            for text, code, flag in table.encode
        ]
        self.encode.sort()
        self._codes = [code for code, _, _ in table.decode] + [code for _, code, _ in table.encode]

    @cached_property
    def places(self) -> dict[int, list[list[int]]]:
        """For each length of code, the byte values at each of its places."""
        groups: dict[int, list[bytes]] = {}
        for code in self._codes:
            groups.setdefault(len(code), []).append(code)
        return {
            length: [sorted({code[i] for code in codes}) for i in range(length)]
            for length, codes in sorted(groups.items())
        }

    @cached_property
    def numbering(self) -> dict[tuple[int, int], int]:
        """The number of each code that occurs."""
        start = 0
        found = {}
        for length, places in self.places.items():
            digits = [{value: at for at, value in enumerate(values)} for values in places]
            weights = [1] * length
            for i in range(length - 2, -1, -1):
                weights[i] = weights[i + 1] * len(places[i + 1])
            terms = [
                {value: at * weights[i] for value, at in digits[i].items()} for i in range(length)
            ]
            for code in self._codes:
                if len(code) == length:
                    at = start
                    for i, value in enumerate(code):
                        at += terms[i][value]
                    found[length, int.from_bytes(code, "big")] = at
            start += weights[0] * len(places[0])
        return found

    @cached_property
    def following(self) -> dict[int, int]:
        """Text -> the text of the next code, for the first code of each text."""
        found: dict[int, int] = {}
        texts = [entry[2] for entry in self.decode]
        for text, after in itertools.pairwise(texts):
            if text < FOLLOWED:
                found.setdefault(text, after)
        return found


class Writer:
    """Writes one table. `lists` 0 is decode, 1 is encode; they have contexts of their own."""

    def __init__(self, contexts: Contexts, table: Plain, references: list[Plain]) -> None:
        self.coder = Encoder(contexts)
        self.table = table
        self.references = references

    def write(self) -> bytes:
        """The bytes of the table; counts and references stand in the directory."""
        coder = self.coder
        coder.number(HEADER, len(self.table.places))
        for length, places in self.table.places.items():
            coder.number(HEADER, length)
            for values in places:
                self._set(values)
        self._decode()
        self._encode()
        return coder.finish()

    def _set(self, values: list[int]) -> None:
        runs: list[list[int]] = []
        for value in values:
            if runs and runs[-1][1] == value:
                runs[-1][1] += 1
            else:
                runs.append([value, value + 1])
        self.coder.number(SET, len(runs))
        end = 0
        for first, after in runs:
            self.coder.number(SET, first - end)
            self.coder.number(SET, after - first)
            end = after

    def _operation(self, which: int, operation: int, length: int) -> None:
        base = OPERATION[which] + 16 * self.before
        node = 1
        for shift in (3, 2, 1, 0):
            one = operation >> shift & 1
            self.coder.bit(base + node, one)
            node = node << 1 | one
        self.coder.number(LENGTH[which] + NUMBER * operation, length - 1)
        self.before = operation

    def _delta(self, which: int, value: int) -> None:
        kind = min(2, (self.size + 3) // 6)
        base = DELTA[which] + kind * (NUMBER + 1)
        self.coder.bit(base, int(value < 0))
        self.coder.number(base + 1, abs(value))
        self.size = abs(value).bit_length()

    def _decode(self) -> None:
        entries = self.table.decode
        codes = [self.table.numbering[entry[0], entry[1]] for entry in entries]
        starts = [[entry[:2] for entry in one.decode] for one in self.references]
        pointers = [0] * len(self.references)
        self.before, self.size = OPERATIONS, 0
        at, text, expected = 0, 0, 0
        total = len(entries)
        while at < total:
            key = entries[at][:2]
            best, kind = 0, SPELT
            skips = (0, 0)
            for r, one in enumerate(self.references):
                p = pointers[r]
                if at:
                    last = entries[at - 1][:2]
                    p = max(p, bisect.bisect_right(starts[r], last))
                pointers[r] = p
                q = (
                    p
                    if p < len(starts[r]) and starts[r][p] == key
                    else bisect.bisect_left(starts[r], key, p)
                )
                run = self._same(entries, at, one.decode, q)
                if run > best + (3 if q != p else 0):
                    best, kind, skips = run, SAME + r, (q - p, r)
                    if run > 100:
                        break
            if best <= 100:
                jump = codes[at] - expected
                for r, one in enumerate(self.references):
                    run = self._next(entries, codes, at, text, one.following)
                    if run > best + (1 if jump else 0):
                        best, kind, skips = run, NEXT + r, (0, 0)
                run = self._count(entries, codes, at, text)
                if run > best + (1 if jump else 0):
                    best, kind, skips = run, COUNT, (0, 0)
            if kind == SPELT:
                at, text, expected = self._spell(entries, codes, at, text, expected)
                continue
            if skips[0]:
                self._operation(0, SKIP + skips[1], skips[0])
                pointers[skips[1]] += skips[0]
            if kind >= NEXT and codes[at] != expected:
                self._operation(0, GAP, codes[at] - expected)
            self._operation(0, kind, best)
            if kind < NEXT:
                pointers[kind] += best
            at += best
            text = entries[at - 1][2]
            expected = codes[at - 1] + 1

    @staticmethod
    def _same(entries: list[Mapping], at: int, other: list[Mapping], q: int) -> int:
        start = at
        limit = min(len(entries) - at, len(other) - q)
        if limit <= 0 or entries[at] != other[q]:
            return 0
        # Most runs are long: compare slices first, then look where they part.
        step = 1
        done = 0
        while done < limit:
            n = min(step, limit - done)
            if entries[at + done : at + done + n] == other[q + done : q + done + n]:
                done += n
                step *= 2
            elif n == 1:
                break
            else:
                step = n // 2
        return at + done - start

    @staticmethod
    def _next(
        entries: list[Mapping], codes: list[int], at: int, text: int, following: dict[int, int]
    ) -> int:
        start = at
        code = codes[at]
        total = len(entries)
        while (
            at < total
            and codes[at] == code
            and entries[at][3] == 0
            and following.get(text) == entries[at][2]
        ):
            text = entries[at][2]
            at += 1
            code += 1
        return at - start

    @staticmethod
    def _count(entries: list[Mapping], codes: list[int], at: int, text: int) -> int:
        start = at
        code = codes[at]
        total = len(entries)
        text += 1
        while at < total and codes[at] == code and entries[at][3] == 0 and text == entries[at][2]:
            at += 1
            code += 1
            text += 1
        return at - start

    def _spell(
        self, entries: list[Mapping], codes: list[int], at: int, text: int, expected: int
    ) -> tuple[int, int, int]:
        """Spells entries out until one of the other ways serves two entries again."""
        end = at + 1
        total = len(entries)
        last = entries[at][2]
        while end < total:
            key = entries[end][:2]
            if any(
                (where := bisect.bisect_left(one.decode, key)) + 1 < len(one.decode)
                and entries[end : end + 2] == one.decode[where : where + 2]
                for one in self.references
            ):
                break
            if any(
                self._next(entries[end : end + 2], codes[end : end + 2], 0, last, one.following) > 0
                for one in self.references
            ):
                break
            if self._count(entries[end : end + 4], codes[end : end + 4], 0, last) > 3:
                break
            last = entries[end][2]
            end += 1
        self._operation(0, SPELT, end - at)
        for i in range(at, end):
            self.coder.number(SPELT_GAP[0], codes[i] - expected)
            self._delta(0, entries[i][2] - text)
            self.coder.bit(FLAG[0], int(entries[i][3] == DECODE_ONLY))
            text = entries[i][2]
            expected = codes[i] + 1
        return end, text, expected

    def _encode(self) -> None:
        entries = self.table.encode
        codes = [self.table.numbering[entry[1], entry[2]] for entry in entries]
        pointers = [0] * len(self.references)
        self.before, self.size = OPERATIONS, 0
        at, text, code = 0, 0, 0
        total = len(entries)
        while at < total:
            best, kind, skips = 0, SPELT, 0
            for r, one in enumerate(self.references):
                p = pointers[r]
                if at:
                    p = max(p, bisect.bisect_right(one.encode, (entries[at - 1][0] + 1,)))
                pointers[r] = p
                q = bisect.bisect_left(one.encode, entries[at], p)
                run = self._same(entries, at, one.encode, q)
                if run > best + (1 if q != p else 0):
                    best, kind, skips = run, SAME + r, q - p
            run = 0
            while (
                at + run < total
                and entries[at + run][0] == text + 1 + run
                and codes[at + run] == code + 1 + run
                and entries[at + run][3] != ENCODE_ALWAYS
            ):
                run += 1
            if run > best:
                best, kind, skips = run, COUNT, 0
            if kind == SPELT:
                self._operation(1, SPELT, 1)
                self.coder.number(SPELT_GAP[1], entries[at][0] - text)
                self._delta(1, codes[at] - code)
                self.coder.bit(FLAG[1], int(entries[at][3] == ENCODE_ALWAYS))
                best = 1
            else:
                if skips:
                    self._operation(1, SKIP + kind, skips)
                    pointers[kind] += skips
                self._operation(1, kind, best)
                if kind < NEXT:
                    pointers[kind] += best
            at += best
            text, code = entries[at - 1][0], codes[at - 1]
