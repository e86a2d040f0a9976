"""How the commands speak: to standard output, problems to standard error. See also `_records`.

Text from outside (file names, reasons) never reaches the terminal as it is: control
characters could move the cursor, retitle the window or, in a record, pass for a separator.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typing_extensions import Buffer

EXIT_OK = 0
EXIT_PROBLEM = 1  # an input is binary, could not be told or could not be converted
EXIT_ERROR = 2  # the call is wrong, or an input could not be read or written
EXIT_SIGNAL = 128  # and the signal's number: what shells report for a process that it ended

# Called by make_way(), to take away what must not stay on the terminal.
before_writing: Callable[[], None] | None = None

_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\\": r"\\", "'": r"\'"}
JOINERS = "\u200c\u200d"  # of no width: spelling, not layout, in Persian and Indic file names


# -- Text that is safe to show ---------------------------------------------------------------------


def is_safe(text: str) -> bool:
    """Whether `text` can be written to a terminal or into a record as it is.

    Safe are letters, marks, digits, punctuation, symbols, spaces and the two joiners; everything
    that controls layout or direction, is unassigned, or is a byte that is no character is not.
    """
    if text.isprintable():
        return True
    import unicodedata

    return all(
        character.isprintable() or character in JOINERS or unicodedata.category(character) == "Zs"
        for character in text
    )


def shown_name(path: str) -> str:
    """A file name as it may be shown: itself when that is safe, else quoted as `$'...'`.

    Bash, zsh and ksh read the quoted form back as the same bytes, so it can be pasted.
    """
    if not path:
        return "''"
    if path.startswith("$'") or not is_safe(path):
        return f"$'{_escape(path, _ESCAPES)}'"
    return path


def shown_text(text: str) -> str:
    """Any other text with what is not safe escaped."""
    return text if is_safe(text) else _escape(text, {"\n": " ", "\t": " "})


def _escape(text: str, named: Mapping[str, str]) -> str:
    pieces = []
    for character in text:
        if character in named:
            pieces.append(named[character])
        elif is_safe(character):
            pieces.append(character)
        else:
            code = ord(character)
            if 0xDC80 <= code <= 0xDCFF:
                code -= 0xDC00  # a surrogate escape: the byte that is no character
                pieces.append(f"\\x{code:02x}")
            elif code < 0x80:
                pieces.append(f"\\x{code:02x}")
            elif code < 0x10000:
                pieces.append(f"\\u{code:04x}")
            else:
                pieces.append(f"\\U{code:08x}")
    return "".join(pieces)


def complain(path: str | None, reason: object) -> None:
    """One line on standard error: the program, the input, what is wrong with it."""
    parts = ["recodec"]
    if path is not None:
        parts.append("(standard input)" if path == "-" else shown_name(path))
        if isinstance(reason, OSError):
            parts += _written(path, reason)
    parts.append(shown_text(reason_of(reason)))
    make_way()
    sys.stderr.write(": ".join(parts) + "\n")


def _written(path: str, error: OSError) -> list[str]:
    """What another file than the input was to blame for, where it says so."""
    from .._files.beside import is_of_room

    named = error.filename
    if not is_of_room(error) or not isinstance(named, str) or named == path:
        return []
    return [f"cannot write {shown_name(named)}"]


def make_way() -> None:
    """To be called before something is written to the terminal."""
    if before_writing is not None:
        before_writing()


def reason_of(reason: object) -> str:
    """The system's own words for an OSError, which repeats number and path in `str()`."""
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason)


# -- Standard output -------------------------------------------------------------------------------


class OutputError(Exception):
    """Standard output cannot be written; `error` says why. No input is to blame."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


def say(text: str) -> None:
    """Writes to standard output. Raises OutputError."""
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise OutputError(error) from error


def say_script(text: str) -> None:
    """Writes what another program is to read, with LF on every system. Raises OutputError."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(newline="\n")
    say(text)


def say_bytes(data: Buffer) -> None:
    """Writes bytes to standard output. Raises OutputError."""
    try:
        sys.stdout.buffer.write(data)
    except OSError as error:
        raise OutputError(error) from error


def flush() -> None:
    """Flushes standard output. Raises OutputError."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise OutputError(error) from error


# -- Ends ------------------------------------------------------------------------------------------


class Stopped(BaseException):
    """A signal asks to end; like KeyboardInterrupt no handler of errors may hold it up."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


class Status:
    """The worst that happened so far, as an exit code."""

    __slots__ = ("code",)

    def __init__(self) -> None:
        self.code = EXIT_OK

    def problem(self, path: str | None = None, reason: object = None) -> None:
        """Notes an input that could not be told or converted; with a reason it is reported."""
        self._raise(EXIT_PROBLEM, path, reason)

    def note(self, path: str | None, text: str) -> None:
        """Says something that is no problem."""
        complain(path, text)

    def error(self, path: str | None, reason: object) -> None:
        """Notes and reports what could not be read or written."""
        self._raise(EXIT_ERROR, path, reason)

    def _raise(self, code: int, path: str | None, reason: object) -> None:
        self.code = max(self.code, code)
        if reason is not None:
            complain(path, reason)
