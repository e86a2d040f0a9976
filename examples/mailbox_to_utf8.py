"""Recodes a mailbox (mbox, Maildir, MH) to UTF-8 and lists what is in it.

What it shows: `mail.recode_mailbox`, which rewrites texts and headers whose labels are wrong or
missing as well, and `mail.parse`, which reads one message as it was meant.

    python examples/mailbox_to_utf8.py old.mbox new.mbox
"""

from __future__ import annotations

import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path

from recodec import mail


def convert(source: Path, target: Path) -> mail.MailboxReport:
    """Writes `target` and shows how far it is. Raises OSError, also when `target` exists."""

    def progress(done: int, size: int, messages: int) -> None:
        print(f"\r{done * 100 // max(size, 1)} % {messages} messages", end="", file=sys.stderr)

    report = mail.recode_mailbox(source, target, progress=progress)
    print(file=sys.stderr)
    return report


def subjects(path: Path) -> Iterator[str]:
    """One line for each message of an mbox file: sender and subject."""
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.keys():  # noqa: SIM118 - a mailbox iterates over messages, not keys
            message = mail.parse(box.get_bytes(key))
            sender = str(message.from_[0]) if message.from_ else "?"
            yield f"{sender}: {message.subject}"
    finally:
        box.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/mailbox_to_utf8.py OLD NEW")
    done = convert(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"{done.format}: {done.changed} of {done.messages} messages changed")
    for problem in done.problems:
        print(f"  {problem}")
    for line in subjects(Path(sys.argv[2])):
        print(line)
