"""Mailboxes that are folders: which of their files are messages, and what names say of them."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "PART",
    "STATE",
    "Made",
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


def files_below(
    folder: str,
    odd: Callable[[str], None] | None = None,
    failed: Callable[[OSError], None] | None = None,
) -> Iterator[tuple[str, str, int]]:
    """All regular files in any depth, in a fixed order: folder, name, bytes.

    odd     called with the paths of symbolic links, which are not followed, and of what else is
            neither a file nor a folder
    failed  called for a folder that cannot be listed; without it that raises OSError
    """

    def unlisted(error: OSError) -> None:
        if failed is not None:
            failed(error)
        elif not isinstance(error, FileNotFoundError):  # gone since, which it may
            raise error

    for where, folders, names in os.walk(folder, onerror=unlisted):
        folders.sort()
        if odd is not None:
            for name in folders:
                if os.path.islink(os.path.join(where, name)):
                    odd(os.path.join(where, name))
        for name in sorted(names, key=lambda one: (len(one) if one.isdigit() else 0, one)):
            path = os.path.join(where, name)
            with suppress(OSError):
                seen = os.lstat(path)
                if stat.S_ISREG(seen.st_mode):
                    yield where, name, seen.st_size
                elif odd is not None:
                    odd(path)


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


def mail_below(folder: str, failed: Callable[[OSError], None]) -> Iterator[str]:
    """The files in any depth that are messages or hold some, in a fixed order.

    `failed` is that of `files_below`.
    """
    for where, name, _ in files_below(folder, failed=failed):
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


class Made:
    """The files that a run which was stopped has made; it began at `begun`, in nanoseconds."""

    def __init__(self, begun: int) -> None:
        self._begun = begun
        self._place = ""  # the folder that was asked for last, and what is in it
        self._by_stem: dict[str, list[str]] = {}

    def of(self, path: str, place: str, name: str) -> str | None:
        """What was made of `path` in the folder `place`, None when nothing was.

        It has the time of the source, and its name but for the size in it.
        """
        for one in self._names(place, name):
            made = os.path.join(place, one)
            with suppress(OSError):
                seen = os.stat(made)
                same = seen.st_mtime_ns == os.stat(path).st_mtime_ns
                if same and seen.st_ctime_ns >= self._begun:
                    return made
        return None

    def _names(self, place: str, name: str) -> list[str]:
        stem, size, _ = name.partition(",S=")
        if not size or os.path.exists(os.path.join(place, name)):
            return [name]
        if place != self._place:
            # Once for a folder: what this run adds to it is of other messages.
            self._place, self._by_stem = place, {}
            with suppress(OSError):
                for one in os.listdir(place):
                    self._by_stem.setdefault(one.partition(",S=")[0], []).append(one)
        return self._by_stem.get(stem, [])


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
