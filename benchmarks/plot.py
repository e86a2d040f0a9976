"""Draws the accuracy figures as an SVG bar chart, or what confidences are worth.

    python benchmarks/plot.py benchmarks/results/all-seed1.json docs/accuracy.svg
    python benchmarks/plot.py --reliability recodec all-seed1.json docs/confidence.svg

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
    "sea": "a few words in code", "named": "a foreign name in English", "odd": "odd inputs",
    "binary": "binary told apart",
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


_SIDE, _FROM, _HEAD = 360, 60, 66  # of the square that confidence and share of right answers span
_BAND_TITLES = {
    "<=40": "up to 40 bytes", "<=100": "up to 100 bytes", "<=400": "up to 400 bytes",
    "<=2000": "up to 2,000 bytes", ">2000": "longer",
}  # fmt: skip
_FEW = 8  # answers that a dot needs: the share of fewer says little


def reliability_chart(figures: dict[str, Any], detector: str) -> str:
    """The SVG text of confidence against the share of right answers, one line per length band.

    Both axes are drawn from 0 to 1; a dot's area grows with the number of its answers.
    """
    bands: dict[str, list[tuple[int, float, float]]] = figures["reliability"][detector]
    width, height = _FROM + _SIDE + 190, _HEAD + _SIDE + 56
    bottom = _HEAD + _SIDE

    def x(value: float) -> float:
        return _FROM + _SIDE * value

    def y(value: float) -> float:
        return bottom - _SIDE * value

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Share of right answers by the confidence they were given with</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_FROM}" y="24" font-size="14">{escape(detector)}: what a confidence '
        "is worth</text>",
        f'<text x="{_FROM}" y="44" fill="#555555">On the diagonal, answers given with 0.8 are '
        "right 8 times in 10.</text>",
    ]
    for tenth in range(0, 11, 2):
        value = tenth / 10
        parts.append(
            f'<line x1="{x(value):g}" y1="{_HEAD}" x2="{x(value):g}" y2="{bottom}" '
            'stroke="#dddddd"/>'
            f'<line x1="{_FROM}" y1="{y(value):g}" x2="{_FROM + _SIDE}" y2="{y(value):g}" '
            'stroke="#dddddd"/>'
            f'<text x="{x(value):g}" y="{bottom + 18}" text-anchor="middle">{value:g}</text>'
            f'<text x="{_FROM - 8}" y="{y(value) + 4:g}" text-anchor="end">{value:g}</text>'
        )
    parts.append(
        f'<line x1="{x(0):g}" y1="{y(0):g}" x2="{x(1):g}" y2="{y(1):g}" stroke="#888888" '
        'stroke-dasharray="4 4"/>'
        f'<text x="{x(0.5):g}" y="{bottom + 40}" text-anchor="middle">confidence</text>'
        f'<text x="16" y="{y(0.5):g}" text-anchor="middle" transform="rotate(-90 16 {y(0.5):g})">'
        "share of right answers</text>"
    )
    for at, (band, title) in enumerate(_BAND_TITLES.items()):
        rows = [row for row in bands.get(band, []) if row[0] >= _FEW]
        if not rows:
            continue
        colour = _colour(at)
        points = " ".join(f"{x(said):.1f},{y(right):.1f}" for _, said, right in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
        for items, said, right in rows:
            radius = min(9.0, 1.6 + items**0.5 / 8)
            parts.append(
                f'<circle cx="{x(said):.1f}" cy="{y(right):.1f}" r="{radius:.1f}" fill="{colour}" '
                f'fill-opacity="0.75"><title>{escape(title)}: {items} answers with {said:.3f}, '
                f"{right:.3f} right</title></circle>"
            )
        top = _HEAD + 14 + 22 * at
        parts.append(
            f'<rect x="{_FROM + _SIDE + 24}" y="{top - 10}" width="12" height="12" '
            f'fill="{colour}"/><text x="{_FROM + _SIDE + 42}" y="{top}">{escape(title)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _colour(at: int) -> str:
    return _COLOURS[at % len(_COLOURS)]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("results", type=Path, nargs="+", help="JSON files of accuracy.py")
    parser.add_argument("target", type=Path, help="the SVG file to write")
    parser.add_argument("--figure", default="macro", choices=("macro", "weighted", "names"))
    parser.add_argument("--reliability", metavar="DETECTOR", nargs="?", const="recodec",
                        help="draw what this detector's confidences are worth")  # fmt: skip
    args = parser.parse_args(argv)
    figures = [json.loads(path.read_text(encoding="utf-8")) for path in args.results]
    args.target.parent.mkdir(parents=True, exist_ok=True)
    if args.reliability is None:
        text = chart(figures, args.figure)
    else:
        text = reliability_chart(figures[0], args.reliability)
    args.target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
