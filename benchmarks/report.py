"""What the measurements print, and the files that they keep."""

from __future__ import annotations

import json
from pathlib import Path


def table(headings: list[str], rows: list[list[str]]) -> str:
    """A plain table, first column to the left, the others to the right."""
    widths = [max(len(row[at]) for row in [headings, *rows]) for at in range(len(headings))]
    lines = []
    for row in [headings, ["-" * width for width in widths], *rows]:
        first, *rest = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def save(path: Path, figures: object) -> None:
    """Writes figures as JSON, sorted, so that two runs can be compared."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
