"""What the commands on single messages share: reading, and showing text that strangers wrote."""

from __future__ import annotations

import os

from ._inputs import standard_input
from ._output import EXIT_OK, Status, say, shown_name, shown_text
from ._records import open_writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..mail import Address, Attachment, Group, Mail

__all__ = ["Mailbox", "record_of", "run_each", "safe_lines"]

_START = 4096  # bytes by which an mbox is known


def run_each(
    paths: Sequence[str],
    record: Callable[[Mail], dict[str, object]],
    lines: Callable[[Mail], Iterable[str]],
    *,
    json: bool,
) -> int:
    """Reads the messages of each file and writes them; returns the exit code."""
    from ..mail import parse

    status = Status()
    writer = open_writer((), json=True) if json else None
    shown = 0
    for path, alone in _files(paths, status):
        try:
            for number, data in _messages(path):
                mail = parse(data)
                shown += 1
                if not mail.headers:
                    status.problem()
                if writer is not None:
                    place = {"path": path} if number is None else {"path": path, "message": number}
                    writer.write({**place, **record(mail)})
                    continue
                if not alone or number is not None:
                    name = shown_name(path) + (f", message {number}" if number else "")
                    _write(("" if shown == 1 else "\n") + f"==> {name} <==")
                for line in lines(mail):
                    _write(line)
                for defect in mail.defects:
                    status.note(path, defect if number is None else f"message {number}: {defect}")
        except OSError as error:
            status.error(path, error)
    if writer is not None:
        writer.close()
    return status.code or EXIT_OK


def _files(paths: Sequence[str], status: Status) -> Iterator[tuple[str, bool]]:
    """The files to read, those of folders one by one, and whether it is the only one."""
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            yield path, len(paths) == 1
            continue
        from ..mail._folders import mail_below

        found = False

        def failed(error: OSError) -> None:
            nonlocal found
            found = True  # that it holds no mail nobody knows
            status.error(error.filename, error)

        for file in mail_below(path, failed):
            found = True
            yield file, False
        if not found:
            status.problem(path, "holds no mail")


class Mailbox:
    """A file, a pipe or standard input that is read once, and what is known of it beforehand.

    Raises OSError.
    """

    def __init__(self, path: str) -> None:
        from ..mail._mbox import is_mbox

        self._file = standard_input() if path == "-" else open(path, "rb")  # noqa: SIM115
        self._ours = path != "-"
        self._start = self._file.read(_START)
        self.is_mbox = is_mbox(self._start)
        self.is_file = self._ours and self._file.seekable()

    def __enter__(self) -> Mailbox:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self._file.close()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, all that are left by default."""
        start, self._start = self._start, b""
        if size < 0:
            return start + self._file.read()
        if not start:
            return self._file.read(size)
        self._start = start[size:]
        return start[:size]


def _messages(path: str) -> Iterator[tuple[int | None, bytes]]:
    """The messages of a file, numbered from 1 when it is an mbox."""
    from ..mail._mbox import stored_messages

    with Mailbox(path) as file:
        if not file.is_mbox:
            yield None, file.read()
            return
        for number, one in enumerate(stored_messages(file), 1):
            data = one.data + b"".join(one.rest or ())
            if not one.counted:
                import re

                data = re.sub(rb"^>(>*From )", rb"\1", data, flags=re.MULTILINE)
            yield number, data


def _write(line: str) -> None:
    say(line + "\n")


def safe_lines(text: str) -> Iterable[str]:
    """The lines of a text, tabs kept and whatever else could steer a terminal escaped."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n"):
        yield "\t".join(map(shown_text, line.split("\t")))


def _box(one: Address) -> dict[str, object]:
    return {"name": one.name, "address": one.address}


def _recipient(one: Address | Group) -> dict[str, object]:
    members = getattr(one, "members", None)
    if members is None:
        return _box(one)  # type: ignore[arg-type]
    return {"group": one.name, "members": [_box(member) for member in members]}


def _attachment(one: Attachment) -> dict[str, object]:
    return {
        "filename": one.filename,
        "content_type": one.content_type,
        "size": len(one.data),
        "content_id": one.content_id,
        "inline": one.inline,
    }


def record_of(mail: Mail) -> dict[str, object]:
    """A message as JSON has it; attachments by their sizes in bytes."""
    return {
        "subject": mail.subject,
        "from": [_box(one) for one in mail.from_],
        "sender": _box(mail.sender) if mail.sender else None,
        "reply_to": [_box(one) for one in mail.reply_to],
        "to": [_recipient(one) for one in mail.addresses("to")],
        "cc": [_recipient(one) for one in mail.addresses("cc")],
        "bcc": [_recipient(one) for one in mail.addresses("bcc")],
        "date": mail.date.isoformat() if mail.date else None,
        "message_id": mail.message_id,
        "headers": [list(pair) for pair in mail.headers],
        "text": mail.text,
        "html": mail.html,
        "attachments": [_attachment(one) for one in mail.attachments],
        "nested": [record_of(one) for one in mail.nested],
        "defects": list(mail.defects),
    }
