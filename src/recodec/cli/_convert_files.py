"""`recodec convert` into files: in place, into a file, into a tree, or only as a report."""

from __future__ import annotations

import os
import stat
from contextlib import closing, contextmanager

from .._errors import OptionError
from .._files.globs import literal
from .._files.jobs import Job, jobs_in_place, jobs_into, removing_unused
from .._files.tree import convert_jobs, opened_journal, run_options, sweep
from .._files.walk import Input
from ._convert_one import convert_one, report_error, tell
from ._inputs import inputs_of
from ._output import Status, shown_name
from ._progress import Progress
from ._records import Column, open_writer
from ._signals import cleaning_up_when_stopped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .._files.journal import Journal
    from .._files.options import Options
    from .._files.recoded import Recoded
    from ._convert import ConvertArguments
    from ._records import Writer

__all__ = ["convert_files"]


def convert_files(arguments: ConvertArguments, options: Options, status: Status) -> None:
    """Converts every input into a file, or only says what would become of it.

    Raises OptionError, ValueError.
    """
    with cleaning_up_when_stopped():
        # The list is made before the first file is written, so that none is found that we wrote.
        inputs = _inputs(arguments, status)
        made: list[str] = []
        jobs = _jobs(arguments, inputs, made)
        report = _open_report(arguments)
        files = [job for job in jobs if job.problem is not None or _is_for_files(job)]
        streams = [job for job in jobs if job.problem is None and not _is_for_files(job)]
        size = sum(job.size for job in jobs)
        with (
            removing_unused(made),
            Progress(len(jobs), size) as progress,
            _journal(arguments, options, status) as journal,
            closing(
                convert_jobs(
                    files,
                    options,
                    threads=arguments.jobs,
                    dry_run=arguments.dry_run,
                    backup=arguments.in_place or arguments.backup,
                    touch=arguments.touch,
                    hard_links="break" if arguments.break_links else "keep",
                    journal=journal,
                    progress=progress.show if progress.on else None,
                )
            ) as answers,
        ):
            for job, done in zip(files, answers, strict=True):
                quiet = job.found and _is_known_binary(done) and not arguments.verbose
                told = not quiet and tell(job.path, done, status, loss=report is None)
                if report is not None and (told or arguments.summary):
                    report.write(_record(job, done, dry_run=arguments.dry_run))
            for job in streams:
                _stream(job, arguments, options, status, report, progress)
            if journal is not None and not status.code:
                journal.remove()
        if report is not None:
            report.close()


def _inputs(arguments: ConvertArguments, status: Status) -> list[Input]:
    def leftover(path: str) -> None:
        if arguments.dry_run:
            status.note(path, "left by an interrupted run; converting will remove it")
            return
        try:
            said = sweep(path)
        except OSError as error:
            status.error(path, error)
        else:
            if said is not None:
                status.note(path, said)

    suffix = arguments.in_place or arguments.backup
    if suffix:
        # What the last run has put aside is not for this one.
        arguments.exclude.append(f"?*{literal(suffix)}")
    return list(inputs_of(arguments, status, leftover=leftover))


def _jobs(arguments: ConvertArguments, inputs: Sequence[Input], made: list[str]) -> list[Job]:
    """A job for every input, the folders that it makes for them in `made`.

    Raises OptionError when several would have to share one file.
    """
    output = arguments.output
    if output is None:
        stdin = [Job("-") for item in inputs if item.is_stdin]
        files = [item for item in inputs if not item.is_stdin]
        return stdin + jobs_in_place(files, "break" if arguments.break_links else "keep")
    folder = (
        os.path.isdir(output)
        or output.endswith(("/", os.sep))
        or len(inputs) > 1
        or any(os.path.isdir(path) for path in arguments.paths)
    )
    if folder and os.path.lexists(output) and not os.path.isdir(output):
        raise OptionError(f"{shown_name(output)} is not a directory; several inputs need one")
    return jobs_into(inputs, output, folder=folder, made=None if arguments.dry_run else made)


def _is_for_files(job: Job) -> bool:
    """Whether a job reads and writes regular files: others are read once and written into."""
    if job.path == "-":
        return False
    if job.output is None:
        return True
    for path in (job.path, job.output):
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):
                return False
        except OSError:
            continue  # not there yet, or the conversion says what is wrong with it
    return True


def _is_known_binary(done: Recoded) -> bool:
    """Whether a file was left out for being an image, a program ...: no text was missed there."""
    found = done.detection
    return done.skipped is not None and found is not None and found.kind not in (None, "data")


@contextmanager
def _journal(
    arguments: ConvertArguments, options: Options, status: Status
) -> Iterator[Journal | None]:
    """The journal that the command line asks for; None when it asks for none."""
    path = arguments.resume
    if path == "":
        from .._files.journal import default_path

        path = default_path(run_options(arguments.paths, options, arguments.output))
    with opened_journal(
        path, arguments.paths, options, arguments.output, dry_run=arguments.dry_run
    ) as journal:
        if journal is not None and journal.done:
            done = f"{journal.done:,} file{'s' if journal.done > 1 else ''}"
            status.note(None, f"going on where the last run stopped: {done} done")
        yield journal


class _Nowhere:
    def write(self, data: bytes) -> None:
        pass


def _stream(
    job: Job,
    arguments: ConvertArguments,
    options: Options,
    status: Status,
    report: Writer | _Summary | None,
    progress: Progress,
) -> None:
    """Converts what is no regular file, or into what is none: a pipe, a device."""
    item = Input(job.path, "")
    done: Recoded | None = None
    try:
        if arguments.dry_run or job.output is None:
            done = convert_one(item, _Nowhere(), options, status, progress.add)  # type: ignore[arg-type]
        elif os.path.exists(job.output) and not stat.S_ISREG(os.stat(job.output).st_mode):
            # Renaming over /dev/null would take it from everybody.
            with open(job.output, "wb") as device:
                done = convert_one(item, device, options, status, progress.add, job.output)
        else:
            # Read from a pipe, which can be read only once: no proof, but whole or not at all.
            from .._files.beside import sync_folder
            from .._files.replace import Replacement

            with Replacement(job.output, fresh=not os.path.exists(job.output)) as new:
                done = convert_one(item, new.file, options, status, progress.add, job.output)
                if done is not None:
                    exists = os.path.exists(new.target)
                    new.prepare(new.target if exists else None, times=False)
                    backup = arguments.backup if exists else None
                    new.commit(backup=new.target + backup if backup else None)
                    sync_folder(os.path.dirname(new.target))
    except OSError as error:
        report_error(job.path, error, status, job.output)
        return
    if done is not None and report is not None:
        report.write(_record(job, done, dry_run=arguments.dry_run))
    progress.file_done()


# -- The report ------------------------------------------------------------------------------------


def _open_report(arguments: ConvertArguments) -> Writer | _Summary | None:
    if arguments.summary:
        return _Summary(arguments)
    if arguments.dry_run or arguments.verbose or arguments.json:
        return open_writer(_columns(arguments), json=arguments.json)
    return None


class _Summary:
    """Counts records by encoding and result, and writes these at the end."""

    def __init__(self, arguments: ConvertArguments) -> None:
        self._writer = open_writer(
            (
                Column("from"),
                Column("to"),
                Column("result"),
                Column("files", right=True),
                Column("bytes_in", "bytes", right=True),
                Column("lost", right=True, people=lambda count: str(count or "")),
            ),
            json=arguments.json,
            chosen=True,
        )
        self._counts: dict[tuple[object, ...], list[int]] = {}

    def write(self, record: Mapping[str, Any]) -> None:
        key = record["from"], record["to"], record["result"]
        counts = self._counts.setdefault(key, [0, 0, 0])
        counts[0] += 1
        counts[1] += record["bytes_in"]
        counts[2] += record["lost"]

    def close(self) -> None:
        """Writes the counts, the most files first."""
        for key, counts in sorted(
            self._counts.items(), key=lambda entry: (-entry[1][0], str(entry[0]))
        ):
            names = "from", "to", "result", "files", "bytes_in", "lost"
            self._writer.write(dict(zip(names, (*key, *counts), strict=True)))
        self._writer.close()


def _columns(arguments: ConvertArguments) -> tuple[Column, ...]:
    columns = (
        Column("path", "file", shrinks=True, text=shown_name),
        Column("from"),
        Column("to", spare=2),
        Column("confidence", right=True, spare=1, text="{:.2f}".format),
        Column("result"),
        Column("lost", right=True, people=lambda count: str(count or "")),
    )
    if arguments.output is None:
        return columns
    return (*columns, Column("output", text=shown_name))


def _record(job: Job, done: Recoded, *, dry_run: bool) -> dict[str, object]:
    found = done.detection
    result = "same bytes"
    if done.error is not None:
        result = "failed"
    elif done.skipped is not None:
        result = "left out"
    elif done.changed:
        result = "would change" if dry_run else "changed"
    return {
        "path": job.path,
        "from": " + ".join(dict.fromkeys(str(part.encoding) for part in done.segments))
        or done.from_,
        "to": done.to,
        "confidence": None if found is None else round(found.confidence, 6),
        "language": None if found is None else found.language,
        "result": result,
        "lost": done.replaced,
        "bytes_in": done.bytes_in if done.error is None else job.size,
        "bytes_out": done.bytes_out,
        "output": done.output if done.output is not None else job.output,
    }
