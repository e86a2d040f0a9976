"""`recodec mail show`: a message for people, whatever its charsets and labels."""

from __future__ import annotations

from ._arguments import Arguments, Command, Option
from ._mail import record_of, run_each, safe_lines
from ._options import JSON
from ._output import shown_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..mail import Mail

FILES = Option(
    dest="paths",
    metavar="FILE",
    count="*",
    default=("-",),
    help="a file with a message, an mbox, a Maildir or MH folder, a folder of these, or - for "
    "standard input (the default)",
)

COMMAND = Command(
    FILES,
    Option("--html", dest="html", help="show the HTML text even if there is a plain one"),
    JSON,
    details="""\
Shows the decoded text, headers and names of attachments; defects of the message are reported on
standard error. --json has everything, with the sizes of attachments.

examples:
  recodec mail show letter.eml
  recodec mail show ~/Maildir | less
  curl -s imaps://host/INBOX/;UID=7 | recodec mail show
  recodec mail show --json *.eml | jq -r '[.date, .from[0].address, .subject] | @tsv'

""",
)

_SHOWN = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")


class ShowArguments(Arguments):
    """What `mail show` reads."""

    paths: list[str]
    html: bool
    json: bool


def run(arguments: ShowArguments) -> int:
    """Prints the messages; returns the exit code."""
    return run_each(
        arguments.paths,
        record_of,
        lambda mail: _lines(mail, html=arguments.html),
        json=arguments.json,
    )


def _lines(mail: Mail, *, html: bool, indent: str = "") -> Iterator[str]:
    for name in _SHOWN:
        boxes = mail.addresses(name)
        value = ", ".join(map(str, boxes)) if boxes else mail.header(name)
        if value:
            yield f"{indent}{name}: {shown_text(value)}"
    if mail.headers:
        yield indent.rstrip()
    if mail.text is not None and not (html and mail.html):
        yield from (f"{indent}{line}" for line in safe_lines(mail.text))
    elif mail.html is not None:
        text = mail.html if html else _text_of_html(mail.html)
        yield from (f"{indent}{line}" for line in safe_lines(text))
    for one in mail.attachments:
        name = shown_text(one.filename) or "(no name)"
        yield f"{indent}[{name}, {shown_text(one.content_type)}, {len(one.data):,} bytes]"
    for inner in mail.nested:
        yield indent.rstrip()
        yield from _lines(inner, html=html, indent=indent + "| ")


def _text_of_html(html: str) -> str:
    """The words of an HTML text: no tags, no scripts, a line for each block."""
    from html.parser import HTMLParser

    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.parts: list[str] = []
            self.hidden = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.hidden += tag in _HIDDEN
            if tag in _BLOCKS:
                self.parts.append("\n")

        def handle_endtag(self, tag: str) -> None:
            self.hidden = max(0, self.hidden - (tag in _HIDDEN))
            if tag in _BLOCKS and tag != "br":
                self.parts.append("\n")

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                self.parts.append(" ".join(data.split("\n")))

    words = Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line)


_HIDDEN = frozenset(("script", "style", "title", "head"))
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "br", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4",
     "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul", "body")
)  # fmt: skip
