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
