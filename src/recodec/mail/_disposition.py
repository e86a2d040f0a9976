"""Content-Disposition of HTTP (RFC 6266, RFC 8187) and of mail: reading and making."""

from __future__ import annotations

import re

from .._errors import OptionError
from .._value import Value
from ._hints import NO_HINTS
from ._parameters import parse_parameters
from ._words import bytes_of_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from email.header import Header

__all__ = ["Disposition", "make_disposition", "parse_disposition"]

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_ATTRIBUTE = re.compile(rb"[^!#$&+.^_`|~0-9A-Za-z-]")  # RFC 8187, 3.2.1: attr-char
_UNSAFE = re.compile(r"[^ !#-\[\]-~]|%[0-9A-Fa-f]{2}")


class Disposition(Value):
    """A value of Content-Disposition as it was meant."""

    __slots__ = ("_defects", "_filename", "_parameters", "_type")
    __match_args__ = ("type", "filename")
    _shown = ("type", "filename", "parameters", "defects")
    _quiet = {"parameters": (), "defects": ()}  # noqa: RUF012

    def __init__(
        self,
        *,
        type: str,
        filename: str,
        parameters: tuple[tuple[str, str], ...] = (),
        defects: tuple[str, ...] = (),
    ) -> None:
        self._type = type
        self._filename = filename
        self._parameters = parameters
        self._defects = defects

    @property
    def type(self) -> str:
        """ "attachment", "inline" or another word, in lower case."""
        return self._type

    @property
    def filename(self) -> str:
        """The name as text and as it was sent, "" when there is none.

        It comes from a stranger and may hold slashes: take its last part before using it as a path.
        """
        return self._filename

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """All parameters, decoded, by their names in lower case."""
        return self._parameters

    @property
    def defects(self) -> tuple[str, ...]:
        """What was wrong with the value, in words."""
        return self._defects


def parse_disposition(value: bytes | str | Header) -> Disposition:
    """Reads a value of Content-Disposition, of HTTP or of mail.

    `filename*` goes before `filename` and `filename` before `name`; a name may be in RFC 8187 or
    2231 form, in encoded words, in percent signs or raw in any charset. A str may be what HTTP
    libraries give, which is latin-1 for raw bytes. Never raises.
    """
    if isinstance(value, str) and not value.isascii():
        # What came as bytes through latin-1 is those bytes; other text is itself.
        try:
            raw = value.encode("latin-1")
        except UnicodeEncodeError:
            raw = bytes_of_header(value)
    else:
        raw = bytes_of_header(value)
    defects: list[str] = []
    kind, parameters = parse_parameters(raw, NO_HINTS, "Content-Disposition", defects)
    if "=" in kind:  # `filename=x` alone, as old servers send
        defects.append("Content-Disposition: no type")
        _, parameters = parse_parameters(b"x;" + raw, NO_HINTS, "Content-Disposition", defects)
        kind = ""
    return Disposition(
        type=kind,
        filename=parameters.get("filename") or parameters.get("name") or "",
        parameters=tuple(parameters.items()),
        defects=tuple(dict.fromkeys(defects)),
    )


def make_disposition(filename: str | None = None, type: str = "attachment") -> str:
    """A value of Content-Disposition for HTTP: `filename=` for all, `filename*=` beside it when
    the name is not plain ASCII (RFC 6266, appendix D).

    Slashes and control characters in the name become "_". Raises OptionError for a type that is
    no token, and for a name with lone surrogates, TypeError for a name that is no str.
    """
    if filename is not None and not isinstance(filename, str):
        raise TypeError(f"a file name must be a str, not {filename.__class__.__name__}")
    if not _TOKEN.match(type):
        raise OptionError(f"type must be one word, such as attachment or inline, not {type!r}")
    if filename is None:
        return type
    name = "".join("_" if one in "/\\" or not one.isprintable() else one for one in filename)
    try:
        octets = name.encode("utf-8")
    except UnicodeEncodeError:
        raise OptionError(f"a file name with lone surrogates: {filename!r}") from None
    plain = _UNSAFE.sub("_", name.replace('"', "_"))
    if plain == name:
        return f"{type}; filename={name}" if _TOKEN.match(name) else f'{type}; filename="{name}"'
    coded = _ATTRIBUTE.sub(lambda found: b"%%%02X" % found[0][0], octets).decode("ascii")
    return f"{type}; filename=\"{plain}\"; filename*=UTF-8''{coded}"
