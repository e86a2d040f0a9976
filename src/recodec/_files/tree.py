"""Many files, in threads and with a journal, and how far that has come."""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import contextmanager

from .._errors import OptionError, RecodecError
from .._value import Value
from .beside import NOTE, SUFFIX, sync_folder
from .convert import convert_file
from .globs import literal
from .jobs import Job, jobs_in_place, jobs_into, removing_unused
from .recoded import Recoded
from .replace import in_use, remove_leftover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from concurrent.futures import Future
    from threading import Semaphore

    from .convert import HardLinks
    from .journal import Journal
    from .options import Options

__all__ = [
    "TreeProgress",
    "convert_jobs",
    "convert_tree",
    "opened_journal",
    "run_options",
    "sweep",
]

_WAIT = 0.1  # seconds between two words of progress
_SYNC = 1.0  # seconds that a rename may wait for being brought to the disk
_AHEAD = 4  # files a thread may be ahead of what is reported
# Files that may wait for the disk at once, at least and for each thread. Twice as many gained a
# tenth at most, and cost 4 MB each: the C library keeps memory for each thread that ever worked.
_CROWD, _CROWD_EACH = 8, 2
_FEW = 8  # files for which one thread does not make a crowd


class TreeProgress(Value):
    """How far `recode_tree` has come. Sizes are in bytes of the files that are read."""

    __slots__ = ("_bytes", "_bytes_done", "_files", "_files_done", "_path")
    __match_args__ = ("files_done", "files", "bytes_done", "bytes")
    _shown = ("files_done", "files", "bytes_done", "bytes", "path")

    def __init__(
        self, *, files_done: int, files: int, bytes_done: int, bytes: int, path: str
    ) -> None:
        self._files_done = files_done
        self._files = files
        self._bytes_done = bytes_done
        self._bytes = bytes
        self._path = path

    @property
    def files_done(self) -> int:
        """Files converted or left alone."""
        return self._files_done

    @property
    def files(self) -> int:
        """Files in all."""
        return self._files

    @property
    def bytes_done(self) -> int:
        """Bytes of these files, and of the part of others that is through."""
        return self._bytes_done

    @property
    def bytes(self) -> int:
        """Bytes in all."""
        return self._bytes

    @property
    def path(self) -> str:
        """The file that was last done, "" before the first."""
        return self._path


def sweep(path: str) -> str | None:
    """Puts away what a killed run has left at `path`; says what was done, None for nothing.

    Raises OSError.
    """
    from .links import finish

    if path.endswith(NOTE):
        if in_use(path.removesuffix(NOTE) + SUFFIX):
            return None  # another run is about it
        return "finished what an interrupted run had begun" if finish(path) else None
    note = path.removesuffix(SUFFIX) + NOTE
    if os.path.exists(note):
        return None  # it is dealt with there
    if not os.path.lexists(path):
        return None
    return "removed, left by an interrupted run" if remove_leftover(path) else None


class _Stop(Exception):
    """Ends a conversion in another thread."""


class _Work:
    """What the threads share."""

    def __init__(
        self, jobs: Sequence[Job], progress: Callable[[TreeProgress], None] | None
    ) -> None:
        from _thread import allocate_lock

        self.files = len(jobs)
        self.size = sum(job.size for job in jobs)
        self.files_done = 0
        self.bytes_done = 0
        self.path = ""
        self.stopped = False
        self._lock = allocate_lock()
        self._progress = progress
        self._folders: set[str] = set()
        self._synced = self._told = time.monotonic()
        self._turns: Semaphore | None = None

    def limit(self, threads: int) -> None:
        """Lets so many threads work at once; those that wait for the disk do not count."""
        from threading import Semaphore

        self._turns = Semaphore(threads)

    def take_turn(self) -> None:
        """Waits until there is a turn to work."""
        if self._turns is not None:
            self._turns.acquire()

    def end_turn(self) -> None:
        """Gives the turn to another."""
        if self._turns is not None:
            self._turns.release()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Gives the turn to another for as long as the disk takes."""
        self.end_turn()
        try:
            yield
        finally:
            self.take_turn()

    def add(self, count: int) -> None:
        """Counts bytes; raises _Stop when the work is to end."""
        if self.stopped:
            raise _Stop
        with self._lock:
            self.bytes_done += count

    def settle(self, job: Job, before: int) -> None:
        """Counts a file, with its size whatever part of it was read."""
        with self._lock:
            self.files_done += 1
            self.bytes_done += job.size - before
            self.path = job.path

    def later(self, folder: str) -> None:
        """Notes a folder that has to be synced; one sync serves many files."""
        with self._lock:
            self._folders.add(folder)

    def sync(self, *, now: bool = False) -> None:
        """Syncs the noted folders when it is time."""
        if not now and time.monotonic() - self._synced < _SYNC:
            return
        with self._lock:
            folders, self._folders = self._folders, set()
        for folder in folders:
            sync_folder(folder)
        self._synced = time.monotonic()

    def tell(self, *, now: bool = False) -> None:
        """Calls the progress function when it is time."""
        if self._progress is None or not (now or time.monotonic() - self._told >= _WAIT):
            return
        self._told = time.monotonic()
        self._progress(
            TreeProgress(
                files_done=self.files_done,
                files=self.files,
                bytes_done=self.bytes_done,
                bytes=self.size,
                path=self.path,
            )
        )


def convert_jobs(
    jobs: Sequence[Job],
    options: Options,
    *,
    threads: int = 1,
    dry_run: bool = False,
    backup: str | None = None,
    touch: bool = False,
    hard_links: HardLinks = "keep",
    journal: Journal | None = None,
    progress: Callable[[TreeProgress], None] | None = None,
) -> Generator[Recoded]:
    """Does the jobs and yields what became of each, in their order.

    What goes wrong with one file is in its answer (`Recoded.error`) and does not stop the others.
    When the caller stops (an exception, a signal turned into one, `close`), so does every thread,
    and no half-written file stays.
    """
    work = _Work(jobs, progress)
    # A disk is slow to say that a file is there for good, but says so for many at a time.
    crowd = threads if dry_run or len(jobs) < _FEW else max(threads * _CROWD_EACH, _CROWD)
    if crowd > 1:
        work.limit(threads)

    def one(job: Job) -> Recoded:
        started = [0]

        def count(size: int) -> None:
            work.add(size)
            started[0] += size
            if crowd == 1:
                work.tell()

        work.take_turn()
        try:
            count(0)
            if job.problem is not None:
                return _failed(job, options, job.problem)
            place = job.path if job.output is None else job.output
            if journal is not None and journal.has(place):
                return Recoded(
                    path=job.path,
                    from_=None,
                    to=options.target,
                    bytes_in=job.size,
                    bytes_out=job.size,
                    output=job.output,
                )
            return convert_file(
                job.path,
                options,
                output=job.output,
                dry_run=dry_run,
                backup=backup,
                touch=touch,
                names=job.names,
                hard_links=hard_links,
                guard=job.output is None,
                journal=journal,
                on_bytes=count,
                sync=work.later,
                waiting=work.waiting,
            )
        except (RecodecError, OSError) as error:
            return _failed(job, options, error)
        finally:
            work.end_turn()
            work.settle(job, started[0])

    turns = _in_turn(jobs, one, work, crowd)
    try:
        for done in turns:
            yield done
            work.sync()
            work.tell()
    finally:
        work.stopped = True
        turns.close()  # waits for the threads: who stops is to find no half-written file
        work.sync(now=True)
        work.tell(now=True)


def _failed(job: Job, options: Options, error: Exception) -> Recoded:
    return Recoded(
        path=job.path, from_=options.from_, to=options.target, output=job.output, error=error
    )


def _in_turn(
    jobs: Sequence[Job], one: Callable[[Job], Recoded], work: _Work, threads: int
) -> Generator[Recoded]:
    if threads == 1:
        for job in jobs:
            yield one(job)
        return
    from concurrent.futures import ThreadPoolExecutor
    from concurrent.futures import TimeoutError as StillRunning

    pool = ThreadPoolExecutor(threads)
    pending: deque[Future[Recoded]] = deque()
    rest = iter(jobs)
    try:
        while True:
            for job in rest:
                pending.append(pool.submit(one, job))
                if len(pending) >= threads * _AHEAD:
                    break
            if not pending:
                return
            while True:
                try:
                    done = pending[0].result(timeout=_WAIT)
                    break
                except StillRunning:
                    work.sync()
                    work.tell()
            pending.popleft()
            yield done
    finally:
        work.stopped = True
        for future in pending:
            future.cancel()
        pool.shutdown(wait=True)


def convert_tree(
    paths: Sequence[str],
    options: Options,
    *,
    output: str | None,
    include: Sequence[str],
    exclude: Sequence[str],
    hidden: bool,
    threads: int,
    journal: str | None,
    progress: Callable[[TreeProgress], None] | None,
    dry_run: bool,
    backup: str | None,
    touch: bool,
    hard_links: HardLinks,
) -> list[Recoded]:
    """See `files.recode_tree`."""
    from .walk import STDIN, walk

    failed: list[Recoded] = []

    def unlisted(path: str, error: OSError) -> None:
        failed.append(Recoded(path=path, from_=None, to=options.target, error=error))

    def leftover(path: str) -> None:
        if not dry_run:
            try:
                sweep(path)
            except OSError as error:
                unlisted(path, error)

    if STDIN in paths:
        paths = [os.path.join(os.curdir, path) if path == STDIN else path for path in paths]
    try:
        inputs = list(
            walk(
                paths,
                unlisted,
                include=include,
                # What the last run has put aside is not for this one.
                exclude=[*exclude, *([f"?*{literal(backup)}"] if backup else [])],
                hidden=hidden,
                leftover=leftover,
            )
        )
    except ValueError as error:
        raise OptionError(str(error)) from None
    made: list[str] = []
    with removing_unused(made):
        if output is None:
            jobs = jobs_in_place(inputs, hard_links)
        else:
            jobs = jobs_into(inputs, output, folder=True, made=None if dry_run else made)
        with opened_journal(journal, paths, options, output, dry_run=dry_run) as notes:
            done = list(
                convert_jobs(
                    jobs,
                    options,
                    threads=threads,
                    dry_run=dry_run,
                    backup=backup,
                    touch=touch,
                    hard_links=hard_links,
                    journal=notes,
                    progress=progress,
                )
            )
            answers = [*failed, *done]
            if notes is not None and all(a.error is None and a.skipped is None for a in answers):
                notes.remove()
    return answers


def run_options(paths: Sequence[str], options: Options, output: str | None) -> dict[str, object]:
    """What makes a run the same as another one, for its journal."""
    return {
        "paths": [os.fsencode(os.path.abspath(path)).hex() for path in paths],
        "output": None if output is None else os.fsencode(os.path.abspath(output)).hex(),
        "from": options.from_,
        "to": options.to,
        "errors": str(options.errors),
        "lenient": options.lenient,
        "normalize": options.normalize,
        "newline": options.newline,
        "bom": options.bom,
        "update_declarations": options.update_declarations,
        "mend": options.mend,
        "mixed": options.mixed,
    }


@contextmanager
def opened_journal(
    path: str | None,
    paths: Sequence[str],
    options: Options,
    output: str | None,
    *,
    dry_run: bool = False,
) -> Iterator[Journal | None]:
    """The journal of a run for the time of the run; None without a path, and in a dry run."""
    if path is None or dry_run:
        yield None
        return
    from .journal import Journal

    with Journal(path, run_options(paths, options, output)) as journal:
        yield journal
