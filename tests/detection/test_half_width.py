"""Half-width katakana: of one byte in Shift_JIS, of two in EUC-JP.

What banks exchange (the records of Zengin, the Japanese Bankers Association) and old programs wrote
holds no other character beyond ASCII. The bytes are the letters of many other charsets.
"""

import pytest

import recodec

JAPANESE = {
    "transfer": "ﾐｽﾞﾎｷﾞﾝｺｳ ﾄｳｷﾖｳｼﾃﾝ 1234567 ｶ)ﾔﾏﾀﾞｼﾖｳﾃﾝ",
    "names": "ﾔﾏﾀﾞ ﾀﾛｳ\nｻﾄｳ ﾊﾅｺ\nｽｽﾞｷ ｲﾁﾛｳ\nﾀｶﾊｼ ﾖｼｺ\nｲﾄｳ ｹﾝｼﾞ\nﾜﾀﾅﾍﾞ ﾕｳｺ\n",
    "message": "ｺﾝﾆﾁﾊ! ｷｮｳﾊ ﾃﾝｷ ｶﾞ ｲｲﾃﾞｽﾈ. ﾃﾞﾊ ﾏﾀ ｱｼﾀ!",
    "with_kanji": "ｶﾌﾞｼｷｶﾞｲｼｬ山田商店 ﾄｳｷｮｳﾄﾐﾅﾄｸ 03-1234-5678",
    "records": "\r\n".join(
        f"20009ﾐﾂﾋﾞｼﾕｰｴﾌｼﾞｴｲ  {i:03}{branch:<15}0000 1{1000000 + i * 7919}{name:<30}{i * 12345:010}0"
        for i, (branch, name) in enumerate(
            [
                ("ﾎﾝﾃﾝ", "ｽｽﾞｷ ﾊﾅｺ"),
                ("ｼﾝｼﾞﾕｸ", "ｶ)ﾆﾎﾝｼﾖｳｼﾞ"),
                ("ｼﾌﾞﾔ", "ﾕ)ﾀﾅｶｺｳﾑﾃﾝ"),
                ("ｵｵｻｶ", "ﾅｶﾑﾗ ｱｷﾗ"),
            ]
            * 6
        )
    ),
}

# Capitals of windows-1251 and ISO 8859-7 and small letters of KOI8-R lie where the katakana do.
OTHERS = [
    ("ВНИМАНИЕ ПРОХОД ЗАКРЫТ", "cp1251"),
    ("ИВАНОВ ПЁТР СЕРГЕЕВИЧ\n", "cp1251"),
    ("главный бухгалтер 12345", "koi8-r"),
    ("договор поставки оборудования", "koi8-r"),
    ("МОСКВА КАЗАНЬ НОВОСИБИРСК", "iso8859-5"),
    ("ПЛОВДИВ ВАРНА ТЪРГОВИЩЕ", "cp1251"),
    ("ΠΡΟΣΟΧΗ ΑΠΑΓΟΡΕΥΕΤΑΙ Η ΕΙΣΟΔΟΣ", "iso8859-7"),
    ("القاهرة دمشق بغداد", "iso8859-6"),
    ("ธนาคารกรุงไทย สาขาสีลม", "tis-620"),
]


@pytest.mark.parametrize("charset", ["cp932", "euc_jp"])
@pytest.mark.parametrize("name", JAPANESE)
def test_half_width_katakana(name: str, charset: str) -> None:
    data = JAPANESE[name].encode(charset)
    found = recodec.detect(data)
    assert (found.language, found.encoding) == ("ja", charset)
    assert data.decode(found.encoding) == JAPANESE[name]


@pytest.mark.parametrize("size", [30, 60, 200, 1000])
def test_the_start_of_records(size: int) -> None:
    assert recodec.detect(JAPANESE["records"].encode("cp932")[:size]).language == "ja"


@pytest.mark.parametrize(("text", "charset"), OTHERS)
def test_other_letters_are_no_katakana(text: str, charset: str) -> None:
    for data in (text.encode(charset), (text + "\r\n").encode(charset) * 8):
        found = recodec.detect(data)
        assert found.language != "ja"
        assert found.encoding not in {"cp932", "euc_jp"}


def test_a_few_half_width_signs_are_no_text() -> None:
    """Fewer than eight bytes say nothing: they stay what they are in other charsets."""
    assert recodec.detect("ｶﾅ".encode("cp932")).encoding != "cp932"
