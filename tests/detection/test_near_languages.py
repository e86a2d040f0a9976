"""Languages whose letters are nearly the same are told by their words and by runs of letters."""

from __future__ import annotations

import pytest

import recodec

SENTENCES = {
    "nb": "Jeg vet ikke hva han sa til henne, men nå kommer de hjem fra skolen med noen.",
    "nn": "Eg veit ikkje kva han sa til henne, men no kjem dei heim frå skulen med nokre.",
    "da": "Jeg ved ikke, hvad han sagde til hende, men nu kommer de hjem fra skole med nogle.",
    "sv": "Jag vet inte vad han sade till henne, men nu kommer de hem från skolan med några.",
    "hr": "Tko je tjedan dana čekao vlak i kavu, a tijekom ljeta općina nije htjela platiti kruh.",
    "es": "No sé qué le dijo a ella, pero ahora vuelven juntos de la escuela con algunos amigos.",
    "pt": "Não sei o que ele lhe disse, mas agora voltam juntos da escola com alguns amigos.",
    "gl": "Non sei o que lle dixo a ela, pero agora volven xuntos da escola con algúns amigos.",
    "ca": "No sé què li va dir a ella, però ara tornen junts de l'escola amb alguns amics.",
    "cs": "Nevím, co jí řekl, ale teď se spolu vracejí ze školy s několika přáteli.",
    "sk": "Neviem, čo jej povedal, ale teraz sa spolu vracajú zo školy s niekoľkými priateľmi.",
    "is": "Ég veit ekki hvað hann sagði við hana, en nú koma þau saman heim úr skólanum.",
}
LEGACY = {"hr": "cp1250", "cs": "iso8859-2", "sk": "cp1250"}


@pytest.mark.parametrize("language", SENTENCES)
def test_words_tell_near_languages(language: str) -> None:
    text = SENTENCES[language]
    for encoding in ("utf-8", "utf-16-le", LEGACY.get(language, "cp1252")):
        assert recodec.detect(recodec.encode(text, encoding)).language == language, encoding


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sr-Latn", "Obriši izabrane datoteke sa uređaja"),
        ("bs", "Provjerite postavke prije štampanja"),
        ("nn", "Huset er for høgt og gammalt"),
        ("gl", "Procura con gravación de voz"),
        ("af", "Kinders speel buite tot laat"),
    ],
)
def test_runs_of_letters_tell_near_relatives(language: str, text: str) -> None:
    # Was Bosnian, Croatian, Bokmål, Spanish and Dutch: what tells are stems and endings.
    assert recodec.detect(text.encode()).language == language
    assert recodec.detect(text.encode("utf-16-le")).language == language


@pytest.mark.parametrize(
    "text", ["Foundation (“Scratch”, “we” at", "Scratch Education Collaborative"]
)
def test_english_is_not_the_language_whose_text_holds_it(text: str) -> None:
    # Half of the Tagalog training text was left in English.
    assert recodec.detect(text.encode()).language == "en"
    assert recodec.detect(b"Hindi mahanap ang file na ito").language == "tl"


def test_an_expected_language_is_not_overruled() -> None:
    data = "en bil på vejen".encode("cp1252")
    assert recodec.detect(data, language="da").language == "da"
    assert recodec.detect(data, language="nb").language == "nb"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("gl", "especi/KJCB repeti/GMNL índic/IFJC va/GLHD liñas/G smart/AKE ru/DBMN ace/LAIF"),
        ("oc", "nòstrs., chmnè., nrgstrtz., slccnts., chz., tlzd., qchppèrs., trrns., œvrns."),
    ],
)
def test_words_that_fragments_have_by_chance(language: str, text: str):
    # Of a few short ones that are words of a relative, none says which language the others are of.
    assert recodec.detect(text.encode("cp1252")).language == language
