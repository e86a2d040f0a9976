"""Charsets with states and forms of Unicode as ICU has them, where those are machines of their own.

Source: ICU 72.1, running. What it does that would lose or change text without a word stays out;
native/gen/flavours.toml says what that is, and so do the registry's notes.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Machine

__all__ = ["machine_of_icu"]


def machine_of_icu(name: str) -> Machine | None:
    """ICU's machine of a charset by its name; None where it has none of its own."""
    if name.startswith(("iso2022_", "jis7", "jis8")):
        from ._iso2022_forms import iso2022_of_icu

        return iso2022_of_icu(name)
    if name in ("utf-16", "utf-32"):
        from ._unicode import Wide

        # Big endian without a mark, as the standard says, and the machine's order with one.
        width = int(name[4:]) // 8
        return Wide(f"icu:{name}", width, "big", mark=True, pairs=width == 2, written=sys.byteorder)
    if name in ("utf-16-be-sig", "utf-16-le-sig"):
        from ._unicode import Wide

        order = "big" if "-be-" in name else "little"
        return Wide(f"icu:{name}", 2, order, mark=True, pairs=True, only=True)
    if name.startswith("iscii-"):
        from ._indic import Iscii, script_of

        return Iscii(f"icu:{name}", script_of(name), attributes=True)
    if name == "hz":
        from ._hz import HzOfIcu

        return HzOfIcu("icu:hz")
    if name == "utf-7":
        from ._utf7 import Utf7OfIcu

        return Utf7OfIcu("icu:utf-7")
    if name == "utf-7-imap":
        from ._utf7 import Utf7ImapOfIcu

        return Utf7ImapOfIcu("icu:utf-7-imap")
    return None
