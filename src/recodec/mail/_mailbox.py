"""Whole mailboxes in another charset: mbox files, Maildir and MH folders, trees of messages.

What a file or folder is is found by looking. Nothing is held but the message at work; a message
that cannot be recoded is copied as it was and listed; what is written takes its place at once or
not at all; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager, suppress

from .._errors import VerificationError
from .._files.beside import say_where, sync_folder, work_name
from .._files.replace import Replacement, take_after
from .._files.windows import WINDOWS, replace
from ._batches import BATCH, recoded, recoded_messages
from ._crew import Crew
from ._folders import (
    PART,
    STATE,
    Made,
    files_below,
    folder_format,
    is_message,
    is_no_mail,
    resized,
)
from ._mbox import LARGE, Stored, is_mbox, stored_messages
from ._output import UTF8, Output
from ._report import Count, MailboxReport
from ._state import State, open_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Any

    from ._mbox import Readable
    from ._output import Kana, Unencodable, Variant

__all__ = ["recode_mailbox", "recode_mbox_stream"]

# Between two notes of how far a run is, whichever comes first: bytes of input, and seconds.
_CHECKPOINT = 64 << 20
_SECONDS = 1.0
_FEW = 32  # files that a process gets at a time


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

    In folders, symbolic links are not followed; what is no regular file is not written to another
    `dst` and is listed in `problems`.

    Memory stays under 64 MB for any size. Of messages longer than 8 MB the texts in the first 8 MB
    are recoded.

    Raises FileExistsError when `dst` is a file already, VerificationError when `src` changed
    meanwhile, other OSErrors, OptionError, UnknownCharsetError; what is there is left as it was
    then.
    """
    source, target = os.fspath(src), os.fspath(dst)
    run = _Run(to, unencodable, variant, kana, jobs, resume)
    if os.path.isdir(source):
        return run.folder(source, target, progress)
    if os.path.lexists(target) and not (
        os.path.exists(target) and os.path.samefile(source, target)
    ):
        raise FileExistsError(17, "is there already", target)
    run.count = Count(progress, os.stat(source).st_size)
    format = run.file(source, target)
    return run.count.report(format, resumed=run.resumed)


def recode_mbox_stream(
    source: Readable,
    write: Callable[[bytes], object],
    to: str = "utf-8",
    *,
    unencodable: Unencodable = "utf8",
    variant: Variant = "ms",
    kana: Kana = "full",
    jobs: int = 1,
) -> MailboxReport:
    """The same for an mbox that is read from a pipe, or written to one; the paths are "-"."""
    run = _Run(to, unencodable, variant, kana, jobs, False)
    run.stream(source, write)
    return run.count.report("mbox", resumed=False)


class _Run:
    def __init__(
        self,
        to: str,
        unencodable: Unencodable,
        variant: Variant,
        kana: Kana,
        jobs: int,
        resume: bool,
    ) -> None:
        output = Output(to, unencodable, variant, kana)
        self._output = UTF8 if output.codec == "utf-8" else output
        self._options: dict[str, str] = {
            "to": to,
            "unencodable": unencodable,
            "variant": variant,
            "kana": kana,
        }
        self._jobs = max(1, jobs)
        self._resume = resume
        self._made: Made | None = None
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
        found = files_below(source)
        total = sum(size for where, name, size in found if not is_no_mail(where, name))
        self.count = Count(progress, total)
        format = folder_format(source)
        os.makedirs(target, exist_ok=True)
        state = None
        if not os.path.samefile(source, target):  # a second run in place finds nothing to do
            state = State(os.path.join(target, STATE), source, folder=True, **self._options)
            begun = state.begun() if self._resume else None
            if begun is None:
                state.write()
            else:
                self._made = Made(begun)
        odd = self._left_out if state is not None else None
        files = self._to_do(source, target, odd)
        if self._jobs == 1:
            for one in files:
                self.one_of_folder(*one)
        else:
            self._in_processes(files)
        for folder, _, _ in os.walk(source):  # new and tmp of a Maildir may be empty
            os.makedirs(
                os.path.normpath(os.path.join(target, os.path.relpath(folder, source))),
                exist_ok=True,
            )
        if state is not None:
            state.remove()
        self.count.tell()
        return self.count.report(format, resumed=self.resumed)

    def _left_out(self, path: str) -> None:
        what = "a symbolic link" if os.path.islink(path) else "no regular file"
        self.count.problem(path, 0, 0, f"is {what}, left out")

    def _to_do(
        self, source: str, target: str, odd: Callable[[str], None] | None
    ) -> Iterator[tuple[str, str, int]]:
        """The files of a folder that are still to be done: path, folder to write in, bytes."""
        for folder, name, size in files_below(source, odd):
            place = os.path.normpath(os.path.join(target, os.path.relpath(folder, source)))
            os.makedirs(place, exist_ok=True)
            path = os.path.join(folder, name)
            done = None if self._made is None else self._made.of(path, place, name)
            if done is None:
                yield path, place, size
                continue
            self.resumed = True
            self.count.bytes_in += size
            self.count.bytes_out += os.stat(done).st_size
            if is_message(folder, name):
                self.count.messages += 1

    def _in_processes(self, files: Iterator[tuple[str, str, int]]) -> None:
        def take() -> None:
            count, resumed = crew.take()
            self.count.add(count)
            self.count.tell()
            self.resumed = self.resumed or resumed

        def give(few: list[tuple[str, str, int]]) -> None:
            if crew.is_busy:
                take()
            crew.give((self._options, self._resume, few))

        with Crew(self._jobs, _recode_files) as crew:
            few: list[tuple[str, str, int]] = []
            for path, place, size in files:
                if size > BATCH and not is_message(*os.path.split(path)):
                    self.one_of_folder(path, place, size)  # an mbox is shared out by itself
                    continue
                few.append((path, place, size))
                if len(few) == _FEW:
                    give(few)
                    few = []
            if few:
                give(few)
            while not crew.is_idle:
                take()

    def one_of_folder(self, path: str, place: str, size: int) -> None:
        """Recodes or copies a file of a folder into the folder `place`."""
        folder, name = os.path.split(path)
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
        new, notes = recoded(data, self._output, quoted=False, cut=cut)
        for note in notes:
            self.count.problem(source, 0, 0, note)
        if new is None:
            new = data
        else:
            self.count.changed += 1
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

    # -- mbox ----------------------------------------------------------------------------------

    def _mbox(self, file: IO[bytes], source: str, target: str, before: os.stat_result) -> None:
        real = os.path.realpath(target)
        part, state_path = work_name(real, PART), work_name(real, STATE)
        base = (self.count.messages, self.count.changed, self.count.bytes_in, self.count.bytes_out)
        state = State(
            state_path, source, size=before.st_size, mtime=before.st_mtime_ns, **self._options
        )
        # By descriptor, so that what an earlier run wrote is kept.
        with _saying_where(target), os.fdopen(open_part(part), "wb", 1 << 18) as out:
            start = state.figures(part) if self._resume else None
            if start is None:
                state.remove()
                out.truncate(0)
            else:
                self.resumed = True
                out.seek(start["written"])
                out.truncate()
                self.count.messages += start["messages"]
                self.count.changed += start["changed"]
                self.count.bytes_in += start["read"]
                self.count.bytes_out += start["written"]
            try:
                self._copy_mbox(file, source, out, start["read"] if start else 0, state, base)
                out.flush()
                _unchanged(source, before)
                take_after(part, source, times=True, replaces=_same(source, real))
                os.fsync(out.fileno())
                file.close()  # it may be what is replaced
                if WINDOWS:
                    out.close()
                replace(part, real)  # as long as the lock keeps others away
            except BaseException:
                if state.figures(part) is None and not WINDOWS:
                    with suppress(OSError):
                        os.unlink(part)  # of no use to the next run
                raise
        state.remove()
        sync_folder(os.path.dirname(real))
        self.count.tell()

    def _copy_mbox(
        self,
        file: IO[bytes],
        path: str,
        out: IO[bytes],
        at: int,
        state: State,
        base: tuple[int, int, int, int],
    ) -> None:
        count = self.count
        checked = told = count.bytes_in
        due = time.monotonic() + _SECONDS
        messages = stored_messages(file, at)
        for answer in recoded_messages(messages, self._output, self._options, self._jobs):
            self._put(answer, path, count.messages - base[0], out.write)
            if count.bytes_in - told < BATCH:
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

    def _put(
        self,
        answer: tuple[Stored, bytes | None, tuple[str, ...]],
        path: str,
        index: int,
        write: Callable[[bytes], object],
    ) -> None:
        """Writes and counts one message of an mbox."""
        stored, new, notes = answer
        count = self.count
        for note in notes:
            count.problem(path, index, stored.offset, note)
        count.changed += new is not None
        count.messages += 1
        count.bytes_in += len(stored.line) + len(stored.data) + len(stored.end)
        for piece in (stored.line, stored.data if new is None else new, stored.end):
            write(piece)
            count.bytes_out += len(piece)
        for block in stored.rest or ():
            write(block)
            count.bytes_in += len(block)
            count.bytes_out += len(block)

    def stream(self, source: Readable, write: Callable[[bytes], object]) -> None:
        """Recodes an mbox that cannot be read or written anywhere but at its place."""
        messages = stored_messages(source)
        for answer in recoded_messages(messages, self._output, self._options, self._jobs):
            self._put(answer, "-", self.count.messages, write)


def _recode_files(
    task: tuple[dict[str, Any], bool, list[tuple[str, str, int]]],
) -> tuple[Count, bool]:
    """Files of a folder, in another process."""
    options, resume, files = task
    run = _Run(**options, jobs=1, resume=resume)
    for one in files:
        run.one_of_folder(*one)
    return run.count, run.resumed


@contextmanager
def _saying_where(target: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        say_where(error, target)  # closing may want room as well
        raise


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
