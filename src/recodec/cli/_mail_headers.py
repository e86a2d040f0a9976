"""`recodec mail headers`: all header fields of messages, decoded, in their order."""

from __future__ import annotations

from ._arguments import Arguments, Command
from ._mail import run_each
from ._mail_show import FILES
from ._options import JSON
from ._output import shown_text

COMMAND = Command(
    FILES,
    JSON,
    details="""\
examples:
  recodec mail headers letter.eml
  recodec mail headers --json *.eml
  recodec mail headers ~/Maildir | grep ^Subject:

""",
)


class HeadersArguments(Arguments):
    """What `mail headers` reads."""

    paths: list[str]
    json: bool


def run(arguments: HeadersArguments) -> int:
    """Prints a line per field; returns the exit code."""
    return run_each(
        arguments.paths,
        lambda mail: {
            "headers": [list(pair) for pair in mail.headers],
            "defects": list(mail.defects),
        },
        lambda mail: (f"{shown_text(name)}: {shown_text(value)}" for name, value in mail.headers),
        json=arguments.json,
    )
