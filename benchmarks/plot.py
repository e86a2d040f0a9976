"""Draws the accuracy figures as an SVG bar chart.

    python benchmarks/plot.py benchmarks/results/all-seed1.json docs/accuracy.svg

One group of bars per set, one bar per detector, on a scale from 0 to 100 %. Several JSON files may
be given before the target; their detectors are put side by side, each set's rows from all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_SHOWN = {
    "full": "legacy, 10 KB", "200": "legacy, 200 bytes", "30": "legacy, 30 bytes",
    "web30": "web encodings, 30 bytes", "caps": "legacy, CAPITALS", "html": "sparse HTML",
    "names": "lists of names", "utf8-30": "UTF-8, 30 bytes", "utf16-200": "UTF-16 without a BOM",
    "odd": "odd inputs", "binary": "binary told apart",
}  # fmt: skip
# Told apart also without colour: from dark to light.
_COLOURS = ("#0b3c5d", "#d9822b", "#3b7a57", "#a23b72", "#7d8ca3", "#c9b458", "#888888")
_LEFT, _WIDTH, _BAR, _GAP, _TOP = 190, 520, 9, 12, 52


def chart(figures: list[dict[str, Any]], key: str = "macro") -> str:
    """The SVG text for `figures` of accuracy.py; `key` is the figure to draw."""
    values: dict[str, dict[str, float]] = {}
    for data in figures:
        for name, by_detector in data["sets"].items():
            for detector, row in by_detector.items():
                values.setdefault(name, {})[detector] = float(row[key])
    detectors = list(dict.fromkeys(name for row in values.values() for name in row))
    detectors.sort(key=lambda name: name != "recodec")
    shown = [name for name in _SHOWN if name in values]
    group = len(detectors) * _BAR + _GAP
    height = _TOP + len(shown) * group + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Share of inputs whose answer gives the right text, in percent</title>",
        f'<rect width="{_LEFT + _WIDTH + 60}" height="{height}" fill="#ffffff"/>',
    ]
    left = 12.0
    for at, name in enumerate(detectors):
        parts.append(f'<rect x="{left:g}" y="14" width="12" height="12" fill="{_colour(at)}"/>')
        parts.append(f'<text x="{left + 17:g}" y="24">{escape(name)}</text>')
        left += 34 + 6.8 * len(name)  # about the width of the label in a sans-serif of 12
    bottom = height - 26
    for percent in range(0, 101, 20):
        x = _LEFT + _WIDTH * percent / 100
        parts.append(
            f'<line x1="{x:g}" y1="{_TOP - 6}" x2="{x:g}" y2="{bottom}" stroke="#dddddd"/>'
            f'<text x="{x:g}" y="{bottom + 16}" text-anchor="middle">{percent}</text>'
        )
    for row, name in enumerate(shown):
        y = _TOP + row * group
        middle = y + (group - _GAP) / 2 + 4
        parts.append(
            f'<text x="{_LEFT - 10}" y="{middle:g}" text-anchor="end">{escape(_SHOWN[name])}</text>'
        )
        for at, detector in enumerate(detectors):
            if detector not in values[name]:
                continue
            value = values[name][detector]
            width = _WIDTH * value / 100
            parts.append(
                f'<rect x="{_LEFT}" y="{y + at * _BAR}" width="{width:.1f}" height="{_BAR - 1}" '
                f'fill="{_colour(at)}"><title>{escape(detector)} {value:.1f}</title></rect>'
            )
            if at == 0:
                parts.append(
                    f'<text x="{_LEFT + width + 4:.1f}" y="{y + _BAR - 1}" font-size="10">'
                    f"{value:.1f}</text>"
                )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _colour(at: int) -> str:
    return _COLOURS[at % len(_COLOURS)]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("results", type=Path, nargs="+", help="JSON files of accuracy.py")
    parser.add_argument("target", type=Path, help="the SVG file to write")
    parser.add_argument("--figure", default="macro", choices=("macro", "weighted", "names"))
    args = parser.parse_args(argv)
    figures = [json.loads(path.read_text(encoding="utf-8")) for path in args.results]
    args.target.parent.mkdir(parents=True, exist_ok=True)
    args.target.write_text(chart(figures, args.figure), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
