"""Charsets that are no answer by themselves, asked for by name: what the input is to them.

The core weighs them as the charset whose text they share, and has no table of most, so that it
cannot tell what they lack. Their codecs can, those that answers are decoded with.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from itertools import chain

from .._core import detection as core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Asked", "Fit"]

_BLOCK = 1 << 16  # bytes that are decoded at once
_READ = 100_000  # millionths: what nothing but its codec reads is right
_BAD = 4  # of the bytes that tell charsets apart one in so many may be none of an answer's


class Fit:
    """How many sequences a codec has no character for, in input that comes in pieces."""

    __slots__ = ("_fed", "_lenient", "_strict", "bad", "valid_up_to")

    def __init__(self, name: str) -> None:
        self._strict: codecs.IncrementalDecoder | None
        self._strict = codecs.lookup(name).incrementaldecoder("strict")
        self._lenient = codecs.lookup(name).incrementaldecoder("replace")
        self._fed = 0
        self.bad = 0
        self.valid_up_to = 0

    def feed(self, data: bytes | bytearray | memoryview, *, final: bool = False) -> None:
        """Adds `data`; `final` says that a character which it cuts is none."""
        for at in range(0, len(data) or 1, _BLOCK):
            self._decode(bytes(data[at : at + _BLOCK]), final and at + _BLOCK >= len(data))

    def _decode(self, piece: bytes, final: bool) -> None:
        self._fed += len(piece)
        if self._strict is not None:
            before = self._strict.getstate()
            try:
                self._strict.decode(piece, final)
            except UnicodeDecodeError as error:
                self.valid_up_to = self._fed - len(error.object) + error.start
                self._lenient.setstate(before)
                self._strict = None
            else:
                self.valid_up_to = self._fed
                return
        self.bad += self._lenient.decode(piece, final).count("\ufffd")


class Asked:
    """What becomes of the core's answers where such charsets are allowed.

    `told` gives, for the id of each charset that the core tells, the ids that are meant by it, in
    the order in which they were asked for; `sample` says that a cut last character is no evidence.
    """

    __slots__ = ("_sample", "_told")

    def __init__(self, told: dict[int, tuple[int, ...]], *, sample: bool) -> None:
        self._told = told
        self._sample = sample

    def fits(self) -> dict[int, Fit]:
        """What input that comes in pieces is to be fed to."""
        return _fits(chain.from_iterable(self._told.values()))

    def name_fed(self, raw: bytearray, fits: dict[int, Fit]) -> None:
        """Names an answer as it was asked for, in place."""
        told = core.headline(raw)[0]
        meant = [charset for charset in self._meant(raw) if charset in fits]
        if not meant:
            return
        best = min(meant, key=lambda charset: fits[charset].bad)
        bad, valid_up_to = fits[best].bad, fits[best].valid_up_to
        if told not in self._told:
            if not bad:
                core.answer(raw, best, _READ)
                core.refit(raw, valid_up_to, 0)
            return
        core.rename(raw, {old: new[0] for old, new in self._told.items()} | {told: best})
        length, *_, non_ascii = core.fields(raw)[14:]
        if bad * _BAD > (non_ascii or length):
            core.answer(raw, 0, 0)
        core.refit(raw, valid_up_to, bad)

    def name(self, raw: bytearray, data: bytes | bytearray | memoryview) -> None:
        """The same for an answer to all of `data`."""
        fits = _fits(self._meant(raw))
        for fit in fits.values():
            fit.feed(data, final=not self._sample)
        self.name_fed(raw, fits)

    def _meant(self, raw: bytearray) -> Iterable[int]:
        """What the charset of an answer may be named: any, where nothing that is told fits."""
        told = core.headline(raw)[0]
        every = chain.from_iterable(self._told.values())
        return self._told.get(told, every if core.fell_back(raw) else ())


def _fits(charsets: Iterable[int]) -> dict[int, Fit]:
    names = core.charset_names()
    found = {}
    for charset in dict.fromkeys(charsets):
        with suppress(LookupError):  # a charset may be known by name alone
            found[charset] = Fit(names[charset])
    return found
