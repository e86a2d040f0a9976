"""Whole mailboxes in another charset: mbox files, Maildir and MH folders, trees of messages.

What a file or folder is is found by looking. Nothing is held but the message at work; a message
that cannot be recoded is copied as it was and listed; what is written takes its place at once or
not at all; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from contextlib import suppress

from .._errors import VerificationError
from .._files.beside import sync_folder, work_name
from .._files.replace import Replacement, take_after
from .._files.windows import replace
from ._folders import (
    PART,
    STATE,
    done_already,
    files_below,
    folder_format,
    is_message,
    is_no_mail,
    resized,
)
from ._mbox import LARGE, Stored, is_mbox, stored_messages
from ._output import UTF8, Output
from ._recode import recode_bytes
from ._report import Count, MailboxReport

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO, Any

    from ._output import Kana, Unencodable, Variant

__all__ = ["recode_mailbox"]

# Between two notes of how far a run is, whichever comes first: bytes of input, and seconds.
_CHECKPOINT = 64 << 20
_SECONDS = 1.0
_BATCH = 1 << 20  # bytes of messages that a process gets at a time
_LENGTH = re.compile(rb"^(content-length[ \t]*:[ \t]*)\d+", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\n\r?\n")


def recode_mailbox(
    src: str | os.PathLike[str],
    dst: str | os.PathLike[str],
    to: str = "utf-8",
    *,
    unencodable: Unencodable = "utf8",
    variant: Variant = "ms",
    kana: Kana = "full",
    jobs: int = 1,
    progress: Callable[[int, int, int], object] | None = None,
    resume: bool = True,
) -> MailboxReport:
    """Recodes every message of `src` into `dst`, as `recode` does with one.

    src       an mbox (mboxo, mboxrd, mboxcl2, with LF or CR LF), a Maildir or MH folder, a message,
              or a folder of such in any depth; what is none of these is copied as it is
    dst       what to write, of the same kind; `src` itself to replace it. A folder may exist, and
              files of the same names in it are replaced
    jobs      processes to use
    progress  called with bytes done, bytes in all, and messages done, about once a megabyte
    resume    whether to go on where a run that was stopped had come to

    Memory stays under 64 MB for any size. Of messages longer than 8 MB the texts in the first 8 MB
    are recoded.

    Raises FileExistsError when `dst` is a file already, VerificationError when `src` changed
    meanwhile, other OSErrors, OptionError, UnknownCharsetError; what is there is left as it was
    then.
    """
    source, target = os.fspath(src), os.fspath(dst)
    output = Output(to, unencodable, variant, kana)
    options = {"to": to, "unencodable": unencodable, "variant": variant, "kana": kana}
    run = _Run(UTF8 if output.codec == "utf-8" else output, options, jobs, resume)
    if os.path.isdir(source):
        return run.folder(source, target, progress)
    if os.path.lexists(target) and not (
        os.path.exists(target) and os.path.samefile(source, target)
    ):
        raise FileExistsError(17, "is there already", target)
    run.count = Count(progress, os.stat(source).st_size)
    format = run.file(source, target)
    return run.count.report(format, resumed=run.resumed)


class _Run:
    def __init__(self, output: Output, options: dict[str, str], jobs: int, resume: bool) -> None:
        self._output = output
        self._options = options
        self._jobs = max(1, jobs)
        self._resume = resume
        self.count = Count(None, 0)
        self.resumed = False

    # -- Folders -------------------------------------------------------------------------------

    def folder(
        self, source: str, target: str, progress: Callable[[int, int, int], object] | None
    ) -> MailboxReport:
        inside = os.path.join(os.path.realpath(source), "")
        if os.path.join(os.path.realpath(target), "").startswith(inside) and not (
            os.path.realpath(target) == os.path.realpath(source)
        ):
            raise FileExistsError(17, "is inside what is to be recoded", target)
        total = sum(size for _, _, size in files_below(source))
        self.count = Count(progress, total)
        format = folder_format(source)
        for folder, name, size in files_below(source):
            place = os.path.join(target, os.path.relpath(folder, source))
            place = os.path.normpath(place)
            os.makedirs(place, exist_ok=True)
            self._one_of_folder(os.path.join(folder, name), place, size)
        for folder, _, _ in os.walk(source):  # new and tmp of a Maildir may be empty
            os.makedirs(
                os.path.normpath(os.path.join(target, os.path.relpath(folder, source))),
                exist_ok=True,
            )
        self.count.tell()
        return self.count.report(format, resumed=self.resumed)

    def _one_of_folder(self, path: str, place: str, size: int) -> None:
        folder, name = os.path.split(path)
        done = done_already(path, place, name) if self._resume else None
        if done is not None:
            self.resumed = True
            self.count.bytes_in += size
            self.count.bytes_out += os.stat(done).st_size
            if is_message(folder, name):
                self.count.messages += 1
            return
        try:
            with open(path, "rb") as file:
                start = file.read(4096)
            if is_no_mail(folder, name):
                return
            if is_message(folder, name) or is_mbox(start):
                self.file(path, os.path.join(place, name), like_maildir=True)
                return
            if os.path.realpath(folder) != os.path.realpath(place):
                _copy(path, os.path.join(place, name))
            self.count.bytes_in += size
            self.count.bytes_out += size
        except FileNotFoundError:
            # A mail program has moved it, which it may.
            self.count.problem(path, 0, 0, "was gone before it could be read")

    # -- One file ------------------------------------------------------------------------------

    def file(self, source: str, target: str, *, like_maildir: bool = False) -> str:
        """Recodes a file; returns its format."""
        with open(source, "rb") as file:
            start = file.read(4096)
            file.seek(0)
            before = os.fstat(file.fileno())
            if is_mbox(start) and not (like_maildir and is_message(*os.path.split(source))):
                self._mbox(file, source, target, before)
                return "mbox"
            self._message(file, source, target, before, rename=like_maildir)
            return "eml"

    def _message(
        self, file: IO[bytes], source: str, target: str, before: os.stat_result, *, rename: bool
    ) -> None:
        data = file.read(LARGE)
        cut = len(data) < before.st_size
        if cut:
            head = data.rfind(b"\n") + 1 or len(data)
            file.seek(head)
            data = data[:head]
        new = self._recoded(data, False, cut, source, self.count.messages, 0)
        name = os.path.basename(target)
        if rename and len(new) != len(data):
            name = resized(name, data, new)
        target = os.path.join(os.path.dirname(target), name)
        if new is not data or not _same(source, target):
            with Replacement(target) as replacement:
                replacement.file.write(new)
                if cut:
                    shutil.copyfileobj(file, replacement.file, 1 << 20)
                size = replacement.file.tell()
                _unchanged(source, before)
                replacement.prepare(source, times=True)
                file.close()  # it may be what is replaced
                replacement.commit()
            renamed = rename and os.path.basename(source) != name
            if renamed and _same_folder(source, target):
                os.unlink(source)  # the message goes by its new name in the same Maildir
        else:
            size = before.st_size
        self.count.messages += 1
        self.count.bytes_in += before.st_size
        self.count.bytes_out += size
        if self.count.messages % 64 == 0:
            self.count.tell()

    def _recoded(
        self, data: bytes, quoted: bool, cut: bool, path: str, index: int, offset: int
    ) -> bytes:
        done, notes = _safely(data, self._output, quoted, cut)
        for note in notes:
            self.count.problem(path, index, offset, note)
        if done is None:
            return data
        self.count.changed += 1
        return done

    # -- mbox ----------------------------------------------------------------------------------

    def _mbox(self, file: IO[bytes], source: str, target: str, before: os.stat_result) -> None:
        real = os.path.realpath(target)
        part, state_path = work_name(real, PART), work_name(real, STATE)
        base = (self.count.messages, self.count.changed, self.count.bytes_in, self.count.bytes_out)
        state = _State(state_path, source, before, self._options)
        start = state.read(part) if self._resume else None
        # By descriptor, so that what an earlier run wrote is kept, and as a file that is not read,
        # which is the faster kind.
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(part, flags if start else flags | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb", 1 << 18) as out:
            if start:
                self.resumed = True
                out.seek(start["written"])
                out.truncate()
                self.count.messages += start["messages"]
                self.count.changed += start["changed"]
                self.count.bytes_in += start["read"]
                self.count.bytes_out += start["written"]
            self._copy_mbox(file, source, out, start["read"] if start else 0, state, base)
            out.flush()
            _unchanged(source, before)
            take_after(part, source, times=True, replaces=_same(source, real))
            os.fsync(out.fileno())
        file.close()  # it may be what is replaced
        replace(part, real)
        with suppress(FileNotFoundError):
            os.unlink(state_path)
        sync_folder(os.path.dirname(real))
        self.count.tell()

    def _copy_mbox(
        self,
        file: IO[bytes],
        path: str,
        out: IO[bytes],
        at: int,
        state: _State,
        base: tuple[int, int, int, int],
    ) -> None:
        count = self.count
        checked = told = count.bytes_in
        due = time.monotonic() + _SECONDS
        for stored, new, notes in self._recoded_messages(stored_messages(file, at)):
            for note in notes:
                count.problem(path, count.messages - base[0], stored.offset, note)
            data = stored.data if new is None else new
            if new is not None:
                count.changed += 1
                if stored.counted:
                    data = _with_length(data, stored.end)
            written = out.write(stored.line) + out.write(data) + out.write(stored.end)
            read = len(stored.line) + len(stored.data) + len(stored.end)
            for block in stored.rest or ():
                written += out.write(block)
                read += len(block)
            count.messages += 1
            count.bytes_in += read
            count.bytes_out += written
            if count.bytes_in - told < _BATCH:
                continue
            told = count.bytes_in
            count.tell()
            if count.bytes_in - checked >= _CHECKPOINT or time.monotonic() >= due:
                checked = count.bytes_in
                due = time.monotonic() + _SECONDS
                out.flush()
                os.fsync(out.fileno())
                state.write(
                    messages=count.messages - base[0],
                    changed=count.changed - base[1],
                    read=count.bytes_in - base[2],
                    written=count.bytes_out - base[3],
                )

    def _recoded_messages(
        self, messages: Iterable[Stored]
    ) -> Iterator[tuple[Stored, bytes | None, tuple[str, ...]]]:
        if self._jobs == 1:
            for one in messages:
                yield one, *_safely(one.data, self._output, not one.counted, one.rest is not None)
            return
        yield from self._in_processes(messages)

    def _in_processes(
        self, messages: Iterable[Stored]
    ) -> Iterator[tuple[Stored, bytes | None, tuple[str, ...]]]:
        from collections import deque
        from concurrent.futures import Future, ProcessPoolExecutor

        waiting: deque[tuple[list[Stored], Future[Any]]] = deque()

        def finished() -> Iterator[tuple[Stored, bytes | None, tuple[str, ...]]]:
            batch, future = waiting.popleft()
            for one, (new, notes) in zip(batch, future.result(), strict=True):
                yield one, new, notes

        with ProcessPoolExecutor(self._jobs) as pool:
            batch: list[Stored] = []
            size = 0
            for one in messages:
                if one.rest is None:
                    batch.append(one)
                    size += len(one.data)
                if size >= _BATCH or (one.rest is not None and batch):
                    work = [(each.data, not each.counted) for each in batch]
                    waiting.append((batch, pool.submit(_safely_all, work, self._options)))
                    batch, size = [], 0
                while len(waiting) > (0 if one.rest is not None else self._jobs + 1):
                    yield from finished()
                if one.rest is not None:
                    yield one, *_safely(one.data, self._output, True, True)
            if batch:
                work = [(each.data, not each.counted) for each in batch]
                waiting.append((batch, pool.submit(_safely_all, work, self._options)))
            while waiting:
                yield from finished()


def _safely(
    data: bytes, output: Output, quoted: bool, cut: bool
) -> tuple[bytes | None, tuple[str, ...]]:
    """The recoded message, None when it stays as it is, and what there is to say."""
    try:
        done = recode_bytes(data, output, quoted=quoted, cut=cut)
    except MemoryError:
        raise
    except Exception as error:
        # A defect of ours must cost one message at most, and that one is kept.
        return None, (f"left as it is: {type(error).__name__}: {error}",)
    return (done.data if done.changed else None), done.notes


def _safely_all(
    work: list[tuple[bytes, bool]], options: dict[str, Any]
) -> list[tuple[bytes | None, tuple[str, ...]]]:
    """The same for a batch, in another process."""
    output = Output(options["to"], options["unencodable"], options["variant"], options["kana"])
    output = UTF8 if output.codec == "utf-8" else output
    return [_safely(data, output, quoted, False) for data, quoted in work]


class _State:
    """How far a run over an mbox is, on the disk."""

    def __init__(
        self, path: str, source: str, before: os.stat_result, options: dict[str, str]
    ) -> None:
        self._path = path
        self._of = {
            "source": os.path.realpath(source),
            "size": before.st_size,
            "mtime": before.st_mtime_ns,
            **options,
        }

    def read(self, part: str) -> dict[str, int] | None:
        """The figures to go on with, None when there is nothing that fits."""
        try:
            with open(self._path, encoding="utf-8") as file:
                found = json.load(file)
            if {key: found.get(key) for key in self._of} != self._of:
                return None
            figures = {key: int(found[key]) for key in ("messages", "changed", "read", "written")}
            if os.stat(part).st_size < figures["written"]:
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return figures

    def write(self, **figures: int) -> None:
        with Replacement(self._path, fresh=True) as replacement:
            replacement.file.write(json.dumps({**self._of, **figures}).encode("utf-8"))
            replacement.prepare(None, times=False)
            replacement.commit()


def _with_length(data: bytes, end: bytes) -> bytes:
    """The message with a Content-Length that is right again."""
    blank = _BLANK.search(data)
    if blank is None:
        return data
    # What is counted ends before the blank line that parts messages.
    size = len(data) - blank.end()
    head = _LENGTH.sub(lambda found: found[1] + str(size).encode(), data[: blank.end()], count=1)
    return head + data[blank.end() :]


def _copy(source: str, target: str) -> None:
    with Replacement(target) as replacement, open(source, "rb") as file:
        shutil.copyfileobj(file, replacement.file, 1 << 20)
        replacement.prepare(source, times=True)
        replacement.commit()


def _same(one: str, other: str) -> bool:
    return os.path.exists(other) and os.path.samefile(one, other)


def _same_folder(one: str, other: str) -> bool:
    return os.path.realpath(os.path.dirname(one)) == os.path.realpath(os.path.dirname(other))


def _unchanged(path: str, before: os.stat_result) -> None:
    now = os.stat(path)
    if (now.st_size, now.st_mtime_ns, now.st_ino) != (
        before.st_size,
        before.st_mtime_ns,
        before.st_ino,
    ):
        raise VerificationError(f"{path}: changed while it was being recoded")
