"""An mbox file as a stream of messages, and back.

The dialects differ in what they do to lines of a body that begin with "From ": mboxo and mboxrd
put ">" before them, mboxcl2 gives the length of the content instead and leaves them, and some
programs do nothing at all. All are read here, and each message is written as it was stored:
what is not recoded keeps its quoting, byte for byte.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Protocol

    class Readable(Protocol):
        """A binary file, of which it is enough that it can be read."""

        def read(self, size: int, /) -> bytes: ...


__all__ = ["LARGE", "Stored", "holds_several", "is_mbox", "stored_messages"]

LARGE = 8 << 20
"""Bytes of a message that are held in memory; what follows is passed on as it is."""

_BLOCK = 1 << 20
# What programs write there: a sender, and a date in the manner of asctime. A line of text that
# begins with "From " has no time of day in it, or is not followed by a header.
_FROM = re.compile(rb"From [^\r\n]*?\d\d?:\d\d[^\r\n]*\r?\n(?=>?[!-9;-~]+[ \t]*:|>From |\r?\n)")
_FROM_DASH = re.compile(rb"From (?:-|MAILER-DAEMON|\?\?\?@\?\?\?)[^\r\n]*\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.I | re.M)
_BLANK = re.compile(rb"\n\r?\n")
_LINE = 2000  # bytes that a separator and the line after it may have


class Stored:
    """One message of an mbox.

    offset   where its From_ line begins in the file
    line     the From_ line
    data     the message; its first LARGE bytes when it is longer
    end      the blank line that parts it from the next one, b"" when `rest` follows
    counted  whether a Content-Length that holds says where it ends (mboxcl2): nothing is quoted
    rest     blocks of a long message that follow `data`, to be used up before the next message
    """

    __slots__ = ("counted", "data", "end", "line", "offset", "rest")

    def __init__(
        self,
        offset: int,
        line: bytes,
        data: bytes,
        end: bytes,
        *,
        counted: bool = False,
        rest: Iterator[bytes] | None = None,
    ) -> None:
        self.offset = offset
        self.line = line
        self.data = data
        self.end = end
        self.counted = counted
        self.rest = rest


def is_mbox(start: bytes) -> bool:
    """Whether a file that begins with `start` (a few hundred bytes) is an mbox."""
    start = start.lstrip(b"\r\n")
    return _FROM.match(start) is not None or _FROM_DASH.match(start) is not None


def holds_several(data: bytes) -> bool:
    """Whether it is an mbox of more than one message."""
    if not is_mbox(data[:_LINE]):
        return False
    from io import BytesIO
    from itertools import islice

    return len(list(islice(stored_messages(BytesIO(data)), 2))) > 1


def stored_messages(file: IO[bytes] | Readable, offset: int = 0) -> Iterator[Stored]:
    """The messages of an mbox from `offset` on, where one begins, in constant memory.

    Without an offset the file is read from its place on and may be a pipe.
    """
    if offset:
        file.seek(offset)  # type: ignore[union-attr]
    return _Splitter(file, offset).run()


class _Splitter:
    def __init__(self, file: Readable, offset: int) -> None:
        self._file = file
        self._offset = offset  # in the file, of the window's start
        self._window = b""
        self._ended = False

    def _more(self) -> bool:
        """Reads another block behind the window; False at the end of the file."""
        if self._ended:
            return False
        block = self._file.read(max(_BLOCK, len(self._window)))
        if not block:
            self._ended = True
            return False
        self._window = self._window + block if self._window else block
        return True

    def _drop(self, count: int) -> None:
        self._window = self._window[count:]
        self._offset += count

    def run(self) -> Iterator[Stored]:
        at = 0  # of the message in the window: cut off in batches, since that copies
        while True:
            if at > _BLOCK:
                self._drop(at)
                at = 0
            while len(self._window) - at < 2 * _LINE and self._more():
                pass  # enough for the From_ line to be whole
            end, counted = self._end(at)
            if end is None:
                # Longer than is held: its start, then blocks up to the next message.
                self._drop(at)
                at = 0
                head = self._window.rfind(b"\n", 0, LARGE) + 1 or LARGE
                line = self._from_line(0)
                data = self._window[line:head]
                offset = self._offset
                before = self._window[:line]
                self._drop(head)
                rest = self._rest()
                yield Stored(offset, before, data, b"", rest=rest)
                for _ in rest:
                    pass
                if not self._window and not self._more():
                    return
                continue
            if end == at:
                return
            line = self._from_line(at)
            stop = end
            if not self._is_last(end) or self._window.endswith((b"\n\n", b"\n\r\n"), at, end):
                stop -= 2 if self._window.endswith(b"\n\r\n", at, end) else 1
            stop = max(stop, line)
            yield Stored(
                self._offset + at,
                self._window[at:line],
                self._window[line:stop],
                self._window[stop:end],
                counted=counted,
            )
            at = end

    def _is_last(self, end: int) -> bool:
        return self._ended and end == len(self._window)

    def _from_line(self, at: int) -> int:
        """Where the message begins, after blank lines and the From_ line at `at`."""
        start = at
        while self._window.startswith((b"\n", b"\r\n"), start):
            start += 1 if self._window.startswith(b"\n", start) else 2
        if not self._window.startswith(b"From ", start):
            return at
        return self._window.find(b"\n", start) + 1 or len(self._window)

    def _end(self, at: int) -> tuple[int | None, bool]:
        """Where the message at `at` ends, None when it is too long; whether it was counted."""
        searched = max(at + 1, self._from_line(at))
        tried = False
        while True:
            if not tried:
                counted, tried = self._counted(at)
                if counted is not None:
                    return counted, True
            found = self._next(searched)
            if found is not None:
                return found, False
            if self._ended:
                return len(self._window), False
            searched = max(searched, len(self._window) - _LINE)
            if len(self._window) - at > LARGE + _BLOCK:
                return None, False
            self._more()

    def _counted(self, at: int) -> tuple[int | None, bool]:
        """The end by Content-Length, None without one that holds; whether that is certain."""
        start = self._from_line(at)
        blank = _BLANK.search(self._window, start)
        if blank is None:
            return None, self._ended
        found = _LENGTH.search(self._window, start, blank.end())
        if found is None:
            return None, True
        end = blank.end() + int(found[1])
        if end - at > LARGE:
            return None, True
        while len(self._window) < end + _LINE and self._more():
            pass
        # A blank line follows, which is not counted, and then a message or nothing.
        for gap in (b"\n", b"\r\n", b""):
            after = end + len(gap)
            if self._window.startswith(gap, end):
                if after == len(self._window) and self._ended:
                    return after, True
                if self._window.startswith(b"From ", after):
                    return after, True
        return None, True

    def _next(self, at: int) -> int | None:
        """Where the next message begins, from `at` on, None when the window has none."""
        window = self._window
        while True:
            found = window.find(b"\nFrom ", at) + 1
            if not found:
                return None
            if len(window) - found < _LINE and not self._ended:
                return None  # the line after it may not be there yet
            blank = window.endswith((b"\n\n", b"\n\r\n"), max(0, found - 3), found) or found == 1
            if blank and (_FROM.match(window, found) or _FROM_DASH.match(window, found)):
                return found
            at = found

    def _rest(self) -> Iterator[bytes]:
        """Blocks up to the next message."""
        while True:
            found = self._next(0)
            if found is not None:
                yield self._window[:found]
                self._drop(found)
                return
            if self._ended:
                yield self._window
                self._drop(len(self._window))
                return
            # The last bytes may belong to a separator that is still to come.
            if len(self._window) > 2 * _LINE:
                keep = len(self._window) - _LINE - 4
                yield self._window[:keep]
                self._drop(keep)
            block = self._file.read(_BLOCK)
            if block:
                self._window += block
            else:
                self._ended = True
