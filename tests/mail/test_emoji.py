"""The carriers' tables: as many emoji as the source has, in the blocks that the carriers have."""

from __future__ import annotations

import pytest

from recodec import mail
from recodec.mail import _emoji


@pytest.mark.parametrize(
    ("carrier", "count", "leads"),
    [
        ("docomo", 244, {0xF8, 0xF9}),
        ("au", 633, {0xF3, 0xF4, 0xF6, 0xF7}),
        ("softbank", 469, {0xF7, 0xF9, 0xFB}),
    ],
)
def test_a_carriers_codes(carrier: str, count: int, leads: set[int]) -> None:
    table = _emoji._table(carrier)
    assert len(table) == count
    assert {code >> 8 for code in table} == leads
    assert len(set(table.values())) == count
    assert all(code & 0xFF not in (0x7F, 0xFD, 0xFE, 0xFF) for code in table)


@pytest.mark.parametrize(
    ("carrier", "code", "private"),
    [
        ("docomo", 0xF89F, 0xE63E),
        ("docomo", 0xF9FC, 0xE757),
        ("au", 0xF640, 0xE468),
        ("au", 0xF7D3, 0xEAFC),
        ("au", 0xF7E5, 0xE5B5),
        ("au", 0xF340, 0xE5CD),
        ("au", 0xF353, 0xEA80),
        ("au", 0xF48D, 0xEB88),
        ("softbank", 0xF941, 0xE001),
        ("softbank", 0xF741, 0xE101),
        ("softbank", 0xFBD7, 0xE537),
    ],
)
def test_private_use_characters(carrier: str, code: int, private: int) -> None:
    assert _emoji._private(carrier, code) == chr(private)
    known = _emoji.from_shift_jis(code, carrier)
    assert _emoji.from_private(chr(private), carrier) == known


def test_every_emoji_of_a_message_from_its_carrier_is_read() -> None:
    for carrier, domain in (
        ("docomo", "docomo.ne.jp"),
        ("au", "au.com"),
        ("softbank", "softbank.ne.jp"),
    ):
        table = _emoji._table(carrier)
        body = b"".join(code.to_bytes(2, "big") for code in table)
        head = f"From: a@{domain}\r\nContent-Type: text/plain; charset=shift_jis\r\n\r\n"
        assert mail.parse(head.encode() + body).text == "".join(table.values())


def test_every_emoji_of_au_in_jis() -> None:
    table = _emoji._table("au")
    rows = {0xF6: 0x75, 0xF7: 0x77, 0xF3: 0x79, 0xF4: 0x7B}
    pairs = []
    for code in table:
        lead, trail = divmod(code, 256)
        place = trail - 0x40 - (trail > 0x7F)
        row, cell = divmod(place, 94)
        pairs.append(bytes((rows[lead] + row, cell + 0x21)))
    head = b"From: a@ezweb.ne.jp\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n"
    read = mail.parse(head + b"\x1b$B" + b"".join(pairs) + b"\x1b(B")
    assert read.text == "".join(table.values())


def test_carriers_by_their_domains() -> None:
    assert _emoji.carrier_of("Taro <a..b.@DOCOMO.ne.jp>") == "docomo"
    assert _emoji.carrier_of("a@t.vodafone.ne.jp") == "softbank"
    assert _emoji.carrier_of("<a@docomo.ne.jp>, b@example.jp") == "docomo"
    assert _emoji.carrier_of("it came from a@au.com.") == "au"
    for other in ("a@example.jp", "a@tableau.com", "a@au.com.example", "a@x-docomo.ne.jp"):
        assert _emoji.carrier_of(other) is None
