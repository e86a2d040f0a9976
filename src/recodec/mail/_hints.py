"""What the rest of a mail says about a text of it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NO_HINTS", "Hints"]


class Hints:
    """What the rest of a mail says about a text of it.

    charsets  readings (`_labels.meaning`) of the labels of other parts, most telling first
    carrier   "docomo", "au", "softbank" by the addresses, None when no phone sent it
    tld       top-level domain of the sender, a weak hint at the language
    """

    __slots__ = ("carrier", "charsets", "tld")

    def __init__(
        self,
        charsets: Sequence[str] = (),
        carrier: str | None = None,
        tld: str | None = None,
    ) -> None:
        self.charsets = tuple(charsets)
        self.carrier = carrier
        self.tld = tld


NO_HINTS = Hints()
