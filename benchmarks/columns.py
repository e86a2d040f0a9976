"""Columns of numbers with a sign or a unit: one short word, again and again, is all there is.

What a spreadsheet exports of prices, sizes and temperatures. A form is a row, of any number.
"""

# ruff: noqa: RUF001 -- letters of all scripts stand here on purpose
from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

ROWS = (1, 3, 20, 200)

# Signs that the charsets of several languages have.
_SIGNS = (
    "{n} °C", "{n}°", "{n} m²", "{n}.{d} m³", "£{n}.{d}", "{n}½", "{n} µg", "± {n}",
    "{n}.{d} ± 0.{d}", "§ {n}", "© 19{d}", "{n} N°", "N° {n}",
)  # fmt: skip
_WINDOWS = (
    *_SIGNS, "{n},{d} €", "€{n}.{d}", "{n} × {n} cm", "{n}×{n}", "{n}º {d}", "{n}ª;{d}", "{n}¢",
    "¥{n}", "{n},{d} ‰", "Ø {n} mm", "{n}–{n}", "• {n}", "{n}…", "{n}\xa0{n}", "A{n}™", "“{n}”",
    "{n}·{d}", "P{n};{n} × {n}", "{n} kg;{n} m²;{n} €", "{n}°{d}'{d}\"N",
)  # fmt: skip
_CYRILLIC = (
    "{n} м", "{n} кг", "{n},{d} т", "{n} г", "{n} ч", "{n} л", "{n} р.", "{n} руб.", "{n} шт",
    "№ {n}", "с {n} по {n}", "{n} мин", "д. {n}, кв. {d}", "{n} см", "{n} °С",
)  # fmt: skip
_CENTRAL = ("{n} zł", "{n},{d} zł;{n} szt.", "{n} Kč", "č. {n}", "{n} ks;č. {d}", "{n} °C")

FORMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("en", "cp1252"): _WINDOWS,
    ("en", "cp850"): _SIGNS,
    ("en", "mac_roman"): ("{n} °C", "£{n}.{d}", "{n} µg", "± {n}", "§ {n}", "© 19{d}", "{n},{d} €"),
    ("pl", "cp1250"): _CENTRAL,
    ("pl", "iso8859_2"): _CENTRAL,
    ("ru", "cp1251"): _CYRILLIC,
    ("ru", "cp866"): _CYRILLIC,
    ("ru", "koi8_r"): _CYRILLIC[:9],
    ("el", "cp1253"): ("{n} €", "{n} χλμ", "{n} κιλά", "{n} ευρώ", "{n} τεμ."),
    ("he", "cp1255"): ("₪{n}", "{n} ₪", '{n} ק"ג', "{n} ש\"ח", "{n} יח'"),
    ("ar", "cp1256"): ("{n} كم", "{n} كجم", "{n} ريال", "{n} و {n}"),
    ("th", "cp874"): ("{n} บาท", "{n} คน", "{n} บ.", "{n} ชิ้น"),
    ("ja", "cp932"): ("{n}円", "{n}個", "{n}年{d}月", "{n}人", "{n}℃", "￥{n}", "{n}㎡", "№{n}"),
    ("ja", "euc_jp"): ("{n}円", "{n}個", "{n}年{d}月", "{n}人"),
    ("zh-Hans", "gb18030"): ("{n}元", "{n}个", "{n}年{d}月", "{n}人", "{n}℃", "￥{n}", "{n}平方米"),
    ("zh-Hant", "big5"): ("{n}元", "{n}個", "{n}年{d}月", "{n}人", "{n}號"),
    ("ko", "cp949"): ("{n}원", "{n}개", "{n}년 {d}월", "{n}명", "{n}㎡", "{n}℃"),
}  # fmt: skip


class Column(NamedTuple):
    """A file of one column, in the encoding that is named."""

    id: str
    language: str
    codec: str
    text: str


def make(rng: random.Random) -> Iterator[Column]:
    """Every form in every number of rows."""
    for (language, codec), forms in FORMS.items():
        for form in forms:
            for count in ROWS:
                rows = (_filled(form, rng) for _ in range(count))
                end = "\r\n" if count > 1 else ""
                yield Column(
                    f"{language}/{codec}/{form}/{count}", language, codec, "\r\n".join(rows) + end
                )


def _filled(form: str, rng: random.Random) -> str:
    """A row: {n} is a number of up to three digits, {d} of two, each time another."""
    parts = form.replace("{d}", "{n}\0").split("{n}")
    row = parts[0]
    for part in parts[1:]:
        two = part.startswith("\0")
        row += str(rng.randint(10, 99) if two else rng.randint(1, 999)) + part.removeprefix("\0")
    return row
