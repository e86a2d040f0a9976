#!/usr/bin/env python3
"""Write the seeds of the fuzz targets: small inputs of every kind the core tells apart.

usage: make_seeds.py [DIRECTORY]        (default: seeds/ beside this script)

The same files on every run. The texts were written for this; where a target wants pieces of
something (a label, a signature, an escape), the piece stands in a seed so that changing and
splicing have it to work with.
"""

# ruff: noqa: RUF001 (sample texts in all scripts are full of letters that look like others)

from __future__ import annotations

import sys
from pathlib import Path

TEXTS = {
    "en": "The ferry leaves at noon; bring a coat, the wind is cold.\n",
    "fr": "Le bac part à midi : prenez un manteau, le vent est très froid là-bas.\n",
    "pl": "Prom odpływa w południe, weź płaszcz, bo wiatr jest zimny. Żółta łódź.\n",
    "ru": "Паром уходит в полдень. Возьмите пальто, ветер холодный.\n",
    "el": "Το πλοίο φεύγει το μεσημέρι. Πάρτε παλτό, ο άνεμος είναι κρύος.\n",
    "he": "המעבורת יוצאת בצהריים. קחו מעיל, הרוח קרה.\n",
    "ar": "تغادر العبارة ظهرا. خذ معطفا، فالريح باردة.\n",
    "th": "เรือข้ามฟากออกตอนเที่ยง เอาเสื้อหนาวมาด้วย ลมเย็น\n",
    "vi": "Phà rời bến lúc trưa. Mang áo khoác, gió lạnh lắm.\n",
    "ja": "渡し船は正午に出ます。コートを持ってきて、風が冷たいですから。ｶﾀｶﾅ\n",
    "ko": "배는 정오에 떠납니다. 바람이 차니 외투를 가져오세요.\n",
    "zh": "渡船中午出发，请带大衣，风很冷。\n",
    "tw": "渡船中午出發，請帶大衣，風很冷。\n",
}

ENCODINGS = {
    "en": ["ascii", "utf-8-sig", "utf-16", "utf-32-be", "cp037"],
    "fr": ["utf-8", "cp1252", "cp850", "mac-roman", "utf-16-le", "utf-7", "cp500"],
    "pl": ["iso8859-2", "cp1250", "cp852", "utf-16-be"],
    "ru": ["utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16-le", "utf-7"],
    "el": ["iso8859-7", "cp737", "utf-32-le"],
    "he": ["cp1255", "cp862"],
    "ar": ["cp1256", "iso8859-6"],
    "th": ["tis-620", "utf-16-be"],
    "vi": ["utf-8", "cp1258"],
    "ja": ["utf-8", "cp932", "euc_jp", "iso2022_jp_ext", "iso2022_jp_2", "euc_jis_2004",
           "shift_jis_2004", "utf-16-le", "utf-7"],
    "ko": ["euc_kr", "cp949", "johab", "iso2022_kr", "utf-16-be"],
    "zh": ["gb18030", "gbk", "hz", "utf-16-le", "utf-7"],
    "tw": ["big5", "cp950", "big5hkscs", "utf-8", "iso2022_jp_2"],
}  # fmt: skip

PIECES = {
    "utf8-broken": b"good \xc3\xa9 cut \xe2\x82 lone \x80 long \xc0\xaf sur \xed\xa0\xbd"
    b"\xed\xb8\x80 nul \xc0\x80 high \xf4\x90\x80\x80 fe \xfe\xff end \xf0\x9f\x98",
    "utf16-surrogates": "a\U0001f600b".encode("utf-16-le") + b"\x3d\xd8x\x00\x00\xde\xff\xff",
    "utf32-large": "a\U0001f600b".encode("utf-32-be") + b"\x00\x11\x00\x00\x00\x00\xd8\x00",
    "iso2022-sets": b"\x1b$(D0!\x1b(I12\x1b$A0!\x1b$(C0!\x1b.A\x1bNi\x1b.F\x1bNa\x1b$(O/!\x1b$(P!!"
    b"\x1b$(Q.!\x1b&@\x1b$B0!\x1b(J\\\x1b(B\n",
    "iso2022-kr-shifts": b'\x1b$)C\x0e0!0"\x0f abc\n\x0e0!\n',
    "iso2022-cn": b"\x1b$)A\x0e0!\x0f\x1b$*H\x1bN!!\n\x1b$)G\x0eD!\x0f\x1b$+I\x1bO!!\n"
    b"\x1b$)E\x0e0!",
    "hz-odd": b"~~ ~{VPND~} ~\n~{VP~\nND~} ~x ~{V",
    "utf7-odd": b"1 +- 1, +2D3eAA-, +AGEA6Q-, +/v8-, C++ +AGE, +A-, +AAAA",
    "terminal": b"\x1b[1;31mred\x1b[0m \x1b(0lqk\x1b(B \x1b]0;title\x07 \x0elqk\x0f\r\n",
    "html-meta": b'<!DOCTYPE html><html><head><!-- x --><META charset = "windows-1251">'
    b"<title>\xcf\xf0\xe8\xe2\xe5\xf2</title></head>",
    "html-equiv": b"<html><meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>"
    b"\x83\x65\x83\x58\x83\x67",
    "xml": b"<?xml version='1.0' encoding='ISO-8859-2'?><a>\xb3\xf3d\xbc</a>",
    "xml-utf16": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16-be"),
    "xml-ebcdic": '<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037"),
    "css": b'@charset "koi8-r"; p { content: "\xf0\xf2\xe9" }',
    "pep263": b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\nname = '\xe9'\n",
    "vim": b"text \xa4\xa2\xa4\xa4\n# vim: set fileencoding=euc-jp ts=4 :\n",
    "emacs": b"\\input x\n% Local Variables:\n% coding: gb18030-unix\n% End:\n\xd6\xd0",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00",
    "zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00name.txt",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "mpeg": b"\xff\xfb\x90\x64" + b"\x00" * 413 + b"\xff\xfb\x90\x64",
    "pe": b"MZ" + b"\x00" * 58 + b"\x40\x00\x00\x00PE\x00\x00",
    "tar": b"name" + b"\x00" * 253 + b"ustar\x0000",
    "nuls": b"./first name\x00./second name\x00./third\x00",
    "dos-end": b"ready.\r\n\x1a",
    "gb18030-four": b"\x81\x30\x81\x30\x82\x35\x8f\x33\x90\x30\x81\x30\xe3\x32\x9a\x35"
    b"\x84\x31\xa4\x37",
    "euc-tw": b"\xc4\xe3\x8e\xa2\xa1\xa1\x8e\xa1\xc4\xe3\x8e\xaf\xa1\xa1",
    "euc-kr-makeup": b"\xa4\xd4\xa4\xa1\xa4\xbf\xa4\xd4 \xb0\xa1\xb0\xa2",
    "euc-jp-ss": b"\x8e\xb1\x8e\xb2\x8f\xb0\xa1\x8f\xb0\xa2\xa4\xa2",
    "sjis-edges": b"\x81\x40\x9f\xfc\xe0\x40\xfc\x4b\xed\x40\x83\x5c\xb1\xdf\xa0\x80\xfd",
    "big5-edges": b"\x88\x62\xf9\xfe\xfa\x40\xa1\x40\xc6\xe7\xa3\xe1\x81\x40",
    "every-byte": bytes(range(256)),
    # Rare forms: accents before their letters, katakana of EBCDIC, pairs without escapes.
    "iso-6937": b"Le bac part \xc1a midi : le vent est tr\xc1es froid l\xc1a-bas, en \xc2et\xc2e.",
    "cp290": bytes.fromhex("8b81aa958a a2bbb2 4092be4b40 9481be 92aa40 839f8196 9589a59f4b"),
    "jisx0208": bytes(byte & 0x7F for byte in "渡し船は正午に出ます。".encode("euc_jp")),
    "gb2312-raw": bytes(byte & 0x7F for byte in "渡船中午出发，风很冷。".encode("gb2312")),
}

# What each scheme of native/check/scheme.h reads, in their order.
SCHEMES = (
    b'plain \x1b$B0!$%$N\n0"\x1b(B \x1b$B\x7f!!!\x1b',
    b'\x1b$)Cplain \x0e0!0"\x0f\n\x0e0#\n',
    b'\x1b$*H\x1bN0!a\x1bN0"\n\x1bN0!',
    b"\x1b$B0!\x1b(B\xb1 \x0e0!\x0f",
    b"plain \xb0\xa1\xb0\xa2\x1b$)C\xb0\xa1\xa0",
    b"\xc1\xc2\x0e\x44\x81\x48\x67\x0f\xf1\x0e\x0e\x40\x40",
    b"mail/&U,BTFw-/&ZeVnLIqe-&-&2D3eAA-",
    "é日".encode() + b"\xed\xa0\xbd\xed\xb8\x80\xc0\x80\xed\xa0\xbd",
    "é日".encode() + b"\xed\xa0\xbd\xed\xb8\x80\xc0\x80\xed\xb8\x80",
    bytes(255 - byte for byte in b"plain \xc7\xa9\xe9\xb0\xa5\xf8\xa8\xb0\xa0\xa0"),
    b"\xd6l \x12\x9f\xb8\x0f\x65\xe5\xd8\x3d\xde\x00\xe2\x80\x0b\x3f\xff\x81\x05\x90\x1a\x08\xb0",
    b"\xb1\x0a\xd3\xd3\x90\x88\x82 \xfb\x66\x80\xff\x4c\xf0\xfe\x19\xb4\x66",
    b"a\\u00e9\\U0001f600\\ud83d\\n\\u12",
    b"a\\u00e9\\ud83d\\ude00\\\\u\\ud83d",
)


def seeds() -> dict[str, bytes]:
    """Name to content of every seed."""
    found = {
        f"{language}-{encoding}": TEXTS[language].encode(encoding, "ignore")
        for language, encodings in ENCODINGS.items()
        for encoding in encodings
    }
    found.update(PIECES)
    # For fuzz_conv: table, road and room, then text; every road, tables all over the list.
    for at, (language, encodings) in enumerate(sorted(ENCODINGS.items())):
        for road in range(6):
            table = (at * 53 + road * 7) % 677
            text = TEXTS[language].encode(encodings[-1 if road % 2 else 0], "ignore")
            head = bytes((table >> 8, table & 0xFF, road + 8 * (at % 6), 255 - at % 2 * 200))
            found[f"conv-{language}-{road}"] = head + text
    # For fuzz_scheme: scheme and direction, room, then bytes of the scheme or UTF-16.
    text = TEXTS["ja"] + TEXTS["ko"] + TEXTS["fr"] + "\U0001f600"
    for number, read in enumerate(SCHEMES):
        found[f"scheme-{number}-read"] = bytes((number, 7)) + read
        found[f"scheme-{number}-write"] = bytes((140 + number, 2)) + text.encode("utf-16-le")
    return found


def main() -> int:
    """Write them all; returns the exit code."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "seeds"
    target.mkdir(parents=True, exist_ok=True)
    for name, content in seeds().items():
        (target / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
