"""What takes more on Windows than elsewhere: renaming over a file, and keeping what it is.

Windows neither renames nor removes a file that is open, nor one that is read-only, and does not let
one be replaced either.
"""

from __future__ import annotations

import os
import sys
import time

__all__ = ["WINDOWS", "copy_attributes", "replace"]

WINDOWS = os.name == "nt"

# A scanner of viruses or an indexer opens what was just written, for milliseconds as a rule, and
# nothing that is open can be renamed or replaced. Git waits 71 ms in all, Go's tools 2 s.
_FIRST, _LAST = 0.001, 0.512  # seconds to wait, doubled each time: 1 s in all

# HIDDEN, SYSTEM, ARCHIVE, NOT_CONTENT_INDEXED: what a user may set and a new file lacks. Others
# tell how a file is stored, and the read-only one goes with the mode.
_KEPT = 0x2 | 0x4 | 0x20 | 0x2000
_READ_ONLY = 0x1
_NONE = 0x80  # what is set when nothing is


def replace(old: str, new: str) -> None:
    """As os.replace, but waits for who has one of the files open for a moment. Raises OSError."""
    wait = _FIRST
    while WINDOWS:
        try:
            os.replace(old, new)
            return
        except PermissionError:
            if wait > _LAST:
                raise
        time.sleep(wait)
        wait *= 2
    os.replace(old, new)


def copy_attributes(path: str, like: str) -> None:
    """Makes a file hidden, of the system and so on if another is. Raises OSError."""
    if sys.platform == "win32":
        wanted = os.stat(like).st_file_attributes
        seen = os.stat(path).st_file_attributes
        if (wanted ^ seen) & _KEPT:
            import ctypes

            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            attributes = wanted & _KEPT | seen & _READ_ONLY
            if not kernel.SetFileAttributesW(ctypes.c_wchar_p(path), attributes or _NONE):
                code = ctypes.get_last_error()
                raise OSError(None, ctypes.FormatError(code), path, code)
