"""Text of format=flowed (RFC 3676): soft line breaks undone."""

from __future__ import annotations

import re

__all__ = ["unflow"]

_QUOTES = re.compile(r">*")


def unflow(text: str, *, delsp: bool) -> str:
    """Paragraphs of flowed text in one line each; quoted ones keep one run of `>`.

    `delsp` says that the space at a soft break was added and goes. Line ends stay as they are.
    """
    result: list[str] = []
    paragraph: list[str] = []
    depth = 0
    line_end = "\r\n" if "\r\n" in text else "\n"
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        ending = line[len(body) :]
        level = len(_QUOTES.match(body)[0])  # type: ignore[index]
        content = body[level:]
        if content.startswith(" "):  # stuffed
            content = content[1:]
        if paragraph and (level != depth or content == "-- "):
            # A soft break before another level ends there all the same.
            result += (*paragraph, line_end)
            paragraph = []
        if not paragraph and level:
            paragraph.append(">" * level + " ")
        depth = level
        if content.endswith(" ") and content != "-- ":
            paragraph.append(content[:-1] if delsp else content)
            continue
        result += (*paragraph, content, ending)
        paragraph = []
    result += paragraph
    return "".join(result)
