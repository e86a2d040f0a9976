"""Writes `src/recodec/mail/_emoji_table.py`: the emoji of the Japanese carriers.

Usage: python native/gen/check.py --write emoji
"""

from __future__ import annotations

from textwrap import wrap

from generated import Target, banner, resolve

SCRIPT = "gen_emoji.py"
SOURCE = "native/gen/emoji_sources.txt"
CARRIERS = ("docomo", "au", "softbank")  # the columns of the source behind the first
GAP = 8  # codes without an emoji that a run may go over
WIDTH = 96
HEAD = '''"""Emoji of the Japanese carriers docomo, au (KDDI) and SoftBank; see `_emoji`."""

# ruff: noqa: E501 -- the digest above

from __future__ import annotations

__all__ = ["RUNS"]

# The Shift_JIS code that a run begins with; the code points of it and of those behind it (trail
# byte 7F is left out), in hexadecimal. What Unicode lacks is "-", a sequence is joined by "+".
RUNS = {
'''


def place(code: int) -> int:
    """Number of a code of two bytes in Shift_JIS, whose trail bytes leave out 7F."""
    lead, trail = divmod(code, 256)
    return lead * 188 + trail - 0x40 - (trail > 0x7F)


def runs(emoji: dict[int, str]) -> list[str]:
    """The emoji of one carrier by their codes: lines of the table."""
    found: list[list[str]] = []
    last = -1
    for code in sorted(emoji):
        gap = place(code) - place(last) - 1
        if last >> 8 != code >> 8 or gap > GAP:
            found.append([f"{code:04X}:"])
        else:
            found[-1] += ["-"] * gap
        found[-1].append(emoji[code])
        last = code
    return [line for run in found for line in wrap(" ".join(run), WIDTH)]


def table() -> str:
    """The Python table."""
    carriers: dict[str, dict[int, str]] = {carrier: {} for carrier in CARRIERS}
    for row in resolve(SOURCE).read_text(encoding="ascii").splitlines():
        if row.startswith("#"):
            continue
        points, *codes = row.split(";")
        # Without leading zeros, as chr() needs none.
        text = "+".join(f"{int(point, 16):X}" for point in points.split())
        for carrier, code in zip(CARRIERS, codes, strict=True):
            if code:
                carriers[carrier][int(code, 16)] = text
    lines = [f"# {line}" for line in banner(SCRIPT, [SOURCE])]
    lines.append(HEAD.rstrip("\n"))
    for carrier, emoji in carriers.items():
        lines += [f'    "{carrier}": """\\', *runs(emoji), '""",']
    return "\n".join([*lines, "}", ""])


TARGETS = [Target("src/recodec/mail/_emoji_table.py", table, (SOURCE,))]
