"""Text beside English and code: catalogues of messages, menus, settings, word lists, sources.

Half of it or more is ASCII in another language than the one that the charset was chosen for; in
`sea` all but a few words, and in `named` all but a name.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from texts import Pool

# What a record is made of: English, the text, an identifier, a number.
_FORMS: dict[str, str] = {
    "menu": "menutrans &{english}<Tab>:{key}\t{text}\n",
    "catalogue": '#: src/{key}.c:{number}\nmsgid "{english}"\nmsgstr "{text}"\n\n',
    "settings": "; {english}\n{key}.title={text}\n{key}.size={number}\n",
    "entries": '<entry id="{key}" size="{number}">{english}</entry>\n<note>{text}</note>\n',
    "words": "{english} : {text}\n",
    "table": "{number};{key};{english};{text};yes;2004-05-{day:02d}\n",
    "source": "/* {text} */\nstatic int {key}(const char *name, size_t size)\n{{\n"
    '    fprintf(stderr, "{english}: %s\\n", name);\n    return size > {number};\n}}\n\n',
}
_KEYS = ("open", "close", "read_line", "connect", "print", "window", "update", "search_all",
         "get_value", "set_name", "parse", "options", "network", "user_list")  # fmt: skip
FORMS = tuple(_FORMS)


def _phrase(lines: list[str], rng: random.Random, most: int) -> str:
    """Up to `most` words from somewhere in a line; without spaces, some characters."""
    words = rng.choice(lines).split()
    if len(words) < 3:
        return " ".join(words)[: 4 * most]
    start = rng.randrange(len(words) - 1)
    return " ".join(words[start : start + rng.randrange(1, most + 1)]).strip(" .,;:-\"'()&")


def write(
    form: str,
    english: Pool,
    pool: Pool,
    written: Callable[[str], str | None],
    rng: random.Random,
    size: int,
) -> str:
    """About `size` characters of records of one form; `written` types a line in the charset.

    Half of the texts show a character beyond ASCII where the language has them that often.
    """
    file = rng.choice(pool.files)
    plain = [line for line in english.files[0] if line.isascii()]
    parts: list[str] = []
    used = tries = 0
    while used < size and tries < 400:
        tries += 1
        text = written(_phrase(file, rng, 5))
        if not text or (len(parts) % 2 and text.isascii() and tries < 200):
            continue
        parts.append(
            _FORMS[form].format(
                english=_phrase(plain, rng, 6), text=text, key=rng.choice(_KEYS),
                number=rng.randrange(2, 900), day=rng.randrange(1, 29),
            )
        )  # fmt: skip
        used += len(parts[-1])
    return "".join(parts)


def sea(
    english: Pool,
    pool: Pool,
    written: Callable[[str], str | None],
    rng: random.Random,
    size: int,
) -> str:
    """About `size` characters of English and code, a line of them up to five words of the text."""
    plain = [line for line in english.files[0] if line.isascii()]
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        form = rng.choice(("# {english}\n", "{key}({number}); /* {english} */\n", "{line}\n"))
        parts.append(
            form.format(
                english=_phrase(plain, rng, 8), line=rng.choice(plain), key=rng.choice(_KEYS),
                number=rng.randrange(2, 900),
            )
        )  # fmt: skip
    for _ in range(200):
        text = written(_phrase(rng.choice(pool.files), rng, 5))
        if text and sum(char > "\x7f" and char.isalpha() for char in text) >= 2:
            form = rng.choice(("{text}\n", "{key}({number}); /* {text} */\n", "# {text}, {key}\n"))
            line = form.format(text=text, key=rng.choice(_KEYS), number=rng.randrange(2, 900))
            parts.insert(rng.randrange(len(parts) + 1), line)
            return "".join(parts)
    return ""


def named(english: Pool, names: list[str], rng: random.Random, times: int) -> str:
    """A sentence of English that says a name so many times."""
    plain = [line for line in english.files[0] if line.isascii() and len(line) > 60]
    words = rng.choice(plain).split(" ")
    name = rng.choice(names)
    for _ in range(times):
        words.insert(rng.randrange(1, len(words)), name)
    return " ".join(words) + "\n"
