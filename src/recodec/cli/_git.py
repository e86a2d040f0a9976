"""Which files of a directory git would look at: those that it tracks, and new ones it would add.

Git itself is asked: the rules of its ignore files reach over parents, the repository's own
exclude file and the user's, and change between its versions.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .._files.walk import Skip

__all__ = ["GitError", "skip_ignored"]


class GitError(ValueError):
    """Git is not there, or the directory is in no repository."""


def skip_ignored(directory: str) -> Skip:
    """A `skip` for `walk` that leaves out what git ignores below `directory`. Raises GitError."""
    import subprocess

    command = ["git", "-C", directory, "ls-files", "-z", "--cached", "--others"]
    try:
        done = subprocess.run([*command, "--exclude-standard"], capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise GitError(f"git: {reason}")
    files = {os.path.normpath(os.fsdecode(name)) for name in done.stdout.split(b"\0") if name}
    folders: set[str] = set()
    for name in files:
        above = os.path.dirname(name)
        while above and above not in folders:
            folders.add(above)
            above = os.path.dirname(above)

    def skip(relative: str, is_directory: bool) -> bool:
        return relative not in (folders if is_directory else files)

    return skip
