"""Asking the error handler that a codec was given (PEP 293), as CPython's own codecs do."""

from __future__ import annotations

import codecs

__all__ = ["ask"]


def ask(errors: str, error: UnicodeDecodeError | UnicodeEncodeError) -> tuple[str | bytes, int]:
    """What is to stand in the place of an error, and where to go on in `error.object`.

    A decoder gets text, an encoder text or bytes. Raises what the handler raises, TypeError for
    what is no answer, and IndexError for a place outside of the input; negative ones count from
    its end.
    """
    answer: object = codecs.lookup_error(errors)(error)
    kinds = str if isinstance(error, UnicodeDecodeError) else (str, bytes)
    if not (
        isinstance(answer, tuple)
        and len(answer) == 2
        and isinstance(answer[0], kinds)
        and isinstance(answer[1], int)
    ):
        raise TypeError(f"the error handler {errors!r} has to answer (text, place): {answer!r}")
    put, place = answer
    size = len(error.object)
    resume = place + size if place < 0 else place
    if not 0 <= resume <= size:
        raise IndexError(f"position {place} from error handler out of bounds")
    return put, resume
