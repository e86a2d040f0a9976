"""Letters of an alphabet that the corpora hardly hold are letters all the same."""

import pytest

import recodec


@pytest.mark.parametrize(
    "text",
    [
        "Atzeko planoaren ñabardura: handitu %1\r\nAtzeko planoaren ñabardura: ezarri\r\n",
        "Atzeko planoaren ñabardura: handitu\r\nAurreko planoaren ñabardura: txikitu\r\n",
    ],
)
def test_letter_that_begins_no_word_of_the_corpora(text: str) -> None:
    # In ISO 8859-15 the byte is the euro sign, which stands beside numbers.
    found = recodec.detect(text.encode("cp850"))
    assert found.encoding == "cp850"
    assert found.language == "eu"
