"""Writes src/recodec/codecs/_whatwg_labels.py: every label of the Encoding Standard.

Usage: python native/gen/check.py --write whatwg
"""

from __future__ import annotations

import json

from generated import Target, banner, resolve

SCRIPT = "gen_whatwg.py"
SOURCE = "shared:tables/whatwg/encodings.json"


def labels() -> str:
    """src/recodec/codecs/_whatwg_labels.py"""
    groups = json.loads(resolve(SOURCE).read_text(encoding="utf-8"))
    found = {
        label: encoding["name"]
        for group in groups
        for encoding in group["encodings"]
        for label in encoding["labels"]
    }
    lines = [
        "# " + "\n# ".join(banner(SCRIPT, [SOURCE])),
        "# ruff: noqa: E501",
        "# fmt: off",
        '"""The labels of the WHATWG Encoding Standard, and the encodings they mean."""',
        "",
        "from __future__ import annotations",
        "",
        "LABELS: dict[str, str] = {",
        *(f'    "{label}": "{name}",' for label, name in sorted(found.items())),
        "}",
        "",
    ]
    return "\n".join(lines)


TARGETS = [Target("src/recodec/codecs/_whatwg_labels.py", labels, (SOURCE,))]
