"""Where UTF-16 and lines in an 8-bit encoding meet in one input: the code units have NUL bytes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .lines import Source

__all__ = ["Part", "joint", "wide_lines"]

_BLOCK = 1 << 16
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LINES = 4  # ends of lines before the first NUL that may be the joint


class Part:
    """Bytes `start` to `end` of a source, as a source."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self._source = source
        self._start = start
        self._end = end

    def __len__(self) -> int:
        return self._end - self._start

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _ = part.indices(len(self))
        return bytes(self._source[self._start + start : self._start + stop])


def joint(source: Source) -> tuple[int, bool] | None:
    """The offset at which 8-bit lines end and UTF-16 begins, or the other way round.

    With it, whether UTF-16 comes first. None where neither is so.
    """
    first = _nul(source, range(0, len(source), _BLOCK))
    if first is None:
        return None
    begin = max(first - _BLOCK, 0)
    before = b"" if bytes(source[0:2]) in _MARKS else bytes(source[begin:first])
    at = len(before)
    for _ in range(_LINES):
        at = before.rfind(b"\n", 0, at)
        if at < 0:
            break
        start = begin + at + 1
        # The first NUL is in the second byte of a unit, or in the first.
        big = (first - start) % 2 == 0
        if bytes(source[start : start + 2]) in _MARKS:
            big = source[start : start + 1] == b"\xfe"
        if _is_wide(source, start, len(source), big):
            return start, False
    last = _nul(source, reversed(range(0, len(source), _BLOCK)), last=True)
    assert last is not None
    # Behind LF NUL, or behind NUL LF.
    start = last + 1 if last % 2 else last + 2
    if start < len(source) and _is_wide(source, 0, start, not last % 2):
        return start, True
    return None


def _nul(source: Source, starts: Iterable[int], *, last: bool = False) -> int | None:
    """The offset of the first NUL in the blocks, or the last."""
    for start in starts:
        block = bytes(source[start : start + _BLOCK])
        at = block.rfind(b"\0") if last else block.find(b"\0")
        if at >= 0:
            return start + at
    return None


def _is_wide(source: Source, start: int, end: int, big: bool) -> bool:
    """Whether there are whole lines of UTF-16 from `start` to `end`."""
    if (end - start) % 2 or end == start:
        return False
    line_feed = b"\0\n" if big else b"\n\0"
    if bytes(source[end - 2 : end]) != line_feed and end < len(source):
        return False
    name = "utf-16-be" if big else "utf-16-le"
    for at in range(start, end, _BLOCK):
        block = bytes(source[at : min(at + _BLOCK, end)])
        text = block.decode(name, "surrogatepass")
        if any(char < " " and char not in "\t\n\f\r\x1b" for char in set(text)):
            return False
    return True


def wide_lines(block: bytes, encoding: str) -> bytes:
    """Some code units of UTF-16 as 8-bit text with the same lines."""
    return block.decode(encoding, "replace").encode("latin-1", "replace")
