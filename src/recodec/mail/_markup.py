"""The charset that HTML and XML declare about themselves, kept in step with the one they go in."""

from __future__ import annotations

import re

__all__ = ["redeclare"]

# Tags are short; the bounds keep hostile text from being searched anew at every "<meta".
_META = re.compile(r"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML = re.compile(r"(\s*<\?xml\s[^>?]{0,200}?encoding\s*=\s*[\"'])([\w.:+-]+)")
_OPENING = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)


def redeclare(text: str, label: str) -> str:
    """The text with `label` in its meta elements and XML declaration, where it has any."""
    found = _XML.match(text)
    if found and found[2].lower() != label.lower():
        text = text[: found.start(2)] + label + text[found.end(2) :]
    if _META.search(text) is None:
        return text
    hidden = _hidden(text)
    parts: list[str] = []
    at = 0
    for found in _META.finditer(text):
        while hidden and hidden[-1][1] <= found.start():
            hidden.pop()
        if (hidden and hidden[-1][0] < found.start()) or found[1].lower() == label.lower():
            continue
        parts += text[at : found.start(1)], label
        at = found.end(1)
    return "".join((*parts, text[at:]))


def _hidden(text: str) -> list[tuple[int, int]]:
    """Where comments, scripts and styles are, the last first: no tags are in there."""
    found: list[tuple[int, int]] = []
    lower = text.lower()
    if len(lower) != len(text):  # the lower case of some letters is longer
        lower = text
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        closing = f"</{opening[1].lower()}" if opening[1] else "-->"
        at = lower.find(closing, opening.end())
        if at < 0:
            break  # browsers read an open comment as text
        at += len(closing)
        found.append((opening.start(), at))
    return found[::-1]
