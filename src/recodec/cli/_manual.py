"""`recodec manual`: the manual page, from the same tables as the help and the parser."""

from __future__ import annotations

from ._arguments import COMMANDS, Arguments, Command, Option, table_of
from ._output import EXIT_OK, say_script
from ._usage import EXAMPLES, EXIT_CODES

COMMAND = Command(
    details="""\
Prints the page in the language of man(1).

examples:
  recodec manual | man -l -
  recodec manual > ~/.local/share/man/man1/recodec.1

""",
)


def run(arguments: Arguments) -> int:
    """Prints the page."""
    say_script(manual())
    return EXIT_OK


def manual() -> str:
    """The manual page in roff with the man macros."""
    from .._version import __version__

    out = [
        f'.TH RECODEC 1 "" "recodec {__version__}" "User Commands"\n',
        ".SH NAME\nrecodec \\- detect the encodings of files, and convert them\n",
        ".SH SYNOPSIS\n.B recodec\n.I COMMAND\n[options] [arguments]\n",
        ".SH DESCRIPTION\n",
        _text(
            "recodec detects the encoding and the language of text, with a confidence that is a "
            "probability, and converts between nearly all encodings that iconv, ICU, browsers and "
            "Python know. Results go to standard output, as a table on a terminal and as lines in "
            "a pipe; problems go to standard error."
        ),
        ".SH COMMANDS\n",
        *(_command(name) for name in COMMANDS),
        ".SH EXIT STATUS\n",
        _verbatim(EXIT_CODES.partition("\n")[2]),
        ".SH ENVIRONMENT\n",
        ".TP\n.B NO_COLOR\nDisables colours.\n",
        ".TP\n.B COLUMNS\nWidth of tables, in columns.\n",
        ".SH EXAMPLES\n",
        _verbatim(EXAMPLES.partition("\n")[2]),
        ".SH SEE ALSO\n.BR iconv (1),\n.BR file (1),\n.BR nkf (1)\n",
    ]
    return "".join(out)


def _command(name: str) -> str:
    table = table_of(name)
    summary = COMMANDS[name][1]
    places = " ".join(_place(option) for option in table.options if not option.flags)
    out = [f".SS recodec {_escaped(name)} [options] {places}\n"]
    out.append(_text(summary[0].upper() + summary[1:] + "."))
    for option in table.options:
        if option.flags:
            flags = ", ".join(f"\\fB{_escaped(flag)}\\fR" for flag in option.flags)
            if option.metavar is not None:
                value = f"\\fI{_escaped(option.metavar)}\\fR"
                flags += f"[={value}]" if option.const is not None else f" {value}"
            out.append(f".TP\n{flags}\n{_text(option.help)}")
        else:
            out.append(f".TP\n\\fI{_escaped(option.metavar or '')}\\fR\n{_text(option.help)}")
    if table.details.strip():
        out.append(".PP\n" + _verbatim(table.details))
    return "".join(out)


def _place(option: Option) -> str:
    name = f"\\fI{_escaped(option.metavar or '')}\\fR"
    return {"?": f"[{name}]", "+": f"{name} ...", "*": f"[{name} ...]"}.get(option.count, name)


def _escaped(text: str) -> str:
    """Text whose backslashes and hyphens mean themselves, in ASCII: roff reads no other bytes."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "".join(one if one.isascii() else f"\\[u{ord(one):04X}]" for one in text)


def _text(text: str) -> str:
    escaped = _escaped(text)
    # A dot or an apostrophe at the start of a line would be a request.
    return ("\\&" if escaped[:1] in (".", "'") else "") + escaped + "\n"


def _verbatim(text: str) -> str:
    lines = "".join(_text(line) if line else "\n" for line in text.strip("\n").split("\n"))
    return f".nf\n{lines}.fi\n"
