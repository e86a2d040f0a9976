"""Mailboxes that are folders: which of their files are messages, and what names say of them."""

from __future__ import annotations

import os
import re
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "PART",
    "STATE",
    "done_already",
    "files_below",
    "folder_format",
    "is_message",
    "is_no_mail",
    "mail_below",
    "resized",
]

# Ends of the names of what a run over a mailbox has beside it until it is done.
PART = ".recodec-part"
STATE = ".recodec-state"
_START = 4096  # bytes by which an mbox is known

# Dovecot and Courier keep the size in the name of a message.
_SIZE = re.compile(r",S=(\d+)(?=[,:;]|\Z)")
_LINES_SIZE = re.compile(r",W=(\d+)(?=[,:;]|\Z)")
_NUMBER = re.compile(r"\d+\Z")
_EML = (".eml", ".mht", ".mhtml", ".emlx", ".msg.txt")


def files_below(folder: str) -> Iterator[tuple[str, str, int]]:
    """All regular files in any depth, in a fixed order: folder, name, bytes."""
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names, key=lambda one: (len(one) if one.isdigit() else 0, one)):
            path = os.path.join(where, name)
            with suppress(OSError):
                if os.path.isfile(path) and not os.path.islink(path):
                    yield where, name, os.stat(path).st_size


def folder_format(folder: str) -> str:
    """What kind of mailbox a folder is: "maildir", "mh", or "tree" for any other."""
    if os.path.isdir(os.path.join(folder, "cur")) and os.path.isdir(os.path.join(folder, "new")):
        return "maildir"
    names = os.listdir(folder)
    if ".mh_sequences" in names or (names and all(map(_NUMBER.match, names))):
        return "mh"
    return "tree"


def is_message(folder: str, name: str) -> bool:
    """Whether a file of a folder is one message by its place or its name."""
    if name.lower().endswith(_EML) or _NUMBER.match(name):
        return True
    return _is_of_maildir(folder, "cur", "new") and not name.startswith(".")


def is_no_mail(folder: str, name: str) -> bool:
    """Whether a file of a folder is a message that is still being delivered, or work of ours."""
    return name.endswith((PART, STATE)) or _is_of_maildir(folder, "tmp")


def _is_of_maildir(folder: str, *names: str) -> bool:
    """Whether it is the folder with one of these names in a Maildir."""
    folder = os.path.abspath(folder)
    if os.path.basename(folder) not in names:
        return False
    above = os.path.dirname(folder)
    return all(os.path.isdir(os.path.join(above, one)) for one in ("cur", "new"))


def mail_below(folder: str) -> Iterator[str]:
    """The files in any depth that are messages or hold some, in a fixed order."""
    for where, name, _ in files_below(folder):
        path = os.path.join(where, name)
        if not is_no_mail(where, name) and (is_message(where, name) or _is_mbox(path)):
            yield path


def _is_mbox(path: str) -> bool:
    from ._mbox import is_mbox

    try:
        with open(path, "rb") as file:
            return is_mbox(file.read(_START))
    except OSError:
        return True  # whoever reads it says what is wrong with it


def done_already(path: str, place: str, name: str) -> str | None:
    """The file that an earlier run has made of `path`: its name, and the time of the source."""
    stem = name.partition(",S=")[0] if ",S=" in name else None
    names = [name]
    if stem is not None and not os.path.exists(os.path.join(place, name)):
        with suppress(OSError):
            names = [one for one in os.listdir(place) if one.startswith(f"{stem},S=")]
    for one in names:
        made = os.path.join(place, one)
        with suppress(OSError):
            same_time = os.stat(made).st_mtime_ns == os.stat(path).st_mtime_ns
            if same_time and not os.path.samefile(made, path):
                return made
    return None


def resized(name: str, data: bytes, new: bytes) -> str:
    """The name of a message in a Maildir with the sizes in it, where they were right."""

    def size(found: re.Match[str]) -> str:
        return f",S={len(new)}" if int(found[1]) == len(data) else found[0]

    def lines_size(found: re.Match[str]) -> str:
        right = int(found[1]) == _crlf_size(data)
        return f",W={_crlf_size(new)}" if right else found[0]

    return _LINES_SIZE.sub(lines_size, _SIZE.sub(size, name))


def _crlf_size(data: bytes) -> int:
    return len(data) + data.count(b"\n") - data.count(b"\r\n")
