"""The charsets that can be decoded here, and text that each of them can hold."""

from __future__ import annotations

import recodec
from recodec._coding.route import route
from recodec._conversion.route import Route
from recodec._registry import charsets

# Every script and symbol that some charset has, in no order; what a charset lacks is left out.
SCRIPTS = (
    "Zażółć gęślą jaźń. Příliš žluťoučký kůň. Größe, naïve, œuvre, þæð\r\n"
    "ğış ąčęėįšųūž āēģīķļ ĉĝĥĵŝŭ\n"
    "Съешь ещё этих мягких булок. Ґ ґ є ї ў џ љ њ ћ ђ қ ғ ө ү һ\n"
    "Ξεσκεπάζω τὴν ψυχοφθόρα ϋΰ\n"
    "דג סקרן שט בים\tالنص العربي پچژگ ٹڈڑ\nฉันกินกระจกได้ ສະບາຍດີ "
    "Տեքստ հայերեն გამარჯობა Tiếng Việt có dấu ơ ư đ\n"
    "日本語の文章とカタカナ ｱｲｳｶﾞ ①髙﨑～－∥￠￡￢ 中国汉字 繁體中文字 한국어 문장 漢字\n"
    "€ “quotes” — ‘x’ … § ¶ ° ± × ÷ ½ ─│┌┐└┘█▒ ¬ ¢ £ ¥ ‾ ~ \\ {}[]|^`#$@!"
    "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧ ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖ 0123456789 ⑆⑇⑈⑉ ABCDEF〈〉"
)


def decodable() -> list[str]:
    """Canonical names of all charsets that have a codec."""
    names = []
    for charset in charsets.all_charsets():
        try:
            route(charset.name)
        except recodec.UnsupportedCharsetError:
            continue
        names.append(charset.name)
    return names


def sample(name: str, text: str = SCRIPTS) -> str:
    """What of `text` the charset holds and gives back as it was."""
    way = route(name)
    return "".join(character for character in text if _survives(way, character))


def _survives(way: Route, character: str) -> bool:
    try:
        return way.decode(way.encode(character, "strict")[0], "strict")[0] == character
    except UnicodeError:
        return False
