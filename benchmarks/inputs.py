"""Inputs for the speed and memory measurements: every kind at any size, the same on each run.

The sentences are written here, so that speed can be measured without the training texts. They are
shuffled, not repeated as a block, so that no detector profits from a period in its input.
"""

# ruff: noqa: RUF001 -- letters of all scripts stand here on purpose
from __future__ import annotations

import base64
import random
from collections.abc import Callable

_SENTENCES = {
    "en": (
        "The ferry leaves at seven and comes back before the shops close.",
        "Nobody had told the clerk that the ledger was kept in two hands.",
        "We measured the field twice, once in the rain and once in the sun.",
        "Send the parts list to the workshop, and keep a copy for yourself.",
        "A small bell over the door announced each of the few customers.",
        "It took three winters to build the wall and one spring to lose it.",
    ),
    "ru": (
        "Пароход уходит в семь часов и возвращается до закрытия лавок.",
        "Никто не сказал писарю, что книгу вели двумя разными почерками.",
        "Мы измерили поле дважды: один раз под дождём, другой на солнце.",
        "Отправьте список деталей в мастерскую, а копию оставьте себе.",
        "Над дверью висел колокольчик, он звенел при каждом посетителе.",
        "Стену строили три зимы, а потеряли её за одну весну.",
    ),
    "fr": (
        "Le bac part à sept heures et revient avant la fermeture des boutiques.",
        "Personne n’avait prévenu l’employé que le registre était tenu à deux mains.",
        "Nous avons mesuré le champ deux fois, sous la pluie puis au soleil.",
        "Envoyez la liste des pièces à l’atelier et gardez-en une copie.",
        "Une clochette annonçait chacun des rares clients à l’entrée.",
        "Il fallut trois hivers pour élever le mur, un été pour le perdre.",
    ),
    "ja": (
        "渡し船は七時に出て、店が閉まる前に戻ってくる。",
        "帳簿が二人の手で書かれていたことを、誰も係の者に言わなかった。",
        "畑は雨の日と晴れの日に一度ずつ、合わせて二回測りました。",
        "部品の一覧を工場へ送り、控えは手元に残してください。",
        "入口の上の小さなベルが、数少ない客の来店を知らせていた。",
        "壁を築くのに三つの冬がかかり、失うのは一つの春で足りた。",
    ),
    "zh": (
        "渡船早上七点离开，在商店关门之前回来。",
        "没有人告诉那位职员，账本是由两个人轮流记的。",
        "我们把那块地量了两次，一次在雨里，一次在太阳下。",
        "请把零件清单寄到车间，自己留一份副本。",
        "门上的小铃铛告诉大家又来了一位客人。",
        "修那道墙用了三个冬天，失去它只用了一个春天。",
    ),
}


def _text(language: str, size: int, encoding: str, newline: str = "\n") -> bytes:
    rng = random.Random(f"{language}/{encoding}")
    sentences = [(line + newline).encode(encoding) for line in _SENTENCES[language]]
    block = bytearray()
    while len(block) < min(size, 1 << 20):
        block += rng.choice(sentences)
    if len(block) >= size:
        return _whole(bytes(block), size, encoding)
    return _whole(bytes(block) * (size // len(block) + 1), size, encoding)


def _whole(data: bytes, size: int, encoding: str) -> bytes:
    """At most `size` bytes that end with a character: a cut one would make another input of it."""
    tail = data[max(0, size - 4096) : size]
    at = max(0, size - 4096)
    end = size
    while end > at:
        try:
            # Sentences end at the newline, so the last line alone can be checked.
            line = tail[: end - at].rsplit(b"\n", 1)[-1] if b"\n" in tail else tail[: end - at]
            if encoding.startswith("utf-16"):
                return data[: end - end % 2]
            line.decode(encoding)
        except UnicodeDecodeError:
            end -= 1
        else:
            return data[:end]
    return data[:end]


def _html(size: int) -> bytes:
    rng = random.Random("html")
    out = bytearray(b"<html>\n<head><title>Index</title></head>\n<body>\n")
    while len(out) < size:
        if rng.random() < 0.15:
            out += f'<p class="t">{rng.choice(_SENTENCES["fr"])}</p>\n'.encode("cp1252")
        else:
            n = rng.randrange(1000)
            out += f'<div id="b{n}"><a href="/p?id={n}"><img src="/i/{n}.gif"></a></div>\n'.encode()
    return bytes(out[:size])


def _noise(size: int) -> bytes:
    return random.Random("noise").randbytes(size)


def _flood(unit: bytes) -> Callable[[int], bytes]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


KINDS: dict[str, Callable[[int], bytes]] = {
    "ascii": lambda size: _text("en", size, "ascii"),
    "utf8-ru": lambda size: _text("ru", size, "utf-8"),
    "utf8-ja": lambda size: _text("ja", size, "utf-8"),
    "cp1251": lambda size: _text("ru", size, "cp1251"),
    "cp1252-html": _html,
    "cp932": lambda size: _text("ja", size, "cp932"),
    "euc_jp": lambda size: _text("ja", size, "euc_jp"),
    "gb18030": lambda size: _text("zh", size, "gb18030"),
    "utf-16-le": lambda size: _text("ru", size, "utf-16-le"),
    "binary": _noise,
    "flood-lt": _flood(b"<"),
    "flood-meta": _flood(b"<meta charset="),
    "flood-esc": _flood(b"\x1b$B"),
    "base64": lambda size: base64.encodebytes(_noise(size * 3 // 4 + 60))[:size],
    "one-byte": _flood(b"\xe9"),
}

# Kinds that invite quadratic work: time per byte must not grow with the input.
HOSTILE = ("flood-lt", "flood-meta", "flood-esc", "base64", "one-byte")


def make(kind: str, size: int) -> bytes:
    """About `size` bytes of one kind, never cut inside a character; KeyError if unknown."""
    return KINDS[kind](size)
