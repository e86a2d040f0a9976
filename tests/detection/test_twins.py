"""Charsets that differ from another in a few signs are told by these, and only by these."""

from __future__ import annotations

import pytest

import recodec
from recodec._registry import charsets

# Enough to tell the charset that the text is first taken for.
BODY = {
    "da": "Vi mødes på stationen i morgen, for så når vi både øl og kage før toget kører.",
    "el": "Το πλοίο φεύγει νωρίς το πρωί και φτάνει στο νησί πριν από το μεσημέρι.",
    "en": "The kettle is on the stove and the children are playing in the garden.",
    "es": "El año pasado los niños aprendieron a nadar en el río, cerca del molino.",
    "fi": "Äiti lähti töihin jo ennen kuin lapset heräsivät, ja isä keitti kahvia.",
    "fr": "Le garçon a mangé une tarte à la crème près de la porte du café.",
    "he": "בבוקר הלכתי לשוק וקניתי לחם, גבינה ועגבניות לארוחת הערב",
    "hu": "A kertben nőtt almákat ősszel szedtük le, és a pincében tároltuk őket.",
    "is": "Það er kalt úti í dag, en sólin skín og börnin leika sér við höfnina.",
    "it": "Il caffè è pronto, però la città è ancora addormentata e nessuno è già qui.",
    "lv": "Rīt agri no rīta mēs brauksim uz jūru un vārīsim zupu pie lielās mājas.",
    "nb": "Vi går på fjellet når været er bra, og så spiser vi brød med brunost på hytta.",
    "cs": "Příští týden pojedeme na chalupu, kde už zřejmě kvetou třešně a zpívají ptáci.",
    "ru": "Вчера утром мы пошли на рынок и купили хлеб, сыр и помидоры к ужину.",
    "sv": "På kvällen gick vi ut för att se på månen, och sjön låg alldeles spegelblank.",
    "th": "เมื่อเช้านี้ฉันไปตลาดและซื้อขนมปังกับมะเขือเทศมาทำอาหารเย็น",
    "tr": "Öğleden sonra çocuklar bahçede oynadı, annem de güzel bir çorba pişirdi.",
    "uk": "Вранці ми пішли на ринок і купили хліб, сир та помідори до вечері.",
    "ar": "ذهبت في الصباح من البيت نحو السوق واشتريت الخبز والجبن والطماطم للعشاء",
}
# (charset, language, what no relative reads so, what it is taken for without that)
CASES = [
    ("cp285", "en", "It costs £25 or $30 [1].", "cp037"),
    ("cp1146", "en", "It costs 25 € or £20 [1], then 30 € or £24 [2].", "cp037"),
    ("cp281", "en", "It costs ¥2500 or $30.", "cp037"),
    ("cp1142", "da", "Det koster 100 €.", "cp277"),
    ("cp1143", "fi", "Se maksaa 100 €.", "cp278"),
    ("cp1144", "it", "Costa 100 €.", "cp280"),
    ("cp1145", "es", "Cuesta 100 €.", "cp284"),
    ("cp1149", "is", "Það kostar 100 €.", "cp871"),
    ("cp1153", "hu", "Az ára 100 €.", "cp870"),
    ("cp1154", "ru", "Это стоит 100 €.", "cp1025"),
    ("cp1155", "tr", "Fiyatı 100 €.", "cp1026"),
    ("cp1160", "th", "ราคา 100 €", "cp838"),
    ("cp12712", "he", "המחיר 100 €", "cp424"),
    ("cp16804", "ar", "الثمن 100 €", "cp420"),
    ("cp4971", "el", "Κάνει 100 €.", "cp875"),
    ("cp9067", "el", "Κάνει 100 ₯ ή 1 €.", "cp875"),
    ("cp274", "fr", "Voir [1] et [2].", "cp297"),
    ("cp808", "ru", "Это стоит 100 €.", "cp866"),
    ("cp867", "he", "המחיר 100 ₪", "cp862"),
    ("cp901", "lv", "Tas maksā 100 €.", "cp1257"),
    ("cp1167", "uk", "Це «слово» та № 5 — “і це”.", "koi8-u"),
    ("csn-369103", "cs", "Stojí to 25 $.", "iso8859-2"),
    ("ms-mac-cyrillic", "ru", "Это стоит 25 ¢.", "mac-cyrillic"),
    ("nats-sefi", "sv", "Det kostar $25 – eller mer.", "sen-850200-b"),
    ("nats-dano", "da", "Han sagde: «Godt – vi kommer».", "ds-2089"),
]


def text_of(charset: str, language: str, telling: str) -> str:
    """The body as far as the charset has its letters, and the signs."""
    return f"{BODY[language]} {telling} {BODY[language]}"


@pytest.mark.parametrize(("charset", "language", "telling", "head"), CASES)
def test_signs_tell_twins(charset: str, language: str, telling: str, head: str) -> None:
    text = text_of(charset, language, telling)
    data = recodec.encode(text, charset)
    found = recodec.detect(data)
    assert found.encoding == charset
    assert recodec.decode(data, charset).text == text
    detector = recodec.Detector()
    for at in range(0, len(data), 7):
        detector.feed(data[at : at + 7])
    assert detector.finish().encoding == charset


@pytest.mark.parametrize(("charset", "language", "telling", "head"), CASES)
def test_without_signs_the_commonest_stays(
    charset: str, language: str, telling: str, head: str
) -> None:
    text = text_of(charset, language, "")
    found = recodec.detect(recodec.encode(text, charset))
    assert found.encoding is not None
    assert charsets.lookup(found.encoding).id != charsets.lookup(charset).id
    assert recodec.decode(recodec.encode(text, charset), found.encoding).text == text


def test_money_of_the_commonest_is_no_evidence() -> None:
    text = text_of("cp037", "en", " ".join(f"Item {n} costs ${n}.50!" for n in range(12)))
    assert recodec.detect(recodec.encode(text, "cp037")).encoding == "cp037"


def test_a_twin_that_is_not_allowed_is_no_answer() -> None:
    data = recodec.encode(text_of("cp1161", "th", "ราคา 100 €"), "cp1161")
    assert recodec.detect(data, deny=["cp1161", "cp9066"]).encoding != "cp874"
    assert recodec.detect(data, allow=["cp1161"]).encoding == "cp1161"


@pytest.mark.parametrize("stray", [0x81, 0x83, 0x8A, 0x90, 0x9F])
def test_a_stray_byte_is_no_control_of_a_twin(stray: int) -> None:
    # Code page 901 has C1 controls where windows-1257 has nothing.
    text = "Miesto centras šiandien atvertas visiems. Žmonės ėjo gatvėmis, nes buvo šilta. " * 8
    data = text.encode("cp1257")
    found = recodec.detect(data[:300] + bytes([stray]) + data[300:])
    assert (found.encoding, found.valid_up_to, found.bad) == ("cp1257", 300, 1)


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"\x80", "mac-greek", "Ä"),
        (b"\x8a\xa2\xae\xe2", "cp808", "Квот"),
        (b"\xf3\xe4", "csn-369103", "óä"),
        (b"\x5b\xf2\xf5", "cp1146", "£25"),
    ],
)
def test_short_text_is_read_as_a_label_says(data: bytes, label: str, text: str) -> None:
    """One letter in mac-greek had come back as Hebrew, and labels of twins counted for nothing."""
    found = recodec.detect(data, declared=label)
    assert found.encoding is not None
    assert recodec.decode(data, found.encoding).text == text


@pytest.mark.parametrize("stray", [b"\xa1", b"\xa5"])
def test_a_stray_byte_makes_no_rare_twin(stray: bytes) -> None:
    """A quote in cp901 and a sign in cp902, nothing in cp1257: text in this was named cp901."""
    text = "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās – jā.".encode(
        "cp1257"
    )
    found = recodec.detect(text + stray + text)
    assert (found.encoding, found.bad, found.valid_up_to) == ("cp1257", 1, len(text))
    thai = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์".encode("cp874")
    assert recodec.detect(thai * 3 + b"\xfd" + thai).encoding in ("cp874", "iso8859-11")
