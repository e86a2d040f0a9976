"""What lies on old disks and in old mail: subtitles, cards, lists, catalogues, sources, titles.

Written for this test; each says little, among much that is no language.
"""

from __future__ import annotations

import pytest

import recodec


def subtitles(*lines: str) -> str:
    return "".join(
        f"{n}\n00:0{n}:01,000 --> 00:0{n}:03,500\n{line}\n\n" for n, line in enumerate(lines, 1)
    )


def card(name: str, organisation: str, title: str) -> str:
    return (
        f"BEGIN:VCARD\nVERSION:2.1\nN:{name}\nORG:{organisation}\nTITLE:{title}\n"
        "TEL;WORK:+1 555 0100\nEND:VCARD\n"
    )


def framed(*lines: str) -> str:
    width = max(map(len, lines))
    rule = "═" * (width + 2)
    return "\r\n".join(
        (f"╔{rule}╗", *(f"║ {line.ljust(width)} ║" for line in lines), f"╚{rule}╝", "")
    )


def page(label: str, body: str) -> str:
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}">'
        f"<title>x</title></head><body><p>{body}</p></body></html>"
    )


def log(line: str) -> str:
    return "".join(f"[{hour:02d}:00] OK job {hour}\n" for hour in range(24)) + f"[24:00] {line}\n"


def catalogue(**words: str) -> str:
    return "\n".join(f'msgid "{of}"\nmsgstr "{word}"\n' for of, word in words.items())


def statement(*rows: tuple[str, str]) -> str:
    """A record a line, as mainframes export them: dates, amounts and hardly a space."""
    head = "Date;Valuta;Text;Amount;Balance\x85"
    return head + "".join(
        f"1{n}.0{n}.2018;2{n}.0{n}.2018;{who};-14{n}1,07;6{n}9,80\x8504.0{n}.2019;{what};99,{n}9\x85"
        for n, (who, what) in enumerate(rows, 1)
    )


def items(*pairs: tuple[str, str]) -> str:
    """Markup of EBCDIC, more of it than of the language."""
    rows = (
        f'<item id="{n}"><name>{name}</name><desc>{what}</desc></item>'
        for n, (name, what) in enumerate(pairs)
    )
    return "\x85".join(("<items>", *rows, "</items>", ""))


# Name, text, encoding.
CASES = [
    (
        "statement_da_ebcdic",
        statement(
            ("Bodil Nørgaard", "Leje"),
            ("Tømrer Kjeldsen", "Gebyr"),
            ("Vågø Bådcenter", "Køb"),
            ("Søren Østergaard", "Løn"),
        ),
        "cp277",
    ),
    (
        "statement_he_ebcdic",
        statement(("מכולת השכונה", "קנייה"), ("רות לוי", "משכורת"), ("חברת החשמל", "חשבון")),
        "cp424",
    ),
    (
        "items_ru_ebcdic",
        items(("Лампа", "Настольная лампа"), ("Стол", "Письменный стол из дуба")),
        "cp1025",
    ),
    (
        "items_el_ebcdic",
        items(("Λάμπα", "Επιτραπέζιο φωτιστικό"), ("Τραπέζι", "Γραφείο από ξύλο")),
        "cp875",
    ),
    ("subtitles_vi", subtitles("Tối qua anh ở đâu?", "Ở nhà đọc sách thôi."), "viscii"),
    ("subtitles_ro", subtitles("Unde ai fost aseară?", "Acasă, cu fraţii mei."), "cp1250"),
    ("subtitles_he", subtitles("איפה היית אתמול?", "בבית, קראתי ספר."), "cp1255"),
    ("subtitles_th", subtitles("เมื่อคืนคุณอยู่ที่ไหน", "อยู่บ้าน อ่านหนังสือ"), "cp874"),
    ("subtitles_ko", subtitles("어젯밤에 어디 있었어?", "집에서 책을 읽었어."), "cp949"),
    ("card_pl", card("Wiśniewska;Łucja", "Księgarnia Żak", "Właściciel"), "iso8859-2"),
    ("card_ru", card("Щукин;Фёдор", "Завод Прогресс", "Инженер"), "koi8-r"),
    ("card_lt", card("Žukauskas;Šarūnas", "Leidykla", "Vadovas"), "cp1257"),
    ("card_et", card("Õunapuu;Jüri", "Raamatupood", "Müüja"), "iso8859-15"),
    ("card_is", card("Jónsdóttir;Þóra", "Bókabúð", "Ritstjóri"), "cp1252"),
    ("list_fr_mac", "id\tnom\r1\tHélène\r2\tFrançois\r3\tÉtienne\r", "mac_roman"),
    ("list_sk_dos", "kod,mesto\r\n1,Košice\r\n2,Žilina\r\n3,Trenčín\r\n", "cp852"),
    ("list_hr", "id,grad\n1,Šibenik\n2,Požega\n3,Čakovec\n4,Đakovo\n", "iso8859-2"),
    ("list_nb_dos", "nr;sted\r\n1;Tromsø\r\n2;Ålesund\r\n3;Bærum\r\n", "cp865"),
    ("list_pt_dos", "cod;nome\r\n1;João\r\n2;Conceição\r\n3;Inês\r\n", "cp860"),
    ("list_uk", "ід;місто\n1;Київ\n2;Чернігів\n3;Запоріжжя\n", "koi8-u"),
    ("settings_sv_dos", "[inställningar]\nspråk=Svenska\nfärg=blå\n", "cp850"),
    ("settings_tr", "[ayarlar]\ndil=Türkçe\nyazıtipi=Küçük\nşifre=yok\n", "iso8859-9"),
    (
        "source_ja",
        "/* 初期化処理 */\nint init(void)\n{\n    return 0; /* 正常終了 */\n}\n",
        "euc_jp",
    ),
    ("source_es_dos", "' Calcula el año siguiente\nF = n + 1 ' devuelve el número\n", "cp437"),
    ("source_ko", "/* 설정 파일을 읽는다 */\nint load(void) { return 0; }\n", "cp949"),
    ("playlist_fr", "#EXTM3U\n#EXTINF:199,Édith Piaf - Je ne regrette rien\n1.mp3\n", "cp1252"),
    ("playlist_ja", "#EXTM3U\n#EXTINF:240,宇多田ヒカル - 光\nhikari.mp3\n", "cp932"),
    ("tag_el", "Μάνος Χατζιδάκις\0Χαμόγελο\0", "cp1253"),
    ("name_in_archive_fr", "Été 2003/Photo de Noël.jpg", "cp850"),
    ("name_in_archive_pl", "Zdjęcia/Święta.jpg", "cp852"),
    ("readme_de", framed("Willkommen!", "Drücken Sie eine Taste") + "Viel Spaß!\r\n", "cp437"),
    ("readme_pl", framed("Gra przygodowa", "Naciśnij klawisz") + "Miłej zabawy\r\n", "cp852"),
    ("readme_mazovia", framed("Gra przygodowa", "Naciśnij klawisz"), "mazovia"),
    ("readme_cs", framed("Textová hra", "Stiskněte klávesu") + "Příjemnou zábavu\r\n", "keybcs2"),
    ("readme_tr", framed("Macera oyunu", "Bir tuşa basın") + "İyi eğlenceler\r\n", "cp857"),
    ("readme_bg", framed("Игра", "Натиснете клавиш") + "Приятно забавление\r\n", "mik"),
    ("readme_el", framed("Παιχνίδι", "Πατήστε ένα πλήκτρο"), "cp869"),
    ("log_es", log("ERROR: no se encontró el archivo «año.txt»"), "cp1252"),
    ("log_zh", log("open 会议记录.doc failed"), "gbk"),
    ("log_pl", log("błąd: nie można otworzyć pliku"), "iso8859-2"),
    (
        "tex_fr_mac",
        "\\section{Théorème}\nSoit $f$ une fonction dérivée.\n\\[f(x)=0\\]\n",
        "mac_roman",
    ),
    ("catalogue_lt", catalogue(Save="Įrašyti", Close="Užverti"), "iso8859-13"),
    ("catalogue_cy", catalogue(Open="Agor", Water="Dŵr yn y tŷ"), "iso8859-14"),
    ("catalogue_mt", catalogue(Open="Iftaħ", Close="Agħlaq il-ħolqa"), "iso8859-3"),
    ("catalogue_ca", catalogue(Print="Imprimeix", Next="Pàgina següent"), "iso8859-15"),
    ("dump_ja", "INSERT INTO t VALUES (1,'東京'),(2,'大阪'),(3,'京都');\n", "euc_jp"),
    ("dump_ru", "INSERT INTO `t` VALUES (1,'Москва'),(2,'Казань'),(3,'Пермь');\n", "cp1251"),
    ("page_that_lies_el", page("windows-1252", "Καλώς ήλθατε στη σελίδα μας."), "iso8859-7"),
    ("page_that_lies_th", page("iso-8859-1", "ยินดีต้อนรับสู่หน้าเว็บของเรา"), "cp874"),
    ("page_that_lies_ru", page("windows-1251", "Добро пожаловать на страницу."), "koi8-r"),
    ("mail_hy", "Բարեւ,\n\nշնորհակալություն նամակի համար։ Վաղը կգրեմ։\n", "armscii-8"),
    ("mail_ka", "გამარჯობა,\n\nმადლობა წერილისთვის. ხვალ მოგწერ.\n", "georgian-ps"),
    ("mail_kk", "Сәлем,\n\nхатың үшін рақмет. Ертең жазамын.\n", "kz1048"),
    ("mail_sr", "Поштовани,\n\nхвала вам на писму. Писаћу вам сутра, ђаци.\n", "iso8859-5"),
    ("subject_vi", "Nhắc lịch họp ngày mai", "tcvn"),
    ("subject_de", "Rückmeldung zur Prüfung", "cp1252"),
    ("capitals_ru", "ВНИМАНИЕ! ПРОХОД ЗАКРЫТ", "koi8-r"),
    ("capitals_cs", "POZOR! ZÁKAZ VJEZDU, NEBEZPEČÍ ÚRAZU", "iso8859-2"),
    ("town_de_dos", "München", "cp850"),
    ("town_hu_dos", "Székesfehérvár", "cp852"),
    ("town_ro", "Timişoara", "iso8859-2"),
    ("message_tr", "@ali günaydın! bugün çok güzel bir gün #pazartesi", "cp1254"),
]


@pytest.mark.parametrize(
    ("text", "encoding"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_everyday_input(text: str, encoding: str) -> None:
    found = recodec.detect(recodec.encode(text, encoding))
    assert found.encoding is not None
    assert recodec.decode(recodec.encode(text, encoding), found.encoding).text == text
