"""`recodec completion`: what a shell needs to complete the command line, from the same tables."""

from __future__ import annotations

from ._arguments import COMMANDS, GROUPS, Arguments, Command, Option, table_of
from ._output import EXIT_OK, say_script

_SHELLS = ("bash", "zsh", "fish")
# Options whose values are names of encodings, and those whose values are files.
_ENCODINGS = frozenset({"source", "target", "allow", "deny", "only", "name"})
_LISTS = frozenset({"allow", "deny", "only"})  # of encodings, separated by commas
_LANGUAGES = frozenset({"language"})  # options whose values are tags of languages
_FILES = frozenset({"output", "html", "resume"})

COMMAND = Command(
    Option(dest="shell", metavar="SHELL", choices=_SHELLS, help="bash, zsh or fish"),
    details="""\
Prints the script; where it goes depends on the system.

examples:
  recodec completion bash > ~/.local/share/bash-completion/completions/recodec
  recodec completion zsh > ~/.zfunc/_recodec   (a directory of $fpath)
  recodec completion fish > ~/.config/fish/completions/recodec.fish

""",
)


class CompletionArguments(Arguments):
    """What `completion` reads."""

    shell: str


def run(arguments: CompletionArguments) -> int:
    """Prints the script for a shell."""
    make = {"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell]
    say_script(make())
    return EXIT_OK


def _encodings() -> str:
    from .._registry.charsets import all_charsets

    return " ".join(charset.name for charset in all_charsets() if charset.detectable)


def _languages() -> str:
    from .._registry.languages import languages

    return " ".join(languages)


def _first_words() -> list[tuple[str, str]]:
    plain = [(name, summary) for name, (_, summary) in COMMANDS.items() if " " not in name]
    return [*plain, *GROUPS.items()]


def _flags(table: Command) -> list[str]:
    return [flag for option in table.options for flag in option.flags] + ["--help"]


def _words(option: Option, encodings: str, languages: str) -> str:
    """The words that may be typed for a value; the others where they are of the registry."""
    if option.dest in _ENCODINGS:
        return encodings
    if option.dest in _LANGUAGES:
        return languages
    return " ".join(option.choices or option.items)


def _is_list(option: Option) -> bool:
    return option.dest in _LISTS or bool(option.items)


def _bash() -> str:
    first = " ".join(name for name, _ in _first_words())
    groups = ""
    for group in GROUPS:
        members = " ".join(name.split()[1] for name in COMMANDS if name.startswith(f"{group} "))
        groups += (
            f"    if [[ $command == {group} ]]; then\n"
            f'        ((COMP_CWORD == 2)) && words="{members}" || command+=" ${{COMP_WORDS[2]}}"\n'
            f"    fi\n"
        )
    return (
        "# bash completion of recodec; written by `recodec completion bash`\n"
        "_recodec() {\n"
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"\n'
        '    local command="${COMP_WORDS[1]}" flags="" bare="" words=- list="" front=""\n'
        f'    local encodings="{_encodings()}"\n'
        f'    local languages="{_languages()}"\n'
        "    COMPREPLY=()\n"
        "    # --option=value comes as three words.\n"
        '    if [[ $word == = ]]; then word=""\n'
        '    elif [[ $before == = ]]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi\n'
        "    if ((COMP_CWORD == 1)); then\n"
        f'        words="{first} --help --version"\n'
        "    fi\n"
        f"{groups}"
        '    case "$command" in\n'
        f"{''.join(_bash_command(name) for name in COMMANDS)}"
        "    esac\n"
        '    if [[ $words == - && $word == -* ]]; then words="$flags"; fi\n'
        '    if [[ $words == - && -n $bare ]]; then words="$bare"; fi\n'
        "    if [[ -n $list ]]; then\n"
        "        compopt -o nospace 2>/dev/null\n"
        '        if [[ $word == *,* ]]; then front="${word%,*},"; word="${word##*,}"; fi\n'
        "    fi\n"
        "    if [[ $words != - ]]; then\n"
        '        COMPREPLY=($(compgen -P "$front" -W "$words" -- "$word"))\n'
        "    # Readline's own names of files: it knows how they are quoted.\n"
        "    elif ! compopt -o default 2>/dev/null; then\n"
        '        COMPREPLY=($(compgen -f -- "$word"))\n'
        "    fi\n"
        "}\n"
        "complete -F _recodec recodec\n"
    )


def _bash_command(name: str) -> str:
    """Sets what may follow: `flags`, `bare` words, and `words` after an option with a value."""
    table = table_of(name)
    after = ""
    bare = ""
    for option in table.options:
        words = _words(option, "$encodings", "$languages")
        if not option.flags:
            bare = words
        elif option.metavar is not None and option.const is None and option.dest not in _FILES:
            more = " list=1" if _is_list(option) else ""
            after += f'            {"|".join(option.flags)}) words="{words}"{more};;\n'
    case = f'        case "$before" in\n{after}        esac\n' if after else ""
    flags = " ".join(_flags(table))
    return f'    "{name}")\n        flags="{flags}" bare="{bare}"\n{case}        ;;\n'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _zsh() -> str:
    out = [
        "#compdef recodec\n# zsh completion of recodec; written by `recodec completion zsh`\n",
        f'_recodec_encodings() {{ compadd "$@" -- {_encodings()} }}\n',
        f'_recodec_languages() {{ compadd "$@" -- {_languages()} }}\n',
    ]
    for name in COMMANDS:
        specs = ["(- *)--help[show what the command takes]"]
        for option in table_of(name).options:
            note = option.help.replace("[", "(").replace("]", ")").replace(":", "\\:")
            if not option.flags:
                many = "*:" if option.count in "*+" else ":"
                specs.append(f"{many}{option.metavar}:{_zsh_action(option)}")
                continue
            for flag in option.flags:
                joint = value = ""
                if option.metavar is not None:
                    joint = "=" if flag.startswith("--") else "+"
                    value = f":{option.metavar}:{_zsh_action(option)}"
                    if option.const is not None:
                        joint, value = "=-", f":{value}"
                star = "*" if option.many else ""
                specs.append(f"{star}{flag}{joint}[{note}]{value}")
        body = " \\\n        ".join(_quoted(spec) for spec in specs)
        out.append(
            f"_recodec_{name.replace(' ', '_')}() {{\n    _arguments -s \\\n        {body}\n}}\n"
        )
    first = "\n        ".join(_quoted(f"{name}:{summary}") for name, summary in _first_words())
    cases = "".join(
        f"        {name}) shift words; ((CURRENT--)); _recodec_{name};;\n"
        for name in COMMANDS
        if " " not in name
    )
    for group in GROUPS:
        members = [name for name in COMMANDS if name.startswith(f"{group} ")]
        inner = "".join(
            f"            {name.split()[1]}) shift 2 words; ((CURRENT -= 2)); "
            f"_recodec_{name.replace(' ', '_')};;\n"
            for name in members
        )
        words = " ".join(name.split()[1] for name in members)
        cases += (
            f"        {group}) if ((CURRENT == 3)); then compadd -- {words}; else "
            f"case $words[3] in\n{inner}            esac; fi;;\n"
        )
    out.append(
        "_recodec() {\n    if ((CURRENT == 2)); then\n"
        "        if [[ $words[2] == -* ]]; then compadd -- --help --version; return; fi\n"
        "        local -a commands=(\n        "
        f"{first}\n        )\n        _describe command commands\n        return\n    fi\n"
        f"    case $words[2] in\n{cases}    esac\n}}\n"
        "# From $fpath this file is the function itself.\n"
        "if [[ $funcstack[1] == _recodec ]]; then\n"
        '    _recodec "$@"\n'
        "elif (($+functions[compdef])); then\n"
        "    compdef _recodec recodec\n"
        "fi\n"
    )
    return "".join(out)


def _zsh_action(option: Option) -> str:
    words = _words(option, "", "")
    if option.dest in _LANGUAGES:
        return "_recodec_languages"
    if option.dest in _ENCODINGS:
        return "_sequence _recodec_encodings" if _is_list(option) else "_recodec_encodings"
    if words:
        return f"_sequence compadd - {words}" if _is_list(option) else f"({words})"
    if not option.flags or option.dest in _FILES:
        return "_files"
    return " "


def _fish() -> str:
    out = [
        "# fish completion of recodec; written by `recodec completion fish`\n",
        f"set -g __recodec_encodings {_encodings()}\n",
        f"set -g __recodec_languages {_languages()}\n",
        "complete -c recodec -l help -d 'show what the command takes'\n",
    ]
    none = f"not __fish_seen_subcommand_from {' '.join(name for name, _ in _first_words())}"
    out.append(f"complete -c recodec -n '{none}' -l version -d 'show the version'\n")
    for name, summary in _first_words():
        out.append(f"complete -c recodec -n '{none}' -f -a {name} -d {_quoted(summary)}\n")
    for group in GROUPS:
        members = [name.split()[1] for name in COMMANDS if name.startswith(f"{group} ")]
        seen = f"__fish_seen_subcommand_from {group}; and not __fish_seen_subcommand_from "
        for member in members:
            summary = COMMANDS[f"{group} {member}"][1]
            out.append(
                f"complete -c recodec -n '{seen}{' '.join(members)}' -f "
                f"-a {member} -d {_quoted(summary)}\n"
            )
    for name in COMMANDS:
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in name.split())
        table = table_of(name)
        if all(option.flags for option in table.options):
            out.append(f"complete -c recodec -n '{seen}' -f\n")
        for option in table.options:
            out.extend(_fish_option(option, seen))
    return "".join(out)


def _fish_option(option: Option, seen: str) -> list[str]:
    words = _words(option, "$__recodec_encodings", "$__recodec_languages")
    if words and _is_list(option):
        words = f'(__fish_complete_list , "string split \\" \\" {words}")'
    if not option.flags:
        return [f"complete -c recodec -n '{seen}' -f -a '{words}'\n"] if words else []
    flags = " ".join(
        f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags
    )
    value = ""
    if option.metavar is not None and option.const is None:
        value = " -r -F" if option.dest in _FILES else " -x"
        if words:
            value += f" -a '{words}'"
    return [f"complete -c recodec -n '{seen}' {flags}{value} -d {_quoted(option.help)}\n"]
