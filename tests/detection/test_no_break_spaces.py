"""No-break spaces alone tell no language: mail programs write them for every second space.

Among ASCII they once made English mail Arabic of the Mac, where the same byte is a space for text
to the left, and the indents of other systems a rule of quotes or of frames.
"""

from __future__ import annotations

import re

import pytest

import recodec

TEXTS = {
    "English": (
        "The clerk came late. He had lost the key to the store. Nobody was there to let him in.\n"
        "We waited for an hour in the yard. It rained. Then the owner drove up in a van.\n"
        "She laughed and opened the gate. The boxes were all wet. We carried them in.\n"
        "By noon the work was done. The owner made tea. It was too sweet, but we drank it.\n"
    ),
    "Dutch": (
        "De trein kwam te laat. Er stond niemand op het perron. De chef had zijn pet vergeten.\n"
        "We liepen naar het dorp. De bakker was nog open. Hij had alleen oud brood over.\n"
    ),
}
PLACES = {
    "before the second space": lambda text: re.sub(r"\. (?=[A-Z])", ".\xa0 ", text),
    "behind it": lambda text: re.sub(r"\. (?=[A-Z])", ". \xa0", text),
    "in a quotation": lambda text: re.sub("^", "> ", text.replace(". ", ". \xa0"), flags=re.M),
    "as an indent": lambda text: re.sub("^", "\xa0\xa0\xa0\xa0", text, flags=re.M),
    "as an indent with spaces": lambda text: re.sub("^", "\xa0 \xa0 \xa0 ", text, flags=re.M),
    "before signs": lambda text: text.replace(".", "\xa0!"),
    "now and then": lambda text: re.sub(r"(\w+ \w+ \w+) ", "\\1\xa0", text),
}


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac-roman"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", TEXTS)
def test_they_are_spaces(language: str, place: str, encoding: str):
    text = PLACES[place](TEXTS[language])
    data = recodec.encode(text, encoding)
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == text, found


def test_a_label_that_says_so_is_believed():
    text = PLACES["in a quotation"](TEXTS["English"])
    assert recodec.detect(text.encode("cp1252"), declared="iso-8859-1").encoding == "cp1252"


def test_the_space_of_arabic_is_still_one():
    text = "وصل القطار متأخرا. لم يكن أحد على الرصيف. كان المدير قد نسي قبعته في البيت. "
    data = recodec.encode(text, "mac-arabic").replace(b" ", b"\xa0")
    found = recodec.detect(data)
    assert found.encoding in {"mac-arabic", "mac-farsi"}
    assert found.language == "ar"


@pytest.mark.parametrize(
    "html",
    [
        "<td>{}</td>",
        '<td width="20%" align="right">{}</td>\n</tr></table></div>\n</body>\n</html>',
        '<a accesskey="p" href="x.html"><img src="p.png" alt="Prev"></a>{}<a href="u.html">'
        '<img src="u.png" alt="Up"></a>\n</td>\n',
        '<TD HEIGHT="12" COLSPAN="9">{}</TD>\n </TR>\n <TR>\n <TD>\n<P>{}</P>\n</TD>',
    ],
)
def test_an_empty_cell_has_no_letter(html: str):
    """It was the Spanish `á` of cp437: most pages that DocBook makes have nothing else."""
    found = recodec.detect(html.replace("{}", "\xa0").encode("cp1252"))
    assert found.encoding == "cp1252", found
