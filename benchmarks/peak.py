"""The peak resident set of this process, and setting it back where the system can.

Linux keeps a high-water mark per address space in /proc, which getrusage does not give: its figure
is inherited from the parent process over fork and exec, and would hide all that is smaller.
"""

from __future__ import annotations

import sys


def peak_bytes() -> int:
    """Peak resident bytes so far; 0 where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    if sys.platform == "win32":
        return 0
    import resource

    # KiB on the BSDs, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def reset_peak() -> None:
    """Sets the high-water mark back to what is resident now, where that is possible."""
    try:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as refs:
            refs.write("5")
    except OSError:
        pass
