"""What a caller asks for, in the core's terms: names of charsets and languages as ids."""

from __future__ import annotations

from .._core import detection as core
from .._errors import OptionError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from .._registry.charsets import Charset
    from .asked import Asked

__all__ = ["Options", "options_of"]

# Whoever allows the name on the left also means the forms it is found as.
_FORMS = {
    "utf-8": ("utf-8-sig",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-32": ("utf-32-le", "utf-32-be"),
}


class Options(core.Options):
    """The core's options, and what becomes of its answers: `asked`."""

    __slots__ = ("asked",)

    def __init__(
        self,
        *,
        allow: frozenset[int] | None,
        declared: int,
        language: int,
        exact: bool,
        sample: bool,
        asked: Asked | None,
    ) -> None:
        super().__init__(
            allow=allow,
            declared=declared,
            language=language,
            exact=exact,
            sample=sample,
            may_wait=asked is None,  # of whom it is not known what they make of an answer
        )
        self.asked = asked


def options_of(
    allow: Collection[str],
    deny: Collection[str],
    language: str | None,
    tld: str | None,
    declared: str | None,
    exact: bool,
    final: bool,
) -> Options:
    """The options in the core's terms; OptionError and UnknownCharsetError say what is wrong."""
    for hint in (language, tld, declared):
        if hint is not None and not isinstance(hint, str):
            raise TypeError(f"language, tld and declared must be str, not {type(hint).__name__}")
    allowed: frozenset[int] | None = None
    names: Asked | None = None
    if allow or deny:
        allowed = _ids(allow) if allow else frozenset(range(1, len(core.charset_names())))
        allowed -= _ids(deny) if deny else frozenset()
        asked = _by_name(allow)
        allowed -= _never_told() - {charset.id for charset in asked}
        if not allowed:
            raise OptionError("allow and deny leave no charset to answer")
        if told_as := _told_as(asked, allowed):
            from .asked import Asked

            names = Asked(told_as, sample=not final)
            allowed |= told_as.keys()
    language_id = 0
    if language:
        language_id = _language_id(language)
    elif tld:
        from .._registry.hints import tld_language

        # A hint from the outside world: a domain that says nothing about the language is no error.
        tag = tld_language(tld)
        language_id = _language_id(tag, must=False) if tag else 0
    label = 0
    if declared is not None:
        # Labels come from strangers too: an unknown one is as good as none.
        label = core.charset_from_label(declared.encode("ascii", "replace"))
    return Options(
        allow=allowed,
        declared=label,
        language=language_id,
        exact=bool(exact),
        sample=not final,
        asked=names,
    )


def _ids(names: Collection[str] | str) -> frozenset[int]:
    from .._registry import charsets

    if isinstance(names, str):  # a single name; its letters are surely not meant
        names = (names,)
    found = charsets.expand(names)
    known = core.charset_names()
    forms = {name for ident in found for name in _FORMS.get(known[ident], ())}
    return found | {known.index(name) for name in forms}


def _by_name(names: Collection[str] | str) -> list[Charset]:
    """The charsets that are named themselves, not by their family."""
    from .._registry import charsets

    names = (names,) if isinstance(names, str) else names
    families = (*charsets.families(), "web")
    return [charsets.lookup(name) for name in names if name.lower() not in families]


def _never_told() -> frozenset[int]:
    """Ids of the charsets that are no answer unless they are asked for by name."""
    from .._registry import charsets

    return frozenset(row.id for row in charsets.all_charsets() if not row.detectable)


def _told_as(asked: list[Charset], allowed: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Of charsets that are asked for and seldom told: what they may be told as, with their ids.

    That is themselves, and another where that is not allowed or denied.
    """
    told_as: dict[int, tuple[int, ...]] = {}
    for charset in asked:
        if (charset.detectable and not charset.told_as) or charset.id not in allowed:
            continue
        told_as[charset.id] = (charset.id,)
        told = charset.told_as and core.charset_names().index(charset.told_as)
        if told and told not in allowed:
            told_as[told] = (*told_as.get(told, ()), charset.id)
    return told_as


def _language_id(tag: str, *, must: bool = True) -> int:
    from .._registry.hints import language_tag

    tags = core.language_names()
    known = language_tag(tag, tags)
    if known is None:
        if not must:
            return 0
        raise OptionError(f"unknown language {tag!r}{_closest_languages(tag)}")
    return tags.index(known)


def _closest_languages(word: str) -> str:
    """Tags whose language `word` may be, by code or by name, to end an error message with."""
    from difflib import get_close_matches

    from .._registry.language_table import TABLE

    known = core.language_names()
    words = {
        each.lower(): tag
        for tag, (_, iso639_3, english, own, *_) in TABLE.items()
        if tag in known
        for each in (iso639_3, english, own, tag)
    }
    found = get_close_matches(word.lower(), words, n=3, cutoff=0.6)
    return did_you_mean(dict.fromkeys(words[each] for each in found))
