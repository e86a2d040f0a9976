"""What a text says of its own encoding, rewritten for the encoding that it is written in.

HTML and XHTML (meta charset and http-equiv), XML, CSS, the coding line of Python and Ruby
(PEP 263), mode lines of Emacs and Vim, `scriptencoding`; those of plain files are in
`declared_formats`. Only a name that is an encoding is replaced, so that templates and prose stay
as they are. Sources: the HTML standard's prescan; the XML, CSS and Python
references; `:help modeline`; the Emacs manual, "Specifying File Variables".
"""

from __future__ import annotations

import re

from .._coding.route import find
from .declared_formats import card_line, is_card, rewritten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Declarations"]

_HEAD = 1 << 13  # characters that are looked at from the start; HTML asks for 1,024 bytes
_TAIL = 1 << 11  # and from the end, for mode lines
_LINES = 5  # lines at either end where Vim looks for mode lines

_XML = re.compile(r"""\A\s*<\?xml\s[^>]*?\sencoding\s*=\s*(["'])(?P<name>[^"'>]+)\1""")
_CSS = re.compile(r"""\A@charset "(?P<name>[^"]+)";""")
_TAG = re.compile(r"""<!--.*?-->|<meta(?=[\s/])(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I | re.S)
_ATTRIBUTE = re.compile(
    r"""[\s/](?P<key>[a-z-]+)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'>]+))""", re.I
)
_IN_CONTENT = re.compile(r"""\bcharset\s*=\s*["']?(?P<name>[^\s;"']+)""", re.I)
_PEP263 = re.compile(r"[ \t\f]*#[^\n]*?coding[:=][ \t]*(?P<name>[-\w.]+)")
_EMACS = re.compile(r"-\*-(?:[^\n]*?[\s;])?coding:[ \t]*(?P<name>[^\s;]+)[^\n]*?-\*-")
_EMACS_ENDS = re.compile(r"-(?:unix|dos|mac)\Z")
_VIM = re.compile(
    r"(?:\A|\s)(?:vi|vim|Vim|ex)(?:[<=>]?\d+)?:[^\n]*?(?:\b|:)(?:fileencoding|fenc)=(?P<name>[^\s:]+)"
)

_VIM_SCRIPT = re.compile(r"^[ \t]*scriptencoding[ \t]+(?P<name>[\w-]+)", re.M)


class Declarations:
    """A step of the conversion: the declarations at the start and the end of a text."""

    def __init__(self, target: str) -> None:
        """target: canonical name of the encoding that the text is going to be in."""
        self._target = target
        self._held = ""
        self._begun = False
        self._card = False

    def feed(self, text: str, final: bool) -> str:
        """The text so far as it is settled; all of it when `final`."""
        text = self._held + text
        if not self._begun:
            if len(text) < _HEAD and not final:
                self._held = text
                return ""
            self._begun = True
            self._card = is_card(text)
            text = self._head(text[:_HEAD]) + text[_HEAD:]
        if self._card:
            return self._cards(text, final)
        if final:
            self._held = ""
            cut = max(len(text) - _TAIL, 0)
            return text[:cut] + self._modelines(text[cut:], last=True)
        self._held = text[-_TAIL:]
        return text[:-_TAIL]

    def _cards(self, text: str, final: bool) -> str:
        """Whole lines; the last is held back until it ends."""
        end = len(text) if final else text.rfind("\n") + 1
        self._held = text[end:]
        return "".join(card_line(line, self._mime) for line in _lines(text[:end]))

    def _head(self, text: str) -> str:
        mark = text[:1] if text.startswith("\ufeff") else ""
        text = text[len(mark) :]
        text = _replaced(_XML, text, self._mime)
        text = _replaced(_CSS, text, self._mime)
        text = _TAG.sub(lambda match: self._tag(match[0]), text)
        text = _replaced(_VIM_SCRIPT, text, self._vim)
        text = rewritten(text, self._target, self._mime)
        lines = _lines(text)
        for number, line in enumerate(lines[:2]):
            done = _replaced(_EMACS, line, self._emacs)
            lines[number] = done if done != line else _replaced(_PEP263, line, self._python)
        return mark + self._modelines("".join(lines), last=False)

    def _modelines(self, text: str, *, last: bool) -> str:
        lines = _lines(text)
        chosen = range(max(len(lines) - _LINES, 0), len(lines)) if last else range(_LINES)
        for number in chosen:
            if number < len(lines):
                lines[number] = _replaced(_VIM, lines[number], self._vim)
        return "".join(lines)

    def _tag(self, tag: str) -> str:
        """A meta element (or a comment, which stays) with the name in it replaced."""
        if tag.startswith("<!--"):
            return tag
        content: tuple[int, int] | None = None
        is_type = False
        for match in _ATTRIBUTE.finditer(tag):
            key = match["key"].lower()
            group = next(name for name in "abc" if match[name] is not None)
            if key == "charset":
                new = self._mime(match[group].strip())
                if new is None:
                    return tag
                return tag[: match.start(group)] + new + tag[match.end(group) :]
            if key == "content":
                content = match.span(group)
            elif key == "http-equiv":
                is_type = match[group].strip().lower() == "content-type"
        if not is_type or content is None:
            return tag
        start, end = content
        return tag[:start] + _replaced(_IN_CONTENT, tag[start:end], self._mime) + tag[end:]

    def _mime(self, old: str) -> str | None:
        """The new name where MIME names belong, None to leave what stands there."""
        if find(old) is None:
            return None
        charset = find(self._target)
        if charset is None:
            return self._target
        # "with signature" has no name of its own: the mark belongs to the text there.
        new = charset.iana or charset.whatwg or charset.name
        # As it was spelt before: HTML likes small letters, XML capitals.
        return new.lower() if old.islower() else new

    def _python(self, old: str) -> str | None:
        if find(old) is None:
            return None
        return "utf-8" if self._target == "utf-8-sig" else self._target

    def _vim(self, old: str) -> str | None:
        new = self._mime(old)
        if new is None or self._target.startswith("cp"):
            return new and self._target  # Vim knows these by that name
        return new.lower()

    def _emacs(self, old: str) -> str | None:
        end = _EMACS_ENDS.search(old)
        ends = end[0] if end else ""
        bare = old[: len(old) - len(ends)]
        if find(bare) is None:
            return None
        new = self._mime(bare)
        return None if new is None else new.lower() + ends


def _replaced(pattern: re.Pattern[str], text: str, name: Callable[[str], str | None]) -> str:
    """`text` with the name that the pattern finds first replaced."""
    match = pattern.search(text)
    new = None if match is None else name(match["name"])
    if match is None or new is None:
        return text
    return text[: match.start("name")] + new + text[match.end("name") :]


def _lines(text: str) -> list[str]:
    """Lines with their ends; only CR, LF and CR LF end one."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
