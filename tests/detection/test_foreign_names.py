"""A foreign name in English text."""

from __future__ import annotations

import pytest

import recodec


@pytest.mark.parametrize(
    "text",
    [
        # Latvian and Czech at 0.98 and more, though all the rest is English.
        "I would like to come down to Sacîl Austin to meet with Sacîl you to further discuss it.\n",
        "The most spectacular Ciudad Nezahualcóyotl waterfalls in the world, the Iguazu Falls\n",
        # No model knows such words: Vietnamese.
        "Hñähñu. With more than half a million people the Otomi are still one of the biggest.\n",
    ],
)
def test_a_name_that_no_model_knows(text: str) -> None:
    """Each letter by itself is likely enough, and what is said twice is told by the first time."""
    found = recodec.detect(text.encode("cp1252"))
    assert recodec.decode(text.encode("cp1252"), found.encoding).text == text, found


@pytest.mark.parametrize("name", ["Nîmes", "Kâvos", "Gjakovë", "Coëtivy", "Privàs", "Perpinyà"])
def test_a_name_that_is_said_again_is_no_surer(name: str) -> None:
    """Each time was new evidence: 0.94 for once was 0.99 for twice."""
    once = recodec.detect(f"We spent two weeks in {name} and liked it.\n".encode("cp1252"))
    text = f"We spent two weeks in {name} and liked it. {name} is a nice old town.\n"
    again = recodec.detect(text.encode("cp1252"))
    assert again.encoding == "cp1252" or again.confidence < 0.96, (once, again)


@pytest.mark.parametrize("name", ["Kâvos", "Bejaïa", "Šid", "Önningeby", "Šattuara"])
@pytest.mark.parametrize(
    "sentence",
    [
        "We went to {} in the summer and stayed there for a few days before going home.\n",
        "The mayor of {} said that nobody knew how many people would come to the meeting.\n",
        "He had been living in {} for some years when the letter arrived from his brother.\n",
    ],
)
def test_one_name_in_english(name: str, sentence: str) -> None:
    """Latvian at 0.89 with one word of it in English, or with a small letter to begin with."""
    text = sentence.format(name)
    found = recodec.detect(text.encode("cp1252"))
    assert recodec.decode(text.encode("cp1252"), found.encoding).text == text, found


@pytest.mark.parametrize("encoding", ["cp1257", "cp1250", "iso8859-9"])
def test_a_few_words_of_another_language_in_english(encoding: str) -> None:
    """More than one word is no name that English says."""
    words = {
        "cp1257": "Šiandien bus gražus oras, rytoj lietus; ačiū už jūsų žinią.",
        "cp1250": "Příští týden přijedeme, prosím počkejte na nás u řeky.",
        "iso8859-9": "Yarın akşam görüşürüz, lütfen ışığı açık bırakın.",
    }[encoding]
    text = f"Please forward this note to the others on the list:\n{words}\nMany thanks.\n"
    found = recodec.detect(recodec.encode(text, encoding))
    assert recodec.decode(recodec.encode(text, encoding), found.encoding).text == text, found


def test_letter_by_itself_in_english_is_no_name() -> None:
    """A small letter is no worse there than a capital of cp850, which was told at 0.58."""
    text = "# Accents that are left out are put in by these lists: each letter is tried.\n"
    text += "\nLIST 3\nLIST uúü\nLIST oóö\nLIST ß(ss)\n"
    found = recodec.detect(text.encode("cp1252"))
    assert recodec.decode(text.encode("cp1252"), found.encoding).text == text, found


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        # A dash, or a section sign, is not before a word and behind a space.
        ("Atzeko planoaren ñabardura: ezarri", "mac_roman"),
        ("planoaren ñabardura: txikitu 5 eta erlojuaren norantza", "mac_roman"),
        ("Aukeratu planoaren ñabardura eta kolore aktiboa", "cp437"),
    ],
)
def test_a_sign_before_a_word_is_a_letter_of_it(text: str, codec: str) -> None:
    assert recodec.decode(text.encode(codec)).text == text
