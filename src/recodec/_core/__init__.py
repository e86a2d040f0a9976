"""The binding: the only package that touches the compiled core.

Everything above speaks of names and Python values, everything below of ids and C structs.
"""

from __future__ import annotations

import sys

try:
    from .._native import ffi, lib
except ModuleNotFoundError as error:
    if error.name != "recodec._native":
        raise
    raise ImportError(
        "recodec lacks its compiled module: it is to be installed (pip install), not used from a "
        "source tree or a zip archive",
        name=error.name,
    ) from None


def know_all_types() -> None:
    """Lets cffi make its types of all structs and functions now.

    It makes each when it is first needed, under a lock that a thread of a free-threaded interpreter
    gives up in the middle to wait or to collect garbage; another that needs the same type then ends
    the process (cffi 2.1.1, "lost a struct/union!"). Here the lock of imports keeps others away.
    """
    for name in ffi.list_types()[0]:
        if name != "rcd_detector":  # whose fields only the core knows
            _ = ffi.typeof(name).fields
    for name in dir(lib):
        getattr(lib, name)


if not getattr(sys, "_is_gil_enabled", lambda: True)():
    know_all_types()
