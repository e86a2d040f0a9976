"""The page of `recodec explain --html`: one file, which loads nothing from elsewhere.

Whatever comes from the file is escaped, and what would not be seen (controls, marks of direction)
is written as a sign for it. The page forbids itself all requests by its content security policy.
"""

from __future__ import annotations

from html import escape

from ._explain_facts import language_name, percent
from ._explain_style import SCRIPT, STYLE
from ._output import is_safe
from ._progress import size_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._explain_facts import Excerpt, Facts, Glyph

__all__ = ["page"]

_COMPARED = 4  # readings whose previews stand side by side
_COLOURS = ("other", "control", "ascii")  # of encodings but UTF-8, the styles of kinds of bytes
_RUNS = 2000  # runs of lines that the strip shows
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_LABELS = {
    "ascii": "ASCII",
    "utf8": "UTF-8",
    "other": "beyond ASCII",
    "control": "controls",
    "broken": "does not fit",
}


def page(facts: Facts) -> str:
    """The whole page."""
    title = escape(visible(facts.name))
    parts = [
        "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n",
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n',
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n",
        "<meta name='color-scheme' content='light dark'>\n",
        f"<title>{title} \u2013 recodec explain</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        "<main>\n",
        *_answer(facts),
        *_map(facts),
        *_runs(facts),
        *_readings(facts),
        *_previews(facts),
        *_excerpts(facts),
        *_rejected(facts),
        "</main>\n",
        "<footer id='bytes' aria-live='polite'><span class='hint'>Point at a character to see its "
        "bytes.</span></footer>\n",
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def visible(text: str) -> str:
    """`text` with a sign for everything that would not be seen or would move its neighbours."""
    if is_safe(text):
        return text
    return "".join(one if is_safe(one) else _sign(one) for one in text)


def _sign(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"[U+{code:04X}]"


def _answer(facts: Facts) -> Iterator[str]:
    found = facts.found
    name = escape(visible(facts.name))
    language = language_name(found.language)
    yield f"<header>\n<p class='file'>{name} <span>{size_text(facts.size)}</span></p>\n"
    answer = found.encoding or "not text"
    yield f"<h1>{escape(answer)}</h1>\n<p class='sure'>"
    if language:
        yield f"<span class='tag'>{escape(language)}</span> "
    if found.encoding is not None and found.source != "empty":
        yield f"<span class='tag'>{percent(found.confidence)} sure</span> "
        if found.mime and found.mime.lower() != found.encoding.lower():
            yield f"<span class='tag'>{escape(found.mime)}</span> "
    if found.bad:
        yield f"<span class='tag bad'>{found.bad:,} bad</span> "
    yield "</p>\n<ul class='reasons'>\n"
    for sentence in facts.reasons:
        yield f"<li>{escape(visible(sentence))}</li>\n"
    yield "</ul>\n</header>\n"


def _map(facts: Facts) -> Iterator[str]:
    if not facts.cells:
        return
    total = sum(cell.size for cell in facts.cells)
    yield "<section>\n<h2>The file</h2>\n"
    yield "<div class='strip' role='img' aria-label='Map of the file'>"
    for cell in facts.cells:
        counts = ", ".join(
            f"{number:,} {_LABELS[kind]}" for kind, number in cell.counts.items() if number
        )
        end = cell.start + cell.size - 1
        yield (
            f"<i class='{cell.kind}' style='flex-grow:{cell.size}' "
            f"data-t='bytes {cell.start:,} to {end:,}: {counts}'></i>"
        )
    yield "</div>\n<div class='axis'><span>0</span>"
    yield f"<span>{total // 2:,}</span><span>{total:,} bytes</span></div>\n<ul class='legend'>\n"
    for kind, label in _LABELS.items():
        number = sum(cell.counts[kind] for cell in facts.cells)
        if number:
            yield f"<li><i class='{kind}'></i>{label} <b>{number:,}</b></li>\n"
    yield "</ul>\n</section>\n"


def _runs(facts: Facts) -> Iterator[str]:
    if not facts.runs:
        return
    names = dict.fromkeys(str(part.encoding) for part, _, _ in facts.runs)
    others = (name for name in names if name != "utf-8")
    colours = {name: _COLOURS[at % len(_COLOURS)] for at, name in enumerate(others)}
    colours["utf-8"] = "utf8"  # as in the map
    yield "<section>\n<h2>Encodings by line</h2>\n"
    yield "<div class='strip' role='img' aria-label='Which lines are in which encoding'>"
    for part, first, last in facts.runs[:_RUNS]:
        name = str(part.encoding)
        yield (
            f"<i class='{colours[name]}' style='flex-grow:{part.end - part.start}' "
            f"data-t='lines {first:,} to {last:,}: {escape(name)}'></i>"
        )
    yield "</div>\n<ul class='legend'>\n"
    for name in names:
        lines = sum(last - first + 1 for part, first, last in facts.runs if part.encoding == name)
        yield f"<li><i class='{colours[name]}'></i>{escape(name)} <b>{lines:,}</b> lines</li>\n"
    yield "</ul>\n</section>\n"


def _readings(facts: Facts) -> Iterator[str]:
    if not facts.readings:
        return
    sample = facts.excerpts[0].data if facts.excerpts else facts.preview[1][:48]
    yield "<section>\n<h2>Readings</h2>\n<ol class='ranking'>\n"
    for one in facts.readings:
        behind = "" if not one.score else f"{one.score:,.1f} bits behind"
        if one.score is None:
            behind = "was not in question"
        yield (
            f"<li><div class='who'><b>{escape(one.encoding)}</b> "
            f"<span>{escape(language_name(one.language))}</span></div>"
            f"<div class='bar'><i style='width:{one.confidence:.2%}'></i></div>"
            f"<div class='share'>{percent(one.confidence)}</div>"
            f"<div class='reads' dir='auto'>{escape(visible(one.text(sample).strip()))}</div>"
            f"<div class='behind'>{behind}</div></li>\n"
        )
    yield "</ol>\n</section>\n"


def _previews(facts: Facts) -> Iterator[str]:
    offset, data = facts.preview
    if not facts.readings or not data:
        return
    yield "<section>\n<h2>Side by side</h2>\n"
    yield f"<p class='about'>From byte {offset:,}. The same bytes light up in every reading.</p>\n"
    yield "<div class='side'>\n"
    for one in facts.readings[:_COMPARED]:
        yield f"<figure><figcaption><b>{escape(one.encoding)}</b> {percent(one.confidence)}"
        yield "</figcaption>\n<div class='text'>"
        yield from _lines(one.glyphs(offset, data))
        yield "</div></figure>\n"
    yield "</div>\n</section>\n"


def _lines(glyphs: Iterable[Glyph]) -> Iterator[str]:
    """Lines of their own direction; what is read from bytes beyond ASCII can be pointed at."""
    yield "<p dir='auto'>"
    plain: list[str] = []
    for glyph in glyphs:
        if glyph.text == "\n":
            yield f"{''.join(plain)}</p><p dir='auto'>"
            plain.clear()
        elif glyph.text == "\r":
            continue
        elif len(glyph.data) == 1 and glyph.data < b"\x80" and glyph.text.isascii():
            plain.append(escape(visible(glyph.text.expandtabs(4))))
        else:
            yield "".join(plain)
            plain.clear()
            shown = visible(glyph.text)
            look = "lost" if "\ufffd" in glyph.text else "sign" if shown != glyph.text else ""
            style = f" class='{look}'" if look else ""
            yield (
                f"<span{style} data-o='{glyph.offset}' data-b='{glyph.data.hex(' ')}'>"
                f"{escape(shown)}</span>"
            )
    yield f"{''.join(plain)}</p>"


def _excerpts(facts: Facts) -> Iterator[str]:
    if not facts.excerpts or not facts.readings:
        return
    yield "<section>\n<h2>Telling bytes</h2>\n<div class='excerpts'>\n"
    for excerpt in facts.excerpts:
        yield from _excerpt(excerpt, facts)
    yield "</div>\n</section>\n"


def _excerpt(excerpt: Excerpt, facts: Facts) -> Iterator[str]:
    note = " <em>does not fit</em>" if excerpt.broken else ""
    yield f"<article><h3>line {excerpt.line:,}, byte {excerpt.offset:,}{note}</h3>\n<p class='hex'>"
    for at, byte in enumerate(excerpt.data, excerpt.offset):
        high = " class='high'" if byte >= 0x80 else ""
        yield f"<span{high} data-o='{at}' data-b='{byte:02x}'>{byte:02x}</span> "
    yield "</p>\n<dl>"
    for one in facts.readings_of(excerpt, _COMPARED):
        yield f"<dt>{escape(one.encoding)}</dt><dd>"
        yield from _lines(one.glyphs(excerpt.offset, excerpt.data))
        yield "</dd>"
    yield "</dl></article>\n"


def _rejected(facts: Facts) -> Iterator[str]:
    if not facts.rejected:
        return
    yield "<section>\n<h2>Ruled out</h2>\n<ul class='rejected'>\n"
    for name, offset, data in facts.rejected:
        yield (
            f"<li><b>{escape(name)}</b> has nothing for <code>{data.hex(' ')}</code> "
            f"at byte {offset:,}</li>\n"
        )
    yield "</ul>\n</section>\n"
