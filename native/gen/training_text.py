"""Forms of the training text: capitals, visual order, decomposed Vietnamese, foreign words."""

from __future__ import annotations

import unicodedata

import numpy as np

import bytewise

WORDS_SHARE = 0.3

Texts = list[tuple[np.ndarray, float]]


def codes(text: str) -> np.ndarray:
    """Code points of a text as uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def every(text: str, step: int) -> str:
    """Each step-th line: a deterministic sample."""
    return "\n".join(text.split("\n")[::step])


def capitals(language: str, text: str) -> str:
    """Upper case as that language writes it."""
    if language in ("tr", "az-Latn"):
        text = text.replace("i", "\u0130")
    if language == "el":  # capitals carry no tonos
        text = text.translate(str.maketrans("άέήίόύώ", "αεηιουω"))
    return text.upper()


def decomposed_vietnamese(text: str) -> str:
    """Vietnamese as windows-1258 holds it: a letter with its hat, breve or horn, then the tone."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = [p for p in parts if p in tones]
        rest = "".join(p for p in parts if p not in tones)
        out.append(unicodedata.normalize("NFC", rest) + "".join(tone))
    return "".join(out)


def reversed_lines(text: str) -> str:
    """Visual order: each line from its end."""
    return "\n".join(line[::-1] for line in text.split("\n"))


def column_texts(language: str, text: str, words: str) -> dict[str, Texts]:
    """The columns a language has and the weighted texts that train each.

    The list of `words`, each of them once, counts as much as WORDS_SHARE of the text: names and
    labels are made of rare words, which running text says little about.
    """
    upper = (codes(capitals(language, every(text, 8))), 0.4)
    share = WORDS_SHARE * len(text) / max(1, len(words))
    columns: dict[str, Texts] = {language: [(codes(text), 1.0), (codes(words), share)]}
    if language in ("tr", "az-Latn", "el"):
        columns[language].append(upper)
    if language == "vi":
        columns["vi~1258"] = [(codes(decomposed_vietnamese(text)), 1.0)]
    if language in bytewise.CODECS:
        columns[f"{language}~{bytewise.CODECS[language]}"] = [
            (codes(bytewise.as_seen(language, text)), 1.0)
        ]
    if language in ("he", "ar"):
        columns[f"{language}~visual"] = [(codes(reversed_lines(text)), 1.0)]
    return columns


def ascii_words(text: str) -> str:
    """The ASCII letters of a text in another script, as words."""
    kept = (c if c.isascii() else " " for c in text)
    return "".join(kept)
