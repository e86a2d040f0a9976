"""Undeclared HTML around a few lines of text: mostly ASCII that says nothing about the text."""

from __future__ import annotations

import random

_HEADS = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<html>\n<head>\n'
    '<title>{title}</title>\n<link rel="stylesheet" type="text/css" href="/css/main.css">\n'
    '<style type="text/css">\nbody {{ margin: 0; font: 12px Verdana, sans-serif }}\n'
    ".menu a {{ color: #336699; text-decoration: none }}\n</style>\n</head>\n<body>\n",
    '<html><head><title>{title}</title>\n<script type="text/javascript">\n'
    "function go(n) {{ if (document.images) {{ document.images[n].src = base + n + '.gif'; }} }}\n"
    'var base = "/img/"; var last = -1;\n</script>\n</head>\n'
    '<body bgcolor="#ffffff" text="#000000" link="#0000cc" onload="go(0)">\n',
)
_BLOCKS = (
    '<div class="item" id="i{n}"><h2>{text}</h2></div>\n',
    '<p class="body-text">{text}</p>\n',
    '<tr><td width="{n}" valign="top"><font size="2">{text}</font></td></tr>\n',
    '<li><a href="/page.php?id={n}&amp;sort=date" title="">{text}</a></li>\n',
)
_FILL = (
    '<table border="0" cellspacing="0" cellpadding="4" width="100%">\n',
    '<img src="/img/spacer.gif" width="1" height="{n}" alt="" border="0"><br>\n',
    '<div class="menu"><a href="/">Home</a> | <a href="/news/{n}.html">News</a></div>\n',
    "<!-- begin block {n} -->\n",
    '<script type="text/javascript" src="/js/counter.js?v={n}"></script>\n',
    '<form action="/search"><input type="text" name="q" size="{n}"></form>\n',
)
_TAIL = "</body>\n</html>\n"


def page(lines: list[str], rng: random.Random, size: int, head: str = "") -> str:
    """About `size` characters of a page with the given lines in it; `head` goes before the title.

    No charset is declared unless `head` does.
    """
    title = lines[0][:40]
    parts = [rng.choice(_HEADS).format(title=title)]
    if head:
        parts[0] = parts[0].replace("<title>", head + "\n<title>", 1)
    for line in lines:
        parts.append(rng.choice(_BLOCKS).format(n=rng.randrange(1, 900), text=line))
    used = sum(map(len, parts)) + len(_TAIL)
    while used < size:
        fill = rng.choice(_FILL).format(n=rng.randrange(1, 900))
        parts.insert(rng.randrange(1, len(parts) + 1), fill)
        used += len(fill)
    return "".join(parts) + _TAIL
