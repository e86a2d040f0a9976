"""`detect` for many items that are in one encoding, such as the cells of a column."""

from __future__ import annotations

from itertools import accumulate, chain, islice

from .._core import detection as core
from .detect import Detector, item_of, refuse_single
from .options import options_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from typing_extensions import Buffer

    from .result import Detection

__all__ = ["detect_group"]

_WIDE_FEEDS = {
    "utf-16-le": b"\n\0",
    "utf-16-be": b"\0\n",
    "utf-32-le": b"\n\0\0\0",
    "utf-32-be": b"\0\0\0\n",
}
_HEAD = 64  # items that are asked whether they are UTF-16, at most,
_BYTES = 1 << 16  # and bytes


def detect_group(
    items: Iterable[Buffer],
    *,
    allow: Collection[str] = (),
    deny: Collection[str] = (),
    language: str | None = None,
    tld: str | None = None,
    declared: str | None = None,
    exact: bool = False,
    final: bool = True,
    scan: int | None = None,
) -> Detection:
    """One encoding for many short strings: the names in a zip file, ID3 tags, a column.

    They are judged as the lines of one text, so that all of them decide together. Offsets in the
    answer count in the items joined by line feeds, which have two bytes in UTF-16 and four in
    UTF-32. Options and errors are those of `detect`.
    """
    detector = Detector(
        allow=allow,
        deny=deny,
        language=language,
        tld=tld,
        declared=declared,
        exact=exact,
        final=final,
        scan=scan,
    )
    refuse_single(items, "detect_group")
    checked = (item_of(data, number, "detect_group") for number, data in enumerate(items))
    head = list(islice(checked, _HEAD))
    feed = _line_feed(head, options_of(allow, deny, language, tld, declared, exact, final))
    filled = False
    for number, data in enumerate(chain(head, checked)):
        if number:
            detector.feed(feed)
        detector.feed(data)
        filled = filled or len(data) > 0
    if not filled:
        detector.reset()  # nothing but line feeds of our own
    return detector.finish()


def _line_feed(head: list[bytes | bytearray | memoryview], options: core.Options) -> bytes:
    """What is to stand between the items of a group that begins so: a line feed, also in UTF-16.

    A single byte would tear apart all code units behind it. Items are only looked at without it
    where it makes something of them that is no text: what is told with it stays told so.
    """
    sizes = accumulate(map(len, head))
    head = [data for data, size in zip(head, sizes, strict=True) if size <= _BYTES]
    if len(head) > 1 and not any(len(data) % 2 for data in head):
        for between in (b"\n", b""):
            name = core.charset_names()[core.headline(core.detect(between.join(head), options))[0]]
            if name:
                return _WIDE_FEEDS.get(name, b"\n")
    return b"\n"
