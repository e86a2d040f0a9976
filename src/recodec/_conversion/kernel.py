"""Clean input from bytes to bytes by the core alone, for as long as it goes.

No text is made on the way. At a place where the kernel stops, be it an error or a code that only
the codec knows, the codecs take over; they are told where they are. Where lines stand by themselves
the kernel goes on behind one.
"""

from __future__ import annotations

from .._core import conversion as core
from .._position import Position
from .native import MARKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from typing_extensions import Buffer

    from .native import Native
    from .patch import Through

    class Locate(Protocol):
        """Tells places in the input, in the order in which they stand there."""

        def __call__(self, fed: int, /) -> tuple[Position, int]:
            """Line and column behind so many bytes, and how many characters they are."""

        def passed(self, fed: int, place: Position, characters: int, /) -> None:
            """Is told that of bytes that the codecs have done."""


__all__ = ["Kernel", "Locate", "kernel"]

_GROWTH = 4  # bytes of output for a byte of input at most: ASCII as UTF-32
_ROOM = 64
# Bytes that the codecs do at least before the kernel goes on: at first, and at most.
_WINDOW = 1 << 9
_WIDEST = 1 << 16
_OFTEN = 16  # windows between two places that stop it
_LONGEST_MARK = 4
_BOM = b"\xef\xbb\xbf"


def kernel(
    read: Native,
    write: Native,
    *,
    strip: bool = False,
    locate: Locate | None = None,
    lenient: bool = False,
    patched: Through | None = None,
) -> Kernel | None:
    """The kernel that converts from `read` to `write`; None where the codecs do as well.

    Options are those of `Kernel`.
    """
    if read.form and not read.marked and read.form == write.form != core.UTF8:
        return None
    if core.ISO2022JP in (read.form, write.form):
        return None  # what is held between pieces is the codec's
    if locate is None and core.UTF8 not in (read.form, write.form):
        return None
    return Kernel(read, write, strip=strip, locate=locate, lenient=lenient, patched=patched)


class Kernel:
    """The conversion of pieces from one form to another."""

    def __init__(
        self,
        read: Native,
        write: Native,
        *,
        strip: bool = False,
        locate: Locate | None = None,
        lenient: bool = False,
        patched: Through | None = None,
    ) -> None:
        """What converts from `read` to `write`.

        strip   the target is UTF-8, and a byte order mark at its start is taken off
        locate  tells where in the text so many bytes of input lead, should that be asked for; None
                keeps count of the text on the way, which takes longer and needs UTF-8 on one side
        lenient  write a character of which Unicode has two by the one that the charset has
        patched  what `feed` does by itself at places that do not convert
        """
        self._read, self._write = read, write
        self._form = read.form
        self._way = (
            read.map(core.DECODE_UTF16 if write.form == core.UTF16LE else core.DECODE_UTF8),
            write.form,
            write.map(core.ENCODE, lenient),
        )
        self._reads_utf8 = read.form == core.UTF8
        self._strip = strip
        self._begun = not read.marked
        self._head = write.mark
        self._cut = b""
        self._window = _WINDOW
        self._since = 0  # bytes that were fed when it went on behind a line
        self._out = core.memory(0)
        self._place = Position()
        self._characters = 0
        self._locate = locate
        self._patched = patched
        self.fed = 0
        self.mark = b""
        """The byte order mark of the form that is read, also where the input has none."""

    @property
    def apart(self) -> bool:
        """Whether each line can be converted by itself: see `piece`."""
        if self._locate is None or self._strip or self._read.marked or self._write.stateful:
            return False
        return self._read.has_lines

    @staticmethod
    def room(size: int) -> int:
        """How many bytes so many become at most."""
        return _GROWTH * size + _ROOM

    memory = staticmethod(core.memory)

    def lines(self, rest: bytes) -> int:
        """How much of `rest` the codecs are to do before the kernel goes on: whole lines.

        All of it where no line ends in it, or where the kernel is of no use any more.
        """
        if not self.apart:
            return len(rest)
        # Where it stops often the codecs are faster.
        often = self.fed - self._since < _OFTEN * self._window
        self._window = min(2 * self._window, _WIDEST) if often else _WINDOW
        return rest.find(b"\n", self._window - 1) + 1 or len(rest)

    def go_on(self, fed: int, place: Position, characters: int) -> None:
        """Lets `feed` take what follows the first `fed` bytes of the input, at a line's start."""
        assert self._locate is not None  # or `lines` gave all to the codecs
        self._locate.passed(fed, place, characters)
        self.fed = self._since = fed

    def patch(self) -> Through | None:
        """What `piece` needs at places that do not convert; one piece at a time."""
        return None if self._patched is None else self._patched.another()

    def piece(self, data: memoryview, out: memoryview, patched: Through | None) -> int:
        """Converts whole lines, by any thread; how many bytes they become.

        -1 where the kernel stops in them. Of those that are handed on `feed` is to know by `fed`,
        and the policies by `settle` of `patched`.
        """
        used, made, kind = self._convert(data, out, patched, True)[:3]
        if kind == core.END and used == len(data):
            return made
        if patched is not None:
            patched.taken()  # what was done so far counts where the piece is converted again
        return -1

    def _convert(
        self, data: memoryview, out: memoryview, patched: Through | None, final: bool
    ) -> tuple[int, int, int, int]:
        """Converts as far as it goes, also past what the core learns on the way."""
        used = made = 0
        while True:
            taken, put, kind, length = core.convert_into(
                self._form, *self._way, data[used:], out[made:], final=final, patch=patched
            )
            used += taken
            made += put
            if (
                kind != core.UNENCODABLE
                or patched is None
                or not patched.learn(bytes(data[used : used + length]), self._form)
            ):
                return used, made, kind, length

    def feed(self, data: Buffer, final: bool) -> tuple[memoryview, bytes | None]:
        """What the piece becomes, valid until the next call, and what the codecs have to do.

        The rest is None as long as all goes well.
        """
        if self._cut:
            data = self._cut + bytes(data)
        view = memoryview(data)
        if not self._begun:
            if len(view) < _LONGEST_MARK and not final:
                self._cut = bytes(view)
                return memoryview(b""), None
            self._begun = True
            self._form, start = self._read.start(bytes(view[:_LONGEST_MARK]))
            if start < 0:
                return memoryview(b""), bytes(view)
            self.mark = MARKS[self._form]
            self.fed = start
            view = view[start:]
        size = len(view)
        if len(self._out) < self.room(size):
            self._out = core.memory(self.room(size))
        patched = self._patched
        used, made, kind, length = self._convert(view, self._out, patched, final)
        while kind == core.OUTPUT:  # what stands in a bad place may be longer than any code
            larger = core.memory(self.room(size + len(self._out)))
            larger[:made] = self._out[:made]
            self._out = larger
            taken, put, kind, length = self._convert(view[used:], larger[made:], patched, final)
            used += taken
            made += put
        if patched is not None:
            patched.settle()
        self.fed += used
        if self._locate is None:
            self._count(view, used, made)
        out = self._out[:made]
        self._cut = b""
        rest = None
        if kind == core.CUT and used + length == size and not final:
            self._cut = bytes(view[used:])
        elif kind != core.END:
            rest = bytes(view[used:])
        if self._strip and made:
            self._strip = False
            if out[: len(_BOM)] == _BOM:
                out = out[len(_BOM) :]
        if self._head and (self.fed or (final and rest is None)):
            out = memoryview(self._head + out)
            self._head = b""
        return out, rest

    def _count(self, data: memoryview, used: int, made: int) -> None:
        if self._reads_utf8 and self._patched is not None:
            text = str(data[:used], "utf-8", self._patched.errors or "strict")
            self._place.advance(text)
            self._characters += len(text)
            return
        view = data[:used] if self._reads_utf8 else self._out[:made]
        if view:
            characters, lines, last = core.extent(view)
            self._place.go(lines, last, begins_lf=view[0] == 10, ends_cr=view[-1] == 13)
            self._characters += characters

    def place(self) -> tuple[Position, int]:
        """Line and column of what comes next, and how many characters came before."""
        if self._locate is not None:
            return self._locate(self.fed)
        return self._place, self._characters
