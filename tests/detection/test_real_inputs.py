"""Inputs as users meet them: little text among frames, numbers, markup and code."""

from __future__ import annotations

import random

import pytest

import recodec


def frame(*lines: str, width: int = 12) -> str:
    """Lines between rules of box drawing, as menus of DOS programs have them."""
    rule = "─" * width
    return "\n".join((f"┌{rule}┐", *(f"│ {line} │" for line in lines), f"└{rule}┘", ""))


def log(line: str) -> str:
    """One line among forty of ASCII."""
    plain = "".join(
        f"2011-03-{day:02d} 12:00:{day:02d} INFO  worker[{day * 31}] took {day * 3} ms\n"
        for day in range(1, 21)
    )
    return f"{plain}2011-03-21 12:00:01 WARN  {line}\n{plain}"


def menu(*words: str) -> str:
    """A catalogue of translations: each line has a keyword, English, and the other language."""
    english = ("Open Recent", "Save As", "Close All Windows", "Undo", "Go to Line", "Status Bar",
               "Previous Page", "Check Spelling", "Table of Contents", "Report a Problem",
               "Network Connection Failed", "The document could not be saved",
               "Do you want to keep your changes?")  # fmt: skip
    return "".join(f"menutrans &{of}\t&{word}\n" for of, word in zip(english, words, strict=True))


def among_code(line: str) -> str:
    """One line of a comment in some 4 KB of English and code."""
    plain = "".join(
        f"/* Return the number of entries that are left in list {number}. */\n"
        f"int count_{number}(const struct list *list)\n"
        f"{{\n    return list->end - list->begin; /* never below zero */\n}}\n\n"
        for number in range(12)
    )
    return f"{plain}/* {line} */\n{plain}"


MENU_TR = menu("Son Kullanılanları Aç", "Farklı Kaydet", "Tüm Pencereleri Kapat", "Geri Al",
               "Satıra Git", "Durum Çubuğu", "Önceki Sayfa", "Yazım Denetimi", "İçindekiler",
               "Sorun Bildir", "Ağ Bağlantısı Başarısız", "Belge kaydedilemedi",
               "Değişiklikler saklansın mı?")  # fmt: skip
MENU_HU = menu("Legutóbbiak", "Mentés másként", "Minden ablak bezárása", "Visszavonás",
               "Ugrás a sorra", "Állapotsor", "Előző oldal", "Helyesírás", "Tartalom",
               "Hiba jelentése", "Hálózati hiba", "A mentés nem sikerült",
               "Megőrzi a változásokat?")  # fmt: skip

# Name, text, encoding, why it is hard.
CASES = [
    ("rule_johab", frame("한글 문서 입니다") * 5, "johab", "D9 A1 is well-formed UTF-8"),
    ("one_rule_johab", frame("한글 문서 입니다"), "johab", "D9 A1 is well-formed UTF-8"),
    ("menu_johab", frame("주 메뉴", "새 게임", "끝내기"), "johab", "few letters, long rules"),
    ("wide_rule_johab", frame("한글", width=60), "johab", "thirty well-formed pairs for a letter"),
    ("rule_cp949", frame("한글 문서 입니다"), "cp949", "A6 A1 over and over is cheap as UTF-16"),
    ("menu_cp949", frame("주 메뉴", "새 게임", "설정"), "cp949", "few letters, long rule"),
    ("menu_gbk", frame("主菜单", "新游戏", "设置", "退出"), "gbk", "few letters, long rule"),
    ("menu_big5", frame("主選單", "新遊戲", "設定"), "big5", "few letters, long rule"),
    ("menu_euc_jp", frame("メニュー", "設定", "終了"), "euc_jp", "few letters, long rule"),
    ("menu_cp932", frame("メニュー", "設定", "終了"), "cp932", "few letters, long rule"),
    ("menu_cp866", frame("Новая игра", "Выход"), "cp866", "the frame is most of the bytes"),
    ("menu_cp852", frame("Nová hra", "Ukončit"), "cp852", "two letters that are not ASCII"),
    ("board_cp437", "█▀▀▀▀▀▀█\r\n█ HELLO █\r\n█▄▄▄▄▄▄█\r\nRing us ■ no ratio\r\n", "cp437", "art"),
    ("name_cp850", "Relatório de gestão 2004.xls", "cp850", "three letters"),
    ("name_cp932", "新しいフォルダ", "cp932", "seven characters"),
    ("name_gbk", "新建文件夹", "gbk", "five characters"),
    ("name_cp949", "새 폴더", "cp949", "three characters"),
    ("tag_cp1251", "Алиса\0Всё это рок-н-ролл\0001988", "cp1251", "NUL parts the fields of a tag"),
    ("tag_gbk", "王菲\0红豆", "gbk", "four characters, a NUL between"),
    ("tag_latin1", "Sigur Rós\0Svefn-g-englar", "latin-1", "one letter, a NUL"),
    ("link_euc_jp", '<A HREF="index.html">戻る</A>', "euc_jp", "two characters in a page"),
    ("link_big5", '<a href="index.html">首頁</a>', "big5", "two characters in a page"),
    ("log_latin1", log("no such user José García"), "latin-1", "two letters in a log"),
    ("log_cp1251", log("no such user Сергей"), "cp1251", "six letters in a log"),
    ("log_cp932", log("ファイルが見つかりません"), "cp932", "one line in forty"),
    ("batch_cp852", "@echo off\r\necho Pokračujte stiskem klávesy\r\n", "cp852", "two letters"),
    ("catalogue_cp1254", MENU_TR, "cp1254", "most of it is English"),
    ("catalogue_latin2", MENU_HU, "iso8859-2", "most of it is English"),
    ("code_koi8r", among_code("Здесь была ошибка"), "koi8-r", "three words in 4 KB of code"),
    ("code_latin2", among_code("pokud už nezbývá"), "iso8859-2", "one letter in 4 KB of code"),
    ("code_latin5", among_code("geçici çözüm, değiştir"), "iso8859-9", "four words in code"),
    ("code_gbk", among_code("这里有问题"), "gbk", "five characters in 4 KB of code"),
    ("code_euc_kr", among_code("여기 고쳐야 함"), "euc_kr", "six syllables in 4 KB of code"),
    ("code_greek", among_code("προσωρινή λύση"), "iso8859-7", "two words in 4 KB of code"),
    ("code_cp852", among_code("később javítani kell"), "cp852", "two letters in 4 KB of code"),
    ("degree", "Outside 25°C, inside 21°C, wind from the west.\n", "latin-1", "a sign, no letter"),
    ("copyright", "/* © 1999 Harbour Software. */\nint x;\n", "latin-1", "one sign in all"),
    ("quote_cp1252", "It was long. " * 40 + "It wasn’t the first time.", "cp1252", "one quote"),
    ("price_euro", "Thé 2,40 €\nCafé 3,10 €\n", "iso8859-15", "in cp1252 the euro is elsewhere"),
    ("pound_cp1252", "£5", "cp1252", "a sign and a digit"),
    ("list_cp437", "item,price\nfoo,£5\nbar,£7\n", "cp437", "a sign beside digits"),
    ("total_euro_cp1252", "Total 12 €", "cp1252", "a lone Cyrillic or Hebrew letter elsewhere"),
    ("degree_mac", "20°C", "mac_roman", "A1 43 is an ideographic full stop in Big5"),
    ("degree_cp850", "Temp: 20 °C\n", "cp850", "a letter where it is Hebrew"),
    ("tolerance_cp1252", "±5%", "cp1252", "a Cyrillic letter elsewhere"),
    ("half_cp437", "½ cup of sugar", "cp437", "a quote that quotes nothing elsewhere"),
    ("inch_cp850", "The 3½ inch disk", "cp850", "a quote that quotes nothing elsewhere"),
    ("sum_cp932", "".join(f"2011/3/{d},{d}000\r\n" for d in range(1, 28)) + "合計,4536000\r\n",
     "cp932", "two characters among numbers"),
    ("list_latin1", "· PRESTIN\n· LORMARK\n· HARBOUR OF MELMOND\n", "latin-1",
     "a letter that is a word in cp850"),
    ("list_mac", "• Haag\r• Lormark\r• Prestin\r", "mac_roman", "a letter in cp861"),
    ("acute_cp1252", "Alle foto´s en video´s van de auto´s staan op de pagina´s van de club.",
     "cp1252", "an acute accent typed for an apostrophe"),
    ("geresh_cp1255", "צ׳כיה\nג׳ורג׳יה\nארה״ב\nנג׳ריה\nסן־פרנסיסקו\n", "cp1255",
     "points in mac-hebrew"),
    ("utf16_numbers", "12,50\n13,75\n14,00\n", "utf-16-be", "no letter, no mark"),
    ("utf16_word_ru", "Екатеринбург", "utf-16-le", "all ASCII: a control for every high byte"),
    ("utf16_word_th", "สวัสดี", "utf-16-be", "all ASCII, six characters"),
    ("utf16_line_th", "ไม่รู้ว่าอยู่ที่ไหนครับผม", "utf-16-le", "all ASCII, no space and no NUL"),
    ("utf16_word_ar", "الإسكندرية", "utf-16-le", "all ASCII"),
    ("utf16_table", "编号\t名称\r\n1\t苹果\r\n2\t香蕉\r\n", "utf-16-le", "eight letters, no mark"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoding", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_real_input(text: str, encoding: str, why: str) -> None:
    data = recodec.encode(text, encoding)
    text = recodec.decode(data, encoding).text
    found = recodec.detect(data)
    assert found.encoding is not None, why
    assert recodec.decode(data, found.encoding).text == text, why
    assert not found.mixed, why


def test_lines_of_utf8_among_others_still_count() -> None:
    # A rule says nothing; words in two-byte sequences do, as do rules of three bytes.
    russian = "Это строка, которую записала другая программа\n".encode() * 3
    german = "Die Größe der Bücher für Schüler\n".encode("latin-1") * 3
    found = recodec.detect(russian + german)
    assert found.mixed


# Long text with one letter beyond ASCII, which as a word of one letter is commoner elsewhere.
LONE_LETTERS = [
    ("it", "cp1252", ("Il file {} stato chiuso", "La finestra {} ancora aperta",
                      "Il valore {} nullo", "Se il nome {} vuoto il comando termina",
                      "Questo {} il modo consueto", "La stampante {} spenta",
                      "Il disco {} quasi pieno"), "è"),
    *(("fr", encoding, ("Retourne {} la ligne suivante", "Commence {} lire le fichier",
                        "Passe {} la page suivante", "Invite {} taper un nom",
                        "Renvoie {} la table des mots", "Sert {} fermer le journal",
                        "Aide {} trouver une erreur"), "à") for encoding in ("mac_roman", "cp850")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding", "sentences", "letter"), LONE_LETTERS)
def test_ascii_counts_where_one_letter_is_all(
    language: str, encoding: str, sentences: tuple[str, ...], letter: str
) -> None:
    text = "".join(
        f"{line.format(letter)}, {number}.\n" for number in range(12) for line in sentences
    )
    data = text.encode(encoding)
    found = recodec.detect(data)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == text
    assert found.language == language


@pytest.mark.parametrize("encoding", ["cp850", "cp852"])
def test_a_relative_of_the_best_reading_is_raced(encoding: str) -> None:
    """One capital Ë behind 136 sentences is all that tells Albanian in cp850 from cp437's frames.

    Letter frequencies put another charset first that is given up at once; who raced was bounded by
    it, and cp850 was left out.
    """
    sentences = (
        "Kjo është një histori e vjetër.", "Gjyshja na e tregonte në mbrëmje.",
        "Ne rrinim pranë zjarrit dhe dëgjonim.", "Jashtë binte borë e madhe.",
        "Në mëngjes shkuam në treg.", "Blemë mollë, djathë dhe bukë të ngrohtë.",
        "Vëllai im punon në një fabrikë.", "Ai kthehet në shtëpi në orën pesë.",
        "Mësuesja tha se provimi është të hënën.", "Përse nuk erdhe dje?",
        "Çdo njeri ka nevojë për pak qetësi.", "Moti është i keq këtë javë.",
        "Fëmijët luajnë në oborr.", "Duhet të flasim për këtë çështje.",
    )  # fmt: skip
    chosen = random.Random(225646)
    text = " ".join(chosen.choice(sentences) for _ in range(136))
    text += " Ëndrra e tij ishte të shihte detin."
    found = recodec.detect(recodec.encode(text, encoding))
    assert found.encoding is not None
    assert recodec.decode(recodec.encode(text, encoding), found.encoding).text == text
